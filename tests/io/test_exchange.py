"""The exchange file: the same tables and the same file again, clear words for a bad one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from jixiao.io.files.exchange import dump_tables, load_tables, table_from_json, table_to_json
from jixiao.model.errors import RefusedFileError
from jixiao.model.table import Indicator, Table
from tests.compare import differences
from tests.io.forms import TRUTH, TRUTH_IDS, truth
from tests.strategies import tables


@settings(max_examples=60)
@given(table=tables())
def test_dump_load_dump_is_the_same_file(table: Table) -> None:
    text = dump_tables([table, table])
    assert dump_tables(load_tables(text)) == text
    assert text.encode("utf-8").decode("utf-8") == text


@pytest.mark.parametrize("name", TRUTH_IDS)
def test_true_tables_keep_all_their_words(name: str) -> None:
    source = json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8"))
    assert differences(source, table_to_json(truth(name))) == []
    assert load_tables(dump_tables([truth(name)])) == [truth(name)]


def test_nothing_told_is_null() -> None:
    entry = table_to_json(Table(indicators=(Indicator(level3="次数"),)))
    assert entry["agency"] is None
    assert entry["year"] is None
    assert entry["title"] is None
    assert entry["indicators"][0]["comparator"] is None
    assert "extra" not in entry["indicators"][0]
    assert "form" not in entry
    assert "tasks" in entry


def test_an_extra_column_without_words_is_nothing() -> None:
    text = dump_tables([Table(indicators=(Indicator(level3="次数", extra={"权重": ""}),))])
    assert "权重" not in text
    assert dump_tables(load_tables(text)) == text


def _wrapped(**table: Any) -> str:
    content = {"format": "jixiao-exchange", "version": 1, "tables": [{"indicators": [], **table}]}
    return json.dumps(content)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "JSON"),
        ("{", "JSON"),
        ("[" * 100_000, "JSON"),
        ("[]", "不是"),
        ("3", "不是"),
        ("{}", "jixiao-exchange"),
        ('{"format": "other", "tables": []}', "jixiao-exchange"),
        ('{"format": "jixiao-exchange", "version": 2, "tables": []}', "更新的版本"),
        ('{"format": "jixiao-exchange", "tables": []}', "更新的版本"),
        ('{"format": "jixiao-exchange", "version": 1}', "没有表"),
        ('{"format": "jixiao-exchange", "version": 1, "tables": [3]}', "表"),
        (_wrapped(kind="invoice"), "invoice"),
        (_wrapped(kind=["project"]), "类型"),
        (_wrapped(year="2026"), "2026"),
        (_wrapped(year=26), "26"),
        (_wrapped(year=True), "True"),
        (_wrapped(fields=["a"]), "fields"),
        (_wrapped(fields={"annual_goal": ["a"]}), "annual_goal"),
        (_wrapped(indicators={}), "indicators"),
        (_wrapped(indicators=["a"]), "indicators"),
        (_wrapped(indicators=[{"level1": {}}]), "level1"),
        (_wrapped(notes="a"), "notes"),
        (_wrapped(agency=False), "agency"),
        (_wrapped(unplaced=[{"text": "甲", "page": 3}]), "page"),
        (_wrapped(fields={"payment_schedule": [{"by": "3月底", "sum": "9"}]}), "sum"),
        ('{"format": "jixiao-exchange", "version": 1, "tables": [], "sender": "甲"}', "sender"),
        (_wrapped(goal=float("nan")), "goal"),
    ],
)
def test_a_bad_file_is_refused_with_a_reason(text: str, word: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        load_tables(text)
    assert word in str(refused.value)
    assert str(refused.value).endswith("。")


def test_numbers_count_as_text_and_odd_characters_do_no_harm() -> None:
    table = table_from_json(
        {"fields": {"project_amount": 56.1, "x\ud800": "a\ud800b"}, "year": 2026}
    )
    assert table.fields["project_amount"] == "56.1"
    assert dump_tables([table]).encode("utf-8")
    assert table.year == 2026


def test_a_single_table_may_stand_alone() -> None:
    assert load_tables('{"indicators": [], "kind": "department"}') == [Table(kind="department")]


UNKNOWN: dict[str, Any] = {
    "stage": "self_evaluation",
    "state": "办结",
    "kind": "project",
    "agency": "青石县渡口管理站",
    "year": 2025,
    "fields": {"project_name": "渡船更新", "主管部门": "交通运输局"},
    "funds": [{"name": "年度资金总额", "initial": "60", "rate": None, "extra": {"到位": "58"}}],
    "goal": {"expected": "更新渡船5艘", "actual": "更新渡船4艘"},
    "tasks": [{"name": "更新", "owner": None, "content": None, "amount": "60"}],
    "indicators": [
        {"level1": "产出指标", "level3": "更新渡船", "weight": "50", "causes": ["人员", "其他"]},
        {"level1": "效益指标", "level3": "责任事故"},
    ],
    "empty_levels": [{"level1": "满意度指标", "level2": None, "filled_with": "/"}],
    "results": {"total_score": "89", "reason": None, "parts": [1, 2.5, True, []]},
}
ROWS: dict[str, Any] = {
    "kind": "budget",
    "form": "biao01",
    "agency": "甲局",
    "year": 2024,
    "title": "收支总表",
    "rows": [{"收入/项目": "一、拨款", "收入/预算数": "896.28"}, {}, {"支出/预算数(2)": "0.00"}],
}


@pytest.mark.parametrize("entry", [UNKNOWN, ROWS, {"kind": "region", "region": {"name": "甲"}}])
def test_unknown_keys_are_given_back(entry: dict[str, Any]) -> None:
    (table,) = load_tables(json.dumps(entry))
    text = dump_tables([table])
    (given,) = json.loads(text)["tables"]
    assert told(given) == told(entry)
    assert dump_tables(load_tables(text)) == text


def told(value: Any) -> Any:
    """What an entry tells: keys of nothing, and lists that are always written, left out."""
    if isinstance(value, dict):
        always = ("tasks", "indicators", "empty_levels", "notes", "fields")
        return {
            key: told(inner)
            for key, inner in value.items()
            if inner is not None and not (key in always and not inner)
        }
    return [told(inner) for inner in value] if isinstance(value, list) else value
