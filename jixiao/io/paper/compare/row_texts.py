"""The places of a table as comparing and listing see them: their texts and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from jixiao.io.paper.compare.align import Face
from jixiao.io.paper.form.fill import joined_text, percent_text
from jixiao.io.paper.page.grid import Binding
from jixiao.model.columns import column_label, texts_of
from jixiao.model.fields import META_FIELDS, label_of
from jixiao.model.table import (
    Indicator,
    Row,
    SpendingDetail,
    Table,
    Unplaced,
)
from jixiao.model.vocabulary import level_key, paper_comparator

WHOLE_TARGET = "target:cvu"
META = (*(spec.key for spec in META_FIELDS), "form", "other")
_WORDS = {
    "tasks": "任务",
    "indicators": "指标",
    "period_indicators": "实施期指标",
    "spending_details": "支出明细",
    "items": "项目",
    "measures": "保障措施",
    "notes": "附注",
    "unplaced": "未能放置的内容",
}
LISTS = tuple(_WORDS)
LEVELS = ("level1", "level2")
_LONGEST_NAME = 20

AnyRow = Row | Unplaced | str
"""A row of any list; notes are texts."""


def text_at(table: Table, place: Binding) -> str:
    """The text at a place of a table, as a page shows it; empty where there is none."""
    if place.target == "field":
        if place.name not in META:
            return table.fields.get(place.name, "")
        value = getattr(table, place.name)
        return "" if value is None else str(value)
    if place.target == "share":
        found = (s.percent for s in table.payment_schedule if s.by == place.name)
        return percent_text(next(found, ""))
    return joined_rows(table, place, place.rows)


def row_text(row: AnyRow) -> str:
    """All that a row says, on one line."""
    texts = (cell_text(row, column) for column in columns_of(row))
    return " | ".join(text for text in texts if text)


def joined_rows(table: Table, place: Binding, rows: Sequence[int]) -> str:
    """The text of a cell that shows these rows: one text where they agree."""
    all_rows = rows_of(table, place.target)
    texts = (cell_text(all_rows[row], place.name) for row in rows)
    return "、".join(dict.fromkeys(text for text in texts if text))


def rows_of(table: Table, name: str) -> Sequence[AnyRow]:
    """The rows of a list by its name, notes and unplaced texts among them."""
    return getattr(table, name)


def columns_of(row: AnyRow) -> list[str]:
    """The columns of a row as they are compared; a target value is one of them."""
    if isinstance(row, str):
        return ["text"]
    if not isinstance(row, Indicator):
        return list(row.__dataclass_fields__)
    words = (column for column in texts_of("indicators") if column != "level3")
    plain = (*words, "other")
    extra = ("extra:" + label for label in sorted(row.extra))
    return [*LEVELS, "level3", WHOLE_TARGET, *plain, *extra]


def cell_text(row: AnyRow, column: str) -> str:
    """The text of one column of a row, as a page shows it."""
    if isinstance(row, str):
        return row
    if isinstance(row, Indicator):
        if column == "comparator":
            return paper_comparator(row.comparator)
        if column.startswith("target:"):
            return joined_text(row, column.removeprefix("target:"))
        if column.startswith("extra:"):
            return row.extra.get(column.removeprefix("extra:"), "")
    return cast("str", getattr(row, column))


def face_of(row: AnyRow) -> Face:
    """What a row is known by when rows are compared."""
    if isinstance(row, Indicator):
        group = (level_key(row.level1), level_key(row.level2), row.task)
        texts = [cell_text(row, column) for column in columns_of(row)[3:]]
        return Face(row.level3, group, (row.comparator, row.value, row.unit, *texts))
    if isinstance(row, Unplaced):
        return Face(row.text, (row.file, row.sheet, row.cell))
    if isinstance(row, SpendingDetail):
        return Face(row.detail or row.content, (row.content,), (row.amount, row.basis))
    name, *others = (cell_text(row, column) for column in columns_of(row))
    return Face(name, (), tuple(others))


def row_label(name: str, row: AnyRow, index: int) -> str:
    """What a row is called: 指标“活动次数”, 支出明细第2行."""
    said = row if isinstance(row, str) else face_of(row).name
    if not said or name in {"notes", "unplaced"}:
        return f"{_WORDS[name]}第{index + 1}行"
    short = said if len(said) <= _LONGEST_NAME else said[: _LONGEST_NAME - 1] + "…"
    return f"{_WORDS[name]}“{short}”"


def place_label(place: Binding) -> str:
    """What a place is called, without the name of its row."""
    if place.target == "field":
        own = {"form": "表样", "other": column_label("other")}
        return own.get(place.name) or label_of(place.name)
    if place.target == "share":
        return "资金支出计划 " + place.name
    return f"{_WORDS[place.target]} {column_label(place.name)}"
