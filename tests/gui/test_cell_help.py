"""What is offered and said under a cell while it is edited, and which keys it takes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jixiao.app.editing import choose_other_form, put_table
from jixiao.app.library.library import Library
from jixiao.gui.page.cell_help import matching
from jixiao.gui.page.editors import TextEditor
from jixiao.gui.window import MainWindow
from jixiao.model.library import Entry
from jixiao.model.vocabulary import COMPARATORS
from tests.gui.conftest import cell_of, press, put_cursor, show, type_text
from tests.gui.pages import ALT, LEFT, SHIFT, Key, at, new_table, table


def offered(window: MainWindow) -> list[str]:
    box = window.page_help.box
    if not box.isVisible() or not box.list.isVisible():
        return []
    return [box.list.item(n).text() for n in range(box.list.count())]


def hint(window: MainWindow) -> str:
    box = window.page_help.box
    return box.hint.text() if box.isVisible() and box.hint.isVisible() else ""


def commit_text(window: MainWindow, text: str) -> None:
    """What an input method commits."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(window.view.open_editor() or window.view, event)


def test_f2_in_a_comparator_lists_the_comparators_and_down_chooses(window: MainWindow) -> None:
    at(window, "comparator", 0)
    press(window, Key.Key_F2)
    signs = offered(window)
    assert {"≥", "≤", "＝", "定性"} <= set(signs)
    assert window.page_help.box.list.verticalScrollBar().maximum() == 0  # all are in sight
    used = table(window).indicators[0].comparator
    assert window.page_help.box.list.currentItem().text() == {"=": "＝"}.get(used, used)
    row = window.page_help.box.list.currentRow()
    press(window, Key.Key_Down)
    wanted = signs[row + 1]
    press(window, Key.Key_Return)
    assert table(window).indicators[0].comparator == {"＝": "=", "＞": ">", "＜": "<"}.get(
        wanted, wanted
    )
    assert not window.page_help.box.isVisible()
    assert window.view.current_cell() == cell_of(window, "indicators", "comparator", 1)


def test_a_list_never_takes_enter_or_tab_from_what_was_typed(window: MainWindow) -> None:
    at(window, "unit", 0)
    commit_text(window, "人")
    assert "人次" in offered(window)
    press(window, Key.Key_Tab)
    assert table(window).indicators[0].unit == "人"
    assert window.view.current_cell() == cell_of(window, "indicators", "comparator", 0)


def test_pinyin_initials_find_an_offer(window: MainWindow) -> None:
    at(window, "comparator", 0)
    type_text(window, "dx")
    assert offered(window) == ["定性"]
    press(window, Key.Key_Down)
    press(window, Key.Key_Tab)
    assert table(window).indicators[0].comparator == "定性"


def test_composing_goes_on_undisturbed_while_a_list_is_open(window: MainWindow) -> None:
    at(window, "unit", 0)
    commit_text(window, "平")
    assert "平方米" in offered(window)
    editor = window.view.open_editor()
    QApplication.sendEvent(editor, QInputMethodEvent("fang", []))
    assert QApplication.focusWidget() is editor
    assert window.page_help.box.list.focusPolicy() == Qt.FocusPolicy.NoFocus
    commit_text(window, "公里")
    press(window, Key.Key_Return)
    assert table(window).indicators[0].unit == "平公里"


def test_alt_down_opens_the_whole_list_and_escape_goes_back(window: MainWindow) -> None:
    at(window, "unit", 0)
    type_text(window, "qq")
    assert offered(window) == []
    press(window, Key.Key_Down, ALT)
    assert len(offered(window)) > 10
    press(window, Key.Key_Down)
    editor = window.view.open_editor()
    assert editor.text() == offered(window)[0]
    press(window, Key.Key_Escape)
    assert editor.text() == "qq"
    assert window.view.is_editing
    press(window, Key.Key_Escape)
    assert not window.view.is_editing
    assert table(window).indicators[0].unit != "qq"


def test_without_a_list_the_arrows_leave_as_in_excel(window: MainWindow) -> None:
    at(window, "value", 0)
    type_text(window, "8")
    assert offered(window) == []
    press(window, Key.Key_Down)
    assert table(window).indicators[0].value == "8"
    assert window.view.current_cell() == cell_of(window, "indicators", "value", 1)


