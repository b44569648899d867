"""From the page to the book and back: saving, undo, switching, closing, failing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from jixiao.app import editing
from jixiao.gui.dialogs import ExportChoice
from jixiao.gui.files import leaving
from jixiao.gui.tree.new_table_dialog import NewTable
from jixiao.gui.window import MainWindow
from jixiao.gui.workbench import Workbench
from jixiao.io.files.exchange import load_tables
from jixiao.model.errors import BookError
from tests.gui.conftest import cell_of, press, put_cursor, show, stored, type_text

Key = Qt.Key
NAME = "区二届人大六次会议"
OTHER = "人大代表履职能力提升"
DRAFTS = Path(__file__).parent.parent / "data" / "drafts"


def type_value(window: MainWindow, text: str, row: int = 0) -> None:
    put_cursor(window, cell_of(window, "indicators", "value", row))
    type_text(window, text)
    press(window, Key.Key_Return)


def value(window: MainWindow, row: int = 0) -> str:
    return window.page.index_of(cell_of(window, "indicators", "value", row)).data()


def test_undo_and_redo_show_the_change(window: MainWindow) -> None:
    before = value(window)
    type_value(window, "77")
    assert "指标值" in window.commands.actions["undo"].text()
    window.undo()
    assert value(window) == before
    assert "已撤销" in window.status.message_label.text()
    window.redo()
    assert value(window) == "77"


def test_undo_goes_to_the_table_where_it_happened(window: MainWindow) -> None:
    type_value(window, "77")
    show(window, OTHER)
    window.undo()
    assert window.document.shown.table.name == NAME
    assert window.tree.currentIndex().data() == NAME
    assert value(window) != "77"


def test_ctrl_z_in_an_open_editor_is_the_editors_own(window: MainWindow) -> None:
    type_value(window, "77")
    put_cursor(window, cell_of(window, "indicators", "value", 1))
    type_text(window, "55")
    press(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    window.undo()
    assert window.view.is_editing
    assert value(window) == "77"


def test_an_open_editor_survives_a_tree_switch(window: MainWindow, book: Path) -> None:
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    type_text(window, "31")
    show(window, OTHER)
    assert window.document.shown.table.name == OTHER
    show(window, NAME)
    assert value(window) == "31"
    window.close()
    assert stored(book, NAME).indicators[0].value == "31"


def test_an_open_editor_survives_closing_with_the_books_own_thread(open_window, book: Path) -> None:
    window = open_window(book, synchronous=False)
    show(window, NAME)
    type_value(window, "1")
    type_value(window, "2", 1)
    put_cursor(window, cell_of(window, "indicators", "value", 2))
    type_text(window, "3")
    window.close()
    assert [i.value for i in stored(book, NAME).indicators[:3]] == ["1", "2", "3"]


def test_undo_waits_for_edits_on_their_way(open_window, book: Path) -> None:
    window = open_window(book, synchronous=False)
    show(window, NAME)
    before = value(window)
    type_value(window, "1")
    window.undo()
    assert value(window) == before
    assert window.document.names.redo == "修改 指标值"


def test_a_page_refresh_does_not_touch_what_is_typed(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    type_text(window, "31")
    window.document.reload()
    window.worker.wait()
    assert window.view.open_editor().texts() == ["31"]
    press(window, Key.Key_Return)
    assert value(window) == "31"


def test_typing_into_an_empty_row_makes_one(window: MainWindow) -> None:
    show(window, "株洲市渌口区人民代表大会常务委员会办公室")
    count = len(window.document.shown.table.tasks)
    cell = cell_of(window, "tasks", "name", 0)
    binding = cell.bindings[0]
    empty = type(binding)(binding.target, binding.name, (), count)
    assert window.page.edit([(empty, "新任务")])
    assert len(window.document.shown.table.tasks) == count + 1
    assert cell_of(window, "tasks", "name", count).text == "新任务"
    assert window.page.rowCount() == len(window.page.grid.rows)
    window.undo()
    assert len(window.document.shown.table.tasks) == count


def test_renaming_a_project_renames_it_in_the_tree(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "field", "project_name"))
    type_text(window, "abc")
    press(window, Key.Key_Return)
    assert window.tree.currentIndex().data() == "abc"
    assert window.tree.isExpanded(window.tree.currentIndex().parent())


def test_a_write_that_fails_keeps_the_text_and_can_be_tried_again(
    window: MainWindow, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise BookError("磁盘已满，刚才的修改没有保存。请腾出空间后再试。")

    with monkeypatch.context() as patch:
        patch.setattr(editing, "put_table", fail)
        type_value(window, "41")
        assert value(window) == "41"
        assert "磁盘已满" in window.status.message_label.text()
        assert not window.status.retry_button.isHidden()
        show(window, OTHER)
        show(window, NAME)
        assert value(window) == "41"
    window.document.retry()
    assert window.status.retry_button.isHidden()
    window.close()
    assert stored(book, NAME).indicators[0].value == "41"


def test_a_second_window_only_reads(open_window, window: MainWindow, book: Path) -> None:
    other = open_window(book)
    show(other, NAME)
    assert not other.notice.isHidden()
    put_cursor(other, cell_of(other, "indicators", "value", 0))
    type_text(other, "9")
    assert not other.view.is_editing
    assert not other.commands.actions["new_table"].isEnabled()


def test_the_status_bar_proves_the_sums(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "✓" in window.status.sums.text())
    assert "48.4" in window.status.sums.text()
    put_cursor(window, cell_of(window, "field", "project_amount"))
    type_text(window, "50")
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: "✓" not in window.status.sums.text())
    assert "50" in window.status.sums.text()


def test_import_shows_the_new_table(window: MainWindow, qtbot: QtBot) -> None:
    window.files.import_drafts([DRAFTS / "lukou2026-project-4.xlsx", DRAFTS / "no-such-file.xlsx"])
    window.worker.wait()
    assert window.document.shown.table.name == "民生实事人大代表票决制"
    assert "1 张表" in window.status.message_label.text()
    details = window.files.review.details
    assert "no-such-file.xlsx" in details.text.toPlainText()
    details.close()
    window.undo()
    assert window.document.shown is not None


def test_export_writes_what_is_being_typed(window: MainWindow, tmp_path: Path) -> None:
    from jixiao.io.files.read.door import read_grids

    put_cursor(window, cell_of(window, "indicators", "value", 0))
    type_text(window, "4321")
    window.view.commit()
    ids = next(ids for text, ids in window.files.export_scopes() if text.startswith("这张表"))
    window.files.export_to(ExportChoice(ids, ("xlsx", "docx"), tmp_path / "out"))
    window.worker.wait()
    files = sorted((tmp_path / "out").iterdir())
    assert [path.suffix for path in files] == [".docx", ".xlsx"]
    for path in files:
        texts = {cell.text for grid in read_grids(path) for cell in grid.cells}
        assert "4321" in texts


def test_import_and_export_on_the_books_own_thread(
    open_window, book: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window(book, synchronous=False)
    window.files.import_drafts([DRAFTS / "lukou2026-project-3.xlsx"])
    qtbot.waitUntil(lambda: "1 张表" in window.status.message_label.text())
    window.worker.wait()
    assert window.document.shown.table.name == "预算审查联网监督"
    window.files.export_to(ExportChoice(None, ("xlsx",), tmp_path / "all"))
    window.worker.wait()
    assert len(list((tmp_path / "all").iterdir())) == 6


def test_a_new_table_is_added_and_can_be_typed_in(window: MainWindow, book: Path) -> None:
    form = window.document.shown.form
    window.tree_actions.add_table(NewTable(form, "新单位", 2027, ""))
    assert window.document.shown.table.agency == "新单位"
    put_cursor(window, cell_of(window, "field", "project_name"))
    type_text(window, "New")
    press(window, Key.Key_Return)
    window.close()
    assert stored(book, "New").year == 2027


def test_the_last_book_and_table_come_back(open_window, book: Path) -> None:
    window = open_window(book)
    show(window, OTHER)
    window.close()
    again = open_window()
    again.start(None)
    assert again.document.path == book
    assert again.document.shown.table.name == OTHER


def test_the_sample_book_opens(open_window) -> None:
    window = open_window()
    assert window.stack.currentWidget() is window.start_page
    window.commands.run("sample")
    window.worker.wait()
    assert window.document.path.name == "示例.jxb"
    assert window.document.shown is not None


def test_a_file_that_is_no_book_is_told(
    open_window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.jxb"
    path.write_text("no book", encoding="utf-8")
    window = open_window()
    told: list[str] = []
    monkeypatch.setattr(Workbench, "tell_error", lambda _, error: told.append(str(error)))
    window.open_book(path)
    assert len(told) == 1
    assert path.read_text(encoding="utf-8") == "no book"
    assert not window.document.is_open


def test_a_book_that_cannot_be_opened_leaves_the_open_one(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workbench, "tell_error", lambda *_: None)
    window.open_book(tmp_path / "no" / "such.jxb")
    type_value(window, "12")
    assert value(window) == "12"


def test_leaving_with_unwritten_edits_asks_and_can_put_them_aside(
    window: MainWindow, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise BookError("磁盘已满，刚才的修改没有保存。请腾出空间后再试。")

    monkeypatch.setattr(editing, "put_table", fail)
    type_value(window, "41")
    answers = ["stay"]
    monkeypatch.setattr(leaving, "ask_unsaved", lambda *_, **__: answers.pop())
    monkeypatch.setattr(QMessageBox, "information", lambda *_: None)
    assert not window.close()
    assert value(window) == "41"
    # The program's own folder cannot be made, the first place chosen cannot be written, then
    # nothing is chosen, then a copy: the window stays until there is a file.
    monkeypatch.setattr(leaving, "data_folder", _no_folder)
    places = ["", str(book / "no" / "folder.json")]
    monkeypatch.setattr(
        leaving.QFileDialog, "getSaveFileName", lambda *_: (places.pop() if places else "", "")
    )
    answers += ["stay", "copy", "aside", "aside"]
    assert not window.close()
    assert not answers
    assert "41" in QApplication.clipboard().text()
    aside = tmp_path / "U 盘" / "未保存"
    places.append(str(aside))
    answers.append("aside")
    assert window.close()
    (table,) = load_tables(aside.with_suffix(".json").read_text(encoding="utf-8"))
    assert table.indicators[0].value == "41"


def _no_folder() -> Path:
    raise PermissionError("no such place")


def test_what_is_not_saved_goes_only_when_it_is_given_up_by_name(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise BookError("磁盘已满，刚才的修改没有保存。请腾出空间后再试。")

    monkeypatch.setattr(editing, "put_table", fail)
    type_value(window, "41")
    buttons: list[list[str]] = []

    def click(word: str) -> None:
        def run(box: QMessageBox) -> int:
            buttons.append([button.text() for button in box.buttons()])
            next(button for button in box.buttons() if button.text() == word).click()
            return 0

        monkeypatch.setattr(QMessageBox, "exec", run)

    click("不关闭")
    assert not window.close()
    click("放弃修改并关闭")
    assert window.close()
    assert set(buttons[0]) == {"再试一次", "另存到…", "复制", "放弃修改并关闭", "不关闭"}


def test_a_fault_while_closing_leaves_the_window_open(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.captureExceptions() as faults, monkeypatch.context() as patch:
        patch.setattr(window.files, "may_close", _no_folder)
        assert not window.close()
    assert faults
    with qtbot.captureExceptions() as faults, monkeypatch.context() as patch:
        patch.setattr(window.settings, "sync", _no_folder)
        assert window.close()
    assert faults


def test_a_word_about_a_failed_save_goes_when_it_was_saved(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise BookError("磁盘已满，刚才的修改没有保存。请腾出空间后再试。")

    with monkeypatch.context() as patch:
        patch.setattr(editing, "put_table", fail)
        type_value(window, "41")
        window.files.save()
        assert "磁盘已满" in window.status.message_label.text()
    window.document.retry()
    assert window.status.message_label.text() == ""


def test_many_edits_undone_and_done_again_give_the_same_book(open_window, book: Path) -> None:
    window = open_window(book, synchronous=False)
    show(window, NAME)
    before = window.document.shown.table
    for row, text in enumerate(("1", "2", "3", "4", "5")):
        type_value(window, text, row)
    after = window.document.shown.table
    for _ in range(5):
        window.undo()
    assert window.document.shown.table == before
    for _ in range(5):
        window.redo()
    assert window.document.shown.table == after


@pytest.mark.parametrize("synchronous", [True, False])
def test_a_failing_model_never_hangs(
    open_window, book: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, synchronous: bool
) -> None:
    window = open_window(book, synchronous=synchronous)
    show(window, NAME)

    def broken(index: QModelIndex) -> None:
        raise RuntimeError("broken on purpose")

    with qtbot.captureExceptions() as faults, monkeypatch.context() as patch:
        patch.setattr(window.page, "cell", broken)
        window.view.viewport().repaint()
        window.view.grab()
        type_text(window, "1")
        press(window, Key.Key_Down)
    assert faults
    assert all("on purpose" in str(fault[1]) for fault in faults)
    window.view.grab()
    type_value(window, "5")
    assert value(window) == "5"
