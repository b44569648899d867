"""Undo and redo."""

from __future__ import annotations

from jixiao.gui.commands import Command
from jixiao.gui.undo.undoing import UndoActions


def commands(undoing: UndoActions) -> list[Command]:
    """The commands, in the order of their menus."""
    return [
        Command(
            id="undo",
            menu="编辑",
            text="撤销(&U)",
            run=undoing.undo,
            icon="undo",
            keys=("Ctrl+Z",),
            toolbar="撤销",
            tip="撤销上一步",
            needs="book",
            repeats=True,
        ),
        Command(
            id="redo",
            menu="编辑",
            text="重做(&R)",
            run=undoing.redo,
            icon="redo",
            keys=("Ctrl+Y", "Ctrl+Shift+Z"),
            toolbar="重做",
            tip="重做刚撤销的一步",
            needs="book",
            repeats=True,
        ),
    ]
