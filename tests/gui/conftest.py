"""A window on a book with real tables; settings and folders lie in a temporary place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QSettings, QStandardPaths, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from jixiao.app.importing.drafts import import_files
from jixiao.app.session import Session
from jixiao.gui.main import make_application
from jixiao.gui.window import MainWindow
from jixiao.io.paper.page.grid import Binding, Cell

TRUTH = Path(__file__).parent.parent / "data" / "truth"


@pytest.fixture(scope="session")
def qapp() -> Iterator[QApplication]:
    """The program's own application, not a bare one; nothing of Python's outlives it."""
    app = make_application()
    yield app
    app.clipboard().clear()


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path) -> Iterator[None]:
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings")
    )
    QStandardPaths.setTestModeEnabled(True)
    yield
    QStandardPaths.setTestModeEnabled(False)


@pytest.fixture(scope="session")
def made_book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("made") / "made.jxb"
    names = ("lukou2026-department", "lukou2026-project-1", "lukou2026-project-2")
    names += ("shifeng2023-department", "hetang2024-project-1")
    with Session.open(path) as session:
        reports = import_files(session, [TRUTH / f"{name}.json" for name in names])
        assert not [report.reason for report in reports if report.refused]
    return path.read_bytes()


@pytest.fixture
def book(tmp_path: Path, made_book: bytes) -> Path:
    path = tmp_path / "账本 1.jxb"
    path.write_bytes(made_book)
    return path


OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[OpenWindow]:
    """Opens a window on a book; ``synchronous`` False uses the book's own thread."""
    windows: list[MainWindow] = []

    def make(path: Path | None = None, *, synchronous: bool = True) -> MainWindow:
        window = MainWindow(synchronous=synchronous)
        windows.append(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        if path is not None:
            window.start(path)
            window.worker.wait()
        return window

    yield make
    for window in windows:
        window.close()
        window.worker.close()
        window.deleteLater()


@pytest.fixture
def window(open_window: OpenWindow, book: Path) -> MainWindow:
    window = open_window(book)
    show(window, "区二届人大六次会议")
    return window


def show(window: MainWindow, name: str) -> None:
    """Choose a table in the tree by its name."""
    for agency in window.document.tree:
        for year in agency.years:
            for table in year.tables:
                if table.name == name:
                    index = window.tree_model.index_of_table(table.id)
                    window.tree.selectionModel().setCurrentIndex(
                        index, QItemSelectionModel.SelectionFlag.ClearAndSelect
                    )
                    window.worker.wait()
                    window.view.setFocus()
                    return
    raise AssertionError(name)


def cell_of(window: MainWindow, target: str, name: str, row: int | None = None) -> Cell:
    """The cell bound to a field, or to a column of a row."""
    for cell, part in window.page.grid.bound():
        binding = part.binding
        if (
            binding is not None
            and (binding.target, binding.name) == (target, name)
            and (row is None or row in binding.rows)
        ):
            return cell
    raise AssertionError((target, name, row))


def binding_of(cell: Cell) -> Binding:
    """The one binding of a cell."""
    (binding,) = cell.bindings
    return binding


def put_cursor(window: MainWindow, cell: Cell) -> None:
    """Click into a cell."""
    rect = window.view.geometry_of_page.rect(cell)
    QTest.mouseClick(
        window.view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        rect.center(),
    )
    assert window.view.current_cell() == cell


def press(
    window: MainWindow,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press a key where the keyboard is: in the editor, else in the page."""
    QTest.keyClick(focused(window), key, modifier)


def type_text(window: MainWindow, text: str) -> None:
    """Type letters and digits, each as a key."""
    for char in text:
        QTest.keyClicks(focused(window), char)


def focused(window: MainWindow):
    editor = window.view.open_editor()
    if editor is None:
        return window.view
    return editor.focusProxy() or editor


def stored(path: Path, name: str):
    """The table of that name as another program reads it from the file."""
    with Session.open(path) as session:
        return next(table for _, table in session.book.tables() if table.name == name)


def pytest_itemcollected(item: pytest.Item) -> None:
    """The offscreen platform says this of windows and menus; no fault of ours."""
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


def answer(box: QMessageBox, *, yes: bool) -> None:
    """Click the button of a question that does something, or the one that does not."""
    role = QMessageBox.ButtonRole.AcceptRole if yes else QMessageBox.ButtonRole.RejectRole
    next(button for button in box.buttons() if box.buttonRole(button) == role).click()
