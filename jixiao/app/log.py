"""The program's log: what was opened, read and written, how much and how long, and what failed.

A record tells kinds, sizes and counts. It never tells what stands in a table: no text of a cell,
no name of a draft or an export (they repeat names of projects), no message of an error.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Mapping
from functools import wraps
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from jixiao.app.folders import user_folder

P = ParamSpec("P")
R = TypeVar("R")
Facts = Mapping[str, object]

LOGGER = logging.getLogger("jixiao")
_MOST_BYTES = 512 * 1024
_KEPT = 2


def data_folder() -> Path:
    """The program's own folder for logs and rescued tables, made when missing.

    Raises:
        OSError: It cannot be made.
    """
    folder = user_folder(this_machine=True)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def start(folder: Path | None = None) -> Path | None:
    """Write records to ``jixiao.log`` from now on; a file that has grown large is put aside first.

    Args:
        folder: Where the log lies, by default in ``data_folder()``.

    Returns:
        The log's path, None where there is no place for a log: then nothing is kept.
    """
    stop()
    LOGGER.propagate = False
    LOGGER.setLevel(logging.INFO)
    try:
        path = (folder or data_folder()) / "jixiao.log"
        _rotate(path)
        handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
    except OSError:  # a full or write-protected disk must not keep the program from starting
        LOGGER.addHandler(logging.NullHandler())
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
    LOGGER.addHandler(handler)
    return path


def stop() -> None:
    """Close the log."""
    for handler in list(LOGGER.handlers):
        LOGGER.removeHandler(handler)
        handler.close()


def _rotate(path: Path) -> None:
    if not path.exists() or path.stat().st_size < _MOST_BYTES:
        return
    names = [path, *(path.with_name(f"{path.name}.{n}") for n in range(1, _KEPT + 1))]
    try:
        for newer, older in reversed(list(pairwise(names))):
            if newer.exists():
                newer.replace(older)
    except OSError:  # another running program holds it: then it grows on until the next start
        return


def logged(
    what: str,
    *,
    given: Callable[..., Facts] | None = None,
    result: Callable[[Any], Facts] | None = None,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function leave a record of each call: the facts, and the milliseconds it took.

    Args:
        what: The record's first word.
        given: The facts told by the arguments, which it gets as the function does.
        result: The facts told by what the function returns.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            begun = time.perf_counter()
            facts = dict(given(*args, **kwargs)) if given else {}
            try:
                value = function(*args, **kwargs)
            except Exception as error:
                _record(what, {**facts, "failed": type(error).__name__}, begun)
                raise
            _record(what, {**facts, **(result(value) if result else {})}, begun)
            return value

        return call

    return decorate


def _record(what: str, facts: Facts, begun: float) -> None:
    words = [f"{name}={value}" for name, value in facts.items()]
    words.append(f"ms={1000 * (time.perf_counter() - begun):.0f}")
    LOGGER.info("%s %s", what, " ".join(words))


def fault(kind: type[BaseException], trace: TracebackType | None) -> None:
    """Record a fault of the program: its kind and where it happened.

    Without the error's own words, which may repeat what stands in a table.
    """
    LOGGER.error("fault %s\n%s", kind.__name__, "".join(traceback.format_tb(trace)))


def file_facts(path: Path) -> Facts:
    """The kind and size of a file, without its name."""
    try:
        size = path.stat().st_size
    except OSError:
        return {"kind": path.suffix.lower(), "bytes": "?"}
    return {"kind": path.suffix.lower(), "bytes": size}
