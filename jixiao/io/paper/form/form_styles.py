"""The styles part of a form's workbook: the looks and the number format of each cell format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast, get_args
from xml.etree.ElementTree import Element

from jixiao.io.paper.page.grid import Border, HAlign, Style, VAlign

_FONT, _SIZE = "宋体", 10.5  # where a workbook tells none
_HALIGNS = frozenset(get_args(HAlign))
_VALIGNS = frozenset(get_args(VAlign))
_RGB = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
_OTHER_COLORS = ("indexed", "theme", "auto")
_BLACK = "000000"
_DIGITS = 10
_LARGEST = 10_000.0  # points, or characters


@dataclass(frozen=True)
class CellFormats:
    """The cell formats of a workbook by their number; ``plain`` is that of an untold cell."""

    styles: tuple[Style, ...]
    numbers: tuple[int, ...]
    codes: dict[int, str]
    plain: Style

    def style(self, index: int) -> Style:
        """The looks of a cell format."""
        return self.styles[index] if 0 <= index < len(self.styles) else self.plain

    def shown(self, text: str, index: int) -> str:
        """A stored number as a cell of this format shows it."""
        number = self.numbers[index] if 0 <= index < len(self.numbers) else 0
        if not number and text.isdecimal() and len(text) < _DIGITS:  # a year: it stands as it is
            return text
        value = float(text)
        if value - value != 0:  # infinite or not a number: no workbook may hold it
            return text
        from jixiao.io.paper.page.numfmt import BUILTIN, format_number

        return format_number(value, self.codes.get(number) or BUILTIN.get(number, "General"))


def read_formats(root: Element | None) -> CellFormats:
    """The cell formats of a styles part, plain ones where there is none."""
    blocks = {local(block): block for block in root} if root is not None else {}
    fonts = [_font(font) for font in blocks.get("fonts", ())] or [Style(_FONT, _SIZE)]
    fills = [_fill(fill) for fill in blocks.get("fills", ())] or [""]
    borders = [_border(border) for border in blocks.get("borders", ())] or [Border()]
    formats = list(blocks.get("cellXfs", ()))
    return CellFormats(
        tuple(_style(xf, fonts, fills, borders) for xf in formats),
        tuple(int(xf.get("numFmtId", 0)) for xf in formats),
        {int(f.get("numFmtId", 0)): f.get("formatCode", "") for f in blocks.get("numFmts", ())},
        _style(None, fonts, fills, borders),
    )


def local(element: Element) -> str:
    """An element's name without its namespace: strict and transitional files differ in it."""
    return element.tag.rpartition("}")[2]


def number_of(text: str, default: float) -> float:
    """A measure of a workbook, the default where it tells none that can be."""
    try:
        value = float(text)
    except ValueError:
        return default
    return value if 0 <= value <= _LARGEST else default


def _child(element: Element | None, name: str) -> Element | None:
    children: Iterable[Element] = element if element is not None else ()
    return next((child for child in children if local(child) == name), None)


def _value(element: Element, name: str, default: str = "") -> str:
    child = _child(element, name)
    return default if child is None else child.get("val", default)


def _is_on(element: Element | None, name: str) -> bool:
    """Whether a font has a property; <b/> is <b val="1"/>."""
    child = _child(element, name)
    return child is not None and child.get("val", "1") not in {"0", "false", "none"}


def _rgb(color: Element | None) -> str:
    """A colour that is told as such, not by its place in a palette; "" for any other."""
    if color is None or any(name in color.attrib for name in _OTHER_COLORS):
        return ""
    match = _RGB.fullmatch(color.get("rgb", ""))
    return match[1] if match is not None else ""


def _font(font: Element) -> Style:
    color = _rgb(_child(font, "color"))
    return Style(
        font=_value(font, "name") or _FONT,
        size=number_of(_value(font, "sz"), _SIZE) or _SIZE,
        bold=_is_on(font, "b"),
        italic=_is_on(font, "i"),
        underline=_is_on(font, "u"),
        color="" if color == _BLACK else color,
    )


def _fill(fill: Element) -> str:
    pattern = _child(fill, "patternFill")
    solid = pattern is not None and pattern.get("patternType") == "solid"
    return _rgb(_child(pattern, "fgColor")) if solid else ""


def _border(border: Element) -> Border:
    found: list[str] = []
    for side in ("left", "right", "top", "bottom"):
        edge = _child(border, side)
        style = "none" if edge is None else edge.get("style", "none")
        found.append("" if style == "none" else style)
    return Border(*found)


def _style(
    xf: Element | None, fonts: list[Style], fills: list[str], borders: list[Border]
) -> Style:
    def place(name: str, known: int) -> int:
        index = 0 if xf is None else int(xf.get(name, 0))
        return index if 0 <= index < known else 0

    font = fonts[place("fontId", len(fonts))]
    alignment = _child(xf, "alignment")
    stated = {} if alignment is None else alignment.attrib
    horizontal, vertical = stated.get("horizontal", ""), stated.get("vertical", "")
    return Style(
        font=font.font,
        size=font.size,
        bold=font.bold,
        italic=font.italic,
        underline=font.underline,
        color=font.color,
        fill=fills[place("fillId", len(fills))],
        halign=cast("HAlign", horizontal) if horizontal in _HALIGNS else "left",
        valign=cast("VAlign", vertical) if vertical in _VALIGNS else "bottom",
        wrap=stated.get("wrapText", "0") in {"1", "true"},
        indent=int(number_of(stated.get("indent", ""), 0.0)),
        border=borders[place("borderId", len(borders))],
    )
