"""Keys and mouse on the page: moving, selecting, zoom and widths."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jixiao.gui.page.block import band_end, block, own_cells
from jixiao.gui.window import MainWindow
from jixiao.io.paper.edit.clipboard import Rect
from tests.gui.conftest import cell_of, press, put_cursor, show, type_text
from tests.gui.pages import (
    CTRL,
    LEFT,
    NAME,
    SHIFT,
    Key,
    at,
    drag,
    middle,
    names,
    selected_texts,
    table,
)


def last_row(window: MainWindow) -> int:
    """The last indicator on the page."""
    return table(window).indicators.index(
        next(i for i in table(window).indicators if i.level3 == names(window)[-1])
    )


def test_enter_in_the_last_row_of_a_band_adds_a_row_below(window: MainWindow) -> None:
    before, last = names(window), last_row(window)
    level2 = table(window).indicators[last].level2
    at(window, "value", last)
    type_text(window, "95")
    press(window, Key.Key_Return)
    assert names(window) == [*before, ""]
    cell = window.view.current_cell()
    assert cell.bindings[0].name == "value"
    assert cell.bindings[0].rows == (last + 1,)
    type_text(window, "7")
    press(window, Key.Key_Return, SHIFT)
    assert table(window).indicators[-1].value == "7"
    assert table(window).indicators[-1].level2 == level2
    assert window.view.current_cell() == cell_of(window, "indicators", "value", last)


def test_enter_elsewhere_adds_no_row(window: MainWindow) -> None:
    before = names(window)
    at(window, "value", 0)
    for _ in range(3):
        press(window, Key.Key_Return)
    assert names(window) == before


def test_tab_in_the_last_cell_of_a_band_adds_a_row_and_goes_to_its_first_cell(
    window: MainWindow,
) -> None:
    before, last = names(window), last_row(window)
    cell = at(window, "value", last)
    row = own_cells(window.page.grid, cell.row)
    put_cursor(window, row[-1])
    press(window, Key.Key_Tab)
    assert names(window) == [*before, ""]
    assert window.view.current_cell() == cell_of(window, "indicators", "level3", last + 1)
    type_text(window, "new")
    press(window, Key.Key_Tab)
    assert names(window) == [*before, "new"]


def test_a_row_that_came_by_itself_goes_when_it_is_left_empty(
    window: MainWindow, book: Path
) -> None:
    before, undo = names(window), window.document.names.undo
    at(window, "value", last_row(window))
    press(window, Key.Key_Return)
    assert names(window) == [*before, ""]
    press(window, Key.Key_Return)  # an empty row grows no other
    QApplication.processEvents()
    assert len(names(window)) == len(before) + 1
    press(window, Key.Key_Up)
    QApplication.processEvents()
    assert names(window) == before
    assert window.document.names.undo == undo


def test_undo_takes_only_the_row_that_came_by_itself(window: MainWindow) -> None:
    at(window, "value", 0)
    type_text(window, "3")
    press(window, Key.Key_Return)
    before = names(window)
    at(window, "value", last_row(window))
    press(window, Key.Key_Return)
    window.undo()
    assert names(window) == before
    assert table(window).indicators[0].value == "3"
    window.undo()
    assert table(window).indicators[0].value != "3"


def test_row_and_first_text_are_one_step(window: MainWindow) -> None:
    before = names(window)
    at(window, "level3", last_row(window))
    press(window, Key.Key_Return)
    type_text(window, "new")
    press(window, Key.Key_Tab)
    assert names(window) == [*before, "new"]
    window.undo()
    assert names(window) == before


def test_ctrl_enter_adds_a_row_at_the_end_of_the_category(window: MainWindow) -> None:
    first = table(window).indicators[0]
    own = [i.level3 for i in table(window).indicators if i.level2 == first.level2]
    at(window, "value", 0)
    type_text(window, "8")
    press(window, Key.Key_Return, CTRL)
    assert table(window).indicators[0].value == "8"
    cell = window.view.current_cell()
    assert cell.bindings[0].rows == (len(own),)
    assert table(window).indicators[len(own)].level2 == first.level2
    press(window, Key.Key_Return, CTRL)
    assert table(window).indicators[len(own) + 1].level3 == ""


def test_ctrl_home_end_and_ctrl_arrows(window: MainWindow) -> None:
    at(window, "value", 3)
    press(window, Key.Key_Home, CTRL)
    editable = [c for c in window.page.grid.cells if not c.is_label]
    assert window.view.current_cell() == editable[0]
    press(window, Key.Key_End, CTRL)
    assert window.view.current_cell() == editable[-1]
    at(window, "value", 3)
    press(window, Key.Key_Down, CTRL)
    here = window.view.current_cell()
    assert here.bindings[0].name == "value"
    assert band_end(window.page.grid, here.row) == here.row + 1


def test_shift_arrows_select_a_block_that_cuts_no_merged_cell(window: MainWindow) -> None:
    at(window, "level3", 0)
    press(window, Key.Key_Down, SHIFT)
    press(window, Key.Key_Right, SHIFT)
    assert selected_texts(window) == [
        text for i in table(window).indicators[:2] for text in (i.level3, i.value)
    ]
    press(window, Key.Key_Left, SHIFT)
    press(window, Key.Key_Left, SHIFT)
    level = cell_of(window, "indicators", "level2", 0)
    rect = window.view.block.frame()
    assert rect == Rect(level.row, level.col, level.bottom, rect.right)
    assert window.view.current_cell() == cell_of(window, "indicators", "level3", 0)
    press(window, Key.Key_Right, SHIFT)
    assert len(window.view.selected_cells()) == 2


def test_blocks_grow_until_no_merged_cell_is_cut(window: MainWindow) -> None:
    grid = window.page.grid
    for cell in grid.cells:
        rect = block(grid, (cell.row, cell.col), (len(grid.rows) - 1, cell.col))
        for row in range(rect.top, rect.bottom):
            for other in grid.row_cells(row):
                if other.col < rect.right and other.right > rect.left:
                    assert rect.top <= other.row
                    assert other.bottom <= rect.bottom
                    assert rect.left <= other.col
                    assert other.right <= rect.right


def test_dragging_the_mouse_selects_a_block(window: MainWindow) -> None:
    first = cell_of(window, "indicators", "value", 1)
    last = cell_of(window, "indicators", "unit", 3)
    drag(window.view.viewport(), middle(window, first), middle(window, last))
    assert window.view.current_cell() == first
    assert window.view.block.frame() == Rect(first.row, first.col, last.bottom, last.right)
    far = cell_of(window, "indicators", "unit", 4)
    QTest.mouseClick(window.view.viewport(), LEFT, SHIFT, middle(window, far))
    assert window.view.block.frame() == Rect(first.row, first.col, far.bottom, far.right)


def test_ctrl_click_selects_single_cells(window: MainWindow) -> None:
    one = at(window, "value", 0)
    other = cell_of(window, "indicators", "unit", 2)
    QTest.mouseClick(window.view.viewport(), LEFT, CTRL, middle(window, other))
    assert window.view.selected_cells() == [one, other]


def test_shift_space_selects_the_row_without_the_levels(window: MainWindow) -> None:
    at(window, "value", 2)
    press(window, Key.Key_Space, SHIFT)
    assert window.view.block.rows_are_whole()
    assert all(cell.rowspan == 1 for cell in window.view.selected_cells())
    assert table(window).indicators[2].level3 in selected_texts(window)
    assert window.view.block.block().left < cell_of(window, "indicators", "level3", 2).col


def test_enter_and_tab_go_round_in_a_block(window: MainWindow) -> None:
    at(window, "value", 0)
    press(window, Key.Key_Down, SHIFT)
    press(window, Key.Key_Right, SHIFT)
    order = []
    for text in "1234":
        type_text(window, text)
        order.append(window.view.current_cell().bindings[0])
        press(window, Key.Key_Tab)
    assert [(b.name, b.rows) for b in order] == [
        ("value", (0,)),
        ("unit", (0,)),
        ("value", (1,)),
        ("unit", (1,)),
    ]
    assert window.view.current_cell() == cell_of(window, "indicators", "value", 0)
    press(window, Key.Key_Return)
    assert window.view.current_cell() == cell_of(window, "indicators", "value", 1)


def test_the_status_bar_counts_and_adds_what_is_selected(window: MainWindow) -> None:
    at(window, "value", 0)
    assert not window.status.selection.isVisible()
    press(window, Key.Key_Down, SHIFT)
    window.page_look.show_selection()
    total = sum(int(i.value) for i in table(window).indicators[:2])
    assert window.status.selection.text() == f"选中 2 格　数值 2　求和 {total}"
    press(window, Key.Key_Right)
    window.page_look.show_selection()
    assert window.status.selection.text() == ""


def test_labels_are_selected_and_copied_but_not_edited(window: MainWindow) -> None:
    label = next(c for c in window.page.grid.cells if c.text == "项目名称")
    put_cursor(window, label)
    press(window, Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "项目名称"
    type_text(window, "x")
    assert not window.view.is_editing
    assert window.view.current_cell() == label
    assert "不能修改" in window.status.message_label.text()


def test_a_locked_table_says_why_it_cannot_be_changed(window: MainWindow) -> None:
    before = table(window)
    window.tree_actions.states.set_reported()
    at(window, "value", 0)
    for key, modifier in (
        (Key.Key_7, Qt.KeyboardModifier.NoModifier),
        (Key.Key_F2, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Key.Key_V, CTRL),
        (Key.Key_Return, CTRL),
        (Key.Key_Delete, CTRL),
        (Key.Key_Down, Qt.KeyboardModifier.AltModifier),
        (Key.Key_Down, Qt.KeyboardModifier.AltModifier | SHIFT),
    ):
        window.status.tell("")
        press(window, key, modifier)
        assert "已报" in window.status.message_label.text(), key
        assert not window.view.is_editing
    assert table(window) == before
    last = last_row(window)
    at(window, "value", last)
    press(window, Key.Key_Return)
    assert table(window) == before


# Zoom and widths


def wheel(window: MainWindow) -> None:
    """One step of the wheel with Ctrl."""
    point = QPointF(20, 20)
    event = QWheelEvent(
        point,
        window.view.mapToGlobal(point),
        QPoint(),
        QPoint(0, 120),
        LEFT & ~LEFT,
        CTRL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(window.view.viewport(), event)


def test_ctrl_wheel_and_ctrl_0_zoom(window: MainWindow) -> None:
    window.commands.actions["zoom_100"].trigger()
    wheel(window)
    assert window.view.zoom == pytest.approx(1.1)
    press(window, Key.Key_0, CTRL)
    assert window.view.zoom == 1.0
    press(window, Key.Key_9, CTRL)
    assert window.desk.fits


def test_zoom_and_last_table_are_remembered(window: MainWindow, open_window, book: Path) -> None:
    window.commands.actions["zoom_100"].trigger()
    wheel(window)
    show(window, "株洲市石峰区人民代表大会常务委员会")
    window.commands.actions["zoom_100"].trigger()
    show(window, "人大代表履职能力提升")  # of the first form
    assert window.view.zoom == pytest.approx(1.1)
    window.close()
    again = open_window(book)
    assert again.document.shown.table.name == "人大代表履职能力提升"
    assert again.view.zoom == pytest.approx(1.1)
    assert not again.desk.fits


def header(window: MainWindow):
    return next(c for c in window.page.grid.cells if c.text.replace("\n", "") == "三级指标")


def test_a_dragged_border_makes_a_column_wider_and_stays_so(
    window: MainWindow, open_window, book: Path
) -> None:
    cell = header(window)
    rect = window.view.geometry_of_page.rect(cell)
    edge = QPoint(rect.right() + 1, rect.center().y())
    before = window.view.geometry_of_page.widths[cell.col : cell.right]
    drag(window.view.viewport(), edge, edge + QPoint(40, 0))
    after = window.view.geometry_of_page.widths[cell.col : cell.right]
    columns = window.view.geometry_of_page.columns
    assert sum(after) == pytest.approx(sum(before) + 40, abs=2)
    show(window, "人大代表履职能力提升")
    assert window.view.geometry_of_page.columns == columns
    assert window.page.grid.columns != columns
    window.close()
    again = open_window(book)
    show(again, NAME)
    assert again.view.geometry_of_page.columns == columns
    again.commands.actions["widths_reset"].trigger()
    assert again.view.geometry_of_page.columns == again.page.grid.columns


def test_a_double_click_on_a_border_fits_the_column(window: MainWindow) -> None:
    cell = header(window)
    rect = window.view.geometry_of_page.rect(cell)
    edge = QPoint(rect.right() + 1, rect.center().y())
    QTest.mouseDClick(window.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, edge)
    assert not window.view.is_editing
    lines = window.view.geometry_of_page.layout.lines
    own = [c for c in window.page.grid.cells if c.col == cell.col and c.colspan == 1 and c.text]
    column = cell.right - 1
    if cell.colspan == 1:
        assert all(len(lines[c.row, c.col]) == 1 for c in own)
    assert window.view.geometry_of_page.columns[column] != window.page.grid.columns[column]


def test_all_columns_fit_and_stay_after_an_edit(window: MainWindow) -> None:
    window.commands.actions["widths_fit"].trigger()
    columns = window.view.geometry_of_page.columns
    assert columns != window.page.grid.columns
    lines = window.view.geometry_of_page.layout.lines
    for cell in window.page.grid.cells:
        if cell.colspan == 1 and 0 < len(cell.text) < 15 and "\n" not in cell.text:
            assert len(lines[cell.row, cell.col]) == 1, cell.text
    at(window, "value", 0)
    type_text(window, "5")
    press(window, Key.Key_Return)
    window.undo()
    assert window.view.geometry_of_page.columns == columns
    window.commands.actions["widths_reset"].trigger()
    assert window.view.geometry_of_page.columns == window.page.grid.columns


def test_whole_rows_of_a_block_with_labels_are_those_of_lists(window: MainWindow) -> None:
    at(window, "value", 0)
    press(window, Key.Key_A, CTRL)
    press(window, Key.Key_Space, SHIFT)
    assert window.view.block.rows_are_whole()
    assert len(window.view.block.rows()) == len(table(window).indicators)
    put_cursor(window, next(c for c in window.page.grid.cells if c.text == "项目名称"))
    press(window, Key.Key_Space, SHIFT)
    assert not window.view.block.rows_are_whole()


def test_enter_after_a_click_goes_down_from_the_clicked_cell(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "indicators", "level1", 0))
    press(window, Key.Key_Tab)
    press(window, Key.Key_Tab)
    at(window, "value", 0)
    type_text(window, "210")
    press(window, Key.Key_Return)
    assert window.view.current_cell() == cell_of(window, "indicators", "value", 1)


def test_enter_after_a_click_in_the_same_cell_stays_in_its_column(window: MainWindow) -> None:
    at(window, "value", 0)
    press(window, Key.Key_Tab)
    put_cursor(window, cell_of(window, "indicators", "unit", 0))
    press(window, Key.Key_Return)
    assert window.view.current_cell() == cell_of(window, "indicators", "unit", 1)


def test_enter_goes_on_where_only_labels_stand_below(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "field", "agency"))
    press(window, Key.Key_Return)
    assert window.view.current_cell() == cell_of(window, "field", "project_name")
    label = window.page.grid.at(window.view.currentIndex().row(), 0)
    assert label is not None
    window.view.select(label)
    press(window, Key.Key_Return)
    assert window.view.current_cell() == cell_of(window, "field", "project_amount")
    press(window, Key.Key_Return, SHIFT)
    assert window.view.current_cell() == cell_of(window, "field", "project_name")


def test_enter_after_tabs_goes_back_to_where_they_began(window: MainWindow) -> None:
    at(window, "value", 0)
    type_text(window, "1")
    press(window, Key.Key_Tab)
    type_text(window, "x")
    press(window, Key.Key_Tab)
    press(window, Key.Key_Return)
    assert window.view.current_cell() == cell_of(window, "indicators", "value", 1)


@pytest.mark.parametrize("held", [True, False])
def test_tab_through_a_page_leaves_no_empty_rows(window: MainWindow, held: bool) -> None:
    before = table(window)
    window.view.select_first()
    for _ in range(len(window.page.grid.cells) + 40):
        press(window, Key.Key_Tab)
        if not held:
            QApplication.processEvents()
        assert len(table(window).indicators) <= len(before.indicators) + 1
    window.view.select_first()
    QApplication.processEvents()
    assert table(window) == before
