"""The files of the library: the shipped list, the user's own entries, and Excel workbooks."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, cast

from jixiao import RESOURCES
from jixiao.io.files.write.safe_write import write_bytes
from jixiao.model.errors import KnownError
from jixiao.model.library import Entry, EntryKey, OwnLibrary
from jixiao.model.os_errors import reason_of
from jixiao.model.vocabulary import read_comparator

SHIPPED = RESOURCES / "library.csv"

_FORMAT = "jixiao-library"
_VERSION = 1
_COLUMNS = tuple(f.name for f in fields(Entry) if f.name != "origin")
_SEEN = "公开的绩效目标表"
_SOURCES: Mapping[str, str] = {"R": _SEEN, "P": _SEEN, "G": _SEEN, "D": _SEEN, "S": _SEEN}
"""What the letters of the shipped list mean; K, common knowledge, is no source to be named."""


class LibraryFileError(KnownError):
    """The user's library cannot be read; ``damaged`` tells that its content makes no sense."""

    def __init__(self, message: str, *, damaged: bool = False) -> None:
        super().__init__(message)
        self.damaged = damaged


def read_shipped(path: Path = SHIPPED) -> tuple[Entry, ...]:
    """The entries that come with the program (CSV, UTF-8, header in English)."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            Entry(
                category=row["category"],
                level1=row["level1"],
                level2=row["level2"],
                name=row["name"],
                comparator=read_comparator(row["sign"]) or "",
                value=row["value"],
                unit=row["unit"],
                source=_SOURCES.get(row["source"], ""),
                explanation=row["explanation"],
                origin="shipped",
            )
            for row in csv.DictReader(file)
        )


def read_own(path: Path) -> OwnLibrary:
    """The user's own library; an empty one where there is no file yet.

    Raises:
        LibraryFileError: The file cannot be read, is damaged, or comes from a newer program.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return OwnLibrary()
    except UnicodeDecodeError as error:
        raise _damaged(path) from error
    except OSError as error:
        reason = reason_of(error)
        message = f"个人指标库“{path}”打不开（{reason}）。请检查这个文件的权限。"
        raise LibraryFileError(message) from error
    try:
        loaded: object = json.loads(content)
    except ValueError as error:
        raise _damaged(path) from error
    if not isinstance(loaded, dict):
        raise _damaged(path)
    data = cast("dict[str, Any]", loaded)
    if data.get("format") != _FORMAT or not isinstance(data.get("version"), int):
        raise _damaged(path)
    if data["version"] > _VERSION:
        raise LibraryFileError(
            f"个人指标库“{path.name}”由更新版本的程序保存，这个版本不能改动它。请升级本程序。"
        )
    try:
        return OwnLibrary(
            tuple(_entry(item) for item in data["entries"]),
            frozenset(_key(item) for item in data.get("hidden", ())),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> LibraryFileError:
    return LibraryFileError(f"个人指标库“{path.name}”已损坏，读不出来。", damaged=True)


def _entry(item: object) -> Entry:
    if not isinstance(item, dict):
        raise TypeError(f"no entry: {item!r}")
    stated = cast("dict[str, object]", item)
    texts = {name: stated.get(name, "") for name in _COLUMNS}
    if not all(isinstance(text, str) for text in texts.values()) or not texts["name"]:
        raise ValueError(f"no entry: {item!r}")
    return Entry(**cast("dict[str, str]", texts))  # pyright: ignore[reportArgumentType]


def _key(item: Sequence[object]) -> EntryKey:
    category, level1, level2, name = (str(text) for text in item)
    return category, level1, level2, name


def write_own(path: Path, own: OwnLibrary) -> None:
    """Write the user's own library; the state before is kept beside it (``backup_of``).

    Raises:
        ExportError: It cannot be written; then the old file is untouched.
    """
    entries = [
        {name: text for name, text in asdict(entry).items() if name in _COLUMNS and text}
        for entry in own.entries
    ]
    data = {
        "format": _FORMAT,
        "version": _VERSION,
        "entries": entries,
        "hidden": sorted(own.hidden),
    }
    if path.exists():
        write_bytes(backup_of(path), path.read_bytes())
    text = json.dumps(data, ensure_ascii=False, indent=1)
    write_bytes(path, text.encode("utf-8", "replace") + b"\n")


def backup_of(path: Path) -> Path:
    """Where the state before the last change lies."""
    return path.with_name(path.stem + ".bak" + path.suffix)
