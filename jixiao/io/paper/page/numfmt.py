"""Numbers as a spreadsheet shows them: the part of the number-format language that drafts use.

Thousands separators are left out on purpose: the text becomes an amount or a target value, and
there ``1,234.50`` is ``1234.50``.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from jixiao.io.paper.page.numfmt_code import BUILTIN, Section, Token, sections

__all__ = ["BUILTIN", "format_number", "from_datetime", "general", "to_datetime"]

# Dates of a sheet know no time zone.
_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HANZI = "〇一二三四五六七八九"


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
    section, signed = _choose(sections(code), value)
    if section.plain:
        return general(value)
    if section.is_date:
        moment = to_datetime(value, date1904=date1904)
        if moment is None:
            return general(value)
        return "".join(_show_date(token, moment, value, section) for token in section.tokens)
    return _show_number(section, value, signed=signed)


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


def _choose(parts: tuple[Section, ...], value: float) -> tuple[Section, bool]:
    """The section for a value, and whether it shows the minus sign by itself."""
    conditional = any(section.condition for section in parts)
    if conditional:
        for section in parts:
            if section.condition is None or _holds(section.condition, value):
                return section, True
        return parts[-1], True
    count = len(parts)
    if value < 0 and count > 1:
        return parts[1], False
    return parts[2 if value == 0 and count > 2 else 0], True


def _holds(condition: tuple[str, float], value: float) -> bool:
    sign, limit = condition
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit,
        "=": value == limit, "<>": value != limit,
    }[sign]  # fmt: skip


def _show_number(section: Section, value: float, *, signed: bool) -> str:
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


def _show_date(token: Token, moment: datetime, days: float, section: Section) -> str:
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


def _date_part(field: str, moment: datetime, section: Section) -> str:
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
