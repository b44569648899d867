"""Checking the tables of a book: what the finance bureau would send back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jixiao.app.checking.options import options_of
from jixiao.app.log import logged
from jixiao.app.session import Session
from jixiao.io.paper.page.grid import Cell, Grid
from jixiao.model.checks import SEVERITIES, SEVERITY_RANK, Finding, Profile, Severity, check_tables
from jixiao.model.ignored import Mark, marks_of, reasons
from jixiao.model.table import Table, shown_name
from jixiao.model.vocabulary import level_key

_TARGET_COLUMNS = frozenset({"comparator", "value", "unit"})
_LEVELS = frozenset({"level1", "level2"})


@dataclass(frozen=True)
class TableFinding:
    """A finding with the table it concerns.

    Attributes:
        table_id: The table's id in the book.
        table: What it said when it was checked.
        finding: What was found.
        ignored: Why the user let it be; None while it is open.
        key: What tells it from the other findings of the book, also after another check.
    """

    table_id: int
    table: Table
    finding: Finding
    key: tuple[object, ...]
    ignored: str | None = None

    @property
    def open(self) -> bool:
        """True while it waits to be mended or ignored."""
        return self.ignored is None


def check(
    session: Session,
    table_ids: Collection[int] | None = None,
    *,
    instead: Mapping[int, Table] | None = None,
) -> list[TableFinding]:
    """The findings of tables, ignored ones too, in the order of the tree and by severity.

    The book and its forms say by which rules (``options``). Tables of one agency
    and year are checked against each other as far as they are asked for.

    Args:
        session: The open book.
        table_ids: Which tables; None: all.
        instead: What tables say that are on the screen and not yet in the book.

    Raises:
        BookError: The book cannot be read.
    """
    typed = instead or {}
    entries = [(id_, typed.get(id_, table)) for id_, table in session.book.tables(table_ids)]
    tables = [table for _, table in entries]
    found: list[list[Finding]] = [[] for _ in entries]
    for index, finding in check_tables(tables, _profiles(session, tables)):
        found[index].append(finding)
    result: list[TableFinding] = []
    for (table_id, table), findings in zip(entries, found, strict=True):
        findings.sort(key=lambda finding: SEVERITY_RANK[finding.severity])
        counted = Counter[Mark]()
        lines = zip(findings, marks_of(table, findings), reasons(table, findings), strict=True)
        for finding, mark, why in lines:
            result.append(
                TableFinding(table_id, table, finding, (table_id, mark, counted[mark]), why)
            )
            counted[mark] += 1
    return result


def check_around(session: Session, table_ids: Collection[int] | None = None) -> list[TableFinding]:
    """The findings of tables, compared with all tables of their agency and year.

    Args:
        session: The open book.
        table_ids: Which tables' findings are wanted; None: all.

    Raises:
        BookError: The book cannot be read.
    """
    if table_ids is None:
        return check(session)
    wanted = set(table_ids)
    years = [
        {entry.id for entry in year.tables}
        for agency in session.book.tree()
        for year in agency.years
    ]
    around = {table_id for ids in years if not wanted.isdisjoint(ids) for table_id in ids}
    return [found for found in check(session, around) if found.table_id in wanted]


def _profiles(session: Session, tables: Sequence[Table]) -> dict[str, Profile]:
    """The profiles of the forms of tables, each form looked up once."""
    options = options_of(session)
    own = session.forms
    return {
        form_id: options.profile(own.of_book(session.book, form_id) if form_id else None)
        for form_id in {table.form for table in tables}
    }


@logged("check", result=lambda findings: {"findings": len(findings)})
def check_book(session: Session) -> list[TableFinding]:
    """The open findings of all tables, in the order of the tree."""
    return [found for found in check(session) if found.open]


def has_errors(findings: Sequence[TableFinding]) -> bool:
    """True when an open one of them marks a table as not ready."""
    return any(found.open and found.finding.severity == "error" for found in findings)


def counts(findings: Sequence[TableFinding]) -> dict[Severity, int]:
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
    if finding.rows == "empty_levels":
        return _printed_row(page, finding.levels)
    cell = cell_at(page, finding.rows, finding.index, finding.field)
    if cell is None and finding.field in _LEVELS:
        return cell_at(page, finding.rows, finding.index, "level3")
    return cell


def _printed_row(page: Grid, levels: tuple[str, str]) -> Cell | None:
    """The name's cell of a printed row in which no indicator stands."""
    wanted = (level_key(levels[0]), level_key(levels[1]))
    for cell, part in page.bound():
        binding = part.binding
        if (
            binding is None
            or binding.rows
            or (binding.target, binding.name) != ("indicators", "level3")
        ):
            continue
        if (level_key(binding.level1), level_key(binding.level2)) == wanted:
            return cell
    return None


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


def name_of(table: Table) -> str:
    """How a list calls a table: the department's table by its kind, others by their name."""
    if table.kind == "department":
        return "部门整体支出绩效目标表"
    return shown_name(" ".join(table.name.split()))
