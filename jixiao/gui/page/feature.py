"""Commands on the cells and rows of the page, and on how it is seen."""

from __future__ import annotations

from jixiao.gui.commands import Command
from jixiao.gui.page.clipboard import PageClipboard
from jixiao.gui.page.look import PageLook
from jixiao.gui.page.menu import PageMenu
from jixiao.gui.page.rows import PageRows
from jixiao.gui.page.zooming import Zooming


def commands(
    clipboard: PageClipboard,
    rows: PageRows,
    menu: PageMenu,
    look: PageLook,
    zooming: Zooming,
) -> list[Command]:
    """The commands, in the order of their menus."""
    return [
        *_copying(clipboard),
        *_filling(clipboard),
        *_rows(rows),
        *_order(rows),
        *_categories(menu),
        *_looks(look, zooming),
    ]


def _copying(clipboard: PageClipboard) -> list[Command]:
    """Copying and pasting."""
    return [
        Command(
            id="cut",
            menu="编辑",
            text="剪切(&T)",
            run=clipboard.cut,
            icon="cut",
            keys=("Ctrl+X",),
            group=1,
            needs="table",
            scope="page",
        ),
        Command(
            id="copy",
            menu="编辑",
            text="复制(&C)",
            run=clipboard.copy,
            icon="copy",
            keys=("Ctrl+C",),
            group=1,
            needs="table",
            scope="page",
        ),
        Command(
            id="copy_headers",
            menu="编辑",
            text="连表头复制",
            run=clipboard.copy_headers,
            keys=("Ctrl+Shift+C",),
            tip="复制选中的格，带上它们的表头",
            group=1,
            needs="table",
            scope="page",
        ),
        Command(
            id="paste",
            menu="编辑",
            text="粘贴(&P)",
            run=clipboard.paste,
            icon="paste",
            keys=("Ctrl+V",),
            tip="粘贴 Excel、Word、网页里的表格或文字；行不够时自动增加",
            group=1,
            needs="table",
            scope="page",
        ),
    ]


def _filling(clipboard: PageClipboard) -> list[Command]:
    """Filling, clearing and selecting."""
    return [
        Command(
            id="fill_down",
            menu="编辑",
            text="向下填充",
            run=clipboard.fill_down,
            keys=("Ctrl+D",),
            tip="把选中块第一行的内容填到下面；只选一格时取上一行的内容",
            group=3,
            needs="table",
            scope="page",
        ),
        Command(
            id="fill_right",
            menu="编辑",
            text="向右填充",
            run=clipboard.fill_right,
            keys=("Ctrl+R",),
            tip="把选中块第一列的内容填到右边",
            group=3,
            needs="table",
            scope="page",
        ),
        Command(
            id="clear",
            menu="编辑",
            text="清除内容",
            run=clipboard.clear_cells,
            icon="clear",
            tip="也可以按 Delete；行不会删除",
            group=3,
            needs="table",
        ),
        Command(
            id="select_all",
            menu="编辑",
            text="全选",
            run=clipboard.select_all,
            keys=("Ctrl+A",),
            group=3,
            needs="table",
            scope="page",
        ),
    ]


def _rows(rows: PageRows) -> list[Command]:
    """Adding and removing rows."""
    return [
        Command(
            id="row_add",
            menu="表格",
            text="在本类增加一行(&A)",
            run=rows.add_row,
            icon="row-add",
            keys=("Ctrl+Return", "Ctrl+Enter"),
            tip="在光标所在分类的末尾增加一行",
            needs="table",
            scope="page",
        ),
        Command(
            id="row_above",
            menu="表格",
            text="上方插入行",
            run=rows.insert_above,
            icon="row-above",
            keys=("Ctrl+Shift+Return",),
            needs="table",
            scope="page",
            typing=True,
        ),
        Command(
            id="row_below",
            menu="表格",
            text="下方插入行",
            run=rows.insert_below,
            icon="row-below",
            keys=("Ctrl+Alt+Return",),
            needs="table",
            scope="page",
            typing=True,
        ),
        Command(
            id="row_duplicate",
            menu="表格",
            text="复制成新行",
            run=rows.duplicate_rows,
            icon="duplicate",
            keys=("Ctrl+Shift+D",),
            tip="在下面增加同样内容的行",
            needs="table",
            scope="page",
            typing=True,
        ),
        Command(
            id="row_delete",
            menu="表格",
            text="删除行",
            run=rows.delete_rows,
            icon="trash",
            keys=("Ctrl+Del",),
            tip="删除选中的行；印好的分类仍留一个空行",
            needs="table",
            scope="page",
        ),
    ]


