"""A table under review, with what the user has settled so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from jixiao.app.importing.accept import Taking
from jixiao.app.importing.sources import Source
from jixiao.app.review.index import TableKey
from jixiao.io.recognise import Doubt, Reading
from jixiao.model.checks.healed import is_healed_line
from jixiao.model.table import LIST_NAMES, Table, Unplaced, shown_name, text_columns

Severity = Literal["ask", "note"]
FileState = Literal["waiting", "read", "refused"]
Class = Literal["sure", "copy", "there", "doubtful"]
"""The one thing that is told of a table at a glance."""

_SHORT_REASONS = (
    ("密码", "有密码"),
    ("还不能读", "暂不支持"),
    ("这是图片", "是图片"),
    ("没有找到绩效目标表", "没有表"),
    ("是空的", "空文件"),
    ("现在打开的账本", "就是本账本"),
)


SURE = 0.9
_LEVELS = frozenset({"level1", "level2"})


def severity(doubt: Doubt) -> Severity:
    """Whether a doubt must be answered, or is only to be known.

    What the draft left blank and its surroundings tell (an agency from another table of the file,
    a level from the rows around) is a note; a text that was read as something is asked about.
    """
    if not doubt.text.strip():
        return "note"
    return "note" if doubt.field in _LEVELS and doubt.read_as == doubt.text else "ask"


def is_sure(reading: Reading, table: Table) -> bool:
    """True when nothing has to be asked about a table; its agency, year and form are told."""
    stated = bool(table.agency) and table.year is not None and bool(table.form)
    asked = any(severity(doubt) == "ask" for doubt in reading.doubts)
    return stated and not asked and reading.confidence >= SURE


@dataclass
class Item:
    """A table under review.

    Attributes:
        reading: As it was recognised.
        table: As it will be taken in.
        settled: The doubts (by number) that the user has answered.
        there: The tables of the book that are this one already.
        copies: This table and the same one of other files, the most certain first.
        taking: What is done with the one in the book.
        proposed: Whether it is ticked as long as the user has not decided.
        chosen: What the user decided, None while he has not.
    """

    reading: Reading
    table: Table
    settled: frozenset[int] = frozenset()
    there: tuple[int, ...] = ()
    copies: list[Copy] = field(default_factory=list["Copy"], repr=False)
    taking: Taking = "keep"
    proposed: bool = False
    chosen: bool | None = None
    _before: list[tuple[Table, frozenset[int]]] = field(
        default_factory=list[tuple[Table, frozenset[int]]]
    )

    @property
    def name(self) -> str:
        """What lists call it."""
        return shown_name(self.table.name)

    @property
    def ticked(self) -> bool:
        """Whether it will be taken in."""
        return self.proposed if self.chosen is None else self.chosen

    @ticked.setter
    def ticked(self, on: bool) -> None:
        self.chosen = on

    @property
    def twin(self) -> str:
        """The file of the same table that is taken instead of this one, or before it; or empty."""
        for copy in self.copies:
            if copy.item is self:
                if self.ticked:
                    return ""
            elif copy.item.ticked:
                return copy.name
        return ""

    def open_doubts(self) -> list[tuple[int, Doubt]]:
        """The doubts that are not settled, each with its number, those to be answered first."""
        found = [(n, d) for n, d in enumerate(self.reading.doubts) if n not in self.settled]
        return sorted(found, key=lambda one: severity(one[1]) == "note")

    def count(self, kind: Severity) -> int:
        """How many doubts of a kind are not settled."""
        return sum(severity(doubt) == kind for _, doubt in self.open_doubts())

    @property
    def confidence(self) -> float:
        """How certain it is by now: what the user has answered speaks against it no longer."""
        reading = self.reading
        asked = len(reading.doubts) + len(reading.unplaced)
        left = len(self.open_doubts()) + min(len(self.table.unplaced), len(reading.unplaced))
        return 1 - (1 - reading.confidence) * left / asked if asked else reading.confidence

    @property
    def clear(self) -> bool:
        """True when nothing about the table itself has to be asked."""
        doubts = tuple(doubt for _, doubt in self.open_doubts())
        reading = replace(self.reading, doubts=doubts, confidence=self.confidence)
        return is_sure(reading, self.table)

    @property
    def state(self) -> Class:
        """The one thing to be told of it at a glance."""
        if self.there:
            return "there"
        if self.twin:
            return "copy"
        return "sure" if self.clear else "doubtful"

    @property
    def sure(self) -> bool:
        """True when it can be taken in without a look."""
        return self.state == "sure"

    def rank(self) -> tuple[bool, bool, int, int, float, int, int]:
        """By what the same table of several files is chosen; the smallest is the most certain.

        A list that only names a project comes after a table with its indicators.
        """
        table = self.table
        return (
            not (table.indicators or table.period_indicators),
            not self.clear,
            self.count("ask"),
            self.count("note"),
            -self.confidence,
            sum(map(is_healed_line, table.notes)),
            -_filled(table),
        )

    def change(self, table: Table, settle: Iterable[int] = ()) -> None:
        """Let it say something else, and settle doubts; ``undo`` takes it back."""
        settled = self.settled | frozenset(settle)
        if table != self.table or settled != self.settled:
            self._before.append((self.table, self.settled))
            self.table, self.settled = table, settled

    @property
    def can_undo(self) -> bool:
        """True when something was changed here."""
        return bool(self._before)

    def undo(self) -> None:
        """Take the last change back."""
        if self._before:
            self.table, self.settled = self._before.pop()

    def settle(self, number: int) -> None:
        """Answer a doubt: it is right as it was read."""
        self.change(self.table, (number,))

    def note(self, text: Unplaced) -> None:
        """Keep a text that found no place as a note of the table."""
        table = self.without(text)
        self.change(replace(table, notes=(*table.notes, text.text)))

    def note_all(self) -> None:
        """Keep every text that found no place as a note, in one change."""
        notes = (*self.table.notes, *(text.text for text in self.table.unplaced))
        self.change(replace(self.table, notes=notes, unplaced=()))

    def ignore_all(self) -> None:
        """Leave every text out that found no place, in one change."""
        self.change(replace(self.table, unplaced=()))

    def ignore(self, text: Unplaced) -> None:
        """Leave a text out."""
        self.change(self.without(text))

    def without(self, text: Unplaced) -> Table:
        """The table without one text that found no place."""
        rest = list(self.table.unplaced)
        if text in rest:
            rest.remove(text)
        return replace(self.table, unplaced=tuple(rest))

    def why_not(self) -> str:
        """In Chinese why it is not taken in."""
        twin = self.twin
        if twin:
            ranks = {id(copy.item): copy.rank for copy in self.copies}
            more = min(ranks.values()) < ranks[id(self)]
            tail = "取了读得更有把握的那一份" if more else "取了那一份"
            return f"与“{twin}”里的是同一张表，{tail}"
        if self.there:
            return "账本里已有这张表，已跳过"
        words = [f"有 {self.count('ask')} 处疑问"] if self.count("ask") else []
        words += [f"有 {self.count('note')} 处留意"] if self.count("note") else []
        words += ["没有写单位"] if not self.table.agency else []
        words += ["没有写年度"] if self.table.year is None else []
        words += ["没有合适的表样"] if not self.table.form else []
        if not words and self.table.unplaced:
            words = [f"有 {len(self.table.unplaced)} 处没有放入"]
        return "，".join([*([] if self.clear else words), "没有勾选"])


@dataclass(frozen=True, eq=False)
class Copy:
    """One of the copies of a table: where it stands, and what is known of it.

    ``rank`` is as it was when the copy was put in its place among the others.
    """

    rank: tuple[object, ...]
    number: int
    place: int
    name: str
    key: TableKey | None
    item: Item

    def __lt__(self, other: Copy) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[object, ...]:
        return (*self.rank, self.number, self.place)


@dataclass
class ReviewFile:
    """A file under review: what was found in it, or why it could not be read."""

    source: Source
    state: FileState = "waiting"
    reason: str = ""
    items: list[Item] = field(default_factory=list[Item])
    unread: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """What lists call it."""
        return self.source.name

    @property
    def short_reason(self) -> str:
        """The reason in a word or two."""
        return next((short for word, short in _SHORT_REASONS if word in self.reason), "不能读")


def _filled(table: Table) -> int:
    """How many texts a table has."""
    rows = [row for name in LIST_NAMES for row in table.rows(name)]
    cells = sum(
        bool(getattr(row, column))
        for row in rows
        for column in text_columns(row)
        if column != "written"
    )
    return cells + sum(bool(text) for text in table.fields.values()) + len(table.payment_schedule)
