"""A card of the check panel: what was found, and what one can do about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.checking import SEVERITIES, TableFinding
from jixiao.gui.guard import guarded
from jixiao.model.checks import RULE_BY_ID, Finding

_LONGEST_FIX = 12
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
Key = tuple[int, str, str]


def key_of(found: TableFinding) -> Key:
    """What tells a finding from others, also after another check."""
    return found.table_id, found.finding.rule, found.finding.message


def fix_text(finding: Finding) -> str:
    """What the button says that mends a finding; empty where only a person can."""
    if not finding.edits:
        return ""
    text = " ".join((finding.fix or "").split())
    if not text:
        return "清空"
    return f"改为 {text}" if len(text) <= _LONGEST_FIX else "改正"


class FindingCard(QFrame):
    """One finding. Every signal gives the finding; ``ignored`` also the reason."""

    chosen = Signal(object)
    fix_wanted = Signal(object)
    ignore_wanted = Signal(object, str)
    take_back_wanted = Signal(object)

    def __init__(self, found: TableFinding, *, can_write: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.found = found
        self.setObjectName("findingCard")
        self.setProperty("severity", found.finding.severity)
        self.setProperty("ignored", "false" if found.open else "true")
        self.setProperty("chosen", "false")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.reason: QLineEdit | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(11, 8, 8, 7)
        self._column.setSpacing(3)
        self._add_texts()
        self._links = QWidget(self)
        self._add_links(can_write=can_write)
        self._column.addWidget(self._links)

    def _add_texts(self) -> None:
        finding = self.found.finding
        title = RULE_BY_ID[finding.rule].title
        self.head = self._label(f"{finding.dimension} • {title}", "findingHead")
        font = self.head.font()
        font.setPointSizeF(max(7.0, font.pointSizeF() * 0.9))
        self.head.setFont(font)
        self.message = self._label(finding.message, "findingMessage")
        self.hint = self._label(finding.hint, "findingHint")
        self.hint.setFont(font)
        self.hint.hide()
        if self.found.ignored is not None:
            self.hint.setText(f"已忽略：{self.found.ignored}")
            self.hint.show()
        spoken = f"{SEVERITIES[finding.severity]}，{title}：{finding.message}"
        self.setAccessibleName(spoken)
        self.setToolTip("" if self.found.ignored else finding.hint)

    def _label(self, text: str, name: str) -> QLabel:
        label = QLabel(text, self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
        self._column.addWidget(label)
        return label

    def _add_links(self, *, can_write: bool) -> None:
        row = QHBoxLayout(self._links)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(16)
        found = self.found
        text = fix_text(found.finding) if can_write and found.open else ""
        self.fix = self._link(row, text, lambda: self.fix_wanted.emit(found))
        if text == "改正":
            self.fix.setToolTip(f"改为：{found.finding.fix}")
        self.go = self._link(row, "" if text else "定位", lambda: self.chosen.emit(found))
        may_ignore = can_write and found.open
        self.ignore = self._link(row, "忽略…" if may_ignore else "", self.ask_reason)
        may_take_back = can_write and not found.open
        self.take_back = self._link(
            row, "取消忽略" if may_take_back else "", lambda: self.take_back_wanted.emit(found)
        )
        row.addStretch()

    def _link(self, row: QHBoxLayout, text: str, do: object) -> QPushButton:
        button = QPushButton(text, self._links)
        button.setObjectName("link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(do)
        button.setVisible(bool(text))
        row.addWidget(button)
        return button

    def set_chosen(self, chosen: bool) -> None:
        """Look like the one at hand, which also says what to do."""
        if (self.property("chosen") == "true") == chosen:
            return
        self.setProperty("chosen", "true" if chosen else "false")
        self.hint.setVisible(bool(self.hint.text()) and (chosen or not self.found.open))
        self.style().unpolish(self)
        self.style().polish(self)

    # The reason, asked in place

    def ask_reason(self) -> None:
        """Ask in the card itself why the finding is let be."""
        if self.reason is not None:
            self.reason.setFocus()
            return
        self._links.hide()
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText("理由，回车确定")
        self.reason.setMaxLength(100)
        self.reason.setAccessibleName("忽略的理由")
        self.reason.installEventFilter(self)
        self._column.addWidget(self.reason)
        self.reason.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes the reason, Esc leaves it."""
        if watched is self.reason and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Escape:
                self._end_reason()
                return True
            if event.key() in _ENTERS:
                self._take_reason()
                return True
        return super().eventFilter(watched, event)

    def _take_reason(self) -> None:
        assert self.reason is not None
        text = self.reason.text().strip()
        if text:
            self.ignore_wanted.emit(self.found, text)
        else:
            self.reason.setPlaceholderText("请写一句理由，如：上级文件规定")

    def _end_reason(self) -> None:
        if self.reason is not None:
            self.reason.hide()
            self.reason.deleteLater()
            self.reason = None
        self._links.show()
        self.setFocus()

    # Mouse and keys

    @guarded(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere goes to the cell."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.chosen.emit(self.found)
        event.accept()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the cell, the arrows to the next card."""
        key = event.key()
        if key in _ENTERS or key == Qt.Key.Key_Space:
            self.chosen.emit(self.found)
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._neighbour(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _neighbour(self, step: int) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        cards = [c for c in parent.findChildren(FindingCard) if c.isVisible()]
        cards.sort(key=lambda card: card.y())
        index = cards.index(self) + step
        if 0 <= index < len(cards):
            cards[index].setFocus(Qt.FocusReason.TabFocusReason)

    @guarded(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.set_chosen(True)
