"""Send-back notes on the screen: a strip above the page, and the dialog that writes one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from jixiao.gui.dialog_parts import fit_dialog, ok_cancel
from jixiao.gui.theme import theme_of
from jixiao.model.notes import SendBackNote

_MOST_LINES = 4
_ROOMY = 46  # letters of width


class NotesStrip(QFrame):
    """The notes of the table on the screen; hidden when it has none.

    Signals: ``done`` (place of a note among the table's notes), ``all_done``, ``place_wanted``
    (SendBackNote).
    """

    done = Signal(int)
    all_done = Signal()
    place_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notesStrip")
        self.setAccessibleName("退回意见")
        self._shown: tuple[tuple[tuple[int, SendBackNote], ...], bool] = ((), False)
        self.headline = QLabel(self)
        self.every = QPushButton("全部处理完", self)
        self.every.setObjectName("link")
        self.every.clicked.connect(self.all_done)
        head = QHBoxLayout()
        head.addWidget(self.headline, 1)
        head.addWidget(self.every)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 8, 6)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.area)
        self.rows: list[QWidget] = []
        self._who: list[QLabel] = []
        self.hide()

    def show_notes(self, notes: Sequence[tuple[int, SendBackNote]], *, may_write: bool) -> None:
        """Show notes, each with its place among the notes of the table."""
        wanted = (tuple(notes), may_write)
        if wanted == self._shown:
            return
        self._shown = wanted
        self.headline.setText(f"退回意见 {len(notes)} 条")
        inside = QWidget(self)
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        self._who = []
        self.rows = [self._row(index, note, may_write) for index, note in notes]
        for row in self.rows:
            lines.addWidget(row)
        lines.addStretch()
        self.area.setWidget(inside)
        high = self.fontMetrics().height() + 10
        self.area.setFixedHeight(high * min(len(notes), _MOST_LINES) + 4)
        self.every.setVisible(may_write and len(notes) > 1)
        self._paint()
        self._show_authors()
        self.setVisible(bool(notes))

    def _row(self, index: int, note: SendBackNote, may_write: bool) -> QWidget:
        row = QWidget(self)
        place = note.indicator or note.field
        words = QLabel((f"“{place}”：" if place else "") + " ".join(note.text.split()), row)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setToolTip(f"{note.text}\n{note.author} {note.date}")
        words.setMinimumWidth(40)
        who = QLabel(" ".join(part for part in (note.author, note.date) if part), row)
        who.setObjectName("muted")
        self._who.append(who)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 1, 0, 1)
        line.addWidget(words, 1)
        line.addWidget(who)
        if place:
            go = QPushButton("定位", row)
            go.setObjectName("link")
            go.clicked.connect(lambda: self.place_wanted.emit(note))
            line.addWidget(go)
        if may_write:
            done = QPushButton("已处理", row)
            done.setObjectName("link")
            done.setToolTip("意见已经改好，从表上去掉（可以撤销）")
            done.clicked.connect(lambda: self.done.emit(index))
            line.addWidget(done)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow strip the words need the room; who wrote them stands in the tooltip."""
        super().resizeEvent(event)
        self._show_authors()

    def _show_authors(self) -> None:
        roomy = self.width() >= _ROOMY * self.fontMetrics().horizontalAdvance("国")
        for who in self._who:
            who.setVisible(roomy)

    def _paint(self) -> None:
        theme = theme_of(QApplication.palette())
        ground = "#3a2f1c" if theme.dark else "#fff7e6"
        self.setStyleSheet(
            f"QFrame#notesStrip {{ background: {ground}; border: 0;"
            f" border-bottom: 1px solid {theme.line}; border-left: 3px solid {theme.warning}; }}"
            "QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }"
        )


class NoteDialog(QDialog):
    """Writes a note on a table, about a place of it or the whole."""

    def __init__(
        self, table: str, place: str, author: str, *, reported: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("写退回意见")
        self.text = QPlainTextEdit(self)
        self.text.setPlaceholderText("要修改什么、为什么，例如：请说明 60 件的测算依据。")
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._check)
        self.author = QLineEdit(author, self)
        self.author.setPlaceholderText("例如：区财政局")
        self.whole = QRadioButton("整张表", self)
        self.place = QRadioButton(f"当前位置：{place}", self)
        self.place.setVisible(bool(place))
        (self.place if place else self.whole).setChecked(True)
        self.returned = QCheckBox("把这张表的状态改为“退回”", self)
        self.returned.setChecked(True)
        self.returned.setEnabled(not reported)
        about = QVBoxLayout()
        about.addWidget(self.place)
        about.addWidget(self.whole)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow("表：", QLabel(table, self))
        form.addRow("针对：", about)
        form.addRow("意见：", self.text)
        form.addRow("署名：", self.author)
        form.addRow("", self.returned)
        self.buttons = ok_cancel(self, "写上")
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.buttons)
        fit_dialog(self, 32, 18)
        self._check()
        self.text.setFocus()

    @property
    def about_place(self) -> bool:
        """Whether the note is about the current place, not the whole table."""
        return self.place.isChecked()

    def _check(self) -> None:
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self.text.toPlainText().strip()))
