"""The parts of a window that do one thing each, made when its frame stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.gui.collect_actions import CollectActions
from jixiao.gui.collect_sendback import SendBackActions
from jixiao.gui.compare_actions import CompareActions
from jixiao.gui.library_actions import LibraryActions
from jixiao.gui.overview_actions import OverviewActions
from jixiao.gui.versions_actions import VersionActions

if TYPE_CHECKING:
    from jixiao.gui.window import MainWindow


class BookParts:
    """Library, versions, overview and collecting, with their panels in the dock."""

    def __init__(self, window: MainWindow) -> None:
        self.library = LibraryActions(window)
        self.overview = OverviewActions(window)
        self.comparing = CompareActions(window)
        self.versions = VersionActions(window, self.comparing)
        self.collect = CollectActions(window)
        self.send_back = SendBackActions(window)
        window.dock.add_panel("指标库", self.library.panel)
        window.dock.add_panel("版本", self.versions.panel)
        window.dock.add_panel("概览", self.overview.panel)
        window.owners += [self.library, self.overview, self.versions, self.comparing]
        window.owners += [self.collect, self.send_back]
