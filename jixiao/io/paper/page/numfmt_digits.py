"""The digits of a number put into the places of a section of a format code."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from jixiao.io.paper.page.numerals import hanzi_number
from jixiao.io.paper.page.numfmt_code import Section, Token

_MOST_PLACES = 26
"""Beyond these, decimal arithmetic has no precision: the number is shown as General."""
_MOST_DENOMINATOR = 9_999


def general(value: float) -> str:
    """A number in the format General, to 15 significant digits: 697.6099999999999 → "697.61"."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.15g}"
    if "e" in text and 1e-9 <= abs(value) < 1e21:
        text = f"{Decimal(text):f}"
    return text.replace("e", "E")


def show_number(section: Section, value: float, *, signed: bool, grouping: bool) -> str:
    """A number in the places of a section.

    Args:
        section: any but a section of a date.
        value: a finite number.
        signed: a negative number shows its minus sign; else the section's words do.
        grouping: thousands are separated where the section says so.
    """
    number = Decimal(f"{value:.15g}").scaleb(2 * section.percents - 3 * section.thousands)
    if section.shape == "general":
        shown = [general(abs(value)) if t.kind in ("general", "at") else t.text
                 for t in section.tokens]  # fmt: skip
        text, zero = "".join(shown), value == 0
        if section.numerals:
            text = hanzi_number(text, section.numerals)
    elif section.shape == "scientific":
        text, zero = _scientific(section, abs(number)), value == 0
    elif section.shape == "fraction":
        text, zero = _fraction(section, abs(number))
    elif not section.has_digits:
        return section.words
    else:
        decimals = sum(token.kind == "digit" for token in _split(section.tokens)[1])
        if number.adjusted() + decimals > _MOST_PLACES:
            return general(value)
        text, zero = _fixed(section, abs(number), grouping=grouping)
    return f"-{text}" if signed and value < 0 and not zero else text


def _split(tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token], bool]:
    """The tokens before and after the point, and whether there is one."""
    for i, token in enumerate(tokens):
        if token.kind == "point":
            return tokens[:i], tokens[i + 1 :], True
    last = max((i for i, token in enumerate(tokens) if token.kind == "digit"), default=-1)
    return tokens[: last + 1], tokens[last + 1 :], False


def _fixed(section: Section, number: Decimal, *, grouping: bool) -> tuple[str, bool]:
    before, after, pointed = _split(section.tokens)
    decimals = sum(token.kind == "digit" for token in after)
    rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    whole, _, part = f"{rounded:f}".partition(".")
    whole = whole.lstrip("0")
    grouped = grouping and section.grouped
    shown = _whole(before, whole, grouped=grouped)
    rest = _part(after, part)
    if pointed:
        mandatory = any(t.kind == "digit" and t.text != "#" for t in after)
        shown += "." if grouping or mandatory or _begins_with_digit(rest) else ""
    text = shown + rest
    if section.numerals:
        text = hanzi_number(text, section.numerals)
    return text, not rounded


def _begins_with_digit(text: str) -> bool:
    return text[:1].isdecimal()


def _whole(tokens: Sequence[Token], digits: str, *, grouped: bool) -> str:
    """The digits before the point, put into their places from the right."""
    first = next((i for i, token in enumerate(tokens) if token.kind == "digit"), -1)
    if first < 0:
        return "".join(token.text for token in tokens) + digits
    pieces: list[str] = []
    count = 0
    left = digits
    for i in range(len(tokens) - 1, -1, -1):
        token = tokens[i]
        if token.kind != "digit":
            pieces.append(token.text)
            continue
        taken = (left if i == first else left[-1:]) or _FILLERS[token.text]
        left = "" if i == first else left[:-1]
        for digit in reversed(taken):
            if grouped and count and count % 3 == 0 and digit.isdecimal():
                pieces.append(",")
            pieces.append(digit)
            count += 1
    return "".join(reversed(pieces))


_FILLERS = {"0": "0", "?": " ", "#": ""}


def _part(tokens: Sequence[Token], digits: str) -> str:
    """The digits after the point; those that need not be shown are left out at the end."""
    kept = len(digits)
    marks = [token.text for token in tokens if token.kind == "digit"]
    while kept and digits[kept - 1] == "0" and marks[kept - 1] != "0":
        kept -= 1
    pieces: list[str] = []
    place = 0
    for token in tokens:
        if token.kind != "digit":
            pieces.append(token.text)
            continue
        pieces.append(digits[place] if place < kept else _FILLERS[token.text].replace("0", ""))
        place += 1
    return "".join(pieces)


def _scientific(section: Section, number: Decimal) -> str:
    at = next(i for i, token in enumerate(section.tokens) if token.kind == "exponent")
    mantissa, power = section.tokens[:at], section.tokens[at + 1 :]
    before, after, _ = _split(mantissa)
    step = max(1, sum(token.kind == "digit" for token in before))
    exponent = number.adjusted() // step * step if number else 0
    decimals = sum(token.kind == "digit" for token in after)
    scaled = number.scaleb(-exponent).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if scaled >= 10**step:
        scaled, exponent = scaled.scaleb(-step), exponent + step
    text, _ = _fixed(Section(tuple(mantissa), "number"), scaled, grouping=True)
    sign = "-" if exponent < 0 else "+" if "+" in section.tokens[at].text else ""
    return f"{text}E{sign}{_whole(power, str(abs(exponent)), grouped=False)}"


def _fraction(section: Section, number: Decimal) -> tuple[str, bool]:
    """A number as a fraction, with the whole before it where the section has a place for it."""
    tokens = section.tokens
    at = next(i for i, token in enumerate(tokens) if token.kind == "slash")
    runs = _digit_runs(tokens[:at])
    below = sum(token.kind == "digit" for token in tokens[at + 1 :])
    fixed = tokens[at].text
    exact = Fraction(number)
    if fixed:
        bottom = min(max(1, int(fixed[:6])), _MOST_DENOMINATOR * 100)
        top = int(exact * bottom + Fraction(1, 2))
        near = Fraction(top, bottom)
    else:
        near = exact.limit_denominator(min(10 ** max(1, min(below, 4)) - 1, _MOST_DENOMINATOR))
        top, bottom = near.numerator, near.denominator
    if len(runs) < 2:
        return f"{top}/{bottom}", not near
    whole, rest = divmod(top, bottom)
    if not rest:
        return str(whole), not near
    return (f"{whole} " if whole else "") + f"{rest}/{bottom}", False


def _digit_runs(tokens: Sequence[Token]) -> list[int]:
    """Where runs of digits begin."""
    kinds = ["", *(token.kind for token in tokens)]
    return [i for i in range(len(tokens)) if kinds[i + 1] == "digit" != kinds[i]]
