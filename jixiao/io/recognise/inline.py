"""Labels and values in one cell: 填报单位：某局    单位：万元."""

from __future__ import annotations

import re

from jixiao.io.paper.page.clean import key as text_key
from jixiao.io.paper.page.clean import squeeze
from jixiao.io.recognise.labels import Labels

MONEY_UNIT = re.compile(r"^(?:人民币)?(亿元|万元|千元|元)$")
ZONE = re.compile(
    r"^(?:其中:)?(中期|中长期|长期|实施期|年度|本年度|当年|本年).*(?:资金|金额|预算|拨款)"
)
AMONG = re.compile(r"^\s*其中\s*[：:]\s*")
_SEAL = re.compile(r"^\s*[(（]\s*(?:盖章|公章|签章)\s*[)）]\s*")
_COLON = re.compile(r"[：:]")
_UNKNOWN = re.compile(r"^(?!.*[0-9０-９，。；、？！])[^\W\d_](?:\w|[()（）/]){1,9}$")
_NOTES = frozenset({"注", "附注", "备注", "说明", "填表说明", "填报说明", "其中", "一是", "二是"})


def inline_pairs(labels: Labels, text: str, *, unknown: bool = False) -> list[tuple[str, str]]:
    """``label：value`` pairs of one cell: (field, value), none when it does not begin with a label.

    Args:
        labels: The words that are labels.
        text: The cell's cleaned text.
        unknown: Take short words that no dictionary knows for a label too; then they are the field.
    """
    text = AMONG.sub("", text)
    if _COLON.search(text[:30]) is None:
        return []
    pairs: list[tuple[str, str]] = []
    rest = text
    while True:
        colon = _COLON.search(rest)
        if colon is None:
            break
        name = _name(labels, rest[: colon.start()], rest[colon.end() :])
        if not name and unknown and not pairs:
            name = _unknown_name(rest[: colon.start()])
        if not name:
            break
        known = bool(_name(labels, rest[: colon.start()], rest[colon.end() :]))
        value, rest = _until_next_label(labels, rest[colon.end() :])
        if not known and not value.strip():
            break
        pairs.append((name, _SEAL.sub("", value).strip()))
    return pairs


def _unknown_name(words: str) -> str:
    label = squeeze(words)
    return label if _UNKNOWN.match(label) and label not in _NOTES else ""


def _name(labels: Labels, words: str, after: str) -> str:
    key = text_key(words)
    if key in {"单位", "金额", "金额单位", "货币单位", "计量单位"}:
        first = after.split(maxsplit=1)[0] if after.split() else ""
        if MONEY_UNIT.match(first):
            return "money_unit"
        return "agency" if key == "单位" and first else ""
    found = labels.field_of(key) if len(key) <= 20 else ""
    if not found and ZONE.match(key) and "资金" in key:
        return squeeze(words)
    return found


def _until_next_label(labels: Labels, text: str) -> tuple[str, str]:
    """Split before the next ``label：`` that follows a blank."""
    for match in re.finditer(r"\s+([^\s：:]{2,14})[：:]", text):
        apart = match[0].startswith(("  ", "　")) and bool(_unknown_name(match[1]))
        if apart or _name(labels, match[1], text[match.end() :]):
            return text[: match.start()], text[match.start(1) :]
    return text, ""


def begins_with_label(labels: Labels, text: str) -> bool:
    """True when a text begins with a known label and a colon."""
    return bool(inline_pairs(labels, text))
