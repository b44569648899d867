"""What is being typed is kept every few seconds, and offered again when the program was ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from jixiao.app.log import data_folder
from jixiao.app.session import Session
from jixiao.app.typed_text import TypedText, TypedTexts
from jixiao.gui.page.model import PARTS_ROLE
from jixiao.gui.page.moves import editable_bindings
from jixiao.gui.workbench import Workbench
from jixiao.model.errors import KnownError
from jixiao.model.table import shown_name

if TYPE_CHECKING:
    from jixiao.gui.document import Shown

_EVERY_MS = 2000
_LONGEST = 40


class Unfinished(QObject):
    """Keeps the text of the open editor of a window, and offers what was left over."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._document = bench.document
        self._view = bench.view
        self._texts: TypedTexts | None = None
        self._left: list[TypedText] = []
        self._before: list[str] = []
        self._kept: list[str] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.keep)
        bench.view.editing_began.connect(self._begin)
        bench.view.editing_ended.connect(self._end)
        bench.document.opened.connect(self._opened)
        bench.document.saver.saving_changed.connect(lambda _: self._forget())
        bench.frame.left_over.later.setText("不要了")
        bench.frame.left_over.later.clicked.connect(self._next)

    # Keeping

    def _begin(self) -> None:
        self._before = self._view.currentIndex().data(PARTS_ROLE) or []
        self._timer.start()

    def keep(self) -> None:
        """Keep what stands in the open editor, where it is something new."""
        editor, cell, shown = self._view.open_editor(), self._view.current_cell(), self._shown()
        if editor is None or cell is None or shown is None or self._texts is None:
            return
        texts = editor.texts()
        if texts in (self._before, self._kept):
            return
        self._kept = texts
        edits = tuple(zip(editable_bindings(cell), texts, strict=False))
        typed, store = TypedText(shown.table_id, shown.table.name, edits), self._texts
        self._bench.worker.submit(lambda: store.save(typed), None, self._failed)

    def _shown(self) -> Shown | None:
        return None if self._document.read_only else self._document.shown

    def _end(self) -> None:
        self._timer.stop()
        if self._kept is not None:  # behind the step that writes it
            self._bench.worker.submit(lambda: None, lambda _: self._forget())

    def _forget(self) -> None:
        """What was kept is in the book, or given up; what could not be written stays kept."""
        saver, store = self._document.saver, self._texts
        waits = self._view.is_editing or saver.saving or bool(saver.unsaved_tables)
        if self._kept is None or waits or store is None:
            return
        self._kept = None
        self._bench.worker.submit(store.done, None, self._failed)

    def _failed(self, error: Exception) -> None:
        """Without room for it the text is still in its editor: nothing to disturb anybody with."""
        if not isinstance(error, KnownError | OSError):
            raise error

    # Offering

    def _opened(self) -> None:
        self._kept, self._texts, self._left = None, None, []
        self._bench.frame.left_over.show_text("")
        path = self._document.path
        if path is None or self._document.read_only:
            return
        try:
            store = self._texts = TypedTexts(data_folder(), path)
        except OSError:  # no folder of one's own: nothing can be kept, typing goes on
            return

        def job(session: Session) -> list[TypedText]:
            return store.found(session)

        self._document.run(job, self._offer, lambda _: None)

    def _offer(self, left: list[TypedText]) -> None:
        self._left = left
        bar = self._bench.frame.left_over
        if not left:
            bar.show_text("")
            return
        typed = left[0]
        text = " ".join(typed.text.split())
        short = text if len(text) <= _LONGEST else "…" + text[-_LONGEST:]  # the end was typed last
        where = f"{shown_name(typed.table)} · {typed.place}"
        words = f"上次有一段文字没有写完就关掉了：“{short}”（{where}）。"
        copy = ("复制", self._copy)
        if typed.fits:
            bar.show_text(words, "填回原处", self._put_back, second=copy, later=True)
        else:
            bar.show_text(f"{words}原来的位置已经没有了。", second=copy, later=True)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._left[0].text)
        self._bench.tell("已复制，可以粘贴到需要的地方。")

    def _put_back(self) -> None:
        typed, document = self._left[0], self._document
        self._view.commit()
        document.show_table(typed.table_id)

        def put(_: object) -> None:
            refusal = document.edit(typed.edits)
            if refusal:
                self._bench.tell(f"没有填回：{refusal}")
                return
            self._bench.status.tell("已填回原处。", "撤销", document.undo)
            for cell, part in self._bench.page.grid.bound():
                if part.binding == typed.edits[0][0]:
                    self._view.select(cell)
                    self._view.scrollTo(self._view.currentIndex())
            self._next()

        document.run(lambda _: None, put)

    def _next(self) -> None:
        """The first of them is done with."""
        store, rest = self._texts, self._left[1:]
        if store is not None:
            self._bench.worker.submit(lambda: store.keep(rest), None, self._failed)
        self._offer(rest)
