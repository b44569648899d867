"""Long texts made short enough for a message."""

from __future__ import annotations


def shorten(text: str, most: int) -> str:
    """The text on one line; what is longer than ``most`` characters ends in an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most] + "…"
