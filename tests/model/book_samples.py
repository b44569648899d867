"""A table and two small helpers for the tests of the book."""

from __future__ import annotations

from pathlib import Path

from jixiao.model.book import Book
from jixiao.model.table import Indicator, Share, Table

TABLE = Table(
    agency="渌口区人大办",
    agency_code="101001",
    year=2026,
    title="项目支出绩效目标表",
    money_unit="万元",
    fields={"project_name": "代表活动经费", "填表人": "张三"},
    payment_schedule=(Share("3月底", "35"), Share("6月底", "65")),
    indicators=(
        Indicator("产出指标", "数量指标", "活动次数", "≥", "10", "次", written="≥10次"),
        Indicator("产出指标", "质量指标", "参加率", "≥", "95", "%", extra={"权重": "10"}),
    ),
    notes=("说明一", ""),
)


def add(book: Book, *some: Table) -> list[int]:
    with book.step("添加") as step:
        return [step.add_table(table) for table in some]


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())