def test_down_stays_in_the_cell_once_when_the_letters_find_nothing_more(
    window: MainWindow,
) -> None:
    at(window, "unit", 0)
    type_text(window, "c")
    assert "次" in offered(window)
    type_text(window, "iq")
    assert offered(window) == []
    press(window, Key.Key_Down)
    assert window.view.is_editing
    assert window.view.open_editor().text() == "ciq"
    assert "没有" in hint(window)
    press(window, Key.Key_Backspace)
    assert "没有" not in hint(window)
    assert "次" in offered(window)
    press(window, Key.Key_Down)
    press(window, Key.Key_Return)
    assert table(window).indicators[0].unit == "次"


def test_a_second_down_leaves_as_in_excel(window: MainWindow) -> None:
    at(window, "unit", 0)
    type_text(window, "ciq")
    press(window, Key.Key_Down)
    assert window.view.is_editing
    press(window, Key.Key_Down)
    assert not window.view.is_editing
    assert table(window).indicators[0].unit == "ciq"
    assert window.view.current_cell() == cell_of(window, "indicators", "unit", 1)


def test_down_leaves_a_word_that_is_no_search(window: MainWindow) -> None:
    at(window, "unit", 0)
    commit_text(window, "人")
    assert "人次" in offered(window)
    commit_text(window, "头")
    assert offered(window) == []
    press(window, Key.Key_Down)
    assert not window.view.is_editing
    assert table(window).indicators[0].unit == "人头"


def test_a_click_in_the_list_takes_it(window: MainWindow) -> None:
    at(window, "unit", 0)
    press(window, Key.Key_F2)
    box = window.page_help.box.list
    item = next(box.item(n) for n in range(box.count()) if box.item(n).text() == "场次")
    box.scrollToItem(item)
    QTest.mouseClick(
        box.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, box.visualItemRect(item).center()
    )
    assert table(window).indicators[0].unit == "场次"
    assert not window.view.is_editing
    assert window.view.current_cell() == cell_of(window, "indicators", "unit", 0)
    assert window.view.hasFocus()


def test_a_level_cell_offers_levels_and_takes_free_text(window: MainWindow) -> None:
    level = cell_of(window, "indicators", "level2", 0)
    put_cursor(window, level)
    press(window, Key.Key_F2)
    assert "质量指标" in offered(window)
    assert f"{len(level.bindings[0].rows)} 行一起改" in hint(window)
    press(window, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    commit_text(window, "自拟")
    press(window, Key.Key_Return)
    assert {table(window).indicators[row].level2 for row in level.bindings[0].rows} == {"自拟"}


def test_choosing_a_level_moves_its_whole_run(window: MainWindow) -> None:
    level = cell_of(window, "indicators", "level2", 0)
    rows = [table(window).indicators[row].level3 for row in level.bindings[0].rows]
    put_cursor(window, level)
    press(window, Key.Key_F2)
    while window.view.open_editor().text() != "时效指标":
        press(window, Key.Key_Down)
    press(window, Key.Key_Return)
    moved = [i.level2 for i in table(window).indicators if i.level3 in rows]
    assert set(moved) == {"时效指标"}


def test_an_odd_amount_is_told_but_taken_as_typed(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "field", "project_amount"))
    type_text(window, "56.")
    assert hint(window) == ""
    type_text(window, "1x")
    assert "应当是金额" in hint(window)
    assert window.page_help.box.hint.property("odd") == "true"
    press(window, Key.Key_Return)
    assert table(window).fields["project_amount"] == "56.1x"
    put_cursor(window, cell_of(window, "field", "project_amount"))
    type_text(window, "056.10")
    assert hint(window) == ""
    press(window, Key.Key_Return)
    assert table(window).fields["project_amount"] == "056.10"


def test_a_joined_cell_shows_how_it_is_understood(window: MainWindow) -> None:
    show(window, "株洲市石峰区人民代表大会常务委员会")
    cell = next(c for c, p in window.page.grid.bound() if p.binding.name == "target:cvu")
    put_cursor(window, cell)
    type_text(window, ">=10")
    commit_text(window, "次")
    assert "读作：" in hint(window)
    assert "10" in hint(window)
    press(window, Key.Key_Return)
    row = table(window).indicators[cell.bindings[0].rows[0]]
    assert row.written == "≥10次"
    assert (row.comparator, row.value, row.unit) == ("≥", "10", "次")


