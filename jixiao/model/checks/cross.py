"""Rules that look at all tables of an agency and year: M2, S7, T9."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jixiao.model.checks.findings import Note
from jixiao.model.checks.matching import core_of
from jixiao.model.checks.money import Sum, differ, field_sum, money_unit
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.similar import longest_common, similarity
from jixiao.model.checks.view import Line, View, short
from jixiao.model.numbers import amount_of, in_unit, plain
from jixiao.model.numerals import quantities
from jixiao.model.table import Table
from jixiao.model.vocabulary import fold_width

_NAME_NOISE = re.compile(
    r"[\s“”\"《》（）()、，,。:：-]|^\d+[.、]|20\d\d年度?|项目$|经费$|资金$|专项$"
)


def _groups(views: Sequence[View], kind: str) -> list[tuple[int, View]]:
    return [(i, view) for i, view in enumerate(views) if view.table.kind == kind]


# --- M2 --------------------


def check_projects_sum(views: Sequence[View]) -> Iterator[tuple[int, Note]]:
    """M2: the amounts of an agency's projects of one year make its department's 项目支出.

    Says nothing where there is no project table.
    """
    projects = [view.table for _, view in _groups(views, "project")]
    for position, view in _groups(views, "department"):
        if projects:
            yield from ((position, note) for note in _m2(view.table, projects))


def _m2(department: Table, projects: Sequence[Table]) -> Iterator[Note]:
    unit = money_unit(department)
    spent = field_sum(department, "project_expenditure")
    amounts: list[Decimal] = []
    missing: list[str] = []
    for project in projects:
        text = project.fields.get("project_amount", "")
        amount = amount_of(text, money_unit(project))
        if amount is None and text.strip():
            return
        if amount is None:
            missing.append(project.name or "未命名项目")
        else:
            amounts.append(in_unit(amount, money_unit(project), unit))
    if spent is None or not amounts or sum(amounts) == spent.amount:
        return
    total = sum(amounts, Decimal())
    label = f"{len(amounts)} 张项目表的项目金额合计"
    hint = "请核对各项目金额与部门的项目支出。"
    if total < spent.amount:
        hint = "请核对各项目金额；如果还有项目没有填表，请补上。"
    if missing:
        hint += f"没有填写金额的项目：{'、'.join(missing)}。"
    message = differ(Sum(label, total, plain(total)), spent, unit)
    yield Note(message, hint, "project_expenditure")


def check_listed_amounts(views: Sequence[View]) -> Iterator[tuple[int, Note]]:
    """M2 for single projects: the amount in the summary and that of the project's own table."""
    stated: dict[str, View | None] = {}
    for _, view in _groups(views, "project"):
        name = _name_key(view.table.fields.get("project_name", ""))
        # Two tables of one name leave it undecided which of them is listed.
        stated[name] = None if name in stated else view
    for position, view in _groups(views, "summary"):
        unit = money_unit(view.table)
        for index, item in enumerate(view.table.items):
            other = stated.get(_name_key(item.name))
            listed = amount_of(item.amount, unit)
            if other is None or listed is None:
                continue
            amount = field_sum(other.table, "project_amount")
            if amount and in_unit(amount.amount, money_unit(other.table), unit) != listed:
                message = (
                    f"“{short(item.name)}”在汇总表写 {item.amount.strip()} {unit}，"
                    f"项目表的项目金额是 {amount.text} {money_unit(other.table)}。"
                )
                hint = "请核对两处金额，使其一致。"
                yield position, Note(message, hint, "amount", "items", index)


def check_money_across(views: Sequence[View]) -> Iterator[tuple[int, Note]]:
    """M2: the projects' amounts against the department's and against the summary's."""
    yield from check_projects_sum(views)
    yield from check_listed_amounts(views)


# --- S7 --------------------


def _name_key(name: str) -> str:
    key = fold_width(name)
    previous = ""
    while key != previous:
        previous, key = key, _NAME_NOISE.sub("", key)
    return key or fold_width(name)


def check_projects_listed(views: Sequence[View]) -> Iterator[tuple[int, Note]]:
    """S7: a project of the summary has no table of its own, or the reverse."""
    projects, summaries = _groups(views, "project"), _groups(views, "summary")
    if not projects or not summaries:
        return
    tabled: dict[str, str] = {}
    for _, view in projects:
        for key in ("project_name", "parent_fund_name"):
            name = view.table.fields.get(key, "")
            if name:
                tabled[_name_key(name)] = name
    listed: set[str] = set()
    for position, view in summaries:
        for index, item in enumerate(view.table.items):
            key = _name_key(item.name)
            listed.add(key)
            if item.name.strip() and key not in tabled:
                message = f"汇总表列有“{short(item.name)}”，没有它的项目绩效目标表。"
                hint = "请补上项目表；如果名称不同，请统一为预算里的名称。"
                yield position, Note(message, hint, "name", "items", index)
    for position, view in projects:
        names = [view.table.fields.get(k, "") for k in ("project_name", "parent_fund_name")]
        if any(names) and not any(_name_key(name) in listed for name in names if name):
            message = f"项目“{short(view.table.name)}”有绩效目标表，汇总表里没有列出。"
            yield position, Note(message, "请补进汇总表，或统一名称。", "project_name")


