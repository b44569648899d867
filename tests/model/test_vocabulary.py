"""Level names, comparators and units as published forms write them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model import vocabulary as v

TRUTHS = sorted((Path(__file__).parents[1] / "data" / "truth").glob("*.json"))
LEVEL_NAMES = sorted(
    {n for vintage in v.LEVELS.values() for one, two in vintage.items() for n in (one, *two)}
)


@pytest.mark.parametrize(
    "text",
    [
        "产出指标",
        "产出",
        " 产 出\n指标 ",
        "一、产出指标",
        "（一）产出指标",
        "1.产出指标",
        "1、产出指标",
        "产出指标（50分）",
        "产出指标(20)",
        "产出指标\u200b",
    ],
)
def test_spellings_of_one_level_have_one_key(text: str) -> None:
    assert v.level_key(text) == "产出"
    assert v.canonical_level1(text) == "产出指标"


@given(st.sampled_from(LEVEL_NAMES), st.sampled_from(["", "一、", "（二）", "3.", "4、"]))
def test_decorations_do_not_change_a_key(name: str, outline: str) -> None:
    assert v.level_key(f"{outline}{name}（10分）") == v.level_key(name)
    assert v.level_key(v.level_key(name)) == v.level_key(name)


def test_different_levels_have_different_keys() -> None:
    keys = [v.level_key(name) for name in LEVEL_NAMES]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("服务对象 满意度", "服务对象满意度指标"),
        ("满意度指标", "服务对象满意度指标"),
        ("社会公众或服务对象满意度指标", "服务对象满意度指标"),
        ("环境效益指标", "生态效益指标"),
        ("产出进度", "时效指标"),
        ("进度指标", "时效指标"),
        ("环境成本", "生态环境成本指标"),
        ("可持续影响  指标", "可持续影响指标"),
        ("经济成本\n指标", "经济成本指标"),
        ("代表满意率", None),
        ("产出指标", None),
        ("", None),
    ],
)
def test_second_level_synonyms(text: str, level: str | None) -> None:
    assert v.canonical_level2(text) == level


def test_first_level_synonyms() -> None:
    assert v.canonical_level1("效果指标") == "效益指标"
    assert v.canonical_level1("满意度") == "满意度指标"
    assert v.canonical_level1("数量指标") is None


@pytest.mark.parametrize(
    ("pairs", "vintage"),
    [
        ([("成本指标", "经济成本指标"), ("产出指标", "数量指标")], "2021"),
        ([("产出指标", "经济成本指标")], "2021"),
        ([("产出", "成本")], "2015"),
        ([("效益指标", "可持续影响指标")], "2015"),
        ([("成本指标", "经济成本"), ("效益指标", "可持续影响")], "2021"),
        ([("产出指标", "成本指标"), ("成本指标", "经济成本指标")], ""),
        ([("产出指标", "数量指标")], ""),
        ([], ""),
    ],
)
def test_where_the_cost_stands_tells_the_vintage(
    pairs: list[tuple[str, str]], vintage: str
) -> None:
    assert v.vintage_of(pairs) == vintage


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)
def test_every_level_pair_of_the_published_tables_is_known(path: Path) -> None:
    rows = json.loads(path.read_text(encoding="utf-8"))["indicators"]
    pairs = [(row["level1"], row["level2"]) for row in rows if row["level1"]]
    vintage = v.vintage_of(pairs)
    assert bool(vintage) == bool(pairs)
    assert [pair for pair in pairs if not v.is_level_pair(vintage, *pair)] == []


ENCODINGS = {
    "≥": "≥ ≧ ⩾ ≽ >= => ＞＝ \\geq \\ge \\geqslant $\\geq$ &ge; 大于等于 大于或等于 不低于 不少于 "
    "不小于 至少 以上 及以上 》 {\\geq} ≥（大于等于） 大于等于(≥)",
    "≤": "≤ ≦ ⩽ <= =< ＜＝ \\leq \\le $\\leq$ &le; 小于等于 不高于 不超过 不多于 不大于 "
    "控制在…以内 控制在 以内 以下 《",
    "=": "= ＝ 等于 为 达到",
    ">": "> ＞ &gt; 大于 超过 高于 多于",
    "<": "< ＜ &lt; 小于 低于 少于",
    "定性": "定性 定性指标 文字 描述",
}


@pytest.mark.parametrize(
    ("text", "sign"), [(text, sign) for sign, texts in ENCODINGS.items() for text in texts.split()]
)
def test_every_encoding_of_a_comparator_is_read(text: str, sign: str) -> None:
    assert v.read_comparator(text) == sign
    assert v.read_comparator(f" {text}\n") == sign


@pytest.mark.parametrize(
    "text", ["定量", "定量（其他）", "无", "/", "", " ", "≥5", "次", "年度" * 99]
)
def test_other_texts_are_no_comparator(text: str) -> None:
    assert v.read_comparator(text) is None


@given(st.text(alphabet="≥≤=><《》$\\()geqlt &;不低于以内控制在…指标 ", max_size=70))
def test_any_text_is_a_comparator_or_none(text: str) -> None:
    assert v.read_comparator(text) in (*v.COMPARATORS, None)


def test_printed_comparators_are_read_back() -> None:
    printed = [v.paper_comparator(sign) for sign in v.COMPARATORS]
    assert printed == ["≥", "≤", "＝", "＞", "＜", "定性"]
    assert [v.read_comparator(text) for text in printed] == list(v.COMPARATORS)


UNITS = "次 人次 % ％ 百分比 万元 元/人 元／人 元/人·天 次/年 m² ㎡ KM 个月 个工作日 万人次"


@pytest.mark.parametrize("unit", UNITS.split())
def test_units_are_known(unit: str) -> None:
    assert v.is_unit(unit)


@pytest.mark.parametrize("text", ["", "无", "/", "底前", "元/", "2", "完成", "万", "万" * 20000])
def test_what_is_no_unit(text: str) -> None:
    assert v.is_unit(text) == (text == "万")


def test_units_to_write() -> None:
    written = ["百分比", "％", "万", "W元", "亿", "年度", "无", "／", "次"]
    assert [v.canonical_unit(unit) for unit in written] == [
        "%", "%", "万元", "万元", "亿元", "年", "", "", "次",
    ]  # fmt: skip


def test_a_price_is_no_money_unit() -> None:
    assert [v.is_money_unit(unit) for unit in ("元", "万元", "万", "元/人", "%")] == [
        True, True, True, False, False,
    ]  # fmt: skip
