"""The word in the status bar on what is on the disk: 已保存, 正在编辑, 还没有保存."""

from __future__ import annotations

from PySide6.QtCore import QObject

from jixiao.gui.workbench import Workbench


class SavedWord(QObject):
    """Follows the document, its saver and the open editor."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._unsaved = ""
        saver = bench.document.saver
        for signal in (
            bench.document.opened,
            bench.view.editing_began,
            bench.view.editing_ended,
            saver.saving_changed,
        ):
            signal.connect(self._show)
        saver.unsaved_changed.connect(self._show_unsaved)
        self._show()

    def _show(self, *_: object) -> None:
        document, status = self._bench.document, self._bench.status
        if not document.is_open:
            status.set_saved("", "muted")
        elif document.read_only:
            status.set_saved("只能查看", "warning")
        elif document.saver.unsaved_tables:
            status.set_saved("还没有保存", "error", retry=True)
        elif document.saver.saving:
            status.set_saved("正在保存…", "accent")
        elif self._bench.view.is_editing:
            status.set_saved("正在编辑", "accent")
        else:
            status.set_saved("已保存", "ok")

    def _show_unsaved(self, message: str) -> None:
        self._show()
        if message or self._bench.status.message_label.text() == self._unsaved:
            self._bench.tell(message)
        self._unsaved = message
