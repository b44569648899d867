"""Send-back notes travel as plain notes and are settled by the agency."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.app.notes import answer_notes, new_note, remove_notes, reopen_notes, send_back
from jixiao.app.session import Session
from jixiao.app.tree import set_state
from jixiao.io.files.exchange import dump_tables, load_tables
from jixiao.model.errors import KnownError
from jixiao.model.notes import (
    NotePlace,
    SendBackNote,
    format_note,
    parse_note,
    place_of,
    row_name,
    send_back_notes,
    with_answers,
    with_notes,
    without_notes,
)
from jixiao.model.step import LockedTableError
from jixiao.model.table import Indicator, Table, Task
from tests.strategies import wild

TABLE = Table(
    fields={"project_name": "会议经费", "annual_goal": "开会。", "填表人": "张三"},
    indicators=(Indicator(level3="甲"), Indicator(level3="“两会”次数")),
    notes=("填报说明", "填报说明"),
)
NOTE = SendBackNote(
    "请说明依据。\n第二行", "区财政局", "2026-01-05", what="指标", name="“两会”次数"
)


def test_a_note_reads_as_one_expects() -> None:
    assert format_note(NOTE) == (
        "退回意见（区财政局 2026-01-05）指标“‘两会’次数”：请说明依据。\n第二行"
    )
    plain = SendBackNote("请重报。", "", "2026-01-05")
    assert format_note(plain) == "退回意见（2026-01-05）：请重报。"
    assert parse_note("退回意见：没有日期") is None
    with pytest.raises(ValueError, match="not a date"):
        format_note(replace(plain, date="一月五日"))


WHAT = st.sampled_from(["", "栏目", "指标", "任务", "支出明细", "项目"])
DONE = st.sampled_from(["", "2026-01-08"])


@given(
    st.builds(
        SendBackNote, wild, wild, st.just("2026-01-05"), WHAT, wild, st.just("指标值"), DONE, wild
    )
)
def test_a_note_is_found_again(note: SendBackNote) -> None:
    found = parse_note(format_note(note))
    assert found is not None
    assert found.text == note.text.strip()
    assert parse_note(format_note(found)) == found
    assert (found.what, found.done) == (note.what, note.done)
    assert found.answer == (note.answer.strip() if note.done else "")


def test_notes_travel_in_the_exchange_file_and_know_their_place() -> None:
    field = SendBackNote("太短。", "区财政局", "2026-01-05", what="栏目", name="年度绩效目标")
    own = SendBackNote("谁？", "区财政局", "2026-01-05", what="栏目", name="填表人")
    gone = SendBackNote("已删。", "区财政局", "2026-01-05", what="指标", name="没有的指标")
    table = with_notes(TABLE, [NOTE, field, own, gone, field])
    [again] = load_tables(dump_tables([table]))
    notes = send_back_notes(again)
    assert [index for index, _ in notes] == [2, 3, 4, 5]
    assert [place_of(again, note) for _, note in notes] == [
        NotePlace(rows="indicators", index=1),
        NotePlace(field="annual_goal"),
        NotePlace(field="填表人"),
        None,
    ]
    assert without_notes(again, [index for index, _ in notes]).notes == TABLE.notes
    assert with_notes(table, [field]) == table


def test_a_row_is_found_by_its_name_also_when_it_was_changed_a_little() -> None:
    note = new_note("请改。", "区财政局", what="指标", name="组织代表视察活动次数", column="指标值")
    assert note.place == "指标“组织代表视察活动次数”指标值"
    rows = (Indicator(level3="参加率"), Indicator(level3="组织代表视察次数"))
    table = Table(indicators=rows, tasks=(Task("视察"), Task()))
    assert place_of(table, note) == NotePlace(rows="indicators", index=1)
    assert row_name(table.tasks[1], 1) == "第2行"
    unnamed = new_note("补上。", "", what="任务", name="第2行")
    assert place_of(table, unnamed) == NotePlace(rows="tasks", index=1)
    assert place_of(Table(), unnamed) is None
    assert place_of(table, new_note("整张表。", "")) is None


def test_an_answer_stays_with_its_note_wherever_it_comes_from() -> None:
    open_note = replace(NOTE, text="请说明依据。")
    table = with_notes(TABLE, [open_note])
    answered = with_answers(table, {2: " 已补充 "}, "2026-01-08")
    assert answered.notes[2].endswith("：请说明依据。\n〔已处理 2026-01-08〕已补充")
    [(_, found)] = send_back_notes(answered)
    assert (found.done, found.answer) == ("2026-01-08", "已补充")
    assert with_notes(answered, [open_note]) == answered
    assert with_notes(table, [found]) == answered
    assert with_answers(answered, {2: ""}, "") == table


def test_sending_back_unlocks_and_settling_takes_the_note_away(tmp_path: Path) -> None:
    with Session.open(tmp_path / "b.jxb") as session:
        with session.book.step("添加") as step:
            table_id = session.add_table(step, TABLE)
        set_state(session, [table_id], "已报")
        note = new_note("请修改。", "区财政局", what="指标", name="甲")
        with pytest.raises(LockedTableError):
            send_back(session, table_id, [note], returned=False)
        send_back(session, table_id, [note])
        assert session.book.tree()[0].years[0].tables[0].state == "退回"
        [(index, found)] = send_back_notes(session.book.table(table_id))
        assert found == note
        answer_notes(session, table_id, {index: "已改"})
        [(_, settled)] = send_back_notes(session.book.table(table_id))
        assert (settled.question, settled.answer, bool(settled.done)) == (note, "已改", True)
        reopen_notes(session, table_id, [index])
        assert send_back_notes(session.book.table(table_id)) == [(index, note)]
        remove_notes(session, table_id, [index])
        assert session.book.table(table_id).notes == TABLE.notes
        session.book.undo()
        assert len(send_back_notes(session.book.table(table_id))) == 1
        with pytest.raises(KnownError, match="不能为空"):
            new_note(" ", "区财政局")
