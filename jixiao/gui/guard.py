"""A guard for methods that Qt's C++ calls: an exception there hangs or kills the program."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
D = TypeVar("D")


def guarded(default: D) -> Callable[[Callable[P, R]], Callable[P, R | D]]:
    """Make an override return ``default`` when it fails; the fault goes to ``sys.excepthook``."""

    def decorate(method: Callable[P, R]) -> Callable[P, R | D]:
        @wraps(method)
        def safe(*args: P.args, **kwargs: P.kwargs) -> R | D:
            try:
                return method(*args, **kwargs)
            except Exception as error:  # noqa: BLE001 - told through the hook, never lost
                sys.excepthook(type(error), error, error.__traceback__)
                return default

        return safe

    return decorate
