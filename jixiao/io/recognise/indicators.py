"""The indicator block: its rows, their levels and their target values."""

from __future__ import annotations

import re
from dataclasses import replace

from jixiao.io.paper.page.clean import squeeze
from jixiao.io.recognise.draft import Draft, Page
from jixiao.io.recognise.heads import FLAT_KEYS, PERIOD, ROLE_NAMES, Column, Header, cell_of
from jixiao.io.recognise.labels import Labels
from jixiao.io.recognise.levels import put_levels
from jixiao.io.recognise.lists import keep_total
from jixiao.io.recognise.roles import TEXT_ROLES
from jixiao.io.recognise.seeds import head_again, is_band, is_page_line, is_repeated, is_total_row
from jixiao.io.recognise.spread import RawRow
from jixiao.io.recognise.targets import doubts_of, read_target, split_named
from jixiao.model.checks.healed import healed_line
from jixiao.model.fields import label_of
from jixiao.model.numbers import decimal_of
from jixiao.model.table import Indicator, LevelPair

_PREFIX = re.compile(r"^(?:三级)?指标\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*[：:、.．]\s*")
_FILLER = re.compile(r"^[…\.。·\s]+$")


def read_indicators(page: Page, _labels: Labels, draft: Draft, header: Header) -> int:
    """The rows of the indicator block; returns the row after them."""
    header = _of_year(draft, header)
    _note_unsure(draft, header)
    rows: list[int] = []
    for row in header.rows:
        if is_total_row(page, row, header.left):
            page.use(page.row(row)[0])
            keep_total(draft, header, row)
            continue
        rows.append(row)
        page.use(*(cell_of(page, row, column) for column in header.columns))
    for row in set(range(header.first_row, header.end)) - set(header.rows):
        if is_repeated(page, header.first_row, row) or head_again(page, header.first_row, row):
            page.use(*(c for c in page.row(row) if not is_page_line(page.text(c))))
    if any(column.name.startswith("field:") for column in header.columns):
        _read_flat(page, draft, header, rows)
    elif header.has_halves:
        _note_guess(draft, header)
        _read_half(page, draft, header.half("annual"), rows, draft.indicators)
        _read_half(page, draft, header.half("period"), rows, draft.period_indicators)
    else:
        period = header.side == "period"
        into = draft.period_indicators if period else draft.indicators
        _read_half(page, draft, header, rows, into)
    return header.end


def _of_year(draft: Draft, header: Header) -> Header:
    """Of the values of several years the one of the table's year is the indicator's value."""
    years = [column for column in header.columns if column.year]
    if len({column.year for column in years}) < 2:
        return header
    value = next((column for column in years if column.name == "value"), None)
    own = next((column for column in years if column.year == str(draft.year)), None)
    if value is None or own is value:
        return header
    if own is None:
        cell = next(c for c in header.cells if c.col == value.col)
        reason = f"几个年度的指标值并列，表上没有写年度，先用了{value.year}年的"
        draft.doubt(cell, "value", "value", reason)
        return header
    names = {value: "extra:" + _head_text(draft, header, value), own: "value"}
    columns = tuple(replace(c, name=names.get(c, c.name)) for c in header.columns)
    return replace(header, columns=columns)


def _head_text(draft: Draft, header: Header, column: Column) -> str:
    return squeeze(draft.page.text(next(c for c in header.cells if c.col == column.col)))


def _note_unsure(draft: Draft, header: Header) -> None:
    """Ask about the columns that may as well be others."""
    for one in header.unsure:
        read, *others = (
            ROLE_NAMES.get(role) or label_of(role.removeprefix("field:"))
            for role in (one.role, *one.others)
        )
        first = one.others[0].removeprefix("field:")
        other = "”或“".join(others)
        words = squeeze(draft.page.text(one.cell))
        reason = f"“{words}”这一列读作“{read}”，也可能是“{other}”"
        name = one.role.removeprefix("field:") or (PERIOD if PERIOD in one.others else first)
        draft.doubt(one.cell, read, name, reason, choices=(read, *others))


def _note_guess(draft: Draft, header: Header) -> None:
    if header.guessed:
        head = next(c for c in header.cells if c.col == header.half("period").columns[-1].col)
        reason = "两组指标并列，没有写哪组是中期、哪组是年度，先按左边中期、右边年度读"
        draft.doubt(head, "period", "indicators", reason)


