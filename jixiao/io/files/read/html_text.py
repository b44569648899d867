"""The words of an HTML element as they are seen, those in input fields of a web form included."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from jixiao.io.files.read.package import Element, etree

_HARD_BREAK = "\x01"
_SPACE = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAK = re.compile(f" *{_HARD_BREAK} *")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|mso-hide\s*:\s*all)", re.IGNORECASE)
SKIPPED = frozenset({"script", "style", "del", "rt", "rp", "head", "title", "button", "noscript"})
PARAGRAPHS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6"})
_LINES = PARAGRAPHS | {"div", "tr"}
_NO_WORDS = frozenset({"hidden", "button", "submit", "reset", "image", "file", "password"})
_TICKS = frozenset({"checkbox", "radio"})


def is_hidden(element: Element) -> bool:
    """True when the element's own style says that it is not to be seen."""
    return bool(_HIDDEN.search(element.get("style", "")))


def text_of(cell: Element, without: Container[Element] = ()) -> str:
    """The words of a cell with its line breaks; those of elements in ``without`` left out."""
    pieces: list[str] = []
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "end":
            if element is not cell and element.tail:
                pieces.append(element.tail)
            continue
        if tag in SKIPPED or (element is not cell and is_hidden(element)) or element in without:
            walk.skip_subtree()
            continue
        if tag == "br" or (tag in _LINES and _has_text(pieces)):
            pieces.append(_HARD_BREAK)
        elif tag in {"td", "th"} and element is not cell:
            pieces.append(" ")
        if tag in _FIELDS:
            pieces.append(_FIELDS[tag](element))
            walk.skip_subtree()
        elif element.text:
            pieces.append(element.text)
    text = _SPACE.sub(_collapse, "".join(pieces)).strip(" ")
    text = _AROUND_BREAK.sub("\n", text).replace("\u00a0", " ")
    return text.strip("\n") if text.strip() else ""


def _input(element: Element) -> str:
    kind = element.get("type", "text").lower()
    if kind in _NO_WORDS:
        return ""
    if kind in _TICKS:
        return "☑" if element.get("checked", "no") != "no" else "□"
    return element.get("value", "")


def _text_area(element: Element) -> str:
    """What stands in a field of several lines; there a line end is meant."""
    text = (element.text or "").strip("\r\n").replace("\r\n", "\n")
    return text.replace("\n", _HARD_BREAK)


def _choice(element: Element) -> str:
    """The chosen entry of a list, which is the first where none is marked."""
    options = list(element.iter("option"))
    chosen = [option for option in options if option.get("selected", "no") != "no"]
    return "".join((chosen or options)[0].itertext()) if options else ""


_FIELDS = {"input": _input, "textarea": _text_area, "select": _choice}


def _has_text(pieces: list[str]) -> bool:
    return any(not piece.isspace() or "\u00a0" in piece for piece in pieces)


def _collapse(match: re.Match[str]) -> str:
    """Blanks of the markup: one blank, none for a line end between two Chinese characters."""
    text, start, end = match.string, match.start(), match.end()
    wide = start > 0 and end < len(text) and _is_wide(text[start - 1]) and _is_wide(text[end])
    return "" if wide and "\n" in match[0] else " "


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in {"W", "F"}
