"""Names in braces: from the text of a form's cell to words and slots."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from jixiao.model.columns import COLUMNS
from jixiao.model.fields import FIELDS, SCHEDULE_NAME

_BRACES = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")
_NUMBER = re.compile(r"^(.*?)[（(](.*)[）)]$")

LIST_PREFIXES = {
    "任务": "tasks",
    "指标": "indicators",
    "明细": "spending_details",
    "项目": "items",
    "其他": "other",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """Where content goes: the target of a binding and the name within it.

    ``sample`` is the example numeral of a running number. ``known`` is False for a name that is
    not in the dictionary and therefore a text field of this form alone.
    """

    target: str
    name: str
    sample: str = ""
    known: bool = True

    @property
    def in_band(self) -> bool:
        """True when the slot belongs to a row list."""
        return self.target in _BANDS


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a form's cell: words as they are printed, or a slot."""

    words: str = ""
    slot: Slot | None = None


_BANDS = frozenset(LIST_PREFIXES.values())


@cache
def _dictionary() -> dict[str, Slot]:
    names = {spec.name: Slot("field", key) for key, spec in FIELDS.items()}
    names |= {spec.name: Slot(spec.list, spec.column) for spec in COLUMNS}
    return names


def slot_of(name: str) -> Slot:
    """The slot of a name in braces; an unknown name is a text field under that label."""
    name = name.strip()
    known = _dictionary().get(name)
    if known is not None:
        return known
    prefix, dot, rest = name.partition(".")
    if prefix == SCHEDULE_NAME and dot and rest:
        return Slot("share", rest)
    numbered = _NUMBER.match(name)
    if numbered and numbered[1] == "项目.序号":
        return Slot("items", "number", numbered[2])
    if dot and rest and prefix == "指标":
        return Slot("indicators", "extra:" + rest, known=False)
    return Slot("field", name, known=False)


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The words and slots of a form's cell, in order."""
    pieces: list[Piece] = []
    end = 0
    for match in _BRACES.finditer(text):
        if match.start() > end:
            pieces.append(Piece(words=text[end : match.start()]))
        pieces.append(Piece(slot=slot_of(match[1])))
        end = match.end()
    if end < len(text):
        pieces.append(Piece(words=text[end:]))
    return tuple(pieces)


def unmatched_brace(text: str) -> bool:
    """True when a brace is left over after all names are taken out."""
    return bool(re.search(r"[{}｛｝]", _BRACES.sub("", text)))


_DIGITS = "零一二三四五六七八九"


def chinese_numeral(number: int) -> str:
    """1 → 一, 12 → 十二, 120 → 一百二十; for 1 to 999."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = _DIGITS[hundreds] + "百" if hundreds else ""
    if hundreds and rest and not tens:
        text += "零"
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    return text + (_DIGITS[ones] if ones else "")


def running_number(number: int, sample: str) -> str:
    """``number`` in numerals of the kind of the sample: 一, 1, （一）, 1、 and the like."""
    match = re.search(r"[0-9０-９]+|[一二三四五六七八九十百]+", sample)
    if match is None:
        return str(number)
    numeral = str(number)
    if match[0].isdecimal():
        numeral = numeral.zfill(len(match[0]))
    elif number < 1000:
        numeral = chinese_numeral(number)
    return sample[: match.start()] + numeral + sample[match.end() :]
