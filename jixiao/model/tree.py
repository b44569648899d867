"""The tree of a book: agencies, their years, the tables in them, without what the tables say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from sqlite3 import Connection
from sys import intern
from typing import Any

# New years come above old ones, 年度未定 last, until somebody orders them otherwise.
TREE_ORDER = "a.position, a.id, y.position, y.year IS NULL, y.year DESC, t.position, t.id"

_TREE = f"""
SELECT a.id, a.name, a.code, y.id, y.year, t.id, t.name, t.kind, t.form, t.title, t.state
FROM agencies a LEFT JOIN years y ON y.agency_id = a.id LEFT JOIN tables t ON t.year_id = y.id
ORDER BY {TREE_ORDER}
"""  # noqa: S608 - own words
_HEADS = f"""
SELECT t.id, t.agency, t.year, t.kind, t.name, t.state,
    (SELECT count(*) FROM indicators i WHERE i.table_id = t.id)
    + (SELECT count(*) FROM period_indicators p WHERE p.table_id = t.id)
FROM agencies a JOIN years y ON y.agency_id = a.id JOIN tables t ON t.year_id = y.id
ORDER BY {TREE_ORDER}
"""  # noqa: S608 - own words


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A table in the tree; ``position`` counts from 0 within its year."""

    id: int
    name: str
    kind: str
    form: str
    title: str
    state: str
    position: int


@dataclass(frozen=True, slots=True)
class YearNode:
    """A year of an agency; ``year`` None is 年度未定. One that a user made may be empty."""

    id: int
    year: int | None
    tables: tuple[TableEntry, ...]


@dataclass(frozen=True, slots=True)
class AgencyNode:
    """An agency; an empty ``name`` is 单位未定. One that a user made may be empty.

    Its tables may be printed with another name than the agency has now.
    """

    id: int
    name: str
    code: str
    years: tuple[YearNode, ...]


@dataclass(frozen=True, slots=True)
class TableHead:
    """By what a table is known from elsewhere: what it prints of agency, year, kind and name.

    ``indicators`` counts those of both halves.
    """

    id: int
    agency: str
    year: int | None
    kind: str
    name: str
    state: str
    indicators: int


@dataclass(frozen=True, slots=True)
class DeletedEntry:
    """A table in the recycle bin; ``deleted`` is when it went there (ISO 8601, local)."""

    id: int
    name: str
    kind: str
    agency: str
    year: int | None
    deleted: str


def read_tree(db: Connection) -> list[AgencyNode]:
    """The whole tree, by one query."""
    agencies: list[AgencyNode] = []
    for (agency_id, name, code), rows in groupby(db.execute(_TREE), itemgetter(0, 1, 2)):
        years = tuple(
            YearNode(year_id, year, _entries(in_year))
            for (year_id, year), in_year in groupby(rows, itemgetter(3, 4))
            if year_id is not None
        )
        agencies.append(AgencyNode(agency_id, name, code, years))
    # All of the table was read, megabytes of a large book, and will not be looked at again soon.
    db.execute("PRAGMA shrink_memory")
    return agencies


def _entries(rows: Iterable[tuple[Any, ...]]) -> tuple[TableEntry, ...]:
    live = (row for row in rows if row[5] is not None)
    # Thousands of tables have the same kind, form, title and state: one copy of each is enough.
    return tuple(
        TableEntry(row[5], row[6], *map(intern, row[7:11]), position=at)
        for at, row in enumerate(live)
    )


def read_deleted(db: Connection) -> list[DeletedEntry]:
    """The recycle bin, the newest first."""
    query = (
        "SELECT id, name, kind, agency, year, deleted FROM tables WHERE deleted IS NOT NULL "
        "ORDER BY deleted DESC, id DESC"
    )
    return [DeletedEntry(*row) for row in db.execute(query)]


def read_heads(db: Connection) -> list[TableHead]:
    """By what each table is known, in the order of the tree, without the deleted ones."""
    return [TableHead(*row) for row in db.execute(_HEADS)]
