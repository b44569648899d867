"""What is told of an undo or a redo, on the status line."""

from __future__ import annotations

from jixiao.model.history import Change

_MANY = 2


def replayed_text(change: Change, *, undone: bool) -> str:
    """One line: 已撤销 导入 示例（8 张表），Ctrl+Y 恢复.

    An undo that takes whole tables with it also says how they come back.
    """
    count = len(change.table_ids)
    many = f"（{count} 张表）" if count >= _MANY and "张表" not in change.name else ""
    text = f"{'已撤销' if undone else '已重做'} {change.name}{many}"
    return f"{text}，Ctrl+Y 恢复" if undone and change.tree and count >= _MANY else text