def _order(rows: PageRows) -> list[Command]:
    """Moving and sorting rows."""
    return [
        Command(
            id="row_up",
            menu="表格",
            text="上移",
            run=rows.rows_up,
            icon="up",
            keys=("Alt+Shift+Up",),
            tip="到了分类的边上，再移就进入上一个分类；也可以拖动行左边的手柄",
            group=1,
            needs="table",
            scope="page",
            typing=True,
            repeats=True,
        ),
        Command(
            id="row_down",
            menu="表格",
            text="下移",
            run=rows.rows_down,
            icon="down",
            keys=("Alt+Shift+Down",),
            tip="到了分类的边上，再移就进入下一个分类；也可以拖动行左边的手柄",
            group=1,
            needs="table",
            scope="page",
            typing=True,
            repeats=True,
        ),
        Command(
            id="row_sort",
            menu="表格",
            text="按分类排序",
            run=rows.sort_rows,
            tip="按表样的分类次序排列指标，同类的次序不变",
            group=1,
            needs="table",
        ),
    ]


def _categories(menu: PageMenu) -> list[Command]:
    """Rows and their categories."""
    return [
        Command(
            id="row_category",
            menu="表格",
            text="移到其他分类…",
            run=menu.choose_category,
            keys=("Ctrl+M",),
            tip="选中的指标移到另一个一级、二级指标下面；整组改名请直接改分类那一格",
            group=1,
            needs="table",
            scope="page",
            typing=True,
        ),
        Command(
            id="row_missing",
            menu="表格",
            text="增加分类…",
            run=menu.choose_missing,
            keys=("Ctrl+Shift+A",),
            tip="增加表里还没有的一级、二级指标，并留一个空行",
            group=1,
            needs="table",
            scope="page",
            typing=True,
        ),
    ]


def _looks(look: PageLook, zooming: Zooming) -> list[Command]:
    """Widths of columns and zoom."""
    return [
        Command(
            id="widths_fit",
            menu="表格",
            text="所有列宽适合内容",
            run=look.fit_widths,
            tip="每一列都放得下它最长的一行字；只影响屏幕，不影响导出",
            group=2,
            needs="table",
        ),
        Command(
            id="widths_reset",
            menu="表格",
            text="恢复表样的列宽",
            run=look.reset_widths,
            tip="列宽只影响屏幕，不影响导出",
            group=2,
            needs="table",
        ),
        Command(
            id="zoom_in",
            menu="查看",
            text="放大",
            run=zooming.zoom_in,
            icon="zoom-in",
            keys=("Ctrl++", "Ctrl+="),
            needs="table",
            repeats=True,
        ),
        Command(
            id="zoom_out",
            menu="查看",
            text="缩小",
            run=zooming.zoom_out,
            icon="zoom-out",
            keys=("Ctrl+-",),
            needs="table",
            repeats=True,
        ),
        Command(
            id="zoom_100",
            menu="查看",
            text="100 %",
            run=zooming.zoom_100,
            icon="zoom-100",
            keys=("Ctrl+0",),
            needs="table",
        ),
        Command(
            id="zoom_fit",
            menu="查看",
            text="适合宽度",
            run=zooming.zoom_fit,
            icon="fit",
            keys=("Ctrl+9",),
            needs="table",
        ),
    ]
