"""What a user does with blocks of cells: paste, fill, clear. Each gives one step of the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jixiao.app.paste_block import Recognised
from jixiao.app.rows import Edit
from jixiao.app.session import Session
from jixiao.io.paper.edit import fill_cells as io_fill
from jixiao.io.paper.edit import fill_series as io_series
from jixiao.io.paper.edit.clipboard import Rect, Selection, grid_of
from jixiao.io.paper.edit.paste import Tick
from jixiao.io.paper.edit.paste import paste as io_paste
from jixiao.io.paper.edit.put import NotPlaced, Pasted
from jixiao.io.paper.edit.tsv import Matrix, parse_tsv
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Grid
from jixiao.model.table import Table


@dataclass(frozen=True, slots=True)
class BlockEdit(Edit):
    """An edit of many cells, with how many changed and which texts found no place."""

    written: int = 0
    not_placed: tuple[NotPlaced, ...] = ()
    rect: Rect | None = None

    @property
    def message(self) -> str:
        """What the status line says about it."""
        if not self.not_placed:
            return f"{self.name}。"
        first = self.not_placed[0]
        text = first.text if len(first.text) <= 20 else first.text[:20] + "…"
        return (
            f"{self.name}；有 {len(self.not_placed)} 段文字没有放入"
            f"（例如“{text}”：{first.reason}）。"
        )


@dataclass(frozen=True)
class Clip:
    """The content of the clipboard: texts to paste into cells, and the page to recognise."""

    matrix: Matrix
    grid: Grid


def read_clipboard(html: str, text: str) -> Clip:
    """What other programs put on the clipboard; HTML tables go first, as they know spans.

    Raises:
        ClipboardError: It is too big to be taken.
    """
    from jixiao.io.files.read.html import parse_html

    block = parse_html(html) if html else None
    if block is not None and block.matrix:
        return Clip(block.matrix, block.grid)
    matrix = parse_tsv(text)
    return Clip(matrix, grid_of(matrix))


def paste(
    form: Form,
    table: Table,
    grid: Grid,
    selection: Selection,
    matrix: Sequence[Sequence[str]],
    *,
    tick: Tick = lambda _done, _rows: None,
) -> BlockEdit:
    """Texts put into the cells from the selection on; ``tick`` is told of the progress."""
    return _edit("粘贴", io_paste(form, table, grid, selection, matrix, tick=tick))


def fill_down(form: Form, table: Table, grid: Grid, rect: Rect) -> BlockEdit:
    """The first row's texts in the rows below (Ctrl+D)."""
    return _edit("向下填充", io_fill.fill_down(form, table, grid, rect))


def fill_right(form: Form, table: Table, grid: Grid, rect: Rect) -> BlockEdit:
    """The first column's texts in the columns right of it (Ctrl+R)."""
    return _edit("向右填充", io_fill.fill_right(form, table, grid, rect))


def fill_to(
    form: Form,
    table: Table,
    grid: Grid,
    source: Rect,
    target: Rect,
    *,
    toggled: bool = False,
    only_rows: bool = False,
) -> BlockEdit:
    """A block's texts carried on into a larger one (the fill handle; see ``io.fill_series``)."""
    done = io_series.fill_to(
        form, table, grid, source, target, toggled=toggled, only_rows=only_rows
    )
    return _edit("填充", done)


def put_everywhere(
    form: Form, table: Table, grid: Grid, selection: Selection, text: str
) -> BlockEdit:
    """One text into every selected cell (Ctrl+Enter while typing)."""
    return _edit("填充", io_fill.put_everywhere(form, table, grid, selection, text))


def clear(form: Form, table: Table, grid: Grid, selection: Selection) -> BlockEdit:
    """The selected cells blanked (Delete); rows stay."""
    return _edit("清除", io_fill.clear(form, table, grid, selection))


def take_recognised(recognised: Recognised, *, replace_rows: bool) -> Edit:
    """A pasted block that was recognised as a form, merged into the table."""
    if replace_rows:
        return Edit(recognised.replaced, "粘贴并识别（替换）")
    return Edit(recognised.appended, "粘贴并识别（追加）")


def paste_as_table(session: Session, table_id: int, read: Table) -> int:
    """A pasted sheet made a table of its own, behind another one in its year, as one step.

    It is printed with the agency that the sheet tells, else with that of the other table.

    Args:
        session: The open book.
        table_id: The other table, such as the one on the screen.
        read: What was read from the sheet.

    Returns:
        The id of the new table.

    Raises:
        KnownError: The other table is not in the tree, or the book cannot be written.
    """
    beside = session.book.table(table_id)
    table = replace(
        read,
        year=beside.year,
        agency=read.agency or beside.agency,
        agency_code=read.agency_code or beside.agency_code,
    )
    with session.book.step(f"粘贴为新表 {table.name or '未命名的表'}") as step:
        year_id, position = step.place_of(table_id)
        made = session.add_table(step, table, year_id=year_id)
        step.move_table(made, position + 1)
    return made


def _edit(verb: str, done: Pasted) -> BlockEdit:
    return BlockEdit(
        done.table,
        f"{verb} {done.written} 格",
        written=done.written,
        not_placed=done.not_placed,
        rect=done.rect,
    )
