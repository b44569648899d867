"""Everything that can be chosen, as data: menu, toolbar and shortcuts are built from this list."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from jixiao.gui.action_spec import ActionSpec, plain_text
from jixiao.gui.actions_more import COLLECT_ACTIONS, LIBRARY_ACTIONS
from jixiao.gui.actions_page import EDIT_ACTIONS, ROW_ACTIONS
from jixiao.gui.actions_tree import (
    FILE_ACTIONS,
    FIND_ACTIONS,
    HELP_ACTIONS,
    LOOK_ACTIONS,
    TREE_ACTIONS,
)
from jixiao.gui.findings.menu import CHECK_ACTIONS

MENUS = {
    "文件": "F",
    "编辑": "E",
    "表格": "T",
    "目录": "D",
    "检查": "C",
    "汇总": "G",
    "查看": "V",
    "帮助": "H",
}
"""The menus from left to right, each with its key."""


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new_book", "文件", "新建账本(&N)…", "new_book", "new-book", ("Ctrl+N",)),
    ActionSpec(
        "open_book", "文件", "打开账本(&O)…", "choose_book", "open", ("Ctrl+O",), "打开", "打开账本"
    ),
    ActionSpec("recent", "文件", "最近使用(&R)", "", "recent"),
    ActionSpec("sample", "文件", "打开示例", "open_sample", "sample"),
    ActionSpec(
        "new_table",
        "文件",
        "新建表(&T)…",
        "new_table",
        "plus",
        ("Ctrl+T",),
        "新建表",
        "选一个表样，新建一张空表",
        1,
        "write",
    ),
    ActionSpec(
        "import",
        "文件",
        "导入草稿(&I)…",
        "choose_drafts",
        "import",
        ("Ctrl+I",),
        "导入草稿",
        "把 Excel、Word 草稿导入账本；也可以把文件拖进窗口",
        1,
        "free",
    ),
    ActionSpec(
        "import_folder",
        "文件",
        "导入文件夹…",
        "choose_draft_folder",
        "import",
        tip="把一个文件夹里的草稿全部导入，子文件夹也算",
        group=1,
        needs="free",
    ),
    ActionSpec(
        "always_review",
        "文件",
        "导入前总是先看一眼",
        "toggle_always_review",
        tip="不选时，读得很确定的一两个文件直接导入",
        group=1,
        checked="reviews_always",
    ),
    ActionSpec(
        "export",
        "文件",
        "导出(&E)…",
        "export",
        "export",
        ("Ctrl+E",),
        "导出",
        "按官方表样导出 Word 和 Excel",
        1,
        "table",
        primary=True,
    ),
    ActionSpec(
        "save",
        "文件",
        "保存(&S)",
        "save",
        "save",
        ("Ctrl+S",),
        tip="每次修改都已自动写入账本",
        group=2,
        needs="book",
    ),
    *FILE_ACTIONS,
    ActionSpec("close", "文件", "关闭账本", "close_book", "", ("Ctrl+W",), group=3, needs="book"),
    ActionSpec("quit", "文件", "退出(&Q)", "close", "", ("Ctrl+Q",), group=3),
    ActionSpec(
        "undo", "编辑", "撤销(&U)", "undo", "undo", ("Ctrl+Z",), "撤销", "撤销上一步", 0, "book"
    ),
    ActionSpec(
        "redo",
        "编辑",
        "重做(&R)",
        "redo",
        "redo",
        ("Ctrl+Y", "Ctrl+Shift+Z"),
        "重做",
        "重做刚撤销的一步",
        0,
        "book",
    ),
    *EDIT_ACTIONS,
    *FIND_ACTIONS,
    *ROW_ACTIONS,
    *TREE_ACTIONS,
    ActionSpec(
        "zoom_in", "查看", "放大", "zoom_in", "zoom-in", ("Ctrl++", "Ctrl+="), needs="table"
    ),
    ActionSpec("zoom_out", "查看", "缩小", "zoom_out", "zoom-out", ("Ctrl+-",), needs="table"),
    ActionSpec("zoom_100", "查看", "100 %", "zoom_100", "zoom-100", ("Ctrl+0",), needs="table"),
    ActionSpec("zoom_fit", "查看", "适合宽度", "zoom_fit", "fit", ("Ctrl+9",), needs="table"),
    ActionSpec(
        "go_tree", "查看", "换到目录、右侧栏、表", "go_tree", "", ("F6",), group=1, needs="book"
    ),
    ActionSpec(
        "previous_table",
        "查看",
        "上一张表",
        "previous_table",
        "",
        ("Ctrl+PgUp",),
        group=1,
        needs="book",
    ),
    ActionSpec(
        "next_table", "查看", "下一张表", "next_table", "", ("Ctrl+PgDown",), group=1, needs="book"
    ),
    *CHECK_ACTIONS,
    *LIBRARY_ACTIONS,
    *COLLECT_ACTIONS,
    *LOOK_ACTIONS,
    *HELP_ACTIONS,
    ActionSpec("about", "帮助", "关于", "about", "info", group=1),
)

TOOLBAR: tuple[str, ...] = (
    *("new_table", "import", "export", "|", "undo", "redo", "|", "find", "|", "carry_over"),
    *("library", "compare"),
)


class Handler(Protocol):
    """The window, as far as actions are concerned."""

    def run_action(self, spec: ActionSpec) -> None:
        """Do what an action says."""
        ...


def make_actions(parent: QObject, handler: Handler) -> dict[str, QAction]:
    """The actions by id, each calling the handler."""
    actions: dict[str, QAction] = {}
    for spec in ACTIONS:
        if not spec.method:
            continue
        action = QAction(spec.text, parent)
        action.setObjectName(spec.id)
        action.setCheckable(bool(spec.checked))
        action.setIconText(spec.toolbar or plain_text(spec.text))
        action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
        action.setAutoRepeat(not spec.once)
        if spec.scope:  # the frame adds it to the widget in which its keys work
            context = Qt.ShortcutContext.WidgetShortcut
            if spec.typing:  # the editor of a cell lies in the page
                context = Qt.ShortcutContext.WidgetWithChildrenShortcut
            action.setShortcutContext(context)
        action.setToolTip(tool_tip(spec))
        action.triggered.connect(lambda _=False, spec=spec: handler.run_action(spec))
        actions[spec.id] = action
    return actions


def tool_tip(spec: ActionSpec, text: str = "") -> str:
    """What stands under the mouse: what the action does, and its key."""
    keys = f"（{spec.shortcuts[0]}）" if spec.shortcuts else ""
    return (text or spec.tip or plain_text(spec.text)) + keys
