"""Findings that someone looked at and let be, kept as lines of ``Table.notes``.

The exchange file keeps notes as plain texts, so such a line is one that people read as well:
已忽略 V12 指标“活动次数”〔“活动次数”用了“≤”。〕：上级文件规定不超过 4 次. The message stands in it
because it names the cell's own words and numbers: when they change, the finding comes back.
已忽略 V7〔本表全部〕：上级系统这样打印 lets a rule be in the whole table, whatever it will find.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from jixiao.model.checks import Finding
from jixiao.model.fields import label_of
from jixiao.model.table import Table

_LINE = re.compile(
    r"已忽略 (?P<rule>[A-Z]\d+)(?: (?:指标|栏目)“[^“”]*”)?〔(?P<message>.*?)〕：(?P<reason>.*)",
    re.DOTALL,
)
_QUOTES = str.maketrans("“”", "‘’")
_BRACKETS = str.maketrans("〔〕", "（）")
_SHOWN = 24
_WHOLE = "本表全部"


@dataclass(frozen=True, slots=True)
class Ignored:
    """A line about an ignored finding.

    Attributes:
        rule: The rule's id.
        message: What the finding said, as the line keeps it.
        reason: Why it was let be.
    """

    rule: str
    message: str
    reason: str


def ignored_line(finding: Finding, reason: str) -> str:
    """The line of ``Table.notes`` that lets a finding be.

    Blanks and line breaks become single blanks, and brackets that would part the line others.
    """
    name = " ".join(finding.indicator.split()).translate(_QUOTES)
    if name:
        name = name if len(name) <= _SHOWN else name[: _SHOWN - 1] + "…"
        place = f" 指标“{name}”"
    elif finding.rows is None and finding.field:
        place = f" 栏目“{label_of(finding.field).translate(_QUOTES)}”"
    else:
        place = ""
    return f"已忽略 {finding.rule}{place}〔{_kept(finding.message)}〕：{' '.join(reason.split())}"


def parse_ignored(text: str) -> Ignored | None:
    """What a line of notes says about an ignored finding, None for any other note."""
    match = _LINE.fullmatch(text)
    return match and Ignored(match["rule"], match["message"], match["reason"])


def reasons(table: Table, findings: Iterable[Finding]) -> list[str | None]:
    """For each finding the reason why it was let be, None where it was not."""
    parsed = [line for text in table.notes if (line := parse_ignored(text)) is not None]
    known = {(line.rule, line.message): line.reason for line in parsed}
    if not known:
        return [None for _ in findings]
    return [
        known.get((finding.rule, _kept(finding.message)), known.get((finding.rule, _WHOLE)))
        for finding in findings
    ]


def with_ignored(table: Table, finding: Finding, reason: str) -> Table:
    """The table with a finding let be; a reason given before is replaced."""
    kept = without_ignored(table, finding)
    return replace(kept, notes=(*kept.notes, ignored_line(finding, reason)))


def without_ignored(table: Table, finding: Finding) -> Table:
    """The table in which a finding counts again."""
    return _without(table, finding.rule, _kept(finding.message))


def with_ignored_rule(table: Table, rule: str, reason: str) -> Table:
    """The table in which everything that a rule finds is let be."""
    kept = _without(table, rule, _WHOLE)
    line = f"已忽略 {rule}〔{_WHOLE}〕：{' '.join(reason.split())}"
    return replace(kept, notes=(*kept.notes, line))


def without_ignored_rule(table: Table, rule: str) -> Table:
    """The table in which a rule counts again; findings let be one by one stay so."""
    return _without(table, rule, _WHOLE)


def ignores_rule(table: Table, rule: str) -> bool:
    """True when everything that a rule finds in a table is let be."""
    return _without(table, rule, _WHOLE) is not table


def _without(table: Table, rule: str, message: str) -> Table:
    def about_it(text: str) -> bool:
        line = parse_ignored(text)
        return line is not None and (line.rule, line.message) == (rule, message)

    notes = tuple(text for text in table.notes if not about_it(text))
    return table if notes == table.notes else replace(table, notes=notes)


def _kept(message: str) -> str:
    return " ".join(message.split()).translate(_BRACKETS)
