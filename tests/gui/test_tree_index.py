"""The tables of a tree by id: order, years, and what is not there."""

from __future__ import annotations

import time

from jixiao.gui.tree.index import TreeIndex
from jixiao.model.tree import AgencyNode, TableEntry, YearNode


def entry(table_id: int, position: int = 0) -> TableEntry:
    return TableEntry(table_id, f"表{table_id}", "project", "", "", "草稿", position)


def year(number: int, *ids: int) -> YearNode:
    return YearNode(number, number, tuple(entry(i, at) for at, i in enumerate(ids)))


def test_order_and_years() -> None:
    tree = [
        AgencyNode(1, "甲", "", (year(2026, 7, 3), year(2025))),
        AgencyNode(2, "乙", "", (year(2024, 1),)),
    ]
    index = TreeIndex(tree)
    assert list(index.entries) == [7, 3, 1]
    assert index.years == [frozenset({7, 3}), frozenset({1})]
    assert index.year_of(3) == {7, 3}
    assert index.year_of(99) == index.year_of(None) == frozenset()
    assert index.in_order({1, 3, 99}) == [3, 1]
    assert index.in_order([3, 7]) == [7, 3]


def test_large_tree_is_not_walked_through() -> None:
    tree = [
        AgencyNode(
            a,
            "",
            "",
            tuple(year(y, *range(a * 1000 + y * 20, a * 1000 + y * 20 + 20)) for y in range(50)),
        )
        for a in range(1, 11)
    ]
    index = TreeIndex(tree)
    assert len(index.entries) == 10_000
    start = time.process_time()
    for table_id in range(1000, 2000):
        assert index.in_order(index.year_of(table_id)) == sorted(index.year_of(table_id))
    assert time.process_time() - start < 1  # walking through all of it would take ten times that
