"""Reading form workbooks: as openpyxl reads them, from whatever program they come."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from jixiao.io.paper.form.form import Form
from jixiao.io.paper.form.form_workbook import read_form_workbook
from jixiao.io.paper.form.load_form import load_form
from jixiao.model.errors import FormError
from tests.io.forms import ABOUT, FORM_IDS, FORMS_FOLDER, HEAD, INDICATORS, draw_form, drawn
from tests.io.openpyxl_form import Drawing

LIBREOFFICE = Path(__file__).parents[1] / "data" / "forms" / "libreoffice.xlsx"
CHAR_WIDTH = 5.25  # points


def words(form: Form) -> dict[tuple[int, int], str]:
    """The printed words of each cell; names in braces as they are known."""
    return {(c.row, c.col): "".join(p.words or str(p.slot) for p in c.pieces) for c in form.cells}


def same_drawing(form: Form, drawing: Drawing) -> None:
    """Everything that openpyxl tells of the drawing is in the form."""
    for cell in form.cells:
        place = cell.row, cell.col
        assert (cell.rowspan, cell.colspan) == drawing.merges.get(place, (1, 1)), place
        text = drawing.text(*place)
        assert cell.words == "" or cell.words in text or cell.slots, place
        assert bool(cell.pieces) == bool(text), place
        told = drawing.style(*place)
        seen = cell.style
        for side in ("left", "right", "top", "bottom"):  # a neighbour's line may come on top
            own = getattr(told.border, side)
            assert not own or getattr(seen.border, side) == own, (place, side)
        for name in LOOKS:
            assert getattr(seen, name) == getattr(told, name), (place, name)
    assert [row.min_height for row in form.rows] == [
        drawing.height(row) for row in range(len(form.rows))
    ]
    assert {i for i, row in enumerate(form.rows) if row.header} == {
        row for row in drawing.header_rows() if row < len(form.rows)
    }
    widths = [width * CHAR_WIDTH for width in drawing.widths(len(form.columns))]
    assert list(form.columns) == pytest.approx(widths)
    assert form.page == drawing.page()


LOOKS = (
    *("font", "size", "bold", "italic", "underline", "color", "fill"),
    *("halign", "valign", "wrap", "indent"),
)


def rewritten(
    source: Path, target: Path, change: Callable[[str, bytes], tuple[str, bytes]]
) -> Path:
    """A workbook with its parts changed: ``change`` gets the name and the content of each."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            new.writestr(*change(info.filename, old.read(info)))
    return target


def with_sheet(folder: Path, old: str, new: str) -> Path:
    """A small good form in whose first sheet's XML a piece is replaced, once."""
    good = draw_form(folder / "good.xlsx", [*HEAD, *INDICATORS], ["A1:F1"])

    def change(name: str, content: bytes) -> tuple[str, bytes]:
        if name == "xl/worksheets/sheet1.xml":
            assert old.encode() in content
            content = content.replace(old.encode(), new.encode(), 1)
        return name, content

    return rewritten(good, folder / "changed.xlsx", change)


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_the_built_in_forms_are_read_as_by_openpyxl(form_id: str) -> None:
    path = FORMS_FOLDER / f"{form_id}.xlsx"
    same_drawing(load_form(path), Drawing(path))


def test_a_form_saved_by_libreoffice() -> None:
    form, original = load_form(LIBREOFFICE), load_form(FORMS_FOLDER / "lukou2026-xiangmu.xlsx")
    same_drawing(form, Drawing(LIBREOFFICE))
    assert words(form) == words(original)
    assert (form.id, form.title, form.levels) == (original.id, original.title, original.levels)


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_a_form_saved_by_openpyxl(form_id: str, tmp_path: Path) -> None:
    path = tmp_path / f"{form_id}.xlsx"
    openpyxl.load_workbook(FORMS_FOLDER / f"{form_id}.xlsx").save(path)
    same_drawing(load_form(path), Drawing(path))
    assert words(load_form(path)) == words(load_form(FORMS_FOLDER / f"{form_id}.xlsx"))


def test_other_ways_to_write_the_same_xml(tmp_path: Path) -> None:
    """Prefixed names, large letters in the names of parts, addresses left out."""

    def change(name: str, content: bytes) -> tuple[str, bytes]:
        if name.startswith("xl/worksheets/"):
            root = ElementTree.fromstring(content)
            for element in root.iter():
                if element.tag.endswith("}row") and name.endswith("sheet2.xml"):
                    del element.attrib["r"]
                    for cell in element:
                        del cell.attrib["r"]
            content = ElementTree.tostring(root)
        return name.replace("xl/worksheets", "XL/Worksheets").replace("styles", "Styles"), content

    source = FORMS_FOLDER / "tongyong-xiangmu.xlsx"
    path = rewritten(source, tmp_path / "other.xlsx", change)
    one, other = load_form(source), load_form(path)
    assert other.cells == one.cells
    assert (other.id, other.levels, other.columns) == (one.id, one.levels, one.columns)


