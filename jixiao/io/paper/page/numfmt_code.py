"""Number format codes taken apart: what each section of a code shows, and when.

The codes are those of ECMA-376 part 1, 18.8.31; the built-in ones are as a Chinese Excel shows
them (18.8.30, zh-cn).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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
# The long date and the time of the system's settings, as Chinese ones are.
_SYSTEM_FORMATS = {"[$-F800]": 'yyyy"年"m"月"d"日"', "[$-F400]": "h:mm:ss"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a section; ``text`` is what it says (digits, date letters, literal words)."""

    kind: Field
    text: str


_END = Token("text", "")


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four parts of a code.

    ``decimals``: digits after the point that are always, and at most, shown; ``whole``: least
    digits before it. ``plain``: shown as General (fractions, scientific, an empty section).
    """

    tokens: tuple[Token, ...] = ()
    condition: tuple[str, float] | None = None
    plain: bool = False
    is_date: bool = False
    hanzi: bool = False
    percents: int = 0
    thousands: int = 0
    whole: int = 0
    decimals: tuple[int, int] = (0, 0)


@lru_cache(maxsize=512)
def sections(code: str) -> tuple[Section, ...]:
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


def _section(matches: list[re.Match[str]]) -> Section:
    tokens: list[Token] = []
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
            tokens.append(Token("date", text.lower()))
        elif name == "noon":
            tokens.append(Token("noon", text.upper()))
        elif name in ("general", "at"):
            tokens.append(Token("general", ""))
        elif name in ("digits", "point", "percent"):
            tokens.append(Token(name, text))
        elif name == "comma":
            tokens.append(Token("digits", text) if _has_digits(tokens) else Token("text", text))
        elif name:
            word = match.group(name)
            tokens.append(Token("text", word))
    if any(token.kind in ("date", "elapsed", "noon") for token in tokens):
        return Section(tuple(_minutes(tokens)), condition, is_date=True, hanzi=hanzi)
    if plain or not tokens:
        return Section(condition=condition, plain=True)
    return _number_section(tokens, condition)


def _has_digits(tokens: list[Token]) -> bool:
    return any(token.kind == "digits" for token in tokens)


def _bracket_tokens(inside: str) -> list[Token]:
    """What a bracket adds: elapsed time, a currency sign, the system's long date; else nothing."""
    lower = inside.lower()
    if lower and lower[0] in "hms" and lower == lower[0] * len(lower):
        return [Token("elapsed", lower)]
    if lower.startswith("$"):
        sign = inside[1:].partition("-")[0]
        return [Token("text", sign)] if sign else []
    return []


def _minutes(tokens: list[Token]) -> list[Token]:
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
            result[i] = Token("date", "n" * len(token.text))
    return result


def _number_section(tokens: list[Token], condition: tuple[str, float] | None) -> Section:
    """A section of digits: how many before and after the point, how it is scaled."""
    before = after = ""
    kept: list[Token] = []
    pointed = False
    for token in tokens:
        if token.kind == "point":
            pointed = True
            if not _has_digits(kept):
                kept.append(Token("digits", ""))
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
        return Section(condition=condition, plain=True)  # digits in groups: 000-0000
    digits_after = after.replace(",", "")
    return Section(
        tuple(kept),
        condition,
        percents=sum(token.kind == "percent" for token in tokens),
        thousands=len(body) - len(body.rstrip(",")),
        whole=before.count("0"),
        decimals=(len(digits_after.rstrip("#?")), len(digits_after)),
    )
