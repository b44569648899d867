"""The library of indicators: entries, what makes two of them one, and how lists are merged.

An entry says what an indicator of its kind usually looks like. Its value is a number from
somewhere else and never more than a suggestion.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from jixiao.model.search import search_key
from jixiao.model.table import Indicator
from jixiao.model.vocabulary import canonical_level1, canonical_level2, level_key

Origin = Literal["shipped", "own", "book"]
EntryKey = tuple[str, str, str, str]
NameKey = tuple[str, str]

_COST_LEVEL2 = "成本指标"  # the second level of the older vintage
_ECONOMIC_COST = "经济成本指标"


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator of the library.

    Attributes:
        category: What kind of project has it (会议, 培训), "" where nobody said.
        level1: First level, in canonical spelling where it is a known one.
        level2: Second level, likewise.
        name: The third-level text.
        comparator: One of ≥ ≤ = > <, 定性, or empty.
        value: A suggestion, nothing else.
        unit: The unit.
        source: Where it comes from, in Chinese, or "".
        explanation: What is counted and how.
        origin: Whether it came with the program, is the user's own, or was seen in the open book.
    """

    category: str = ""
    level1: str = ""
    level2: str = ""
    name: str = ""
    comparator: str = ""
    value: str = ""
    unit: str = ""
    source: str = ""
    explanation: str = ""
    origin: Origin = "own"


@lru_cache(maxsize=4096)
def pair_key(level1: str, level2: str) -> str:
    """The class of a pair of levels, the same in every vintage.

    The second level decides: 成本指标 of the older vintage is 经济成本指标 of the newer one, and a
    satisfaction is one whether it stands under 满意度指标 or under 效益指标.
    """
    second = canonical_level2(level2) or level_key(level2)
    if not second:
        return canonical_level1(level1) or level_key(level1)
    return _ECONOMIC_COST if second == _COST_LEVEL2 else second


@lru_cache(maxsize=65536)
def text_key(text: str) -> str:
    """A text as it is compared: without blanks and the difference of case and width."""
    return "".join(search_key(text).split())


def name_key(level1: str, level2: str, name: str) -> NameKey:
    """What makes two indicators the same one, wherever they stand."""
    return pair_key(level1, level2), text_key(name)


def entry_key(entry: Entry) -> EntryKey:
    """What makes two entries one: category, levels and name."""
    first = canonical_level1(entry.level1) or level_key(entry.level1)
    second = canonical_level2(entry.level2) or level_key(entry.level2)
    return text_key(entry.category), first, second, text_key(entry.name)


def entry_from(row: Indicator, category: str = "") -> Entry:
    """An entry made from an indicator of a table, with its levels in canonical spelling."""
    return tidy(
        Entry(
            category=category,
            level1=row.level1,
            level2=row.level2,
            name=row.level3,
            comparator=row.comparator,
            value=row.value,
            unit=row.unit,
            explanation=row.explanation,
        )
    )


def tidy(entry: Entry) -> Entry:
    """An entry with every text on one line without blanks around it, and canonical levels."""
    return replace(
        entry,
        category=_line(entry.category),
        level1=canonical_level1(entry.level1) or _line(entry.level1),
        level2=canonical_level2(entry.level2) or _line(entry.level2),
        name=_line(entry.name),
        comparator=_line(entry.comparator),
        value=_line(entry.value),
        unit=_line(entry.unit),
        source=_line(entry.source),
        explanation=_line(entry.explanation),
    )


def _line(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class OwnLibrary:
    """What a user made of the library: own entries, and the shipped ones that were taken out."""

    entries: tuple[Entry, ...] = ()
    hidden: frozenset[EntryKey] = frozenset()


def combined(shipped: Iterable[Entry], own: OwnLibrary) -> tuple[Entry, ...]:
    """The library as it is shown: the user's entries first; they take the place of shipped ones."""
    taken = own.hidden | {entry_key(entry) for entry in own.entries}
    return (*own.entries, *(entry for entry in shipped if entry_key(entry) not in taken))


def with_entry(own: OwnLibrary, entry: Entry, old: Entry | None = None) -> OwnLibrary:
    """The user's library with an entry added, or put in the place of ``old``.

    An entry with the same key is replaced. Where ``old`` came with the program it is taken out.
    """
    key = entry_key(entry)
    gone = {key, entry_key(old or entry)}
    new = replace(entry, origin="own")
    entries = list(own.entries)
    at = next((i for i, other in enumerate(entries) if entry_key(other) in gone), len(entries))
    entries = [other for other in entries if entry_key(other) not in gone]
    entries.insert(min(at, len(entries)), new)
    hidden = own.hidden
    if old is not None and old.origin == "shipped":
        hidden |= {entry_key(old)}
    return OwnLibrary(tuple(entries), hidden - {key})


def without_entries(
    shipped: Iterable[Entry], own: OwnLibrary, entries: Iterable[Entry]
) -> OwnLibrary:
    """The user's library without these; shipped ones are taken out of what is shown."""
    gone = {entry_key(entry) for entry in entries}
    kept = tuple(entry for entry in own.entries if entry_key(entry) not in gone)
    hidden = gone & {entry_key(entry) for entry in shipped}
    return OwnLibrary(kept, own.hidden | hidden)


@dataclass(frozen=True, slots=True)
class Merged:
    """A library after entries were taken in, and how many were new, changed or there already."""

    own: OwnLibrary
    added: int = 0
    changed: int = 0
    same: int = 0
    repeated: int = 0


def merged(shipped: Sequence[Entry], own: OwnLibrary, new: Iterable[Entry]) -> Merged:
    """Take entries in: each once, over what is there; a blank text leaves the old one.

    ``repeated`` counts those that ``new`` itself holds more than once; the last one counts.
    """
    wanted: dict[EntryKey, Entry] = {}
    repeated = 0
    for entry in new:
        key = entry_key(entry)
        repeated += key in wanted
        wanted[key] = _over(wanted.get(key), entry)
    there = {entry_key(entry): entry for entry in combined(shipped, own)}
    added = changed = same = 0
    entries = {entry_key(entry): entry for entry in own.entries}
    for key, entry in wanted.items():
        old = there.get(key)
        result = replace(_over(old, entry), origin="own")
        if old is None:
            added += 1
        elif result == replace(old, origin="own"):
            same += 1
            continue
        else:
            changed += 1
        entries[key] = result
    hidden = own.hidden - entries.keys()
    return Merged(OwnLibrary(tuple(entries.values()), hidden), added, changed, same, repeated)


def _over(old: Entry | None, new: Entry) -> Entry:
    """An entry with the texts that it does not tell taken from an older one.

    Comparator, value and unit are one thing: they come from the same entry.
    """
    if old is None:
        return new
    stated = replace(
        new, source=new.source or old.source, explanation=new.explanation or old.explanation
    )
    if new.comparator or new.value or new.unit:
        return stated
    return replace(stated, comparator=old.comparator, value=old.value, unit=old.unit)
