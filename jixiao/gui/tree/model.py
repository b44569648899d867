"""The tree of a book: agencies, years, tables; it changes by difference and keeps what is open."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QIcon

from jixiao.app.checking.badges import Badge
from jixiao.gui.guard import guarded
from jixiao.gui.page.model import Index
from jixiao.gui.tree.nodes import Node, nodes_of
from jixiao.model.tree import AgencyNode

ID_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The id of a table; None for agencies and years."""
NODE_ROLE = int(Qt.ItemDataRole.UserRole) + 2
"""The Node itself."""
BADGE_ROLE = int(Qt.ItemDataRole.UserRole) + 3
CURRENT_ROLE = int(Qt.ItemDataRole.UserRole) + 4
"""What the checks found in a table; None where nothing is known."""
TABLES_MIME = "application/x-jixiao-tables"
_NO_INDEX = QModelIndex()
_MOVE = Qt.DropAction.MoveAction


class TreeModel(QAbstractItemModel):
    """Agencies → years → tables. ``icons`` are by name: agency, year and the kinds of tables."""

    rename_wanted = Signal(object, str)
    """A node got another name by hand; the name is shown when the book has taken it."""
    move_wanted = Signal(object, int, int)
    """Tables were dropped: ids, the year's id, the position in it before which they are to go."""
    agency_wanted = Signal(object, int)
    """Tables were dropped on an agency: ids, the agency's id."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.icons: dict[str, QIcon] = {}
        self.current: int | None = None
        self.read_only = False
        self.badges: dict[int, Badge] = {}
        self._root = Node("root", 0, "", "")
        self._year_of: dict[int, Node] = {}
        self._agencies: tuple[AgencyNode, ...] = ()
        self._only: frozenset[int] | None = None
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
        """Name, icon, tooltip, the node and its badge."""
        if not index.isValid():
            return None
        show = _SHOW.get(role)
        return None if show is None else show(self, self.node(index))

    def tip_of(self, node: Node) -> str:
        """Name, findings and state in words."""
        lines = [node.text if node.kind == "year" else node.name or node.text]
        if node.kind == "table":
            badge = self.badges.get(node.id)
            if badge is not None and badge.total:
                lines.append(f"错误 {badge.errors}，提醒 {badge.warnings}")
        if node.state:
            lines.append(node.state)
        return "\n".join(lines)

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be selected and renamed, tables be dragged."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.read_only:
            return flags
        kind = self.node(index).kind
        flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDropEnabled
        return flags | Qt.ItemFlag.ItemIsDragEnabled if kind == "table" else flags

    @guarded(False)
    def setData(
        self,
        index: Index,
        value: Any,  # noqa: ANN401
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Ask for another name."""
        node = self.node(index)
        name = " ".join(str(value).split())
        if role == Qt.ItemDataRole.EditRole and name and name != node.name:
            self.rename_wanted.emit(node, name)
        return False

    # Dragging

    def supportedDropActions(self) -> Qt.DropAction:
        """Tables are moved."""
        return _MOVE

    def mimeTypes(self) -> list[str]:
        """Ids of tables of this book."""
        return [TABLES_MIME]

    @guarded(None)
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """The ids of the dragged tables, in the order of the tree."""
        nodes = [self.node(index) for index in indexes]
        ids = [node.id for node in sorted(nodes, key=_place) if node.kind == "table"]
        data = QMimeData()
        data.setData(TABLES_MIME, json.dumps(ids).encode())
        return data

    @guarded(False)
    def canDropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,  # noqa: ARG002
        row: int,  # noqa: ARG002
        column: int,  # noqa: ARG002
        parent: Index,
    ) -> bool:
        """Into an agency or a year, or beside a table."""
        inside = self.node(parent).kind != "root"
        return not self.read_only and data.hasFormat(TABLES_MIME) and inside

    @guarded(False)
    def dropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,
        row: int,
        column: int,
        parent: Index,
    ) -> bool:
        """Ask for a move; what is dropped on a table becomes its neighbour, never its child."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        node = self.node(parent)
        ids = json.loads(bytes(data.data(TABLES_MIME).data()))
        if node.kind == "agency":
            self.agency_wanted.emit(ids, node.id)
            return True
        if node.kind == "table":
            assert node.parent is not None
            year, position = node.parent.id, node.position + 1
        else:
            year, position = node.id, _position(node, row)
        self.move_wanted.emit(ids, year, position)
        return True

    # What the window asks

    def node(self, index: Index) -> Node:
        """The node of an index, the root for none."""
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Node) else self._root

    def index_of(self, node: Node) -> QModelIndex:
        """The index of a node."""
        return QModelIndex() if node.parent is None else self.createIndex(node.row, 0, node)

    def index_of_table(self, table_id: int | None) -> QModelIndex:
        """The index of a table, none when the tree shows no such table."""
        year = None if table_id is None else self._year_of.get(table_id)
        nodes = year.children if year is not None else []
        node = next((node for node in nodes if node.id == table_id), None)
        return QModelIndex() if node is None else self.index_of(node)

    def find(self, kind: str, node_id: int) -> QModelIndex:
        """The index of an agency, a year or a table, none when the tree does not show it."""
        if kind == "table":
            return self.index_of_table(node_id)
        for agency in self._root.children:
            for node in [agency] if kind == "agency" else agency.children:
                if node.id == node_id:
                    return self.index_of(node)
        return QModelIndex()

    @property
    def table_count(self) -> int:
        """The number of tables that are shown."""
        return len(self._year_of)

    # What the window tells

    def set_current(self, table_id: int | None) -> None:
        """Mark the table on the screen."""
        before, self.current = self.current, table_id
        self._tell_tables({before, table_id} - {None})

    def set_badges(self, badges: Mapping[int, Badge]) -> None:
        """Take what the checks found in some tables."""
        changed = {key for key, badge in badges.items() if self.badges.get(key) != badge}
        self.badges.update(badges)
        self._tell_tables(changed)

    def _tell_tables(self, table_ids: Collection[int | None]) -> None:
        for table_id in table_ids:
            index = self.index_of_table(table_id)
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
        before, self._agencies = self._agencies, tuple(agencies)
        if not self._root.children or not agencies:
            self._reset(nodes_of(self._agencies, self._only))
            return
        # An agency that is as it was keeps its very node; a large book is mostly such.
        old = {agency.id: agency for agency in before}
        there = {node.id: node for node in self._root.children}
        wanted: list[Node] = []
        for agency in self._agencies:
            same = agency.id in there and old.get(agency.id) == agency
            wanted += [there[agency.id]] if same else nodes_of([agency], self._only)
        self._change_children(self._root, wanted)
        self._index_tables()

    def show_only(self, table_ids: Collection[int] | None) -> None:
        """Show only these tables and what stands above them; None: everything."""
        only = None if table_ids is None else frozenset(table_ids)
        if only == self._only:
            return
        self._only = only
        self._reset(nodes_of(self._agencies, only))

    def change_only(self, table_ids: Collection[int]) -> None:
        """Show only other tables than before by difference: what stays is open as it was."""
        self._only = frozenset(table_ids)
        self._change_children(self._root, nodes_of(self._agencies, self._only))
        self._index_tables()

    @property
    def filtered(self) -> bool:
        """True while tables are filtered out."""
        return self._only is not None

    def _reset(self, wanted: list[Node]) -> None:
        self.beginResetModel()
        # No index survives a reset, so the nodes before it may go.
        self._gone.clear()
        self._root = Node("root", 0, "", "", made=wanted)
        for node in wanted:
            node.parent = self._root
        self._index_tables()
        self.endResetModel()

    def _index_tables(self) -> None:
        self._year_of = {
            table_id: year
            for agency in self._root.children
            for year in agency.children
            for table_id in year.tables
        }

    def _change_children(self, parent: Node, wanted: list[Node]) -> None:
        above = self.index_of(parent)
        keys = {node.key for node in wanted}
        for row in reversed(range(len(parent.children))):
            if parent.children[row].key not in keys:
                self.beginRemoveRows(above, row, row)
                self._gone.append(parent.children.pop(row))
                self.endRemoveRows()
        there = {node.key for node in parent.children}
        for row, new in enumerate(wanted):
            if new.key not in there:
                new.parent = parent
                self.beginInsertRows(above, row, row)
                parent.children.insert(row, new)
                self.endInsertRows()
                continue
            if parent.children[row].key != new.key:
                at = next(i for i, n in enumerate(parent.children) if n.key == new.key)
                # What stands at ``row`` is in its place later: it can only come up.
                self.beginMoveRows(above, at, at, above, row)
                parent.children.insert(row, parent.children.pop(at))
                self.endMoveRows()
            self._change_node(parent.children[row], new)

    def _change_node(self, node: Node, new: Node) -> None:
        if node is new:
            return
        changed = node.shown != new.shown
        node.take(new)
        if changed:
            index = self.index_of(node)
            self.dataChanged.emit(index, index)
        if node.kind != "table" and node.made is not None:
            self._change_children(node, new.children)


_SHOW: dict[int, Callable[[TreeModel, Node], Any]] = {
    int(Qt.ItemDataRole.DisplayRole): lambda _, node: node.text,
    int(Qt.ItemDataRole.EditRole): lambda _, node: node.name,
    int(Qt.ItemDataRole.DecorationRole): lambda model, node: model.icons.get(node.icon),
    int(Qt.ItemDataRole.ToolTipRole): TreeModel.tip_of,
    int(Qt.ItemDataRole.AccessibleTextRole): lambda m, node: m.tip_of(node).replace("\n", "，"),
    ID_ROLE: lambda _, node: node.table_id,
    NODE_ROLE: lambda _, node: node,
    CURRENT_ROLE: lambda m, node: m.current is not None and node.table_id == m.current,
    BADGE_ROLE: lambda m, node: m.badges.get(node.id) if node.kind == "table" else None,
}


def _place(node: Node) -> tuple[int, ...]:
    return () if node.parent is None else (*_place(node.parent), node.row)


def _position(year: Node, row: int) -> int:
    """The position before which to put what is dropped before a row; -1 is the end."""
    if not year.children:
        return 0
    if 0 <= row < len(year.children):
        return year.children[row].position
    return year.children[-1].position + 1
