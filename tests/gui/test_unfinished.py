"""What is being typed outlives the program, and the status says that it is being typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jixiao.app.log import data_folder
from jixiao.gui.crash import FaultReporter
from jixiao.gui.files.unsaved import copy_unsaved, standing_of
from jixiao.gui.window import MainWindow
from tests.gui.conftest import cell_of, press, put_cursor, show, stored, type_text

Key = Qt.Key
NAME = "区二届人大六次会议"
OTHER = "人大代表履职能力提升"

_TYPING = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from jixiao.gui.main import make_application
from jixiao.gui.window import MainWindow
from tests.gui.conftest import cell_of, put_cursor, show, type_text

app = make_application()
window = MainWindow()
window.show()
window.start(Path(sys.argv[1]))
window.worker.wait()
show(window, "区二届人大六次会议")
put_cursor(window, cell_of(window, "indicators", "level3", 1))
type_text(window, "a text that nobody finished")
app.exec()
"""


def files() -> list[Path]:
    return sorted(data_folder().glob("typ*.json"))


def type_long(window: MainWindow, text: str, row: int = 1) -> None:
    put_cursor(window, cell_of(window, "indicators", "level3", row))
    type_text(window, text)


def text(window: MainWindow, row: int = 1) -> str:
    return cell_of(window, "indicators", "level3", row).text


def test_the_status_says_that_a_cell_is_being_edited(window: MainWindow) -> None:
    assert "已保存" in window.status.saved.text()
    type_long(window, "abc")
    assert "正在编辑" in window.status.saved.text()
    press(window, Key.Key_Escape)
    assert "已保存" in window.status.saved.text()


def test_a_killed_program_loses_only_seconds_of_typing(
    open_window, book: Path, qtbot: QtBot
) -> None:
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen([sys.executable, "-c", _TYPING, str(book)], env=environment) as typing:
        try:
            qtbot.waitUntil(lambda: bool(files()), timeout=60_000)
        finally:
            typing.kill()
    window = open_window(book)
    assert not window.left_over.isHidden()
    assert "a text that nobody" in window.left_over.text.text()
    assert NAME in window.left_over.text.text()
    show(window, OTHER)
    window.left_over.button.click()
    assert window.document.shown.table.name == NAME
    assert text(window) == "a text that nobody finished"
    assert window.left_over.isHidden()
    window.close()
    assert stored(book, NAME).indicators[1].level3 == "a text that nobody finished"
    assert not files()
    assert open_window(book).left_over.isHidden()


def test_what_is_committed_or_given_up_leaves_nothing_behind(window: MainWindow) -> None:
    for key in (Key.Key_Return, Key.Key_Escape):
        type_long(window, f"text {key}")
        window.unfinished.keep()
        assert len(files()) == 1
        press(window, key)
        QApplication.processEvents()
        assert not files()


def test_a_text_whose_place_is_gone_can_be_copied(
    open_window, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(book)
    show(window, NAME)
    rows = len(window.document.shown.table.indicators)
    put_cursor(window, cell_of(window, "indicators", "level3", rows - 1))
    type_text(window, "gone")
    window.unfinished.keep()
    kept = files()[0].read_bytes()
    press(window, Key.Key_Escape)
    window.page_rows.delete_rows()
    window.close()
    (data_folder() / files_name(kept, book)).write_bytes(kept)
    again = open_window(book)
    assert "原来的位置已经没有了" in again.left_over.text.text()
    assert again.left_over.button.isHidden()
    again.left_over.second.click()
    assert QApplication.clipboard().text() == "gone"
    again.left_over.later.click()
    assert again.left_over.isHidden()
    again.close()
    assert not files()


def files_name(_: bytes, book: Path) -> str:
    from jixiao.app.typed_text import TypedTexts

    return TypedTexts(data_folder(), book)._now.name


def test_a_broken_file_hinders_nobody(open_window, book: Path) -> None:
    (data_folder() / files_name(b"", book)).write_text("[{", encoding="utf-8")
    window = open_window(book)
    assert window.left_over.isHidden()
    assert window.document.shown is not None


def test_a_fault_tells_what_is_saved_and_offers_a_copy_of_what_is_not(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jixiao.app import editing

    assert standing_of(window.document, window.view).text == "您的修改都已写进账本。"

    def fault(*_: object) -> None:
        raise RuntimeError("injected")

    reporter = FaultReporter()
    reporter.standing = lambda: standing_of(window.document, window.view)
    reporter.copy = lambda: copy_unsaved(window.document, window.view)
    monkeypatch.setattr(sys, "excepthook", reporter.report)
    monkeypatch.setattr(editing, "put_table", fault)
    seen: list[str] = []

    def run(box) -> int:
        seen.append(box.text())
        buttons = {button.text(): button for button in box.buttons()}
        buttons["复制没有保存的内容"].click()
        return 0

    from PySide6.QtWidgets import QMessageBox

    monkeypatch.setattr(QMessageBox, "exec", run)
    type_long(window, "typed before the fault")
    press(window, Key.Key_Return)
    QApplication.processEvents()
    assert len(seen) == 1
    assert f"“{NAME}”的最后修改还没有写进账本" in seen[0]
    assert "都已写进账本" not in seen[0].split("。")[1]
    assert "typed before the fault" in QApplication.clipboard().text()
    monkeypatch.undo()
    window.document.retry()
    assert not standing_of(window.document, window.view).unsaved


def test_a_fault_while_typing_tells_that_the_cell_is_not_saved(window: MainWindow) -> None:
    type_long(window, "abc")
    standing = standing_of(window.document, window.view)
    assert standing.unsaved
    copy_unsaved(window.document, window.view)
    assert QApplication.clipboard().text() == "abc"
