"""The money rule M8: amounts that cannot be read, or are written or sized in an odd way.

A cell that cannot be read makes the sum rules fall silent, so that it has to be told itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from jixiao.model.checks.findings import CellRef, Note
from jixiao.model.checks.money import money_unit, says_none
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.units import check_unit
from jixiao.model.checks.view import Place, View, short
from jixiao.model.fields import MONEY_KEYS, label_of
from jixiao.model.numbers import amount_of, decimal_of, in_unit, plain
from jixiao.model.table import Table

_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]*)?")
_USUAL = re.compile(r"\s*|\s*0*[1-9][0-9]{0,11}(?:\.[0-9]*)?\s*")
_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_CAPITALS = str.maketrans(
    "〇壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億圆", "零一二二三三四五六六七八九十百千万亿元"
)
_N = r"[零一二两三四五六七八九十百千]+"
_IN_WORDS = re.compile(
    rf"(?:({_N})亿)?(?:({_N})万)?({_N})?(?:元(?:([一二三四五六七八九])角)?零?(?:([一二三四五六七八九])分)?)?"
)
_AROUND = re.compile(r"^(?:人民币)?[:：]?[¥￥]?|[整正]$")
_UNIT_IN_BRACKETS = re.compile(r"[(（](亿元|万元|千元|元)[)）]$")


def check_amounts(view: View) -> Iterator[Note]:
    """M8: amounts that are none, below nothing, oddly written, or under a wrong unit."""
    yield from check_unit(view)
    unit = money_unit(view.table)
    for place, name in _money_cells(view.table):
        note = _unusual(place, name, unit, whole=_is_projects(view.table, place))
        if note:
            yield note
    yield from _too_large(view, unit)
    yield from _many_decimals(view, unit)


# --- what cannot be read --------------------


def _money_cells(table: Table) -> Iterator[tuple[Place, str]]:
    """The money cells that are neither blank nor plain, with what a message calls each."""
    for key, text in table.fields.items():
        if key in MONEY_KEYS and not _USUAL.fullmatch(text):
            yield Place(None, None, key, text), f"“{label_of(key)}”"
    for index, row in enumerate(table.spending_details):
        if not _USUAL.fullmatch(row.amount):
            name = f"支出明细第 {index + 1} 行{_quoted(row.content or row.detail)}的金额"
            yield Place("spending_details", index, "amount", row.amount), name
    for index, item in enumerate(table.items):
        if not _USUAL.fullmatch(item.amount):
            name = f"第 {index + 1} 行项目{_quoted(item.name)}的金额"
            yield Place("items", index, "amount", item.amount), name


def _quoted(name: str) -> str:
    return f"“{short(name)}”" if name.strip() else ""


def _is_projects(table: Table, place: Place) -> bool:
    """Whether a cell tells all the money of a project, which is not nothing."""
    if table.kind != "project":
        return place.rows == "items"
    total = "project_amount" if table.fields.get("project_amount", "").strip() else "budget_total"
    return place.field == total


def _unusual(place: Place, name: str, unit: str, *, whole: bool) -> Note | None:
    """What is unusual in a money cell; ``whole`` if it tells all the money of a project."""
    text = place.text.strip()
    amount = amount_of(text, unit)
    if amount is None:
        if says_none(text) and not (whole and place.rows is None):
            return None
        meant = _meant(text, unit)
        fix = None if meant is None else plain(meant)
        hint = f"请写成数字（{unit}）。" if fix is None else f"请写成数字（{unit}）：{fix}。"
        message = f"{name}写作“{short(text)}”，看不出是多少钱。"
        # A sum that could not be made till now may come out wrong: a person is to see it.
        return place.note(message, hint, fix=fix, severity="error", sure=False)
    if amount < 0:
        message = f"{name}写作“{short(text)}”，金额不能是负数。"
        return place.note(message, f"请核对后改写（{unit}）。", severity="error")
    if not amount and whole:
        message = f"{name}写作“{short(text)}”，项目没有资金。"
        return place.note(message, "请核对并填写金额。", severity="warning")
    if _PLAIN.fullmatch(text):
        return None
    fix = _digits(text) if decimal_of(text) is not None else plain(amount)
    message = f"{name}写作“{short(text)}”，金额以{unit}计，只写数字就可以。"
    return place.note(message, f"请写“{fix}”。", fix=fix, severity="hint")


def _digits(text: str) -> str:
    """A number as written, without plus sign, separators and full width."""
    return re.sub(r"[+,\s]", "", unicodedata.normalize("NFKC", text))


def _meant(text: str, unit: str) -> Decimal | None:
    """The amount that a text with a money unit certainly says (叁拾万元, ￥30万元整), or None."""
    bare = _AROUND.sub("", "".join(text.split()))
    bare = _UNIT_IN_BRACKETS.sub(r"\1", bare)
    amount = amount_of(bare, unit) if decimal_of(bare) is None else None
    amount = amount_in_words(bare, unit) if amount is None else amount
    return amount if amount is not None and amount > 0 else None


def amount_in_words(text: str, unit: str) -> Decimal | None:
    """The amount that Chinese numerals with a money unit say, in ``unit``.

    叁拾万元, 三十万, 壹佰贰拾万零伍仟元整. None if it is none, or might mean two things
    (一百五 may be 105 or 150; 三十 alone has no unit).
    """
    written = re.sub("[整正]$", "", text.translate(_CAPITALS))
    match = _IN_WORDS.fullmatch(written)
    if match is None or written[-1:] not in {"元", "角", "分", "万", "亿"}:
        return None
    total, before = 0, False
    for group, scale in ((1, 10**8), (2, 10**4), (3, 1)):
        part = match[group]
        if part is None:
            continue
        number = _below_ten_thousand(part)
        # 五万三 is fifty-three thousand; who means three writes 五万零三.
        if number is None or (before and part[0] != "零" and number < 1000):
            return None
        total, before = total + number * scale, True
    if not before:
        return None
    cents = _DIGITS[match[4] or "零"] * 10 + _DIGITS[match[5] or "零"]
    return in_unit(Decimal(total * 100 + cents).scaleb(-2), "元", unit)


def _below_ten_thousand(text: str) -> int | None:
    """The number of full numerals; None where a place is left out without 零 (一百五)."""
    total, last, digit, zero = 0, 10_000, -1, True
    for char in text:
        if char == "零":
            zero = True
        elif char in _DIGITS:
            if digit > 0:
                return None
            digit = _DIGITS[char]
        else:
            place = _PLACES[char]
            if place >= last or (digit < 0 and (place != 10 or total)):
                return None
            if place * 10 != last and not zero:
                return None
            total, last, digit, zero = total + max(digit, 1) * place, place, -1, False
    if digit > 0 and last != 10 and not zero:
        return None
    return total + max(digit, 0)


# --- what is too large or too fine --------------------


def _too_large(view: View, unit: str) -> Iterator[Note]:
    limit = view.settings.largest_amount
    for key, text in view.table.fields.items():
        if key in MONEY_KEYS:
            amount = amount_of(text, unit)
            if amount is not None and unit == "万元" and amount > limit:
                message = f"{label_of(key)} {text} 万元超过 {limit} 万元，可能是以元填写的。"
                yield Note(message, "请核对金额单位。", key, matter="size")
    for line in view.lines:
        if line.unit == "万元" and line.number and line.number > limit:
            message = f"{line.title}是 {line.row.value} 万元，可能是以元填写的。"
            yield line.note("value", message, "请核对金额单位。", matter="size")


def _many_decimals(view: View, unit: str) -> Iterator[Note]:
    places = view.settings.decimals
    if unit != "万元":
        return
    long = [
        (key, text)
        for key, text in view.table.fields.items()
        if key in MONEY_KEYS and _decimals(text) > places
    ]
    if long:
        listed = "、".join(f"{label_of(key)} {text}" for key, text in long)
        message = f"{listed}的小数超过 {places} 位。"
        hint = f"金额通常保留 {places} 位小数，请与预算表一致。"
        cells = tuple(CellRef(None, None, key) for key, _ in long)
        yield Note(message, hint, long[0][0], matter="decimals", cells=cells)


def _decimals(text: str) -> int:
    if decimal_of(text) is None:
        return 0
    return len(text.strip().partition(".")[2].rstrip("0"))


RULES = (Rule("M8", "金额写法或位数特殊", "规范性", "hint", "sure", "custom", check_amounts),)
