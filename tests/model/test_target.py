"""Target values: joined cells, separate columns, and what was written comes out again."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jixiao.model.target import (
    Target,
    format_target,
    parse_target,
    read_columns,
    show_target,
)
from jixiao.model.vocabulary import (
    CONTINUOUS_UNITS,
    DATE_UNITS,
    INTEGER_UNITS,
    NUMERIC_COMPARATORS,
)

TRUTHS = Path(__file__).parents[1] / "data" / "truth"


def truth_rows(pattern: str) -> list[dict[str, Any]]:
    paths = sorted(TRUTHS.glob(pattern))
    assert paths
    return [
        row for path in paths for row in json.loads(path.read_text(encoding="utf-8"))["indicators"]
    ]


def target_of(row: dict[str, Any]) -> Target:
    return Target(row["comparator"] or "", row["value"] or "", row["unit"] or "")


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        ("≥10次", "≥", "10", "次"),
        ("90%以上", "≥", "90", "%"),
        ("90%及以上", "≥", "90", "%"),
        ("不少于５００人", "≥", "500", "人"),
        ("≤790.64万元", "≤", "790.64", "万元"),
        ("1年", "", "1", "年"),
        ("100%", "", "100", "%"),
        ("187人", "", "187", "人"),
        ("3000元/人", "", "3000", "元/人"),
        ("3000 元/人", "", "3000", "元/人"),
        ("1次/月", "", "1", "次/月"),
        ("≤12月份", "≤", "12", "月份"),
        ("≤36万", "≤", "36", "万"),
        ("1份", "", "1", "份"),
        ("大于等于95%", "≥", "95", "%"),
        ("$\\geq$ 95%", "≥", "95", "%"),
        ("&ge;95％", "≥", "95", "%"),
        ("控制在5万元以内", "≤", "5", "万元"),
        ("10%以内", "≤", "10", "%"),
        ("60分以下", "≤", "60", "分"),
        ("达到90%以上", "≥", "90", "%"),
        ("达到100%", "=", "100", "%"),
        ("3个工作日内", "≤", "3", "个工作日"),
        ("≥5个村", "≥", "5", "个村"),
        ("≥3村民小组", "≥", "3", "村民小组"),
        ("＝1次", "=", "1", "次"),
        ("》5次", "≥", "5", "次"),
        ("95", "", "95", ""),
        ("1,234.5万元", "", "1,234.5", "万元"),
        ("56.10", "", "56.10", ""),
        ("≥", "≥", "", ""),
        ("", "", "", ""),
        (" \n", "", "", ""),
    ],
)
def test_joined_cells_are_split(text: str, comparator: str, value: str, unit: str) -> None:
    assert parse_target(text) == Target(comparator, value, unit)


QUALITATIVE_CELLS = """
    持续督促 无 / 年底前 2026年 2026年度 2026年1月 12月31日前完成 2026年12月底前 每人每月补助100元
    1-12月 1月 1月份 15日 第一季度 1季度 3-5次 3～5次 5次左右 约5次 近30次 100余人 10多次
    1个月内完成 2026.1.1 1/2 《2026》 ≥XX% ≥**人 ≥% ≤2026年12月 ≥90%以下 100元补助 长期
