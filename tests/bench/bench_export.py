"""Export of one table with 20 indicators, against the libraries that would do the same.

Each pair draws the same cells to a file on disk, in turns, and the medians are compared. Our
writer also forces the file onto the disk (fsync) and moves it into place, which the others do
not; the lines "without fsync" leave that out.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from unittest import mock

from jixiao.io.files.write.write_docx import write_docx
from jixiao.io.files.write.write_xlsx import write_xlsx
from jixiao.io.paper.page.grid import Binding, Border, Cell, Grid, Page, Part, RowFormat, Style
from jixiao.io.paper.page.layout import em_width, layout

ROUNDS = 40
INDICATORS = 20
COLUMNS = (60.0, 55.0, 78.0, 112.0, 58.0, 50.0, 62.0, 48.0)
HEADER = ("一级指标", "二级指标", "三级指标", "指标值", "度量单位", "指标值类型", "备注")
GOAL = "贯彻落实会议精神，依法履行监督、决定、任免等职责，提高代表履职能力，保障机关正常运转。" * 4
_BOX = Border("thin", "thin", "thin", "thin")
_TITLE = Style(size=18, bold=True)
_LEFT = Style(halign="left")
_RIGHT = Style(halign="right")
_LABEL = Style(border=_BOX)
_TEXT = Style(border=_BOX, halign="left")


def sample_grid() -> Grid:
    """A page like the project form of Lukou: 8 columns, 7 header rows, 20 indicators."""
    rows = 7 + INDICATORS
    last = len(COLUMNS)
    cells = [
        _cell(0, 0, 1, last, "2026年项目支出方向绩效目标表", _TITLE),
        _cell(1, 0, 1, 6, "填报单位：株洲市渌口区人民代表大会常务委员会办公室", _LEFT),
        _cell(1, 6, 1, 2, "金额单位：万元", _RIGHT),
    ]
    fields = ((2, "项目名称", "人大代表履职能力提升"), (4, "项目支出实施期", "2026年1月"))
    for row, label, text in (*fields, (5, "本年度绩效目标", GOAL)):
        cells.append(_cell(row, 0, 1, 1, label))
        cells.append(_cell(row, 1, 1, 7, text, _TEXT, bound=True))
    cells += [
        _cell(3, 0, 1, 1, "项目金额"),
        _cell(3, 1, 1, 1, "48.4", bound=True),
        _cell(3, 2, 1, 1, "项目类别"),
        _cell(3, 3, 1, 5, "特定目标类", bound=True),
        _cell(6, 0, 1 + INDICATORS, 1, "本年度绩效指标"),
        *(_cell(6, col, 1, 1, text) for col, text in enumerate(HEADER, start=1)),
    ]
    for number in range(INDICATORS):
        cells += _indicator(7 + number, number)
    cells.sort(key=lambda cell: (cell.row, cell.col))
    formats = tuple(
        RowFormat(min_height=33.0 if row == 0 else 18.75, header=row == 6) for row in range(rows)
    )
    return Grid(tuple(cells), formats, COLUMNS, Page(left=36.0, right=36.0))


def _cell(
    row: int,
    col: int,
    rowspan: int,
    colspan: int,
    text: str,
    style: Style = _LABEL,
    *,
    bound: bool = False,
) -> Cell:
    binding = Binding("field", "annual_goal") if bound else None
    return Cell(row, col, rowspan, colspan, (Part(text, binding),), style)


def _indicator(row: int, number: int) -> list[Cell]:
    cells: list[Cell] = []
    if number % 5 == 0:
        cells.append(_cell(row, 1, 5, 1, "产出指标", bound=True))
        cells.append(_cell(row, 2, 5, 1, "数量指标", bound=True))
    name = f"第{number + 1}项代表小组开展活动次数及建议办理情况"
    cells.append(_cell(row, 3, 1, 1, name, _TEXT, bound=True))
    texts = (str(number * 7 + 1), "次", "≥", "")
    cells += [_cell(row, col, 1, 1, text, bound=True) for col, text in enumerate(texts, start=4)]
    return cells


def xlsxwriter_export(grid: Grid, path: Path) -> None:
    """The same cells with XlsxWriter, heights from our layout."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("项目支出")
    formats: dict[Style, object] = {}
    for cell in grid.cells:
        if cell.style not in formats:
            formats[cell.style] = book.add_format(_xlsxwriter_format(cell.style))
    for col, points in enumerate(grid.columns):
        sheet.set_column_pixels(col, col, round(points / 0.75))
    for row, height in enumerate(layout(grid, em_width).row_heights):
        sheet.set_row(row, height)
    for cell in grid.cells:
        looks = formats[cell.style]
        if cell.rowspan > 1 or cell.colspan > 1:
            area = (cell.row, cell.col, cell.bottom - 1, cell.right - 1)
            sheet.merge_range(*area, cell.text, looks)
        elif cell.text.isdigit():
            sheet.write_number(cell.row, cell.col, float(cell.text), looks)
        else:
            sheet.write_string(cell.row, cell.col, cell.text, looks)
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(0.5, 0.5, 0.79, 0.79)
    sheet.repeat_rows(6)
    sheet.print_area(0, 0, len(grid.rows) - 1, len(grid.columns) - 1)
    sheet.hide_gridlines(2)
    book.close()


