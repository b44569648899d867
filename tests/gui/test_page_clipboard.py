"""Copy, cut, paste and fill with the keys, and what other programs put on the clipboard."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QMessageBox,
    QProgressDialog,
    QPushButton,
)

from jixiao.gui.page.large_paste import LARGE, MANY
from jixiao.gui.window import MainWindow
from jixiao.io.paper.edit.clipboard import Rect, copy_block
from jixiao.io.paper.page.grid import Cell, Grid, Part, RowFormat
from jixiao.model.table import Indicator
from tests.gui.conftest import cell_of, press, put_cursor, show, stored, type_text
from tests.gui.pages import CTRL, LEFT, NAME, SHIFT, Key, at, drag, middle, names, table


def put(text: str, html: str = "") -> None:
    """What another program copied."""
    mime = QMimeData()
    mime.setText(text)
    if html:
        mime.setHtml(html)
    QApplication.clipboard().setMimeData(mime)


def values(window: MainWindow, count: int) -> list[str]:
    return [i.value for i in table(window).indicators[:count]]


def test_a_block_is_copied_as_text_and_as_html_with_spans(window: MainWindow) -> None:
    level = cell_of(window, "indicators", "level2", 0)
    put_cursor(window, level)
    press(window, Key.Key_Right, SHIFT)
    press(window, Key.Key_C, CTRL)
    mime = QApplication.clipboard().mimeData()
    lines = mime.text().splitlines()
    first = table(window).indicators[0]
    assert lines[0] == f"{first.level2}\t{first.level3}"
    assert len(lines) == level.rowspan
    assert f'rowspan="{level.rowspan}"' in mime.html().replace(
        f"rowspan={level.rowspan}", f'rowspan="{level.rowspan}"'
    )


def test_the_columns_into_which_a_pasted_target_went_are_selected_too(window: MainWindow) -> None:
    at(window, "value", 0)
    put("≥95%\n7")
    press(window, Key.Key_V, CTRL)
    first = table(window).indicators[0]
    assert (first.comparator, first.value, first.unit) == ("≥", "95", "%")
    wanted = [cell_of(window, "indicators", name, 0) for name in ("value", "unit", "comparator")]
    wanted.append(cell_of(window, "indicators", "value", 1))
    assert sorted(window.view.block.spots()) == sorted((c.row, c.col) for c in wanted)


def test_a_block_is_pasted_where_the_cursor_is_as_one_step(window: MainWindow) -> None:
    before = table(window)
    at(window, "value", 0)
    put("11\t项\r\n12\t个\r\n")
    press(window, Key.Key_V, CTRL)
    rows = table(window).indicators
    assert [(i.value, i.unit) for i in rows[:2]] == [("11", "项"), ("12", "个")]
    assert rows[2:] == before.indicators[2:]
    assert "粘贴 4 格" in window.status.message_label.text()
    assert len(window.view.selected_cells()) == 4
    window.document.undo()
    assert table(window) == before


def test_one_text_goes_into_every_selected_cell(window: MainWindow) -> None:
    at(window, "value", 0)
    press(window, Key.Key_Down, SHIFT)
    press(window, Key.Key_Down, SHIFT)
    put("5")
    press(window, Key.Key_V, CTRL)
    assert values(window, 4)[:3] == ["5", "5", "5"]
    assert values(window, 4)[3] != "5"


def test_a_pattern_is_repeated(window: MainWindow) -> None:
    at(window, "value", 0)
    for _ in range(3):
        press(window, Key.Key_Down, SHIFT)
    put("1\r\n2\r\n")
    press(window, Key.Key_V, CTRL)
    assert values(window, 4) == ["1", "2", "1", "2"]


def test_rows_below_the_last_one_are_made(window: MainWindow, book: Path) -> None:
    before = names(window)
    last = len(table(window).indicators) - 1
    at(window, "level3", last)
    put("甲\t1\r\n乙\t2\r\n丙\t3\r\n")
    press(window, Key.Key_V, CTRL)
    assert names(window) == [*before[:-1], "甲", "乙", "丙"]
    assert {i.level2 for i in table(window).indicators[last:]} == {
        table(window).indicators[last].level2
    }
    window.document.undo()
    assert names(window) == before
    window.redo()
    window.close()
    assert [i.value for i in stored(book, NAME).indicators[last:]] == ["1", "2", "3"]


def test_merged_cells_of_excel_come_with_their_levels(window: MainWindow) -> None:
    html = (
        "<html><body><table><tr><td rowspan=2>效益指标</td><td rowspan=2>社会效益</td>"
        "<td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table></body></html>"
    )
    put("", html)
    level = cell_of(window, "indicators", "level1", len(table(window).indicators) - 1)
    put_cursor(window, level)
    press(window, Key.Key_V, CTRL)
    rows = table(window).indicators
    assert [(i.level3, i.value) for i in rows if i.level3 in {"甲", "乙"}] == [
        ("甲", "1"),
        ("乙", "2"),
    ]
    assert {i.level1 for i in rows if i.level3 in {"甲", "乙"}} == {"效益指标"}


def test_what_finds_no_place_is_told(window: MainWindow) -> None:
    label = next(c for c in window.page.grid.cells if c.text == "项目名称")
    put_cursor(window, label)
    put("别的字")
    press(window, Key.Key_V, CTRL)
    assert "没有放入" in window.status.message_label.text()
    assert window.page.index_of(label).data() == "项目名称"


def test_cut_empties_the_cells_and_one_undo_brings_them_back(window: MainWindow) -> None:
    before = table(window)
    at(window, "value", 0)
    press(window, Key.Key_Down, SHIFT)
    texts = values(window, 2)
    press(window, Key.Key_X, CTRL)
    assert values(window, 2) == ["", ""]
    assert QApplication.clipboard().text().split() == texts
    assert "剪切" in window.document.names.undo
    window.document.undo()
    assert table(window) == before


def test_fill_down_and_right(window: MainWindow) -> None:
    at(window, "value", 0)
    press(window, Key.Key_Down, SHIFT)
    press(window, Key.Key_Down, SHIFT)
    first = values(window, 1)[0]
    press(window, Key.Key_D, CTRL)
    assert values(window, 3) == [first] * 3
    window.document.undo()
    at(window, "unit", 1)  # a single cell takes the text above
    press(window, Key.Key_D, CTRL)
    assert table(window).indicators[1].unit == table(window).indicators[0].unit
    at(window, "value", 2)
    press(window, Key.Key_Right, SHIFT)
    press(window, Key.Key_R, CTRL)
    row = table(window).indicators[2]
    assert row.unit == row.value


def test_delete_clears_whole_rows_but_keeps_them_and_their_levels(window: MainWindow) -> None:
    before = table(window).indicators[2]
    at(window, "value", 2)
    press(window, Key.Key_Space, SHIFT)
    press(window, Key.Key_Delete)
    after = table(window).indicators[2]
    assert (after.level1, after.level2) == (before.level1, before.level2)
    assert (after.level3, after.value, after.unit) == ("", "", "")


def test_copied_rows_are_pasted_under_their_own_category(window: MainWindow) -> None:
    row = table(window).indicators[1]
    at(window, "value", 1)
    press(window, Key.Key_Space, SHIFT)
    press(window, Key.Key_C, CTRL)
    show(window, "人大代表履职能力提升")
    last = len(table(window).indicators) - 1
    at(window, "value", last)
    press(window, Key.Key_Space, SHIFT)
    press(window, Key.Key_V, CTRL)
    pasted = next(i for i in table(window).indicators if i.level3 == row.level3)
    assert (pasted.level2, pasted.value, pasted.unit) == (row.level2, row.value, row.unit)


def test_paragraphs_go_into_one_long_cell(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "field", "annual_goal"))
    put("第一条。\r\n第二条。\r\n")
    press(window, Key.Key_V, CTRL)
    assert table(window).fields["annual_goal"] == "第一条。\n第二条。"


def test_keys_in_an_editor_are_for_its_letters(window: MainWindow) -> None:
    at(window, "value", 0)
    put("abc")
    type_text(window, "x")
    press(window, Key.Key_V, CTRL)
    press(window, Key.Key_A, CTRL)
    press(window, Key.Key_C, CTRL)
    press(window, Key.Key_Return)
    assert values(window, 1) == ["xabc"]
    assert QApplication.clipboard().text() == "xabc"


@pytest.mark.parametrize(
    ("text", "html", "told"), [("", "", "没有可以粘贴"), ("", "<img src=x>", "没有可以粘贴")]
)
def test_nothing_to_paste_is_told(window: MainWindow, text: str, html: str, told: str) -> None:
    before = table(window)
    at(window, "value", 0)
    put(text, html)
    press(window, Key.Key_V, CTRL)
    assert told in window.status.message_label.text()
    assert table(window) == before


def copy_whole_page(window: MainWindow) -> None:
    at(window, "value", 0)
    press(window, Key.Key_A, CTRL)
    press(window, Key.Key_C, CTRL)


@pytest.mark.parametrize("synchronous", [True, False])
def test_a_whole_form_is_recognised_and_asks(open_window, book: Path, synchronous: bool) -> None:
    window = open_window(book, synchronous=synchronous)
    show(window, NAME)
    copied = table(window)
    copy_whole_page(window)
    show(window, "人大代表履职能力提升")
    before = table(window)
    at(window, "level3", 0)
    press(window, Key.Key_V, CTRL)
    dialog = window.page_clipboard.asking
    assert dialog is not None
    assert table(window) == before
    dialog.replace.setChecked(True)
    dialog.accept()
    assert [i.level3 for i in table(window).indicators] == [i.level3 for i in copied.indicators]
    assert [i.value for i in table(window).indicators] == [i.value for i in copied.indicators]
    assert window.page_clipboard.asking is None
    window.document.undo()
    assert table(window) == before


@pytest.mark.parametrize(("choice", "pasted"), [("append", True), ("text", True), ("no", False)])
def test_a_whole_form_is_added_or_pasted_as_text_or_not(
    window: MainWindow, choice: str, pasted: bool
) -> None:
    copied = table(window)
    copy_whole_page(window)
    show(window, "人大代表履职能力提升")
    before = table(window)
    at(window, "level3", 0)
    press(window, Key.Key_V, CTRL)
    dialog = window.page_clipboard.asking
    if choice == "no":
        dialog.reject()
    else:
        getattr(dialog, choice).setChecked(True)
        dialog.accept()
    assert (table(window) != before) == pasted
    count = len(before.indicators) + len(copied.indicators)
    assert (len(table(window).indicators) == count) == (choice == "append")


def test_the_form_of_another_project_becomes_a_table_of_its_own(window: MainWindow) -> None:
    copied = table(window)
    copy_whole_page(window)
    other = "人大代表履职能力提升"
    show(window, other)
    before, tables = table(window), len(window.document.index.entries)
    at(window, "level3", 0)
    press(window, Key.Key_V, CTRL)
    dialog = window.page_clipboard.asking
    assert any(f"贴的是另一个项目：{copied.name}" in label.text() for label in labels(dialog))
    assert dialog.choice() == "new"
    dialog.accept()
    assert len(window.document.index.entries) == tables + 1
    new = table(window)
    assert (new.name, new.year, new.agency) == (copied.name, before.year, before.agency)
    assert [i.level3 for i in new.indicators] == [i.level3 for i in copied.indicators]
    assert stored_names(window)[stored_names(window).index(other) + 1] == copied.name
    window.document.undo()
    assert len(window.document.index.entries) == tables
    show(window, other)
    assert table(window) == before


def test_the_form_of_the_same_project_offers_no_table_of_its_own(window: MainWindow) -> None:
    copy_whole_page(window)
    at(window, "level3", 0)
    press(window, Key.Key_V, CTRL)
    dialog = window.page_clipboard.asking
    assert dialog.choice() == "append"
    assert dialog.new.isHidden()
    assert not any("另一" in label.text() for label in labels(dialog))
    dialog.reject()


def labels(dialog: QDialog) -> list[QLabel]:
    return dialog.findChildren(QLabel)


def stored_names(window: MainWindow) -> list[str]:
    return [entry.name for a in window.document.tree for year in a.years for entry in year.tables]


def test_rows_copied_with_their_headers_do_not_ask(window: MainWindow) -> None:
    at(window, "level3", 0)
    press(window, Key.Key_Right, SHIFT)
    press(window, Key.Key_Down, SHIFT)
    press(window, Key.Key_C, CTRL | SHIFT)
    assert QApplication.clipboard().text().startswith("三级指标\t指标值")
    first = table(window).indicators[0]
    at(window, "level3", 3)
    press(window, Key.Key_V, CTRL)
    assert window.page_clipboard.asking is None
    assert table(window).indicators[3].level3 == first.level3


def test_the_clipboard_menu_works_on_the_page(window: MainWindow) -> None:
    at(window, "value", 0)
    put("77")
    window.commands.actions["paste"].trigger()
    assert values(window, 1) == ["77"]
    window.commands.actions["clear"].trigger()
    assert values(window, 1) == [""]
    assert Qt.ShortcutContext.WidgetShortcut == window.commands.actions["paste"].shortcutContext()


def test_quotes_and_line_breaks_come_in_as_they_were_and_go_out_again(window: MainWindow) -> None:
    at(window, "level3", 0)
    text = '"第一行\n第二行"\t"说""好"""\r\n'
    put(text)
    press(window, Key.Key_V, CTRL)
    row = table(window).indicators[0]
    assert (row.level3, row.value) == ("第一行\n第二行", '说"好"')
    press(window, Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == text


def test_lines_and_tabs_pasted_into_an_editor_of_one_line_are_blanks(window: MainWindow) -> None:
    at(window, "unit", 0)
    type_text(window, "q")
    put("a\r\nb\tc")
    press(window, Key.Key_V, CTRL)
    press(window, Key.Key_Return)
    assert table(window).indicators[0].unit == "qa b c"


def test_the_clipboard_keeps_its_form_for_a_second_paste_elsewhere(window: MainWindow) -> None:
    at(window, "value", 0)
    press(window, Key.Key_Right, SHIFT)
    press(window, Key.Key_C, CTRL)
    first = table(window).indicators[0]
    for row in (2, 4):
        at(window, "value", row)
        press(window, Key.Key_V, CTRL)
        pasted = table(window).indicators[row]
        assert (pasted.value, pasted.unit) == (first.value, first.unit)


# Very many rows


def many(rows: int) -> str:
    return "".join(f"甲{n}\t{n}\r\n" for n in range(rows))


@pytest.mark.parametrize("synchronous", [True, False])
def test_very_many_rows_are_asked_about_and_are_one_step(
    open_window, book: Path, synchronous: bool
) -> None:
    window = open_window(book, synchronous=synchronous)
    show(window, NAME)
    before = table(window)
    at(window, "level3", 0)
    put(many(LARGE + 100))
    press(window, Key.Key_V, CTRL)
    box = window.page_clipboard.asking_large
    assert box.isVisible()
    assert f"{LARGE + 100:,} 行" in box.text()
    assert table(window) == before
    press_in(box, Key.Key_Return)
    window.worker.wait()
    assert len(table(window).indicators) == LARGE + 100
    assert table(window).indicators[-1].level3 == f"甲{LARGE + 99}"
    assert "粘贴" in window.status.message_label.text()
    window.worker.wait()
    window.document.undo()
    assert table(window) == before


@pytest.mark.parametrize("synchronous", [True, False])
def test_many_rows_come_before_the_keys_pressed_after_them(
    open_window, book: Path, synchronous: bool
) -> None:
    window = open_window(book, synchronous=synchronous)
    show(window, NAME)
    at(window, "level3", 0)
    put(many(MANY + 50))
    press(window, Key.Key_V, CTRL)
    type_text(window, "x")
    press(window, Key.Key_Tab)
    rows = table(window).indicators
    assert window.page_clipboard.asking_large is None
    assert (rows[0].level3, rows[1].level3, len(rows)) == ("x", "甲1", MANY + 50)


def test_very_many_rows_may_be_declined(window: MainWindow) -> None:
    before = table(window)
    at(window, "level3", 0)
    put(many(LARGE + 100))
    press(window, Key.Key_V, CTRL)
    press_in(window.page_clipboard.asking_large, Key.Key_Escape)
    assert table(window) == before
    assert window.status.message_label.text() == "没有粘贴。"


def test_a_large_paste_can_be_stopped(open_window, book: Path) -> None:
    window = open_window(book, synchronous=False)
    show(window, NAME)
    before = table(window)
    at(window, "level3", 0)
    put(many(5000))
    press(window, Key.Key_V, CTRL)
    press_in(window.page_clipboard.asking_large, Key.Key_Return)
    (progress,) = window.findChildren(QProgressDialog)
    progress.findChild(QPushButton).click()
    window.worker.wait()
    assert table(window) == before
    assert window.status.message_label.text() == "没有粘贴。"


def test_a_large_form_is_recognised_too(window: MainWindow) -> None:
    names_before = names(window)
    at(window, "value", 0)
    press(window, Key.Key_A, CTRL)
    press(window, Key.Key_C, CTRL)
    text = QApplication.clipboard().text()
    head, row = text.rsplit("\r\n", 2)[0], "产出指标\t数量指标\t{}\t1\t次\t≥\t"
    rows = "".join(f"\t{row.format(f'丁{n}')}\r\n" for n in range(LARGE))
    show(window, "人大代表履职能力提升")
    at(window, "level3", 0)
    put(f"{head}\r\n{rows}")
    press(window, Key.Key_V, CTRL)
    press_in(window.page_clipboard.asking_large, Key.Key_Return)
    dialog = window.page_clipboard.asking
    assert dialog is not None
    dialog.accept()
    found = {i.level3 for i in table(window).indicators}
    assert {*names_before[:-1], f"丁{LARGE - 1}"} <= found


def press_in(box: QMessageBox, key: Qt.Key) -> None:
    QTest.keyClick(box, key)


def seconds_to_copy(rows: int) -> float:
    """The processor's time of copying a page of so many rows, at best."""
    cells = tuple(
        Cell(row, col, parts=(Part(f"第 {row} 行，第 {col} 列"),))
        for row in range(rows)
        for col in range(7)
    )
    grid = Grid(cells, (RowFormat(),) * rows, (60.0,) * 7)
    assert grid.at(0, 0) is not None  # what every page has computed before
    rect = Rect(0, 0, rows, 7)
    times: list[float] = []
    for _ in range(5):
        start = time.process_time()
        copied = copy_block(grid, rect)
        times.append(time.process_time() - start)
        assert len(copied.rows) == rows
    return min(times)


def test_copying_a_long_list_costs_a_row_what_a_short_one_costs() -> None:
    assert seconds_to_copy(2000) / 2000 < 3 * seconds_to_copy(200) / 200


# By meaning

DEPARTMENT = "株洲市渌口区人民代表大会常务委员会办公室"


def test_own_cells_of_a_row_go_to_the_same_columns_without_its_levels(window: MainWindow) -> None:
    row, other = table(window).indicators[0], table(window).indicators[8]
    assert row.level2 != other.level2
    first, last = (cell_of(window, "indicators", name, 0) for name in ("level3", "remark"))
    drag(window.view.viewport(), middle(window, first), middle(window, last))
    press(window, Key.Key_C, CTRL)
    assert row.level2 not in QApplication.clipboard().text()
    at(window, "level3", 8)
    press(window, Key.Key_V, CTRL)
    pasted = table(window).indicators[8]
    assert pasted == replace(row, level1=other.level1, level2=other.level2)
    assert "分类" not in window.status.message_label.text()


def test_whole_rows_look_selected_with_their_levels_and_take_them_along(
    window: MainWindow,
) -> None:
    row, other = table(window).indicators[0], table(window).indicators[8]
    at(window, "value", 0)
    press(window, Key.Key_Space, SHIFT)
    level = cell_of(window, "indicators", "level2", 0)
    parts = window.view.block.level_parts()
    assert Rect(level.row, level.col, level.row + 1, level.right) in parts
    press(window, Key.Key_C, CTRL)
    assert QApplication.clipboard().text().startswith(f"{row.level1}\t{row.level2}\t")
    at(window, "level3", 8)
    press(window, Key.Key_V, CTRL)
    assert table(window).indicators[8] == replace(row)
    assert other.level2 != row.level2
    assert f"分类随贴来的改为“{row.level2}”" in window.status.message_label.text()
    press(window, Key.Key_Right)
    assert not window.view.block.level_parts()


def test_rows_go_to_a_form_with_other_columns_by_meaning(window: MainWindow) -> None:
    row = table(window).indicators[1]
    first, last = (cell_of(window, "indicators", name, 1) for name in ("value", "comparator"))
    drag(window.view.viewport(), middle(window, first), middle(window, last))
    press(window, Key.Key_C, CTRL)
    show(window, DEPARTMENT)
    at(window, "comparator", 2)
    press(window, Key.Key_V, CTRL)
    pasted = table(window).indicators[2]
    assert (pasted.comparator, pasted.value, pasted.unit) == (row.comparator, row.value, row.unit)


def test_just_what_was_pasted_is_selected_and_cleared(window: MainWindow) -> None:
    at(window, "value", 1)
    press(window, Key.Key_Space, SHIFT)
    press(window, Key.Key_C, CTRL)
    at(window, "level3", 8)
    press(window, Key.Key_V, CTRL)
    pasted, rows = table(window).indicators[8], table(window).indicators
    assert len(window.view.selected_cells()) == 5
    press(window, Key.Key_Delete)
    after = table(window).indicators
    assert after[8] == Indicator(pasted.level1, pasted.level2)
    assert after[:8] + after[9:] == rows[:8] + rows[9:]


def test_one_text_leaves_the_cells_selected_that_it_went_to(window: MainWindow) -> None:
    one = at(window, "value", 0)
    other = cell_of(window, "indicators", "unit", 2)
    QTest.mouseClick(window.view.viewport(), LEFT, CTRL, middle(window, other))
    put("x")
    press(window, Key.Key_V, CTRL)
    found = [(cell.row, cell.col) for cell in window.view.selected_cells()]
    assert found == [(one.row, one.col), (other.row, other.col)]


def test_one_merged_level_cell_is_one_value(window: MainWindow) -> None:
    before = table(window).indicators
    level = cell_of(window, "indicators", "level2", 0)
    assert level.rowspan > 2
    put_cursor(window, level)
    press(window, Key.Key_C, CTRL)
    last = len(before) - 1
    small = cell_of(window, "indicators", "level2", last)
    put_cursor(window, small)
    press(window, Key.Key_V, CTRL)
    after = table(window).indicators
    changed = [n for n, row in enumerate(before) if row != after[n]]
    assert changed == list(small.bindings[0].rows)
