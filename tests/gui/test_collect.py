"""Collecting in the window, and notes that are sent back."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from jixiao.app.collecting import collect as collecting
from jixiao.app.importing.sources import Source
from jixiao.app.notes import new_note
from jixiao.app.session import Session
from jixiao.gui.collect.actions import CollectActions
from jixiao.gui.collect.marks import tip_text
from jixiao.gui.collect.notes import NoteDialog
from jixiao.gui.collect.places import NOWHERE, cell_of_note, place_of_cell
from jixiao.gui.collect.sendback import SendBackActions
from jixiao.gui.window import MainWindow
from jixiao.io.files.exchange import dump_tables, load_tables
from jixiao.model.notes import send_back_notes, with_notes
from tests.gui.conftest import cell_of, show, stored

NAME = "区二届人大六次会议"
OTHER = "人大代表履职能力提升"


@pytest.fixture
def collect(window: MainWindow) -> CollectActions:
    return window.collect


@pytest.fixture
def handed_in(tmp_path: Path, made_book: bytes) -> Path:
    """A book in which two tables say something else, and one is new."""
    path = tmp_path / "上报.jxb"
    path.write_bytes(made_book)
    with Session.open(path) as session, session.book.step("改") as step:
        for table_id, table in session.book.tables():
            fields = dict(table.fields)
            if table.name in {NAME, OTHER}:
                fields["project_amount"] = "999"
                step.put_table(table_id, replace(table, fields=fields))
        fields = {"project_name": "新项目"}
        session.add_table(step, replace(table, kind="project", fields=fields))
    return path


def planned(collect: CollectActions, *paths: Path):
    collect.plan(list(paths))
    assert collect.dialog is not None
    return collect.dialog


def amount(path: Path, name: str) -> str:
    return stored(path, name).fields["project_amount"]


def test_the_plan_says_what_is_new_same_and_different(collect, handed_in: Path) -> None:
    dialog = planned(collect, handed_in)
    assert "新增 1 张，相同 3 张，有冲突 2 张" in dialog.summary.text()
    item = dialog.list.topLevelItem(0)
    assert (item.text(5), item.text(6)) == ("有冲突", "采用对方的")
    assert [change.new for change in dialog.model.items] == ["999"]
    dialog.only.setChecked(True)
    shown = [i for i in range(6) if not dialog.list.topLevelItem(i).isHidden()]
    assert shown == [0, 1]
    dialog.reject()


def test_each_conflict_is_decided_by_itself(collect, window, handed_in: Path, book: Path) -> None:
    before = amount(book, NAME), amount(book, OTHER)
    dialog = planned(collect, handed_in)
    numbers = {dialog._plan.tables[number].table.name: number for number in dialog.decisions()}
    dialog.decide([numbers[NAME]], "ours")
    dialog.accept()
    assert (amount(book, NAME), amount(book, OTHER)) == (before[0], "999")
    assert stored(book, "新项目")
    assert "备份" in window.status.message_label.text()
    assert list(book.parent.glob("*.备份/*汇总前*"))
    window.document.undo()
    assert amount(book, OTHER) == before[1]


def test_all_conflicts_at_once(collect, window, handed_in: Path, book: Path) -> None:
    before = amount(book, NAME)
    dialog = planned(collect, handed_in)
    keep = next(b for b in dialog.all_buttons if b.text() == "保留账本里的")
    keep.click()
    assert set(dialog.decisions().values()) == {"ours"}
    dialog.accept()
    assert amount(book, NAME) == before


def test_a_locked_table_is_never_replaced(collect, window, handed_in: Path, book: Path) -> None:
    before = amount(book, NAME)
    window.tree_actions.states.set_reported()
    dialog = planned(collect, handed_in)
    theirs = next(b for b in dialog.all_buttons if b.text() == "采用对方的")
    theirs.click()
    dialog.accept()
    assert amount(book, NAME) == before
    assert amount(book, OTHER) == "999"


def test_files_that_cannot_be_read_are_told(collect, tmp_path: Path) -> None:
    bad = tmp_path / "坏.json"
    bad.write_text("{")
    collect.plan([bad])
    assert collect.dialog is None
    assert "坏.json" in collect.details.text.toPlainText()


def test_the_summary_is_written(collect, window, tmp_path: Path) -> None:
    collect.write_summary(tmp_path / "汇总.xlsx")
    assert (tmp_path / "汇总.xlsx").stat().st_size > 1000
    assert "5 张表" in window.status.message_label.text()


def test_a_conflict_is_seen_on_the_page(collect, handed_in: Path) -> None:
    dialog = planned(collect, handed_in)
    assert dialog.detail.pane.sheet.isVisible()
    marks = dialog.detail.pane.page.page.marks.values()
    assert [mark.runs[-1].text for mark in marks] == ["999"]
    new = next(i for i in range(6) if dialog.list.topLevelItem(i).text(5) == "新增")
    dialog.list.setCurrentItem(dialog.list.topLevelItem(new))
    assert not dialog.detail.changes.isVisible()
    assert not any(button.isVisible() for button in dialog.one_buttons)
    dialog.reject()


def test_dropped_exchange_files_and_several_books_are_collected(
    collect, window, handed_in: Path, tmp_path: Path
) -> None:
    sent = tmp_path / "上报.json"
    sent.write_text(dump_tables([window.document.shown.table]), encoding="utf-8")
    window.files.take_dropped([sent])
    assert collect.dialog.list.topLevelItemCount() == 1
    collect.dialog.reject()
    other = tmp_path / "又一本.jxb"
    other.write_bytes(handed_in.read_bytes())
    window.files.take_dropped([handed_in, other])
    assert collect.dialog.list.topLevelItemCount() == 12
    collect.dialog.reject()


def test_alike_agencies_are_asked_about(collect, window, tmp_path: Path) -> None:
    table = window.document.shown.table
    new = replace(table, agency="渌口区人大办", fields={"project_name": "又一个项目"})
    path = tmp_path / "简称.json"
    path.write_text(dump_tables([new]), encoding="utf-8")
    dialog = planned(collect, path)
    [box] = dialog.alike.boxes
    assert not box.isChecked()
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert box.isChecked()
    assert table.agency in dialog.list.topLevelItem(0).text(1)
    before = [agency.name for agency in window.document.tree]
    dialog.accept()
    assert [agency.name for agency in window.document.tree] == before


def test_long_work_shows_itself_can_be_stopped_and_freezes_nothing(
    open_window, book: Path, tmp_path: Path, qtbot: QtBot, monkeypatch
) -> None:
    window = open_window(book, synchronous=False)
    read, seen = collecting.read_source, []

    def slowly(session: Session, source: Source):
        seen.append(source.name.name)
        time.sleep(0.02)
        return read(session, source)

    monkeypatch.setattr(collecting, "read_source", slowly)
    folder = tmp_path / "来稿"
    folder.mkdir()
    text = dump_tables([window.document.shown.table])
    for number in range(200):
        (folder / f"{number:03}.json").write_text(text, encoding="utf-8")
    ticks = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(10)
    window.collect.plan([folder])
    qtbot.waitUntil(lambda: any(d.isVisible() for d in progress_dialogs(window)), timeout=5000)
    [dialog] = [d for d in progress_dialogs(window) if d.isVisible()]
    qtbot.waitUntil(lambda: dialog.labelText().endswith(".json"), timeout=5000)
    QTest.mouseClick(dialog.findChild(QPushButton), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "已停止" in window.status.message_label.text(), timeout=5000)
    assert 0 < len(seen) < 200
    assert window.collect.dialog is None
    assert max(b - a for a, b in pairwise(ticks)) < 0.25


def progress_dialogs(window: MainWindow) -> list[QProgressDialog]:
    return window.findChildren(QProgressDialog)


def test_returned_tables_come_with_their_notes(collect, notes, window, book, tmp_path) -> None:
    """The bureau's file in the agency's window: notes are taken, what the clerk typed stays."""
    before = stored(book, NAME)
    note = new_note("请说明依据", "区财政局", what="指标", name="主席团会议次数")
    sent = tmp_path / "退回.json"
    sent.write_text(dump_tables([with_notes(before, [note])], ["退回"]), encoding="utf-8")
    window.tree_actions.states.set_reported()
    dialog = planned(collect, sent)
    item = dialog.list.topLevelItem(0)
    assert (item.text(4), item.text(5), item.text(6)) == ("退回", "已报锁定", "只收退回意见")
    dialog.accept()
    table = stored(book, NAME)
    assert replace(table, notes=before.notes) == before
    assert [found for _, found in send_back_notes(table)] == [note]
    assert window.document.shown.table.name == NAME
    assert notes.strip.isVisible()
    assert not window.document.locked


# Notes


@pytest.fixture
def notes(window: MainWindow) -> SendBackActions:
    return window.send_back


def test_a_note_is_shown_found_and_settled(notes, window: MainWindow, book: Path) -> None:
    notes.send_back(
        new_note("请说明依据", "区财政局", what="指标", name="主席团会议次数", column="指标值")
    )
    strip = notes.strip
    assert strip.isVisible()
    assert "1 条意见" in strip.words.text()
    state = {e.id: e.state for a in window.document.tree for y in a.years for e in y.tables}
    assert state[window.document.shown.table_id] == "退回"
    index, note = send_back_notes(window.document.shown.table)[0]
    notes.show_place(note)
    cell = cell_of(window, "indicators", "value", 2)
    assert window.view.current_cell() == cell
    assert notes.marks.notes_in(cell) == [note]
    notes.remove([index])
    assert strip.isHidden()
    assert notes.marks.notes_in(cell) == []
    assert not send_back_notes(stored(book, NAME))
    window.document.undo()
    assert strip.isVisible()


def test_the_clerk_answers_in_the_card(notes, window: MainWindow, book: Path) -> None:
    note = new_note("请说明依据", "区财政局", what="指标", name="主席团会议次数", column="指标值")
    notes.send_back(note)
    QTest.mouseClick(notes.strip.look, Qt.MouseButton.LeftButton)
    assert window.dock.current is notes.panel
    [card] = notes.panel.cards
    QTest.mouseClick(card.settle, Qt.MouseButton.LeftButton)
    assert card.edit.hasFocus()
    QTest.keyClick(card.edit, Qt.Key.Key_Escape)
    assert not card.edit.isVisible()
    QTest.mouseClick(card.settle, Qt.MouseButton.LeftButton)
    card.edit.setText("按上年实际")
    QTest.keyClick(card.edit, Qt.Key.Key_Return)
    [(index, found)] = send_back_notes(stored(book, NAME))
    assert (found.answer, bool(found.done), found.question) == ("按上年实际", True, note)
    assert notes.strip.isHidden()
    [card] = notes.panel.cards
    assert "按上年实际" in card.answer.text()
    cell = cell_of(window, "indicators", "value", 2)
    assert "按上年实际" in tip_text(notes.marks.notes_in(cell))
    QTest.mouseClick(card.reopen, Qt.MouseButton.LeftButton)
    assert send_back_notes(stored(book, NAME)) == [(index, note)]
    assert notes.strip.isVisible()


def test_the_place_of_a_note_is_that_of_the_cell(window: MainWindow) -> None:
    table, grid = window.document.shown.table, window.page.grid
    for target, name, row, place in (
        ("indicators", "value", 2, ("指标", "主席团会议次数", "指标值")),
        ("indicators", "level3", 2, ("指标", "主席团会议次数", "")),
        ("field", "project_amount", None, ("栏目", "项目金额", "")),
    ):
        cell = cell_of(window, target, name, row)
        assert place_of_cell(table, cell) == place
        note = new_note("请改", "", what=place[0], name=place[1], column=place[2])
        assert cell_of_note(grid, table, note) == cell
    assert place_of_cell(table, None) == NOWHERE


def test_a_locked_table_shows_its_notes_and_only_the_bureau_writes(notes, window) -> None:
    notes.send_back(new_note("请改", "区财政局"))
    window.tree_actions.states.set_reported()
    [card] = notes.panel.cards
    assert card.settle.isHidden()
    assert notes.panel.write.isEnabled()


def test_notes_belong_to_their_table(notes, window: MainWindow) -> None:
    notes.send_back(new_note("请改", "区财政局"))
    show(window, OTHER)
    assert notes.strip.isHidden()
    show(window, NAME)
    assert notes.strip.isVisible()


def test_notes_travel_in_the_exchange_file(notes, collect, tmp_path: Path) -> None:
    notes.send_back(new_note("请改", "区财政局", what="栏目", name="年度绩效目标"))
    collect.write_exchange(tmp_path / "退回.json")
    tables = load_tables((tmp_path / "退回.json").read_text(encoding="utf-8"))
    assert {table.year for table in tables} == {2026}
    found = [note for table in tables for _, note in send_back_notes(table)]
    assert [(note.text, note.name) for note in found] == [("请改", "年度绩效目标")]


def test_all_that_was_returned_is_written(notes, collect, window, tmp_path: Path) -> None:
    notes.send_back(new_note("请改", "区财政局"))
    collect.write_returned(tmp_path / "退回")
    [path] = (tmp_path / "退回").iterdir()
    assert path.name.startswith("退回 株洲市渌口区")
    assert "1 个单位" in window.status.message_label.text()


def test_a_note_about_a_place_that_is_gone_is_told(notes, window: MainWindow) -> None:
    notes.show_place(new_note("请改", "区财政局", what="指标", name="没有的指标"))
    assert "找不到" in window.status.message_label.text()


def test_the_dialog_wants_words(qtbot: QtBot) -> None:
    dialog = NoteDialog("表", "指标“x”", "区财政局", reported=True)
    qtbot.addWidget(dialog)
    ok = dialog.buttons.buttons()[0]
    assert not ok.isEnabled()
    dialog.text.setPlainText("请改")
    assert ok.isEnabled()
    assert dialog.about_place
    assert dialog.returned.isChecked()
    assert not dialog.returned.isEnabled()
