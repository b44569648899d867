import json
import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.io.paper.page.numfmt import (
    BUILTIN,
    displayed,
    format_number,
    format_text,
    from_datetime,
    general,
    to_datetime,
    trouble,
)

SHOWN = json.loads((Path(__file__).parents[1] / "data/numfmt.json").read_text(encoding="utf-8"))
ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (48.4, "48.4"),
        (206.0, "206"),
        (-5, "-5"),
        (0, "0"),
        (697.6099999999999, "697.61"),
        (0.1 + 0.2, "0.3"),
        (1e20, "100000000000000000000"),
        (1e-7, "0.0000001"),
        (1e300, "1E+300"),
    ],
)
def test_general(value, shown):
    assert general(value) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.95, "0%", "95%"),
        (1, "0%", "100%"),
        (0.125, "0.0%", "12.5%"),
        (56.1, "0.00", "56.10"),
        (1.005, "0.00", "1.01"),
        (1234.5, "#,##0.00", "1234.50"),
        (0.5, "#.00", ".50"),
        (12, "000", "012"),
        (3, "0.0###", "3.0"),
        (3.14159, "0.0###", "3.1416"),
        (5, '0"次"', "5次"),
        (5, '"≥"0', "≥5"),
        (5, '0"%"', "5%"),
        (5, "0.00元", "5.00元"),
        (12345678, '0.00,,"百万"', "12.35百万"),
        (-3.456, "0.00_);[Red]\\(0.00\\)", "-3.46"),
        (-3.456, "0.00;[Red]0.00", "-3.46"),
        (-3.456, '"盈"0.00;"亏"0.00', "亏3.46"),
        (-0.001, "0.00_);(0.00)", "0.00"),
        (-3.456, "0.00", "-3.46"),
        (-0.001, "0.00", "0.00"),
        (48.4, ACCOUNTING, "48.40"),
        (-48.4, ACCOUNTING, "-48.40"),
        (0, ACCOUNTING, "0"),
        (0, '0;-0;"无"', "无"),
        (0, "0;-0;", ""),
        (1234500, "0\\.0,", "123.5"),
        (12, '[>=10]0"多";0"少"', "12多"),
        (5, '[>=10]0"多";0"少"', "5少"),
        (48.4, 'G/通用格式"万元"', "48.4万元"),
        (20, "@", "20"),
        (5, "[$¥-804]0.00", "¥5.00"),
        (1234567, "000-0000", "123-4567"),
        (5, ";;;", ""),
        # What is shown shorter than it is, is read whole.
        (0.5, "# ?/?", "0.5"),
        (1234567, "0.0E+0", "1234567"),
        (5, "", "5"),
        (1e20, "0." + "0" * 30, "100000000000000000000"),
    ],
)
def test_numbers(value, code, shown):
    assert format_number(value, code) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('yyyy"年"m"月"', "2026年1月"),
        ('yyyy"年"m"月"d"日";@', "2026年1月5日"),
        ("yyyy\\-mm\\-dd", "2026-01-05"),
        ("m/d/yyyy", "1/5/2026"),
        ("yyyy.m.d", "2026.1.5"),
        ("yyyy/m/d;@", "2026/1/5"),
        ("[$-804]aaaa", "星期一"),
        ("[$-F800]dddd, mmmm dd, yyyy", "2026年1月5日"),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二六年一月五日"),
        ("mmm-yy", "Jan-26"),
        ("yyyy-mm-dd hh:mm:ss", "2026-01-05 18:30:15"),
        ("h:mm AM/PM", "6:30 PM"),
        ("mm:ss", "30:15"),
        (BUILTIN[14], "2026/1/5"),
        (BUILTIN[31], "2026年1月5日"),
        (BUILTIN[34], "下午6时30分"),
        (BUILTIN[57], "2026年1月"),
    ],
)
def test_dates(code, shown):
    days = from_datetime(datetime(2026, 1, 5, 18, 30, 15))  # noqa: DTZ001
    assert format_number(days, code) == shown
    assert format_number(days - 1462, code, date1904=True) == shown


def test_odd_days():
    assert format_number(1, "yyyy-mm-dd") == "1900-01-01"
    assert format_number(1.5, "[h]:mm") == "36:00"
    assert format_number(-1, "yyyy-mm-dd") == "-1"
    assert format_number(3_000_000, "yyyy-mm-dd") == "3000000"


