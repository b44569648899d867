"""The tree on the left."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from jixiao.gui.guard import guarded
from jixiao.gui.theme import Theme
from jixiao.gui.tree.delegate import TreeDelegate
from jixiao.gui.tree.model import ID_ROLE, TreeModel
from jixiao.gui.tree.nodes import Node

_BESIDE_ARROW = 8  # pixels on both sides of the small arrow of what can be opened
_BEHIND_ARROW = 3  # those between it and the icon; the edge of the window needs more
_FOCUS_BAR = 3  # pixels of the bar that tells where the keys go
_EXPAND_ALL = 300  # tables: a larger book opens where one works, not everywhere


class TreeView(QTreeView):
    """Shows the tree of a book; ``table_chosen`` tells the id of the table to be shown."""

    table_chosen = Signal(int)
    selection_changed = Signal()
    shown_years_changed = Signal()
    """Other years than before may be open."""
    page_wanted = Signal()
    """A table was clicked: what comes next is meant for its page."""
    filter_wanted = Signal(str)
    """A letter was typed: it is meant to find something."""

    def __init__(self, model: TreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = model
        self.delegate = TreeDelegate(self)
        self._quiet = False
        self._open_nodes: set[object] | None = None
        self._set_up()
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        model.rowsInserted.connect(self._expand_new)
        model.modelReset.connect(self._after_reset)
        self.expanded.connect(self.shown_years_changed)

    def _set_up(self) -> None:
        self.setObjectName("tree")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self._indent()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(True)
        self.setAutoExpandDelay(700)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setExpandsOnDoubleClick(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("单位、年度和表")

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.delegate.theme = theme
        self.viewport().update()

    # What is selected

    def show_current(self, table_id: int | None) -> None:
        """Mark the table on the screen and bring it into sight, without choosing it again.

        Where a filter hides it, nothing stays selected: what is done next is done to the table
        on the screen.
        """
        other = self.tree.current != table_id
        self.tree.set_current(table_id)
        index = self.tree.index_of_table(table_id)
        if index.isValid():
            if self.currentIndex() != index:
                self.select_quietly([index])
        elif other:
            with self._quietly():
                self.selectionModel().clear()

    def choose_current(self) -> None:
        """Select the table on the screen alone; nothing where its line is folded away or hidden."""
        index = self.tree.index_of_table(self.tree.current)
        seen = index.isValid() and not self.visualRect(index).isEmpty()
        if not seen:
            with self._quietly():
                self.selectionModel().clear()
        elif self.selectedIndexes() != [index]:
            self.select_quietly([index])

    def change_only(self, table_ids: Collection[int]) -> None:
        """Let a filter show other tables than before; the page stays as it is."""
        with self._quietly():
            self.tree.change_only(table_ids)

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """What is selected meanwhile chooses no table."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def select_quietly(self, indexes: Sequence[QModelIndex]) -> None:
        """Select lines and bring them into sight; the page stays as it is."""
        selection = QItemSelection()
        for index in indexes:
            selection.select(index, index)
        with self._quietly():
            model = self.selectionModel()
            model.setCurrentIndex(indexes[-1], QItemSelectionModel.SelectionFlag.NoUpdate)
            model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            for index in indexes:
                self.scrollTo(index)

    @property
    def has_selection(self) -> bool:
        """True while something is selected."""
        return self.selectionModel().hasSelection()

    def selected_nodes(self) -> list[Node]:
        """The selected lines, in their order, without those that lie in other selected ones."""
        nodes = [self.tree.node(index) for index in sorted(self.selectedIndexes(), key=_place)]
        selected = set(nodes)
        return [node for node in nodes if selected.isdisjoint(_above(node))]

    def chosen_tables(self) -> list[int]:
        """The ids of the selected tables, with those of selected years and agencies, in order."""
        ids: dict[int, None] = {}
        for node in self.selected_nodes():
            ids.update(dict.fromkeys(node.tables))
        return list(ids)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell which table is to be shown."""
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()
        indexes = self.selectedIndexes()
        if self._quiet or len(indexes) != 1:
            return
        table_id = indexes[0].data(ID_ROLE)
        if table_id is not None and table_id != self.tree.current:
            self.table_chosen.emit(table_id)

    # What is open

    def open_years(self) -> list[Node]:
        """The years whose tables can be seen."""
        tree = self.tree
        found: list[Node] = []
        for row in range(tree.rowCount()):
            agency = tree.index(row, 0)
            if self.isExpanded(agency):
                years = [tree.index(at, 0, agency) for at in range(tree.rowCount(agency))]
                found += [tree.node(year) for year in years if self.isExpanded(year)]
        return found

    def remember_open(self) -> None:
        """Keep what is open, before a filter changes the tree; see ``recall_open``."""
        if self._open_nodes is None:
            self._open_nodes = {
                node.key for node, index in self._folders() if self.isExpanded(index)
            }

    def recall_open(self) -> None:
        """Open again what was open before a filter."""
        wanted, self._open_nodes = self._open_nodes, None
        if wanted is None:
            return
        folders = list(self._folders())
        if all(node.key in wanted for node, _ in folders):
            self.expandAll()
            return
        for node, index in folders:
            self.setExpanded(index, node.key in wanted)

    def _folders(self) -> Iterator[tuple[Node, QModelIndex]]:
        for row in range(self.tree.rowCount()):
            agency = self.tree.index(row, 0)
            yield self.tree.node(agency), agency
            for at in range(self.tree.rowCount(agency)):
                year = self.tree.index(at, 0, agency)
                yield self.tree.node(year), year

    def tables(self) -> Iterator[tuple[Node, QModelIndex]]:
        """The tables that the tree has, with their indexes, from top to bottom."""
        for node, index in self._folders():
            if node.kind == "year":
                for row in range(len(node.children)):
                    yield node.children[row], self.tree.index(row, 0, index)

    def _after_reset(self) -> None:
        if self.tree.table_count <= _EXPAND_ALL:
            self.expandAll()
        elif self.tree.filtered:  # many hits: the agencies tell where to look
            self.collapseAll()

    def _expand_new(self, parent: QModelIndex, first: int, last: int) -> None:
        if self.tree.table_count > _EXPAND_ALL:
            return
        if parent.isValid():
            self.expand(parent)
        for row in range(first, last + 1):
            self.expandRecursively(self.tree.index(row, 0, parent))

    # Looks, keys and the mouse

    @guarded(None)
    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size, also those of the style sheet: the steps go with them."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._indent()

    def _indent(self) -> None:
        wide = round(2 * self._arrow + _BESIDE_ARROW)
        if wide != self.indentation():
            self.setIndentation(wide)

    @property
    def _arrow(self) -> float:
        """Half the width of the small arrow, in pixels."""
        return max(3.0, self.fontMetrics().height() / 5)

    @guarded(None)
    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: QModelIndex) -> None:
        """A bar before what is selected while keys act on the tree."""
        super().drawRow(painter, options, index)
        if self.hasFocus() and self.selectionModel().isSelected(index):
            rect: QRect = options.rect  # type: ignore[attr-defined]
            bar = QRect(0, rect.top(), _FOCUS_BAR, rect.height())
            painter.fillRect(bar, QColor(self.delegate.theme.accent))

    @guarded(None)
    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """Draw a small arrow before what can be opened."""
        if not self.tree.rowCount(index):
            return
        size = self._arrow
        x, y = rect.right() + 1 - size - _BEHIND_ARROW, rect.center().y() + 0.5
        if self.isExpanded(index):
            points = [(-size, -size / 2), (0, size / 2), (size, -size / 2)]
        else:
            points = [(-size / 2, -size), (size / 2, 0), (-size / 2, size)]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.5))
        painter.drawPolyline([QPointF(x + dx, y + dy) for dx, dy in points])
        painter.restore()

    @guarded(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A plain click on a table leaves the tree; one that selects several stays in it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if plain and index.data(ID_ROLE) is not None and self.selectedIndexes() == [index]:
            self.page_wanted.emit()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters go to the filter; everything else as usual."""
        text = event.text()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain and len(text) == 1 and text.isalnum():
            self.filter_wanted.emit(text)
            return
        super().keyPressEvent(event)


def _place(index: QModelIndex) -> tuple[int, ...]:
    rows: list[int] = []
    while index.isValid():
        rows.insert(0, index.row())
        index = index.parent()
    return tuple(rows)


def _above(node: Node) -> Iterator[Node]:
    while (above := node.parent) is not None:
        yield above
        node = above
