"""The check panel: what it lists, where it goes, what it mends, and that all can be taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from jixiao.app.checking.checking import counts
from jixiao.app.rows import Edit
from jixiao.gui.dialogs import ExportDialog
from jixiao.gui.dock import Dock
from jixiao.gui.window import MainWindow
from jixiao.io.files.read.door import read_grids
from jixiao.model.schema import REPORTED
from tests.gui.conftest import cell_of, press, put_cursor, show, stored, type_text
from tests.gui.finding_cards import NAME, OTHER, card, cards, click, groups, rules, table

Key = Qt.Key


@pytest.fixture
def checked(window: MainWindow) -> MainWindow:
    window.checks.checker.check_now()
    return window


def table_of_kind(window: MainWindow, kind: str) -> str:
    entries = (t for a in window.document.tree for y in a.years for t in y.tables)
    return next(t.name for t in entries if t.kind == kind)


def give_up_project_amount(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "field", "project_amount"))
    type_text(window, "50")
    press(window, Key.Key_Return)


def test_typing_is_checked_after_a_pause(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "V6" in rules(window))
    assert "M3" not in rules(window)
    give_up_project_amount(window)
    qtbot.waitUntil(lambda: "M3" in rules(window))
    assert rules(window)[0] in {"M3", "V6", "C4"}
    window.undo()
    qtbot.waitUntil(lambda: "M3" not in rules(window))


def test_checking_on_the_books_own_thread(open_window, book: Path, qtbot: QtBot) -> None:
    window = open_window(book, synchronous=False)
    show(window, NAME)
    qtbot.waitUntil(lambda: "V6" in rules(window))
    give_up_project_amount(window)
    qtbot.waitUntil(lambda: "M3" in rules(window))


def test_the_gravest_come_first_and_the_tab_counts(checked: MainWindow) -> None:
    severities = [one.finding.severity for one in checked.checks.panel.visible_findings]
    rank = ["error", "warning", "hint"]
    assert severities == sorted(severities, key=rank.index)
    serious = sum(severity != "hint" for severity in severities)
    assert checked.dock.tabs.tabText(0) == f"检查 {serious}"
    node = checked.tree_model.badges
    checked.badges.check_now()
    badge = node[checked.document.shown.table_id]
    assert badge.total == serious


def test_a_click_on_a_card_goes_to_the_cell(checked: MainWindow) -> None:
    found = card(checked, "V6")
    click(found.message)
    cell = checked.view.current_cell()
    assert cell == cell_of(checked, "indicators", "unit", found.found.finding.index)
    assert found.property("chosen") == "true"
    assert not found.hint.isHidden()


def test_f8_walks_through_the_findings_and_back(checked: MainWindow, qtbot: QtBot) -> None:
    seen = []
    for _ in range(3):
        qtbot.keyClick(checked.view, Key.Key_F8)
        seen.append(checked.checks.panel.current)
    assert [one.finding.rule for one in seen] == rules(checked)[:3]
    assert checked.view.hasFocus()
    qtbot.keyClick(checked.view, Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert checked.checks.panel.current == seen[1]


def test_f8_from_the_last_to_the_first(checked: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(checked.view, Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert checked.checks.panel.current == checked.checks.panel.visible_findings[-1]
    qtbot.keyClick(checked.view, Key.Key_F8)
    assert checked.checks.panel.current == checked.checks.panel.visible_findings[0]


def test_a_finding_in_another_table_is_shown_there(checked: MainWindow) -> None:
    panel = checked.checks.panel
    panel.set_scope("year")
    there = next(c for c in cards(checked) if c.found.table.name == OTHER and c.found.finding.rows)
    click(there.go if there.go.isVisible() else there.message)
    QApplication.processEvents()
    assert table(checked).name == OTHER
    binding = checked.view.current_cell().bindings[0]
    assert there.found.finding.index in binding.rows
    assert panel.current == there.found


def test_all_tables_are_listed_by_table(checked: MainWindow, qtbot: QtBot) -> None:
    panel = checked.checks.panel
    panel.set_scope("book")
    ids = {t.id for a in checked.document.tree for y in a.years for t in y.tables}
    qtbot.waitUntil(lambda: checked.checks.checker.knows(frozenset(ids)))
    listed = [card.found.table_id for card in cards(checked)]  # what repeats itself stands before
    assert len(set(listed)) > 2
    assert len(dict.fromkeys(listed)) == sum(
        number == 0 or listed[number - 1] != one for number, one in enumerate(listed)
    )


def test_a_fix_is_one_step_and_can_be_undone(checked: MainWindow, book: Path) -> None:
    before = table(checked)
    fixed = card(checked, "V6")
    row = fixed.found.finding.index
    assert fixed.fix.text() == "清空"
    click(fixed.fix)
    assert table(checked).indicators[row].unit == ""
    assert checked.document.names.undo.startswith("改正：")
    assert "V6" not in rules(checked)
    checked.undo()
    assert table(checked) == before
    checked.redo()
    checked.close()
    assert stored(book, NAME).indicators[row].unit == ""


def test_a_fix_in_another_table_is_written_without_going_there(checked: MainWindow) -> None:
    panel = checked.checks.panel
    panel.set_scope("year")
    click(next(group for group in groups(checked) if group.group.tables > 1).toggle)
    there = next(c for c in cards(checked) if c.found.table.name == OTHER and c.fix.isVisible())
    click(there.fix)
    assert table(checked).name == NAME
    assert checked.document.names.undo.startswith("改正：")
    checked.undo()
    assert table(checked).name == OTHER


def test_a_fix_does_not_write_over_what_was_typed_since(checked: MainWindow) -> None:
    fixed = card(checked, "V6")
    row = fixed.found.finding.index
    put_cursor(checked, cell_of(checked, "indicators", "unit", row))
    type_text(checked, "x")
    press(checked, Key.Key_Return)
    before = table(checked)
    checked.checks.mending.fix(fixed.found)
    assert table(checked) == before
    assert "改过" in checked.status.message_label.text()


def test_ignoring_asks_for_a_reason_in_place(checked: MainWindow, qtbot: QtBot, book: Path) -> None:
    panel = checked.checks.panel
    total, notes = len(cards(checked)), table(checked).notes
    let_be = card(checked, "V6")
    click(let_be.ignore)
    assert let_be.reason.line.hasFocus()
    qtbot.keyClick(let_be.reason.line, Key.Key_Return)  # without a reason nothing happens
    assert len(cards(checked)) == total
    qtbot.keyClicks(let_be.reason.line, "as told")
    qtbot.keyClick(let_be.reason.line, Key.Key_Return)
    assert "V6" not in rules(checked)
    assert any("as told" in note for note in table(checked).notes)
    assert not panel.show_ignored.isHidden()
    click(panel.show_ignored)
    assert "as told" in card(checked, "V6").hint.text()
    click(card(checked, "V6").take_back)
    assert card(checked, "V6").found.open
    assert table(checked).notes == notes
    checked.undo()
    checked.close()
    assert "as told" in stored(book, NAME).notes[-1]


def test_esc_leaves_the_reason(checked: MainWindow, qtbot: QtBot) -> None:
    before = table(checked)
    let_be = card(checked, "V6")
    click(let_be.ignore)
    qtbot.keyClicks(let_be.reason.line, "x")
    qtbot.keyClick(let_be.reason.line, Key.Key_Escape)
    assert let_be.reason is None
    assert let_be.hasFocus()
    assert table(checked) == before
    qtbot.keyClick(let_be, Key.Key_Escape)
    assert checked.view.hasFocus()


def test_what_is_being_written_survives_a_check(checked: MainWindow, qtbot: QtBot) -> None:
    let_be = card(checked, "V6")
    click(let_be.ignore)
    qtbot.keyClicks(let_be.reason.line, "half a rea")
    checked.checks.checker.check_again()
    checked.document.act(lambda _, table: Edit(replace(table, agency_code="1"), "x"))
    checked.checks.checker.check_now()
    assert card(checked, "V6").reason.line.text() == "half a rea"


def test_mending_all_sure_ones_is_one_step(checked: MainWindow) -> None:
    before = table(checked)
    click(checked.checks.panel.mend)
    assert not {"V6", "V7"} & set(rules(checked))
    assert checked.checks.panel.mend.isHidden()
    assert checked.document.names.undo == "全部改正"
    checked.undo()
    assert table(checked) == before


def test_mending_a_year_leaves_locked_tables_alone_and_says_so(checked: MainWindow) -> None:
    other = next(
        t.id for a in checked.document.tree for y in a.years for t in y.tables if t.name == OTHER
    )

    def lock(session) -> None:
        with session.book.step("标为已报") as step:
            step.set_state(other, REPORTED)

    checked.document.run(lock)
    checked.document.reload()
    checked.checks.panel.set_scope("year")
    locked = {}
    checked.document.run(lambda session: locked.update(before=session.book.table(other)))
    click(checked.checks.panel.mend)
    assert OTHER in checked.status.message_label.text()
    checked.document.run(lambda session: locked.update(after=session.book.table(other)))
    assert locked["before"] == locked["after"]
    assert checked.document.names.undo == "全部改正"


def test_a_locked_table_offers_no_fix(checked: MainWindow) -> None:
    here = checked.document.shown.table_id

    def lock(session) -> None:
        with session.book.step("标为已报") as step:
            step.set_state(here, REPORTED)

    checked.document.run(lock)
    checked.document.reload()
    checked.checks.checker.check_now()
    assert card(checked, "V6").fix.isHidden()
    assert card(checked, "V6").ignore.isHidden()
    assert checked.checks.panel.mend.isHidden()


def test_severities_can_be_filtered(checked: MainWindow) -> None:
    click(checked.checks.panel.chips["warning"])
    assert {c.found.finding.severity for c in cards(checked)} == {"error", "hint"}
    click(checked.checks.panel.chips["warning"])
    assert "warning" in {c.found.finding.severity for c in cards(checked)}


@pytest.mark.qt_log_ignore("propagateSizeHints", "support raise", extend=True)
def test_cells_are_marked_and_tell_the_reason(checked: MainWindow) -> None:
    found = card(checked, "V6").found.finding
    cell = cell_of(checked, "indicators", "unit", found.index)
    assert checked.checks.marks.findings_in(cell)[0].rule == "V6"
    rect = checked.view.geometry_of_page.rect(cell)
    picture = checked.view.viewport().grab(rect).toImage()
    ratio = picture.devicePixelRatio()
    edge = picture.pixelColor(int(1 * ratio), int(rect.height() * ratio / 2))
    assert edge.red() > 180 > 100 > edge.green()
    at = rect.center()
    event = QHelpEvent(QEvent.Type.ToolTip, at, checked.view.viewport().mapToGlobal(at))
    QApplication.sendEvent(checked.view.viewport(), event)
    assert found.message in QToolTip.text().replace("&quot;", '"')
    QToolTip.hideText()


def test_the_cursor_in_a_cell_lights_up_its_card(checked: MainWindow) -> None:
    found = card(checked, "V6")
    put_cursor(checked, cell_of(checked, "indicators", "unit", found.found.finding.index))
    assert found.property("chosen") == "true"
    put_cursor(checked, cell_of(checked, "field", "project_name"))
    assert found.property("chosen") == "false"


def test_the_export_dialog_informs(checked: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    show(checked, table_of_kind(checked, "department"))  # compared with its projects
    checked.checks.checker.check_now()
    assert "M2" in rules(checked)
    dialog = ExportDialog(checked.files.export_scopes(), tmp_path, checked)
    qtbot.addWidget(dialog)
    checked.checks.inform(dialog)
    first = dialog.note.text()
    here = counts(checked.checks.panel.visible_findings)
    assert f"{here['error']} 个错误、{here['warning']} 个提醒" in first
    assert "仍可以导出" in first
    dialog.show()
    buttons = dialog._group.buttons()
    buttons[-1].click()
    assert dialog.note.text() not in {"", first}
    ok = dialog.buttons.buttons()[0]
    assert ok.isEnabled()


def test_the_report_is_a_word_document(checked: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    checked.checks.write_report(path)
    texts = {cell.text for grid in read_grids(path) for cell in grid.cells}
    assert card(checked, "V6").found.finding.message in texts
    assert "报告.docx" in checked.status.message_label.text()


def test_the_dock_can_be_put_away(checked: MainWindow, qtbot: QtBot) -> None:
    assert checked.dock.isVisible()
    qtbot.keyClick(checked.view, Key.Key_F9)
    assert not checked.dock.isVisible()
    qtbot.keyClick(checked.view, Key.Key_F8)
    assert checked.dock.isVisible()


def test_panels_keep_their_order_whoever_comes_first(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLabel

    dock = Dock()
    qtbot.addWidget(dock)
    panels = {name: QLabel(name) for name in ("概览", "检查", "别的", "指标库")}
    for name, panel in panels.items():
        dock.add_panel(name, panel)
    assert [dock.tabs.tabText(i) for i in range(4)] == ["检查", "指标库", "概览", "别的"]
    dock.show_panel(panels["概览"])
    assert dock.current is panels["概览"]
    QTest.mouseClick(
        dock.tabs,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        dock.tabs.tabRect(0).center() + QPoint(0, 0),
    )
    assert dock.current is panels["检查"]


def test_closing_the_book_empties_the_panel(checked: MainWindow, book: Path) -> None:
    checked.document.close_book()
    assert cards(checked) == []
    assert checked.dock.tabs.tabText(0) == "检查"
    checked.open_book(book)
    checked.checks.checker.check_now()
    assert cards(checked)
