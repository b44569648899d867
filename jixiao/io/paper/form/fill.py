"""From a table to the page: ``fill`` draws a form with a table's content, every cell bound."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, cast

from jixiao.io.paper.form.arrange import Line, arrange, other_keys
from jixiao.io.paper.form.form import Form, FormCell
from jixiao.io.paper.form.level_cells import level_cells
from jixiao.io.paper.form.names import Piece, Slot, running_number
from jixiao.io.paper.form.odd_unit import odd_unit
from jixiao.io.paper.page.clean import squeeze
from jixiao.io.paper.page.grid import Binding, Cell, Grid, Part, RowFormat
from jixiao.model.checks.healed import is_healed_line
from jixiao.model.columns import column_label
from jixiao.model.fields import META_FIELDS, label_of
from jixiao.model.ignored import parse_ignored
from jixiao.model.notes import parse_note
from jixiao.model.numbers import decimal_of
from jixiao.model.table import Indicator, Row, Table, text_columns
from jixiao.model.target import Target, show_target
from jixiao.model.vocabulary import canonical_unit, paper_comparator


def fill(form: Form, table: Table) -> Grid:
    """The page of a table: the form's cells, repeated, stretched and filled."""
    return filled(form, table).grid


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled page, with what it takes to fill it again after an edit.

    ``lines`` are its rows, ``band_cells`` the cells of each that repeat with it.
    """

    form: Form
    table: Table
    grid: Grid
    lines: list[Line]
    band_cells: list[list[Cell]]


def filled(form: Form, table: Table, before: Filled | None = None) -> Filled:
    """The page of a table, as ``fill`` draws it.

    Args:
        form: The form.
        table: What it shows.
        before: A page of the same form: cells that are the same on both are the same objects, so
            that a page of hundreds of cells is soon filled and compared.
    """
    if before is not None and before.form is not form:
        before = None
    lines = arrange(form, table)
    filler = _Filler(form, table)
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for number, line in enumerate(lines):
        first.setdefault(line.row, number)
        last[line.row] = number
    cells: list[Cell] = []
    unit_label, told_unit = odd_unit(form, table)
    for cell in form.standing_cells:
        top, bottom = first[cell.row], last[cell.bottom - 1]
        parts = tuple(filler.parts(cell.pieces))
        if cell is unit_label:
            parts = (*parts, Part(told_unit))
        cells.append(Cell(top, cell.col, bottom - top + 1, cell.colspan, parts, cell.style))
    cells.extend(level_cells(form, lines))
    if before is not None:
        cells = [_known(before.grid, cell) for cell in cells]
    band_cells = filler.band_cells(lines, before)
    for row_cells in band_cells:
        cells += row_cells
    cells.sort(key=_reading_order)
    return Filled(
        form,
        table,
        Grid(tuple(cells), _rows(form, lines), form.columns, form.page),
        lines,
        band_cells,
    )


_reading_order = attrgetter("row", "col")


def _known(grid: Grid, cell: Cell) -> Cell:
    """The grid's own cell where it has an equal one."""
    found = grid.at(cell.row, cell.col)
    return cell if found is None or found != cell else found


def _rows(form: Form, lines: Sequence[Line]) -> tuple[RowFormat, ...]:
    formats = list(form.rows)
    for band in form.bands:
        for band_row in band.rows:
            formats[band_row.row] = replace(formats[band_row.row], band=band.list)
    return tuple(formats[line.row] for line in lines)


def value_letters(form: Form) -> str:
    """The parts of a target value that the form's value column shows: c, v, u.

    A value column shows what has no column of its own: in a form without comparator and unit
    columns it is a joined cell, whatever its header says.
    """
    columns = form.columns_of.get("indicators", frozenset())
    if "target" in columns:
        return "v"
    return ("" if "comparator" in columns else "c") + "v" + ("" if "unit" in columns else "u")


def joined_text(indicator: Indicator, letters: str) -> str:
    """What a joined cell shows: the text as typed while it still says the same."""
    target = Target(
        indicator.comparator if "c" in letters else "",
        indicator.value,
        indicator.unit if "u" in letters else "",
    )
    return show_target(target, indicator.written)


