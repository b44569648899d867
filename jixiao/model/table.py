"""A table: what a performance-goal form says, without its layout.

Everything here is immutable plain data. Text that a form does not tell is the empty string
(null in the exchange file); amounts and shares are decimal text exactly as written ("56.10"),
in the table's own money unit.

``other`` of a table or row is what an exchange file tells of it under keys that this program does
not know: a JSON object as text, kept as it is and given back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Kind = Literal["department", "project", "summary", "narrative", "budget", "region"]
KINDS: tuple[Kind, ...] = get_args(Kind)

ListName = Literal[
    "tasks",
    "indicators",
    "period_indicators",
    "spending_details",
    "items",
    "measures",
    "empty_levels",
]
LIST_NAMES: tuple[ListName, ...] = get_args(ListName)

UNNAMED = "未命名的表"


@dataclass(frozen=True, slots=True)
class Task:
    """A main task of the year (年度主要任务, 年度重点工作计划, 分项绩效目标)."""

    name: str = ""
    owner: str = ""
    content: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator.

    ``comparator`` is one of ≥ ≤ = > <, 定性, or empty. ``written`` is the text of a joined or odd
    target-value cell exactly as typed ("90%以上"); the three parts are what it was read as.
    ``extra`` keeps columns without a name of their own, by their header text.
    """

    level1: str = ""
    level2: str = ""
    level3: str = ""
    comparator: str = ""
    value: str = ""
    unit: str = ""
    explanation: str = ""
    basis: str = ""
    remark: str = ""
    task: str = ""
    written: str = ""
    extra: dict[str, str] = field(default_factory=dict[str, str])
    other: str = ""


@dataclass(frozen=True, slots=True)
class SpendingDetail:
    """One line of 支出明细及测算说明; ``amount`` is decimal text in the table's money unit."""

    content: str = ""
    detail: str = ""
    amount: str = ""
    basis: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a summary; ``amount`` is decimal text in the table's money unit."""

    name: str = ""
    amount: str = ""
    period_goal: str = ""
    annual_goal: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One safeguard measure (工作保障措施) of a narrative."""

    name: str = ""
    content: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class LevelPair:
    """A pre-printed row in which nothing but its levels stands."""

    level1: str = ""
    level2: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """One entry of the payment schedule: by when (3月底), how many percent ("35")."""

    by: str = ""
    percent: str = ""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A text of a draft that found no place, with the address where it stood."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    text: str = ""


Row = Task | Indicator | SpendingDetail | Item | Measure | LevelPair

ROW_TYPES: dict[ListName, type[Row]] = {
    "tasks": Task,
    "indicators": Indicator,
    "period_indicators": Indicator,
    "spending_details": SpendingDetail,
    "items": Item,
    "measures": Measure,
    "empty_levels": LevelPair,
}


def text_columns(row: Row | type[Row]) -> tuple[str, ...]:
    """The columns of a row that a person reads and writes, in their order.

    ``extra`` is one of them, which holds several; ``other`` is none.
    """
    return tuple(name for name in row.__dataclass_fields__ if name != "other")


@dataclass(frozen=True, slots=True)
class Table:
    """One performance-goal table.

    ``fields`` holds header fields by canonical key (see ``jixiao.model.fields``) or, for fields
    that only one form has, by their Chinese label; a field that is not told has no key. ``year``
    is None, ``agency`` empty where the source does not tell them. An empty ``title`` means the
    form's own title; an empty ``form`` that none has been chosen yet.
    """

    agency: str = ""
    agency_code: str = ""
    year: int | None = None
    kind: Kind = "project"
    title: str = ""
    money_unit: str = ""
    form: str = ""
    vintage: str = ""
    fields: dict[str, str] = field(default_factory=dict[str, str])
    payment_schedule: tuple[Share, ...] = ()
    tasks: tuple[Task, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    period_indicators: tuple[Indicator, ...] = ()
    spending_details: tuple[SpendingDetail, ...] = ()
    items: tuple[Item, ...] = ()
    measures: tuple[Measure, ...] = ()
    empty_levels: tuple[LevelPair, ...] = ()
    notes: tuple[str, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    other: str = ""

    @property
    def name(self) -> str:
        """What the tree and messages call the table: its project's or department's name."""
        key = "project_name" if self.kind in {"project", "region"} else "department_name"
        return self.fields.get(key) or self.title

    def rows(self, name: ListName) -> tuple[Any, ...]:
        """The rows of one list, by the list's name."""
        return getattr(self, name)


def shown_name(name: str) -> str:
    """What messages and lists call a table with this name, which may be empty."""
    return name or UNNAMED
