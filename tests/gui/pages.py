"""What the tests of the page share: where things are, and the mouse over them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from jixiao.app import tree as app_tree
from jixiao.gui.page.block import own_binding
from jixiao.gui.window import MainWindow
from jixiao.io.paper.page.grid import Cell
from tests.gui.conftest import cell_of, put_cursor

NAME = "区二届人大六次会议"
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


def table(window: MainWindow):
    return window.document.shown.table


def names(window: MainWindow) -> list[str]:
    """The third levels in the order of the page."""
    found: list[str] = []
    for row in range(len(window.page.grid.rows)):
        binding = own_binding(window.page.grid, row)
        if binding is not None and binding.target == "indicators" and binding.rows:
            found.append(table(window).indicators[binding.rows[0]].level3)
    return found


def at(window: MainWindow, column: str, row: int = 0) -> Cell:
    """Put the cursor into a column of an indicator."""
    cell = cell_of(window, "indicators", column, row)
    put_cursor(window, cell)
    return cell


def middle(window: MainWindow, cell: Cell) -> QPoint:
    return window.view.geometry_of_page.rect(cell).center()


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    """Press, move in steps, release."""
    QTest.mousePress(widget, LEFT, Qt.KeyboardModifier.NoModifier, start)
    for step in range(1, 6):
        QTest.mouseMove(widget, start + (end - start) * step / 5)
        QApplication.processEvents()
    QTest.mouseRelease(widget, LEFT, Qt.KeyboardModifier.NoModifier, end)


def selected_texts(window: MainWindow) -> list[str]:
    return [cell.text for cell in window.view.selected_cells()]


def new_table(window: MainWindow, form: str, name: str = "新表") -> None:
    """Show an empty table of a form."""
    year = next(y for a in window.document.tree for y in a.years)
    made: list[int] = []
    window.document.run(
        lambda session: app_tree.new_table(session, year.id, form, name), made.append
    )
    window.document.reload()
    window.document.show_table(made[0])
    window.view.setFocus()
