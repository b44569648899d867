"""OpenDocument texts (.odt, .fodt): paragraphs, lists and tables as the rows of one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jixiao.io.files.read.cells import MAX_ROWS, TOO_LARGE
from jixiao.io.files.read.odf_file import odf_parts
from jixiao.io.files.read.odf_text import OdfWords, count, read_odf_styles
from jixiao.io.files.read.package import DAMAGED, Element, local
from jixiao.io.files.read.word_numbers import LONGEST_NUMBER, shown_number
from jixiao.io.files.read.word_page import MAX_SPAN, Box, WordPage, grid_of
from jixiao.io.files.read.word_xml import attribute, number
from jixiao.io.paper.page.clean import tidy
from jixiao.io.paper.page.grid import Grid
from jixiao.model.errors import RefusedFileError

_KINDS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一, 二, 三, ...": "chineseCounting", "壹, 贰, 叁, ...": "chineseLegalSimplified",
    "①, ②, ③, ...": "decimalEnclosedCircle", "甲, 乙, 丙, ...": "ideographTraditional",
}  # fmt: skip
_SKIPPED = frozenset(
    {"tracked-changes", "forms", "sequence-decls", "table-of-content", "annotation"}
)


def read_odt(path: Path) -> list[Grid]:
    """A document as one Grid, none when nothing is written in it.

    Raises:
        RefusedFileError: damaged, encrypted, too large.
    """
    content, styles = odf_parts(path)
    text = next(iter(content.iter("{*}text")), None) if content is not None else None
    if content is None or text is None:
        raise RefusedFileError(DAMAGED)
    reader = _Reader(WordPage(), read_odf_styles(styles, content))
    for root in (styles, content):
        for style in root.iter("{*}list-style") if root is not None else ():
            reader.lists[attribute(style, "name")] = {number(one, 1, "level"): one for one in style}
    for header in list(styles.iter("{*}header"))[:1] if styles is not None else ():
        reader.blocks(header)
    reader.blocks(text)
    grid = grid_of(reader.page)
    return [grid] if grid.cells else []


@dataclass
class _Reader:
    page: WordPage
    words: OdfWords
    lists: dict[str, dict[int, Element]] = field(default_factory=dict[str, dict[int, Element]])
    _counts: dict[tuple[str, int], int] = field(default_factory=dict[tuple[str, int], int])

    def blocks(self, parent: Element) -> None:
        """Adds the rows of paragraphs, lists and tables."""
        for block in parent:
            if local(block) == "table":
                self._table(block)
            elif local(block) in {"section", "index-body"}:
                self.blocks(block)
            else:
                for line in self._lines(block, "", 0):
                    self.page.words.hidden += self.words.hidden
                    self.words.hidden.clear()
                    self.page.add_line(line)

    def _lines(self, block: Element, style: str, level: int) -> Iterator[str]:
        """The lines of a block, those of lists with their numbers."""
        kind = local(block)
        if kind in {"p", "h"}:
            boxes: list[Element] = []
            yield self.words.paragraph(block, boxes)
            for box in boxes:
                for inner in box:
                    yield from self._lines(inner, "", 0)
        elif kind == "list":
            own = attribute(block, "style-name") or style
            if not attribute(block, "continue-numbering") and not attribute(block, "continue-list"):
                self._counts.pop((own, level + 1), None)
            for item in block:
                shown = self._number(own, level + 1) if local(item) == "list-item" else ""
                for inner in item:
                    for line in self._lines(inner, own, level + 1):
                        yield (shown if line.strip() else "") + line
                        shown = ""
        elif kind == "table":
            for row in _rows(block):
                yield " ".join(text for cell in row for text in self._lines(cell, "", 0) if text)
        elif kind not in _SKIPPED:
            for inner in block:
                yield from self._lines(inner, style, level)

    def _number(self, style: str, level: int) -> str:
        told = self.lists.get(style, {}).get(level)
        kind = attribute(told, "num-format")
        if told is None or local(told) != "list-level-style-number" or not kind:
            return ""
        place = (style, level)
        self._counts[place] = self._counts.get(place, number(told, 1, "start-value") - 1) + 1
        shown = shown_number(self._counts[place], _KINDS.get(kind, "decimal"))
        return (attribute(told, "num-prefix") + shown + attribute(told, "num-suffix"))[
            :LONGEST_NUMBER
        ]

    def _table(self, table: Element) -> None:
        for row in _rows(table):
            for _ in range(min(count(row, "number-rows-repeated"), MAX_ROWS)):
                self._row(row)

    def _row(self, row: Element) -> None:
        at, col = self.page.add_row(), 0
        for cell in row:
            if local(cell) not in {"table-cell", "covered-table-cell"}:
                continue
            copies, width = (
                count(cell, "number-columns-repeated"),
                count(cell, "number-columns-spanned"),
            )
            if col + copies > MAX_SPAN or width > MAX_SPAN:
                raise RefusedFileError(TOO_LARGE)
            if local(cell) == "table-cell":
                text = tidy("\n".join(line for b in cell for line in self._lines(b, "", 0))).strip()
                self.page.words.hidden += self.words.hidden
                self.words.hidden.clear()
                self.page.take_remarks(at, col, text)
                height = min(count(cell, "number-rows-spanned"), MAX_ROWS)
                for place in range(col, col + copies):
                    self.page.boxes.append(Box(at, place, width, text, height))
            col += copies
        self.page.columns = max(self.page.columns, col)


def _rows(table: Element) -> Iterator[Element]:
    for one in table:
        if local(one) == "table-row":
            yield one
        elif local(one) in {"table-header-rows", "table-rows", "table-row-group"}:
            yield from _rows(one)
