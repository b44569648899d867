"""Copying tables to another year (复制到下年): first a preview to be confirmed, then one step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from jixiao.app.editing import binding_label
from jixiao.app.notes import of_new_table
from jixiao.app.session import Session
from jixiao.app.tree import of_agency
from jixiao.io.paper.edit.edit import replace_rows, set_column, with_empty_levels
from jixiao.io.paper.page.grid import Binding
from jixiao.model.carry import Moved, move_period, move_years, year_of_texts
from jixiao.model.errors import KnownError
from jixiao.model.fields import MONEY_KEYS
from jixiao.model.table import (
    LIST_NAMES,
    Indicator,
    Item,
    ListName,
    Row,
    SpendingDetail,
    Table,
    text_columns,
)
from jixiao.model.vocabulary import is_money_unit

Amounts = Literal["keep", "clear"]
_TARGET = "target:cvu"
_NOT_TEXT = frozenset({"level1", "level2", "comparator", "value", "unit", "written", "amount"})
_NUMBER = re.compile(r"[\d.,]+")
_INDICATORS: tuple[ListName, ...] = ("indicators", "period_indicators")


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text that changes, or that stays and must be confirmed (then ``old`` is ``new``).

    Attributes:
        binding: Its place, in the source and in the new table.
        label: What the place is called, with the number of its row (三级指标 第2行).
        old: The text in the source.
        new: The text proposed.
        notes: Why it must be looked at, in Chinese; empty for a plain move of a year.
    """

    binding: Binding
    label: str
    old: str
    new: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CarryPlan:
    """How one table would be carried over.

    Attributes:
        table_id: The table that is carried over.
        source: What it says.
        table: The new table.
        changes: Its texts to be confirmed, in the order of the table.
        existing: Whether the new year has a table of this kind and name already.
    """

    table_id: int
    source: Table
    table: Table
    changes: tuple[TextChange, ...]
    existing: bool


def plan_carry_over(
    session: Session,
    table_ids: Sequence[int],
    to_year: int,
    *,
    amounts: Amounts = "keep",
    forms: Mapping[str, str] | None = None,
) -> list[CarryPlan]:
    """Preview the carrying over of tables; nothing is written.

    Years move in titles, names, periods, texts and targets. Notes are kept as they are, but not
    those about the old table alone (send-back notes, let-be findings, what a reading mended), nor
    texts that an import could not place. ``amounts="clear"`` empties header amounts, amounts of
    details and items, and the values of targets in a money unit (万元, but not 元/人).

    Args:
        session: The open book.
        table_ids: Which tables, in the order in which they are to stand.
        to_year: The new year.
        amounts: Whether amounts are kept or cleared.
        forms: By the id of an old form the id of the new one; other forms stay.

    Raises:
        KnownError: A table is not in the tree, or a new form is not there or of another kind.
    """
    forms = forms or {}
    agencies = {
        entry.id: agency.name
        for agency in session.book.tree()
        for year in agency.years
        for entry in year.tables
    }
    plans: list[CarryPlan] = []
    for table_id in table_ids:
        if table_id not in agencies:
            raise KnownError("要复制的表已不在账本里，请重新选择。")
        source = session.book.table(table_id)
        table, changes = _carried(source, to_year, agencies[table_id])
        if amounts == "clear":
            table = _without_amounts(table)
        table = _in_form(session, table, forms.get(table.form, table.form))
        existing = bool(session.book.find(table.agency, to_year, table.kind, table.name))
        plans.append(CarryPlan(table_id, source, table, changes, existing))
    return plans


def confirmed(plan: CarryPlan, texts: Mapping[int, str]) -> CarryPlan:
    """The plan with the texts that a user decided on.

    Args:
        plan: A plan as ``plan_carry_over`` made it.
        texts: By the index of a change the text to stand there: its ``old``, or any other.
    """
    table = plan.table
    changes = list(plan.changes)
    for index, text in texts.items():
        change = changes[index]
        if text != change.new:
            table = _decided(table, plan.source, change, text)
            changes[index] = replace(change, new=text)
    return replace(plan, table=table, changes=tuple(changes))


def carry_over(session: Session, plans: Sequence[CarryPlan]) -> tuple[int, ...]:
    """Make the planned tables as drafts at the end of their new years, as one step.

    Returns:
        The ids of the new tables, in the order of the plans.

    Raises:
        KnownError: The book cannot be written.
    """
    years = sorted({plan.table.year for plan in plans if plan.table.year is not None})
    with session.book.step("复制到" + "、".join(f"{year}年" for year in years)) as step:
        made = [session.add_table(step, plan.table) for plan in plans]
    return tuple(made)


