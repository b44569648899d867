"""Number format codes taken apart: what each section of a code shows, and when.

The codes are those of ECMA-376 part 1, 18.8.31; the built-in ones are as a Chinese Excel shows
them (18.8.30, zh-cn).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
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

Field = Literal[
    "text", "blank", "currency", "general", "digit", "point", "percent", "exponent", "slash",
    "date", "noon", "elapsed", "at",
]  # fmt: skip
Shape = Literal["number", "scientific", "fraction", "date", "general"]

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.)
    | _(?P<blank>.)
    | \*.
    | \[(?P<bracket>[^\]]*)\]?
    | (?P<general>General|G/通用格式)
    | (?P<noon>AM/PM|A/P|上午/下午)
    | (?P<exponent>E[+-](?=[0#?]))
    | (?P<date>y+|m+|d+|h+|s+|a{3,4}|e+|g+|b+)
    | (?P<subsecond>(?<=s)\.0+)
    | (?P<digit>[0#?])
    | (?P<point>\.)
    | (?P<percent>%)
    | (?P<comma>,)
    | /(?P<slash>\d*)(?=[0-9?#]|(?<=\d))
    | (?P<at>@)
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_NUMERALS = re.compile(r"DBNUM([123])$", re.IGNORECASE)
# The long date and the time of the system's settings, as Chinese ones are.
_SYSTEM_FORMATS = {"[$-F800]": 'yyyy"年"m"月"d"日"', "[$-F400]": "h:mm:ss"}
_DATES = ("date", "elapsed", "noon")
# What a piece is, by the name of its group; anything else is words.
_KINDS: dict[str, Field] = {
    "general": "general", "at": "at", "digit": "digit", "point": "point", "percent": "percent",
    "exponent": "exponent", "slash": "slash",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a section; ``text`` is what it says (a digit's mark, date letters, words)."""

    kind: Field
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four parts of a code.

    ``numerals``: 1 to 3 for the Chinese numerals of [DBNum1] to [DBNum3], 0 for digits.
    ``thousands``: how often the number is divided by 1000; ``grouped``: 1,234.
    """

    tokens: tuple[Token, ...] = ()
    shape: Shape = "general"
    condition: tuple[str, float] | None = None
    numerals: int = 0
    percents: int = 0
    thousands: int = 0
    grouped: bool = False

    @property
    def words(self) -> str:
        """All that it shows beside the number."""
        return "".join(token.text for token in self.tokens if token.kind == "text")

    @property
    def has_digits(self) -> bool:
        """True when a number is shown in it at all."""
        return any(token.kind in ("digit", "general", "at") for token in self.tokens)


@lru_cache(maxsize=512)
def sections(code: str) -> tuple[Section, ...]:
    """The one to four sections of a code; the fourth is for texts."""
    for mark, replacement in _SYSTEM_FORMATS.items():
        if mark in code.upper():
            code = replacement
    parts: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code[:255]):
        if match.group() == ";":
            parts.append([])
        else:
            parts[-1].append(match)
    return tuple(_section(part) for part in parts[:4])


def _section(matches: list[re.Match[str]]) -> Section:
    tokens: list[Token] = []
    condition: tuple[str, float] | None = None
    numerals = 0
    for match in matches:
        name = match.lastgroup or ""
        inside = match[name] if name else ""
        if name != "bracket":
            tokens += _tokens(name, inside)
            continue
        if found := _CONDITION.match(inside):
            condition = found.group(1), float(found.group(2))
        elif named := _NUMERALS.match(inside):
            numerals = int(named[1])
        tokens += _bracket_tokens(inside)
    if any(token.kind in _DATES for token in tokens):
        return Section(tuple(_minutes(tokens)), "date", condition, numerals)
    return _number_section(tokens, condition, numerals)


@lru_cache(maxsize=2048)
def _tokens(name: str, text: str) -> tuple[Token, ...]:
    """What one piece of a code says; commas are kept apart for ``_number_section``."""
    if name == "comma":
        return (_COMMA,)
    if name == "blank":
        return (Token("blank", " "),)
    if name in ("date", "subsecond"):
        return (Token("date", text.lower()),)
    if name == "noon":
        return (Token("noon", text.upper()),)
    kind = _KINDS.get(name, "text")
    return (Token(kind, text),) if text or kind != "text" else ()


def _bracket_tokens(inside: str) -> list[Token]:
    """What a bracket adds: elapsed time, a currency sign; else nothing."""
    lower = inside.lower()
    if lower and lower[0] in "hms" and lower == lower[0] * len(lower):
        return [Token("elapsed", lower)]
    if lower.startswith("$"):
        sign = inside[1:].partition("-")[0]
        return [Token("currency", sign)] if sign else []
    return []


def _minutes(tokens: list[Token]) -> list[Token]:
    """The same tokens with every m that means minutes (after hours, before seconds) made n."""
    timed = [i for i, token in enumerate(tokens) if token.kind in ("date", "elapsed")]
    result = [Token("text", ",") if t is _COMMA else t for t in tokens]
    for place, i in enumerate(timed):
        token = tokens[i]
        if token.kind != "date" or token.text not in ("m", "mm"):
            continue
        before = tokens[timed[place - 1]].text[0] if place else ""
        after = tokens[timed[place + 1]].text[0] if place + 1 < len(timed) else ""
        if before == "h" or after == "s":
            result[i] = Token("date", "n" * len(token.text))
    return result


_COMMA = Token("blank", ",")


def _number_section(
    tokens: list[Token], condition: tuple[str, float] | None, numerals: int
) -> Section:
    """A section of a number: its commas read as grouping or as thousands."""
    places = [i for i, token in enumerate(tokens) if token.kind == "digit"]
    points = [i for i, token in enumerate(tokens) if token.kind == "point"]
    kept: list[Token] = []
    thousands = 0
    grouped = False
    for i, token in enumerate(tokens):
        if token is not _COMMA:
            # A second point is a word.
            is_word = token.kind == "point" and i != points[0]
            kept.append(Token("text", ".") if is_word else token)
        elif not places or i < places[0]:
            kept.append(Token("text", ","))
        elif i > places[-1] or (points and places[-1] > points[0] > i > _last(places, points[0])):
            thousands += 1
        else:
            grouped = True
    kinds = {token.kind for token in kept}
    shape: Shape = "general" if kinds & {"general", "at"} or not kept else "number"
    if "exponent" in kinds and places:
        shape = "scientific"
    elif "slash" in kinds and places:
        shape = "fraction"
    percents = sum(token.kind == "percent" for token in kept)
    return Section(tuple(kept), shape, condition, numerals, percents, thousands, grouped)


def _last(places: list[int], before: int) -> int:
    """The last digit before a place, -1 for none."""
    return max((place for place in places if place < before), default=-1)
