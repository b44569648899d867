"""Collecting in the window, and notes that are sent back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from jixiao.app.notes import new_note
from jixiao.app.session import Session
from jixiao.gui.collect_actions import CollectActions
from jixiao.gui.collect_notes import NoteDialog
from jixiao.gui.collect_sendback import SendBackActions
from jixiao.gui.window import MainWindow
from jixiao.io.exchange import load_tables
from jixiao.model.notes import send_back_notes
from tests.gui.conftest import cell_of, show, stored

NAME = "区二届人大六次会议"
OTHER = "人大代表履职能力提升"


@pytest.fixture
def collect(window: MainWindow) -> CollectActions:
    return window.parts.collect


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
    assert (item.text(4), item.text(5)) == ("有冲突", "采用上报的")
    assert [change.new for change in dialog.model.changes] == ["999"]
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
    assert "备份" in window.status.told.text()
    assert list(book.parent.glob("*.备份/*汇总前*"))
    window.undo()
    assert amount(book, OTHER) == before[1]


def test_all_conflicts_at_once(collect, window, handed_in: Path, book: Path) -> None:
    before = amount(book, NAME)
    dialog = planned(collect, handed_in)
    keep = next(b for b in dialog.all_buttons if b.text() == "保留原有的")
    keep.click()
    assert set(dialog.decisions().values()) == {"ours"}
    dialog.accept()
    assert amount(book, NAME) == before


def test_a_locked_table_is_never_replaced(collect, window, handed_in: Path, book: Path) -> None:
    before = amount(book, NAME)
    window.tree_actions.set_reported()
    dialog = planned(collect, handed_in)
    theirs = next(b for b in dialog.all_buttons if b.text() == "采用上报的")
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
    assert "5 张表" in window.status.told.text()


# Notes


@pytest.fixture
def notes(window: MainWindow) -> SendBackActions:
    return window.parts.send_back


def test_a_note_is_shown_found_and_settled(notes, window: MainWindow, book: Path) -> None:
    notes.send_back(new_note("请说明依据", "区财政局", indicator="主席团会议次数"))
    strip = notes.strip
    assert strip.isVisible()
    assert "1 条" in strip.headline.text()
    state = {e.id: e.state for a in window.document.tree for y in a.years for e in y.tables}
    assert state[window.document.shown.table_id] == "退回"
    index, note = send_back_notes(window.document.shown.table)[0]
    notes.show_place(note)
    assert window.view.current_cell() == cell_of(window, "indicators", "level3", 2)
    notes.settle([index])
    assert strip.isHidden()
    assert not send_back_notes(stored(book, NAME))
    window.undo()
    assert strip.isVisible()


def test_notes_belong_to_their_table(notes, window: MainWindow) -> None:
    notes.send_back(new_note("请改", "区财政局"))
    show(window, OTHER)
    assert notes.strip.isHidden()
    show(window, NAME)
    assert notes.strip.isVisible()


def test_notes_travel_in_the_exchange_file(notes, collect, tmp_path: Path) -> None:
    notes.send_back(new_note("请改", "区财政局", field="年度绩效目标"))
    collect.write_exchange(tmp_path / "退回.json")
    tables = load_tables((tmp_path / "退回.json").read_text(encoding="utf-8"))
    assert {table.year for table in tables} == {2026}
    found = [note for table in tables for _, note in send_back_notes(table)]
    assert [(note.text, note.field) for note in found] == [("请改", "年度绩效目标")]


def test_a_note_about_a_place_that_is_gone_is_told(notes, window: MainWindow) -> None:
    notes.show_place(new_note("请改", "区财政局", indicator="没有的指标"))
    assert "找不到" in window.status.told.text()


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
