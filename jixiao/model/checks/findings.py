"""What checks are made of: findings, what a click mends, rules, and the profile of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from jixiao.model.fields import META_KEYS
from jixiao.model.table import Indicator, ListName, Row, Table

Dimension = Literal["完整性", "规范性", "相关性", "适当性", "可行性"]
Severity = Literal["error", "warning", "hint"]
SEVERITIES: Mapping[Severity, str] = {"error": "错误", "warning": "提醒", "hint": "提示"}
"""The severities in Chinese, the gravest first; these words are used everywhere."""
SEVERITY_RANK = {severity: rank for rank, severity in enumerate(SEVERITIES)}
"""0 for the gravest."""
Certainty = Literal["sure", "heuristic"]
Source = Literal["arithmetic", "form", "published", "seen", "custom"]
"""Where a rule comes from: a sum; the form itself; a published review rule or system check; faults
seen in published tables; or custom that no document was found for. A threshold of the last kind
is a setting and is never shown as a quotation of an official document."""

_TARGET_COLUMNS = frozenset({"comparator", "value", "unit"})


@dataclass(frozen=True, slots=True)
class CellRef:
    """A cell of a table: a header field (``rows`` None), or a column of a row of a list."""

    rows: ListName | None
    index: int | None
    field: str


@dataclass(frozen=True, slots=True)
class Fix:
    """One cell that a click changes.

    Attributes:
        rows: The list in which the row stands; None for a header field.
        index: The row's position in that list; None for a header field.
        field: The header field's key, or the column.
        text: What is written there; empty to clear it.
    """

    rows: ListName | None
    index: int | None
    field: str
    text: str

    @property
    def cell(self) -> CellRef:
        """The cell that is written."""
        return CellRef(self.rows, self.index, self.field)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that would be sent back, and where it stands.

    Attributes:
        rule: The rule's id (M1, V6).
        dimension: Which side of the review it belongs to.
        severity: error marks the table as not ready, a warning can be justified, a hint helps.
        message: One sentence in Chinese with the cell's own words and numbers. Like ``hint`` and
            ``said`` it is for people only: nothing is compared or found by it.
        hint: What to do about it, in Chinese.
        field: The header field's key, or the column's (value, amount) if ``rows`` is set.
        rows: The list in which the row stands; None for a header field.
        index: The row's position in that list; None for the list as a whole.
        indicator: The third-level text, if the row is an indicator.
        fix: What one click would write into the cell; None where only a person can tell.
        edits: Everything that the click changes; empty where ``fix`` is None.
        source: Where the rule comes from.
        levels: The levels of the row, where nothing but them stands in it (an empty level).
        certainty: Whether the fix may be made without asking a person about this one.
        about: The words and numbers that it objects to (百分比, ≤206人); findings of a rule with
            the same ``about`` in the same column say the same. Empty where each is a case apart.
        said: The message without the name of its row, for what is said of several rows at once.
        matter: Which of several things a rule may find at one place (the missing class, the slip
            of the pen); empty where the place alone tells it.
        cells: Other cells of the table that it speaks of.
        leaves_empty: The classes that have no indicator any more once the fix has moved its row,
            as S3 names them; ``hint`` says so.
    """

    rule: str
    dimension: Dimension
    severity: Severity
    message: str
    hint: str
    field: str
    rows: ListName | None = None
    index: int | None = None
    indicator: str = ""
    fix: str | None = None
    edits: tuple[Fix, ...] = ()
    source: Source = "seen"
    levels: tuple[str, str] = ("", "")
    certainty: Certainty = "sure"
    about: tuple[str, ...] = ()
    said: str = ""
    matter: str = ""
    cells: tuple[CellRef, ...] = ()
    leaves_empty: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """True when a machine may mend it without asking."""
        return bool(self.edits) and self.certainty == "sure"


