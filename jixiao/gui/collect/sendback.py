"""Send-back notes at work: the bureau writes them on a table, the agency finds and answers them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QDialog

from jixiao.app.notes import answer_notes, new_note, remove_notes, reopen_notes, send_back
from jixiao.app.session import Session
from jixiao.gui.collect.marks import NoteMarks
from jixiao.gui.collect.notes import NoteDialog, NotesStrip
from jixiao.gui.collect.panel import NotesPanel
from jixiao.gui.collect.places import NOWHERE, cell_of_note, place_of_cell
from jixiao.gui.findings.marks import FindingMarks, tip_text
from jixiao.gui.workbench import Workbench
from jixiao.io.paper.page.grid import Cell
from jixiao.model.notes import SendBackNote, send_back_notes

_TITLE = "意见"


class SendBackActions(QObject):
    """The notes of the table on the screen: in its cells, above the page, in a panel."""

    def __init__(self, bench: Workbench, finding_marks: FindingMarks) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._finding_marks = finding_marks
        self._document = bench.document
        self.strip = NotesStrip()
        self._place_strip()
        self.strip.look_wanted.connect(self.show_notes)
        self.panel = panel = NotesPanel()
        bench.dock.add_panel(_TITLE, panel)
        self.marks = NoteMarks(bench.view, self._findings_in)
        panel.write_wanted.connect(self.write_note)
        panel.place_wanted.connect(self.show_place)
        panel.answered.connect(self.answer)
        panel.reopened.connect(self.reopen)
        panel.removed.connect(self.remove)
        panel.left.connect(bench.view.setFocus)
        for signal in (self._document.table_shown, self._document.page_changed):
            signal.connect(self._refresh)
        self._document.tree_changed.connect(lambda _: self._refresh())

    def _place_strip(self) -> None:
        """Above the page, below what is said about the table."""
        centre = self._bench.desk.parentWidget()
        column = centre.layout() if centre is not None else None
        assert isinstance(column, QBoxLayout)
        column.insertWidget(column.indexOf(self._bench.desk), self.strip)

    def _findings_in(self, cell: Cell) -> str:
        """What a tooltip tells of a cell besides its notes."""
        found = self._finding_marks.findings_in(cell)
        return tip_text(found).removeprefix("<qt>").removesuffix("</qt>") if found else ""

    # What is shown

    def _refresh(self) -> None:
        shown = self._document.shown
        table = None if shown is None else shown.table
        notes = [] if table is None else send_back_notes(table)
        said = [note for _, note in notes]
        may_write = not self._document.read_only and not self._document.locked
        self.strip.show_notes(said)
        self.panel.show_notes(
            notes,
            has_table=table is not None,
            may_write=may_write,
            may_send_back=table is not None and not self._document.read_only,
        )
        waiting = sum(not note.done for note in said)
        self._bench.dock.set_title(self.panel, f"{_TITLE} {waiting}" if waiting else _TITLE)
        self.marks.mark(said, table)

    def show_notes(self) -> None:
        """Bring the panel to the front."""
        self._bench.dock.show_panel(self.panel)
        if self.panel.cards:
            self.panel.cards[0].go.setFocus()

    def show_place(self, note: SendBackNote) -> None:
        """Put the cursor where a note belongs."""
        shown = self._document.shown
        cell = None
        if shown is not None:
            cell = cell_of_note(self._bench.page.grid, shown.table, note)
        if cell is None:
            self._bench.tell("这条意见说的地方在表里已经找不到了。")
            return
        self._bench.view.select(cell)
        self._bench.view.setFocus()

    # What the bureau does

    def write_note(self) -> None:
        """Ask for a note about the current place or the whole table."""
        if self._document.shown is None:
            self._bench.tell("请先打开要退回的表。")
            return
        self._bench.view.commit()
        shown = self._document.shown
        what, name, column = place_of_cell(shown.table, self._bench.view.current_cell())
        dialog = NoteDialog(
            shown.table.name or shown.form.name,
            SendBackNote("", "", "", what, name, column).place,
            self._bench.settings.author,
            reported=self._document.locked,
            parent=self._bench.frame,
        )
        if dialog.exec() == QDialog.DialogCode.Accepted:
            author = dialog.author.text().strip()
            self._bench.settings.author = author
            place = (what, name, column) if dialog.about_place else NOWHERE
            note = new_note(
                dialog.text.toPlainText(), author, what=place[0], name=place[1], column=place[2]
            )
            self.send_back(note, returned=dialog.returned.isChecked())
        dialog.deleteLater()

    def send_back(self, note: SendBackNote, *, returned: bool = True) -> None:
        """Write a note on the table on the screen."""
        self._step(
            lambda session, table_id: send_back(session, table_id, [note], returned=returned),
            "退回意见已写在这张表上。",
        )

    def remove(self, indexes: Sequence[int]) -> None:
        """Take notes off the table on the screen."""
        self._step(
            lambda session, table_id: remove_notes(session, table_id, indexes),
            f"{len(indexes)} 条退回意见已去掉。",
        )

    # What the agency does

    def answer(self, index: int, text: str) -> None:
        """Say that a note is settled, and how."""
        self._step(
            lambda session, table_id: answer_notes(session, table_id, {index: text}),
            "这条意见已标为处理过，再报时财政局会看到。",
        )

    def reopen(self, index: int) -> None:
        """Take back that a note is settled."""
        self._step(
            lambda session, table_id: reopen_notes(session, table_id, [index]),
            "这条意见又是待处理的了。",
        )

    def _step(self, job: Callable[[Session, int], object], text: str) -> None:
        shown = self._document.shown
        if shown is not None:
            self._bench.act(lambda session: job(session, shown.table_id), lambda _: text)
