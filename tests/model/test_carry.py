"""Which years of a text move along, and what is left to be confirmed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.carry import move_period, move_years, year_of_texts


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026年项目支出绩效目标表", "2027年项目支出绩效目标表"),
        ("2026年度", "2027年度"),
        ("2026 年", "2027 年"),
        ("2026年1月", "2027年1月"),
        ("2026年1月-12月", "2027年1月-12月"),
        ("2026.1.1-2026.12.31", "2027.1.1-2027.12.31"),
        ("2026-01-01至2026-12-31", "2027-01-01至2027-12-31"),
        ("2026/1/1", "2027/1/1"),
        ("2026年1月1日—2026年12月31日", "2027年1月1日—2027年12月31日"),
        ("2026年12月31日前完成", "2027年12月31日前完成"),
        (
            "2025年预算执行情况和2026年预算",
            "2026年预算执行情况和2027年预算",
        ),
        ("2025-2026年", "2026-2027年"),
        ("2025年至2026年", "2026年至2027年"),
        ("二〇二六年工作要点", "二〇二七年工作要点"),
        ("二○二五年", "二○二六年"),
        ("代表活动经费（2026）", "代表活动经费（2027）"),
        ("2026支援泸溪县资金", "2027支援泸溪县资金"),
    ],
)
def test_years_of_the_plan_move(old: str, new: str) -> None:
    moved = move_years(old, 2026, 1)
    assert (moved.text, moved.notes) == (new, ())


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("第六次会议", "“第六次”没有改动，请确认届次。"),
        ("区二届人大六次会议", "“二届人大六次会议”没有改动，请确认届次。"),
        ("第二届代表视察", "“第二届”没有改动，请确认届次。"),
        ("株财预〔2026〕10号", "文号〔2026〕10号没有改动，请确认。"),
        ("(2025)第3号", "文号(2025)第3号没有改动，请确认。"),
        ("《2026年工作要点》", "《2026年工作要点》里的年份没有改动，请确认。"),
        ("自2009年以来", "2009年不是2026年前后的年份，没有改动，请确认。"),
        ("2021-2025年规划", "“2021-2025”没有改动，请确认。"),
        ("“十五五”规划", "“十五五”没有改动，请确认它是否还对。"),
        ("本届收官之年", "“收官之年”没有改动，请确认它是否还对。"),
        ("共2026人次", "“2026”可能是年份，没有改动，请确认。"),
        ("二〇一九年", "“二〇一九年”没有改动，请确认。"),
    ],
)
def test_what_stays_is_told(text: str, note: str) -> None:
    moved = move_years(text, 2026, 1)
    assert (moved.text, moved.notes) == (text, (note,))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "10次",
            "20265P008882100010",
            "电话22026025",
            "2026.5万元",
            "12026年",
            "3年",
            "5届中"[:0],
        ),
        *("召开6次会议", "二十届三中全会", "《预算法》", "2000元", "2026.50", "2,026"),
    ],
)
def test_what_is_no_year_is_left_alone(text: str) -> None:
    moved = move_years(text, 2026, 1)
    assert (moved.text, moved.notes) == (text, ())


def test_a_certain_day_moves_and_is_told() -> None:
    moved = move_years("2026年1月28日至30日召开", 2026, 1)
    assert moved.text == "2027年1月28日至30日召开"
    assert moved.notes == ("“2027年1月28日”是具体日期，请核对。",)
    assert move_years("2026.3.15", 2026, 2).notes == ("“2028.3.15”是具体日期，请核对。",)


def test_a_period_of_several_years_belongs_to_the_project() -> None:
    assert move_period("2026年", 2026, 1).text == "2027年"
    moved = move_period("2025.1.1-2027.12.31", 2026, 1)
    assert moved.text == "2025.1.1-2027.12.31"
    assert moved.notes == ("跨年度的实施期没有改动，请确认。",)


def test_the_year_of_texts() -> None:
    assert year_of_texts(["2026年", "2026.1.1-2026.12.31", "2025年"]) == 2026
    assert year_of_texts(["2025年", "2026年"]) == 2026
    assert year_of_texts(["20265P00"]) is None


_PIECES = st.sampled_from(
    [
        "2025年",
        "2026年度",
        "2027年预算",
        "2026.1.1-2026.12.31",
        "《2026年》",
        "第三次",
        "会议10次",
        "，",
    ]
)


@given(st.lists(_PIECES, max_size=8), st.integers(-5, 5))
def test_moving_there_and_back_changes_nothing(pieces: list[str], distance: int) -> None:
    text = "，".join(pieces)
    there = move_years(text, 2026, distance)
    assert move_years(there.text, 2026 + distance, -distance).text == text


@given(st.text(alphabet="2026年.-/〔〕《》号第一二〇五届次 月日人", max_size=30), st.integers(1, 3))
def test_only_digits_of_years_ever_change(text: str, distance: int) -> None:
    moved = move_years(text, 2026, distance)
    assert len(moved.text) == len(text)
    kept = [new for old, new in zip(text, moved.text, strict=True) if old == new]
    assert [c for c in kept if c in "年.-/《》"] == [c for c in text if c in "年.-/《》"]
    assert move_years(text, 2026, 0).text.replace("○", "〇") == text.replace("零", "〇")
