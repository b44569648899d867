"""Raised digits, which a font makes and a plain text loses: m², 10⁴."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
_DIGITS = frozenset("0123456789+-−()")


def raised(text: str) -> str:
    """A raised text as characters that stand high by themselves; as it is, if it has no such."""
    return text.translate(_RAISED) if _DIGITS.issuperset(text) else text
