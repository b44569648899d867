"""All drafts under review: which of their tables are one, and what will be taken in."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from jixiao.app.importing.accept import Decision, Taking
from jixiao.app.importing.sources import Source
from jixiao.app.review.index import BookIndex, TableKey, table_key
from jixiao.app.review.items import Copy, Item, ReviewFile
from jixiao.io.recognise import Reading

Existing = Literal["replace", "skip", "keep"]


class Review:
    """All files under review, against one book."""

    def __init__(self, index: BookIndex) -> None:
        self.index = index
        self.files: list[ReviewFile] = []
        self._same: dict[TableKey, list[Copy]] = defaultdict(list)

    def set_sources(self, sources: Sequence[Source]) -> None:
        """Take the list of the files that will be read."""
        self.files = [
            ReviewFile(source, "refused" if source.reason else "waiting", source.reason)
            for source in sources
        ]

    def put(
        self, number: int, found: Sequence[Reading] | str, unread: Sequence[str] = ()
    ) -> ReviewFile:
        """Take what was read from a file, or why it was refused; sure tables are ticked.

        ``unread`` are sentences about parts of it in which no table was found.
        """
        file = self.files[number]
        file.unread = tuple(unread)
        for item in file.items:
            self._forget(item)
        if isinstance(found, str):
            file.state, file.reason, file.items = "refused", found, []
            return file
        file.state, file.reason = "read", ""
        file.items = [Item(reading, reading.table) for reading in found]
        for place in range(len(file.items)):
            self.look_up(number, place)
        return file

    def look_up(self, number: int, place: int) -> set[int]:
        """See whether a table is in the book or in other files, after it was read or changed.

        Returns:
            The files whose tables may stand otherwise now.
        """
        item = self.files[number].items[place]
        there = self.index.find(item.table)
        if there != item.there:
            item.there = there
            item.taking = self._usual_taking(item)
        changed = {copy.number for copy in item.copies} | {number}
        self._forget(item)
        self._join(number, place)
        return changed | {copy.number for copy in item.copies}

    def copies_of(self, number: int) -> set[int]:
        """The files that hold the same tables as a file."""
        return {copy.number for item in self.files[number].items for copy in item.copies}

    def _usual_taking(self, item: Item) -> Taking:
        if not item.there or item.there[0] in self.index.locked:
            return "keep"
        return "replace" if self.index.may_replace(item.there[0], item.table) else "merge"

    def _forget(self, item: Item) -> None:
        """Take a table out of those that it was the same as."""
        copies = item.copies
        for copy in [copy for copy in copies if copy.item is item]:
            copies.remove(copy)
            if copy.key is not None:
                self._same[copy.key].remove(copy)
        item.copies = []
        _propose(copies)

    def _join(self, number: int, place: int) -> None:
        """Put a table among those that it is the same as, the most certain first."""
        item = self.files[number].items[place]
        key = table_key(item.table)
        copy = Copy(item.rank(), number, place, self.files[number].path.name, key, item)
        known = [] if key is None else self._same[key]
        copies = next((c.item.copies for c in known if _is_copy(c, copy)), list[Copy]())
        known.append(copy)
        insort(copies, copy)
        item.copies = copies
        _propose(copies)

    @property
    def items(self) -> list[tuple[ReviewFile, Item]]:
        """Every table with its file."""
        return [(file, item) for file in self.files for item in file.items]

    def counts(self) -> Mapping[str, int]:
        """Numbers for the headline.

        ``tables`` is the sum of ``sure``, ``copy``, ``there`` and ``doubtful``; ``files`` counts
        also those that are ``refused`` or ``waiting``.
        """
        items = [item for _, item in self.items]
        states = [item.state for item in items]
        counts = {kind: states.count(kind) for kind in ("sure", "copy", "there", "doubtful")}
        return counts | {
            "files": len(self.files),
            "tables": len(items),
            "refused": sum(file.state == "refused" for file in self.files),
            "waiting": sum(file.state == "waiting" for file in self.files),
            "ticked": sum(item.ticked for item in items),
        }

    def decide(self, existing: Existing) -> None:
        """Tick what is taken where nobody looks: of every table the most certain copy.

        Args:
            existing: What happens to a table that is in the book already.
        """
        for _, item in self.items:
            best = not item.copies or item.copies[0].item is item
            item.chosen = best and not (item.there and existing == "skip")
            if item.there and existing != "skip":
                item.taking = existing

    def taken(self, *, only_sure: bool = False) -> list[tuple[ReviewFile, Item]]:
        """What will be taken in: the tables that are ticked, or all that are sure."""
        return [pair for pair in self.items if (pair[1].sure if only_sure else pair[1].ticked)]

    def decisions(self, *, only_sure: bool = False) -> list[Decision]:
        """``taken`` as decisions."""
        return [
            Decision(
                file.path,
                file.source.path,
                item.table,
                item.taking if item.there else "keep",
                item.there,
                item.reading.state if item.there and item.taking == "replace" else "",
            )
            for file, item in self.taken(only_sure=only_sure)
        ]


def _is_copy(one: Copy, other: Copy) -> bool:
    """Whether two tables of the same agency, year, kind and name are one.

    Where agency or year are not told, only when they say the same: one may be last year's. So too
    within one file; exchange files and books hold exactly what they are meant to hold.
    """
    table, same = one.item.table, other.item.table
    if one.number != other.number and table.agency and table.year is not None:
        return True
    if one.number == other.number and not one.item.reading.range:
        return False
    return replace(table, unplaced=(), notes=()) == replace(same, unplaced=(), notes=())


def _propose(copies: Sequence[Copy]) -> None:
    """Propose the most certain copy, if it can be taken without a look."""
    for copy in copies:
        item = copy.item
        item.proposed = copy is copies[0] and item.clear and not item.there
