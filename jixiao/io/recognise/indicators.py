"""The indicator block: its rows, their levels and their target values."""

from __future__ import annotations

import re

from jixiao.io.clean import digits, squeeze
from jixiao.io.recognise.blocks import Header, block_rows
from jixiao.io.recognise.draft import Draft, Page
from jixiao.io.recognise.labels import Labels
from jixiao.io.recognise.levels import RawRow, put_levels
from jixiao.model.table import Indicator, LevelPair
from jixiao.model.target import Target, parse_target, read_columns
from jixiao.model.vocabulary import read_comparator

_PREFIX = re.compile(r"^(?:三级)?指标\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*[：:、.．]\s*")
_FILLER = re.compile(r"^[…\.。·\s]+$")
_TEXT_COLUMNS = ("explanation", "basis", "remark")


def read_indicators(page: Page, labels: Labels, draft: Draft, header: Header, end: int) -> int:
    """The rows of the indicator block; returns the row after them."""
    rows = list(block_rows(page, labels, header, end))
    for row in rows:
        page.use(*(page.grid.at(row, column.col) for column in header.columns))
    if header.has_halves:
        _read_half(page, draft, header.half("annual"), rows, draft.indicators)
        _read_half(page, draft, header.half("period"), rows, draft.period_indicators)
    else:
        _read_half(page, draft, header, rows, draft.indicators)
    return rows[-1] + 1 if rows else header.first_row


def _read_half(
    page: Page, draft: Draft, header: Header, rows: list[int], into: list[Indicator]
) -> None:
    raw = [
        RawRow(row, {c.name: page.text(page.grid.at(row, c.col)) for c in header.columns})
        for row in rows
    ]
    raw = [row for row in raw if any(row.texts.values())]
    put_levels(raw)
    for row in raw:
        _note_doubts(page, draft, header, row)
        _add(page, draft, header, row, into)


def _note_doubts(page: Page, draft: Draft, header: Header, row: RawRow) -> None:
    name = squeeze(row.texts.get("level3", ""))
    for column_name, read_as, reason in row.doubts:
        column = header.column(column_name)
        cell = page.grid.at(row.row, column.col if column else header.left)
        where = page.grid.address(row.row, column.col if column else header.left)
        draft.doubt_at(where, page.text(cell), read_as, column_name, reason, indicator=name)


def _add(page: Page, draft: Draft, header: Header, row: RawRow, into: list[Indicator]) -> None:
    texts = row.texts
    name = _PREFIX.sub("", squeeze(texts.get("level3", "")))
    others = [text for key, text in texts.items() if key not in {"level1", "level2", "level3"}]
    if _FILLER.match(name):
        name = ""
    if not name and not any(others):
        _add_empty(draft, row)
        return
    target, written = _target(texts)
    into.append(
        Indicator(
            level1=row.level1,
            level2=row.level2,
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
    _note_odd_target(page, draft, header, row, target)


def _add_empty(draft: Draft, row: RawRow) -> None:
    pair = LevelPair(row.level1, row.level2)
    if pair != LevelPair() and row.only_levels and pair not in draft.empty_levels:
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


def _note_odd_target(page: Page, draft: Draft, header: Header, row: RawRow, target: Target) -> None:
    sign = squeeze(row.texts.get("comparator", ""))
    column = header.column("comparator")
    if column is not None and sign and read_comparator(sign) is None:
        draft.doubt_at(
            page.grid.address(row.row, column.col),
            sign,
            target.comparator,
            "comparator",
            f"“{sign}”不是 ≥ ≤ = > < 或 定性",
            indicator=squeeze(row.texts.get("level3", "")),
        )
