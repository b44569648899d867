"""The tree of a book: agencies, years, tables; it changes by difference and keeps what is open."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QFont, QIcon

from jixiao.gui.guard import guarded
from jixiao.gui.page_model import Index
from jixiao.model.tree import AgencyNode, TableEntry

ID_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The id of a table; None for agencies and years."""
_NO_INDEX = QModelIndex()
_KIND_NAMES = {
    "department": "部门整体支出绩效目标表",
    "project": "未命名项目",
    "summary": "汇总表",
    "narrative": "绩效文本",
    "budget": "预算表",
}


@dataclass(eq=False)
class Node:
    """A line of the tree; ``key`` tells it from its siblings and stays when it is renamed."""

    key: Hashable
    text: str
    icon: str
    tip: str = ""
    table_id: int | None = None
    tables: tuple[int, ...] = ()
    parent: Node | None = None
    children: list[Node] = field(default_factory=list["Node"])

    @property
    def row(self) -> int:
        """Its place among its siblings."""
        return 0 if self.parent is None else self.parent.children.index(self)


class TreeModel(QAbstractItemModel):
    """Agencies → years → tables. ``icons`` are by name: agency, year and the kinds of tables."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.icons: dict[str, QIcon] = {}
        self.current: int | None = None
        self._root = Node("", "", "")
        # Qt keeps bare pointers to nodes: those that went stay alive as long as the model.
        self._gone: list[Node] = []

    # What Qt asks

    @guarded(_NO_INDEX)
    def index(self, row: int, column: int, parent: Index = _NO_INDEX) -> QModelIndex:
        """The index of a child."""
        node = self.node(parent)
        if column != 0 or not 0 <= row < len(node.children):
            return QModelIndex()
        return self.createIndex(row, 0, node.children[row])

    @guarded(_NO_INDEX)
    def parent(self, index: Index = _NO_INDEX) -> QModelIndex:  # type: ignore[override]
        """The index of the node above."""
        above = self.node(index).parent if index.isValid() else None
        return QModelIndex() if above is None else self.index_of(above)

    @guarded(0)
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """The number of children."""
        return 0 if parent.column() > 0 else len(self.node(parent).children)

    @guarded(0)
    def columnCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: ARG002
        """One column."""
        return 1

    @guarded(None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Name, icon, tooltip and table id."""
        if not index.isValid():
            return None
        node = self.node(index)
        if role == Qt.ItemDataRole.FontRole and node.table_id == self.current is not None:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        shown = {
            int(Qt.ItemDataRole.DisplayRole): node.text,
            int(Qt.ItemDataRole.ToolTipRole): node.tip or node.text,
            int(Qt.ItemDataRole.DecorationRole): self.icons.get(node.icon),
            ID_ROLE: node.table_id,
        }
        return shown.get(role)

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be selected."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    # What the window asks

    def node(self, index: Index) -> Node:
        """The node of an index, the root for none."""
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Node) else self._root

    def index_of(self, node: Node) -> QModelIndex:
        """The index of a node."""
        return QModelIndex() if node.parent is None else self.createIndex(node.row, 0, node)

    def index_of_table(self, table_id: int | None) -> QModelIndex:
        """The index of a table, none when the tree has no such table."""
        for agency in self._root.children:
            for year in agency.children:
                for node in year.children:
                    if node.table_id == table_id:
                        return self.index_of(node)
        return QModelIndex()

    def set_current(self, table_id: int | None) -> None:
        """Mark the table on the screen."""
        before, self.current = self.current, table_id
        for changed in {before, table_id}:
            index = self.index_of_table(changed)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def set_icons(self, icons: dict[str, QIcon]) -> None:
        """Take icons in other colours."""
        self.icons = icons
        self._tell_icons(QModelIndex())

    def _tell_icons(self, parent: QModelIndex) -> None:
        count = self.rowCount(parent)
        if count:
            self.dataChanged.emit(self.index(0, 0, parent), self.index(count - 1, 0, parent))
        for row in range(count):
            self._tell_icons(self.index(row, 0, parent))

    def set_tree(self, agencies: Sequence[AgencyNode]) -> None:
        """Show another state of the book: what stayed keeps its place, open or closed."""
        self._change_children(self._root, [_agency(agency) for agency in agencies])

    def _change_children(self, parent: Node, wanted: list[Node]) -> None:
        above = self.index_of(parent)
        keys = {node.key for node in wanted}
        for row in reversed(range(len(parent.children))):
            if parent.children[row].key not in keys:
                self.beginRemoveRows(above, row, row)
                self._gone.append(parent.children.pop(row))
                self.endRemoveRows()
        for row, new in enumerate(wanted):
            at = next((i for i, n in enumerate(parent.children) if n.key == new.key), None)
            if at is None:
                new.parent = parent
                for child in new.children:
                    child.parent = new
                self.beginInsertRows(above, row, row)
                parent.children.insert(row, new)
                self.endInsertRows()
                continue
            if at != row:  # what stands at ``row`` is in its place later: it can only come up
                self.beginMoveRows(above, at, at, above, row)
                parent.children.insert(row, parent.children.pop(at))
                self.endMoveRows()
            self._change_node(parent.children[row], new)

    def _change_node(self, node: Node, new: Node) -> None:
        told = (node.text, node.icon, node.tip) != (new.text, new.icon, new.tip)
        node.text, node.icon, node.tip, node.tables = new.text, new.icon, new.tip, new.tables
        if told:
            index = self.index_of(node)
            self.dataChanged.emit(index, index)
        self._change_children(node, new.children)


def _agency(agency: AgencyNode) -> Node:
    years = [
        Node(
            ("year", year.id),
            "年度未定" if year.year is None else f"{year.year} 年度",
            "year",
            children=[_table(entry) for entry in year.tables],
            tables=tuple(entry.id for entry in year.tables),
        )
        for year in agency.years
    ]
    for year in years:
        for table in year.children:
            table.parent = year
    tables = tuple(table for year in years for table in year.tables)
    return Node(
        ("agency", agency.id), agency.name or "单位未定", "agency", tables=tables, children=years
    )


def _table(entry: TableEntry) -> Node:
    own = _KIND_NAMES.get(entry.kind, "未命名的表")
    text = own if entry.kind == "department" else (entry.name or entry.title or own)
    return Node(
        ("table", entry.id),
        " ".join(text.split()),
        entry.kind,
        tip=entry.name or entry.title or own,
        table_id=entry.id,
        tables=(entry.id,),
    )
