"""Level names: merged, repeated, blank, in the middle of their block, or one column off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jixiao.io.clean import squeeze
from jixiao.model.vocabulary import (
    LEVELS,
    canonical_level1,
    canonical_level2,
    is_unit,
    level_key,
    read_comparator,
)

_SCORE = re.compile(r"[(（]\s*\d+(?:\.\d+)?\s*分?\s*[)）]$")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[.、．])"
)


@dataclass(slots=True)
class RawRow:
    """One row of an indicator block: its texts by column, and its levels once they are known.

    ``doubts`` are (column, read as, reason), to be told with the cell's address; ``moved`` is the
    text that stood in the wrong column.
    """

    row: int
    texts: dict[str, str]
    level1: str = ""
    level2: str = ""
    moved: str = ""
    doubts: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])

    @property
    def only_levels(self) -> bool:
        """True when nothing but level names stands in the row."""
        return not any(
            text for name, text in self.texts.items() if name not in {"level1", "level2"}
        )


def level_text(text: str) -> str:
    """A level's name as written, without layout blanks, a score in brackets or a number."""
    name = _SCORE.sub("", squeeze(text))
    bare = _NUMBERED.sub("", name)
    return bare if level_key(bare) else name


def put_levels(rows: Sequence[RawRow]) -> None:
    """Give every row its levels, and put rows right whose levels stand in the wrong column."""
    for row in rows:
        _put_right(row)
    for row in rows:
        row.level1 = level_text(row.texts.get("level1", ""))
        row.level2 = level_text(row.texts.get("level2", ""))
    _spread(rows, "level1", 0, len(rows))
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and rows[end].level1 == rows[start].level1:
            end += 1
        _spread(rows, "level2", start, end)
        start = end
    told = [row for row in rows if _tell_level1(row)]
    if told:
        first = told[0]
        reason = f"没有一级指标列，按二级指标“{first.level2}”属于“{first.level1}”补上，以下各行同样"
        first.doubts.append(("level2", first.level1, reason))


def _put_right(row: RawRow) -> None:
    """A second-level name in the first column: the row, or its name alone, goes one to the right.

    The whole row moves when the second column holds no level either: then that is the third-level
    text. Its last column must be free for that (rules.md 2.2, S2).
    """
    names = list(row.texts)
    if names[:3] != ["level1", "level2", "level3"]:
        return
    first, second = level_text(row.texts["level1"]), level_text(row.texts["level2"])
    if not first or canonical_level1(first) or not canonical_level2(first):
        return
    if second and canonical_level2(second):
        return
    values = list(row.texts.values())
    if not second or level_key(first) == level_key(second):
        row.texts.update({"level1": "", "level2": first})
    elif not values[-1] and _fits(row.texts) < _fits(
        dict(zip(names, ["", *values[:-1]], strict=True))
    ):
        row.texts.update(zip(names, ["", *values[:-1]], strict=True))
    else:
        return
    row.moved = first
    row.doubts.append(("level1", first, f"“{first}”是二级指标，写在一级指标列，已右移一列"))


def _fits(texts: dict[str, str]) -> int:
    """How many cells of a row hold what their column is for; blank ones say nothing."""
    value = texts.get("target", texts.get("value", ""))
    value_fits = bool(value) and any(c.isdigit() for c in value)
    sign = texts.get("comparator", "")
    unit = texts.get("unit", "")
    return sum(
        (
            value_fits,
            bool(sign) and read_comparator(sign) is not None,
            bool(unit) and is_unit(unit),
            -(bool(sign) and read_comparator(sign) is None),
        )
    )


def _spread(rows: Sequence[RawRow], name: str, start: int, end: int) -> None:
    """Blank level cells take a name: the one above, or the one in the middle of their block."""
    named = [i for i in range(start, end) if getattr(rows[i], name)]
    if not named:
        return
    if named[0] > start:
        sizes = _centred_sizes([i - start for i in named], end - start)
        if sizes is not None:
            _spread_centred(rows, name, start, named, sizes)
            return
        for i in range(start, named[0]):
            text = getattr(rows[named[0]], name)
            setattr(rows[i], name, text)
            rows[i].doubts.append((name, text, f"级次空着，按下面的“{text}”读"))
    current = ""
    for i in range(start, end):
        if getattr(rows[i], name):
            current = getattr(rows[i], name)
        else:
            setattr(rows[i], name, current)


def _spread_centred(
    rows: Sequence[RawRow], name: str, start: int, named: Sequence[int], sizes: Sequence[int]
) -> None:
    at = start
    for place, size in zip(named, sizes, strict=True):
        text = getattr(rows[place], name)
        for i in range(at, at + size):
            if i != place:
                setattr(rows[i], name, text)
            if i != place and not _confirmed(rows[i], name, text):
                rows[i].doubts.append((name, text, f"“{text}”写在几行的中间，按上下几行都属于它读"))
        at += size


def _confirmed(row: RawRow, name: str, text: str) -> bool:
    """True when a row's own second level can only belong to the first level it was given."""
    second = canonical_level2(level_text(row.texts.get("level2", "")))
    first = canonical_level1(text)
    return name == "level1" and any(
        second in seconds
        for vintage in LEVELS.values()
        for seconds in [vintage.get(first or "", ())]
    )


def _centred_sizes(places: Sequence[int], total: int) -> list[int] | None:
    """Sizes of blocks in which each name stands in the middle; None when none fit.

    A block of n rows has its name in row (n-1)//2 or n//2, counted from 0.
    """

    def solve(number: int, at: int) -> list[int] | None:
        if number == len(places):
            return [] if at == total else None
        offset = places[number] - at
        if offset < 0:
            return None
        for size in (2 * offset + 1, 2 * offset + 2, 2 * offset):
            if size > 0 and at + size <= total:
                rest = solve(number + 1, at + size)
                if rest is not None:
                    return [size, *rest]
        return None

    return solve(0, 0) if len(places) <= 12 else None


def _tell_level1(row: RawRow) -> bool:
    """Where a form has no first-level column, the second level tells it if it can mean only one."""
    if row.level1 or not row.level2 or "level1" in row.texts:
        return False
    level2 = canonical_level2(row.level2)
    owners = {
        level1
        for vintage in LEVELS.values()
        for level1, seconds in vintage.items()
        if level2 in seconds
    }
    if not level2 or len(owners) != 1:
        return False
    row.level1 = owners.pop()
    return True
