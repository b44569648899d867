"""Finding names by pinyin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.syllables import pinyin_pattern, spelled

NAME = "会议召开次数"


def found(query: str, name: str) -> bool:
    pattern = pinyin_pattern(query)
    return pattern is not None and pattern.search(spelled(name)) is not None


@pytest.mark.parametrize(
    "query",
    ["hy", "huiyi", "huiy", "hyi", "HUIYI", "hyzk", "cishu", "huiyizhaokaicishu", "zhaokcs", "k"],
)
def test_pinyin_whole_or_shortened_finds_a_name(query: str) -> None:
    assert found(query, NAME)


@pytest.mark.parametrize(
    "query", ["hz", "uiyi", "huiyiq", "huiyia", "yihui", "会议", "", "h y", "h;"]
)
def test_what_is_no_pinyin_of_the_name_does_not(query: str) -> None:
    assert not found(query, NAME)


def test_every_reading_counts() -> None:
    assert found("kuaiji", "会计人员")
    assert found("chongda", "重大安全事件")
    assert found("zhongda", "重大安全事件")
    assert found("lvdi", "新增绿地面积")


def test_blanks_and_punctuation_are_passed_over_but_not_line_ends() -> None:
    assert found("hycs", "会议（次数）")
    assert found("sg3", "三 公 3 经费")
    assert not found("hycs", "会议\n次数")


@given(st.text("会议次数代表满意率重长", min_size=1, max_size=8), st.data())
def test_any_beginnings_of_readings_find_the_name(name: str, data: st.DataObject) -> None:
    query = ""
    for readings in spelled(name).split(";")[1:]:
        reading = data.draw(st.sampled_from(readings.split(",")))
        query += reading[: data.draw(st.integers(1, len(reading)))]
    if len(query) <= 40:
        assert found(query, name)
