"""Checking the tables of a book: what the finance bureau would send back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jixiao.app.session import Session
from jixiao.io.form import Form
from jixiao.io.grid import Cell, Grid
from jixiao.model.checks import Finding, Profile, Settings, check_tables
from jixiao.model.ignored import reasons
from jixiao.model.table import Table

_TARGET_COLUMNS = frozenset({"comparator", "value", "unit"})
_LEVELS = frozenset({"level1", "level2"})
SEVERITIES = {"error": "错误", "warning": "提醒", "hint": "提示"}
"""The severities in Chinese, the gravest first."""
_RANK = {severity: rank for rank, severity in enumerate(SEVERITIES)}


@dataclass(frozen=True)
class CheckOptions:
    """What the user wants of the checks, whatever the form.

    Attributes:
        switched_off: Ids of rules that are not to speak.
        settings: Thresholds and habits.
    """

    switched_off: frozenset[str] = frozenset()
    settings: Settings = field(default_factory=Settings)


DEFAULT_OPTIONS = CheckOptions()


@dataclass(frozen=True)
class TableFinding:
    """A finding with the table it concerns.

    Attributes:
        table_id: The table's id in the book.
        table: What it said when it was checked.
        finding: What was found.
        ignored: Why the user let it be; None while it is open.
    """

    table_id: int
    table: Table
    finding: Finding
    ignored: str | None = None

    @property
    def open(self) -> bool:
        """True while it waits to be mended or ignored."""
        return self.ignored is None


def profile_of(form: Form | None, options: CheckOptions = DEFAULT_OPTIONS) -> Profile:
    """What is asked of the tables of a form; None for a table without one."""
    if form is None:
        return Profile(switched_off=options.switched_off, settings=options.settings)
    return Profile(
        required=form.required,
        levels=form.levels,
        vintage=form.vintage,
        switched_off=options.switched_off,
        settings=options.settings,
    )


def check(
    session: Session,
    table_ids: Collection[int] | None = None,
    options: CheckOptions = DEFAULT_OPTIONS,
    *,
    instead: Mapping[int, Table] | None = None,
) -> list[TableFinding]:
    """The findings of tables, ignored ones too, in the order of the tree and by severity.

    Tables of one agency and year are checked against each other as far as they are asked for.

    Args:
        session: The open book.
        table_ids: Which tables; None: all.
        options: Switches and thresholds.
        instead: What tables say that are on the screen and not yet in the book.

    Raises:
        BookError: The book cannot be read.
    """
    typed = instead or {}
    entries = [(id_, typed.get(id_, table)) for id_, table in session.book.tables(table_ids)]
    tables = [table for _, table in entries]
    found: list[list[Finding]] = [[] for _ in entries]
    for index, finding in check_tables(tables, _profiles(session, tables, options)):
        found[index].append(finding)
    result: list[TableFinding] = []
    for (table_id, table), findings in zip(entries, found, strict=True):
        findings.sort(key=lambda finding: _RANK[finding.severity])
        pairs = zip(findings, reasons(table, findings), strict=True)
        result += [TableFinding(table_id, table, finding, why) for finding, why in pairs]
    return result


def _profiles(
    session: Session, tables: Sequence[Table], options: CheckOptions
) -> dict[str, Profile]:
    """The profiles of the forms of tables, each form looked up once."""
    forms = {table.form for table in tables}
    own = session.forms
    return {
        form_id: profile_of(own.of_book(session.book, form_id) if form_id else None, options)
        for form_id in forms
    }


def check_book(session: Session, options: CheckOptions = DEFAULT_OPTIONS) -> list[TableFinding]:
    """The open findings of all tables, in the order of the tree."""
    return [found for found in check(session, None, options) if found.open]


def has_errors(findings: Sequence[TableFinding]) -> bool:
    """True when an open one of them marks a table as not ready."""
    return any(found.open and found.finding.severity == "error" for found in findings)


def counts(findings: Sequence[TableFinding]) -> dict[str, int]:
    """How many open findings there are of each severity, the gravest first; none left out."""
    number = Counter(found.finding.severity for found in findings if found.open)
    return {severity: number[severity] for severity in SEVERITIES}


def findings_json(session: Session, findings: Sequence[TableFinding]) -> dict[str, Any]:
    """The report of ``check --json``."""
    pages: dict[int, Grid] = {}
    result: list[dict[str, Any]] = []
    for found in findings:
        table, finding = found.table, found.finding
        if found.table_id not in pages:
            pages[found.table_id] = session.page_of(table)
        result.append(
            {
                "rule": finding.rule,
                "dimension": finding.dimension,
                "severity": finding.severity,
                "agency": table.agency or None,
                "year": table.year,
                "kind": table.kind,
                "table": table.name or None,
                "field": finding.field or None,
                "indicator": finding.indicator or None,
                "cell": cell_of(pages[found.table_id], finding) or None,
                "message": finding.message,
                "fix": finding.fix,
            }
        )
    return {"findings": result}


def cell_of(page: Grid, finding: Finding) -> str:
    """The address on the form's page of the cell a finding concerns, "" where there is none."""
    cell = place_of(page, finding)
    return "" if cell is None else page.address(cell.row, cell.col)


def place_of(page: Grid, finding: Finding) -> Cell | None:
    """The cell of the form's page that a finding concerns, None where there is none.

    Where the form itself prints the levels of a row, its name stands for them.
    """
    cell = cell_at(page, finding.rows, finding.index, finding.field)
    if cell is None and finding.field in _LEVELS:
        return cell_at(page, finding.rows, finding.index, "level3")
    return cell


def cell_at(page: Grid, rows: str | None, index: int | None, name: str) -> Cell | None:
    """The cell of a page that shows a place of a table.

    Args:
        page: The filled page.
        rows: The list in which the row stands; None for a header field.
        index: The row's position there; None for the first row.
        name: The header field's key, or the column.
    """
    if rows is None:
        if name == "payment_schedule":
            shares = (key for key in page.places if key[0] == "share")
            return next((page.places[key] for key in shares), None)
        return page.places.get(("field", -1, name)) or page.places.get(("share", -1, name))
    row = -1 if index is None else index
    cell = page.places.get((rows, row, name))
    if cell is None and name in _TARGET_COLUMNS:
        joined = (f"target:{letters}" for letters in ("cvu", "cv", "vu", "v"))
        cell = next((c for key in joined if (c := page.places.get((rows, row, key)))), None)
    return cell
