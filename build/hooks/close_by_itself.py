"""Runs first in the packaged program: with JIXIAO_QUIT_AFTER=SECONDS it closes itself.

Only for the check after packaging (build/package.py). The window is closed as a user closes it;
a program that has no window by then, or does not end, ends with a status of its own.
"""

import faulthandler
import os
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

NO_WINDOW, DOES_NOT_END = 70, 71
PATIENCE = 20


def _close_windows() -> None:
    from PySide6.QtWidgets import QApplication

    windows = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    if not windows:
        _end(NO_WINDOW, "no window is visible")
    for window in windows:
        window.close()


def _after(seconds: float, call: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, call)
    timer.daemon = True  # the end of the program does not wait for it
    timer.start()


def _end(status: int, reason: str) -> NoReturn:
    sys.stderr.write(f"{reason}\n")
    sys.stderr.flush()
    if status == DOES_NOT_END:
        faulthandler.dump_traceback()
    os._exit(status)


def _time_is_up() -> None:
    from PySide6.QtCore import QCoreApplication, QTimer

    application = QCoreApplication.instance()
    if application is None:
        _end(NO_WINDOW, "there is no application")
    _after(PATIENCE, lambda: _end(DOES_NOT_END, "the program does not end"))
    QTimer.singleShot(0, application, _close_windows)


if os.environ.get("JIXIAO_QUIT_AFTER"):
    _after(float(os.environ["JIXIAO_QUIT_AFTER"]), _time_is_up)
