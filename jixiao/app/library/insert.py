"""Putting a library entry into a table, its levels as the form spells them, without its value."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jixiao.app.rows import Edit
from jixiao.io.paper.edit.edit import replace_rows, settle_levels
from jixiao.io.paper.form.categories import Category, CategoryOrder, categories, category_key
from jixiao.io.paper.form.form import Form
from jixiao.model.library import Entry, pair_key
from jixiao.model.table import Indicator, Table
from jixiao.model.target import Target, format_target

_COLUMNS = ("comparator", "unit", "explanation")


@dataclass(frozen=True, slots=True)
class Inserted:
    """An entry put into a table: the change, and the value to show faintly in the empty cell."""

    edit: Edit
    suggestion: str = ""


def pair_in(form: Form, table: Table, entry: Entry) -> Category:
    """The levels of an entry as a form and table spell them, in their vintage.

    The same pair, else one with the same second level (满意度 under another first level), else
    the cost of the other vintage; else as the entry has them.
    """
    pairs = categories(form, table)
    wanted = category_key(entry.level1, entry.level2)
    for pair in pairs:
        if category_key(*pair) == wanted:
            return pair
    own = pair_key(entry.level1, entry.level2)
    for pair in pairs:
        if own and pair_key(*pair) == own:
            return pair
    if wanted[0] == "成本指标":  # 社会成本, 生态环境成本: the older vintage has one cost for all
        for pair in pairs:
            if category_key(*pair) == ("产出指标", "成本指标"):
                return pair
    return entry.level1, entry.level2


def insert_entry(form: Form, table: Table, entry: Entry, row: int = -1) -> Inserted:
    """The table with an entry as a new indicator, or in the current row where that is empty.

    It goes below the current row when that is of its class, else to the end of its class, which
    stands where the form puts it. Columns that the form does not show stay empty.

    Args:
        form: The form in which the table is shown.
        table: The table as it is now.
        entry: What is put in.
        row: The index of the current indicator, -1 where there is none.
    """
    rows = list(table.indicators)
    current = rows[row] if 0 <= row < len(rows) else Indicator()
    own = current.level1, current.level2
    pair = pair_in(form, table, entry) if entry.level1 or entry.level2 else own
    same = 0 <= row < len(rows) and category_key(*own) == category_key(*pair)
    if 0 <= row < len(rows) and _empty(current) and (same or not any(own)):
        at = row
        levels = own if same else pair
        rows[at] = _filled(form, replace(current, level1=levels[0], level2=levels[1]), entry)
    else:
        at = row + 1 if same else CategoryOrder(form, table, rows).place(rows, pair)
        new = Indicator(*(own if same else pair), task=current.task)
        rows.insert(at, _filled(form, new, entry))
    changed = settle_levels(form, table, replace_rows(table, "indicators", rows))
    edit = Edit(changed, f"插入指标 {_short(entry.name)}", "indicators", (at,))
    return Inserted(edit, suggestion(form, entry))


def suggestion(form: Form, entry: Entry) -> str:
    """The value of an entry as the form's value cell would show it: "4", or "≥4次" if joined."""
    if not entry.value or not _joined(form):
        return entry.value
    return format_target(Target(entry.comparator, entry.value, entry.unit))


def suggestion_for(form: Form, row: Indicator, entry: Entry | None) -> str:
    """What to show faintly in a row's empty value cell; "" where it says something already.

    Args:
        form: The form.
        row: The indicator.
        entry: ``Library.entry_for(row)``.
    """
    return "" if entry is None or row.value or row.written else suggestion(form, entry)


def _joined(form: Form) -> bool:
    return form.has("indicators", "target")


def _empty(row: Indicator) -> bool:
    return row == Indicator(row.level1, row.level2, task=row.task)


def _filled(form: Form, row: Indicator, entry: Entry) -> Indicator:
    """A row with the entry's name, and those of its texts that the form has a column for.

    A cell that joins comparator, value and unit stays empty: typing into it writes all three.
    """
    new = {
        column: getattr(entry, column)
        for column in _COLUMNS
        if not getattr(row, column) and (form.has("indicators", column))
    }
    if row.value or row.written or _joined(form):
        new.pop("comparator", None)
        new.pop("unit", None)
    return replace(row, level3=entry.name, **new)


def _short(name: str) -> str:
    return name if len(name) <= 16 else name[:15] + "…"