# --- T9 --------------------

_OBJECTS = frozenset({"个", "项", "件", "条"})
_LOCAL = re.compile(r"满意|费|成本|金额|经费|率$")


class _Known:
    """An indicator of one of the tables, with the table it stands in."""

    __slots__ = ("core", "line", "position", "view")

    def __init__(self, position: int, view: View, line: Line) -> None:
        self.position, self.view, self.line = position, view, line
        self.core = core_of(line.name)


def check_same_thing(views: Sequence[View]) -> Iterator[tuple[int, Note]]:
    """T9: the same thing with another unit or number in another table, told at the later one."""
    known = [
        _Known(position, view, line)
        for position, view in enumerate(views)
        for line in view.lines
        if line.counts and line.number is not None and not _LOCAL.search(line.name)
    ]
    for n, second in enumerate(known):
        for first in known[:n]:
            if first.position == second.position:
                continue
            note = _other_number(first, second) or _other_unit(first, second)
            if note:
                yield second.position, note
                break
        else:
            note = _unit_in_text(second, views)
            if note:
                yield second.position, note


def _where(view: View) -> str:
    return "部门表" if view.table.kind == "department" else f"项目“{short(view.table.name)}”"


def _other_number(first: _Known, second: _Known) -> Note | None:
    """The same name and unit, another number."""
    if first.line.unit != second.line.unit or first.line.number == second.line.number:
        return None
    kinds = {first.view.table.kind, second.view.table.kind}
    same = first.line.name == second.line.name
    if len(first.core) < 4 or not (same or first.core == second.core):
        return None
    if "department" in kinds and first.line.row.comparator == "≥" and not same:
        return None
    message = (
        f"{second.line.title}在本表写“{second.line.target}”，在{_where(first.view)}"
        f"写“{first.line.target}”。"
    )
    return second.line.note("value", message, "如果说的是一回事，请统一。")


def _other_unit(first: _Known, second: _Known) -> Note | None:
    """The same number of the same thing, counted in another unit (10 项 and 10 件)."""
    one, other = first.line, second.line
    if one.unit == other.unit or one.number != other.number or one.number == 1:
        return None
    if not {one.unit, other.unit} <= _OBJECTS or not _same_object(first.core, second.core):
        return None
    message = (
        f"{other.title}的单位是“{other.unit}”，同样的 {one.row.value} {one.unit}"
        f"在{_where(first.view)}写作{one.title}。"
    )
    return other.note("unit", message, "同一件事请用同一个单位。")


def _same_object(first: str, second: str) -> bool:
    if similarity(first, second) >= Decimal("0.8"):
        return True
    common = longest_common(first, second)
    return len(common) >= 4 and len(common) * 10 >= min(len(first), len(second)) * 6


def _unit_in_text(known: _Known, views: Sequence[View]) -> Note | None:
    """The goal of another table counts the same number of the same thing in another unit."""
    line = known.line
    if line.unit not in _OBJECTS or line.number == 1:
        return None
    for position, view in enumerate(views):
        if position == known.position:
            continue
        for quantity in quantities(view.table.fields.get("annual_goal", "")):
            if (
                quantity.number != line.number
                or quantity.unit == line.unit
                or quantity.unit not in _OBJECTS
            ):
                continue
            if _same_object(core_of(quantity.before), known.core):
                quote = short(quantity.before[-10:] + quantity.text)
                message = f"{line.title}的单位是“{line.unit}”，{_where(view)}的目标写“{quote}”。"
                return line.note("unit", message, "同一件事请用同一个单位。")
    return None


RULES = (
    Rule(
        "M2",
        "项目金额合计与项目支出不等",
        "适当性",
        "error",
        "sure",
        "arithmetic",
        None,
        check_money_across,
    ),
    Rule(
        "S7", "汇总与项目表不相符", "完整性", "error", "sure", "form", None, check_projects_listed
    ),
    Rule(
        "T9", "同一件事各表写法不同", "规范性", "hint", "heuristic", "seen", None, check_same_thing
    ),
)
