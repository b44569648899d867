"""A key that is held down: moving and undo go on, what makes or removes something is done once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from jixiao.gui.window import MainWindow
from tests.gui.conftest import show

Key = Qt.Key
NAME = "区二届人大六次会议"
MOVES = {
    *("undo", "redo", "zoom_in", "zoom_out", "find_next", "find_previous"),
    *("next_finding", "previous_finding", "next_table", "previous_table"),
    *("row_up", "row_down", "move_up", "move_down"),
}


def repeat(widget: QWidget, key: Qt.Key, keys: Qt.KeyboardModifier) -> None:
    """What X11 may send for a key that goes on being held: let go and pressed at one moment."""
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride):
        event = QKeyEvent(kind, key, keys)
        event.setTimestamp(1000)
        QApplication.sendEvent(widget, event)


def test_only_moving_zooming_and_undo_repeat(window: MainWindow) -> None:
    repeating = {name for name, act in window.commands.actions.items() if act.autoRepeat()}
    assert repeating == MOVES


@pytest.mark.parametrize(
    ("name", "key", "keys"),
    [
        ("delete", Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (
            "duplicate",
            Key.Key_D,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        ),
    ],
)
def test_the_tree_does_it_once(
    window: MainWindow, name: str, key: Qt.Key, keys: Qt.KeyboardModifier
) -> None:
    show(window, NAME)
    window.tree.setFocus()
    there = len(window.document.index.entries)
    QTest.keyClick(window.tree, key, keys)
    window.worker.wait()
    once = len(window.document.index.entries)
    assert abs(once - there) == 1
    for _ in range(3):
        repeat(window.tree, key, keys)
        window.commands.actions[name].trigger()
        window.worker.wait()
    assert len(window.document.index.entries) == once
    QApplication.processEvents()
    QTest.keyClick(window.tree, key, keys)  # let go and pressed again
    window.worker.wait()
    assert abs(len(window.document.index.entries) - there) == 2


def test_the_library_hides_one_entry(window: MainWindow) -> None:
    show(window, NAME)
    window.commands.actions["library"].trigger()
    window.worker.wait()
    panel = window.library.panel
    panel.list.setCurrentIndex(panel.model.index(0))
    panel.list.setFocus()
    before = [hit.entry.name for hit in panel.model.items]
    for held in (False, True, True):
        press = QKeyEvent(
            QEvent.Type.KeyPress, Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "", autorep=held
        )
        QApplication.sendEvent(panel.list, press)
        window.worker.wait()
    after = [hit.entry.name for hit in panel.model.items]
    assert after[:2] == before[1:3]
