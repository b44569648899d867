"""What dialogs share: their buttons in Chinese, and a size that fits any screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QMessageBox,
    QPushButton,
    QWidget,
)


def ok_cancel(dialog: QDialog, ok: str) -> QDialogButtonBox:
    """The buttons that end a dialog; ``ok`` says what will be done."""
    kinds = QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
    box = QDialogButtonBox(kinds, dialog)
    box.button(QDialogButtonBox.StandardButton.Ok).setText(ok)
    box.button(QDialogButtonBox.StandardButton.Cancel).setText("取消")
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box


def close_button(dialog: QDialog) -> QDialogButtonBox:
    """The button of a dialog that only shows something, or does it at once."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    button = box.button(QDialogButtonBox.StandardButton.Close)
    button.setText("关闭")
    button.setAutoDefault(False)
    box.rejected.connect(dialog.reject)
    return box


def roomy(button: QPushButton) -> QPushButton:
    """The button with air beside its text; a style counts … narrower than some fonts draw it."""
    metrics = button.fontMetrics()
    wide = metrics.horizontalAdvance(button.text()) + round(1.6 * metrics.height())
    button.setMinimumWidth(max(wide, button.minimumSizeHint().width()))
    return button


def settle(dialog: QDialog) -> None:
    """Give a dialog its last size before it is shown.

    One that grows while X11 puts it on the screen can come up in the corner of the screen.
    """
    _polish(dialog)
    dialog.adjustSize()


def _polish(dialog: QDialog) -> None:
    """Let the style have its say about sizes."""
    dialog.ensurePolished()
    for part in dialog.findChildren(QWidget):
        part.ensurePolished()
    layout = dialog.layout()
    if layout is not None:
        layout.activate()


def fit_dialog(dialog: QDialog, ems: float, lines: float, *, wide: int = 0) -> None:
    """Give a dialog this many letters of width and lines of height, never more than the screen.

    It gets at least ``wide`` pixels of width, where the screen has them.
    """
    _polish(dialog)
    metrics = dialog.fontMetrics()
    room = dialog.screen().availableGeometry()
    wanted = max(round(ems * metrics.horizontalAdvance("国")), wide)
    width = min(wanted, round(room.width() * 0.94))
    high = min(round(lines * metrics.lineSpacing()), round(room.height() * 0.88))
    dialog.resize(width, high)


def ask_target(
    parent: QWidget, title: str, proposed: Path, kinds: str, endings: Sequence[str]
) -> Path | None:
    """Ask for the name of a file to write; None where nothing is to be written.

    Args:
        parent: The window that asks.
        title: What is to be written.
        proposed: The file that is proposed.
        kinds: The kinds of files, as Qt's dialog has them.
        endings: Endings that the file may have (".docx"); one without gets that of the kind.
    """
    name, kind = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() in endings:
        return path
    ending = next((ending for ending in endings if ending in kind), endings[0])
    path = path.with_name(path.name + ending)
    # Qt asked about the name as it was typed, not about this one.
    return path if not path.exists() or _may_replace(parent, path) else None


def _may_replace(parent: QWidget, path: Path) -> bool:
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("已有同名文件")
    box.setText(f"“{path.name}”已经存在，要替换它吗？")
    replace = box.addButton("替换", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton("取消", QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return box.clickedButton() is replace


def ask(parent: QWidget, title: str, text: str, yes: str, do: Callable[[], object]) -> QMessageBox:
    """Ask whether to ``do`` something that is worth a question; ``yes`` says what will be done.

    The window is not held up: the box is shown and this returns.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setText(text)
    button = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(button)
    button.clicked.connect(do)
    box.finished.connect(box.deleteLater)
    box.open()
    return box
