"""The library as an Excel workbook: a list with Chinese headers, read back by its headers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jixiao.io.files.read.door import read_grids
from jixiao.io.files.write.list_sheet import ListColumn, ListSheet, write_lists
from jixiao.io.paper.page.grid import Grid
from jixiao.model.columns import COLUMNS
from jixiao.model.errors import RefusedFileError
from jixiao.model.library import Entry, tidy
from jixiao.model.target import parse_target
from jixiao.model.vocabulary import (
    COMPARATORS,
    LEVELS,
    canonical_level2,
    fold_width,
    paper_comparator,
    read_comparator,
)

_HEADERS: tuple[tuple[str, str, float], ...] = (
    ("category", "类别", 60),
    ("level1", "一级指标", 66),
    ("level2", "二级指标", 106),
    ("level3", "三级指标", 130),
    ("comparator", "指标值类型", 60),
    ("value", "指标值", 66),
    ("unit", "度量单位", 54),
    ("source", "来源", 96),
    ("explanation", "指标解释", 220),
)
"""Column, header word, width in points."""

_MORE: Mapping[str, tuple[str, ...]] = {
    "category": ("类别", "分类", "指标分类", "项目类别", "适用类别", "适用范围", "category"),
    "source": ("来源", "指标来源", "数据来源", "source"),
    "level1": ("level1",),
    "level2": ("level2",),
    "level3": ("name",),
    "comparator": ("sign",),
    "value": ("value", "参考值", "参考指标值"),
    "unit": ("unit",),
    "explanation": ("explanation",),
}
_LOOKED_AT = 30  # rows of a sheet among which the header must stand
_LONGEST_NAME = 300
_SPARE = 300  # rows for further entries


def library_sheet(entries: Iterable[Entry]) -> ListSheet:
    """The list: a head, then a row for each entry, and what may be chosen in each column.

    Entries without levels come first: below others they would be read as theirs.
    """
    entries = sorted(entries, key=lambda e: (bool(e.level1 or e.level2), bool(e.category)))
    columns = [
        ListColumn(
            word,
            width,
            "left" if column in {"level3", "explanation"} else "center",
            number=column == "value",
            choices=tuple(_choices(entries, column)),
        )
        for column, word, width in _HEADERS
    ]
    rows = [[_shown(entry, column) for column, _, _ in _HEADERS] for entry in entries]
    return ListSheet("指标库", columns, rows, spare=_SPARE)


def _choices(entries: Sequence[Entry], column: str) -> Iterator[str]:
    """What may be chosen: the official words first, then what the list has, the frequent first."""
    newest = list(LEVELS.values())[-1]
    if column == "comparator":
        yield from map(paper_comparator, COMPARATORS)
    elif column == "level1":
        yield from newest
    elif column == "level2":
        yield from (second for seconds in newest.values() for second in seconds)
    if column in {"category", "level1", "level2", "unit"}:
        for text, _ in Counter(getattr(entry, column) for entry in entries).most_common():
            yield text


def _shown(entry: Entry, column: str) -> str:
    if column == "level3":
        return entry.name
    if column == "comparator":
        return paper_comparator(entry.comparator)
    return getattr(entry, column)


def write_library(entries: Iterable[Entry], path: Path) -> None:
    """Write entries as an Excel workbook.

    Raises:
        ExportError: The target cannot be written.
    """
    write_lists([library_sheet(entries)], path)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row of a workbook that was not taken: where it stands, what it says, and why."""

    sheet: str
    cell: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class LibrarySheets:
    """The entries of a workbook in its order, and the rows that are none."""

    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...] = ()


