"""The overview: sums, fullness, findings and indicators, each with the tables behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.app.checking.checking import check_book
from jixiao.app.checking.options import WHOLE_BOOK, CheckOptions, put_options
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.overview.facts import facts_of
from jixiao.app.overview.overview import overview_of
from jixiao.app.overview.source import OverviewSource, tally
from jixiao.app.session import Session
from jixiao.app.tree import set_state
from jixiao.model.check_settings import Wishes
from jixiao.model.table import Indicator, Table
from tests.io.forms import TRUTH_IDS, built_in, truth
from tests.strategies import tables

FORMS = FormLibrary(folders=[])
LUKOU = ("lukou2026-department", *(f"lukou2026-project-{n}" for n in range(1, 5)))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path / "a.jxb", FORMS) as opened:
        with opened.book.step("添加") as step:
            for name in TRUTH_IDS:
                opened.add_table(step, truth(name))
        yield opened


def ids_of(session: Session, *names: str) -> list[int]:
    wanted = [(truth(name).agency, truth(name).year, truth(name).name) for name in names]
    found = {(t.agency, t.year, t.name): i for i, t in session.book.tables()}
    return [found[key] for key in wanted]


def test_the_money_of_an_agency_year(session: Session) -> None:
    ids = ids_of(session, *LUKOU)
    view = OverviewSource(session).overview(ids)
    money = view.money
    assert (money.total.amount, money.total.table_ids) == (Decimal("697.61"), (ids[0],))
    spending = {part.label: part.amount for part in money.spending}
    assert spending == {"基本支出": Decimal("539.81"), "项目支出": Decimal("157.8")}
    assert money.projects_total.amount == Decimal("157.8")
    assert set(money.projects_total.table_ids) == set(ids[1:])
    amounts = [project.amount for project in money.projects]
    assert amounts == [Decimal("61.8"), Decimal("48.4"), Decimal(40), Decimal("7.6")]
    assert money.projects[0].label == "人大代表履职能力提升"
    assert (money.unreadable, money.doubled) == ((), ())
    assert view.years == (2026,)
    assert len(view.groups) == 1


def test_every_number_of_the_book_has_its_tables(session: Session) -> None:
    view = OverviewSource(session).overview()
    everything = {i for i, _ in session.book.tables()}
    assert view.tables.count == len(TRUTH_IDS) == len(everything)
    assert sum(state.count for state in view.states) == len(everything)
    rows = {i: [r for r in t.indicators if r.level3] for i, t in session.book.tables()}
    total = sum(map(len, rows.values()))
    indicators = view.indicators
    assert indicators.total.count == total
    assert sum(level.count for level in indicators.by_level1) == total
    assert sum(level.count for level in indicators.by_level2) == total
    for level in indicators.by_level2:
        assert level.count >= len(level.table_ids) > 0
    parts = (indicators.quantitative, indicators.qualitative, indicators.open)
    assert sum(part.count for part in parts) == total
    assert indicators.qualitative.count > 10
    names = [level.key for level in indicators.by_level1]
    assert names[:4] == ["成本指标", "产出指标", "效益指标", "满意度指标"]
    assert sum(len(group.table_ids) for group in view.groups) == len(everything)
    assert view.findings is None


def test_findings_by_severity_and_rule(session: Session) -> None:
    found = check_book(session)
    view = OverviewSource(session).overview(checked=True)
    assert view.findings is not None
    counts = {count.key: count.count for count in view.findings.by_severity}
    assert sum(counts.values()) == len(found)
    assert list(counts) == ["error", "warning", "hint"]
    assert sum(rule.count for rule in view.findings.by_rule) == len(found)
    for rule in view.findings.by_rule:
        tables = {f.table_id for f in found if f.finding.rule == rule.rule}
        assert set(rule.table_ids) == tables
        assert rule.title
    wrong = {f.table_id for f in found}
    assert set(view.findings.clean.table_ids) == {i for i, _ in session.book.tables()} - wrong
    assert sum(group.errors for group in view.groups) == counts["error"]
    own = ids_of(session, "shifeng2023-project-1")
    part = OverviewSource(session).overview(own, checked=True)
    assert part.findings is not None
    here = sum(f.table_id == own[0] for f in found)
    assert sum(c.count for c in part.findings.by_severity) == here > 0


def test_a_change_is_seen_and_states_are_those_of_the_tree(session: Session) -> None:
    source = OverviewSource(session)
    (table_id,) = ids_of(session, "lukou2026-project-1")
    assert source.overview([table_id]).money.projects_total.amount == Decimal("48.4")
    table = session.book.table(table_id)
    with session.book.step("修改") as step:
        step.put_table(table_id, replace(table, fields={**table.fields, "project_amount": "约50"}))
    view = source.overview([table_id])
    assert view.money.projects[0].amount is None
    assert view.money.unreadable == (table_id,)
    set_state(session, [table_id], "已报")
    states = {state.key: state.table_ids for state in source.overview([table_id]).states}
    assert states == {"草稿": (), "已核": (), "已报": (table_id,), "退回": ()}
    with session.book.step("删除") as step:
        step.set_state(table_id, "草稿")
        step.delete_table(table_id)
    assert source.overview([table_id]).tables.count == 0
    source.close()


def test_it_is_prepared_a_little_at_a_time(session: Session) -> None:
    source = OverviewSource(session)
    total = len(list(session.book.tables()))
    left = [source.read(None, 4)]
    while left[-1]:
        left.append(source.read(None, 4))
    assert left == [max(0, total - 4 * (n + 1)) for n in range(len(left))]
    assert source.overview() == OverviewSource(session).overview()
    unchecked = [source.check(None, 1)]
    while unchecked[-1]:
        unchecked.append(source.check(None, 1))
    assert len(unchecked) == len({(t.agency, t.year) for _, t in session.book.tables()})
    view = OverviewSource(session).overview(checked=True)
    assert source.overview(checked=True) == view
    assert tally(check_book(session)) == {i: t for i, t in source._tallies.items() if t}


def test_other_rules_and_other_tables_are_checked_anew(session: Session) -> None:
    source = OverviewSource(session)
    before = source.overview(checked=True).findings
    assert before is not None
    assert "V6" in {rule.rule for rule in before.by_rule}
    put_options(session, CheckOptions({WHOLE_BOOK: Wishes({"V6": False})}))
    after = source.overview(checked=True).findings
    assert after is not None
    assert "V6" not in {rule.rule for rule in after.by_rule}
    (table_id,) = ids_of(session, "lukou2026-project-1")
    with session.book.step("删除") as step:
        step.delete_table(table_id)
    assert source.overview(checked=True) == OverviewSource(session).overview(checked=True)
    session.book.undo()
    assert source.overview(checked=True).findings == after


def test_fullness_tells_what_is_missing() -> None:
    form, table = built_in("lukou2026-xiangmu"), truth("lukou2026-project-1")
    full = facts_of(1, table, form)
    assert (full.fullness, full.missing) == (1.0, ())
    bare = replace(table, fields={"project_name": "会议"}, indicators=table.indicators[:1])
    facts = facts_of(1, bare, form)
    assert facts.needed == full.needed == len(form.required) + 6
    assert "项目金额" in facts.missing
    assert "满意度指标" in facts.missing
    assert facts.filled == facts.needed - len(facts.missing) == 2
    empty = facts_of(1, Table(), None)
    assert empty.fullness == 0
    assert empty.missing[:3] == ("项目名称", "项目金额", "年度绩效目标")
    assert facts_of(1, Table(kind="budget")).fullness == 1.0


def test_money_in_other_units_is_converted_and_doubles_are_told() -> None:
    one = Table(kind="department", agency="甲", year=2026, fields={"budget_total": "12.30"})
    yuan = replace(one, money_unit="单位：元", fields={"budget_total": "123,000"})
    facts = [facts_of(1, one), facts_of(2, yuan), facts_of(3, replace(one, year=2025))]
    view = overview_of(facts, {1: "草稿", 2: "草稿", 3: "草稿"})
    assert view.money.total.amount == Decimal("36.90")
    assert view.money.doubled == (2,)
    assert view.years == (2026, 2025)
    assert [group.total for group in view.groups] == [Decimal("24.60"), Decimal("12.30")]


def test_the_kinds_of_targets() -> None:
    rows = (
        Indicator("产出", "数量", "甲", "≥", "3", "次"),
        Indicator("产出", "数量", "乙", "", "90", "%"),
        Indicator("效益", "社会效益", "丙", "定性", "有效"),
        Indicator("效益", "社会效益", "丁", "", "持续督促"),
        Indicator("效益", "社会效益", "戊"),
        Indicator("效益", "社会效益", ""),
    )
    view = overview_of([facts_of(1, Table(indicators=rows))], {})
    indicators = view.indicators
    counts = (indicators.quantitative, indicators.qualitative, indicators.open)
    assert [count.count for count in counts] == [2, 2, 1]
    assert indicators.quantitative_share == 0.5
    assert [(c.level1, c.level2, c.count) for c in indicators.by_level2] == [
        ("产出指标", "数量指标", 2),
        ("效益指标", "社会效益指标", 3),
    ]


def test_nothing_is_an_overview_too() -> None:
    view = overview_of([], {}, {})
    assert view.money.total.amount is None
    assert view.mean_fullness == 0
    assert view.indicators.quantitative_share is None
    assert view.findings is not None
    assert view.findings.by_rule == ()


@given(st.lists(tables(), max_size=4))
def test_any_tables_have_an_overview(some: list[Table]) -> None:
    facts = [facts_of(i, table) for i, table in enumerate(some)]
    view = overview_of(facts, {})
    assert view.tables.table_ids == tuple(range(len(some)))
    assert all(0 <= full.share <= 1 for full in view.fullness)
    assert view.indicators.total.count == sum(level.count for level in view.indicators.by_level1)
    told = sum(project.amount or 0 for project in view.money.projects)
    assert told == (view.money.projects_total.amount or 0)
