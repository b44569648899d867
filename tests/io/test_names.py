"""Names in braces: slots, pieces, slips of the pen, running numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.io.paper.form.names import (
    Slot,
    chinese_numeral,
    pieces_of,
    running_number,
    slot_of,
    unmatched_brace,
)
from jixiao.model.fields import names_in_braces


@pytest.mark.parametrize("name", list(names_in_braces()))
def test_every_name_of_the_dictionary_is_known(name: str) -> None:
    assert slot_of(name).known
    assert slot_of(f"  {name} ") == slot_of(name)


@pytest.mark.parametrize(
    ("name", "slot"),
    [
        ("标题", Slot("field", "title")),
        ("预算.一般公共预算", Slot("field", "general_public_budget")),
        ("所属专项.金额", Slot("field", "parent_fund_amount")),
        ("明细.合计", Slot("field", "details_total")),
        ("任务.责任单位", Slot("tasks", "owner")),
        ("指标.值及单位", Slot("indicators", "target")),
        ("其他.内容", Slot("other", "content")),
        ("资金支出计划.3月底", Slot("share", "3月底")),
        ("项目.序号", Slot("items", "number")),
        ("项目.序号(一)", Slot("items", "number", "一")),
        ("项目.序号（1、）", Slot("items", "number", "1、")),
        ("指标.权重", Slot("indicators", "extra:权重", known=False)),
        ("填表人", Slot("field", "填表人", known=False)),
        ("资金支出计划", Slot("field", "资金支出计划", known=False)),
    ],
)
def test_slots(name: str, slot: Slot) -> None:
    assert slot_of(name) == slot


def test_a_cell_mixes_words_and_names() -> None:
    pieces = pieces_of("填表人：{填表人}   联系电话：｛联系电话｝。")
    assert [piece.words or piece.slot.name for piece in pieces if piece.words or piece.slot] == [
        "填表人：",
        "填表人",
        "   联系电话：",
        "联系电话",
        "。",
    ]
    assert pieces_of("") == ()
    assert [piece.slot.name for piece in pieces_of("{单位代码}{单位}") if piece.slot] == [
        "agency_code",
        "agency",
    ]


@pytest.mark.parametrize("text", ["{标题", "标题}", "{标{题}}", "｛标题", "{}}", "{标题}{"])
def test_braces_without_a_partner(text: str) -> None:
    assert unmatched_brace(text)


@given(st.lists(st.sampled_from(["{标题}", "｛单位｝", "年度", "：", "\n", " "])).map("".join))
def test_words_and_names_make_up_the_cell(text: str) -> None:
    assert not unmatched_brace(text)
    again = "".join("{}" if piece.slot else piece.words for piece in pieces_of(text))
    assert again == text.replace("{标题}", "{}").replace("｛单位｝", "{}")


@pytest.mark.parametrize(
    ("number", "sample", "shown"),
    [
        (1, "", "1"),
        (12, "1", "12"),
        (3, "一", "三"),
        (10, "一", "十"),
        (11, "（一）", "（十一）"),
        (20, "一、", "二十、"),
        (101, "一", "一百零一"),
        (110, "一", "一百一十"),
        (2, "01", "02"),
        (1000, "一", "1000"),
        (7, "甲", "7"),
    ],
)
def test_running_numbers(number: int, sample: str, shown: str) -> None:
    assert running_number(number, sample) == shown


def test_chinese_numerals_are_all_different() -> None:
    assert len({chinese_numeral(number) for number in range(1, 1000)}) == 999
