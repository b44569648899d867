"""Numbers and texts as a spreadsheet shows them, and as they are read.

``displayed`` is what is seen. ``format_number`` is what is read: the same without separators of
thousands, and with a sign where the eye finds a negative number or a zero in a ledger: the text
becomes an amount or a target value, and there ``(1,234.50)`` is ``-1234.50``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from jixiao.io.paper.page.numfmt_code import BUILTIN, Section, sections
from jixiao.io.paper.page.numfmt_date import from_datetime, show_date, to_datetime
from jixiao.io.paper.page.numfmt_digits import general, show_number

__all__ = [
    "BUILTIN", "Trouble", "as_number",
    "displayed", "format_number", "format_text", "from_datetime", "general",
    "to_datetime", "trouble",
]  # fmt: skip

Trouble = Literal["", "digits_lost", "not_shown", "other_size"]

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_DASH = re.compile(r"[-–—−]")
_LEDGER = re.compile(r"[\s\-–—−()（）¥￥$€£]*")
_SIGNS = re.compile(r"[-–—−(（负亏缺欠减少▲△]")
_PARENTHESES = re.compile(r"[(（]\s*(.*\d.*?)\s*[)）]")
_MULTIPLES = {"百万": 10**6, "千万": 10**7, "万": 10**4, "亿": 10**8, "千": 10**3, "百": 100}
# A spreadsheet keeps 15 digits of a number.
_MOST_DIGITS = 10**15


def displayed(value: float, code: str = "General", *, date1904: bool = False) -> str:
    """A finite number exactly as its format code shows it, with blanks for what only makes room.

    Args:
        value: the stored number; for dates, days since the epoch.
        code: the format code.
        date1904: the workbook counts days from 1904-01-01 instead of 1899-12-31.
    """
    section, signed = _choose(sections(code or "General"), value)
    if section.shape == "date":
        moment = to_datetime(value, date1904=date1904)
        return general(value) if moment is None else show_date(section, value, date1904=date1904)
    return show_number(section, value, signed=signed, grouping=True)


def format_number(value: float, code: str = "General", *, date1904: bool = False) -> str:
    """A finite number as it is read from a cell with this format code, dates included."""
    if code == "General" or not code:
        return general(value)
    section, signed = _choose(sections(code), value)
    if section.shape == "date":
        return displayed(value, code, date1904=date1904)
    if section.shape in ("scientific", "fraction"):
        return general(value)
    shown = show_number(section, value, signed=signed, grouping=False).strip()
    return as_number(shown, value)


def format_text(text: str, code: str) -> str:
    """A text as its cell shows it: a format may add words to it, or hide it."""
    if "@" not in code and code.count(";") < 3:
        return text
    parts = sections(code)
    section = parts[-1]
    if len(parts) < 4 and not any(token.kind == "at" for token in section.tokens):
        return text
    shown = "".join(text if t.kind == "at" else t.text for t in section.tokens)
    return shown.strip() if shown != text else text


def trouble(value: float, shown: str) -> Trouble:
    """Why a number may not be what ``shown`` says: digits lost, or another size than is stored.

    Dates and codes in groups of digits have no size.
    """
    if value and not shown:
        return "not_shown"
    found = list(_NUMBER.finditer(shown))
    if abs(value) >= _MOST_DIGITS and "." not in shown:
        return "digits_lost"
    if len(found) != 1 or not value:
        return ""
    stored = abs(Decimal(repr(value)))
    size = Decimal(found[0][0].replace(",", ""))
    after = shown[found[0].end() :].strip()
    sizes = [size, size / 100 if after.startswith(("%", "‰")) else size]
    sizes += [size * factor for word, factor in _MULTIPLES.items() if after.startswith(word)]
    return "" if any(abs(s - stored) <= stored / 10 for s in sizes) else "other_size"


def as_number(shown: str, value: float) -> str:
    """A negative number with its sign, and zero as a digit, where only the looks say so.

    Args:
        shown: what a sheet shows for the number.
        value: the number.
    """
    if value > 0:
        return shown
    words = _NUMBER.sub("", shown)
    if value == 0:
        # The dash of a ledger; what is blank stays so.
        return "0" if _DASH.search(shown) and _LEDGER.fullmatch(shown) else shown
    if not re.search(r"[1-9]", shown):
        # What is too small to be seen has no sign: (0.00), -0.
        return shown.strip("-()（） ") if _LEDGER.fullmatch(words) else shown
    if match := _PARENTHESES.fullmatch(shown):
        return f"-{match[1]}"
    return shown if _SIGNS.search(words) else f"-{shown}"


def _choose(parts: tuple[Section, ...], value: float) -> tuple[Section, bool]:
    """The section for a value, and whether a minus sign is added to it."""
    parts = parts[:3]
    if any(section.condition for section in parts):
        for section in parts:
            if section.condition is None or _holds(section.condition, value):
                return section, not _only_negative(section.condition)
        return parts[-1], True
    count = len(parts)
    if any(token.kind == "at" for token in parts[-1].tokens):
        count -= 1  # the last one is for texts
    if not count:
        return sections("General")[0], True
    if value < 0 and count > 1:
        return parts[1], False
    return parts[2 if value == 0 and count > 2 else 0], True


def _only_negative(condition: tuple[str, float] | None) -> bool:
    if condition is None:
        return False
    sign, limit = condition
    return (sign == "<" and limit <= 0) or (sign in ("<=", "=") and limit < 0)


def _holds(condition: tuple[str, float], value: float) -> bool:
    sign, limit = condition
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit,
        "=": value == limit, "<>": value != limit,
    }[sign]  # fmt: skip
