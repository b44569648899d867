"""Findings that someone looked at and let be, kept as lines of ``Table.notes``.

A finding is known again by its rule, its row's name and its column, not by what it says: it stays
ignored when a sentence is reworded, another cell of the row is mended or a row comes in before it.
The exchange file keeps notes as plain texts, so such a line is one that people read as well:

    已忽略 V12 〈指标.类型〉“活动次数”：上级文件规定不超过 4 次
    已忽略 S3 〈指标.二级〉〔服务对象满意度指标〕：机关内部运转
    已忽略 V7〔本表全部〕：上级系统这样打印

The last lets a rule be in the whole table, whatever it will find. Lines of earlier versions have
the finding's sentence in the place of 〈…〉; they are still read (``_Sentence``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from jixiao.model.checks import Finding
from jixiao.model.fields import label_of, place_name
from jixiao.model.notes import row_title
from jixiao.model.table import ListName, Table

_LINE = re.compile(
    r"已忽略 (?P<rule>[A-Z]\d+) 〈(?P<place>[^〈〉]*)〉"
    r"(?:“(?P<name>[^“”]*)”(?:（第(?P<nth>\d+)个）)?)?"
    r"(?:〔(?P<matter>[^〔〕]*)〕)?：(?P<reason>.*)",
    re.DOTALL,
)
_SENTENCE = re.compile(
    r"已忽略 (?P<rule>[A-Z]\d+)(?: (?P<what>指标|栏目)“(?P<name>[^“”]*)”)?"
    r"〔(?P<message>.*?)〕：(?P<reason>.*)",
    re.DOTALL,
)
_QUOTES = str.maketrans("“”", "‘’")
_ANGLES = str.maketrans("〈〉", "()")
_BRACKETS = str.maketrans("〔〕", "（）")
_SHOWN = 24
_WHOLE = "本表全部"


class Mark(NamedTuple):
    """By what a finding of a table is known again.

    Attributes:
        rule: The rule's id.
        place: The field, or the list and its column (指标.类型).
        name: What the row is called; None for a header field or a list as a whole.
        nth: How manieth of the rows of this name it is, from 1.
        matter: Which of several things the rule may find there.
    """

    rule: str
    place: str
    name: str | None = None
    nth: int = 1
    matter: str = ""


class _Sentence(NamedTuple):
    """What a line of an earlier version says: the rule, and the sentence of the finding."""

    rule: str
    message: str
    what: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A line about an ignored finding.

    Attributes:
        about: The finding's mark; the sentence in a line of an earlier version; or the id of a
            rule that is let be in the whole table.
        reason: Why it was let be.
    """

    about: Mark | _Sentence | str
    reason: str


def marks_of(table: Table, findings: Sequence[Finding]) -> list[Mark]:
    """By what each finding of a table is known again."""
    names = _Names(table)
    return [_mark(names, finding) for finding in findings]


def _mark(names: _Names, finding: Finding) -> Mark:
    name, nth = None, 1
    rows = finding.rows
    if rows == "empty_levels":  # a class that has no row yet
        rows = "indicators"
    elif rows is not None and finding.index is not None:
        name, nth = names.of(rows, finding.index)
    place = place_name(rows, finding.field).translate(_ANGLES)
    return Mark(finding.rule, place, name, nth, _line(finding.matter).translate(_BRACKETS))


