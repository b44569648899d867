"""Large buttons with an icon, what it does, and a quiet line about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jixiao.gui import icons
from jixiao.gui.guard import guarded
from jixiao.gui.theme import Theme

_ICON = 26
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Card(QToolButton):
    """One of several things to do. Enter does it as well as the space bar."""

    stepped = Signal(int, int)
    """An arrow key: how far right and down it goes on."""

    def __init__(self, icon: str, title: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(title)
        self.setAccessibleDescription(tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._icon_name = icon
        self._picture = QLabel(self)
        self._title = QLabel(title, self)
        self._tip = QLabel(tip, self)
        self._tip.setObjectName("muted")
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._title)
        words.addWidget(self._tip)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 11, 18, 11)
        row.setSpacing(14)
        row.addWidget(self._picture)
        row.addLayout(words, 1)
        for label in (self._picture, self._title, self._tip):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._take_font()

    def set_title(self, title: str) -> None:
        """Call it something else."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        color = theme.accent if self.isEnabled() else theme.faint
        picture = icons.icon(self._icon_name, theme, color).pixmap(QSize(_ICON, _ICON))
        self._picture.setPixmap(picture)

    @guarded(QSize(200, 60))
    def sizeHint(self) -> QSize:
        """As large as its words need."""
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint()

    @guarded(QSize(120, 60))
    def minimumSizeHint(self) -> QSize:
        """Never smaller than its words."""
        return self.sizeHint()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does it, arrows go to its neighbours."""
        key = Qt.Key(event.key())
        if key in _ENTER:
            self.click()
        elif key in _STEPS:
            self.stepped.emit(*_STEPS[key])
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._take_font()

    def _take_font(self) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        self.updateGeometry()


class Cards(QWidget):
    """Cards in some columns; ``chosen`` names the one that was taken."""

    chosen = Signal(str)

    def __init__(
        self,
        choices: tuple[tuple[str, str, str, str], ...],
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        """``choices`` are (name, icon, title, tip)."""
        super().__init__(parent)
        self._columns = columns
        grid = QGridLayout(self)
        grid.setSpacing(12)
        self.cards: list[Card] = []
        for number, (name, icon, title, tip) in enumerate(choices):
            card = Card(icon, title, tip, self)
            card.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            card.stepped.connect(lambda right, down, n=number: self._step(n, right, down))
            grid.addWidget(card, number // columns, number % columns)
            self.cards.append(card)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for card in self.cards:
            card.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            self._even_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Only what is shown has the style that tells its width."""
        super().showEvent(event)
        self._even_out()

    def _even_out(self) -> None:
        """Make all cards as wide as the widest."""
        wide = max(card.sizeHint().width() for card in self.cards)
        for card in self.cards:
            card.setMinimumWidth(wide)

    def _step(self, number: int, right: int, down: int) -> None:
        inside = 0 <= number % self._columns + right < self._columns
        target = number + right + down * self._columns
        if inside and 0 <= target < len(self.cards):
            self.cards[target].setFocus(Qt.FocusReason.TabFocusReason)


def card_sheet(theme: Theme) -> str:
    """The style sheet of cards."""
    return (
        f"QToolButton#card {{ background: {theme.page}; border: 1px solid {theme.page_edge};"
        " border-radius: 8px; }"
        f"QToolButton#card:hover {{ border-color: {theme.accent}; }}"
        f"QToolButton#card:focus {{ border: 2px solid {theme.accent}; }}"
    )
