"""The library beside the page: searching for the current row, inserting, own entries."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from jixiao.app.library.library import Library
from jixiao.gui.library.actions import LibraryActions
from jixiao.gui.library.dialog import EntryDialog
from jixiao.gui.library.list import target_text
from jixiao.gui.library.place import spot_at
from jixiao.gui.window import MainWindow
from jixiao.gui.workbench import Workbench
from jixiao.model.library import Entry
from tests.gui.conftest import cell_of, put_cursor, show, stored

Key = Qt.Key
NAME = "区二届人大六次会议"


@pytest.fixture
def library(window: MainWindow, tmp_path: Path) -> LibraryActions:
    asked = window.library.library.asked
    window.library.library = Library(tmp_path / "own.json")
    window.library.library.asked = asked
    window.library.learning._library = window.library.library
    put_cursor(window, cell_of(window, "indicators", "value", 6))
    window.show_library = window.library.show_library
    window.commands.run("library")
    return window.library


def row(window: MainWindow, index: int):
    return window.document.shown.table.indicators[index]


def find(library: LibraryActions, text: str) -> None:
    library.panel.text.setText(text)
    library.search()


def test_the_row_of_the_cursor_is_found_from_every_cell_of_it(window: MainWindow) -> None:
    grid = window.page.grid
    for name in ("level3", "value", "unit", "remark"):
        cell = cell_of(window, "indicators", name, 6)
        assert spot_at(grid, cell.row, cell.col).row == 6
    assert spot_at(grid, 0, 0).row == -1
    assert spot_at(grid, -1, -1).row == -1


def test_hits_of_the_current_class_come_first(library: LibraryActions, window) -> None:
    level2 = row(window, 6).level2
    best = library.panel.model.items[0].entry
    assert level2.removesuffix("指标") in best.level2
    assert level2 in library.panel.place.text()


def test_initials_find_a_name(library: LibraryActions) -> None:
    find(library, "hycql")
    assert "会议出勤率" in [hit.entry.name for hit in library.panel.model.items]


def test_filters_narrow_the_list(library: LibraryActions) -> None:
    panel = library.panel
    panel.category.setCurrentIndex(panel.category.findData("培训"))
    panel.level.setCurrentIndex(panel.level.findData("数量指标"))
    assert panel.model.items
    for hit in panel.model.items:
        assert (hit.entry.category, hit.entry.level2) == ("培训", "数量指标")


def test_enter_inserts_one_step_without_its_value(library: LibraryActions, window, book) -> None:
    before = len(window.document.shown.table.indicators)
    find(library, "会议出勤率")
    QTest.keyClick(library.panel.text, Key.Key_Return)
    assert len(window.document.shown.table.indicators) == before + 1
    new = row(window, 7)
    assert (new.level3, new.value) == ("会议出勤率", "")
    assert "插入指标" in window.commands.actions["undo"].text()
    current = window.view.current_cell()
    assert current is not None
    assert current == cell_of(window, "indicators", "value", 7)
    assert stored(book, NAME).indicators[7].level3 == "会议出勤率"
    window.undo()
    assert len(window.document.shown.table.indicators) == before


def test_the_suggestion_is_taken_only_when_asked_for(library: LibraryActions, window) -> None:
    find(library, "会议出勤率")
    library.insert(library.panel.model.items[0])
    assert "95" in window.status.message_label.text()
    window.status.offer.click()
    assert row(window, 7).value == "95"


def test_a_locked_table_takes_nothing(library: LibraryActions, window) -> None:
    window.tree_actions.states.set_reported()
    library.search()
    assert not library.panel.insert.isEnabled()
    before = window.document.shown.table
    library.insert(library.panel.model.items[0])
    assert window.document.shown.table == before


def test_taking_over_deleting_and_taking_back(library: LibraryActions, window) -> None:
    library.take_over()
    find(library, row(window, 6).level3)
    hit = next(h for h in library.panel.model.items if h.entry.origin == "own")
    assert hit.entry.value == row(window, 6).value
    library.delete_entry(hit)
    assert all(h.entry.origin != "own" for h in library.panel.model.items)
    window.status.offer.click()
    assert any(h.entry.origin == "own" for h in library.panel.model.items)


def test_several_rows_are_taken_over_at_once(library: LibraryActions, window) -> None:
    cell = cell_of(window, "indicators", "level3", 2)
    put_cursor(window, cell)
    for _ in range(2):
        QTest.keyClick(window.view, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.mouseClick(library.panel.take_over, Qt.MouseButton.LeftButton)
    own = {entry.name for entry in library.library.entries if entry.origin == "own"}
    assert own == {row(window, index).level3 for index in (2, 3, 4)}
    assert "3 条指标" in window.status.message_label.text()


def in_dialog(do) -> list[str]:
    """Use the dialog that is about to open, with real keys; gives its title."""
    titles: list[str] = []

    def use() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, EntryDialog)
        titles.append(dialog.windowTitle())
        do(dialog)

    QTimer.singleShot(0, use)
    return titles


def test_a_new_entry_is_written_in_a_dialog(library: LibraryActions, window) -> None:
    def write(dialog: EntryDialog) -> None:
        assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
        QTest.keyClicks(dialog.name, "web visits")
        dialog.level1.setCurrentText("产出指标")
        dialog.level2.setCurrentText("数量指标")
        QTest.keyClicks(dialog.value, "500")
        QTest.keyClick(dialog.name, Key.Key_Return)

    titles = in_dialog(write)
    library.new_entry()
    assert titles == ["新建指标"]
    find(library, "web vis")
    (hit, *_) = library.panel.model.items
    assert (hit.entry.name, hit.entry.value, hit.entry.origin) == ("web visits", "500", "own")
    assert hit.entry.level2 == "数量指标"


def test_a_shipped_entry_that_is_changed_becomes_the_users(library: LibraryActions) -> None:
    find(library, "会议天数")
    shipped = library.panel.model.items[0]
    assert shipped.entry.origin == "shipped"

    def write(dialog: EntryDialog) -> None:
        dialog.value.selectAll()
        QTest.keyClicks(dialog.value, "5")
        QTest.keyClick(dialog.value, Key.Key_Return)

    titles = in_dialog(write)
    library.edit_entry(shipped)
    assert titles == ["修改指标"]
    find(library, "会议天数")
    same = [h.entry for h in library.panel.model.items if h.entry.name == shipped.entry.name]
    assert [(entry.value, entry.origin) for entry in same] == [("5", "own")]


def test_esc_leaves_the_library_as_it_was(library: LibraryActions) -> None:
    before = library.library.entries

    def leave(dialog: EntryDialog) -> None:
        QTest.keyClicks(dialog.name, "x")
        QTest.keyClick(dialog.name, Key.Key_Escape)

    in_dialog(leave)
    library.new_entry()
    assert library.library.entries == before


def test_export_and_import_give_the_same_entries(library: LibraryActions, tmp_path, qtbot) -> None:
    library.take_over()
    known = set(library.library.entries)
    library.export_to(tmp_path / "指标库.xlsx")
    library.library = Library(tmp_path / "other.json")
    library.import_from(tmp_path / "指标库.xlsx")
    names = {(e.level2, e.name) for e in library.library.entries}
    assert names == {(e.level2, e.name) for e in known}
    assert library.panel.isEnabled()


def test_a_file_that_is_no_list_is_refused_calmly(
    library: LibraryActions, tmp_path: Path, monkeypatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(Workbench, "tell_error", lambda _, e: told.append(str(e)))
    bad = tmp_path / "坏.xlsx"
    bad.write_text("no workbook")
    library.import_from(bad)
    assert len(told) == 1
    assert library.panel.isEnabled()


def test_the_book_is_learned_from_in_pauses(library: LibraryActions, qtbot: QtBot) -> None:
    find(library, "主席团会议次数")
    qtbot.waitUntil(lambda: bool(library.library.learned.counts), timeout=5000)
    find(library, "主席团会议次数")
    assert library.panel.model.items[0].count >= 1


def test_another_book_forgets_what_was_learned(library: LibraryActions, window, qtbot) -> None:
    find(library, "主席团会议次数")
    qtbot.waitUntil(lambda: bool(library.library.learned.counts), timeout=5000)
    window.files.close_book()
    assert not library.library.learned.counts


def test_keys_of_the_panel(library: LibraryActions, window, qtbot: QtBot) -> None:
    panel = library.panel
    QTest.keyClick(panel.text, Key.Key_Down)
    assert panel.list.currentIndex().row() == 1
    panel.text.setText("会议")
    QTest.keyClick(panel.text, Key.Key_Escape)
    assert panel.text.text() == ""
    with qtbot.waitSignal(panel.left):
        QTest.keyClick(panel.text, Key.Key_Escape)


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (Entry(name="x", comparator="≥", value="95", unit="%"), "≥95%"),
        (Entry(name="x", comparator="≥", unit="%"), "%"),
        (Entry(name="x"), ""),
    ],
)
def test_the_target_beside_a_name(entry: Entry, text: str) -> None:
    assert target_text(entry) == text


def test_a_second_insertion_goes_below_the_first(library: LibraryActions, window) -> None:
    show(window, NAME)
    put_cursor(window, cell_of(window, "indicators", "value", 6))
    for name in ("会议出勤率", "议程完成率"):
        find(library, name)
        library.insert(library.panel.model.items[0])
    assert [row(window, i).level3 for i in (7, 8)] == ["会议出勤率", "议程完成率"]
