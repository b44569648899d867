"""Finding and replacing."""

from __future__ import annotations

from jixiao.gui.commands import Command
from jixiao.gui.find.finding import Finding


def commands(finding: Finding) -> list[Command]:
    """The commands, in the order of their menus."""
    return [
        Command(
            id="find",
            menu="编辑",
            text="查找(&F)…",
            run=finding.open_find,
            icon="search",
            keys=("Ctrl+F",),
            toolbar="查找",
            group=4,
            needs="book",
        ),
        Command(
            id="replace",
            menu="编辑",
            text="替换(&H)…",
            run=finding.open_replace,
            icon="replace",
            keys=("Ctrl+H",),
            group=4,
            needs="book",
        ),
        Command(
            id="find_next",
            menu="编辑",
            text="下一处",
            run=finding.find_next,
            keys=("F3",),
            group=4,
            needs="book",
            repeats=True,
        ),
        Command(
            id="find_previous",
            menu="编辑",
            text="上一处",
            run=finding.find_previous,
            keys=("Shift+F3",),
            group=4,
            needs="book",
            repeats=True,
        ),
    ]