def test_a_long_text_is_counted_and_keeps_its_lines(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "field", "annual_goal"))
    press(window, Key.Key_F2)
    assert isinstance(window.view.open_editor(), TextEditor)
    text = table(window).fields["annual_goal"]
    assert hint(window) == f"{len(''.join(text.split()))} 字"
    press(window, Key.Key_Return, ALT)
    type_text(window, "1. a  b")
    press(window, Key.Key_Return)
    assert table(window).fields["annual_goal"] == text + "\n1. a  b"


def test_names_of_the_library_complete(window: MainWindow, tmp_path) -> None:
    library = Library(tmp_path / "library.json")
    level = table(window).indicators[0].level2
    library.add(Entry(level1="产出指标", level2=level, name="奇特会议次数"))
    window.library.library = library
    at(window, "level3", 0)
    commit_text(window, "奇特")
    assert offered(window) == ["奇特会议次数"]
    press(window, Key.Key_Down)
    press(window, Key.Key_Tab)
    assert table(window).indicators[0].level3 == "奇特会议次数"


def test_the_help_stays_inside_the_desk(window: MainWindow) -> None:
    last = len(table(window).indicators) - 1
    put_cursor(window, cell_of(window, "indicators", "unit", last))
    press(window, Key.Key_F2)
    box = window.page_help.box
    assert offered(window)
    assert window.desk.rect().contains(box.geometry())
    editor = window.view.open_editor()
    top = editor.mapTo(window, editor.rect().topLeft())
    box_rect = box.rect().translated(box.mapTo(window, box.rect().topLeft()))
    assert not box_rect.intersects(editor.rect().translated(top))


def test_a_refresh_keeps_the_open_editor_and_its_help(window: MainWindow) -> None:
    at(window, "unit", 0)
    commit_text(window, "人")
    shown = window.document.shown
    rows = shown.table.indicators
    other = replace(shown.table, indicators=(rows[0], replace(rows[1], value="1"), *rows[2:]))
    table_id = shown.table_id
    window.document.run(lambda session: put_table(session, table_id, other, "别处的修改"))
    window.document.reload()
    assert table(window).indicators[1].value == "1"
    assert window.view.is_editing
    press(window, Key.Key_Return)
    assert [i.value for i in table(window).indicators[:2]] == [rows[0].value, "1"]
    assert table(window).indicators[0].unit == "人"


def test_matching_puts_beginnings_first() -> None:
    offers = ["次", "人次", "次数", "场次"]
    assert matching(offers, "次") == ["次", "次数", "人次", "场次"]
    assert matching(["次"], "次") == []
    assert matching(offers, "rc") == ["人次"]
    assert matching(offers, " ") == []


def test_matching_by_whole_pinyin() -> None:
    offers = ["万元", "次", "人次", "定性", "会计（人）"]
    assert matching(offers, "ci") == ["次", "人次"]
    assert matching(offers, "renci") == ["人次"]
    assert matching(offers, "RenC") == ["人次"]
    assert matching(offers, "dingxing") == ["定性"]
    assert matching(offers, "kuai") == ["会计（人）"]
    assert matching(offers, "kjr") == ["会计（人）"]
    assert matching(offers, "c") == ["次"]  # one letter finds beginnings only
    assert matching(offers, "8") == []


@pytest.mark.parametrize("closes", ["tab", "close"])
def test_nothing_typed_is_lost_when_the_table_changes(
    window: MainWindow, book, closes: str
) -> None:
    at(window, "unit", 0)
    commit_text(window, "人")
    if closes == "tab":
        show(window, "人大代表履职能力提升")
        show(window, "区二届人大六次会议")
        assert table(window).indicators[0].unit == "人"
    else:
        window.close()
    assert not window.page_help.box.isVisible()


def test_another_form_does_not_lose_what_is_being_typed(window: MainWindow) -> None:
    at(window, "unit", 0)
    commit_text(window, "人")
    table_id = window.document.shown.table_id
    window.document.run(lambda session: choose_other_form(session, table_id, "tongyong-xiangmu"))
    window.document.reload()
    assert window.document.shown.form.id == "tongyong-xiangmu"
    assert table(window).indicators[0].unit == "人"


