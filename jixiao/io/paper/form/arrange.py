"""Which row of a table goes to which row of the page (rules 4 and 5 of the braces)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jixiao.io.paper.form.form import Band, BandRow, Form
from jixiao.model.fields import FIELDS, META_KEYS
from jixiao.model.table import Indicator, Table
from jixiao.model.vocabulary import level_key


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the page: the drawn row it looks like and the table row it shows.

    ``index`` is -1 for a row that shows none; ``insert_at`` is where typing there would put a new
    one. ``level1`` and ``level2`` are printed as given; ``printed1``, ``printed2`` tell that the
    form itself prints them. ``key`` is the header field shown by a row of the band of others.
    """

    row: int
    band: Band | None = None
    index: int = -1
    insert_at: int = -1
    level1: str = ""
    level2: str = ""
    printed1: bool = False
    printed2: bool = False
    key: str = ""


def arrange(form: Form, table: Table) -> list[Line]:
    """The rows of the page from top to bottom."""
    by_row: dict[int, list[Line]] = {row: [Line(row)] for row in range(len(form.rows))}
    names = dict.fromkeys(band.list for band in form.bands)
    for name in names:
        bands = [band for band in form.bands if band.list == name]
        for band in bands:
            for band_row in band.rows:
                by_row[band_row.row] = []
        for line in _band_lines(form, table, name, bands):
            by_row[line.row].append(line)
    return [line for row in range(len(form.rows)) for line in by_row[row]]


def _band_lines(form: Form, table: Table, name: str, bands: Sequence[Band]) -> list[Line]:
    if name == "other":
        keys = other_keys(form, table)
        return _plain_lines(bands, len(keys), keys, spare=1)  # there a further field is named
    if name == "indicators":
        if any(band.printed for band in bands):
            return _printed_lines(bands, table.indicators)
        lines = _plain_lines(bands, len(table.indicators))
        return [_with_levels(line, table.indicators) for line in lines]
    rows = {"tasks": table.tasks, "spending_details": table.spending_details, "items": table.items}
    return _plain_lines(bands, len(rows[name]))


def other_keys(form: Form, table: Table) -> list[str]:
    """Keys of the header fields that have no place of their own on the form."""
    return [key for key in table.fields if key not in META_KEYS and not form.has("field", key)]


def _plain_lines(
    bands: Sequence[Band], count: int, keys: Sequence[str] = (), *, spare: int = 0
) -> list[Line]:
    """Rows in order over the drawn rows; the last drawn row repeats for those left over.

    ``spare`` is how many empty rows stand at the end at least.
    """
    drawn = [(band, row.row) for band in bands for row in band.rows]
    lines: list[Line] = []
    for number in range(max(count + spare, len(drawn))):
        band, row = drawn[min(number, len(drawn) - 1)]
        index = number if number < count else -1
        key = keys[number] if number < len(keys) else ""
        lines.append(Line(row, band, index, min(number, count), key=key))
    return lines


def _with_levels(line: Line, indicators: Sequence[Indicator]) -> Line:
    if line.index < 0:
        return line
    indicator = indicators[line.index]
    return replace(line, level1=indicator.level1, level2=indicator.level2)


def _printed_lines(bands: Sequence[Band], indicators: Sequence[Indicator]) -> list[Line]:
    drawn = [(band, row) for band in bands for row in band.rows]
    placed: list[list[int]] = [[] for _ in drawn]
    for index, indicator in enumerate(indicators):
        placed[_place(drawn, indicator)].append(index)
    lines: list[Line] = []
    before = -1
    for (band, row), indexes in zip(drawn, placed, strict=True):
        own = [i for i in indexes if _fits(row, indicators[i])]
        group = [i for i in indexes if level_key(indicators[i].level1) == level_key(row.level1)]
        if not own and row.printed:
            lines.append(
                Line(row.row, band, -1, before + 1, row.level1, row.level2, True, bool(row.level2))
            )
        for index in sorted(indexes, key=lambda i: (i not in own, i not in group)):
            before = max(before, index)
            lines.append(_printed_line(band, row, index, indicators[index]))
        if not indexes and not row.printed:
            lines.append(Line(row.row, band, -1, len(indicators)))
    return lines


def _place(drawn: Sequence[tuple[Band, BandRow]], indicator: Indicator) -> int:
    """The drawn row an indicator goes to, or after which it adds one."""
    level1 = level_key(indicator.level1)
    last_of_level1 = -1
    for number, (_, row) in enumerate(drawn):
        if row.printed and _fits(row, indicator):
            return number
        if row.level1 and level_key(row.level1) == level1:
            last_of_level1 = number
    return last_of_level1 if last_of_level1 >= 0 else len(drawn) - 1


def _fits(row: BandRow, indicator: Indicator) -> bool:
    """True when the row's pre-printed levels are the indicator's own."""
    return all(
        not printed or level_key(printed) == level_key(own)
        for printed, own in ((row.level1, indicator.level1), (row.level2, indicator.level2))
    )


def _printed_line(band: Band, row: BandRow, index: int, indicator: Indicator) -> Line:
    same1 = bool(row.level1) and level_key(row.level1) == level_key(indicator.level1)
    same2 = same1 and bool(row.level2) and level_key(row.level2) == level_key(indicator.level2)
    return Line(
        row.row,
        band,
        index,
        index,
        row.level1 if same1 else indicator.level1,
        row.level2 if same2 else indicator.level2,
        same1,
        same2,
    )


def field_order(keys: Sequence[str]) -> list[str]:
    """Known keys in the dictionary's order, then the others as they come."""
    known = [key for key in FIELDS if key in keys]
    return known + [key for key in keys if key not in FIELDS]
