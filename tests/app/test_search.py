"""Finding tables and texts, and replacing texts as if they had been typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.app import tree
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.progress import CancelledError
from jixiao.app.search import (
    TreeFilter,
    find,
    find_in,
    places_to_look,
    replace_all,
    words_of,
)
from jixiao.app.session import Session
from jixiao.io.files.exchange import load_tables
from jixiao.io.paper.edit.edit import edit
from jixiao.io.paper.form.places import places
from jixiao.io.paper.page.grid import Binding
from jixiao.model.table import Indicator, Share, Table, Unplaced
from tests.strategies import tables

FORMS = FormLibrary(folders=[])
TRUTHS = sorted((Path(__file__).parents[1] / "data" / "truth").glob("*.json"))
JOINED = "shifeng2023-fubiao3"
TABLE = Table(
    agency="渌口区人大办",
    year=2026,
    form="lukou2026-xiangmu",
    fields={"project_name": "代表活动经费", "annual_goal": "组织代表视察10次，代表满意。"},
    payment_schedule=(Share("3月底", "35"),),
    indicators=(
        Indicator("产出指标", "数量指标", "代表视察次数", "≥", "10", "次", "代表参加"),
        Indicator("产出指标", "数量指标", "ＡＢＣ会议 abc", "=", "3", "次"),
        Indicator("产出指标", "质量指标", "参加率", "≥", "95", "%", extra={"权重": "代表"}),
    ),
    notes=("说明文字",),
    unplaced=(Unplaced("a.xlsx", "Sheet1", "B7", "没处放"),),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path / "b.jxb", FORMS) as session:
        yield session


def add(session: Session, *some: Table) -> list[int]:
    with session.book.step("添加") as step:
        return [session.add_table(step, table) for table in some]


def named(name: str, **changes: object) -> Table:
    return replace(TABLE, fields={**TABLE.fields, "project_name": name}, **changes)


# The filter above the tree


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "一二三"),
        ("代表活动", "一"),
        ("dbhd", "一"),
        ("rdb", "一二"),
        ("czj", "三"),
        ("2025", "二"),
        ("2025年", "二"),
        ("人大 会议", "一二"),
        ("rd 2026", "一"),
        ("财政 2026 设备", "三"),
        ("视察次数", "一二三"),
        ("10次", "一二三"),
        ("abc会议", "一二三"),
        ("没处放", "一二三"),
        ("35%", "一二三"),
        ("说明文字 设备", "三"),
        ("没有的", ""),
        ("zzz", ""),
        ("%", "一二三"),
        ("_", ""),
        ("'", ""),
        ("-设备", "一二"),
        ("人大 -2025", "一"),
        ("-活动 －没有的 −2025", "三"),
        ("-视察次数", ""),
        ("-rdb", "三"),
        ("-甲乙丙", "一二三"),
    ],
)
def test_tables_are_found_by_names_initials_years_and_texts(
    session: Session, query: str, found: str
) -> None:
    ids = add(
        session,
        TABLE,
        named("人代会会议费", year=2025),
        named("设备购置", agency="荷塘区财政局"),
    )
    names = dict(zip(ids, "一二三", strict=True))
    tables = TreeFilter(session)
    assert "".join(sorted(names[i] for i in tables.matches(query))) == "".join(sorted(found))
    tables.close()


def test_the_filter_follows_every_change(session: Session) -> None:
    tables = TreeFilter(session)
    [one] = add(session, TABLE)
    assert tables.matches("dbhd", texts=False) == {one}
    tree.rename_table(session, one, "会议")
    assert tables.matches("dbhd", texts=False) == set()
    assert tables.matches("hy", texts=False) == {one}
    assert tables.matches("视察", texts=False) == set()
    session.book.undo()
    assert tables.matches("dbhd") == {one}
    tree.delete_tables(session, [one])
    assert tables.matches("") == tables.matches("视察") == set()
    tables.close()


@settings(max_examples=40, deadline=None)
@given(table=tables(), data=st.data())
def test_every_text_of_a_place_is_found(
    tmp_path_factory: pytest.TempPathFactory, table: Table, data: st.DataObject
) -> None:
    with Session.open(tmp_path_factory.mktemp("s") / "b.jxb", FORMS) as session:
        [table_id] = add(session, table)
        table = session.book.table(table_id)
        found = list(places(session.form_of(table), table))
        if not found:
            return
        binding, text = data.draw(st.sampled_from(found))
        hits = find(session, text, whole=True, case=True)
        assert (table_id, binding, 0, len(text)) in [
            (hit.table_id, hit.binding, hit.start, hit.end) for hit in hits
        ]


@pytest.mark.parametrize("file", TRUTHS, ids=lambda file: file.stem)
def test_places_are_those_of_the_page_and_can_be_edited(session: Session, file: Path) -> None:
    [table_id] = add(session, *load_tables(file.read_text(encoding="utf-8")))
    table = session.book.table(table_id)
    form = session.form_of(table)
    found = dict(places(form, table))
    shown = {
        (part.binding.target, part.binding.name, part.binding.rows[:1]): part.text
        for _, part in session.page_of(table).bound()
        if part.binding is not None and part.text.strip()
    }
    mine = {(b.target, b.name, row) for b in found for row in [(r,) for r in b.rows] or [()]}
    missing = {
        place for place in shown.keys() - mine if place[0] != "computed" and place[1] != "title"
    }
    assert missing == set()
    for binding, text in found.items():
        place = (binding.target, binding.name, binding.rows[:1])
        if place in shown and not binding.name.startswith("level"):
            assert shown[place] == text
        if text == text.strip() and binding.name != "comparator":
            assert edit(form, table, binding, text + "改" if binding.name != "year" else "1999")


# Find and replace


def test_hits_tell_place_and_span_in_the_order_of_the_tree(session: Session) -> None:
    one, two = add(session, TABLE, named("别的", year=2027))
    hits = find(session, "代表")
    assert [hit.table_id for hit in hits] == [two] * 5 + [one] * 6
    first = [(h.binding.target, h.binding.name, h.binding.rows, h.start) for h in hits[5:]]
    assert first == [
        ("field", "project_name", (), 0),
        ("field", "annual_goal", (), 2),
        ("field", "annual_goal", (), 10),
        ("indicators", "level3", (0,), 0),
        ("indicators", "explanation", (0,), 0),
        ("indicators", "extra:权重", (2,), 0),
    ]
    assert len(find(session, "代表", [one])) == 6
    assert [h.text for h in find(session, "代表", [one], whole=True)] == ["代表"]
    assert find(session, "") == find(session, "没有") == []


def test_case_and_literal_signs(session: Session) -> None:
    [one] = add(session, TABLE)
    assert [hit.start for hit in find(session, "ABC")] == [6]
    assert find(session, "ABC", case=True) == []
    assert len(find(session, "abc", [one], case=True)) == 1
    assert find(session, "代.") == []
    [level] = find(session, "数量")
    assert level.binding.rows == (0, 1)


def test_replacing_everywhere_is_one_step(session: Session) -> None:
    add(session, TABLE, named("别的"))
    before = session.book.dump_sql()
    done = replace_all(session, find(session, "代表"), "委员代表")
    assert (done.count, done.skipped) == (11, ())
    assert session.book.undo_name == "替换“代表”为“委员代表”"
    tables = [table for _, table in session.book.tables()]
    assert tables[0].fields["annual_goal"] == "组织委员代表视察10次，委员代表满意。"
    assert tables[0].indicators[2].extra == {"权重": "委员代表"}
    session.book.undo()
    assert session.book.dump_sql() == before


def test_joined_cells_are_read_anew_and_levels_change_as_a_run(session: Session) -> None:
    joined = replace(
        TABLE, form=JOINED, indicators=(Indicator("产出指标", "数量指标", "次数", "≥", "10", "次"),)
    )
    [one] = add(session, replace(joined, year=2023))
    [hit] = find(session, "≥10次")
    assert hit.binding == Binding("indicators", "target:cvu", (0,))
    replace_all(session, [hit], "12场以上")
    row = session.book.table(one).indicators[0]
    assert (row.comparator, row.value, row.unit, row.written) == ("≥", "12", "场", "12场以上")
    [two] = add(session, TABLE)
    replace_all(session, find(session, "数量指标", [two]), "时效指标")
    assert [i.level2 for i in session.book.table(two).indicators] == [
        *("时效指标", "时效指标", "质量指标")
    ]


def test_what_cannot_be_replaced_is_told(session: Session) -> None:
    one, two, three = add(session, TABLE, named("乙"), named("丙"))
    hits = find(session, "2026")
    done = replace_all(session, hits, "明年")
    assert done.change is None
    assert done.count == 0
    assert done.skipped[0] == "“代表活动经费”：年度要写四位数字，例如 2026。"
    hits = find(session, "满意")
    tree.set_state(session, [one], "已报")
    changed = replace(TABLE, fields={"project_name": "乙"})
    with session.book.step("改") as step:
        step.put_table(two, changed)
        step.delete_table(three)
    done = replace_all(session, hits, "高兴")
    assert done.change is None
    assert done.skipped == (
        "“代表活动经费”（2026年）已报，没有改动。",
        "“乙”里的“组织代表视察10次，代表…”已经改动，没有替换。",
        "有 1 张表已不在账本里，没有替换。",
    )
    assert replace_all(session, [], "x").change is None


@pytest.mark.parametrize("query", ["-", "A-1", "－"])
def test_a_minus_that_is_no_wish_is_what_it_is(query: str) -> None:
    assert words_of(query) == [(query, True)]


def test_a_search_in_parts_finds_the_same_in_the_same_order(session: Session) -> None:
    add(session, TABLE, named("人代会会议费", year=2025), named("人", agency="荷塘区财政局"))
    whole = find(session, "人")
    ids = places_to_look(session, "人")
    assert len(ids) > 1
    parts = [find_in(session, "人", [table_id], case=False, whole=False) for table_id in ids]
    assert [hit for part in parts for hit in part] == whole


def test_replacing_can_be_stopped_and_then_nothing_is_replaced(session: Session) -> None:
    add(session, TABLE, named("人代会会议费", year=2025))
    before = list(session.book.tables())

    def stop(*_: object) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        replace_all(session, find(session, "人"), "员", stop)
    assert list(session.book.tables()) == before
