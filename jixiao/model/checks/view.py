"""A table prepared for checking: what many rules ask for is worked out once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from jixiao.model.blank_rows import is_blank
from jixiao.model.checks.findings import CellRef, Fix, Note, Profile, Severity
from jixiao.model.checks.kinds import Class, kind_of, level1_of, level2_of
from jixiao.model.columns import KEPT, column_label
from jixiao.model.fields import label_of
from jixiao.model.numbers import decimal_of
from jixiao.model.table import Indicator, ListName, Table
from jixiao.model.vocabulary import (
    INTEGER_UNITS,
    LEVELS,
    NUMERIC_COMPARATORS,
    QUALITATIVE,
    canonical_unit,
    fold_width,
    is_level_pair,
    is_money_unit,
    level_key,
    vintage_of,
)

_DIMENSIONS = frozenset(
    ["履职效能", "管理效率", "运行成本", "社会效应", "社会效益", "可持续发展能力", "可持续性"]
)
"""First levels of departments in places that review by dimensions instead of classes."""
GRID_KINDS = frozenset({"project", "department"})
"""The kinds of tables whose indicators stand below levels."""
_SHOWN = 24


@lru_cache(maxsize=256)
def _vintage_of(pairs: tuple[tuple[str, str], ...]) -> str:
    return vintage_of(pairs)


@lru_cache(maxsize=1024)
def known_pair(level1: str, level2: str) -> bool:
    """Whether any vintage, or a known local variant of one, has this pair of levels."""
    return any(is_level_pair(vintage, level1, level2) for vintage in LEVELS)


@lru_cache(maxsize=2048)
def _unit_of(text: str) -> tuple[str, bool, bool]:
    """Canonical unit, whether it counts things, whether it is plain money."""
    unit = canonical_unit(text)
    counts = unit.removeprefix("个") in INTEGER_UNITS or unit in INTEGER_UNITS
    return unit, counts and bool(unit), is_money_unit(text)


def short(text: str) -> str:
    """A text as a message quotes it, on one line and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator with what rules ask about it.

    Attributes:
        rows: The list in which it stands.
        index: Its position there.
        row: The indicator itself.
        level1: Its canonical first level, or "".
        level2: Its canonical second level, or "".
        kind: The class of its levels, whatever the vintage; "" if they are not told or unknown.
        name: The third-level text without blanks, in half width.
        number: The value, if it is a number.
        unit: The canonical unit.
        counts: Whether the unit counts things.
        money: Whether the unit is plain money.
    """

    rows: ListName
    index: int
    row: Indicator
    level1: str
    level2: str
    kind: Class
    name: str
    number: Decimal | None
    unit: str
    counts: bool
    money: bool

    @property
    def numeric(self) -> bool:
        """Whether its comparator says that the value is a number."""
        return self.row.comparator in NUMERIC_COMPARATORS

    @property
    def qualitative(self) -> bool:
        """Whether its comparator is 定性."""
        return self.row.comparator == QUALITATIVE

    @property
    def percent(self) -> bool:
        """Whether it is a number of percent."""
        return self.unit == "%" and self.number is not None

    @property
    def title(self) -> str:
        """How a message calls it."""
        name = self.row.level3.strip()
        return f"“{short(name)}”" if name else f"第 {self.index + 1} 行指标"

    @property
    def target(self) -> str:
        """Its target value as a message shows it: ≥10次, 定性 良好."""
        row = self.row
        if row.comparator == QUALITATIVE:
            return f"定性 {short(row.value)}"
        return short(f"{row.comparator}{row.value}{row.unit}")

    def cell(self, field: str) -> CellRef:
        """One of its cells."""
        return CellRef(self.rows, self.index, field)

    def says(
        self,
        field: str,
        said: str,
        hint: str,
        *changes: tuple[str, str],
        about: tuple[str, ...],
        severity: Severity | None = None,
        matter: str = "",
        cells: tuple[CellRef, ...] = (),
        sure: bool = True,
    ) -> Note:
        """A note that begins with the name of the row; see ``note``.

        Args:
            field: The column.
            said: The message behind the name; 的 joins the two where it says so (的指标值…).
            hint: What to do.
            changes: (column, text) that a click writes.
            about: The facts that ``said`` is made of, so that equal ones are told together.
            severity: None for the rule's own.
            matter: Which of several things at this place.
            cells: Other cells that it speaks of.
            sure: Whether a machine may make the changes without asking.
        """
        return Note(
            f"{self.title}{said}",
            hint,
            field,
            self.rows,
            self.index,
            self.row.level3,
            severity,
            self._edits(changes),
            about=about,
            said=said.removeprefix("的"),
            matter=matter,
            cells=cells,
            certainty=None if sure else "heuristic",
        )

    def note(
        self,
        field: str,
        message: str,
        hint: str,
        *changes: tuple[str, str],
        severity: Severity | None = None,
        matter: str = "",
        cells: tuple[CellRef, ...] = (),
    ) -> Note:
        """A note about one of its columns; ``changes`` are (column, text) that a click writes."""
        place = (field, self.rows, self.index, self.row.level3)
        edits = self._edits(changes)
        return Note(message, hint, *place, severity, edits, matter=matter, cells=cells)

    def _edits(self, changes: tuple[tuple[str, str], ...]) -> tuple[Fix, ...]:
        return tuple(Fix(self.rows, self.index, column, text) for column, text in changes)


@dataclass(frozen=True, slots=True)
class Place:
    """A text of a table and where it stands; ``indicator`` names the row, if it is one's."""

    rows: ListName | None
    index: int | None
    field: str
    text: str
    indicator: str = ""

    @property
    def label(self) -> str:
        """How a message calls the cell."""
        if self.rows is None:
            return label_of(self.field)
        return f"{column_label(self.field, self.rows)}（第 {(self.index or 0) + 1} 行）"

    @property
    def cell(self) -> CellRef:
        """The cell in which it stands."""
        return CellRef(self.rows, self.index, self.field)

    def note(
        self,
        message: str,
        hint: str,
        *,
        fix: str | None = None,
        severity: Severity | None = None,
        matter: str = "",
        cells: tuple[CellRef, ...] = (),
        sure: bool = True,
    ) -> Note:
        """A note about this text.

        Args:
            message: The whole sentence.
            hint: What to do.
            fix: What a click writes instead.
            severity: None for the rule's own.
            matter: What was found in the text, if a text may hold several such things.
            cells: Other cells that it speaks of.
            sure: Whether a machine may write it without asking.
        """
        edits = () if fix is None else (Fix(self.rows, self.index, self.field, fix),)
        place = (self.field, self.rows, self.index, self.indicator)
        # A header field is called the same in every table, so that like findings say the same.
        about, said = ((matter,), message) if matter and self.rows is None else ((), "")
        return Note(
            message,
            hint,
            *place,
            severity,
            edits,
            about=about,
            said=said,
            matter=matter,
            cells=cells,
            certainty=None if sure else "heuristic",
        )


