"""Numbers in running text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.numerals import deadlines, number_of, quantities


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("十二", 12), ("二十", 20), ("两", 2), ("一百零五", 105), ("三百", 300),
     ("一千二百三十四", 1234), ("零", 0), ("二三", None), ("二〇二六", None), ("", None),
     ("三次", None)],
)  # fmt: skip
def test_numerals(text: str, number: int | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("召开主席团会议3次", [("3", "次", "")]),
        ("确定了十个事项", [("10", "个", "")]),
        ("两百件建议", [("200", "件", "")]),
        ("达到90％以上", [("90", "%", "≥")]),
        ("不少于1,200人次", [("1200", "人次", "≥")]),
        ("控制在48.4万元以内", [("48.4", "万元", "≤")]),
        ("总额36万。", [("36", "万元", "")]),
        ("1月28日至30日召开", [("3", "天", "")]),
        ("2026年12月30日至2027年1月2日", [("4", "天", "")]),
        ("第三次会议", []),
        ("市十五届人大四次会议", []),
        ("“两个联系”和“一府两院”", []),
        ("2026年3月", []),
        ("2026支援", []),
        ("按照统一部署", []),
        ("1.完成运维；2.出具报告", []),
        ("一次性化解", []),
    ],
)
def test_quantities(text: str, told: list[tuple[str, str, str]]) -> None:
    found = [(q.number, q.unit, q.sign) for q in quantities(text)]
    assert found == [(Decimal(number), unit, sign) for number, unit, sign in told]


def test_what_stands_around_a_quantity() -> None:
    first, second = quantities("每季度开展代表活动2次，其中走访群众30户以上")
    assert (first.before, first.times, first.part) == ("每季度开展代表活动", 4, False)
    assert (second.before, second.sign, second.part) == ("其中走访群众", "≥", True)
    (only,) = quantities("对政府4个部门的工作进行评议")
    assert (only.before, only.after) == ("对政府", "部门的工作进行评议")


@pytest.mark.parametrize(
    ("text", "dates"),
    [("6月30日前", [(6, 31)]), ("6月底前完成", [(6, 31)]), ("年底前", [(12, 31)]),
     ("2026年3月15日之前", [(3, 15)]), ("3月召开", []), ("及时", [])],
)  # fmt: skip
def test_deadlines(text: str, dates: list[tuple[int, int]]) -> None:
    assert [(d.month, d.day) for d in deadlines(text)] == dates


@given(st.text(alphabet="第每十百3.0-至到月日次个人%万元，。“”前底2026年", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for quantity in quantities(text):
        assert quantity.number >= 0
        assert quantity.unit
    deadlines(text)
