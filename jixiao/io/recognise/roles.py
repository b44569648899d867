"""Which column holds what: every column a score for every role, and the best of all together.

A role is told by what stands in the column and, weaker, by its head. The margin to the best
assignment in which a column has another role says how sure the column is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from jixiao.io.paper.page.clean import squeeze
from jixiao.io.recognise.kinds import Kind, kind_of
from jixiao.io.recognise.likeness import bare, most_alike
from jixiao.model.columns import KEPT
from jixiao.model.numbers import decimal_of

NONE = ""
TEXT_ROLES = tuple(
    spec.column
    for spec in KEPT["indicators"]
    if spec.name and spec.kind in {"text", "long"} and spec.column != "level3"
)
"""The columns of an indicator that hold words about it; their heads tell them apart."""
_NONE = 0.8
_EXACT = 6.0
_NEVER = -99.0

Scores = dict[str, float]


@dataclass(frozen=True)
class Column:
    """What a column shows: its heads, and the texts that begin in it.

    ``rows`` is the number of rows of the block, ``covered`` of those that a text of this column
    covers, ``alone`` of those in which nothing but this column's text and levels stand.
    """

    head: str
    group: str
    texts: tuple[str, ...]
    rows: int
    covered: int
    place: int
    runs_left: bool = False

    @cached_property
    def kinds(self) -> list[Kind]:
        """The kinds of its texts."""
        return [kind_of(text) for text in self.texts]

    def share(self, test: Callable[[Kind], bool]) -> float:
        """The share of its texts for which something holds."""
        return sum(map(test, self.kinds)) / len(self.kinds) if self.kinds else 0.0

    @property
    def own(self) -> float:
        """The share of the block's rows in which a text begins."""
        return min(1.0, len(self.texts) / self.rows) if self.rows else 0.0

    @property
    def run(self) -> float:
        """The share of rows that are covered from above."""
        return max(0, self.covered - len(self.texts)) / self.rows if self.rows else 0.0

    @property
    def distinct(self) -> float:
        """The share of its texts that differ from each other."""
        return len(set(self.texts)) / len(self.texts) if self.texts else 0.0

    @property
    def counts(self) -> bool:
        """True for a running number."""
        numbers = [t for t in self.texts if t.isdigit()]
        return len(numbers) > 2 and numbers == [str(i + 1) for i in range(len(numbers))]

    @property
    def sums_to_hundred(self) -> bool:
        """True when its numbers, each no more than a weight, add up to 100 (or to 90 or 50)."""
        numbers = [n for t in self.texts if (n := decimal_of(t.rstrip("分%"))) is not None]
        return (
            len(numbers) > 2
            and all(0 < n <= 60 for n in numbers)
            and sum(numbers) in (100, 90, 80, 50)
        )


def indicator_content(column: Column, other_time: bool) -> Scores:
    """How well the texts of a column of indicators fit each role."""
    first, second = column.share(lambda k: k.first), column.share(lambda k: k.second)
    number, sign = column.share(lambda k: k.number), column.share(lambda k: k.sign)
    unit, joined = column.share(lambda k: k.unit), column.share(lambda k: k.joined)
    long, short = column.share(lambda k: k.long), column.share(lambda k: k.short)
    level = column.share(lambda k: k.level)
    real = any(k.unit and not k.none for k in column.kinds)
    under = first if column.runs_left else 0.0
    sparse = 1.0 if column.own < 0.6 and column.texts else -1.0
    no_level = 5 * (number + sign + unit + joined) + 3 * long
    wordy = sum(map(len, column.texts)) > 28 * max(1, len(column.texts))
    text = -1 + 0.3 * long - 2 * (level + number + joined) - 3 * sign
    level1 = 6 * first - 1.5 * max(0.0, second - first) + 1.2 * column.run + sparse
    level2 = 6 * max(second, under) - 1.5 * max(0.0, first - second - under) + 0.8 * column.run
    level3 = 4 * (short + long) * column.distinct * column.own - 5 * (level + number + sign + unit)
    measured = 6 * unit * real - 5 * (number + sign + level) - 3 * long - 2 * joined - 1.5 * short
    value = 4.5 * number + 5 * joined + 0.5 * (short - long) - 5 * level - 4 * (sign + unit)
    return {
        "level1": level1 - no_level - 0.25 * column.place,
        "level2": level2 + 0.7 * sparse - no_level - 0.2 * column.place,
        "level3": level3 - 2 * joined - 1.5 * wordy,
        "comparator": 7 * sign - 4 * (1 - sign) if column.texts else -1.0,
        "unit": measured - 4 * other_time if column.texts else -3.0,
        "value": value - 6 * other_time - 5 * column.counts - 2 * column.sums_to_hundred,
        **dict.fromkeys(TEXT_ROLES, text),
    }


def names_with_values(column: Column) -> float:
    """The share of texts that are a name with its value behind it (培训人数≥300人)."""
    from jixiao.io.recognise.targets import split_named

    parted = [split_named(squeeze(text)) for text in column.texts]
    good = [1 for name, value in parted if len(name) > 1 and kind_of(value).joined]
    return len(good) / len(parted) if parted else 0.0


