"""Versions and comparing: frozen, listed, marked in the form, restored."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jixiao.app import rows
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.gui.compare.marks import compared_page, runs_of, whole_page
from jixiao.gui.compare.page import _pieces
from jixiao.gui.compare.window import CompareWindow
from jixiao.gui.versions.actions import VersionActions
from jixiao.gui.window import MainWindow
from jixiao.gui.workbench import Workbench
from jixiao.io.paper.compare.differences import compare_tables
from jixiao.io.paper.page.grid import Binding
from jixiao.io.paper.page.spans import changed_spans
from jixiao.model.table import Indicator, Table
from tests.gui.conftest import show, stored

NAME = "区二届人大六次会议"
DRAFTS = Path(__file__).parent.parent / "data" / "drafts"


@pytest.fixture
def versions(window: MainWindow) -> VersionActions:
    return window.versions


def value(window: MainWindow, row: int, text: str) -> None:
    assert window.document.edit([(Binding("indicators", "value", (row,)), text)]) == ""


def names(versions: VersionActions) -> list[str]:
    versions.refresh()
    panel = versions.panel.list
    return [panel.item(row).text() for row in range(panel.count())]


def opened(versions: VersionActions) -> CompareWindow:
    versions._bench.frame.commands.run("compare")
    compare = versions._bench.frame.comparing.window
    assert compare is not None
    return compare


def test_a_usual_name_is_one_click(versions: VersionActions, window: MainWindow) -> None:
    versions.refresh()
    chip = next(chip for chip in versions.panel.chips if chip.text() == "一上")
    chip.click()
    assert names(versions) == ["一上"]
    assert not chip.isVisibleTo(versions.panel)
    window.undo()
    assert names(versions) == []


def test_the_menu_leads_to_the_name_and_never_into_the_page(
    open_window, book: Path, qtbot: QtBot
) -> None:
    window = open_window(book, synchronous=False)
    show(window, NAME)
    before = window.document.shown.table
    window.commands.run("freeze")
    qtbot.waitUntil(lambda: window.focusWidget() is window.versions.panel.name)
    QTest.keyClicks(window.focusWidget(), "v3")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    versions = window.versions.panel.list
    qtbot.waitUntil(lambda: versions.count() == 1)
    assert versions.item(0).text() == "v3"
    assert window.document.shown.table == before


def test_a_name_twice_is_refused(versions: VersionActions, window, monkeypatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(Workbench, "tell_error", lambda _, e: told.append(str(e)))
    versions.freeze("一上")
    versions.freeze("一上")
    assert names(versions) == ["一上"]
    assert "已经有" in told[0]


def test_rename_and_delete(versions: VersionActions, window: MainWindow) -> None:
    versions.freeze("一上")
    names(versions)
    versions.rename_version(versions.panel.current(), "初稿")
    assert names(versions) == ["初稿"]
    versions.delete(versions.panel.current())
    assert names(versions) == []
    window.status.offer.click()
    assert names(versions) == ["初稿"]


def test_differences_are_marked_listed_and_jumped_to(versions, window: MainWindow) -> None:
    versions.freeze("一上")
    value(window, 2, "9")
    window.document.act(lambda form, table: rows.delete_rows(form, table, "indicators", [5]))
    compare = opened(versions)
    assert compare.current_pair().name == NAME
    kinds = [change.kind for change in compare.model.items]
    assert sorted(kinds) == ["changed", "removed"]
    for row, change in enumerate(compare.model.items):
        compare.changes.choose(row)
        cells = compare.page.page.cells_of(change)
        assert cells
        assert compare.page._current == cells


def test_one_cell_is_restored_and_undone(versions, window: MainWindow, book: Path) -> None:
    versions.freeze("一上")
    before = window.document.shown.table.indicators
    value(window, 2, "9")
    value(window, 3, "8")
    compare = opened(versions)
    compare.changes.choose(0)
    compare.place_button.click()
    now = window.document.shown.table.indicators
    assert (now[2].value, now[3].value) == (before[2].value, "8")
    assert len(compare.model.items) == 1
    assert stored(book, NAME).indicators == now
    compare.undo.click()
    assert window.document.shown.table.indicators[2].value == "9"
    assert len(compare.model.items) == 2


def test_keys_go_from_difference_to_difference_over_all_tables(
    versions, window, qtbot: QtBot
) -> None:
    versions.freeze("一上")
    value(window, 2, "9")
    value(window, 3, "8")
    show(window, "人大代表履职能力提升")
    value(window, 0, "7")
    compare = opened(versions)
    qtbot.waitUntil(compare.isActiveWindow)
    compare.tables.setCurrentRow(0)
    seen: list[tuple[str, str]] = []
    for _ in range(5):
        QTest.keyClick(compare, Qt.Key.Key_F7)
        change = compare.current_change()
        seen.append((compare.current_pair().name, change.new if change else ""))
    assert "最后" in compare.message_label.text()
    assert len(set(seen)) == 3
    assert {name for name, _ in seen} == {NAME, "人大代表履职能力提升"}
    for _ in range(4):
        QTest.keyClick(compare, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert "第一处" in compare.message_label.text()
    assert compare.changes.where.text() == "1 / 2 处不同"


def test_the_table_on_the_screen_is_shown_first_and_a_different_one_else(versions, window) -> None:
    versions.freeze("一上")
    value(window, 2, "9")
    show(window, "人大代表履职能力提升")
    value(window, 0, "7")
    assert opened(versions).current_pair().name == "人大代表履职能力提升"
    compare = versions._bench.frame.comparing.window
    compare.tables.setCurrentRow(0)
    versions._bench.frame.comparing.run_compare()
    assert compare.current_pair().kind == "changed"


def test_a_row_that_is_gone_stands_struck_out_where_it_stood(versions, window) -> None:
    versions.freeze("一上")
    gone = window.document.shown.table.indicators[5]
    window.document.act(lambda form, table: rows.delete_rows(form, table, "indicators", [5]))
    compare = opened(versions)
    page = compare.page.page
    [change] = compare.model.items
    cells = page.cells_of(change)
    assert {cell.row for cell in cells} == {cells[0].row}
    assert gone.level3 in [cell.text for cell in cells]
    struck = [run for cell in cells for run in page.marks[cell.row, cell.col].runs]
    assert {run.tone for run in struck} == {"gone"}
    before = page.grid.at(cells[0].row - 1, cells[0].col)
    assert before.text == window.document.shown.table.indicators[4].level3


def test_a_whole_row_is_restored_in_one_step(versions, window: MainWindow) -> None:
    versions.freeze("一上")
    before = window.document.shown.table.indicators[2]
    value(window, 2, "9")
    assert window.document.edit([(Binding("indicators", "remark", (2,)), "新的备注")]) == ""
    value(window, 3, "8")
    compare = opened(versions)
    row = next(i for i, c in enumerate(compare.model.items) if c.new == "新的备注")
    compare.changes.choose(row)
    assert compare.row_button.isVisible()
    QTest.mouseClick(compare.row_button, Qt.MouseButton.LeftButton)
    now = window.document.shown.table.indicators
    assert (now[2], now[3].value) == (before, "8")
    assert len(compare.model.items) == 1
    assert not compare.row_button.isVisible()
    compare.undo.click()
    assert window.document.shown.table.indicators[2].remark == "新的备注"


def test_the_list_is_written_for_word_and_excel(versions, window, tmp_path: Path) -> None:
    versions.freeze("一上")
    value(window, 2, "9")
    window.document.act(lambda form, table: rows.delete_rows(form, table, "indicators", [5]))
    compare = opened(versions)
    comparing = window.comparing
    comparing.write_list(tmp_path / "清单.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "清单.xlsx").active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(3)]
    assert lines[0] == ["序号", "表", "位置", "情况", "2026年 一上", "2026年 现在的表"]
    assert [line[3] for line in lines[1:]] == ["改动", "删去"]
    comparing.write_list(tmp_path / "清单.docx")
    assert (tmp_path / "清单.docx").stat().st_size > 1000
    assert "2 处不同" in compare.message_label.text()


def test_comparing_a_year_with_itself_asks_for_another_side(versions, window) -> None:
    compare = opened(versions)
    assert "同一份" in compare.sides.summary.text()


def test_one_table_is_restored(versions, window: MainWindow) -> None:
    versions.freeze("一上")
    before = window.document.shown.table
    value(window, 2, "9")
    window.document.act(lambda form, table: rows.delete_rows(form, table, "indicators", [5]))
    compare = opened(versions)
    compare.table_button.click()
    assert window.document.shown.table == before
    assert "完全一样" in compare.sides.summary.text()
    assert not compare.table_button.isEnabled()


def test_the_whole_version_is_restored(versions, window: MainWindow) -> None:
    versions.freeze("一上")
    value(window, 2, "9")
    show(window, "人大代表履职能力提升")
    value(window, 0, "9")
    names(versions)
    versions.panel.restore_wanted.emit(versions.panel.current())
    dialog = window.comparing.restoring
    assert not dialog.keep.isVisibleTo(dialog)
    dialog.accept()
    assert "完全一样" in opened(versions).sides.summary.text()


def test_a_draft_is_compared_and_taken_over(versions, window: MainWindow) -> None:
    value(window, 2, "9")
    versions._bench.frame.comparing.compare_with(None, DRAFTS / "lukou2026-all.xlsx")
    compare = versions._bench.frame.comparing.window
    assert compare.sides.left.currentText().startswith("草稿")
    assert compare.place_button.text() == "采用这一处"
    pair = next(p for p in compare.comparison.pairs if p.name == NAME)
    compare.tables.setCurrentRow(compare.comparison.pairs.index(pair))
    row = next(i for i, c in enumerate(compare.model.items) if c.label.endswith("指标值"))
    compare.changes.choose(row)
    compare.place_button.click()
    assert window.document.shown.table.indicators[2].value != "9"


def choose(compare: CompareWindow, box_name: str, text: str) -> None:
    """Choose a side with the keyboard, as a user does: the letters would not tell years apart."""
    box = getattr(compare.sides, box_name)
    while box.currentText() != text:
        key = Qt.Key.Key_Down if box.findText(text) > box.currentIndex() else Qt.Key.Key_Up
        QTest.keyClick(box, key)
    assert box.currentText() == text


def test_two_years_and_two_versions_are_compared(versions, window: MainWindow) -> None:
    last_year = replace(window.document.shown.table, year=2025, notes=("去年的附注",))

    def add(session) -> None:
        with session.book.step("去年") as step:
            session.add_table(step, last_year)

    window.document.run(add)
    value(window, 2, "9")
    window.document.reload()
    compare = opened(versions)
    choose(compare, "left", "2025 年 现在的表")
    pair = compare.current_pair()
    assert pair.name == NAME
    # Its year and target; the notes of another year are no difference.
    assert [change.label.split()[-1] for change in compare.model.items] == ["年度", "指标值"]
    versions.freeze("一上")
    value(window, 2, "10")
    versions.freeze("二上")
    compare = opened(versions)
    choose(compare, "left", "2026 年 一上")
    choose(compare, "right", "2026 年 二上")
    assert [(c.old, c.new) for c in compare.model.items] == [("≤9次", "≤10次")]
    assert not compare.place_button.isEnabled()


def test_a_draft_that_cannot_be_read_is_told(versions, tmp_path: Path) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_text("no workbook")
    versions._bench.frame.comparing.compare_with(None, bad)
    compare = versions._bench.frame.comparing.window
    assert compare.message_label.text()
    assert compare.comparison is None


def test_versions_of_a_book_that_was_closed_are_gone(versions, window: MainWindow) -> None:
    versions.freeze("一上")
    compare = opened(versions)
    window.files.close_book()
    assert compare.isHidden()
    assert names(versions) == []


def test_swapping_looks_the_other_way(versions, window: MainWindow) -> None:
    versions.freeze("一上")
    window.document.act(lambda form, table: rows.delete_rows(form, table, "indicators", [5]))
    compare = opened(versions)
    compare.sides.swap.click()
    assert [change.kind for change in compare.model.items] == ["added"]
    assert not compare.place_button.isEnabled()


def test_another_thread_shows_the_same(open_window, book: Path, qtbot: QtBot) -> None:
    window = open_window(book, synchronous=False)
    show(window, NAME)
    versions = window.versions
    versions.freeze("一上")
    value(window, 2, "9")
    comparing = window.comparing
    comparing.compare_versions()
    qtbot.waitUntil(lambda: comparing.window is not None, timeout=3000)
    qtbot.waitUntil(lambda: comparing.window.comparison is not None, timeout=3000)
    assert len(comparing.window.model.items) == 1


# Marks


texts = st.text(alphabet="会议次数0129，。 \n", max_size=40)


@given(old=texts, new=texts)
def test_runs_say_both_texts(old: str, new: str) -> None:
    runs = runs_of(old, new, *changed_spans(old, new), alone=False)
    joined = "".join(run.text for run in runs)
    if old.strip() and new.strip():
        came = [run.text for run in runs if run.tone in {"same", "came"}]
        gone = [run.text for run in runs if run.tone in {"old", "gone"}]
        assert new in "".join(came) or new == "".join(came)
        assert all(text in old for text in gone)
    else:
        assert joined == (new if not old.strip() else old)


@given(text=st.text(alphabet="会议次数12，。 ", min_size=1, max_size=60), width=st.integers(2, 9))
def test_broken_lines_keep_every_character_that_is_shown(text: str, width: int) -> None:
    lines = tuple(text[i : i + width].rstrip() for i in range(0, len(text), width))
    runs = tuple(runs_of("", text, (), ()))
    pieces = _pieces(lines, runs)
    assert ["".join(run.text for run in line) for line in pieces] == list(lines)


@cache
def lukou() -> tuple:
    forms = FormLibrary().by_id
    form = next(form for form in forms.values() if form.kind == "project" and "渌口" in form.name)
    indicators = tuple(
        Indicator("产出指标", level2, f"指标{level2}{i}", "≥", str(i), "次")
        for level2 in ("数量指标", "质量指标")
        for i in range(3)
    )
    return form, Table(kind="project", form=form.id, indicators=indicators)


@given(gone=st.sets(st.integers(0, 5)), changed=st.sets(st.integers(0, 5)))
def test_every_difference_has_its_place_on_the_page(gone: set[int], changed: set[int]) -> None:
    form, old = lukou()
    new = tuple(
        replace(row, value="77") if i in changed else row
        for i, row in enumerate(old.indicators)
        if i not in gone
    )
    difference = compare_tables(old, replace(old, indicators=new))
    page = compared_page(form, difference)
    covered = [
        (r, c)
        for cell in page.grid.cells
        for r in range(cell.row, cell.bottom)
        for c in range(cell.col, cell.right)
    ]
    assert len(covered) == len(set(covered))
    assert max(r for r, _ in covered) < len(page.grid.rows)
    for change in difference.changes:
        assert change in page.unshown or page.cells_of(change)


def test_a_table_that_came_is_marked_everywhere() -> None:
    form, table = lukou()
    page = whole_page(form, table, "added")
    assert {mark.kind for mark in page.marks.values()} == {"added"}
    assert len(page.marks) >= 6 * 4
