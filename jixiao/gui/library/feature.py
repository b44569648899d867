"""The library of indicators."""

from __future__ import annotations

from jixiao.gui.commands import Command
from jixiao.gui.library.actions import LibraryActions


def commands(library: LibraryActions) -> list[Command]:
    """The commands, in the order of their menus."""
    return [
        Command(
            id="library",
            menu="查看",
            text="指标库",
            run=library.show_library,
            icon="library",
            keys=("Ctrl+L",),
            toolbar="指标库",
            tip="查指标、插入指标",
            group=1,
            needs="book",
        ),
    ]
