"""The levels of indicator rows: in the wrong column, blank, or with a column missing."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.io.paper.page.clean import squeeze
from jixiao.io.recognise.kinds import level_pair
from jixiao.io.recognise.outline import level_text
from jixiao.io.recognise.spread import RawRow, spread_levels
from jixiao.model.vocabulary import (
    LEVELS,
    canonical_level1,
    canonical_level2,
    is_unit,
    level_key,
    read_comparator,
)


def put_levels(rows: Sequence[RawRow]) -> None:
    """Give every row its levels, and put rows right whose levels stand in the wrong column."""
    for row in rows:
        _part_levels(row)
        _put_right(row)
    for row in rows:
        row.level1 = level_text(row.texts.get("level1", ""))
        row.level2 = level_text(row.texts.get("level2", ""))
    spread_levels(rows)
    for row in rows:
        if row.moved:
            _own_level1(row, rows)
    told = [row for row in rows if _tell_level1(row)]
    if told:
        first = told[0]
        reason = f"没有一级指标列，按二级指标“{first.level2}”属于“{first.level1}”补上，以下各行同样"
        first.doubts.append(("level2", first.level1, reason))


def _part_levels(row: RawRow) -> None:
    """Part both levels where one cell holds them."""
    for name in ("level1", "level2"):
        pair = level_pair(squeeze(row.texts.get(name, "")))
        if pair is not None:
            row.texts["level1"], row.texts["level2"] = pair
            return


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


def _own_level1(row: RawRow, rows: Sequence[RawRow]) -> None:
    """A row put right belongs to its own first level, which need not be that of the row above."""
    owners = _owners(row.level2)
    if not owners or canonical_level1(row.level1) in owners:
        return
    spelled = (other.level1 for other in rows if canonical_level1(other.level1) in owners)
    row.level1 = next(spelled, min(owners) if len(owners) == 1 else row.level1)


def _owners(level2: str) -> set[str]:
    """The first levels under which any vintage has a second level."""
    name = canonical_level2(level2)
    return {
        level1
        for vintage in LEVELS.values()
        for level1, seconds in vintage.items()
        if name in seconds
    }


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


def _tell_level1(row: RawRow) -> bool:
    """Where a form has no first-level column, the second level tells it if it can mean only one."""
    if row.level1 or not row.level2 or "level1" in row.texts:
        return False
    owners = _owners(row.level2)
    if len(owners) != 1:
        return False
    row.level1 = owners.pop()
    return True
