"""Text against numbers (T1): what the goal says and what the indicators say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from jixiao.model.checks.findings import CellRef, Note
from jixiao.model.checks.matching import (
    CERTAIN,
    SURE,
    WEAK,
    agrees,
    closeness,
    comparable,
    core_of,
    in_unit_of,
)
from jixiao.model.checks.money import field_sum, money_unit
from jixiao.model.checks.view import Line, Place, View
from jixiao.model.numbers import in_unit, plain
from jixiao.model.numerals import Quantity, quantities
from jixiao.model.vocabulary import INTEGER_UNITS, MONEY_SCALE

_GOAL_FIELDS = ("annual_goal", "total_goal", "funds_purpose")
_MOST = 6
_NO_OUTPUT = re.compile(
    r"基础上|已|"
    r"方面|层面|维度|环节|平台|联系|机关|重点|原则|目标|意识|阶段|领域|以内|左右|第|届|编制|在职|退休|部门预算|系列|季度$|月$|年$|比上年|同比|上年|去年|增长|下降"
)
_TOTAL_WORDS = re.compile(
    r"(?:项目(?:预算|资金|金额|经费|总额|共需?|合计|总计|所需)"
    r"|预算(?:资金|金额|安排|总额)|资金总额|申请(?:预算|资金|经费)|年度预算)(?:资金|经费|共|共计|合计|计|为|是|约)*$"
)


class _Said(NamedTuple):
    """A quantity in a text of a table."""

    place: Place
    quantity: Quantity

    @property
    def quote(self) -> str:
        """The words with the number, as a message quotes them."""
        quantity = self.quantity
        if "日" in quantity.text:
            return quantity.text
        before = quantity.before if len(quantity.before) <= 16 else "…" + quantity.before[-15:]
        return f"{before}{quantity.text}{quantity.after[:10]}"


class _Compared(NamedTuple):
    """Quantities that have an indicator, indicators without a quantity, and what differs."""

    matched: set[int]
    free: list[Line]
    notes: list[Note]


def quantities_in(places: Iterable[Place]) -> list[_Said]:
    """The quantities of some texts, each with the text in which it stands."""
    return [_Said(place, q) for place in places for q in quantities(place.text)]


def goal_places(view: View) -> list[Place]:
    """The texts that set the goal of the year."""
    fields = view.table.fields
    places = [Place(None, None, key, fields[key]) for key in _GOAL_FIELDS if fields.get(key)]
    places += [
        Place("items", index, "annual_goal", item.annual_goal)
        for index, item in enumerate(view.table.items)
        if item.annual_goal
    ]
    return places


def _other_places(view: View) -> list[Place]:
    """Tasks and details, whose numbers may be those of an indicator but need not."""
    table = view.table
    places = [Place("tasks", i, "content", task.content) for i, task in enumerate(table.tasks)]
    for i, row in enumerate(table.spending_details):
        places += [
            Place("spending_details", i, name, getattr(row, name))
            for name in ("content", "detail", "basis")
        ]
    return [place for place in places if place.text]


def check_numbers(view: View) -> Iterator[Note]:
    """T1 in one table: a number of the text differs from its indicator's, or has none."""
    goals = quantities_in(goal_places(view))
    said = goals + quantities_in(_other_places(view))
    if said:
        compared = compare(said, view.lines)
        yield from compared.notes
        yield from _amount_of_project(view, goals)
        if view.lines and view.settings.report_unfounded:
            yield from unfounded(goals, compared)


def compare(said: Sequence[_Said], lines: Sequence[Line]) -> _Compared:
    """Which quantities have an indicator, and which indicators say otherwise.

    A weak likeness counts only where neither the number nor the indicator has another.
    """
    claims: list[tuple[int, Decimal, list[int]]] = []
    claimants: Counter[int] = Counter()
    for position, (_, quantity) in enumerate(said):
        close = [(closeness(quantity, line), n) for n, line in enumerate(lines)]
        best = max((score for score, _ in close), default=Decimal(0))
        if best >= WEAK:
            # A name that is word for word the same leaves no room for another.
            least = best if best >= 1 else min(best, SURE)
            near = [n for score, n in close if score >= least]
            claims.append((position, best, near))
            claimants.update(near)
    settled: set[int] = set()
    against: dict[int, list[int]] = {}
    for position, best, near in claims:
        quantity = said[position].quantity
        agreed = [n for n in near if agrees(quantity, lines[n])]
        settled.update(agreed)
        alone = len(near) == 1 and (best >= SURE or claimants[near[0]] == 1)
        if not agreed and not quantity.part and (alone or best >= CERTAIN):
            for n in near:
                against.setdefault(n, []).append(position)
    notes = [
        _conflict([said[p] for p in positions], lines[n])
        for n, positions in against.items()
        if n not in settled
    ]
    free = [line for n, line in enumerate(lines) if not claimants[n]]
    return _Compared({position for position, _, _ in claims}, free, notes)


