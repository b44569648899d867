"""Plain text as Chinese systems write it: encodings, delimiters, protected codes."""

import pytest

from jixiao.io.files.read.door import read_grids
from jixiao.io.files.read.text import decode

TEXT = "一级指标,指标值,度量单位\r\n产出指标,12,场\r\n项目名称,读者活动,年度\r\n"
TRADITIONAL = "一級指標,指標值,度量單位\r\n產出指標,12,場\r\n項目名稱,讀者活動,年度\r\n"


def texts(grid):
    return [cell.text for cell in grid.cells if cell.text]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312"],
)
def test_encodings_of_the_mainland(tmp_path, encoding):
    path = tmp_path / "表.csv"
    path.write_bytes(TEXT.encode(encoding))
    [grid] = read_grids(path)
    assert ",".join(texts(grid)) == TEXT.strip().replace("\r\n", ",")


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "cp950"])
def test_big5_is_told_from_gb18030_by_its_words(tmp_path, encoding):
    path = tmp_path / "表.csv"
    path.write_bytes(TRADITIONAL.encode(encoding))
    [grid] = read_grids(path)
    assert ",".join(texts(grid)) == TRADITIONAL.strip().replace("\r\n", ",")


def test_a_character_cut_in_two_spoils_only_itself(tmp_path):
    path = tmp_path / "表.csv"
    content = TEXT.encode()
    path.write_bytes(content[:-4] + content[-3:])  # a byte of 度 is missing
    [grid] = read_grids(path)
    assert texts(grid)[:8] == ["一级指标", "指标值", "度量单位", "产出指标", "12", "场",
                              "项目名称", "读者活动"]  # fmt: skip
    [remark] = grid.remarks
    assert (remark.kind, remark.cell) == ("unreadable", "C3")


@pytest.mark.parametrize("name", ["undefined", "idna", "base64", "rot13", "nonsense", "x-gbk"])
def test_a_declared_encoding_may_be_none(name):
    html = f'<html><meta charset="{name}"><table><tr><td>绩效目标</td></tr></table></html>'
    assert "绩效目标" in decode(html.encode("gb18030"))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('编码,="00123",甲\n', ["编码", "00123", "甲"]),
        ('编码,"=""00123""",甲\n', ["编码", "00123", "甲"]),
        ("编码,'00123,甲\n", ["编码", "00123", "甲"]),
        ("编码,\t00123,甲\n", ["编码", "00123", "甲"]),
        ("sep=;\n编码;00123;甲\n", ["编码", "00123", "甲"]),
        ("编码|00123|甲\n名称|乙|丙\n", ["编码", "00123", "甲", "名称", "乙", "丙"]),
        (
            "目标\t办好活动，服务读者，提高水平，扩大影响\n名称\t乙\n编码\t丙\n",
            ["目标", "办好活动，服务读者，提高水平，扩大影响", "名称", "乙", "编码", "丙"],
        ),
        ('目标,"一,二;三;四;五"\n名称,乙\n', ["目标", "一,二;三;四;五", "名称", "乙"]),
        ("目标,=12场\n", ["目标", "=12场"]),
    ],
)
def test_fields_are_read_as_excel_shows_them(tmp_path, content, expected):
    path = tmp_path / "表.csv"
    path.write_text(content, encoding="utf-8", newline="")
    [grid] = read_grids(path)
    assert [text.strip() for text in texts(grid)] == expected


def test_a_formula_in_a_text_has_no_result(tmp_path):
    path = tmp_path / "表.csv"
    path.write_text("金额,=SUM(B2:B3)\n甲,1\n", encoding="utf-8")
    [grid] = read_grids(path)
    assert texts(grid) == ["金额", "甲", "1"]
    assert [(r.kind, r.cell, r.text) for r in grid.remarks] == [("no_result", "B1", "=SUM(B2:B3)")]
