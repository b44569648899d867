"""Rows by key, by handle and by menu."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jixiao.gui.page.block import own_binding, placeholders
from jixiao.gui.window import MainWindow
from jixiao.io.paper.form.categories import category_key
from tests.gui.conftest import cell_of, focused, press, put_cursor, show, stored, type_text
from tests.gui.pages import ALT, CTRL, LEFT, NAME, SHIFT, Key, at, drag, names, new_table, table

NONE = Qt.KeyboardModifier.NoModifier


def levels(window: MainWindow, name: str) -> tuple[str, str]:
    row = next(i for i in table(window).indicators if i.level3 == name)
    return category_key(row.level1, row.level2)


def page_row(window: MainWindow, index: int) -> int:
    return cell_of(window, "indicators", "level3", index).row


def spans_are_right(window: MainWindow) -> bool:
    view, grid = window.view, window.page.grid
    return all(
        (view.rowSpan(c.row, c.col), view.columnSpan(c.row, c.col)) == (c.rowspan, c.colspan)
        for c in grid.cells
    )


def test_insert_above_and_below(window: MainWindow) -> None:
    before = names(window)
    at(window, "value", 1)
    press(window, Key.Key_Return, CTRL | SHIFT)
    assert names(window) == [before[0], "", *before[1:]]
    assert window.view.current_cell() == cell_of(window, "indicators", "level3", 1)
    type_text(window, "new")
    press(window, Key.Key_Return, CTRL | ALT)  # what is typed is handed in first
    assert names(window)[:3] == [before[0], "new", ""]
    assert table(window).indicators[2].level2 == table(window).indicators[1].level2
    assert spans_are_right(window)


def test_duplicate_and_delete_several_rows(window: MainWindow) -> None:
    before = names(window)
    at(window, "value", 0)
    press(window, Key.Key_Down, SHIFT)
    press(window, Key.Key_D, CTRL | SHIFT)
    assert names(window) == [*before[:2], *before[:2], *before[2:]]
    assert window.view.block.rows_are_whole()
    assert window.view.block.rows() == [page_row(window, 2), page_row(window, 3)]
    press(window, Key.Key_Delete, CTRL)
    assert names(window) == before
    assert "删除 2 行" in window.document.names.undo
    at(window, "value", 0)
    press(window, Key.Key_Delete, CTRL)
    assert names(window) == before[1:]
    assert window.view.current_cell() == cell_of(window, "indicators", "value", 0)
    window.status.offer.click()
    assert names(window) == before
    assert spans_are_right(window)


def test_rows_move_within_a_category_and_over_its_border(window: MainWindow, book: Path) -> None:
    before = names(window)
    own = [i for i in table(window).indicators if i.level2 == table(window).indicators[0].level2]
    at(window, "value", 0)
    press(window, Key.Key_Down, ALT | SHIFT)
    assert names(window)[:2] == [before[1], before[0]]
    assert window.view.current_cell() == cell_of(window, "indicators", "value", 1)
    for _ in range(len(own) - 1):
        press(window, Key.Key_Down, ALT | SHIFT)
    moved = next(i for i in table(window).indicators if i.level3 == before[0])
    assert moved.level2 != own[0].level2
    assert spans_are_right(window)
    press(window, Key.Key_Up, ALT | SHIFT)
    assert levels(window, before[0]) == category_key(own[0].level1, own[0].level2)
    window.close()
    assert stored(book, NAME).indicators[len(own) - 1].level3 == before[0]


def test_several_rows_move_together(window: MainWindow) -> None:
    before = names(window)
    at(window, "value", 1)
    press(window, Key.Key_Space, SHIFT)
    press(window, Key.Key_Down, SHIFT)
    press(window, Key.Key_Space, SHIFT)
    press(window, Key.Key_Up, ALT | SHIFT)
    assert names(window) == [before[1], before[2], before[0], *before[3:]]
    assert window.view.block.rows() == [page_row(window, 0), page_row(window, 1)]
    press(window, Key.Key_Up, ALT | SHIFT)  # the end of the page
    assert names(window)[:3] == [before[1], before[2], before[0]]


def gutter_point(window: MainWindow, row: int, part: float = 0.5) -> QPoint:
    ys = window.view.geometry_of_page.ys
    return QPoint(8, round(ys[row] + part * (ys[row + 1] - ys[row])))


def test_the_handle_selects_rows(window: MainWindow) -> None:
    gutter = window.desk.gutter
    rows = [page_row(window, index) for index in range(4)]
    QTest.mouseClick(gutter, LEFT, NONE, gutter_point(window, rows[0]))
    assert window.view.block.rows() == rows[:1]
    QTest.mouseClick(gutter, LEFT, SHIFT, gutter_point(window, rows[2]))
    assert window.view.block.rows() == rows[:3]
    QTest.mouseClick(gutter, LEFT, CTRL, gutter_point(window, rows[3]))
    assert window.view.block.rows() == rows
    QTest.mouseClick(gutter, LEFT, NONE, gutter_point(window, rows[1]))
    assert window.view.block.rows() == rows[1:2]
    label = next(c for c in window.page.grid.cells if c.text == "项目名称")
    QTest.mouseClick(gutter, LEFT, NONE, gutter_point(window, label.row))
    assert window.view.block.rows() == rows[1:2]
    window.desk.gutter.grab()


def test_dragging_the_handle_moves_rows_into_another_category(window: MainWindow) -> None:
    before = names(window)
    target = next(
        n
        for n, i in enumerate(table(window).indicators)
        if i.level2 != table(window).indicators[0].level2
    )
    gutter = window.desk.gutter
    # Into the middle of the other category: below its first row.
    start = gutter_point(window, page_row(window, 0))
    end = gutter_point(window, page_row(window, target), 0.9)
    drag(gutter, start, end)
    order = [*before[1 : target + 1], before[0], *before[target + 1 :]]
    assert names(window) == order
    row = next(i for i in table(window).indicators if i.level3 == before[0])
    assert (
        row.level2 == next(i for i in table(window).indicators if i.level3 == before[target]).level2
    )
    assert window.view.drop_row is None
    assert window.view.block.rows_are_whole()
    window.undo()
    assert names(window) == before
    assert spans_are_right(window)


def test_dragging_rows_beyond_the_window_scrolls_on_while_the_mouse_rests(
    window: MainWindow,
) -> None:
    window.commands.actions["zoom_100"].trigger()
    QApplication.processEvents()
    gutter, bar = window.desk.gutter, window.desk.verticalScrollBar()
    name = names(window)[0]
    start = gutter_point(window, page_row(window, 0))
    QTest.mouseClick(gutter, LEFT, NONE, start)
    bar.setValue(0)
    outside = gutter.mapFrom(window.desk, QPoint(0, window.desk.height() + 30))
    QTest.mousePress(gutter, LEFT, NONE, start)
    QTest.mouseMove(gutter, outside)
    QTest.qWait(1500)
    assert bar.value() > 100
    assert window.view.drop_row == len(window.page.grid.rows)
    QTest.mouseRelease(gutter, LEFT, NONE, outside)
    assert names(window)[-1] == name
    value = bar.value()
    QTest.qWait(100)
    assert bar.value() == value


def test_typing_in_a_merged_level_cell_changes_its_whole_run(window: MainWindow) -> None:
    level = cell_of(window, "indicators", "level2", 0)
    rows = level.bindings[0].rows
    assert len(rows) > 2
    put_cursor(window, level)
    type_text(window, "cost")
    press(window, Key.Key_Return)
    assert {table(window).indicators[row].level2 for row in rows} == {"cost"}
    assert table(window).indicators[len(rows)].level2 != "cost"


def menu_action(window: MainWindow, *path: str):
    actions = window.page_menu.make().actions()
    for title in path:
        action = next(a for a in actions if a.text() == title)
        menu = action.menu()
        if menu is None:
            return action
        actions = menu.actions()
    return action


def test_the_menu_moves_one_row_to_another_category(window: MainWindow) -> None:
    name = names(window)[0]
    at(window, "value", 0)
    offered = window.page_rows.other_categories()
    pair = next(p for p in offered if p[1].startswith("质量"))
    menu_action(window, "移到分类", pair[0], pair[1]).trigger()
    assert levels(window, name) == category_key(*pair)
    assert names(window)[0] != name
    assert window.view.current_cell().bindings[0].name == "value"
    assert table(window).indicators[window.view.current_cell().bindings[0].rows[0]].level3 == name
    assert spans_are_right(window)


def test_the_menu_adds_a_missing_category(window: MainWindow) -> None:
    at(window, "value", 0)
    missing = window.page_rows.missing_categories()
    there = {category_key(i.level1, i.level2) for i in table(window).indicators}
    assert missing
    assert not there & {category_key(*pair) for pair in missing}
    pair = missing[0]
    menu_action(window, "增加分类", pair[0], pair[1]).trigger()
    cell = window.view.current_cell()
    row = table(window).indicators[cell.bindings[0].rows[0]]
    assert (row.level1, row.level2, row.level3) == (*pair, "")
    assert pair not in window.page_rows.missing_categories()


def test_the_menu_repeats_the_actions_with_their_keys(window: MainWindow) -> None:
    at(window, "value", 0)
    menu = window.page_menu.make()
    texts = {a.text() for a in menu.actions()}
    for name in ("cut", "copy", "paste", "row_add", "row_delete", "row_up", "row_sort"):
        action = window.commands.actions[name]
        assert action in menu.actions()
        assert action.shortcut().toString() or name == "row_sort"
    assert {"移到分类", "增加分类"} <= texts
    label = next(c for c in window.page.grid.cells if c.text == "项目名称")
    put_cursor(window, label)
    menu = window.page_menu.make()
    assert window.commands.actions["copy"] in menu.actions()
    assert window.commands.actions["row_delete"] not in menu.actions()


def test_the_menu_opens_by_key_and_by_mouse(window: MainWindow) -> None:
    at(window, "value", 0)
    opened: list[QPoint] = []
    window.view.menu_wanted.disconnect(window.page_menu.open)
    window.view.menu_wanted.connect(opened.append)
    press(window, Key.Key_Space, SHIFT)
    rows = window.view.block.rows()
    rect = window.view.geometry_of_page.rect(cell_of(window, "indicators", "unit", 0))
    QTest.mouseClick(window.view.viewport(), Qt.MouseButton.RightButton, NONE, rect.center())
    assert window.view.block.rows() == rows
    assert window.view.block.rows_are_whole()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks for the menu itself")
def test_shift_f10_opens_the_menu_at_the_cursor(window: MainWindow) -> None:
    at(window, "value", 0)
    press(window, Key.Key_F10, SHIFT)
    menu = window.page_menu.menu
    assert menu.isVisible()
    assert "编辑这一格" in {action.text() for action in menu.actions()}
    menu.close()


def test_rows_are_sorted_as_the_form_orders_them(window: MainWindow) -> None:
    before = names(window)
    at(window, "value", 0)
    level = cell_of(window, "indicators", "level2", 0)
    put_cursor(window, level)
    for _ in range(2):
        at(window, "value", len(before) - 1)
        press(window, Key.Key_Return, CTRL)
        type_text(window, "z")
        press(window, Key.Key_Return)
    sorted_names = names(window)
    window.commands.actions["row_sort"].trigger()
    assert sorted(names(window)) == sorted(sorted_names)
    ranks = [levels(window, name) for name in names(window) if name]
    assert ranks == sorted(ranks, key=ranks.index)


def test_deleting_without_a_row_says_so(window: MainWindow) -> None:
    before = table(window)
    label = next(c for c in window.page.grid.cells if c.text == "项目名称")
    put_cursor(window, label)
    press(window, Key.Key_Delete, CTRL)
    assert table(window) == before
    assert "请先把光标放在" in window.status.message_label.text()


# Other lists, and empty forms


@pytest.mark.parametrize(
    ("form", "name", "column"),
    [
        ("lukou2026-bumen", "tasks", "name"),
        ("tongyong-bumen", "tasks", "name"),
        ("shifeng2023-fubiao3", "spending_details", "content"),
        ("shifeng2023-fubiao2", "items", "name"),
    ],
)
def test_rows_of_other_lists_are_added_moved_and_deleted(
    window: MainWindow, form: str, name: str, column: str
) -> None:
    new_table(window, form)

    def texts() -> list[str]:
        QApplication.processEvents()  # a row that was left empty goes
        return [getattr(row, column) for row in table(window).rows(name)]

    bound = window.page.grid.bound()
    cell = next(c for c, p in bound if (p.binding.target, p.binding.name) == (name, column))
    put_cursor(window, cell)
    for text in "ab":
        type_text(window, text)
        press(window, Key.Key_Return)
    press(window, Key.Key_Home, CTRL)
    assert texts() == ["a", "b"]
    put_cursor(window, cell_of(window, name, column, 1))
    press(window, Key.Key_Up, ALT | SHIFT)
    assert texts() == ["b", "a"]
    press(window, Key.Key_D, CTRL | SHIFT)
    assert texts() == ["b", "b", "a"]
    press(window, Key.Key_Delete, CTRL)
    assert texts() == ["b", "a"]
    put_cursor(window, cell_of(window, name, column, 1))
    press(window, Key.Key_Return, CTRL | SHIFT)
    type_text(window, "c")
    press(window, Key.Key_Return)
    assert texts() == ["b", "c", "a"]
    drag(
        window.desk.gutter,
        gutter_point(window, cell_of(window, name, column, 2).row),
        gutter_point(window, cell_of(window, name, column, 0).row, 0.1),
    )
    assert texts() == ["a", "b", "c"]
    put_cursor(window, cell_of(window, name, column, 2))
    QApplication.clipboard().setText("x\r\ny\r\nz\r\n")
    press(window, Key.Key_V, CTRL)
    assert texts() == ["a", "b", "x", "y", "z"]
    press(window, Key.Key_D, CTRL)
    assert texts() == ["a", "b", "x", "x", "x"]
    assert spans_are_right(window)


def test_pre_printed_empty_categories_invite_typing(window: MainWindow) -> None:
    show(window, "区人民代表大会会议经费")
    new_table(window, table(window).form)
    words = placeholders(window.page.grid)
    printed = [
        row
        for row in range(len(window.page.grid.rows))
        if (b := own_binding(window.page.grid, row)) and b.target == "indicators" and b.level2
    ]
    assert printed
    assert set(printed) <= {row for row, _ in words}
    for (row, col), text in words.items():
        assert window.page.grid.at(row, col).text == ""
        assert text
    cell = window.page.grid.at(*next(p for p in words if p[0] == printed[1]))
    pair = cell.bindings[0].level1, cell.bindings[0].level2
    put_cursor(window, cell)
    type_text(window, "x")
    press(window, Key.Key_Return)
    (row,) = table(window).indicators
    assert (row.level1, row.level2, row.level3) == (*pair, "x")
    assert (cell.row, cell.col) not in placeholders(window.page.grid)
    assert window.view.current_cell().row == cell.row + 1


def test_a_left_row_goes_before_something_is_typed_elsewhere(window: MainWindow) -> None:
    before = names(window)
    at(window, "value", len(before) - 1)
    press(window, Key.Key_Return)
    assert len(names(window)) == len(before) + 1
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    type_text(window, "42")
    press(window, Key.Key_Return)
    QApplication.processEvents()
    assert names(window) == before
    assert table(window).indicators[0].value == "42"


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Key.Key_D, CTRL | SHIFT), (Key.Key_Return, CTRL | SHIFT), (Key.Key_Down, ALT | SHIFT)],
)
def test_row_keys_in_an_open_cell_hand_in_what_is_typed_first(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    before = table(window).indicators
    at(window, "level3", 0)
    type_text(window, "abc")
    press(window, key, modifier)
    assert not window.view.is_editing
    after = [row.level3 for row in table(window).indicators]
    assert "abc" in after
    assert after != ["abc", *(row.level3 for row in before[1:])]


def test_adding_a_category_in_an_open_cell_hands_in_what_is_typed_first(
    window: MainWindow,
) -> None:
    at(window, "level3", 0)
    type_text(window, "abc")
    press(window, Key.Key_A, CTRL | SHIFT)
    assert table(window).indicators[0].level3 == "abc"
    assert not window.view.is_editing
    menu = window.page_menu.menu
    assert menu is not None
    assert menu.isVisible()
    menu.close()


def test_a_held_key_adds_one_row(window: MainWindow) -> None:
    before = len(table(window).indicators)
    once = ("row_add", "row_above", "row_below", "row_duplicate", "row_delete", "paste")
    assert not [name for name in once if window.commands.actions[name].autoRepeat()]
    at(window, "level3", 0)
    type_text(window, "abc")
    press(window, Key.Key_Return, CTRL)
    type_text(window, "x")
    held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Return, CTRL, "", autorep=True)
    QApplication.sendEvent(focused(window), held)
    assert len(table(window).indicators) == before + 1
