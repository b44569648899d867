"""How alike two short Chinese texts are."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def similarity(first: str, second: str) -> Decimal:
    """The share of neighbouring pairs of characters that two texts have in common (0 to 1)."""
    one, other = _pairs(first), _pairs(second)
    if not one or not other:
        return Decimal(int(first == second and bool(first)))
    return Decimal(2 * len(one & other)) / (len(one) + len(other))


def longest_common(first: str, second: str) -> str:
    """The longest run of characters that stands in both texts."""
    for size in range(min(len(first), len(second)), 0, -1):
        for start in range(len(first) - size + 1):
            if first[start : start + size] in second:
                return first[start : start + size]
    return ""


def is_within(short: str, long: str) -> bool:
    """Whether all characters of one text stand in another in their order."""
    rest = iter(long)
    return all(char in rest for char in short)
