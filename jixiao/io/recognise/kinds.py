"""What kind of thing stands in a cell, told from its characters alone."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.io.paper.page.clean import squeeze
from jixiao.io.recognise.outline import level_text
from jixiao.model.numbers import decimal_of
from jixiao.model.target import parse_target
from jixiao.model.vocabulary import (
    NUMERIC_COMPARATORS,
    QUALITATIVE,
    canonical_level1,
    canonical_level2,
    fold_signs,
    is_unit,
    read_comparator,
)

LONG = 20
"""A text with more characters is a sentence rather than a name."""

_CLASS_ENDS = re.compile(r"(?:目标|类)$")
_GLYPH = re.compile(r"^[≥≤=<>]")
_BETWEEN = re.compile(r"[-—–_/／\\|｜·•>→、:：\s]+")
_DATE = re.compile(r"^(?:19|20)\d\d\s*(?:[年./-]|$)")
_NO_UNIT = frozenset({"无", "/", "-", "－", "—", "\\%"})


class Kind:
    """What a text looks like; several may hold (成本指标 is a first and a second level)."""

    __slots__ = (
        "date", "first", "glyph", "joined", "length", "none", "number", "second", "sign", "unit",
    )  # fmt: skip

    def __init__(self, text: str) -> None:
        words = squeeze(text)
        folded = fold_signs(words)
        short = len(words) <= LONG
        name = _CLASS_ENDS.sub("", level_text(words)) if short else ""
        self.length = len(words)
        both = level_pair(words) is not None
        self.first = both or (
            short and bool(canonical_level1(words) or (name and canonical_level1(name)))
        )
        self.second = both or (
            short and bool(canonical_level2(words) or (name and canonical_level2(name)))
        )
        self.number = decimal_of(folded.replace(",", "")) is not None
        self.sign = short and not self.level and read_comparator(words) is not None
        self.glyph = bool(_GLYPH.match(folded)) or words == QUALITATIVE
        self.unit = short and not self.number and (words in _NO_UNIT or is_unit(words))
        self.none = words in _NO_UNIT
        self.date = bool(_DATE.match(folded))
        target = parse_target(words) if len(words) <= 40 and any(map(str.isdigit, folded)) else None
        self.joined = (
            target is not None
            and not self.number
            and (target.comparator in NUMERIC_COMPARATORS or bool(target.unit))
            and target.comparator != QUALITATIVE
        )

    @property
    def level(self) -> bool:
        """The name of a level."""
        return self.first or self.second

    @property
    def datum(self) -> bool:
        """A sign, number, unit or joined value: no words."""
        return self.sign or self.number or self.joined

    @property
    def words(self) -> bool:
        """Plain words: neither a level nor a datum nor a unit."""
        return not (self.level or self.datum or self.unit)

    @property
    def long(self) -> bool:
        """A sentence."""
        return self.words and self.length > LONG

    @property
    def short(self) -> bool:
        """A few words."""
        return self.words and self.length <= LONG


def level_pair(text: str) -> tuple[str, str] | None:
    """Both levels out of one cell (产出指标-数量指标), None for anything else."""
    if len(text) > 2 * LONG:
        return None
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    if len(parts) == 2 and canonical_level1(parts[0]) and canonical_level2(parts[1]):
        return parts[0], parts[1]
    return None


@lru_cache(maxsize=16384)
def kind_of(text: str) -> Kind:
    """The kind of a cleaned text."""
    return Kind(text)
