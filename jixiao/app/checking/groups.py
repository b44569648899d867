"""How findings are listed: by table or by severity, with what repeats itself as one group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from jixiao.app.checking.checking import TableFinding, counts, name_of
from jixiao.model.checks import RULE_BY_ID, SEVERITIES, SEVERITY_RANK, Severity
from jixiao.model.table import Table

Order = Literal["table", "severity"]
LEAST_ALIKE = 3
"""So many findings that say the same of different cells are listed as one group."""
LEAST_OF_RULE = 4
"""So many findings of one rule, whatever they say, are listed as one group."""
_SEVERAL = "几张表里的同类问题"
_IGNORED = "已忽略"


@dataclass(frozen=True, slots=True)
class Totals:
    """How many findings there are: open ones by severity, ignored ones, and sure fixes."""

    open: Mapping[Severity, int]
    ignored: int = 0
    sure: int = 0

    @property
    def all_open(self) -> int:
        """All open ones."""
        return sum(self.open.values())


def totals_of(found: Sequence[TableFinding]) -> Totals:
    """The totals of findings."""
    return Totals(
        counts(found),
        sum(not one.open for one in found),
        sum(one.open and one.finding.sure for one in found),
    )


def sum_of(totals: Iterable[Totals]) -> Totals:
    """Several totals together."""
    every = tuple(totals)
    return Totals(
        {severity: sum(one.open[severity] for one in every) for severity in SEVERITIES},
        sum(one.ignored for one in every),
        sum(one.sure for one in every),
    )


@dataclass(frozen=True)
class Group:
    """Findings that are much the same.

    Attributes:
        key: What tells it from other groups, also after another check.
        title: What is said of all of them.
        alike: Whether they say the same, each of its own row; else ``title`` is the rule's.
        members: At least ``LEAST_ALIKE`` findings, in the order of the tree.
    """

    key: tuple[object, ...]
    title: str
    alike: bool
    members: tuple[TableFinding, ...]

    @property
    def rule(self) -> str:
        """The id of their rule."""
        return self.members[0].finding.rule

    @property
    def severity(self) -> Severity:
        """Their severity."""
        return self.members[0].finding.severity

    @property
    def fixable(self) -> tuple[TableFinding, ...]:
        """Those that a click mends."""
        return tuple(one for one in self.members if one.finding.edits)

    @property
    def tables(self) -> int:
        """In how many tables they stand."""
        return len({one.table_id for one in self.members})

    @property
    def fix(self) -> str | None:
        """What every click would write where it is the same everywhere."""
        texts = {one.finding.fix for one in self.fixable}
        return texts.pop() if len(texts) == 1 else None


@dataclass(frozen=True)
class Section:
    """A part of the list; the title is empty where there is no need of one."""

    title: str
    entries: tuple[TableFinding | Group, ...]

    @property
    def findings(self) -> list[TableFinding]:
        """Its findings one by one, in the order in which they are listed."""
        return [
            one
            for entry in self.entries
            for one in (entry.members if isinstance(entry, Group) else (entry,))
        ]


def arrange(found: Sequence[TableFinding], order: Order = "table") -> list[Section]:
    """Findings in the order in which they are listed.

    Args:
        found: Table after table, the gravest of each first; ignored ones are put last.
        order: By table, what repeats itself in several tables before; or by severity.
    """
    open_ones = [one for one in found if one.open]
    groups = _groups(open_ones)
    sections = (_by_table if order == "table" else _by_severity)(open_ones, groups)
    ignored = tuple(one for one in found if not one.open)
    if ignored:
        sections.append(Section(_IGNORED, ignored))
    return sections


def _by_table(found: Sequence[TableFinding], groups: dict[int, Group]) -> list[Section]:
    several = [group for group in _once(groups.values()) if group.tables > 1]
    several.sort(key=lambda group: SEVERITY_RANK[group.severity])
    wide = {id(one) for group in several for one in group.members}
    by_table: dict[int, list[TableFinding]] = defaultdict(list)
    for one in found:
        if id(one) not in wide:
            by_table[one.table_id].append(one)
    sections = [Section(_SEVERAL, tuple(several))] if several else []
    places = {(one.table.agency, one.table.year) for one in found}
    sections += [
        Section(_title(own[0].table, of_several=len(places) > 1), _entries(own, groups))
        for own in by_table.values()
    ]
    return sections


def _title(table: Table, *, of_several: bool) -> str:
    if not of_several:
        return name_of(table)
    year = f"{table.year}" if table.year is not None else "年度未定"
    return f"{table.agency or '单位未定'} {year}  {name_of(table)}"


def _by_severity(found: Sequence[TableFinding], groups: dict[int, Group]) -> list[Section]:
    sections: list[Section] = []
    for severity, word in SEVERITIES.items():
        own = [one for one in found if one.finding.severity == severity]
        if own:
            sections.append(Section(word, _entries(own, groups)))
    return sections


def _entries(
    found: Iterable[TableFinding], groups: dict[int, Group]
) -> tuple[TableFinding | Group, ...]:
    """Findings in their order, a group where its first member stood."""
    entries: list[TableFinding | Group] = []
    listed: set[object] = set()
    for one in found:
        group = groups.get(id(one))
        if group is None:
            entries.append(one)
        elif group.key not in listed:
            listed.add(group.key)
            entries.append(group)
    return tuple(entries)


def _groups(found: Sequence[TableFinding]) -> dict[int, Group]:
    """The group of each finding that has one, by the finding's identity.

    Over several tables only what one click mends everywhere; within a table whatever repeats.
    """
    result: dict[int, Group] = {}
    rest: dict[int, list[TableFinding]] = defaultdict(list)
    for alike, members in _alike(found).items():
        group = _group((), alike, members)
        wide = (
            bool(alike.about)
            and group.tables > 1
            and len(group.fixable) == len(members)
            and group.fix is not None
        )
        if wide and len(members) >= LEAST_ALIKE and members[0].finding.sure:
            result |= {id(one): group for one in members}
        else:
            for one in members:
                rest[one.table_id].append(one)
    for table_id, own in rest.items():
        own.sort(key=lambda one: SEVERITY_RANK[one.finding.severity])
        result |= _groups_of_table(table_id, own)
    return result


def _groups_of_table(table: int, found: Sequence[TableFinding]) -> dict[int, Group]:
    result: dict[int, Group] = {}
    rest: dict[_Alike, list[TableFinding]] = defaultdict(list)
    for alike, members in _alike(found).items():
        if alike.about and len(members) >= LEAST_ALIKE:
            group = _group((table,), alike, members)
            result |= {id(one): group for one in members}
        else:
            rest[_Alike(alike.rule, alike.severity)] += members
    for alike, members in rest.items():
        if len(members) >= LEAST_OF_RULE:
            group = _group((table,), alike, tuple(members))
            result |= {id(one): group for one in members}
    return result


def _group(where: tuple[int, ...], alike: _Alike, members: tuple[TableFinding, ...]) -> Group:
    """A group of one table, or of several where ``where`` is empty."""
    said = members[0].finding.said if alike.about else ""
    return Group((*where, *alike), said or RULE_BY_ID[alike.rule].title, bool(said), members)


class _Alike(NamedTuple):
    """What findings have in common that say the same of their cells."""

    rule: str
    severity: Severity
    field: str = ""
    about: tuple[str, ...] = ()


def _alike(found: Sequence[TableFinding]) -> dict[_Alike, tuple[TableFinding, ...]]:
    """Findings by what they say of their cells; without ``about`` only by their rule."""
    alike: dict[_Alike, list[TableFinding]] = defaultdict(list)
    for one in found:
        finding = one.finding
        key = _Alike(finding.rule, finding.severity)
        if finding.about:
            key = key._replace(field=finding.field, about=finding.about)
        alike[key].append(one)
    return {key: tuple(members) for key, members in alike.items()}


def _once(groups: Iterable[Group]) -> list[Group]:
    return list({group.key: group for group in groups}.values())
