"""Moving the years in a text along when a table is carried over to another year.

A year that stands near the year of the table moves by the same distance: 2026年度, 2026.1.1, and
also last year's 2025年预算. What is no year of the plan stays: years in 《》, the numbers of
documents (〔2019〕10号), years far away (自2009年以来), ordinals (第六次会议). Whatever stays, and
whatever moved but cannot be known to be right (a certain day), is told, so that it gets confirmed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_NEAR = 1  # years before and after the table's own that count as years of the plan

_NUMERALS = "〇一二三四五六七八九"
_NUMBER = r"[一二三四五六七八九十百零〇\d]+"
_QUOTES = '“”"'
_TO = r"\s*[-–—－~～至到]{1,2}\s*"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"

_SESSION = rf"(?:[^，。；、,;\s]{{0,12}}?第?{_NUMBER}次(?:全体)?会议)?"
_DATE_END = rf"(?P<day>(?P=sep){_DAY})?(?!\d)(?!\s*[万亿元%％])"
_WITH_DAY = rf"\s*年(?P<of_day>\s*{_MONTH}\s*月\s*{_DAY}\s*日)?"
_IN_BRACKETS = r"(?<=[（(]20\d\d)(?=[）)])"

_SCAN = re.compile(
    "|".join(
        (
            r"(?P<book>《[^》]*》)",
            r"(?P<document>[〔\[（(【]\s*20\d\d\s*[〕\]）)】]\s*第?\s*\d+\s*号)",
            rf"(?P<range>(?<!\d)(?P<from>20\d\d)\s*年?{_TO}(?P<to>20\d\d)(?=\s*年))",
            rf"(?P<date>(?<![\d.])(?P<of_date>20\d\d)(?P<sep>[.\-/]){_MONTH}{_DATE_END})",
            rf"(?P<year>(?<![\d.])(?P<digits>20\d\d)(?:{_WITH_DAY}|{_IN_BRACKETS}))",
            r"(?P<chinese>二[〇○零](?P<numerals>[〇○零一二三四五六七八九]{2})年)",
            rf"(?P<ordinal>第?{_NUMBER}届{_SESSION}(?!历次|[一二三四五六七八九]中全会)|第{_NUMBER}次)",
            r"(?P<plan>[“\"]?十[一二三四五六七八九]五[”\"]?|开局之年|收官之年)",
            r"(?P<bare>(?<![\d.,])20\d\d(?![\d.,]))",
        )
    )
)
_ANY_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_WORD = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Moved:
    """A text after its years moved; ``notes`` say in Chinese what must be confirmed."""

    text: str
    notes: tuple[str, ...] = ()


def move_years(text: str, base: int, distance: int) -> Moved:
    """Move the years of a text that stands in a table of the year ``base`` by ``distance``."""
    mover = _Mover(text, base, distance)
    moved = _SCAN.sub(mover.replace, text)
    return Moved(moved, tuple(dict.fromkeys(mover.notes)))


def move_period(text: str, base: int, distance: int) -> Moved:
    """Move a period of implementation; one of several years belongs to the project and stays."""
    years = {int(year) for year in _ANY_YEAR.findall(text)}
    if len(years) > 1:
        return Moved(text, ("跨年度的实施期没有改动，请确认。",))
    return move_years(text, base, distance)


def year_of_texts(texts: Iterable[str]) -> int | None:
    """The year that texts name most often, the later of two; None when they name none."""
    found = Counter(int(year) for text in texts for year in _ANY_YEAR.findall(text))
    return max(found, key=lambda year: (found[year], year)) if found else None


class _Mover:
    """Replaces what the scan finds, one after the other, and notes what is to be confirmed."""

    def __init__(self, text: str, base: int, distance: int) -> None:
        self.notes: list[str] = []
        self._text = text
        self._base = base
        self._distance = distance

    def replace(self, match: re.Match[str]) -> str:
        """The new words for what was found."""
        found = match.group()
        match match.lastgroup:
            case "book":
                if _ANY_YEAR.search(found):
                    self.notes.append(f"{found}里的年份没有改动，请确认。")
            case "document":
                self.notes.append(f"文号{found}没有改动，请确认。")
            case "range":
                return self._range(match)
            case "date":
                return self._year(found, match["of_date"], certain_day=bool(match["day"]))
            case "year":
                return self._year(found, match["digits"], certain_day=bool(match["of_day"]))
            case "chinese":
                return self._chinese(found, match["numerals"])
            case "ordinal":
                self.notes.append(f"“{found}”没有改动，请确认届次。")
            case "plan":
                self.notes.append(f"“{found.strip(_QUOTES)}”没有改动，请确认它是否还对。")
            case _:
                return self._bare(match)
        return found

    def _range(self, match: re.Match[str]) -> str:
        first, last = int(match["from"]), int(match["to"])
        if not (self._is_near(first) and self._is_near(last)):
            self.notes.append(f"“{match.group()}”没有改动，请确认。")
            return match.group()
        start = match.start()
        found = match.group()
        cut = match.start("to") - start
        return str(first + self._distance) + found[4:cut] + str(last + self._distance)

    def _year(self, found: str, digits: str, *, certain_day: bool) -> str:
        year = int(digits)
        if not self._is_near(year):
            self.notes.append(f"{year}年不是{self._base}年前后的年份，没有改动，请确认。")
            return found
        new = found.replace(digits, str(year + self._distance), 1)
        # The first and the last day of a year are those of every year.
        if certain_day and not re.search(r"\D0?1\D0?1\D?$|\D12\D31\D?$", found.replace(" ", "")):
            self.notes.append(f"“{new}”是具体日期，请核对。")
        return new

    def _chinese(self, found: str, numerals: str) -> str:
        plain = re.sub("[○零]", "〇", numerals)
        year = 2000 + 10 * _NUMERALS.index(plain[0]) + _NUMERALS.index(plain[1])
        if not self._is_near(year):
            self.notes.append(f"“{found}”没有改动，请确认。")
            return found
        tens, ones = divmod((year + self._distance) % 100, 10)
        return found[:2] + _NUMERALS[tens] + _NUMERALS[ones] + "年"

    def _bare(self, match: re.Match[str]) -> str:
        """Four digits without 年: a year when the text begins with them, else perhaps a number."""
        year = int(match.group())
        if not self._is_near(year):
            return match.group()
        leads = match.start() == 0 and _WORD.match(self._text, match.end())
        if leads and year == self._base:
            return str(year + self._distance)
        self.notes.append(f"“{year}”可能是年份，没有改动，请确认。")
        return match.group()

    def _is_near(self, year: int) -> bool:
        return abs(year - self._base) <= _NEAR
