"""Answering a doubt: as it was read, as it is written, chosen from a list or typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractItemDelegate, QMenu, QWidget

from jixiao.gui.review.doubts import Line
from jixiao.gui.review.links import without_written
from jixiao.io.paper.page.grid import Binding
from jixiao.model.vocabulary import COMPARATORS

if TYPE_CHECKING:
    from jixiao.gui.review.frame import TableFrame

_NO_CELL = "表样上没有这一格；请选别的表样，或把它记为备注。"
_KEYS = frozenset({"enter", "back_enter", "tab", "backtab"})


class Answers(QObject):
    """The answers to the doubts of the table that a pane shows."""

    def __init__(self, pane: TableFrame) -> None:
        super().__init__(pane)
        self._pane = pane
        self._asked = -1
        self.menu: QMenu | None = None
        pane.view.delegate.left.connect(self._typed)
        pane.view.delegate.closeEditor.connect(self._closed)
        pane.view.pressed.connect(self.forget)
        pane.doubts.chosen.connect(self.forget)
        pane.page.rejected.connect(self.forget)

    def forget(self) -> None:
        """What is typed next answers no doubt in particular."""
        self._asked = -1

    def ask(self, line: Line) -> None:
        """Let the answer be typed, or chosen where only a few are possible."""
        pane, place = self._pane, self._place(line.number)
        if place is None:
            pane.reject(_NO_CELL)
            return
        self._asked = line.number
        pane.view.setFocus()
        if place.name == "comparator":
            self._offer_signs(line.number, place)
        else:
            pane.view.edit(pane.view.currentIndex())

    def put_as_written(self, line: Line) -> None:
        """Put the words of the draft into the cell."""
        place = self._place(line.number)
        if place is None:
            self._pane.reject(_NO_CELL)
        else:
            self._put(line.number, place, line.drag)

    def settle(self, number: int) -> None:
        """Take what was read as it stands; the target as typed in the draft is then no longer."""
        links = self._pane.links
        assert links is not None
        doubt = links.item.reading.doubts[number]
        place = links.place_of(doubt) if doubt.text != doubt.read_as else None
        links.item.change(without_written(links.item.table, place), (number,))

    def _offer_signs(self, number: int, place: Binding) -> None:
        view = self._pane.view
        menu = self.menu = QMenu(self._pane)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for sign in COMPARATORS:
            menu.addAction(sign).triggered.connect(
                lambda _=False, sign=sign: self._put(number, place, sign)
            )
        menu.addSeparator()
        menu.addAction("直接输入…").triggered.connect(lambda: view.edit(view.currentIndex()))
        cell = self._pane.page.cell(view.currentIndex())
        assert cell is not None
        under = view.geometry_of_page.rect(cell).bottomLeft()
        menu.popup(view.viewport().mapToGlobal(under))

    def _put(self, number: int, place: Binding, text: str) -> None:
        pane = self._pane
        message = pane.page.editor([(place, text)])
        if message:
            pane.reject(message)
        else:
            self._answer(number)

    def _typed(self, key: str) -> None:
        """Enter or Tab answers the doubt the editor was opened for, whatever was typed."""
        number, self._asked = self._asked, -1
        if number >= 0 and key in _KEYS:
            self._answer(number)

    def _closed(self, _: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self.forget()

    def _answer(self, number: int) -> None:
        item = self._pane.item
        if item is not None and number not in item.settled:
            self.settle(number)
            self._pane.tell_changed()

    def _place(self, number: int) -> Binding | None:
        """The part of the page that a doubt is about."""
        links = self._pane.links
        assert links is not None
        place = links.place_of(links.item.reading.doubts[number])
        found = links.cell_of(place) if place is not None else None
        return found[1] if found is not None else None
