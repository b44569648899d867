"""What the tables of one file tell about each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jixiao.io.recognise.draft import Doubt, Reading
from jixiao.model.table import Table, Unplaced


def with_unplaced(readings: list[Reading], texts: Sequence[Unplaced]) -> list[Reading]:
    """The readings, with texts of pages that hold no table listed in the first one."""
    if not readings or not texts:
        return readings
    first = readings[0]
    unplaced = (*texts, *first.unplaced)
    table = replace(first.table, unplaced=unplaced)
    return [replace(first, table=table, unplaced=unplaced), *readings[1:]]


def share_heading(first: Sequence[Reading], others: Sequence[Reading]) -> list[Reading]:
    """Tables right of another one, with what the lines above both tell."""
    if not first:
        return list(others)
    heading, found = first[0], list[Reading]()
    for reading in others:
        lacking = {
            name: getattr(heading.table, name)
            for name in ("title", "agency", "agency_code", "year", "money_unit")
            if not getattr(reading.table, name)
        }
        # Without a heading of its own only the sheet's or the file's name told its year.
        headed = reading.table.title or ("field", "year", -1) in reading.sources
        if heading.table.year is not None and not headed:
            lacking["year"] = heading.table.year
        told = {
            place: heading.sources[place]
            for name in lacking
            if (place := ("field", name, -1)) in heading.sources
        }
        table = replace(reading.table, **lacking)
        # A year from above replaces the one of a name, and the note about it.
        doubts = tuple(
            d for d in reading.doubts if "year" not in lacking or (d.field, d.text) != ("year", "")
        )
        sources = {**reading.sources, **told}
        found.append(replace(reading, table=table, doubts=doubts, sources=sources))
    return found


def share_meta(readings: Sequence[Reading]) -> list[Reading]:
    """Agency and year for tables that do not tell them, where all others of the file agree."""
    agencies = {(r.table.agency, r.table.agency_code) for r in readings if r.table.agency}
    years = {r.table.year for r in readings if r.table.year is not None}
    agency = agencies.pop() if len(agencies) == 1 else None
    year = years.pop() if len(years) == 1 else None
    told = [_with_year(_with_agency(reading, agency), year) for reading in readings]
    return [_with_unit(reading, readings) for reading in told]


def _with_unit(reading: Reading, others: Sequence[Reading]) -> Reading:
    """The money unit that the other tables of the same sheet tell."""
    units = {o.table.money_unit for o in others if o.sheet == reading.sheet and o.table.money_unit}
    if reading.table.money_unit or len(units) != 1:
        return reading
    unit = units.pop()
    return _told(reading, replace(reading.table, money_unit=unit), "money_unit", unit, "金额单位")


def _with_agency(reading: Reading, agency: tuple[str, str] | None) -> Reading:
    if reading.table.agency or agency is None:
        return reading
    table = replace(reading.table, agency=agency[0], agency_code=agency[1])
    return _told(reading, table, "agency", agency[0], "单位")


def _with_year(reading: Reading, year: int | None) -> Reading:
    if reading.table.year is not None or year is None:
        return reading
    return _told(reading, replace(reading.table, year=year), "year", str(year), "年度")


def _told(reading: Reading, table: Table, field: str, value: str, label: str) -> Reading:
    cell = reading.range.partition(":")[0]
    reason = f"表上没有写{label}，按同一文件里的其他表读作“{value}”"
    doubt = Doubt(cell, "", value, field, "", reason)
    return replace(reading, table=table, doubts=(*reading.doubts, doubt))
