"""Choosing the form of a table that was read: the one with a place for most of what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from jixiao.io.paper.form.fill import title_text, unshown_content
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.clean import key
from jixiao.model.table import LIST_NAMES, Row, Table, text_columns
from jixiao.model.vocabulary import level_key

_YEAR = re.compile(r"^(?:20\d\d|\s+)年?(?:度)?")


def choose_form(forms: Sequence[Form], table: Table) -> Form | None:
    """The best form for a table, None when no form is of its kind.

    Ranked by what finds a place, then by title, by the fewest columns and pre-printed rows left
    empty, by year; a general form comes after an official one with as much place.
    """
    fitting = [form for form in forms if form.kind == table.kind]
    if not fitting:
        return None
    return max(fitting, key=lambda form: _rank(form, table))


def fit(form: Form, table: Table) -> float:
    """The share of what the table says that the form has a place for, from 0 to 1."""
    total = _count(table)
    return 1.0 if total == 0 else max(0.0, 1 - _lost(form, table) / total)


def _rank(form: Form, table: Table) -> tuple[int, bool, int, bool, int, int, bool, int]:
    year = table.year
    in_force = year is None or (
        (form.start is None or form.start <= year) and (form.end is None or year <= form.end)
    )
    distance = abs((form.start or 1900) - year) if year is not None and not form.general else 0
    return (
        -_lost(form, table),
        _same_title(form, table),
        -_missing_rows(form, table),
        not form.general,
        -_idle_columns(form, table),
        -_surplus_rows(form, table),
        in_force,
        -distance,
    )


def _lost(form: Form, table: Table) -> int:
    lost = len(unshown_content(form, table))
    if form.general:
        own = {slot.name for slot in form.slots if slot.target == "field"}
        lost += sum(1 for name, text in table.fields.items() if text and name not in own)
    return lost


def _same_title(form: Form, table: Table) -> bool:
    if not table.title:
        return False
    own = title_text(form, replace(table, title="", year=None))
    return key(_YEAR.sub("", own)) == key(_YEAR.sub("", table.title))


def _missing_rows(form: Form, table: Table) -> int:
    """Pre-printed rows of the table that the form does not print."""
    printed = {
        (level_key(row.level1), level_key(row.level2)) for band in form.bands for row in band.rows
    }
    return sum(
        (level_key(pair.level1), level_key(pair.level2)) not in printed
        for pair in table.empty_levels
    )


def _surplus_rows(form: Form, table: Table) -> int:
    """Pre-printed rows of the form that the table has neither filled nor left empty."""
    known = {
        (level_key(row.level1), level_key(row.level2))
        for row in (*table.indicators, *table.empty_levels)
    }
    return sum(
        (level_key(row.level1), level_key(row.level2)) not in known
        for band in form.bands
        for row in band.rows
        if row.printed
    )


def _idle_columns(form: Form, table: Table) -> int:
    """Columns that no row of the table has a word for, and bands without rows."""
    idle = 0
    for name, columns in form.columns_of.items():
        if name == "other":
            continue
        rows = getattr(table, name)
        if not rows:
            idle += len(columns)
            continue
        for column in columns & set(rows[0].__dataclass_fields__):
            idle += not any(getattr(row, column) for row in rows)
    return idle


def _count(table: Table) -> int:
    count = sum(1 for text in table.fields.values() if text) + len(table.payment_schedule)
    for name in LIST_NAMES:
        count += sum(_texts(table.rows(name)))
    return count


def _texts(rows: Iterable[Row]) -> Iterable[int]:
    for row in rows:
        yield sum(1 for name in text_columns(row) if getattr(row, name))