class _Names:
    """The names of a table's rows, each list looked through once."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._lists: dict[ListName, list[tuple[str, int]]] = {}

    def of(self, rows: ListName, index: int) -> tuple[str, int]:
        """The name of a row, and how manieth of that name it is."""
        if rows not in self._lists:
            count: defaultdict[str, int] = defaultdict(int)
            names: list[tuple[str, int]] = []
            for row in self._table.rows(rows):
                name = _line(row_title(row)).translate(_QUOTES)
                count[name] += 1
                names.append((name, count[name]))
            self._lists[rows] = names
        return self._lists[rows][index]


def ignored_line(mark: Mark, reason: str) -> str:
    """The line of ``Table.notes`` that lets a finding be; line breaks become blanks."""
    name = "" if mark.name is None else f"“{mark.name}”"
    if name and mark.nth > 1:
        name += f"（第{mark.nth}个）"
    matter = f"〔{mark.matter}〕" if mark.matter else ""
    return f"已忽略 {mark.rule} 〈{mark.place}〉{name}{matter}：{_line(reason)}"


def parse_ignored(text: str) -> Ignored | None:
    """What a line of notes says about an ignored finding, None for any other note."""
    match = _LINE.fullmatch(text)
    if match is not None:
        nth = int(match["nth"] or 1)
        mark = Mark(match["rule"], match["place"], match["name"], nth, match["matter"] or "")
        return Ignored(mark, match["reason"])
    match = _SENTENCE.fullmatch(text)
    if match is None:
        return None
    if match["message"] == _WHOLE:
        return Ignored(match["rule"], match["reason"])
    sentence = _Sentence(match["rule"], match["message"], match["what"] or "", match["name"] or "")
    return Ignored(sentence, match["reason"])


def reasons(table: Table, findings: Sequence[Finding]) -> list[str | None]:
    """For each finding the reason why it was let be, None where it was not."""
    lines = [line for text in table.notes if (line := parse_ignored(text)) is not None]
    if not lines:
        return [None] * len(findings)
    known = {line.about: line.reason for line in lines if not isinstance(line.about, _Sentence)}
    reasons: list[str | None] = []
    for mark, finding in zip(marks_of(table, findings), findings, strict=True):
        reasons.append(known.get(mark, known.get(finding.rule)))
    for line in lines:
        if isinstance(line.about, _Sentence):
            for at in _meant(line.about, findings):
                reasons[at] = reasons[at] or line.reason
    return reasons


def _meant(sentence: _Sentence, findings: Sequence[Finding]) -> list[int]:
    """The findings that a line of an earlier version is about: by its sentence, else its row."""
    own = [at for at, finding in enumerate(findings) if finding.rule == sentence.rule]
    same = [
        at for at in own if _line(findings[at].message).translate(_BRACKETS) == sentence.message
    ]
    if same or not sentence.what:
        return same
    return [at for at in own if _old_place(findings[at]) == (sentence.what, sentence.name)]


def _old_place(finding: Finding) -> tuple[str, str]:
    name = _line(finding.indicator).translate(_QUOTES)
    if name:
        return "指标", name if len(name) <= _SHOWN else name[: _SHOWN - 1] + "…"
    if finding.rows is None and finding.field:
        return "栏目", label_of(finding.field).translate(_QUOTES)
    return "", ""


def with_ignored(table: Table, findings: Iterable[Finding], reason: str) -> Table:
    """The table with some of its findings let be; a reason given before is replaced."""
    chosen = tuple(findings)
    kept = without_ignored(table, chosen)
    lines = dict.fromkeys(ignored_line(mark, reason) for mark in marks_of(table, chosen))
    return replace(kept, notes=(*kept.notes, *lines))


def without_ignored(table: Table, findings: Iterable[Finding]) -> Table:
    """The table in which some of its findings count again."""
    chosen = tuple(findings)
    marks = set(marks_of(table, chosen))

    def about_them(line: Ignored) -> bool:
        if isinstance(line.about, _Sentence):
            return bool(_meant(line.about, chosen))
        return line.about in marks

    return _without(table, about_them)


def with_ignored_rule(table: Table, rule: str, reason: str) -> Table:
    """The table in which everything that a rule finds is let be."""
    kept = without_ignored_rule(table, rule)
    return replace(kept, notes=(*kept.notes, f"已忽略 {rule}〔{_WHOLE}〕：{_line(reason)}"))


def without_ignored_rule(table: Table, rule: str) -> Table:
    """The table in which a rule counts again; findings let be one by one stay so."""
    return _without(table, lambda line: line.about == rule)


def ignores_rule(table: Table, rule: str) -> bool:
    """True when everything that a rule finds in a table is let be."""
    return without_ignored_rule(table, rule) is not table


def _without(table: Table, gone: Callable[[Ignored], bool]) -> Table:
    def stays(text: str) -> bool:
        line = parse_ignored(text)
        return line is None or not gone(line)

    notes = tuple(filter(stays, table.notes))
    return table if notes == table.notes else replace(table, notes=notes)


def _line(text: str) -> str:
    return " ".join(text.split())
