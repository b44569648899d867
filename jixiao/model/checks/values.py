"""Target values (V1 to V7): comparator, number and unit of one indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from jixiao.model.checks.findings import Note
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.view import Line, View, short
from jixiao.model.numbers import decimal_of
from jixiao.model.table import Indicator
from jixiao.model.target import Target, parse_target, show_target
from jixiao.model.vocabulary import (
    COMPARATOR_PREFIXES,
    COMPARATOR_SUFFIXES,
    COMPARATORS,
    NUMERIC_COMPARATORS,
    canonical_unit,
    fold_width,
    read_comparator,
)

_GLYPHS = frozenset("≥≤=><＝＞＜")
_WORD_FIRST = re.compile(
    "(?:" + "|".join(sorted(map(re.escape, COMPARATOR_PREFIXES), key=len, reverse=True)) + ")"
    r"\s*\d"
)
_WORD_LAST = re.compile(
    r"\d.*?(" + "|".join(sorted(map(re.escape, COMPARATOR_SUFFIXES), key=len, reverse=True)) + ")$"
)
_PAIRS = (">=", "=>", "<=", "=<", "＞＝", "＜＝", "＞=", "＜=")
_PERIOD = re.compile(
    r"(?:20\d\d年?(?:度|全年)?(?P<month>(?:1[0-2]|0?[1-9])月(?:份)?)?|全年|年度内?|本年度?)"
)
_WHOLE_YEAR = re.compile(
    r"(?:20\d\d[年.]?)?0?1月?(?:份|1日)?(?:-+|—+|至|到|~|～)(?:20\d\d[年.]?)?12月?(?:份|底|31日)?"
)
_REPORTS = re.compile(r"(?:报告|简报|材料|文稿|信息|稿件|方案|文件)(?:数量?|份数)?$")
_LESS_IS_BETTER = re.compile(
    r"差错|投诉|故障|返修|变更|能耗|事故|流失|空置|逾期|负债|偏差|下降|降低|减少|不满意|退货|违规|超标|发生"
)
_HEARD = re.compile(r"听取|审议")
_POINTS = re.compile(r"提高|提升|增长|增加|下降|降低|减少")

Oddness = Literal["suffix", "sign", "unknown"]


class _Odd(NamedTuple):
    kind: Oddness
    text: str


@lru_cache(maxsize=2048)
def odd_sign(written: str) -> _Odd | None:
    """What is odd about the comparator in a cell as typed: 90%以上, ≧, LaTeX, 不少于, 定量.

    Returns:
        The part that is odd and its kind: a suffix, an unusual sign or word, or no comparator at
        all; None if the cell is as it should be.
    """
    text = written.strip()
    if not text or text in COMPARATORS:
        return None
    if text.startswith("定量") or fold_width(text) in {"无", "/", "-", "—"}:
        return _Odd("unknown", text)
    plain = text[0] in _GLYPHS and not text.startswith(_PAIRS)
    twice = _WORD_LAST.search(text) if plain else None
    if twice and decimal_of(parse_target(text).value) is not None:
        return _Odd("sign", f"{text[0]}…{twice[1]}")
    if plain or text.startswith("定性"):
        return None
    suffix = _WORD_LAST.search(text)
    if suffix and parse_target(text).comparator in NUMERIC_COMPARATORS:
        return _Odd("suffix", suffix[1])
    sign = re.split(r"\d", text, maxsplit=1)[0].strip()
    named = (sign and read_comparator(sign)) or _WORD_FIRST.match(fold_width(text))
    return _Odd("sign", sign) if named else None


def _suggested(line: Line) -> str:
    """The comparator that a number obviously has, "" if it is not obvious."""
    name, number = line.name, line.number
    if line.kind == "cost":
        return "≤" if line.money else ("=" if "标准" in name else "")
    if "满意" in name:
        return "≥"
    if number == 0:
        return "="
    if line.unit == "%" and re.search(r"率|度|比例", name) and not _LESS_IS_BETTER.search(name):
        return "=" if number == 100 else "≥"
    return ""


def _seen_as_typed(view: View, row: Indicator) -> str:
    """The target as typed, "" where the page does not show it.

    A form with a cell for the comparator alone shows the sign that was understood, and so does a
    joined cell whose parts were changed since.
    """
    joined = view.profile.joined_target
    if joined is None or not row.written:
        return row.written
    shown = show_target(Target(row.comparator, row.value, row.unit), row.written)
    return row.written if joined and shown == row.written else ""


def check_comparator(view: View) -> Iterator[Note]:
    """V1: a number without a comparator, or one that is written as a suffix."""
    for line in view.all_lines:
        row = line.row
        if not row.comparator and line.number is not None:
            sign = _suggested(line)
            said = f"的指标值“{short(row.value + row.unit)}”没有写 ≥、≤ 或 =。"
            hint = f"请写明比较符号，例如“{sign or '≥'}{row.value}{row.unit}”。"
            changes = (("comparator", sign),) if sign else ()
            yield line.says("comparator", said, hint, *changes, about=(row.value + row.unit,))
            continue
        typed = _seen_as_typed(view, row)
        odd = odd_sign(typed) if typed and line.numeric else None
        if odd and odd.kind == "suffix":
            said = f"的指标值写作“{short(row.written)}”，“{odd.text}”应当用符号表示。"
            hint = f"请写“{row.comparator}{row.value}{row.unit}”。"
            yield line.says(
                "value", said, hint, ("comparator", row.comparator), about=(row.written,)
            )


def check_odd_sign(view: View) -> Iterator[Note]:
    """V2: a comparator in unusual glyphs, LaTeX, ASCII or words."""
    for line in view.all_lines:
        row = line.row
        typed = row.comparator
        if typed and typed not in COMPARATORS:
            meant = read_comparator(typed)
            if meant:
                said = f"的比较符号写作“{short(typed)}”，通行写法是“{meant}”。"
                yield line.says(
                    "comparator",
                    said,
                    f"请写“{meant}”。",
                    ("comparator", meant),
                    about=(typed, meant),
                )
            continue
        seen = _seen_as_typed(view, row)
        odd = odd_sign(seen) if seen and line.numeric else None
        if odd and odd.kind == "sign":
            said = f"的比较符号写作“{short(odd.text)}”，通行写法是“{typed}”。"
            yield line.says(
                "comparator",
                said,
                f"请写“{typed}”。",
                ("comparator", typed),
                about=(odd.text, typed),
            )


def check_known_sign(view: View) -> Iterator[Note]:
    """V3: what stands in the comparator's place is none (定量, 无, /)."""
    for line in view.all_lines:
        row = line.row
        typed = row.comparator
        odd = odd_sign(row.written) if row.written else None
        if typed and typed not in COMPARATORS and read_comparator(typed) is None:
            shown = typed
        elif odd and odd.kind == "unknown" and parse_target(row.written).value != row.value:
            shown = row.written.strip()
        else:
            continue
        if line.number is not None:
            sign = typed if typed in NUMERIC_COMPARATORS else _suggested(line)
        else:
            sign = "定性" if row.value.strip() else ""
        said = f"的指标值类型写作“{short(shown)}”，它不是 ≥、≤、=、>、< 或定性。"
        hint = "有数字的请选比较符号，没有数字的请选“定性”。"
        changes = (("comparator", sign),) if sign else ()
        # Whether a text is one, and not a number that was forgotten, is seen by a person only.
        sure = line.number is not None
        yield line.says("comparator", said, hint, *changes, about=(shown,), sure=sure)


