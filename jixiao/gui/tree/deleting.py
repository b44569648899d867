"""Where one stands after a deletion, and what is told of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from jixiao.gui.tree.nodes import Node
from jixiao.model.tree import AgencyNode


def standing_after(
    agencies: Sequence[AgencyNode],
    table_id: int,
    gone: Collection[int],
    seen: Collection[int] | None = None,
) -> list[tuple[str, int]]:
    """The lines of the tree to stand on when a table goes, the best first.

    The next table of its year that stays, else the one before; then the year and the agency, of
    which one may go with its last table. Another agency's or year's table is never shown instead.
    With ``seen`` those tables come first: a filter has hidden the others.
    """
    for agency in agencies:
        for year in agency.years:
            order = [entry.id for entry in year.tables]
            if table_id in order:
                at = order.index(table_id)
                rest = [*order[at + 1 :], *reversed(order[:at])]
                stay = [other for other in rest if other not in gone]
                stay.sort(key=lambda other: seen is not None and other not in seen)
                tables = [("table", other) for other in stay[:1]]
                return [*tables, ("year", year.id), ("agency", agency.id)]
    return []


def deleted_text(nodes: Sequence[Node], ids: Sequence[int]) -> str:
    """What is told of a deletion."""
    if len(nodes) == 1:
        inside = "" if nodes[0].kind == "table" or not ids else f"的 {len(ids)} 张表"
        return f"“{nodes[0].text}”{inside}放进了回收站。"
    return f"{len(ids)} 张表放进了回收站。"
