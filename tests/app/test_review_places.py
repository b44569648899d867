"""Where the words of a recognised table stand in its draft."""

from __future__ import annotations

from pathlib import Path

import pytest

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.review.places import locate, parse_address, parse_range, plain
from jixiao.io.files.read.door import read_grids
from jixiao.io.paper.form.choose import choose_form
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.page.grid import Binding, Cell, Grid, Part, RowFormat
from jixiao.io.recognise import recognise
from jixiao.model.errors import RefusedFileError
from jixiao.model.table import Indicator, Table

DATA = Path(__file__).parent.parent / "data"
FORMS = FormLibrary([])
_OFFICE = {".xlsx", ".xls", ".docx", ".ods"}
_TOLD_ELSEWHERE = {"title", "year", "agency", "agency_code"}
"""May come from the sheet's name, the file's name or another table of the file."""


def shares(folder: str) -> tuple[int, int, list[str]]:
    """How many filled cells there are, of how many the source was found, and what was not."""
    cells = right = 0
    wrong: list[str] = []
    for path in sorted((DATA / folder).iterdir()):
        if path.suffix not in _OFFICE:
            continue
        try:
            grids = read_grids(path)
        except RefusedFileError:
            continue
        for reading in recognise(grids, FORMS.labels, path.name):
            grid = next(g for g in grids if g.sheet == reading.sheet)
            places = locate(grid, reading.range, reading.table, FORMS.labels)
            form = choose_form(list(FORMS.by_id.values()), reading.table)
            assert form is not None
            for _, part in fill(form, reading.table).bound():
                binding = part.binding
                assert binding is not None
                if not part.text.strip() or binding.target == "computed":
                    continue
                if binding.name in _TOLD_ELSEWHERE and not places.of(binding):
                    continue
                cells += 1
                found = places.of(binding)
                if found and says(grid, found[0], binding, part.text):
                    right += 1
                else:
                    wrong.append(f"{path.name} {binding} {part.text}")
    return cells, right, wrong


def says(grid: Grid, position: tuple[int, int], binding: Binding, text: str) -> bool:
    """Whether a cell of the source says a text; a sign may be written in words."""
    cell = grid.at(*position)
    there = plain(cell.text) if cell is not None else ""
    if binding.name in {"comparator", "unit"} and there:
        return True
    return bool(there) and (plain(text) in there or there in plain(text))


@pytest.mark.parametrize("folder", ["drafts", "drafts2"])
def test_the_source_is_found_of_nearly_every_cell(folder: str) -> None:
    cells, right, wrong = shares(folder)
    assert cells > 1000
    assert right / cells >= 0.99, wrong


def rows(*texts: str) -> Grid:
    """A grid of lines, their cells parted by |; a blank one is left out, as readers do."""
    lines = [line.split("|") for line in texts]
    cells = tuple(
        Cell(r, c, parts=(Part(text),))
        for r, line in enumerate(lines)
        for c, text in enumerate(line)
        if text
    )
    return Grid(cells, (RowFormat(),) * len(lines), (60.0,) * max(map(len, lines)))


GRID = rows(
    "项目名称|修路||",
    "一级指标|二级指标|三级指标|度量单位|指标值",
    "产出指标|数量指标|里程|公里|5",
    "||桥梁|座|5",
    "产出|时效|工期||",
    "效益指标|社会效益|受益人数|人|300",
)
TABLE = Table(
    fields={"project_name": "修路"},
    indicators=(
        Indicator("产出指标", "数量指标", "里程", "", "5", "公里"),
        Indicator("产出指标", "数量指标", "桥梁", "", "5", "座"),
        Indicator("产出指标", "时效指标", "工期"),
        Indicator("效益指标", "社会效益", "受益人数", "", "300", "人"),
    ),
)


def test_equal_values_are_told_apart_by_their_rows() -> None:
    places = locate(GRID, "", TABLE, FORMS.labels)
    assert places.of(Binding("indicators", "value", (0,))) == [(2, 4)]
    assert places.of(Binding("indicators", "value", (1,))) == [(3, 4)]
    assert places.of(Binding("indicators", "target:cvu", (3,))) == [(5, 4)]
    assert places.of(Binding("field", "project_name")) == [(0, 1)]


def test_a_blank_cell_has_its_column_and_a_level_the_cell_that_tells_it() -> None:
    places = locate(GRID, "", TABLE, FORMS.labels)
    assert places.of(Binding("indicators", "unit", (2,))) == [(4, 3)]
    assert places.of(Binding("indicators", "level1", (0, 1, 2)))[0] == (2, 0)
    assert places.of(Binding("indicators", "level2", (1,))) == [(2, 1)]
    assert ("indicators", "level3", 1) in places.at((3, 2))


def test_addresses_are_those_of_the_file() -> None:
    grid = Grid((), (RowFormat(),) * 3, (1.0, 1.0), row_numbers=(4, 5, 6), column_numbers=(2, 3))
    assert parse_address(grid, "D6") == (1, 1)
    assert parse_address(grid, "A1") is None
    assert parse_address(grid, "") is None
    assert parse_range(grid, "C5:D6") == (0, 0, 2, 2)
    assert parse_range(grid, "") == (0, 0, 3, 2)
    assert grid.address(*(parse_address(grid, "C7") or (0, 0))) == "C7"


def test_an_empty_table_is_nowhere() -> None:
    assert not locate(GRID, "", Table(), FORMS.labels).positions
