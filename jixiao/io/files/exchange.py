"""The exchange file: tables as JSON, for scripts, for the bureau, and to compare.

``{"format": "jixiao-exchange", "version": 1, "tables": [TABLE…]}``; nothing told is null. Reading
what was written gives the same tables, and writing those the same file.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from jixiao.model.blank_rows import without_blank_rows
from jixiao.model.errors import RefusedFileError
from jixiao.model.schema import STATES
from jixiao.model.table import (
    KINDS,
    LIST_NAMES,
    ROW_TYPES,
    Indicator,
    Row,
    Share,
    Table,
    Unplaced,
    text_columns,
)

FORMAT = "jixiao-exchange"
VERSION = 1

_META = ("agency", "agency_code", "year", "kind", "title", "money_unit", "form", "vintage")
_ALWAYS = frozenset({"tasks", "indicators", "empty_levels"})
_OPTIONAL_COLUMNS = frozenset({"task", "written", "extra"})
_TABLE_KEYS = frozenset({*_META, *LIST_NAMES, "fields", "notes", "unplaced"})
_ROOT_KEYS = frozenset({"format", "version", "tables"})
_UNPLACED_KEYS = ("file", "sheet", "cell", "text")


def dump_tables(tables: Sequence[Table], states: Sequence[str] = ()) -> str:
    """The exchange file's text for these tables.

    Args:
        tables: The tables.
        states: Their states of work (已报, 退回), where the reader is to know them.
    """
    entries = [table_to_json(table) for table in tables]
    for entry, state in zip(entries, states, strict=False):
        if state:
            entry["state"] = state
    content = {"format": FORMAT, "version": VERSION, "tables": entries}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def load_tables(text: str) -> list[Table]:
    """The tables of an exchange file's text, or of a single table standing alone.

    Raises:
        RefusedFileError: when it is no exchange file, or one of a newer version.
    """
    return [table for table, _ in load_entries(text)]


def load_entries(text: str) -> list[tuple[Table, str]]:
    """The tables of an exchange file's text, each with its state of work, empty if not told.

    Raises:
        RefusedFileError: as ``load_tables``.
    """
    try:
        content: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedFileError("不是完整的交换文件（JSON 读不出来），请重新导出一份。") from error
    if not isinstance(content, dict):
        raise RefusedFileError("不是绩效目标表的交换文件。")
    root = cast("dict[str, Any]", content)
    if "format" not in root and ("indicators" in root or "kind" in root):
        return [_entry(root)]
    if root.get("format") != FORMAT:
        raise RefusedFileError("不是绩效目标表的交换文件（缺少 jixiao-exchange 标记）。")
    version = root.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise RefusedFileError("这个交换文件由更新的版本制作，请先升级本程序。")
    _refuse_others(root, _ROOT_KEYS, "")
    tables = root.get("tables")
    if not isinstance(tables, list):
        raise RefusedFileError("交换文件里没有表。")
    return [_entry(entry) for entry in cast("list[Any]", tables)]


def _entry(entry: object) -> tuple[Table, str]:
    state = _mapping(entry, "表").get("state")
    return table_from_json(entry), state if state in STATES else ""


def table_to_json(table: Table) -> dict[str, Any]:
    """One table as it stands in the exchange file, without rows in which nothing is written."""
    table = without_blank_rows(table)
    result: dict[str, Any] = {name: getattr(table, name) or None for name in _META}
    result["title"] = table.title or None
    for optional in ("form", "vintage"):
        if not result[optional]:
            del result[optional]
    header: dict[str, Any] = {key: text for key, text in table.fields.items() if text}
    if table.payment_schedule:
        header["payment_schedule"] = [
            {"by": share.by, "percent": share.percent or None} for share in table.payment_schedule
        ]
    result["fields"] = header
    for name in LIST_NAMES:
        rows: Sequence[Row] = table.rows(name)
        if rows or name in _ALWAYS:
            result[name] = [_row_to_json(row) for row in rows]
    result["notes"] = list(table.notes)
    if table.unplaced:
        result["unplaced"] = [
            {"file": u.file, "sheet": u.sheet, "cell": u.cell, "text": u.text}
            for u in table.unplaced
        ]
    return result | _others(table.other)


def _row_to_json(row: Row) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for column in text_columns(row):
        value = getattr(row, column)
        if isinstance(value, dict):
            texts = cast("dict[str, str]", value)
            value = {label: text for label, text in texts.items() if text}
        if value or not (isinstance(row, Indicator) and column in _OPTIONAL_COLUMNS):
            result[column] = value or None
    return result | _others(row.other)


def _others(other: str) -> dict[str, Any]:
    """What was told under keys that this program does not know."""
    return json.loads(other) if other else {}


def _other(source: Mapping[str, Any], known: Collection[str]) -> str:
    """What stands under unknown keys, to be kept and given back as it is."""
    others = {key: value for key, value in source.items() if key not in known}
    if not others:
        return ""
    try:
        text = json.dumps(others, ensure_ascii=False, allow_nan=False)
    except (ValueError, RecursionError) as error:
        raise RefusedFileError(f"交换文件里的“{next(iter(others))}”读不出来。") from error
    return _storable(text)


def _refuse_others(source: Mapping[str, Any], known: Collection[str], where: str) -> None:
    """Refuse unknown keys where there is no place to keep them."""
    for key in source:
        if key not in known:
            raise RefusedFileError(f"交换文件{where}里有本版本不认识的“{key}”，请先升级本程序。")


def table_from_json(entry: object) -> Table:
    """One table from the exchange file.

    Raises:
        RefusedFileError: naming the key that is not as it should be.
    """
    source = _mapping(entry, "表")
    kind = source.get("kind") or "project"
    if kind not in KINDS:
        raise RefusedFileError(f"交换文件里有不认识的表类型“{kind}”。")
    year = source.get("year")
    if year is not None and not (isinstance(year, int) and 1900 < year < 2200):
        raise RefusedFileError(f"交换文件里的年度“{year}”不是四位年份。")
    header = dict(_mapping(source.get("fields") or {}, "fields"))
    shares = header.pop("payment_schedule", None)
    told_state = source.get("state") in (None, *STATES)  # which is not the table's to keep
    rows: dict[str, Any] = {
        name: tuple(_row(ROW_TYPES[name], row) for row in _mappings(source.get(name), name))
        for name in LIST_NAMES
    }
    return Table(
        agency=_text(source.get("agency"), "agency"),
        agency_code=_text(source.get("agency_code"), "agency_code"),
        year=year,
        kind=kind,
        title=_text(source.get("title"), "title"),
        money_unit=_text(source.get("money_unit"), "money_unit"),
        form=_text(source.get("form"), "form"),
        vintage=_text(source.get("vintage"), "vintage"),
        fields=_texts(header),
        payment_schedule=tuple(
            Share(**_only(share, ("by", "percent"), "payment_schedule"))
            for share in _mappings(shares, "payment_schedule")
        ),
        notes=tuple(_text(note, "notes") for note in _list(source.get("notes"), "notes")),
        unplaced=tuple(
            Unplaced(**_only(item, _UNPLACED_KEYS, "unplaced"))
            for item in _mappings(source.get("unplaced"), "unplaced")
        ),
        other=_other(source, _TABLE_KEYS | ({"state"} if told_state else set[str]())),
        **rows,
    )


def _row(row_type: type[Row], source: Mapping[str, Any]) -> Row:
    values: dict[str, Any] = {}
    for column in text_columns(row_type):
        value = source.get(column)
        if column == "extra":
            extra = _mapping(value or {}, "extra")
            values["extra"] = _texts(extra)
        else:
            values[column] = _text(value, column)
    return row_type(**values, other=_other(source, values))


def _only(source: Mapping[str, Any], keys: Sequence[str], where: str) -> dict[str, str]:
    """The texts under these keys, which are all that may stand there."""
    _refuse_others(source, keys, f"的“{where}”")
    return {key: _text(source.get(key), key) for key in keys}


def _texts(source: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a mapping by key; what is not told has no key."""
    return {_text(key, key): text for key, v in source.items() if (text := _text(v, key))}


def _text(value: object, name: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise RefusedFileError(f"交换文件里的“{name}”应当是文字。")
    return _storable(str(value))


def _storable(text: str) -> str:
    """Without halves of surrogate pairs, which JSON can write as escapes and nothing can store."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _list(value: object, name: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise RefusedFileError(f"交换文件里的“{name}”应当是列表。")
    return cast("list[Any]", value)


def _mapping(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise RefusedFileError(f"交换文件里的“{name}”不是一组键和值。")
    return cast("dict[str, Any]", value)


def _mappings(value: object, name: str) -> list[Mapping[str, Any]]:
    return [_mapping(item, name) for item in _list(value, name)]
