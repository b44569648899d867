"""Official means official: labels and spans of an export are those of the form's workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from openpyxl.utils import range_boundaries

from jixiao.app.forms.check_sample import sample_table
from jixiao.io.files.write.write_docx import write_docx
from jixiao.io.files.write.write_xlsx import write_xlsx
from jixiao.io.paper.form.arrange import arrange
from jixiao.io.paper.form.choose import choose_form
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Grid
from jixiao.model.table import Table
from tests.io.forms import FORM_IDS, FORMS_FOLDER, TABLE_IDS, built_in, truth

FORMS = [built_in(form_id) for form_id in FORM_IDS]


def chosen(name: str) -> Form:
    form = choose_form(FORMS, truth(name))
    assert form is not None
    return form


CASES = [
    *((f"{form.id}-empty", form, Table(kind=form.kind)) for form in FORMS),
    *((f"{form.id}-sample", form, sample_table(form)) for form in FORMS),
    *((name, chosen(name), truth(name)) for name in TABLE_IDS),
]
EACH = pytest.mark.parametrize(("form", "table"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])

Place = tuple[int, int, int, int]


def drawn_labels(form: Form) -> dict[Place, str]:
    """Every cell of plain words as it stands in the form's workbook: rows, columns (from 0)."""
    sheet = openpyxl.load_workbook(FORMS_FOLDER / f"{form.id}.xlsx")["表样"]
    merges = {area[:2]: area for area in map(bounds, sheet.merged_cells.ranges)}
    found: dict[Place, str] = {}
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.value is not None and "{" not in str(cell.value):
                at = (cell.row - 1, cell.column - 1)
                found[merges.get(at, (*at, *at))] = str(cell.value)
    return found


def bounds(area: Any) -> Place:
    left, top, right, bottom = range_boundaries(str(area))
    return top - 1, left - 1, bottom - 1, right - 1


def expected_labels(form: Form, table: Table) -> dict[Place, str]:
    """Where the form's words belong on the filled page: each row where the lines put it."""
    lines = [line.row for line in arrange(form, table)]
    found: dict[Place, str] = {}
    for (top, left, bottom, right), text in drawn_labels(form).items():
        band = next((band for band in form.bands if band.start <= top < band.end), None)
        if band is not None and left in band.level_columns:
            continue  # printed levels are compared on their own below
        first = lines.index(top)
        last = len(lines) - 1 - lines[::-1].index(bottom)
        found[first, left, last, right] = text
    return found


@EACH
def test_labels_and_spans_of_a_workbook(form: Form, table: Table, tmp_path: Path) -> None:
    page = fill(form, table)
    write_xlsx([("表", page)], tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    merges = {bounds(area) for area in sheet.merged_cells.ranges}
    for place, text in expected_labels(form, table).items():
        top, left, bottom, right = place
        assert sheet.cell(top + 1, left + 1).value == text
        assert ((top, left) == (bottom, right)) or place in merges
    for cell in page.cells:
        shown = sheet.cell(cell.row + 1, cell.col + 1).value
        assert ("" if shown is None else _plain(shown)) == _plain(cell.text)
    assert len(merges) == sum(cell.rowspan * cell.colspan > 1 for cell in page.cells)


def _plain(value: object) -> object:
    try:
        return float(str(value))
    except ValueError:
        return value


@EACH
def test_labels_and_spans_of_a_document(form: Form, table: Table, tmp_path: Path) -> None:
    page = fill(form, table)
    write_docx([page], tmp_path / "a.docx")
    body = docx.Document(str(tmp_path / "a.docx")).element.body
    framed = [row for row in range(len(page.rows)) if _framed(page, row)]
    found = [cells for grid in body.iter(qn("w:tbl")) for cells in walk(grid)]
    wanted = [expected_row(page, row) for row in framed]
    assert [[cell[1:] for cell in row] for row in found] == [
        [cell[1:] for cell in row] for row in wanted
    ]
    edges = [cell[0] for row in found for cell in row]
    assert edges == pytest.approx([cell[0] for row in wanted for cell in row], abs=0.005)
    outside = "\n".join(
        "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        for paragraph in body.iterchildren(qn("w:p"))
    )
    for row in set(range(len(page.rows))) - set(framed):
        for cell in page.row_cells(row):
            assert all(line in outside for line in cell.text.split("\n"))


def _framed(page: Grid, row: int) -> bool:
    return any(not cell.style.border.empty for cell in page.row_cells(row))


def walk(table: Any) -> Iterator[list[tuple[float, bool, str]]]:
    """By row the cells of a table: right edge as a share of the width, whether it goes on from
    above, text."""
    widths = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
    for row in table.iterchildren(qn("w:tr")):
        cells: list[tuple[float, bool, str]] = []
        column = 0
        for cell in row.iterchildren(qn("w:tc")):
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
            column += int(span.get(qn("w:val"))) if span is not None else 1
            text = "\n".join(_text(paragraph) for paragraph in cell.iterchildren(qn("w:p")))
            cells.append((sum(widths[:column]) / sum(widths), goes_on, text))
        yield cells


def _text(paragraph: Any) -> str:
    return "".join("\n" if node.tag == qn("w:br") else node.text or "" for node in _runs(paragraph))


def _runs(paragraph: Any) -> list[Any]:
    return [node for node in paragraph.iter() if node.tag in {qn("w:t"), qn("w:br")}]


def expected_row(page: Grid, row: int) -> list[tuple[float, bool, str]]:
    return [
        (
            sum(page.columns[: cell.right]) / sum(page.columns),
            cell.row < row,
            "" if cell.row < row else cell.text,
        )
        for cell in page.row_cells(row)
    ]


@pytest.mark.parametrize("name", TABLE_IDS)
def test_every_word_of_a_true_table_is_on_its_page(name: str) -> None:
    page = fill(chosen(name), truth(name))
    shown = "\n".join(cell.text for cell in page.cells)
    assert all(text in shown for text in truth(name).fields.values())
    for row in truth(name).indicators:
        assert all(text in shown for text in (row.level3, row.value, row.explanation, row.remark))


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_printed_levels_are_the_forms_own_spelling(form_id: str) -> None:
    form = built_in(form_id)
    page = fill(form, Table(kind=form.kind))
    printed = [(row.level1, row.level2) for band in form.bands for row in band.rows if row.printed]
    shown = []
    for number, line in enumerate(arrange(form, Table(kind=form.kind))):
        if line.band is not None and line.printed2:
            cells = [page.at(number, column) for column in line.band.level_columns]
            shown.append(tuple(cell.text for cell in cells if cell is not None))
    assert shown == printed
