"""Find and replace: hits, next and previous, marks, one undo step, locked tables; real keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jixiao.gui.find.marks import cell_of_place
from jixiao.gui.window import MainWindow
from tests.gui.conftest import cell_of, show

Key = Qt.Key
NAME = "区二届人大六次会议"
OTHER = "人大代表履职能力提升"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def search(window: MainWindow, text: str, scope: int = 0, *, replace: bool = False) -> None:
    window.commands.actions["replace" if replace else "find"].trigger()
    bar = window.find_bar
    bar.scope.setCurrentIndex(scope)
    bar.text.clear()
    QTest.keyClicks(bar.text, text) if text.isascii() else bar.text.setText(text)
    window.finding.search()


def texts(window: MainWindow, text: str) -> int:
    return sum(cell.text.count(text) for cell in window.page.grid.cells if cell.bindings)


def test_ctrl_f_opens_the_bar_with_the_keyboard_in_it(window: MainWindow) -> None:
    window.view.setFocus()
    QTest.keyClick(window.view, Key.Key_F, CONTROL)
    assert window.find_bar.isVisible()
    assert window.find_bar.text.hasFocus()
    assert not window.find_bar.with_text.isVisible()
    QTest.keyClick(window.find_bar.text, Key.Key_Escape)
    assert not window.find_bar.isVisible()
    assert window.view.hasFocus()
    QTest.keyClick(window.view, Key.Key_H, CONTROL)
    assert window.find_bar.with_text.isVisible()


def test_it_counts_goes_on_and_back_and_marks_the_cell(window: MainWindow) -> None:
    search(window, "95")
    finding, bar = window.finding, window.find_bar
    total = len(finding.hits)
    assert total
    assert bar.count.text() == f"{total} 处"
    QTest.keyClick(bar.text, Key.Key_Return)
    assert bar.count.text() == f"1 / {total} 处"
    hit = finding.hits[0]
    assert window.view.current_cell() == cell_of_place(window.page.grid, hit.binding)
    assert finding.marks.isVisible()
    assert finding.marks.size() == window.view.viewport().size()
    QTest.keyClick(bar.text, Key.Key_Return, SHIFT)
    assert bar.count.text() == f"{total} / {total} 处"
    window.view.setFocus()
    QTest.keyClick(window.view, Key.Key_F3)
    assert bar.count.text() == f"1 / {total} 处"
    QTest.keyClick(window.view, Key.Key_F3, SHIFT)
    assert bar.count.text() == f"{total} / {total} 处"


def test_the_book_leads_to_other_tables(window: MainWindow) -> None:
    search(window, "人大代表", scope=2)
    tables = {hit.table_id for hit in window.finding.hits}
    assert len(tables) > 1
    seen = set()
    for _ in window.finding.hits:
        window.finding.find_next()
        shown = window.document.shown
        hit = window.finding.hits[window.finding.current]
        assert shown.table_id == hit.table_id
        seen.add(shown.table_id)
    assert seen == tables


def test_whole_cells_and_case(window: MainWindow) -> None:
    search(window, "次")
    some = len(window.finding.hits)
    window.find_bar.whole.setChecked(True)
    assert 0 < len(window.finding.hits) < some
    assert all(hit.text == "次" for hit in window.finding.hits)
    window.find_bar.text.setText("没有这样的文字")
    window.finding.search()
    assert window.find_bar.count.text() == "没有找到"
    assert not window.find_bar.all.isEnabled()


def test_replace_one_goes_on_to_the_next(window: MainWindow) -> None:
    search(window, "百分比", replace=True)
    total = len(window.finding.hits)
    window.find_bar.with_text.setText("%")
    QTest.keyClick(window.find_bar.with_text, Key.Key_Return)  # to the first
    first = window.finding.hits[0].binding
    QTest.keyClick(window.find_bar.with_text, Key.Key_Return)
    assert cell_of_place(window.page.grid, first).text == "%"
    assert len(window.finding.hits) == total - 1
    assert window.finding.current == 0
    assert window.find_bar.count.text() == f"1 / {total - 1} 处"


def test_replace_all_is_one_step_and_skips_locked_tables(window: MainWindow) -> None:
    show(window, OTHER)
    window.commands.actions["state_reported"].trigger()
    show(window, NAME)
    search(window, "人大代表", scope=1, replace=True)
    window.find_bar.with_text.setText("县人大代表")
    hits = len(window.finding.hits)
    QTest.mouseClick(window.find_bar.all, Qt.MouseButton.LeftButton)
    report = window.find_bar.report.text()
    assert report.startswith("替换了")
    assert "跳过" in report
    assert 0 < int(report.split()[1]) < hits
    assert texts(window, "县人大代表") > 0
    assert window.document.names.undo.startswith("替换")
    window.document.undo()
    assert texts(window, "县人大代表") == 0
    assert window.document.names.undo == "标为已报"


def test_what_is_not_on_the_page_is_shown_in_the_strip(window: MainWindow) -> None:
    from dataclasses import replace

    from jixiao.app.editing import put_table

    shown = window.document.shown
    fields = {**shown.table.fields, "不在表样里的": "独一无二的文字"}
    table = replace(shown.table, fields=fields)
    window.document.run(lambda session: put_table(session, shown.table_id, table, "x"))
    window.document.reload()
    search(window, "独一无二的文字")
    window.finding.find_next()
    assert window.strip.list.isVisible()
    assert "未列" in window.status.message_label.text()


def test_typing_on_the_page_renews_the_hits(window: MainWindow, qtbot) -> None:
    search(window, "206")
    assert len(window.finding.hits) == 1
    cell = cell_of(window, "indicators", "value", 0)
    window.page.edit([(cell.bindings[0], "207")])
    qtbot.waitUntil(lambda: not window.finding.hits)
    assert not window.finding.marks.isVisible()


def test_the_bar_goes_with_the_book(window: MainWindow) -> None:
    search(window, "206")
    window.files.close_book()
    QApplication.processEvents()
    assert not window.find_bar.isVisible()


def test_hits_come_bit_by_bit_and_an_edit_goes_between(
    open_window, book: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """With the book's own thread and a table at a time: nothing waits for the whole search."""
    monkeypatch.setattr("jixiao.gui.find.finding._AT_ONCE", 1)
    monkeypatch.setattr("jixiao.gui.find.finding._CHANGED_MS", 600_000)
    window = open_window(book, synchronous=False)
    show(window, NAME)
    counts: list[str] = []
    order: list[str] = []
    shown = window.find_bar.set_count

    def see(*args: int, **options: bool) -> None:
        shown(*args, **options)
        counts.append(window.find_bar.count.text())
        assert window.find_bar.all.isEnabled() == (args[1] > 0 and not options["more"])
        if len(counts) == 2:
            window.document.run(lambda _: None, lambda _: order.append("edit"))
        order.append("hits")

    monkeypatch.setattr(window.find_bar, "set_count", see)
    window.commands.actions["find"].trigger()
    window.find_bar.scope.setCurrentIndex(2)
    window.find_bar.text.setText("会议")
    counts.clear()
    order.clear()
    window.finding.search()
    qtbot.waitUntil(lambda: not window.finding.more)
    assert counts[0].endswith("…")
    assert not counts[-1].endswith("…")
    assert order.index("edit") < len(order) - 1
    assert counts[-1] == f"{len(window.finding.hits)} 处"
    window.worker.wait()


