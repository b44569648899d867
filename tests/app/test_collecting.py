"""Collecting: many books and exchange files become one, nothing is overwritten unasked."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.app.collecting.collect import Decision, collect, plan_collecting
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.session import Session
from jixiao.app.tree import set_state
from jixiao.io.files.exchange import dump_tables
from jixiao.model.book import Book
from jixiao.model.storage import backups_of
from jixiao.model.table import Indicator, Table
from tests.strategies import tables

FORMS = FormLibrary([])
TABLE = Table(
    agency="甲局",
    year=2026,
    form="tongyong-xiangmu",
    fields={"project_name": "会议经费", "annual_goal": "开会3次。"},
    indicators=(Indicator("产出指标", "数量指标", "会议次数", "≥", "3", "次"),),
)
CHANGED = replace(TABLE, fields={**TABLE.fields, "annual_goal": "开会4次。"})
OTHER = replace(TABLE, agency="乙局")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path / "汇总.jxb", FORMS) as session:
        yield session


def book(path: Path, *some: Table) -> Path:
    path.parent.mkdir(exist_ok=True)
    with Session.open(path, FORMS) as session:
        add(session, *some)
    return path


def exchange(path: Path, *some: Table) -> Path:
    path.write_text(dump_tables(some), encoding="utf-8")
    return path


def add(session: Session, *some: Table) -> list[int]:
    with session.book.step("添加") as step:
        return [session.add_table(step, table) for table in some]


def now(session: Session) -> list[Table]:
    return [table for _, table in session.book.tables()]


def test_books_and_exchange_files_come_in_by_agency_and_year(
    session: Session, tmp_path: Path
) -> None:
    folder = tmp_path / "来稿"
    add(session, TABLE)
    first = book(folder / "甲.jxb", TABLE, replace(TABLE, year=2025))
    before = first.read_bytes()
    exchange(folder / "乙.json", OTHER)
    plan = plan_collecting(session, [folder])
    assert [(one.source.name, one.status) for one in plan.tables] == [
        ("乙.json", "new"),
        ("甲.jxb", "same"),
        ("甲.jxb", "new"),
    ]
    report = collect(session, plan)
    assert (len(report.added), report.same, report.refused) == (2, 1, ())
    assert session.book.undo_name == "汇总 2 个文件"
    assert [(a.name, [y.year for y in a.years]) for a in session.book.tree()] == [
        ("甲局", [2026, 2025]),
        ("乙局", [2026]),
    ]
    assert report.backup in backups_of(session.book.path)
    assert first.read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["乙.json", "甲.jxb"]
    session.book.undo()
    assert now(session) == [TABLE]


@pytest.mark.parametrize(
    ("decision", "expected"),
    [("ours", [TABLE]), ("theirs", [CHANGED]), ("both", [TABLE, CHANGED])],
)
def test_a_conflict_is_decided(
    session: Session, tmp_path: Path, decision: Decision, expected: list[Table]
) -> None:
    [table_id] = add(session, TABLE)
    plan = plan_collecting(session, [exchange(tmp_path / "甲.json", CHANGED)])
    [one] = plan.tables
    assert (one.status, one.table_id, one.only_notes) == ("conflict", table_id, False)
    assert one.difference is not None
    [change] = one.difference.changes
    assert (change.old, change.new) == ("开会3次。", "开会4次。")
    report = collect(session, plan, {0: decision})
    assert now(session) == expected
    assert (report.kept, report.replaced, len(report.doubled)) == (
        int(decision == "ours"),
        (table_id,) if decision == "theirs" else (),
        int(decision == "both"),
    )
    assert (report.change is None) == (report.backup is None) == (decision == "ours")


def test_what_was_handed_in_is_left_and_told(session: Session, tmp_path: Path) -> None:
    [table_id] = add(session, TABLE)
    set_state(session, [table_id], "已报")
    plan = plan_collecting(session, [exchange(tmp_path / "甲.json", CHANGED)])
    assert plan.count("locked") == 1
    report = collect(session, plan, otherwise="theirs")
    assert now(session) == [TABLE]
    assert "已报" in report.skipped[0]
    collect(session, plan, otherwise="both")
    assert now(session) == [TABLE, CHANGED]


def test_sources_that_cannot_be_read_are_told_and_hinder_none(
    session: Session, tmp_path: Path
) -> None:
    newer = book(tmp_path / "新.jxb", TABLE)
    data = bytearray(newer.read_bytes())
    data[60:64] = (99 << 16).to_bytes(4, "big")
    newer.write_bytes(data)
    damaged = book(tmp_path / "坏.jxb", *[TABLE] * 300)
    damaged.write_bytes(damaged.read_bytes()[:9000])
    (tmp_path / "稿.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "空.json").write_text(dump_tables([]), encoding="utf-8")
    (tmp_path / "别.json").write_text(json.dumps({"a": 1}), encoding="utf-8")
    good = exchange(tmp_path / "乙.json", OTHER)
    names = ["新.jxb", "坏.jxb", "稿.xlsx", "空.json", "别.json", "没有.jxb", "汇总.jxb"]
    plan = plan_collecting(session, [*(tmp_path / name for name in names), good])
    assert [one.source.name for one in plan.refused] == names
    assert "更新的版本" in plan.refused[0].reason
    assert collect(session, plan).added != ()
    assert now(session) == [OTHER]


def test_an_older_book_is_read_and_stays_old(session: Session, tmp_path: Path) -> None:
    old = tmp_path / "旧.jxb"
    old.write_bytes((Path(__file__).parents[1] / "data" / "books" / "book-1.0.db").read_bytes())
    before = old.read_bytes()
    assert plan_collecting(session, [old]).count("new") == 2
    assert old.read_bytes() == before
    assert [path.name for path in tmp_path.glob("旧*")] == ["旧.jxb"]


def test_archives_are_opened_and_backups_left_out(session: Session, tmp_path: Path) -> None:
    source = book(tmp_path / "甲.jxb", TABLE)
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as archive:
        archive.write(source, "单位/甲.jxb")
        archive.write(source, "单位/甲.备份/20260101-000000 升级前.jxb")
        archive.writestr("说明.txt", "x")
    with zipfile.ZipFile(tmp_path / "空.zip", "w") as archive:
        archive.writestr("说明.txt", "x")
    plan = plan_collecting(session, [tmp_path / "包.zip", tmp_path / "空.zip"])
    assert [one.source for one in plan.tables] == [tmp_path / "包.zip/单位/甲.jxb"]
    assert [one.source.name for one in plan.refused] == ["空.zip"]


def test_the_same_table_from_two_files_comes_once(session: Session, tmp_path: Path) -> None:
    files = [
        exchange(tmp_path / f"{n}.json", table) for n, table in enumerate([TABLE, TABLE, CHANGED])
    ]
    plan = plan_collecting(session, files)
    assert [(one.status, one.meets) for one in plan.tables] == [
        ("new", None),
        ("same", 0),
        ("conflict", 0),
    ]
    collect(session, plan, otherwise="theirs")
    assert now(session) == [CHANGED]


def test_tables_of_one_name_in_one_file_meet_each_its_own(session: Session, tmp_path: Path) -> None:
    add(session, TABLE)
    source = exchange(tmp_path / "甲.json", CHANGED, TABLE)
    plan = plan_collecting(session, [source])
    assert [one.status for one in plan.tables] == ["new", "same"]
    collect(session, plan)
    assert plan_collecting(session, [source]).count("same") == 2


def test_a_form_that_only_the_source_has_comes_along(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "甲.jxb"
    content = (Path(FORMS.paths["tongyong-xiangmu"])).read_bytes()
    with Book.open(path) as other, other.step("添加") as step:
        step.put_form("自制", "自制表样", content)
        step.add_table(replace(TABLE, form="自制"))
    collect(session, plan_collecting(session, [path]))
    assert session.book.form("自制") == content


def test_notes_alone_are_seen_as_such(session: Session, tmp_path: Path) -> None:
    add(session, TABLE)
    sent_back = replace(TABLE, notes=("退回意见（区财政局 2026-01-05）：请修改。",))
    [one] = plan_collecting(session, [exchange(tmp_path / "甲.json", sent_back)]).tables
    assert (one.status, one.only_notes) == ("conflict", True)


few = st.lists(tables(st.sampled_from(["甲局", "乙局"]), st.just(2026)), max_size=4)


@settings(max_examples=30)
@given(few, few, st.sampled_from(["ours", "theirs", "both"]))
def test_collecting_twice_changes_nothing_more(
    ours: list[Table], theirs: list[Table], decision: Decision
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Session.open(Path(folder) / "b.jxb", FORMS) as session,
    ):
        add(session, *ours)
        source = Path(folder) / "x.jxb"
        book(source, *theirs)
        collect(session, plan_collecting(session, [source]), otherwise=decision)
        once = session.book.dump_sql()
        again = collect(session, plan_collecting(session, [source]), otherwise=decision)
        assert again.added == ()
        assert session.book.dump_sql() == once
        assert len(now(session)) <= len(ours) + len(theirs)
