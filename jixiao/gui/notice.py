"""A quiet bar above the page: something to know, and what one can do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget


class NoticeBar(QFrame):
    """A sentence, a button to do something, and one to let it be; hidden while it has nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton(self)
        self.button.setObjectName("link")
        self.button.clicked.connect(self._do)
        self.later = QPushButton("以后再说", self)
        self.later.setObjectName("link")
        self.later.clicked.connect(self.hide)
        self.second = QPushButton(self)
        self.second.setObjectName("link")
        self.second.clicked.connect(self._do_second)
        self._action: Callable[[], object] | None = None
        self._second: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 10, 5)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        row.addWidget(self.second)
        row.addWidget(self.later)
        self.hide()

    def show_text(
        self,
        text: str,
        button: str = "",
        do: Callable[[], object] | None = None,
        *,
        later: bool = False,
        second: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show a sentence, with a button to ``do`` something; an empty one hides the bar.

        ``second`` is another button, and what it does.
        """
        self.text.setText(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.later.setVisible(later)
        self._action = do
        self._second = None if second is None else second[1]
        self.second.setText("" if second is None else second[0])
        self.second.setVisible(second is not None)
        self.setVisible(bool(text))

    def _do_second(self) -> None:
        if self._second is not None:
            self._second()

    def _do(self) -> None:
        if self._action is not None:
            self._action()