def percent_text(percent: str) -> str:
    """A share as it is shown: a number with its sign, anything else (待定) as it was typed."""
    return percent + "%" if decimal_of(percent) is not None else percent


def title_text(form: Form, table: Table) -> str:
    """The printed title: the table's own, or the form's with its names filled in."""
    if table.title:
        return table.title
    return "".join(
        piece.words if piece.slot is None else field_text(form, table, piece.slot.name)
        for piece in form.title
        if piece.slot is None or piece.slot.name != "title"
    )


def field_text(form: Form, table: Table, name: str) -> str:
    """The text of a header field or of what stands beside the fields."""
    match name:
        case "title":
            return title_text(form, table)
        case "year":
            return "    " if table.year is None else str(table.year)
        case "agency" | "agency_code" | "money_unit":
            return getattr(table, name)
        case _:
            return table.fields.get(name, "")


@dataclass(frozen=True, slots=True)
class _Filler:
    form: Form
    table: Table

    def band_cells(self, lines: Sequence[Line], before: Filled | None) -> list[list[Cell]]:
        """The cells of each line that repeat with it, those of ``before`` where it is the same."""
        found: list[list[Cell]] = []
        for number, line in enumerate(lines):
            if line.band is None:
                found.append([])
            elif before is not None and self._stays(number, line, before):
                found.append(before.band_cells[number])
            else:
                made = self._band_line(number, line)
                found.append(made if before is None else [_known(before.grid, c) for c in made])
        return found

    def _band_line(self, number: int, line: Line) -> list[Cell]:
        return [
            Cell(number, c.col, 1, c.colspan, tuple(self.row_parts(c, line)), c.style)
            for c in self.form.band_cells[line.row]
        ]

    def _stays(self, number: int, line: Line, before: Filled) -> bool:
        """True when a line shows what it showed before: the same row of the table, nothing else."""
        if number >= len(before.lines) or before.lines[number] != line:
            return False
        if line.row not in self.form.own_rows:
            return False
        if line.index < 0:
            return True
        assert line.band is not None
        name = line.band.list
        return getattr(self.table, name)[line.index] is getattr(before.table, name)[line.index]

    def parts(self, pieces: Sequence[Piece]) -> Iterable[Part]:
        """The parts of a cell that is drawn once."""
        for piece in pieces:
            if piece.slot is None:
                yield Part(piece.words)
            elif piece.slot.target == "share":
                yield self._share(piece.slot.name)
            else:
                name = piece.slot.name
                yield Part(field_text(self.form, self.table, name), Binding("field", name))

    def _share(self, by: str) -> Part:
        percent = next((s.percent for s in self.table.payment_schedule if s.by == by), "")
        return Part(percent_text(percent), Binding("share", by))

    def row_parts(self, cell: FormCell, line: Line) -> Iterable[Part]:
        """The parts of a cell of a band row."""
        for piece in cell.pieces:
            slot = piece.slot
            if slot is None:
                yield Part(piece.words)
            elif not slot.in_band:
                yield from self.parts((piece,))
            elif slot.target == "other":
                yield self._other(slot, line)
            elif slot.name == "number":
                number = running_number(line.index + 1, slot.sample) if line.index >= 0 else ""
                yield Part(number, Binding("computed", "number"))
            else:
                yield self._row_part(slot, line)

    def _other(self, slot: Slot, line: Line) -> Part:
        if not line.key:
            return Part("", Binding("other", slot.name))
        if slot.name == "name":
            return Part(label_of(line.key))
        return Part(self.table.fields[line.key], Binding("field", line.key))

    def _row_part(self, slot: Slot, line: Line) -> Part:
        letters = "cvu" if slot.name == "target" else ""
        if slot.target == "indicators" and slot.name == "value":
            letters = value_letters(self.form)
        name = slot.name if letters in {"", "v"} else "target:" + letters
        binding = Binding(
            slot.target,
            name,
            () if line.index < 0 else (line.index,),
            line.insert_at,
            line.level1,
            line.level2,
        )
        if line.index < 0:
            return Part("", binding)
        row: Row = getattr(self.table, slot.target)[line.index]
        return Part(_column_text(row, name), binding)


