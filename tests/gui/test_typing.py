"""Typing into the page with real key events."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jixiao.gui.page.editors import LineEditor, PartsEditor, TextEditor
from jixiao.gui.page.moves import is_editable
from jixiao.gui.window import MainWindow
from tests.gui.conftest import cell_of, press, put_cursor, show, stored, type_text

Key = Qt.Key
NAME = "区二届人大六次会议"


def shown_text(window: MainWindow, target: str, name: str, row: int | None = None) -> str:
    cell = cell_of(window, target, name, row)
    return window.page.index_of(cell).data()


def test_typing_and_enter_store_the_value_and_go_down(window: MainWindow, book: Path) -> None:
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    type_text(window, "2077")
    press(window, Key.Key_Return)
    assert shown_text(window, "indicators", "value", 0) == "2077"
    assert window.view.current_cell() == cell_of(window, "indicators", "value", 1)
    assert not window.view.is_editing
    window.close()
    assert stored(book, NAME).indicators[0].value == "2077"


def test_typing_replaces_and_f2_keeps(window: MainWindow) -> None:
    cell = cell_of(window, "indicators", "value", 0)
    put_cursor(window, cell)
    before = shown_text(window, "indicators", "value", 0)
    press(window, Key.Key_F2)
    type_text(window, "9")
    press(window, Key.Key_Return)
    assert shown_text(window, "indicators", "value", 0) == before + "9"


def test_escape_leaves_the_cell_as_it_was(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    before = shown_text(window, "indicators", "value", 0)
    type_text(window, "5")
    press(window, Key.Key_Escape)
    assert shown_text(window, "indicators", "value", 0) == before
    assert window.document.names.undo is None or "修改" not in window.document.names.undo


def test_ctrl_s_keeps_what_is_being_typed(window: MainWindow, book: Path) -> None:
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    type_text(window, "31")
    press(window, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not window.view.is_editing
    assert "已保存" in window.status.message_label.text()
    window.worker.wait()
    assert window.document.shown.table.indicators[0].value == "31"
    window.close()
    assert stored(book, NAME).indicators[0].value == "31"


def test_tab_visits_every_cell_to_type_in_and_no_label(window: MainWindow) -> None:
    cells = [cell for cell in window.page.grid.cells if is_editable(cell)]
    window.view.select(cells[0])
    visited = [cells[0]]
    for _ in cells[1:]:
        press(window, Key.Key_Tab)
        visited.append(window.view.current_cell())
    assert visited == cells
    for cell in reversed(cells[:-1]):
        press(window, Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        assert window.view.current_cell() == cell


def test_enter_after_tabs_goes_to_the_column_where_they_began(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    type_text(window, "1")
    press(window, Key.Key_Tab)
    press(window, Key.Key_Tab)
    press(window, Key.Key_Return)
    assert window.view.current_cell() == cell_of(window, "indicators", "value", 1)


def test_arrows_skip_covered_cells_and_keep_their_row(window: MainWindow) -> None:
    level = cell_of(window, "indicators", "level2", 2)
    assert level.rowspan > 2
    put_cursor(window, cell_of(window, "indicators", "level3", 2))
    press(window, Key.Key_Left)
    assert window.view.current_cell() == level
    press(window, Key.Key_Right)
    assert window.view.current_cell() == cell_of(window, "indicators", "level3", 2)


def test_arrow_ends_what_was_typed_but_moves_the_cursor_after_f2(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    type_text(window, "8")
    press(window, Key.Key_Down)
    assert shown_text(window, "indicators", "value", 0) == "8"
    assert window.view.current_cell() == cell_of(window, "indicators", "value", 1)
    press(window, Key.Key_F2)
    press(window, Key.Key_Left)
    assert window.view.is_editing


def test_delete_clears_all_selected_cells_in_one_step(window: MainWindow) -> None:
    rows = len(window.page.grid.rows)
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    press(window, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(window, Key.Key_Delete)
    values = [i.value for i in window.document.shown.table.indicators[:3]]
    assert values[:2] == ["", ""]
    assert values[2]
    assert len(window.page.grid.rows) == rows
    window.undo()
    assert all(i.value for i in window.document.shown.table.indicators[:3])


def test_labels_are_selected_but_not_edited(window: MainWindow) -> None:
    label = next(c for c in window.page.grid.cells if c.text == "项目名称")
    put_cursor(window, label)
    type_text(window, "x")
    press(window, Key.Key_F2)
    assert not window.view.is_editing
    press(window, Key.Key_Delete)
    assert window.page.index_of(label).data() == "项目名称"


def test_long_text_has_a_roomy_editor_that_grows(window: MainWindow) -> None:
    cell = cell_of(window, "field", "annual_goal")
    put_cursor(window, cell)
    press(window, Key.Key_F2)
    editor = window.view.open_editor()
    assert isinstance(editor, TextEditor)
    before = editor.height()
    for _ in range(12):
        press(window, Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    QApplication.processEvents()
    assert editor.height() > before
    type_text(window, "end")
    press(window, Key.Key_Return)
    assert window.document.shown.table.fields["annual_goal"].endswith("\nend")


@pytest.mark.parametrize("length", [5, 60, 200])
def test_a_roomy_editor_shows_all_of_its_text(window: MainWindow, length: int) -> None:
    put_cursor(window, cell_of(window, "indicators", "level3", 0))
    type_text(window, "8")
    press(window, Key.Key_Return)
    press(window, Key.Key_Up)
    press(window, Key.Key_F2)
    editor = window.view.open_editor()
    assert isinstance(editor, TextEditor)
    editor.insert("宽" * length)
    QApplication.processEvents()
    assert editor.verticalScrollBar().value() == 0
    assert editor.verticalScrollBar().maximum() == 0
    assert window.view.rect().contains(editor.geometry())


def test_a_long_text_is_seen_from_its_beginning_when_it_is_edited(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "field", "annual_goal"))
    press(window, Key.Key_F2)
    editor = window.view.open_editor()
    QApplication.processEvents()
    assert editor.firstVisibleBlock().blockNumber() == 0
    assert editor.verticalScrollBar().value() == 0
    assert editor.verticalScrollBar().maximum() == 0


def test_alt_enter_makes_a_line_editor_roomy(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    type_text(window, "12")
    assert isinstance(window.view.open_editor(), LineEditor)
    press(window, Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert isinstance(window.view.open_editor(), TextEditor)
    type_text(window, "34")
    press(window, Key.Key_Return)
    assert window.document.shown.table.indicators[0].value == "12\n34"


def test_a_cell_of_words_and_parts_is_edited_part_by_part(window: MainWindow) -> None:
    show(window, "株洲市石峰区人民代表大会常务委员会")
    cell = next(c for c in window.page.grid.cells if "填表人" in c.text)
    put_cursor(window, cell)
    type_text(window, "Li")
    assert isinstance(window.view.open_editor(), PartsEditor)
    press(window, Key.Key_Tab)
    assert window.view.is_editing
    type_text(window, "123")
    press(window, Key.Key_Tab)
    assert not window.view.is_editing
    fields = window.document.shown.table.fields
    assert (fields["填表人"], fields["联系电话"]) == ("Li", "123")
    now = window.page.grid.at(cell.row, cell.col)
    assert now.text.startswith("填表人：Li")
    assert now.text.endswith("123")


def test_double_click_opens_the_part_under_the_mouse(window: MainWindow) -> None:
    show(window, "株洲市石峰区人民代表大会常务委员会")
    cell = next(c for c in window.page.grid.cells if "填表人" in c.text)
    put_cursor(window, cell)
    rect = window.view.geometry_of_page.rect(cell)
    QTest.mouseDClick(
        window.view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(rect.right() - 20, rect.center().y()),
    )
    editor = window.view.open_editor()
    assert isinstance(editor, PartsEditor)
    assert editor.current() is editor.fields[1]


def test_a_text_that_cannot_be_taken_is_told_with_what_was_typed(window: MainWindow) -> None:
    show(window, "区人民代表大会会议经费")
    year = next(c for c, part in window.page.grid.bound() if part.binding.name == "year")
    put_cursor(window, year)
    before = window.document.shown.table.year
    type_text(window, "20x")
    press(window, Key.Key_Return)
    assert "四位数字" in window.status.message_label.text()
    assert "20x" in window.status.message_label.text()
    assert window.document.shown.table.year == before


@pytest.mark.parametrize("preedit", ["", "ni"])
def test_input_method_text_replaces_the_cell(window: MainWindow, preedit: str) -> None:
    put_cursor(window, cell_of(window, "indicators", "unit", 0))
    if preedit:
        QApplication.sendEvent(window.view, QInputMethodEvent(preedit, []))
        editor = window.view.open_editor()
        assert editor is not None
        target = editor
    else:
        target = window.view
    event = QInputMethodEvent("", [])
    event.setCommitString("你")
    QApplication.sendEvent(target, event)
    assert window.view.open_editor() is not None
    press(window, Key.Key_Return)
    assert window.document.shown.table.indicators[0].unit == "你"


def test_input_method_on_a_label_does_nothing(window: MainWindow) -> None:
    put_cursor(window, next(c for c in window.page.grid.cells if c.text == "项目名称"))
    event = QInputMethodEvent("", [])
    event.setCommitString("你")
    QApplication.sendEvent(window.view, event)
    assert not window.view.is_editing
