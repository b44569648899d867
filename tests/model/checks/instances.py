"""The mistakes of two published documents that reviewers listed, and where they stand.

Left out are those that the reading heals, or that are the form's own spelling (they are tried on
tables that carry them, see ``test_carried``), and one sum that is right (number 47).
"""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.model.table import ListName


@dataclass(frozen=True)
class Instance:
    """A mistake: its number, its rule, and the cell; ``index`` None is the list or the header."""

    number: int
    rule: str
    table: str
    rows: ListName | None
    index: int | None
    field: str


_DEPARTMENT, _MEETING, _DEPUTIES, _ONLINE, _VOTE = (
    "lukou2026-department",
    *(f"lukou2026-project-{n}" for n in range(1, 5)),
)
_SF, _SF_SUM, _SF_WORK, _SF_DEPUTIES = (
    "shifeng2023-department",
    "shifeng2023-summary",
    "shifeng2023-project-1",
    "shifeng2023-project-2",
)

INSTANCES: tuple[Instance, ...] = (
    Instance(2, "V6", _DEPARTMENT, "indicators", 12, "unit"),
    *(
        Instance(3, "V7", _DEPARTMENT, "indicators", i, "unit")
        for i in (8, 9, 10, 11, 13, 14, 15, 16)
    ),
    *(Instance(3, "V7", _MEETING, "indicators", i, "unit") for i in (6, 7, 10, 11, 12)),
    *(Instance(3, "V7", _DEPUTIES, "indicators", i, "unit") for i in (5, 6, 10)),
    *(Instance(3, "V7", _ONLINE, "indicators", i, "unit") for i in (4, 5, 7, 8, 9)),
    *(Instance(3, "V7", _VOTE, "indicators", i, "unit") for i in (5, 6, 8, 9)),
    Instance(6, "T1", _MEETING, "indicators", 2, "value"),
    Instance(7, "T1", _MEETING, "indicators", 9, "value"),
    Instance(8, "T1", _MEETING, "indicators", 6, "value"),
    Instance(9, "T1", _MEETING, None, None, "annual_goal"),
    Instance(10, "T5", _MEETING, "indicators", 3, "level3"),
    *(Instance(11, "V12", _MEETING, "indicators", i, "comparator") for i in (0, 1, 2, 4, 5)),
    Instance(17, "C6", _DEPUTIES, "indicators", 9, "level2"),
    Instance(18, "T6", _DEPUTIES, None, None, "annual_goal"),
    Instance(19, "V7", _ONLINE, "indicators", 2, "unit"),
    Instance(20, "T6", _ONLINE, None, None, "annual_goal"),
    Instance(22, "C4", _VOTE, "indicators", 6, "level2"),
    Instance(23, "T9", _VOTE, "indicators", 0, "unit"),
    Instance(24, "T1", _VOTE, "indicators", 1, "value"),
    Instance(25, "C1", _SF, "indicators", 1, "level2"),
    Instance(26, "T1", _SF, "indicators", 0, "value"),
    Instance(27, "V13", _SF, "indicators", 2, "value"),
    *(Instance(28, "V13", _SF, "indicators", i, "value") for i in (4, 5, 6)),
    Instance(29, "C7", _SF, "indicators", 6, "level2"),
    Instance(30, "C6", _SF, "indicators", 7, "level2"),
    Instance(32, "T4", _SF, "indicators", 4, "level3"),
    Instance(32, "T4", _SF, "tasks", 0, "content"),
    Instance(33, "T7", _SF_SUM, "items", 0, "annual_goal"),
    Instance(33, "T7", _SF_DEPUTIES, None, None, "annual_goal"),
    Instance(34, "T1", _SF_SUM, "items", 1, "annual_goal"),
    Instance(35, "M5", _SF_WORK, "spending_details", 0, "basis"),
    Instance(36, "V7", _SF_WORK, "indicators", 3, "unit"),
    *(Instance(37, "V1", _SF_WORK, "indicators", i, "comparator") for i in (0, 1, 2, 5, 7, 8)),
    Instance(38, "V14", _SF_WORK, "indicators", 6, "value"),
    Instance(39, "V13", _SF_WORK, "indicators", 4, "value"),
    Instance(39, "T4", _SF_WORK, "indicators", 4, "level3"),
    Instance(40, "T4", _SF_WORK, "indicators", 0, "level3"),
    Instance(40, "T4", _SF_WORK, None, None, "annual_goal"),
    Instance(41, "V13", _SF_WORK, "indicators", None, "basis"),
    Instance(42, "C5", _SF_DEPUTIES, "indicators", 3, "level2"),
    Instance(43, "V14", _SF_DEPUTIES, "indicators", 5, "value"),
    Instance(44, "C7", _SF_DEPUTIES, "indicators", 7, "level2"),
    *(Instance(45, "V13", _SF_DEPUTIES, "indicators", i, "value") for i in (6, 7, 8)),
    Instance(46, "V10", _SF_DEPUTIES, "indicators", 9, "value"),
)
