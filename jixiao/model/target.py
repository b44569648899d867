"""Target values: comparator, value and unit, in one cell or in three.

A joined cell ("≥10次", "90%以上", "年底前") is parsed beside what was written and never instead of
it: whoever stores a target keeps the written text too, and shows it as long as it still says the
same (``show_target``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from jixiao.model.vocabulary import (
    COMPARATOR_PREFIXES,
    COMPARATOR_SUFFIXES,
    DATE_UNITS,
    NUMERIC_COMPARATORS,
    QUALITATIVE,
    WEAK_PREFIXES,
    canonical_unit,
    fold_signs,
    is_unit,
    paper_comparator,
    read_comparator,
)


@dataclass(frozen=True, slots=True)
class Target:
    """A target value.

    Attributes:
        comparator: ≥ ≤ = > < 定性, or "" where the form writes a bare value.
        value: A number in ASCII digits as written ("1,234.5", "56.10"), or a text.
        unit: The unit as written, or "".
    """

    comparator: str = ""
    value: str = ""
    unit: str = ""


class _Number(NamedTuple):
    """A text read as comparator, number and unit; ``weak`` if its comparator says only "is"."""

    comparator: str
    value: str
    unit: str
    weak: bool


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NUMERIC = re.compile(
    rf"(?P<prefix>{_alternatives(COMPARATOR_PREFIXES)})?"
    r"(?P<value>-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    r"(?P<unit>.*?)"
    rf"(?P<suffix>{_alternatives(COMPARATOR_SUFFIXES)})?",
    re.DOTALL,
)
_INNER_BLANKS = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
# A word after a number that no list has (个村, 项目组) is taken for a unit only when it cannot be
# the rest of a date, an estimate or a sentence.
_UNIT_LIKE = re.compile(r"(?:(?![_余约近多左右第至到前后底完以内])[^\W\d]|[%/·]){1,6}")
_COUNTED_NOUN = re.compile(r"个[^\W\d_余约近多左右第至到前后底完内]{1,3}")
_NOUN = re.compile(
    r"(?:(?![_余约近多左右第至到前后底末完内起初中上下年月日号季度期级类等级岁时点])[一-鿿]){1,3}"
)
_TWO_UNITS = re.compile(r"([^()（）]{1,3})[(（]([^()（）]{1,3})[)）]")
_PRICE = re.compile(
    r"(?:万|千|百)?(?:元|[一-鿿A-Za-zμ°℃]{1,3})(?:[/·•.][一-鿿A-Za-z0-9³²㎡]{1,4}(?:[(（][一-鿿]{1,2}[)）])?){1,3}"
    r"|[一-鿿]{1,2}[A-Za-z]{1,3}[0-9]?"
    r"|[A-Za-zμ℃°²³㎡]{1,6}(?:[/·][A-Za-z0-9³²]{1,4})?(?:\([A-Za-z0-9]{1,4}\))?"
)
_LONGEST = 80  # characters; a number with its comparator and unit is never longer
_YEARS = range(1900, 2101)


def _is_unit_here(unit: str, value: str, *, signed: bool) -> bool:
    """Whether the text after a number is its unit, given whether a comparator was told."""
    if signed and canonical_unit(unit):
        return is_unit(unit) or bool(_UNIT_LIKE.fullmatch(unit)) or _looks_like_unit(unit)
    if unit in DATE_UNITS or (unit == "年" and value.isdigit() and int(value[:5]) in _YEARS):
        return False
    return not unit or is_unit(unit) or _looks_like_unit(unit)


def _looks_like_unit(text: str) -> bool:
    """Whether a text may be the unit of a bare number: a short noun, a price, a formula."""
    if _COUNTED_NOUN.fullmatch(text) or _PRICE.fullmatch(text):
        return True
    if not canonical_unit(text):
        return False
    both = _TWO_UNITS.fullmatch(text)
    if both is not None:
        return is_unit(both[1]) and is_unit(both[2])
    # 元补助 is a sum of money for something, no unit.
    measured = any(is_unit(text[:end]) for end in range(1, len(text)))
    return bool(_NOUN.fullmatch(text)) and not measured


def _read_number(text: str, *, signed: bool = False) -> _Number | None:
    """Read a text as one number with its comparator and unit, or tell that it is none.

    Args:
        text: The text of a cell.
        signed: Whether a comparator is known from elsewhere, so that 12月 is no date.
    """
    if len(text) > _LONGEST:
        return None
    match = _NUMERIC.fullmatch(_INNER_BLANKS.sub("", fold_signs(text)))
    if match is None:
        return None
    prefix, suffix = match["prefix"] or "", match["suffix"] or ""
    before, after = COMPARATOR_PREFIXES.get(prefix, ""), COMPARATOR_SUFFIXES.get(suffix, "")
    weak = prefix in WEAK_PREFIXES
    if before and after and before != after and not weak:
        return None
    comparator = after or before
    value, unit = match["value"], match["unit"]
    plain = _INNER_BLANKS.sub("", text)
    if "(" in unit and not suffix and fold_signs(plain[-len(unit) :]) == unit:
        unit = plain[-len(unit) :]  # brackets stay as written
    if not _is_unit_here(unit, value, signed=signed or bool(comparator)):
        return None
    return _Number(comparator, value, unit, weak and not after)


def parse_target(text: str) -> Target:
    """Read a joined cell: [comparator] number [unit] [以上|以下|以内].

    Anything else (words, ranges, dates, estimates, sentences with a number in them) is 定性 with
    the whole text as its value. A suffix overrules 达到 and 为; where prefix and suffix contradict
    each other nothing is split.
    """
    written = text.strip()
    if not written:
        return Target()
    number = _read_number(written)
    if number is not None:
        return Target(number.comparator, number.value, number.unit)
    sign = fold_signs(written)
    if sign in NUMERIC_COMPARATORS:
        return Target(sign)
    return Target(QUALITATIVE, written)


def format_target(target: Target) -> str:
    """Write a target as the text of a joined cell, with the glyphs used on paper.

    A unit that says there is none (无, /) is left out, and so is the unit of a 定性 text
    (2026年1月 | 年度): beside words it would only be noise.
    """
    unit = target.unit if canonical_unit(target.unit) else ""
    if target.comparator == QUALITATIVE:
        number = _read_number(target.value, signed=True)
        return target.value + (unit if number and not number.unit else "")
    return paper_comparator(target.comparator) + target.value + unit


def show_target(target: Target, written: str) -> str:
    """The text of a joined cell: what was written as long as it says the same, else formatted."""
    return written if written and parse_target(written) == target else format_target(target)


def read_columns(
    comparator_text: str | None, value_text: str | None, unit_text: str | None
) -> Target:
    """Read a target from separate columns.

    Where there is a comparator column, it decides, and a unit with a cell of its own stays as
    written (无, /, 百分比). A comparator or unit that stands in the value cell is split off when
    it agrees with its own column or that is blank; where they contradict each other, the value
    keeps it.

    Args:
        comparator_text: None if the form has no such column, "" if the cell is blank; the same
            for the other two. A text that is no comparator (定量, 无) counts as none; whoever
            must not lose it asks ``read_comparator``.
        value_text: What stands in the value cell.
        unit_text: What stands in the unit cell.
    """
    value, unit = (value_text or "").strip(), (unit_text or "").strip()
    stated = (comparator_text or "").strip()
    comparator = read_comparator(stated) or ""
    if comparator == QUALITATIVE:
        return Target(QUALITATIVE, value, unit)
    # The comparator's cell may hold the whole value (≥95%) while the value's is blank.
    if stated and not comparator and not value and _read_number(stated) is not None:
        value, stated = stated, ""
    number = _read_number(value, signed=bool(comparator))
    if number is not None:
        return _split_number(comparator, value, unit, number)
    quantitative = "".join(stated.split()).startswith("定量")
    if value and not comparator and (comparator_text is None or quantitative):
        comparator = QUALITATIVE
    return Target(comparator, value, unit)


def _split_number(comparator: str, value: str, unit: str, number: _Number) -> Target:
    """Bring a numeric value cell and the cells beside it together."""
    if comparator and number.comparator not in ("", comparator) and not number.weak:
        return Target(comparator, value, unit)
    sign = comparator or number.comparator
    if unit and number.unit and not _same_unit(unit, number.unit):
        return Target(sign, number.value + number.unit, unit)
    return Target(sign, number.value, unit or number.unit)


def _same_unit(first: str, second: str) -> bool:
    return canonical_unit(first) == canonical_unit(second)
