"""A new table from the start page to the exported Word file, by keys alone and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QMenu,
    QWidget,
)
from pytestqt.qtbot import QtBot

from jixiao.app.importing.drafts import import_files
from jixiao.app.session import Session
from jixiao.gui.dialogs import ExportDialog
from jixiao.gui.tree.new_table_dialog import NewTableDialog
from jixiao.gui.window import MainWindow
from jixiao.io.paper.page.grid import Cell
from jixiao.model.table import Indicator, Table
from tests.gui.conftest import cell_of, focused

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
AGENCY, NAME = "株洲市渌口区民政局", "养老服务补贴"
HEAD = {
    "project_amount": "120",
    "project_category": "延续项目",
    "implementation_period": "2026年1月-2026年12月",
    "annual_goal": "全年发放补贴4次，受益老人1200人，满意度95%以上。",
}
# level 1, level 2, level 3, value, unit, comparator: one row of every category that is asked for
ROWS = (
    ("产出指标", "数量指标", "发放补贴次数", "4", "次", "="),
    ("产出指标", "数量指标", "受益老人人数", "1200", "人", "≥"),
    ("产出指标", "质量指标", "补贴发放准确率", "100", "%", "="),
    ("产出指标", "时效指标", "补贴发放完成时间", "2026年12月底前", "", "定性"),
    ("效益指标", "社会效益", "老年人生活状况", "改善", "", "定性"),
    ("满意度", "服务对象满意度", "老年人满意度", "95", "%", "≥"),
    ("成本指标", "经济成本指标", "补贴总成本", "120", "万元", "≤"),
)


def put(window: MainWindow | QWidget, text: str) -> None:
    """Letters and digits as keys, everything else as an input method hands it over."""
    for char in text:
        target = focused(window) if isinstance(window, MainWindow) else window
        if char.isascii():
            QTest.keyClicks(target, char)
        else:
            event = QInputMethodEvent()
            event.setCommitString(char)
            QApplication.sendEvent(target, event)


def key(window: MainWindow, *keys: Qt.Key) -> None:
    for one in keys:
        QTest.keyClick(focused(window), one)


def meanwhile(kind: type[QDialog], drive: Callable[[QDialog], object]) -> None:
    """Drive a dialog that holds the caller up, as soon as it is there."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not (isinstance(dialog, kind) and dialog.isActiveWindow()):
            QTimer.singleShot(20, look)
            return
        try:
            drive(dialog)
        finally:
            if dialog.isVisible():  # the caller goes on also when something failed
                dialog.reject()

    QTimer.singleShot(0, look)


def category(window: MainWindow, level2: str) -> QMenu:
    """The open list of categories with the cursor on one of them, brought there by keys."""
    menu = window.page_menu.menu
    assert menu is not None
    for _ in menu.actions():
        if menu.activeAction().text().endswith(level2):
            return menu
        QTest.keyClick(menu, Key.Key_Down)
    raise AssertionError(level2)


def read_back(path: Path, folder: Path) -> Table:
    with Session.open(folder / f"read {path.suffix}.jxb") as session:
        (report,) = import_files(session, [path])
        assert not report.refused
        assert not [doubt for reading in report.readings for doubt in reading.doubts]
        ((_, table),) = session.book.tables()
        return table


def check(table: Table) -> None:
    """The table says what was typed."""
    assert (table.agency, table.year, table.name) == (AGENCY, 2026, NAME)
    assert {name: table.fields[name] for name in HEAD} == HEAD
    assert [said(row) for row in table.indicators] == list(ROWS)


def said(row: Indicator) -> tuple[str, ...]:
    return (row.level1, row.level2, row.level3, row.value, row.unit, row.comparator)


