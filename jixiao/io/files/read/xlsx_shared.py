"""What the sheets of an Excel workbook share: texts, number formats and struck fonts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jixiao.io.files.read.package import TOO_BIG, Element, Package, local
from jixiao.io.files.read.raised import raised
from jixiao.io.paper.page.clean import tidy
from jixiao.io.paper.page.numfmt import BUILTIN
from jixiao.model.errors import RefusedFileError

_MAX_STRINGS, _MAX_STRING_TEXT = 500_000, 40_000_000
# Excel takes no longer format code; the most bloated workbooks have some thousand of them.
_LONGEST_FORMAT, _MAX_FORMATS = 255, 5_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class SharedBook:
    """What the sheets of a workbook share.

    ``struck_strings`` and ``struck_styles``: by their index, those with a line through words.
    """

    strings: list[str] = field(default_factory=list[str])
    codes: list[str] = field(default_factory=list[str])
    date1904: bool = False
    struck_strings: set[int] = field(default_factory=set[int])
    struck_styles: set[int] = field(default_factory=set[int])

    def code(self, style: int) -> str:
        """The number format of a cell's style."""
        return self.codes[style] if style < len(self.codes) else "General"


def read_strings(book: SharedBook, package: Package, part: str) -> None:
    """Takes the shared strings.

    Raises:
        RefusedFileError: damaged, too many.
    """
    if part not in package:
        return
    characters = 0
    for item in package.elements(part, ("{*}si",)):
        if is_struck(item):
            book.struck_strings.add(len(book.strings))
        book.strings.append(tidy(rich_text(item)))
        characters += len(book.strings[-1])
        if len(book.strings) > _MAX_STRINGS or characters > _MAX_STRING_TEXT:
            raise RefusedFileError(TOO_BIG)
        drop(item)


def is_struck(item: Element) -> bool:
    """True when some words of a string have a line through them."""
    return len(item) > 1 and any(is_line(line) for line in item.iter("{*}strike"))


def is_line(strike: Element) -> bool:
    """True for a switch that is on."""
    return strike.get("val", "1") not in ("0", "false")


def rich_text(item: Element) -> str:
    """The words of a shared or inline string; runs are joined, phonetic hints left out."""
    if len(item) == 1 and not len(item[0]):
        text = item[0].text or ""
    else:
        pieces: list[str] = []
        for child in item:
            kind = local(child)
            if kind == "t":
                pieces.append(child.text or "")
            elif kind == "r":
                pieces.append(_run_text(child))
        text = "".join(pieces)
    return unescaped(text)


def _run_text(run: Element) -> str:
    """The text of a run; raised digits (of m², 10⁴) as characters of their own."""
    text = "".join(child.text or "" for child in run if local(child) == "t")
    if len(run) > 1 and any(a.get("val") == "superscript" for a in run.iter("{*}vertAlign")):
        return raised(text)
    return text


def unescaped(text: str) -> str:
    """A text whose control characters stand as they are, and not as _x000D_."""
    return _ESCAPED.sub(_unescape, text) if "_x" in text else text


def _unescape(match: re.Match[str]) -> str:
    return chr(int(match.group(1), 16))


def read_styles(book: SharedBook, package: Package, part: str) -> None:
    """Takes the number format code of each cell style, and whether its font is struck.

    Raises:
        RefusedFileError: damaged, too large.
    """
    root = package.tree(part)
    codes = dict(BUILTIN)
    struck: set[int] = set()
    for block in root if root is not None else ():
        kind = local(block)
        if kind == "numFmts":
            _take_codes(codes, block)
        elif kind == "fonts":
            struck = {
                n for n, font in enumerate(block) if any(map(is_line, font.iter("{*}strike")))
            }
        elif kind == "cellXfs":
            book.codes = [codes.get(integer(xf.get("numFmtId", "")), "General") for xf in block]
            fonts = (integer(xf.get("fontId", "")) for xf in block)
            book.struck_styles = {n for n, font in enumerate(fonts) if font in struck}


def _take_codes(codes: dict[int, str], block: Element) -> None:
    for element in block:
        number = integer(element.get("numFmtId", ""))
        # Ids of the built-in formats belong to the system's language, not to the file.
        if number not in BUILTIN or number in (5, 6, 7, 8):
            code = element.get("formatCode", "General")
            sound = len(code) <= _LONGEST_FORMAT and len(codes) < _MAX_FORMATS
            codes[number] = code if sound else "General"


def integer(text: str) -> int:
    """A whole number, 0 for what is none."""
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def drop(element: Element) -> None:
    """Forgets an element that is done with, and the empty shells before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
