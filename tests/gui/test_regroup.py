"""Another year or agency for whole groups of tables, by real keys; asked where in doubt."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit

from jixiao.gui.tree.dialogs import MoveDialog
from jixiao.gui.window import MainWindow
from jixiao.model.tree import AgencyNode
from tests.gui.conftest import stored

Key = Qt.Key
NAME = "区二届人大六次会议"


def agency(window: MainWindow, number: int = 0) -> AgencyNode:
    return window.document.tree[number]


def select(window: MainWindow, kind: str, node_id: int) -> None:
    window.tree.setFocus()
    index = window.tree_model.find(kind, node_id)
    window.tree.selectionModel().setCurrentIndex(
        index, QItemSelectionModel.SelectionFlag.ClearAndSelect
    )


def rename(window: MainWindow, text: str) -> None:
    """F2, type, Enter, each as a key."""
    QTest.keyClick(window.tree, Key.Key_F2)
    editor = window.tree.findChildren(QLineEdit)[-1]  # one that has ended may still be there
    QTest.keyClick(editor, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_any(editor, text)
    QTest.keyClick(editor, Key.Key_Return)
    QApplication.processEvents()


def type_any(editor: QLineEdit, text: str) -> None:
    """Letters as keys, Chinese characters as an input method hands them over."""
    for char in text:
        if char.isascii():
            QTest.keyClicks(editor, char)
        else:
            event = QInputMethodEvent()
            event.setCommitString(char)
            QApplication.sendEvent(editor, event)


def table_of(window: MainWindow, name: str) -> int:
    entries = (e for a in window.document.tree for y in a.years for e in y.tables)
    return next(entry.id for entry in entries if entry.name == name)


@pytest.mark.parametrize("typed", ["2031", "2031年", "2031 年度"])
def test_f2_on_a_year_changes_it_with_its_tables(
    window: MainWindow, book: Path, typed: str
) -> None:
    year = agency(window).years[0]
    select(window, "year", year.id)
    rename(window, typed)
    assert agency(window).years[0].year == 2031
    assert window.document.shown.table.year == 2031
    assert "张表跟着改了" in window.status.message_label.text()
    assert window.tree.currentIndex().data() == "2031 年度"
    window.document.undo()
    assert agency(window).years[0].year == year.year
    window.redo()
    window.close()
    assert stored(book, NAME).year == 2031


def test_f2_shows_the_bare_number_and_esc_leaves_it(window: MainWindow) -> None:
    year = agency(window).years[0]
    select(window, "year", year.id)
    QTest.keyClick(window.tree, Key.Key_F2)
    editor = window.tree.findChild(QLineEdit)
    assert editor.text() == str(year.year)
    QTest.keyClicks(editor, "7")
    QTest.keyClick(editor, Key.Key_Escape)
    assert agency(window).years[0].year == year.year


def test_a_year_can_become_unknown_and_known_again(window: MainWindow) -> None:
    select(window, "year", agency(window).years[0].id)
    rename(window, "未定")
    assert agency(window).years[0].year is None
    assert window.document.shown.table.year is None
    select(window, "year", agency(window).years[0].id)
    rename(window, "2026")
    assert agency(window).years[0].year == 2026


def test_what_is_no_year_is_told(window: MainWindow) -> None:
    year = agency(window).years[0]
    select(window, "year", year.id)
    rename(window, "26")
    assert "四位数字" in window.status.message_label.text()
    assert agency(window).years[0].year == year.year


def test_a_year_that_is_there_is_asked_for_and_esc_does_nothing(window: MainWindow) -> None:
    window.tree_actions.add_year(agency(window).id, 2031)
    before = window.document.tree
    select(window, "year", next(y.id for y in agency(window).years if y.year != 2031))
    rename(window, "2031")
    question = window.tree_actions.regroup.question
    assert question is not None
    assert "已经有 2031 年度" in question.text()
    QTest.keyClick(question, Key.Key_Escape)
    assert window.document.tree == before
    rename(window, "2031")
    question = window.tree_actions.regroup.question
    QTest.keyClick(question.defaultButton(), Key.Key_Return)
    assert [year.year for year in agency(window).years] == [2031]
    assert window.document.shown.table.year == 2031
    window.document.undo()
    assert window.document.tree == before


def test_an_empty_year_is_merged_without_a_question(window: MainWindow) -> None:
    window.tree_actions.add_year(agency(window).id, 2031)
    select(window, "year", next(y.id for y in agency(window).years if y.year == 2031))
    rename(window, "2026")
    assert window.tree_actions.regroup.question is None
    assert [year.year for year in agency(window).years] == [2026]


def test_a_reported_table_stops_the_change_and_it_is_told(window: MainWindow) -> None:
    window.tree_actions.states.set_reported()
    year = agency(window).years[0]
    select(window, "year", year.id)
    rename(window, "2031")
    assert "已报" in window.status.message_label.text()
    assert agency(window).years[0].year == year.year


def test_an_agency_with_the_name_of_another_is_merged_when_asked(window: MainWindow) -> None:
    first, second = window.document.tree[:2]
    select(window, "agency", second.id)
    rename(window, first.name)
    question = window.tree_actions.regroup.question
    assert first.name in question.text()
    QTest.keyClick(question.defaultButton(), Key.Key_Return)
    assert second.id not in {node.id for node in window.document.tree}
    assert {year.year for year in second.years} <= {year.year for year in agency(window).years}
    window.document.undo()
    assert window.document.tree[:2] == (first, second)


def test_tables_without_an_agency_get_one_by_the_menu(window: MainWindow) -> None:
    moved = table_of(window, NAME)
    window.tree_actions.regroup.move_tables([moved], "", None)
    unknown = next(node for node in window.document.tree if not node.name)
    assert [year.year for year in unknown.years] == [None]
    select(window, "table", moved)
    QTest.keyClick(
        window.tree,
        Key.Key_M,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    dialog = window.findChild(MoveDialog)
    assert dialog.agency.currentText() == "单位未定"
    type_any(dialog.agency.lineEdit(), "新设的局")
    QTest.keyClicks(dialog.year_edit, "20")
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    QTest.keyClicks(dialog.year_edit, "28")
    QTest.keyClick(dialog.year_edit, Key.Key_Return)
    assert window.document.shown.table.agency == "新设的局"
    assert window.document.shown.table.year == 2028
    assert all(node.name for node in window.document.tree)


def test_dropped_on_an_agency_a_table_keeps_its_year(window: MainWindow) -> None:
    model, moved = window.tree_model, table_of(window, NAME)
    data = model.mimeData([model.index_of_table(moved)])
    target = window.document.tree[1]
    at = model.find("agency", target.id)
    assert model.canDropMimeData(data, Qt.DropAction.MoveAction, -1, -1, at)
    model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, at)
    assert window.document.shown.table.agency == target.name
    years = {year.year: [e.name for e in year.tables] for year in window.document.tree[1].years}
    assert years[2026] == [NAME]
    window.document.undo()
    assert window.document.shown.table.agency != target.name
