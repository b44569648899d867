"""A form's workbook as plain data: the texts, looks and page set-up that a drawing consists of.

Forms are read whenever the program starts, so their reader is one of few words: a library for
everything that workbooks can hold takes many times its memory and time. Workbooks may come from
anywhere: sizes are bounded, and document types (which entity bombs need) are refused.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree

from jixiao.io.paper.form.form_styles import CellFormats, local, number_of, read_formats
from jixiao.io.paper.page.addresses import Merge, parse_address, parse_range
from jixiao.io.paper.page.clean import tidy
from jixiao.io.paper.page.grid import Style
from jixiao.model.errors import FormError

ABOUT_SHEET = "说明"
MAX_ROWS, MAX_COLUMNS = 400, 60
_MAX_PART, _MAX_SHEET = 8 << 20, 64 << 20
_SETTINGS = frozenset({"sheetFormatPr", "pageSetUpPr", "pageMargins", "pageSetup", "printOptions"})
_NUMBER_CELL = frozenset({"", "n"})
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TITLE_ROWS = re.compile(r"\$?(\d+):\$?(\d+)$")
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError),
    *(ElementTree.ParseError, ValueError, LookupError),
)
_PLAIN = Style()


@dataclass
class FormSheet:
    """A worksheet; rows and columns count from 0.

    Attributes:
        title: Its name.
        texts: What each cell shows that is not empty, a formula as it is written.
        looks: The style of each cell that the file tells of.
        merges: The merged ranges.
        heights: Heights of rows, in points, where the file tells them.
        widths: Widths of columns, in characters, where the file tells them.
        header_rows: The rows that are printed on every page.
        settings: Attributes of the elements of page and sheet format, by the element's name.
        plain: The style of a cell of which the file does not tell.
        last: The last row and column with a text or a border, (-1, -1) in an empty sheet; what
            lies beyond MAX_ROWS and MAX_COLUMNS is counted here, but not kept.
    """

    title: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    looks: dict[tuple[int, int], Style] = field(default_factory=dict[tuple[int, int], Style])
    merges: list[Merge] = field(default_factory=list[Merge])
    heights: dict[int, float] = field(default_factory=dict[int, float])
    widths: dict[int, float] = field(default_factory=dict[int, float])
    header_rows: frozenset[int] = frozenset()
    settings: dict[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    plain: Style = _PLAIN
    last: tuple[int, int] = (-1, -1)

    def style(self, row: int, col: int) -> Style:
        """The looks of a cell, with the lines that are its own."""
        return self.looks.get((row, col), self.plain)


@dataclass(frozen=True)
class FormWorkbook:
    """The sheet 说明, the sheet on which the page is drawn, and the names of further ones."""

    about: FormSheet
    page: FormSheet
    further: tuple[str, ...]


def read_form_workbook(content: bytes) -> FormWorkbook:
    """Read a form's workbook.

    Raises:
        FormError: It is no workbook, or has no sheet 说明 or no page.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return _Reader(package).read()
    except _DAMAGE as error:
        raise FormError(
            "这不是能打开的 Excel 工作簿（.xlsx），请用 Excel 或 WPS 另存一次。"
        ) from error


class _Plain(ElementTree.TreeBuilder):
    """Builds a tree of a part; one with a document type is refused."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """No office file has one."""
        raise ValueError(name, pubid, system)


class _Reader:
    """Reads the parts of one workbook."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._parts = {
            info.filename.replace("\\", "/").lstrip("/").lower(): info
            for info in package.infolist()
        }

    def read(self) -> FormWorkbook:
        """The sheets that count."""
        root = self._tree("xl/workbook.xml")
        if root is None:
            raise ValueError("no workbook")
        targets = self._targets()
        names = [element for element in root.iter() if local(element) == "sheet"]
        sheets = [(n, e.get("name", ""), _relation(e)) for n, e in enumerate(names)]
        sheets = [(n, name, targets[r]) for n, name, r in sheets if r in targets]
        about = [sheet for sheet in sheets if sheet[1] == ABOUT_SHEET]
        pages = [sheet for sheet in sheets if sheet[1] != ABOUT_SHEET]
        if not about:
            raise FormError(f"工作簿里没有名为“{ABOUT_SHEET}”的工作表，它不是表样。")
        if not pages:
            raise FormError("工作簿里没有画表样的工作表。")
        strings, formats = self._strings(), read_formats(self._tree("xl/styles.xml"))
        page = self._sheet(*pages[0][1:], strings, formats)
        page.header_rows = _header_rows(root, pages[0][0])
        return FormWorkbook(
            self._sheet(*about[0][1:], strings, formats),
            page,
            tuple(name for _, name, _ in pages[1:]),
        )

    def _targets(self) -> dict[str, str]:
        """The parts of the worksheets by the id of their relation."""
        root = self._tree("xl/_rels/workbook.xml.rels")
        found: dict[str, str] = {}
        for element in root if root is not None else ():
            if element.get("Type", "").endswith("/worksheet"):
                target = element.get("Target", "").replace("\\", "/")
                found[element.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target))
        return found

    def _strings(self) -> list[str]:
        root = self._tree("xl/sharedStrings.xml")
        return [_words(item) for item in root] if root is not None else []

    def _sheet(self, name: str, part: str, strings: list[str], formats: CellFormats) -> FormSheet:
        sheet = FormSheet(name, plain=formats.plain)
        target = _SheetTarget(sheet, strings, formats)
        parser = ElementTree.XMLParser(target=target)  # noqa: S314 - refuses document types
        with self._package.open(self._info(part.lstrip("/"), _MAX_SHEET)) as stream:
            while piece := stream.read(1 << 16):
                parser.feed(piece)
        parser.close()
        return sheet

    def _tree(self, part: str) -> ElementTree.Element | None:
        if part.lower() not in self._parts:
            return None
        parser = ElementTree.XMLParser(target=_Plain())  # noqa: S314 - refuses document types
        parser.feed(self._package.read(self._info(part, _MAX_PART)))
        return parser.close()

    def _info(self, part: str, limit: int) -> zipfile.ZipInfo:
        info = self._parts[part.lower()]
        if info.file_size > limit:
            raise FormError("表样的工作簿太大。请删去表外的内容和格式，另存一次。")
        return info


