"""The styles part of a workbook: fonts, fills, borders and formats, each once."""

from __future__ import annotations

from collections.abc import Iterable

from jixiao.io.files.write.opc import xml_text
from jixiao.io.paper.page.grid import Border, Style

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FIRST_OWN_FORMAT = 164
_BUILT_IN = {"General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4}
# Column widths are counted in the digits of the first font. Every machine has Arial or a font of
# the same widths, which is not true of Calibri; the digits of both are 7 pixels wide.
_DEFAULT_FONT = '<font><sz val="10"/><name val="Arial"/><family val="2"/></font>'
_NO_BORDER = "<border><left/><right/><top/><bottom/><diagonal/></border>"


class Styles:
    """Collects the styles that sheets use and gives each its number."""

    def __init__(self) -> None:
        self._fonts = {_DEFAULT_FONT: 0}
        self._fills = {_fill("none"): 0, _fill("gray125"): 1}
        self._borders = {_NO_BORDER: 0}
        self._formats: dict[str, int] = {}
        self._xfs = {'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>': 0}
        # Cells share their Style objects, and an identity is found much faster than a hash. The
        # object is kept with its number, so that the identity stays its own.
        self._known: dict[tuple[int, str, bool, bool, bool], tuple[Style, int]] = {}

    def index(
        self,
        style: Style,
        number_format: str = "General",
        *,
        quoted: bool = False,
        wrapped: bool = False,
        shrunk: bool = False,
    ) -> int:
        """The number of a cell format.

        Args:
            style: The looks.
            number_format: Excel's format code.
            quoted: Keep the text a text when somebody edits the cell (Excel's leading apostrophe).
            wrapped: Break lines although the style does not, since the text has line breaks.
            shrunk: Make a number that is wider than its cell smaller, where Excel would else show
                ####; such a cell breaks no lines.
        """
        key = (id(style), number_format, quoted, wrapped, shrunk)
        found = self._known.get(key)
        if found is None:
            xf = self._xf(style, number_format, quoted, wrapped, shrunk)
            found = self._known[key] = style, _number(self._xfs, xf)
        return found[1]

    def _xf(
        self, style: Style, number_format: str, quoted: bool, wrapped: bool, shrunk: bool
    ) -> str:
        font = _number(self._fonts, _font(style))
        fill = _number(self._fills, _fill("solid", style.fill)) if style.fill else 0
        border = _number(self._borders, _border(style.border))
        code = _BUILT_IN.get(number_format)
        if code is None:
            code = _FIRST_OWN_FORMAT + _number(self._formats, number_format)
        wrap = ' wrapText="1"' if (style.wrap or wrapped) and not shrunk else ""
        shrink = ' shrinkToFit="1"' if shrunk else ""
        quote = ' quotePrefix="1"' if quoted else ""
        indent = f' indent="{style.indent}"' if style.indent else ""
        looks = f'horizontal="{style.halign}" vertical="{style.valign}"{wrap}{indent}{shrink}'
        return (
            f'<xf numFmtId="{code}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
            f'{quote} applyNumberFormat="1" applyFont="1" '
            'applyFill="1" applyBorder="1" applyAlignment="1">'
            f"<alignment {looks}/></xf>"
        )

    def xml(self) -> str:
        """The whole part."""
        formats = [
            f'<numFmt numFmtId="{_FIRST_OWN_FORMAT + n}" formatCode="{xml_text(code)}"/>'
            for code, n in self._formats.items()
        ]
        return (
            f'<styleSheet xmlns="{_MAIN}">{_list("numFmts", formats) if formats else ""}'
            f"{_list('fonts', self._fonts)}{_list('fills', self._fills)}"
            f"{_list('borders', self._borders)}"
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
            f"</cellStyleXfs>{_list('cellXfs', self._xfs)}"
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            '<dxfs count="0"/></styleSheet>'
        )


def _number(numbers: dict[str, int], xml: str) -> int:
    return numbers.setdefault(xml, len(numbers))


def _list(name: str, items: Iterable[str]) -> str:
    listed = list(items)
    return f'<{name} count="{len(listed)}">{"".join(listed)}</{name}>'


def _font(style: Style) -> str:
    marks = "".join(
        f"<{mark}/>"
        for mark, on in (("b", style.bold), ("i", style.italic), ("u", style.underline))
        if on
    )
    color = f'<color rgb="FF{style.color}"/>' if style.color else ""
    charset = "" if style.font.isascii() else '<charset val="134"/>'
    name = xml_text(style.font)
    return f'<font>{marks}<sz val="{style.size:g}"/>{color}<name val="{name}"/>{charset}</font>'


def _fill(pattern: str, color: str = "") -> str:
    if not color:
        return f'<fill><patternFill patternType="{pattern}"/></fill>'
    return (
        f'<fill><patternFill patternType="{pattern}"><fgColor rgb="FF{color}"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
    )


def _border(border: Border) -> str:
    edges = "".join(
        f'<{name} style="{line}"><color auto="1"/></{name}>' if line else f"<{name}/>"
        for name, line in (
            ("left", border.left),
            ("right", border.right),
            ("top", border.top),
            ("bottom", border.bottom),
        )
    )
    return f"<border>{edges}<diagonal/></border>"
