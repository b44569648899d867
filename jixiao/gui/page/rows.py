"""What is done to rows of the page: insert, copy, delete, move, change category, sort."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from jixiao.app import rows
from jixiao.app.rows import Edit
from jixiao.gui.page.block import own_binding, own_cells, rows_of
from jixiao.gui.page.moves import is_editable
from jixiao.gui.workbench import Workbench
from jixiao.io.paper.edit.rows import page_position, selected_rows
from jixiao.io.paper.form.categories import Category, categories, category_key
from jixiao.io.paper.form.form import Form
from jixiao.model.table import ROW_TYPES, ListName, Table

_NO_ROW = "请先把光标放在任务、指标或明细的一行里。"
_EMPTY = "这一行还空着，直接填写即可。"


class PageRows(QObject):
    """The row commands of a window."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.frame)
        self._view = bench.view
        self._document = bench.document
        self._tell = bench.status.tell
        self._draft: tuple[ListName, int] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.settle)
        bench.view.row_wanted.connect(self._row_wanted)
        bench.view.settling.connect(self.settle)
        bench.view.selectionModel().currentChanged.connect(lambda *_: self._timer.start())

    # Which rows

    def chosen(self) -> tuple[ListName | None, tuple[int, ...]]:
        """The list and the indexes of the selected rows; labels choose none."""
        grid = self._view.page.grid
        spots = self._view.block.spots()
        pages = {
            row
            for row, col in spots
            if (cell := grid.at(row, col)) is not None and not cell.is_label
        }
        return selected_rows(grid, sorted(pages))

    def _with_rows(
        self, action: Callable[[ListName, tuple[int, ...]], None], *, empty: str = _EMPTY
    ) -> None:
        """Do something with the selected rows, or say why there are none."""
        self._view.commit()  # what is typed may make a row, and move others
        name, indexes = self.chosen()
        if name is None:
            self._tell(_NO_ROW)
        elif not indexes:
            self._tell(empty)
        else:
            action(name, indexes)

    # Adding

    def add_row(self) -> None:
        """Add a row at the end of the category of the cursor."""
        self._with_rows(
            lambda name, indexes: self._insert(
                lambda form, table: rows.add_row_in_category(form, table, name, indexes[-1])
            )
        )

    def insert_above(self) -> None:
        """Insert a row above the first selected one."""
        self._insert_beside(below=False)

    def insert_below(self) -> None:
        """Insert a row below the last selected one."""
        self._insert_beside(below=True)

    def _insert_beside(self, *, below: bool) -> None:
        def insert(name: ListName, indexes: tuple[int, ...]) -> None:
            index = indexes[-1] if below else indexes[0]
            self._insert(lambda form, table: rows.insert_row(form, table, name, index, below=below))

        self._with_rows(insert)

    def _insert(self, action: Callable[[Form, Table], Edit], column: int = -1) -> None:
        edit = self._document.act(action)
        if edit is not None:
            self._go_to(edit, column)

    def _row_wanted(self, how: str) -> None:
        """Enter or Tab in the last row of a band, or Ctrl+Enter in an editor."""
        if how == "add":
            self.add_row()
            return
        binding = own_binding(self._view.page.grid, self._view.position()[0])
        if binding is not None and binding.rows and binding.target in ROW_TYPES:
            name, index = binding.target, binding.rows[-1]
            column = self._view.enter_column() if how == "enter" else -1
            edit = self._document.draft(
                lambda form, table: rows.insert_row(form, table, name, index, below=True)
            )
            if edit is not None:
                self._draft = (name, edit.rows[0])
                self._go_to(edit, column)

    def settle(self) -> None:
        """Let a row that came by itself go when the cursor has left it and it is still empty."""
        if self._draft is None or not self._document.has_draft:
            self._draft = None
            return
        name, index = self._draft
        binding = own_binding(self._view.page.grid, self._view.currentIndex().row())
        if binding is None or binding.target != name or index not in binding.rows:
            self._draft = None
            self._document.drop_draft()

    def add_category(self, pair: Category) -> None:
        """Add a category that the table does not have, with an empty row to fill."""
        self._view.commit()
        self._document.drop_draft()  # a row that Tab made and nobody typed in does not stay
        self._insert(lambda form, table: rows.add_category(form, table, *pair))

    # Copying, deleting, moving

    def duplicate_rows(self) -> None:
        """Add copies of the selected rows below them."""
        self._with_rows(
            lambda name, indexes: self._change(
                lambda form, table: rows.duplicate_rows(form, table, name, indexes)
            )
        )

    def delete_rows(self) -> None:
        """Delete the selected rows."""

        def delete(name: ListName, indexes: tuple[int, ...]) -> None:
            edit = self._document.act(
                lambda form, table: rows.delete_rows(form, table, name, indexes)
            )
            if edit is not None:
                self._go_to(edit, self._view.position()[1])
                self._tell(edit.name, "撤销", self._document.undo)

        self._with_rows(delete, empty="这一行还空着，不用删除。")

    def rows_up(self) -> None:
        """Move the selected rows one place up, into the category above at its border."""
        self._move(up=True)

    def rows_down(self) -> None:
        """Move the selected rows one place down."""
        self._move(up=False)

    def _move(self, *, up: bool) -> None:
        self._with_rows(
            lambda name, indexes: self._change(
                lambda form, table: rows.move_rows(form, table, name, indexes, up=up)
            )
        )

    def drop_rows(self, page_row: int) -> None:
        """Put the selected rows before a row of the page."""

        def drop(name: ListName, indexes: tuple[int, ...]) -> None:
            position = page_position(self._view.page.grid, name, page_row)
            self._change(
                lambda form, table: rows.move_rows_to(form, table, name, indexes, position)
            )

        self._with_rows(drop)

    def change_category(self, pair: Category) -> None:
        """Move the selected indicators to another category."""
        self._with_rows(
            lambda _, indexes: self._change(
                lambda form, table: rows.change_category(form, table, indexes, *pair)
            )
        )

    def sort_rows(self) -> None:
        """Put the indicators in the form's order of categories."""
        self._view.commit()
        edit = self._document.act(rows.sort_by_category)
        if edit is not None:
            self._tell("已按表样的分类次序排列。")

    def _change(self, action: Callable[[Form, Table], Edit]) -> None:
        alone = len(self._view.block.cells()) == 1
        edit = self._document.act(action)
        if edit is None:
            return
        found = rows_of(self._view.page.grid, edit.list, edit.rows)
        if alone and len(found) == 1:
            self._go_to(edit, self._view.position()[1])
        else:
            self._view.block.select_rows(found, keep_column=True)

    def _go_to(self, edit: Edit, column: int) -> None:
        """Put the cursor into the row of an edit: a column, else the first cell to type in."""
        grid = self._view.page.grid
        for row in rows_of(grid, edit.list, edit.rows[:1]):
            cells = [cell for cell in own_cells(grid, row) if is_editable(cell)]
            at_column = [cell for cell in cells if cell.col <= column < cell.right]
            if cells:
                self._view.select((at_column or cells)[0])

    # What the menu offers

    def other_categories(self) -> list[Category]:
        """The categories that the selected indicators can go to."""
        shown = self._document.shown
        name, indexes = self.chosen()
        if shown is None or name != "indicators" or not indexes:
            return []
        chosen = [shown.table.indicators[index] for index in indexes]
        here = {category_key(row.level1, row.level2) for row in chosen}
        pairs = categories(shown.form, shown.table)
        return [pair for pair in pairs if len(here) > 1 or category_key(*pair) not in here]

    def missing_categories(self) -> list[Category]:
        """The categories of the form that no row of the page has."""
        shown = self._document.shown
        if shown is None or not shown.form.columns_of.get("indicators"):
            return []
        form, table = shown.form, shown.table
        return [
            pair
            for pair in categories(form, table)
            if rows.add_category(form, table, *pair).table != table
        ]


def by_level1(pairs: Sequence[Category]) -> dict[str, list[Category]]:
    """Categories under their first levels, in order."""
    found: dict[str, list[Category]] = {}
    for pair in pairs:
        found.setdefault(pair[0], []).append(pair)
    return found
