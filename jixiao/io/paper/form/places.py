"""Every place of a table in which a text can stand, whether its form shows it or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jixiao.io.paper.form.fill import joined_text, value_letters
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Binding
from jixiao.model.columns import texts_of
from jixiao.model.table import LIST_NAMES, Indicator, Table, text_columns
from jixiao.model.vocabulary import paper_comparator

_META = ("title", "agency", "agency_code", "money_unit")
_PARTS = {"c": "comparator", "v": "value", "u": "unit"}
_PLAIN = texts_of("indicators")


def places(form: Form, table: Table) -> Iterator[tuple[Binding, str]]:
    """The non-empty texts of a table with their places, as ``edit`` takes them.

    Much faster than filling a page, which a search of many tables could not afford. The texts are
    those of the page: a joined cell is one text, and a level cell stands for its run of rows.
    """
    yield from _header(table)
    for name in LIST_NAMES:
        rows = table.rows(name)
        if name in {"indicators", "period_indicators"}:
            yield from _levels(name, rows)
            for index, row in enumerate(rows):
                yield from _indicator(form, name, index, row)
        elif name != "empty_levels":  # nothing stands there but what the form prints
            for index, row in enumerate(rows):
                for column in text_columns(row):
                    if text := getattr(row, column):
                        yield Binding(name, column, (index,)), text


def _header(table: Table) -> Iterator[tuple[Binding, str]]:
    for name in _META:
        if text := getattr(table, name):
            yield Binding("field", name), text
    if table.year is not None:
        yield Binding("field", "year"), str(table.year)
    for key, text in table.fields.items():
        if text:
            yield Binding("field", key), text
    for share in table.payment_schedule:
        if share.percent:
            unit = "" if share.percent.endswith(("%", "％")) else "%"
            yield Binding("share", share.by), share.percent + unit


def _levels(name: str, rows: Sequence[Indicator]) -> Iterator[tuple[Binding, str]]:
    """One place for each run of neighbouring rows with the same levels."""
    for depth, column in enumerate(("level1", "level2"), start=1):
        start = 0
        while start < len(rows):
            levels = (rows[start].level1, rows[start].level2)[:depth]
            end = start + 1
            while end < len(rows) and (rows[end].level1, rows[end].level2)[:depth] == levels:
                end += 1
            if levels[-1]:
                yield Binding(name, column, tuple(range(start, end))), levels[-1]
            start = end


def _indicator(form: Form, name: str, index: int, row: Indicator) -> Iterator[tuple[Binding, str]]:
    for column in _PLAIN:
        if text := getattr(row, column):
            yield Binding(name, column, (index,)), text
    letters = _joined_letters(form, name)
    if letters and (text := joined_text(row, letters)):
        yield Binding(name, "target:" + letters, (index,)), text
    for letter, column in _PARTS.items():
        if letter not in letters and (text := getattr(row, column)):
            text = paper_comparator(text) if letter == "c" else text
            yield Binding(name, column, (index,)), text
    for label, text in row.extra.items():
        if text:
            yield Binding(name, "extra:" + label, (index,)), text


def _joined_letters(form: Form, name: str) -> str:
    """The parts of a target value that one cell of the form shows together, "" where none does."""
    columns = form.columns_of.get(name, frozenset())
    if "target" in columns:
        return "cvu"
    letters = value_letters(form) if name == "indicators" and "value" in columns else ""
    return letters if len(letters) > 1 else ""
