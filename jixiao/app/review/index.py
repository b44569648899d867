"""What a book has already, for drafts to be compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jixiao.app.session import Session
from jixiao.model.errors import RefusedFileError
from jixiao.model.schema import REPORTED
from jixiao.model.table import Table

TableKey = tuple[str, int | None, str, str]


def table_key(table: Table) -> TableKey | None:
    """By what a table is known in a book; None for one without a name."""
    return (table.agency, table.year, table.kind, table.name) if table.name else None


@dataclass(frozen=True)
class BookIndex:
    """What a book has: its tables by agency, year, kind and name, and the names to offer.

    ``locked`` are the tables that were handed in and must not change, ``indicators`` the number of
    indicators of each.
    """

    ids: Mapping[TableKey, tuple[int, ...]] = field(default_factory=dict[TableKey, tuple[int, ...]])
    agencies: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    locked: frozenset[int] = frozenset()
    indicators: Mapping[int, int] = field(default_factory=dict[int, int])

    def find(self, table: Table) -> tuple[int, ...]:
        """The tables of the book that are this one: same agency, year, kind and name."""
        key = table_key(table)
        return () if key is None else self.ids.get(key, ())

    def may_replace(self, table_id: int, table: Table) -> bool:
        """True when a table of the book may be replaced by this one.

        It must not be handed in, and a list without indicators replaces none that has some.
        """
        has = bool(table.indicators or table.period_indicators)
        return table_id not in self.locked and (has or not self.indicators.get(table_id, 0))


def book_index(session: Session) -> BookIndex:
    """Look through the book once, so that drafts can be compared with it without it."""
    ids: dict[TableKey, tuple[int, ...]] = {}
    heads = session.book.heads()
    for head in heads:
        if head.name:
            key = (head.agency, head.year, head.kind, head.name)
            ids[key] = (*ids.get(key, ()), head.id)
    tree = session.book.tree()
    years = {year.year for agency in tree for year in agency.years if year.year is not None}
    return BookIndex(
        ids,
        tuple(agency.name for agency in tree if agency.name),
        tuple(sorted(years, reverse=True)),
        frozenset(head.id for head in heads if head.state == REPORTED),
        {head.id: head.indicators for head in heads},
    )


def refuse_own_book(book: Path, path: Path) -> None:
    """Check that a draft is not the open book itself.

    Raises:
        RefusedFileError: It is.
    """
    if path.suffix.lower() == book.suffix.lower() and path.resolve() == book.resolve():
        raise RefusedFileError("这就是现在打开的账本，里面的表已经在这里，不用导入")
