"""The summary over agencies: one workbook that adds up and prints well."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from jixiao.app.progress import CancelledError
from jixiao.app.session import Session
from jixiao.app.summary import summary_entries, write_summary
from jixiao.io.files.write.summary import table_amount
from jixiao.model.table import Indicator, Item, Table

ROWS = (
    Indicator("产出指标", "数量指标", "甲", "≥", "1", "次"),
    Indicator("一、产出", "质量指标", "乙", "≥", "95", "%"),
    Indicator("效益指标", "社会效益指标", "丙", "定性", "提升", ""),
)


def project(name: str, amount: str, unit: str, agency: str = "甲局") -> Table:
    fields = {"project_name": name, "project_amount": amount}
    return Table(agency, "", 2026, "project", "", unit, fields=fields, indicators=ROWS)


TABLES = (
    Table(
        "甲局",
        "",
        2026,
        "department",
        money_unit="万元",
        fields={"department_name": "甲局", "budget_total": "1234.56", "project_amount": "1"},
    ),
    project("项目一", "0.1", "万元"),
    project("项目二", "2000", "元"),
    project("项目三", "约5万", "万元"),
    project("项目四", "3.5", "", "乙局"),
)


def test_amounts_are_decimal_and_in_one_unit() -> None:
    assert [table_amount(table) for table in TABLES] == [
        (Decimal("1234.56"), ""),
        (Decimal("0.1"), ""),
        (Decimal("0.2"), ""),
        (None, "项目金额“约5万”不是数字，没有计入"),
        (Decimal("3.5"), "金额单位未注明，按万元计"),
    ]
    summary = Table(kind="summary", money_unit="元", items=(Item("a", "1"), Item("b", "29999")))
    assert table_amount(summary) == (Decimal(3), "")
    assert table_amount(Table()) == (None, "")


def test_the_workbook_has_a_row_for_each_table_and_totals(tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    with Session.open(tmp_path / "b.jxb") as session:
        with session.book.step("添加") as step:
            ids = [session.add_table(step, table) for table in TABLES]
            step.set_state(ids[1], "已报")
        assert write_summary(session, path) == 5
        assert len(summary_entries(session, ids[:2])) == 2
        by_severity = [(entry.errors, entry.warnings) for entry in summary_entries(session)]
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["各表", "合计"]
    tables, totals = book.worksheets
    head = [cell.value for cell in tables[2]]
    assert head[7:10] == ["产出指标", "效益指标", "指标合计"]
    rows = [dict(zip(head, row, strict=True)) for row in tables.iter_rows(3, values_only=True)]
    assert [row["单位"] for row in rows] == ["甲局"] * 4 + ["乙局"]
    assert [row["序号"] for row in rows] == [1, 2, 3, 4, 5]
    assert {row["年度"] for row in rows} == {2026}
    assert [row["金额"] for row in rows] == [1234.56, 0.1, 0.2, None, 3.5]
    assert [row["产出指标"] for row in rows] == [0, 2, 2, 2, 2]
    assert [row["状态"] for row in rows] == ["草稿", "已报", "草稿", "草稿", "草稿"]
    assert [(row["错误"], row["提醒"]) for row in rows] == by_severity
    assert rows[1]["表样"]
    head = [cell.value for cell in totals[2]]
    sums = [dict(zip(head, row, strict=True)) for row in totals.iter_rows(3, values_only=True)]
    assert [row["单位"] for row in sums] == ["甲局", "乙局", "合计"]
    assert [row["项目金额合计"] for row in sums] == [0.3, 3.5, 3.8]
    assert [row["部门资金总额"] for row in sums] == [1234.56, None, 1234.56]
    assert [row["项目表"] for row in sums] == [3, 1, 4]
    assert [row["已报"] for row in sums] == [1, 0, 1]
    assert [row["指标"] for row in sums] == [9, 3, 12]
    assert "1 张表的金额没有计入" in sums[0]["备注"]
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "C3"
        assert "&N" in sheet.oddFooter.center.text
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.print_title_rows == "$1:$2"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_an_empty_book_has_a_summary(tmp_path: Path) -> None:
    with Session.open(tmp_path / "b.jxb") as session:
        assert write_summary(session, tmp_path / "s.xlsx") == 0
    assert openpyxl.load_workbook(tmp_path / "s.xlsx").sheetnames == ["各表", "合计"]


def test_a_summary_tells_progress_and_can_be_stopped(tmp_path: Path) -> None:
    def stop(done: int, total: int, text: str) -> None:
        assert (total, text) == (2, ["甲局", "乙局"][done])
        if done:
            raise CancelledError

    path = tmp_path / "汇总.xlsx"
    with Session.open(tmp_path / "b.jxb") as session:
        with session.book.step("添加") as step:
            for table in TABLES:
                session.add_table(step, table)
        with pytest.raises(CancelledError):
            write_summary(session, path, progress=stop)
    assert not path.exists()
