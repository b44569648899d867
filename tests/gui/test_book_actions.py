"""The whole book: save as, backups, empty forms, updated forms, the start page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton

from jixiao.app.forms.at_hand import BUILT_IN
from jixiao.app.importing.drafts import import_files
from jixiao.app.session import Session
from jixiao.gui.files.backups_dialog import BackupsDialog, describe
from jixiao.gui.files.start_page import StartPage
from jixiao.gui.tree.new_table_dialog import EmptyFormDialog, NewTableDialog
from jixiao.gui.window import MainWindow
from tests.gui.conftest import cell_of, press, put_cursor, stored, type_text

Key = Qt.Key
NAME = "区二届人大六次会议"


def test_save_as_takes_what_is_typed_and_goes_on_in_the_copy(
    window: MainWindow, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "另一个.jxb"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    type_text(window, "4321")
    window.commands.actions["save_as"].trigger()
    window.worker.wait()
    assert window.document.path == copy
    assert "另存为" in window.status.message_label.text()
    assert stored(copy, NAME).indicators[0].value == "4321"
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    type_text(window, "1")
    press(window, Key.Key_Return)
    window.close()
    assert stored(book, NAME).indicators[0].value == "4321"


def test_ctrl_s_says_saved(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    type_text(window, "77")
    window.commands.actions["save"].trigger()
    assert not window.view.is_editing
    assert "已" in window.status.message_label.text()
    assert "已保存" in window.status.saved.text()


def test_a_backup_can_be_opened(window: MainWindow) -> None:
    window.document.run(lambda session: session.book.backup_beside("试一试"))
    window.commands.actions["backups"].trigger()
    dialog = window.findChild(BackupsDialog)
    item = dialog.list.topLevelItem(0)
    assert item.text(1) == "试一试"
    QTest.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    window.worker.wait()
    assert window.document.path.parent.name == "账本 1.备份"
    assert window.document.shown is not None


def test_the_name_of_a_backup_tells_when_and_why() -> None:
    path = Path("20261121-044512 清空回收站前.jxb")
    assert describe(path) == ("2026-11-21 04:45", "清空回收站前")


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_an_empty_form_is_written_and_read_back(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    target = tmp_path / f"空表.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    def take(dialog: EmptyFormDialog) -> int:
        dialog.picker.search.setText("xdxx")
        dialog.picker.search.setText("渌口区 2026 项目")
        dialog.format.setCurrentIndex(dialog.format.findData(ending))
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(EmptyFormDialog, "exec", take)
    window.commands.actions["empty_form"].trigger()
    window.worker.wait()
    assert target.is_file()
    assert str(target) in window.status.message_label.text()
    with Session.open(tmp_path / "x.jxb") as session:
        assert import_files(session, [target])


def test_changed_forms_are_offered_quietly(open_window, book: Path, tmp_path: Path) -> None:
    import os

    from openpyxl import load_workbook

    folder = Path(os.environ["XDG_DATA_HOME"]) / "jixiao" / "forms"
    folder.mkdir(parents=True)
    name = "lukou2026-xiangmu.xlsx"
    workbook = load_workbook(BUILT_IN / name)
    workbook.worksheets[0].row_dimensions[2].height = 44
    workbook.save(folder / name)
    window = open_window(book)
    window.book_actions.look_for_forms()
    assert not window.offer.isHidden()
    assert "更新" in window.offer.text.text()
    QTest.mouseClick(window.offer.button, Qt.MouseButton.LeftButton)
    assert window.offer.isHidden()
    assert window.document.names.undo == "更新表样"
    window.book_actions.look_for_forms()
    assert window.offer.isHidden()


@pytest.fixture(autouse=True)
def _own_forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_the_start_page_is_all_there_by_keyboard(
    open_window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    page = window.start_page
    cards = [card for card in page.findChildren(QToolButton) if card.objectName() == "card"]
    names = [card.accessibleName() for card in cards]
    assert names == ["打开示例", "新建账本", "导入草稿", "打开账本"]
    target = tmp_path / "新账本.jxb"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    cards[1].setFocus()
    QTest.keyClick(cards[1], Key.Key_Space)
    window.worker.wait()
    assert window.document.path == target
    window.files.close_book()
    recent = [b for b in page.findChildren(QToolButton) if b.objectName() == "recent"]
    assert target.name in recent[0].text()
    QTest.mouseClick(recent[0], Qt.MouseButton.LeftButton)
    window.worker.wait()
    assert window.document.path == target


def test_enter_and_arrows_work_on_the_start_page(
    open_window, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    cards = window.start_page.cards.cards
    cards[0].setFocus()
    for key, at in ((Key.Key_Right, 1), (Key.Key_Down, 3), (Key.Key_Left, 2), (Key.Key_Up, 0)):
        QTest.keyClick(QApplication.focusWidget(), key)
        assert cards[at].hasFocus()
    QTest.keyClick(cards[0], Key.Key_Up)
    assert cards[0].hasFocus()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(book), ""))
    cards[3].setFocus()
    QTest.keyClick(cards[3], Key.Key_Return)
    window.worker.wait()
    assert window.document.path == book
    window.files.close_book()
    recent = window.start_page.findChildren(QToolButton, "recent")
    recent[0].setFocus()
    QTest.keyClick(recent[0], Key.Key_Enter)
    window.worker.wait()
    assert window.document.path == book


def test_an_empty_book_says_how_to_begin(
    open_window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    window.open_book(tmp_path / "空.jxb", create=True)
    window.worker.wait()
    page = window.empty_page
    assert page.isVisible()
    assert not window.desk.isVisible()
    assert "空的" in page.words.text()
    assert page.cards.cards[0].hasFocus()
    asked: list[object] = []
    monkeypatch.setattr(NewTableDialog, "exec", lambda dialog: asked.append(dialog.windowTitle()))
    QTest.keyClick(page.cards.cards[0], Key.Key_Return)
    window.worker.wait()
    assert len(asked) == 1
    second = open_window(tmp_path / "空.jxb")
    assert second.document.read_only
    assert not second.empty_page.cards.isVisible()


def test_a_table_takes_the_place_of_the_empty_page_and_gives_it_back(window: MainWindow) -> None:
    assert not window.empty_page.isVisible()
    window.tree.selectAll()
    window.tree_actions.delete()
    assert window.empty_page.isVisible()
    window.document.undo()
    assert window.desk.isVisible()
    assert not window.empty_page.isVisible()


def test_recent_books_that_are_gone_are_greyed(open_window, tmp_path: Path) -> None:
    page = StartPage()
    page.set_recent([tmp_path / "没有了.jxb"])
    recent = [b for b in page.findChildren(QToolButton) if b.objectName() == "recent"]
    assert not recent[0].isEnabled()
    assert "已不在原处" in recent[0].text()
    page.deleteLater()
