"""The numbers that Word puts before the paragraphs of a list, such as 1、 or （一）."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from jixiao.io.files.read.package import Element
from jixiao.io.files.read.word_styles import ListPlace
from jixiao.io.files.read.word_xml import attribute, child, children, number
from jixiao.io.paper.page.numerals import hanzi_day, hanzi_digits, hanzi_whole

_MOST_LISTS, _LEVELS = 5_000, 9
LONGEST_NUMBER = 60
"""Characters of what a list shows before a line: nobody writes so many."""
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_PLACE = re.compile(r"%([1-9])")
# Behind these a number needs no blank.
_CLOSING = re.compile(r"[、．。）】」：）]$")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    kind: str = "decimal"
    text: str = ""
    gap: str = "tab"


@dataclass
class Numbers:
    """The lists of a document, and how far each has counted."""

    lists: dict[int, tuple[int, dict[int, _Level]]] = field(
        default_factory=dict[int, tuple[int, dict[int, _Level]]]
    )
    styles: dict[str, ListPlace] = field(default_factory=dict[str, ListPlace])
    _counts: dict[int, list[int]] = field(default_factory=dict[int, list[int]])

    def next(self, place: ListPlace | None, style: str = "") -> str:
        """The number of the next paragraph of a list, with the gap behind it; "" for none."""
        told = self.styles.get(style)
        if place is None or place.list_id not in self.lists:
            return ""
        level = place.level
        if level is None:
            level = told.level if told is not None and told.level is not None else 0
        level = min(level, _LEVELS - 1)
        counter, levels = self.lists[place.list_id]
        counts = self._counted(counter, levels, level)
        own = levels.get(level, _Level())
        shown = _PLACE.sub(lambda match: _part(levels, counts, int(match[1]) - 1), own.text)
        if own.kind in {"bullet", "none"} and not _PLACE.search(own.text):
            return ""  # a dot before a line is no word of it
        gap = {"nothing": "", "space": " "}.get(own.gap, " ")
        return shown + ("" if _CLOSING.search(shown) else gap) if shown else ""

    def _counted(self, counter: int, levels: dict[int, _Level], level: int) -> list[int]:
        """The counts down to a level once it has counted on; those below begin anew."""
        before = self._counts.get(counter, [])
        counts = [
            before[at] if at < len(before) else levels.get(at, _Level()).start
            for at in range(level)
        ]
        counts.append(
            before[level] + 1 if level < len(before) else levels.get(level, _Level()).start
        )
        self._counts[counter] = counts
        return counts


def _part(levels: dict[int, _Level], counts: list[int], level: int) -> str:
    """The number of a level, as far as the list has come."""
    return (
        shown_number(counts[level], levels.get(level, _Level()).kind) if level < len(counts) else ""
    )


def shown_number(value: int, kind: str) -> str:
    """A number as a list of this kind shows it (ECMA-376 part 1, 17.18.59)."""
    return _KINDS.get(kind, str)(value) if 0 <= value < 32_768 else str(value)


def read_numbers(root: Element | None) -> Numbers:
    """The lists of a document, none where it has no such part."""
    found = Numbers()
    shared: dict[int, dict[int, _Level]] = {}
    for abstract in children(root, "abstractNum")[:_MOST_LISTS]:
        key = number(abstract, -1, "abstractNumId")
        shared[key] = {}
        for level in children(abstract, "lvl"):
            at = number(level, 0, "ilvl")
            shared[key][at] = _level(level)
            if style := attribute(child(level, "pStyle")):
                found.styles[style] = ListPlace(0, at)
    for one in children(root, "num")[:_MOST_LISTS]:
        list_id, key = number(one, 0, "numId"), number(child(one, "abstractNumId"), -1)
        levels = dict(shared.get(key, {}))
        counter = key
        for override in children(one, "lvlOverride"):
            counter = -1 - list_id  # it counts by itself
            at = number(override, 0, "ilvl")
            own = child(override, "lvl")
            told = _level(own) if own is not None else levels.get(at, _Level())
            start = number(child(override, "startOverride"), told.start)
            levels[at] = _Level(start, told.kind, told.text, told.gap)
        found.lists[list_id] = (counter, levels)
    return found


def _level(level: Element) -> _Level:
    return _Level(
        number(child(level, "start"), 0),
        attribute(child(level, "numFmt")) or "decimal",
        attribute(child(level, "lvlText"))[:LONGEST_NUMBER],
        attribute(child(level, "suff")) or "tab",
    )


def _roman(value: int) -> str:
    shown = ""
    for size, letters in _ROMAN:
        shown += letters * (value // size)
        value %= size
    return shown


def _letters(value: int) -> str:
    """Letters in the order a, b … z, aa, bb …."""
    return chr(97 + (value - 1) % 26) * ((value - 1) // 26 + 1) if value else ""


def _circled(value: int) -> str:
    return chr(0x2460 + value - 1) if 1 <= value <= 20 else str(value)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value else ""


def _wide(value: int) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in str(value))


_KINDS: dict[str, Callable[[int], str]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda value: f"({value})",
    "decimalEnclosedFullstop": lambda value: f"{value}.",
    "chineseCounting": hanzi_day,
    "chineseCountingThousand": hanzi_day,
    "japaneseCounting": hanzi_day,
    "taiwaneseCounting": hanzi_day,
    "taiwaneseCountingThousand": hanzi_day,
    "ideographDigital": lambda value: hanzi_digits(str(value)),
    "taiwaneseDigital": lambda value: hanzi_digits(str(value)),
    "chineseLegalSimplified": lambda value: hanzi_whole(value, 2),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "none": lambda _: "",
    "bullet": lambda _: "",
}
