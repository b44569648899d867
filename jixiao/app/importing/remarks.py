"""What readers tell of a file, as doubts and as texts without a place of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from jixiao.io.paper.page.addresses import parse_address, parse_range
from jixiao.io.paper.page.grid import Grid, Remark, RemarkKind
from jixiao.io.recognise import Doubt, Reading
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
_HIDDEN_SHEET = "隐藏的工作表，没有导入"
_HIDDEN_TABLE = (
    "隐藏的工作表{names}里的绩效目标表没有导入；要导入，请在 Excel 里取消隐藏，保存后再导入"
)


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


def with_hidden(
    readings: Sequence[Reading], hidden: Iterable[Grid], found: Iterable[Reading], file: str
) -> list[Reading]:
    """The readings of one file, with the sheets that nobody sees named: none of them is taken.

    Args:
        readings: at least one.
        hidden: the hidden sheets that have any text.
        found: the tables that would have been read from them.
        file: the name of the file, without its folder.
    """
    first, *others = readings
    names = list(dict.fromkeys(reading.sheet for reading in found))
    if names:
        reason = _HIDDEN_TABLE.format(names="、".join(f"“{name}”" for name in names))
        first = replace(first, doubts=(*first.doubts, Doubt("", "", "", "", "", reason)))
    for grid in hidden:
        if grid.sheet not in names:
            first = _with_unplaced(first, Unplaced(file, grid.sheet, "", _HIDDEN_SHEET))
    return [first, *others]


def only_hidden(found: Sequence[Reading]) -> str:
    """Why a file is refused whose tables all stand on hidden sheets."""
    names = "、".join(f"“{name}”" for name in dict.fromkeys(r.sheet for r in found))
    return f"绩效目标表在隐藏的工作表{names}里；请在 Excel 里取消隐藏，保存后再导入"


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
