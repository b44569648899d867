"""First letters of pinyin, by which names are found: 人大会议 is rdhy.

The letters come from a small file made from pypinyin (``build/make_pinyin.py``): a line for each
letter with the characters read so, and those for which it is a rarer reading (会: h, also k).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from jixiao import RESOURCES

_FILE = RESOURCES / "pinyin-initials.txt"


def letters_of(char: str) -> frozenset[str]:
    """All letters that a character can begin with, itself when it is a letter or digit."""
    if char.isascii():
        return frozenset(char.lower())
    return _readings().get(char, frozenset())


class InitialsMatcher:
    """Finds names by initials in any reading; made for one set of names.

    A pattern of characters is made for each query from those that occur in the names, so that
    nothing needs to be kept for each name and every reading counts.
    """

    def __init__(self, names: Iterable[str]) -> None:
        chars = set("".join(names))
        self._classes: dict[str, str] = {}
        for char in sorted(chars):
            for letter in letters_of(char):
                self._classes[letter] = self._classes.get(letter, "") + re.escape(char)

    def pattern(self, query: str, *, gaps: bool = False) -> re.Pattern[str] | None:
        """A pattern that finds ``query`` as initials; None when it cannot be found at all.

        Blanks in the query are ignored; only ASCII letters and digits are initials. With ``gaps``
        other characters may stand between them: lkxm finds 渌口区 2026 年项目.
        """
        letters = "".join(query.lower().split())
        if not (letters.isascii() and letters.isalnum()):
            return None
        classes = [self._classes.get(letter) for letter in letters]
        if None in classes:
            return None
        between = ".*" if gaps else ""
        return re.compile(between.join(f"[{chars}]" for chars in classes), re.DOTALL)


@cache
def _readings() -> dict[str, frozenset[str]]:
    found: dict[str, str] = {}
    for letter, common, rarer in _lines():
        for char in common + rarer:
            found[char] = found.get(char, "") + letter
    sets = {letters: frozenset(letters) for letters in set(found.values())}
    return {char: sets[letters] for char, letters in found.items()}


def _lines() -> Iterable[tuple[str, str, str]]:
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        letter, common, rarer = (*line.split(" "), "")[:3]
        yield letter, common, rarer
