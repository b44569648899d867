"""Collecting: states of work, send-back notes and agencies under several names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.app.collecting.collect import Decision, collect, plan_collecting, replan
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.notes import answer_notes, new_note, send_back
from jixiao.app.progress import CancelledError
from jixiao.app.session import Session
from jixiao.app.tree import set_state
from jixiao.io.files.exchange import dump_tables, load_entries
from jixiao.model.agency_names import is_short_for, may_be_short_for, name_key, the_one_meant
from jixiao.model.notes import send_back_notes
from jixiao.model.storage import backups_of
from jixiao.model.table import Indicator, Table

FORMS = FormLibrary([])
NAME = "株洲市渌口区财政局"
TABLE = Table(
    agency=NAME,
    year=2026,
    form="tongyong-xiangmu",
    fields={"project_name": "会议经费", "annual_goal": "开会3次。"},
    indicators=(Indicator("产出指标", "数量指标", "会议次数", "≥", "3", "次"),),
)
CHANGED = replace(TABLE, fields={**TABLE.fields, "annual_goal": "开会4次。"})


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path / "汇总.jxb", FORMS) as session:
        yield session


def add(session: Session, *some: Table) -> list[int]:
    with session.book.step("添加") as step:
        return [session.add_table(step, table) for table in some]


def book(path: Path, state: str, *some: Table) -> Path:
    with Session.open(path, FORMS) as session:
        set_state(session, add(session, *some), state)  # type: ignore[arg-type]
    return path


def exchange(path: Path, table: Table, state: str = "") -> Path:
    path.write_text(dump_tables([table], [state]), encoding="utf-8")
    return path


def states(session: Session) -> list[str]:
    return [e.state for a in session.book.tree() for y in a.years for e in y.tables]


def tree(session: Session) -> list[tuple[str, int]]:
    return [(a.name, sum(len(y.tables) for y in a.years)) for a in session.book.tree()]


# States


@pytest.mark.parametrize("state", ["草稿", "已核", "已报", "退回"])
def test_a_new_table_keeps_the_state_it_had(session: Session, tmp_path: Path, state: str) -> None:
    collect(session, plan_collecting(session, [book(tmp_path / "甲.jxb", state, TABLE)]))
    assert states(session) == [state]


def test_the_exchange_file_may_tell_the_state(session: Session, tmp_path: Path) -> None:
    path = exchange(tmp_path / "甲.json", TABLE, "已核")
    assert load_entries(path.read_text(encoding="utf-8")) == [(TABLE, "已核")]
    collect(session, plan_collecting(session, [path]))
    assert states(session) == ["已核"]
    path.write_text(path.read_text(encoding="utf-8").replace("已核", "随便"), encoding="utf-8")
    kept = replace(TABLE, other='{"state": "随便"}')
    assert load_entries(path.read_text(encoding="utf-8")) == [(kept, "")]


def test_a_replaced_table_takes_their_state_and_is_no_longer_checked(
    session: Session, tmp_path: Path
) -> None:
    [table_id] = add(session, TABLE)
    set_state(session, [table_id], "已核")
    collect(
        session, plan_collecting(session, [exchange(tmp_path / "甲.json", CHANGED)]), {0: "theirs"}
    )
    assert states(session) == ["草稿"]
    source = book(tmp_path / "乙.jxb", "已报", TABLE)
    collect(session, plan_collecting(session, [source]), {0: "theirs"})
    assert states(session) == ["已报"]
    session.book.undo()
    assert states(session) == ["草稿"]


def test_the_same_table_goes_further_but_never_back(session: Session, tmp_path: Path) -> None:
    [table_id] = add(session, TABLE)
    handed_in = book(tmp_path / "甲.jxb", "已报", TABLE)
    report = collect(session, plan_collecting(session, [handed_in]))
    assert (states(session), report.restated, report.same) == (["已报"], (table_id,), 0)
    draft = book(tmp_path / "乙.jxb", "草稿", TABLE)
    assert collect(session, plan_collecting(session, [draft])).change is None
    set_state(session, [table_id], "退回")
    assert collect(session, plan_collecting(session, [handed_in])).change is None
    assert states(session) == ["退回"]


def test_of_two_files_the_later_one_may_replace_one_handed_in(
    session: Session, tmp_path: Path
) -> None:
    files = [
        book(tmp_path / "1.jxb", "已报", TABLE),
        book(tmp_path / "2.jxb", "已报", CHANGED),
    ]
    collect(session, plan_collecting(session, files), otherwise="theirs")
    assert [table for _, table in session.book.tables()] == [CHANGED]
    assert states(session) == ["已报"]


@pytest.mark.parametrize("first", [TABLE, replace(TABLE, title="第一稿")])
def test_two_files_about_a_table_of_the_book(
    session: Session, tmp_path: Path, first: Table
) -> None:
    """The first one hands it in; that must not hinder the second."""
    add(session, TABLE)
    files = [book(tmp_path / "1.jxb", "已报", first), book(tmp_path / "2.jxb", "已报", CHANGED)]
    collect(session, plan_collecting(session, files), otherwise="theirs")
    assert [table for _, table in session.book.tables()] == [CHANGED]
    assert states(session) == ["已报"]


# Notes


def test_notes_go_to_the_agency_and_its_answers_come_back(session: Session, tmp_path: Path) -> None:
    """The whole way: bureau, exchange file, agency, exchange file, bureau."""
    agency_file = book(tmp_path / "单位.jxb", "已报", TABLE)
    collect(session, plan_collecting(session, [agency_file]))
    [(table_id, _)] = session.book.tables()
    note = new_note("请说明依据。", "区财政局", what="指标", name="会议次数", column="指标值")
    send_back(session, table_id, [note])
    sent = exchange(tmp_path / "退回.json", session.book.table(table_id), "退回")

    with Session.open(agency_file, FORMS) as agency:
        plan = plan_collecting(agency, [sent])
        [one] = plan.tables
        assert (one.status, one.proposed, one.only_notes) == ("locked", "notes", True)
        assert "theirs" not in one.choices
        report = collect(agency, plan, {0: one.proposed})
        assert len(report.noted) == 1
        assert states(agency) == ["退回"]
        [(mine, table)] = agency.book.tables()
        [(at, found)] = send_back_notes(table)
        assert found == note
        # The clerk changes the table and says so; loading the same file again changes nothing.
        with agency.book.step("改") as step:
            step.put_table(mine, replace(table, fields=CHANGED.fields))
        answer_notes(agency, mine, {at: "按上年实际。"})
        again = plan_collecting(agency, [sent])
        assert [(one.status, one.new_notes) for one in again.tables] == [("conflict", ())]
        back = exchange(tmp_path / "再报.json", agency.book.table(mine), "已报")

    plan = plan_collecting(session, [back])
    [one] = plan.tables
    assert (one.status, one.proposed) == ("conflict", "theirs")
    assert [note.answer for note in one.new_notes] == ["按上年实际。"]
    collect(session, plan, {0: one.proposed})
    table = session.book.table(table_id)
    assert table.fields == CHANGED.fields
    assert [(n.text, n.answer) for _, n in send_back_notes(table)] == [
        ("请说明依据。", "按上年实际。")
    ]
    assert states(session) == ["已报"]


def test_notes_written_here_stay_when_their_table_is_taken(
    session: Session, tmp_path: Path
) -> None:
    [table_id] = add(session, TABLE)
    note = new_note("请改。", "区财政局")
    send_back(session, table_id, [note])
    plan = plan_collecting(session, [exchange(tmp_path / "甲.json", CHANGED)])
    [one] = plan.tables
    assert one.difference is not None
    assert [change.label for change in one.difference.changes] == ["年度绩效目标"]
    collect(session, plan, {0: "theirs"})
    assert send_back_notes(session.book.table(table_id)) == [(0, note)]
    assert plan_collecting(session, [exchange(tmp_path / "乙.json", CHANGED)]).count("same") == 1


def test_notes_alone_are_taken_without_the_table(session: Session, tmp_path: Path) -> None:
    [table_id] = add(session, CHANGED)
    note = "退回意见（区财政局 2026-01-05）：请修改。"
    sent = exchange(tmp_path / "退回.json", replace(TABLE, notes=(note,)), "退回")
    plan = plan_collecting(session, [sent])
    assert plan.tables[0].proposed == "notes"
    collect(session, plan, {0: "notes"})
    assert session.book.table(table_id) == replace(CHANGED, notes=(note,))
    assert states(session) == ["退回"]


# Agencies


@pytest.mark.parametrize(
    "name",
    [
        "株洲市渌口区　财政局",
        "株洲市 渌口区财政局",
        "株洲市渌口区财政局（盖章）",
        "株洲市渌口区财政局(盖章)",
    ],
)
def test_blanks_and_wide_letters_make_no_other_agency(
    session: Session, tmp_path: Path, name: str
) -> None:
    add(session, TABLE)
    other = replace(TABLE, agency=name, fields={"project_name": "会议 经费", "annual_goal": "新。"})
    plan = plan_collecting(session, [exchange(tmp_path / "甲.json", other)])
    assert plan.alike == ()
    assert plan.tables[0].status == "conflict"
    collect(session, plan, {0: "theirs"})
    assert tree(session) == [(NAME, 1)]
    assert [table.agency for _, table in session.book.tables()] == [name]


def test_a_name_without_its_city_is_the_same_agency_unless_refused(
    session: Session, tmp_path: Path
) -> None:
    add(session, TABLE)
    new = replace(TABLE, agency="渌口区财政局", fields={"project_name": "新项目"})
    plan = plan_collecting(session, [exchange(tmp_path / "甲.json", new)])
    [alike] = plan.alike
    assert (alike.name, alike.other, alike.sure) == ("渌口区财政局", NAME, True)
    assert plan.joined == {"渌口区财政局"}
    apart = replan(session, plan, ())
    collect(session, plan)
    assert tree(session) == [(NAME, 2)]
    session.book.undo()
    collect(session, apart)
    assert tree(session) == [(NAME, 1), ("渌口区财政局", 1)]


def test_an_abbreviation_is_only_proposed(session: Session, tmp_path: Path) -> None:
    full = "株洲市渌口区人民代表大会常务委员会办公室"
    add(session, replace(TABLE, agency=full))
    path = exchange(tmp_path / "甲.json", replace(CHANGED, agency="渌口区人大办"))
    plan = plan_collecting(session, [path])
    assert [(a.other, a.sure) for a in plan.alike] == [(full, False)]
    assert (plan.count("new"), plan.joined) == (1, frozenset())
    joined = replan(session, plan, {"渌口区人大办"})
    assert joined.count("conflict") == 1
    coded = replace(CHANGED, agency="渌口区人大办", agency_code="101001")
    with session.book.step("代码") as step:
        step.add_table(replace(TABLE, agency=full, agency_code="101001", fields={}))
    plan = plan_collecting(session, [exchange(tmp_path / "乙.json", coded)])
    assert [(a.other, a.sure) for a in plan.alike] == [(full, True)]


def test_names_that_are_new_in_this_run_find_each_other(session: Session, tmp_path: Path) -> None:
    files = [
        exchange(tmp_path / "1.json", TABLE),
        exchange(tmp_path / "2.json", replace(TABLE, agency="渌口区财政局")),
    ]
    plan = plan_collecting(session, files)
    assert [(one.status, one.agency) for one in plan.tables] == [("new", NAME), ("conflict", NAME)]


def test_what_is_short_for_what() -> None:
    assert name_key(" 区财政局（公章）") == "区财政局"
    assert is_short_for("渌口区财政局", NAME)
    assert not is_short_for("区教育局", "区教育局考试中心")
    assert not is_short_for("教育局", "职业教育局")
    assert may_be_short_for("渌口区政府办", "渌口区人民政府办公室")
    assert not may_be_short_for("渌口区教育局", "渌口区教育局考试中心")
    known = ["渌口镇人民政府办公室", "渌口区人民政府办公室"]
    assert the_one_meant("人民政府办公室", known) is None
    assert the_one_meant("渌口区政府办公室", known) == ("渌口区人民政府办公室", False)
    assert the_one_meant("渌口区人民政府办公室", known) is None


# Long work


@pytest.mark.parametrize("decision", ["theirs", "both"])
def test_collecting_tells_progress_and_stops_without_a_trace(
    session: Session, tmp_path: Path, decision: Decision
) -> None:
    add(session, TABLE)
    files = [exchange(tmp_path / f"{n}.json", replace(CHANGED, title=str(n))) for n in range(3)]
    plan = plan_collecting(session, files)
    before = session.book.dump_sql()

    def stop(done: int, total: int, text: str) -> None:
        if done == 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        collect(session, plan, otherwise=decision, progress=stop)
    assert session.book.dump_sql() == before
    assert backups_of(session.book.path) == []
    seen: list[tuple[int, int]] = []
    collect(session, plan, otherwise=decision, progress=lambda d, t, _: seen.append((d, t)))
    assert seen[0] == (0, 3)
    assert seen[-1] == (3, 3)