def _column_text(row: Row, name: str) -> str:
    if isinstance(row, Indicator):
        if name == "comparator":
            return paper_comparator(row.comparator)
        if name.startswith("target:"):
            return joined_text(row, name.removeprefix("target:"))
        if name.startswith("extra:"):
            return row.extra.get(name.removeprefix("extra:"), "")
    return getattr(row, name)


@dataclass(frozen=True, slots=True)
class Unshown:
    """Something a table holds that its form has no place for: its label and text."""

    label: str
    text: str


_LIST_LABELS = {
    "tasks": "年度主要任务",
    "indicators": "绩效指标",
    "period_indicators": "实施期绩效指标",
    "spending_details": "支出明细",
    "items": "项目",
    "measures": "工作保障措施",
}
_LONGEST = 200


def unshown(form: Form, table: Table) -> list[Unshown]:
    """What the table holds and the form has no place for (本表样未列)."""
    return [*_unshown_head(form, table), *unshown_content(form, table)]


def _unshown_head(form: Form, table: Table) -> Iterable[Unshown]:
    """What the table says beside its fields and lists; a unit that the form prints is shown."""
    title = title_text(form, table) if form.has("field", "title") else ""
    printed = title + "".join(cell.words for cell in form.cells)
    own_name = form.has("field", "department_name") and table.fields.get("department_name")
    shown = {
        "title": squeeze(table.title) in squeeze(printed),
        "year": True,  # it is the table's place in the book, and in the name of its file
        "agency": table.agency == own_name,
        "money_unit": canonical_unit(table.money_unit) == form.printed_unit
        or odd_unit(form, table)[0] is not None,
    }
    for spec in META_FIELDS:
        value = getattr(table, spec.key)
        if value and not form.has("field", spec.key) and not shown.get(spec.key, False):
            yield Unshown(spec.label, str(value))
    for note in table.notes:
        # Other notes are about the table, for the program and for those who work at it.
        if not (parse_note(note) or parse_ignored(note) or is_healed_line(note)):
            yield Unshown("附注", note)


def unshown_content(form: Form, table: Table) -> list[Unshown]:
    """What the fields and lists of a table hold and the form has no place for."""
    found: list[Unshown] = []
    if not form.general:
        found += [
            Unshown(label_of(key), table.fields[key])
            for key in other_keys(form, table)
            if table.fields[key]
        ]
    found += [
        Unshown("资金支出计划 " + share.by, percent_text(share.percent))
        for share in table.payment_schedule
        if share.percent and not form.has("share", share.by)
    ]
    for name, label in _LIST_LABELS.items():
        found += _unshown_rows(form, name, label, getattr(table, name))
    found += _unknown("", table.other)
    return found


def _unshown_rows(form: Form, name: str, label: str, rows: Sequence[Row]) -> Iterable[Unshown]:
    shown = form.columns_of.get(name, frozenset())
    joined = "target" in shown or ("value" in shown and name == "indicators")
    for number, row in enumerate(rows, start=1):
        for column in text_columns(row):
            if column in shown or column in {"written", "extra"}:
                continue
            if joined and column in {"comparator", "value", "unit"}:
                continue
            text: str = getattr(row, column)
            if text:
                yield Unshown(f"{label} 第{number}行 {column_label(column)}", text)
        if isinstance(row, Indicator):
            for header, text in row.extra.items():
                if text and not form.has(name, "extra:" + header):
                    yield Unshown(f"{label} 第{number}行 {header}", text)
        yield from _unknown(f"{label} 第{number}行 ", row.other)


def _unknown(label: str, other: str) -> Iterable[Unshown]:
    """What stands under keys that no form of this version can show."""
    if other:
        content: dict[str, Any] = json.loads(other)
        for key, value in content.items():
            if value not in (None, "", [], {}):
                yield Unshown(label + key, _brief(value))


def _brief(value: object) -> str:
    """An unknown value on one line: the words in it, a long list as the number of its rows."""
    if isinstance(value, list):
        rows = cast("list[object]", value)
        texts = [_brief(row) for row in rows]
    elif isinstance(value, dict):
        pairs = cast("dict[str, object]", value)
        texts = [f"{key} {_brief(inner)}" for key, inner in pairs.items() if inner is not None]
    else:
        return str(value)
    line = "；".join(texts)
    return line if len(line) <= _LONGEST else f"{len(texts)} 项：{line[:_LONGEST]}…"
