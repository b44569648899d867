"""The page of a table for which no form is there: its name, and that it is kept as it is."""

from __future__ import annotations

from jixiao.io.paper.form.form import Form, FormCell
from jixiao.io.paper.form.names import Piece
from jixiao.io.paper.page.grid import Page, RowFormat, Style
from jixiao.model.table import Table, shown_name

_ID = "no-form"
WHY_NOT = "还没有这种表的表样，这张表只能看，不能改。"
_WORDS = (
    "还没有这种表的表样。\n"
    "它的内容都在账本里，列在下面；导出交换文件时原样给出。\n"
    "这里不能改，也不能导出成 Word 或 Excel。"
)
_WIDTH = 64.0


def stand_in(table: Table) -> Form:
    """A form without any place: words alone, so that nothing can be typed in it."""
    title = FormCell(
        0, 0, 1, 1, (Piece(shown_name(table.title or table.name)),), Style(size=18, bold=True)
    )
    words = FormCell(1, 0, 1, 1, (Piece(_WORDS),), Style(color="666666"))
    return Form(
        id=_ID,
        name="暂无表样",
        kind=table.kind,
        vintage="",
        region="",
        start=None,
        end=None,
        title=(),
        required=(),
        levels=(),
        cells=(title, words),
        rows=(RowFormat(60.0), RowFormat(90.0)),
        columns=(_WIDTH,),
        page=Page(),
    )


def is_stand_in(form: Form) -> bool:
    """True for a page that only says that there is no form."""
    return form.id == _ID