def test_looks_of_every_kind(tmp_path: Path) -> None:
    path = draw_form(tmp_path / "kinds.xlsx", [*HEAD, *INDICATORS], ["A1:F1", "B3:F3"])
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    line, thick = Side("thin"), Side("medium")
    page["A3"].font = Font("黑体", 14, bold=True, italic=True, underline="single", color="FFCC0000")
    page["A3"].fill = PatternFill("solid", fgColor="FFEEEEEE")
    page["A3"].alignment = Alignment("right", "top", wrap_text=True, indent=2)
    page["A3"].border = Border(left=thick)
    page["B3"].border = Border(left=line, top=line)
    page["F3"].border = Border(right=thick, bottom=thick)
    page["A4"].fill = PatternFill("solid", fgColor="00112233")
    page.row_dimensions[4].height = 33.5
    page.column_dimensions["B"].width = 21.5
    page.column_dimensions.group("C", "E", hidden=False)
    page.print_title_rows = "1:4"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 8
    page.page_margins.left = 0.3
    page.print_options.horizontalCentered = True
    book.save(path)
    same_drawing(load_form(path), Drawing(path))
    cells = {(c.row, c.col): c for c in load_form(path).cells}
    assert cells[2, 0].style.border.right == "thin", "drawn by the neighbour"
    assert cells[2, 1].style.border.bottom == "medium"


def test_texts_stand_as_the_workbook_shows_them(tmp_path: Path) -> None:
    rows = [*HEAD, ("甲", "{甲}", "乙", "丙", "丁", "戊"), *INDICATORS]
    path = draw_form(tmp_path / "texts.xlsx", rows)
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    page["A4"], page["C4"], page["D4"], page["E4"] = 2026, 0.95, "=1+1", True
    page["C4"].number_format = "0%"
    page["F4"] = "一\n二"
    page["A6"], page["B6"] = 1.5, "a_x0041_b"
    book.save(path)
    found = words(load_form(path))
    assert [found[3, col] for col in (0, 2, 3, 4, 5)] == ["2026", "95%", "=1+1", "TRUE", "一\n二"]
    assert found[5, 0] == "1.5"


def test_numbers_in_the_sheet_about_the_form(tmp_path: Path) -> None:
    form = drawn(tmp_path, [*HEAD, *INDICATORS], about={**ABOUT, "起始年": 2024, "终止年": 2026.0})
    assert (form.start, form.end) == (2024, 2026)


def test_what_is_only_formatted_does_not_count(tmp_path: Path) -> None:
    path = draw_form(tmp_path / "far.xlsx", [*HEAD, *INDICATORS], ["A1:F1"])
    book = openpyxl.load_workbook(path)
    for row in range(1, 3000):
        book.worksheets[0].cell(row, 80).font = Font("宋体")
    book.save(path)
    form = load_form(path)
    assert (len(form.rows), len(form.columns)) == (5, 6)


@pytest.mark.parametrize("place", ["A500", "CZ1"])
def test_a_page_that_is_too_large_is_told(tmp_path: Path, place: str) -> None:
    path = draw_form(tmp_path / "large.xlsx", [*HEAD, *INDICATORS])
    book = openpyxl.load_workbook(path)
    book.worksheets[0][place] = "远"
    book.save(path)
    with pytest.raises(FormError, match="表样最多 400 行 60 列"):
        load_form(path)


def test_bad_workbooks_have_clear_messages(tmp_path: Path) -> None:
    good = (FORMS_FOLDER / "tongyong-bumen.xlsx").read_bytes()
    for content in (b"", b"text", good[: len(good) // 2], b"\xd0\xcf\x11\xe0" + bytes(600)):
        with pytest.raises(FormError, match="这不是能打开的 Excel 工作簿"):
            load_form(content)
    with pytest.raises(FormError, match="打不开这个表样"):
        load_form(tmp_path / "missing.xlsx")
    book = openpyxl.Workbook()
    with pytest.raises(FormError, match="没有名为“说明”的工作表"):
        load_form(saved(book))
    book.worksheets[0].title = "说明"
    with pytest.raises(FormError, match="没有画表样的工作表"):
        load_form(saved(book))
    book.create_sheet("表样")
    with pytest.raises(FormError, match="工作表“表样”是空的"):
        load_form(saved(book))


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<sheetData>", "<sheetData", "这不是能打开的"),
        ('<row r="1"', '<row r="一"', "这不是能打开的"),
        ('t="inlineStr"', 't="s"', "这不是能打开的"),
        ('ref="A1:F1"', 'ref="A1:XFD1048576"', "表样最多"),
        ('<mergeCells count="1">', "<mergeCells>" + '<mergeCell ref="A1:F5"/>' * 5000, "重叠"),
        (
            "<worksheet",
            '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><worksheet',
            "这不是能打开的",
        ),
    ],
)
def test_damaged_and_hostile_sheets(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = with_sheet(tmp_path, old, new)
    start = time.process_time()
    with pytest.raises(FormError, match=message):
        load_form(path)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("odd", ["NaN", "inf", "-3", "1e300", "x", ""])
def test_odd_measures_are_not_believed(tmp_path: Path, odd: str) -> None:
    form = load_form(with_sheet(tmp_path, 'left="0.75"', f'left="{odd}"'))
    assert form.page.left == 0.75 * 72


def test_a_part_like_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    good = draw_form(tmp_path / "good.xlsx", [*HEAD, *INDICATORS])
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<sheetData>", b"<sheetData>" + b" " * (70 << 20))
            new.writestr(info.filename, content)
    with pytest.raises(FormError, match="工作簿太大"):
        load_form(path)


def test_further_pages_are_named() -> None:
    book = openpyxl.load_workbook(FORMS_FOLDER / "tongyong-bumen.xlsx")
    book.create_sheet("草稿")
    found = read_form_workbook(saved(book))
    assert (found.page.title, found.about.title, found.further) == ("表样", "说明", ("草稿",))


def test_forms_are_read_without_the_large_libraries() -> None:
    script = (
        "import sys\nfrom jixiao.app.forms.at_hand import FormLibrary\n"
        "assert FormLibrary([]).by_id\n"
        "print(*{'openpyxl', 'lxml', 'sqlite_utils', 'hashlib'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""
