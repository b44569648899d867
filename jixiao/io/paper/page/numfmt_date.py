"""Days since an epoch as moments, and as a section of a format code shows them."""

from __future__ import annotations

from datetime import datetime, timedelta

from jixiao.io.paper.page.numerals import hanzi_day, hanzi_digits
from jixiao.io.paper.page.numfmt_code import Section, Token

# Dates of a sheet know no time zone.
_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


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


def show_date(section: Section, days: float, *, date1904: bool = False) -> str:
    """A day count as a section of a date shows it; it lies in the years 1900 to 9999.

    The moment is rounded to the seconds, or the parts of them, that are shown.
    """
    parts = [token.text for token in section.tokens if token.text.startswith(".")]
    per_second = 10 ** min(3, max((len(part) - 1 for part in parts), default=0))
    days = round(days * 86_400 * per_second) / (86_400 * per_second)
    moment = to_datetime(days, date1904=date1904)
    assert moment is not None
    return "".join(_show(token, moment, days, section) for token in section.tokens)


def _show(token: Token, moment: datetime, days: float, section: Section) -> str:
    if token.kind == "elapsed":
        per_day = {"h": 24, "m": 1440, "s": 86400}[token.text[0]]
        return str(int(days * per_day + 1e-6)).rjust(len(token.text), "0")
    if token.kind == "noon":
        before, _, after = token.text.partition("/")
        return before if moment.hour < 12 else after
    if token.kind != "date":
        return "" if token.kind == "at" else token.text
    shown = _date_part(token.text, moment, section)
    if not section.numerals or not shown.isdecimal():
        return shown
    if token.text[0] in "ye" or int(shown) >= 100:
        return hanzi_digits(shown, section.numerals)
    return hanzi_day(int(shown), section.numerals)


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
        case "n":  # minutes, see numfmt_code
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
