from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.io.paper.page.grid import RowFormat, Style
from jixiao.io.paper.page.layout import (
    LINE_HEIGHT,
    SIDE_PADDING,
    VERTICAL_PADDING,
    em_width,
    layout,
    wrap,
)
from tests.io.grids import BOX, cell, grid

STYLE = Style(size=10.0)
OPENING, CLOSING = "（《“‘【", "，。、；：？！”’）》】%…"


def lines(text: str, ems: float, style: Style = STYLE) -> tuple[str, ...]:
    return wrap(text, style, ems * style.size, em_width)


@pytest.mark.parametrize(
    ("text", "ems"),
    [("", 0), ("产出指标", 4), ("2026", 2), ("2026年", 3), ("≥10次", 3), ("ｱｲ", 1), ("，。“”", 4)],
)
def test_em_table(text: str, ems: float) -> None:
    assert em_width(text, STYLE) == ems * 10
    assert em_width(text, replace(STYLE, bold=True)) == pytest.approx(ems * 10.5)


@pytest.mark.parametrize(
    ("text", "ems", "expected"),
    [
        ("", 4, ("",)),
        ("产出指标", 4, ("产出指标",)),
        ("经济成本指标", 4, ("经济成本", "指标")),
        ("召开会议，听取", 4, ("召开会", "议，听取")),
        ("落实《监督法》", 3, ("落实", "《监督", "法》")),
        ("增长10.5万元以上", 4, ("增长10.5", "万元以上")),
        ("参加率≥90%", 4, ("参加率", "≥90%")),
        ("use word wrapping", 4, ("use word", "wrapping")),
        ("abcdefghijkl", 3, ("abcdef", "ghijkl")),
        ("一\n二三四五\n", 3, ("一", "二三四", "五", "")),
        ("填表人：        电话：", 4, ("填表人：", "电话：")),
        ("宽", 0.2, ("宽",)),
        ("宽度", 0.2, ("宽", "度")),
    ],
)
def test_breaks(text: str, ems: float, expected: tuple[str, ...]) -> None:
    assert lines(text, ems) == expected


def test_without_wrapping_only_typed_breaks_count() -> None:
    assert lines("一二三四\n五", 2, replace(STYLE, wrap=False)) == ("一二三四", "五")


WORDS = st.lists(
    st.sampled_from(
        ["代表", "指标值", "10.5", "2026年", "《法》", "（一）", "，", "。", "“好”", " "]
    ),
    min_size=1,
    max_size=40,
).map("".join)


@given(text=WORDS | st.text(max_size=60), ems=st.integers(1, 30), bold=st.booleans())
def test_nothing_is_lost_and_lines_fit(text: str, ems: int, *, bold: bool) -> None:
    style = replace(STYLE, bold=bold)
    broken = lines(text, ems, style)
    assert "".join("".join(broken).split()) == "".join(text.split())
    for line in broken:
        assert line or not text or any(map(str.isspace, text))
        assert em_width(line, style) <= ems * 10 or len(line) == 1


@given(parts=st.lists(st.sampled_from(["代表", "《法》", "（一）", "，听", "“好”。"]), max_size=40))
def test_marks_stay_with_their_words(parts: list[str]) -> None:
    for line in lines("".join(parts), 6)[1:]:
        assert line[0] not in CLOSING
    for line in lines("".join(parts), 6)[:-1]:
        assert line[-1] not in OPENING


def test_heights() -> None:
    page = grid(
        cell(0, 0, "短"),
        cell(0, 1, "一二三四五六七八九十"),  # 5 of 10.5 pt in 60 pt: two lines
        cell(1, 0, "甲\n乙\n丙\n丁\n戊", span=(2, 1)),
        cell(1, 1, "a"),
        cell(2, 1, "b"),
    )
    result = layout(page, em_width)
    line = 10.5 * LINE_HEIGHT
    assert result.lines[0, 1] == ("一二三四五", "六七八九十")
    assert result.lines[1, 0] == ("甲", "乙", "丙", "丁", "戊")
    assert result.row_heights[0] == pytest.approx(2 * line + VERTICAL_PADDING)
    assert result.row_heights[1] == 18.75
    assert sum(result.row_heights[1:]) == pytest.approx(5 * line + VERTICAL_PADDING)


def test_a_spanning_cell_that_fits_changes_nothing() -> None:
    page = grid(cell(0, 0, "甲\n乙", span=(2, 1)), cell(0, 1, "a"), cell(1, 1, "b"))
    assert layout(page, em_width).row_heights == (18.75, 18.75)


def test_rows_without_text_have_one_line() -> None:
    page = replace(grid(cell(0, 0), cell(1, 0, span=(2, 1))), rows=(RowFormat(),) * 3)
    heights = layout(page, em_width).row_heights
    assert heights == pytest.approx([10.5 * LINE_HEIGHT + VERTICAL_PADDING] * 3)


def test_the_measure_and_the_indent_decide() -> None:
    indented = Style(indent=1, border=BOX)
    page = grid(cell(0, 0, "一二三四五"), cell(1, 0, "一二三四五", style=indented))
    assert layout(page, em_width).lines[0, 0] == ("一二三四五",)
    assert layout(page, em_width).lines[1, 0] == ("一二三四", "五")
    wide = layout(page, lambda text, style: em_width(text, style) * 2)
    assert wide.lines[0, 0] == ("一二", "三四", "五")
    exact = replace(page, columns=(5 * 10.5 + 2 * SIDE_PADDING,))
    assert layout(exact, em_width).lines[0, 0] == ("一二三四五",)
