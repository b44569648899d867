"""Finding names by pinyin as it is typed: huiyi, hy, huiy and hyi all find 会议.

The syllables come from a small file made from pypinyin (``build/make_syllables.py``): a line for
each syllable with the characters that can be read so.
"""

from __future__ import annotations

import re
from functools import cache

from jixiao import RESOURCES
from jixiao.model.pinyin import letters_of

_FILE = RESOURCES / "pinyin-syllables.txt"
_LONGEST_QUERY = 40
_NEXT = r"(?:[^;\n]*;(?:[^;\n]*,)?)?"  # the rest of a reading, and the start of the next character


def spelled(text: str) -> str:
    """A text in pinyin for ``pinyin_pattern``: ";" before each character, "," between readings.

    会议 → ";hui,kuai;yi". Letters and digits stand for themselves; line ends stay, everything else
    (blanks, punctuation) is left out.
    """
    return text.translate(_spelling())


def pinyin_pattern(query: str) -> re.Pattern[str] | None:
    """A pattern that finds what was typed in a ``spelled`` text; None when it is no pinyin.

    Each letter goes on in the syllable of the one before or begins the next character, so that
    syllables may be whole or shortened from their end. Only ASCII letters and digits are pinyin.
    """
    letters = query.lower()
    if not (letters.isascii() and letters.isalnum()) or len(letters) > _LONGEST_QUERY:
        return None
    return re.compile("[;,]" + _NEXT.join(letters))


class _Spelling(dict[int, str]):
    """For ``str.translate``: what is missing is worked out once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char == "\n":
            found = char
        else:
            letters = letters_of(char) if not char.isascii() or char.isalnum() else ()
            found = ";" + ",".join(sorted(letters)) if letters else ""
        self[code] = found
        return found


@cache
def _spelling() -> _Spelling:
    readings: dict[int, str] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        syllable, _, chars = line.partition(" ")
        for char in chars:
            before = readings.get(ord(char))
            readings[ord(char)] = f"{before},{syllable}" if before else f";{syllable}"
    return _Spelling(readings)