@pytest.fixture
def start(open_window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The start page of a program that was never used; saving proposes a book there."""
    window = open_window()
    target = tmp_path / "我的账本.jxb"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    return window


def test_by_keys(start: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window = start
    assert QApplication.focusWidget() is window.start_page.cards.cards[0]
    key_on_focus(Key.Key_Right)
    assert QApplication.focusWidget().accessibleName() == "新建账本"
    key_on_focus(Key.Key_Return)
    window.worker.wait()
    meanwhile(NewTableDialog, fill_new_table_by_keys)
    key_on_focus(Key.Key_Return)  # the first card of the empty book
    window.worker.wait()
    window.activateWindow()  # offscreen there is nobody who would do it
    qtbot.waitUntil(window.view.hasFocus)

    for name, text in HEAD.items():  # the cursor stands on the name
        key(window, Key.Key_Tab)
        assert window.view.current_cell() == cell_of(window, "field", name)
        put(window, text)
    before = ROWS[0]
    for row in ROWS:
        if row is ROWS[0]:
            key(window, Key.Key_Tab)
            put(window, row[0])
            key(window, Key.Key_Tab)
            put(window, row[1])
            key(window, Key.Key_Tab)
        elif row[:2] == before[:2]:
            key(window, Key.Key_Tab, Key.Key_Tab)  # over the remark and on to a new row
        else:
            key(window, Key.Key_Tab)  # to the remark, which stays empty
            QTest.keyClick(focused(window), Key.Key_A, CTRL | SHIFT)
            QTest.keyClick(category(window, row[1]), Key.Key_Return)
            window.worker.wait()
        for number, text in enumerate(row[2:]):
            if number:
                key(window, Key.Key_Tab)
            put(window, text) if text else None
        before = row
    key(window, Key.Key_Tab)
    QTest.keyClick(focused(window), Key.Key_F7)
    window.worker.wait()

    meanwhile(ExportDialog, lambda dialog: export_by_keys(dialog, tmp_path))
    QTest.keyClick(focused(window), Key.Key_E, CTRL)
    window.worker.wait()
    check(window.document.shown.table)
    for ending in ("docx", "xlsx"):
        (path,) = tmp_path.glob(f"*.{ending}")
        check(read_back(path, tmp_path))


def key_on_focus(one: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), one)


def fill_new_table_by_keys(dialog: NewTableDialog) -> None:
    assert dialog.picker.list.hasFocus()
    for _ in range(dialog.picker.list.count()):
        if dialog.picker.form.id == "lukou2026-xiangmu":
            break
        key_on_focus(Key.Key_Right)
    for text in (AGENCY, "2026", NAME):
        key_on_focus(Key.Key_Tab)
        put(QApplication.focusWidget(), text)
    assert (dialog.agency.currentText(), dialog.year.text()) == (AGENCY, "2026")
    key_on_focus(Key.Key_Return)


def export_by_keys(dialog: ExportDialog, folder: Path) -> None:
    for _ in range(1 + len(dialog.formats)):  # past what is exported and the formats
        key_on_focus(Key.Key_Tab)
    assert dialog.folder.hasFocus()
    put(dialog.folder, str(folder))
    key_on_focus(Key.Key_Return)


def test_by_mouse(start: MainWindow, tmp_path: Path) -> None:
    window = start
    click(window.start_page.cards.cards[1])
    window.worker.wait()
    meanwhile(NewTableDialog, fill_new_table_by_mouse)
    click(window.empty_page.cards.cards[0])
    window.worker.wait()

    for name, text in HEAD.items():
        click_cell(window, cell_of(window, "field", name))
        put(window, text)
    for number, row in enumerate(ROWS):
        if number == 0:
            for column, text in zip(("level1", "level2"), row, strict=False):
                click_cell(window, empty_cell(window, column))
                put(window, text)
            click_cell(window, cell_of(window, "field", "project_amount"))
        elif row[:2] == ROWS[number - 1][:2]:
            click_cell(window, cell_of(window, "indicators", "level3", number - 1))
            choose(window, window.page_menu.make(), "在本类增加一行")
        else:
            click_cell(window, cell_of(window, "indicators", "level3", number - 1))
            choose(window, window.page_menu.make(), "增加分类", row[0], row[1])
        for column, text in zip(("level3", "value", "unit", "comparator"), row[2:], strict=True):
            if text:
                click_cell(window, cell_of(window, "indicators", column, number))
                put(window, text)
    click_cell(window, cell_of(window, "field", "project_name"))

    meanwhile(ExportDialog, lambda dialog: export_by_mouse(dialog, tmp_path))
    click(window.toolbar.primary_button)
    window.worker.wait()
    check(window.document.shown.table)
    (path,) = tmp_path.glob("*.docx")
    assert not list(tmp_path.glob("*.xlsx"))
    check(read_back(path, tmp_path))


def click(widget: QWidget) -> None:
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, LEFT)


def click_cell(window: MainWindow, cell: Cell) -> None:
    rect = window.view.geometry_of_page.rect(cell)
    QTest.mouseClick(window.view.viewport(), LEFT, pos=rect.center())


def empty_cell(window: MainWindow, column: str) -> Cell:
    """The cell of the row that invites to type."""
    grid = window.page.grid
    return next(
        cell
        for cell, part in grid.bound()
        if part.binding is not None
        and (part.binding.target, part.binding.name) == ("indicators", column)
    )


def choose(window: MainWindow, menu: QMenu, *texts: str) -> None:
    """Click through a context menu and its submenus."""
    menu.popup(window.mapToGlobal(QPoint(200, 10)))
    for text in texts:
        action = next(a for a in menu.actions() if a.text().partition("(")[0] == text)
        QTest.mouseMove(menu, menu.actionGeometry(action).center())
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
        if text != texts[-1]:
            menu = opened_below(menu)
    window.worker.wait()
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QMenu):
            widget.close()


def opened_below(menu: QMenu) -> QMenu:
    """The submenu that opens after a moment."""
    for _ in range(100):
        for below in menu.findChildren(QMenu):
            if below.isVisible() and below.parent() is menu:
                return below
        QTest.qWait(20)
    raise AssertionError("no submenu")


def fill_new_table_by_mouse(dialog: NewTableDialog) -> None:
    pictures = dialog.picker.list
    item = next(
        pictures.item(row)
        for row in range(pictures.count())
        if "lukou2026-xiangmu" in pictures.item(row).toolTip()
    )
    QTest.mouseClick(pictures.viewport(), LEFT, pos=pictures.visualItemRect(item).center())
    assert dialog.picker.form.id == "lukou2026-xiangmu"
    for edit, text in (
        (dialog.agency.lineEdit(), AGENCY),
        (dialog.year, "2026"),
        (dialog.name, NAME),
    ):
        QTest.mouseClick(edit, LEFT)
        edit.selectAll()
        put(edit, text)
    click(ok_of(dialog.buttons))


def export_by_mouse(dialog: ExportDialog, folder: Path) -> None:
    dialog.folder.setText(str(folder))
    box = dialog.formats["xlsx"]
    QTest.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    click(ok_of(dialog.buttons))


def ok_of(buttons: QDialogButtonBox) -> QAbstractButton:
    return buttons.button(QDialogButtonBox.StandardButton.Ok)