def head_scores(
    key: str, group: str, words: Mapping[str, str], meaning: Callable[[str], str | None]
) -> Scores:
    """What a head speaks for, from 0 to ``_EXACT``; exactly known, hardly anything else.

    Args:
        key: The head's key.
        group: The key of the head above it that covers several, or "".
        words: Head word → role.
        meaning: The role of a head that is known, "" for one that is none, None if unknown.
    """
    known = meaning(key)
    if known is None and bare(key) != key:
        known = meaning(bare(key))
    if known is not None:
        alike = most_alike(bare(key), words)
        return {**{role: min(0.3, 4 * s * s) for role, s in alike.items()}, known: _EXACT}
    alike = most_alike(bare(key), words, heads=True) if key else {}
    found = {role: 4 * s * s for role, s in alike.items() if s >= 0.65 or role not in TEXT_ROLES}
    if group:
        for role, score in head_scores(group, "", words, meaning).items():
            if role:
                found[role] = max(found.get(role, 0.0), 0.7 * score)
    return found


def score(column: Column, heads: Scores, content: Scores) -> Scores:
    """The score of a column for each role, "" for none of them."""
    found = {NONE: _NONE + heads.get(NONE, 0.0)}
    weight = {1: 0.5, 2: 0.8}.get(column.rows, 1.0)  # few rows say less than a head does
    for role, told in content.items():
        head = heads.get("value", 0.0) if role == "target" else heads.get(role, 0.0)
        found[role] = told * weight + head * (1.6 if role in TEXT_ROLES else 1.0)
    return found


@dataclass
class Assignment:
    """The role of each column, with its margin and the role that it would have else."""

    roles: list[str]
    margins: list[float]
    others: list[str]
    total: float
    scores: list[Scores] = field(default_factory=list[Scores])


@dataclass(frozen=True)
class Rules:
    """What holds between roles: those that come in order, those that must be."""

    order: tuple[str, ...] = ()
    after: frozenset[str] = frozenset()
    needed: tuple[frozenset[str], ...] = ()

    def cost(self, role: str, used: frozenset[str]) -> float:
        """What a role costs right of others; ``_NEVER`` if one of them excludes it."""
        if role == NONE:
            return 0.0
        if role in used:
            return _NEVER
        if role not in self.order:
            return 0.0
        later = any(o in used for o in self.order[self.order.index(role) + 1 :])
        right = sum(o in self.after for o in used)
        return -2.5 * later - (1.0 if role == self.order[-1] else 0.3) * right

    def lack(self, used: frozenset[str]) -> float:
        """What it costs that no column has a role that must be there."""
        return -5.0 * sum(1 for some in self.needed if not some & used)


INDICATOR_RULES = Rules(
    ("level1", "level2", "level3"),
    frozenset({"comparator", "value", "unit"}),
    (frozenset({"level3"}),),
)


def assign(scores: Sequence[Scores], rules: Rules) -> Assignment:
    """The best assignment of roles to columns, each role once, with margins."""
    must = frozenset[str]().union(*rules.needed)
    options = [
        {r: s for r, s in one.items() if r == NONE or s > one[NONE] - (6 if r in must else 1.5)}
        for one in scores
    ]
    ways = _Ways(options, rules)
    roles, margins, others = list[str](), list[float](), list[str]()
    used: frozenset[str] = frozenset()
    for number in range(len(options)):
        role, used = ways.next_of(number, used)
        by_role = ways.totals[number]
        rest = {r: total for r, total in by_role.items() if r != role}
        other = max(rest, key=lambda r: rest[r], default=NONE)
        roles.append(role)
        others.append(other)
        margins.append(ways.best - rest[other] if rest else 99.0)
    return Assignment(roles, margins, others, ways.best, list(scores))


class _Ways:
    """All assignments, summed up by the roles that are used left and right of a column."""

    def __init__(self, options: Sequence[Scores], rules: Rules) -> None:
        self.options = options
        self.rules = rules
        left: list[dict[frozenset[str], float]] = [{frozenset(): 0.0}]
        for number in range(len(options)):
            reached: dict[frozenset[str], float] = {}
            for used, total in left[-1].items():
                for _, value, now in self._steps(number, used):
                    reached[now] = max(reached.get(now, _NEVER), total + value)
            left.append(reached)
        self.right = [{used: rules.lack(used) for used in left[-1]}]
        self.totals: list[Scores] = []
        for number in range(len(options) - 1, -1, -1):
            rest: dict[frozenset[str], float] = {}
            by_role: Scores = {}
            for used, total in left[number].items():
                for role, value, now in self._steps(number, used):
                    onward = value + self.right[0][now]
                    rest[used] = max(rest.get(used, _NEVER), onward)
                    by_role[role] = max(by_role.get(role, _NEVER), total + onward)
            self.right.insert(0, rest)
            self.totals.insert(0, by_role)
        self.best = self.right[0][frozenset()]

    def _steps(
        self, number: int, used: frozenset[str]
    ) -> Iterator[tuple[str, float, frozenset[str]]]:
        for role, value in self.options[number].items():
            cost = self.rules.cost(role, used)
            if cost != _NEVER:
                yield role, value + cost, used if role == NONE else used | {role}

    def next_of(self, number: int, used: frozenset[str]) -> tuple[str, frozenset[str]]:
        """The role of a column in the best assignment, and the roles used then."""
        steps = self._steps(number, used)
        role, _, now = max(steps, key=lambda step: step[1] + self.right[number + 1][step[2]])
        return role, now
