"""Drafts in layouts of many provinces: right, or asked about; never silently wrong.

The drafts are drawn, with the tables they must yield, in tests/data/drafts2/src.
"""

import json
import re
from dataclasses import replace

import pytest

from jixiao.io.files.read.door import read_grids
from jixiao.io.paper.page.grid import Cell, Grid, Part, RowFormat
from jixiao.io.recognise import build_labels, recognise
from jixiao.io.recognise.blocks import Blocks
from jixiao.io.recognise.draft import Page
from tests.io.drafts2 import (
    FOLDER,
    all_text,
    blank_places,
    expectations,
    read_draft,
    score_draft,
    unaccounted,
    with_text,
)
from tests.io.make_drafts2 import read_drawing

OWN = FOLDER.parent / "drafts"
EXPECTED = expectations()
SAMPLES = sorted(path for path in OWN.iterdir() if path.suffix in {".xlsx", ".docx", ".xls"})
# The narrative document has no table; it is not read yet.
SAMPLES = [path for path in SAMPLES if "narrative" not in path.name]


@pytest.fixture(scope="module")
def labels():
    return build_labels()


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: e["file"])
def test_nothing_is_silently_wrong(expected, labels):
    score = score_draft(expected, read_draft(expected["file"], labels))
    assert score.right > 0
    assert [line for line in score.lines if line.startswith("WRONG")] == []


def test_nearly_everything_is_right(labels):
    right = flagged = 0
    for expected in EXPECTED:
        score = score_draft(expected, read_draft(expected["file"], labels))
        right += score.right
        flagged += score.flagged
    assert flagged <= 20
    assert right / (right + flagged) > 0.99


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: e["file"])
def test_every_cell_of_a_draft_is_accounted_for(expected, labels):
    path = FOLDER / expected["file"]
    grids = read_grids(path)
    assert unaccounted(grids, recognise(grids, labels, path.name), labels) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_every_cell_of_a_sample_is_accounted_for(path, labels):
    grids = read_grids(path)
    assert unaccounted(grids, recognise(grids, labels, path.name), labels) == []


STRAY = "孤立文字乙"


@pytest.mark.parametrize("name", ["02-health-2014.docx", "07-culture-selfeval.docx",
    "09-department-2015.xlsx", "32-summary.xlsx", "38-details.xlsx", "43-daqing.docx"])  # fmt: skip
def test_a_stray_text_anywhere_is_kept(name, labels):
    """Whatever stands in a blank cell comes out again: in the table, or listed as not placed."""
    grids = read_grids(FOLDER / name)
    for row, col in blank_places(grids[0]):
        page = with_text(grids[0], row, col, STRAY)
        readings = recognise([page, *grids[1:]], labels, name)
        assert STRAY in all_text(readings) or is_head_row(page, labels, row), page.address(row, col)


def is_head_row(page, labels, row):
    """A word in a header row is the head of a column, though nothing stands below it."""
    return Blocks(Page(page), labels).at(row) is not None


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: e["file"])
def test_the_drafts_are_those_that_are_drawn(expected):
    source = (FOLDER / "src" / expected["file"]).with_suffix(".txt")
    drawn = read_drawing(source.read_text(encoding="utf-8"))
    assert json.loads(json.dumps(drawn.tables)) == expected["tables"]


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: e["file"])
def test_doubts_tell_where_and_why(expected, labels):
    for reading in read_draft(expected["file"], labels):
        for doubt in reading.doubts:
            assert re.fullmatch(r"[A-Z]+\d+", doubt.cell)
            assert doubt.field
            assert re.search("[一-鿿]", doubt.reason)
            assert "\n" not in doubt.reason


@pytest.mark.parametrize(
    ("name", "rule", "count"), [("18-shifted.xlsx", "S2", 2), ("30-markup.xlsx", "T2", 1)]
)
def test_what_was_mended_is_noted(name, rule, count, labels):
    (reading,) = read_draft(name, labels)
    assert len([n for n in reading.table.notes if n.startswith(f"读入时改正 {rule} ")]) == count


def test_a_second_agency_is_asked_about_and_kept(labels):
    grid = read_grids(FOLDER / "34-odd-merges.xlsx")[0]
    row = next(cell.row for cell in grid.cells if cell.text == "立项依据")
    cells = [replace(c, parts=(Part("预算单位"),)) if c.row == row and c.col == 0 else c
             for c in grid.cells]  # fmt: skip
    (reading,) = recognise([replace(grid, cells=tuple(cells))], labels)
    assert reading.table.agency == "紫阳县供销社"
    assert "agency" in {doubt.field for doubt in reading.doubts}
    assert "县政府第12次常务会议纪要" in all_text([reading])


def test_levels_in_the_middle_of_their_blocks_where_the_first_stands_on_top(labels):
    """Two rows of 成本, five of 产出: the second levels tell that names are centred."""
    lines = [
        "一级指标|二级指标|三级指标|指标值",
        "成本指标|经济成本指标|甲|≤1万元",
        "||乙|≤2万元",
        "||丙|≥3次",
        "|数量指标|丁|≥4次",
        "产出指标||戊|≥5次",
        "|质量指标|己|100%",
        "|时效指标|庚|12月底前",
    ]
    cells = [
        Cell(row, col, parts=(Part(text),))
        for row, line in enumerate(lines)
        for col, text in enumerate(line.split("|"))
        if text
    ]
    grid = Grid(tuple(cells), (RowFormat(),) * len(lines), (50.0,) * 4)
    (reading,) = recognise([grid], labels)
    levels = [(i.level1, i.level2) for i in reading.table.indicators]
    assert levels[0] == ("成本指标", "经济成本指标")
    assert levels[2:] == [
        *[("产出指标", "数量指标")] * 3,
        ("产出指标", "质量指标"),
        ("产出指标", "时效指标"),
    ]
    # Nothing tells the second row's block for certain: it is asked about.
    asked = {doubt.indicator for doubt in reading.doubts}
    assert levels[1] == levels[0] or "乙" in asked
