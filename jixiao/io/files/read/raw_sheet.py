"""A sheet as its reader finds it: texts by their places, and what is to be told of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from jixiao.io.files.read.symbols import with_symbols
from jixiao.io.paper.page.addresses import Merge
from jixiao.io.paper.page.clean import tidy
from jixiao.io.paper.page.grid import Remark, RemarkKind, column_letters
from jixiao.io.paper.page.numfmt import format_number, format_text, general, trouble
from jixiao.model.errors import RefusedFileError

MAX_CELLS = 200_000
MAX_ROWS = 20_000
MAX_COLUMNS = 2_000
MAX_MERGES = 50_000
# Of all texts of a file together; the texts of a large disclosure workbook have some 500,000.
MAX_CHARACTERS = 8_000_000
_MAX_REMARKS = 300
_LAST_COLUMN = 16_383

TOO_LARGE = (
    "内容太多（超过 2 万行或 20 万个单元格），不像绩效目标表；请只保留绩效目标表所在的工作表再导入"
)


@dataclass
class RawSheet:
    """A sheet as a reader finds it; rows and columns are the file's own, from 0.

    ``texts``: what each cell that is not blank shows; ``widths``: points by column; ``hidden``:
    nobody sees the sheet; ``zeros``: a zero is shown.
    """

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    merges: list[Merge] = field(default_factory=list[Merge])
    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: set[int] = field(default_factory=set[int])
    hidden: bool = False
    zeros: bool = True
    remarks: list[Remark] = field(default_factory=list[Remark])
    widths: dict[int, float] = field(default_factory=dict[int, float])
    characters: int = 0
    _seen: int = 0

    def put(self, row: int, col: int, text: str) -> None:
        """Adds the text of a cell; blank ones are left out.

        Raises:
            RefusedFileError: the sheet has more cells than any form.
        """
        self.characters += len(text)
        if self.characters > MAX_CHARACTERS:
            raise RefusedFileError(TOO_LARGE)
        text = with_symbols(tidy(text))
        if not text or text.isspace():
            return
        self.texts[row, col] = text
        if "\ufffd" in text:
            self.remark("unreadable", row, col, text, text)
        if len(self.texts) > MAX_CELLS:
            raise RefusedFileError(TOO_LARGE)

    def hide_columns(self, first: int, last: int) -> None:
        """Notes that nobody sees these columns; columns are told in order, each once."""
        first = max(first, self._seen)
        self._seen = max(self._seen, min(last, _LAST_COLUMN) + 1)
        self.hidden_columns.update(range(first, self._seen))

    def put_number(
        self, row: int, col: int, value: float, code: str, *, date1904: bool = False
    ) -> None:
        """Adds what a cell with a finite number shows, and what may be wrong with it."""
        if value == 0 and not self.zeros:
            return
        self.put_shown(row, col, value, format_number(value, code, date1904=date1904))

    def put_shown(self, row: int, col: int, value: float, shown: str) -> None:
        """Adds a number whose text is known, and what may be wrong with it."""
        self.put(row, col, shown)
        match trouble(value, shown):
            case "":
                pass
            case "not_shown":
                self.remark("hidden_text", row, col, general(value))
            case kind:
                self.remark(kind, row, col, general(value), shown)

    def put_text(self, row: int, col: int, text: str, code: str) -> None:
        """Adds what a cell with a text shows: its format may add words, or hide it."""
        shown = format_text(text, code)
        self.put(row, col, shown)
        if text.strip() and not shown:
            self.remark("hidden_text", row, col, text)

    def remark(self, kind: RemarkKind, row: int, col: int, text: str = "", shown: str = "") -> None:
        """Notes something about a cell; of very many only the first are kept."""
        if len(self.remarks) < _MAX_REMARKS:
            self.remarks.append(Remark(kind, f"{column_letters(col)}{row + 1}", text, shown))
