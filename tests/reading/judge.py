"""What a careful human would call different between a table expected and a table read.

Blanks are layout; a trailing 指标 of a level, outline numbers before a task's name and 36.00 for 36
in amounts are the same. ``either`` of an expectation tells other readings that are as fair. Header
fields with Chinese keys and further columns of indicators have no agreed names: what ``other`` and
``extra`` hold is looked for by ``lost``.
"""

import json
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from tests.reading.paper import OWN, SIX

META = ("kind", "title", "agency", "agency_code", "year", "money_unit")
LISTS = {
    "indicators": (*SIX, *OWN),
    "period_indicators": (*SIX, *OWN),
    "tasks": ("name", "owner", "content", "amount", "fiscal_funds", "other_funds"),
    "items": ("name", "amount", "period_goal", "annual_goal"),
    "spending_details": ("content", "detail", "amount", "basis"),
}
_BLANKS = re.compile("[\\s\u200b\ufeff]+")
_MONEY = re.compile(r"(?:total|budget|fund|funds|account|amount|expenditure)$")
_OUTLINE = re.compile(r"^(?:\d+[.、．]|[一二三四五六七八九十]+、)")


@dataclass(frozen=True)
class Difference:
    """One cell: where it is, what should be there, what was read; None for nothing."""

    path: str
    expected: object
    read: object


def differences(expected, read):
    """Every cell in which a table that was read differs from what was expected.

    Args:
        expected: A table of an expectation file.
        read: A table of the exchange format, None where none was read.
    """
    read, either = read or {}, expected.get("either", {})
    found = []
    for path, want, got in pairs(expected, read):
        fair = [want, *either.get(path, [])]
        if plain(path, got) not in [plain(path, one) for one in fair]:
            found.append(Difference(path, want, got))
    return found


def pairs(expected, read):
    """Path, expected and read text of every cell that the exchange format has a key for."""
    for name in META:
        yield name, expected.get(name), read.get(name)
    want, got = expected["fields"], read.get("fields") or {}
    for name in dict.fromkeys([*want, *(key for key in got if key.isascii())]):
        yield f"fields.{name}", want.get(name), got.get(name)
    for name, keys in LISTS.items():
        want, got = expected.get(name) or [], read.get(name) or []
        for number in range(max(len(want), len(got))):
            one = want[number] if number < len(want) else {}
            two = got[number] if number < len(got) else {}
            for key in keys:
                yield f"{name}.{number}.{key}", one.get(key), two.get(key)


def plain(path, text):
    """A text as it is compared."""
    if text is None or text == "":
        return None
    key = path.rpartition(".")[2]
    text = _BLANKS.sub("", str(text))
    if key in {"level1", "level2"} and text != "指标":
        text = text.removesuffix("指标")
    if key == "name":
        text = _OUTLINE.sub("", text)
    if _MONEY.search(key):
        try:
            return Decimal(text).normalize()
        except InvalidOperation:
            return text
    return text or None


def lost(expected, told):
    """Texts without a key of their own, or maybe with another, that are nowhere in what was told.

    Args:
        expected: A table of an expectation file.
        told: Everything that reading a file gave, tables and what was not placed, as JSON or text.
    """
    hay = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
    hay = _BLANKS.sub("", hay.replace("\\n", "")).replace(",", "")
    texts = list(expected.get("other", {}).values())
    texts += [text for one in expected["indicators"] for text in one.get("extra", {}).values()]
    texts += [text for text in free_texts(expected) if isinstance(text, str)]
    return [text for text in texts if _BLANKS.sub("", text).replace(",", "") not in hay]


def free_texts(expected):
    """What is expected at places that may as well be blank: it then stands elsewhere."""
    for path, fair in expected.get("either", {}).items():
        place = expected
        for key in path.split("."):
            place = place[int(key)] if isinstance(place, list) else (place or {}).get(key)
        if None in fair:
            yield place
