"""Blocks of indicators by what stands in their rows, before any head is read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jixiao.io.paper.page.clean import squeeze
from jixiao.io.paper.page.grid import Cell
from jixiao.io.recognise.draft import Page
from jixiao.io.recognise.inline import begins_with_label
from jixiao.io.recognise.kinds import kind_of
from jixiao.io.recognise.labels import Labels

_TOTAL = re.compile(
    r"^(?:金额|资金|自评)?(?:合计|总计|小计|总分|总得分)(?:得分)?(?:\((?:万元|元|分|\d+分?)\))?$"
)
_PAGE_LINE = re.compile(
    r"^(?:第\d{1,3}页.{0,12}|[-—–]\d{1,3}[-—–]|\d{1,3}/\d{1,3}|共\d{1,3}页.{0,8})$"
)
_CONTINUED = re.compile(r"^续表|[(（]续表?[)）]$|^接上[页表]")
_NUMBERED = re.compile(
    r"^(?:\d{1,2}[.、．]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）])\s*\D"
)
_SENTENCE = re.compile(r"[，。；：:！？]")
_MOST_LONE = 3


def is_total(key: str) -> bool:
    """True for the words that stand before a sum (合计, 金额合计, 总分)."""
    return bool(_TOTAL.match(key))


def is_total_row(page: Page, row: int, left: int = 999) -> bool:
    """True for a row that begins with the words before a sum, no farther right than ``left``."""
    cells = page.row(row)
    return bool(cells) and cells[0].col <= left and is_total(page.key(cells[0]))


def is_page_line(text: str) -> bool:
    """True for a page number or a mark that a table goes on (续表)."""
    words = squeeze(text)
    return bool(_PAGE_LINE.match(words) or _CONTINUED.search(words))


def is_seed(page: Page, row: int) -> bool:
    """True for a row that can only be an indicator's: a level and a name, or a sign."""
    if row in page.grid.paragraph_rows:
        return False
    own = page.row(row)
    if not own:
        return False
    kinds = {cell: kind_of(page.text(cell)) for cell in own}
    if len(own) > 1 and any(k.glyph and (k.sign or k.joined) for k in kinds.values()):
        return True
    level = next(
        (c for c in page.grid.row_cells(row) if page.text(c) and kind_of(page.text(c)).level), None
    )
    return level is not None and any(
        cell.col > level.col and (kind.words or kind.joined) and kind.length > 1
        for cell, kind in kinds.items()
    )


def is_levels_only(page: Page, row: int) -> bool:
    """True for a row in which nothing but names of levels begins."""
    own = page.row(row)
    return bool(own) and all(kind_of(page.text(cell)).level for cell in own)


def is_band(page: Page, row: int) -> bool:
    """True for one level over the columns of other rows: it holds for the rows below."""
    own = page.row(row)
    return len(own) == 1 and own[0].colspan > 2 and kind_of(page.text(own[0])).level


def seed_groups(page: Page, labels: Labels) -> list[list[int]]:
    """The rows that can only be indicators, those of one block together."""
    groups: list[list[int]] = []
    for row in range(len(page.grid.rows)):
        if not is_seed(page, row):
            continue
        if groups and _joins(page, labels, groups[-1], row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _starts(page: Page, rows: Sequence[int]) -> set[int]:
    return {cell.col for row in rows for cell in page.row(row)}


def _joins(page: Page, labels: Labels, group: Sequence[int], row: int) -> bool:
    """True when a row goes on with a block, in spite of what stands between."""
    starts = _starts(page, group[-12:])
    own = _starts(page, [row])
    if len(own & starts) * 2 < len(own):
        return False
    lone, again, line = 0, -1, False
    for between in range(group[-1] + 1, row):
        cells = page.row(between)
        if not cells or is_total_row(page, between) or is_levels_only(page, between):
            continue
        if head_again(page, group[0], between):
            again = between
        elif is_repeated(page, group[0], between):
            continue
        elif len(cells) == 1 or between in page.grid.paragraph_rows:
            lone += 1
            line = line or is_heading_line(page.text(cells[0]))
            if lone > _MOST_LONE or any(begins_with_label(labels, page.text(c)) for c in cells):
                return False
        elif not _like(page, labels, starts, _texts_start(page, group[-12:]), cells):
            return False
    return again < 0 or (not line and _same_cover(page, group, again, row))


def is_repeated(page: Page, first: int, row: int) -> bool:
    """True for a row that only prints again what stands above a block, or a page's number."""
    return all(
        is_page_line(page.text(cell)) or page.rows_of(page.key(cell))[:1] < [first]
        for cell in page.row(row)
        if page.key(cell)
    )


def is_heading_line(text: str) -> bool:
    """True for a numbered line that is no sentence: the name of what stands below it."""
    words = squeeze(text)
    return len(words) <= 40 and bool(_NUMBERED.match(words)) and not _SENTENCE.search(words)


def _texts_start(page: Page, rows: Sequence[int]) -> set[int]:
    """Where texts of some rows begin that are no levels: these need not be told again below."""
    cells = [cell for row in rows for cell in page.row(row)]
    return {cell.col for cell in cells if not kind_of(page.text(cell)).level}


def _like(
    page: Page, labels: Labels, starts: set[int], usual: set[int], cells: Sequence[Cell]
) -> bool:
    """True for a row with no sign of an indicator, but with its texts in the block's columns."""
    inside = [cell for cell in cells if cell.col in starts]
    least = len(usual if all(cell.col in usual for cell in cells) else starts)
    labelled = any(labels.field_of(page.key(cell)) for cell in cells[:1])
    return len(inside) == len(cells) and len(cells) * 5 >= least * 3 and not labelled


def head_again(page: Page, first: int, row: int) -> bool:
    """True for a row whose texts are those of a row right above a block's first."""
    keys = {page.key(cell) for cell in page.row(row)}
    if len(keys) < 3:
        return False
    for above in range(first - 1, max(-1, first - 5), -1):
        own = {page.key(cell) for cell in page.row(above)}
        if len(own & keys) * 5 >= len(keys) * 4:
            return True
    return False


def cover_of(page: Page, top: int, first: int) -> Cell | None:
    """The label left of a block: a cell from beside or above its head into its rows."""
    found = [
        c
        for c in page.grid.row_cells(first)
        if c.row <= top and page.text(c) and not kind_of(page.text(c)).level
    ]
    return found[-1] if found else None


def _same_cover(page: Page, group: Sequence[int], again: int, row: int) -> bool:
    """True unless another label covers the rows below a head that is printed again."""
    keys = [page.key(cell) for cell in page.row(again)]
    for above in range(group[0] - 1, max(-1, group[0] - 5), -1):
        own = [page.key(cell) for cell in page.row(above)]
        if len(set(own) & set(keys)) * 5 >= len(set(keys)) * 4:
            before, now = cover_of(page, above, group[0]), cover_of(page, again, row)
            if before is not None and now is not None:
                return page.key(before) == page.key(now)
            return own[0] == keys[0] or own[0] in keys or keys[0] in own
    return True
