"""Help in a cell: what to offer, how a text was understood, what looks wrong. Nothing prevents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from jixiao.io.paper.form.categories import categories, category_key
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Binding
from jixiao.model.fields import HEADER_FIELDS, MONEY_KEYS
from jixiao.model.numbers import amount_of, decimal_of, percent_of
from jixiao.model.table import Table
from jixiao.model.target import parse_target
from jixiao.model.vocabulary import (
    COMPARATORS,
    CONTINUOUS_UNITS,
    INTEGER_UNITS,
    MONEY_SCALE,
    QUALITATIVE,
    canonical_level1,
    paper_comparator,
    read_comparator,
)

_COMMON_UNITS = (
    *("%", "次", "个", "项", "人", "人次", "件", "份", "场", "场次", "期", "篇", "条", "家", "户"),
    *("处", "台", "套", "万元", "元", "元/人", "天", "个月", "年", "年度", "平方米", "公里"),
)
_PROJECT_CATEGORIES = ("特定目标类", "其他运转类", "公用经费类", "人员类")
_STANDARDS = ("行业标准", "计划标准", "历史标准", "工作安排", "预算安排", "满意度测评")
_PERIODS = ("{0}年1月-12月", "{0}年度", "{0}年1月1日-{0}年12月31日", "{0}-{1}年")


def offers(
    form: Form,
    table: Table,
    binding: Binding,
    library_names: Sequence[str] = (),
    *,
    narrow: bool = False,
) -> list[str]:
    """Texts to offer in a cell, those most likely first; empty where there is nothing to offer.

    Args:
        form: The form the cell stands on.
        table: The table as it is now; the units and names that it uses already go first.
        binding: The cell part being edited.
        library_names: Names from elsewhere (book, library) for third-level indicators, tasks,
            projects and responsible offices.
        narrow: Of second levels only those of the row's first one, where it has any.
    """
    match binding.target, binding.name:
        case "field", name:
            found = _field_offers(table, name, library_names)
        case "other", "name":
            found = [
                spec.context + spec.label
                for spec in HEADER_FIELDS
                if not form.has("field", spec.key) and spec.key not in table.fields
            ]
        case (("indicators" | "period_indicators"), ("level1" | "level2") as name):
            found = _level_offers(form, table, binding, second=name == "level2", narrow=narrow)
        case (("indicators" | "period_indicators"), "comparator"):
            # Always in this order: who chooses every day does so by the place in the list.
            found = [paper_comparator(sign) for sign in COMPARATORS]
        case (("indicators" | "period_indicators"), "unit"):
            used = _frequent(row.unit for row in table.indicators)
            known = sorted(unit for unit in INTEGER_UNITS | CONTINUOUS_UNITS if len(unit) < 4)
            found = [*used, *_COMMON_UNITS, *known]
        case (("indicators" | "period_indicators"), "basis"):
            found = [*_frequent(row.basis for row in table.indicators), *_STANDARDS]
        case "tasks", "owner":
            found = [*_frequent(row.owner for row in table.tasks), *library_names]
        case _, ("name" | "level3"):
            found = list(library_names)
        case _:
            found = []
    return [text for text in dict.fromkeys(found) if text]


def _frequent(texts: Iterable[str]) -> list[str]:
    return [text for text, _ in Counter(text for text in texts if text).most_common()]


def _field_offers(table: Table, name: str, library_names: Sequence[str]) -> list[str]:
    match name:
        case "money_unit":
            return ["万元", "元"]
        case "project_category":
            return list(_PROJECT_CATEGORIES)
        case "implementation_period" if table.year is not None:
            return [form.format(table.year, table.year + 2) for form in _PERIODS]
        case "agency" | "department_name":
            return [table.agency, table.fields.get("department_name", ""), *library_names]
        case "project_name" | "parent_fund_name":
            return list(library_names)
        case _:
            return []


def _level_offers(
    form: Form, table: Table, binding: Binding, *, second: bool, narrow: bool
) -> list[str]:
    pairs = categories(form, table)
    if not second:
        found = {category_key(one, "")[0]: one for one, _ in reversed(pairs)}
        return list(reversed(found.values()))
    key = category_key(binding.level1, "")[0]
    own = [two for one, two in pairs if category_key(one, "")[0] == key]
    if own and narrow:
        return own
    return own + [two for _, two in pairs if two not in own]


def explain(binding: Binding, text: str) -> str:
    """How a joined or odd target-value text is understood ("≥ 10 次", "定性：持续督促"), or ""."""
    text = text.strip()
    if not text:
        return ""
    if binding.name == "comparator":
        sign = read_comparator(text)
        return sign if sign and sign != text and paper_comparator(sign) != text else ""
    if not binding.name.startswith("target:"):
        return ""
    target = parse_target(text)
    if target.comparator == QUALITATIVE:
        return f"{QUALITATIVE}：{target.value}"
    return " ".join(part for part in (target.comparator, target.value, target.unit) if part)


def problem(binding: Binding, text: str, table: Table | None = None) -> str:
    """A hint in Chinese about a text that is odd in its place, or "". It never prevents."""
    text = text.strip()
    return _problem(binding, text, table) if text else ""


def _problem(binding: Binding, text: str, table: Table | None) -> str:
    found = ""
    match binding.target, binding.name:
        case "field", "year" if not (text.isdecimal() and len(text) == 4):
            found = "年度要写四位数字，例如 2026。"
        case "field", "money_unit" if text not in MONEY_SCALE:
            found = "金额单位一般写“万元”或“元”，写别的无法核对合计。"
        case ("field", name) if name in MONEY_KEYS:
            found = _amount_problem(text, table)
        case (("spending_details" | "items"), "amount"):
            found = _amount_problem(text, table)
        case "share", _:
            found = _share_problem(text)
        case _, "comparator" if read_comparator(text) is None:
            found = f"“{text}”不是 ≥ ≤ ＝ ＞ ＜ 或 定性。"
        case _, "level1" if canonical_level1(text) is None:
            found = f"“{text}”不是通用的一级指标名称，请核对。"
        case _:
            pass
    return found


def _amount_problem(text: str, table: Table | None) -> str:
    if decimal_of(text) is not None:
        return ""
    unit = table.money_unit if table is not None and table.money_unit in MONEY_SCALE else "万元"
    amount = amount_of(text, unit)
    if amount is not None:
        return f"金额单位写在表头，这里只写数字：{amount.normalize():f}（{unit}）。"
    return "这里应当是金额，写数字即可，例如 48.40。"


def _share_problem(text: str) -> str:
    share = percent_of(text)
    if share is None:
        return "这里应当是百分数，例如 25 或 25%。"
    return "" if 0 <= share <= 100 else "百分数应当在 0 到 100 之间。"
