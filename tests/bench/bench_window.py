"""The window: start, opening a large book, typing, memory after opening.

Typing is measured by ``bench_typing``. Memory is that of a process with our window on a book of
10,000 tables, before the first edit, against one with a PySide6 main window that shows one Chinese
word (fonts count).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import bench_typing
from tests.bench.bench_book import TABLES, make_book

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from jixiao.gui.window import MainWindow

Row = tuple[str, float, float, float]
STARTS = 5
MEMORY_GOAL = 2.0
START_LIMIT = 1.0  # seconds from the call of the program to its window, without a book
OPEN_LIMIT = 0.3  # until a table of a large book stands there

_RESIDENT = """
import sys
from pathlib import Path
def resident():
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            sys.stdout.write(line.split()[1])
"""
_START = """
import time
from PySide6.QtWidgets import QApplication
from jixiao.gui.main import make_application
from jixiao.gui.window import MainWindow
app = make_application()
window = MainWindow()
window.show()
app.processEvents()
"""
_BARE = """
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("绩效目标表"))
window.resize(1366, 768)
window.show()
for _ in range(20):
    app.processEvents()
"""
_OURS = """
import time
from jixiao.gui.main import make_application
from jixiao.gui.window import MainWindow
app = make_application()
window = MainWindow()
window.resize(1366, 768)
window.show()
window.start(Path(sys.argv[1]))
end = time.monotonic() + 8
while time.monotonic() < end:
    app.processEvents()
    time.sleep(0.01)
assert window.document.shown is not None
"""


def run(tables: int = TABLES) -> list[Row]:
    """Name, our seconds (or megabytes / 1000), the other's, the ratio that is the goal."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "big.jxb"
        big = make_book(path, tables)
        start = median_of(lambda: _script(_START))
        ours = _megabytes(_OURS, str(path)) / 1000
        bare = _megabytes(_BARE) / 1000
        return [
            ("window: start of the program with its window / 1 s", start, START_LIMIT, 1.0),
            (
                "window: open the book, its tree and a table, painted / 300 ms",
                _opening(path, big),
                OPEN_LIMIT,
                1.0,
            ),
            *_typing(path, big),
            (
                "window: memory with the book open (MB); other: a window with a word",
                ours,
                bare,
                MEMORY_GOAL,
            ),
        ]


def median_of(take: Callable[[], float]) -> float:
    """The median of some runs, after a warm-up."""
    take()
    return statistics.median(take() for _ in range(STARTS))


def _script(script: str, *arguments: str) -> float:
    """Seconds that a process needs to run a script and to end at once."""
    start = time.perf_counter()
    _run(script, *arguments)
    return time.perf_counter() - start


def _megabytes(script: str, *arguments: str) -> float:
    """Resident memory of a process that runs a script, in megabytes (Linux)."""
    return int(_run(script, *arguments)) / 1024


def _run(script: str, *arguments: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    code = _RESIDENT + script + "\nresident()\nsys.stdout.flush()\nimport os\nos._exit(0)\n"
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout


def _window() -> tuple[QApplication, MainWindow]:
    """An empty window on the screen, and its application."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from jixiao.gui.main import make_application
    from jixiao.gui.window import MainWindow

    app = make_application()
    assert isinstance(app, QApplication)
    window = MainWindow()
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    return app, window


def _opening(path: Path, table_id: int) -> float:
    """Seconds from the wish to open the book to the painted page, in a window that stands."""

    def open_once() -> float:
        app, window = _window()
        start = time.perf_counter()
        window.document.open(path, table_id=table_id)
        while window.document.shown is None:
            app.processEvents()
        window.repaint()
        app.processEvents()
        taken = time.perf_counter() - start
        window.close()
        return taken

    return median_of(open_once)


def _typing(path: Path, table_id: int) -> list[Row]:
    app, window = _window()
    rows = bench_typing.run(app, window, path, table_id)
    window.close()
    return rows