# What the library knows


def from_library(window: MainWindow, value: str = "4") -> Entry:
    """Put a name of the library into the first row, and empty its value."""
    entry = Entry(
        level1="产出指标",
        level2="数量指标",
        name="奇特会议次数",
        comparator="≥",
        value=value,
        unit="次",
        explanation="按通知计数",
    )
    window.page_help._library.add(entry)
    at(window, "level3", 0)
    press(window, Key.Key_Delete)
    for column in ("comparator", "unit", "value"):
        at(window, column, 0)
        press(window, Key.Key_Delete)
    at(window, "level3", 0)
    press(window, Key.Key_F2)
    press(window, Key.Key_Escape)
    commit_text(window, "奇特")
    press(window, Key.Key_Down)
    return entry


def faint(window: MainWindow, column: str, row: int = 0) -> str:
    cell = cell_of(window, "indicators", column, row)
    return window.view.cells.placeholders.get((cell.row, cell.col), "")


def test_a_name_taken_from_the_list_brings_comparator_and_unit_as_one_step(
    window: MainWindow,
) -> None:
    from_library(window)
    before = table(window)
    press(window, Key.Key_Return)
    row = table(window).indicators[0]
    assert (row.level3, row.comparator, row.unit) == ("奇特会议次数", "≥", "次")
    assert row.value == ""
    window.undo()
    assert table(window) == before


def test_a_name_typed_by_hand_brings_nothing_else(window: MainWindow) -> None:
    from_library(window)
    press(window, Key.Key_Escape)
    press(window, Key.Key_Escape)
    commit_text(window, "奇特会议次数")
    press(window, Key.Key_Return)
    row = table(window).indicators[0]
    assert (row.level3, row.comparator, row.unit) == ("奇特会议次数", "", "")


def test_texts_that_are_there_stay_when_a_name_is_taken(window: MainWindow) -> None:
    from_library(window)
    press(window, Key.Key_Escape)
    press(window, Key.Key_Escape)
    at(window, "unit", 0)
    commit_text(window, "场")
    press(window, Key.Key_Return)
    at(window, "level3", 0)
    commit_text(window, "奇特")
    press(window, Key.Key_Down)
    press(window, Key.Key_Tab)
    row = table(window).indicators[0]
    assert (row.comparator, row.unit) == ("≥", "场")


def test_the_value_of_the_library_is_faint_and_never_stored_by_itself(window: MainWindow) -> None:
    from_library(window)
    press(window, Key.Key_Return)
    assert faint(window, "value") == "如 4"
    assert cell_of(window, "indicators", "value", 0).text == ""
    at(window, "value", 0)
    press(window, Key.Key_F2)
    assert offered(window) == ["4"]
    assert "参考值" in hint(window)
    press(window, Key.Key_Return)  # Enter and Tab take what stands there: nothing
    assert table(window).indicators[0].value == ""
    at(window, "value", 0)
    press(window, Key.Key_Tab)
    assert table(window).indicators[0].value == ""


def test_the_faint_value_is_taken_with_down_or_typed_over(window: MainWindow) -> None:
    from_library(window)
    press(window, Key.Key_Return)
    at(window, "value", 0)
    press(window, Key.Key_F2)
    press(window, Key.Key_Down)
    press(window, Key.Key_Tab)
    assert table(window).indicators[0].value == "4"
    assert faint(window, "value") == ""
    window.undo()
    assert faint(window, "value") == "如 4"
    at(window, "value", 0)
    type_text(window, "9")
    press(window, Key.Key_Return)
    assert table(window).indicators[0].value == "9"


def test_a_locked_table_shows_no_faint_values(window: MainWindow) -> None:
    from_library(window)
    press(window, Key.Key_Return)
    window.tree_actions.states.set_reported()
    cell = cell_of(window, "indicators", "value", 0)
    picture = window.view.grab(window.view.geometry_of_page.rect(cell).adjusted(4, 4, -8, -8))
    image = picture.toImage()
    colours = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    assert len(colours) == 1