@dataclass(frozen=True, slots=True)
class Note:
    """What a rule's function says; the rule makes a finding of it, where the names are explained.

    ``severity`` and ``certainty`` are None where the rule's own apply.
    """

    message: str
    hint: str
    field: str
    rows: ListName | None = None
    index: int | None = None
    indicator: str = ""
    severity: Severity | None = None
    edits: tuple[Fix, ...] = ()
    levels: tuple[str, str] = ("", "")
    certainty: Certainty | None = None
    about: tuple[str, ...] = ()
    said: str = ""
    matter: str = ""
    cells: tuple[CellRef, ...] = ()
    leaves_empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Thresholds and habits that differ from place to place.

    None of the numbers stands in an official document that could be quoted; they are custom.

    Attributes:
        min_indicators: Fewer indicators in a table are told (S5).
        max_per_class: More indicators under one second level are told (S5).
        longest_name: Characters of a third-level name (V16).
        satisfaction_high: A satisfaction of so many percent is told as hard to reach (V10).
        percent_word: Whether 百分比 is accepted as a unit, as some districts' systems print it.
        decimals: Decimal places of an amount that are usual (M8).
        largest_amount: An amount of more 万元 is probably counted in 元 (M8).
        report_unfounded: Whether numbers of a goal without an indicator are told (T1).
        single_output: A project of so many 万元 whose only quantity is one is told (A1).
    """

    min_indicators: int = 5
    max_per_class: int = 6
    longest_name: int = 100
    satisfaction_high: int = 98
    percent_word: bool = False
    decimals: int = 2
    largest_amount: int = 100_000
    report_unfounded: bool = True
    single_output: int = 10


DEFAULT_SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Profile:
    """What a form asks of its tables.

    Attributes:
        required: Keys of header fields that may not be empty.
        levels: (level 1, level 2) as the form spells them; empty if no form is known.
        vintage: The vintage that the form's levels belong to ("2015", "2021"), or "".
        switched_off: Ids of rules that do not apply to this form.
        joined_target: Whether the form shows comparator and value in one cell, which is seen as it
            was typed; None if no form is known.
        no_direct_beneficiaries: Why a table needs no satisfaction indicator; empty if it does.
        settings: Thresholds and habits.
        money_unit: The unit that the form prints with its amounts, or that is understood where it
            has no place for one; "" where the table says it.
        prints_unit: Whether the form prints that unit.
    """

    required: tuple[str, ...] = ()
    levels: tuple[tuple[str, str], ...] = ()
    vintage: str = ""
    switched_off: frozenset[str] = frozenset()
    joined_target: bool | None = None
    no_direct_beneficiaries: str = ""
    settings: Settings = field(default=DEFAULT_SETTINGS)
    money_unit: str = ""
    prints_unit: bool = False


DEFAULT_PROFILE = Profile()


def apply_fix(table: Table, finding: Finding) -> Table:
    """The table after a click on a finding's fix; the same table where there is none to make.

    An edit of a row that is no longer there is left out, so that a stale finding does no harm.
    """
    for edit in finding.edits:
        if edit.rows is None:
            table = _with_field(table, edit.field, edit.text)
        elif edit.index is not None and edit.index < len(table.rows(edit.rows)):
            rows = list(table.rows(edit.rows))
            rows[edit.index] = _with_column(rows[edit.index], edit.field, edit.text)
            table = replace(table, **{edit.rows: tuple(rows)})
    return table


def _with_field(table: Table, key: str, text: str) -> Table:
    if key in META_KEYS:
        return replace(table, **{key: text})
    fields = {name: old for name, old in table.fields.items() if name != key or text}
    if text:
        fields[key] = text
    return replace(table, fields=fields)


def _with_column(row: Row, column: str, text: str) -> Row:
    """A row with one column written; a target that changes is no longer as it was typed."""
    changes: dict[str, Any] = {column: text}
    if isinstance(row, Indicator) and column in _TARGET_COLUMNS:
        changes["written"] = ""
    return replace(row, **changes)