def test_a_new_search_ends_the_one_before(
    open_window, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jixiao.gui.find.finding._AT_ONCE", 1)
    window = open_window(book, synchronous=False)
    window.commands.actions["find"].trigger()
    window.find_bar.scope.setCurrentIndex(2)
    for text in ("的", "会议", "没有这句话"):
        window.find_bar.text.setText(text)
        window.finding.search()
    window.worker.wait()
    assert window.finding.hits == []
    assert window.find_bar.count.text() == "没有找到"


def test_enter_right_after_typing_goes_to_the_first_hit(window: MainWindow) -> None:
    window.commands.actions["find"].trigger()
    window.find_bar.text.setText("代表")
    QTest.keyClick(window.find_bar.text, Key.Key_Return)
    assert window.finding.current == 0
    assert window.find_bar.count.text().startswith("1 / ")


def test_replacing_very_much_shows_how_far_it_is_and_is_one_step(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jixiao.gui.find.finding._MANY", 1)
    search(window, "代表", scope=2, replace=True)
    count = len(window.finding.hits)
    window.find_bar.with_text.setText("委员")
    QTest.mouseClick(window.find_bar.all, Qt.MouseButton.LeftButton)
    assert f"替换了 {count} 处" in window.find_bar.report.text()
    window.document.undo()
    search(window, "代表", scope=2)
    assert len(window.finding.hits) == count
