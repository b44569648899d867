"""Deleting and restoring by keys: what is shown afterwards, and that nothing happens twice."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jixiao.gui.window import MainWindow
from tests.gui.conftest import show

Key = Qt.Key
NAME = "区二届人大六次会议"
OTHER = "人大代表履职能力提升"


def places(window: MainWindow) -> list[tuple[str, int | None, list[str]]]:
    return [
        (agency.name, year.year, [table.name for table in year.tables])
        for agency in window.document.tree
        for year in agency.years
    ]


def delete(window: MainWindow, name: str) -> None:
    show(window, name)
    window.tree.setFocus()
    QTest.keyClick(window.tree, Key.Key_Delete)
    window.worker.wait()


def test_enter_in_the_bin_restores_once_and_shows_the_table(open_window, book: Path, qtbot) -> None:
    window = open_window(book, synchronous=False)
    told: list[str] = []
    tell = window.status.tell
    window.status.tell = lambda text, *rest: (told.append(text), tell(text, *rest))
    delete(window, NAME)
    delete(window, OTHER)
    window.commands.actions["recycle_bin"].trigger()
    window.worker.wait()
    dialog = window.tree_actions.bin
    dialog.list.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
    window.worker.wait()
    assert dialog.isVisible()
    assert told[-1] == "恢复了 1 张表。"
    assert [text for text in told if "不在" in text] == []
    assert window.document.shown.table.name == OTHER
    assert window.tree.tree.node(window.tree.currentIndex()).name == OTHER
    assert dialog.list.topLevelItemCount() == 1
    QTest.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    window.worker.wait()
    assert [text for text in told if "不在" in text] == []
    assert window.document.shown.table.name == NAME
    dialog.close()


def test_after_a_deletion_one_stays_in_the_year(window: MainWindow) -> None:
    agency, year, names = next(place for place in places(window) if NAME in place[2])
    for left in range(len(names), 0, -1):
        last = next(p for p in places(window) if p[:2] == (agency, year))[2][-1]
        table_id = next(
            t.id
            for a in window.document.tree
            for y in a.years
            for t in y.tables
            if (a.name, y.year, t.name) == (agency, year, last)
        )
        window.document.show_table(table_id)
        window.tree.setFocus()
        QTest.keyClick(window.tree, Key.Key_Delete)
        window.worker.wait()
        node = window.tree.tree.node(window.tree.currentIndex())
        if left > 1:
            assert node.kind == "table"
            assert node.parent.name == str(year)
            assert node.parent.parent.name == agency
            assert window.document.shown.table_id == node.id
    assert node.kind != "table"
    assert window.document.shown is None
    assert window.empty_page.isVisible()
    window.undo()
    window.worker.wait()
    assert window.document.shown.table.agency == agency
