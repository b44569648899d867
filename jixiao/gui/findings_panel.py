"""The check panel: cards of findings by table and severity, with filters above them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.check_report import name_of
from jixiao.app.checking import SEVERITIES, TableFinding, counts
from jixiao.app.mending import is_sure
from jixiao.gui.findings_card import FindingCard, Key, key_of
from jixiao.gui.guard import guarded

SCOPES = {"table": "本表", "year": "本单位本年", "book": "全部"}
_AT_ONCE = 60


class FindingsPanel(QWidget):
    """Shows findings; what is to be done with them is up to whoever listens.

    ``chosen``, ``fix_wanted`` and ``take_back_wanted`` give the finding, ``ignore_wanted`` also
    the reason; ``scope_changed`` a key of ``SCOPES``; ``mend_wanted`` is for all sure fixes;
    ``left`` tells that Esc was pressed.
    """

    chosen = Signal(object)
    fix_wanted = Signal(object)
    ignore_wanted = Signal(object, str)
    take_back_wanted = Signal(object)
    scope_changed = Signal(str)
    mend_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[TableFinding] = ()
        self._can_write = True
        self._none = ""
        self._limit = _AT_ONCE
        self._current: Key | None = None
        self.cards: list[FindingCard] = []
        self._labels: list[QLabel] = []
        self.scope = QComboBox(self)
        for name, text in SCOPES.items():
            self.scope.addItem(text, name)
        self.scope.setAccessibleName("检查范围")
        self.scope.currentIndexChanged.connect(self._scope_chosen)
        self.mend = QPushButton(self)
        self.mend.setObjectName("link")
        self.mend.setToolTip("把有把握的改正一次做完，可以撤销；文字与指标不一致的留给您判断")
        self.mend.clicked.connect(self.mend_wanted)
        self.chips = {name: self._chip() for name in SEVERITIES}
        self.nothing = QLabel(self)
        self.nothing.setObjectName("findingsNone")
        self.nothing.setWordWrap(True)
        self.more = self._link(self._show_more)
        self.show_ignored = self._link(self._refresh)
        self.show_ignored.setCheckable(True)
        self._lay_out()

    def _chip(self) -> QPushButton:
        chip = QPushButton(self)
        chip.setObjectName("chip")
        chip.setCheckable(True)
        chip.setChecked(True)
        chip.clicked.connect(self._refresh)
        return chip

    def _link(self, do: object) -> QPushButton:
        link = QPushButton(self)
        link.setObjectName("link")
        link.clicked.connect(do)
        link.hide()
        return link

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.scope)
        top.addStretch()
        top.addWidget(self.mend)
        filters = QHBoxLayout()
        filters.setSpacing(6)
        for chip in self.chips.values():
            filters.addWidget(chip)
        filters.addStretch()
        inside = QWidget()
        inside.setObjectName("findingsInside")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(12, 4, 12, 12)
        self._list.setSpacing(10)
        for widget in (self.nothing, self.more, self.show_ignored):
            self._list.addWidget(widget)
        self._list.addStretch()
        self.area = QScrollArea(self)
        self.area.setObjectName("findings")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        inside.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        for line in (top, filters):
            line.setContentsMargins(12, 0, 12, 0)
            column.addLayout(line)
        column.addWidget(self.area, 1)

    # What is shown

    @property
    def scope_name(self) -> str:
        """Of which tables the findings are wanted: a key of ``SCOPES``."""
        return str(self.scope.currentData())

    def set_scope(self, name: str) -> None:
        """Choose the scope."""
        self.scope.setCurrentIndex(self.scope.findData(name))

    def set_findings(
        self, findings: Sequence[TableFinding], *, can_write: bool, nothing: str
    ) -> None:
        """Show other findings, or the same in a new state; what is being typed stays.

        Args:
            findings: Those of the scope, table after table, the gravest of each first.
            can_write: Whether fixes and reasons can be written.
            nothing: What to say when there is none.
        """
        self._all, self._can_write, self._none = findings, can_write, nothing
        self._refresh()

    @property
    def visible_findings(self) -> list[TableFinding]:
        """What passes the filters, in the order in which it is shown."""
        wanted = {name for name, chip in self.chips.items() if chip.isChecked()}
        found = [f for f in self._all if f.open and f.finding.severity in wanted]
        if self.show_ignored.isChecked():
            found += [f for f in self._all if not f.open]
        return found

    @property
    def current(self) -> TableFinding | None:
        """The finding at hand."""
        return next((f for f in self._all if key_of(f) == self._current), None)

    def choose(self, found: TableFinding | None, *, reveal: bool = True) -> None:
        """Make a finding the one at hand and bring its card into sight."""
        self._current = None if found is None else key_of(found)
        shown = [key_of(one) for one in self.visible_findings]
        if self._current in shown and shown.index(self._current) >= self._limit:
            self._limit = shown.index(self._current) + _AT_ONCE
            self._refresh()
        for card in self.cards:
            mine = key_of(card.found) == self._current
            card.set_chosen(mine)
            if mine and reveal:
                self._list.activate()
                self.area.ensureWidgetVisible(card, 0, 12)

    # Making the cards

    def _scope_chosen(self) -> None:
        self._limit = _AT_ONCE
        self.scope_changed.emit(self.scope_name)

    def _show_more(self) -> None:
        self._limit += _AT_ONCE
        self._refresh()

    def _refresh(self) -> None:
        self._say_counts()
        found = self.visible_findings
        shown = found[: self._limit]
        wanted = [(*_look(one), self._can_write) for one in shown]
        if wanted != [(*_look(card.found), card.property("canWrite")) for card in self.cards]:
            self._make_cards(shown)
        for card, one in zip(self.cards, shown, strict=True):
            card.found = one
            card.set_chosen(key_of(one) == self._current)
        self.nothing.setVisible(not found)
        hidden = sum(one.open for one in self._all)
        self.nothing.setText(f"{hidden} 条没有显示：请看上面的筛选。" if hidden else self._none)
        self.more.setVisible(len(found) > self._limit)
        self.more.setText(f"还有 {len(found) - self._limit} 条，再显示一些")

    def _say_counts(self) -> None:
        for name, count in counts(self._all).items():
            self.chips[name].setText(f"{SEVERITIES[name]} {count}")
            self.chips[name].setEnabled(count > 0)
        ignored = sum(not one.open for one in self._all)
        self.show_ignored.setVisible(ignored > 0)
        verb = "收起" if self.show_ignored.isChecked() else "看看"
        self.show_ignored.setText(f"已忽略 {ignored} 条，{verb}")
        sure = sum(one.open and is_sure(one.finding) for one in self._all)
        self.mend.setText(f"全部改正 {sure}")
        self.mend.setVisible(sure > 0 and self._can_write)

    def _make_cards(self, shown: Sequence[TableFinding]) -> None:
        """Keep the cards that stay, so that nothing flickers and a reason is typed on."""
        held = self._has_focus()
        old = {(*_look(card.found), card.property("canWrite")): card for card in self.cards}
        for label in self._labels:
            self._list.removeWidget(label)
            label.deleteLater()
        self._labels.clear()
        place = 0
        cards: list[FindingCard] = []
        for number, one in enumerate(shown):
            first = number == 0 or shown[number - 1].table_id != one.table_id
            if first and self.scope_name != "table":
                place = self._put(place, self._table_label(one))
            card = old.pop((*_look(one), self._can_write), None) or self._card(one)
            place = self._put(place, card)
            cards.append(card)
        for card in old.values():
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = cards
        if held and not self._has_focus():
            (cards[0] if cards else self.scope).setFocus()

    def _has_focus(self) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _put(self, place: int, widget: QWidget) -> int:
        if self._list.indexOf(widget) != place:
            self._list.removeWidget(widget)
            self._list.insertWidget(place, widget)
        widget.show()
        return place + 1

    def _table_label(self, one: TableFinding) -> QLabel:
        label = QLabel(name_of(one.table), self)
        label.setObjectName("findingTable")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self._labels.append(label)
        return label

    def _card(self, one: TableFinding) -> FindingCard:
        inside = self.area.widget()
        assert inside is not None
        card = FindingCard(one, can_write=self._can_write, parent=inside)
        card.setProperty("canWrite", self._can_write)
        card.chosen.connect(lambda _: self.chosen.emit(card.found))
        card.fix_wanted.connect(lambda _: self.fix_wanted.emit(card.found))
        card.ignore_wanted.connect(lambda _, why: self.ignore_wanted.emit(card.found, why))
        card.take_back_wanted.connect(lambda _: self.take_back_wanted.emit(card.found))
        return card

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _look(found: TableFinding) -> tuple[object, ...]:
    """What a card shows of a finding."""
    finding = found.finding
    return (*key_of(found), finding.severity, found.ignored, finding.fix, finding.hint)
