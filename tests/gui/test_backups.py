"""A backup is only looked at; one goes on in a copy of it, or puts it in the place of the book."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from jixiao.app.session import Session
from jixiao.gui.files.backups_dialog import BackupsDialog
from jixiao.gui.window import MainWindow
from jixiao.model.book import Book
from jixiao.model.errors import BookError
from jixiao.model.schema import VERSION
from tests.gui.conftest import cell_of, press, put_cursor, stored, type_text

LEFT = Qt.MouseButton.LeftButton
NAME = "区二届人大六次会议"


@pytest.fixture
def backup(window: MainWindow, book: Path) -> Path:
    """A backup on the screen; in the book itself a value was changed after it."""
    window.document.run(lambda session: session.book.backup_beside("试一试"))
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    type_text(window, "4321")
    press(window, Qt.Key.Key_Return)
    window.commands.actions["backups"].trigger()
    dialog = window.findChild(BackupsDialog)
    QTest.mouseClick(dialog.open_button, LEFT)
    window.worker.wait()
    assert window.document.path.parent == book.with_suffix(".备份")
    return window.document.path


def test_a_backup_can_only_be_read_and_says_so(window: MainWindow, backup: Path) -> None:
    before = backup.read_bytes()
    assert window.document.read_only
    assert window.notice.isVisible()
    assert window.notice.text.text().startswith("这是备份（20")
    assert window.page.read_only
    assert not window.commands.actions["new_table"].isEnabled()
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    type_text(window, "9")
    assert not window.view.is_editing
    assert backup not in window.settings.recent
    window.close()
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_from_a_backup_one_goes_on_in_a_copy(
    window: MainWindow, backup: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []

    def name(*args: str) -> tuple[str, str]:
        proposed.append(args[2])
        return args[2], ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    assert window.notice.button.text() == "另存为…"
    QTest.mouseClick(window.notice.button, LEFT)
    window.worker.wait()
    assert Path(proposed[0]).parent == book.parent
    assert window.document.path == Path(proposed[0])
    assert not window.document.read_only
    assert window.notice.isHidden()


def test_a_backup_takes_the_place_of_its_book(
    window: MainWindow, backup: Path, book: Path, open_window
) -> None:
    QTest.mouseClick(window.notice.second, LEFT)
    window.worker.wait()
    assert window.document.path == book
    assert not window.document.read_only
    assert not window.notice.second.isVisible()
    assert stored(book, NAME).indicators[0].value != "4321"
    kept = next(path for path in backup.parent.iterdir() if "换成备份前" in path.name)
    assert stored(kept, NAME).indicators[0].value == "4321"


def test_a_book_that_is_open_elsewhere_is_not_replaced(
    window: MainWindow, backup: Path, book: Path, qtbot
) -> None:
    with Session.open(book):
        QTest.mouseClick(window.notice.second, LEFT)
        window.worker.wait()
        qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
        window.findChild(QMessageBox).close()
    assert window.document.path == backup
    assert stored(book, NAME).indicators[0].value == "4321"


def test_the_backups_of_the_book_are_listed_from_a_backup_too(
    window: MainWindow, backup: Path
) -> None:
    window.findChild(BackupsDialog).deleteLater()
    window.commands.actions["backups"].trigger()
    dialog = window.findChildren(BackupsDialog)[-1]
    assert dialog.list.topLevelItemCount() == 1


def test_the_book_comes_back_at_the_next_start(
    window: MainWindow, backup: Path, book: Path, open_window
) -> None:
    window.close()
    again = open_window()
    again.start(None)
    again.worker.wait()
    assert again.document.path == book


def test_a_backup_of_an_earlier_version_stays_as_it_is(book: Path, tmp_path: Path) -> None:
    with Session.open(book) as session:
        backup = session.book.backup_beside("试一试")
    with closing(sqlite3.connect(backup)) as db:
        db.execute(f"PRAGMA user_version = {VERSION - 1}")
    before = backup.read_bytes()
    with pytest.raises(BookError, match="复制到别的文件夹"):
        Book.open(backup)
    assert backup.read_bytes() == before
