"""Typing in the window, and the longest time for which it answers nothing.

A cell is typed into a page of 60 indicators and counted from the edit until the page is painted
and the step is on disk; the other number is one frame. It is typed as a clerk types: after a pause,
in which checks and counts have caught up. The part of it in which the window is busy is told apart,
and so are typing without a pause, and typing with keys, from Enter in the cell to the cursor in the
next one. Then, against 50 ms, the longest silence during what takes longest on a page of 300 rows:
the longest time in which the window handles no event, be it a timer's or a repaint.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.session import Session
from tests.bench.bench_book import COMMIT_LIMIT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from jixiao.gui.document import Shown
    from jixiao.gui.window import MainWindow
    from jixiao.io.paper.page.grid import Cell

Row = tuple[str, float, float, float]
ROUNDS = 30
PAUSE = 0.3  # seconds between two cells: longer than what is done after an edit takes to begin
LONG = 300  # rows of the long page
SILENCE_LIMIT = 0.05


class _Bench:
    """A window on the book."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        from PySide6.QtCore import QTimer

        self.app = app
        self.window = window
        self._longest = 0.0
        self._last = 0.0
        self._heart = QTimer(window)
        self._heart.setInterval(1)
        self._heart.timeout.connect(self._beat)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now

    def settle(self, seconds: float) -> None:
        """Let timers, checks and counts have their time."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.app.processEvents()
            time.sleep(0.001)

    @property
    def shown(self) -> Shown:
        shown = self.window.document.shown
        assert shown is not None
        return shown

    def show(self, table_id: int) -> None:
        self.window.document.show_table(table_id)
        while self.window.document.shown is None or self.shown.table_id != table_id:
            self.settle(0.002)

    def cell(self, name: str, row: int) -> Cell:
        return self.shown.grid.places["indicators", row, name]

    def typed(self, text: str) -> tuple[float, float]:
        """Seconds until a cell is painted and on disk, and those in which the window is busy."""
        binding = self.cell("level3", 0).bindings[0]
        start = time.perf_counter()
        self.window.document.edit([(binding, text)])
        self.app.processEvents()
        busy = time.perf_counter() - start
        self.window.worker.wait()
        self.app.processEvents()
        return time.perf_counter() - start, busy

    def entered(self, text: str) -> float:
        """Seconds from Enter in the editor of a cell until all is painted and on disk."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        view = self.window.view
        view.select(self.cell("level3", 1))
        view.start_editing()
        editor = view.open_editor()
        assert editor is not None
        editor.set_texts([text])
        self.settle(PAUSE)
        start = time.perf_counter()
        QTest.keyClick(editor.focusProxy() or editor, Qt.Key.Key_Return)
        self.app.processEvents()
        self.window.worker.wait()
        self.app.processEvents()
        taken = time.perf_counter() - start
        assert self.cell("level3", 1).text == text
        return taken

    def silence(self, act: Callable[[], object]) -> float:
        """The longest silence while something is done, and after it."""
        self.settle(1.0)
        self._longest, self._last = 0.0, time.perf_counter()
        self._heart.start()
        act()
        self.settle(0.8)
        self._heart.stop()
        return self._longest


def run(app: QApplication, window: MainWindow, path: Path, table_id: int) -> list[Row]:
    """Name, our seconds, those allowed, and the ratio that is the goal.

    Args:
        app: The application.
        window: An empty window on the screen.
        path: A book.
        table_id: Its table of 60 rows.
    """
    long_id = _add_long_table(path)
    bench = _Bench(app, window)
    window.start(path)
    window.worker.wait()
    bench.show(table_id)
    bench.settle(2.0)  # what follows the opening of a book
    return [*_cells(bench), *_silences(bench, table_id, long_id)]


def _add_long_table(path: Path) -> int:
    with Session.open(path, FormLibrary([])) as session:
        source = next(table for _, table in session.book.tables() if table.kind == "project")
        many = tuple(islice(cycle(source.indicators), LONG))
        with session.book.step("生成") as step:
            return session.add_table(step, replace(source, agency="另一局", indicators=many))


def _cells(bench: _Bench) -> list[Row]:
    words = (f"{word}的次数{number}" for number, word in enumerate(cycle("甲乙")))
    for _ in range(3):
        bench.typed(next(words))
    after_pauses: list[tuple[float, float]] = []
    for _ in range(ROUNDS):
        bench.settle(PAUSE)
        after_pauses.append(bench.typed(next(words)))
    whole, busy = (statistics.median(seconds) for seconds in zip(*after_pauses, strict=True))
    in_a_row = statistics.median(bench.typed(next(words))[0] for _ in range(ROUNDS))
    keys = statistics.median(bench.entered(next(words)) for _ in range(ROUNDS))
    found = {
        "a cell typed, on disk, refilled, painted": whole,
        "the part of it in which it is busy": busy,
        "cells typed without a pause": in_a_row,
        "a cell typed, from Enter in its editor": keys,
    }
    return [
        (f"window: {name} / a frame", seconds, COMMIT_LIMIT, 1.0) for name, seconds in found.items()
    ]


def _silences(bench: _Bench, table_id: int, long_id: int) -> list[Row]:
    window = bench.window
    document, block = window.document, window.view.block

    def select_rows() -> None:
        rows = [row for row, format_ in enumerate(bench.shown.grid.rows) if format_.band]
        block.select_rows(rows[:50])

    def make_higher() -> None:
        binding = bench.cell("level3", 2).bindings[0]
        document.edit([(binding, "一段要分成几行的文字" * 6)])

    def paste() -> None:
        window.view.select(bench.cell("level3", 2))
        lines = (f"粘贴的指标{row}\t≥\t10" for row in range(50))
        bench.app.clipboard().setText("\n".join(lines))
        window.commands.run("paste")

    acts: dict[str, Callable[[], object]] = {
        f"{LONG} rows shown": lambda: document.show_table(long_id),
        "a row made higher": make_higher,
        "50 rows selected": select_rows,
        "50 rows deleted": lambda: window.commands.run("row_delete"),
        "that undone": window.undo,
        "150 cells pasted": paste,
        "all selected": block.select_all,
        "60 rows shown": lambda: document.show_table(table_id),
    }
    return [
        (f"window silent: {name} / 50 ms", bench.silence(act), SILENCE_LIMIT, 1.0)
        for name, act in acts.items()
    ]
