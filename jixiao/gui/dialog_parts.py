"""What dialogs share: their buttons in Chinese, and a size that fits any screen."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox


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


def fit_dialog(dialog: QDialog, ems: float, lines: float) -> None:
    """Give a dialog this many letters of width and lines of height, never more than the screen."""
    metrics = dialog.fontMetrics()
    room = dialog.screen().availableGeometry()
    wide = min(round(ems * metrics.horizontalAdvance("国")), round(room.width() * 0.94))
    high = min(round(lines * metrics.lineSpacing()), round(room.height() * 0.88))
    dialog.resize(wide, high)
