"""The head of a comparison: what is compared with what, and how much is different."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from jixiao.gui.compare.colors import colors_of
from jixiao.gui.compare.job import Choice, Comparison
from jixiao.gui.theme import theme_of

_DRAFT = "一份草稿…"


class SidesBar(QWidget):
    """Chooses two sides.

    Signals: ``wanted`` (others were chosen), ``draft_wanted`` (a draft is to be chosen for the
    left side), ``refused`` (why something cannot be).
    """

    wanted = Signal()
    draft_wanted = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left = QComboBox(self)
        self.left.setAccessibleName("比较的左边（旧）")
        self.right = QComboBox(self)
        self.right.setAccessibleName("比较的右边（新）")
        for box in (self.left, self.right):
            box.setMinimumContentsLength(14)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaximumWidth(20 * self.fontMetrics().horizontalAdvance("国"))
            box.setMaxVisibleItems(24)
            box.activated.connect(self._chosen)
        self.swap = QPushButton("⇄", self)
        self.swap.setToolTip("左右对调")
        self.swap.setAccessibleName("左右对调")
        self.swap.setAutoDefault(False)
        self.swap.setFixedWidth(self.fontMetrics().horizontalAdvance("国国国"))
        self.swap.clicked.connect(self._swap)
        self.summary = QLabel(self)
        self.legend = QLabel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 8)
        row.setSpacing(8)
        for widget in (self.left, self.swap, self.right):
            row.addWidget(widget)
        row.addSpacing(12)
        row.addWidget(self.summary, 1)
        row.addWidget(self.legend)

    def set_choices(self, choices: Sequence[Choice], left: Choice, right: Choice) -> None:
        """Offer sides, and choose two of them; a draft stays on offer while it is chosen."""
        for box, chosen in ((self.left, left), (self.right, right)):
            box.clear()
            offered = [*choices, *([chosen] if chosen not in choices else [])]
            for choice in offered:
                box.addItem(choice.label, choice)
            if box is self.left:
                box.insertSeparator(box.count())
                box.addItem(_DRAFT, None)
            box.setCurrentIndex(offered.index(chosen))

    def chosen(self) -> tuple[Choice, Choice]:
        """The sides that are chosen."""
        return self.left.currentData(), self.right.currentData()

    def show_summary(self, comparison: Comparison | None) -> None:
        """Tell how much is different, and what the colours mean."""
        theme = theme_of(QApplication.palette())
        colors = colors_of(theme)
        marks = ((colors.came, "新增"), (theme.warning, "改动"), (colors.gone, "删去"))
        self.legend.setText(
            "&nbsp;&nbsp;".join(
                f"<span style='color:{color}'>■</span>&nbsp;{word}" for color, word in marks
            )
        )
        if comparison is None:
            self.summary.setText("正在比较…")
        elif self.left.currentData() == self.right.currentData():
            self.summary.setText("两边是同一份，请在左边选一个版本、年度或草稿。")
        elif not comparison.count:
            self.summary.setText("两边完全一样。")
        else:
            tables = sum(pair.kind is not None for pair in comparison.pairs)
            self.summary.setText(f"{tables} 张表，共 {comparison.count} 处不同")

    def _chosen(self) -> None:
        if self.left.currentData() is None:
            self.draft_wanted.emit()
        else:
            self.wanted.emit()

    def _swap(self) -> None:
        left, right = self.chosen()
        if left.kind == "draft":
            self.refused.emit("草稿只能放在左边。")
            return
        self.left.setCurrentIndex(self.left.findText(right.label))
        self.right.setCurrentIndex(self.right.findText(left.label))
        self.wanted.emit()


def draft_label(path: Path) -> str:
    """What a draft is called."""
    return f"草稿 {path.name}"
