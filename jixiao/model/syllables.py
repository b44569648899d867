"""Finding names by pinyin as it is typed: huiyi, hy, huiy and hyi all find 会议.

The syllables come from a small file made from pypinyin (``build/make_syllables.py``): a line for
each syllable with the characters that can be read so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jixiao.model.pinyin import letters_of

_FILE = Path(__file__).parent.parent / "resources" / "pinyin-syllables.txt"
_LONGEST_SYLLABLE = 6  # zhuang
_LONGEST_QUERY = 40
_LONGEST_PATTERN = 200_000


class PinyinMatcher:
    """Finds names by pinyin in any reading, each syllable whole or shortened from its end.

    Made for one set of names: a pattern of characters is made for each query from those that
    occur in the names, so that nothing needs to be kept for each name.
    """

    def __init__(self, names: Iterable[str]) -> None:
        classes: dict[str, list[str]] = defaultdict(list)
        for char in sorted(set("".join(names))):
            for start in _beginnings(char):
                classes[start].append(re.escape(char))
        self._classes = {start: f"[{''.join(chars)}]" for start, chars in classes.items()}

    def pattern(self, query: str) -> re.Pattern[str] | None:
        """A pattern that finds ``query`` as pinyin; None when it cannot be found at all.

        Only ASCII letters and digits are pinyin; case does not matter.
        """
        letters = query.lower()
        if not (letters.isascii() and letters.isalnum()) or len(letters) > _LONGEST_QUERY:
            return None
        rest = [""] * len(letters) + ["()"]  # what finds the letters from each place on
        for start in range(len(letters) - 1, -1, -1):
            ways = [
                self._classes[syllable] + ("" if end == len(letters) else rest[end])
                for end in range(start + 1, min(start + _LONGEST_SYLLABLE, len(letters)) + 1)
                if rest[end] and (syllable := letters[start:end]) in self._classes
            ]
            rest[start] = ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})" if ways else ""
            if len(rest[start]) > _LONGEST_PATTERN:
                return None
        return re.compile(rest[0]) if rest[0] else None


def _beginnings(char: str) -> frozenset[str]:
    """Every text that can be typed for a character: its syllables and their beginnings."""
    if char.isascii():
        return frozenset(char.lower()) if char.isalnum() else frozenset()
    found = {
        syllable[:end]
        for syllable in _syllables().get(char, ())
        for end in range(1, len(syllable) + 1)
    }
    return frozenset(found) | letters_of(char)


@cache
def _syllables() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        syllable, _, chars = line.partition(" ")
        for char in chars:
            found[char] = (*found.get(char, ()), syllable)
    return found
