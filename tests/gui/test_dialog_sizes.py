"""Every dialog is usable on a screen of 1366×768, also with letters half as large again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from jixiao.app.new_tables import form_pages
from jixiao.gui import look
from jixiao.gui.dialogs import DetailsDialog, ExportDialog
from jixiao.gui.files.backups_dialog import BackupsDialog
from jixiao.gui.help.help_window import HelpWindow
from jixiao.gui.tree.dialogs import AgencyYearsDialog, MoveDialog, NameDialog
from jixiao.gui.tree.new_table_dialog import EmptyFormDialog, NewTableDialog
from jixiao.gui.tree.recycle_bin_dialog import RecycleBinDialog
from jixiao.gui.window import MainWindow
from jixiao.model.tree import DeletedEntry

WIDE, HIGH = 1366, 768 - 60  # a title bar and the system's own bar
MANY = [
    DeletedEntry(i, "很长的项目名称" * 6, "project", "某某单位" * 8, 2026, "") for i in range(99)
]


def carrying(window: MainWindow) -> QWidget:
    window.book_actions.carry_over()
    assert window.book_actions.carrying is not None
    return window.book_actions.carrying


def recycle_bin(window: MainWindow) -> QWidget:
    dialog = RecycleBinDialog(window)
    dialog.show_entries(MANY)
    return dialog


DIALOGS: dict[str, Callable[[MainWindow], QWidget]] = {
    "new table": lambda w: NewTableDialog(form_pages(w.document.forms), ["单位"], parent=w),
    "empty form": lambda w: EmptyFormDialog(form_pages(w.document.forms), parent=w),
    "carry over": carrying,
    "recycle bin": recycle_bin,
    "backups": lambda w: BackupsDialog([Path(f"20260101-10101{n} 前.jxb") for n in range(9)], w),
    "export": lambda w: ExportDialog(w.files.export_scopes(), Path("/很长/" * 40), w),
    "details": lambda w: DetailsDialog("结果", "概要" * 60, ["一行" * 90] * 200, w),
    "years": lambda w: AgencyYearsDialog(w.document.tree[0], "名称" * 40, w),
    "move": lambda w: MoveDialog(["单位" * 30], 3, parent=w),
    "name": lambda w: NameDialog("新建单位", "单位名称：", "名" * 80, parent=w),
    "help": lambda w: HelpWindow(w.commands, w),
}


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("name", DIALOGS)
def test_it_fits_and_nothing_hangs_over_its_edge(
    window: MainWindow, name: str, scale: float
) -> None:
    look.apply_font(scale)
    try:
        dialog = DIALOGS[name](window)
        dialog.show()
        QApplication.processEvents()
        need = dialog.minimumSizeHint()
        assert need.width() <= WIDE
        assert need.height() <= HIGH
        dialog.resize(min(dialog.width(), WIDE), min(dialog.height(), HIGH))
        QApplication.processEvents()
        assert hanging_over(dialog) == []
        dialog.close()
    finally:
        look.apply_font(1.0)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_window_itself_fits(window: MainWindow, scale: float) -> None:
    look.apply_font(scale)
    try:
        window.finding.open_replace()
        window.status.tell("很长的一句话" * 60, "撤销")
        QApplication.processEvents()
        need = window.minimumSizeHint()
        assert need.width() <= WIDE
        assert need.height() <= HIGH
    finally:
        look.apply_font(1.0)


@pytest.mark.parametrize("name", DIALOGS)
def test_at_200_percent_there_is_room_for_every_dialog(window: MainWindow, name: str) -> None:
    dialog = DIALOGS[name](window)
    dialog.show()
    QApplication.processEvents()
    need = dialog.minimumSizeHint()
    assert need.width() <= WIDE // 2
    assert need.height() <= HIGH // 2
    dialog.close()


def test_at_200_percent_there_is_room_for_the_window(open_window, window: MainWindow) -> None:
    window.finding.open_replace()
    start = open_window()
    for shown in (window, start):
        shown.resize(WIDE // 2, HIGH // 2)
        QApplication.processEvents()
        assert shown.width() == WIDE // 2
        assert shown.minimumSizeHint().width() <= WIDE // 2
        assert shown.minimumSizeHint().height() <= HIGH // 2
    bar = window.find_bar
    assert bar.width() >= bar.minimumSizeHint().width()


def hanging_over(dialog: QWidget) -> list[str]:
    found: list[str] = []
    for kind in (QAbstractButton, QComboBox, QLineEdit):
        for widget in dialog.findChildren(kind):
            if widget.isVisible() and widget.window() is dialog:
                rect = QRect(widget.mapTo(dialog, widget.rect().topLeft()), widget.size())
                if not dialog.rect().contains(rect):
                    found.append(f"{widget} {rect}")
    return found
