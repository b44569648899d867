"""What the cell help says on the page of a window: offers, names of the library, hints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate

from jixiao.app.library.insert import suggestion_for
from jixiao.app.library.library import Library
from jixiao.app.rows import write_as_typed
from jixiao.gui.library.place import holds_value
from jixiao.gui.page.cell_help import CellHelp, Hint
from jixiao.gui.page.editors import CellEditor
from jixiao.gui.page.list_sign import ListSign
from jixiao.gui.page.model import Edits
from jixiao.gui.page.moves import editable_bindings
from jixiao.gui.workbench import Workbench
from jixiao.io.paper.edit.edit import typed_row
from jixiao.io.paper.edit.typed_level import other_home
from jixiao.io.paper.form.offers import explain, offers, problem
from jixiao.io.paper.page.grid import Binding, Grid
from jixiao.model.library_search import Query
from jixiao.model.library_usage import Word
from jixiao.model.table import Indicator, Table

_NAMES = 30
_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_LISTED = {"level1", "level2", "comparator", "unit", "basis", "owner"}
_LISTED |= {"money_unit", "project_category", "implementation_period"}
_COMPLETED = {"comparator", "unit", "explanation"}
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

    def __init__(
        self,
        bench: Workbench,
        library: Callable[[], Library | None],
        put_everywhere: Callable[[str], None],
    ) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._find_library = library
        self._put_everywhere = put_everywhere
        self._view = bench.view
        self.box = CellHelp(bench.desk)
        self.box.offers_for = self._offers
        self.box.hint_for = self._hint
        self.box.chosen.connect(self._view.commit)
        self._view.delegate.take_key = self._take_key
        self._view.suggestions = self._suggestions
        bench.page.editor = self._edit
        self._view.editing_began.connect(self._begin)
        self._view.editing_ended.connect(self.box.end)
        self._view.list_wanted.connect(self.open_list)
        self.sign = ListSign(bench.view)
        self.sign.clicked.connect(self.open_list)
        for signal in (
            self._view.selected,
            self._view.resized,
            self._view.editing_began,
            self._view.editing_ended,
        ):
            signal.connect(self._place_sign)
        bench.desk.verticalScrollBar().valueChanged.connect(lambda _: self.box.place())
        bench.desk.horizontalScrollBar().valueChanged.connect(lambda _: self.box.place())

    def _begin(self) -> None:
        editor, cell = self._view.open_editor(), self._view.current_cell()
        if editor is None or cell is None:
            return
        self.box.set_theme(self._view.theme)
        self.box.begin(editor, editable_bindings(cell), typed=self._view.delegate.entered)

    def open_list(self) -> None:
        """Open the cell with the cursor, and the list of all that there is to choose from."""
        why_not = self._bench.document.why_not
        if why_not or not self._choices():
            self._bench.tell(why_not or "这一格没有可选内容，直接填写即可。")
        elif self._view.is_editing or self._view.start_editing():
            self.box.open_list()

    def _place_sign(self) -> None:
        view, cell = self._view, self._view.current_cell()
        bindings = () if cell is None else editable_bindings(cell)
        listed = any(binding.name in _LISTED for binding in bindings)
        quiet = view.is_editing or view.page.read_only or view.block.frame() is not None
        self.sign.place(wanted=listed and not quiet and bool(self._choices()))

    def _choices(self) -> Sequence[str]:
        """All that there is to choose from in the cell with the cursor."""
        cell = self._view.current_cell()
        bindings = () if cell is None else editable_bindings(cell)
        return self._offers(bindings[0], "") if bindings else ()

    def _take_key(self, event: QKeyEvent) -> bool:
        """Ctrl+Enter puts what is typed into every cell of a selected block, as in Excel."""
        editor = self._view.open_editor()
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        wanted = event.key() in _ENTERS and plain == Qt.KeyboardModifier.ControlModifier
        if not wanted or len(self._view.selected_cells()) < 2 or len(_texts(editor)) != 1:
            return self.box.take_key(event)
        text = _texts(editor)[0]
        assert editor is not None
        self._view.closeEditor(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
        self._put_everywhere(text)
        return True

    def _offers(self, binding: Binding, text: str) -> Sequence[str]:
        shown = self._bench.document.shown
        if shown is None:
            return ()
        if holds_value(binding):
            found = self._suggestion(binding)
            return (found,) if found else ()
        names = self._names(shown.table, binding, text)
        return offers(shown.form, shown.table, binding, names, narrow=not text)

    def _hint(self, binding: Binding, text: str) -> Hint:
        shown = self._bench.document.shown
        table = None if shown is None else shown.table
        odd = problem(binding, text, table)
        if odd:
            return Hint(odd, odd=True)
        spread = self._spread(binding, text)
        read = explain(binding, text) if spread is None else _target_words(spread)
        if read and read != text.strip():
            return Hint(f"读作：{read}")
        if not text and holds_value(binding) and self._suggestion(binding):
            return Hint("指标库的参考值，按 ↓ 采用")
        home = "" if shown is None else other_home(shown.form, shown.table, binding, text)
        if home:
            return Hint(f"移到“{home}”下面")
        if len(binding.rows) > 1:
            return Hint(f"这一组的 {len(binding.rows)} 行一起改")
        return Hint()

    # What the library knows of a row

    def _suggestion(self, binding: Binding) -> str:
        """The library's value for the row of an empty value cell."""
        shown, library = self._bench.document.shown, self._library
        if shown is None or library is None or len(binding.rows) != 1:
            return ""
        row = shown.table.indicators[binding.rows[0]]
        return suggestion_for(shown.form, row, library.entry_for(row)) if row.level3 else ""

    def _suggestions(self, grid: Grid) -> dict[tuple[int, int], str]:
        """Faint words for the empty value cells of a page: what the library would write there."""
        found: dict[tuple[int, int], str] = {}
        for cell in grid.cells:
            for binding in cell.bindings if not cell.text.strip() else ():
                if binding.target == "indicators" and holds_value(binding):
                    value = self._suggestion(binding)
                    if value:
                        found[cell.row, cell.col] = f"如 {value}"
        return found

    def _edit(self, edits: Edits) -> str:
        """Hand on what was typed; a name taken from the list brings what belongs to it."""
        shown = self._bench.document.shown
        binding, text = edits[0]
        spread = self._spread(binding, text) if len(edits) == 1 else None
        message = self._bench.document.edit([*edits, *self._completion(edits)])
        if spread is not None and shown is not None and not message:
            before = shown.table.indicators[binding.rows[0]] if binding.rows else None
            self._tell_spread(binding, before or replace(spread, comparator="", unit=""), text)
        return message

    def _spread(self, binding: Binding, text: str) -> Indicator | None:
        """The indicator with what is typed in the columns of its parts; None for one part."""
        shown = self._bench.document.shown
        if shown is None or binding.target != "indicators" or len(binding.rows) > 1:
            return None
        if binding.name not in {"value", "comparator"}:
            return None
        row = Indicator(binding.level1, binding.level2)
        if binding.rows:
            row = shown.table.indicators[binding.rows[0]]
        typed = typed_row(shown.form, "indicators", row, binding.name, text.strip())
        if not isinstance(typed, Indicator) or not typed.value:
            return None
        whole = text.strip() != typed.value if binding.name == "value" else not row.value
        return typed if whole else None

    def _tell_spread(self, binding: Binding, before: Indicator, text: str) -> None:
        """Say that a value went to several columns, and offer to leave it in one."""
        document = self._bench.document
        index = binding.rows[0] if binding.rows else binding.insert_at
        self._bench.status.tell(
            f"“{text.strip()}”已分开填进各栏。",
            "照原样写",
            lambda: document.act(
                lambda _, table: write_as_typed(table, index, before, binding.name, text)
            ),
        )

    def _completion(self, edits: Edits) -> Edits:
        """The empty cells beside a name that was chosen, as the library has them."""
        library = self._library
        if library is None or len(edits) != 1 or self.box.taken != edits[0][1]:
            return ()
        binding, name = edits[0]
        if (binding.target, binding.name) != ("indicators", "level3"):
            return ()
        entry = library.entry_for(Indicator(binding.level1, binding.level2, name))
        cells = self._view.page.grid.row_cells(self._view.position()[0])
        return [
            (part.binding, getattr(entry, part.binding.name))
            for cell in cells
            for part in cell.parts
            if entry is not None and part.binding is not None and not part.text.strip()
            if part.binding.name in _COMPLETED and getattr(entry, part.binding.name)
        ]

    @property
    def _library(self) -> Library | None:
        return self._find_library()

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


def _target_words(row: Indicator) -> str:
    return " ".join(part for part in (row.comparator, row.value, row.unit) if part)


def _texts(editor: CellEditor | None) -> list[str]:
    return [] if editor is None else editor.texts()
