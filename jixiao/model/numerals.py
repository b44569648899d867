"""Numbers in running text: 3次, 十个事项, 90%以上, 48.4万元, 28日至30日, 6月底前.

Only what is certainly a quantity is read: ordinals (第三次), names (“两个联系”, 一府两院) and
outline numbers (1.) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from jixiao.model.vocabulary import (
    COMPARATOR_PREFIXES,
    COMPARATOR_SUFFIXES,
    CONTINUOUS_UNITS,
    INTEGER_UNITS,
    canonical_unit,
)

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_PLACES = {"十": 10, "百": 100, "千": 1000}
NUMERAL = r"[零〇一二两三四五六七八九十百千]"


def number_of(text: str) -> int | None:
    """The number that Chinese numerals below ten thousand say: 十二, 一百零五, 两; else None."""
    total, digit = 0, -1
    for char in text:
        if char in _DIGITS:
            if digit > 0:  # 二三 is an estimate, 二〇二六 a year: no number
                return None
            digit = _DIGITS[char]
        elif char in _PLACES:
            total += (digit if digit > 0 else 1) * _PLACES[char]
            digit = -1
        else:
            return None
    return total + max(digit, 0) if text else None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text.

    Attributes:
        number: The number, without its multiplier (万人次 counts as such a unit).
        unit: The canonical unit.
        sign: What words around it say (至少 → ≥, 以内 → ≤), or "".
        before: The words of the same clause before it.
        after: The words of the same clause after it, up to the next number.
        times: How often a year it happens (每季度 → 4), 1 if it is not said.
        text: The number with its unit as written.
        part: Whether it is a part of something told before (其中…).
        numeral: Whether it is written in Chinese numerals.
    """

    number: Decimal
    unit: str
    sign: str
    before: str
    after: str
    times: int
    text: str
    part: bool = False
    numeral: bool = False