@given(st.datetimes(min_value=datetime(1900, 3, 1)).map(lambda d: d.replace(microsecond=0)))  # noqa: DTZ001
def test_days_and_moments_are_the_same(moment):
    assert to_datetime(from_datetime(moment)) == moment


@given(st.decimals(-(10**9), 10**9, places=2))
def test_money_is_shown_as_typed(amount):
    shown = format_number(float(amount), "0.00")
    assert Decimal(shown) == amount
    assert shown == f"{amount + 0:.2f}".replace("-0.00", "0.00")


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=20))
def test_no_code_breaks_it(value, code):
    assert isinstance(format_number(value, code), str)


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(alphabet='0#?.,;%ymdhsaeE+-/"\\[]_*@$>=1', max_size=20),
)
def test_no_code_of_the_language_breaks_it(value, code):
    assert isinstance(format_number(value, code), str)


def is_date(code):
    return bool(re.search("[ymdhs]|aaa", re.sub(r'"[^"]*"|Red|\[DBNum\d\]|\[\$[^\]]*\]', "", code)))


def differs(code, value, *, date1904):
    """Why Excel shows another thing than LibreOffice does, where it is known to."""
    if is_date(code):
        if value < 0 or value > 1_000_000:
            return "Excel shows no such moment, and LibreOffice not all: the number is read"
        if value < 61 and not date1904 and re.search("[yda]|mmm", code):
            return "the years before March 1900 are a day off in Excel"
        if "F800" in code or code == "aaa":
            return "the system's long date and the short weekday are Chinese in a Chinese Excel"
    if "DBNum" in code and "[$-804]" not in code:
        return "LibreOffice asks for the language, a Chinese Excel does not"
    if re.match(r"\[[<>]=?[\d-]+\]", code) and value < 0 and not code.startswith("[<"):
        return "LibreOffice drops the sign of numbers that no condition says to be negative"
    return ""


def as_excel(code, shown):
    """LibreOffice's text with the signs that Excel uses."""
    if "DBNum" in code and not is_date(code):
        return re.sub("^[负－]", "-", shown.replace("．", ".").replace("点", "."))
    return shown


@pytest.mark.parametrize("epoch", ["shown", "shown1904"])
def test_numbers_are_displayed_as_libreoffice_does(epoch):
    date1904 = epoch == "shown1904"
    compared = 0
    for code, row in SHOWN[epoch].items():
        for value, shown in zip(SHOWN["values"], row, strict=True):
            if differs(code, value, date1904=date1904):
                continue
            compared += 1
            expected = " ".join(as_excel(code, shown).split())
            found = " ".join(displayed(value, code, date1904=date1904).split())
            # Excel keeps the point of "#.##" where nothing follows it.
            found = found.removesuffix(".") if code.endswith(".##") else found
            assert found == expected, (code, value)
    assert compared >= (60 * 12 if not date1904 else 60)


@pytest.mark.parametrize(
    ("value", "code", "why"),
    [
        (1234500, "0\\.0,", "other_size"),
        (1234500, "0.00,", "other_size"),
        (0.4, "0", "other_size"),
        (1234500, '0\\.0,"万"', ""),
        (12345678, '0.00,,"百万"', ""),
        (0.95, "0%", ""),
        (95, '0"%"', ""),
        (123.45, "0.0", ""),
        (1234567, "000-0000", ""),
        (46027, "yyyy-mm-dd", ""),
        (5, ";;;", "not_shown"),
        (0, ";;;", ""),
        (430105241000000000000, "General", "digits_lost"),
        (430105241000000000000, "0", "digits_lost"),
        (430105199001011, "0", ""),
    ],
)
def test_what_is_shown_may_not_be_what_is_stored(value, code, why):
    assert trouble(value, format_number(value, code)) == why


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", "甲"),
        ("0.00", "甲"),
        (ACCOUNTING, "甲"),
        ("@", "甲"),
        ('"共"@"次"', "共甲次"),
        ('0;-0;0;"（"@"）"', "（甲）"),
        (";;;", ""),
        (";;", "甲"),
    ],
)
def test_a_text_is_shown_through_its_format(code, shown):
    assert format_text("甲", code) == shown
