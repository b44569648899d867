"""Answering in the review: doubts by a list or a line, texts all at once, what is told of twins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from jixiao.gui.review.boxes import ElidingBox
from jixiao.gui.review.doubts import difference_lines
from jixiao.gui.review.table import TablePane
from jixiao.gui.review.window import ReviewWindow
from jixiao.gui.window import MainWindow
from jixiao.model.table import Table, Unplaced

DRAFTS = Path(__file__).parent.parent / "data" / "drafts"
ASKED = DRAFTS / "hetang2024-project-1.xlsx"
ALL = DRAFTS / "lukou2026-all.xlsx"
TWIN = DRAFTS / "messy-3-lukou2026-department.xlsx"

Open = Callable[..., ReviewWindow]


@pytest.fixture
def review(
    open_window: Callable[..., MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Open:
    """Opens the review on some drafts, in a new book."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "data"))

    def make(*paths: Path) -> ReviewWindow:
        window = open_window()
        window.open_book(tmp_path / "新.jxb", create=True)
        window.settings.always_review = True
        window.files.import_drafts(list(paths))
        found = window.files.review.window
        assert found is not None
        found.resize(1366, 768)
        return found

    return make


def link(pane: TablePane, row: int, text: str) -> QPushButton:
    holder = pane.doubts.cellWidget(row, 3)
    return next(button for button in holder.findChildren(QPushButton) if button.text() == text)


def ask(pane: TablePane, choice: str) -> None:
    link(pane, 0, "改为…").click()
    menu = pane.answers.menu
    assert menu is not None
    next(action for action in menu.actions() if action.text() == choice).trigger()
    menu.close()


def typed(table: Table) -> list[str]:
    return [row.written for row in table.indicators if row.written]


def test_a_comparator_is_chosen_from_a_list(review: Open) -> None:
    found = review(ASKED)
    assert typed(found.item.table) == ["定量", "定量"]
    ask(found.pane, "≥")
    assert found.item.count("ask") == 1
    assert found.item.table.indicators[1].comparator == "≥"
    assert typed(found.item.table) == ["定量"]


@pytest.mark.parametrize("text", ["", "<"], ids=["as it stands", "other"])
def test_enter_in_the_line_answers(review: Open, text: str) -> None:
    found = review(ASKED)
    ask(found.pane, "直接输入…")
    editor = found.pane.view.open_editor()
    assert editor is not None
    line = found.fontMetrics().height()
    assert editor.height() >= line
    assert editor.fontMetrics().height() >= line
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert found.item.count("ask") == 1
    assert found.item.table.indicators[1].comparator == (text or "定性")
    assert typed(found.item.table) == ["定量"]
    found.pane.undo()
    assert len(typed(found.item.table)) == 2


def test_escape_answers_nothing(review: Open) -> None:
    found = review(ASKED)
    ask(found.pane, "直接输入…")
    editor = found.pane.view.open_editor()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert found.item.count("ask") == 2


def test_a_doubt_that_is_right_leaves_the_check_nothing(review: Open) -> None:
    found = review(ASKED)
    link(found.pane, 0, "就这样").click()
    link(found.pane, 0, "就这样").click()
    assert found.item.sure
    assert typed(found.item.table) == []


@pytest.mark.parametrize("kept", [True, False], ids=["noted", "ignored"])
def test_all_texts_without_a_place_at_once(review: Open, kept: bool) -> None:
    found = review(ALL)
    pane, item = found.pane, found.item
    assert pane.ignore_all_button.isHidden()
    texts = tuple(Unplaced("表", f"A{row}", f"文字{row}") for row in range(1, 41))
    item.change(replace(item.table, unplaced=texts))
    pane.tell_changed()
    assert not pane.ignore_all_button.isHidden()
    before = item.table.notes
    (pane.note_all_button if kept else pane.ignore_all_button).click()
    assert item.table.unplaced == ()
    assert item.table.notes == (*before, *(text.text for text in texts if kept))
    assert pane.ignore_all_button.isHidden()
    pane.undo()
    assert len(item.table.unplaced) == 40


def test_a_twin_is_told_with_its_file(review: Open) -> None:
    found = review(ALL, TWIN)
    assert found.pane.there.isHidden()
    found.files.choose(1)
    assert not found.pane.there.isHidden()
    assert ALL.name in found.pane.there_text.text()
    assert found.item.name in found.pane.there_text.text()
    assert all(button.isHidden() for button in found.pane.takings.buttons())
    assert "确定" not in found.pane.headline.text()


def test_a_difference_shows_where_it_is() -> None:
    same = "相同的文字" * 30
    old = Table(kind="project", fields={"annual_goal": same + "甲十件" + same})
    new = Table(kind="project", fields={"annual_goal": same + "甲八件" + same})
    (line,) = difference_lines(old, new)
    assert "甲十件" in line.text
    assert "甲八件" in line.text
    assert len(line.text) < 90


def test_bad_files_alone_are_a_list_of_reasons(window: MainWindow, tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"空{number}.xlsx").touch()
    picture = tmp_path / "图.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    window.files.import_drafts(sorted(tmp_path.glob("*.xlsx")))
    assert window.files.review.window is None
    details = window.files.review.details
    assert details is not None
    text = details.text.toPlainText()
    assert text.count("\n") == 4
    assert "图.xlsx：没有导入。这是图片，不是表格" in text
    details.close()


def test_a_long_choice_is_shortened(qtbot: QtBot) -> None:
    box, short = ElidingBox(6), ElidingBox(6)
    for one in (box, short):
        qtbot.addWidget(one)
        one.setFixedWidth(150)
        one.show()
    box.addItem("株洲市某区人民代表大会常务委员会办公室")
    wide = box.fontMetrics().horizontalAdvance(box.currentText())
    assert wide > box.width()
    QApplication.processEvents()
    picture, empty = box.grab().toImage(), short.grab().toImage()
    assert picture != empty
    # The field ends with blank paper and not within a letter.
    edge = box.width() - 28
    rows = range(4, box.height() - 4)
    assert all(picture.pixel(edge, y) == empty.pixel(edge, y) for y in rows)
