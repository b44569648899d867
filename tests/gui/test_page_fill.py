"""The fill handle: dragged down, up, right, over merged cells, and double clicked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jixiao.gui.page.block import band_end
from jixiao.gui.window import MainWindow
from tests.gui.conftest import cell_of, press, put_cursor, show, type_text
from tests.gui.pages import CTRL, LEFT, SHIFT, Key, at, drag, middle, new_table, table

NONE = Qt.KeyboardModifier.NoModifier


def pull(window: MainWindow, end: QPoint, *, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Drag the handle to a point of the page."""
    handle = window.page_clipboard.handle
    assert handle.isVisible()
    middle_of_handle = handle.rect().center()
    QTest.mousePress(handle, LEFT, modifier, middle_of_handle)
    QTest.mouseMove(handle, handle.mapFrom(window.view.viewport(), end))
    QApplication.processEvents()
    QTest.mouseRelease(handle, LEFT, modifier, handle.mapFrom(window.view.viewport(), end))


def texts(window: MainWindow, name: str, count: int) -> list[str]:
    return [getattr(i, name) for i in table(window).indicators[:count]]


def fill_in(window: MainWindow, name: str, typed: list[str]) -> None:
    """Type texts down a column, and select them."""
    at(window, name, 0)
    for text in typed:
        type_text(window, text)
        press(window, Key.Key_Return)
    at(window, name, 0)
    for _ in typed[1:]:
        press(window, Key.Key_Down, SHIFT)


@pytest.mark.parametrize(
    ("typed", "modifier", "filled"),
    [
        (["7"], NONE, ["7", "7", "7", "7", "7"]),
        (["7"], CTRL, ["7", "8", "9", "10", "11"]),
        (["a", "b"], NONE, ["a", "b", "a", "b", "a"]),
        (["1", "2"], NONE, ["1", "2", "3", "4", "5"]),
        (["1", "2"], CTRL, ["1", "2", "1", "2", "1"]),
        (["1.50", "1.25"], NONE, ["1.50", "1.25", "1.00", "0.75", "0.50"]),
        (["1", "2", "4"], NONE, ["1", "2", "4", "1", "2"]),
        (["001", "002"], NONE, ["001", "002", "001", "002", "001"]),
    ],
)
def test_down(
    window: MainWindow, typed: list[str], modifier: Qt.KeyboardModifier, filled: list[str]
) -> None:
    fill_in(window, "value", typed)
    before = table(window)
    pull(window, middle(window, cell_of(window, "indicators", "value", 4)), modifier=modifier)
    assert texts(window, "value", 5) == filled
    assert table(window).indicators[5:] == before.indicators[5:]
    assert len(window.view.selected_cells()) == 5
    assert "填充" in window.document.names.undo
    window.undo()
    assert table(window) == before


def test_up_goes_backwards(window: MainWindow) -> None:
    fill_in(window, "value", ["1", "2", "5", "7"])
    at(window, "value", 2)
    press(window, Key.Key_Down, SHIFT)
    pull(window, middle(window, cell_of(window, "indicators", "value", 0)))
    assert texts(window, "value", 4) == ["1", "3", "5", "7"]


def test_right_and_left(window: MainWindow) -> None:
    at(window, "value", 1)
    type_text(window, "8")
    press(window, Key.Key_Tab)
    press(window, Key.Key_Backtab, SHIFT)
    pull(window, middle(window, cell_of(window, "indicators", "unit", 1)))
    assert table(window).indicators[1].unit == "8"
    at(window, "unit", 1)
    pull(window, middle(window, cell_of(window, "indicators", "level3", 1)))
    assert table(window).indicators[1].level3 == "8"


def test_several_columns_at_once(window: MainWindow) -> None:
    at(window, "value", 0)
    press(window, Key.Key_Right, SHIFT)
    first = table(window).indicators[0]
    pull(window, middle(window, cell_of(window, "indicators", "unit", 2)))
    for row in table(window).indicators[:3]:
        assert (row.value, row.unit) == (first.value, first.unit)


def test_it_stops_at_the_end_of_the_list(window: MainWindow) -> None:
    cell = at(window, "unit", 0)
    rows = len(table(window).indicators)
    pull(window, QPoint(middle(window, cell).x(), window.view.height() - 2))
    assert len(table(window).indicators) == rows
    assert set(texts(window, "unit", rows)) == {table(window).indicators[0].unit}


def test_a_double_click_fills_to_the_end_of_the_list(window: MainWindow) -> None:
    at(window, "unit", 2)
    before = table(window)
    handle = window.page_clipboard.handle
    QTest.mouseDClick(handle, LEFT, NONE, handle.rect().center())
    units = [i.unit for i in table(window).indicators]
    assert units[:2] == [i.unit for i in before.indicators[:2]]
    assert set(units[2:]) == {before.indicators[2].unit}
    window.undo()
    assert table(window) == before


