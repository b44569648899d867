"""Numbers as a spreadsheet shows them: the part of the number-format language that drafts use.

The codes are those of ECMA-376 part 1, 18.8.31; the built-in ones are as a Chinese Excel shows
them (18.8.30, zh-cn). Thousands separators are left out on purpose: the text becomes an amount or
a target value, and there ``1,234.50`` is ``1234.50``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Literal

_DATE_14 = "yyyy/m/d"
_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_HOUR_MINUTE, _NOON_MINUTE = 'h"时"mm"分"', '上午/下午h"时"mm"分"'

BUILTIN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0', 6: '"¥"#,##0', 7: '"¥"#,##0.00', 8: '"¥"#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: _DATE_14, 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: f"{_DATE_14} h:mm",
    27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: f'{_YEAR_MONTH}d"日"',
    32: _HOUR_MINUTE, 33: f'{_HOUR_MINUTE}ss"秒"', 34: _NOON_MINUTE, 35: f'{_NOON_MINUTE}ss"秒"',
    36: _YEAR_MONTH, 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    41: "#,##0", 42: '"¥"#,##0', 43: "#,##0.00", 44: '"¥"#,##0.00',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: _YEAR_MONTH, 51: _MONTH_DAY, 52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY,
    55: _NOON_MINUTE, 56: f'{_NOON_MINUTE}ss"秒"', 57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip

# Dates of a sheet know no time zone.
_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001

Field = Literal["text", "general", "digits", "point", "percent", "date", "noon", "elapsed"]

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | \\(?P<escaped>.)
    | [_*].
    | \[(?P<bracket>[^\]]*)\]?
    | (?P<general>General|G/通用格式)
    | (?P<noon>AM/PM|A/P|上午/下午)
    | (?P<exponent>E[+-][0#?]+)
    | (?P<date>y+|m+|d+|h+|s+|a{3,4}|e+|g+|b+)
    | (?P<subsecond>(?<=s)\.0+)
    | (?P<digits>[0#?][0#?,]*)
    | (?P<point>\.)
    | (?P<percent>%)
    | (?P<comma>,+)
    | (?P<fraction>/\s*[0-9?#]+)
    | (?P<at>@)
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# The long date and the time of the system's settings, as Chinese ones are.
_SYSTEM_FORMATS = {"[$-F800]": 'yyyy"年"m"月"d"日"', "[$-F400]": "h:mm:ss"}
_HANZI = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Field
    text: str


_END = _Token("text", "")


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a code.

    ``decimals``: digits after the point that are always, and at most, shown; ``whole``: least
    digits before it. ``plain``: shown as General (fractions, scientific, an empty section).
    """

    tokens: tuple[_Token, ...] = ()
    condition: tuple[str, float] | None = None
    plain: bool = False
    is_date: bool = False
    hanzi: bool = False
    percents: int = 0
    thousands: int = 0
    whole: int = 0
    decimals: tuple[int, int] = (0, 0)


