"""Send-back notes on the screen: a line above the page, and the dialog that writes one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
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
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from jixiao.gui.dialog_parts import fit_dialog, ok_cancel
from jixiao.gui.theme import theme_of
from jixiao.model.notes import SendBackNote


class NotesStrip(QFrame):
    """A line above the page while the table has notes that nobody has settled.

    Signals: ``look_wanted``.
    """

    look_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notesStrip")
        self.setAccessibleName("退回意见")
        self._full = ""
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setMinimumWidth(40)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.look = QPushButton("查看意见", self)
        self.look.setObjectName("link")
        self.look.clicked.connect(self.look_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 8, 5)
        row.addWidget(self.words, 1)
        row.addWidget(self.look)
        self.hide()

    def show_notes(self, notes: Sequence[SendBackNote]) -> None:
        """Tell of the notes that are open; hidden when there are none."""
        waiting = [note for note in notes if not note.done]
        if waiting:
            first = waiting[0]
            said = " ".join(f"{first.place}：{first.text}".lstrip("：").split())
            who = first.author or "上级"
            self._full = f"{who}退回，{len(waiting)} 条意见待处理。{said}"
            self.words.setAccessibleName(self._full)
            self._elide()
            self.words.setToolTip("\n".join(note.text for note in waiting))
            self._paint()
        self.setVisible(bool(waiting))
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        wide = max(self.words.width(), self.words.minimumWidth())
        mode = Qt.TextElideMode.ElideRight
        self.words.setText(self.words.fontMetrics().elidedText(self._full, mode, wide))

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._paint()
        super().changeEvent(event)

    def _paint(self) -> None:
        theme = theme_of(QApplication.palette())
        ground = "#3a2f1c" if theme.dark else "#fff7e6"
        sheet = (
            f"QFrame#notesStrip {{ background: {ground}; border: 0;"
            f" border-bottom: 1px solid {theme.line}; border-left: 3px solid {theme.warning}; }}"
        )
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)


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
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self.text).activated.connect(self._write)
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

    def _write(self) -> None:
        if self.text.toPlainText().strip():
            self.accept()

    def _check(self) -> None:
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self.text.toPlainText().strip()))
