"""forms --check: good workbooks pass, each slip of the pen is told at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jixiao.app.forms.check_form import FormFault, check_form
from tests.io.forms import ABOUT, FORM_IDS, FORMS_FOLDER, HEAD, INDICATORS, draw_form

GOOD: tuple[tuple[str, ...], ...] = (*HEAD, *INDICATORS)
MERGES = ("A1:F1", "A2:C2", "D2:F2", "B3:F3")
ROW = INDICATORS[1]


def faults_of(
    folder: Path,
    rows: Sequence[Sequence[str]] = GOOD,
    merges: Sequence[str] = MERGES,
    *,
    about: dict[str, Any] | None = None,
    **more: Any,
) -> list[FormFault]:
    about = {**ABOUT, **(about or {})}
    given = {name: value for name, value in about.items() if value is not None}
    return check_form(draw_form(folder / "shiyan.xlsx", rows, merges, about=given, **more))


def told(faults: Sequence[FormFault], place: str, word: str, severity: str) -> bool:
    return any(
        fault.place == place and word in fault.message and fault.severity == severity
        for fault in faults
    )


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_the_built_in_forms_are_good(form_id: str) -> None:
    faults = check_form(FORMS_FOLDER / f"{form_id}.xlsx")
    assert [str(fault) for fault in faults if fault.severity != "hint"] == []


def test_a_small_form_is_good(tmp_path: Path) -> None:
    assert faults_of(tmp_path) == []


def test_a_fault_names_its_cell_first(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, [*GOOD, ("备注", "{备注说明")])
    assert [str(fault) for fault in faults if fault.severity == "error"] == [
        "表样!B6：错误：花括号没有成对，或套在另一对里面。"
    ]


@pytest.mark.parametrize(
    ("cell", "word", "severity"),
    [
        ("{项目名成}", "是不是想写 {项目名称}", "warning"),
        ("｛年度目木｝", "是不是想写 {年度目标}", "warning"),
        ("{预算.资金总额度}", "{预算.资金总额}", "warning"),
        ("{绩效联系人}", "会成为本表样自己的文字栏", "hint"),
        ("{标题", "成对", "error"),
        ("{绩效{标题}}", "成对", "error"),
        ("{}", "没有名字", "error"),
        ("{资金支出计划}", "{资金支出计划.3月底}", "warning"),
        ("=SUM(A1:A2)", "公式", "warning"),
    ],
)
def test_names(tmp_path: Path, cell: str, word: str, severity: str) -> None:
    faults = faults_of(tmp_path, [*HEAD, ("绩效联系人", cell), *INDICATORS])
    assert told(faults, "表样!B4", word, severity), [str(fault) for fault in faults]


@pytest.mark.parametrize(
    ("cell", "word", "severity"),
    [
        ("{任务.时限}", "没有“时限”这一栏", "error"),
        ("{明细.单价}", "明细.内容", "error"),
        ("{指标.权重}", "本表样自己的一栏", "warning"),
        ("{指标.单为}", "{指标.单位}", "warning"),
        ("{任务.名称}", "已经是“指标”", "error"),
        ("{预算.资金总额}", "跟着重复", "warning"),
        ("{指标.三级}", "两处", "warning"),
        ("{指标.值及单位}", "不要再单列", "warning"),
    ],
)
def test_band_rows(tmp_path: Path, cell: str, word: str, severity: str) -> None:
    rows = [*HEAD, (*INDICATORS[0], "权重"), (*ROW, cell)]
    faults = faults_of(tmp_path, rows)
    assert any(word in fault.message and fault.severity == severity for fault in faults)


def test_an_indicator_row_needs_its_third_level_and_a_value(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, [*HEAD, INDICATORS[0], (*ROW[:2], "", "{指标.类型}")])
    assert told(faults, "表样!A5", "{指标.三级}", "error")
    assert told(faults, "表样!A5", "{指标.值}", "error")
    faults = faults_of(tmp_path, [*HEAD, INDICATORS[0], ("", "", *ROW[2:])])
    assert told(faults, "表样!A5", "一级", "error")


def test_other_bands_need_a_name(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, [*GOOD, ("责任单位",), ("{任务.责任单位}",)])
    assert told(faults, "表样!A7", "{任务.名称}", "error")
    faults = faults_of(tmp_path, [*GOOD, ("事项名称",), ("{其他.名称}",)])
    assert told(faults, "表样!A7", "{其他.内容}", "error")


def test_a_band_name_in_a_cell_over_several_rows(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, [*GOOD, ROW], [*MERGES, "C5:C6"])
    assert told(faults, "表样!C5", "只能占一行", "error")


def test_spans_that_cannot_stretch(tmp_path: Path) -> None:
    rows = [*HEAD, ("", *INDICATORS[0]), ("绩效", *ROW), ("", *ROW), ("",)]
    assert told(faults_of(tmp_path, rows, ["A6:A7"]), "表样!A6", "接不上", "error")
    assert faults_of(tmp_path, [*HEAD, ("绩效", *INDICATORS[0]), ("", *ROW)], ["A4:A5"]) == []
    over = [*HEAD, INDICATORS[0], ("产出指标", "数量指标", *ROW[2:]), ("",)]
    assert told(faults_of(tmp_path, over, ["A5:A6"]), "表样!A5", "超出", "error")


def test_printed_levels(tmp_path: Path) -> None:
    printed = ("产出指标", "数量指标", *ROW[2:])
    faults = faults_of(tmp_path, [*HEAD, INDICATORS[0], printed, printed])
    assert told(faults, "表样!A6", "印了两次", "warning")
    faults = faults_of(tmp_path, [*HEAD, INDICATORS[0], ("成本指标", "奇怪成本", *ROW[2:])])
    assert told(faults, "表样!A5", "不在“级次”里", "warning")


def test_labels(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, [*HEAD, ("", "{年度目标}"), *INDICATORS], ["B3:F3"])
    assert told(faults, "表样!B4", "找不到这一格", "error")
    faults = faults_of(tmp_path, [*HEAD, ("甲：{项目类别}{项目编码}",), *INDICATORS])
    assert told(faults, "表样!A4", "找不到这一格", "error")


def test_a_label_that_means_another_field_is_found_by_reading_back(tmp_path: Path) -> None:
    rows = [*HEAD, ("年度绩效目标", "{实施期目标}"), *INDICATORS]
    faults = faults_of(tmp_path, rows, [*MERGES, "B4:F4"])
    assert told(faults, "表样!B4", "读不回来", "warning")


@pytest.mark.parametrize("name", ["编号", "名称", "类型", "标题"])
def test_what_must_be_told_about_a_form(tmp_path: Path, name: str) -> None:
    faults = faults_of(tmp_path, about={name: None})
    assert told(faults, "说明", f"没有填“{name}”", "error")


@pytest.mark.parametrize(
    ("about", "place", "word", "severity"),
    [
        ({"类型": "部们"}, "说明!B3", "部门、项目", "error"),
        ({"年版": "2019"}, "说明!B4", "2015 或 2021", "error"),
        ({"年版": None}, "说明!B6", "没有填年版", "warning"),
        ({"编号": "qita"}, "说明!B1", "文件名", "warning"),
        ({"必填": "项目名称、年度目标"}, "说明!B6", "“年度目标”不在表样上", "error"),
        ({"必填": "资金支出计划"}, "说明!B6", "“资金支出计划”不在表样上", "error"),
        ({"标题": "{年度年绩效目标表"}, "说明!B5", "成对", "error"),
        ({"标题": "{年渡}年绩效目标表"}, "说明!B5", "不认识", "warning"),
        ({"起始年": "明年"}, "说明!B7", "四位年份", "warning"),
        ({"起始年": 2026, "终止年": 2020}, "说明!B8", "早于", "error"),
        ({"名称 ": None, "地域": "湖南"}, "说明!A7", "不认识“地域”", "warning"),
    ],
)
def test_about(tmp_path: Path, about: dict[str, Any], place: str, word: str, severity: str) -> None:
    faults = faults_of(tmp_path, about=about)
    assert told(faults, place, word, severity), [str(fault) for fault in faults]


def test_levels(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, levels=[("产出指标", "成本指标")])
    assert any("2021 年版没有“产出指标 / 成本指标”" in fault.message for fault in faults)
    assert any("没有级次可选" in fault.message for fault in faults_of(tmp_path, levels=[]))


def test_the_page(tmp_path: Path) -> None:
    wide = [*HEAD, *INDICATORS, ("",) * 20]
    assert faults_of(tmp_path, wide) == []
    faults = faults_of(tmp_path, wide, fit_width=False)
    assert told(faults, "表样", "各列共宽", "warning")
    faults = faults_of(tmp_path, GOOD[1:], [])
    assert told(faults, "表样", "没有 {标题}", "warning")
    faults = faults_of(tmp_path, [("只有文字",)], [])
    assert told(faults, "表样", "没有花括号名字", "error")
    faults = faults_of(tmp_path, [*HEAD[:2], *INDICATORS], [], about={"必填": ""})
    assert told(faults, "表样", "{项目名称}", "warning")


def test_a_running_number_without_a_first_number(tmp_path: Path) -> None:
    band = ("{项目.序号(甲)}", "{项目.名称}", "{项目.金额}", "{项目.年度目标}")
    rows = [HEAD[0], ("序号", "名称", "金额", "年度绩效目标"), band]
    faults = faults_of(tmp_path, rows, [], about={"类型": "汇总", "必填": ""})
    assert told(faults, "表样!A3", "看不出是第一号", "warning")


def test_what_is_no_form(tmp_path: Path) -> None:
    text = tmp_path / "a.xlsx"
    text.write_text("不是工作簿", encoding="utf-8")
    (fault,) = check_form(text)
    assert "另存" in str(fault)
    assert [f.severity for f in check_form(tmp_path / "missing.xlsx")] == ["error"]
    book = openpyxl.Workbook()
    book.save(text)
    assert "说明" in str(check_form(text)[0])


def test_more_than_one_page(tmp_path: Path) -> None:
    path = draw_form(tmp_path / "shiyan.xlsx", GOOD, MERGES)
    book = openpyxl.load_workbook(path)
    book.create_sheet("草稿")
    book.save(path)
    assert any("草稿" in str(fault) for fault in check_form(path))
