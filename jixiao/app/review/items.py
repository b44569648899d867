"""Files and tables under review, with what the user has settled so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from jixiao.app.importing.sources import Source
from jixiao.app.review.review import (
    BookIndex,
    Decision,
    Severity,
    TableKey,
    Taking,
    severity,
    table_key,
)
from jixiao.io.recognise import Doubt, Reading, is_sure
from jixiao.model.table import Table, Unplaced

FileState = Literal["waiting", "read", "refused"]

_SHORT_REASONS = (
    ("密码", "有密码"),
    ("还不能读", "暂不支持"),
    ("这是图片", "是图片"),
    ("没有找到绩效目标表", "没有表"),
    ("是空的", "空文件"),
    ("现在打开的账本", "就是本账本"),
)


@dataclass
class Item:
    """A table under review.

    Attributes:
        reading: As it was recognised.
        table: As it will be taken in.
        settled: The doubts (by number) that the user has answered.
        there: The tables of the book that are this one already.
        twin: The file in which the same table was found before, or empty.
        taking: What is done with the one in the book.
        ticked: Whether it will be taken in.
    """

    reading: Reading
    table: Table
    settled: frozenset[int] = frozenset()
    there: tuple[int, ...] = ()
    twin: str = ""
    taking: Taking = "keep"
    ticked: bool = False
    _before: list[tuple[Table, frozenset[int]]] = field(
        default_factory=list[tuple[Table, frozenset[int]]]
    )

    @property
    def name(self) -> str:
        """What lists call it."""
        return self.table.name or "未命名的表"

    def open_doubts(self) -> list[tuple[int, Doubt]]:
        """The doubts that are not settled, each with its number, those to be answered first."""
        found = [(n, d) for n, d in enumerate(self.reading.doubts) if n not in self.settled]
        return sorted(found, key=lambda one: severity(one[1]) == "note")

    def count(self, kind: Severity) -> int:
        """How many doubts of a kind are not settled."""
        return sum(severity(doubt) == kind for _, doubt in self.open_doubts())

    @property
    def sure(self) -> bool:
        """True when it can be taken in without a look."""
        reading = replace(self.reading, doubts=tuple(d for _, d in self.open_doubts()))
        return is_sure(reading, self.table) and not self.there and not self.twin

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


@dataclass
class ReviewFile:
    """A file under review: what was found in it, or why it could not be read."""

    source: Source
    state: FileState = "waiting"
    reason: str = ""
    items: list[Item] = field(default_factory=list[Item])

    @property
    def path(self) -> Path:
        """What lists call it."""
        return self.source.name

    @property
    def short_reason(self) -> str:
        """The reason in a word or two."""
        return next((short for word, short in _SHORT_REASONS if word in self.reason), "不能读")


class Review:
    """All files under review, against one book."""

    def __init__(self, index: BookIndex) -> None:
        self.index = index
        self.files: list[ReviewFile] = []
        self._firsts: dict[TableKey | None, tuple[ReviewFile, Item]] | None = None

    def set_sources(self, sources: Sequence[Source]) -> None:
        """Take the list of the files that will be read."""
        self.files = [
            ReviewFile(source, "refused" if source.reason else "waiting", source.reason)
            for source in sources
        ]

    def put(self, number: int, found: Sequence[Reading] | str) -> ReviewFile:
        """Take what was read from a file, or why it was refused; sure tables are ticked."""
        file = self.files[number]
        if isinstance(found, str):
            file.state, file.reason, file.items = "refused", found, []
            return file
        file.state, file.reason = "read", ""
        file.items = [Item(reading, reading.table) for reading in found]
        self._firsts = None
        for item in file.items:
            self._look_up(item)
            item.ticked = item.sure
        return file

    def look_up(self, item: Item) -> None:
        """See whether a table is in the book, or in another file, after it was read or changed."""
        self._firsts = None
        self._look_up(item)

    def _look_up(self, item: Item) -> None:
        there = self.index.find(item.table)
        if there != item.there:
            item.there = there
            locked = bool(there) and there[0] in self.index.locked
            item.taking = "replace" if there and not locked else "keep"
        item.twin = self._twin(item)

    def _twin(self, item: Item) -> str:
        key = table_key(item.table)
        if key is None:
            return ""
        if self._firsts is None:
            self._firsts = {}
            for file, other in self.items:
                self._firsts.setdefault(table_key(other.table), (file, other))
        file, first = self._firsts.get(key, (None, item))
        return "" if file is None or first is item else file.path.name

    @property
    def items(self) -> list[tuple[ReviewFile, Item]]:
        """Every table with its file."""
        return [(file, item) for file in self.files for item in file.items]

    def counts(self) -> Mapping[str, int]:
        """Numbers for the headline: files, tables, sure, doubtful, refused, ticked, waiting."""
        items = [item for _, item in self.items]
        return {
            "files": len(self.files),
            "tables": len(items),
            "sure": sum(item.sure for item in items),
            "doubtful": sum(bool(item.open_doubts()) for item in items),
            "refused": sum(file.state == "refused" for file in self.files),
            "waiting": sum(file.state == "waiting" for file in self.files),
            "ticked": sum(item.ticked for item in items),
        }

    def decisions(self, *, only_sure: bool = False) -> list[Decision]:
        """What will be taken in: the tables that are ticked, or all that are sure."""
        return [
            Decision(
                file.path,
                file.source.path,
                item.table,
                item.taking if item.there else "keep",
                item.there[0] if item.there else None,
                item.reading.state,
            )
            for file, item in self.items
            if (item.sure if only_sure else item.ticked)
        ]
