"""The lines of the tree as plain nodes, made from the agencies of a book."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

from jixiao.app.tree import entry_name
from jixiao.model.tree import AgencyNode, TableEntry, YearNode

NodeKind = Literal["root", "agency", "year", "table"]


@dataclass(eq=False, slots=True)
class Node:
    """A line of the tree.

    Attributes:
        kind: What it stands for.
        id: The id of the agency, the year or the table.
        text: What is shown.
        icon: The name of its icon.
        name: What is edited when it is renamed.
        state: The state of a table; of a year or agency that of all its tables, when they agree.
        position: The place of a table within its year, also while others are filtered out.
        tables: The ids of the tables in it, its own for a table.
        parent: The node above.
        entries: The tables of a year.
        made: The nodes below, None as long as nobody has asked for them.
    """

    kind: NodeKind
    id: int
    text: str
    icon: str
    name: str = ""
    state: str = ""
    position: int = 0
    tables: tuple[int, ...] = ()
    parent: Node | None = None
    entries: tuple[TableEntry, ...] = ()
    made: list[Node] | None = None

    @property
    def children(self) -> list[Node]:
        """The nodes below; those of tables are made when a year is first looked into."""
        if self.made is None:
            self.made = [_table(entry, self) for entry in self.entries]
        return self.made

    @property
    def key(self) -> Hashable:
        """Tells it from its siblings and stays when it is renamed."""
        return self.kind, self.id

    @property
    def table_id(self) -> int | None:
        """The id of a table; None for agencies and years."""
        return self.id if self.kind == "table" else None

    @property
    def row(self) -> int:
        """Its place among its siblings."""
        return 0 if self.parent is None else self.parent.children.index(self)

    @property
    def shown(self) -> tuple[object, ...]:
        """What is seen of it."""
        return self.text, self.icon, self.name, self.state, self.position

    def take(self, other: Node) -> None:
        """Look like another state of the same node; the children stay."""
        self.text, self.icon, self.name = other.text, other.icon, other.name
        self.state, self.position, self.tables = other.state, other.position, other.tables
        if self.kind == "year":
            self.entries = other.entries


def nodes_of(agencies: Sequence[AgencyNode], only: Collection[int] | None) -> list[Node]:
    """The nodes of agencies; with ``only`` those tables and what stands above them."""
    found = [_agency(agency, only) for agency in agencies]
    return [node for node in found if only is None or node.tables]


def _agency(agency: AgencyNode, only: Collection[int] | None) -> Node:
    name = agency.name or "单位未定"
    years = [_year(year, only) for year in agency.years]
    if only is not None:
        years = [year for year in years if year.tables]
    tables = tuple(table for year in years for table in year.tables)
    states = {year.state for year in years}
    state = states.pop() if len(states) == 1 else ""
    node = Node("agency", agency.id, name, "agency", agency.name, state, tables=tables, made=years)
    for year in years:
        year.parent = node
    return node


def _year(year: YearNode, only: Collection[int] | None) -> Node:
    kept = year.tables if only is None else tuple(e for e in year.tables if e.id in only)
    number = "" if year.year is None else str(year.year)
    text = f"{number} 年度" if number else "年度未定"
    states = {entry.state for entry in kept}
    state = states.pop() if len(states) == 1 else ""
    ids = tuple(entry.id for entry in kept)
    return Node("year", year.id, text, "year", number, state, tables=ids, entries=kept)


def _table(entry: TableEntry, year: Node) -> Node:
    return Node(
        "table",
        entry.id,
        entry_name(entry),
        entry.kind,
        entry.name,
        entry.state,
        entry.position,
        (entry.id,),
        year,
    )
