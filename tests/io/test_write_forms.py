"""The official forms, filled, written and opened with other libraries."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

import jixiao
from jixiao.io.files.write.write_docx import write_docx
from jixiao.io.files.write.write_xlsx import write_xlsx
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.load_form import load_form
from jixiao.io.paper.page.grid import Grid, column_letters
from jixiao.model.table import Indicator, Item, SpendingDetail, Table, Task

FORMS = sorted((Path(jixiao.__file__).parent / "resources" / "forms").glob("*.xlsx"))


def filled(path: Path) -> Grid:
    form = load_form(path)
    level3 = ("会议次数", "代表履职能力", "=经费", "满意度")
    indicators = tuple(
        Indicator(level1, level2, name, "≥", str(n + 1), "次", "说明", "行业标准", "备注")
        for n, (level1, level2, name) in enumerate(
            zip(
                ("产出指标", "产出指标", "成本指标", "满意度指标"),
                ("数量指标", "质量指标", "经济成本指标", "服务对象满意度指标"),
                level3,
                strict=True,
            )
        )
    )
    table = Table(
        agency="渌口区人大办",
        year=2026,
        kind=form.kind,
        money_unit="万元",
        fields={
            "project_name": "代表活动",
            "annual_goal": "落实。" * 200,
            "project_amount": "56.10",
        },
        tasks=(Task("视察", "代表联络室", "组织视察。\n开展调研。"),),
        indicators=indicators,
        items=(Item("活动", "56.10", "长期", "年度"),),
        spending_details=(SpendingDetail("会议", "会场", "1.50", "测算"),),
    )
    return fill(form, table)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_labels_and_spans_are_those_of_the_grid(path: Path, tmp_path: Path) -> None:
    page = filled(path)
    write_xlsx([(path.stem, page)], tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    spans = {
        f"{column_letters(c.col)}{c.row + 1}:{column_letters(c.right - 1)}{c.bottom}"
        for c in page.cells
        if c.rowspan * c.colspan > 1
    }
    assert {str(area) for area in sheet.merged_cells.ranges} == spans
    for one in page.cells:
        if one.is_label:
            assert (sheet.cell(one.row + 1, one.col + 1).value or "") == one.text
    assert sheet.page_setup.orientation == (
        "landscape" if page.page.width > page.page.height else "portrait"
    )


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_text_is_in_the_document(path: Path, tmp_path: Path) -> None:
    page = filled(path)
    write_docx([page], tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    written = [
        "".join(node.text or "" for node in paragraph.iter("{*}t"))
        for paragraph in document.element.body.iter("{*}p")
    ]
    everything = "\n".join(written)
    assert document.tables
    for one in page.cells:
        for line in one.text.split("\n"):
            assert line in everything
