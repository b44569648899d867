"""Searching the library: every word of a query, by text or pinyin, ranked for the current row."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from jixiao.model.library import Entry, NameKey, Origin, name_key, pair_key, text_key
from jixiao.model.search import search_key
from jixiao.model.syllables import pinyin_pattern, spelled
from jixiao.model.table import Table
from jixiao.model.vocabulary import canonical_level1, level_key

_NO_COUNTS: Mapping[NameKey, int] = {}
_PREFIX, _NAME, _PINYIN_PREFIX, _PINYIN, _ELSEWHERE = range(5)  # how well a word is found


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: words parted by blanks, and filters ("" or None: no filter)."""

    text: str = ""
    category: str = ""
    level1: str = ""
    level2: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The row for which an indicator is looked for.

    Attributes:
        level1: Its first level, "" where there is no current row.
        level2: Its second level.
        categories: Categories that suit the table, the best one first.
        used: The indicators that the table has already (``name_key``).
    """

    level1: str = ""
    level2: str = ""
    categories: tuple[str, ...] = ()
    used: frozenset[NameKey] = frozenset()


NOWHERE = Place()
"""No current row: nothing is preferred."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found; ``count`` is how often the book has it, ``used`` that the table has it."""

    entry: Entry
    count: int = 0
    used: bool = False


@dataclass(frozen=True)
class Index:
    """Entries made ready for searching; ``counts`` is how often the book has each name."""

    entries: tuple[Entry, ...] = ()
    counts: Mapping[NameKey, int] = field(default_factory=lambda: _NO_COUNTS)

    @cached_property
    def keys(self) -> list[NameKey]:
        """The name key of each entry."""
        return [name_key(e.level1, e.level2, e.name) for e in self.entries]

    @cached_property
    def known(self) -> frozenset[NameKey]:
        """All name keys."""
        return frozenset(self.keys)

    @cached_property
    def firsts(self) -> list[str]:
        """The first level of each entry as it is compared."""
        return [_first_key(e.level1) for e in self.entries]

    @cached_property
    def names(self) -> list[str]:
        """The name of each entry as it is compared."""
        return [search_key(e.name) for e in self.entries]

    @cached_property
    def texts(self) -> list[str]:
        """All that a word may be found in, of each entry."""
        return [
            search_key(f"{e.name}\n{e.category}\n{e.level1}\n{e.level2}\n{e.unit}\n{e.explanation}")
            for e in self.entries
        ]

    @cached_property
    def spoken(self) -> _Spoken:
        """Names and categories for finding by pinyin."""
        return _Spoken(f"{e.name}\n{e.category}" for e in self.entries)

    def prepare(self) -> Index:
        """Make everything ready, on whatever thread this is called; returns itself."""
        _ = self.keys, self.known, self.firsts, self.names, self.texts, self.spoken
        return self

    def find(self, word: str) -> dict[int, int]:
        """The positions at which a word (already a ``search_key``) is found, and how well."""
        found = {i: _ELSEWHERE for i, text in enumerate(self.texts) if word in text}
        found.update(self.spoken.find(word))
        for i, name in enumerate(self.names):
            if word in name:
                found[i] = _PREFIX if name.startswith(word) else _NAME
        return found


class _Spoken:
    """Many texts in pinyin as one, searched at the speed of the regex engine."""

    def __init__(self, texts: Iterable[str]) -> None:
        parts = [spelled(text) for text in texts]
        self._all = "\n\n".join(parts)
        self._starts = list(accumulate((len(part) + 2 for part in parts), initial=0))[:-1]

    def find(self, word: str) -> dict[int, int]:
        pattern = pinyin_pattern(word)
        if pattern is None or word.isdecimal():
            return {}
        found: dict[int, int] = {}
        at = 0
        while match := pattern.search(self._all, at):
            index = bisect_right(self._starts, match.start()) - 1
            starts = match.start() == self._starts[index]
            found[index] = _PINYIN_PREFIX if starts else _PINYIN
            if index + 1 == len(self._starts):
                break
            at = self._starts[index + 1]
        return found


