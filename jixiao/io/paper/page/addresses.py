"""Addresses of a sheet ("C7", "A1:C7") as rows and columns counted from 0."""

from __future__ import annotations

import re
from functools import cache

# First row, first column, last row, last column; counted from 0, all within the merge.
Merge = tuple[int, int, int, int]


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


def parse_address(address: str) -> tuple[int, int] | None:
    """The 0-based row and column of "C7" (6, 2), None when it is no address of a sheet."""
    match = _ADDRESS.fullmatch(address) or _ADDRESS.fullmatch(address.upper())
    if match is None:
        return None
    return int(match.group(2)) - 1, _column(match.group(1))


def parse_range(text: str) -> Merge | None:
    """The merge that "A1:C7" names, None when it is no range."""
    first, _, last = text.partition(":")
    start, end = parse_address(first), parse_address(last or first)
    if start is None or end is None:
        return None
    (r1, c1), (r2, c2) = start, end
    return min(r1, r2), min(c1, c2), max(r1, r2), max(c1, c2)
