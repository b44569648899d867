"""What is not in the book yet: told in words, and copied so that nobody has to type it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from jixiao.io.paper.edit.clipboard import Rect, copy_block
from jixiao.io.paper.form.fill import filled
from jixiao.model.table import shown_name

if TYPE_CHECKING:
    from jixiao.gui.document import Document
    from jixiao.gui.page.view import PageView


@dataclass(frozen=True)
class Standing:
    """How the book stands: a sentence for people, and whether something is not written yet."""

    text: str
    unsaved: bool


def standing_of(document: Document, view: PageView) -> Standing:
    """What the saver knows: what is written, what waits, what failed, what is being typed."""
    saver = document.saver
    if not document.is_open:
        return Standing("没有打开的账本。", unsaved=False)
    parts: list[str] = []
    if saver.unsaved_tables:
        parts.append(f"{names_of(document)}的最后修改还没有写进账本，内容还在窗口里")
    if saver.waiting:
        parts.append(f"有 {saver.waiting} 处修改正在写入账本")
    if view.is_editing:
        parts.append("正在编辑的一格还没有写进账本")
    if not parts:
        return Standing("您的修改都已写进账本。", unsaved=False)
    return Standing("；".join(parts) + "。其余的都已写进账本。", unsaved=True)


def names_of(document: Document) -> str:
    """The tables whose last edits could not be written."""
    tables = document.saver.unsaved_tables
    return "、".join(f"“{shown_name(table.name)}”" for table in tables)


def copy_unsaved(document: Document, view: PageView) -> None:
    """Put what is not written on the clipboard, as whole pages and as text."""
    editor = view.open_editor()
    texts = [] if editor is None else ["\n".join(editor.texts())]
    pages: list[str] = []
    opened = document.saver.unsaved_opened
    if document.saver.saving and document.shown is not None:
        here = document.shown
        if all(one.table_id != here.table_id for one in opened):
            opened = [*opened, here]
    for one in opened:
        grid = filled(one.form, one.table).grid
        copied = copy_block(grid, Rect(0, 0, len(grid.rows), len(grid.columns)))
        texts.append(copied.tsv)
        pages.append(copied.html)
    mime = QMimeData()
    mime.setText("\n\n".join(texts))
    if pages and editor is None:
        mime.setHtml("<br>".join(pages))
    QApplication.clipboard().setMimeData(mime)