def _words(words: set[str] | frozenset[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# Letters and words that are units in a cell but seldom one in a sentence.
_NO_UNIT_HERE = (
    {"g", "t", "l", "m", "度", "分", "年", "年度", "月", "月份", "日", "号", "本", "对", "口", "类"}
    | {"种", "届", "课", "轮", "样", "根", "把", "只", "头", "圆", "字", "斤", "季度", "半年", "周"}
    | {"单位"}
)
_UNITS = (INTEGER_UNITS | CONTINUOUS_UNITS | {"％", "个月", "日历天"}) - _NO_UNIT_HERE
_PREFIX = _words(frozenset(COMPARATOR_PREFIXES) - {"为", "《", "》", "达"})
_SUFFIX = _words(frozenset(COMPARATOR_SUFFIXES) - {"内"})
_QUANTITY = re.compile(
    rf"(?<![第〔（(0-9.A-Za-z])(?P<prefix>{_PREFIX})?\s*"
    rf"(?:(?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)|"
    rf"(?P<numeral>(?<![第统唯专单同进之逐不任])(?<!{NUMERAL}){NUMERAL}+))"
    rf"\s*(?P<unit>(?:万|千|百)?(?:{_words(_UNITS)})(?:/(?:[人年月天次户台册]|人天|平方米))*|万|亿)"
    rf"(?P<suffix>{_SUFFIX})?"
)
_BOUNDARY = re.compile(
    r"[，。；：！？、,;:!?\n\r“”‘’]|(?<![0-9])\.(?![0-9])|(?<=[0-9])\.(?=[^0-9\s])"
)
_SENTENCE = re.compile(r"[，。；！？,;!?\n\r]")
_EVERY = re.compile(r"(?:每个?|按)(半年|季度?|两个?月|双月|月|周)")
_TIMES = {"半年": 2, "季": 4, "季度": 4, "两月": 6, "两个月": 6, "双月": 6, "月": 12, "周": 52}
_RANGE = re.compile(
    r"(?:(?P<y1>20\d\d)年)?(?P<m1>1[0-2]|0?[1-9])月(?P<d1>[12]\d|3[01]|0?[1-9])日?\s*(?:至|到|—+|-+|~|～)\s*"
    r"(?:(?P<y2>20\d\d)年)?(?:(?P<m2>1[0-2]|0?[1-9])月)?(?P<d2>[12]\d|3[01]|0?[1-9])日"
)
_LONGEST_RANGE = 31
_AFTER_ORDINAL = (
    *("会议", "全会", "全体会议", "代表大会", "党代会", "常委会"),
    *("验收", "交验", "成活", "通过", "合格"),
)
_NOT_IN_WORDS = frozenset({"万", "亿", "%", "人", "家", "户", "组", "处", "门", "部", "所", "间"})
_COUNTED_IN_WORDS = frozenset({"人", "家", "户", "组"})
_OF_THOUSANDS = frozenset(
    {"人", "人次", "元", "万元", "平方米", "公里", "亩", "米", "吨", "户", "份", "册"}
)
_NOT_FOLLOWED = {"个": "月百", "件": "套"}


@lru_cache(maxsize=512)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text in their order; a range of days becomes so many 天."""
    found: list[tuple[int, int, re.Match[str]]] = [
        (m.start(), m.end(), m) for m in _QUANTITY.finditer(text) if _is_quantity(text, m)
    ]
    result: list[Quantity] = []
    for place, (start, end, match) in enumerate(found):
        floor = found[place - 1][1] if place else 0
        ceiling = found[place + 1][0] if place + 1 < len(found) else len(text)
        before, after = _before(text, start, floor), _after(text, end, ceiling)
        if (
            result
            and not before
            and not after
            and text[floor:start] in {"、", "，", "，共", "，共计"}
        ):
            before = result[-1].before  # 培训指导员4期、320人
        sentence = text[_last(_SENTENCE, text, floor, start) : start]
        every = _EVERY.search(sentence)
        numeral = match["numeral"]
        number = (
            Decimal(number_of(numeral) or 0)
            if numeral
            else Decimal(match["digits"].replace(",", ""))
        )
        sign = COMPARATOR_SUFFIXES.get(match["suffix"] or "") or COMPARATOR_PREFIXES.get(
            match["prefix"] or "", ""
        )
        result.append(
            Quantity(
                number=number,
                unit=canonical_unit(match["unit"]),
                sign=sign,
                before=before,
                after=after,
                times=_TIMES.get(every[1], 1) if every else 1,
                text=match[0].strip(),
                part="其中" in sentence,
                numeral=bool(numeral),
            )
        )
    return (*result, *_day_ranges(text))


def _is_quantity(text: str, match: re.Match[str]) -> bool:
    """Whether a match is a quantity rather than a piece of a name, date or list."""
    numeral, unit = match["numeral"], match["unit"]
    following = text[match.end() : match.end() + 1]
    if numeral:
        counted = unit in _COUNTED_IN_WORDS and len(numeral) >= 2  # 五百户, but not 一家 or 千家
        if number_of(numeral) is None or (unit in _NOT_IN_WORDS and not counted):
            return False
        # “一府两院”, “两个联系” and 一次性 are names, not counts.
        if text[match.start() - 1 : match.start()] == "“" or following == "性":
            return False
        if unit == "次" and text[match.end() : match.end() + 4].startswith(_AFTER_ORDINAL):
            return False  # 市十五届人大四次会议 is the fourth, 一次验收 the first try
    elif re.fullmatch(r"20[0-4]\d", match["digits"]) and unit not in _OF_THOUSANDS:
        return False  # 2026支援 is a year
    # 1%人口抽样调查 is a name.
    named = unit == "%" and text[match.end() :].startswith(("人口", "抽样"))
    bare = unit in {"万", "亿"} and following and following not in "，。；、,;（(）)"
    if named or bare:
        return False
    return following not in _NOT_FOLLOWED.get(unit, "") or not following


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where the clause that ends at ``end`` begins."""
    position = start
    for match in pattern.finditer(text, max(start, end - 60), end):
        position = match.end()
    return position


def _before(text: str, start: int, floor: int) -> str:
    return text[_last(_BOUNDARY, text, floor, start) : start].strip()


def _after(text: str, end: int, ceiling: int) -> str:
    boundary = _BOUNDARY.search(text, end, min(ceiling, end + 40))
    return text[end : boundary.start() if boundary else min(ceiling, end + 40)].strip()


def _day_ranges(text: str) -> Iterator[Quantity]:
    """1月28日至30日 → 3 天."""
    if "月" not in text:
        return
    for match in _RANGE.finditer(text):
        year = int(match["y1"] or 2024)
        month = int(match["m1"])
        try:
            first = date(year, month, int(match["d1"]))
            last = date(int(match["y2"] or year), int(match["m2"] or month), int(match["d2"]))
        except ValueError:
            continue
        days = (last - first).days + 1
        if 0 < days <= _LONGEST_RANGE:
            before = _before(text, match.start(), 0)
            after = _after(text, match.end(), len(text))
            yield Quantity(Decimal(days), "天", "", before, after, 1, match[0])


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date in a text until which something is done; ``day`` 31 for the end of a month."""

    month: int
    day: int
    text: str
    around: str


_DEADLINE = re.compile(
    r"(?:20\d\d年)?(?:(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[12]\d|3[01]|0?[1-9])日|(?P<end>底|末)|份?)"
    r"|(?P<year_end>年底|年末))(?:之?前|以前)"
)


def deadlines(text: str) -> list[Deadline]:
    """The deadlines of a text (6月30日前, 10月底前, 年底前) with the clause around each."""
    result: list[Deadline] = []
    for match in _DEADLINE.finditer(text):
        month, day = (
            (12, 31) if match["year_end"] else (int(match["month"]), int(match["day"] or 31))
        )
        if match["day"] and day >= 30 and month in {4, 6, 9, 11, 2}:
            day = 31
        around = _before(text, match.start(), 0) + _after(text, match.end(), len(text))
        result.append(Deadline(month, day, match[0], around))
    return result
