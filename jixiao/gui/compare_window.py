"""The window of a comparison: tables on the left, the page in the middle, the list on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from jixiao.gui.compare_job import Comparison
from jixiao.gui.compare_list import ChangeDelegate, ChangeModel
from jixiao.gui.compare_marks import MarkedPage, changes_of, compared_page, whole_page
from jixiao.gui.compare_page import ComparePage
from jixiao.gui.compare_sides import SidesBar
from jixiao.gui.dialog_parts import fit_dialog
from jixiao.gui.page_fonts import PageFonts
from jixiao.gui.page_geometry import MARGIN, SCREEN_SCALE
from jixiao.gui.tree_nodes import KIND_NAMES
from jixiao.gui.two_lines import TwoLines, list_item
from jixiao.io.compare_sets import TablePair
from jixiao.io.differences import Difference

_KINDS = {"added": "左边没有", "removed": "右边没有", None: "相同"}


class CompareWindow(QDialog):
    """Shows a comparison and asks for others.

    Signals: ``wanted`` (the sides that were chosen), ``draft_wanted`` (a draft is to be chosen for
    the left side), ``restore_place`` (pair, Difference), ``restore_table`` (pair),
    ``restore_all``, ``open_table`` (pair).
    """

    wanted = Signal()
    draft_wanted = Signal()
    restore_place = Signal(object, object)
    restore_table = Signal(object)
    restore_all = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("对比")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.comparison: Comparison | None = None
        self._fonts = PageFonts()
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
        self.page = ComparePage(self._fonts)
        self.page.picked.connect(self._picked)
        self.sheet = QFrame(self)
        self.sheet.setObjectName("sheet")
        inside = QVBoxLayout(self.sheet)
        inside.addWidget(self.page)
        holder = QWidget(self)
        holder.setObjectName("desk")
        around = QVBoxLayout(holder)
        around.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.desk = QScrollArea(self)
        self.desk.setObjectName("desk")
        self.desk.setFrameShape(QFrame.Shape.NoFrame)
        self.desk.setWidgetResizable(True)
        self.desk.setWidget(holder)

    def _make_list(self) -> None:
        self.model = ChangeModel(self)
        self.list = QListView(self)
        self.list.setAccessibleName("不同之处")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setObjectName("panelList")
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChangeDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._jump())
        self.unshown = QLabel(self)
        self.unshown.setObjectName("muted")
        self.unshown.setWordWrap(True)
        self.unshown.setContentsMargins(12, 6, 12, 6)

    def _make_foot(self) -> None:
        self.place_button = QPushButton("恢复这一处", self)
        self.place_button.clicked.connect(self._restore_place)
        self.table_button = QPushButton("恢复这张表", self)
        self.table_button.clicked.connect(self._restore_table)
        self.all_button = QPushButton("恢复整个版本…", self)
        self.all_button.clicked.connect(self.restore_all)
        self.told = QLabel(self)
        self.told.setObjectName("muted")
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.undo = QPushButton("撤销", self)
        self.undo.setObjectName("link")
        self.undo.hide()
        self.end = QPushButton("关闭", self)
        self.end.clicked.connect(self.reject)
        for button in (self.place_button, self.table_button, self.all_button, self.end):
            button.setAutoDefault(False)

    def _arrange(self) -> None:
        side = QWidget(self)
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.list, 1)
        right.addWidget(self.unshown)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for widget in (self.tables, self.desk, side):
            self.splitter.addWidget(widget)
        self.splitter.setStretchFactor(1, 1)
        em = self.fontMetrics().horizontalAdvance("国")
        self.splitter.setSizes([13 * em, 50 * em, 20 * em])
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 10)
        foot.setSpacing(8)
        for button in (self.place_button, self.table_button, self.all_button):
            foot.addWidget(button)
        foot.addSpacing(8)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.undo)
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
        self.told.setText(text)
        self.undo.setVisible(undo)

    def show_comparison(self, comparison: Comparison | None, *, may_write: bool = False) -> None:
        """Show a comparison; the table and the difference that were chosen stay chosen."""
        name = self._pair_name()
        row = self.list.currentIndex().row()
        self.comparison = comparison
        self._may_write = may_write
        self._pages.clear()
        self.tables.blockSignals(True)
        self.tables.clear()
        pairs = () if comparison is None else comparison.pairs
        for pair in pairs:
            quiet = pair.kind is None
            self.tables.addItem(list_item(self._name(pair), _pair_text(pair), quiet=quiet))
        self.tables.blockSignals(False)
        self.sides.show_summary(comparison)
        self.tables.setCurrentRow(self._first_row(pairs, name))
        if not pairs:
            self._show_pair(-1)
        if 0 <= row < len(self.model.changes):
            self._choose(row)

    def _first_row(self, pairs: Sequence[TablePair], name: str) -> int:
        """The table that was chosen, else the first one with a difference."""
        rows = range(len(pairs))
        kept = next((row for row in rows if name and pairs[row].name == name), None)
        if kept is not None:
            return kept
        return next((row for row in rows if pairs[row].kind is not None), 0 if pairs else -1)

    def _name(self, pair: TablePair) -> str:
        """What a table is called in the tree: of a department there is only one."""
        assert self.comparison is not None
        left, right = self.comparison.left, self.comparison.right
        table = left.tables[pair.left or 0] if pair.right is None else right.tables[pair.right]
        return KIND_NAMES[table.kind] if table.kind == "department" else pair.name

    def _pair_name(self) -> str:
        pair = self.current_pair()
        return "" if pair is None else pair.name

    def current_pair(self) -> TablePair | None:
        """The tables that are shown."""
        row = self.tables.currentRow()
        if self.comparison is None or not 0 <= row < len(self.comparison.pairs):
            return None
        return self.comparison.pairs[row]

    def current_change(self) -> Difference | None:
        """The difference that is chosen."""
        return self.model.change(self.list.currentIndex())

    def _show_pair(self, row: int) -> None:
        pair = self.current_pair()
        self.sheet.setVisible(pair is not None)
        if pair is None:
            self.model.set_changes(())
            self._update_buttons()
            return
        self.page.show_page(self._page_of(row, pair))
        self._fit()
        self.desk.verticalScrollBar().setValue(0)
        self.model.set_changes(changes_of(pair.difference))
        unshown = self._pages[row].unshown
        self.unshown.setText(f"其中 {len(unshown)} 处在这个表样里没有位置，只列在这里。")
        self.unshown.setVisible(bool(unshown))
        if self.model.changes:
            self._choose(0)
        self._update_buttons()

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

    def _fit(self) -> None:
        """As wide as there is room, not larger than life."""
        points = sum(self.page.page.grid.columns) + 2 * MARGIN
        if points <= 2 * MARGIN:
            return
        free = self.desk.viewport().width() - 40
        zoom = max(0.5, min(1.0, int(100 * free / (points * SCREEN_SCALE)) / 100))
        self.page.set_zoom(zoom)
        margin = round(MARGIN * SCREEN_SCALE * zoom)
        inside = self.sheet.layout()
        assert inside is not None
        inside.setContentsMargins(margin, margin, margin, margin)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width of the window."""
        super().resizeEvent(event)
        self._fit()

    # Choosing

    def _choose(self, row: int) -> None:
        self.list.selectionModel().setCurrentIndex(
            self.model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def _jump(self) -> None:
        change = self.current_change()
        self._update_buttons()
        if change is None:
            return
        rect = self.page.show_change(change)
        holder = self.desk.widget()
        if rect is not None and holder is not None:
            at = self.page.mapTo(holder, rect.center())
            self.desk.ensureVisible(at.x(), at.y(), rect.width() // 2 + 20, rect.height() // 2 + 60)

    def _picked(self, change: Difference) -> None:
        """A cell was clicked: choose its line of the list."""
        place = change.place or change.old_place
        for row, other in enumerate(self.model.changes):
            there = other.place or other.old_place
            same = other == change or (
                place is not None
                and there is not None
                and place.target == there.target
                and (place.name == there.name or other.is_row or place.name.startswith("target"))
                and (not there.rows or bool(set(there.rows) & set(place.rows)))
            )
            if same:
                self._choose(row)
                return

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
        whole = pair is not None and pair.kind is not None and (both or pair.right is None)
        self.table_button.setEnabled(may and whole and (both or version))

    def _restore_place(self) -> None:
        pair, change = self.current_pair(), self.current_change()
        if pair is not None and change is not None:
            self.restore_place.emit(pair, change)

    def _restore_table(self) -> None:
        pair = self.current_pair()
        if pair is not None:
            self.restore_table.emit(pair)


def _pair_text(pair: TablePair) -> str:
    if pair.difference is not None and pair.difference.changes:
        return f"{len(pair.difference.changes)} 处不同"
    return _KINDS.get(pair.kind, "相同")
