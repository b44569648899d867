"""Only what changed is painted anew, and nothing that changed is left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QImage, QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jixiao.gui.window import MainWindow
from tests.gui.conftest import cell_of, press, put_cursor, type_text


class Watch(QObject):
    """Collects what of the page is painted anew."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.view = window.view
        self.region = QRegion()
        self.view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return super().eventFilter(watched, event)

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()

    def picture(self) -> QImage:
        picture = self.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        assert picture.devicePixelRatio() == 1
        return picture

    def during(self, act: Callable[[], object]) -> tuple[QRegion, QRegion]:
        """What was painted anew while something was done, and what looks different after it."""
        self.settle()
        before = self.picture()
        self.settle()
        self.region = QRegion()
        act()
        self.settle()
        painted = QRegion(self.region)
        return painted, _differences(before, self.picture())


def _differences(one: QImage, other: QImage) -> QRegion:
    """By lines of pixels: where two pictures differ."""
    found = QRegion()
    if one.size() != other.size():
        return QRegion(other.rect())
    for y in range(one.height()):
        left, right = (bytes(image.constScanLine(y)) for image in (one, other))
        if left == right:
            continue
        for x in range(one.width()):
            if left[4 * x : 4 * x + 3] != right[4 * x : 4 * x + 3]:
                found += QRect(x, y, 1, 1)
    return found


@pytest.fixture
def watch(window: MainWindow) -> Watch:
    window.commands.run("zoom_100")
    window.resize(1366, 2000)  # the whole page is seen, so that all of it is painted
    # Findings come when the check has had its time, also between two pictures.
    window.checks.marks.hide()
    watch = Watch(window)
    watch.settle()
    return watch


def area(region: QRegion) -> int:
    return sum(rect.width() * rect.height() for rect in region)


def check(watch: Watch, act: Callable[[], object], *, most: float = 1.0) -> None:
    painted, differs = watch.during(act)
    assert not differs.isEmpty()
    missing = differs - painted
    assert missing.isEmpty(), missing.boundingRect()
    whole = watch.view.width() * watch.view.height()
    assert area(painted) <= most * whole


def edit(window: MainWindow, column: str, row: int, text: str) -> None:
    binding = cell_of(window, "indicators", column, row).bindings[0]
    assert window.document.edit([(binding, text)]) == ""


def test_one_cell(window: MainWindow, watch: Watch) -> None:
    check(watch, lambda: edit(window, "level3", 2, "短"), most=0.1)
    check(watch, lambda: edit(window, "value", 1, "77"), most=0.1)


def test_a_row_that_grows_moves_what_is_below(window: MainWindow, watch: Watch) -> None:
    check(watch, lambda: edit(window, "level3", 2, "很长的一行文字" * 12))
    check(watch, lambda: edit(window, "level3", 2, "短"))
    check(watch, window.undo)


def test_level_and_category(window: MainWindow, watch: Watch) -> None:
    check(watch, lambda: edit(window, "level2", 0, "质量指标"))
    check(watch, window.undo)
    check(watch, window.redo)


def test_fields(window: MainWindow, watch: Watch) -> None:
    for name in ("project_name", "project_amount", "agency", "annual_goal"):
        cell = cell_of(window, "field", name)
        binding = next(b for b in cell.bindings if b.name == name)
        check(watch, lambda b=binding: window.document.edit([(b, "改了的 12")]))


def test_rows_come_and_go(window: MainWindow, watch: Watch) -> None:
    put_cursor(window, cell_of(window, "indicators", "level3", 1))
    check(watch, lambda: window.commands.run("row_below"))
    check(watch, lambda: window.commands.run("row_delete"))
    check(watch, window.undo)


def test_the_cursor(window: MainWindow, watch: Watch) -> None:
    put_cursor(window, cell_of(window, "indicators", "level3", 1))
    for how in ("down", "right", "up", "tab", "left"):
        check(watch, lambda h=how: window.view.go(h), most=0.15)


def test_a_block(window: MainWindow, watch: Watch) -> None:
    put_cursor(window, cell_of(window, "indicators", "level3", 1))
    for how in ("down", "right", "up"):
        check(watch, lambda h=how: window.view.block.extend(h))
    check(watch, window.view.block.select_all)
    check(watch, window.view.select_first)
    rows = [n for n, row in enumerate(window.page.grid.rows) if row.band == "indicators"]
    check(watch, lambda: window.view.block.select_rows(rows[:3]))
    check(watch, window.view.select_first)


def test_typing_with_keys(window: MainWindow, watch: Watch) -> None:
    put_cursor(window, cell_of(window, "indicators", "value", 1))

    def typed() -> None:
        type_text(window, "345")
        press(window, Qt.Key.Key_Return)

    check(watch, typed)
    check(watch, window.undo)


def test_the_lock_takes_the_faint_words_away(window: MainWindow, watch: Watch) -> None:
    put_cursor(window, cell_of(window, "indicators", "level3", 1))
    window.commands.run("row_below")
    QTest.qWait(10)
    waiting = dict(window.view.cells.placeholders)
    if waiting:
        check(watch, lambda: setattr(window.page, "read_only", True))


def test_another_table(window: MainWindow, watch: Watch) -> None:
    here = window.document.shown
    assert here is not None
    other = next(i for i in window.document.index.entries if i != here.table_id)
    painted, _ = watch.during(lambda: window.document.show_table(other))
    assert area(painted) >= 0.99 * window.view.width() * window.view.height()
