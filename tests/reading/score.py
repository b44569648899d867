"""Scores a reading cell by cell: right, flagged, or silently wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from jixiao.io.files.exchange import table_to_json
from jixiao.io.recognise import Reading
from jixiao.io.recognise.heads import ROLE_NAMES
from tests.compare import _norm
from tests.reading.judge import lost
from tests.reading.samples import Sample

META = ("agency", "agency_code", "year", "kind", "title", "money_unit")
SIX = ("level1", "level2", "level3", "comparator", "value", "unit")
TEXTS = ("explanation", "basis", "remark")
LISTS = ("tasks", "items", "spending_details")
_TARGET = frozenset({"comparator", "value", "unit", "target"})


@dataclass
class Score:
    """Numbers of cells and tables; ``lines`` tell about every cell that is not right.

    ``doubted``: right cells that a doubt names. ``sure``: tables without anything to ask;
    ``sure_wrong``: cells of those that are wrong.
    """

    right: int = 0
    doubted: int = 0
    flagged: int = 0
    silent: int = 0
    tables: int = 0
    sure: int = 0
    sure_wrong: int = 0
    doubts: list[int] = field(default_factory=list[int])
    lines: list[str] = field(default_factory=list[str])

    @property
    def cells(self) -> int:
        """All cells that were judged."""
        return self.right + self.flagged + self.silent

    def add(self, other: Score) -> None:
        """Put another score on top of this one."""
        for name in ("right", "doubted", "flagged", "silent", "tables", "sure", "sure_wrong"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.doubts += other.doubts
        self.lines += other.lines


def score(sample: Sample, readings: Sequence[Reading]) -> Score:
    """The score of one draft: tables are paired by name, then in order."""
    total = Score()
    if sample.refuse:
        total.silent = len(readings)
        return total
    readings = [r for r in readings if r.table.kind != "narrative"]
    listed = {_plain(u.text) for reading in readings for u in reading.unplaced}
    for wanted, reading in _pairs(sample.tables, readings):
        one = _Judge(sample, wanted, reading, listed).judge()
        if reading is not None:
            one.tables = 1
            one.doubts = [len(reading.doubts)]
            if is_sure(reading):
                one.sure, one.sure_wrong = 1, one.silent + one.flagged
        total.add(one)
    return total


def is_sure(reading: Reading) -> bool:
    """What the review window would tick (but for the form, which is chosen elsewhere)."""
    told = bool(reading.table.agency) and reading.table.year is not None
    return told and not any(d.text.strip() for d in reading.doubts) and reading.confidence >= 0.9


def _pairs(
    tables: Sequence[dict[str, Any]], readings: Sequence[Reading]
) -> Iterable[tuple[dict[str, Any], Reading | None]]:
    rest = list(readings)
    found: list[Reading | None] = [None] * len(tables)
    if len(tables) == len(rest):
        found, rest = list(rest), []
    for number, table in enumerate(tables):
        name = _name(table)
        if found[number] is None and name:
            same = (r for r in rest if _name(table_to_json(r.table)) == name)
            found[number] = next(same, None)
            rest = [r for r in rest if r is not found[number]]
    for number in range(len(tables)):
        if found[number] is None and rest:
            found[number] = rest.pop(0)
    yield from zip(tables, found, strict=True)
    for reading in rest:
        yield {"fields": {}}, reading


def _name(table: dict[str, Any]) -> str:
    fields = table.get("fields") or {}
    return fields.get("project_name") or fields.get("department_name") or ""


class _Judge:
    def __init__(
        self,
        sample: Sample,
        wanted: dict[str, Any],
        reading: Reading | None,
        listed: set[str],
    ) -> None:
        self.sample = sample
        self.wanted = wanted
        self.got = table_to_json(reading.table) if reading else {}
        self.doubts = reading.doubts if reading else ()
        self.listed = listed
        self.unread = reading is None and self._is_listed(_name(wanted))
        """A table that was not read while its name is listed: its heading is told with it."""
        self.score = Score()

    def _is_listed(self, text: Any) -> bool:
        """True for a text that was listed, alone or with others in one cell."""
        words = _plain(text or "")
        return len(words) > 1 and any(words in told for told in self.listed)

    def judge(self) -> Score:
        for name in META:
            if name not in self.sample.ignored:
                self._cell(name, name, self.wanted.get(name), self.got.get(name))
        self._fields()
        for name in LISTS:
            if name not in self.sample.ignored:
                self._rows(name)
        self._indicators("indicators")
        if self.sample.closed or "period_indicators" in self.wanted:
            self._indicators("period_indicators")
        self._unplaced()
        self._lost()
        return self.score

    def _lost(self) -> None:
        """What has no agreed place must at least be somewhere."""
        if "other" in self.wanted or "either" in self.wanted:
            told = json.dumps([self.got, sorted(self.listed)], ensure_ascii=False)
            for text in lost({"indicators": [], **self.wanted}, told):
                self._count(False, False, f"lost: {text!r}")

    def _fields(self) -> None:
        want, got = self.wanted.get("fields") or {}, self.got.get("fields") or {}
        known = [k for k in got if k not in want and k != "details_total"]
        if not self.sample.closed:
            known = [k for k in known if k.isascii()]
        for name in [*want, *known]:
            if f"fields.{name}" not in self.sample.ignored:
                self._cell(f"fields.{name}", name, want.get(name), got.get(name))

    def _rows(self, name: str) -> None:
        want, got = self.wanted.get(name) or [], self.got.get(name) or []
        for i in range(max(len(want), len(got))):
            a = want[i] if i < len(want) else {}
            b = got[i] if i < len(got) else {}
            for column in dict.fromkeys([*a, *(b if self.sample.closed or not a else ())]):
                self._cell(f"{name}.{i}.{column}", column, a.get(column), b.get(column), rows=name)

    def _indicators(self, name: str) -> None:
        want, got = self.wanted.get(name) or [], self.got.get(name) or []
        for i, (a, b) in enumerate(_aligned(want, got)):
            told = {a.get("level3"), b.get("level3")} - {None}
            place = f"{name}.{i}"
            for key in (*SIX, *TEXTS):
                self._cell(f"{place}.{key}", key, a.get(key), b.get(key), told or {"?"}, rows=name)
            if self.sample.closed:
                one, two = a.get("extra") or {}, b.get("extra") or {}
                for key in dict.fromkeys([*one, *two]):
                    self._cell(
                        f"{place}.extra.{key}", key, one.get(key), two.get(key), told, rows=name
                    )

    def _unplaced(self) -> None:
        for told in self.wanted.get("unplaced") or []:
            text = told if isinstance(told, str) else told["text"]
            self._count(_plain(text) in self.listed, False, f"unplaced: {text!r}")

    def _cell(
        self,
        where: str,
        key: str,
        want: Any,
        got: Any,
        told: set[str] | None = None,
        rows: str = "",
    ) -> None:
        if not want and not got:
            return
        path = where if not rows else f"{rows}.0.{key}"
        fair = [want, *self.wanted.get("either", {}).get(where, [])]
        right = _norm(path, got or None) in [_norm(path, one or None) for one in fair]
        doubted = any(self._names(d, key, told, rows, want, got) for d in self.doubts)
        if right:
            self.score.right += 1
            self.score.doubted += doubted
            return
        flagged = doubted or (bool(want) and not got and self._left(key, want, told))
        place = f"{where} {next(iter(told or ['']))}"
        self._count(False, flagged, f"{place}: want {want!r} got {got!r}")

    def _left(self, key: str, want: Any, told: set[str] | None) -> bool:
        """True for a blank cell that the list of what was not placed tells: itself or its row."""
        if key in META:
            return self.unread or self._is_listed(want)
        return _plain(want) in self.listed or self._is_listed(want if not told else min(told))

    def _count(self, right: bool, flagged: bool, line: str) -> None:
        if right:
            self.score.right += 1
        elif flagged:
            self.score.flagged += 1
            self.score.lines.append(f"flagged {line}")
        else:
            self.score.silent += 1
            self.score.lines.append(f"SILENT {line}")

    def _names(
        self, doubt: Any, key: str, told: set[str] | None, rows: str, want: Any, got: Any
    ) -> bool:
        """True when a doubt is about a cell: by its field, its row, its column or its text."""
        texts = {_plain(t) for t in (want, got) if t}
        if ROLE_NAMES[""] in doubt.choices and _plain(doubt.text) in _plain(key):
            return True
        if told:
            mine = {_plain(t) for t in told}
            if doubt.indicator:
                same = (
                    key == doubt.field
                    or (key in SIX and doubt.field in SIX)
                    or {key, doubt.field} <= _TARGET
                )
                return _plain(doubt.indicator) in mine and same
            if doubt.field == rows and not doubt.read_as and want:
                return self._is_listed(min(mine)) or _plain(want) in self.listed
            return (
                doubt.field in (key, rows)
                or key in _about(doubt)
                or (doubt.field == "target" and key in _TARGET)
            )
        if doubt.indicator:
            return False
        if doubt.field in (key, rows) or key in _about(doubt):
            return True
        return bool(texts) and _plain(doubt.text) in texts and len(_plain(doubt.text)) > 1


def _about(doubt: Any) -> set[str]:
    """The roles that a doubt about a column names."""
    return {role for role, name in ROLE_NAMES.items() if name in doubt.choices}


def _aligned(want: list[Any], got: list[Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Rows side by side; where their numbers differ by their names in order."""
    if len(want) == len(got):
        return list(zip(want, got, strict=True))
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = []
    at = 0
    for a in want:
        name = _plain(a.get("level3") or "")
        place = next(
            (i for i in range(at, len(got)) if _plain(got[i].get("level3") or "") == name), -1
        )
        if place < 0:
            pairs.append((a, {}))
            continue
        pairs += [({}, b) for b in got[at:place]]
        pairs.append((a, got[place]))
        at = place + 1
    return [*pairs, *(({}, b) for b in got[at:])]


def _plain(text: Any) -> str:
    return re.sub(r"\s+", "", str(text))
