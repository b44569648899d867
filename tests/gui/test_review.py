"""The review of drafts in the window: reading, both sides, putting right, taking in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from jixiao.app.importing.profiles import load_profile
from jixiao.gui.review import mapping as review_mapping
from jixiao.gui.review.doubts import Line
from jixiao.gui.review.files import BADGES
from jixiao.gui.review.table import TablePane
from jixiao.gui.review.window import ReviewWindow
from jixiao.gui.window import MainWindow
from jixiao.io.paper.page.grid import Cell
from tests.gui.conftest import stored

DATA = Path(__file__).parent.parent / "data"
DRAFTS = DATA / "drafts"
OCR = DATA / "drafts2" / "24-ocr.docx"
ALL = DRAFTS / "lukou2026-all.xlsx"
ASKED = DRAFTS / "hetang2024-project-1.xlsx"
MESSY = sorted(DRAFTS.glob("messy-*"))


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "data"))


Open = Callable[..., ReviewWindow]


@pytest.fixture
def review(open_window, tmp_path: Path) -> Open:
    """Opens the review on some drafts, in a new book or in a given window."""

    def make(*paths: Path, window: MainWindow | None = None) -> ReviewWindow:
        if window is None:
            window = open_window()
            window.open_book(tmp_path / "新.jxb", create=True)
        window.settings.always_review = True
        window.files.import_drafts(list(paths))
        found = window.files.review.window
        assert found is not None
        found.resize(1366, 768)
        return found

    return make


def main_of(review: ReviewWindow) -> MainWindow:
    window = review.parent()
    assert isinstance(window, MainWindow)
    return window


def page_cell(pane: TablePane, target: str, name: str, row: int = -1) -> Cell:
    assert pane._links is not None
    found = pane._links.cell_of((target, name, row))
    assert found is not None
    return found[0]


def click_page(pane: TablePane, cell: Cell) -> None:
    point = pane.view.geometry_of_page.rect(cell).center()
    QTest.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=point)


def click_source(pane: TablePane, address: str) -> None:
    assert pane._links is not None
    position = pane._links.position_of(address)
    assert position is not None
    index = pane.source.source.index(*position)
    pane.source.scrollTo(index)
    point = pane.source.visualRect(index).center()
    QTest.mouseClick(pane.source.viewport(), Qt.MouseButton.LeftButton, pos=point)


def link(pane: TablePane, row: int, text: str) -> QPushButton:
    holder = pane.doubts.cellWidget(row, 3)
    return next(button for button in holder.findChildren(QPushButton) if button.text() == text)


def source_address(pane: TablePane) -> str:
    row, col = pane.source.source.position(pane.source.currentIndex())
    return pane.source.source.grid.address(row, col)


# Which way a draft goes


def test_a_sure_file_is_taken_without_a_look(window: MainWindow) -> None:
    window.files.import_drafts([DRAFTS / "lukou2026-project-4.xlsx"])
    assert window.files.review.window is None
    assert "1 张表" in window.status.message_label.text()
    assert window.document.names.undo == "导入 1 个文件，1 张表"


def test_a_doubtful_file_is_looked_at(window: MainWindow) -> None:
    before = window.document.names
    window.files.import_drafts([ASKED])
    assert window.files.review.window is not None
    window.files.review.window.reject()
    assert window.files.review.window is None
    assert window.document.names == before


def test_the_setting_shows_every_draft(window: MainWindow) -> None:
    window.files.toggle_always_review()
    window.files.import_drafts([DRAFTS / "lukou2026-project-4.xlsx"])
    found = window.files.review.window
    assert found is not None
    assert found.always.isChecked()
    found.always.setChecked(False)
    assert not window.settings.always_review
    found.reject()


def test_nothing_but_refusals_is_told(window: MainWindow, tmp_path: Path) -> None:
    window.files.import_drafts([tmp_path / "没有.xlsx"])
    assert window.files.review.window is None
    details = window.files.review.details
    assert details is not None
    assert "没有.xlsx" in details.text.toPlainText()
    details.close()


# The list of files


def test_a_folder_fills_the_list(review: Open) -> None:
    found = review(DRAFTS)
    files = found.review.files
    assert found.files.tree.topLevelItemCount() == len(files) > 20
    assert not found.reader.running
    refused = next(file for file in files if file.state == "refused")
    assert refused.short_reason == "没有表"
    counts = found.review.counts()
    assert found.take_button.text() == f"导入勾选的 {counts['ticked']} 张"
    number = files.index(refused)
    found.files.choose(number)
    assert "没有找到" in found.blank.text()
    found.files.filter.setText("messy-3")
    shown = [n for n in range(len(files)) if not found.files.tree.topLevelItem(n).isHidden()]
    assert [files[n].path.name for n in shown] == ["messy-3-lukou2026-department.xlsx"]


def test_ticking_a_file_ticks_its_tables(review: Open) -> None:
    found = review(ALL)
    line = found.files.tree.topLevelItem(0)
    assert line.childCount() == 5
    line.setCheckState(0, Qt.CheckState.Unchecked)
    assert found.review.counts()["ticked"] == 0
    assert not found.take_button.isEnabled()
    assert found.sure_button.isEnabled()
    line.child(2).setCheckState(0, Qt.CheckState.Checked)
    assert line.checkState(0) == Qt.CheckState.PartiallyChecked
    found.files.choose(0, 2)
    assert found.item is found.review.files[0].items[2]


def test_files_are_read_on_a_thread_of_their_own(open_window, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "草稿"
    folder.mkdir()
    for number in range(12):
        shutil.copy(DRAFTS / "lukou2026-project-1.xlsx", folder / f"{number}.xlsx")
    window = open_window(synchronous=False)
    window.open_book(tmp_path / "新.jxb", create=True)
    window.worker.wait()
    window.files.import_drafts([folder])
    qtbot.waitUntil(lambda: window.files.review.window is not None)
    found = window.files.review.window
    qtbot.waitUntil(lambda: found.item is not None)
    qtbot.waitUntil(lambda: not found.reader.running, timeout=20_000)
    assert found.review.counts()["tables"] == 12
    found._decide(only_sure=True)
    qtbot.waitUntil(lambda: window.files.review.window is None)
    window.worker.wait()
    assert len(window.document.tree[0].years[0].tables) == 1


def test_reading_can_be_stopped(open_window, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "草稿"
    folder.mkdir()
    for number in range(60):
        shutil.copy(ALL, folder / f"{number}.xlsx")
    window = open_window(synchronous=False)
    window.open_book(tmp_path / "新.jxb", create=True)
    window.worker.wait()
    window.files.import_drafts([folder])
    qtbot.waitUntil(lambda: window.files.review.window is not None)
    found = window.files.review.window
    qtbot.waitUntil(lambda: found.review.counts()["tables"] > 0)
    found.stop_button.click()
    assert not found.reader.running
    assert found.review.counts()["waiting"] > 0
    assert "已停止" in found.counts.text()
    found.reject()


# Both sides


@pytest.mark.parametrize("path", MESSY, ids=lambda path: path.stem)
def test_a_click_on_either_side_shows_the_other(review: Open, path: Path) -> None:
    found = review(path)
    pane = found.pane
    cell = page_cell(pane, "indicators", "level3", 1)
    click_page(pane, cell)
    position = pane.source.source.position(pane.source.currentIndex())
    there = pane.source.source.text(pane.source.source.grid.at(*position))
    assert cell.text in "".join(there.split())
    other = page_cell(pane, "indicators", "value", 2)
    assert pane._links is not None
    position = pane._links.source_of(other)
    assert position is not None
    click_source(pane, pane._links.source.address(*position))
    assert pane.view.current_cell() == other


def test_a_source_cell_that_is_nowhere_leaves_no_cursor(review: Open) -> None:
    pane = review(ALL).pane
    click_source(pane, "A1")
    click_page(pane, page_cell(pane, "indicators", "level3", 0))
    click_source(pane, "C3")
    assert pane.view.current_cell() is None or pane.view.current_cell().text


def test_doubts_are_coloured_on_both_sides(review: Open) -> None:
    pane = review(OCR).pane
    cell = page_cell(pane, "indicators", "value", 1)
    assert pane.view._marks[cell.row, cell.col] == "ask"
    assert pane.source.source.marks[6, 3] == "ask"
    assert pane.doubts.rowCount() == 5
    pane.doubts.setCurrentCell(2, 0)
    assert source_address(pane) == "D9"


# Putting right


def test_accepting_and_mending_doubts(review: Open) -> None:
    found = review(OCR)
    pane, item = found.pane, found.item
    link(pane, 0, "就这样").click()
    assert item.count("ask") == 4
    link(pane, 0, "原样放").click()
    assert (item.table.indicators[2].value, item.count("ask")) == ("WX", 3)
    click_page(pane, page_cell(pane, "indicators", "value", 3))
    QTest.keyClicks(pane.view, "9")
    QTest.keyClicks(pane.view.open_editor(), "0")
    QTest.keyClick(pane.view.open_editor(), Qt.Key.Key_Return)
    assert item.table.indicators[3].value == "90"
    assert item.count("ask") == 2
    assert [line.cell for line in pane.doubts._lines] == ["D10", "D11"]
    pane.undo()
    assert item.table.indicators[3].value != "90"
    assert item.count("ask") == 3


def test_a_table_without_questions_left_is_ticked(review: Open) -> None:
    found = review(ASKED)
    assert not found.take_button.isEnabled()
    for _ in range(2):
        link(found.pane, 0, "就这样").click()
    assert found.item.ticked
    assert found.take_button.isEnabled()


def test_mending_opens_the_editor(review: Open) -> None:
    pane = review(OCR).pane
    link(pane, 1, "改为…").click()
    assert pane.view.is_editing
    assert pane.view.open_editor().texts() == ["WX"]


def test_a_text_is_noted_ignored_or_dropped(review: Open) -> None:
    found = review(MESSY[0])
    pane, item = found.pane, found.item
    (line,) = pane.doubts._lines
    link(pane, 0, "记为备注").click()
    assert "本表一式两份" in item.table.notes[-1]
    pane.undo()
    link(pane, 0, "忽略").click()
    assert not item.table.unplaced
    pane.undo()
    cell = page_cell(pane, "indicators", "remark", 0)
    pane.view.dropped.emit(cell, line.drag)
    assert "一式两份" in item.table.indicators[0].remark
    assert not item.table.unplaced


def test_form_year_and_agency_can_be_chosen(review: Open) -> None:
    found = review(ALL)
    pane, item = found.pane, found.item
    choosers = pane.choosers
    row = choosers.form.findData("tongyong-bumen")
    choosers.form.setCurrentIndex(row)
    choosers.form.activated.emit(row)
    assert item.table.form == "tongyong-bumen"
    choosers.year.setCurrentText("2027")
    choosers.year.lineEdit().editingFinished.emit()
    choosers.agency.setCurrentText("某某局")
    choosers.agency.lineEdit().editingFinished.emit()
    assert (item.table.year, item.table.agency) == (2027, "某某局")
    row = choosers.kind.findData("project")
    choosers.kind.setCurrentIndex(row)
    choosers.kind.activated.emit(row)
    assert item.table.kind == "project"
    assert choosers.form.currentData() == item.table.form != ""


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_column_is_taught_and_remembered(review: Open) -> None:
    found = review(DRAFTS / "lukou2026-project-3.xlsx")
    pane = found.pane
    model = pane.source.source
    pane._map(pane.source.visualRect(model.index(8, 5)).center())
    (columns,) = [action for action in pane.menu.actions() if action.menu()]
    assert "度量单位" in columns.text()
    pane.menu.close()
    pane._map(pane.source.visualRect(model.index(3, 0)).center())
    columns, fields = [action for action in pane.menu.actions() if action.menu()]
    assert "项目金额" in fields.text()
    pane.menu.close()
    taught = pane.profile.with_column("indicators", "度量单位", "remark")
    pane.taught.emit(taught)
    assert found.item.table.indicators[0].remark == "次"
    assert load_profile() == taught
    found.reject()
    again = review(DRAFTS / "lukou2026-project-3.xlsx", window=main_of(found))
    assert again.item.table.indicators[0].remark == "次"
    menu = review_mapping.mapping_menu(
        again, again.pane.source.source, (8, 5), again.pane._links.places,
        profile=again.pane.profile, teach=again.pane.taught.emit,
    )  # fmt: skip
    assert "不再记住" in menu.actions()[-1].text()


# What is in the book


def test_a_table_of_the_book_is_compared(review: Open, window: MainWindow) -> None:
    window.document.edit([])
    path = DRAFTS / "lukou2026-project-1.xlsx"
    from jixiao.app.editing import put_table

    def change(session):
        from dataclasses import replace

        for table_id, table in session.book.tables():
            if table.name == "区二届人大六次会议":
                first = replace(table.indicators[0], value="1")
                put_table(
                    session,
                    table_id,
                    replace(table, indicators=(first, *table.indicators[1:])),
                    "改",
                )

    window.document.run(change)
    found = review(path, window=window)
    pane, item = found.pane, found.item
    assert item.there
    assert not item.ticked
    assert "1 处不同" in pane.there_text.text()
    assert not found.take_button.isEnabled()
    differences = [line for line in pane.doubts._lines if line.kind == "diff"]
    assert "账本里" in differences[0].text
    pane._go_to(differences[0])
    assert pane.view.current_cell() == page_cell(pane, "indicators", "value", 0)
    pane.takings.button(2).click()
    assert item.taking == "merge"
    assert found.take_button.isEnabled()
    pane.takings.button(0).click()
    found._decide(only_sure=False)
    assert stored(window.document.path, "区二届人大六次会议").indicators[0].value == "206"


def test_a_table_of_the_book_is_compared_also_without_the_setting(window: MainWindow) -> None:
    window.files.import_drafts([DRAFTS / "lukou2026-project-1.xlsx"])
    found = window.files.review.window
    assert found is not None
    assert "内容一样" in found.pane.there_text.text()
    found.reject()


# Taking in


def test_taking_in_is_one_step(review: Open) -> None:
    found = review(*MESSY)
    window = main_of(found)
    assert found.review.counts()["tables"] == 6
    number = found.review.counts()["ticked"]
    assert number == 6  # one has a hidden row: that is told, and does not ask
    QTest.mouseClick(found.take_button, Qt.MouseButton.LeftButton)
    assert window.files.review.window is None
    assert window.document.names.undo == "导入 5 个文件，6 张表"
    assert window.document.shown is not None
    window.document.undo()
    assert window.document.names.undo is None


def test_closing_takes_nothing(review: Open) -> None:
    found = review(ALL)
    window = main_of(found)
    found.close()
    assert found.result() == QDialog.DialogCode.Rejected
    assert window.document.names.undo is None
    assert window.files.review.window is None


def test_an_exchange_file_has_no_source(review: Open) -> None:
    found = review(DATA / "truth" / "lukou2026-project-1.json")
    assert found.pane.source.isHidden()
    assert not found.pane.no_source.isHidden()
    assert found.item.ticked


def test_an_empty_line_is_no_place(review: Open) -> None:
    pane = review(ALL).pane
    pane._go_to(Line("loose", "ZZ999", "x"))
    assert pane.view.current_cell() is None
    pane._map(QPoint(-5, -5))


def test_the_end_says_what_was_not_taken_and_why(review: Open, tmp_path: Path) -> None:
    folder = tmp_path / "草稿"
    folder.mkdir()
    for name in (ALL.name, "lukou2026-project-1.xlsx", ASKED.name):
        shutil.copy(DRAFTS / name, folder / name)
    (folder / "空.xlsx").touch()
    found = review(folder)
    window = main_of(found)
    assert "5 张确定 · 1 张待核对 · 1 张重复" in found.counts.text()
    QTest.mouseClick(found.take_button, Qt.MouseButton.LeftButton)
    details = window.files.review.details
    assert details is not None
    told = details.text.toPlainText()
    assert window.status.message_label.text().startswith(
        "认出 7 张表，导入了 5 张表，2 张没有导入，1 个文件没有读"
    )
    assert f"lukou2026-project-1.xlsx：“区二届人大六次会议”没有导入：与“{ALL.name}”" in told
    assert f"{ASKED.name}：" in told
    assert "2 处疑问" in told
    assert "空.xlsx：没有读" in told
    details.close()


def test_ticking_a_copy_changes_the_badge_of_the_other(review: Open) -> None:
    found = review(ALL, DRAFTS / "lukou2026-project-1.xlsx")
    line = found.files.tree.topLevelItem(1)
    assert ("重复", "muted") in line.data(0, BADGES)
    found.files.tree.topLevelItem(0).child(1).setCheckState(0, Qt.CheckState.Unchecked)
    assert line.data(0, BADGES) == [("✓", "ok")]


def test_all_ignored_is_ticked_and_has_no_number(review: Open, tmp_path: Path) -> None:
    rows = [
        "2026年项目支出绩效目标表,", "填报单位：甲局,", "项目名称,修路",
        "一级指标,二级指标,三级指标,指标值,度量单位", "产出指标,数量指标,检查,≥100,次",
        *(f",,,,,,,,,散落的文字{number}" for number in range(6)),
    ]  # fmt: skip
    path = tmp_path / "甲.csv"
    path.write_text("\n".join(rows), "utf-8")
    found = review(path)
    line = found.files.tree.topLevelItem(0)
    assert line.data(0, BADGES) == [("6", "loose")]
    QTest.mouseClick(found.pane.ignore_all_button, Qt.MouseButton.LeftButton)
    assert line.data(0, BADGES) == [("✓", "ok")]
    assert line.checkState(0) == Qt.CheckState.Checked
