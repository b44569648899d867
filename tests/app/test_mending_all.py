"""全部改正 makes nothing worse: on every sample table, and on tables full of mistakes."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings

from jixiao.app.checking.fixing import fixed
from jixiao.app.checking.mending import mend, mend_tables
from jixiao.app.checking.options import CheckOptions
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.importing.drafts import read_draft
from jixiao.app.session import Session
from jixiao.io.files.exchange import load_tables
from jixiao.io.paper.form.categories import CategoryOrder, category_key
from jixiao.io.paper.form.choose import choose_form
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.form import Form
from jixiao.model.checks import Finding, check_table
from jixiao.model.table import Table
from tests.model.checks.samples import project, row
from tests.model.checks.test_checks_fixes import faulty

DATA = Path(__file__).parents[1] / "data"
LIBRARY = FormLibrary([])
FORMS = list(LIBRARY.by_id.values())


def form_of(table: Table) -> Form:
    form = LIBRARY.by_id.get(table.form) or choose_form(FORMS, table)
    return form or LIBRARY.by_id["tongyong-bumen"]


@cache
def samples() -> dict[str, Table]:
    """Every table of the test data."""
    found: dict[str, Table] = {}
    for path in sorted(path for path in DATA.rglob("*.json") if "cases" not in path.parts):
        if path.parent.name in {"truth", "correct", "faulty", "family"}:
            name = f"{path.parent.name}-{path.stem}"
            tables = load_tables(path.read_text(encoding="utf-8"))
            found |= {f"{name}-{n}": table for n, table in enumerate(tables)}
    for path in sorted((DATA / "checks" / "drafts").glob("*.xlsx")):
        for n, reading in enumerate(read_draft(LIBRARY, path)):
            found[f"draft-{path.stem}-{n}"] = reading.table
    return found


def printed(form: Form, table: Table) -> list[tuple[str, str]]:
    """The classes as the page prints them, from top to bottom."""
    page = fill(form, table)
    pairs: list[tuple[str, str]] = []
    for number in range(len(page.rows)):
        for cell in page.row_cells(number):
            for told in cell.bindings:
                if told.target == "indicators" and told.name == "level3":
                    pairs.append(category_key(told.level1, told.level2))
                    if told.rows:
                        own = table.indicators[told.rows[0]]
                        pairs[-1] = category_key(own.level1, own.level2)
    return [pair for pair, _ in groupby(pairs) if any(pair)]


def errors(found: list[Finding]) -> Counter[tuple[str, str, str]]:
    return Counter((f.rule, f.field, f.matter) for f in found if f.severity == "error")


def assert_nothing_is_worse(table: Table) -> None:
    form = form_of(table)
    profile = CheckOptions({}).profile(form)
    mended, _ = mend(form, table, profile)
    before, after = check_table(table, profile), check_table(mended, profile)
    told = {name for finding in before for name in finding.leaves_empty}
    new = errors(after) - errors(before)
    assert all(rule == "S3" and matter in told for rule, _, matter in new), new
    assert mend(form, mended, profile) == (mended, 0)
    assert_printed_once(form, table, mended)


def assert_printed_once(form: Form, table: Table, mended: Table) -> None:
    """No class is printed twice that was not before; the form's order stays where it was kept."""
    had, has = printed(form, table), printed(form, mended)
    twice = {pair for pair, count in Counter(has).items() if count > 1}
    assert twice <= {pair for pair, count in Counter(had).items() if count > 1}
    order = CategoryOrder(form, table, table.indicators)
    if had == sorted(had, key=order.rank):
        assert has == sorted(has, key=order.rank)


@pytest.mark.parametrize("name", samples())
def test_nothing_is_worse_in_a_sample_table(name: str) -> None:
    assert_nothing_is_worse(samples()[name])


@given(faulty())
@settings(max_examples=60, deadline=None)
def test_nothing_is_worse_in_a_table_full_of_mistakes(table: Table) -> None:
    assert_nothing_is_worse(table)


def test_one_undo_restores_all(tmp_path: Path) -> None:
    with Session.open(tmp_path / "a.jxb", LIBRARY) as session:
        with session.book.step("添加") as step:
            for table in samples().values():
                session.add_table(step, table)
        before = dict(session.book.tables())
        rows = {id_: len(table.indicators) for id_, table in before.items()}
        mended = mend_tables(session, before)
        assert mended.tables > len(before) / 4
        assert rows == {id_: len(table.indicators) for id_, table in session.book.tables()}
        again = mend_tables(session, before)
        assert (again.count, again.change) == (0, None)
        session.book.undo()
        assert dict(session.book.tables()) == before


@pytest.mark.parametrize(
    "form_id", ["lukou2026-xiangmu", "tongyong-xiangmu", "shifeng2023-fubiao3"]
)
def test_a_row_that_is_moved_stands_at_the_end_of_its_class(form_id: str) -> None:
    rows = (
        row("数量指标", "培训期数", "≥", "4", "期"),
        row("质量指标", "学员满意度", "≥", "90", "%"),
        row("质量指标", "合格率", "≥", "95", "%"),
        row("服务对象满意度", "家长满意度", "≥", "90", "%"),
    )
    table = project(*rows)
    form = LIBRARY.by_id[form_id]
    (told,) = [f for f in check_table(table) if f.rule == "C4"]
    done = fixed(form, table, [told])
    assert [r.level3 for r in done.table.indicators] == [
        "培训期数",
        "合格率",
        "家长满意度",
        "学员满意度",
    ]
    assert [done.index_now("indicators", at) for at in range(4)] == [0, 3, 1, 2]
    assert_printed_once(form, table, done.table)
