"""Leaving a book without loss: what could not be written is tried again, or put aside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from PySide6.QtWidgets import QMessageBox, QWidget

from jixiao.gui.crash import data_folder
from jixiao.gui.document import Document
from jixiao.model.errors import KnownError


def may_leave(
    document: Document, window: QWidget, tell_error: Callable[[KnownError], object]
) -> bool:
    """True when everything is written, or what is not has been put aside."""
    if document.saver.unsaved_tables:
        document.retry()
        document.worker.wait()
    while document.saver.unsaved_tables:
        answer = ask_unsaved(document, window)
        if answer == "stay":
            return False
        if answer == "retry":
            document.retry()
            document.worker.wait()
        elif _put_aside(document, window, tell_error):
            return True
    return True


def ask_unsaved(document: Document, window: QWidget) -> Literal["stay", "retry", "aside"]:
    """Ask what to do with tables that could not be written."""
    tables = document.saver.unsaved_tables
    names = "、".join(f"“{table.name or '未命名的表'}”" for table in tables)
    box = QMessageBox(window)
    box.setWindowTitle("有修改还没有保存")
    box.setText(f"{names} 的最后修改还没有写进账本。")
    box.setInformativeText(
        "可以再试一次，或者把这些表另存为一个交换文件后关闭，以后用“导入草稿”取回。"
    )
    role = QMessageBox.ButtonRole
    again = box.addButton("再试一次", role.AcceptRole)
    aside = box.addButton("另存后关闭", role.DestructiveRole)
    box.addButton("不关闭", role.RejectRole)
    box.exec()
    if box.clickedButton() is again:
        return "retry"
    return "aside" if box.clickedButton() is aside else "stay"


def _put_aside(
    document: Document, window: QWidget, tell_error: Callable[[KnownError], object]
) -> bool:
    from jixiao.io.files.exchange import dump_tables
    from jixiao.io.files.write.safe_write import write_bytes

    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    try:
        path = data_folder() / f"未保存-{stamp}.json"
        content = dump_tables(document.saver.unsaved_tables).encode("utf-8")
        write_bytes(path, content)
    except KnownError as error:
        tell_error(error)
        return False
    document.saver.forget()
    QMessageBox.information(window, "已另存", f"这些表已存到：\n{path}")
    return True
