"""The order of the tree: years by themselves, agencies and tables by hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from jixiao.gui.window import MainWindow

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def _guarded(window: MainWindow):
    window.model_tester = QAbstractItemModelTester(
        window.tree_model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )


def agencies(window: MainWindow) -> list[str]:
    seen = [window.tree_model.index(row, 0).data() for row in range(window.tree_model.rowCount())]
    assert seen == [agency.name for agency in window.document.tree]
    return seen


def press_on(window: MainWindow, kind: str, node_id: int, key: Qt.Key) -> None:
    index = window.tree_model.find(kind, node_id)
    flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
    window.tree.setFocus()
    window.tree.selectionModel().setCurrentIndex(index, flag)
    QTest.keyClick(window.tree, key, ALT)


def test_years_stand_with_the_newest_above_whenever_they_came(window: MainWindow) -> None:
    agency = window.document.tree[0]
    for year in (2024, 2028, None, 2025, 2027):
        window.tree_actions.add_year(agency.id, year)
    wanted = [2028, 2027, 2026, 2025, 2024, None]
    assert [year.year for year in window.document.tree[0].years] == wanted
    above = window.tree_model.index(0, 0)
    shown = [window.tree_model.index(row, 0, above).data() for row in range(len(wanted))]
    assert shown == [f"{year} 年度" if year else "年度未定" for year in wanted]
    year = window.document.tree[0].years[0]
    window.tree_actions.regroup.change_year(year.id, 2020)
    years = [year.year for year in window.document.tree[0].years]
    assert years == [2027, 2026, 2025, 2024, 2020, None]


def test_an_agency_moves_up_and_down_in_one_step(window: MainWindow) -> None:
    before = agencies(window)
    first, second, *_ = window.document.tree
    swapped = [second.name, first.name, *before[2:]]
    press_on(window, "agency", second.id, Key.Key_Up)
    assert agencies(window) == swapped
    assert window.tree.currentIndex().data() == second.name
    assert window.document.names.undo == f"上移 {second.name}"
    window.undo()
    assert agencies(window) == before
    window.redo()
    assert agencies(window) == swapped
    press_on(window, "agency", second.id, Key.Key_Down)
    assert agencies(window) == before
    press_on(window, "agency", first.id, Key.Key_Up)
    assert agencies(window) == before
    assert window.document.names.undo == f"下移 {second.name}"


def test_a_year_cannot_be_moved_and_it_is_told(window: MainWindow) -> None:
    before = window.document.tree
    press_on(window, "year", before[0].years[0].id, Key.Key_Down)
    assert window.document.tree == before
    assert "年度总是新的在上" in window.status.message_label.text()