def _xlsxwriter_format(style: Style) -> dict[str, object]:
    return {
        "font_name": style.font,
        "font_size": style.size,
        "bold": style.bold,
        "align": style.halign,
        "valign": "vcenter",
        "text_wrap": style.wrap,
        "border": 0 if style.border.empty else 1,
    }


def make_template(path: Path) -> None:
    """A Word template of the same table, for docxtpl."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    document.styles["Normal"].font.name = "宋体"
    document.styles["Normal"].font.size = Pt(10.5)
    document.add_paragraph("{{ title }}")
    document.add_paragraph("填报单位：{{ agency }}\t金额单位：万元")
    table = document.add_table(rows=8, cols=8)
    table.style = "Table Grid"
    texts = {
        (0, 0): "项目名称",
        (0, 1): "{{ name }}",
        (1, 0): "项目金额",
        (1, 1): "{{ amount }}",
        (1, 2): "项目类别",
        (1, 3): "{{ category }}",
        (2, 0): "项目支出实施期",
        (2, 1): "{{ period }}",
        (3, 0): "本年度绩效目标",
        (3, 1): "{{ goal }}",
        **{(4, col): text for col, text in enumerate(("本年度绩效指标", *HEADER))},
        (5, 0): "{%tr for i in indicators %}",
        **{(6, 1 + n): "{{ i.c%d }}" % n for n in range(7)},  # noqa: UP031
        (7, 0): "{%tr endfor %}",
    }
    for (row, col), text in texts.items():
        table.cell(row, col).text = text
    for row in (0, 2, 3):
        table.cell(row, 1).merge(table.cell(row, 7))
    table.cell(1, 3).merge(table.cell(1, 7))
    document.save(str(path))


def docxtpl_export(template: Path, path: Path) -> None:
    """A like table from a template."""
    from docxtpl import DocxTemplate

    document = DocxTemplate(str(template))
    indicators = [
        {
            "c0": "产出指标",
            "c1": "数量指标",
            "c2": f"第{n + 1}项代表小组开展活动次数及建议办理情况",
            "c3": str(n * 7 + 1),
            "c4": "次",
            "c5": "≥",
            "c6": "",
        }
        for n in range(INDICATORS)
    ]
    context = {
        "title": "2026年项目支出方向绩效目标表",
        "agency": "株洲市渌口区人民代表大会常务委员会办公室",
        "name": "人大代表履职能力提升",
        "amount": "48.4",
        "category": "特定目标类",
        "period": "2026年1月",
        "goal": GOAL,
        "indicators": indicators,
    }
    document.render(context, autoescape=True)
    document.save(str(path))


def medians(ours: Callable[[], None], theirs: Callable[[], None]) -> tuple[float, float]:
    """The medians of both in seconds, run in turns after a warm-up."""
    ours()
    theirs()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for run_one, times in zip((ours, theirs), taken, strict=True):
            gc.collect()  # what one leaves behind is not to be paid for by the other
            start = time.perf_counter()
            run_one()
            times.append(time.perf_counter() - start)
    return statistics.median(taken[0]), statistics.median(taken[1])


_READY = cache(sample_grid)


def run(make_grid: Callable[[], Grid] = _READY) -> list[tuple[str, float, float]]:
    """Name, our seconds and the other library's seconds, of each comparison.

    Args:
        make_grid: Makes the page anew for each of our exports; by default it is there already.
    """
    results: list[tuple[str, float, float]] = []
    grid = make_grid()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = folder / "template.docx"
        make_template(template)

        def xlsx() -> None:
            write_xlsx([("项目支出", make_grid())], folder / "ours.xlsx")

        def docx() -> None:
            write_docx([make_grid()], folder / "ours.docx")

        other_xlsx = partial(xlsxwriter_export, grid, folder / "other.xlsx")
        other_docx = partial(docxtpl_export, template, folder / "other.docx")
        for label, ours, theirs in (
            ("xlsx / XlsxWriter", xlsx, other_xlsx),
            ("docx / docxtpl", docx, other_docx),
        ):
            results.append((label, *medians(ours, theirs)))
            with mock.patch.object(os, "fsync"):
                results.append((f"{label}, without fsync", *medians(ours, theirs)))
    return results


def main() -> None:
    """Print the comparisons."""
    for label, ours, theirs in run():
        line = f"{label}: {ours * 1000:.2f} ms, {theirs * 1000:.2f} ms, ratio {ours / theirs:.2f}"
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
