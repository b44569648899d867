"""The check panel: findings by table or by severity, with filters above them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from jixiao.app.checking.checking import SEVERITIES, TableFinding
from jixiao.app.checking.groups import Group, Order, Section, Totals, arrange, totals_of
from jixiao.gui.findings.card import FindingCard
from jixiao.gui.findings.frame import CardFrame
from jixiao.gui.findings.group import GroupCard
from jixiao.gui.findings.list import FindingsList
from jixiao.gui.guard import guarded

SCOPES = {"table": "本表", "year": "本单位本年", "book": "整个账本"}
_OTHERS: dict[Order, tuple[Order, str]] = {
    "table": ("severity", "改按轻重排"),
    "severity": ("table", "改按表排"),
}
_AT_ONCE = 20
MOST = 2000
"""So many findings are listed; nobody reads more."""


class FindingsPanel(QWidget):
    """Shows findings; what is to be done with them is up to whoever listens.

    ``chosen``, ``fix_wanted`` and ``take_back_wanted`` give the finding, ``ignore_wanted`` also
    the reason and how far it goes; ``group_fix_wanted`` and ``group_ignore_wanted`` give a group;
    ``scope_changed`` a key of ``SCOPES``; ``mend_wanted`` is for all sure fixes; ``left`` tells
    that Esc was pressed.
    """

    chosen = Signal(object)
    fix_wanted = Signal(object)
    ignore_wanted = Signal(object, str, str)
    take_back_wanted = Signal(object)
    group_fix_wanted = Signal(object)
    group_ignore_wanted = Signal(object, str, str)
    scope_changed = Signal(str)
    mend_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[TableFinding] = ()
        self._totals = totals_of(())
        self._sections: list[Section] = []
        self._can_write = True
        self._none = ""
        self._limit = _AT_ONCE
        self._current: tuple[object, ...] | None = None
        self.scope = self._scope_box()
        self.scope.currentIndexChanged.connect(self._scope_chosen)
        self.order = self._link(self._other_order)
        self._by: Order = "table"
        self.mend = QPushButton(self)
        self.mend.setObjectName("link")
        self.mend.setToolTip("把有把握的改正一次做完，可以撤销；文字与指标不一致的留给您判断")
        self.mend.clicked.connect(self.mend_wanted)
        self.chips = {name: self._chip() for name in SEVERITIES}
        self.nothing = QLabel(self)
        self.nothing.setObjectName("findingsNone")
        self.nothing.setWordWrap(True)
        self.beyond = QLabel(self)
        self.beyond.setObjectName("findingsNone")
        self.beyond.setWordWrap(True)
        self.beyond.hide()
        self.more = self._link(self._show_more)
        self.show_ignored = self._link(self._refresh)
        self.show_ignored.setCheckable(True)
        self.area = FindingsList(self, (self.nothing, self.more, self.beyond, self.show_ignored))
        self.area.chosen.connect(self.chosen)
        self.area.fix_wanted.connect(self.fix_wanted)
        self.area.ignore_wanted.connect(self.ignore_wanted)
        self.area.take_back_wanted.connect(self.take_back_wanted)
        self.area.group_fix_wanted.connect(self.group_fix_wanted)
        self.area.group_ignore_wanted.connect(self.group_ignore_wanted)
        self.area.toggled.connect(lambda _: self._refresh())
        self._lay_out()

    def _scope_box(self) -> QComboBox:
        box = QComboBox(self)
        for key, text in SCOPES.items():
            box.addItem(text, key)
        box.setAccessibleName("检查范围")
        return box

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
        top.setSpacing(6)
        top.addWidget(self.scope)
        top.addStretch()
        top.addWidget(self.mend)
        filters = QHBoxLayout()
        filters.setSpacing(6)
        for chip in self.chips.values():
            filters.addWidget(chip)
        filters.addStretch()
        below = QHBoxLayout()
        below.addWidget(self.order)
        below.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        for line in (top, filters, below):
            line.setContentsMargins(12, 0, 12, 0)
            column.addLayout(line)
        column.addWidget(self.area, 1)

    # What is shown

    @property
    def cards(self) -> list[FindingCard]:
        """The cards of single findings, in their order."""
        return self.area.cards

    @property
    def groups(self) -> list[GroupCard]:
        """The cards of groups, in their order."""
        return self.area.groups

    @property
    def scope_name(self) -> str:
        """Of which tables the findings are wanted: a key of ``SCOPES``."""
        return str(self.scope.currentData())

    def set_scope(self, name: str) -> None:
        """Choose the scope."""
        self.scope.setCurrentIndex(self.scope.findData(name))

    def set_order(self, order: Order) -> None:
        """Choose in which order findings are listed."""
        self._by = order
        self._refresh()

    def _other_order(self) -> None:
        self.set_order(_OTHERS[self._by][0])

    def set_findings(
        self, findings: Sequence[TableFinding], totals: Totals, *, can_write: bool, nothing: str
    ) -> None:
        """Show other findings, or the same in a new state; what is being typed stays.

        Args:
            findings: Those of the scope, table after table, the gravest of each first; of very
                many only the first.
            totals: How many there are.
            can_write: Whether fixes and reasons can be written.
            nothing: What to say when there is none.
        """
        self._all, self._totals = findings, totals
        self._can_write, self._none = can_write, nothing
        self._refresh()

    @property
    def visible_findings(self) -> list[TableFinding]:
        """What passes the filters, in the order in which it is shown."""
        return [one for section in self._sections for one in section.findings]

    def _wanted(self) -> list[TableFinding]:
        wanted = {name for name, chip in self.chips.items() if chip.isChecked()}
        ignored = self.show_ignored.isChecked()
        return [f for f in self._all if (f.finding.severity in wanted if f.open else ignored)]

    @property
    def current(self) -> TableFinding | None:
        """The finding at hand."""
        return next((f for f in self._all if f.key == self._current), None)

    def choose(self, found: TableFinding | None, *, reveal: bool = True) -> None:
        """Make a finding the one at hand and bring its card into sight."""
        self._current = None if found is None else found.key
        entry = self._entry_of_current()
        if entry >= self._limit:
            self._limit = entry + _AT_ONCE
            self._refresh()
        self.area.light(found, reveal=reveal)

    def ask_reason(self, found: TableFinding) -> bool:
        """Ask on its card why a finding is let be, its group opened; False where it may not be."""
        if not self._can_write:
            return False
        self.area.finish()
        for card in self.groups:
            if not card.expanded and found.key in (one.key for one in card.group.members):
                card.opened.emit()
                self.area.finish()
                break
        card = next((one for one in self.cards if one.found.key == found.key), None)
        if card is None:
            return False
        self.area.ensureWidgetVisible(card, 0, 12)
        card.ask_reason()
        return True

    def focus_list(self) -> None:
        """Go to the card at hand or the first one; from there the arrow keys work."""
        cards: list[CardFrame] = [*self.groups, *self.cards]
        lit = next((card for card in cards if card.at_hand), None)
        if lit is None:
            self._go_to_top()
        else:
            lit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_to_top(self) -> None:
        (self.area.first_card() or self.scope).setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.area.verticalScrollBar().setValue(0)

    def _entry_of_current(self) -> int:
        """The place in the list of the entry that is at hand, -1 where there is none."""
        entries = [entry for section in self._sections for entry in section.entries]
        for place, entry in enumerate(entries):
            members = entry.members if isinstance(entry, Group) else (entry,)
            if any(one.key == self._current for one in members):
                return place
        return -1

    # Making the cards

    def _scope_chosen(self) -> None:
        self._limit = _AT_ONCE
        self.scope_changed.emit(self.scope_name)

    def _show_more(self) -> None:
        self._limit += _AT_ONCE
        self._refresh()

    def _refresh(self) -> None:
        self._say_counts()
        held = self._has_focus()
        first = self.area.first_card()
        at_top = first is not None and first.hasFocus() and self.current is None
        one_table = self.scope_name == "table"
        by_table = self._by == "table"
        self.order.setVisible(not one_table and bool(self._all))
        self.order.setText(_OTHERS[self._by][1])
        found = self._wanted()
        beyond = self._totals.all_open + self._totals.ignored - len(self._all)
        self._sections = arrange(found, "table" if one_table or by_table else "severity")
        over = self.area.show_sections(
            self._sections,
            limit=self._limit,
            can_write=self._can_write,
            headed=not one_table,
            with_table=not one_table and not by_table,
        )
        self.area.light(self.current, reveal=False)
        self.nothing.setVisible(not found)
        hidden = self._totals.all_open
        self.nothing.setText(f"{hidden} 条没有显示：请看上面的筛选。" if hidden else self._none)
        self.more.setVisible(over > 0)
        self.more.setText(f"还有 {over} 条，再显示一些")
        self.beyond.setVisible(beyond > 0)
        self.beyond.setText(
            f"只排出前 {len(self._all):,} 条，另有 {beyond:,} 条没有列出：请按单位年度看。"
        )
        if at_top and first is not self.area.first_card():
            self._go_to_top()  # what was found since stands above
        elif held and not self._has_focus():
            (self.area.first_card() or self.scope).setFocus()

    def _say_counts(self) -> None:
        for name, count in self._totals.open.items():
            self.chips[name].setText(f"{SEVERITIES[name]} {count}")
            self.chips[name].setEnabled(count > 0)
        ignored = self._totals.ignored
        self.show_ignored.setVisible(ignored > 0)
        verb = "收起" if self.show_ignored.isChecked() else "看看"
        self.show_ignored.setText(f"已忽略 {ignored} 条，{verb}")
        sure = self._totals.sure
        self.mend.setText(f"全部改正 {sure}")
        self.mend.setVisible(sure > 0 and self._can_write)

    def _has_focus(self) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
