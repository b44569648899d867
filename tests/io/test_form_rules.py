"""The rules of the braces, each on a small form drawn by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from jixiao.io.paper.form.fill import fill, unshown
from jixiao.io.paper.page.grid import Grid
from jixiao.io.recognise import build_labels, recognise
from jixiao.model.table import (
    Indicator,
    Item,
    Measure,
    Share,
    SpendingDetail,
    Table,
    Task,
)
from tests.io.forms import HEAD, INDICATORS, drawn

ROW = INDICATORS[1]
OUT, BENEFIT, COST = "产出指标", "效益指标", "成本指标"


def texts(page: Grid, col: int, first: int = 0) -> list[str]:
    """The texts of a column, each cell once, from a row on."""
    return [cell.text for cell in page.cells if cell.col == col and cell.row >= first]


def spans(page: Grid, col: int, first: int = 0) -> list[tuple[str, int]]:
    return [(c.text, c.rowspan) for c in page.cells if c.col == col and c.row >= first]


def rows(*levels: tuple[str, str, str]) -> tuple[Indicator, ...]:
    return tuple(Indicator(one, two, three) for one, two, three in levels)


class TestBands:
    """Rules 1, 4, 5: rows that repeat."""

    def test_an_empty_band_shows_one_row(self, tmp_path: Path) -> None:
        page = fill(drawn(tmp_path, [*HEAD, *INDICATORS]), Table())
        assert len(page.rows) == 5
        assert [row.band for row in page.rows] == ["", "", "", "", "indicators"]
        assert all(not part.binding.rows for _, part in page.bound() if part.binding)

    @pytest.mark.parametrize("number", [1, 2, 40])
    def test_a_row_for_each_task(self, tmp_path: Path, number: int) -> None:
        form = drawn(
            tmp_path,
            [*HEAD, ("年度主要任务", "任务名称", "主要内容"), ("", "{任务.名称}", "{任务.内容}")],
            ["A4:A5"],
        )
        tasks = tuple(Task(f"任务{n}", "", f"内容{n}") for n in range(number))
        page = fill(form, Table(tasks=tasks))
        assert texts(page, 1, 4) == [f"任务{n}" for n in range(number)]
        cover = page.at(3, 0)
        assert cover is not None
        assert cover.rowspan == number + 1

    @pytest.mark.parametrize(("number", "shown"), [(0, 3), (2, 3), (3, 3), (5, 5)])
    def test_rows_drawn_k_times_show_at_least_k(
        self, tmp_path: Path, number: int, shown: int
    ) -> None:
        band = ("{项目.序号(一)}", "{项目.名称}", "{项目.金额}")
        form = drawn(tmp_path, [("{标题}",), ("序号", "名称", "金额"), band, band, band])
        table = Table(kind="summary", items=tuple(Item(f"专项{n}") for n in range(number)))
        page = fill(form, table)
        assert len(page.rows) == 2 + shown
        numbers = ["一", "二", "三", "四", "五"][:number]
        assert texts(page, 0, 2) == numbers + [""] * (shown - number)

    def test_a_running_number_is_computed(self, tmp_path: Path) -> None:
        band = ("{项目.序号（1）}", "{项目.名称}", "{项目.金额}")
        form = drawn(tmp_path, [("{标题}",), ("序号", "名称", "金额"), band])
        page = fill(form, Table(kind="summary", items=(Item("甲"),) * 11))
        assert texts(page, 0, 2)[::5] == ["1", "6", "11"]
        assert page.cells[-3].is_label

    def test_two_bands_of_one_form(self, tmp_path: Path) -> None:
        form = drawn(
            tmp_path,
            [
                *HEAD,
                ("支出内容", "支出明细", "金额", "测算依据"),
                ("{明细.内容}", "{明细.明细}", "{明细.金额}", "{明细.依据}"),
                ("合计", "", "{明细.合计}"),
                *INDICATORS,
            ],
        )
        details = (SpendingDetail("会议", "会场", "1.50"), SpendingDetail("培训", "师资", "2"))
        table = Table(
            fields={"details_total": "3.50"},
            spending_details=details,
            indicators=rows((OUT, "数量指标", "次数")),
        )
        page = fill(form, table)
        assert texts(page, 2, 4) == ["1.50", "2", "3.50", "三级指标", "次数"]

    def test_a_single_name_in_a_band_row_repeats(self, tmp_path: Path) -> None:
        form = drawn(tmp_path, [*HEAD, ("任务名称", "主要内容"), ("{任务.名称}", "{年度}")])
        page = fill(form, Table(year=2026, tasks=(Task("甲"), Task("乙"))))
        assert texts(page, 1, 4) == ["2026", "2026"]


class TestPrinted:
    """Rule 4: pre-printed rows."""

    FORM = (
        *HEAD,
        INDICATORS[0],
        (OUT, "数量指标", *ROW[2:]),
        ("", "质量指标", *ROW[2:]),
        (BENEFIT, "社会效益", *ROW[2:]),
    )
    MERGES = ("A5:A6",)

    def page(self, folder: Path, *levels: tuple[str, str, str]) -> Grid:
        return fill(drawn(folder, self.FORM, self.MERGES), Table(indicators=rows(*levels)))

    def test_empty_rows_stay_as_printed(self, tmp_path: Path) -> None:
        page = self.page(tmp_path)
        assert spans(page, 0, 4) == [(OUT, 2), (BENEFIT, 1)]
        assert spans(page, 1, 4) == [("数量指标", 1), ("质量指标", 1), ("社会效益", 1)]
        assert all(cell.is_label for cell in page.cells if cell.row >= 4 and cell.col < 2)

    def test_an_indicator_goes_to_its_row_compared_without_the_word(self, tmp_path: Path) -> None:
        page = self.page(tmp_path, ("效益", "社会效益指标", "丙"), ("产出", "数量", "甲"))
        assert texts(page, 2, 4) == ["甲", "", "丙"]
        assert texts(page, 1, 4) == ["数量指标", "质量指标", "社会效益"]

    def test_further_ones_add_rows_below(self, tmp_path: Path) -> None:
        page = self.page(
            tmp_path,
            (OUT, "数量指标", "一"),
            (OUT, "数量指标", "二"),
            (BENEFIT, "社会效益", "三"),
            (OUT, "数量指标", "四"),
        )
        assert texts(page, 2, 4) == ["一", "二", "四", "", "三"]
        assert spans(page, 0, 4) == [(OUT, 4), (BENEFIT, 1)]
        assert spans(page, 1, 4) == [("数量指标", 3), ("质量指标", 1), ("社会效益", 1)]

    def test_an_unprinted_second_level_ends_its_first_level(self, tmp_path: Path) -> None:
        page = self.page(tmp_path, (OUT, "时效指标", "甲"))
        assert texts(page, 2, 4) == ["", "", "甲", ""]
        assert spans(page, 0, 4) == [(OUT, 3), (BENEFIT, 1)]
        assert texts(page, 1, 4) == ["数量指标", "质量指标", "时效指标", "社会效益"]

    def test_any_other_stands_after_the_last_row(self, tmp_path: Path) -> None:
        page = self.page(tmp_path, (COST, "经济成本指标", "甲"), ("", "", "乙"))
        assert texts(page, 2, 4) == ["", "", "", "甲", "乙"]
        assert texts(page, 0, 4) == [OUT, BENEFIT, COST, ""]

    def test_only_the_first_level_printed(self, tmp_path: Path) -> None:
        form = drawn(
            tmp_path,
            [*HEAD, INDICATORS[0], (OUT, *ROW[1:]), (BENEFIT, *ROW[1:])],
        )
        table = Table(
            indicators=rows(
                (OUT, "数量指标", "甲"), (BENEFIT, "社会效益", "丙"), (OUT, "质量指标", "乙")
            )
        )
        page = fill(form, table)
        assert texts(page, 2, 4) == ["甲", "乙", "丙"]
        assert spans(page, 0, 4) == [(OUT, 2), (BENEFIT, 1)]
        empty = fill(form, Table())
        assert texts(empty, 0, 4) == [OUT, BENEFIT]
        assert not any(cell.is_label for cell in empty.cells if cell.col == 1 and cell.row > 3)

    def test_typing_place_of_an_empty_row(self, tmp_path: Path) -> None:
        page = self.page(tmp_path, (OUT, "数量指标", "甲"), (BENEFIT, "社会效益", "乙"))
        cell = page.at(5, 2)
        assert cell is not None
        (place,) = cell.bindings
        assert (place.rows, place.insert_at) == ((), 1)
        assert (place.level1, place.level2) == (OUT, "质量指标")


class TestLevels:
    """Rule 10: groups are runs of neighbouring rows."""

    def test_runs_are_merged_and_repetitions_apart_are_not(self, tmp_path: Path) -> None:
        form = drawn(tmp_path, [*HEAD, *INDICATORS])
        table = Table(
            indicators=rows(
                (OUT, "数量指标", "1"),
                (OUT, "数量指标", "2"),
                (OUT, "质量指标", "3"),
                (BENEFIT, "质量指标", "4"),
                (OUT, "数量指标", "5"),
            )
        )
        page = fill(form, table)
        assert spans(page, 0, 4) == [(OUT, 3), (BENEFIT, 1), (OUT, 1)]
        assert [n for _, n in spans(page, 1, 4)] == [2, 1, 1, 1]
        first = page.at(4, 0)
        assert first is not None
        assert first.bindings[0].rows == (0, 1, 2)

    def test_rows_without_levels_are_not_merged(self, tmp_path: Path) -> None:
        form = drawn(tmp_path, [*HEAD, *INDICATORS])
        page = fill(form, Table(indicators=rows(("", "", "1"), ("", "", "2"), (OUT, "", "3"))))
        assert spans(page, 0, 4) == [("", 1), ("", 1), (OUT, 1)]
        assert spans(page, 1, 4) == [("", 1), ("", 1), ("", 1)]

    def test_spelling_that_differs_is_another_run(self, tmp_path: Path) -> None:
        form = drawn(tmp_path, [*HEAD, *INDICATORS])
        page = fill(form, Table(indicators=rows((OUT, "数量", "1"), ("产出", "数量", "2"))))
        assert [text for text, _ in spans(page, 0, 4)] == [OUT, "产出"]


class TestSpans:
    """Rule 3: a merged cell that covers a band stretches with it."""

    def test_rows_before_and_after_are_covered_too(self, tmp_path: Path) -> None:
        form = drawn(
            tmp_path,
            [
                *HEAD,
                ("支出明细及测算说明", "支出内容", "支出明细", "金额", "测算依据"),
                ("", "{明细.内容}", "{明细.明细}", "{明细.金额}", "{明细.依据}"),
                ("", "合  计", "", "{明细.合计}"),
                ("填表人：{填表人}",),
            ],
            ["A4:A6", "B6:C6"],
        )
        page = fill(form, Table(spending_details=(SpendingDetail("甲"),) * 4))
        cover = page.at(3, 0)
        assert cover is not None
        assert cover.rowspan == 6
        assert page.at(9, 0) is not cover
        assert [cell.text for cell in page.cells if cell.row == 8 and cell.col == 1] == ["合  计"]

    @pytest.mark.parametrize("number", [0, 1, 3])
    def test_no_position_is_covered_twice_or_left_out(self, tmp_path: Path, number: int) -> None:
        form = drawn(tmp_path, TestPrinted.FORM, TestPrinted.MERGES)
        page = fill(form, Table(indicators=rows(*[(OUT, "数量指标", "甲")] * number)))
        area = sum(cell.rowspan * cell.colspan for cell in page.cells)
        assert area == len(page.covered) == len(page.rows) * len(page.columns)


class TestCells:
    """Rules 2, 6: cells of several parts; the payment schedule."""

    def test_words_and_content_are_parts(self, tmp_path: Path) -> None:
        form = drawn(tmp_path, [("{标题}",), ("填表人：{填表人}   联系电话：{联系电话}",)])
        page = fill(form, Table(fields={"填表人": "张三", "联系电话": "123"}))
        cell = page.at(1, 0)
        assert cell is not None
        assert cell.text == "填表人：张三   联系电话：123"
        assert [part.binding is None for part in cell.parts] == [True, False, True, False]
        assert not cell.is_label

    @pytest.mark.parametrize(
        ("fields", "shown"),
        [
            ({"填表人": "张三", "联系电话": "123"}, "填表人：张三   联系电话：123"),
            ({"联系电话": "0731-2213"}, "填表人：   联系电话：0731-2213"),
            ({"填表人": "张三"}, "填表人：张三   联系电话："),
        ],
    )
    def test_a_mixed_cell_is_split_at_its_words(
        self, tmp_path: Path, fields: dict[str, str], shown: str
    ) -> None:
        form = drawn(
            tmp_path,
            [*HEAD, *INDICATORS, ("填表人：{填表人}   联系电话：{联系电话}",)],
            ["A6:F6"],
        )
        table = Table(
            fields={"project_name": "甲", **fields}, indicators=rows((OUT, "数量指标", "次数"))
        )
        page = fill(form, table)
        assert page.cells[-1].text == shown
        (reading,) = recognise([page], build_labels([form]))
        assert reading.table.fields == table.fields

    def test_code_and_name_of_the_agency_are_told_apart_by_type(self, tmp_path: Path) -> None:
        form = drawn(tmp_path, [("{标题}",), ("{单位代码}{单位}",), HEAD[2], *INDICATORS])
        table = Table(
            agency="路南区人大常委会本级",
            agency_code="101001",
            fields={"project_name": "甲"},
            indicators=rows((OUT, "数量指标", "次数")),
        )
        (reading,) = recognise([fill(form, table)], build_labels([form]))
        assert (reading.table.agency, reading.table.agency_code) == (
            "路南区人大常委会本级",
            "101001",
        )

    def test_the_payment_schedule(self, tmp_path: Path) -> None:
        form = drawn(
            tmp_path,
            [
                *HEAD,
                ("资金支出计划", "3月底", "12月底"),
                ("", "{资金支出计划.3月底}", "{资金支出计划.12月底}"),
                *INDICATORS,
            ],
            ["A4:A5", "C4:F4", "C5:F5"],
        )
        table = Table(
            fields={"project_name": "甲"},
            payment_schedule=(Share("3月底", "35"), Share("12月底", "65")),
            indicators=rows((OUT, "数量指标", "次数")),
        )
        page = fill(form, table)
        assert texts(page, 1, 4)[0] == "35%"
        (reading,) = recognise([page], build_labels([form]))
        assert reading.table.payment_schedule == table.payment_schedule
        lost = unshown(form, Table(payment_schedule=(Share("6月底", "50"),)))
        assert [(one.label, one.text) for one in lost] == [("资金支出计划 6月底", "50%")]

    def test_a_value_column_shows_what_has_no_column(self, tmp_path: Path) -> None:
        form = drawn(
            tmp_path,
            [
                *HEAD,
                ("一级指标", "二级指标", "三级指标", "指标值"),
                ("{指标.一级}", "{指标.二级}", "{指标.三级}", "{指标.值}"),
            ],
        )
        table = Table(indicators=(Indicator(OUT, "数量指标", "次数", "≥", "10", "次"),))
        page = fill(form, table)
        assert texts(page, 3, 4) == ["≥10次"]
        assert unshown(form, table) == []


class TestTitle:
    """Rules 9, 10: the title, the agency."""

    def test_an_empty_title_is_the_forms_own(self, tmp_path: Path) -> None:
        form = drawn(tmp_path, [*HEAD, *INDICATORS])
        assert fill(form, Table(year=2026)).cells[0].text == "2026年项目支出绩效目标表"
        assert fill(form, Table()).cells[0].text.strip() == "年项目支出绩效目标表"
        assert fill(form, Table(title="别的标题")).cells[0].text == "别的标题"

    def test_a_table_without_agency_takes_its_department(self, tmp_path: Path) -> None:
        form = drawn(
            tmp_path, [("部门整体支出绩效目标表",), ("部门名称", "{部门名称}"), *INDICATORS]
        )
        table = Table(
            fields={"department_name": "渌口区财政局"}, indicators=rows((OUT, "数量指标", "次数"))
        )
        (reading,) = recognise([fill(form, table)], build_labels([form]))
        assert reading.table.agency == "渌口区财政局"


class TestOthers:
    """The band of the general forms, and what a form has no place for."""

    def test_fields_without_a_place_of_their_own(self, tmp_path: Path) -> None:
        form = drawn(tmp_path, [*HEAD, ("事项名称", "事项内容"), ("{其他.名称}", "{其他.内容}")])
        assert form.general
        table = Table(fields={"project_name": "甲", "total_goal": "目标", "填表人": "张三"})
        page = fill(form, table)
        assert texts(page, 0, 4) == ["总体绩效目标", "填表人", ""]
        assert texts(page, 1, 4) == ["目标", "张三", ""]
        (name,) = next(cell for cell in page.row_cells(len(page.rows) - 1)).bindings
        assert (name.target, name.name) == ("other", "name")  # room for one more
        assert unshown(form, table) == []

    def test_what_a_form_does_not_show_is_told(self, tmp_path: Path) -> None:
        form = drawn(tmp_path, [*HEAD, *INDICATORS])
        table = Table(
            fields={"project_name": "甲", "annual_goal": "目标", "填表人": "张三", "空": ""},
            payment_schedule=(Share("3月底", "35"),),
            tasks=(Task("视察", "代表联络室", "组织"),),
            indicators=(Indicator(OUT, "数量指标", "次数", remark="备", extra={"权重": "10"}),),
            period_indicators=(Indicator(level3="三年"),),
            spending_details=(SpendingDetail("会议", amount="3"),),
            items=(Item("专项"),),
            measures=(Measure("保障", "措施"),),
        )
        told = [one.text for one in unshown(form, table)]
        assert told[:3] == ["目标", "张三", "35%"]
        hidden = {
            "视察",
            "代表联络室",
            "组织",
            "备",
            "10",
            "三年",
            "会议",
            "3",
            "专项",
            "保障",
            "措施",
        }
        assert hidden <= set(told)
        assert not {"甲", "次数", ""} & set(told)


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("预算情况\n（万元）", "万元"),
        ("资金总额（单位：元）", "元"),
        ("单位：万元", "万元"),
        ("度量单位", ""),
        ("填报单位：", ""),
        ("（元旦）", ""),
    ],
)
def test_the_unit_that_a_form_prints(tmp_path: Path, words: str, unit: str) -> None:
    form = drawn(tmp_path, [("{标题}",), (words, "{项目金额}"), *INDICATORS])
    assert form.printed_unit == unit
    assert form.money_unit == (unit or "万元")
    assert drawn(tmp_path, [("{标题}",), ("金额单位：{金额单位}",)]).money_unit == ""


def test_what_stands_beside_the_fields_is_told_where_it_has_no_place(tmp_path: Path) -> None:
    form = drawn(tmp_path, [("{标题}",), ("项目名称", "{项目名称}"), *INDICATORS])
    table = Table(
        agency="甲局",
        agency_code="101001",
        year=2026,
        money_unit="元",
        notes=("请与去年核对", "退回意见（区财政局 2026-01-05）：请说明依据。"),
    )
    told = [(one.label, one.text) for one in unshown(form, table)]
    assert told == [
        ("填报单位", "甲局"),
        ("单位代码", "101001"),
        ("金额单位", "元"),
        ("附注", "请与去年核对"),
    ]
    printed = drawn(tmp_path, [("金额（元）", "{项目金额}"), ("部门名称", "{部门名称}")])
    known = Table(agency="甲局", money_unit="元", fields={"department_name": "甲局"})
    assert unshown(printed, known) == []
