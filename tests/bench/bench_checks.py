"""Checking ten thousand tables in bulk. There is no like program to compare with."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from jixiao.io.files.exchange import load_tables
from jixiao.model.checks import check_table, check_tables
from jixiao.model.table import Table

TABLES = 10_000
ALLOWED = 0.001
Row = tuple[str, float, float, float]
DATA = Path(__file__).parents[1] / "data"
_WORDS = ("培训", "宣传", "巡查", "养护", "救助", "演出", "执法检查", "调研", "采购", "维修")


def generated(count: int = TABLES) -> list[Table]:
    """Tables like published ones, no two with the same texts, five to an agency and year."""
    chance = random.Random(7)
    models = [
        table
        for folder in ("truth", "correct")
        for path in sorted((DATA / folder).glob("*.json"))
        for table in load_tables(path.read_text(encoding="utf-8"))
    ]
    tables: list[Table] = []
    for number in range(count):
        model = models[number % len(models)]
        word, some = chance.choice(_WORDS), chance.randint(2, 900)
        rows = tuple(
            replace(
                row,
                level3=f"{row.level3}{word}" if chance.random() < 0.5 else row.level3,
                value=str(some) if row.comparator == "≥" and row.unit != "%" else row.value,
            )
            for row in model.indicators
        )
        goal = f"{model.fields.get('annual_goal', '')}全年{word}{some}次，第{number}号。"
        fields = {**model.fields, "annual_goal": goal}
        agency = f"某市某区第{number // 5}单位"
        tables.append(replace(model, agency=agency, year=2026, indicators=rows, fields=fields))
    return tables


def seconds_each(tables: Sequence[Table]) -> tuple[float, float]:
    """Seconds per table: each by itself, and all with their agency-years."""
    start = time.perf_counter()
    for table in tables:
        check_table(table)
    alone = time.perf_counter() - start
    start = time.perf_counter()
    check_tables(tables)
    together = time.perf_counter() - start
    return alone / len(tables), together / len(tables)


def run() -> list[Row]:
    """Name, our seconds a table, the seconds allowed, the ratio that is the goal."""
    tables = generated()
    alone, together = seconds_each(tables)
    return [
        (f"check, each of {len(tables)} tables by itself", alone, ALLOWED, 1.0),
        (f"check, {len(tables)} tables with their agency-years", together, ALLOWED, 1.0),
    ]


if __name__ == "__main__":
    for name, ours, _, _ in run():
        sys.stdout.write(f"{name}: {ours * 1000:.2f} ms a table\n")