"""


@pytest.mark.parametrize(
    "text",
    QUALITATIVE_CELLS.split(),
)
def test_words_dates_ranges_and_sentences_are_qualitative(text: str) -> None:
    assert parse_target(f" {text} ") == Target("定性", text)


@pytest.mark.parametrize("pattern", ["shifeng*.json", "lunan*.json"])
def test_published_joined_targets_are_expressible(pattern: str) -> None:
    targets = [target_of(row) for row in truth_rows(pattern)]
    assert targets
    assert [t for t in targets if parse_target(format_target(t)) != t] == []


@pytest.mark.parametrize("pattern", ["lukou*.json", "hetang*.json"])
def test_published_separate_targets_are_read_as_they_stand(pattern: str) -> None:
    for target in map(target_of, truth_rows(pattern)):
        assert read_columns(target.comparator, target.value, target.unit) == target
        if target.comparator in NUMERIC_COMPARATORS:
            joined = f"{target.comparator}{target.value}"
            assert read_columns("", joined, target.unit) == target


@pytest.mark.parametrize(
    "target",
    [
        Target("定性", "1", "次"),
        Target("定性", "≥5%"),
        Target("定性", "2026年度", "年度"),
        Target("定性", "依法依规", "/"),
        Target("≥", "良好", ""),
        Target("≥", "10", "2次"),
        Target("≥", "10", "以上"),
        Target("", "1", "月"),
        Target("", "2026", "年"),
        Target("", "持续督促"),
        Target("≥", "5", "无"),
        Target("", "", "次"),
        Target("", "１２", "次"),
    ],
)
def test_what_the_joined_form_cannot_express(target: Target) -> None:
    assert parse_target(format_target(target)) != target
    # A joined cell still shows it; the three parts are the caller's to keep.
    assert show_target(target, "") == format_target(target)


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (Target("≥", "10", "次"), "≥10次"),
        (Target("=", "100", "%"), "＝100%"),
        (Target(">", "5", ""), "＞5"),
        (Target("", "1", "年"), "1年"),
        (Target("定性", "年底前"), "年底前"),
        (Target("定性", "1", "次"), "1次"),
        (Target("定性", "2026年1月", "年度"), "2026年1月"),
        (Target("定性", "依法依规", "/"), "依法依规"),
        (Target(), ""),
    ],
)
def test_joined_text(target: Target, text: str) -> None:
    assert format_target(target) == text


def test_what_was_written_is_shown_until_the_target_changes() -> None:
    assert show_target(parse_target("90%以上"), "90%以上") == "90%以上"
    assert show_target(Target("≥", "95", "%"), "90%以上") == "≥95%"
    assert show_target(Target("≥", "90", "%"), "") == "≥90%"


numbers = st.from_regex(
    r"(0|[1-9][0-9]{0,2}(,[0-9]{3})?|[1-9][0-9]{0,7})(\.[0-9]{1,3})?", fullmatch=True
)
units = st.sampled_from(sorted((INTEGER_UNITS | CONTINUOUS_UNITS) - {"年"} | {"", "元/人", "个月"}))
PIECES = """
    ≥ ≤ ＝ = > < >= 不低于 控制在 达到 约 》 《 ( （含） $ \\geq &ge; 以上 以内 内 左右 前 1 2026 ５
    . , - 次 年 月 个 % 万元 元/人 无 完成 ㎡
"""
pieces = st.sampled_from([*PIECES.split(), " ", "\n"])
cells = st.one_of(st.text(max_size=12), st.lists(pieces, max_size=6).map("".join))


@given(st.sampled_from(["", *NUMERIC_COMPARATORS]), numbers, units)
def test_numbers_with_a_unit_are_expressible(comparator: str, value: str, unit: str) -> None:
    target = Target(comparator, value, unit)
    assert parse_target(format_target(target)) == target or (not comparator and unit in DATE_UNITS)


@given(cells)
@example("12月以内")
@example("0以上以上")
@example("≤0无")
@example("1 2 次")
@example("$100")
@example("≥ 5")
def test_a_written_text_is_given_back_and_its_meaning_is_stable(text: str) -> None:
    target = parse_target(text)
    assert show_target(target, text) == (text or "")
    assert parse_target(format_target(target)) == target


@pytest.mark.parametrize(
    ("columns", "target"),
    [
        (("≥", "95%", "百分比"), Target("≥", "95", "百分比")),
        (("≥", "95%", ""), Target("≥", "95", "%")),
        (("≧", "500人", "人"), Target("≥", "500", "人")),
        (("", "≥95%", ""), Target("≥", "95", "%")),
        (("", "90%以上", "%"), Target("≥", "90", "%")),
        (("≥", "≥10", "次"), Target("≥", "10", "次")),
        (("≥", "达到95%", "%"), Target("≥", "95", "%")),
        (("≤", "5万元以内", None), Target("≤", "5", "万元")),
        (("≤", "12月", ""), Target("≤", "12", "月")),
        (("=", "１２", "次"), Target("=", "12", "次")),
        (("不低于", "1,234.5", "元"), Target("≥", "1,234.5", "元")),
        (("≥95%", "", ""), Target("≥", "95", "%")),
        (("定性", "1", "次"), Target("定性", "1", "次")),
        (("定性", "2026年1月", "年度"), Target("定性", "2026年1月", "年度")),
        (("定性指标", "良好", "无"), Target("定性", "良好", "无")),
        (("定量", "无", "/"), Target("定性", "无", "/")),
        (("定量", "10", "次"), Target("", "10", "次")),
        (("定量", "", ""), Target()),
        (("", "持续督促", ""), Target("", "持续督促", "")),
        (("≥", "良好", "无"), Target("≥", "良好", "无")),
        ((None, "持续督促", ""), Target("定性", "持续督促", "")),
        ((None, "2026年", "年度"), Target("定性", "2026年", "年度")),
        ((None, "≥10次", None), Target("≥", "10", "次")),
        ((None, "10", "次"), Target("", "10", "次")),
        ((None, None, None), Target()),
        # Cells that contradict each other lose nothing.
        (("≥", "≤5", "次"), Target("≥", "≤5", "次")),
        (("≥", "500人", "次"), Target("≥", "500人", "次")),
        (("", "≥95%", "/"), Target("≥", "95%", "/")),
    ],
)
def test_separate_columns(
    columns: tuple[str | None, str | None, str | None], target: Target
) -> None:
    assert read_columns(*columns) == target


@given(st.sampled_from(["", *NUMERIC_COMPARATORS]), numbers, units)
def test_one_target_is_read_from_every_arrangement(comparator: str, value: str, unit: str) -> None:
    target = Target(comparator, value, unit)
    assert read_columns(comparator, value, unit) == target
    if comparator:
        assert read_columns(comparator, value + unit, unit) == target
        assert read_columns(None, comparator + value, unit) == target
        assert read_columns(comparator, comparator + value + unit, "") == target


@given(cells, cells, cells)
def test_columns_never_lose_a_value(comparator: str, value: str, unit: str) -> None:
    target = read_columns(comparator, value, unit)
    assert bool(target.value) or not value.strip()
    assert target.unit == unit.strip() or not unit.strip()