def check_qualitative(view: View) -> Iterator[Note]:
    """V4: 定性 with a number as its value, or with nothing but the period of the table."""
    year = view.table.year
    for line in view.all_lines:
        row = line.row
        if not line.qualitative or not row.value or not re.search(r"\d|全年|年度", row.value):
            continue
        value = fold_width(row.value)
        period = _PERIOD.fullmatch(value) or _WHOLE_YEAR.fullmatch(value)
        if period:
            # A month is a time limit, unless it is the whole time that the project has.
            if period.groupdict().get("month") and value not in fold_width(
                view.table.fields.get("implementation_period", "")
            ):
                continue
            if line.kind == "time" or str(year) in value:
                said = f"的指标值“{short(value)}”只重复了年度或实施期，没有时限。"
                hint = "请写完成期限（如“12月31日前完成”）或及时率。"
                yield line.says("value", said, hint, severity="warning", about=(value,))
            continue
        target = parse_target(value)
        number = decimal_of(target.value)
        if target.comparator == "定性" or number is None:
            continue
        unit = target.unit or row.unit
        sign = target.comparator or "="
        said = f"的类型是“定性”，指标值“{short(value)}”却是数字。"
        hint = f"请改为定量：“{sign}{target.value}{unit}”。"
        changes = [("comparator", sign)]
        if target.value != row.value:
            changes.append(("value", target.value))
        if unit != row.unit:
            changes.append(("unit", unit))
        sure = bool(target.comparator and unit)
        yield line.says("comparator", said, hint, *changes, about=(value,), sure=sure)


