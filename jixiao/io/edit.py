"""From a typed cell back to the table: what a binding means when text is put into it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from jixiao.io.arrange import field_order
from jixiao.io.fill import title_text
from jixiao.io.form import Form
from jixiao.io.grid import Binding
from jixiao.model.fields import MONEY_KEYS
from jixiao.model.table import ROW_TYPES, Indicator, LevelPair, ListName, Row, Share, Table
from jixiao.model.target import parse_target
from jixiao.model.vocabulary import level_key, read_comparator

_PARTS = {"c": "comparator", "v": "value", "u": "unit"}


def edit(form: Form, table: Table, binding: Binding, text: str) -> Table:
    """The table after ``text`` was typed into the cell part with this binding.

    Text is kept as typed but for blanks around it. Nothing typed into a row that does not exist
    yet makes none. The same table comes back when nothing changes.

    Raises:
        ValueError: when the binding is not one that can be edited, or the year is no number.
    """
    text = text.strip()
    match binding.target:
        case "field":
            return _edit_field(form, table, binding.name, text)
        case "share":
            return _edit_share(table, binding.name, text)
        case "other":
            if binding.name != "name" or not text or text in table.fields:
                return table
            return replace(table, fields={**table.fields, text: ""})
        case _ if binding.target in ROW_TYPES:
            return _edit_rows(table, cast("ListName", binding.target), binding, text)
        case _:
            raise ValueError(f"cannot edit {binding}")


def can_edit(binding: Binding) -> bool:
    """True when text may be typed into a part with this binding."""
    return binding.target != "computed"


def _edit_field(form: Form, table: Table, name: str, text: str) -> Table:
    if name == "title":
        own = title_text(form, replace(table, title=""))
        return replace(table, title="" if text == own else text)
    if name == "year":
        if text and not (text.isdecimal() and len(text) == 4):
            raise ValueError("年度要写四位数字，例如 2026。")
        return replace(table, year=int(text) if text else None)
    if name in {"agency", "agency_code", "money_unit"}:
        return replace(table, **{name: text})
    if table.fields.get(name, "") == text:
        return table
    fields = dict(table.fields)
    if text:
        fields[name] = text
    else:
        fields.pop(name, None)
    return replace(table, fields={key: fields[key] for key in field_order(list(fields))})


def _edit_share(table: Table, by: str, text: str) -> Table:
    percent = text.rstrip("%％").strip()
    shares = list(table.payment_schedule)
    found = next((i for i, share in enumerate(shares) if share.by == by), -1)
    if found >= 0 and percent:
        shares[found] = Share(by, percent)
    elif found >= 0:
        del shares[found]
    elif percent:
        shares.append(Share(by, percent))
        shares.sort(key=lambda share: _month(share.by))
    return replace(table, payment_schedule=tuple(shares))


def _month(by: str) -> int:
    digits = "".join(c for c in by if c.isdecimal())
    return int(digits) if digits else 99


def _edit_rows(table: Table, name: ListName, binding: Binding, text: str) -> Table:
    rows = list(table.rows(name))
    if binding.rows:
        for index in binding.rows:
            rows[index] = set_column(rows[index], binding.name, text)
    elif text:
        row = ROW_TYPES[name]()
        if isinstance(row, Indicator):
            row = replace(row, level1=binding.level1, level2=binding.level2)
        at = binding.insert_at if binding.insert_at >= 0 else len(rows)
        rows.insert(at, set_column(row, binding.name, text))
    else:
        return table
    changed = replace_rows(table, name, rows)
    return without_filled_levels(changed) if name == "indicators" else changed


def replace_rows(table: Table, name: ListName, rows: list[Any]) -> Table:
    """The table with another list of rows; the same table when they are equal."""
    new: dict[str, Any] = {name: tuple(rows)}
    return table if new[name] == table.rows(name) else replace(table, **new)


def set_column(row: Row, name: str, text: str) -> Row:
    """A row with one column as typed; a joined cell is split into its parts and kept as typed."""
    if isinstance(row, Indicator):
        if name.startswith("target:"):
            return _set_target(row, name.removeprefix("target:"), text)
        if name.startswith("extra:"):
            extra = {**row.extra, name.removeprefix("extra:"): text}
            return replace(row, extra={key: value for key, value in extra.items() if value})
        if name in {"comparator", "value", "unit"}:
            typed: dict[str, Any] = {name: _sign(text) if name == "comparator" else text}
            return row if getattr(row, name) == typed[name] else replace(row, written="", **typed)
    new: dict[str, Any] = {name: text}
    return replace(row, **new)


def _sign(text: str) -> str:
    """The canonical comparator of what was typed; what is none is kept as typed, to be checked."""
    return read_comparator(text) or text if text else ""


def _set_target(row: Indicator, letters: str, text: str) -> Indicator:
    target = parse_target(text)
    parts: dict[str, Any] = {_PARTS[letter]: getattr(target, _PARTS[letter]) for letter in letters}
    if "c" not in letters and target.comparator == "定性":
        parts["value"] = text
    if "u" not in letters and target.unit:
        parts["value"] = target.value + target.unit
    return replace(row, written=text, **parts)


def without_filled_levels(table: Table) -> Table:
    """The table without those empty levels that have an indicator by now."""
    filled = {(level_key(i.level1), level_key(i.level2)) for i in table.indicators}
    empty = tuple(
        pair for pair in table.empty_levels if (level_key(pair.level1), level_key(pair.level2)) not in filled
    )
    return table if empty == table.empty_levels else replace(table, empty_levels=empty)


def with_empty_levels(form: Form, table: Table) -> Table:
    """The table with the form's pre-printed rows that show no indicator as its empty levels."""
    filled = {(level_key(i.level1), level_key(i.level2)) for i in table.indicators}
    empty = tuple(
        LevelPair(row.level1, row.level2)
        for band in form.bands
        if band.list == "indicators"
        for row in band.rows
        if row.printed and (level_key(row.level1), level_key(row.level2)) not in filled
    )
    return replace(table, empty_levels=empty)
