"""Two halves of a block, mid-term and annual: told by its heads, or by what stands above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.io.paper.page.clean import squeeze
from jixiao.io.paper.page.grid import Cell
from jixiao.io.recognise.draft import Page
from jixiao.io.recognise.labels import Labels
from jixiao.io.recognise.likeness import bare, likeness
from jixiao.io.recognise.roles import Column as Shown
from jixiao.io.recognise.structure import Leaf

_YEARS_HEAD = re.compile(r"^20\d\d年?度?\s*[-~—–至]\s*(?:20)?\d\d")


@dataclass(frozen=True, slots=True)
class Told:
    """A column with what its heads tell beside its role: a half, the rest of its words, a year."""

    leaf: Leaf
    shown: Shown
    half: str = ""
    rest: str = ""
    year: str = ""


def is_years(text: str) -> bool:
    """True for several years as a head (2026年—2028年): those of the mid-term half."""
    return bool(_YEARS_HEAD.match(squeeze(text)))


def half_of(labels: Labels, key: str) -> tuple[str, str]:
    """Which half a head tells, and the rest of its words (中期指标值 → period, 指标值)."""
    words = key.removeprefix("项目")
    for half in ("period", "annual"):
        piece = max((p for p in labels.pieces[half] if words.startswith(p)), key=len, default="")
        if piece:
            rest = words[len(piece) :].removeprefix("绩效").removeprefix("目标")
            return half, rest
    return "", key


def sides_of(page: Page, labels: Labels, told: Sequence[Told]) -> tuple[list[str], bool]:
    """The half of each column, "" for what both share; and whether the halves were guessed."""
    valued = {one.half for one in told if one.half and _may_be_value(one)}
    if {"period", "annual"} <= valued:
        return [one.half if _may_be_value(one) or _named_like(one) else "" for one in told], False
    names = [bare(one.shown.head) for one in told]
    again = [
        i for i, name in enumerate(names)
        if name and any(likeness(name, n) > 0.8 for n in names[:i] if n) and _named_like(told[i])
    ]  # fmt: skip
    if not again:
        return [""] * len(told), False
    cut = again[0]
    start = max(i for i in range(cut) if likeness(names[i], names[cut]) > 0.8)
    left, right = told[start].leaf.cell, told[cut].leaf.cell
    if left is None or right is None or not _named_like(told[start]):
        return [""] * len(told), False
    while cut - 1 > start and names[cut - 1] and names[cut - 1] in names[:start]:
        cut -= 1
        start -= 1
    above = _halves_above(page, labels, left, right)
    first, second = above or ("period", "annual")
    sides = [""] * start + [first] * (cut - start) + [second] * (len(told) - cut)
    return sides, above is None


def _may_be_value(one: Told) -> bool:
    share = one.shown.share
    data = share(lambda k: k.number or k.joined)
    return data >= 0.3 or (not share(lambda k: k.level or k.long) and one.rest in _VALUE_RESTS)


_VALUE_RESTS = frozenset({"", "值", "指标值", "目标值"})


def _named_like(one: Told) -> bool:
    share = one.shown.share
    return not one.shown.texts or share(lambda k: k.words) * one.shown.distinct > 0.5


def _halves_above(page: Page, labels: Labels, left: Cell, right: Cell) -> tuple[str, str] | None:
    """The halves that labels over two columns tell (中期目标 … | 年度目标), the nearest first."""
    for row in range(left.row - 1, max(-1, left.row - 12), -1):
        told = {"left": "", "right": ""}
        for cell in page.row(row):
            half = half_of(labels, page.key(cell))[0]
            if (half and cell.col <= right.col < cell.right) or (half and cell.col > right.col - 1):
                told["right"] = told["right"] or half
            elif half and cell.right > left.col - 1:
                told["left"] = told["left"] or half
        if {*told.values()} == {"period", "annual"}:
            return told["left"], told["right"]
    return None
