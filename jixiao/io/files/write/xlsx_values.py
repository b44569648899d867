"""What Excel makes of texts, numbers, names and widths: its limits and its habits."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence

MAX_TEXT = 32767
"""So many UTF-16 units a cell holds."""

POINTS_PER_PIXEL = 0.75

_PIXELS_PER_CHARACTER = 7
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3}){1,4})(?:\.\d+)?", re.ASCII)
# What Excel would turn into a formula, number or date as soon as somebody edits the cell.
_RETYPED = re.compile(r"[=+\-@']|[\d.,%:/\-年月日 ]*\d[\d.,%:/\-eE年月日 ]*$")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that Excel accepts: at most 31 characters, none of its marks, each name once.

    Characters that cannot be seen are left out, and its own name History is not taken.
    """
    names: list[str] = []
    taken = {"history"}
    for name in wanted:
        plain = re.sub(r"[:\\/?*\[\]\x00-\x1f\ud800-\udfff\ufffe\uffff]", "", name)
        plain = "".join(char for char in plain if unicodedata.category(char) != "Cf")
        plain = plain.strip().strip("'").strip()
        base = plain[:31].rstrip("' ") or f"表{len(names) + 1}"
        unique, count = base, 1
        while unique.casefold() in taken:
            count += 1
            unique = f"{base[: 31 - len(str(count)) - 2]}({count})"
        taken.add(unique.casefold())
        names.append(unique)
    return names


def retyped(text: str) -> bool:
    """True for a text that Excel would not leave a text when somebody edits its cell."""
    return _RETYPED.match(text) is not None


def escaped(text: str) -> str:
    """A text in which nothing is taken for Excel's own way to write odd characters (_x000D_)."""
    return _ESCAPE_LIKE.sub("_x005F_", text)


def number_format(text: str) -> str | None:
    """The number format that shows a decimal as typed, None when it must stay text.

    Its thousands may be parted by commas (1,234.50). Excel keeps 15 significant digits, and its
    General format shows 11 of them.
    """
    if not _NUMBER.fullmatch(text):
        return None
    whole, _, decimals = text.lstrip("-").replace(",", "").partition(".")
    digits = len(whole) + len(decimals)
    if digits > 15 or (text[0] == "-" and not (whole + decimals).strip("0")):
        return None
    parted = "," in text
    if digits <= 10 and not decimals.endswith("0") and not parted:
        return "General"
    return ("#,##0" if parted else "0") + (f".{'0' * len(decimals)}" if decimals else "")


def number_value(text: str) -> str:
    """The number itself, of a text for which there is a number format."""
    return text.replace(",", "")


def characters(points: float) -> float:
    """A column width in Excel's unit, characters of the default font with their padding."""
    pixels = round(points / POINTS_PER_PIXEL)
    return math.floor(pixels / _PIXELS_PER_CHARACTER * 256) / 256
