"""A list of things as a model; what is shown of each, the models made of it say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex

from jixiao.gui.guard import guarded

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
T = TypeVar("T")


class ListModel(QAbstractListModel, Generic[T]):
    """Things in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: Sequence[T] = ()

    def set_items(self, items: Sequence[T]) -> None:
        """Show others."""
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def item(self, index: Index) -> T | None:
        """What stands at an index."""
        return self.items[index.row()] if 0 <= index.row() < len(self.items) else None

    @guarded(0)
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """One row for each."""
        return 0 if parent.isValid() else len(self.items)
