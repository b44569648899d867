"""Carrying tables over to the next year: the preview, the decisions, the one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.app import tree
from jixiao.app.carry_over import carry_over, confirmed, plan_carry_over
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.session import Session
from jixiao.io.files.exchange import load_tables
from jixiao.model.errors import KnownError
from jixiao.model.table import Indicator, SpendingDetail, Table, Unplaced
from tests.strategies import tables

FORMS = FormLibrary(folders=[])
TRUTHS = sorted((Path(__file__).parents[1] / "data" / "truth").glob("*.json"))
TABLE = Table(
    agency="渌口区人大办",
    year=2026,
    form="lukou2026-xiangmu",
    vintage="2021",
    title="2026年项目支出绩效目标表",
    money_unit="万元",
    fields={
        "project_name": "区二届人大六次会议（2026年）",
        "project_code": "2026年001",
        "project_amount": "48.40",
        "implementation_period": "2026.1.1-2026.12.31",
        "annual_goal": "审查2025年预算；依据《2025年工作要点》，2026年1月28日召开。",
    },
    indicators=(
        Indicator("产出指标", "时效指标", "召开时间", "定性", "2026年1月", "", written="2026年1月"),
        Indicator("产出指标", "数量指标", "参会人数", "≥", "2026", "人"),
        Indicator("产出指标", "时效指标", "完成", "=", "2026", "年度"),
        Indicator("成本指标", "经济成本", "会议费", "≤", "48.40", "万元", written="≤48.40万元"),
        Indicator("成本指标", "经济成本", "标准", "≤", "140", "元/人"),
    ),
    spending_details=(SpendingDetail("会议", "餐费", "10", "2026年标准"),),
    notes=("2026年填",),
    unplaced=(Unplaced("a.xlsx", "S", "B7", "没处放"),),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path / "b.jxb", FORMS) as session:
        yield session


def add(session: Session, *some: Table) -> list[int]:
    with session.book.step("添加") as step:
        return [session.add_table(step, table) for table in some]


def test_years_move_and_every_change_is_shown(session: Session) -> None:
    [one] = add(session, TABLE)
    [plan] = plan_carry_over(session, [one], 2027)
    new = plan.table
    assert (new.year, new.title, new.unplaced) == (2027, "2027年项目支出绩效目标表", ())
    assert new.fields == {
        **TABLE.fields,
        "project_name": "区二届人大六次会议（2027年）",
        "implementation_period": "2027.1.1-2027.12.31",
        "annual_goal": "审查2026年预算；依据《2025年工作要点》，2027年1月28日召开。",
    }
    assert [(i.value, i.unit, i.written) for i in new.indicators[:4]] == [
        ("2027年1月", "", "2027年1月"),
        ("2026", "人", ""),
        ("2027", "年度", ""),
        ("48.40", "万元", "≤48.40万元"),
    ]
    assert new.spending_details[0].basis == "2027年标准"
    assert new.notes == ("2026年填",)
    shown = [(c.label, c.old, c.new, len(c.notes)) for c in plan.changes]
    assert shown == [
        ("标题", "2026年项目支出绩效目标表", "2027年项目支出绩效目标表", 0),
        ("项目名称", "区二届人大六次会议（2026年）", "区二届人大六次会议（2027年）", 1),
        ("项目实施期", "2026.1.1-2026.12.31", "2027.1.1-2027.12.31", 0),
        ("年度绩效目标", TABLE.fields["annual_goal"], new.fields["annual_goal"], 2),
        ("指标值及单位 第1行", "2026年1月", "2027年1月", 0),
        ("指标值 第3行", "2026", "2027", 0),
        ("绩效标准 第1行", "2026年标准", "2027年标准", 0),
    ]
    assert session.book.undo_name == "添加"


def test_notes_about_the_old_table_alone_stay_with_it(session: Session) -> None:
    sent_back = (
        "退回意见（区财政局 2026-01-05）指标“完成”：请说明2026年依据。\n〔已处理 2026-01-08〕好"
    )
    ignored = "已忽略 V12 指标“完成”〔“完成”用了“=”。〕：2026年文件规定"
    mended = "读入时改正 S2 indicators[0].level1：原稿写“时效指标”"
    notes = ("2026年1月起执行", sent_back, ignored, mended, "注：2025年不同")
    [one] = add(session, replace(TABLE, notes=notes))
    [plan] = plan_carry_over(session, [one], 2027)
    assert plan.table.notes == ("2026年1月起执行", "注：2025年不同")
    assert not [change for change in plan.changes if "注" in change.old or "依据。" in change.old]
    [copy] = tree.duplicate_tables(session, [one])
    assert session.book.table(copy).notes == ("2026年1月起执行", ignored, "注：2025年不同")
    assert session.book.table(one).notes == notes


def test_amounts_are_cleared_but_not_prices(session: Session) -> None:
    [one] = add(session, TABLE)
    [plan] = plan_carry_over(session, [one], 2027, amounts="clear")
    assert "project_amount" not in plan.table.fields
    assert plan.table.spending_details[0].amount == ""
    cost, price = plan.table.indicators[3:]
    assert (cost.comparator, cost.value, cost.unit, cost.written) == ("≤", "", "万元", "")
    assert price.value == "140"


def test_the_user_decides_on_every_text(session: Session) -> None:
    [one] = add(session, TABLE)
    [plan] = plan_carry_over(session, [one], 2027)
    decided = confirmed(
        plan,
        {
            0: plan.changes[0].new,
            1: "区二届人大七次会议",
            2: plan.changes[2].old,
            4: "2月底前",
            5: "2026",
        },
    )
    table = decided.table
    assert table.title == "2027年项目支出绩效目标表"
    assert table.name == "区二届人大七次会议"
    assert table.fields["implementation_period"] == "2026.1.1-2026.12.31"
    assert table.indicators[0].written == "2月底前"
    assert table.indicators[2] == TABLE.indicators[2]
    assert decided.changes[1].new == "区二届人大七次会议"
    assert plan.table.name == "区二届人大六次会议（2027年）"


def test_carried_over_tables_are_drafts_in_the_new_year_in_one_step(session: Session) -> None:
    one, two = add(session, TABLE, replace(TABLE, fields={"project_name": "设备"}))
    tree.set_state(session, [one, two], "已报")
    before = session.book.dump_sql()
    made = carry_over(session, plan_carry_over(session, [one, two], 2027))
    assert len(made) == 2
    assert session.book.undo_name == "复制到2027年"
    [agency] = session.book.tree()
    assert [(year.year, [(t.name, t.state) for t in year.tables]) for year in agency.years] == [
        (2027, [("区二届人大六次会议（2027年）", "草稿"), ("设备", "草稿")]),
        (2026, [("区二届人大六次会议（2026年）", "已报"), ("设备", "已报")]),
    ]
    assert [plan.existing for plan in plan_carry_over(session, [one, two], 2027)] == [True, True]
    session.book.undo()
    assert session.book.dump_sql() == before


def test_the_agency_prints_its_present_name(session: Session) -> None:
    department = replace(
        TABLE, kind="department", form="", fields={"department_name": TABLE.agency}, indicators=()
    )
    [one] = add(session, department)
    tree.rename_agency(session, session.book.tree()[0].id, "渌口区人大常委会", [])
    [plan] = plan_carry_over(session, [one], 2027)
    assert plan.changes[0].new == plan.table.agency == plan.table.name == "渌口区人大常委会"
    carry_over(session, [plan])
    assert [agency.name for agency in session.book.tree()] == ["渌口区人大常委会"]


def test_the_form_of_the_new_year_is_chosen(session: Session) -> None:
    [one] = add(session, TABLE)
    new_form = {"lukou2026-xiangmu": "tongyong-xiangmu"}
    plans = plan_carry_over(session, [one], 2027, forms=new_form)
    assert plans[0].table.form == "tongyong-xiangmu"
    carry_over(session, plans)
    assert session.book.form("tongyong-xiangmu") is not None
    for wrong in ("lukou2026-bumen", "没有"):
        with pytest.raises(KnownError, match="不能用表样"):
            plan_carry_over(session, [one], 2027, forms={"lukou2026-xiangmu": wrong})
    tree.delete_tables(session, [one])
    with pytest.raises(KnownError, match="已不在账本里"):
        plan_carry_over(session, [one], 2027)


@pytest.mark.parametrize("file", TRUTHS, ids=lambda file: file.stem)
def test_no_plan_year_is_left_in_a_real_table(session: Session, file: Path) -> None:
    [source] = load_tables(file.read_text(encoding="utf-8"))
    [one] = add(session, source)
    [plan] = plan_carry_over(session, [one], source.year + 1)
    this, following = f"{source.year}年", f"{source.year + 1}年"
    for key, old in source.fields.items():
        assert plan.table.fields[key].count(following) == old.count(this)
    assert len(plan.table.indicators) == len(source.indicators)
    for old, new in zip(source.indicators, plan.table.indicators, strict=True):
        assert (old.comparator, old.level1, old.level2) == (
            new.comparator,
            new.level1,
            new.level2,
        )
    carry_over(session, [plan])
    session.page_of(plan.table)


@settings(max_examples=40, deadline=None)
@given(table=tables(), to_year=st.integers(2020, 2031))
def test_any_table_can_be_carried_over_and_every_change_taken_back(
    tmp_path_factory: pytest.TempPathFactory, table: Table, to_year: int
) -> None:
    with Session.open(tmp_path_factory.mktemp("c") / "b.jxb", FORMS) as session:
        [one] = add(session, table)
        [plan] = plan_carry_over(session, [one], to_year)
        source = plan.source
        kept = confirmed(plan, {n: change.old for n, change in enumerate(plan.changes)}).table
        assert replace(kept, year=source.year, unplaced=source.unplaced, fields={}) == replace(
            source, fields={}
        )
        assert kept.fields == {key: text for key, text in source.fields.items() if text} or (
            kept.fields == source.fields
        )
        before = session.book.dump_sql()
        carry_over(session, [plan])
        session.book.undo()
        assert session.book.dump_sql() == before
