"""Commands on books, drafts and exports."""

from __future__ import annotations

from jixiao.gui.commands import Command
from jixiao.gui.files.book_actions import BookActions
from jixiao.gui.files.window_files import FileActions


def commands(files: FileActions, book: BookActions) -> list[Command]:
    """The commands, in the order of their menus."""
    return [*_books(files), *_tables(files), *_copies(book)]


def _books(files: FileActions) -> list[Command]:
    """Books."""
    return [
        Command(
            id="new_book",
            menu="文件",
            text="新建账本(&N)…",
            run=files.new_book,
            icon="new-book",
            keys=("Ctrl+N",),
        ),
        Command(
            id="open_book",
            menu="文件",
            text="打开账本(&O)…",
            run=files.choose_book,
            icon="open",
            keys=("Ctrl+O",),
            toolbar="打开",
            tip="打开账本",
        ),
        Command(
            id="recent",
            menu="文件",
            text="最近使用(&R)",
            fill=files.fill_recent,
            icon="recent",
        ),
        Command(
            id="sample",
            menu="文件",
            text="打开示例",
            run=files.open_sample,
            icon="sample",
        ),
        Command(
            id="save",
            menu="文件",
            text="保存(&S)",
            run=files.save,
            icon="save",
            keys=("Ctrl+S",),
            tip="每次修改都已自动写入账本",
            group=2,
            needs="book",
        ),
        Command(
            id="close",
            menu="文件",
            text="关闭账本",
            run=files.close_book,
            keys=("Ctrl+W",),
            group=3,
            needs="book",
        ),
        Command(
            id="quit",
            menu="文件",
            text="退出(&Q)",
            run=files.quit,
            keys=("Ctrl+Q",),
            group=3,
        ),
    ]


def _tables(files: FileActions) -> list[Command]:
    """Drafts in, tables out."""
    return [
        Command(
            id="import",
            menu="文件",
            text="导入草稿(&I)…",
            run=files.choose_drafts,
            icon="import",
            keys=("Ctrl+I",),
            toolbar="导入草稿",
            tip="把 Excel、Word 草稿导入账本；也可以把文件拖进窗口",
            group=1,
            needs="free",
        ),
        Command(
            id="import_folder",
            menu="文件",
            text="导入文件夹…",
            run=files.choose_draft_folder,
            icon="import",
            tip="把一个文件夹里的草稿全部导入，子文件夹也算",
            group=1,
            needs="free",
        ),
        Command(
            id="always_review",
            menu="文件",
            text="导入前总是先看一眼",
            run=files.toggle_always_review,
            tip="不选时，读得很确定的一两个文件直接导入",
            group=1,
            checked=files.reviews_always,
        ),
        Command(
            id="export",
            menu="文件",
            text="导出(&E)…",
            run=files.export,
            icon="export",
            keys=("Ctrl+E",),
            toolbar="导出",
            tip="按官方表样导出 Word 和 Excel",
            group=1,
            needs="table",
            primary=True,
        ),
    ]


def _copies(book: BookActions) -> list[Command]:
    """Copies of the book, empty forms, the next year."""
    return [
        Command(
            id="save_as",
            menu="文件",
            text="另存为(&A)…",
            run=book.save_as,
            icon="save-as",
            keys=("Ctrl+Shift+S",),
            tip="把整个账本复制成另一个文件，并打开它",
            group=2,
            needs="book",
        ),
        Command(
            id="backups",
            menu="文件",
            text="打开备份(&B)…",
            run=book.open_backup,
            icon="history",
            tip="有风险的操作之前自动留下的备份",
            group=2,
            needs="book",
        ),
        Command(
            id="empty_form",
            menu="文件",
            text="导出空表…",
            run=book.export_empty,
            icon="form",
            tip="把空表样存成 Excel 或 Word 文件，在别的电脑上填好再导入",
            group=2,
        ),
        Command(
            id="carry_over",
            menu="目录",
            text="复制到下年(&J)…",
            run=book.carry_over,
            icon="carry-over",
            keys=("Ctrl+J",),
            toolbar="复制到下年",
            tip="把选中的表，或本单位这一年度的全部表，复制到下一年度，年份跟着改",
            group=3,
            needs="tables",
        ),
    ]
