"""The fonts that tests measure with: made here, so that a test sees the same on every computer.

A glyph is a pile of bars that spells its number in bits, so that texts differ to the eye of a
test. An ideograph is one em wide, Latin letters are of four widths, and a line is as high as in
the usual Chinese fonts. No font of the computer is seen, neither in this process nor in those
that it starts.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.tables._g_l_y_f import Glyph

_UNITS = 1000
_ASCENT, _DESCENT = 1160, 288
_FOLDER = "JIXIAO_TEST_FONTS"
"""The environment variable by which processes that a test starts know the fonts are there."""

_LATIN_WIDTHS = ((240, " "), (280, "!'(),.:;I[]`fijl|"), (880, "%@MWmw"))
_DIGIT_WIDTH, _CAPITAL_WIDTH = 560, 650
_LATIN = range(0x20, 0x7F)
_LETTERS = (range(0xA0, 0x600),)
_CHINESE = (
    range(0x2010, 0xA000),
    range(0xF900, 0xFB00),
    range(0xFE30, 0xFE70),
    range(0xFF01, 0xFFF0),
    range(0x20000, 0x2A6E0),
)
_PICTURES = 32
_ALIKE = 16
"""Neighbouring ideographs that share a picture: a font of all of them would be megabytes."""


def use_only_own_fonts() -> None:
    """Make the fonts and let Qt see no others; to be called before Qt starts."""
    if _FOLDER in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix="jixiao-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    make_family(folder / "fonts", "Jixiao Test")
    os.environ.update(environment(folder))


def environment(folder: Path) -> dict[str, str]:
    """What to set so that only the fonts in ``folder``/fonts are seen."""
    config = folder / "fonts.conf"
    fonts, cache = (escape((folder / name).as_posix()) for name in ("fonts", "cache"))
    config.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
        f"<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>\n",
        encoding="utf-8",
    )
    # The first is heard by fontconfig, the second by Qt where there is no fontconfig.
    return {
        "FONTCONFIG_FILE": str(config),
        "QT_QPA_FONTDIR": str(folder / "fonts"),
        _FOLDER: str(folder),
    }


def make_family(folder: Path, family: str, *, chinese: bool = True) -> None:
    """Write the regular and the bold font of a family into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for style, weight in (("Regular", 400), ("Bold", 700)):
        name = f"{family} {style}".replace(" ", "-")
        _make_font(folder / f"{name}.ttf", family, style, weight, chinese=chinese)


def _make_font(path: Path, family: str, style: str, weight: int, *, chinese: bool) -> None:
    characters = _characters(chinese=chinese)
    widths = dict(characters.values())
    names = [".notdef", *widths]
    builder = FontBuilder(_UNITS, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupGlyf(
        {name: _glyph(number, widths.get(name, 0)) for number, name in enumerate(names)}
    )
    builder.setupHorizontalMetrics({name: (widths.get(name, 500), 0) for name in names})
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=-_DESCENT)
    builder.setupNameTable(
        {
            "familyName": family,
            "styleName": style,
            "fullName": f"{family} {style}",
            "psName": f"{family} {style}".replace(" ", "-"),
        }
    )
    builder.setupOS2(
        sTypoAscender=880,
        sTypoDescender=-120,
        usWinAscent=_ASCENT,
        usWinDescent=_DESCENT,
        sxHeight=543,
        sCapHeight=733,
        usWeightClass=weight,
        fsSelection=0x20 if weight > 400 else 0x40,
        ulUnicodeRange2=(1 << 27 | 1 << 16) if chinese else 0,
        ulCodePageRange1=(1 | 1 << 18) if chinese else 1,
    )
    builder.setupPost()
    builder.font["head"].macStyle = int(weight > 400)
    _set_characters(builder, {code: name for code, (name, _) in characters.items()})
    builder.save(path)


def _characters(*, chinese: bool) -> dict[int, tuple[str, int]]:
    """By character: the name of its glyph and its width."""
    found = {code: (f"latin{code}", _latin_width(chr(code))) for code in _LATIN}
    for codes in _LETTERS:
        found |= dict.fromkeys(codes, ("letter", _DIGIT_WIDTH))
    for codes in _CHINESE if chinese else ():
        for code in codes:
            found[code] = (f"chinese{code // _ALIKE % _PICTURES}", _UNITS)
    return found


def _latin_width(char: str) -> int:
    for width, chars in _LATIN_WIDTHS:
        if char in chars:
            return width
    return _CAPITAL_WIDTH if char.isupper() else _DIGIT_WIDTH


def _set_characters(builder: FontBuilder, names: dict[int, str]) -> None:
    """Map ranges of characters to one glyph each, which only this format does in few bytes."""
    table = CmapSubtable.newSubtable(13)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.format, table.reserved, table.length, table.nGroups = 13, 0, 0, 0
    table.cmap = names
    cmap = builder.font["cmap"] = newTable("cmap")
    cmap.tableVersion, cmap.tables = 0, [table]


def _glyph(number: int, width: int) -> Glyph:
    """A bar at the bottom and one for each bit of the number, unless it is a blank."""
    pen = TTGlyphPen(None)
    if width > min(width for width, _ in _LATIN_WIDTHS):
        for bit in range(8):
            if bit == 0 or number >> bit - 1 & 1:
                left, right, bottom = 60, width - 60, bit * 95
                pen.moveTo((left, bottom))
                for point in ((left, bottom + 70), (right, bottom + 70), (right, bottom)):
                    pen.lineTo(point)
                pen.closePath()
    return pen.glyph()
