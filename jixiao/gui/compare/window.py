"""The window of a comparison: tables on the left, the page in the middle, the list on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.tree import KIND_NAMES
from jixiao.gui.compare.changes import ChangesSide
from jixiao.gui.compare.job import Comparison
from jixiao.gui.compare.marks import MarkedPage, changes_of, compared_page, whole_page
from jixiao.gui.compare.pane import ComparePane
from jixiao.gui.compare.sides import SidesBar
from jixiao.gui.dialog_parts import fit_dialog, roomy
from jixiao.gui.page.two_lines import TwoLines, list_item
from jixiao.io.paper.compare.compare_sets import TablePair
from jixiao.io.paper.compare.differences import Difference

_KINDS = {"added": "左边没有", "removed": "右边没有", None: "相同"}


class CompareWindow(QDialog):
    """Shows a comparison and asks for others.

    Signals: ``wanted`` (the sides that were chosen), ``draft_wanted`` (a draft is to be chosen for
    the left side), ``restore_place`` (pair, Difference), ``restore_row`` (pair, Differences),
    ``restore_table`` (pair), ``restore_all``, ``export_wanted``.
    """

    wanted = Signal()
    draft_wanted = Signal()
    restore_place = Signal(object, object)
    restore_row = Signal(object, object)
    restore_table = Signal(object)
    restore_all = Signal()
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("对比")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.comparison: Comparison | None = None
        self._may_write = False
        self._pages: dict[int, MarkedPage] = {}
        self.sides = SidesBar(self)
        self.sides.wanted.connect(self.wanted)
        self.sides.draft_wanted.connect(self.draft_wanted)
        self.sides.refused.connect(self.tell)
        self._make_tables()
        self._make_page()
        self._make_list()
        self._make_foot()
        self._arrange()
        fit_dialog(self, 86, 44)

    # Parts

    def _make_tables(self) -> None:
        self.tables = QListWidget(self)
        self.tables.setAccessibleName("比较的表")
        self.tables.setFrameShape(QFrame.Shape.NoFrame)
        self.tables.setObjectName("panelList")
        self.tables.setItemDelegate(TwoLines(self.tables))
        self.tables.setMouseTracking(True)
        self.tables.currentRowChanged.connect(self._show_pair)

    def _make_page(self) -> None:
        self.pane = ComparePane(self)
        self.page = self.pane.page
        self.pane.picked.connect(self._picked)

    def _make_list(self) -> None:
        self.changes = ChangesSide(self)
        self.list, self.model = self.changes.list, self.changes.model
        self.changes.chosen.connect(self._jump)
        self.changes.step_wanted.connect(self._go_on)
        self.changes.menu_wanted.connect(self._show_menu)

    def _make_foot(self) -> None:
        self.place_button = self._button("恢复这一处", self._restore_place)
        self.row_button = self._button("恢复这一行", self._restore_row)
        self.table_button = self._button("恢复这张表", self._restore_table)
        self.all_button = self._button("恢复整个版本…", self.restore_all.emit)
        self.message_label = QLabel(self)
        self.message_label.setObjectName("muted")
        self.message_label.setTextFormat(Qt.TextFormat.PlainText)
        self.message_label.setMinimumWidth(20)
        self.undo = QPushButton("撤销", self)
        self.undo.setObjectName("link")
        self.undo.setAutoDefault(False)
        self.undo.hide()
        self.export = self._button("导出清单…", self.export_wanted.emit)
        self.export.setToolTip("把所有不同之处写成 Word 或 Excel，可以打印")
        self.end = self._button("关闭", self.reject)

    def _button(self, text: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False: do())
        return roomy(button)

    def _arrange(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for widget in (self.tables, self.pane, self.changes):
            self.splitter.addWidget(widget)
        self.splitter.setStretchFactor(1, 1)
        em = self.fontMetrics().horizontalAdvance("国")
        self.splitter.setSizes([13 * em, 52 * em, 21 * em])
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 10)
        foot.setSpacing(8)
        for button in (self.place_button, self.row_button, self.table_button, self.all_button):
            foot.addWidget(button)
        foot.addSpacing(8)
        foot.addWidget(self.message_label, 1)
        foot.addWidget(self.undo)
        foot.addWidget(self.export)
        foot.addWidget(self.end)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.sides)
        column.addWidget(self.splitter, 1)
        column.addLayout(foot)

    # Showing

    def tell(self, text: str, *, undo: bool = False) -> None:
        """Say something at the foot."""
        self.message_label.setText(text)
        self.undo.setVisible(undo)

    def show_comparison(
        self, comparison: Comparison | None, *, may_write: bool = False, prefer: int | None = None
    ) -> None:
        """Show a comparison; the table and the difference that were chosen stay chosen.

        Args:
            comparison: What was compared.
            may_write: Whether places can be restored.
            prefer: The table of the book that is to be shown first, if it is different.
        """
        before = self.current_pair()
        name = "" if before is None or before.kind is None else before.name
        row = self.changes.row
        self.comparison = comparison
        self._may_write = may_write
        self._pages.clear()
        self.tables.blockSignals(True)
        self.tables.clear()
        pairs = () if comparison is None else comparison.pairs
        for pair in pairs:
            quiet = pair.kind is None
            self.tables.addItem(list_item(self._name(pair), _pair_text(pair), quiet=quiet))
        first = self._first_row(pairs, name, prefer)
        self.tables.setCurrentRow(first)
        self.tables.blockSignals(False)
        self.sides.show_summary(comparison)
        self._show_pair(first)
        if pairs and pairs[first].name == name and 0 <= row < len(self.model.items):
            self.changes.choose(row)
        self.export.setEnabled(bool(pairs))

    def _first_row(self, pairs: Sequence[TablePair], name: str, prefer: int | None) -> int:
        """The table that was chosen, or is preferred, if it is different, else one that is."""
        rows = range(len(pairs))
        different = [row for row in rows if pairs[row].kind is not None]
        kept = [row for row in different if name and pairs[row].name == name]
        ids = () if self.comparison is None else self.comparison.right.ids
        shown = [row for row in rows if _id_of(pairs[row], ids) == prefer and prefer is not None]
        wanted = [row for row in shown if row in different]
        return next(iter((*kept, *wanted, *different, *shown, *rows)), -1)

    def _name(self, pair: TablePair) -> str:
        """What a table is called in the tree: of a department there is only one."""
        assert self.comparison is not None
        left, right = self.comparison.left, self.comparison.right
        table = left.tables[pair.left or 0] if pair.right is None else right.tables[pair.right]
        return KIND_NAMES[table.kind] if table.kind == "department" else pair.name

    def current_pair(self) -> TablePair | None:
        """The tables that are shown."""
        row = self.tables.currentRow()
        if self.comparison is None or not 0 <= row < len(self.comparison.pairs):
            return None
        return self.comparison.pairs[row]

    def current_change(self) -> Difference | None:
        """The difference that is chosen."""
        return self.changes.current

    def _show_pair(self, row: int) -> None:
        pair = self.current_pair()
        page = None if pair is None else self._page_of(row, pair)
        self.pane.show_page(page)
        changes = () if pair is None else changes_of(pair.difference)
        self.changes.show_changes(changes, 0 if page is None else len(page.unshown))

    def _page_of(self, row: int, pair: TablePair) -> MarkedPage:
        if row not in self._pages:
            assert self.comparison is not None
            form = self.comparison.forms[row]
            if pair.difference is not None:
                page = compared_page(form, pair.difference)
            elif pair.right is not None:
                page = whole_page(form, self.comparison.right.tables[pair.right], "added")
            else:
                assert pair.left is not None
                page = whole_page(form, self.comparison.left.tables[pair.left], "removed")
            self._pages[row] = page
        return self._pages[row]

    # Choosing

    def _jump(self) -> None:
        change = self.current_change()
        self._update_buttons()
        if change is not None:
            self.pane.show_change(change)

    def _picked(self, change: Difference) -> None:
        """A cell was clicked: choose its line of the list."""
        row = self.pane.row_of(change, self.model.items)
        if row is not None:
            self.changes.choose(row)

    def _go_on(self, by: int) -> None:
        """From the last difference of a table to the first one of the next."""
        pairs = () if self.comparison is None else self.comparison.pairs
        at = self.tables.currentRow() + by
        while 0 <= at < len(pairs) and pairs[at].kind is None:
            at += by
        if not 0 <= at < len(pairs):
            self.tell("已经是最后一处不同。" if by > 0 else "已经是第一处不同。")
            return
        self.tables.setCurrentRow(at)
        if by < 0 and self.model.items:
            self.changes.choose(len(self.model.items) - 1)

    # Restoring

    def _update_buttons(self) -> None:
        pair, comparison = self.current_pair(), self.comparison
        may = self._may_write and comparison is not None and comparison.is_now
        draft = comparison is not None and not comparison.left.ids
        word = "采用" if draft else "恢复"
        self.place_button.setText(f"{word}这一处")
        self.table_button.setText(f"{word}这张表")
        version = comparison is not None and comparison.left.version_id is not None
        self.all_button.setVisible(version)
        self.all_button.setEnabled(may)
        both = pair is not None and pair.difference is not None
        self.place_button.setEnabled(may and both and self.current_change() is not None)
        self.row_button.setText(f"{word}这一行")
        self.row_button.setVisible(len(self._row_changes()) > 1)
        self.row_button.setEnabled(may and both)
        whole = pair is not None and pair.kind is not None and (both or pair.right is None)
        self.table_button.setEnabled(may and whole and (both or version))

    def _row_changes(self) -> list[Difference]:
        """All differences in the row of the one that is chosen."""
        change = self.current_change()
        place = None if change is None else change.place
        if change is None or place is None or not place.rows or change.is_row:
            return []
        return [
            other
            for other in self.model.items
            if other.place is not None
            and not other.is_row
            and other.place.target == place.target
            and other.place.rows == place.rows
        ]

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        for button in (self.place_button, self.row_button, self.table_button):
            if not button.isHidden():
                action = menu.addAction(button.text(), button.click)
                action.setEnabled(button.isEnabled())
        menu.exec(at)
        menu.deleteLater()

    def _restore_place(self) -> None:
        pair, change = self.current_pair(), self.current_change()
        if pair is not None and change is not None:
            self.restore_place.emit(pair, change)

    def _restore_row(self) -> None:
        pair, changes = self.current_pair(), self._row_changes()
        if pair is not None and changes:
            self.restore_row.emit(pair, changes)

    def _restore_table(self) -> None:
        pair = self.current_pair()
        if pair is not None:
            self.restore_table.emit(pair)


def _id_of(pair: TablePair, ids: Sequence[int]) -> int | None:
    """The table of the book on the right side of a pair."""
    return ids[pair.right] if pair.right is not None and pair.right < len(ids) else None


def _pair_text(pair: TablePair) -> str:
    if pair.difference is not None and pair.difference.changes:
        return f"{len(pair.difference.changes)} 处不同"
    return _KINDS.get(pair.kind, "相同")
