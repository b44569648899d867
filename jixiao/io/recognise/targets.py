"""The target value of a row: from one cell or several, with what is odd about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jixiao.io.paper.page.clean import digits, squeeze
from jixiao.model.numbers import decimal_of
from jixiao.model.target import Target, parse_target, read_columns
from jixiao.model.vocabulary import (
    COMPARATOR_PREFIXES,
    COMPARATOR_SUFFIXES,
    NUMERIC_COMPARATORS,
    QUALITATIVE,
    canonical_unit,
    fold_signs,
    read_comparator,
)

_SUFFIX = re.compile(r"(?:及?以上|及?以下|以内|之内)$")
_ANGLES = str.maketrans("〈〉﹤﹥", "<><>")
_SIGN = re.compile(r"[≥≤=><]|(?:大于|小于|不低于|不少于|不高于|不超过|不小于|不大于)(?:或?等于)?")
_TAIL = re.compile(r"^(.*?[^\d.,，－\-])(\d[\d,]*(?:\.\d+)?\D{0,8})$", re.DOTALL)
_ERROR = re.compile(r"^#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!|SPILL!|CALC!|#+$)")
_LOOKS_LIKE_SIGN = re.compile(r"^2\d{2,3}(?:\.\d+)?$")
_LETTER_IN_NUMBER = re.compile(r"\d[OoIl]+(?:\d|%|$)|(?:^|[≥≤=><])[OoIl]\d")
_TWO_SHARES = re.compile(r"%.*\d.*%")
_HAN = re.compile(r"[㐀-鿿]")
_LETTERS = re.compile(r"^[≥≤=><]?\s*[A-Za-z]{1,4}$")


def read_target(texts: Mapping[str, str]) -> tuple[Target, str]:
    """The target value of a row and, where a cell is joined or odd, its text as typed."""
    joined = texts.get("target")
    if joined is None and "comparator" not in texts and "unit" not in texts:
        joined = texts.get("value", "")
    if joined is not None:
        written = joined.strip()
        return parse_target(written), written
    comparator, value, unit = (texts.get(key) for key in ("comparator", "value", "unit"))
    unit = "%" if unit == r"\%" else unit
    if not comparator and value and fold_signs(value).strip() in NUMERIC_COMPARATORS:
        return Target(fold_signs(value).strip(), "", unit or ""), ""
    suffix = _SUFFIX.search(unit or "")
    if not comparator and unit and suffix and decimal_of(value or "") is not None:
        bare = unit[: suffix.start()]
        return Target(COMPARATOR_SUFFIXES[suffix[0]], value or "", bare), unit
    target = read_columns(comparator and comparator.translate(_ANGLES), value or "", unit)
    sign = (comparator or "").strip()
    if sign and sign != target.comparator and not _plain_sign(sign, target.comparator):
        return target, sign
    if value and target.value != value.strip():
        return target, value.strip()
    return target, ""


def _plain_sign(written: str, comparator: str) -> bool:
    """True for the forms of a sign that are not odd: ＝ for = and the like."""
    return digits(written).translate(str.maketrans("＝＞＜", "=><")) == comparator


def split_named(text: str) -> tuple[str, str]:
    """A third-level name and its value out of one cell ("培训人数≥300人"); the value may be ""."""
    name, colon, rest = text.replace(":", "：").rpartition("：")
    if colon and name.strip() and rest.strip() and len(rest) <= 30:
        return name, rest.strip()
    folded = fold_signs(text)
    sign = _SIGN.search(folded)
    if sign is not None and sign.start() and parse_target(folded[sign.start() :]).comparator:
        return folded[: sign.start()], folded[sign.start() :]
    tail = _TAIL.match(text)
    if tail is not None and parse_target(tail[2]).comparator != QUALITATIVE:
        name = tail[1]
        for word in sorted(COMPARATOR_PREFIXES, key=len, reverse=True):
            if name.endswith(word) and len(name) > len(word):
                return name[: -len(word)], word + tail[2]
        return name, tail[2]
    return text, ""


def doubts_of(texts: Mapping[str, str], target: Target) -> Iterator[tuple[str, str, str, str]]:
    """What must be asked about a target: column, text, what it was read as, and why."""
    sign = squeeze(texts.get("comparator", ""))
    if sign and read_comparator(sign.translate(_ANGLES)) is None and sign not in target.value:
        yield "comparator", sign, target.comparator, f"“{sign}”不是 ≥ ≤ = > < 或 定性"
    if target.comparator in NUMERIC_COMPARATORS and not target.value:
        text = texts.get("target") or texts.get("value") or sign
        yield "value", text, target.comparator, "只有符号，没有指标值"
    for column in ("target", "value", "level3", "unit"):
        text = texts.get(column, "")
        if _ERROR.match(text):
            yield column, text, text, f"“{text}”是公式出错，请填写应有的内容"
    column = "target" if texts.get("target") else "value"
    reason = _scan_doubt(texts.get(column, ""), target)
    if reason:
        yield column, texts.get(column, ""), target.comparator + target.value + target.unit, reason


def _scan_doubt(text: str, target: Target) -> str:
    """Why a value may have been misread by a scanner, "" when nothing speaks for it.

    In scans ≥ becomes 2: a rate of 292% can only be ≥92%. It is asked, never mended.
    """
    folded = "".join(fold_signs(text).split())
    percent = canonical_unit(target.unit) == "%" or folded.endswith("%")
    if _TWO_SHARES.search(folded) and not _HAN.search(folded) and not re.search("[-~—至]", folded):
        return f"“{text}”像是两个数连在一起（≥ 常被扫描成 2），请核对"
    if percent and target.comparator in {"", "="} and _LOOKS_LIKE_SIGN.match(target.value):
        return f"“{text}”可能是“≥{target.value[1:]}%”，≥ 被扫描成了 2，请核对"
    if _LETTER_IN_NUMBER.search(folded) and not _HAN.search(folded):
        return f"“{text}”的数字里有字母，可能是扫描错误，请核对"
    if target.comparator == QUALITATIVE and _LETTERS.match(folded):
        return f"“{text}”不像指标值，可能是扫描错误，请核对"
    return ""
