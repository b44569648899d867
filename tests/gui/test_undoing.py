"""Undo and redo by keys: never too far, always to where it happened, nothing lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from jixiao.app import editing
from jixiao.gui.window import MainWindow
from jixiao.model.errors import BookError
from tests.gui.conftest import (
    TRUTH,
    answer,
    cell_of,
    press,
    put_cursor,
    show,
    stored,
    type_text,
)

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
NAME = "区二届人大六次会议"
OTHER = "人大代表履职能力提升"


def count(window: MainWindow) -> int:
    return len(window.document.index.entries)


def value(window: MainWindow, row: int = 0) -> str:
    return window.page.index_of(cell_of(window, "indicators", "value", row)).data()


def type_value(window: MainWindow, text: str, row: int = 0) -> None:
    put_cursor(window, cell_of(window, "indicators", "value", row))
    type_text(window, text)
    press(window, Key.Key_Return)


def hold(window: MainWindow, key: Qt.Key, times: int, *, x11: bool = False) -> None:
    """What a key that is held down sends: a press, then repeated ones.

    X11 may tell each as a release and a press of one moment, without calling it repeated.
    """
    action = window.commands.actions["undo" if key == Key.Key_Z else "redo"]
    for number in range(times):
        repeated = number > 0
        kinds = [QEvent.Type.KeyRelease] if x11 and repeated else []
        for kind in [*kinds, QEvent.Type.ShortcutOverride]:
            event = QKeyEvent(kind, key, CTRL, "", autorep=repeated and not x11)
            event.setTimestamp(1000 + 40 * number)
            QApplication.sendEvent(window.view, event)
        action.trigger()
        window.worker.wait()
        QApplication.processEvents()


def import_two(window: MainWindow) -> None:
    names = ("lukou2026-project-3", "lukou2026-project-4")
    window.files.import_drafts([TRUTH / f"{name}.json" for name in names])
    window.files.review.wait()


@pytest.mark.parametrize("x11", [True, False])
def test_a_held_key_undoes_edits_and_stops_at_an_import(window: MainWindow, x11: bool) -> None:
    import_two(window)
    there = count(window)
    for row, text in enumerate(("1", "2", "3")):
        type_value(window, text, row)
    before = window.document.names
    hold(window, Key.Key_Z, 12, x11=x11)
    assert count(window) == there
    assert window.undoing.asking is None
    assert window.document.names.undo == "导入 2 个文件，2 张表"
    assert "松开后再按" in window.status.message_label.text()
    hold(window, Key.Key_Y, 12, x11=x11)
    assert window.document.names == before
    assert value(window, 2) == "3"


def test_a_single_press_asks_before_an_import_goes(window: MainWindow) -> None:
    there = count(window)
    import_two(window)
    press(window, Key.Key_Z, CTRL)
    answer(window.undoing.asking, yes=False)
    assert count(window) == there + 2
    press(window, Key.Key_Z, CTRL)
    answer(window.undoing.asking, yes=True)
    assert count(window) == there


def test_undo_asks_once_where_the_book_was_opened(open_window, book: Path) -> None:
    window = open_window(book)
    show(window, NAME)
    for row, text in enumerate(("1", "2", "3")):
        type_value(window, text, row)
    window.close()
    window = open_window(book)
    show(window, NAME)
    type_value(window, "4")
    hold(window, Key.Key_Z, 5)
    assert value(window, 2) == "3"
    assert window.undoing.asking is None
    press(window, Key.Key_Z, CTRL)
    assert value(window, 2) == "3"
    answer(window.undoing.asking, yes=True)
    assert value(window, 2) != "3"
    press(window, Key.Key_Z, CTRL)
    assert window.undoing.asking is None
    assert value(window, 1) != "2"


def test_an_undone_import_can_be_had_after_something_else_was_typed(window: MainWindow) -> None:
    there = count(window)
    import_two(window)
    window.document.undo()
    show(window, NAME)
    type_value(window, "5")
    QApplication.processEvents()
    assert "2 张表放进了回收站" in window.status.message_label.text()
    window.status.offer.click()
    assert window.tree_actions.bin is not None
    assert window.tree_actions.bin.list.topLevelItemCount() == 2
    window.tree_actions.bin.list.selectAll()
    window.tree_actions.bin.restore.click()
    assert count(window) == there + 2


def test_a_deletion_says_so_too_when_it_sends_undone_tables_to_the_bin(window: MainWindow) -> None:
    there = count(window)
    import_two(window)
    window.document.undo()
    agency = window.document.tree[0]
    inside = sum(len(year.tables) for year in agency.years)
    window.tree.setFocus()
    window.tree.setCurrentIndex(window.tree.tree.index(0, 0))
    press(window, Key.Key_Delete)
    QApplication.processEvents()
    assert count(window) == there - inside
    told = window.status.message_label.text()
    assert told.startswith(f"“{agency.name}”的 {inside} 张表放进了回收站。刚才撤销的 2 张表")
    assert window.status.offer.text() == "撤销"
    window.status.offer.click()
    assert count(window) == there
    # Nothing is gone that it would bring back.
    assert "恢复" not in window.status.message_label.text()


def test_an_undo_that_only_takes_an_empty_row_away_says_so(window: MainWindow) -> None:
    count = len(window.document.shown.table.indicators)
    type_value(window, "7", count - 1)
    assert len(window.document.shown.table.indicators) == count + 1
    press(window, Key.Key_Z, CTRL)
    assert len(window.document.shown.table.indicators) == count
    assert value(window, count - 1) == "7"
    assert "空行" in window.status.message_label.text()
    press(window, Key.Key_Z, CTRL)
    assert value(window, count - 1) != "7"


def test_undo_selects_what_it_changed_and_says_where(window: MainWindow) -> None:
    type_value(window, "77", 8)
    show(window, OTHER)
    press(window, Key.Key_Z, CTRL)
    assert window.document.shown.table.name == NAME
    assert window.view.current_cell() == cell_of(window, "indicators", "value", 8)
    told = window.status.message_label.text()
    assert told.startswith(f"已撤销 修改 指标值 · {NAME} · 指标")
    cell = cell_of(window, "indicators", "value", 8)
    rect = window.view.geometry_of_page.rect(cell)
    assert window.view.viewport().visibleRegion().contains(rect.center())


def test_undo_of_several_cells_selects_them_all(window: MainWindow) -> None:
    cells = [cell_of(window, "indicators", "value", row) for row in (1, 2, 3)]
    put_cursor(window, cells[0])
    press(window, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(window, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(window, Key.Key_Delete)
    put_cursor(window, cell_of(window, "field", "project_name"))
    press(window, Key.Key_Z, CTRL)
    chosen = {(cell.row, cell.col) for cell in window.view.selected_cells()}
    assert {(cell.row, cell.col) for cell in cells} <= chosen
    assert "3 处" in window.status.message_label.text()


def test_undo_of_a_deleted_row_goes_to_the_row(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "indicators", "level3", 4))
    name = cell_of(window, "indicators", "level3", 4).text
    window.page_rows.delete_rows()
    put_cursor(window, cell_of(window, "field", "project_name"))
    press(window, Key.Key_Z, CTRL)
    rows = {cell.row for cell in window.view.selected_cells()}
    assert rows == {cell_of(window, "indicators", "level3", 4).row}
    assert cell_of(window, "indicators", "level3", 4).text == name


def test_column_widths_take_their_turn(window: MainWindow) -> None:
    type_value(window, "77")
    form_id = window.document.shown.form.id
    before = window.settings.widths(form_id)
    window.view.set_width(1, 120)
    window.view.set_width(2, 90)
    assert "列宽" in window.commands.actions["undo"].text()
    press(window, Key.Key_Z, CTRL)
    press(window, Key.Key_Z, CTRL)
    assert window.settings.widths(form_id) == before
    assert value(window) == "77"
    press(window, Key.Key_Z, CTRL)
    assert value(window) != "77"
    press(window, Key.Key_Y, CTRL)
    assert value(window) == "77"
    press(window, Key.Key_Y, CTRL)
    press(window, Key.Key_Y, CTRL)
    assert window.settings.widths(form_id)[2] == 90
    type_value(window, "78")
    press(window, Key.Key_Z, CTRL)
    assert value(window) == "77"
    assert window.settings.widths(form_id)[2] == 90


def test_undo_after_a_failed_save_takes_back_what_was_typed_last(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise BookError("磁盘已满，刚才的修改没有保存。请腾出空间后再试。")

    type_value(window, "11", 1)
    with monkeypatch.context() as patch:
        patch.setattr(editing, "put_table", fail)
        type_value(window, "22", 2)
        press(window, Key.Key_Z, CTRL)  # still full: nothing is undone, nothing is lost
        assert (value(window, 1), value(window, 2)) == ("11", "22")
        assert "还没有写进账本" in window.status.message_label.text()
        assert not window.status.retry_button.isHidden()
    press(window, Key.Key_Z, CTRL)
    assert value(window, 1) == "11"
    assert value(window, 2) != "22"
    press(window, Key.Key_Y, CTRL)
    assert value(window, 2) == "22"


def test_a_retry_never_puts_something_older_over_something_newer(
    open_window, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise BookError("磁盘已满，刚才的修改没有保存。请腾出空间后再试。")

    window = open_window(book, synchronous=False)
    show(window, NAME)
    with monkeypatch.context() as patch:
        patch.setattr(editing, "put_table", fail)
        type_value(window, "1", 1)
        window.worker.wait()
    type_value(window, "2", 2)  # on its way
    window.document.retry()
    window.worker.wait()
    window.close()
    assert [row.value for row in stored(book, NAME).indicators[1:3]] == ["1", "2"]


def test_an_older_word_does_not_stay_when_something_new_happened(window: MainWindow) -> None:
    import_two(window)
    assert "导入了 2 张表" in window.status.message_label.text()
    show(window, NAME)
    type_value(window, "5")
    assert window.status.message_label.text() == ""
    assert window.status.offer.isHidden()


def test_clearing_cells_says_how_many_and_offers_undo(window: MainWindow) -> None:
    before = window.document.shown.table
    put_cursor(window, cell_of(window, "indicators", "value", 1))
    press(window, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(window, Key.Key_Delete)
    assert window.status.message_label.text() == "已清除 2 格。"
    assert window.status.offer.text() == "撤销"
    window.status.offer.click()
    assert window.document.shown.table == before
