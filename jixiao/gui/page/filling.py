"""Filling on the page: down, right, by the handle, and one text into every selected cell."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from jixiao.app import clipboard
from jixiao.app.clipboard import BlockEdit
from jixiao.gui.page.fill import FillHandle
from jixiao.gui.workbench import Workbench
from jixiao.io.paper.edit.clipboard import Rect, bounds
from jixiao.io.paper.edit.fill_series import reach
from jixiao.io.paper.form.form import Form
from jixiao.model.table import Table

_Fill = Callable[[Form, Table, Rect], BlockEdit]


class PageFilling(QObject):
    """The filling commands of a window."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._view = bench.view
        self._document = bench.document
        self._tell = bench.status.tell
        self.handle = FillHandle(bench.view)
        self.handle.filled.connect(self._fill_to)
        self.handle.filled_to_end.connect(self._fill_to_end)
        # A table that is handed in or taken back shows it after its tree has changed.
        bench.document.tree_changed.connect(lambda _: QTimer.singleShot(0, self.handle.place))

    def put_everywhere(self, text: str) -> None:
        """One text into every selected cell."""
        grid, spots = self._view.page.grid, self._view.block.spots()
        edit = self._document.act(
            lambda form, table: clipboard.put_everywhere(form, table, grid, spots, text)
        )
        if edit is not None:
            self._tell(edit.message if edit.written else "内容相同，没有改动。")

    def fill_down(self) -> None:
        """The first row's texts into the rows below."""
        grid = self._view.page.grid
        self._fill(lambda form, table, rect: clipboard.fill_down(form, table, grid, rect))

    def fill_right(self) -> None:
        """The first column's texts into the columns right of it."""
        grid = self._view.page.grid
        self._fill(lambda form, table, rect: clipboard.fill_right(form, table, grid, rect))

    def _fill(self, fill: _Fill) -> None:
        self._view.commit()
        rect = bounds(self._view.block.spots())
        edit = self._document.act(lambda form, table: fill(form, table, rect))
        if edit is not None:
            self._tell(edit.message if edit.written else "没有可以填充的格。")

    def _fill_to(self, source: Rect, target: Rect, toggled: bool, only_rows: bool = False) -> None:
        grid = self._view.page.grid
        edit = self._document.act(
            lambda form, table: clipboard.fill_to(
                form, table, grid, source, target, toggled=toggled, only_rows=only_rows
            )
        )
        if edit is not None and edit.written:
            self._view.block.select_rect(target)
        if edit is not None:
            self._tell(edit.message if edit.written else "没有可以填充的格。")

    def _fill_to_end(self, source: Rect) -> None:
        """To the last row of the list; rows that wait to be filled are not begun by it."""
        most = reach(self._view.page.grid, source)
        target = Rect(source.top, source.left, most.bottom, source.right)
        if not self._view.page.grid.rows[source.top].band or target == source:
            self._tell("下面没有可以填充的行。")
        else:
            self._fill_to(source, target, toggled=False, only_rows=True)
