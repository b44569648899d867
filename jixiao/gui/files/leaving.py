"""Leaving a book without loss: what could not be written is tried again, or put aside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QFileDialog, QMessageBox

from jixiao.app.log import data_folder
from jixiao.gui.files.unsaved import copy_unsaved, names_of
from jixiao.gui.workbench import Workbench
from jixiao.model.errors import KnownError

Answer = Literal["stay", "retry", "aside", "copy", "drop"]


def may_leave(bench: Workbench, tell_error: Callable[[KnownError], object]) -> bool:
    """True when everything is written, or what is not was put aside or given up by name."""
    document = bench.document
    copied = False
    while not document.settle():
        answer = ask_unsaved(bench, copied=copied)
        if answer == "stay":
            return False
        if answer == "copy":
            copy_unsaved(document, bench.view)
            copied = True
        elif answer == "drop" or (answer == "aside" and _put_aside(bench, tell_error)):
            document.saver.forget()
            return True
    return True


def ask_unsaved(bench: Workbench, *, copied: bool = False) -> Answer:
    """Ask what to do with tables that could not be written."""
    box = QMessageBox(bench.frame)
    box.setWindowTitle("有修改还没有保存")
    box.setText(f"{names_of(bench.document)} 的最后修改还没有写进账本。")
    box.setInformativeText(
        "已经复制。请先粘贴到别的文件里并保存，再放弃并关闭。"
        if copied
        else "可以腾出空间后再试一次；或者另存到别的地方（例如 U 盘），以后用“导入草稿”取回；"
        "也可以复制后粘贴到 Excel、WPS 里。"
    )
    role = QMessageBox.ButtonRole
    answers: dict[object, Answer] = {
        box.addButton("再试一次", role.AcceptRole): "retry",
        box.addButton("另存到…", role.ActionRole): "aside",
        box.addButton("复制", role.ActionRole): "copy",
        box.addButton("放弃修改并关闭", role.DestructiveRole): "drop",
    }
    box.setEscapeButton(box.addButton("不关闭", role.RejectRole))
    box.exec()
    return answers.get(box.clickedButton(), "stay")


def _put_aside(bench: Workbench, tell_error: Callable[[KnownError], object]) -> bool:
    """Ask where to, and write the tables there as an exchange file; False when that failed."""
    from jixiao.io.files.exchange import dump_tables
    from jixiao.io.files.write.safe_write import write_bytes

    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    proposed = _folder() / f"未保存-{stamp}.json"
    kinds = "交换文件 (*.json)"
    name, _ = QFileDialog.getSaveFileName(bench.frame, "另存没有保存的表", str(proposed), kinds)
    if not name:
        return False
    path = Path(name if name.lower().endswith(".json") else name + ".json")
    try:
        write_bytes(path, dump_tables(bench.document.saver.unsaved_tables).encode("utf-8"))
    except KnownError as error:
        tell_error(error)
        return False
    QMessageBox.information(bench.frame, "已另存", f"这些表已存到：\n{path}")
    return True


def _folder() -> Path:
    try:
        return data_folder()
    except OSError:  # it cannot be made: any other place will do
        return Path.home()
