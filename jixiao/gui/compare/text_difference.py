"""Where two texts differ, and the piece of each that shows it."""

from __future__ import annotations

from difflib import SequenceMatcher

_AROUND = 7
_LONGEST = 24
Spans = list[tuple[int, int]]


def spans(old: str, new: str) -> tuple[Spans, Spans]:
    """The stretches of each text that the other does not have."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    changed = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return (
        [(a, b) for _, a, b, _, _ in changed if b > a],
        [(c, d) for _, _, _, c, d in changed if d > c],
    )


def excerpt(old: str, new: str) -> tuple[str, str]:
    """The first difference of two texts with what stands around it, on one line each."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    first = 0 if start <= _AROUND + 3 else start - _AROUND
    return _piece(old, first), _piece(new, first)


def _piece(text: str, first: int) -> str:
    piece = text[first : first + _LONGEST]
    before = "…" if first else ""
    after = "…" if first + _LONGEST < len(text) else ""
    return before + " ".join(piece.split()) + after
