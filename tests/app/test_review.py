"""Drafts under review: what is sure, what becomes of the decisions, filling blanks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.app import tree
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.importing.accept import Decision, accept
from jixiao.app.importing.drafts import import_files, read_draft
from jixiao.app.importing.merge import merge_empty
from jixiao.app.importing.sources import Source
from jixiao.app.progress import CancelledError
from jixiao.app.review.index import book_index
from jixiao.app.review.items import is_sure, severity
from jixiao.app.review.review import Review
from jixiao.app.session import Session
from jixiao.io.files.exchange import dump_tables
from jixiao.io.recognise import Doubt
from jixiao.model.schema import REPORTED, RETURNED
from jixiao.model.table import Indicator, LevelPair, Share, Table, Task, Unplaced

DATA = Path(__file__).parent.parent / "data"
DRAFTS = DATA / "drafts"
FORMS = FormLibrary([])


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path / "账本.jxb", FormLibrary([])) as session:
        yield session


def review_of(session: Session, *names: str) -> Review:
    paths = [DRAFTS / name for name in names]
    review = Review(book_index(session))
    review.set_sources([Source(path, path) for path in paths])
    for number, path in enumerate(paths):
        review.put(number, read_draft(session.forms, path))
    return review


def test_all_files_are_taken_in_as_one_step(session: Session) -> None:
    review = review_of(
        session,
        "lukou2026-all.xlsx",
        "messy-5-hetang2024-department.xlsx",
        "lukou2026-project-1.xlsx",
    )
    assert review.counts()["tables"] == 7
    assert [item.twin for _, item in review.items][-1] == "lukou2026-all.xlsx"
    decisions = review.decisions()
    assert len(decisions) == 6
    done = accept(session, decisions)
    assert len(done.table_ids) == 6
    assert session.book.undo_name == "导入 2 个文件，6 张表"
    assert len(dict(session.book.tables())) == 6
    session.book.undo()
    assert not dict(session.book.tables())


def test_a_table_with_a_question_is_not_ticked(session: Session) -> None:
    review = review_of(session, "hetang2024-project-1.xlsx", "lukou2026-project-3.xlsx")
    asked, sure = (item for _, item in review.items)
    assert (asked.count("ask"), asked.ticked, asked.sure) == (2, False, False)
    assert sure.ticked
    for number, _ in asked.open_doubts():
        asked.settle(number)
    assert asked.sure
    assert len(review.decisions(only_sure=True)) == 2
    asked.undo()
    assert asked.count("ask") == 1


def test_what_is_in_the_book_is_known_and_replaced(session: Session) -> None:
    name = "lukou2026-project-3.xlsx"
    import_files(session, [DRAFTS / name])
    (there,) = dict(session.book.tables())
    review = review_of(session, name)
    ((_, item),) = review.items
    assert item.there == (there,)
    assert not item.ticked
    item.ticked = True
    item.change(replace(item.table, fields={**item.table.fields, "project_amount": "41"}))
    accept(session, review.decisions())
    assert [t.fields["project_amount"] for _, t in session.book.tables()] == ["41"]
    item.taking = "keep"
    accept(session, review.decisions())
    assert len(dict(session.book.tables())) == 2


def test_what_was_sent_back_brings_its_state(session: Session, tmp_path: Path) -> None:
    import_files(session, [DRAFTS / "lukou2026-project-3.xlsx"])
    ((table_id, table),) = session.book.tables()
    returned = replace(table, notes=("退回意见（区财政局 2026-01-05）：请补充。",))
    file = tmp_path / "退回.json"
    file.write_text(dump_tables([returned], [RETURNED]), encoding="utf-8")
    review = review_of(session, str(file))
    ((_, item),) = review.items
    item.ticked, item.taking = True, "replace"
    accept(session, review.decisions())
    assert session.book.table(table_id).notes == returned.notes
    states = [e.state for a in session.book.tree() for y in a.years for e in y.tables]
    assert states == [RETURNED]


def test_another_year_is_another_table(session: Session) -> None:
    name = "lukou2026-project-3.xlsx"
    import_files(session, [DRAFTS / name])
    review = review_of(session, name)
    ((_, item),) = review.items
    item.change(replace(item.table, year=2027))
    review.look_up(0, 0)
    assert not item.there
    assert item.sure


def test_a_table_that_was_handed_in_is_refused_and_hinders_no_other(session: Session) -> None:
    import_files(session, [DRAFTS / "lukou2026-project-3.xlsx"])
    (there,) = dict(session.book.tables())
    with session.book.step("报") as step:
        step.set_state(there, REPORTED)
    review = review_of(session, "lukou2026-project-3.xlsx", "lukou2026-project-4.xlsx")
    locked = review.items[0][1]
    assert locked.taking == "keep"
    locked.ticked, locked.taking = True, "replace"
    done = accept(session, review.decisions())
    assert [outcome.table_id is None for outcome in done.outcomes] == [True, False]
    assert "已报" in done.outcomes[0].reason
    assert len(dict(session.book.tables())) == 2


def test_stopping_takes_nothing(session: Session) -> None:
    review = review_of(session, "lukou2026-all.xlsx")

    def stop(done: int, total: int, text: str) -> None:
        if done == 3:
            raise CancelledError

    with pytest.raises(CancelledError):
        accept(session, review.decisions(), stop)
    assert not dict(session.book.tables())
    assert session.book.undo_name is None


def test_tables_of_another_book_bring_their_forms(session: Session, tmp_path: Path) -> None:
    with Session.open(tmp_path / "别的.jxb", FormLibrary([])) as other:
        import_files(other, [DRAFTS / "lukou2026-project-3.xlsx"])
        with other.book.step("改表样") as step:
            (table_id,) = dict(other.book.tables())
            form = other.forms.current("lukou2026-xiangmu")
            assert form is not None
            path = other.forms.path_of(form)
            assert path is not None
            step.put_form("own-form", "自己的", path.read_bytes())
            step.put_table(table_id, replace(other.book.table(table_id), form="own-form"))
    path = tmp_path / "别的.jxb"
    (reading,) = read_draft(session.forms, path)
    done = accept(session, [Decision(path, path, reading.table)])
    assert not done.faults
    assert "own-form" in dict(session.book.forms())


def test_severity_follows_from_what_was_written() -> None:
    assert severity(Doubt("A1", "", "某局", "agency", "", "按其他表读")) == "note"
    assert severity(Doubt("A1", "", "产出指标", "level1", "甲", "级次空着")) == "note"
    assert severity(Doubt("A1", "2O", "2O", "value", "甲", "有字母")) == "ask"
    assert severity(Doubt("A1", "时效指标", "产出指标", "level1", "甲", "右移")) == "ask"


def test_nothing_untold_is_sure() -> None:
    (reading,) = read_draft(FORMS, DRAFTS / "lukou2026-project-3.xlsx")
    assert is_sure(reading, reading.table)
    assert not is_sure(reading, replace(reading.table, year=None))
    assert not is_sure(reading, replace(reading.table, agency=""))
    assert not is_sure(replace(reading, confidence=0.5), reading.table)


def test_texts_without_a_place_are_noted_or_left_out(session: Session) -> None:
    review = review_of(session, "messy-1-lukou2026-project-1.xlsx")
    ((_, item),) = review.items
    (text,) = item.table.unplaced
    item.note(text)
    assert item.table.notes[-1] == text.text
    assert not item.table.unplaced
    item.undo()
    item.ignore(text)
    assert text.text not in item.table.notes
    assert not item.table.unplaced


def test_index_names_what_the_book_has(session: Session) -> None:
    import_files(session, [DRAFTS / "lukou2026-project-3.xlsx"])
    tree.new_agency(session, "空的单位")
    index = book_index(session)
    assert index.years == (2026,)
    assert "空的单位" in index.agencies


# Filling blanks

OLD = Table(
    agency="甲",
    year=2026,
    fields={"project_name": "修路", "project_amount": "10", "annual_goal": ""},
    indicators=(
        Indicator("产出指标", "数量指标", "里程", "≥", "5", ""),
        Indicator("产出指标", "质量指标", "合格率"),
    ),
    empty_levels=(LevelPair("效益指标", "社会效益"), LevelPair("效益指标", "生态效益")),
)
NEW = Table(
    agency="甲",
    agency_code="101",
    year=2026,
    fields={"project_name": "修路", "project_amount": "12", "annual_goal": "通车"},
    payment_schedule=(Share("3月底", "35"),),
    tasks=(Task("勘察"),),
    indicators=(
        Indicator("产出指标", "数量指标", "里程", "≥", "5", "公里", remark="备"),
        Indicator("产出指标", "质量", "合格率", "≥", "95", "%", written="95%以上"),
        Indicator("产出指标", "质量指标", "返修率", "≤", "1", "%"),
        Indicator("效益指标", "社会效益指标", "受益人数", "≥", "3", "万人"),
    ),
    unplaced=(Unplaced("a.xlsx", "S", "A9", "注"),),
)


def test_merging_fills_blanks_and_changes_nothing_else() -> None:
    merged = merge_empty(OLD, NEW)
    table = merged.table
    assert table.fields == {"project_name": "修路", "project_amount": "10", "annual_goal": "通车"}
    assert (table.agency_code, table.payment_schedule, table.tasks) == (
        "101",
        NEW.payment_schedule,
        NEW.tasks,
    )
    first, second, third = table.indicators
    assert first == replace(NEW.indicators[0])
    assert (second.value, second.written, second.level2) == ("95", "95%以上", "质量指标")
    assert third.level3 == "受益人数"
    assert table.empty_levels == (LevelPair("效益指标", "生态效益"),)
    assert merged.left == ("返修率",)
    assert table.unplaced == NEW.unplaced


def test_a_target_that_is_another_one_is_not_mixed() -> None:
    old = replace(OLD, indicators=(Indicator("产出指标", "数量指标", "里程", "", "7", ""),))
    (row, *_) = merge_empty(old, NEW).table.indicators
    assert (row.comparator, row.value, row.unit) == ("", "7", "")


@pytest.mark.parametrize("name", ["lukou2026-project-1.json", "hetang2024-department.json"])
def test_merging_twice_or_with_itself_changes_nothing(name: str) -> None:
    for reading in read_draft(FORMS, DATA / "truth" / name):
        table = reading.table
        assert merge_empty(table, table).table == table
        assert merge_empty(table, table).filled == 0
        bare = replace(table, fields={}, indicators=(), tasks=())
        once = merge_empty(bare, table).table
        assert once.indicators == table.indicators
        assert merge_empty(once, table).table == once


def test_merging_into_the_book_tells_what_was_left(session: Session) -> None:
    with session.book.step("添") as step:
        there = session.add_table(step, OLD)
    done = accept(session, [Decision(Path("a.xlsx"), Path("a.xlsx"), NEW, "merge", (there,))])
    assert session.book.table(there).fields["annual_goal"] == "通车"
    assert "返修率" in done.outcomes[0].remark
