"""The context menu of the tree: the same actions as in the menus, with their keys."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from jixiao.gui.tree.nodes import Node

_NEW = ("new_table", "new_year", "new_agency")
_STATES = ("state_draft", "state_checked", "state_reported", "state_returned")
_TABLES = ("rename", "duplicate", "|", "move_up", "move_down", "move", "|", "@states", "|")
_OF_KIND = {
    "table": (*_TABLES, "carry_over", "export", "|", "delete", "|", *_NEW),
    "year": (*_NEW, "|", "rename", "@states", "|", "carry_over", "export", "|", "delete"),
    "agency": (*_NEW, "|", "rename", "@states", "|", "carry_over", "export", "|", "delete"),
    "root": (*_NEW, "|", "import", "recycle_bin"),
}


def context_menu(node: Node, actions: Mapping[str, QAction], parent: QWidget) -> QMenu:
    """The menu for a line of the tree, or for the room below the last one."""
    menu = QMenu(parent)
    for name in _OF_KIND[node.kind]:
        if name == "|":
            menu.addSeparator()
        elif name == "@states":
            states = menu.addMenu("状态")
            for state in _STATES:
                states.addAction(actions[state])
        elif name in actions:
            menu.addAction(actions[name])
    return menu
