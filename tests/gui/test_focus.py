"""What looks active is what the keys act on: the tree, the page or the dock."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

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


def test_with_the_keys_on_the_page_its_table_is_what_the_tree_acts_on(window: MainWindow) -> None:
    click(window, line(window, OTHER))
    agency = window.tree.tree.index(0, 0)
    click(window, agency)
    assert len(window.tree_actions.work.chosen()) > 1
    page = window.view.visualRect(window.view.currentIndex()).center()
    QTest.mouseClick(window.view.viewport(), LEFT, pos=page)
    assert window.view.hasFocus()
    assert window.tree_actions.work.chosen() == [window.document.shown.table_id]
    assert window.tree.selectedIndexes() == [line(window, OTHER)]
    click(window, agency)
    window.tree.collapse(agency)
    QTest.mouseClick(window.view.viewport(), LEFT, pos=page)
    assert not window.tree.isExpanded(agency)
    assert not window.tree.selectedIndexes()
    assert window.tree_actions.work.chosen() == [window.document.shown.table_id]


def shows(widget: QWidget, color: str) -> bool:
    """Whether a colour fills a good part of a widget."""
    picture = widget.grab().toImage()
    wide, high = range(0, picture.width(), 7), range(0, picture.height(), 7)
    hits = sum(picture.pixelColor(x, y) == QColor(color) for x in wide for y in high)
    return hits >= 20


def test_whole_rows_and_the_lists_of_the_dock_fade_with_their_place(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "indicators", "level3", 0))
    QTest.keyClick(window.view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    window.commands.actions["library"].trigger()
    window.worker.wait()
    panel = window.library.panel
    panel.list.setCurrentIndex(panel.model.index(0))
    soft = window.theme.accent_soft
    for place in (panel.list, panel.text, window.view):  # the box moves in the list below it
        place.setFocus()
        QApplication.processEvents()
        assert shows(panel.list.viewport(), soft) == (place is not window.view)
        assert shows(window.view, soft) == (place is window.view)


def test_the_buttons_of_the_status_bar_leave_the_keys_where_they_are(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "indicators", "value", 1))
    window.view.setFocus()
    QTest.keyClick(window.view, Qt.Key.Key_Delete)
    window.worker.wait()
    offer = window.status.offer
    assert offer.isVisible()
    QTest.mouseClick(offer, LEFT)
    window.worker.wait()
    assert window.view.hasFocus()
    assert not [
        button
        for button in window.status.findChildren(QPushButton)
        if button.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
