"""What the tables of a book use: indicator names and other words, with how often they stand there.

Kept by table, so that a changed table is counted anew and nothing else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from jixiao.model.library import Entry, NameKey, name_key
from jixiao.model.table import Table
from jixiao.model.vocabulary import canonical_level1, canonical_level2

Word = Literal["task", "owner", "project", "agency"]

_SHORTEST = 2  # characters of a name that is worth offering

_Seen = tuple[str, str, str, str, str]  # level 1, level 2, level 3, comparator, unit


@dataclass(frozen=True, slots=True)
class Learned:
    """A state of ``Usage``: the names used most, and how often each one is used.

    ``entries`` are without value; the most frequent come first. ``words`` are other texts to
    offer, the most frequent first.
    """

    entries: tuple[Entry, ...] = ()
    counts: Mapping[NameKey, int] = field(default_factory=dict[NameKey, int])
    words: Mapping[Word, tuple[str, ...]] = field(default_factory=dict[Word, tuple[str, ...]])


class Usage:
    """Counts the indicators of tables; a table counted again takes the place of its old state."""

    def __init__(self) -> None:
        self._seen: Counter[_Seen] = Counter()
        self._words: Counter[tuple[Word, str]] = Counter()
        self._tables: dict[int, tuple[tuple[_Seen, ...], tuple[tuple[Word, str], ...]]] = {}
        self._one: dict[_Seen, _Seen] = {}  # equal texts of many tables are kept once

    def put(self, table_id: int, table: Table) -> None:
        """Count a table."""
        self.drop(table_id)
        one = self._one
        seen = tuple(
            one.setdefault(key, key)
            for row in (*table.indicators, *table.period_indicators)
            if len(row.level3) >= _SHORTEST
            for key in ((row.level1, row.level2, row.level3, row.comparator, row.unit),)
        )
        words = tuple(dict.fromkeys(found for found in _words(table) if found[1]))
        self._seen.update(seen)
        self._words.update(words)
        self._tables[table_id] = seen, words

    def drop(self, table_id: int) -> None:
        """Count a table no longer; one that was never counted makes no difference."""
        seen, words = self._tables.pop(table_id, ((), ()))
        self._seen.subtract(seen)
        self._words.subtract(words)

    def learned(self, most: int = 5000) -> Learned:
        """The state as it is now, with at most so many names."""
        groups: dict[NameKey, list[tuple[int, _Seen]]] = defaultdict(list)
        for seen, count in self._seen.items():
            if count > 0:
                groups[name_key(*seen[:3])].append((count, seen))
        counts = {key: sum(count for count, _ in group) for key, group in groups.items()}
        ranked = sorted(counts, key=lambda key: (-counts[key], key))[:most]
        words: dict[Word, list[str]] = defaultdict(list)
        for (word, text), count in self._words.most_common():
            if count > 0:
                words[word].append(text)
        return Learned(
            tuple(_entry(groups[key]) for key in ranked),
            MappingProxyType(counts),
            MappingProxyType({word: tuple(texts[:most]) for word, texts in words.items()}),
        )


def _entry(group: list[tuple[int, _Seen]]) -> Entry:
    """One entry for all ways in which an indicator is written: the most frequent one."""
    _, (level1, level2, name, comparator, unit) = max(group)
    return Entry(
        level1=canonical_level1(level1) or level1,
        level2=canonical_level2(level2) or level2,
        name=" ".join(name.split()),
        comparator=comparator,
        unit=unit,
        origin="book",
    )


def _words(table: Table) -> Iterable[tuple[Word, str]]:
    for task in table.tasks:
        yield "task", " ".join(task.name.split())
        yield "owner", " ".join(task.owner.split())
    if table.kind == "project":
        yield "project", table.fields.get("project_name", "")
    yield "project", table.fields.get("parent_fund_name", "")
    for item in table.items:
        yield "project", " ".join(item.name.split())
    yield "agency", table.agency
    yield "agency", table.fields.get("department_name", "")
