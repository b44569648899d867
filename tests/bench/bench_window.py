"""The window: one typed cell with disk, refill and repaint; memory after opening a large book.

The cell is typed into a page of 60 indicators and counted from the edit to the painted page, with
the write on disk; the other number is one frame. Memory is that of a process with our window on a
book of 10,000 tables, before the first edit, against one with a PySide6 main window that
shows one Chinese word (fonts count).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

from tests.bench.bench_book import COMMIT_LIMIT, TABLES, make_book

Row = tuple[str, float, float, float]
ROUNDS = 40
MEMORY_GOAL = 2.0

_RESIDENT = """
import sys
from pathlib import Path
def resident():
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            sys.stdout.write(line.split()[1])
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
        ours = _megabytes(_OURS, str(path)) / 1000
        bare = _megabytes(_BARE) / 1000
        return [
            (
                "window: a cell typed, on disk, refilled, painted; other: a frame",
                _typing(path, big),
                COMMIT_LIMIT,
                1.0,
            ),
            (
                "window: memory with the book open (MB); other: a window with a word",
                ours,
                bare,
                MEMORY_GOAL,
            ),
        ]


def _megabytes(script: str, *arguments: str) -> float:
    """Resident memory of a process that runs a script, in megabytes (Linux)."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    code = _RESIDENT + script + "\nresident()\nsys.stdout.flush()\nimport os\nos._exit(0)\n"
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(result.stdout) / 1024


def _typing(path: Path, table_id: int) -> float:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from jixiao.gui.main import make_application
    from jixiao.gui.window import MainWindow

    app = QApplication.instance() or make_application()
    window = MainWindow()
    window.resize(1366, 768)
    window.show()
    window.start(path)
    window.worker.wait()
    window.document.show_table(table_id)
    window.worker.wait()
    app.processEvents()
    shown = window.document.shown
    assert shown is not None
    assert shown.table_id == table_id
    binding = next(
        part.binding
        for _, part in shown.grid.bound()
        if part.binding is not None and part.binding.name == "level3" and part.binding.rows
    )
    taken: list[float] = []
    for number, text in zip(range(ROUNDS), cycle(("甲的次数", "乙的次数")), strict=False):
        start = time.perf_counter()
        window.document.edit([(binding, f"{text}{number}")])
        app.processEvents()
        window.worker.wait()
        app.processEvents()
        taken.append(time.perf_counter() - start)
    window.close()
    return statistics.median(taken)