def _read_flat(page: Page, draft: Draft, header: Header, rows: list[int]) -> None:
    """A flat list: rows of one project are one table; the first is this draft, others follow."""
    own = [column for column in header.columns if column.name.startswith("field:")]
    rest = replace(header, columns=tuple(c for c in header.columns if c not in own))
    keys = [c for c in own if c.name.removeprefix("field:") in FLAT_KEYS]
    groups: dict[tuple[str, ...], list[int]] = {}
    before: tuple[str, ...] = ("",) * len(keys)
    for row in rows:
        told = tuple(page.text(cell_of(page, row, column)) for column in keys)
        before = tuple(new or old for new, old in zip(told, before, strict=True))
        groups.setdefault(before, []).append(row)
    for number, (values, members) in enumerate(groups.items()):
        target = draft if number == 0 else draft.sibling()
        if number:
            _note_unsure(target, header)
        for column, value in zip(keys, values, strict=True):
            target.keep_flat(column.name, value, members[0], column.col)
        for column in own:
            if column not in keys:
                _keep_details(page, target, column, members)
        _read_half(page, target, rest, members, target.indicators)


def _keep_details(page: Page, draft: Draft, column: Column, rows: list[int]) -> None:
    """A field of a flat list that need not be repeated; what differs from it is a doubt later."""
    seen: set[str] = set()
    for row in rows:
        text = page.text(cell_of(page, row, column))
        if text and text not in seen:
            seen.add(text)
            draft.keep_flat(column.name, text, row, column.col)


def _read_half(
    page: Page, draft: Draft, header: Header, rows: list[int], into: list[Indicator]
) -> None:
    raw: list[RawRow] = []
    band = ""
    for row in rows:
        if is_band(page, row):
            band = page.text(page.row(row)[0])
            continue
        raw.append(RawRow(row, {c.name: page.text(cell_of(page, row, c)) for c in header.columns}))
        if band and not raw[-1].texts.get("level1"):
            raw[-1].texts["level1"] = band
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
    texts = dict(row.texts)
    _split_joined(page, header, row, texts)
    name = _PREFIX.sub("", squeeze(texts.get("level3", "")))
    others = [text for key, text in texts.items() if key not in {"level1", "level2", "level3"}]
    if _FILLER.match(name):
        name = ""
    if not name and not any(text and not _FILLER.match(text) for text in others):
        _add_empty(draft, row, into)
        return
    target, written = read_target(texts)
    if header.unit and not target.unit and decimal_of(target.value) is not None:
        target = replace(target, unit=header.unit)
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
            **{key: texts.get(key, "") for key in TEXT_ROLES},
        )
    )
    _tell(page, draft, header, row, into)
    if row.moved:
        rows = "period_indicators" if into is draft.period_indicators else "indicators"
        draft.notes.append(healed_line("S2", "level1", row.moved, rows, len(into) - 1))
    for column, text, read_as, reason in doubts_of(texts, target):
        place = header.column(column)
        col = place.col if place else header.left
        where = page.grid.address(row.row, col)
        draft.doubt_at(where, text, read_as, column, reason, indicator=name)


def _tell(page: Page, draft: Draft, header: Header, row: RawRow, into: list[Indicator]) -> None:
    """Remember the cells of a row by what they say."""
    target = "period_indicators" if into is draft.period_indicators else "indicators"
    for column in header.columns:
        parts = {"target": ("comparator", "value", "unit"), "named": ("level3", "value")}
        for name in parts.get(column.name, (column.name,)):
            draft.tell(target, name, cell_of(page, row.row, column), len(into) - 1)


def _split_joined(page: Page, header: Header, row: RawRow, texts: dict[str, str]) -> None:
    """Part a third-level name from its value where one cell holds both."""
    joined = texts.pop("named", "")
    third = header.column("level3")
    for name in ("target", "value"):
        column = header.column(name)
        if third is None or column is None or not texts.get(name):
            continue
        if page.grid.at(row.row, third.col) is page.grid.at(row.row, column.col):
            joined = texts.pop(name)
    if joined:
        texts["level3"], texts["target"] = split_named(joined)


def _add_empty(draft: Draft, row: RawRow, into: list[Indicator]) -> None:
    """Keep the levels of a row without an indicator; of a filler row (……) only if they are new."""
    pair = LevelPair(row.level1, row.level2)
    there = any((i.level1, i.level2) == (row.level1, row.level2) for i in into)
    if pair != LevelPair() and pair not in draft.empty_levels and (row.only_levels or not there):
        draft.empty_levels.append(pair)