def _relation(sheet: ElementTree.Element) -> str:
    return next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")


def _words(item: ElementTree.Element) -> str:
    """The words of a string; runs are joined, phonetic hints left out."""
    found: list[str] = []
    for child in item:
        kind = local(child)
        if kind == "t":
            found.append(child.text or "")
        elif kind == "r":
            found += [text.text or "" for text in child if local(text) == "t"]
    return _unescaped("".join(found))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _header_rows(root: ElementTree.Element, sheet: int) -> frozenset[int]:
    """The rows that a sheet (by its place in the workbook) prints on every page."""
    rows: set[int] = set()
    for element in root.iter():
        mine = element.get("localSheetId") == str(sheet)
        if mine and element.get("name", "").lower() == "_xlnm.print_titles":
            for area in (element.text or "").split(","):
                match = _TITLE_ROWS.fullmatch(area.strip().rpartition("!")[2])
                if match is not None:
                    first, last = int(match[1]), min(int(match[2]), MAX_ROWS)
                    rows.update(range(first - 1, last))
    return frozenset(rows)


class _SheetTarget:
    """Takes a worksheet part in while it is parsed; what lies far outside costs no memory."""

    def __init__(self, sheet: FormSheet, strings: list[str], formats: CellFormats) -> None:
        self._sheet = sheet
        self._strings = strings
        self._formats = formats
        self._row, self._col = -1, -1
        self._style, self._kind = 0, ""
        self._text: list[str] = []
        self._formula: str | None = None
        self._reading = self._phonetic = False
        self._value = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition("}")[2]
        if name == "c":
            self._start_cell(attributes)
        elif name in {"v", "t", "f"}:
            self._text = []
            self._reading = not self._phonetic
        elif name == "row":
            self._start_row(attributes)
        elif name == "mergeCell":
            merge = parse_range(attributes.get("ref", ""))
            if merge is not None:
                self._sheet.merges.append(merge)
        elif name == "col":
            self._take_width(attributes)
        elif name == "rPh":
            self._phonetic = True
        elif name in _SETTINGS:
            self._sheet.settings[name] = dict(attributes)

    def data(self, text: str) -> None:
        """Characters of an element."""
        if self._reading:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        name = tag.rpartition("}")[2]
        if name == "c":
            self._end_cell()
        elif name in {"v", "t"} and self._reading:
            self._value += "".join(self._text)
        elif name == "f":
            self._formula = "".join(self._text)
        elif name == "rPh":
            self._phonetic = False
        self._reading = False

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """No office file has one."""
        raise ValueError(name, pubid, system)

    def close(self) -> None:
        """The part ends."""

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) - 1 if number else self._row + 1
        self._col = -1
        if "ht" in attributes and self._row < MAX_ROWS:
            self._sheet.heights[self._row] = number_of(attributes["ht"], 0.0)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        place = parse_address(attributes.get("r", ""))
        self._row, self._col = place if place is not None else (self._row, self._col + 1)
        self._style = int(attributes.get("s", 0))
        self._kind = attributes.get("t", "")
        self._value, self._formula = "", None

    def _end_cell(self) -> None:
        sheet, place = self._sheet, (self._row, self._col)
        style = self._formats.style(self._style)
        text = tidy(self._shown())
        if text or not style.border.empty:
            sheet.last = max(sheet.last[0], self._row), max(sheet.last[1], self._col)
        if self._row < MAX_ROWS and self._col < MAX_COLUMNS:
            sheet.looks[place] = style
            if text:
                sheet.texts[place] = text

    def _shown(self) -> str:
        if self._formula is not None:
            return "=" + self._formula
        if self._kind == "s":
            return self._strings[int(self._value)] if self._value else ""
        if self._kind == "b":
            return "TRUE" if self._value == "1" else "FALSE"
        if self._kind in _NUMBER_CELL and self._value:
            return self._formats.shown(self._value, self._style)
        return _unescaped(self._value)

    def _take_width(self, attributes: Mapping[str, str]) -> None:
        width = number_of(attributes.get("width", ""), 0.0)
        if width:
            first, last = int(attributes["min"]), min(int(attributes["max"]), MAX_COLUMNS)
            self._sheet.widths.update(dict.fromkeys(range(first - 1, last), width))