def test_a_double_click_begins_no_row_that_waits_to_be_filled(window: MainWindow) -> None:
    show(window, "区人民代表大会会议经费")
    new_table(window, table(window).form)
    cell = next(c for c, p in window.page.grid.bound() if p.binding.name == "level3")
    put_cursor(window, cell)
    type_text(window, "x")
    press(window, Key.Key_Return)
    assert len(table(window).empty_levels) > 2
    at(window, "level3", 0)
    handle = window.page_clipboard.handle
    QTest.mouseDClick(handle, LEFT, NONE, handle.rect().center())
    assert len(table(window).indicators) == 1
    assert "没有可以填充" in window.status.message_label.text()
    pull(window, middle(window, window.page.grid.at(cell.bottom, cell.col)))
    assert [i.level3 for i in table(window).indicators] == ["x", "x"]


@pytest.mark.parametrize("name", ["level1", "level2"])
@pytest.mark.parametrize("far", [0, 3, 9, 30])
def test_merged_level_cells_never_fail(window: MainWindow, name: str, far: int) -> None:
    cell = cell_of(window, "indicators", name, 0)
    put_cursor(window, cell)
    geometry = window.view.geometry_of_page
    row = min(cell.bottom + far, band_end(window.page.grid, cell.row) - 1)
    pull(window, QPoint(middle(window, cell).x(), geometry.ys[row] + 3))
    spans = {
        (c.row, c.col): (c.rowspan, c.colspan) for c in window.page.grid.cells if c.rowspan > 1
    }
    for (at_row, col), span in spans.items():
        assert (window.view.rowSpan(at_row, col), window.view.columnSpan(at_row, col)) == span
    levels = {getattr(i, name) for i in table(window).indicators}
    assert cell.text in levels
    if far == 30:
        assert levels == {cell.text}


def test_a_block_of_levels_and_values(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "indicators", "level2", 0))
    press(window, Key.Key_Right, SHIFT)
    press(window, Key.Key_Right, SHIFT)
    end = cell_of(window, "indicators", "value", 8)
    before = table(window)
    pull(window, middle(window, end))
    rows = table(window).indicators
    assert rows[6].level3 == before.indicators[0].level3
    assert rows[6].level2 == before.indicators[0].level2
    window.undo()
    assert table(window) == before


def test_escape_lets_go(window: MainWindow) -> None:
    at(window, "value", 0)
    before = table(window)
    handle = window.page_clipboard.handle
    end = handle.mapFrom(window.view.viewport(), QPoint(300, window.view.height() // 2))
    QTest.mousePress(handle, LEFT, NONE, handle.rect().center())
    QTest.mouseMove(handle, end)
    assert handle.target is not None
    press(window, Key.Key_Escape)
    QTest.mouseRelease(handle, LEFT, NONE, end)
    assert table(window) == before


def test_it_stands_at_the_corner_and_goes_when_it_is_of_no_use(window: MainWindow) -> None:
    cell = at(window, "value", 0)
    handle = window.page_clipboard.handle
    corner = window.view.geometry_of_page.rect(cell).bottomRight()
    assert (handle.geometry().center() - corner).manhattanLength() < 6
    type_text(window, "1")
    assert not handle.isVisible()
    press(window, Key.Key_Escape)
    assert handle.isVisible()
    put_cursor(window, next(c for c in window.page.grid.cells if c.text == "项目名称"))
    assert not handle.isVisible()
    at(window, "value", 1)
    window.tree_actions.states.set_reported()
    at(window, "value", 0)
    assert not handle.isVisible()
    window.tree_actions.states.take_back()
    QApplication.processEvents()
    assert handle.isVisible()


def test_dragging_in_the_cell_beside_the_handle_still_selects(window: MainWindow) -> None:
    first = at(window, "value", 0)
    last = cell_of(window, "indicators", "value", 2)
    drag(window.view.viewport(), middle(window, first), middle(window, last))
    assert len(window.view.selected_cells()) == 3


@pytest.mark.parametrize("column", ["unit", "level3"])
def test_ctrl_enter_puts_what_is_typed_into_every_selected_cell(
    window: MainWindow, column: str
) -> None:
    before = table(window)
    cell = at(window, column, 0)
    for _ in range(3):
        press(window, Key.Key_Down, SHIFT)
    type_text(window, "qq")
    press(window, Key.Key_Return, CTRL)
    assert not window.view.is_editing
    assert texts(window, column, 4) == ["qq"] * 4
    assert len(table(window).indicators) == len(before.indicators)
    assert len(window.view.selected_cells()) == 4
    assert window.view.current_cell().row == cell.row
    window.undo()
    assert table(window) == before