def general(value: float) -> str:
    """A number in the format General, to 15 significant digits: 697.6099999999999 → "697.61"."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.15g}"
    if "e" in text and 1e-9 <= abs(value) < 1e21:
        text = f"{Decimal(text):f}"
    return text.replace("e", "E")


def format_number(value: float, code: str = "General", *, date1904: bool = False) -> str:
    """A finite number as its format code shows it, dates included.

    Args:
        value: the stored number; for dates, days since the epoch.
        code: the format code; one that is not understood shows the number as General.
        date1904: the workbook counts days from 1904-01-01 instead of 1899-12-31.
    """
    if code == "General" or not code:
        return general(value)
    section, signed = _choose(_sections(code), value)
    if section.plain:
        return general(value)
    if section.is_date:
        moment = to_datetime(value, date1904=date1904)
        if moment is None:
            return general(value)
        return "".join(_show_date(token, moment, value, section) for token in section.tokens)
    return _show_number(section, value, signed=signed)


def is_date_code(code: str) -> bool:
    """True when a code shows a number as a date or a time."""
    return any(section.is_date for section in _sections(code))


def to_datetime(days: float, *, date1904: bool = False) -> datetime | None:
    """The moment that a day count stands for, None outside the years 1900 to 9999.

    Days 1 to 60 of the 1900 epoch carry the well-known leap-year fault of spreadsheets (day 60 is
    a 29 February that never was; it becomes 1 March).
    """
    if not 0 <= days < 2_958_466:
        return None
    start = _EPOCH_1904 if date1904 else _EPOCH_1900 + timedelta(days=days < 60)
    try:
        return start + timedelta(milliseconds=round(days * 86_400_000))
    except OverflowError:
        return None


def from_datetime(moment: datetime, *, date1904: bool = False) -> float:
    """The day count of a moment (after February 1900)."""
    start = _EPOCH_1904 if date1904 else _EPOCH_1900
    return (moment.replace(tzinfo=None) - start) / timedelta(days=1)


def _choose(sections: tuple[_Section, ...], value: float) -> tuple[_Section, bool]:
    """The section for a value, and whether it shows the minus sign by itself."""
    conditional = any(section.condition for section in sections)
    if conditional:
        for section in sections:
            if section.condition is None or _holds(section.condition, value):
                return section, True
        return sections[-1], True
    count = len(sections)
    if value < 0 and count > 1:
        return sections[1], False
    return sections[2 if value == 0 and count > 2 else 0], True


def _holds(condition: tuple[str, float], value: float) -> bool:
    sign, limit = condition
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit,
        "=": value == limit, "<>": value != limit,
    }[sign]  # fmt: skip


def _show_number(section: _Section, value: float, *, signed: bool) -> str:
    number = Decimal(f"{value:.15g}").scaleb(2 * section.percents - 3 * section.thousands)
    least, most = section.decimals
    if number.adjusted() + most > 26:  # beyond the precision of decimal arithmetic
        return general(value)
    rounded = number.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP)
    whole, _, part = f"{abs(rounded):f}".partition(".")
    part = part[:least] + part[least:].rstrip("0")
    whole = whole.lstrip("0").rjust(section.whole, "0")
    shown: list[str] = ["-"] if signed and rounded < 0 else []
    placed = False
    for token in section.tokens:
        match token.kind:
            case "digits":
                if not placed:
                    shown.append(whole + (f".{part}" if part else ""))
                    placed = True
            case "general":
                shown.append(general(abs(value)))
            case "percent":
                shown.append("%")
            case _:
                shown.append(token.text)
    return "".join(shown).strip()


def _show_date(token: _Token, moment: datetime, days: float, section: _Section) -> str:
    if token.kind == "elapsed":
        per_day = {"h": 24, "m": 1440, "s": 86400}[token.text[0]]
        return str(int(days * per_day + 1e-6)).rjust(len(token.text), "0")
    if token.kind == "noon":
        before, _, after = token.text.partition("/")
        return before if moment.hour < 12 else after
    if token.kind != "date":
        return token.text
    shown = _date_part(token.text, moment, section)
    return _to_hanzi(shown, of_year=token.text[0] in "ye") if section.hanzi else shown


def _date_part(field: str, moment: datetime, section: _Section) -> str:
    length = len(field)
    match field[0]:
        case "y":
            shown = f"{moment.year:04d}" if length > 2 else f"{moment.year % 100:02d}"
        case "e":
            shown = str(moment.year)
        case "m":
            month = _MONTHS[moment.month - 1]
            shown = _sized(moment.month, length, month[:1] if length == 5 else month)
        case "d":
            shown = _sized(moment.day, length, _DAYS[moment.weekday()])
        case "a":
            shown = ("星期" if length > 3 else "") + "一二三四五六日"[moment.weekday()]
        case "h":
            halved = any(token.kind == "noon" for token in section.tokens)
            shown = _sized((moment.hour - 1) % 12 + 1 if halved else moment.hour, min(length, 2))
        case "n":  # minutes, see _minutes
            shown = _sized(moment.minute, min(length, 2))
        case "s":
            shown = _sized(moment.second, min(length, 2))
        case ".":
            shown = f".{moment.microsecond:06d}"[:length]
        case _:  # eras
            shown = ""
    return shown


def _sized(number: int, length: int, name: str = "") -> str:
    if length <= 2:
        return str(number).rjust(length, "0")
    return name[:3] if length == 3 else name


def _to_hanzi(text: str, *, of_year: bool) -> str:
    """Digits as [DBNum1] shows them: 2026 → 二〇二六 (a year), 12 → 十二."""
    if not text.isdecimal():
        return text
    if of_year or int(text) >= 100:
        return "".join(_HANZI[int(digit)] for digit in text)
    tens, ones = divmod(int(text), 10)
    if not tens:
        return _HANZI[ones]
    return ("" if tens == 1 else _HANZI[tens]) + "十" + (_HANZI[ones] if ones else "")


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections of a code that numbers may choose from."""
    for mark, replacement in _SYSTEM_FORMATS.items():
        if mark in code.upper():
            code = replacement
    parts: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code[:255]):
        if match.group() == ";":
            parts.append([])
        else:
            parts[-1].append(match)
    return tuple(_section(part) for part in parts[:3])


