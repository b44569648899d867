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
