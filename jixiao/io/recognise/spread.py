"""Blank level cells: they take the name above them, or the one in the middle of their block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from jixiao.io.paper.page.clean import squeeze
from jixiao.io.recognise.outline import level_text
from jixiao.model.vocabulary import LEVELS, canonical_level1, canonical_level2

_MOST_ROWS = 120
_MOST_NAMES = 40


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


def spread_levels(rows: Sequence[RawRow]) -> None:
    """Fill blank first and second levels.

    Names stand at the top of their blocks or, where nothing is merged, in the middle; the second
    levels, which belong to known first ones, tell which. Whoever centres one level centres both.
    """
    centred = _spread(rows, "level1", 0, len(rows), centred=_centred_first(rows))
    parts: list[tuple[int, int]] = []
    start = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or rows[end].level1 != rows[start].level1:
            parts.append((start, end))
            start = end
    centred = centred or any(_starts_blank(rows, "level2", *part) for part in parts)
    for part in parts:
        _spread(rows, "level2", *part, centred=centred)


def _named(rows: Sequence[RawRow], name: str, start: int, end: int) -> list[int]:
    return [i for i in range(start, end) if getattr(rows[i], name)]


def _starts_blank(rows: Sequence[RawRow], name: str, start: int, end: int) -> bool:
    named = _named(rows, name, start, end)
    return bool(named) and named[0] > start


def _centred_first(rows: Sequence[RawRow]) -> bool:
    """True when first levels in the middle of their blocks agree better with the second levels."""
    places = _named(rows, "level1", 0, len(rows))
    if not places or len(places) == len(rows):
        return False
    if places[0] > 0:
        return True
    ends = [*places[1:], len(rows)]
    top = sum(
        _strangers(rows, place, start, end)
        for place, start, end in zip(places, places, ends, strict=True)
    )
    if top == 0:
        return False
    blocks = _blocks(places, 0, len(rows), partial(_strangers, rows))
    centred = sum(_strangers(rows, place, *block) for place, block in blocks.items())
    return centred < top


def _strangers(rows: Sequence[RawRow], place: int, start: int, end: int) -> int:
    """How many rows of a block have a second level that belongs to another first level."""
    first = canonical_level1(rows[place].level1) if rows else None
    if first is None:
        return 0
    return sum(
        1
        for row in rows[start:end]
        if (second := canonical_level2(row.level2)) is not None and not _is_pair(first, second)
    )


def _is_pair(first: str, second: str) -> bool:
    return any(second in vintage.get(first, ()) for vintage in LEVELS.values())


def _spread(rows: Sequence[RawRow], name: str, start: int, end: int, *, centred: bool) -> bool:
    """Fill one column of some rows; returns whether names were taken to stand in the middle."""
    places = _named(rows, name, start, end)
    if not places or len(places) == end - start:
        return False
    if centred or places[0] > start:
        strangers = partial(_strangers, rows if name == "level1" else ())
        blocks = _blocks(places, start, end, strangers)
        for place, (top, bottom) in blocks.items():
            _fill_block(rows, name, place, top, bottom)
        return True
    current = ""
    for row in rows[start:end]:
        current = getattr(row, name) or current
        setattr(row, name, current)
    return False


def _fill_block(rows: Sequence[RawRow], name: str, place: int, start: int, end: int) -> None:
    text = getattr(rows[place], name)
    for i in range(start, end):
        if i == place:
            continue
        setattr(rows[i], name, text)
        if name != "level1" or not _confirmed(rows[i], text):
            reason = f"“{text}”写在几行的中间，按上下几行都属于它读"
            rows[i].doubts.append((name, text, reason))


def _confirmed(row: RawRow, text: str) -> bool:
    """True when a row's own second level belongs to the first level it was given."""
    second = canonical_level2(level_text(squeeze(row.texts.get("level2", ""))))
    first = canonical_level1(text)
    return first is not None and second is not None and _is_pair(first, second)


def _blocks(
    places: Sequence[int], start: int, end: int, strangers: Callable[[int, int, int], int]
) -> dict[int, tuple[int, int]]:
    """The block of rows around each name, so that names stand in the middle as far as they can.

    Args:
        places: The rows that have a name, ascending.
        start: The first row.
        end: The row after the last one.
        strangers: How many rows of a block (its name's row, start, end) speak against it.
    """
    if end - start > _MOST_ROWS or len(places) > _MOST_NAMES:
        ends = [*places[1:], end]
        tops = [start, *places[1:]]
        return dict(zip(places, zip(tops, ends, strict=True), strict=True))
    best: dict[int, tuple[float, list[int]]] = {start: (0.0, [])}
    for number, place in enumerate(places):
        after = places[number + 1] if number + 1 < len(places) else end
        stops = range(place + 1, after + 1) if number + 1 < len(places) else (end,)
        reached: dict[int, tuple[float, list[int]]] = {}
        for stop in stops:
            options = [
                (cost + 10 * strangers(place, top, stop) + _off_centre(place, top, stop), way)
                for top, (cost, way) in best.items()
                if top <= place
            ]
            cost, way = min(options, key=lambda option: option[0])
            reached[stop] = (cost, [*way, stop])
        best = reached
    _, way = best[end]
    return dict(zip(places, zip([start, *way[:-1]], way, strict=True), strict=True))


def _off_centre(place: int, start: int, end: int) -> float:
    """How far a name is from the middle; half a row (an even block) costs next to nothing."""
    off = abs(place - (start + end - 1) / 2)
    return max(0.0, off - 0.5) + off / 1000