def _section(matches: list[re.Match[str]]) -> _Section:
    tokens: list[_Token] = []
    condition: tuple[str, float] | None = None
    hanzi = plain = False
    for match in matches:
        name, text = match.lastgroup or "", match.group()
        if name == "bracket":
            inside = match.group("bracket")
            if found := _CONDITION.match(inside):
                condition = found.group(1), float(found.group(2))
            hanzi = hanzi or inside.upper() == "DBNUM1"
            tokens += _bracket_tokens(inside)
        elif name in ("exponent", "fraction") and _has_digits(tokens):
            plain = True
        elif name in ("date", "subsecond"):
            tokens.append(_Token("date", text.lower()))
        elif name == "noon":
            tokens.append(_Token("noon", text.upper()))
        elif name in ("general", "at"):
            tokens.append(_Token("general", ""))
        elif name in ("digits", "point", "percent"):
            tokens.append(_Token(name, text))  # type: ignore[arg-type]
        elif name == "comma":
            tokens.append(_Token("digits", text) if _has_digits(tokens) else _Token("text", text))
        elif name:
            word = match.group(name)
            tokens.append(_Token("text", word))
    if any(token.kind in ("date", "elapsed", "noon") for token in tokens):
        return _Section(tuple(_minutes(tokens)), condition, is_date=True, hanzi=hanzi)
    if plain or not tokens:
        return _Section(condition=condition, plain=True)
    return _number_section(tokens, condition)


def _has_digits(tokens: list[_Token]) -> bool:
    return any(token.kind == "digits" for token in tokens)


def _bracket_tokens(inside: str) -> list[_Token]:
    """What a bracket adds: elapsed time, a currency sign, the system's long date; else nothing."""
    lower = inside.lower()
    if lower and lower[0] in "hms" and lower == lower[0] * len(lower):
        return [_Token("elapsed", lower)]
    if lower.startswith("$"):
        sign = inside[1:].partition("-")[0]
        return [_Token("text", sign)] if sign else []
    return []


def _minutes(tokens: list[_Token]) -> list[_Token]:
    """The same tokens with every m that means minutes (after hours, before seconds) made n."""
    timed = [i for i, token in enumerate(tokens) if token.kind in ("date", "elapsed")]
    result = list(tokens)
    for place, i in enumerate(timed):
        token = tokens[i]
        if token.kind != "date" or token.text not in ("m", "mm"):
            continue
        before = tokens[timed[place - 1]].text[0] if place else ""
        after = tokens[timed[place + 1]].text[0] if place + 1 < len(timed) else ""
        if before == "h" or after == "s":
            result[i] = _Token("date", "n" * len(token.text))
    return result


def _number_section(tokens: list[_Token], condition: tuple[str, float] | None) -> _Section:
    """A section of digits: how many before and after the point, how it is scaled."""
    before = after = ""
    kept: list[_Token] = []
    pointed = False
    for token in tokens:
        if token.kind == "point":
            pointed = True
            if not _has_digits(kept):
                kept.append(_Token("digits", ""))
        elif token.kind == "digits":
            if pointed:
                after += token.text
            else:
                before += token.text
            kept.append(token)
        else:
            kept.append(token)
    body = before + after
    if sum(a.kind == "digits" and b.kind != "digits" for a, b in pairwise([*kept, _END])) > 1:
        return _Section(condition=condition, plain=True)  # digits in groups: 000-0000
    digits_after = after.replace(",", "")
    return _Section(
        tuple(kept),
        condition,
        percents=sum(token.kind == "percent" for token in tokens),
        thousands=len(body) - len(body.rstrip(",")),
        whole=before.count("0"),
        decimals=(len(digits_after.rstrip("#?")), len(digits_after)),
    )
