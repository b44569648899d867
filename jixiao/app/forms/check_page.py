"""The drawn page of a form under test: names in braces, bands, labels, spans, paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from jixiao.app.forms.check_sample import lost_on_the_way
from jixiao.io.paper.form.form import Band, Form, FormCell
from jixiao.io.paper.form.names import LIST_PREFIXES, Slot, unmatched_brace
from jixiao.io.paper.page.clean import squeeze
from jixiao.io.paper.page.grid import column_letters
from jixiao.model.checks import SEVERITIES, Severity
from jixiao.model.fields import names_in_braces
from jixiao.model.vocabulary import level_key

_NEAR, _SIMILAR = 0.7, 0.5
_BY_TYPE = frozenset({"title", "year", "agency", "agency_code"})
_NUMERAL = re.compile(r"^[^\d一二三四五六七八九十]*(?:1|一)[^\d一二三四五六七八九十]*$")
_NEEDED = {
    "tasks": (("name", "content"), "任务.名称"),
    "spending_details": (("content", "detail"), "明细.内容"),
    "items": (("name",), "项目.名称"),
}


@dataclass(frozen=True, slots=True)
class FormFault:
    """One thing about a form, with the cell it concerns ("表样!C7", "" for the whole workbook).

    An "error" makes the form unfit; a "warning" is likely a slip; a "hint" tells what a form may
    well mean, such as a text field of its own.
    """

    severity: Severity
    place: str
    message: str

    def __str__(self) -> str:
        place = f"{self.place}：" if self.place else ""
        return f"{place}{SEVERITIES[self.severity]}：{self.message}"


def nearest(name: str, known: Iterable[str], shown: str = "{%s}") -> str:
    """The hint about a slip of the pen, "" when no known name is near."""
    known = list(known)
    for cutoff, words in ((_NEAR, "是不是想写 %s？"), (_SIMILAR, "最接近的是 %s。")):
        found = get_close_matches(name, known, 1, cutoff)
        if found:
            return words % (shown % found[0])
    return ""


class PageChecks:
    """The checks of the page of one form; ``sheet`` is the name of its worksheet."""

    def __init__(self, form: Form, sheet: str) -> None:
        self.form = form
        self.sheet = sheet
        self.at = {
            (row, col): cell
            for cell in form.cells
            for row in range(cell.row, cell.bottom)
            for col in range(cell.col, cell.col + cell.colspan)
        }

    def all(self) -> Iterator[FormFault]:
        """Everything that can be seen in the drawing."""
        for cell in self.form.cells:
            yield from self._words(cell)
            yield from self._slots(cell)
        for band in self.form.bands:
            yield from self._band(band)
        yield from self._page()

    def read_back(self) -> Iterator[FormFault]:
        """What a filled sample loses when it is read back."""
        for row, col, message in lost_on_the_way(self.form):
            yield FormFault("warning", self._place(row, col), message)

    def _place(self, row: int, col: int) -> str:
        return f"{self.sheet}!{column_letters(col)}{row + 1}"

    def _fault(self, severity: Severity, cell: FormCell, message: str) -> FormFault:
        return FormFault(severity, self._place(cell.row, cell.col), message)

    def _words(self, cell: FormCell) -> Iterator[FormFault]:
        if any(unmatched_brace(piece.words) for piece in cell.pieces):
            yield self._fault("error", cell, "花括号没有成对，或套在另一对里面。")
        if cell.words.startswith("="):
            yield self._fault("warning", cell, "这里是公式，导出时会照样印出公式的文字。")

    def _slots(self, cell: FormCell) -> Iterator[FormFault]:
        lists = {slot.target for slot in self._row_slots(cell.row)}
        band_row = next((name for name in lists if name in LIST_PREFIXES.values()), "")
        before: Slot | None = None
        words = ""
        for piece in cell.pieces:
            slot = piece.slot
            if slot is None:
                words = piece.words
                continue
            if not slot.known or not slot.name:
                yield from self._unknown(cell, slot, words)
            if slot.name == "number" and slot.sample and not _NUMERAL.match(slot.sample):
                yield self._fault(
                    "warning",
                    cell,
                    f"序号的样子“{slot.sample}”看不出是第一号，请写 一、1、(1) 之类。",
                )
            if slot.in_band:
                yield from self._band_slot(cell, slot)
            elif band_row:
                yield self._fault(
                    "warning", cell, "这一行会随内容重复，这个单个的名字也会跟着重复。"
                )
            elif not self._labelled(cell, slot, words, before):
                yield self._fault("error", cell, "左边和上边都没有文字，导入时找不到这一格。")
            before, words = slot, ""

    def _unknown(self, cell: FormCell, slot: Slot, words: str) -> Iterator[FormFault]:
        name = slot.name.removeprefix("extra:")
        prefix = name.partition(".")[0]
        if not name:
            yield self._fault("error", cell, "花括号里没有名字。")
        elif slot.name.startswith("extra:"):
            hint = nearest("指标." + name, [n for n in names_in_braces() if n.startswith("指标.")])
            message = f"“{name}”不是已知的指标栏目，会成为本表样自己的一栏。{hint}"
            yield self._fault("warning", cell, message)
        elif "." in name and prefix in LIST_PREFIXES:
            known = [n for n in names_in_braces() if n.startswith(prefix + ".")]
            message = f"“{prefix}”没有“{name.partition('.')[2]}”这一栏，可用：{'、'.join(known)}。"
            yield self._fault("error", cell, message)
        else:
            hint = nearest(name, names_in_braces())
            meant = self._label(cell, words) == name and "是不是" not in hint
            message = f"{{{name}}}会成为本表样自己的文字栏。{'' if meant else hint}"
            yield self._fault("hint" if meant else "warning", cell, message)

    def _label(self, cell: FormCell, words: str) -> str:
        """The label of a name: before it in its cell, left of its cell, or above it (rule 8)."""
        own = squeeze(words).rstrip("：:")
        if own:
            return re.split(r"[：:\s]", own)[-1]
        for place in ((cell.row, cell.col - 1), (cell.row - 1, cell.col)):
            other = self.at.get(place)
            if other is not None and not other.slots and other.words.strip():
                return squeeze(other.words).rstrip("：:")
        return ""

    def _labelled(self, cell: FormCell, slot: Slot, words: str, before: Slot | None) -> bool:
        if slot.target == "field" and slot.name in _BY_TYPE:
            return True
        if before is not None and before.name not in _BY_TYPE and not words.strip():
            return False
        return bool(self._label(cell, words))

    def _row_slots(self, row: int) -> list[Slot]:
        return [slot for cell in self.form.cells if cell.row == row for slot in cell.slots]

    def _band_slot(self, cell: FormCell, slot: Slot) -> Iterator[FormFault]:
        first = next(s for s in self._row_slots(cell.row) if s.in_band)
        if slot.target != first.target:
            names = {name: prefix for prefix, name in LIST_PREFIXES.items()}
            message = f"一行里只能有一种重复的内容：这一行已经是“{names[first.target]}”。"
            yield self._fault("error", cell, message)
        if cell.rowspan > 1 and slot.name not in {"level1", "level2"}:
            yield self._fault("error", cell, "会重复的内容只能占一行，不能跨行合并。")

    def _band(self, band: Band) -> Iterator[FormFault]:
        if band.list == "indicators":
            yield from self._indicator_rows(band)
        for band_row in band.rows:
            names = [slot.name for slot in self._row_slots(band_row.row) if slot.in_band]
            needed, name = _NEEDED.get(band.list, ((), ""))
            place = self._place(band_row.row, 0)
            if needed and not set(needed) & set(names):
                yield FormFault("error", place, f"这一行没有 {{{name}}}。")
            if band.list == "other" and set(names) != {"name", "content"}:
                yield FormFault("error", place, "这一行要有 {其他.名称} 和 {其他.内容}。")
            for name in sorted({name for name in names if names.count(name) > 1}):
                yield FormFault("warning", place, f"这一行有两处写了同一栏（{name}）。")
        yield from self._spans(band)

    def _indicator_rows(self, band: Band) -> Iterator[FormFault]:
        printed: list[tuple[str, str]] = []
        for missing, name in zip(band.level_columns, ("一级", "二级"), strict=True):
            if missing < 0:
                message = f"指标没有“{name}”一列：写 {{指标.{name}}}，或印好级次名称。"
                yield FormFault("error", self._place(band.start, 0), message)
        for row in band.rows:
            place = self._place(row.row, 0)
            names = {slot.name for slot in self._row_slots(row.row)}
            if "level3" not in names:
                yield FormFault("error", place, "这一行没有 {指标.三级}。")
            if not names & {"value", "target"}:
                yield FormFault("error", place, "这一行没有 {指标.值}，也没有 {指标.值及单位}。")
            if "target" in names and names & {"value", "unit", "comparator"}:
                message = "{指标.值及单位}已经含有类型、值和单位，不要再单列一栏。"
                yield FormFault("warning", place, message)
            yield from self._printed(row.row, (row.level1, row.level2), printed)

    def _printed(
        self, row: int, pair: tuple[str, str], printed: list[tuple[str, str]]
    ) -> Iterator[FormFault]:
        own = (level_key(pair[0]), level_key(pair[1]))
        if all(pair):
            known = {(level_key(a), level_key(b)) for a, b in self.form.levels}
            if own in printed:
                message = f"“{pair[0]} / {pair[1]}”印了两次，后一行放不进指标。"
                yield FormFault("warning", self._place(row, 0), message)
            if known and own not in known:
                message = f"印好的“{pair[0]} / {pair[1]}”不在“级次”里。"
                yield FormFault("warning", self._place(row, 0), message)
        printed.append(own)

    def _spans(self, band: Band) -> Iterator[FormFault]:
        """Merged cells that cut a band: they can stretch only when they cover it wholly."""
        for cell in self.form.cells:
            if cell.rowspan == 1 or cell.bottom <= band.start or cell.row >= band.end:
                continue
            inside = cell.row >= band.start and cell.bottom <= band.end
            whole = cell.row <= band.start and cell.bottom >= band.end
            if cell.col in band.level_columns:
                if not inside:
                    yield self._fault("error", cell, "级次格的合并超出了会重复的行。")
            elif not whole and not cell.slots:
                message = (
                    "这一格的合并只盖住一部分会重复的行，行数变化时接不上；请盖住全部，或不合并。"
                )
                yield self._fault("error", cell, message)

    def _page(self) -> Iterator[FormFault]:
        form = self.form
        if not form.slots:
            yield FormFault("error", self.sheet, "表样上没有花括号名字，填不进内容。")
            return
        if not form.has("field", "title"):
            yield FormFault("warning", self.sheet, "表样上没有 {标题}。")
        name = {
            "project": ("project_name", "项目名称"),
            "department": ("department_name", "部门名称"),
        }
        if form.kind in name and not form.has("field", name[form.kind][0]):
            message = f"表样上没有 {{{name[form.kind][1]}}}，填好的表会没有名字。"
            yield FormFault("warning", self.sheet, message)
        width = sum(form.columns)
        room = form.page.width - form.page.left - form.page.right
        if width > room + 1 and not form.page.fit_width:
            message = f"各列共宽 {width:.0f} 磅，纸上只有 {room:.0f} 磅；请缩窄，或设为 1 页宽。"
            yield FormFault("warning", self.sheet, message)
