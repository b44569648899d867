"""Which characters of a text differ from those of another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

Span = tuple[int, int]
"""Begin and end of a run of characters, as in a slice."""

Spans = tuple[Span, ...]

# A number or a Latin word changes as a whole: of 12 → 15 nobody wants to see 2 → 5. A date
# (2026.1.1) is several numbers.
_TOKEN = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|(?<![.0-9])[0-9]+\.[0-9]+(?![.0-9])|[0-9]+|[A-Za-z]+|.",
    re.DOTALL,
)
_CLAUSE = re.compile(r"[^。；;，,\n]*[。；;，,\n]|[^。；;，,\n]+")
_MARKS = frozenset("，、；。,;：:（(")
_MOST_WORK = 200_000  # pairs of equal tokens that difflib would visit; some 50 ms
_ALIKE = 0.3  # texts with less in common are other texts, not changed ones


def changed_spans(old: str, new: str) -> tuple[Spans, Spans]:
    """The runs of characters that stand only in the old text, and those only in the new one.

    Runs are meant to be read: numbers are not torn apart, a single character that two changes
    happen to leave between them belongs to both, what was put in begins with its comma, and texts
    with little in common differ as a whole.
    """
    tokens = _TOKEN.findall(old), _TOKEN.findall(new)
    before = _common(*tokens)
    rest = tokens[0][before:], tokens[1][before:]
    after = _common(rest[0][::-1], rest[1][::-1])
    runs = _runs(*("".join(part[: len(part) - after]) for part in rest))
    if len(runs) > 1 and not before and not after and _differ(*tokens):
        return _filled([(0, len(old))]), _filled([(0, len(new))])
    start = len("".join(tokens[0][:before]))
    moved = [_Run(*(start + at for at in run)) for run in runs]
    limits = [*moved, _Run(len(old), len(old), len(new), len(new))]
    olds: list[Span] = []
    news: list[Span] = []
    for run, limit in zip(moved, limits[1:], strict=True):
        olds.append(_slid(old[: limit.i1], (run.i1, run.i2)) if run.j1 == run.j2 else run[:2])
        news.append(_slid(new[: limit.j1], (run.j1, run.j2)) if run.i1 == run.i2 else run[2:])
    return _filled(olds), _filled(news)


class _Run(NamedTuple):
    """A run of characters of the old text (i) that became one of the new text (j)."""

    i1: int
    i2: int
    j1: int
    j2: int


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens two lists have in common from their beginning."""
    for count, (first, second) in enumerate(zip(one, other, strict=False)):
        if first != second:
            return count
    return min(len(one), len(other))


def _differ(one: Sequence[str], other: Sequence[str]) -> bool:
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared < _ALIKE * (len(one) + len(other))


def _runs(old: str, new: str) -> list[_Run]:
    for pattern in (_TOKEN, _CLAUSE):
        one, other = pattern.findall(old), pattern.findall(new)
        counts = Counter(other)
        if sum(counts[token] for token in one) <= _MOST_WORK:
            return _by_tokens(one, other)
    return [_Run(0, len(old), 0, len(new))]


def _by_tokens(one: Sequence[str], other: Sequence[str]) -> list[_Run]:
    ends = list(accumulate(map(len, one), initial=0)), list(accumulate(map(len, other), initial=0))
    runs: list[_Run] = []
    parted = True  # whether the characters since the last change are enough to part two changes
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            parted = ends[0][i2] - ends[0][i1] > 1
            continue
        run = _Run(ends[0][i1], ends[0][i2], ends[1][j1], ends[1][j2])
        if runs and not parted:
            run = _Run(runs[-1].i1, run.i2, runs.pop().j1, run.j2)
        runs.append(run)
        parted = True
    return runs


def _slid(text: str, span: Span) -> Span:
    """Where a span that was put in may stand as well: 4次[，检查1次] for 4[次，检查1]次."""
    begin, end = span
    while begin < end < len(text) and text[begin] == text[end]:
        if text[begin] in _MARKS or text[begin].isdigit():
            break
        begin, end = begin + 1, end + 1
    return (begin, end) if text[begin : begin + 1] in _MARKS else span


def _filled(spans: Sequence[Span]) -> Spans:
    return tuple(span for span in spans if span[0] < span[1])
