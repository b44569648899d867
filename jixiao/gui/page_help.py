"""What the cell help says on the page of a window: offers, names of the library, hints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from jixiao.app.library import Library
from jixiao.gui.cell_help import CellHelp, Hint
from jixiao.gui.page_moves import editable_bindings
from jixiao.io.grid import Binding
from jixiao.io.offers import explain, offers, problem
from jixiao.model.library_search import Query
from jixiao.model.library_usage import Word
from jixiao.model.table import Table

if TYPE_CHECKING:
    from jixiao.gui.window import MainWindow

_NAMES = 30
_WORDS: dict[tuple[str, str], Word] = {
    ("tasks", "name"): "task",
    ("tasks", "owner"): "owner",
    ("items", "name"): "project",
    ("field", "project_name"): "project",
    ("field", "agency"): "agency",
    ("field", "department_name"): "agency",
}


class PageHelp(QObject):
    """Connects the help with the page; the library is that of the window, where it has one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._view = window.view
        self.box = CellHelp(window.desk)
        self.box.offers_for = self._offers
        self.box.hint_for = self._hint
        self.box.chosen.connect(self._view.commit)
        self._view.delegate.take_key = self.box.take_key
        self._view.editing_began.connect(self._begin)
        self._view.editing_ended.connect(self.box.end)
        window.desk.verticalScrollBar().valueChanged.connect(lambda _: self.box.place())
        window.desk.horizontalScrollBar().valueChanged.connect(lambda _: self.box.place())

    def _begin(self) -> None:
        editor, cell = self._view.open_editor(), self._view.current_cell()
        if editor is None or cell is None:
            return
        self.box.set_theme(self._view.theme)
        self.box.begin(editor, editable_bindings(cell), typed=self._view.delegate.entered)

    def _offers(self, binding: Binding, text: str) -> Sequence[str]:
        shown = self._window.document.shown
        if shown is None:
            return ()
        return offers(shown.form, shown.table, binding, self._names(shown.table, binding, text))

    def _hint(self, binding: Binding, text: str) -> Hint:
        shown = self._window.document.shown
        table = None if shown is None else shown.table
        odd = problem(binding, text, table)
        if odd:
            return Hint(odd, odd=True)
        read = explain(binding, text)
        if read and read != text.strip():
            return Hint(f"读作：{read}")
        if len(binding.rows) > 1:
            return Hint(f"这一组的 {len(binding.rows)} 行一起改")
        return Hint()

    @property
    def _library(self) -> Library | None:
        found = (getattr(owner, "library", None) for owner in self._window.owners)
        return next((library for library in found if isinstance(library, Library)), None)

    def _names(self, table: Table, binding: Binding, text: str) -> Sequence[str]:
        library = self._library
        if library is None:
            return ()
        if (binding.target, binding.name) == ("indicators", "level3"):
            return _indicators(library, table, binding, text)
        word = _WORDS.get((binding.target, binding.name))
        return library.words_for(word) if word is not None else ()


def _indicators(library: Library, table: Table, binding: Binding, text: str) -> Sequence[str]:
    if binding.rows:
        return library.names_for(table, binding.rows[0], text)[:_NAMES]
    place = library.place_of(table, levels=(binding.level1, binding.level2))
    hits = library.search(Query(text, level2=place.level2), place, _NAMES)
    return list(dict.fromkeys(hit.entry.name for hit in hits if not hit.used))
