"""The steps of the tree: the same at every start, and the small arrows free of the edge."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from jixiao.gui.window import MainWindow


def ink(window: MainWindow) -> list[int]:
    """The columns in which something is drawn left of the icon of the first agency."""
    window.tree.clearSelection()
    rect = window.tree.visualRect(window.tree_model.index(0, 0))
    strip = window.tree.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    paper = QColor(strip.pixel(0, 0))
    rows = range(rect.top(), rect.bottom())
    return [
        x
        for x in range(rect.left())
        if any(QColor(strip.pixel(x, y)).lightness() < paper.lightness() - 20 for y in rows)
    ]


@pytest.mark.parametrize("larger", [0, 4])
def test_arrows_stand_free_of_the_edge(window: MainWindow, larger: int) -> None:
    for _ in range(larger):
        window.commands.run("font_larger")
    columns = ink(window)
    assert min(columns) >= 4
    assert max(columns) <= window.tree.indentation() - 2
    for _ in range(larger):
        window.commands.run("font_smaller")


def test_the_first_start_looks_as_the_later_ones(open_window, book: Path, tmp_path: Path) -> None:
    first = open_window()
    first.open_book(book)
    first.worker.wait()
    first.tree.setFocus(Qt.FocusReason.OtherFocusReason)
    wide = first.tree.indentation()
    place = first.tree.visualRect(first.tree_model.index(0, 0)).left()
    first.close()
    later = open_window()
    later.start(None)
    later.worker.wait()
    assert later.document.path == book
    assert later.tree.indentation() == wide
    assert later.tree.visualRect(later.tree_model.index(0, 0)).left() == place
