"""Copy, cut, paste, fill and clear on the page. What happened is told in the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QPlainTextEdit

from jixiao.app import clipboard
from jixiao.app.clipboard import BlockEdit, Clip, ClipTexts
from jixiao.app.session import Session
from jixiao.gui.document import Shown
from jixiao.gui.page.filling import PageFilling
from jixiao.gui.page.large_paste import LARGE, MANY, WorkedOut, question, rows_in, work_out
from jixiao.gui.workbench import Workbench
from jixiao.io.paper.edit.carried import FORMAT
from jixiao.io.paper.edit.clipboard import bounds, may_be_form
from jixiao.io.paper.form.form import Form
from jixiao.model.errors import KnownError
from jixiao.model.table import Table

if TYPE_CHECKING:
    from jixiao.app.paste_block import Recognised
    from jixiao.gui.page.paste_dialog import PasteDialog


class PageClipboard(PageFilling):
    """The clipboard commands of a window; ``asking`` and ``asking_large`` are its open dialogs."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.asking: PasteDialog | None = None
        self.asking_large: QMessageBox | None = None
        bench.view.clear_wanted.connect(self.clear_cells)

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
        shown, block = self._document.shown, self._view.block
        spots = block.highlighted()
        if shown is None or not spots:
            return
        texts = clipboard.copy(
            shown.form, shown.table, shown.grid, block.block(), spots, headers=headers
        )
        count = len(block.cells())
        mime = QMimeData()
        mime.setText(texts.text)
        mime.setHtml(texts.html)
        if texts.cells:
            mime.setData(FORMAT, QByteArray(texts.cells))
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
        texts = _on_clipboard()
        rows = rows_in(texts)
        if rows > MANY and not self._for_one_cell(texts):
            self._paste_many(rows, texts)
            return
        try:
            clip = clipboard.read_clipboard(texts)
        except KnownError as error:
            self._tell(str(error))
            return
        if not clip.matrix:
            self._tell("剪贴板里没有可以粘贴的文字。")
            return
        shown = self._document.shown
        assert shown is not None
        grid, selection = self._view.page.grid, self._view.block.block()
        if self._for_one_cell(texts):
            joined = texts.text.replace("\r\n", "\n").strip("\n")
            self._paste(Clip([[joined]], clip.grid))
        elif clip.by_meaning(shown.form, shown.table, grid, selection):
            self._paste(clip)
        elif may_be_form(grid, self._top(), clip.matrix):
            self._recognise(clip, shown)
        else:
            self._paste(clip)

    def _paste_many(self, rows: int, texts: ClipTexts) -> None:
        """Paste many rows; very many only when that is meant."""
        if rows <= LARGE:
            self._paste_large(texts)
            self._document.worker.wait()  # keys pressed meanwhile come after the paste
            return
        box = self.asking_large = question(rows, self._bench.frame)
        box.accepted.connect(lambda: self._paste_large(texts))
        box.rejected.connect(lambda: self._tell("没有粘贴。"))
        box.finished.connect(lambda _: box.deleteLater())
        box.open()

    def _paste_large(self, texts: ClipTexts) -> None:
        shown, selection = self._document.shown, self._view.block.block()
        if shown is None:
            return

        def done(found: WorkedOut | None) -> None:
            self._view.setFocus()
            if found is None:
                self._tell("没有粘贴。")
            elif found.found is not None:
                self._ask(found.clip, found.found)
            elif found.edit is None:
                self._tell("剪贴板里没有可以粘贴的文字。")
            else:
                self._paste(found.clip, found.edit if self._document.shown is shown else None)

        work_out(
            self._bench.frame,
            self._document,
            texts=texts,
            selection=selection,
            top=self._top(),
            done=done,
            failed=lambda error: self._tell(str(error)),
        )

    def _for_one_cell(self, texts: ClipTexts) -> bool:
        """True when paragraphs go into one roomy cell that has no cells of its kind below."""
        cells, html, text = self._view.block.cells(), texts.html, texts.text
        if len(cells) != 1 or "\t" in text or "<table" in html.lower() or not text.strip():
            return False
        bindings = cells[0].bindings
        return len(bindings) == 1 and bindings[0].target == "field" and bindings[0].name != "year"

    def _top(self) -> int:
        """The first selected row of the page."""
        return bounds(self._view.block.block()).top

    def _recognise(self, clip: Clip, shown: Shown) -> None:
        from jixiao.app.paste_block import recognise_block

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
        from jixiao.gui.page.paste_dialog import PasteDialog

        shown = self._document.shown
        if shown is None:
            return
        dialog = self.asking = PasteDialog(found, shown.table, self._bench.frame)
        dialog.finished.connect(lambda result: self._answered(dialog, result, clip, found, shown))
        dialog.open()

    def _answered(
        self, dialog: PasteDialog, result: int, clip: Clip, found: Recognised, shown: Shown
    ) -> None:
        choice = dialog.choice()
        self.asking = None
        dialog.deleteLater()
        self._view.setFocus()
        if result != QDialog.DialogCode.Accepted:
            self._tell("没有粘贴。")
        elif choice == "text":
            self._paste(clip)
        elif choice == "new":
            self._paste_new(found, shown.table_id)
        else:
            replace_rows = choice == "replace"
            edit = self._document.act(
                lambda _form, _table: clipboard.take_recognised(found, replace_rows=replace_rows)
            )
            if edit is not None:
                self._tell("已按表认出的内容填入。", "撤销", self._document.undo)

    def _paste_new(self, found: Recognised, table_id: int) -> None:
        """Make the pasted sheet a table behind the one on the screen, and show it."""
        read = found.readings[0].table

        def done(made: int) -> None:
            self._document.reload(made)
            self._tell("已作为新表粘贴。", "撤销", self._document.undo)

        self._document.run(lambda session: clipboard.paste_as_table(session, table_id, read), done)

    def _paste(self, clip: Clip, ready: BlockEdit | None = None) -> None:
        """Paste, or take what was worked out for the table as it is."""
        view = self._view
        selection = view.block.block()

        def action(form: Form, table: Table) -> BlockEdit:
            if ready is not None:
                return ready
            return clipboard.paste(form, table, view.page.grid, selection, clip)

        edit = self._document.act(action)
        if edit is None:
            return
        if edit.places:
            view.block.select_places(edit.places)
        self._tell(edit.message if edit.written or edit.not_placed else "内容相同，没有改动。")

    # Clearing

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


def _on_clipboard() -> ClipTexts:
    mime = QApplication.clipboard().mimeData()
    html = mime.html() if mime.hasHtml() else ""
    cells = mime.data(FORMAT).data() if mime.hasFormat(FORMAT) else b""
    return ClipTexts(html, mime.text(), bytes(cells))
