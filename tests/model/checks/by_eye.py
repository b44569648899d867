"""What a reviewer finds, reading three more published documents row by row.

The list was made before the rules were run on them. The last group names mistakes that no rule
tells, because they take a person to see; they count against the recall all the same.
"""

from __future__ import annotations

from jixiao.model.table import ListName
from tests.model.checks.instances import Instance

FORMS = {
    "lukougov2026-project-1": "lukougov2026-xiangmu",
    "lukougov2026-project-2": "lukougov2026-xiangmu",
    "lukougov2026-department": "lukougov2026-bumen",
    "hetang2024-project-1": "hetang2024-xiangmu",
    "hetang2024-department": "hetang2024-bumen",
    "lunan2025-project-1": "lunan2025-xiangmu",
    "lunan2025-project-2": "lunan2025-xiangmu",
    "lunan2025-project-3": "lunan2025-xiangmu",
}
"""The form of each table; the narrative has none."""

_ROWS: dict[str, tuple[str, ...]] = {
    "lukougov2026-project-1": (
        "S1 project_category", "T6 annual_goal", "C1 1.level2", "V13 2.value", "V7 2.unit",
        "V13 3.value", "V7 3.unit", "C6 4.level2", "D1 4.level3", "V12 6.comparator",
        "V13 6.level3", "S4 empty_levels 0.level2",
    ),
    "lukougov2026-project-2": (
        "S1 project_category", "T6 annual_goal", "V13 2.value", "V13 3.value", "V7 3.unit",
        "T3 3.level3", "V10 4.value", "T5 annual_goal", "A1 0.value", "S4 empty_levels 0.level2",
    ),
    "lukougov2026-department": (
        "T6 annual_goal", "C5 0.level2", "T3 0.level3", "C6 1.level2", "V11 1.value",
        "C5 2.level2", "C2 3.level2", "V7 4.unit", "V15 5.unit", "T3 0.explanation",
        "C4 6.level2", "V10 6.value", "C5 7.level2", "S3 empty_levels 1.level2", "S3 0.unit",
        "S4 empty_levels 0.level2", "M8 budget_total", "T5 annual_goal",
    ),
    "hetang2024-project-1": (
        "V14 1.value", "V14 2.value", "T5 0.explanation", "C3 8.level2", "V13 9.value",
        "V14 11.value", "V7 9.unit", "V15 7.explanation", "D1 8.level3",
    ),
    "hetang2024-department": (
        "T5 annual_goal", "T6 annual_goal", "V7 2.unit", "V7 5.unit", "V7 6.unit", "V7 9.unit",
        "V7 11.unit", "V7 12.unit", "V7 13.unit", "V7 14.unit", "V7 15.unit", "S2 15.level1",
        "V13 5.value", "V13 6.value", "C3 7.level2", "D1 7.level3", "C3 8.level2", "V13 9.value",
        "S6 10.level1", "V13 11.value", "V13 12.value", "V13 13.value", "V13 14.value",
        "V13 15.value", "M2 project_expenditure",
    ),
    "lunan2025-narrative": ("T6 total_goal", "D1 5.level3", "V13 0.value"),
    "lunan2025-project-1": (
        "T6 annual_goal", "V13 0.value", "V13 1.value", "C1 1.level2", "V15 2.unit", "V13 4.value",
        "V8 5.level3", "V15 6.unit", "V13 2.explanation",
    ),
    "lunan2025-project-2": (
        "T6 annual_goal", "V8 4.level3", "V13 5.value", "V13 0.basis", "A1 0.value",
        "T5 5.explanation", "V13 3.explanation",
    ),
    "lunan2025-project-3": (
        "T6 annual_goal", "A1 0.value", "V1 1.comparator", "V13 2.level3", "V13 4.value",
        "T3 5.level3", "V13 5.value",
    ),
}  # fmt: skip
_MISSED: dict[str, tuple[str, ...]] = {
    # A wall of duties instead of a goal of the year.
    "lukougov2026-department": ("V13 4.value",),
    # A rate of answers as a social benefit of a meeting.
    "hetang2024-project-1": ("C6 10.level2",),
    # 年底前 where the plan pays half by October.
    "lunan2025-project-2": ("V13 2.value",),
}


def _instance(table: str, text: str) -> Instance:
    rule, _, place = text.partition(" ")
    name, _, cell = place.rpartition(" ")
    rows: ListName | None = "empty_levels" if name else "indicators"
    index, _, field = cell.partition(".")
    if not field:
        return Instance(0, rule, table, None, None, cell)
    return Instance(0, rule, table, rows, int(index), field)


BY_EYE = tuple(
    _instance(table, text)
    for listed in (_ROWS, _MISSED)
    for table, texts in listed.items()
    for text in texts
)
"""All of them, found or not."""
