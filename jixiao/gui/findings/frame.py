"""What the cards of the check panel have in common: texts, links, the reason, mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from jixiao.gui.findings.reason import ReasonBox
from jixiao.gui.guard import guarded
from jixiao.model.checks import Severity

_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class CardFrame(QFrame):
    """A card with a bar in the colour of its severity.

    Signals: ``opened`` (clicked, or Enter), ``reason_given`` (a reason and how far it goes).
    """

    opened = Signal()
    reason_given = Signal(str, str)

    def __init__(self, severity: Severity, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("findingCard")
        self.setProperty("severity", severity)
        self.setProperty("ignored", "false")
        self.setProperty("chosen", "false")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.reason: ReasonBox | None = None
        self.at_hand = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(10, 8, 6, 7)
        self.column.setSpacing(3)
        self.links = QWidget(self)
        self.link_row = QHBoxLayout(self.links)
        self.link_row.setContentsMargins(0, 2, 0, 0)
        self.link_row.setSpacing(10)

    def label(self, text: str, name: str, *, small: bool = False) -> QLabel:
        """A text below the last one, broken into lines."""
        label = QLabel(text, self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        if small:
            font = label.font()
            font.setPointSizeF(max(7.0, font.pointSizeF() * 0.9))
            label.setFont(font)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
        self.column.addWidget(label)
        return label

    def link(self, text: str, do: object) -> QPushButton:
        """A link beside the last one; without a text it is hidden."""
        button = QPushButton(text, self.links)
        button.setObjectName("link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(do)
        button.setVisible(bool(text))
        self.link_row.addWidget(button)
        return button

    def end_links(self) -> None:
        """Put the links below the texts."""
        self.link_row.addStretch()
        self.column.addWidget(self.links)

    def set_property(self, name: str, value: str) -> None:
        """Set a property that the style sheet knows."""
        if self.property(name) != value:
            self.setProperty(name, value)
            self.style().unpolish(self)
            self.style().polish(self)

    def set_chosen(self, chosen: bool) -> None:
        """Be the one at hand, or no longer; the one with the keyboard looks like it, too."""
        self.at_hand = chosen
        self.look_chosen(chosen or self.hasFocus())

    def look_chosen(self, chosen: bool) -> None:
        """Look like the one at hand."""
        self.set_property("chosen", "true" if chosen else "false")

    # The reason, asked in place

    def ask(self, here: str, *, one_table: bool) -> None:
        """Ask in the card itself why it is let be.

        Args:
            here: What the narrowest reach is called.
            one_table: Whether the table can be named as a reach.
        """
        if self.reason is not None:
            self.reason.line.setFocus()
            return
        self.links.hide()
        box = self.reason = ReasonBox(here, one_table=one_table, parent=self)
        box.taken.connect(self.reason_given)
        box.left.connect(self.end_reason)
        self.column.addWidget(box)
        box.show()
        box.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def end_reason(self) -> None:
        """Ask no longer."""
        if self.reason is not None:
            self.reason.hide()
            self.reason.deleteLater()
            self.reason = None
        self.links.show()
        self.setFocus()

    # Mouse and keys

    @guarded(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere opens it."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.opened.emit()
        event.accept()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens it, the arrows go to the next card."""
        key = event.key()
        if key in _ENTERS:
            self.opened.emit()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._neighbour(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _neighbour(self, step: int) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        cards = [c for c in parent.findChildren(CardFrame) if c.isVisible()]
        cards.sort(key=lambda card: card.y())
        index = cards.index(self) + step
        if 0 <= index < len(cards):
            cards[index].setFocus(Qt.FocusReason.TabFocusReason)

    @guarded(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.look_chosen(True)

    @guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Look as before."""
        super().focusOutEvent(event)
        self.look_chosen(self.at_hand)
