"""Grids for the tests of layout and writers: by hand, and random ones."""

from __future__ import annotations

from hypothesis import strategies as st

from jixiao.io.paper.page.grid import Binding, Border, Cell, Grid, Page, Part, RowFormat, Style

BOX = Border("thin", "thin", "thin", "thin")
BOUND = Binding("field", "annual_goal")


def cell(
    row: int,
    col: int,
    text: str = "",
    *,
    span: tuple[int, int] = (1, 1),
    style: Style = Style(border=BOX),  # noqa: B008
    bound: bool = False,
) -> Cell:
    """A cell of one part."""
    parts = (Part(text, BOUND if bound else None),) if text else ()
    return Cell(row, col, *span, parts, style)


def grid(*cells: Cell, page: Page = Page(), width: float = 60.0, header: int = -1) -> Grid:  # noqa: B008
    """A grid just large enough for its cells."""
    rows = max(one.bottom for one in cells)
    columns = max(one.right for one in cells)
    formats = tuple(RowFormat(18.75, header=row == header) for row in range(rows))
    return Grid(cells, formats, (width,) * columns, page)


def project_page() -> Grid:
    """Title, a line of two texts, a table with spans, a blank row, another table, a signature."""
    plain, left, right = Style(), Style(halign="left"), Style(halign="right")
    return grid(
        cell(0, 0, "项目支出绩效目标表", span=(1, 4), style=Style(font="黑体", size=18, bold=True)),
        cell(1, 0, "填报单位：人大办", span=(1, 2), style=left),
        cell(1, 2, "金额单位：万元", span=(1, 2), style=right),
        cell(2, 0, "项目名称"),
        cell(2, 1, "代表活动", span=(1, 3), bound=True),
        cell(3, 0, "绩效指标", span=(3, 1)),
        cell(3, 1, "一级指标"),
        cell(3, 2, "三级指标"),
        cell(3, 3, "指标值"),
        cell(4, 1, "产出指标", span=(2, 1), bound=True),
        cell(4, 2, "会议次数", bound=True),
        cell(4, 3, "56.10", bound=True),
        cell(5, 2, "=1+1", bound=True),
        cell(5, 3, "第一行\n第二行", bound=True),
        cell(6, 0, span=(1, 4), style=plain),
        cell(7, 0, "一级", span=(1, 2)),
        cell(7, 2, "二级", span=(1, 2)),
        cell(8, 0, "填表人：", style=left),
        cell(8, 2, "联系电话：", style=left),
        header=3,
    )


_LINES = st.sampled_from(["thin", "medium", "double"])
_STYLES = st.builds(
    Style,
    font=st.sampled_from(["宋体", "仿宋_GB2312", "Arial"]),
    size=st.sampled_from([9.0, 10.5, 18.0]),
    bold=st.booleans(),
    italic=st.booleans(),
    underline=st.booleans(),
    color=st.sampled_from(["", "FF0000"]),
    fill=st.sampled_from(["", "F2F2F2"]),
    halign=st.sampled_from(["left", "center", "right"]),
    valign=st.sampled_from(["top", "center", "bottom"]),
    wrap=st.booleans(),
    indent=st.integers(0, 2),
    border=st.builds(Border, _LINES, _LINES, _LINES, _LINES),
)
_TEXTS = st.sampled_from(
    [
        "",
        "产出指标",
        "=1+1",
        "+1",
        "-1",
        "@a",
        "001",
        "56.10",
        "0",
        "<&>\"'",
        " 空 ",
        "a\tb",
        "行\n行",
    ]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Small tables with random spans and styles, every position covered, every cell boxed."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    free = {(row, col) for row in range(rows) for col in range(columns)}
    cells: list[Cell] = []
    while free:
        row, col = min(free)
        right = col + 1
        limit = draw(st.integers(col + 1, columns))
        while right < limit and (row, right) in free:
            right += 1
        bottom = draw(st.integers(row + 1, rows))
        area = {(r, c) for r in range(row, bottom) for c in range(col, right)}
        if not area <= free:
            bottom, area = row + 1, {(row, c) for c in range(col, right)}
        free -= area
        bound = draw(st.booleans())
        text, style = draw(_TEXTS), draw(_STYLES)
        span = (bottom - row, right - col)
        cells.append(cell(row, col, text, span=span, style=style, bound=bound))
    formats = tuple(RowFormat(18.75) for _ in range(rows))
    return Grid(tuple(cells), formats, (60.0,) * columns)
