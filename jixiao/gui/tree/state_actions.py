"""The state of work of tables: 草稿, 已核, 已报, 退回."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from jixiao.app import tree
from jixiao.gui.tree.work import TreeWork
from jixiao.gui.workbench import Workbench


class StateActions(QObject):
    """What a window does to mark tables."""

    def __init__(self, bench: Workbench, work: TreeWork) -> None:
        super().__init__(bench.frame)
        self._document = bench.document
        self._work = work

    def set_draft(self) -> None:
        """Mark the selected tables 草稿."""
        self.set_state("草稿")

    def set_checked(self) -> None:
        """Mark the selected tables 已核."""
        self.set_state("已核")

    def set_reported(self) -> None:
        """Mark the selected tables 已报: they are locked until they are taken back."""
        self.set_state("已报")

    def set_returned(self) -> None:
        """Mark the selected tables 退回, so that they can be changed again."""
        self.set_state("退回")

    def take_back(self) -> None:
        """Mark the table on the screen 退回, so that it can be changed again."""
        shown = self._document.shown
        if shown is not None:
            self.set_state("退回", [shown.table_id])

    def set_state(self, state: tree.State, ids: Sequence[int] | None = None) -> None:
        """Mark tables; of those that were handed in, it is told when they are left as they are."""
        wanted = self._work.chosen() if ids is None else list(ids)
        lock = "，已锁定" if state == "已报" else ""

        def message(outcome: tree.Outcome) -> str:
            skipped = len(outcome.skipped)
            done = len(wanted) - skipped
            marked = f"{done} 张表标为“{state}”{lock}。" if done else ""
            return marked + (f"{skipped} 张已报的表没有改；要改先退回修改。" if skipped else "")

        self._work.act(
            lambda session: tree.mark_tables(session, wanted, state),
            message,
            undo=lambda outcome: outcome.change is not None,
        )
