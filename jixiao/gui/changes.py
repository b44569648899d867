"""What changes in the open book, told on the GUI thread: badges, filter and search follow it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from jixiao.app.session import Session
from jixiao.gui.document import Document
from jixiao.model.history import Change


class ChangeFeed(QObject):
    """Emits ``changed`` with each Change of the book, whoever made it, once it is on disk."""

    changed = Signal(object)
    _heard = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._heard.connect(self.changed, Qt.ConnectionType.AutoConnection)
        document.opened.connect(self._listen)

    def _listen(self) -> None:
        def subscribe(session: Session) -> None:
            session.book.subscribe(self._hear)

        self._document.run(subscribe)

    def _hear(self, change: Change) -> None:  # on the book's thread
        self._heard.emit(change)
