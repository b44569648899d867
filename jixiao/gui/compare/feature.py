"""Comparing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jixiao.gui.commands import Command

if TYPE_CHECKING:  # loaded when first asked for
    from jixiao.gui.compare.actions import CompareActions


def commands(comparing: Callable[[], CompareActions]) -> list[Command]:
    """The commands, in the order of their menus."""
    return [
        Command(
            id="compare",
            menu="汇总",
            text="版本对比…",
            run=lambda: comparing().compare_versions(),
            icon="compare",
            keys=("Ctrl+Shift+B",),
            toolbar="版本对比",
            tip="和版本、别的年度或草稿逐格比较",
            needs="book",
        ),
    ]
