"""Numbers in Chinese numerals, as number formats and the lists of Word show them."""

from __future__ import annotations

import re

_SMALL, _CAPITAL, _FIGURES = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "0123456789"
_DIGITS = {1: _SMALL, 2: _CAPITAL, 3: _FIGURES}
_PLACES = {1: "千百十", 2: "仟佰拾", 3: "千百十"}
_GROUPS = ("", "万", "亿", "万亿", "亿亿")
_NUMBER = re.compile(r"(\d+)(?:\.(\d+))?")
_MOST_DIGITS = 20


def hanzi_number(text: str, kind: int) -> str:
    """A text with the first number in it in numerals: 1234.5 → 一千二百三十四.五.

    Args:
        text: a number, perhaps with words around it.
        kind: 1 for 一二三, 2 for 壹贰叁, 3 for digits with the words of their places (1千2百).
    """

    def spelled(match: re.Match[str]) -> str:
        whole, part = match[1], match[2]
        if len(whole) > _MOST_DIGITS:
            return match[0]
        shown = hanzi_whole(int(whole), kind)
        return f"{shown}.{''.join(_DIGITS[kind][int(d)] for d in part)}" if part else shown

    return _NUMBER.sub(spelled, text, count=1)


def hanzi_whole(number: int, kind: int = 1) -> str:
    """A whole number in numerals: 12 → 一十二, 1002 → 一千〇二."""
    digits = _DIGITS[kind]
    if number < 10:
        return digits[number]
    pieces: list[str] = []
    gap = False
    text = str(number)
    text = text.rjust(-(-len(text) // 4) * 4, "0")
    groups = len(text) // 4
    for i in range(groups):
        group, name = text[4 * i : 4 * i + 4], _GROUPS[min(groups - 1 - i, len(_GROUPS) - 1)]
        shown = ""
        for digit, place in zip(group, (*_PLACES[kind], ""), strict=True):
            if digit == "0":
                gap = gap or bool(pieces or shown)
                continue
            shown += (digits[0] if gap else "") + digits[int(digit)] + place
            gap = False
        if shown:
            pieces.append(shown + name)
            gap = False  # 四百六十万二千: what ends in a round number needs no 〇
    return "".join(pieces)


def hanzi_digits(text: str, kind: int = 1) -> str:
    """Each digit by itself, as in years: 2026 → 二〇二六."""
    return "".join(_DIGITS[kind][int(char)] if char in _FIGURES else char for char in text)


def hanzi_day(number: int, kind: int = 1) -> str:
    """A number below a hundred as in dates and lists: 12 → 十二."""
    text = hanzi_whole(number, kind)
    return text[1:] if 10 <= number < 20 else text
