"""A pasted block that is a form of its own: read by the importer's door, merged into a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from jixiao.io.paper.edit.edit import settle_levels
from jixiao.io.paper.form.arrange import field_order
from jixiao.io.paper.form.categories import CategoryOrder
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Grid
from jixiao.model.table import Indicator, ListName, Table

if TYPE_CHECKING:
    from jixiao.io.recognise import Labels, Reading

_LISTS: tuple[ListName, ...] = ("tasks", "indicators", "spending_details", "items")


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a pasted block holds; ``readings`` are its tables, in order, with their doubts.

    ``appended`` and ``replaced`` are the table with the first reading merged in: its rows after
    those that are there, or in their place. ``replaced`` takes all header fields that the block
    tells, ``appended`` only those that are blank in the table. ``another`` is true when the first
    reading is the sheet of another project or department, or of another kind.
    """

    readings: tuple[Reading, ...]
    appended: Table
    replaced: Table
    another: bool = False


def recognise_block(grid: Grid, labels: Labels, form: Form, table: Table) -> Recognised | None:
    """Read a pasted page as a form; None when no table is found in it."""
    from jixiao.io.recognise import recognise

    readings = tuple(recognise([grid], labels))
    if not any(_says_something(reading.table) for reading in readings):
        return None
    read = readings[0].table
    return Recognised(
        readings,
        merge(form, table, read, replace_rows=False),
        merge(form, table, read, replace_rows=True),
        is_another(table, read),
    )


def is_another(table: Table, read: Table) -> bool:
    """Whether a sheet that was read is about something else than a table.

    Bare rows are not, nor a sheet or a table that has no name yet.
    """
    if not read.fields:
        return False
    if read.kind != table.kind:
        return True
    key = "project_name" if read.kind == "project" else "department_name"
    names = [normalize("NFKC", one.fields.get(key, "")) for one in (table, read)]
    old, new = ("".join(name.split()) for name in names)
    return bool(old and new) and old != new


def merge(form: Form, table: Table, read: Table, *, replace_rows: bool) -> Table:
    """A table with what was read put into it. What the reading does not tell stays as it is.

    Args:
        form: The form of the table, for the order of categories.
        table: The table as it is.
        read: What was read; its blank fields and empty lists change nothing.
        replace_rows: True to put its rows and fields in place of those there, False to add the
            rows and to fill only fields that are blank.
    """
    texts = {key: text for key, text in read.fields.items() if text}
    if not replace_rows:
        texts |= {key: text for key, text in table.fields.items() if text}
    fields = {**table.fields, **texts}
    new: dict[str, Any] = {
        "fields": {key: fields[key] for key in field_order(list(fields))},
        "unplaced": table.unplaced + read.unplaced,
    }
    for name in ("agency", "agency_code", "money_unit", "year"):
        if not getattr(table, name) and getattr(read, name):
            new[name] = getattr(read, name)
    if read.payment_schedule and (replace_rows or not table.payment_schedule):
        new["payment_schedule"] = read.payment_schedule
    for name in _LISTS:
        rows: Sequence[Any] = read.rows(name)
        if rows:
            new[name] = tuple(rows) if replace_rows else table.rows(name) + tuple(rows)
    if read.indicators and not replace_rows:
        new["indicators"] = _added(form, table, read.indicators)
    return settle_levels(form, table, replace(table, **new))


def _added(form: Form, table: Table, more: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Indicators, each new one at the end of its category; without levels at the very end."""
    order = CategoryOrder(form, table, (*table.indicators, *more))
    return tuple(order.insert(table.indicators, more))


def _says_something(table: Table) -> bool:
    return bool(table.indicators or table.items or table.fields)