def search(
    indexes: Sequence[Index], query: Query, place: Place = NOWHERE, limit: int = 200
) -> list[Hit]:
    """The entries that every word of a query finds, the best for the place first.

    The same pair of levels comes before the same first level and both before others; then how
    the words are found (in the name, elsewhere), a suitable category, how often the book has it,
    and whether the name begins with the words. What the table has already comes last.

    Args:
        indexes: Where; what an earlier one has is left out of the later ones.
        query: Words and filters.
        place: The current row.
        limit: The most entries that are of use.
    """
    words = search_key(query.text).split()
    counts = _all_counts(indexes)
    found: list[tuple[tuple[int, ...], int, int]] = []
    known: set[NameKey] = set()
    for number, index in enumerate(indexes):
        positions = _matching(index, words)
        rank = _Ranking(index, place, counts)
        filters = _filter(query)
        found += [
            (rank(i, quality), number, i)
            for i, quality in positions
            if (not number or index.keys[i] not in known)
            and (filters is None or filters(index.entries[i]))
        ]
        known |= index.known
    best = heapq.nsmallest(limit, found)
    return [
        Hit(
            indexes[number].entries[i],
            counts.get(indexes[number].keys[i], 0),
            indexes[number].keys[i] in place.used,
        )
        for _, number, i in best
    ]


def _all_counts(indexes: Iterable[Index]) -> Mapping[NameKey, int]:
    return next((index.counts for index in indexes if index.counts), _NO_COUNTS)


def _matching(index: Index, words: Sequence[str]) -> Iterable[tuple[int, int]]:
    """(position, how well) of the entries that all words find; the worst word counts."""
    if not words:
        return ((i, _PREFIX) for i in range(len(index.entries)))
    found = index.find(words[0])
    for word in words[1:]:
        other = index.find(word)
        found = {i: max(quality, other[i]) for i, quality in found.items() if i in other}
    return found.items()


class _Ranking:
    """How entries are ordered for a place: smaller comes first."""

    def __init__(self, index: Index, place: Place, counts: Mapping[NameKey, int]) -> None:
        self._index, self._counts, self._used = index, counts, place.used
        self._pair = pair_key(place.level1, place.level2) if place.level1 or place.level2 else ""
        self._first = _first_key(place.level1)
        self._categories = {text_key(name): i for i, name in enumerate(place.categories)}

    def __call__(self, i: int, quality: int) -> tuple[int, ...]:
        index = self._index
        key = index.keys[i]
        level = 0
        if self._pair and key[0] != self._pair:
            level = 1 if self._first and index.firsts[i] == self._first else 2
        category = 0
        if self._categories:
            known = self._categories
            category = known.get(text_key(index.entries[i].category), len(known))
        used = key in self._used if self._used else False
        elsewhere = quality == _ELSEWHERE
        return used, level, elsewhere, category, -self._counts.get(key, 0), quality


def _filter(query: Query) -> _Filter | None:
    wanted = _Filter(query)
    return wanted if wanted.active else None


class _Filter:
    """The filters of a query."""

    def __init__(self, query: Query) -> None:
        self._category = text_key(query.category)
        self._level1 = _first_key(query.level1)
        self._pair = pair_key("", query.level2) if query.level2 else ""
        self._origin = query.origin
        self.active = bool(self._category or self._level1 or self._pair or self._origin)

    def __call__(self, entry: Entry) -> bool:
        return (
            (not self._category or text_key(entry.category) == self._category)
            and (not self._level1 or _first_key(entry.level1) == self._level1)
            and (not self._pair or pair_key(entry.level1, entry.level2) == self._pair)
            and (self._origin is None or entry.origin == self._origin)
        )


def _first_key(level1: str) -> str:
    return canonical_level1(level1) or level_key(level1) if level1 else ""


def suitable_categories(entries: Iterable[Entry], table: Table) -> tuple[str, ...]:
    """The categories that suit a table, the best one first.

    One whose word stands in the table's name (2026年培训经费) counts most, then those in which the
    library has the table's indicators.
    """
    own = {name_key(row.level1, row.level2, row.level3) for row in table.indicators}
    title = table.name
    counts: Counter[str] = Counter()
    for entry in entries:
        if not entry.category:
            continue
        if entry.category in title:
            counts[entry.category] += 2
        if name_key(entry.level1, entry.level2, entry.name) in own:
            counts[entry.category] += 10
    return tuple(category for category, _ in counts.most_common())
