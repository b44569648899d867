"""Copy, cut, paste, fill and clear on the page. What happened is told in the status line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit

from jixiao.app import clipboard
from jixiao.app.clipboard import BlockEdit, Clip
from jixiao.app.session import Session
from jixiao.gui.document import Shown
from jixiao.gui.paste_dialog import PasteDialog
from jixiao.io.clean import key
from jixiao.io.clipboard import Rect, bounds, copy_block, header_rows
from jixiao.io.form import Form
from jixiao.io.paste_block import Recognised, recognise_block
from jixiao.model.errors import KnownError
from jixiao.model.table import Table

if TYPE_CHECKING:
    from jixiao.gui.window import MainWindow

_Fill = Callable[[Form, Table, Rect], BlockEdit]


class PageClipboard(QObject):
    """The clipboard commands of a window. ``asking`` is the dialog that is open."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._view = window.view
        self._document = window.document
        self._tell = window.status.tell
        self.asking: PasteDialog | None = None
        window.view.clear_wanted.connect(self.clear_cells)

    def _editor(self) -> QLineEdit | QPlainTextEdit | None:
        """The widget in which something is being typed."""
        focus = QApplication.focusWidget()
        typing = self._view.is_editing and isinstance(focus, QLineEdit | QPlainTextEdit)
        return focus if typing and isinstance(focus, QLineEdit | QPlainTextEdit) else None

    # Out

    def copy(self) -> None:
        """Copy the selected cells, or the selected letters of what is being typed."""
        editor = self._editor()
        if editor is not None:
            editor.copy()
        else:
            self._copy()

    def copy_headers(self) -> None:
        """Copy the selected cells with the header words above them."""
        self._copy(headers=True)

    def _copy(self, *, headers: bool = False) -> None:
        selection = self._view.block.block()
        copied = copy_block(self._view.page.grid, selection, headers=headers)
        if not copied.rows:
            return
        count = len(self._view.block.cells())
        mime = QMimeData()
        mime.setText(copied.tsv if count > 1 else self._view.block.cells()[0].text)
        mime.setHtml(copied.html)
        QApplication.clipboard().setMimeData(mime)
        self._tell(f"已复制 {count} 格。" if count > 1 else "已复制。")

    def cut(self) -> None:
        """Copy the selected cells and empty them."""
        editor = self._editor()
        if editor is not None:
            editor.cut()
            return
        self._copy()
        edit = self._clear("剪切")
        if edit is not None:
            self._tell(f"{edit.name}。")

    # In

    def paste(self) -> None:
        """Paste from the cursor on, or ask when a whole form is on the clipboard."""
        editor = self._editor()
        if editor is not None:
            editor.paste()
            return
        why_not = self._document.why_not
        if why_not:
            self._tell(why_not)
            return
        mime = QApplication.clipboard().mimeData()
        html, text = (mime.html() if mime.hasHtml() else ""), mime.text()
        try:
            clip = clipboard.read_clipboard(html, text)
        except KnownError as error:
            self._tell(str(error))
            return
        if not clip.matrix:
            self._tell("剪贴板里没有可以粘贴的文字。")
            return
        shown = self._document.shown
        assert shown is not None
        if self._for_one_cell(html, text):
            joined = text.replace("\r\n", "\n").strip("\n")
            self._paste(Clip([[joined]], clip.grid))
        elif self._may_be_form(clip):
            self._recognise(clip, shown)
        else:
            self._paste(clip)

    def _for_one_cell(self, html: str, text: str) -> bool:
        """True when paragraphs go into one roomy cell that has no cells of its kind below."""
        cells = self._view.block.cells()
        if len(cells) != 1 or "\t" in text or "<table" in html.lower() or not text.strip():
            return False
        bindings = cells[0].bindings
        return len(bindings) == 1 and bindings[0].target == "field" and bindings[0].name != "year"

    def _may_be_form(self, clip: Clip) -> bool:
        """True when a block is large enough for a form, and not just rows with our headers."""
        if len(clip.matrix) < 2 or len(clip.matrix[0]) < 2:
            return False
        grid, top = self._view.page.grid, bounds(self._view.block.block()).top
        if not grid.rows[top].band:
            return True
        words = {key(cell.text) for row in header_rows(grid, top) for cell in grid.row_cells(row)}
        return not {key(text) for text in clip.matrix[0] if text.strip()} <= words

    def _recognise(self, clip: Clip, shown: Shown) -> None:
        def job(session: Session) -> Recognised | None:
            return recognise_block(clip.grid, session.forms.labels, shown.form, shown.table)

        def done(found: Recognised | None) -> None:
            if found is None:
                self._paste(clip)
            else:
                self._ask(clip, found)

        self._document.run(job, done)
        self._document.worker.wait()  # keys pressed meanwhile come after the paste

    def _ask(self, clip: Clip, found: Recognised) -> None:
        shown = self._document.shown
        if shown is None:
            return
        dialog = self.asking = PasteDialog(found, shown.table, self._window)
        dialog.finished.connect(lambda result: self._answered(dialog, result, clip, found))
        dialog.open()

    def _answered(self, dialog: PasteDialog, result: int, clip: Clip, found: Recognised) -> None:
        choice = dialog.choice()
        self.asking = None
        dialog.deleteLater()
        self._view.setFocus()
        if result != QDialog.DialogCode.Accepted:
            self._tell("没有粘贴。")
        elif choice == "text":
            self._paste(clip)
        else:
            replace_rows = choice == "replace"
            edit = self._document.act(
                lambda _form, _table: clipboard.take_recognised(found, replace_rows=replace_rows)
            )
            if edit is not None:
                self._tell("已按表认出的内容填入。", "撤销", self._document.undo)

    def _paste(self, clip: Clip) -> None:
        view = self._view
        selection = view.block.block()
        edit = self._document.act(
            lambda form, table: clipboard.paste(form, table, view.page.grid, selection, clip.matrix)
        )
        if edit is None:
            return
        if edit.rect is not None:
            view.block.select_rect(edit.rect)
        self._tell(edit.message if edit.written or edit.not_placed else "内容相同，没有改动。")

    # Filling and clearing

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

    def clear_cells(self) -> None:
        """Empty the selected cells; rows stay."""
        if self._editor() is None:
            self._clear("清除")

    def _clear(self, verb: str) -> BlockEdit | None:
        view = self._view
        spots = view.block.spots()

        def action(form: Form, table: Table) -> BlockEdit:
            edit = clipboard.clear(form, table, view.page.grid, spots)
            return BlockEdit(edit.table, f"{verb} {edit.written} 格", written=edit.written)

        return self._document.act(action)

    def select_all(self) -> None:
        """Select the whole page, or all that is being typed."""
        editor = self._editor()
        if editor is not None:
            editor.selectAll()
        else:
            self._view.block.select_all()
