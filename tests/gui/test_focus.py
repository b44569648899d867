"""What looks active is what the keys act on: the tree, the page or the dock."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jixiao.gui.page.fill import FillHandle
from jixiao.gui.window import MainWindow
from tests.gui.conftest import cell_of, put_cursor

OTHER = "人大代表履职能力提升"
LEFT = Qt.MouseButton.LeftButton


def line(window: MainWindow, name: str):
    for node, index in window.tree.tables():
        if node.text == name:
            return index
    raise AssertionError(name)


def click(window: MainWindow, index, keys=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(window.tree.viewport(), LEFT, keys, window.tree.visualRect(index).center())
    window.worker.wait()
    QApplication.processEvents()


def test_a_click_on_a_table_hands_the_keys_to_its_page(window: MainWindow) -> None:
    there = len(window.document.index.entries)
    click(window, line(window, OTHER))
    assert window.document.shown.table.name == OTHER
    assert window.view.hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    window.worker.wait()
    assert len(window.document.index.entries) == there
    assert "清除" in window.status.message_label.text()


def test_a_click_on_the_table_on_the_screen_does_so_too(window: MainWindow) -> None:
    window.tree.setFocus()
    click(window, window.tree.currentIndex())
    assert window.view.hasFocus()


def test_keys_and_selecting_several_stay_in_the_tree(window: MainWindow) -> None:
    window.tree.setFocus()
    QTest.keyClick(window.tree, Qt.Key.Key_Down)
    window.worker.wait()
    assert window.tree.hasFocus()
    other = line(window, OTHER)
    if other == window.tree.currentIndex():
        other = window.tree.indexAbove(other)
    click(window, other, Qt.KeyboardModifier.ControlModifier)
    assert window.tree.hasFocus()
    assert len(window.tree.selectedIndexes()) == 2
    click(window, window.tree.tree.index(0, 0))
    assert window.tree.hasFocus()  # an agency has no page


def test_the_place_with_the_keys_is_seen(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    handle = window.view.findChild(FillHandle)
    for place in (window.tree, window.dock.tabs, window.view):
        place.setFocus()
        QApplication.processEvents()
        assert bool(window.tree.property("focused")) == (place is window.tree)
        assert bool(window.dock.property("focused")) == (place is window.dock.tabs)
        assert handle.isVisible() == (place is window.view)
    accent = QColor(window.theme.accent)

    def bar() -> bool:
        picture = window.tree.viewport().grab().toImage()
        middle = window.tree.visualRect(window.tree.currentIndex()).center().y()
        return picture.pixelColor(1, round(middle * picture.devicePixelRatio())) == accent

    assert not bar()
    window.tree.setFocus()
    assert bar()
