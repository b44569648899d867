"""How a page stands on this screen: column widths, zoom, handles of rows, the selection's sums."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from jixiao.gui.page.block import numbers_in
from jixiao.gui.page.borders import fitting_width, with_width
from jixiao.gui.page.rows import PageRows
from jixiao.gui.workbench import Workbench

if TYPE_CHECKING:
    from jixiao.app.window_support import HistoryNames

_SELECTION_MS = 30
_Widths = tuple[float, ...] | None


@dataclass(frozen=True)
class Resized:
    """The widths of a form's columns before and after, and the step of the book they came after."""

    form_id: str
    before: _Widths
    after: _Widths
    step: int


@dataclass
class WidthHistory:
    """Widths take their turn among the steps of the book, as in Excel; they are not in it.

    ``step`` is the newest step of the book that is not undone.
    """

    step: int = 0
    _done: list[Resized] = field(default_factory=list[Resized])
    _undone: list[Resized] = field(default_factory=list[Resized])

    def add(self, form_id: str, before: _Widths, after: _Widths) -> None:
        """Columns were made wider or narrower."""
        self._done.append(Resized(form_id, before, after, self.step))
        self._undone.clear()

    def forget(self) -> None:
        """Another book is open."""
        self._done.clear()
        self._undone.clear()

    @property
    def undo_name(self) -> str:
        """What undo would take back, "" when it is a step of the book."""
        return "调整列宽" if self._done and self._done[-1].step >= self.step else ""

    @property
    def redo_name(self) -> str:
        """What redo would do again, "" when it is a step of the book."""
        return "调整列宽" if self._undone and self._undone[-1].step == self.step else ""

    def undo(self) -> Resized | None:
        """Take the newest widths back, None when a step of the book comes first."""
        if not self.undo_name:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Resized | None:
        """Set the widths again that were taken back last, None when a step comes first."""
        if not self.redo_name:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]


class PageLook(QObject):
    """Remembers widths and zoom for each form, and tells in the status bar what is selected."""

    def __init__(self, bench: Workbench, rows: PageRows) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._view = bench.view
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SELECTION_MS)
        self._timer.timeout.connect(self.show_selection)
        bench.view.selected.connect(self._timer.start)
        bench.view.widths_changed.connect(self._remember)
        bench.document.table_shown.connect(self._take_widths)
        self.widths = WidthHistory()
        bench.document.opened.connect(self.widths.forget)
        bench.document.names_changed.connect(self._take_step)
        bench.desk.gutter.dropped.connect(rows.drop_rows)

    def _take_widths(self) -> None:
        """Before the page is laid out: the widths that were left for its form."""
        shown = self._bench.document.shown
        if shown is not None:
            self._view.columns = self._bench.settings.widths(shown.form.id)

    def _take_step(self, names: HistoryNames) -> None:
        self.widths.step = names.step

    def _remember(self, columns: tuple[float, ...] | None) -> None:
        """Keep the widths of the form on the screen; undo takes them back in their turn."""
        bench, shown = self._bench, self._bench.document.shown
        if shown is None:
            return
        before = bench.settings.widths(shown.form.id)
        bench.settings.set_widths(shown.form.id, columns)
        if before != columns:
            # Behind the edits that are on their way: they came first.
            document, form_id = bench.document, shown.form.id
            document.run(lambda _: None, lambda _: self._add(form_id, before, columns))

    def _add(self, form_id: str, before: _Widths, after: _Widths) -> None:
        self.widths.add(form_id, before, after)
        document = self._bench.document
        document.set_names(document.names)

    def undo_widths(self) -> bool:
        """Take back widths if they are what was done last; False when a step of the book is."""
        found = self.widths.undo()
        return self._set(found, None if found is None else found.before, "已撤销 调整列宽。")

    def redo_widths(self) -> bool:
        """Set widths again if they are what was undone last."""
        found = self.widths.redo()
        return self._set(found, None if found is None else found.after, "已重做 调整列宽。")

    def _set(self, found: Resized | None, widths: _Widths, message: str) -> bool:
        if found is None:
            return False
        bench, shown = self._bench, self._bench.document.shown
        bench.settings.set_widths(found.form_id, widths)
        if shown is not None and shown.form.id == found.form_id:
            self._view.set_columns(widths)
        bench.document.set_names(bench.document.names)
        bench.tell(message)
        return True

    def fit_widths(self) -> None:
        """Every column as wide as its texts need."""
        view, shown = self._view, self._bench.document.shown
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
        shown = self._bench.document.shown
        if shown is not None:
            self._view.set_columns(None)
            self._remember(None)

    def show_selection(self) -> None:
        """Tell how many cells are selected and what their numbers add up to."""
        shown = self._bench.document.shown
        cells = self._view.selected_cells() if shown is not None else []
        self._bench.status.set_selection(numbers_in(cells).text)
