"""The model of a page: a Grid as rows and columns, changed by difference and never reset midway."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from jixiao.app.editing import binding_label
from jixiao.gui.guard import guarded
from jixiao.gui.page.moves import editable_bindings, is_editable
from jixiao.io.paper.edit.edit import can_edit
from jixiao.io.paper.page.grid import Binding, Cell, Grid, RowFormat

Index = QModelIndex | QPersistentModelIndex
Edits = Sequence[tuple[Binding, str]]

CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The Cell that covers a position."""
PARTS_ROLE = int(Qt.ItemDataRole.UserRole) + 2
"""The texts of a cell's editable parts, a list of str; setting it edits them all."""

_HALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}
_VALIGN = {
    "top": Qt.AlignmentFlag.AlignTop,
    "center": Qt.AlignmentFlag.AlignVCenter,
    "bottom": Qt.AlignmentFlag.AlignBottom,
}
_NO_INDEX = QModelIndex()
_EMPTY = Grid((), (), ())


class PageModel(QAbstractTableModel):
    """A page on the screen.

    While ``read_only`` nothing can be typed; ``refusal`` tells why, in Chinese.
    ``editor`` takes what was typed, as (binding, text) pairs, and returns a Chinese message when
    it cannot be taken, else "". It changes the table and calls ``update_page`` with the new page.
    """

    structure_changed = Signal()
    """Rows, columns or spans are other ones than before."""
    content_changed = Signal()
    """The page has other cells, its structure may have changed too; emitted last."""
    access_changed = Signal()
    """The page can be typed into by now, or no longer."""
    rejected = Signal(str)
    """What was typed could not be taken; the message."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = _EMPTY
        self._read_only = False
        self.refusal = ""
        self.editor: Callable[[Edits], str] = lambda _: ""

    @property
    def read_only(self) -> bool:
        """True while nothing can be typed."""
        return self._read_only

    @read_only.setter
    def read_only(self, read_only: bool) -> None:
        if read_only != self._read_only:
            self._read_only = read_only
            self.access_changed.emit()

    # What Qt asks

    @guarded(0)
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Rows of the page."""
        return 0 if parent.isValid() else len(self.grid.rows)

    @guarded(0)
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Columns of the page."""
        return 0 if parent.isValid() else len(self.grid.columns)

    @guarded(None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Text, alignment, tooltip and the cell itself; covered positions show nothing."""
        cell = self.cell(index)
        if cell is None:
            return None
        begins = (cell.row, cell.col) == (index.row(), index.column())
        if role == CELL_ROLE or not begins:
            return cell if role == CELL_ROLE else None
        show = _SHOW.get(role)
        return None if show is None else show(cell)

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be selected; one with an editable part can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not self.read_only and is_editable(self.cell(index)):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    @guarded(False)
    def setData(
        self,
        index: Index,
        value: Any,  # noqa: ANN401
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Type into a cell: one text into its first editable part, a list into all of them."""
        cell = self.cell(index)
        if cell is None or self.read_only:
            return False
        bindings = editable_bindings(cell)
        texts = [value] if isinstance(value, str) else list(value)
        if role not in {Qt.ItemDataRole.EditRole, PARTS_ROLE} or len(texts) > len(bindings):
            return False
        now = _texts(cell)
        edits = [
            (binding, text)
            for binding, text, old in zip(bindings, texts, now, strict=False)
            if text != old
        ]
        return self.edit(edits)

    # What the view asks

    def cell(self, index: Index) -> Cell | None:
        """The cell that covers an index."""
        return self.grid.at(index.row(), index.column()) if index.isValid() else None

    def index_of(self, cell: Cell) -> QModelIndex:
        """The index at which a cell begins."""
        return self.index(cell.row, cell.col)

    def edit(self, edits: Edits) -> bool:
        """Hand edits on; True when they were taken (also when there are none)."""
        message = self.editor(edits) if edits else ""
        if message:
            typed = "、".join(f"“{text}”" for _, text in edits if text)
            self.rejected.emit(f"{message}没有写入：{typed}" if typed else message)
        return not message

    # What the document tells

    def set_page(self, grid: Grid) -> None:
        """Show another table's page. Open editors must have been closed before."""
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()
        self.structure_changed.emit()
        self.content_changed.emit()

    def update_page(self, grid: Grid) -> None:
        """Show a new state of the same page: only what differs is told, rows come and go."""
        old = self.grid
        if grid == old:
            return
        if old.columns != grid.columns or not old.rows:
            self.set_page(grid)
            return
        same_rows = len(old.rows) == len(grid.rows)
        if same_rows:
            self.grid = grid
        else:
            self._change_rows(old, grid)
        if not same_rows or not _same_spans(old, grid):
            self.structure_changed.emit()
            self._tell_rows(0, len(grid.rows) - 1)
        else:
            self._tell_changes(old, grid)
        self.content_changed.emit()

    def _change_rows(self, old: Grid, new: Grid) -> None:
        before, after = _row_keys(old), _row_keys(new)
        shared = min(len(before), len(after))
        start = 0
        while start < shared and before[start] == after[start]:
            start += 1
        # Where equal rows stand side by side any of them may be the one that came or went.
        start = min(start, shared)
        count = abs(len(after) - len(before))
        if len(after) > len(before):
            self.beginInsertRows(QModelIndex(), start, start + count - 1)
            self.grid = new
            self.endInsertRows()
        else:
            start = min(start, len(before) - count)
            self.beginRemoveRows(QModelIndex(), start, start + count - 1)
            self.grid = new
            self.endRemoveRows()

    def _tell_changes(self, old: Grid, new: Grid) -> None:
        for before, after in zip(old.cells, new.cells, strict=True):
            if before is not after and before != after:
                top = self.index(after.row, after.col)
                self.dataChanged.emit(top, self.index(after.bottom - 1, after.right - 1))

    def _tell_rows(self, first: int, last: int) -> None:
        self.dataChanged.emit(
            self.index(first, 0), self.index(last, max(0, len(self.grid.columns) - 1))
        )


def _texts(cell: Cell) -> list[str]:
    """The texts of the editable parts; blanks that only keep a place (an untold year) left out."""
    return [
        part.text if part.text.strip() else ""
        for part in cell.parts
        if part.binding is not None and can_edit(part.binding)
    ]


def _tip(cell: Cell) -> str | None:
    """What is not plain to see: which places the parts of a cell stand for."""
    if len(cell.parts) < 2:
        return None
    names = [binding_label(binding) for binding in editable_bindings(cell)]
    return "双击填写：" + "、".join(names) if names else None


_SHOW: dict[int, Callable[[Cell], Any]] = {
    int(Qt.ItemDataRole.DisplayRole): lambda cell: cell.text,
    int(Qt.ItemDataRole.EditRole): lambda cell: next(iter(_texts(cell)), cell.text),
    int(Qt.ItemDataRole.TextAlignmentRole): lambda cell: (
        _HALIGN[cell.style.halign] | _VALIGN[cell.style.valign]
    ),
    int(Qt.ItemDataRole.ToolTipRole): _tip,
    PARTS_ROLE: _texts,
}


def _same_spans(old: Grid, new: Grid) -> bool:
    return len(old.cells) == len(new.cells) and all(
        before is after
        or (before.row, before.col, before.rowspan, before.colspan)
        == (after.row, after.col, after.rowspan, after.colspan)
        for before, after in zip(old.cells, new.cells, strict=True)
    )


def _row_keys(grid: Grid) -> list[tuple[RowFormat, tuple[str, ...]]]:
    texts: list[list[str]] = [[] for _ in grid.rows]
    for cell in grid.cells:
        if cell.rowspan == 1:
            texts[cell.row].append(cell.text)
    return [(row, tuple(words)) for row, words in zip(grid.rows, texts, strict=True)]
