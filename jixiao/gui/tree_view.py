"""The tree on the left."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from jixiao.gui.guard import guarded
from jixiao.gui.tree_model import ID_ROLE, TreeModel


class TreeView(QTreeView):
    """Shows the tree of a book; ``table_chosen`` tells the id of the table to be shown."""

    table_chosen = Signal(int)

    def __init__(self, model: TreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = model
        self._quiet = False
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setExpandsOnDoubleClick(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("单位、年度和表")
        self.setModel(model)
        model.rowsInserted.connect(self._expand_new)

    def show_current(self, table_id: int | None) -> None:
        """Mark the table on the screen and bring it into sight, without choosing it again."""
        self.tree.set_current(table_id)
        index = self.tree.index_of_table(table_id)
        if not index.isValid() or self.currentIndex() == index:
            return
        self._quiet = True
        try:
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.scrollTo(index)
        finally:
            self._quiet = False

    def chosen_tables(self) -> list[int]:
        """The ids of the selected tables, with those of selected years and agencies, in order."""
        ids: dict[int, None] = {}
        for index in sorted(self.selectedIndexes(), key=self._place):
            ids.update(dict.fromkeys(self.tree.node(index).tables))
        return list(ids)

    def _place(self, index: QModelIndex) -> tuple[int, ...]:
        rows: list[int] = []
        while index.isValid():
            rows.insert(0, index.row())
            index = index.parent()
        return tuple(rows)

    def _expand_new(self, parent: QModelIndex, first: int, last: int) -> None:
        if parent.isValid():
            self.expand(parent)
        for row in range(first, last + 1):
            index = self.tree.index(row, 0, parent)
            if not parent.isValid():
                self.expand(index)
            if not parent.isValid() or not parent.parent().isValid():
                for child in range(self.tree.rowCount(index)):
                    self.expand(self.tree.index(child, 0, index))
                self.expand(index)

    @guarded(None)
    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """Draw a small arrow before what can be opened."""
        if not self.tree.rowCount(index):
            return
        size = max(3.0, self.fontMetrics().height() / 5)
        x, y = rect.right() - self.indentation() / 2, rect.center().y() + 0.5
        if self.isExpanded(index):
            points = [(-size, -size / 2), (0, size / 2), (size, -size / 2)]
        else:
            points = [(-size / 2, -size), (size / 2, 0), (-size / 2, size)]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.5))
        painter.drawPolyline([QPointF(x + dx, y + dy) for dx, dy in points])
        painter.restore()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell which table is to be shown."""
        super().selectionChanged(selected, deselected)
        indexes = self.selectedIndexes()
        if self._quiet or len(indexes) != 1:
            return
        table_id = indexes[0].data(ID_ROLE)
        if table_id is not None and table_id != self.tree.current:
            self.table_chosen.emit(table_id)
