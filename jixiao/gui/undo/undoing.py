"""Ctrl+Z and Ctrl+Y in the window: never too far by one key, and always to where it happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPlainTextEdit, QPushButton

from jixiao.gui.dialog_parts import ask
from jixiao.gui.page.look import PageLook
from jixiao.gui.workbench import Workbench
from jixiao.model.ahead import Ahead
from jixiao.model.history import Change

if TYPE_CHECKING:
    from jixiao.io.paper.compare.differences import TableDifference
    from jixiao.io.paper.page.grid import Cell

_NO_UPDATE = QItemSelectionModel.SelectionFlag.NoUpdate
_ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect


class UndoActions(QObject):
    """Undo and redo of a window. ``asking`` is the question that is open."""

    def __init__(self, bench: Workbench, look: PageLook, open_bin: Callable[[], object]) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._look = look
        self._open_bin = open_bin
        self._document = bench.document
        self.asking: QMessageBox | None = None
        replays = bench.document.replays
        replays.asked.connect(self._ask)
        replays.held_back.connect(self._tell_border)
        replays.went.connect(self._go_to)
        bench.changes.changed.connect(self._tell_binned)
        bench.document.edited.connect(bench.status.quiet)
        bench.document.acted.connect(self._tell_step)

    # By keys, menu and toolbar

    def undo(self) -> None:
        """Undo in the open editor, else the width of a column, else in the book."""
        if not self._in_editor("undo") and not self._look.undo_widths():
            self._document.replays.by_key(undo=True, held=self._bench.commands.held)

    def redo(self) -> None:
        """Redo in the open editor, else the width of a column, else in the book."""
        if not self._in_editor("redo") and not self._look.redo_widths():
            self._document.replays.by_key(undo=False, held=self._bench.commands.held)

    def _in_editor(self, name: str) -> bool:
        focus = QApplication.focusWidget()
        if self._bench.view.is_editing and isinstance(focus, QLineEdit | QPlainTextEdit):
            getattr(focus, name)()
            return True
        return False

    # What is told

    def _ask(self, step: Ahead) -> None:
        if self.asking is not None:
            return
        title, text = question(step, self._bench.commands.key_of("redo"))
        document = self._document
        box = ask(
            self._bench.frame,
            title,
            text,
            "撤销这一步",
            lambda: document.replays.replay(undo=True, only=step.number),
        )
        self.asking = box
        for button in box.buttons():
            if box.buttonRole(button) == QMessageBox.ButtonRole.RejectRole:
                box.setDefaultButton(cast("QPushButton", button))  # an Enter too many does nothing
        box.finished.connect(self._answered)

    def _answered(self) -> None:
        self.asking = None

    def _tell_border(self, step: Ahead) -> None:
        name = f"“{step.name}”"
        undoable = step.name == self._document.names.undo
        command, word = ("undo", "撤销") if undoable else ("redo", "重做")
        key = self._bench.commands.key_of(command)
        self._bench.tell(f"下一步是{name}，按住不放不会{word}它；松开后再按 {key}。")

    def _tell_step(self, name: str) -> None:
        self._bench.status.tell_step(f"已{name}。", self._document.undo)

    def _tell_binned(self, change: Change) -> None:
        if change.binned:
            text = f"刚才撤销的 {len(change.binned)} 张表放进了回收站，需要时可以恢复。"
            show = self._open_bin
            # Behind what is told of the step itself.
            QTimer.singleShot(0, lambda: self._bench.status.add(text, "打开回收站", show))

    # Where it happened

    def _go_to(self, difference: TableDifference) -> None:
        """Select the cells that changed and bring the first into sight; the cursor goes there."""
        from jixiao.io.paper.compare.mark_page import mark_page  # seldom needed

        shown, view = self._document.shown, self._bench.view
        if shown is None or shown.table != difference.new or not difference.changes:
            return
        marks = mark_page(shown.grid, difference)
        spots = sorted(marks.cells) or sorted((row, 0) for row in marks.moved)
        cells = [cell for spot in spots if (cell := shown.grid.at(*spot)) is not None]
        if not cells and marks.absent:  # rows that are gone: where they stood
            row = min(marks.absent[0][0], len(shown.grid.rows) - 1)
            cell = shown.grid.at(row, view.position()[1])
            cells = [] if cell is None else [cell]
        if cells:
            self._select(cells)

    def _select(self, cells: list[Cell]) -> None:
        view = self._bench.view
        chosen = QItemSelection()
        for cell in cells:
            index = view.page.index_of(cell)
            chosen.select(index, index)
        first = view.page.index_of(cells[0])
        model = view.selectionModel()
        model.setCurrentIndex(first, _NO_UPDATE)
        model.select(chosen, _ONLY)
        view.scrollTo(first)


def question(step: Ahead, redo: str) -> tuple[str, str]:
    """Title and text of the question before a step is taken back that one key should not.

    Args:
        step: The step.
        redo: The key of redo, as it is written for people.
    """
    text = f"要撤销“{step.name}”吗？"
    if step.leaving:
        text += (
            f"{len(step.leaving)} 张表会离开目录。之后可以按 {redo} 恢复；"
            "如果接着做了别的，它们会放进回收站，也能恢复。"
        )
    elif step.is_bulk:
        text += f"它改动了 {len(step.table_ids)} 张表，会一起变回去。之后可以按 {redo} 重做。"
    if step.was_found:
        return (
            "撤销打开之前的修改",
            f"{text}\n\n这是上次打开账本时做的。撤销它之后，更早的不再一步步问。",
        )
    return "撤销整步", text
