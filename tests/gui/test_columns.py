"""Tree, page and dock share the width, and the toolbar drops its words where they do not fit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jixiao.gui import look
from jixiao.gui.toolbar import Toolbar
from jixiao.gui.window import MainWindow

Key = Qt.Key


def narrow(window: MainWindow, width: int) -> None:
    window.resize(width, 520)
    QApplication.processEvents()


def page_width(window: MainWindow) -> int:
    return window.splitter.sizes()[1]


def em(window: MainWindow) -> int:
    return window.fontMetrics().horizontalAdvance("国")


def test_the_page_keeps_its_width_before_the_dock_is_seen(window: MainWindow) -> None:
    narrow(window, 1366)
    assert window.dock.isVisible()
    assert not window.status.folded.isVisible()
    for width in range(1300, 700, -50):
        narrow(window, width)
        if window.dock.isVisible():
            assert page_width(window) >= 49 * em(window)
    assert not window.dock.isVisible()
    assert page_width(window) >= 30 * em(window)
    narrow(window, 1366)
    assert window.dock.isVisible()


def test_f9_brings_a_folded_dock_and_puts_it_away(window: MainWindow) -> None:
    narrow(window, 800)
    assert not window.dock.isVisible()
    window.view.setFocus()
    QTest.keyClick(window.view, Key.Key_F9)
    assert window.dock.isVisible()
    assert window.commands.actions["dock"].isChecked()
    QTest.keyClick(window.view, Key.Key_F9)
    assert not window.dock.isVisible()
    assert not window.commands.actions["dock"].isChecked()
    narrow(window, 1366)
    assert not window.dock.isVisible()  # put away by hand, it stays away
    QTest.keyClick(window.view, Key.Key_F9)
    assert window.dock.isVisible()


def test_what_is_folded_tells_how_much_there_is_and_comes_with_a_click(window: MainWindow) -> None:
    narrow(window, 800)
    assert window.status.folded.isVisible()
    assert window.dock.title in window.status.folded.text()
    window.dock.set_title(window.dock.current, "检查 77")
    assert "检查 77" in window.status.folded.text()
    QTest.mouseClick(window.status.folded, Qt.MouseButton.LeftButton)
    assert window.dock.isVisible()
    assert not window.status.folded.isVisible()


def test_a_panel_that_is_called_comes_out_of_a_folded_dock(window: MainWindow) -> None:
    narrow(window, 800)
    window.commands.actions["library"].trigger()
    assert window.dock.isVisible()
    assert window.dock.title == "指标库"


def test_widths_are_those_of_the_user_and_remembered(open_window, window: MainWindow, book) -> None:
    narrow(window, 1366)
    window.splitter.moveSplitter(290, 1)
    assert window.columns.state[0] == 290
    window.columns.restore((330, 310, True))
    narrow(window, 800)
    narrow(window, 1366)
    assert window.splitter.sizes()[0] == 330
    window.close()
    again = open_window(book)
    again.resize(1366, 700)
    QApplication.processEvents()
    assert again.splitter.sizes()[0] == 330
    assert again.splitter.sizes()[2] == 310


def test_the_start_page_has_no_word_of_the_dock(open_window) -> None:
    window = open_window()
    narrow(window, 800)
    assert not window.status.folded.isVisible()


def buttons_that_fit(bar: Toolbar) -> bool:
    """True when no button is cut off at the right edge."""
    seen = [bar.widgetForAction(action) for action in bar.actions()]
    right = [w.geometry().right() for w in seen if w is not None and w.isVisible()]
    return max(right) < bar.width()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_toolbar_drops_its_words_before_it_cuts_a_button(
    window: MainWindow, scale: float
) -> None:
    styles = set()
    try:
        look.apply_font(scale)
        window.refresh_looks()
        for width in (2000, 1366, 1100, 911, 760):
            narrow(window, width)
            styles.add(window.toolbar.toolButtonStyle())
            assert buttons_that_fit(window.toolbar)
        assert Qt.ToolButtonStyle.ToolButtonTextBesideIcon in styles
        assert Qt.ToolButtonStyle.ToolButtonIconOnly in styles
    finally:
        look.apply_font(1.0)
