"""Help, and how the program looks: size of the letters, light or dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from jixiao import __version__
from jixiao.gui import look
from jixiao.gui.workbench import Workbench

if TYPE_CHECKING:
    from jixiao.gui.help.help_window import HelpWindow


class HelpActions(QObject):
    """The help and look actions of a window."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._help: HelpWindow | None = None

    def show_help(self) -> None:
        """The page that fits what one is doing."""
        bench = self._bench
        if bench.frame.find_bar.isVisible() or not bench.document.is_open:
            self.show_topic("start")
        else:
            self.show_topic("tree" if bench.tree.hasFocus() else "fill")

    def show_keys(self) -> None:
        """The page of keys."""
        self.show_topic("keys")

    def show_topic(self, key: str) -> HelpWindow:
        """Show a page of the help."""
        from jixiao.gui.help.help_window import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self._bench.commands, self._bench.frame)
        self._help.show_topic(key)
        return self._help

    # Looks

    def font_larger(self) -> None:
        """Larger letters in the whole program."""
        self._set_size(look.next_size(self._bench.settings.font_scale, 1))

    def font_smaller(self) -> None:
        """Smaller letters in the whole program."""
        self._set_size(look.next_size(self._bench.settings.font_scale, -1))

    def font_normal(self) -> None:
        """The system's own size."""
        self._set_size(1.0)

    def _set_size(self, scale: float) -> None:
        self._bench.settings.font_scale = scale
        look.apply_font(scale)
        self._bench.frame.refresh_looks()
        self._bench.tell(f"界面字号 {round(scale * 100)} %")

    def look_system(self) -> None:
        """Light or dark as the system."""
        self._set_scheme("system")

    def look_light(self) -> None:
        """Light."""
        self._set_scheme("light")

    def look_dark(self) -> None:
        """Dark."""
        self._set_scheme("dark")

    def is_system(self) -> bool:
        """True while the colours follow the system."""
        return self._bench.settings.scheme == "system"

    def is_light(self) -> bool:
        """True while light was chosen."""
        return self._bench.settings.scheme == "light"

    def is_dark(self) -> bool:
        """True while dark was chosen."""
        return self._bench.settings.scheme == "dark"

    def _set_scheme(self, name: str) -> None:
        self._bench.settings.scheme = name
        look.apply_scheme(name)

    def about(self) -> None:
        """Name and version."""
        QMessageBox.about(
            self._bench.frame,
            "关于",
            f"<b>绩效目标表编辑器</b> {__version__}<br><br>"
            "离线填写、检查、导入、导出财政绩效目标表。<br>"
            "所有内容只保存在您选定的账本文件里。",
        )
