"""Keys and mouse buttons pressed at random: nothing fails, and the page stays the table's."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jixiao.gui.window import MainWindow
from jixiao.io.paper.form.fill import fill
from tests.gui.conftest import focused, show
from tests.gui.pages import ALT, CTRL, LEFT, SHIFT, Key, table

# Qt says this of its own text editor when clicks come faster than any hand's.
pytestmark = pytest.mark.qt_log_ignore("QTextCursor::setPosition", extend=True)
NONE = Qt.KeyboardModifier.NoModifier
TABLES = (
    "区二届人大六次会议",
    "区人民代表大会会议经费",
    "株洲市石峰区人民代表大会常务委员会",
)
MOVES = (
    *(Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End),
    *(Key.Key_PageUp, Key.Key_PageDown, Key.Key_Tab, Key.Key_Backtab, Key.Key_Return),
)
OTHERS = (
    *(
        (Key.Key_F2, NONE),
        (Key.Key_Escape, NONE),
        (Key.Key_Delete, NONE),
        (Key.Key_Backspace, NONE),
    ),
    *((Key.Key_Return, ALT), (Key.Key_Return, CTRL), (Key.Key_Return, CTRL | SHIFT)),
    *((Key.Key_Return, CTRL | ALT), (Key.Key_D, CTRL | SHIFT), (Key.Key_Delete, CTRL)),
    *(
        (Key.Key_Up, ALT | SHIFT),
        (Key.Key_Down, ALT | SHIFT),
        (Key.Key_Down, ALT),
        (Key.Key_Space, SHIFT),
        (Key.Key_Space, CTRL),
    ),
    *((Key.Key_D, CTRL), (Key.Key_R, CTRL), (Key.Key_C, CTRL), (Key.Key_X, CTRL)),
    *((Key.Key_V, CTRL), (Key.Key_A, CTRL), (Key.Key_Z, CTRL), (Key.Key_Y, CTRL)),
    *((Key.Key_Z, CTRL), (Key.Key_Z, CTRL)),
)


class Hands:
    """Somebody at the keyboard and the mouse who does not look."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self.window = window
        self.chance = random.Random(seed)
        self.first = window.document.names.undo

    def act(self) -> None:
        what = self.chance.random()
        if what < 0.35:
            modifier = self.chance.choice((NONE, NONE, NONE, SHIFT, CTRL, CTRL | SHIFT))
            QTest.keyClick(focused(self.window), self.chance.choice(MOVES), modifier)
        elif what < 0.6:
            key, modifier = self.chance.choice(OTHERS)
            undone = key == Key.Key_Z and self.window.document.names.undo == self.first
            if not undone:  # what was done before these hands came stays
                QTest.keyClick(focused(self.window), key, modifier)
        elif what < 0.8:
            QTest.keyClicks(focused(self.window), self.chance.choice("1234567890."))
        elif what < 0.88:
            event = QInputMethodEvent("", [])
            event.setCommitString(
                self.chance.choice(("甲", "数量指标", "效益指标", "次", "社会效益"))
            )
            QApplication.sendEvent(focused(self.window), event)
        elif what < 0.96:
            self.click()
        else:
            self.drag_the_handle()
        dialog = self.window.page_clipboard.asking
        if dialog is not None:
            self.chance.choice((dialog.accept, dialog.reject))()

    def point(self) -> QPoint:
        view = self.window.view
        return QPoint(self.chance.randrange(view.width()), self.chance.randrange(view.height()))

    def click(self) -> None:
        modifier = self.chance.choice((NONE, NONE, SHIFT, CTRL))
        click = self.chance.choice((QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick))
        click(self.window.view.viewport(), LEFT, modifier, self.point())

    def drag_the_handle(self) -> None:
        handle = self.window.page_clipboard.handle
        if handle.isVisible():
            end = handle.mapFrom(self.window.view.viewport(), self.point())
            QTest.mousePress(handle, LEFT, NONE, handle.rect().center())
            QTest.mouseMove(handle, end)
            QTest.mouseRelease(handle, LEFT, self.chance.choice((NONE, CTRL)), end)


def the_page_is_the_table(window: MainWindow) -> None:
    shown, grid, view = window.document.shown, window.page.grid, window.view
    assert grid == fill(shown.form, shown.table)
    assert (view.model().rowCount(), view.model().columnCount()) == (
        len(grid.rows),
        len(grid.columns),
    )
    for cell in grid.cells:
        spans = (view.rowSpan(cell.row, cell.col), view.columnSpan(cell.row, cell.col))
        assert spans == (cell.rowspan, cell.colspan)
    for cell in view.selected_cells():
        assert grid.at(cell.row, cell.col) == cell
    assert view.is_editing == (view.open_editor() is not None)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_fails_and_everything_can_be_taken_back(
    window: MainWindow, name: str, seed: int
) -> None:
    show(window, name)
    before = table(window)
    hands = Hands(window, seed)
    for step in range(250):
        hands.act()
        if step % 10 == 0:
            QApplication.processEvents()
            the_page_is_the_table(window)
    window.view.commit()
    window.document.drop_draft()
    the_page_is_the_table(window)
    assert table(window) != before
    for _ in range(400):
        if window.document.names.undo is None or table(window) == before:
            break
        window.document.undo()
    assert table(window) == before


def test_what_random_hands_did_is_in_the_file(window: MainWindow, open_window, book: Path) -> None:
    hands = Hands(window, 7)
    for _ in range(120):
        hands.act()
    window.view.commit()
    window.document.drop_draft()
    done = table(window)
    window.close()
    again = open_window(book)
    assert table(again) == done