def test_names_of_tasks_and_projects_come_from_this_book(window: MainWindow, qtbot: QtBot) -> None:
    show(window, "株洲市石峰区人民代表大会常务委员会")
    name = next(t.name for t in table(window).tasks if t.name)
    with qtbot.waitSignal(window.library.learning.learned, timeout=5000):
        window.library.library.asked()
    show(window, "区二届人大六次会议")
    new_table(window, "lukou2026-bumen")
    cell = next(
        c
        for c, p in window.page.grid.bound()
        if (p.binding.target, p.binding.name) == ("tasks", "name")
    )
    put_cursor(window, cell)
    commit_text(window, name[:2])
    assert name in offered(window)
    show(window, "人大代表履职能力提升")
    put_cursor(window, cell_of(window, "field", "project_name"))
    commit_text(window, "区二届")
    assert "区二届人大六次会议" in offered(window)


# Choosing a category in the cell


def test_a_second_level_of_another_first_level_moves_the_run_there(window: MainWindow) -> None:
    level = cell_of(window, "indicators", "level2", 6)
    rows = [table(window).indicators[row].level3 for row in level.bindings[0].rows]
    assert table(window).indicators[6].level1 == "产出指标"
    before = table(window)
    put_cursor(window, level)
    press(window, Key.Key_F2)
    assert "一起改" in hint(window)
    window.view.open_editor().selectAll()
    commit_text(window, "社会效益")
    assert hint(window) == "移到“效益指标”下面"
    press(window, Key.Key_Return)
    moved = [i for i in table(window).indicators if i.level3 in rows]
    assert {(i.level1, i.level2) for i in moved} == {("效益指标", "社会效益")}
    levels = [i.level1 for i in table(window).indicators]
    assert len([n for n, one in enumerate(levels) if levels[n - 1 : n] != [one]]) == len(
        set(levels)
    )
    window.undo()
    assert table(window) == before


def test_alt_down_opens_the_list_of_a_cell(window: MainWindow) -> None:
    at(window, "comparator", 0)
    press(window, Key.Key_Down, ALT)
    assert window.view.is_editing
    assert window.page_help.box.list.isVisible()
    press(window, Key.Key_Down)
    press(window, Key.Key_Return)
    assert table(window).indicators[0].comparator in COMPARATORS


def test_alt_down_where_there_is_nothing_to_choose_says_so(window: MainWindow) -> None:
    at(window, "remark", 0)
    press(window, Key.Key_Down, ALT)
    assert not window.view.is_editing
    assert "没有可选内容" in window.status.message_label.text()


def test_a_sign_shows_where_a_list_is_and_opens_it(window: MainWindow) -> None:
    sign = window.page_help.sign
    at(window, "remark", 0)
    assert not sign.isVisible()
    at(window, "unit", 0)
    assert sign.isVisible()
    press(window, Key.Key_Down, SHIFT)
    assert not sign.isVisible()
    at(window, "unit", 0)
    QTest.mouseClick(sign, LEFT)
    assert window.page_help.box.list.isVisible()
    assert not sign.isVisible()


def test_second_levels_are_those_of_the_first(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "indicators", "level2", 0))
    press(window, Key.Key_Down, ALT)
    listed = window.page_help.box.list
    texts = [listed.item(n).text() for n in range(listed.count())]
    assert "数量指标" in texts
    assert not [text for text in texts if "效益" in text or "满意" in text]
    last = listed.visualItemRect(listed.item(listed.count() - 1))
    assert listed.viewport().rect().contains(last)  # the words below do not cover it
    press(window, Key.Key_Escape)


def test_a_whole_value_is_read_while_it_is_typed_and_told(window: MainWindow) -> None:
    before = table(window).indicators[0]
    at(window, "value", 0)
    type_text(window, ">=95%")
    assert window.page_help.box.hint.text() == "读作：≥ 95 %"
    press(window, Key.Key_Return)
    row = table(window).indicators[0]
    assert (row.comparator, row.value, row.unit) == ("≥", "95", "%")
    assert "分开" in window.status.message_label.text()
    window.status.offer.click()
    assert table(window).indicators[0] == replace(before, value=">=95%")
    window.undo()
    window.undo()
    assert table(window).indicators[0] == before
