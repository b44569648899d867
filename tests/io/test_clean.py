import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.io.paper.page.clean import clean_text, digits, key, squeeze


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  产出指标 ", "产出指标"),
        ("<p>第一段</p><p>第二段</p>", "第一段\n第二段"),
        ('<P style="text-indent:2em">一</P>\n<p>二<br/>三</p>', "一\n二\n三"),
        ("a&nbsp;b &ge;5 &lt;10 &#8805;", "a b ≥5 <10 ≥"),
        ("不是<标签>，3<5", "不是<标签>，3<5"),
        ("x < y > z", "x < y > z"),
        ("零\u200b宽\ufeff", "零宽"),
        ("全角\u3000空格\xa0", "全角 空格"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("正文[bookmark: _GoBack]", "正文"),
        ("[注]保留", "[注]保留"),
        ("行尾  \n  行首", "行尾\n行首"),
        ("行尾 \n行首", "行尾\n行首"),
        ("其中：     基本支出", "其中：     基本支出"),
        ("&#0;&#55296;&unknown;", "&unknown;"),
        ("", ""),
    ],
)
def test_clean_text(raw, cleaned):
    assert clean_text(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "squeezed"),
    [
        ("年度重点       工作计划", "年度重点工作计划"),
        ("部门（单位） 名称", "部门（单位）名称"),
        ("可持续影响\n指标", "可持续影响指标"),
        ("Big  Data\n平台 V 2.0", "Big Data平台V 2.0"),
        ("<p>数量</p><p>指标</p>", "数量指标"),
    ],
)
def test_squeeze(raw, squeezed):
    assert squeeze(raw) == squeezed


def test_keys_of_the_same_label_are_equal():
    assert key("项目名称：") == key(" 项目 名称 :") == key("项目\n名称") == "项目名称"
    assert key("指标值（ＡＢ）") == key("指标值(ab)")
    assert key("项目\u200b名称") == "项目名称"


def test_digits_become_half_width():
    assert digits("５００．５％，－１") == "500.5%,-1"


@given(st.text())
def test_cleaning_twice_is_cleaning_once_without_markup(text):
    plain = "".join(c for c in text if c not in "<&[")
    assert clean_text(clean_text(plain)) == clean_text(plain)
    assert squeeze(squeeze(plain)) == squeeze(plain)


@given(st.text(alphabet="一二三甲乙丙，。" + string.ascii_letters, min_size=1))
def test_words_without_blanks_stay(text):
    assert clean_text(text) == squeeze(text) == text