def _carried(source: Table, to_year: int, agency: str) -> tuple[Table, tuple[TextChange, ...]]:
    base = source.year or year_of_texts(text for _, text in _texts(source)) or to_year - 1
    distance = to_year - base
    table = of_new_table(replace(source, year=to_year, unplaced=()), ignored=False)
    changes: list[TextChange] = []
    if agency and agency != source.agency:
        label = binding_label(Binding("field", "agency"))
        changes.append(TextChange(Binding("field", "agency"), label, source.agency, agency))
        table = of_agency(table, agency)
    for binding, text in _texts(source):
        if binding.name in {_TARGET, "value"}:
            row = source.rows(cast("ListName", binding.target))[binding.rows[0]]
            moved, new = _moved_target(row, base, distance)
            table = table if new == row else _with_row(table, binding, new)
        else:
            move = move_period if binding.name == "implementation_period" else move_years
            moved = move(text, base, distance)
            table = table if moved.text == text else _put(table, binding, moved.text)
        if moved.text != text or moved.notes:
            changes.append(TextChange(binding, _label(binding), text, moved.text, moved.notes))
    return table, tuple(changes)


def _texts(table: Table) -> Iterator[tuple[Binding, str]]:
    """The texts in which a year may stand, with their places."""
    if table.title:
        yield Binding("field", "title"), table.title
    for key, text in table.fields.items():
        if text and key != "project_code" and key not in MONEY_KEYS:
            yield Binding("field", key), text
    for name in LIST_NAMES:
        for index, row in enumerate(table.rows(name)):
            for column in text_columns(row):
                if column == "written":
                    if text := _target_text(row):
                        yield Binding(name, _TARGET if row.written else "value", (index,)), text
                elif column == "extra":
                    for label, text in row.extra.items():
                        yield Binding(name, "extra:" + label, (index,)), text
                elif column not in _NOT_TEXT and (text := getattr(row, column)):
                    yield Binding(name, column, (index,)), text


def _target_text(row: Indicator) -> str:
    """The text of a joined cell as it was written, else the value alone."""
    return row.written or row.value


def _moved_target(row: Indicator, base: int, distance: int) -> tuple[Moved, Indicator]:
    """The target of an indicator moved: a number stays a number, unless its unit is 年."""
    if _NUMBER.fullmatch(row.value) and not row.unit.startswith("年"):
        return Moved(_target_text(row)), row
    joined = move_years(row.value + row.unit, base, distance)
    unit = row.unit if joined.text.endswith(row.unit) else ""
    written = move_years(row.written, base, distance).text
    new = replace(
        row, value=joined.text.removesuffix(unit) if unit else joined.text, written=written
    )
    return Moved(_target_text(new), joined.notes), new


def _label(binding: Binding) -> str:
    label = binding_label(binding)
    return f"{label} 第{binding.rows[0] + 1}行" if binding.rows else label


def _decided(table: Table, source: Table, change: TextChange, text: str) -> Table:
    """The table with a text of the user's own, or with the old one, at the place of a change."""
    if change.binding.name not in {_TARGET, "value"}:
        return _put(table, change.binding, text)
    name, index = cast("ListName", change.binding.target), change.binding.rows[0]
    row: Indicator = table.rows(name)[index]
    if text == change.old:
        old: Indicator = source.rows(name)[index]
        row = replace(row, value=old.value, unit=old.unit, written=old.written)
    else:
        row = cast("Indicator", set_column(row, change.binding.name, text))
    return _with_row(table, change.binding, row)


def _put(table: Table, binding: Binding, text: str) -> Table:
    """The table with a text at a place, exactly as it is."""
    if binding.target != "field":
        row = table.rows(cast("ListName", binding.target))[binding.rows[0]]
        return _with_row(table, binding, set_column(row, binding.name, text))
    if binding.name in {"title", "agency"}:
        meta: dict[str, Any] = {binding.name: text}
        return replace(table, **meta)
    fields = {**table.fields, binding.name: text}
    return replace(table, fields={key: found for key, found in fields.items() if found})


def _with_row(table: Table, binding: Binding, row: Row) -> Table:
    name = cast("ListName", binding.target)
    rows = list(table.rows(name))
    rows[binding.rows[0]] = row
    return replace_rows(table, name, rows)


def _without_amounts(table: Table) -> Table:
    lists: dict[str, Any] = {
        name: tuple(_without_amount(row) for row in table.rows(name))
        for name in (*_INDICATORS, "spending_details", "items")
    }
    fields = {key: text for key, text in table.fields.items() if key not in MONEY_KEYS}
    return replace(table, fields=fields, **lists)


def _without_amount(row: Indicator | SpendingDetail | Item) -> Row:
    if not isinstance(row, Indicator):
        return replace(row, amount="")
    return replace(row, value="", written="") if is_money_unit(row.unit) else row


def _in_form(session: Session, table: Table, form_id: str) -> Table:
    """The table in another form; which empty levels it prints is that form's matter."""
    if form_id == table.form:
        return table
    form = session.forms.of_book(session.book, form_id)
    if form is None or form.kind != table.kind:
        raise KnownError(f"“{table.name}”不能用表样“{form_id}”：没有这个表样，或者种类不同。")
    return with_empty_levels(form, replace(table, form=form_id))
