"""The reader on drafts of many places, on random layouts, and without its words.

What it reads is right, or it says so: a cell that is wrong without a word is worse than a question.
"""

import json
from dataclasses import replace

import pytest

from jixiao.io.paper.page.grid import Cell, Grid, Part, RowFormat
from jixiao.io.recognise import recognise
from tests.io.forms import all_labels
from tests.reading.dropout import at_random, where_words_stand, without
from tests.reading.layouts import draw
from tests.reading.samples import Sample, samples
from tests.reading.score import Score, score
from tests.reading.write import grids

KNOWN = samples("clean", "messy", "drafts2", "cases")


def read(chosen, labels):
    total = Score()
    for sample in chosen:
        total.add(score(sample, recognise(sample.grids, labels, sample.name)))
    return total


def silent(total):
    return [line for line in total.lines if line.startswith("SILENT")]


@pytest.mark.parametrize("sample", KNOWN, ids=lambda s: f"{s.group}/{s.name}")
def test_nothing_is_wrong_without_a_word(sample):
    assert silent(read([sample], all_labels())) == []


@pytest.mark.parametrize("sample", samples("cases"), ids=lambda s: s.name)
def test_small_drafts_with_one_fault_each_are_right(sample):
    total = read([sample], all_labels())
    assert (total.flagged, total.silent) == (0, 0), total.lines


def test_drafts_of_many_places():
    total = read(samples("reading"), all_labels())
    assert total.silent <= 0.01 * total.cells, silent(total)
    assert total.right >= 0.97 * total.cells
    assert total.sure_wrong <= 4


def test_random_layouts():
    chosen = []
    for seed in range(1000, 1040):
        draft = draw(seed)
        tables = tuple(json.loads(json.dumps(draft.expected()["tables"])))
        chosen.append(Sample("layouts", draft.file, tuple(grids(draft)), tables))
    total = read(chosen, all_labels())
    assert total.silent <= 0.01 * total.cells, silent(total)
    assert total.right >= 0.95 * total.cells


def test_without_any_one_of_its_words():
    total = Score()
    told = sorted(where_words_stand(KNOWN, all_labels()), key=lambda one: one[0])
    for word, chosen in told[::9]:
        total.add(read(chosen, without(all_labels(), [word])))
    assert total.silent <= 0.004 * total.cells, silent(total)
    assert total.right >= 0.98 * total.cells


@pytest.mark.parametrize("seed", [3, 11])
def test_without_a_third_of_its_words(seed):
    total = read(KNOWN, at_random(all_labels(), 0.3, seed))
    assert total.silent <= 0.01 * total.cells, silent(total)
    assert total.right >= 0.92 * total.cells


def test_a_reading_tells_where_each_place_was_read():
    (sample,) = [s for s in KNOWN if s.name == "lukou2026-project-1.xlsx"]
    (reading,) = recognise(sample.grids, all_labels(), sample.name)
    at = {}
    for grid in sample.grids:
        at |= {grid.address(cell.row, cell.col): cell.text for cell in grid.cells}
    for number, indicator in enumerate(reading.table.indicators):
        assert at[reading.sources["indicators", "level3", number]] == indicator.level3
        assert at[reading.sources["indicators", "unit", number]] == indicator.unit
    name = reading.sources["field", "project_name", -1]
    assert at[name] == reading.table.fields["project_name"]


def page(*lines):
    """A page from rows of (text, columns, rows) or texts; "" leaves a place blank."""
    cells, width = [], 0
    for row, line in enumerate(lines):
        col = 0
        for one in line:
            text, span, rows = (one, 1, 1) if isinstance(one, str) else one
            if text:
                cells.append(Cell(row, col, rows, span, (Part(text),)))
            col += span
        width = max(width, col)
    return Grid(tuple(cells), (RowFormat(),) * len(lines), (50.0,) * width)


def test_rows_inserted_below_a_label_that_covers_a_list_belong_to_it():
    grid = page(
        [("2026年部门整体支出绩效目标表", 4, 1)],
        ["部门名称", ("某县林业局", 3, 1)],
        ["年度履职目标", ("管好林区，不出火灾。", 3, 1)],
        [("年度主要任务", 1, 2), "任务名称", ("主要内容", 2, 1)],
        ["", "造林", ("造林两万亩，成活率九成。", 2, 1)],
        ["", "防火", ("巡护三百天，火情当日处置。", 2, 1)],
        ["", "病虫害", ("防治松材线虫病一千株。", 2, 1)],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "造林面积", "≥20000亩"],
    )
    (reading,) = recognise([grid], all_labels())
    assert [task.name for task in reading.table.tasks] == ["造林", "防火", "病虫害"]
    assert set(reading.table.fields) == {"department_name", "annual_goal"}
    assert len(reading.table.indicators) == 1


