"""Giving tables back: one exchange file for each agency."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jixiao.app.collecting.giving_back import write_returned
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.notes import new_note, send_back
from jixiao.app.progress import CancelledError
from jixiao.app.session import Session
from jixiao.io.files.exchange import load_entries
from jixiao.model.errors import KnownError
from jixiao.model.notes import send_back_notes
from jixiao.model.table import Table

FORMS = FormLibrary([])


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path / "汇总.jxb", FORMS) as session:
        yield session


def add(session: Session, agency: str, *names: str) -> list[int]:
    with session.book.step("添加") as step:
        return [
            session.add_table(
                step,
                Table(agency, "", 2026, form="tongyong-xiangmu", fields={"project_name": name}),
            )
            for name in names
        ]


def test_each_agency_gets_what_was_returned_with_its_notes(
    session: Session, tmp_path: Path
) -> None:
    one, _ = add(session, "甲局", "项目一", "项目二")
    [two] = add(session, "乙/局", "项目三")
    add(session, "丙局", "项目四")
    for table_id in (one, two):
        send_back(session, table_id, [new_note("请改。", "区财政局")])
    files = write_returned(session, tmp_path / "退回")
    assert [path.name for path in files] == ["退回 甲局.json", "退回 乙局.json"]
    [(table, state)] = load_entries(files[0].read_text(encoding="utf-8"))
    assert (table.name, state) == ("项目一", "退回")
    assert [note.text for _, note in send_back_notes(table)] == ["请改。"]


def test_agencies_whose_names_look_alike_get_a_file_each(session: Session, tmp_path: Path) -> None:
    for agency in ("甲局", "甲/局", "<>"):
        [table_id] = add(session, agency, "项目")
        send_back(session, table_id, [new_note("请改。", "")])
    names = [path.name for path in write_returned(session, tmp_path)]
    assert names == ["退回 甲局.json", "退回 甲局(2).json", "退回 单位未定.json"]


def test_nothing_returned_is_told_and_work_can_be_stopped(session: Session, tmp_path: Path) -> None:
    [table_id] = add(session, "甲局", "项目")
    with pytest.raises(KnownError, match="没有状态是“退回”的表"):
        write_returned(session, tmp_path / "退回")
    send_back(session, table_id, [new_note("请改。", "")])

    def stop(done: int, total: int, text: str) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        write_returned(session, tmp_path / "退回", stop)
    assert not (tmp_path / "退回").exists()
