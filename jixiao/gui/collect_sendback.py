"""Send-back notes at work: the bureau writes them on a table, the agency finds and settles them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QDialog

from jixiao.app.notes import new_note, send_back, settle_notes
from jixiao.app.session import Session
from jixiao.gui.collect_notes import NoteDialog, NotesStrip
from jixiao.io.grid import Cell
from jixiao.model.fields import label_of
from jixiao.model.notes import SendBackNote, place_of, send_back_notes

if TYPE_CHECKING:
    from jixiao.gui.window import MainWindow


class SendBackActions(QObject):
    """The notes of the table on the screen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._document = window.document
        self.strip = NotesStrip()
        self._place_strip()
        self.strip.done.connect(lambda index: self.settle([index]))
        self.strip.all_done.connect(self._settle_all)
        self.strip.place_wanted.connect(self.show_place)
        for signal in (self._document.table_shown, self._document.page_changed):
            signal.connect(self._show_notes)
        self._document.tree_changed.connect(lambda _: self._show_notes())

    def _place_strip(self) -> None:
        """Above the page, below what is said about the table."""
        centre = self._window.desk.parentWidget()
        column = centre.layout() if centre is not None else None
        assert isinstance(column, QBoxLayout)
        column.insertWidget(column.indexOf(self._window.desk), self.strip)

    def _show_notes(self) -> None:
        shown = self._document.shown
        notes = [] if shown is None else send_back_notes(shown.table)
        may_write = not self._document.read_only and not self._document.locked
        self.strip.show_notes(notes, may_write=may_write)

    def write_note(self) -> None:
        """Ask for a note about the current place or the whole table."""
        shown = self._document.shown
        if shown is None:
            self._window.status.tell("请先打开要退回的表。")
            return
        self._window.view.commit()
        field, indicator = self._current_place()
        place = f"指标“{indicator}”" if indicator else f"栏目“{field}”" if field else ""
        dialog = NoteDialog(
            shown.table.name or shown.form.name,
            place,
            self._window.settings.author,
            reported=self._document.locked,
            parent=self._window,
        )
        if dialog.exec() == QDialog.DialogCode.Accepted:
            author = dialog.author.text().strip()
            self._window.settings.author = author
            text = dialog.text.toPlainText()
            if not dialog.about_place:
                field = indicator = ""
            note = new_note(text, author, field=field, indicator=indicator)
            self.send_back(note, returned=dialog.returned.isChecked())
        dialog.deleteLater()

    def _current_place(self) -> tuple[str, str]:
        """The label of the field, or the name of the indicator, in which the cursor stands."""
        shown, cell = self._document.shown, self._window.view.current_cell()
        for binding in cell.bindings if shown is not None and cell is not None else ():
            if shown is not None and binding.target == "indicators" and len(binding.rows) == 1:
                return "", shown.table.indicators[binding.rows[0]].level3
            if binding.target == "field":
                return label_of(binding.name), ""
        return "", ""

    def send_back(self, note: SendBackNote, *, returned: bool = True) -> None:
        """Write a note on the table on the screen."""
        shown = self._document.shown
        if shown is None:
            return
        table_id = shown.table_id
        self._step(
            lambda session: send_back(session, table_id, [note], returned=returned),
            "退回意见已写在这张表上。",
        )

    def settle(self, indexes: Collection[int]) -> None:
        """Take notes off the table on the screen."""
        shown = self._document.shown
        if shown is None:
            return
        table_id = shown.table_id
        self._step(
            lambda session: settle_notes(session, table_id, indexes),
            f"{len(indexes)} 条退回意见已处理。",
        )

    def _settle_all(self) -> None:
        shown = self._document.shown
        if shown is not None:
            self.settle([index for index, _ in send_back_notes(shown.table)])

    def _step(self, job: Callable[[Session], object], told: str) -> None:
        self._window.view.commit()

        def done(_: object) -> None:
            self._document.reload()
            self._window.status.tell(told, "撤销", self._document.undo)

        self._document.run(job, done, self._window.files.tell_error)

    def show_place(self, note: SendBackNote) -> None:
        """Put the cursor where a note belongs."""
        cell = self._cell_of(note)
        if cell is None:
            self._window.status.tell("这条意见说的地方在表里已经找不到了。")
            return
        self._window.view.select(cell)
        self._window.view.setFocus()

    def _cell_of(self, note: SendBackNote) -> Cell | None:
        shown = self._document.shown
        place = None if shown is None else place_of(shown.table, note)
        if place is None:
            return None
        for cell, part in self._window.page.grid.bound():
            binding = part.binding
            assert binding is not None
            if place.rows is None:
                if binding.target == "field" and binding.name == place.field:
                    return cell
            elif (binding.target, binding.name) == (place.rows, "level3") and (
                place.index in binding.rows
            ):
                return cell
        return None