def _conflict(sources: Sequence[_Said], line: Line) -> Note:
    quotes = "、".join(dict.fromkeys(f"“{source.quote}”" for source in sources[:2]))
    where = "目标" if sources[0].place.field.endswith("goal") else sources[0].place.label
    message = f"{where}写{quotes}，指标{line.title}写“{line.target}”。"
    hint = "请核对哪一个是对的，使目标与指标一致。"
    cells = tuple(dict.fromkeys(source.place.cell for source in sources))
    said = dict.fromkeys(_in_unit_of(source.quantity, line) for source in sources)
    # Which of the two is right, only a person knows: nothing is proposed.
    note = line.note("value", message, hint, matter="number", cells=cells)
    return replace(note, about=(*said, line.row.value))


def _in_unit_of(quantity: Quantity, line: Line) -> str:
    """The number of a text as the indicator would write it (1.2万户 as 12000)."""
    times = 1 if quantity.unit in MONEY_SCALE else quantity.times
    return plain(in_unit_of(quantity, line) * times)


def _amount_of_project(view: View, goals: Sequence[_Said]) -> Iterator[Note]:
    """项目预算48万元 in the goal of a project of 48.4 万元."""
    amount = field_sum(view.table, "project_amount")
    if amount is None or view.table.kind != "project":
        return
    unit = money_unit(view.table)
    for source in goals:
        quantity = source.quantity
        stated = quantity.unit in MONEY_SCALE and _TOTAL_WORDS.search(quantity.before)
        if not stated or quantity.part:
            continue
        if in_unit(quantity.number, quantity.unit, unit) != amount.amount:
            message = f"目标写“{source.quote}”，项目金额是 {amount.text} {unit}。"
            cells = (CellRef(None, None, "project_amount"),)
            yield source.place.note(message, "请核对金额。", matter="amount", cells=cells)
            return


def _is_output(quantity: Quantity) -> bool:
    """Whether a number in a goal promises something that an indicator could measure."""
    if quantity.part or quantity.unit in MONEY_SCALE:
        return False
    if quantity.unit not in INTEGER_UNITS and quantity.unit != "%":
        return False
    if quantity.numeral and quantity.number < 3 and quantity.unit in {"个", "项", "批", "支"}:
        return False
    around = quantity.before[-8:] + quantity.after[:6]
    return len(around) >= 2 and _NO_OUTPUT.search(around) is None


def _stands_for(quantity: Quantity, line: Line) -> bool:
    """Whether an indicator that no number was matched to can be the one of this number.

    Either the units are alike, or it is named in the same clause (120块 beside 120台).
    """
    if line.number is None or not agrees(quantity, line):
        return False
    named = core_of(line.name) in quantity.before + quantity.after
    return named or comparable(quantity, line)


def unfounded(goals: Sequence[_Said], compared: _Compared) -> Iterator[Note]:
    """Numbers of the goal that no indicator measures, told once a text.

    An indicator that no number was matched to, with the same number and a like unit, is taken for
    it whatever its name.
    """
    by_place: dict[Place, list[str]] = {}
    for position, source in enumerate(goals):
        quantity = source.quantity
        if position in compared.matched or not _is_output(quantity):
            continue
        if not any(_stands_for(quantity, line) for line in compared.free):
            by_place.setdefault(source.place, []).append(f"“{source.quote}”")
    for place, quotes in by_place.items():
        listed = "".join(dict.fromkeys(quotes[:_MOST])) + ("等" if len(quotes) > _MOST else "")
        message = f"目标写{listed}，没有相应的指标。"
        hint = "重要的请补一个指标，不重要的可以不写进目标。"
        yield place.note(message, hint, severity="hint", matter="unfounded")