def read_library(path: Path) -> LibrarySheets:
    """Read a list of indicators from a workbook or document, whatever the order of its columns.

    A header row with 三级指标 (or a synonym) begins the list. Merged and blank level cells stand
    for those above them; a column for value and unit together is split.

    Raises:
        RefusedFileError: It cannot be read, or no page has such a header row.
    """
    entries: list[Entry] = []
    skipped: list[Skipped] = []
    found = False
    for grid in read_grids(path):
        header = _header(grid)
        if header is None:
            continue
        found = True
        for row, texts in _rows(grid, *header):
            reason = _why_not(texts)
            if reason:
                said = " ".join(text for text in texts.values() if text)
                skipped.append(Skipped(grid.sheet, grid.address(row, 0), said, reason))
            else:
                entries.append(_entry(texts))
    if not found:
        raise RefusedFileError(
            "没有找到指标列表：要有一行列名，其中有“三级指标”（或“指标名称”）。"
            "可以先导出指标库，照它的样子填写。"
        )
    return LibrarySheets(tuple(entries), tuple(skipped))


def _header(grid: Grid) -> tuple[int, dict[int, str]] | None:
    """The header row and the column of the library that each of its columns is."""
    words = _words()
    for row in range(min(len(grid.rows), _LOOKED_AT)):
        columns: dict[int, str] = {}
        for cell in grid.row_cells(row):
            column = words.get(fold_width(cell.text).lower())
            if column is not None and column not in columns.values():
                columns[cell.col] = column
        if "level3" in columns.values() and len(columns) > 1:
            return row, columns
    return None


def _words() -> dict[str, str]:
    found = {
        fold_width(word): spec.column
        for spec in COLUMNS
        if spec.list == "indicators"
        for word in spec.synonyms
    }
    for column, words in _MORE.items():
        found |= dict.fromkeys(words, column)
    return found


def _rows(
    grid: Grid, header: int, columns: Mapping[int, str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the header with anything in them, levels filled down."""
    above = {"category": "", "level1": "", "level2": ""}
    words = _words()
    for row in range(header + 1, len(grid.rows)):
        cells = {column: grid.at(row, col) for col, column in columns.items()}
        texts = {column: cell.text.strip() if cell else "" for column, cell in cells.items()}
        if not any(texts.values()) or texts.get("level3", "") in words:
            continue
        first = cells.get("level1")
        if texts.get("level2"):
            texts["level1"] = texts.get("level1") or _parent(texts["level2"], above["level1"])
        elif not texts.get("level1"):
            texts |= above | {"category": texts.get("category") or above["category"]}
        elif first is not None and first.rowspan > 1 and texts["level1"] == above["level1"]:
            texts["level2"] = above["level2"]
        above |= {column: texts.get(column, "") for column in above}
        yield row, texts


def _parent(level2: str, above: str) -> str:
    """The first level for a second one that stands alone: the one above where they go together."""
    second = canonical_level2(level2)
    parents = [
        first
        for vintage in reversed(tuple(LEVELS))
        for first, seconds in LEVELS[vintage].items()
        if second in seconds
    ]
    return above if above in parents or not parents else parents[0]


def _why_not(texts: Mapping[str, str]) -> str:
    name = texts.get("level3", "")
    if not name:
        return "没有三级指标名称"
    if len(name) > _LONGEST_NAME:
        return f"三级指标名称超过 {_LONGEST_NAME} 个字"
    return ""


def _entry(texts: Mapping[str, str]) -> Entry:
    value, unit = texts.get("value", ""), texts.get("unit", "")
    comparator = read_comparator(texts.get("comparator", "")) or ""
    joined = texts.get("target", "")
    if joined or (value and not comparator and not unit):
        target = parse_target(joined or value)
        value, unit = target.value, unit or target.unit
        comparator = comparator or target.comparator or ""
    return tidy(
        Entry(
            category=texts.get("category", ""),
            level1=texts.get("level1", ""),
            level2=texts.get("level2", ""),
            name=texts["level3"],
            comparator=comparator,
            value=value,
            unit=unit,
            source=texts.get("source", ""),
            explanation=texts.get("explanation", ""),
        )
    )
