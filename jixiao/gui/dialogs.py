"""The window's few dialogs: what to export, and the details of a result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from jixiao.gui.dialog_parts import fit_dialog, ok_cancel, settle


@dataclass(frozen=True)
class ExportChoice:
    """What to export, how, and where to; ``table_ids`` None is all tables."""

    table_ids: tuple[int, ...] | None
    formats: tuple[str, ...]
    folder: Path


class ExportDialog(QDialog):
    """Asks what to export. ``scopes`` are (text, table ids); the first is proposed."""

    scope_changed = Signal()

    def __init__(
        self,
        scopes: Sequence[tuple[str, tuple[int, ...] | None]],
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        from jixiao.app.exporting import FORMATS, USUAL

        super().__init__(parent)
        self.setWindowTitle("导出")
        self._scopes = scopes
        self._group = QButtonGroup(self)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        what = QVBoxLayout()
        for number, (text, _) in enumerate(scopes):
            button = QRadioButton(text, self)
            button.setChecked(number == 0)
            self._group.addButton(button, number)
            what.addWidget(button)
        self._group.idClicked.connect(self._scope_clicked)
        form.addRow("内容：", what)
        self.formats = {
            ending: QCheckBox(f"{one.name}（.{ending}）", self) for ending, one in FORMATS.items()
        }
        formats = QHBoxLayout()
        for ending, box in self.formats.items():
            box.setChecked(ending in USUAL)
            box.toggled.connect(self._check)
            formats.addWidget(box)
            formats.addSpacing(10)
        formats.addStretch()
        form.addRow("格式：", formats)
        self.folder = QLineEdit(str(folder), self)
        self.folder.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * 26)
        self.folder.textChanged.connect(self._check)
        browse = QPushButton("选择…", self)
        browse.clicked.connect(self._browse)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.folder, 1)
        where.addWidget(browse)
        form.addRow("放在文件夹：", where)
        self.buttons = ok_cancel(self, "导出")
        column = QVBoxLayout(self)
        self.note = QLabel(self)
        self.note.setObjectName("muted")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setMinimumHeight(self.fontMetrics().lineSpacing() + 4)  # the note comes later
        self._choices = 0
        column.addLayout(form)
        column.addSpacing(10)
        column.addWidget(self.note)
        column.addWidget(self.buttons)
        settle(self)

    def set_note(self, text: str) -> None:
        """Say something quiet about what would be exported."""
        self.note.setText(text)

    def count_of_choices(self) -> int:
        """How often another scope was chosen: tells whether an answer is still wanted."""
        return self._choices

    def _scope_clicked(self) -> None:
        self._choices += 1
        self.note.clear()
        self.scope_changed.emit()

    def choice(self) -> ExportChoice:
        """What was chosen."""
        formats = tuple(ending for ending, box in self.formats.items() if box.isChecked())
        ids = self._scopes[self._group.checkedId()][1]
        return ExportChoice(ids, formats, Path(self.folder.text().strip()))

    def _check(self) -> None:
        any_format = any(box.isChecked() for box in self.formats.values())
        ok = bool(self.folder.text().strip()) and any_format
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(ok)

    def _browse(self) -> None:
        found = QFileDialog.getExistingDirectory(self, "导出到哪个文件夹", self.folder.text())
        if found:
            self.folder.setText(found)


class ExistingFilesDialog(QDialog):
    """Asks once what becomes of the files that an export meets in its folder.

    ``chosen`` tells the answer: "replace", "keep" (both stay) or "skip"; closing it is no answer.
    """

    chosen = Signal(str)
    _ANSWERS = (
        ("keep", "另存为 (2)", "原有的文件不动，新文件的名字后面加 (2)。"),
        ("replace", "替换", "用新文件替换原有的文件。"),
        ("skip", "跳过", "这些文件不导出，其余的照常导出。"),
    )

    def __init__(self, files: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("已有同名文件")
        head = QLabel(f"文件夹里已有 {len(files)} 个同名文件，怎么办？", self)
        self.list = QPlainTextEdit("\n".join(path.name for path in files), self)
        self.list.setReadOnly(True)
        self.list.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.list.setAccessibleName("已有的文件")
        note = QLabel("替换以后，在 Word、Excel 里改过的内容就没有了。", self)
        note.setObjectName("muted")
        buttons = QDialogButtonBox(self)
        for answer, text, tip in self._ANSWERS:
            button = buttons.addButton(text, QDialogButtonBox.ButtonRole.AcceptRole)
            button.setToolTip(tip)
            if answer == "keep":
                button.setDefault(True)
                button.setFocus()
            button.clicked.connect(lambda _=False, answer=answer: self._answer(answer))
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(head)
        column.addWidget(self.list)
        column.addWidget(note)
        column.addWidget(buttons)
        fit_dialog(self, 44, min(len(files), 10) + 8)

    def _answer(self, answer: str) -> None:
        self.accept()
        self.chosen.emit(answer)


class DetailsDialog(QDialog):
    """A result in words: a headline and lines that can be read and copied."""

    def __init__(
        self, title: str, headline: str, lines: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        head = QLabel(headline, self)
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        self.text = QPlainTextEdit("\n".join(lines), self)
        self.text.setReadOnly(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText("关闭")
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(head)
        column.addWidget(self.text)
        column.addWidget(buttons)
        fit_dialog(self, 52, 20)
