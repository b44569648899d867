"""The box above the tree: finds tables as one types, off the GUI thread; the latest query wins."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from jixiao.app.session import Session
from jixiao.gui.changes import ChangeFeed
from jixiao.gui.document import Document
from jixiao.gui.guard import guarded
from jixiao.gui.tree.view import TreeView

if TYPE_CHECKING:
    from jixiao.app.search import TreeFilter

_AGAIN_MS = 300


class FilterEdit(QLineEdit):
    """Esc clears and goes back; Down and Enter go to the first table found."""

    left = Signal()
    entered = Signal()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, Down, Enter; everything else types."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class FilterBox(QWidget):
    """The edit, and below it how many tables were found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterBox")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.edit = FilterEdit(self)
        self.edit.setObjectName("filter")
        self.edit.setPlaceholderText("查找表、指标、拼音首字母…")
        self.edit.setClearButtonEnabled(True)
        self.edit.setAccessibleName("查找表：名称、拼音首字母、单位、年度或表里的文字")
        self.edit.setToolTip(
            "名称、拼音首字母、单位、年度或表里的任何文字；几个词用空格分开。\n"
            "前面加减号是不含，例如：会议 -培训"
        )
        self.count = QLabel(self)
        self.count.setObjectName("muted")
        self.count.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 2)
        column.setSpacing(4)
        column.addWidget(self.edit)
        column.addWidget(self.count)


class TreeFiltering(QObject):
    """Runs the queries and shows their result in the tree."""

    def __init__(
        self, document: Document, box: FilterBox, view: TreeView, feed: ChangeFeed
    ) -> None:
        super().__init__(box)
        self._document = document
        self._box = box
        self._view = view
        self._number = 0
        self._found: frozenset[int] | None = None
        self._kept: frozenset[int] = frozenset()
        self._filter: TreeFilter | None = None
        self._session: Session | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._run)
        box.edit.textChanged.connect(self._typed)
        box.edit.entered.connect(self._go_to_first)
        box.edit.left.connect(self._go_back)
        view.filter_wanted.connect(self._take_letter)
        document.opened.connect(box.edit.clear)
        feed.changed.connect(lambda _: self._again.start() if self.query else None)

    @property
    def query(self) -> str:
        """What is looked for."""
        return self._box.edit.text().strip()

    def _typed(self) -> None:
        self._again.stop()
        self._kept = frozenset()
        self._run()

    def reveal(self, kind: str, ids: Collection[int]) -> bool:
        """Show lines that the filter hides: tables beside those found; else the filter ends.

        Returns:
            True when the filter had to end.
        """
        tree = self._view.tree
        if not tree.filtered or all(tree.find(kind, one).isValid() for one in ids):
            return False
        if kind != "table":
            agencies = self._document.tree
            folders = agencies if kind == "agency" else [y for a in agencies for y in a.years]
            if {folder.id for folder in folders}.isdisjoint(ids):  # gone, not hidden
                return False
            self._box.edit.clear()
            return True
        self._kept = frozenset(ids)
        if self._found is not None:
            self._view.change_only(self._found | self._kept)
            self._tell_count(self._found)
            self._view.shown_years_changed.emit()
        return False

    def _run(self) -> None:
        self._number += 1
        number, query = self._number, self.query
        if not query:
            self._show(None)
            return

        def job(session: Session) -> set[int] | None:
            # Queries that piled up behind this one make it worthless.
            return self._filter_of(session).matches(query) if number == self._number else None

        def done(found: set[int] | None) -> None:
            if number == self._number and found is not None:
                self._show(found)

        self._document.run(job, done)

    def _filter_of(self, session: Session) -> TreeFilter:  # on the book's thread
        from jixiao.app.search import TreeFilter

        if self._filter is None or self._session is not session:
            self._session, self._filter = session, TreeFilter(session)
        return self._filter

    def _show(self, found: set[int] | None) -> None:
        from jixiao.app.search import words_of

        view = self._view
        words = tuple(word for word, wanted in words_of(self.query) if wanted)
        view.delegate.words = words if found is not None else ()
        if found is not None:
            view.remember_open()
        self._found = None if found is None else frozenset(found)
        chosen = [(node.kind, node.id) for node in view.selected_nodes()]
        view.tree.show_only(None if found is None else self._kept | found)
        if found is None:
            view.recall_open()
        else:
            self._tell_count(found)
        self._box.count.setVisible(found is not None)
        shown = self._document.shown
        view.show_current(None if shown is None else shown.table_id)
        again = [view.tree.find(kind, node_id) for kind, node_id in chosen]
        if len(again) > 1 and all(index.isValid() for index in again):
            view.select_quietly(
                again
            )  # what was chosen together stays so when a change is filtered
        view.viewport().update()
        view.shown_years_changed.emit()

    def _tell_count(self, found: Collection[int]) -> None:
        text = f"找到 {len(found)} 张表" if found else "没有找到，按 Esc 清除"
        self._box.count.setText(text + ("，另列出正在看的表" if self._kept - set(found) else ""))

    def _go_to_first(self) -> None:
        found = self._found or ()
        index = next((index for node, index in self._view.tables() if node.id in found), None)
        if index is not None:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            self._view.setCurrentIndex(index)

    def _go_back(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_letter(self, letter: str) -> None:
        self._box.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.edit.setText(letter)