def check_number(view: View) -> Iterator[Note]:
    """V5: a comparator for numbers beside words, or no value at all."""
    for line in view.all_lines:
        row = line.row
        if line.number is not None:
            yield from _separated(line)
        if line.number is not None or not (row.level3.strip() or row.comparator):
            continue
        if not row.value.strip():
            said = "没有填指标值。"
            yield line.says(
                "value", said, "请填写数字；不能量化的，类型选“定性”并写明要求。", about=("",)
            )
        elif line.numeric:
            said = f"的类型是“{row.comparator}”，指标值“{short(row.value)}”却不是数字。"
            hint = "请只填数字，单位填在度量单位栏；不能量化的，类型选“定性”。"
            target = parse_target(row.value)
            same = (
                target.comparator in ("", row.comparator) and decimal_of(target.value) is not None
            )
            agrees = not row.unit or canonical_unit(target.unit) == canonical_unit(row.unit)
            changes: list[tuple[str, str]] = []
            if same and agrees:
                changes = [("value", target.value)]
                if not row.unit:
                    changes.append(("unit", target.unit))
            yield line.says("value", said, hint, *changes, about=(row.comparator, row.value))


def _separated(line: Line) -> Iterator[Note]:
    """1,200 or 1 200: a number that upload systems do not read as one."""
    value = line.row.value.strip()
    if not line.numeric or re.fullmatch(r"[^,， ]*", value):
        return
    whole = re.sub(r"[,， ]", "", value)
    said = f"的指标值“{short(value)}”带有千位分隔，有的上报系统读不出。"
    yield line.says(
        "value", said, f"请写“{whole}”。", ("value", whole), severity="warning", about=(value,)
    )


def check_unit(view: View) -> Iterator[Note]:
    """V6: a number without a unit, or a 定性 text with one."""
    for line in view.all_lines:
        row = line.row
        if line.qualitative and line.unit:
            number = decimal_of(row.value) if row.value else None
            if number is not None:
                continue  # V4 speaks about it
            said = f"的类型是“定性”，度量单位却写了“{short(row.unit)}”。"
            yield line.says("unit", said, "定性指标不填度量单位。", ("unit", ""), about=(row.unit,))
        elif (line.numeric or not row.comparator) and line.number is not None and not line.unit:
            shown = f"写作“{row.unit}”" if row.unit else "没有填"
            said = f"的指标值是 {row.comparator}{row.value}，度量单位{shown}。"
            is_rate = re.search(r"率$|满意度$", line.name) and 1 < line.number <= 100
            changes = (("unit", "%"),) if is_rate else ()
            yield line.says(
                "unit",
                said,
                "请填写度量单位，如次、人、%、万元。",
                *changes,
                about=(row.comparator + row.value, row.unit),
            )


def check_usual_unit(view: View) -> Iterator[Note]:
    """V7: an unusual word for a unit (百分比, 万), reports counted in 个, or 无 for no unit."""
    yield from _no_unit(view)
    for line in view.all_lines:
        written = line.row.unit.strip()
        if not written or line.qualitative or not line.unit:
            continue
        if line.unit != written:
            if written == "百分比" and view.settings.percent_word:
                continue
            if written == "百分点" and _POINTS.search(line.name):
                continue
            if fold_width(written) == line.unit and written != "％":
                continue
            said = f"的度量单位写作“{short(written)}”，通行写法是“{line.unit}”。"
            yield line.says(
                "unit",
                said,
                f"请写“{line.unit}”。",
                ("unit", line.unit),
                about=(written, line.unit),
                sure=written != "万" or line.kind == "cost",
            )
        elif written == "个" and _REPORTS.search(line.name):
            unit = "项" if _HEARD.search(line.name) else "份"
            said = f"的度量单位写作“个”，报告和文稿通常用“{unit}”。"
            hint = f"请写“{unit}”。"
            about = (written, unit)
            yield line.says("unit", said, hint, ("unit", unit), about=about, sure=False)


def _no_unit(view: View) -> Iterator[Note]:
    """无 or / in the unit column of 定性 rows: a hint, since some systems ask for it."""
    for line in view.all_lines:
        written = line.row.unit.strip()
        if line.qualitative and written and not line.unit:
            said = f"是定性指标，度量单位写了“{written}”，此栏应当空着。"
            hint = "请清空这一格；上报系统要求填写的可以忽略。"
            yield line.says(
                "unit", said, hint, ("unit", ""), severity="hint", about=(written,), sure=False
            )


RULES = (
    Rule("V1", "没有比较符号", "完整性", "error", "sure", "seen", check_comparator),
    Rule("V2", "比较符号写法特殊", "规范性", "warning", "sure", "seen", check_odd_sign),
    Rule("V3", "指标值类型不在规定之列", "规范性", "error", "sure", "published", check_known_sign),
    Rule("V4", "定性指标填了数字或年度", "规范性", "error", "sure", "seen", check_qualitative),
    Rule("V5", "定量指标的值不是数字", "规范性", "error", "sure", "published", check_number),
    Rule("V6", "度量单位缺少或多余", "规范性", "error", "sure", "published", check_unit),
    Rule("V7", "度量单位写法特殊", "规范性", "warning", "sure", "seen", check_usual_unit),
)
