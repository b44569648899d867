"""A comparison as a list for Word and Excel."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from jixiao.app.versions.report import write_comparison
from jixiao.app.versions.versions import Side, compare_sides
from jixiao.io.files.read.docx import read_docx
from jixiao.model.table import Indicator, Table

OLD = Table(
    agency="甲局",
    year=2026,
    fields={
        "project_name": "会议经费",
        "annual_goal": "按时召开会议三次，全部按照规定的程序进行。",
    },
    indicators=(
        Indicator("产出指标", "数量指标", "会议次数", "≥", "3", "次"),
        Indicator("产出指标", "质量指标", "参会率", "≥", "95", "%"),
    ),
)
NEW = replace(
    OLD,
    fields={**OLD.fields, "annual_goal": "按时召开大会三次，全部按照规定的程序进行。"},
    indicators=(replace(OLD.indicators[0], value="4"),),
)
LEFT, RIGHT = Side("2026年 一上", (OLD,)), Side("2026年 现在的表", (NEW,))
EXPECTED = [
    ["年度绩效目标", "改动", "按时召开【会议】三次", "按时召开【大会】三次"],
    ["指标“会议次数” 指标值", "改动", "≥3次", "≥4次"],
    ["指标“参会率”", "删去", "产出指标 | 质量指标 | 参会率 | ≥95%", ""],
]


def test_every_difference_is_a_row_in_excel(tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    assert write_comparison(LEFT, RIGHT, compare_sides(LEFT, RIGHT), path) == 3
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(3, values_only=True)]
    assert rows[0] == ["序号", "表", "位置", "情况", "2026年 一上", "2026年 现在的表"]
    for row, expected in zip(rows[1:], EXPECTED, strict=True):
        assert row[1] == "会议经费"
        assert row[2:4] == expected[:2]
        assert str(row[4]).startswith(expected[2])
        assert str(row[5]).startswith(expected[3])
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$1:$3"


def test_every_difference_is_a_row_in_word(tmp_path: Path) -> None:
    path = tmp_path / "清单.docx"
    write_comparison(LEFT, RIGHT, compare_sides(LEFT, RIGHT), path)
    text = "".join(cell.text for grid in read_docx(path) for cell in grid.cells)
    assert "按时召开【大会】三次" in text
    assert "共 3 处不同" in text


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_two_sides_that_are_the_same_give_an_empty_list(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"清单.{suffix}"
    assert write_comparison(LEFT, LEFT, compare_sides(LEFT, LEFT), path) == 0
    assert path.exists()


def test_a_table_that_came_or_went_is_one_row(tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    other = replace(OLD, kind="department", fields={"department_name": "甲局"})
    right = Side("现在", (OLD, other))
    assert write_comparison(LEFT, right, compare_sides(LEFT, right), path) == 1
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert [cell.value for cell in sheet[4]][1:4] == ["甲局", "整张表", "新增"]
