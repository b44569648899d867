"""Send-back notes travel as plain notes and are settled by the agency."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.app.notes import new_note, send_back, settle_notes
from jixiao.app.session import Session
from jixiao.app.tree import set_state
from jixiao.io.exchange import dump_tables, load_tables
from jixiao.model.errors import KnownError
from jixiao.model.notes import (
    NotePlace,
    SendBackNote,
    format_note,
    parse_note,
    place_of,
    send_back_notes,
    with_notes,
    without_notes,
)
from jixiao.model.step import LockedTableError
from jixiao.model.table import Indicator, Table
from tests.strategies import wild

TABLE = Table(
    fields={"project_name": "会议经费", "annual_goal": "开会。", "填表人": "张三"},
    indicators=(Indicator(level3="甲"), Indicator(level3="“两会”次数")),
    notes=("填报说明", "填报说明"),
)
NOTE = SendBackNote("请说明依据。\n第二行", "区财政局", "2026-01-05", indicator="“两会”次数")


def test_a_note_reads_as_one_expects() -> None:
    assert format_note(NOTE) == (
        "退回意见（区财政局 2026-01-05）指标“‘两会’次数”：请说明依据。\n第二行"
    )
    plain = SendBackNote("请重报。", "", "2026-01-05")
    assert format_note(plain) == "退回意见（2026-01-05）：请重报。"
    assert parse_note("退回意见：没有日期") is None
    with pytest.raises(ValueError, match="not a date"):
        format_note(replace(plain, date="一月五日"))


@given(st.builds(SendBackNote, wild, wild, st.just("2026-01-05"), wild))
def test_a_note_is_found_again(note: SendBackNote) -> None:
    found = parse_note(format_note(note))
    assert found is not None
    assert found.text == note.text.strip()
    assert parse_note(format_note(found)) == found
    assert bool(found.field) == bool(note.field)


def test_notes_travel_in_the_exchange_file_and_know_their_place() -> None:
    field = SendBackNote("太短。", "区财政局", "2026-01-05", field="年度绩效目标")
    own = SendBackNote("谁？", "区财政局", "2026-01-05", field="填表人")
    gone = SendBackNote("已删。", "区财政局", "2026-01-05", indicator="没有的指标")
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


def test_sending_back_unlocks_and_settling_takes_the_note_away(tmp_path: Path) -> None:
    with Session.open(tmp_path / "b.jxb") as session:
        with session.book.step("添加") as step:
            table_id = session.add_table(step, TABLE)
        set_state(session, [table_id], "已报")
        note = new_note("请修改。", "区财政局", indicator="甲")
        with pytest.raises(LockedTableError):
            send_back(session, table_id, [note], returned=False)
        send_back(session, table_id, [note])
        assert session.book.tree()[0].years[0].tables[0].state == "退回"
        [(index, found)] = send_back_notes(session.book.table(table_id))
        assert found == note
        settle_notes(session, table_id, [index])
        assert session.book.table(table_id).notes == TABLE.notes
        session.book.undo()
        assert len(send_back_notes(session.book.table(table_id))) == 1
        with pytest.raises(KnownError, match="不能为空"):
            new_note(" ", "区财政局")
