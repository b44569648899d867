"""Carrying over: the texts that change are shown, decided on, and written as one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton
from pytestqt.qtbot import QtBot

from jixiao.gui.compare.text_difference import excerpt, spans
from jixiao.gui.tree.carry_over_dialog import CarryOverDialog
from jixiao.gui.window import MainWindow
from tests.gui.conftest import show

NAME = "区二届人大六次会议"


@pytest.fixture
def dialog(window: MainWindow) -> CarryOverDialog:
    window.view.setFocus()
    QApplication.processEvents()
    QTest.keyClick(window.view, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    found = window.book_actions.carrying
    assert found is not None
    assert found.isVisible()
    return found


def accept(dialog: CarryOverDialog) -> None:
    button = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def tables_of(window: MainWindow, year: int):
    years = window.document.tree[0].years
    return [table for node in years if node.year == year for table in node.tables]


def test_the_year_is_carried_over_and_selected(window: MainWindow, dialog: CarryOverDialog) -> None:
    count = len(tables_of(window, 2026))
    assert dialog.year.value() == 2027
    assert len(dialog.plans()) == count
    accept(dialog)
    made = tables_of(window, 2027)
    assert len(made) == count
    assert window.document.shown.table.year == 2027
    assert len(window.tree.selectedIndexes()) == count
    assert {table.state for table in made} == {"草稿"}
    window.document.undo()
    assert not tables_of(window, 2027)


def test_a_text_that_is_not_checked_stays(window: MainWindow, dialog: CarryOverDialog) -> None:
    item = next(i for i in dialog.items() if i.checkState(0) == Qt.CheckState.Checked)
    plan, change = dialog._of(item)
    item.setCheckState(0, Qt.CheckState.Unchecked)
    assert item.text(2) == "（不变）"
    decided = next(p for p in dialog.plans() if p.table_id == plan.table_id)
    texts = {c.binding: c.new for c in decided.changes}
    assert texts[change.binding] == change.old
    item.setCheckState(0, Qt.CheckState.Checked)
    decided = next(p for p in dialog.plans() if p.table_id == plan.table_id)
    assert {c.binding: c.new for c in decided.changes}[change.binding] == change.new


def test_a_text_can_be_rewritten(window: MainWindow, dialog: CarryOverDialog) -> None:
    item = next(i for i in dialog.items() if dialog._of(i)[1].label == "年度绩效目标")
    dialog.list.setCurrentItem(item)
    plan, _ = dialog._of(item)
    dialog.new.setPlainText("自己写的目标")
    assert item.checkState(0) == Qt.CheckState.Checked
    accept(dialog)
    show_made(window, plan.source.name)
    assert "自己写的目标" in window.document.shown.table.fields.values()


def show_made(window: MainWindow, name: str) -> None:
    found = next(table for table in tables_of(window, 2027) if name[:4] in table.name)
    window.document.show_table(found.id)


def test_what_must_be_confirmed_comes_first(dialog: CarryOverDialog) -> None:
    flagged = [dialog._of(item)[1].notes != () for item in dialog.items()]
    assert any(flagged)
    for plan in dialog.plans():
        notes = [bool(dialog._of(i)[1].notes) for i in dialog.items() if dialog._of(i)[0] == plan]
        assert notes == sorted(notes, reverse=True)


def test_other_options_plan_again(window: MainWindow, dialog: CarryOverDialog, qtbot) -> None:
    dialog.amounts.setCurrentIndex(1)
    dialog.year.setValue(2028)
    qtbot.waitUntil(lambda: all(plan.table.year == 2028 for plan in dialog.plans()))
    assert all("project_amount" not in plan.table.fields for plan in dialog.plans())
    box = dialog.forms["lukou2026-xiangmu"]
    box.setCurrentIndex(box.findData("tongyong-xiangmu"))
    qtbot.waitUntil(lambda: any(p.table.form == "tongyong-xiangmu" for p in dialog.plans()))
    accept(dialog)
    assert len(tables_of(window, 2028)) == len(tables_of(window, 2026))


@pytest.mark.parametrize("in_tree", [True, False])
def test_what_is_copied_is_said_and_chosen_wherever_the_keys_go(
    window: MainWindow, qtbot: QtBot, in_tree: bool
) -> None:
    show(window, NAME)
    (window.tree if in_tree else window.view).setFocus()
    window.commands.actions["carry_over"].trigger()
    dialog = window.book_actions.carrying
    whole = len(tables_of(window, 2026))
    assert dialog.scope.currentText().endswith(f"2026 年度的全部 {whole} 张表")
    assert len(dialog.plans()) == whole
    assert ok_button(dialog).text() == f"复制 {whole} 张表"
    dialog.scope.setCurrentIndex(1)
    assert NAME in dialog.scope.currentText()
    qtbot.waitUntil(lambda: len(dialog.plans()) == 1)
    assert ok_button(dialog).text() == "复制 1 张表"
    dialog.reject()


def ok_button(dialog: CarryOverDialog) -> QPushButton:
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


def test_both_texts_begin_and_end_at_one_height(dialog: CarryOverDialog) -> None:
    QApplication.processEvents()
    old, new = dialog.old.geometry(), dialog.new.geometry()
    assert (old.top(), old.height()) == (new.top(), new.height())
    assert abs(old.width() - new.width()) <= 2


def test_differences() -> None:
    assert spans("2026年1月", "2027年1月") == ([(3, 4)], [(3, 4)])
    assert spans("同", "同") == ([], [])
    old, new = excerpt("a" * 40 + "2026" + "b" * 40, "a" * 40 + "2027" + "b" * 40)
    assert "2026" in old
    assert "2027" in new
    assert len(old) <= 26
