"""The parts of a window that do one thing each, made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from jixiao.gui.collect.sendback import SendBackActions
from jixiao.gui.library.actions import LibraryActions

if TYPE_CHECKING:
    from jixiao.gui.collect.actions import CollectActions
    from jixiao.gui.compare.actions import CompareActions
    from jixiao.gui.overview.actions import OverviewActions
    from jixiao.gui.versions.actions import VersionActions
    from jixiao.gui.window import MainWindow

METHODS = {
    "overview": ("show_overview",),
    "versions": ("freeze_version",),
    "comparing": ("compare_versions",),
    "collect": (
        "choose_collected",
        "export_summary",
        "export_exchange",
        "export_returned",
    ),
}
"""What the actions ask of the parts that are not there at the start."""


class BookParts:
    """Library, versions, overview and collecting, with their panels in the dock."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.library = LibraryActions(window)
        self.send_back = SendBackActions(window)
        dock = window.dock
        dock.add_later("指标库", lambda: self.library.panel)
        dock.add_later("版本", lambda: self.versions.panel)
        dock.add_later("概览", lambda: self.overview.panel)
        window.owners += [self.library, self.send_back]
        window.owners += [_Later(self, part, names) for part, names in METHODS.items()]

    @cached_property
    def overview(self) -> OverviewActions:
        """The overview of the table on the screen and of the book."""
        from jixiao.gui.overview.actions import OverviewActions

        made = OverviewActions(self._window)
        self._window.dock.add_panel("概览", made.panel)
        return made

    @cached_property
    def comparing(self) -> CompareActions:
        """Comparing and restoring."""
        from jixiao.gui.compare.actions import CompareActions

        return CompareActions(self._window)

    @cached_property
    def versions(self) -> VersionActions:
        """The versions of the year on the screen."""
        from jixiao.gui.versions.actions import VersionActions

        made = VersionActions(self._window, self.comparing)
        self._window.dock.add_panel("版本", made.panel)
        made.refresh()
        return made

    @cached_property
    def collect(self) -> CollectActions:
        """Collecting into the book."""
        from jixiao.gui.collect.actions import CollectActions

        return CollectActions(self._window)


class _Later:
    """Stands for a part of the window until one of its methods is asked for."""

    def __init__(self, parts: BookParts, name: str, methods: tuple[str, ...]) -> None:
        self._parts = parts
        self._name = name
        self._methods = methods

    def __getattr__(self, name: str) -> Callable[[], object]:
        if name not in self._methods:
            raise AttributeError(name)
        return getattr(getattr(self._parts, self._name), name)
