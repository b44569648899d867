"""How a page stands on this screen: column widths, zoom, handles of rows, the selection's sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from jixiao.gui.page.block import numbers_in
from jixiao.gui.page.borders import fitting_width, with_width

if TYPE_CHECKING:
    from jixiao.gui.window import MainWindow

_SELECTION_MS = 30


class PageLook(QObject):
    """Remembers widths and zoom for each form, and tells in the status bar what is selected."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._view = window.view
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SELECTION_MS)
        self._timer.timeout.connect(self.show_selection)
        window.view.selected.connect(self._timer.start)
        window.view.widths_changed.connect(self._remember)
        window.document.table_shown.connect(self._take_widths)
        window.desk.gutter.dropped.connect(window.page_rows.drop_rows)

    def _take_widths(self) -> None:
        """Before the page is laid out: the widths that were left for its form."""
        shown = self._window.document.shown
        if shown is not None:
            self._view.columns = self._window.settings.widths(shown.form.id)

    def _remember(self, columns: tuple[float, ...]) -> None:
        shown = self._window.document.shown
        if shown is not None:
            self._window.settings.set_widths(shown.form.id, columns)

    def fit_widths(self) -> None:
        """Every column as wide as its texts need."""
        view, shown = self._view, self._window.document.shown
        if shown is None:
            return
        columns = tuple(view.geometry_of_page.columns)
        for column in range(len(columns)):
            fitting = fitting_width(view.page.grid, view.fonts, column)
            columns = with_width(columns, column, fitting)
        view.set_columns(columns)
        self._remember(columns)

    def reset_widths(self) -> None:
        """Columns as wide as the form draws them."""
        shown = self._window.document.shown
        if shown is not None:
            self._window.settings.set_widths(shown.form.id, None)
            self._view.set_columns(None)

    def show_selection(self) -> None:
        """Tell how many cells are selected and what their numbers add up to."""
        shown = self._window.document.shown
        cells = self._view.selected_cells() if shown is not None else []
        self._window.status.set_selection(numbers_in(cells).text)
