"""What a user does with blocks of cells: paste, fill, clear. Each gives one step of the book."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from jixiao.app.paste_block import Recognised
from jixiao.app.rows import Edit
from jixiao.app.session import Session
from jixiao.io.paper.edit import fill_cells as io_fill
from jixiao.io.paper.edit import fill_series as io_series
from jixiao.io.paper.edit.carried import Carried, carry, from_bytes, to_bytes
from jixiao.io.paper.edit.clipboard import Rect, Selection, copy_block, grid_of
from jixiao.io.paper.edit.paste import Tick
from jixiao.io.paper.edit.paste import paste as io_paste
from jixiao.io.paper.edit.paste_carried import fits, paste_carried
from jixiao.io.paper.edit.put import NotPlaced, Pasted, Place
from jixiao.io.paper.edit.tsv import Matrix, parse_tsv
from jixiao.io.paper.form.categories import Category
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Grid
from jixiao.model.table import Table, shown_name


@dataclass(frozen=True, slots=True)
class BlockEdit(Edit):
    """An edit of many cells: how many changed, which texts found no place, what holds them now.

    ``places`` and ``moved`` are those of ``Pasted``.
    """

    written: int = 0
    not_placed: tuple[NotPlaced, ...] = ()
    rect: Rect | None = None
    places: frozenset[Place] = frozenset()
    moved: tuple[Category, ...] = ()

    @property
    def message(self) -> str:
        """What the status line says about it."""
        said = [self.name]
        if self.moved:
            names = [two or one for one, two in self.moved]
            more = " 等" if len(names) > 2 else ""
            said.append("分类随贴来的改为" + "、".join(f"“{name}”" for name in names[:2]) + more)
        if self.not_placed:
            first = self.not_placed[0]
            text = first.text if len(first.text) <= 20 else first.text[:20] + "…"
            said.append(f"有 {len(self.not_placed)} 段文字没有放入（例如“{text}”：{first.reason}）")
        return "；".join(said) + "。"


@dataclass(frozen=True, slots=True)
class ClipTexts:
    """The clipboard as it is: HTML, text, and the cells that this program copied, or nothing."""

    html: str = ""
    text: str = ""
    cells: bytes = b""


@dataclass(frozen=True)
class Clip:
    """The content of the clipboard: texts to paste into cells, and the page to recognise.

    ``covered`` are rows of the matrix that are covered by merged cells; ``carried`` are the cells
    by meaning when this program copied them.
    """

    matrix: Matrix
    grid: Grid
    covered: frozenset[int] = frozenset()
    carried: Carried | None = None

    def by_meaning(self, form: Form, table: Table, grid: Grid, selection: Selection) -> bool:
        """True when the cells go to the columns of a selection that mean the same."""
        return self.carried is not None and fits(form, table, grid, selection, self.carried)


def copy(
    form: Form,
    table: Table,
    grid: Grid,
    selection: Selection,
    spots: Collection[tuple[int, int]],
    *,
    headers: bool = False,
) -> ClipTexts:
    """The highlighted cells as they go to the clipboard.

    Args:
        form: The form the page is drawn by.
        table: The table it shows.
        grid: The page.
        selection: What is highlighted, as a rectangle where it is one.
        spots: The same as positions.
        headers: Take the header words above them along.
    """
    copied = copy_block(grid, selection, headers=headers)
    carried = carry(form, table, grid, spots)
    one = {id(cell): cell for spot in spots if (cell := grid.at(*spot)) is not None}
    text = next(iter(one.values())).text if len(one) == 1 and not headers else copied.tsv
    return ClipTexts(copied.html, text, b"" if carried is None else to_bytes(carried))


def read_clipboard(texts: ClipTexts) -> Clip:
    """What is on the clipboard; HTML tables go first, as they know spans.

    Raises:
        ClipboardError: It is too big to be taken.
    """
    from jixiao.io.files.read.html import parse_html

    carried = from_bytes(texts.cells) if texts.cells else None
    block = parse_html(texts.html) if texts.html else None
    if block is not None and block.matrix:
        return Clip(block.matrix, block.grid, block.covered, carried)
    matrix = parse_tsv(texts.text)
    return Clip(matrix, grid_of(matrix), carried=carried)


def paste(
    form: Form,
    table: Table,
    grid: Grid,
    selection: Selection,
    clip: Clip,
    *,
    tick: Tick = lambda _done, _rows: None,
) -> BlockEdit:
    """A clipboard put into the cells from the selection on; ``tick`` is told of the progress."""
    if clip.carried is not None and clip.by_meaning(form, table, grid, selection):
        return _edit("粘贴", paste_carried(form, table, grid, selection, clip.carried))
    done = io_paste(form, table, grid, selection, clip.matrix, covered=clip.covered, tick=tick)
    return _edit("粘贴", done)


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
    with session.book.step(f"粘贴为新表 {shown_name(table.name)}") as step:
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
        places=done.places,
        moved=done.moved,
    )
