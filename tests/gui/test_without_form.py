"""A table for which no form is there: its name and a quiet word in place of the page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jixiao.app.session import Session
from jixiao.gui.window import MainWindow
from jixiao.io.paper.form.stand_in import WHY_NOT
from jixiao.model.table import Table
from tests.gui.conftest import OpenWindow, stored

BUDGET = Table(
    agency="甲局",
    year=2024,
    kind="budget",
    title="收支总表",
    form="biao01",
    other='{"rows": [{"收入/项目": "一、拨款"}]}',
)


def opened(open_window: OpenWindow, path: Path) -> MainWindow:
    with Session.open(path) as session, session.book.step("添") as step:
        session.add_table(step, BUDGET)
    return open_window(path)


def test_it_is_shown_and_not_changed(open_window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "预算.jxb"
    window = opened(open_window, path)
    title, words = window.page.grid.cells
    assert title.text == "收支总表"
    assert "还没有这种表的表样" in words.text
    window.view.select(title)
    QTest.keyClicks(window.view, "9")
    assert not window.view.is_editing
    QTest.keyClick(window.view, Qt.Key.Key_Delete)
    assert window.document.edit([]) == WHY_NOT
    window.worker.wait()
    assert stored(path, "收支总表") == BUDGET
