"""From a typed cell back to the table: what a binding means when text is put into it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from jixiao.io.paper.edit.spread import may_spread, spread
from jixiao.io.paper.form.arrange import field_order
from jixiao.io.paper.form.fill import joined_text, title_text
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Binding
from jixiao.model.fields import FIELDS, META_KEYS, label_of
from jixiao.model.table import ROW_TYPES, Indicator, LevelPair, ListName, Row, Share, Table
from jixiao.model.target import parse_target
from jixiao.model.vocabulary import (
    QUALITATIVE,
    level_key,
    paper_comparator,
    read_comparator,
)

_PARTS = {"c": "comparator", "v": "value", "u": "unit"}
_KEYBOARD_SIGNS = (
    (re.compile("[>＞][=＝]|[=＝][>＞]"), "≥"),
    (re.compile("[<＜][=＝]|[=＝][<＜]"), "≤"),
)


def edit(form: Form, table: Table, binding: Binding, text: str) -> Table:
    """The table after ``text`` was typed into the cell part with this binding.

    Text is kept as typed but for blanks around it. Nothing typed into a row that does not exist
    yet makes none. The same table comes back when nothing changes.

    Raises:
        ValueError: when the binding is not one that can be edited, the year is no number, or a
            further field is named that the page shows already.
    """
    text = text.strip()
    match binding.target:
        case "field":
            return _edit_field(form, table, binding.name, text)
        case "share":
            return _edit_share(table, binding.name, text)
        case "other":
            return _name_other(form, table, text) if binding.name == "name" else table
        case _ if binding.target in ROW_TYPES:
            return _edit_rows(form, table, binding.target, binding, text)
        case _:
            raise ValueError(f"cannot edit {binding}")


def can_edit(binding: Binding) -> bool:
    """True when text may be typed into a part with this binding."""
    return binding.target != "computed"


def _edit_field(form: Form, table: Table, name: str, text: str) -> Table:
    if name == "title":
        if text == title_text(form, table).strip():
            return table
        own = title_text(form, replace(table, title=""))
        # Without a year the form's own title begins with the blanks left for it.
        return replace(table, title="" if text == own.strip() else text)
    if name == "year":
        if text and not (text.isdecimal() and len(text) == 4 and 1900 < int(text) < 2200):
            raise ValueError("年度要写四位数字，例如 2026。")
        return replace(table, year=int(text) if text else None)
    if name in {"agency", "agency_code", "money_unit"}:
        return replace(table, **{name: text})
    if table.fields.get(name, "") == text:
        return table
    fields = dict(table.fields)
    # On a general form a field without a place of its own is a row, and stays one when blank.
    if text or (form.general and not form.has("field", name)):
        fields[name] = text
    else:
        fields.pop(name, None)
    return replace(table, fields={key: fields[key] for key in field_order(list(fields))})


def _name_other(form: Form, table: Table, label: str) -> Table:
    """A further header field named by its label; a known label is the field it always was."""
    if not label:
        return table
    key = next((key for key in FIELDS if label == label_of(key)), label)
    if key in table.fields or key in META_KEYS or form.has("field", key):
        raise ValueError(f"表上已有“{label}”，请直接填在那一格。")
    return replace(table, fields={**table.fields, key: ""})


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


def _edit_rows(form: Form, table: Table, name: ListName, binding: Binding, text: str) -> Table:
    rows = list(table.rows(name))
    if binding.rows:
        for index in binding.rows:
            rows[index] = typed_row(form, name, rows[index], binding.name, text)
    elif text:
        row = ROW_TYPES[name]()
        if isinstance(row, Indicator):
            row = replace(row, level1=binding.level1, level2=binding.level2)
        at = binding.insert_at if binding.insert_at >= 0 else len(rows)
        rows.insert(at, typed_row(form, name, row, binding.name, text))
    else:
        return table
    return settle_levels(form, table, replace_rows(table, name, rows))


def typed_row(form: Form, name: ListName, row: Row, column: str, text: str) -> Row:
    """A row of a list after a text was typed into one of its columns.

    A whole target value (≥95%) goes to the columns that the form has for its parts.
    """
    typed = set_column(row, column, text)
    if typed == row or not isinstance(typed, Indicator) or not may_spread(column):
        return typed
    return spread(typed, form.columns_of.get(name, frozenset()))


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
    if text == joined_text(row, letters):
        return row
    target = parse_target(text)
    parts: dict[str, Any] = {_PARTS[letter]: getattr(target, _PARTS[letter]) for letter in letters}
    if target.comparator != QUALITATIVE:
        text = _with_paper_signs(text)
        sign = "" if "c" in letters else paper_comparator(target.comparator)
        parts["value"] = sign + target.value + ("" if "u" in letters else target.unit)
    elif "c" not in letters:
        parts["value"] = text
    return replace(row, written=text, **parts)


def _with_paper_signs(text: str) -> str:
    """A target value with ≥ and ≤ for what a keyboard has instead: >= and <=."""
    for pattern, sign in _KEYBOARD_SIGNS:
        text = pattern.sub(sign, text)
    return text


def settle_levels(form: Form, before: Table, after: Table) -> Table:
    """The table after its indicators changed, with its empty levels kept true.

    Those that have an indicator by now go; pre-printed rows of the form whose last indicator went
    come back, in the form's order.
    """
    if after.indicators == before.indicators:
        return after
    had, has = _filled(before), _filled(after)
    printed = _printed_pairs(form)
    kept = {(level_key(pair.level1), level_key(pair.level2)): pair for pair in after.empty_levels}
    left = {key: pair for key, pair in printed.items() if key in had and key not in has}
    empty = {key: pair for key, pair in kept.items() if key not in has} | {
        key: pair for key, pair in left.items() if key not in kept
    }
    order = {key: number for number, key in enumerate(printed)}
    keys = sorted(empty, key=lambda key: order.get(key, len(order))) if left else list(empty)
    pairs = tuple(empty[key] for key in keys)
    return after if pairs == after.empty_levels else replace(after, empty_levels=pairs)


def with_empty_levels(form: Form, table: Table) -> Table:
    """The table with the form's pre-printed rows that show no indicator as its empty levels."""
    filled = _filled(table)
    pairs = tuple(pair for key, pair in _printed_pairs(form).items() if key not in filled)
    return replace(table, empty_levels=pairs)


def _filled(table: Table) -> set[tuple[str, str]]:
    return {(level_key(row.level1), level_key(row.level2)) for row in table.indicators}


def _printed_pairs(form: Form) -> dict[tuple[str, str], LevelPair]:
    """The pre-printed rows of a form, from top to bottom."""
    return {
        (level_key(row.level1), level_key(row.level2)): LevelPair(row.level1, row.level2)
        for band in form.bands
        if band.list == "indicators"
        for row in band.rows
        if row.printed
    }
