from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.io.paper.page.numfmt import BUILTIN, format_number, from_datetime, general, to_datetime

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
        (-3.456, "0.00_);[Red]\\(0.00\\)", "(3.46)"),
        (-3.456, "0.00", "-3.46"),
        (-0.001, "0.00", "0.00"),
        (48.4, ACCOUNTING, "48.40"),
        (-48.4, ACCOUNTING, "-48.40"),
        (0, ACCOUNTING, "-"),
        (12, '[>=10]0"多";0"少"', "12多"),
        (5, '[>=10]0"多";0"少"', "5少"),
        (48.4, 'G/通用格式"万元"', "48.4万元"),
        (20, "@", "20"),
        (5, "[$¥-804]0.00", "¥5.00"),
        # What is not understood, or would hide the number, shows it as it is.
        (0.5, "# ?/?", "0.5"),
        (5, ";;;", "5"),
        (5, "", "5"),
        (1234567, "000-0000", "1234567"),
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
