"""Selecting with keys and mouse, and what keys do in an editor, as Excel and WPS have it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from jixiao.app.editing import put_table
from jixiao.gui.page.block import band_end
from jixiao.gui.page.editors import LineEditor
from jixiao.gui.window import MainWindow
from jixiao.io.paper.edit.clipboard import Rect
from tests.gui.conftest import cell_of, focused, press, put_cursor, type_text
from tests.gui.pages import CTRL, LEFT, SHIFT, Key, at, middle, table

NONE = Qt.KeyboardModifier.NoModifier


def frame(window: MainWindow) -> Rect:
    rect = window.view.block.frame()
    assert rect is not None
    return rect


# Selecting


def test_ctrl_shift_down_and_up_extend_to_the_ends_of_the_band(window: MainWindow) -> None:
    cell = at(window, "value", 3)
    press(window, Key.Key_Down, CTRL | SHIFT)
    end = band_end(window.page.grid, cell.row)
    assert frame(window) == Rect(cell.row, cell.col, end, cell.right)
    assert window.view.current_cell() == cell
    press(window, Key.Key_Up, CTRL | SHIFT)
    at(window, "value", 3)
    press(window, Key.Key_Up, CTRL | SHIFT)
    first = cell_of(window, "indicators", "value", 0)
    assert frame(window) == Rect(first.row, cell.col, cell.bottom, cell.right)


@pytest.mark.parametrize(("key", "modifier"), [(Key.Key_Home, SHIFT), (Key.Key_Left, CTRL | SHIFT)])
def test_the_block_extends_to_the_beginning_of_its_row(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    cell = at(window, "value", 3)
    press(window, key, modifier)
    first = cell_of(window, "indicators", "level3", 3)
    assert frame(window) == Rect(cell.row, first.col, cell.bottom, cell.right)


@pytest.mark.parametrize(("key", "modifier"), [(Key.Key_End, SHIFT), (Key.Key_Right, CTRL | SHIFT)])
def test_the_block_extends_to_the_end_of_its_row(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    cell = at(window, "value", 3)
    press(window, key, modifier)
    last = window.page.grid.row_cells(cell.row)[-1]
    assert frame(window) == Rect(cell.row, cell.col, cell.bottom, last.right)


def test_ctrl_shift_home_and_end_extend_to_the_ends_of_the_page(window: MainWindow) -> None:
    cell = at(window, "value", 3)
    press(window, Key.Key_End, CTRL | SHIFT)
    assert frame(window).bottom == len(window.page.grid.rows)
    press(window, Key.Key_Home, CTRL | SHIFT)
    assert frame(window).top <= cell_of(window, "field", "project_name").row
    assert window.view.current_cell() == cell


def test_page_keys_go_and_extend_by_a_screen(window: MainWindow) -> None:
    window.commands.actions["zoom_100"].trigger()
    cell = cell_of(window, "field", "project_name")
    put_cursor(window, cell)
    press(window, Key.Key_PageDown)
    below = window.view.position()[0]
    assert below > cell.row + 5
    press(window, Key.Key_PageUp)
    assert window.view.position()[0] < below
    at(window, "value", 0)
    press(window, Key.Key_PageDown, SHIFT)
    assert frame(window).bottom > cell_of(window, "indicators", "value", 5).row
    assert window.view.current_cell() == cell_of(window, "indicators", "value", 0)


def test_ctrl_space_selects_the_column_of_the_list(window: MainWindow) -> None:
    cell = at(window, "unit", 3)
    press(window, Key.Key_Space, CTRL)
    assert not window.view.is_editing
    count = len(table(window).indicators)
    assert [c.text for c in window.view.selected_cells()] == [
        i.unit for i in table(window).indicators
    ]
    assert window.view.current_cell() == cell
    press(window, Key.Key_Delete)
    assert [i.unit for i in table(window).indicators] == [""] * count


def test_shift_space_on_a_header_selects_its_whole_row(window: MainWindow) -> None:
    cell = cell_of(window, "field", "project_name")
    put_cursor(window, cell)
    press(window, Key.Key_Space, SHIFT)
    assert window.view.selected_cells() == window.page.grid.row_cells(cell.row)


def test_ctrl_a_selects_the_page(window: MainWindow) -> None:
    at(window, "value", 0)
    press(window, Key.Key_A, CTRL)
    assert len(window.view.selected_cells()) == len(window.page.grid.cells)


def test_home_and_end_and_the_shifted_steps_back(window: MainWindow) -> None:
    at(window, "value", 3)
    press(window, Key.Key_End)
    cell = window.view.current_cell()
    assert cell == window.page.grid.row_cells(cell.row)[-1]
    press(window, Key.Key_Home)
    assert window.view.current_cell().col < cell.col
    at(window, "value", 3)
    press(window, Key.Key_Return, SHIFT)
    assert window.view.current_cell() == cell_of(window, "indicators", "value", 2)
    press(window, Key.Key_Tab, SHIFT)
    assert window.view.current_cell() == cell_of(window, "indicators", "level3", 2)


def test_the_keypad_enter_is_an_enter(window: MainWindow) -> None:
    at(window, "value", 0)
    type_text(window, "5")
    QTest.keyClick(focused(window), Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert table(window).indicators[0].value == "5"
    assert window.view.current_cell() == cell_of(window, "indicators", "value", 1)


def test_a_drag_beyond_the_window_scrolls_on_while_the_mouse_rests(window: MainWindow) -> None:
    window.commands.actions["zoom_100"].trigger()
    viewport = window.view.viewport()
    start = middle(window, at(window, "value", 0))
    bar = window.desk.verticalScrollBar()
    outside = viewport.mapFrom(window.desk, QPoint(start.x(), window.desk.height() + 40))
    QTest.mousePress(viewport, LEFT, NONE, start)
    QTest.mouseMove(viewport, outside)
    assert bar.value() < bar.maximum()
    QTest.qWait(1500)
    last = window.page.grid.cells[-1]
    assert viewport.visibleRegion().contains(middle(window, last))
    QTest.mouseRelease(viewport, LEFT, NONE, outside)
    selected = len(window.view.selected_cells())
    assert selected >= len(table(window).indicators)
    QTest.mouseMove(viewport, start)
    assert len(window.view.selected_cells()) == selected


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Insert, Key.Key_F4, Key.Key_F9])
def test_other_keys_neither_type_nor_move(window: MainWindow, key: Qt.Key) -> None:
    cell, before = at(window, "value", 0), table(window)
    press(window, key)
    press(window, key, CTRL)
    assert not window.view.is_editing
    assert window.view.current_cell() == cell
    assert table(window) == before


def test_keys_go_on_where_the_cursor_is_after_rows_came_and_went(window: MainWindow) -> None:
    last = len(table(window).indicators) - 1
    at(window, "value", last)
    press(window, Key.Key_D, CTRL | SHIFT)
    press(window, Key.Key_D, CTRL | SHIFT)
    at(window, "unit", last + 2)
    window.undo()
    window.undo()
    press(window, Key.Key_Space, CTRL)
    press(window, Key.Key_Down, CTRL | SHIFT)
    press(window, Key.Key_Up)
    assert window.view.position()[0] < len(window.page.grid.rows)
    assert window.view.current_cell().row == window.view.position()[0]
    cell = at(window, "value", 3)
    shown = window.document.shown
    rows = shown.table.indicators
    other = replace(shown.table, indicators=(rows[0], *rows))
    window.document.run(lambda session: put_table(session, shown.table_id, other, "别处加的一行"))
    window.document.reload()
    assert window.view.current_cell().text == cell.text
    press(window, Key.Key_Return)
    assert window.view.current_cell() == cell_of(window, "indicators", "value", 5)


# In an editor


def test_backspace_empties_the_cell_and_types_on(window: MainWindow) -> None:
    for column, typed in (("value", "9"), ("level3", "x")):
        old = getattr(table(window).indicators[0], column)
        at(window, column, 0)
        press(window, Key.Key_Backspace)
        editor = window.view.open_editor()
        assert editor is not None
        assert editor.texts() == [""]
        press(window, Key.Key_Escape)
        assert getattr(table(window).indicators[0], column) == old
        press(window, Key.Key_Backspace)
        type_text(window, typed)
        press(window, Key.Key_Return)
        assert getattr(table(window).indicators[0], column) == typed


@pytest.mark.parametrize("column", ["value", "level3"])
def test_after_f2_the_arrows_stay_in_the_text(window: MainWindow, column: str) -> None:
    cell = at(window, column, 1)
    press(window, Key.Key_F2)
    for key in (
        *(Key.Key_Down, Key.Key_Up, Key.Key_Left, Key.Key_Right, Key.Key_PageDown),
        *(Key.Key_PageUp, Key.Key_Home, Key.Key_End, Key.Key_Up, Key.Key_Up),
    ):
        press(window, key)
        assert window.view.is_editing
        assert window.view.current_cell() == cell


def test_up_and_down_go_to_the_ends_of_a_line(window: MainWindow) -> None:
    at(window, "value", 1)
    press(window, Key.Key_F2)
    editor = window.view.open_editor()
    assert isinstance(editor, LineEditor)
    press(window, Key.Key_Up)
    type_text(window, "1")
    press(window, Key.Key_Down)
    type_text(window, "2")
    press(window, Key.Key_Return)
    assert table(window).indicators[1].value == "11502"


def test_f2_and_a_click_turn_typing_into_editing(window: MainWindow) -> None:
    cell = at(window, "value", 0)
    type_text(window, "12")
    press(window, Key.Key_F2)
    press(window, Key.Key_Left)
    type_text(window, "0")
    assert window.view.current_cell() == cell
    press(window, Key.Key_F2)
    press(window, Key.Key_Right)
    assert table(window).indicators[0].value == "102"
    assert window.view.current_cell() == cell_of(window, "indicators", "unit", 0)
    at(window, "value", 1)
    type_text(window, "34")
    editor = window.view.open_editor()
    QTest.mouseClick(editor, LEFT, NONE, editor.rect().center())
    press(window, Key.Key_Left)
    assert window.view.is_editing


@pytest.mark.parametrize("column", ["value", "level3"])
def test_undo_and_redo_in_an_editor_are_for_the_typing(window: MainWindow, column: str) -> None:
    at(window, "value", 0)
    type_text(window, "7")
    press(window, Key.Key_Return)
    before, step = table(window), window.document.names.undo
    old = getattr(before.indicators[1], column)
    at(window, column, 1)
    type_text(window, "55")
    for _ in range(5):
        press(window, Key.Key_Z, CTRL)
        assert window.view.is_editing
        assert table(window) == before
        assert window.document.names.undo == step
    assert focused(window).undo is not None
    assert window.view.open_editor().texts() == [old]
    press(window, Key.Key_Y, CTRL)
    assert window.view.is_editing
    assert window.document.names.redo is None
    press(window, Key.Key_Escape)
    press(window, Key.Key_Z, CTRL)
    assert table(window).indicators[0].value != "7"


def test_what_is_typed_before_tab_back_is_kept(window: MainWindow) -> None:
    at(window, "unit", 0)
    type_text(window, "q")
    press(window, Key.Key_Tab, SHIFT)
    assert table(window).indicators[0].unit == "q"
    assert window.view.current_cell() == cell_of(window, "indicators", "value", 0)
