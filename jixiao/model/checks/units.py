"""The money unit against the form: amounts under a wrong unit, and counting them in another one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jixiao.model.checks.findings import Fix, Note
from jixiao.model.checks.money import money_unit, says_none
from jixiao.model.checks.view import View
from jixiao.model.fields import FIELDS, MONEY_KEYS
from jixiao.model.numbers import amount_of, in_unit, plain
from jixiao.model.table import Table

_MONEY_LABEL = re.compile(r"资金|金额|预算|收入|支出|拨款|经费|[款费]$")
"""Labels of amounts among the fields that only one form has."""
_OWN_UNIT = re.compile(r"元")


def check_unit(view: View) -> Iterator[Note]:
    """M8: the form prints another unit than the table counts in, or none at all."""
    profile = view.profile
    message = unit_clash(view.table, profile.money_unit, prints=profile.prints_unit)
    if not message:
        return
    unit = profile.money_unit
    edits, unread = conversion(view.table, unit)
    hint = f"请核对；金额确实以{money_unit(view.table)}计的，可以全部换算成{unit}。"
    if unread:
        hint = f"“{unread}”看不出是多少钱，改好以后才能换算成{unit}。"
    # Whether the amounts or the unit are right, only a person knows.
    severity = "error" if profile.prints_unit else "warning"
    yield Note(message, hint, "money_unit", severity=severity, edits=edits, certainty="heuristic")


def unit_clash(table: Table, form_unit: str, *, prints: bool) -> str:
    """One sentence where a form shows a table's amounts under a wrong unit or none, else "".

    Args:
        table: The table.
        form_unit: The unit in which amounts on the form are read; "" where the table says it.
        prints: Whether the form prints that unit.
    """
    unit = money_unit(table)
    if not table.money_unit or not form_unit or unit == form_unit or not _has_amounts(table):
        return ""
    if prints:
        return f"表样印的金额单位是{form_unit}，这张表的金额以{unit}计。"
    return f"表样不印金额单位，一般按{form_unit}填；这张表的金额以{unit}计。"


def conversion(table: Table, unit: str) -> tuple[tuple[Fix, ...], str]:
    """What counts all amounts of a table in another unit, exactly.

    Args:
        table: The table; units of indicators are their own and stay.
        unit: The unit of money to count in.

    Returns:
        The cells to change, the money unit among them; and where an amount cannot be read, no
        cells and its text.
    """
    edits = [Fix(None, None, "money_unit", unit)]
    before = money_unit(table)
    for place in _amounts(table):
        amount = amount_of(place.text, before)
        if amount is None:
            return (), " ".join(place.text.split())
        edits.append(
            Fix(place.rows, place.index, place.field, plain(in_unit(amount, before, unit)))
        )
    return tuple(edits), ""


def _amounts(table: Table) -> Iterator[Fix]:
    """The cells that hold amounts, each with what stands in it."""
    for key, text in table.fields.items():
        if key in MONEY_KEYS:
            certain = not says_none(text)
        else:
            named = _MONEY_LABEL.search(key) and not _OWN_UNIT.search(key)
            certain = key not in FIELDS and bool(named) and amount_of(text, "元") is not None
        if certain:
            yield Fix(None, None, key, text)
    for index, row in enumerate(table.spending_details):
        if not says_none(row.amount):
            yield Fix("spending_details", index, "amount", row.amount)
    for index, item in enumerate(table.items):
        if not says_none(item.amount):
            yield Fix("items", index, "amount", item.amount)


def _has_amounts(table: Table) -> bool:
    return next(_amounts(table), None) is not None
