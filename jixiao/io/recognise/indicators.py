"""The indicator block: levels that are merged, repeated or blank, and target values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jixiao.io.clean import digits, squeeze
from jixiao.io.grid import Cell
from jixiao.io.recognise.blocks import Header, block_rows, cell_in
from jixiao.io.recognise.draft import Draft, Page
from jixiao.io.recognise.labels import Labels
from jixiao.model.table import Indicator, LevelPair
from jixiao.model.target import Target, parse_target, read_columns
from jixiao.model.vocabulary import (
    canonical_level1,
    canonical_level2,
    level_key,
    read_comparator,
)

_PREFIX = re.compile(r"^(?:三级)?指标\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*[：:、.]\s*")
_FILLER = re.compile(r"^[…\.。·\s]+$")
_SCORE = re.compile(r"[(（]\s*\d+(?:\.\d+)?\s*分?\s*[)）]$")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d{1,2}[.、])")
_TEXT_COLUMNS = ("explanation", "basis", "remark")


@dataclass(slots=True)
class _Levels:
    level1: str = ""
    level2: str = ""


def read_indicators(page: Page, labels: Labels, draft: Draft, header: Header, end: int) -> int:
    """The rows of the indicator block; returns the row after them."""
    last = header.first_row
    levels = _Levels()
    for row in block_rows(page, labels, header, end):
        cells = [page.grid.at(row, column.col) for column in header.columns]
        page.use(*cells)
        last = row + 1
        names = [column.name for column in header.columns]
        texts = {
            name: page.text(cell) for name, cell in zip(names, cells, strict=True)
        }
        texts = _shifted(page, draft, row, header, texts)
        _inherit(levels, texts)
        _add(page, draft, header, row, levels, texts)
    return last


def _shifted(
    page: Page, draft: Draft, row: int, header: Header, texts: dict[str, str]
) -> dict[str, str]:
    """A row that stands one column too far left, put right.

    Its first-level cell holds a second-level name and its second-level cell no level at all
    (rules.md 2.2, S2); the cell that covers the row from above stays the first level.
    """
    names = list(texts)
    if names[:3] != ["level1", "level2", "level3"]:
        return texts
    first, second = squeeze(texts["level1"]), squeeze(texts["level2"])
    if not first or canonical_level1(first) or not canonical_level2(first):
        return texts
    if second and canonical_level2(second):
        return texts
    cell = cell_in(page, header, row, "level1")
    assert cell is not None
    if not second:
        moved = {**texts, "level1": "", "level2": first}
    else:
        values = list(texts.values())
        if values[-1]:
            return texts
        moved = dict(zip(names, ["", *values[:-1]], strict=True))
    draft.doubt(cell, first, "level2", f"“{first}”是二级指标，写在一级指标列，已右移一列")
    return moved


def _inherit(levels: _Levels, texts: dict[str, str]) -> None:
    """Blank level cells take the level above; a new first level clears the second."""
    level1, level2 = level_text(texts.get("level1", "")), level_text(texts.get("level2", ""))
    if level1 and level1 != levels.level1:
        levels.level1, levels.level2 = level1, ""
    if level2:
        levels.level2 = level2


def level_text(text: str) -> str:
    """A level's name as written, without layout blanks, a score in brackets or a number."""
    name = _SCORE.sub("", squeeze(text))
    bare = _NUMBERED.sub("", name)
    return bare if level_key(bare) else name


def _add(
    page: Page,
    draft: Draft,
    header: Header,
    row: int,
    levels: _Levels,
    texts: dict[str, str],
) -> None:
    name = _PREFIX.sub("", squeeze(texts.get("level3", "")))
    others = [text for key, text in texts.items() if key not in {"level1", "level2", "level3"}]
    if _FILLER.match(name):
        name = ""
    if not name and not any(others):
        if levels.level1 or levels.level2:
            _add_empty(draft, levels)
        return
    target, written = _target(texts)
    draft.indicators.append(
        Indicator(
            level1=levels.level1,
            level2=levels.level2,
            level3=name,
            comparator=target.comparator,
            value=target.value,
            unit=target.unit,
            written=written,
            extra={
                key.removeprefix("extra:"): text
                for key, text in texts.items()
                if key.startswith("extra:") and text
            },
            **{key: texts.get(key, "") for key in _TEXT_COLUMNS},
        )
    )
    _note_odd_target(page, draft, header, row, target, texts)


def _add_empty(draft: Draft, levels: _Levels) -> None:
    pair = LevelPair(levels.level1, levels.level2)
    taken = {(i.level1, i.level2) for i in draft.indicators}
    if (pair.level1, pair.level2) not in taken and pair not in draft.empty_levels:
        draft.empty_levels.append(pair)


def _target(texts: dict[str, str]) -> tuple[Target, str]:
    """The target value of a row and, where a cell is joined or odd, its text as typed."""
    joined = texts.get("target")
    if joined is None and "comparator" not in texts and "unit" not in texts:
        joined = texts.get("value", "")
    if joined is not None:
        written = joined.strip()
        return parse_target(written), written
    comparator, value, unit = (texts.get(key) for key in ("comparator", "value", "unit"))
    target = read_columns(comparator, value or "", unit)
    sign = (comparator or "").strip()
    if sign and sign != target.comparator and not _plain_sign(sign, target.comparator):
        return target, sign
    if value and target.value != value.strip():
        return target, value.strip()
    return target, ""


def _plain_sign(written: str, comparator: str) -> bool:
    """True for the forms of a sign that are not odd: ＝ for = and the like."""
    return digits(written).translate(str.maketrans("＝＞＜", "=><")) == comparator


def _note_odd_target(
    page: Page,
    draft: Draft,
    header: Header,
    row: int,
    target: Target,
    texts: dict[str, str],
) -> None:
    sign = squeeze(texts.get("comparator", ""))
    if sign and read_comparator(sign) is None:
        cell: Cell | None = cell_in(page, header, row, "comparator")
        if cell is not None:
            draft.doubt(
                cell,
                target.comparator,
                "comparator",
                f"“{sign}”不是 ≥ ≤ = > < 或 定性",
                indicator=squeeze(texts.get("level3", "")),
            )
