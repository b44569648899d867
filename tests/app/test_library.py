"""The library as a user has it: own entries on disk, learning, putting into a table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.library.insert import (
    insert_entry,
    pair_in,
    suggestion_for,
)
from jixiao.app.library.learning import Learner
from jixiao.app.library.library import Library, own_path
from jixiao.app.session import Session
from jixiao.io.files.library_file import backup_of
from jixiao.io.paper.form.offers import offers
from jixiao.io.paper.page.grid import Binding
from jixiao.model.errors import KnownError
from jixiao.model.library import Entry
from jixiao.model.library_search import Query
from jixiao.model.table import Indicator, LevelPair, Table
from tests.app.typed import perform
from tests.io.forms import built_in, truth

FORMS = FormLibrary(folders=[])
OWN = Entry(
    "人大政协", "产出指标", "数量指标", "主席团会议次数", "≥", "3", "次", explanation="按签到册计"
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data" / "library.json")


def named(library: Library, name: str) -> Entry:
    return next(entry for entry in library.entries if entry.name == name)


# Own entries


def test_own_entries_lie_beside_the_forms_folder() -> None:
    library = Library()
    assert library.path == own_path()
    assert (library.path.parent.name, library.path.name) == ("jixiao", "library.json")
    library.add(OWN)
    assert Library().entries[0] == OWN


def test_looking_makes_no_file(library: Library) -> None:
    assert len(library.search(Query("会议"))) > 5
    assert library.categories[:3] == ("会议", "培训", "宣传")
    assert not library.path.parent.exists()


def test_add_change_delete(library: Library) -> None:
    kept = library.add(replace(OWN, name=" 主席团\n会议次数 ", level1="产出"))
    assert (kept.name, kept.level1) == ("主席团 会议次数", "产出指标")
    changed = library.change(replace(kept, value="4"), kept)
    assert library.search(Query("主席团"))[0].entry.value == "4"
    shipped = named(library, "会议召开次数")
    library.delete([changed, shipped])
    again = Library(library.path)
    assert len(again.entries) == 124
    assert "会议召开次数" not in [entry.name for entry in again.entries]
    again.restore_shipped()
    assert len(again.entries) == 125
    with pytest.raises(KnownError, match="名称"):
        library.add(Entry(value="3"))


def test_a_changed_shipped_entry_becomes_the_users(library: Library) -> None:
    shipped = named(library, "会议召开次数")
    library.change(replace(shipped, name="全体会议次数"), shipped)
    names = [entry.name for entry in Library(library.path).entries]
    assert names[0] == "全体会议次数"
    assert "会议召开次数" not in names
    assert len(names) == 125


def test_two_windows_do_not_lose_each_others_entries(library: Library) -> None:
    other = Library(library.path)
    assert len(other.entries) == len(library.entries) == 125
    library.add(OWN)
    other.add(replace(OWN, name="预备会议次数"))
    assert {e.name for e in other.entries[:2]} == {"主席团会议次数", "预备会议次数"}


def test_a_damaged_file_is_put_aside_and_its_last_state_comes_back(library: Library) -> None:
    library.add(OWN)
    library.add(replace(OWN, name="预备会议次数"))
    library.path.write_bytes(b"\0" * 40)
    again = Library(library.path)
    assert next(e.name for e in again.entries) == "主席团会议次数"
    assert "已损坏" in again.problem
    aside = [p for p in library.path.parent.iterdir() if "damaged" in p.name]
    assert [p.read_bytes() for p in aside] == [b"\0" * 40]
    assert aside[0].name in again.problem
    assert Library(library.path).problem == ""


def test_damage_while_the_program_runs_loses_nothing(library: Library) -> None:
    library.add(OWN)
    backup_of(library.path).unlink(missing_ok=True)
    library.path.write_bytes(b"")
    library.add(replace(OWN, name="预备会议次数"))
    names = [e.name for e in Library(library.path).entries[:2]]
    assert names == ["主席团会议次数", "预备会议次数"]


def test_a_newer_file_is_left_alone(library: Library) -> None:
    library.path.parent.mkdir()
    library.path.write_text('{"format": "jixiao-library", "version": 9}', encoding="utf-8")
    before = library.path.read_bytes()
    assert len(library.entries) == 125
    assert "升级" in library.problem
    with pytest.raises(KnownError, match="升级"):
        library.add(OWN)
    assert library.path.read_bytes() == before


def test_export_and_import(library: Library, tmp_path: Path) -> None:
    library.add(OWN)
    library.export_file(tmp_path / "库.xlsx")
    other = Library(tmp_path / "other.json")
    report = other.import_file(tmp_path / "库.xlsx")
    assert (report.added, report.changed, report.same) == (1, 0, 125)
    assert report.text == "导入指标：新增 1 条，更新 0 条，125 条已有。"
    assert other.entries[0] == OWN
    again = other.import_file(tmp_path / "库.xlsx")
    assert (again.added, again.same) == (0, 126)
    other.export_file(tmp_path / "own.xlsx", [OWN])
    assert Library(tmp_path / "third.json").import_file(tmp_path / "own.xlsx").added == 1


def test_take_over_from_a_table(library: Library) -> None:
    for row in truth("lukou2026-project-1").indicators:
        kept = library.take_over(row, "人大会议")
        assert kept.name in "".join(row.level3.split()) or kept.name == row.level3
    assert "人大会议" in library.categories
    found = library.search(Query("", category="人大会议"))
    assert len(found) == len(
        {(r.level2, r.level3) for r in truth("lukou2026-project-1").indicators}
    )


# Names in cells


def test_names_for_a_row_are_those_of_its_class(library: Library) -> None:
    table = Table(
        fields={"project_name": "干部培训"},
        indicators=(
            Indicator("产出指标", "质量指标", "培训出勤率"),
            Indicator("产出指标", "质量指标", ""),
        ),
    )
    names = library.names_for(table, 1)
    assert names[:2] == ["培训考核合格率", "培训对象覆盖率"]
    assert "培训出勤率" not in names
    assert "培训班次" not in names
    assert library.names_for(table, 1, "pxkh") == ["培训考核合格率"]
    assert library.names_for(table, 1, "培训班次") == ["培训班次"]
    form = built_in("lukou2026-xiangmu")
    assert offers(form, table, Binding("indicators", "level3", (1,)), names) == names


# Into a table


def test_insert_puts_the_entry_in_its_class_and_only_suggests_the_value(library: Library) -> None:
    form, table = built_in("lukou2026-xiangmu"), truth("lukou2026-project-1")
    entry = named(library, "参会人员满意度")
    done = insert_entry(form, table, entry, 0)
    (at,) = done.edit.rows
    row = done.edit.table.indicators[at]
    assert (row.level3, row.comparator, row.value, row.unit) == ("参会人员满意度", "≥", "", "%")
    assert done.suggestion == "90"
    assert row.explanation == ""  # this form has no column for it
    assert (row.level1, row.level2) in form.levels
    assert len(done.edit.table.indicators) == len(table.indicators) + 1
    others = [r for i, r in enumerate(done.edit.table.indicators) if i != at]
    assert others == list(table.indicators)
    assert suggestion_for(form, row, library.entry_for(row)) == "90"
    assert suggestion_for(form, replace(row, value="95"), entry) == ""
    assert suggestion_for(form, row, None) == ""


def test_insert_below_the_current_row_of_its_class(library: Library) -> None:
    form = built_in("lukou2026-xiangmu")
    rows = tuple(Indicator("产出", "数量", name) for name in ("甲", "乙"))
    done = insert_entry(form, Table(indicators=rows), named(library, "会议天数"), 0)
    assert done.edit.rows == (1,)
    assert [r.level3 for r in done.edit.table.indicators] == ["甲", "会议天数", "乙"]
    assert done.edit.table.indicators[1].level2 == "数量"


def test_an_empty_row_is_filled(library: Library) -> None:
    form = built_in("lukou2026-xiangmu")
    entry = named(library, "会议天数")
    for empty in (Indicator(), Indicator("产出指标", "数量指标")):
        done = insert_entry(form, Table(indicators=(empty,)), entry, 0)
        (row,) = done.edit.table.indicators
        assert (row.level1, row.level2, row.level3) == ("产出指标", "数量指标", "会议天数")
    other = Indicator("效益指标", "社会效益")
    done = insert_entry(form, Table(indicators=(other,)), entry, 0)
    assert len(done.edit.table.indicators) == 2


def test_a_pre_printed_row_is_filled_and_an_entry_without_levels_follows_the_row(
    library: Library,
) -> None:
    form = built_in("shifeng2023-fubiao3")
    table = Table(empty_levels=(LevelPair("产出指标", "数量指标"),))
    done = insert_entry(form, table, named(library, "会议天数"))
    assert done.edit.table.empty_levels == ()
    bare = insert_entry(form, done.edit.table, Entry(name="自定"), 0).edit.table.indicators
    assert [(r.level2, r.level3) for r in bare] == [("数量指标", "会议天数"), ("数量指标", "自定")]


def test_a_joined_cell_stays_empty_and_the_whole_is_suggested(library: Library) -> None:
    form = built_in("shifeng2023-fubiao1")
    entry = named(library, "会议费总额")
    done = insert_entry(form, truth("shifeng2023-department"), entry)
    row = done.edit.table.indicators[done.edit.rows[0]]
    assert (row.level1, row.level2) == ("产出指标", "成本指标")
    assert (row.comparator, row.value, row.unit, row.written) == ("", "", "", "")
    assert done.suggestion == "≤20万元"


def test_levels_of_the_other_vintage(library: Library) -> None:
    old, table = built_in("lunan2025-xiangmu"), Table(kind="project")
    social = named(library, "施工扰民投诉件数")
    assert pair_in(old, table, social) == ("产出指标", "成本指标")
    new = built_in("lukou2026-xiangmu")
    cost = Entry(level1="产出指标", level2="成本指标", name="总成本")
    assert pair_in(new, table, cost)[1].startswith("经济成本")
    assert pair_in(new, table, Entry(level1="自定", level2="二级", name="x")) == ("自定", "二级")


# With a book


def test_putting_is_one_step_and_learning_follows_the_book(
    library: Library, tmp_path: Path
) -> None:
    with Session.open(tmp_path / "a.jxb", FORMS) as session:
        with session.book.step("添加") as step:
            first = session.add_table(step, truth("lukou2026-project-1"))
            session.add_table(step, truth("lukou2026-project-2"))
        learner = Learner(session)
        assert not learner.done
        assert not learner.more(1)
        library.take_learned(learner.all())
        before = len(library.learned.entries)
        assert before > 10
        assert library.search(Query("主席团会议次数"))[0].entry.origin == "book"
        assert "区二届人大六次会议" in library.words_for("project")
        entry = named(library, "会议天数")
        change = perform(session, first, lambda form, table: insert_entry(form, table, entry).edit)
        assert change is not None
        assert change.name == "插入指标 会议天数"
        assert not learner.done
        library.take_learned(learner.all())
        assert library.search(Query("会议天数"))[0].count == 1
        session.book.undo()
        assert session.book.table(first) == replace(
            truth("lukou2026-project-1"), form=session.book.table(first).form
        )
        library.take_learned(learner.all())
        assert len(library.learned.entries) == before
        with session.book.step("删除") as step:
            step.delete_table(first)
        library.take_learned(learner.all())
        assert library.search(Query("主席团会议次数")) == []
        learner.close()
        library.forget_book()
        assert library.learned.entries == ()
    assert not library.path.exists()
