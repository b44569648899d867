"""How findings are listed: nothing is lost, repeated ones stand together, order is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.app.checking.checking import TableFinding, check
from jixiao.app.checking.groups import LEAST_ALIKE, Group, Order, arrange
from jixiao.app.importing.drafts import import_files
from jixiao.app.session import Session
from jixiao.model.checks import SEVERITIES

TRUTH = Path(__file__).parents[1] / "data" / "truth"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[TableFinding]:
    with Session.open(tmp_path_factory.mktemp("groups") / "a.jxb") as session:
        import_files(session, [TRUTH])
        return check(session)


def groups_of(found: list[TableFinding], order: Order = "table") -> list[Group]:
    sections = arrange(found, order)
    return [e for section in sections for e in section.entries if isinstance(e, Group)]


@pytest.mark.parametrize("order", ["table", "severity"])
def test_nothing_is_lost_or_told_twice(found: list[TableFinding], order: Order) -> None:
    listed = [one for section in arrange(found, order) for one in section.findings]
    assert sorted(map(id, listed)) == sorted(map(id, found))


def test_what_one_click_mends_everywhere_is_one_group(found: list[TableFinding]) -> None:
    (percent,) = [g for g in groups_of(found) if "百分比" in g.title and g.tables > 1]
    assert len(percent.members) == 25
    assert percent.title == "度量单位写作“百分比”，通行写法是“%”。"
    assert percent.fix == "%"
    assert percent.fixable == percent.members


def test_what_a_person_must_mend_stays_with_its_table(found: list[TableFinding]) -> None:
    for group in groups_of(found):
        assert len(group.members) >= LEAST_ALIKE
        assert len({one.finding.rule for one in group.members}) == 1
        if group.tables > 1:
            assert all(one.finding.edits for one in group.members)


def test_sections_by_severity_and_by_table(found: list[TableFinding]) -> None:
    assert [section.title for section in arrange(found, "severity")] == list(SEVERITIES.values())
    first, *tables = arrange(found)
    assert first.title == "几张表里的同类问题"
    ids = [{one.table_id for one in section.findings} for section in tables]
    assert all(len(one) == 1 for one in ids)
    assert tables[0].title.startswith("株洲市荷塘区人民代表大会常务委员会 2024  ")


def test_a_few_are_no_group(found: list[TableFinding]) -> None:
    few = [one for one in found if "百分比" in one.finding.message][: LEAST_ALIKE - 1]
    assert groups_of(few) == []
    assert arrange([]) == []


@pytest.mark.parametrize("order", ["table", "severity"])
def test_sentences_are_only_for_people(found: list[TableFinding], order: Order) -> None:
    """Reworded findings are the same ones, and stand in the same groups."""
    said = {"message": "写法不同了。", "hint": "请看。", "said": "写法不同了。"}
    other = [replace(one, finding=replace(one.finding, **said)) for one in found]
    groups = [
        [(group.key, [one.key for one in group.members]) for group in groups_of(some, order)]
        for some in (found, other)
    ]
    assert groups[0]
    assert groups[0] == groups[1]
    assert len({one.key for one in found}) == len(found)
