"""How alike a text is to words that are known: by its characters and pairs of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

SAME_END = 0.7
ALIKE = 0.5
"""From here on two texts are alike at all."""

_HINTS = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|【[^【】]*】")
_MARKS = re.compile(
    r"[*＊※★☆●○◆◇▲△①-⑳¹²³⁰-⁹]|[:：]$|^(?:其中[:：]?|[一二三四五六七八九十\d]{1,2}[、.．])"
)


def bare(key: str) -> str:
    """A head's or label's key without hints in brackets, stars, footnote marks and numbers."""
    without = _HINTS.sub("", key)
    return _MARKS.sub("", without or key) or key


def likeness(one: str, other: str) -> float:
    """From 0 to 1: how many characters and pairs of neighbours two texts share."""
    first, second = _pieces(one), _pieces(other)
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else 0.0


@lru_cache(maxsize=8192)
def _pieces(text: str) -> frozenset[str]:
    return frozenset([*text, *(a + b for a, b in pairwise(text))])


def most_alike(key: str, words: Mapping[str, str], *, heads: bool = False) -> dict[str, float]:
    """For each meaning how alike the key is to the most alike of its words.

    Args:
        key: The text, see ``bare``.
        words: Word → meaning.
        heads: Whether they are heads of columns: what those mean is told at their end (来源依据,
            确定依据), so that the same end counts for more.
    """
    memo = _remembered(words)
    if (key, heads) in memo:
        return dict(memo[key, heads])
    best: dict[str, float] = {}
    for word, meaning in words.items():
        if abs(len(word) - len(key)) > max(len(word), len(key)) * 0.7:
            continue
        found = 1.0 if word == key else likeness(key, word)
        if heads and len(key) > 2 and key[-2:] == word[-2:]:
            found = max(found, SAME_END)
        if found >= ALIKE and found > best.get(meaning, 0.0):
            best[meaning] = found
    if len(memo) < _MOST:
        memo[key, heads] = best
    return dict(best)


_Memo = dict[tuple[str, bool], dict[str, float]]
_MOST = 20_000


def _remembered(words: Mapping[str, str]) -> _Memo:
    """What was found for these very words before: they are the same for all drafts."""
    return words.memo if isinstance(words, Words) else {}


class Words(dict[str, str]):
    """Words with their meanings, that do not change any more, and what is like them."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(words)
        self.memo: _Memo = {}