_TEXTS: Mapping[ListName, tuple[str, ...]] = {
    rows: tuple(
        spec.column
        for spec in specs
        # A task's name is looked at where it stands, not at every indicator of the task.
        if spec.column == "value" or (spec.kind in {"text", "long"} and spec.column != "task")
    )
    for rows, specs in KEPT.items()
}
_DISTRICT = re.compile(r"^(?:.{2,8}?省)?(?:.{2,8}?[市州盟])?.{1,7}?[区县旗]")


class View:
    """A table with its profile, and everything that more than one rule asks of it."""

    def __init__(self, table: Table, profile: Profile) -> None:
        self.table = table
        self.profile = profile
        self.settings = profile.settings
        self.lines = tuple(_lines(table, "indicators"))

    @cached_property
    def all_lines(self) -> tuple[Line, ...]:
        """The lines of the year and, where there is one, of the mid-term half."""
        return (*self.lines, *_lines(self.table, "period_indicators"))

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All texts of the table that are not empty."""
        table = self.table
        found = [Place(None, None, key, text) for key, text in table.fields.items() if text]
        if table.title:
            found.append(Place(None, None, "title", table.title))
        for rows, columns in _TEXTS.items():
            for index, row in enumerate(table.rows(rows)):
                name = row.level3 if isinstance(row, Indicator) else ""
                for column in columns:
                    text: str = getattr(row, column)
                    if text:
                        found.append(Place(rows, index, column, text, name))
        return tuple(found)

    @cached_property
    def all_text(self) -> str:
        """All texts in one, to look quickly whether it is worth looking closely."""
        return "\x01".join(place.text for place in self.places)

    @cached_property
    def agency(self) -> str:
        """The agency, or the department where the agency is not told."""
        return fold_width(self.table.agency or self.table.fields.get("department_name", ""))

    @cached_property
    def district(self) -> str:
        """The name of the county or district to which the agency belongs ("" for others)."""
        found = _DISTRICT.match(self.agency)
        return found[0] if found else ""

    @cached_property
    def by_dimensions(self) -> bool:
        """Whether the levels are those of places that review by dimensions (履职效能, 管理效率)."""
        return len({level_key(line.row.level1) for line in self.lines} & _DIMENSIONS) >= 2

    @cached_property
    def vintage(self) -> str:
        """The vintage of the levels in use; the form's where they do not decide."""
        pairs = dict.fromkeys((line.row.level1, line.row.level2) for line in self.lines)
        return _vintage_of(tuple(pairs)) or self.table.vintage or self.profile.vintage

    def spelling(self, level1: str, level2: str) -> tuple[str, str]:
        """How the form, or else this table, spells a pair of canonical levels."""
        for first, second in self.profile.levels:
            if (level1_of(first), level2_of(second)) == (level1, level2):
                return first, second
        for line in self.lines:
            if (line.level1, line.level2) == (level1, level2):
                return line.row.level1, line.row.level2
        return level1, level2

    def move(self, line: Line, level2: str) -> tuple[tuple[str, str], ...]:
        """What changes in a line that moves to another canonical second level."""
        first, second = self.spelling(self.parent(level2), level2)
        changes = (("level2", second), ("level1", first))
        return tuple(pair for pair in changes if getattr(line.row, pair[0]) != pair[1])

    def parent(self, level2: str) -> str:
        """The canonical first level above a canonical second level in this table's vintage."""
        for first, second in self.profile.levels:
            if level2_of(second) == level2:
                return level1_of(first)
        vintages = [self.vintage] if self.vintage in LEVELS else [*LEVELS][::-1]
        for vintage in (*vintages, *LEVELS):
            for first, seconds in LEVELS[vintage].items():
                if level2 in seconds:
                    return first
        return ""


def _lines(table: Table, rows: ListName) -> Iterator[Line]:
    for index, row in enumerate(table.rows(rows)):
        if not row.level3.strip() and is_blank(row):
            continue
        first, second = level1_of(row.level1), level2_of(row.level2)
        # A row shifted to the left has its second level in the first column.
        stated = second or level2_of(row.level1)
        kind = kind_of(stated, first)
        unit, counts, money = _unit_of(row.unit)
        number = decimal_of(row.value) if row.value else None
        name = fold_width(row.level3)
        yield Line(rows, index, row, first, second, kind, name, number, unit, counts, money)
