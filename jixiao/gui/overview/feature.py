"""The overview."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jixiao.gui.commands import Command

if TYPE_CHECKING:  # loaded when first asked for
    from jixiao.gui.overview.actions import OverviewActions


def commands(overview: Callable[[], OverviewActions]) -> list[Command]:
    """The commands, in the order of their menus."""
    return [
        Command(
            id="overview",
            menu="查看",
            text="概览",
            run=lambda: overview().show_overview(),
            icon="chart",
            keys=("Ctrl+Shift+O",),
            tip="金额、填报、检查和指标一眼看完，可以打印",
            group=1,
            needs="book",
        ),
    ]
