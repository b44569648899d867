"""Progress of long work, told through a function that may also stop it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""Called as (done, total, what is being worked on); raises ``CancelledError`` to stop the work."""


class CancelledError(Exception):
    """The user asked to stop; what is finished stays."""


def silent(done: int, total: int, text: str) -> None:
    """Progress that nobody looks at."""
