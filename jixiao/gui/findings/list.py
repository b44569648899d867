"""The list of the check panel: headings, cards of findings, and cards of groups of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from jixiao.app.checking.checking import TableFinding
from jixiao.app.checking.groups import Group, Section
from jixiao.gui.findings.card import FindingCard
from jixiao.gui.findings.frame import CardFrame
from jixiao.gui.findings.group import GroupCard

Look = tuple[object, ...]
_MADE_AT_ONCE = 8  # cards: some ten milliseconds
_NEXT_MS = 20


@dataclass(frozen=True)
class _Row:
    """One line of the list; ``inside`` tells a finding of a group that is shown one by one."""

    entry: str | TableFinding | Group
    inside: bool = False
    with_table: bool = False


class FindingsList(QScrollArea):
    """Shows sections; what stays the same keeps its card, so that nothing flickers.

    Signals: ``chosen``, ``fix_wanted``, ``take_back_wanted`` (a finding), ``ignore_wanted`` (a
    finding, reason, reach), ``group_fix_wanted`` (a group), ``group_ignore_wanted`` (a group,
    reason, reach), ``toggled`` (a group).
    """

    chosen = Signal(object)
    fix_wanted = Signal(object)
    take_back_wanted = Signal(object)
    ignore_wanted = Signal(object, str, str)
    group_fix_wanted = Signal(object)
    group_ignore_wanted = Signal(object, str, str)
    toggled = Signal(object)

    def __init__(self, parent: QWidget, below: Sequence[QWidget]) -> None:
        """A list with some widgets below its cards."""
        super().__init__(parent)
        self.setObjectName("findings")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self._inside.setObjectName("findingsInside")
        self._inside.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(12, 4, 12, 12)
        self._list.setSpacing(10)
        for widget in below:
            self._list.addWidget(widget)
        self._list.addStretch()
        self.setWidget(self._inside)
        self.expanded: set[object] = set()
        self.cards: list[FindingCard] = []
        self.groups: list[GroupCard] = []
        self._labels: list[QLabel] = []
        self._looks: list[Look] | None = []  # None while cards are still to come
        self._rest: Callable[[], None] = lambda: None
        self._lit: tuple[TableFinding | None, bool] = None, False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._make_rest)

    def show_sections(
        self,
        sections: Sequence[Section],
        *,
        limit: int,
        can_write: bool,
        headed: bool,
        with_table: bool,
    ) -> int:
        """Show sections, at most ``limit`` entries; returns how many entries are left out.

        Args:
            sections: What is to be listed.
            limit: How many entries are shown at once.
            can_write: Whether fixes and reasons can be written.
            headed: Whether sections have headings.
            with_table: Whether each card names its table.
        """
        rows: list[_Row] = []
        left, over = limit, 0
        for section in sections:
            shown = section.entries[: max(0, left)]
            left -= len(shown)
            over += len(section.entries) - len(shown)
            if shown and headed and section.title:
                rows.append(_Row(section.title))
            for entry in shown:
                rows += self._rows_of(entry, with_table=with_table)
        looks = [(*_look(row, self.expanded), can_write) for row in rows]
        self._later.stop()
        if looks != self._looks:
            self._make(rows, looks, can_write=can_write)
        else:
            self._refresh(rows)
        return over

    def _rows_of(self, entry: TableFinding | Group, *, with_table: bool) -> list[_Row]:
        if isinstance(entry, TableFinding):
            return [_Row(entry, with_table=with_table)]
        if entry.key not in self.expanded:
            return [_Row(entry)]
        named = with_table or entry.tables > 1
        return [_Row(entry), *(_Row(one, True, named) for one in entry.members)]

    def _refresh(self, rows: Sequence[_Row]) -> None:
        """Give the cards that stay the findings of now."""
        findings = [row.entry for row in rows if isinstance(row.entry, TableFinding)]
        groups = [row.entry for row in rows if isinstance(row.entry, Group)]
        for card, one in zip(self.cards, findings, strict=True):
            card.found = one
        for card, group in zip(self.groups, groups, strict=True):
            card.group = group

    def _make(self, rows: Sequence[_Row], looks: list[Look], *, can_write: bool) -> None:
        """Make the cards that are missing, the page first: a long list comes a few at a time."""
        old: dict[Look, list[CardFrame]] = defaultdict(list)
        for card in (*self.cards, *self.groups):
            old[card.property("look")].append(card)
        for label in self._labels:
            self._list.removeWidget(label)
            label.deleteLater()
        self._labels, self.cards, self.groups = [], [], []
        place = made = 0
        there: list[_Row] = []
        for row, look in zip(rows, looks, strict=True):
            widget = old[look].pop(0) if old.get(look) else None
            if widget is None:
                made += not isinstance(row.entry, str)
                if made > _MADE_AT_ONCE:
                    continue
                widget = self._new(row, can_write=can_write)
            widget.setProperty("look", look)
            place = self._put(place, widget)
            self._keep(widget)
            there.append(row)
        for card in chain.from_iterable(old.values()):
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._refresh(there)
        if len(there) == len(rows):
            self._looks = looks
        else:
            self._looks = None
            self._rest = lambda: self._make(rows, looks, can_write=can_write)
            self._later.start(_NEXT_MS)

    def finish(self) -> None:
        """Make all cards that are still to come, now."""
        while self._looks is None:
            self._later.stop()
            self._make_rest()

    def _make_rest(self) -> None:
        self._rest()
        found, reveal = self._lit
        self.light(found, reveal=reveal)

    def first_card(self) -> CardFrame | None:
        """The card at the top, None where there is none."""
        cards: list[CardFrame] = [*self.cards, *self.groups]
        return min(cards, key=self._list.indexOf, default=None)

    def _keep(self, widget: QWidget) -> None:
        if isinstance(widget, FindingCard):
            self.cards.append(widget)
        elif isinstance(widget, GroupCard):
            self.groups.append(widget)
        elif isinstance(widget, QLabel):
            self._labels.append(widget)

    def _put(self, place: int, widget: QWidget) -> int:
        if self._list.indexOf(widget) != place:
            self._list.removeWidget(widget)
            self._list.insertWidget(place, widget)
        widget.show()
        return place + 1

    def _new(self, row: _Row, *, can_write: bool) -> QWidget:
        if isinstance(row.entry, str):
            label = QLabel(row.entry, self._inside)
            label.setObjectName("findingTable")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            return label
        if isinstance(row.entry, Group):
            return self._group(row.entry, can_write=can_write)
        card = FindingCard(
            row.entry,
            can_write=can_write,
            parent=self._inside,
            with_table=row.with_table,
            inside=row.inside,
        )
        card.chosen.connect(self.chosen)
        card.fix_wanted.connect(self.fix_wanted)
        card.ignore_wanted.connect(self.ignore_wanted)
        card.take_back_wanted.connect(self.take_back_wanted)
        return card

    def _group(self, group: Group, *, can_write: bool) -> GroupCard:
        expanded = group.key in self.expanded
        card = GroupCard(group, can_write=can_write, expanded=expanded, parent=self._inside)
        card.fix_wanted.connect(self.group_fix_wanted)
        card.ignore_wanted.connect(self.group_ignore_wanted)
        card.toggled.connect(self._toggle)
        return card

    def _toggle(self, group: Group) -> None:
        self.expanded ^= {group.key}
        self.toggled.emit(group)
        card = next((card for card in self.groups if card.group.key == group.key), None)
        if card is not None:
            card.setFocus()

    def light(self, found: TableFinding | None, *, reveal: bool) -> None:
        """Make the card of a finding, or of the group around it, look like the one at hand."""
        self._lit = found, reveal and self._later.isActive()  # its card may come later
        key = None if found is None else found.key
        lit: CardFrame | None = None
        for card in self.cards:
            card.set_chosen(card.found.key == key)
            lit = card if card.found.key == key else lit
        for group in self.groups:
            group.show_place(None if group.expanded else found)
            if lit is None and group.at_hand:
                lit = group
        if lit is not None and reveal:
            self._list.activate()
            self.ensureWidgetVisible(lit, 0, 12)


def _look(row: _Row, expanded: set[object]) -> Look:
    """What a line of the list shows."""
    entry = row.entry
    if isinstance(entry, str):
        return (entry,)
    if isinstance(entry, Group):
        names = tuple(one.key for one in entry.members)
        return entry.key, entry.title, entry.fix, names, entry.key in expanded
    return (*look_of(entry), row.inside, row.with_table)


def look_of(found: TableFinding) -> Look:
    """What a card shows of a finding."""
    finding = found.finding
    words = finding.message, finding.hint
    return found.key, finding.severity, found.ignored, finding.fix, *words
