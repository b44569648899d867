"""Decimal numbers as clerks write them, and sums of money in different units. Never a float."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from jixiao.model.vocabulary import MONEY_SCALE, canonical_unit

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|[+-]?\.[0-9]+")
_LONGEST = 24  # digits; a Decimal sum of such numbers is exact in the default context
_MONEY = re.compile(r"(.*?)((?:百万|千万|百|千|万|亿)?元|万|亿)?", re.DOTALL)


def decimal_of(text: str) -> Decimal | None:
    """The number that a text is: "56.10", "1,234.5", "１２", " 7.6 "; None if it is none.

    A unit, a percent sign, a range or words make it no number; so does more than any budget holds.
    """
    return _decimal_of(text) if len(text) <= 2 * _LONGEST else None


@lru_cache(maxsize=4096)
def _decimal_of(text: str) -> Decimal | None:
    folded = " ".join(unicodedata.normalize("NFKC", text).split())
    if not _NUMBER.fullmatch(folded) or len(folded) > _LONGEST:
        return None
    return Decimal(folded.replace(",", "").replace(" ", ""))


def percent_of(text: str) -> Decimal | None:
    """The number of a share, with or without its percent sign ("35", "35%")."""
    return decimal_of(text.strip().rstrip("%％"))


def in_unit(amount: Decimal, from_unit: str, to_unit: str) -> Decimal:
    """Convert an amount between money units (元 百元 千元 万元 百万元 千万元 亿元, 万, 亿).

    Raises:
        ValueError: One of the units is no money unit.
    """
    try:
        places = MONEY_SCALE[canonical_unit(from_unit)] - MONEY_SCALE[canonical_unit(to_unit)]
    except KeyError as error:
        raise ValueError(f"no money unit: {error.args[0]!r}") from error
    return amount.scaleb(places)


def amount_of(text: str, unit: str) -> Decimal | None:
    """A sum of money in ``unit``, from a text that is a number or a number with a money unit.

    Args:
        text: "48.4" (taken to be in ``unit`` already), or "484000元", "48.4 万元".
        unit: The money unit of the result.
    """
    if len(text) > 2 * _LONGEST:
        return None
    match = _MONEY.fullmatch("".join(text.split()))
    if match is None:
        return None
    amount = decimal_of(match[1])
    if amount is None or match[2] is None:
        return amount
    return in_unit(amount, match[2], unit)


def plain(number: Decimal) -> str:
    """A number as one writes it: no exponent, no zeros at the end (1.00 → 1, 1E+2 → 100)."""
    return f"{number.normalize():f}" if number else "0"
