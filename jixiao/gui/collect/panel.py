"""The panel of send-back notes: what the bureau wants mended, and what the agency answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from jixiao.gui.dialog_parts import roomy
from jixiao.gui.guard import guarded
from jixiao.model.notes import SendBackNote

_NOTHING = "这张表没有退回意见。"
_HINT = "审核时把光标放在要修改的格里，再点“写退回意见”；意见随交换文件带回单位。"


class NoteCard(QFrame):
    """One note.

    Signals: ``chosen`` (SendBackNote), ``answered`` (place among the table's notes, answer),
    ``reopened`` and ``removed`` (place).
    """

    chosen = Signal(object)
    answered = Signal(int, str)
    reopened = Signal(int)
    removed = Signal(int)

    def __init__(self, index: int, note: SendBackNote, *, may_write: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.index, self.note = index, note
        self.setObjectName("findingCard")
        self.setProperty("severity", "hint" if note.done else "warning")
        self.setProperty("ignored", "true" if note.done else "false")
        self.setAccessibleName(f"退回意见：{note.place} {note.text}")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(11, 8, 10, 8)
        self._column.setSpacing(4)
        who = " ".join(part for part in (note.author, note.date) if part)
        self._label(who, "findingHead")
        self._label(note.place, "findingHead")
        self._label(note.text, "findingMessage")
        self.answer = self._label(self._answer_text(), "findingHint")
        self._add_links(may_write=may_write)

    def _answer_text(self) -> str:
        if not self.note.done:
            return ""
        return f"已处理 {self.note.done}" + (f"：{self.note.answer}" if self.note.answer else "")

    def _label(self, text: str, name: str) -> QLabel:
        label = QLabel(text, self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setVisible(bool(text))
        self._column.addWidget(label)
        return label

    def _add_links(self, *, may_write: bool) -> None:
        done = bool(self.note.done)
        self.links = QWidget(self)
        row = QHBoxLayout(self.links)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(14)
        self.go = self._link("定位", lambda: self.chosen.emit(self.note), bool(self.note.what))
        self.settle = self._link("已处理…", self.ask, may_write and not done)
        self.settle.setToolTip("意见已经改好；可以写一句怎么改的，财政局会看到")
        self.reopen = self._link(
            "重新打开", lambda: self.reopened.emit(self.index), may_write and done
        )
        self.remove = self._link("去掉", lambda: self.removed.emit(self.index), may_write)
        self.remove.setToolTip("从表上去掉这条意见（可以撤销）")
        for link in (self.go, self.settle, self.reopen, self.remove):
            row.addWidget(link)
        row.addStretch()
        self._column.addWidget(self.links)
        self.edit = QLineEdit(self)
        self.edit.setPlaceholderText("怎么处理的，可以不写；按回车确定")
        self.edit.setAccessibleName("怎么处理的")
        self.edit.returnPressed.connect(lambda: self.answered.emit(self.index, self.edit.text()))
        self.edit.hide()
        self._column.addWidget(self.edit)
        self.ok = self._link("确定", self.edit.returnPressed.emit, False)
        self.no = self._link("取消", self._put_away, False)
        answering = QHBoxLayout()
        answering.setSpacing(14)
        answering.addWidget(self.ok)
        answering.addWidget(self.no)
        answering.addStretch()
        self._column.addLayout(answering)

    def _link(self, text: str, do: Callable[[], object], shown: bool) -> QPushButton:
        link = QPushButton(text, self)
        link.setObjectName("link")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setAutoDefault(False)
        link.clicked.connect(lambda _=False: do())
        link.setVisible(shown)
        return link

    def ask(self) -> None:
        """Ask in the card itself what was done."""
        self._show_edit(True)
        self.edit.setFocus()

    def _put_away(self) -> None:
        self._show_edit(False)
        self.settle.setFocus()

    def _show_edit(self, shown: bool) -> None:
        self.links.setVisible(not shown)
        for widget in (self.edit, self.ok, self.no):
            widget.setVisible(shown)

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the card goes to the cell."""
        super().mousePressEvent(event)
        if self.note.what:
            self.chosen.emit(self.note)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the answer, not the panel."""
        if event.key() == Qt.Key.Key_Escape and self.edit.isVisible():
            self._put_away()
        else:
            super().keyPressEvent(event)


class NotesPanel(QWidget):
    """Shows the notes of the table on the screen.

    Signals: ``write_wanted``, ``place_wanted`` (SendBackNote), ``answered`` (place among the
    table's notes, answer), ``reopened`` (place), ``removed`` (places), ``left``.
    """

    write_wanted = Signal()
    place_wanted = Signal(object)
    answered = Signal(int, str)
    reopened = Signal(int)
    removed = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notesPanel")
        self._shown: tuple[object, ...] = ()
        self.cards: list[NoteCard] = []
        self.head = QLabel(self)
        self.head.setWordWrap(True)
        self.write = roomy(QPushButton("写退回意见…", self))
        self.write.clicked.connect(self.write_wanted)
        self.clear = QPushButton("去掉已处理的", self)
        self.clear.setObjectName("link")
        self.clear.setToolTip("从表上去掉已经处理的意见（可以撤销）")
        self.clear.clicked.connect(self._clear)
        self.area = QScrollArea(self)
        self.area.setObjectName("findings")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hint = QLabel(_HINT, self)
        self.hint.setObjectName("muted")
        self.hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 8)
        column.setSpacing(8)
        for widget in (self.head, self.hint):
            widget.setContentsMargins(12, 0, 12, 0)
            column.addWidget(widget)
        column.addWidget(self.area, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 0)
        foot.addWidget(self.write)
        foot.addStretch()
        foot.addWidget(self.clear)
        column.addLayout(foot)
        self.show_notes((), has_table=False, may_write=False, may_send_back=False)

    def show_notes(
        self,
        notes: Sequence[tuple[int, SendBackNote]],
        *,
        has_table: bool,
        may_write: bool,
        may_send_back: bool,
    ) -> None:
        """Show notes, the open ones first.

        Args:
            notes: Each with its place among the notes of the table.
            has_table: Whether there is a table on the screen.
            may_write: Whether the table can be changed.
            may_send_back: Whether notes can be written; also on one that was handed in.
        """
        wanted = (tuple(notes), has_table, may_write, may_send_back)
        if wanted == self._shown:
            return
        self._shown = wanted
        done = sum(bool(note.done) for _, note in notes)
        self.head.setText(_count_text(len(notes), done) if has_table else "请先打开一张表。")
        self.hint.setVisible(has_table and not notes)
        self.write.setEnabled(may_send_back)
        self.clear.setVisible(bool(done) and may_write)
        inside = QWidget(self)
        inside.setObjectName("findingsInside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 0, 12, 0)
        column.setSpacing(10)
        ordered = sorted(notes, key=lambda one: bool(one[1].done))
        self.cards = [
            NoteCard(at, note, may_write=may_write, parent=inside) for at, note in ordered
        ]
        for card in self.cards:
            card.chosen.connect(self.place_wanted)
            card.answered.connect(self.answered)
            card.reopened.connect(self.reopened)
            card.removed.connect(lambda at: self.removed.emit([at]))
            column.addWidget(card)
        column.addStretch()
        # The old cards go later: one of them may have been the one that was answered just now.
        old = self.area.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self.area.setWidget(inside)

    def _clear(self) -> None:
        self.removed.emit([card.index for card in self.cards if card.note.done])

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes to the page."""
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _count_text(count: int, done: int) -> str:
    if not count:
        return _NOTHING
    return f"{count} 条退回意见" + (f"，{done} 条已处理" if done else "")
