"""Where the words of a recognised table stand in its draft."""

from __future__ import annotations

from pathlib import Path

import pytest

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.review.places import Places, parse_address, parse_range, places_of
from jixiao.io.files.read.door import read_grids
from jixiao.io.paper.form.choose import choose_form
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.page.clean import clean_text, digits
from jixiao.io.paper.page.clean import key as text_key
from jixiao.io.paper.page.grid import Binding, Cell, Grid, Part, RowFormat
from jixiao.io.recognise import recognise
from jixiao.model.errors import RefusedFileError

DATA = Path(__file__).parent.parent / "data"
FORMS = FormLibrary([])
_OFFICE = {".xlsx", ".xls", ".docx", ".ods"}
_TOLD_ELSEWHERE = {"title", "year", "agency", "agency_code", "money_unit"}
"""May come from the sheet's name, the file's name or another table of the file."""


def sources(folder: str) -> tuple[int, list[str], list[str]]:
    """How many filled cells there are, which have no source, and which have a wrong one."""
    cells, untold, wrong = 0, list[str](), list[str]()
    for path in sorted((DATA / folder).iterdir()):
        if path.suffix not in _OFFICE:
            continue
        try:
            grids = read_grids(path)
        except RefusedFileError:
            continue
        for reading in recognise(grids, FORMS.labels, path.name):
            grid = next(g for g in grids if g.sheet == reading.sheet)
            places = places_of(grid, reading)
            form = choose_form(list(FORMS.by_id.values()), reading.table)
            assert form is not None
            for _, part in fill(form, reading.table).bound():
                binding = part.binding
                assert binding is not None
                found = places.of(binding)
                if not part.text.strip() or binding.target == "computed":
                    continue
                if binding.name in _TOLD_ELSEWHERE and not found:
                    continue
                cells += 1
                line = f"{path.name} {binding} {part.text}"
                if not found:
                    untold.append(line)
                elif not says(grid, found[0], binding, part.text):
                    wrong.append(line)
    return cells, untold, wrong


def plain(text: str) -> str:
    return digits(text_key(clean_text(text))).replace(",", "")


def says(grid: Grid, position: tuple[int, int], binding: Binding, text: str) -> bool:
    """Whether a cell of the source says a text; a sign may be written in words."""
    cell = grid.at(*position)
    there = plain(cell.text) if cell is not None else ""
    if binding.name in {"comparator", "unit"} and there:
        return True
    return bool(there) and (plain(text) in there or there in plain(text))


@pytest.mark.parametrize(("folder", "most"), [("drafts", 0.0), ("drafts2", 0.03)])
def test_nearly_every_cell_has_its_source_and_hardly_one_a_wrong_one(
    folder: str, most: float
) -> None:
    cells, untold, wrong = sources(folder)
    assert cells > 1000
    assert len(untold) <= most * cells, untold
    assert len(wrong) <= most * cells / 10, wrong


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
    "2026年项目支出绩效目标表|||||",
    "项目名称|一级指标|二级指标|三级指标|指标值|度量单位",
    "修路|产出指标|数量指标|次数|5|次",
    "修路|产出指标|质量指标|合格率|90|%",
    "修桥|产出指标|数量指标|次数|5|次",
    "修桥|产出指标|质量指标|合格率|90|%",
)


def test_projects_of_a_flat_list_point_to_their_own_rows() -> None:
    first, second = (places_of(GRID, one) for one in recognise([GRID], FORMS.labels, "甲.xlsx"))
    for places, top in ((first, 2), (second, 4)):
        for row in (0, 1):
            for name, column in (("level3", 3), ("value", 4), ("unit", 5)):
                binding = Binding("indicators", name, (row,))
                assert places.of(binding) == [(top + row, column)]
        assert places.of(Binding("field", "project_name"))[0][0] in {top, top + 1}
    assert ("indicators", "level3", 0) in second.at((4, 3))


def test_a_sign_without_a_cell_of_its_own_was_read_from_the_value() -> None:
    places = Places({("indicators", "value", 0): (2, 4), ("indicators", "unit", 0): (2, 5)})
    assert places.of(Binding("indicators", "comparator", (0,))) == [(2, 4)]
    assert places.of(Binding("indicators", "unit", (0,))) == [(2, 5)]
    assert not places.of(Binding("indicators", "comparator", (1,)))


def test_addresses_are_those_of_the_file() -> None:
    grid = Grid((), (RowFormat(),) * 3, (1.0, 1.0), row_numbers=(4, 5, 6), column_numbers=(2, 3))
    assert parse_address(grid, "D6") == (1, 1)
    assert parse_address(grid, "A1") is None
    assert parse_address(grid, "") is None
    assert parse_range(grid, "C5:D6") == (0, 0, 2, 2)
    assert parse_range(grid, "") == (0, 0, 3, 2)
    assert grid.address(*(parse_address(grid, "C7") or (0, 0))) == "C7"
