"""One table under review: its source, the official form filled, and what to look at below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QMenu,
    QWidget,
)

from jixiao.app.importing.profiles import Profile
from jixiao.app.review.index import BookIndex
from jixiao.app.review.items import Item
from jixiao.app.review.places import Places, parse_range, places_of
from jixiao.app.window_support import type_into
from jixiao.gui.page.model import Edits
from jixiao.gui.page.moves import editable_bindings
from jixiao.gui.review.answers import Answers
from jixiao.gui.review.doubts import Line, difference_lines, headline_of, lines_of, twin_text
from jixiao.gui.review.frame import TAKINGS, TableFrame
from jixiao.gui.review.links import Links
from jixiao.gui.review.mapping import mapping_menu
from jixiao.gui.theme import Theme
from jixiao.io.paper.form.choose import choose_form
from jixiao.io.paper.form.fill import fill, unshown
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.form.stand_in import stand_in
from jixiao.io.paper.page.grid import Cell, Grid, Spot
from jixiao.model.table import Table


class TablePane(TableFrame):
    """Shows a table and lets it be put right.

    Signals: ``changed`` (it says something else, or another thing is done with it), ``taught`` (a
    profile).
    """

    taught = Signal(object)

    def __init__(self, forms: Sequence[Form], parent: QWidget | None = None) -> None:
        super().__init__(forms, parent)
        self._forms = {form.id: form for form in forms}
        self._index = BookIndex()
        self._grids: Sequence[Grid] = ()
        self._old: Table | None = None
        self._following = False
        self.answers = Answers(self)
        self.profile = Profile()
        self.menu: QMenu | None = None
        self.page.editor = self._edit
        self._connect()

    def _connect(self) -> None:
        self.source.chosen.connect(self._source_chosen)
        self.source.customContextMenuRequested.connect(self._map)
        self.view.selectionModel().currentChanged.connect(self._page_chosen)
        self.view.dropped.connect(self._drop)
        self.page.rejected.connect(self.reject)
        self.sheets.activated.connect(self._show_sheet)
        self.choosers.wanted.connect(self._take_choice)
        self.doubts.chosen.connect(self._go_to)
        self.doubts.wanted.connect(self._act)
        self.takings.idClicked.connect(self._take_taking)
        self.undo_button.clicked.connect(self.undo)
        self.note_all_button.clicked.connect(lambda: self._take_all(Item.note_all))
        self.ignore_all_button.clicked.connect(lambda: self._take_all(Item.ignore_all))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.view.set_theme(theme)
        self.source.set_theme(theme)
        self.doubts.theme = theme
        if self._links is not None:
            self._show_lines()

    # Showing

    def show_item(self, item: Item, grids: Sequence[Grid], index: BookIndex) -> None:
        """Show a table with the pages of its file."""
        self.view.commit()
        self._grids, self._index = grids, index
        self._old = None
        self._fill_sheets(item)
        self._links = self._link(item)
        self.page.set_page(self._links.page)
        self.desk.fit_width()
        self.desk.verticalScrollBar().setValue(0)
        self._show_source()
        self.refresh()
        lines = lines_of(item)
        # Not while it is worked through: the buttons would run away from the mouse.
        self.fit_bottom(self.doubts.rowCount())
        if lines and lines[0].kind in {"ask", "note"}:
            self._go_to(lines[0])

    def _link(self, item: Item) -> Links:
        grid = next((g for g in self._grids if g.sheet == item.reading.sheet), None)
        places = Places()
        if grid is not None:
            places = places_of(grid, item.reading)
        return Links(item, fill(self._form_of(item), item.table), grid, places)

    def _form_of(self, item: Item) -> Form:
        form = self._forms.get(item.table.form)
        form = form or choose_form(list(self._forms.values()), item.table)
        return form or stand_in(item.table)

    def _fill_sheets(self, item: Item) -> None:
        self.sheets.clear()
        for number, grid in enumerate(self._grids):
            own = grid.sheet == item.reading.sheet
            where = f"（{item.reading.range}）" if own and item.reading.range else ""
            self.sheets.addItem((grid.sheet or "文档") + where, number)
            if own:
                self.sheets.setCurrentIndex(number)

    def _show_source(self) -> None:
        links = self._links
        there = links is not None and links.source is not None
        self.source.setVisible(there)
        self.no_source.setVisible(not there)
        if links is not None and links.source is not None:
            area = parse_range(links.source, links.item.reading.range)
            self.source.set_sheet(links.source, area)

    def _show_sheet(self, row: int) -> None:
        grid = self._grids[row]
        links = self._links
        if links is not None and grid is links.source:
            self._show_source()
            self.source.source.set_marks(links.source_marks())
        else:
            self.source.set_sheet(grid, (0, 0, len(grid.rows), len(grid.columns)))

    def refresh(self) -> None:
        """Show what the table says now: page, marks, list, and what is in the book."""
        links = self._links
        if links is None:
            return
        item = links.item
        links = self._links = self._link(item)
        self.page.update_page(links.page)
        self.view.set_marks(links.page_marks())
        if links.source is not None and self.source.source.grid is links.source:
            self.source.source.set_marks(links.source_marks())
        self.choosers.show_item(item, self._index)
        self.strip.show_items(tuple(unshown(self._form_of(item), item.table)))
        self._show_there(item)
        self._show_lines()

    def _show_lines(self) -> None:
        if self._links is None:
            return
        item = self._links.item
        lines = lines_of(item)
        if item.there and self._old is not None:
            lines += difference_lines(self._old, item.table)
        self.doubts.set_lines(lines)
        self.headline.setText(headline_of(item, lines))
        several = len(item.table.unplaced) > 1
        self.note_all_button.setVisible(several)
        self.ignore_all_button.setVisible(several)
        self.undo_button.setVisible(item.can_undo)

    def _show_there(self, item: Item) -> None:
        self.there.setVisible(bool(item.there or item.twin))
        for button in self.takings.buttons():
            button.setVisible(bool(item.there))
        if not item.there:
            self.there_text.setText(twin_text(item))
            return
        locked = item.there[0] in self._index.locked
        text = "账本里已有这张表"
        if self._old is not None:
            count = len(difference_lines(self._old, item.table))
            text += f"，有 {count} 处不同" if count else "，内容一样"
        self.there_text.setText(text + ("；它已报，不能改动。" if locked else "。"))
        for number, (taking, _, _) in enumerate(TAKINGS):
            button = self.takings.button(number)
            replaces = taking != "replace" or self._index.may_replace(item.there[0], item.table)
            button.setEnabled(replaces and (not locked or taking == "keep"))
            button.setChecked(taking == item.taking)

    def set_old(self, old: Table) -> None:
        """Take the table of the book, to show what is different."""
        self._old = old
        if self._links is not None:
            self._show_there(self._links.item)
            self._show_lines()
            self.fit_bottom(self.doubts.rowCount())

    # Both sides

    def _source_chosen(self, position: Spot) -> None:
        links = self._links
        if links is None or self.source.source.grid is not links.source:
            return
        self._follow(lambda: self._select_page(links.page_cell_at(position)))

    def _page_chosen(self, current: QModelIndex, _: QModelIndex) -> None:
        links = self._links
        cell = self.page.cell(current)
        if links is None or cell is None:
            return
        position = links.source_of(cell)
        self._follow(lambda: self._select_source(position))

    def _follow(self, move: Callable[[], object]) -> None:
        """Move the cursor of the other side, which does not come back to this one."""
        if not self._following:
            self._following = True
            move()
            self._following = False

    def _select_page(self, cell: Cell | None) -> None:
        if cell is None:
            self.view.setCurrentIndex(QModelIndex())
            self.view.clearSelection()
        else:
            self.view.select(cell)
        self.view.viewport().update()

    def _select_source(self, position: Spot | None) -> None:
        links = self._links
        if links is None or links.source is None:
            return
        if self.source.source.grid is not links.source:
            self._fill_sheets(links.item)
            self._show_source()
            self.source.source.set_marks(links.source_marks())
        if position is None:
            self.source.show_nothing()
        else:
            self.source.show_position(position)

    def _go_to(self, line: Line) -> None:
        links = self._links
        if links is None:
            return
        cell, position = None, links.position_of(line.cell.rpartition("!")[2])
        if line.kind in {"ask", "note"}:
            place = links.place_of(links.item.reading.doubts[line.number])
            found = links.cell_of(place) if place is not None else None
            cell = found[0] if found is not None else None
        elif line.place is not None:
            found = links.cell_of(line.place)
            cell = found[0] if found is not None else None
            position = links.source_of(cell) if cell is not None else None
        self._follow(lambda: (self._select_page(cell), self._select_source(position)))

    # Putting right

    def _change(self, table: Table, settle: Sequence[int] = ()) -> None:
        item = self.item
        assert item is not None
        item.change(table, settle)
        self.tell_changed()

    def _edit(self, edits: Edits) -> str:
        links = self._links
        if links is None:
            return ""
        try:
            table = type_into(self._form_of(links.item), links.item.table, edits)
        except ValueError as error:
            return str(error)
        settled = [number for binding, _ in edits for number in links.doubts_at(binding)]
        self._change(table, settled)
        return ""

    def _drop(self, cell: Cell, text: str) -> None:
        item = self.item
        bindings = editable_bindings(cell)
        if item is None or not bindings:
            return
        try:
            table = type_into(self._form_of(item), item.table, [(bindings[0], text)])
        except ValueError as error:
            self.reject(str(error))
            return
        rest = list(table.unplaced)
        used = next((one for one in rest if one.text == text), None)
        if used is not None:
            rest.remove(used)
        self._change(replace(table, unplaced=tuple(rest)))

    def _act(self, action: str, line: Line) -> None:
        item = self.item
        if item is None:
            return
        self._go_to(line)
        if action == "edit":
            self.answers.ask(line)
            return
        row = lines_of(item).index(line)
        if action == "as_written":
            self.answers.put_as_written(line)
            return
        if action == "accept":
            self.answers.settle(line.number)
        elif action == "note":
            item.note(item.table.unplaced[line.number])
        else:
            item.ignore(item.table.unplaced[line.number])
        self.tell_changed()
        left = lines_of(item)[row:]
        if left:
            self._go_to(left[0])

    def _take_all(self, take: Callable[[Item], None]) -> None:
        if self.item is not None:
            take(self.item)
            self.tell_changed()

    def _take_choice(self, table: Table) -> None:
        self._change(table)
        self.desk.fit_width()

    def _take_taking(self, number: int) -> None:
        item = self.item
        if item is not None:
            item.taking = TAKINGS[number][0]
            item.ticked = True
            self.tell_changed()

    def undo(self) -> None:
        """Take the last change to this table back."""
        item = self.item
        if item is not None and item.can_undo and not self.view.is_editing:
            item.undo()
            self.tell_changed()

    def _map(self, at: QPoint) -> None:
        links = self._links
        index = self.source.indexAt(at)
        if links is None or not index.isValid():
            return
        model = self.source.source
        menu = self.menu = mapping_menu(
            self,
            model,
            model.position(index),
            links.places,
            profile=self.profile,
            teach=self.taught.emit,
        )
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.source.viewport().mapToGlobal(at))
