"""Comparing a table that was read with the one that is true.

Nothing is forgiven but what only layout makes: blanks (Chinese text has no word spaces), a
trailing 指标 of a level name, ``36.00`` for ``36`` in amounts, outline numbers before the names of
tasks and items. Empty and missing are the same. Notes and empty levels are not compared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

META = ("agency", "agency_code", "year", "kind", "title", "money_unit")
LISTS = ("tasks", "indicators", "items", "spending_details", "measures")
ROUND_TRIP = frozenset({"agency_code", "year", "title"})
"""What not every form prints, and so cannot come back from paper."""

_NOT_IN_TRUTHS = frozenset({"details_total"})
"""Header fields that a table may tell though no truth does."""

_BLANKS = re.compile("[\\s\u00a0\u200b\u200c\u200d\u2060\ufeff]+")
_OUTLINE = re.compile(
    r"^(?:\d+[.、．]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])"
)
_MONEY = re.compile(r"(?:total|budget|fund|funds|account|amount|expenditure|percent)$")
_COLUMNS = {
    "indicators": (
        "level1", "level2", "level3", "comparator", "value", "unit",
        "explanation", "basis", "remark", "task",
    ),
}  # fmt: skip

Json = Mapping[str, Any]


def differences(truth: Json, read: Json, ignore: Collection[str] = ()) -> list[str]:
    """Every place where two tables differ, "" for none: path, true text, text read.

    Args:
        truth: A table of the exchange format.
        read: The table that should say the same; it may have further header fields.
        ignore: Names of META or of header fields that are not looked at.
    """
    return [
        f"{place}: {true!r} ≠ {found!r}"
        for place, true, found in _pairs(truth, read, frozenset(ignore))
        if _norm(place, true) != _norm(place, found)
    ]


def _pairs(truth: Json, read: Json, ignore: frozenset[str]) -> Iterator[tuple[str, Any, Any]]:
    for name in META:
        if name not in ignore:
            yield name, truth.get(name), read.get(name)
    true_fields, read_fields = truth.get("fields") or {}, read.get("fields") or {}
    known = [
        key
        for key in read_fields
        if key.isascii() and key not in _NOT_IN_TRUTHS and key not in true_fields
    ]
    for name in (*true_fields, *known):
        if name not in ignore:
            yield f"fields.{name}", true_fields.get(name), read_fields.get(name)
    for name in LISTS:
        if name not in ignore:
            yield from _rows(name, truth.get(name) or [], read.get(name) or [])


def _rows(name: str, truth: Sequence[Json], read: Sequence[Json]) -> Iterator[tuple[str, Any, Any]]:
    yield f"{name}.number", len(truth), len(read)
    for number, (true, found) in enumerate(zip(truth, read, strict=False), start=1):
        for column in _COLUMNS.get(name, tuple(true)):
            yield f"{name}.{number}.{column}", true.get(column), found.get(column)


def _norm(place: str, value: Any) -> Any:
    column = place.rpartition(".")[2]
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, list):
        return [
            (_norm("by", share["by"]), _norm("percent", share["percent"]))
            for share in value
            if share.get("percent")
        ] or None
    text = _BLANKS.sub("", str(value))
    if column in {"level1", "level2"} and text != "指标":
        text = text.removesuffix("指标")
    if place.startswith(("tasks.", "items.")) and column == "name":
        text = _OUTLINE.sub("", text)
    if _MONEY.search(column):
        try:
            return Decimal(text).normalize()
        except InvalidOperation:
            return text
    return text or None


def same_table(truth: Json, tables: Sequence[Json]) -> Json:
    """The table of a dump that should say what ``truth`` says: same kind and name.

    Raises:
        LookupError: when there is not exactly one.
    """
    found = [table for table in tables if _identity(table) == _identity(truth)]
    if len(found) != 1:
        raise LookupError(f"{len(found)} tables for {_identity(truth)}")
    return found[0]


def _identity(table: Json) -> tuple[Any, Any]:
    header = table.get("fields") or {}
    key = "project_name" if table.get("kind") == "project" else "department_name"
    return table.get("kind"), _norm("name", header.get(key))


def read_json(path: Path) -> Any:
    """The content of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))