def test_one_project_a_row_with_levels_as_heads_is_a_table_for_each():
    grid = page(
        [("2026年项目绩效目标一览表", 5, 1)],
        [("填报单位：某镇人民政府", 5, 1)],
        ["项目名称", "金额", ("产出指标", 2, 1), "满意度指标"],
        ["", "", "数量指标", "质量指标", "服务对象满意度指标"],
        ["修路", "120", "1.里程≥6.2公里\n2.护栏≥3公里", "合格率=100%", "满意度≥90%"],
        ["路灯", "36", "安装≥210盏", "亮灯率≥98%", "满意度≥92%"],
    )
    first, second = recognise([grid], all_labels())
    assert [r.table.fields["project_name"] for r in (first, second)] == ["修路", "路灯"]
    told = [(i.level2, i.level3, i.value) for i in first.table.indicators]
    assert told[:2] == [("数量指标", "里程", "6.2"), ("数量指标", "护栏", "3")]
    assert [i.value for i in second.table.indicators] == ["210", "98", "92"]
    assert second.sources["indicators", "level3", 1] == "D6"


def test_a_table_on_its_side_is_read_from_left_to_right():
    grid = page(
        [("2026年项目支出绩效目标表", 4, 1)],
        ["项目名称", ("助餐", 3, 1)],
        ["一级指标", ("产出指标", 2, 1), "效益指标"],
        ["二级指标", "数量指标", "质量指标", "社会效益指标"],
        ["三级指标", "服务老人", "达标率", "覆盖率"],
        ["指标值", "≥1200人", "≥95%", "≥80%"],
    )
    (reading,) = recognise([grid], all_labels())
    rows = [(i.level1, i.level3, i.value, i.unit) for i in reading.table.indicators]
    assert rows[1:] == [("产出指标", "达标率", "95", "%"), ("效益指标", "覆盖率", "80", "%")]
    assert reading.sources["indicators", "level3", 0] == "B5"
    assert reading.unplaced == ()


def test_levels_alone_on_rows_hold_for_the_rows_below():
    grid = page(
        [("2026年项目支出绩效目标表", 4, 1)],
        ["项目名称", ("护林", 3, 1)],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标"],
        ["", "数量指标"],
        ["", "", "组建队伍", "≥14支"],
        ["", "质量指标"],
        ["", "", "合格率", "=100%"],
        ["效益指标"],
        ["", "生态效益指标"],
        ["", "", "受害率", "≤0.9‰"],
    )
    (reading,) = recognise([grid], all_labels())
    rows = [(i.level1, i.level2, i.level3) for i in reading.table.indicators]
    assert rows == [
        ("产出指标", "数量指标", "组建队伍"),
        ("产出指标", "质量指标", "合格率"),
        ("效益指标", "生态效益指标", "受害率"),
    ]


def test_what_looks_like_indicators_and_is_not_understood_is_told_as_a_whole():
    lines = (
        [("2026年项目绩效目标一览表", 7, 1)],
        [("填报单位：某镇人民政府", 7, 1)],
        ["项目名称", "金额", ("产出指标", 3, 1), ("满意度指标", 2, 1)],
        ["", "", "内容", "数值", "单位", "怎么量", "多少"],
        ["修路", "120", "里程", "≥6.2", "公里", "问卷", "满意度≥90%"],
        ["路灯", "36", "安装", "≥210", "盏", "电话", "满意度≥92%"],
    )
    (reading,) = recognise([page(*lines)], all_labels())
    assert reading.table.indicators == ()
    assert "indicators" in [doubt.field for doubt in reading.doubts if doubt.text]
    told = {one.text for one in reading.unplaced}
    assert {text for line in lines[4:] for text in line} <= told


def test_a_value_that_is_told_again_below_is_asked_about():
    grid = page(
        [("2026年项目支出绩效目标表", 4, 1)],
        ["项目名称", ("改善校舍", 3, 1)],
        ["资金总额", "财政资金", "其他资金"],
        ["1220", "1100", "120"],
        ["1508", "1358", "150"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "改造学校", "=12所"],
    )
    (reading,) = recognise([grid], all_labels())
    asked = {doubt.text for doubt in reading.doubts}
    assert reading.table.fields["project_amount"] == "1220"
    assert "1220" in asked


def test_a_year_that_only_a_name_tells_is_a_note():
    lines = (
        [("项目支出绩效目标表", 4, 1)],
        ["填报单位", ("某局", 3, 1)],
        ["项目名称", ("会议费", 3, 1)],
        ["年度绩效目标", ("开好四次会议。", 3, 1)],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "会议次数", "≥4次"],
    )
    (reading,) = recognise([page(*lines)], all_labels(), "2026年会议费.xlsx")
    assert reading.table.year == 2026
    (note,) = [doubt for doubt in reading.doubts if doubt.field == "year"]
    assert note.text == ""
    blank = replace(page(*lines[:1], *lines[4:5], [""]), sheet="2025年样表")
    (empty,) = recognise([blank], all_labels())
    assert empty.table.year is None


def test_a_doubt_names_its_cell_and_what_else_it_could_be():
    grid = page(
        [("项目支出绩效目标表", 5, 1)],
        ["项目名称", ("修路", 4, 1)],
        ["年度绩效目标", ("修好两条路。", 4, 1)],
        ["一级指标", "二级指标", "三级指标", "指标值", "谁来办"],
        ["产出指标", "数量指标", "里程", "≥5公里", "养路股"],
        ["效益指标", "社会效益指标", "受益人数", "≥300人", "村镇股"],
    )
    (reading,) = recognise([grid], all_labels())
    (doubt,) = [one for one in reading.doubts if one.text == "谁来办"]
    assert doubt.cell == "E4"
    assert doubt.choices[0] == "另外一列"
    assert "备注" in doubt.choices
