"""What readers tell of a file, as doubts and as texts without a place of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from jixiao.app.importing.unread import unread_parts
from jixiao.io.paper.page.addresses import parse_address, parse_range
from jixiao.io.paper.page.grid import Grid, Remark, RemarkKind
from jixiao.io.recognise import Doubt, Labels, Reading, recognise
from jixiao.model.errors import RefusedFileError
from jixiao.model.table import Unplaced

_REASONS: dict[RemarkKind, str] = {
    "no_result": "公式没有算出结果，请用 Excel 打开、保存后再导入",
    "digits_lost": "数字太长，Excel 已丢掉后面的位数，请按文本重填",
    "other_size": "单元格显示“{shown}”，存的数是 {text}，大小不同，请核对",
    "unreadable": "有认不出来的字符（\ufffd），请对照原文件改正",
    "struck": "“{text}”画了删除线，也读进来了，请核对",
    "hidden_rows": "第 {text} 行在原文件里是隐藏的，也读进来了",
    "revisions": "文档里有没有接受的修订，按接受以后的样子读",
}
_LISTED: dict[RemarkKind, str] = {"hidden_text": "", "page_edge": "页眉页脚"}
"""What is listed with what found no place; where it stands, when it has no address."""
_NO_TABLE = "里面没有找到绩效目标表。请确认文件里有“一级指标、二级指标、三级指标”这样的表头。"
_MOST = 30


def recognised(
    pages: Sequence[Grid], labels: Labels, file: str
) -> tuple[list[Reading], tuple[str, ...]]:
    """The tables on the pages that are seen, with all that their reader told of them.

    Args:
        pages: all pages of a file.
        labels: the labels to recognise by.
        file: the name of the file, without its folder.

    Returns:
        The tables, and in Chinese the parts of the file in which none was found.

    Raises:
        RefusedFileError: no table is seen.
    """
    seen = [page for page in pages if not page.hidden]
    hidden = [page for page in pages if page.hidden]
    readings = recognise(seen, labels, file) if seen else []
    if not readings:
        found = recognise(hidden, labels, file) if hidden else []
        raise RefusedFileError(_only_hidden(found) if found else _NO_TABLE)
    unread = unread_parts(seen, readings)
    if hidden:
        names = _names(page.sheet for page in hidden)
        unread += (f"隐藏的工作表{names}没有导入；要导入，请先在 Excel 里取消隐藏。",)
    return with_remarks(readings, seen, file), unread


def _only_hidden(found: Sequence[Reading]) -> str:
    """Why a file is refused whose tables all stand on hidden sheets."""
    names = _names(reading.sheet for reading in found)
    return f"绩效目标表在隐藏的工作表{names}里；请在 Excel 里取消隐藏，保存后再导入"


def _names(sheets: Iterable[str]) -> str:
    names = list(dict.fromkeys(sheets))
    return "、".join(f"“{name}”" for name in names[:_MOST]) + ("等" if len(names) > _MOST else "")


def with_remarks(readings: Sequence[Reading], grids: Iterable[Grid], file: str) -> list[Reading]:
    """The readings of one file, with what its pages tell.

    A doubt goes to the table in whose range it stands, else to the one before it on that sheet;
    where a sheet has no table, nothing was read of it. What was not taken is listed in the first.

    Args:
        readings: at least one.
        grids: the pages, those that were read.
        file: the name of the file, without its folder.
    """
    result = list(readings)
    for grid in grids:
        for remark in grid.remarks:
            if remark.kind in _LISTED:
                place = _at(result, grid.sheet, remark.cell) or 0
                where = remark.cell or _LISTED[remark.kind]
                left_out = Unplaced(file, grid.sheet, where, remark.text)
                result[place] = _with_unplaced(result[place], left_out)
                continue
            place = _at(result, grid.sheet, remark.cell)
            if place is not None:
                result[place] = _with_doubt(result[place], remark)
    return result


def _at(readings: Sequence[Reading], sheet: str, cell: str) -> int | None:
    """The number of the reading that an address belongs to, None where the sheet has none."""
    there = [n for n, reading in enumerate(readings) if reading.sheet == sheet]
    place = parse_address(cell) if cell else None
    if place is None or not there:
        return there[0] if there else None
    above = there[0]
    for number in there:
        area = parse_range(readings[number].range)
        if area is None:
            continue
        if area[0] <= place[0] <= area[2] and area[1] <= place[1] <= area[3]:
            return number
        if area[0] <= place[0]:
            above = number
    return above


def _with_doubt(reading: Reading, remark: Remark) -> Reading:
    reason = _REASONS[remark.kind].format(text=remark.text, shown=remark.shown)
    text = remark.text if remark.kind != "hidden_rows" else ""
    doubt = Doubt(remark.cell, text, remark.shown, "", "", reason)
    return replace(reading, doubts=(*reading.doubts, doubt))


def _with_unplaced(reading: Reading, text: Unplaced) -> Reading:
    unplaced = (*reading.unplaced, text)
    return replace(reading, unplaced=unplaced, table=replace(reading.table, unplaced=unplaced))
