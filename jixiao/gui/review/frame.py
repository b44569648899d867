"""The parts of the review of one table: source and form side by side, the list below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.importing.accept import Taking
from jixiao.app.review.items import Item
from jixiao.gui.page.desk import Desk, UnshownStrip
from jixiao.gui.page.fonts import PageFonts
from jixiao.gui.page.model import PageModel
from jixiao.gui.review.boxes import ElidingBox
from jixiao.gui.review.choosers import Choosers
from jixiao.gui.review.doubts import DoubtList
from jixiao.gui.review.links import Links
from jixiao.gui.review.page import ReviewPage
from jixiao.gui.review.source import SourceView
from jixiao.io.paper.form.form import Form

TAKINGS: tuple[tuple[Taking, str, str], ...] = (
    ("replace", "替换", "账本里的这张表换成草稿的内容"),
    ("keep", "两份都留", "账本里的不动，草稿另成一张表"),
    ("merge", "只补空白", "账本里已填的不动，只把空着的格子补上"),
)


class TableFrame(QWidget):
    """The widgets, where they stand, and the table they show; the rest is ``TablePane``'s.

    Signals: ``changed`` (the table says something else, or another thing is done with it).
    """

    changed = Signal()

    def __init__(self, forms: Sequence[Form], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bottom_is_set = False
        self._links: Links | None = None
        self.page = PageModel(self)
        self.view = ReviewPage(self.page, PageFonts())
        self.desk = Desk(self.view)
        self.source = SourceView(self)
        self.choosers = Choosers(forms, self)
        self.sheets = ElidingBox(14, self)
        self.doubts = DoubtList(self)
        self.strip = UnshownStrip()
        self._build()
        self.split.splitterMoved.connect(self._set_bottom)

    @property
    def item(self) -> Item | None:
        """The table that is shown."""
        return None if self._links is None else self._links.item

    @property
    def links(self) -> Links | None:
        """What belongs together on both sides of the table that is shown."""
        return self._links

    def reject(self, message: str) -> None:
        """Tell why something could not be taken."""
        self.headline.setText(message)

    def tell_changed(self) -> None:
        """Tell everybody that the table was changed, and show it anew."""
        self.changed.emit()
        self.refresh()

    def refresh(self) -> None:
        """Show the table as it is now."""
        raise NotImplementedError

    def _build(self) -> None:
        self.sides = QSplitter(Qt.Orientation.Horizontal)
        self.sides.setHandleWidth(1)
        self.sides.setChildrenCollapsible(False)
        self.sides.addWidget(self._left())
        self.sides.addWidget(self._right())
        self.sides.setSizes([540, 560])
        self.sides.setStretchFactor(0, 1)
        self.sides.setStretchFactor(1, 1)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.sides)
        self.split.addWidget(self._bottom())
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([480, 170])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)

    def _left(self) -> QWidget:
        head = QLabel("原文件", self)
        head.setObjectName("head")
        self.sheets.setToolTip("工作表和这张表所在的区域；可以换到别的工作表看")
        self.no_source = QLabel("这种文件没有版面，没有原文件可以对照。", self)
        self.no_source.setObjectName("muted")
        self.no_source.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.no_source.hide()
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(head)
        bar.addWidget(self.sheets, 1)
        bar.addStretch(1)
        return _side("reviewSource", bar, self.source, self.no_source)

    def _right(self) -> QWidget:
        bar = QHBoxLayout()
        bar.addWidget(self.choosers, 1)
        self.there = QFrame(self)
        self.there.setObjectName("notice")
        row = QHBoxLayout(self.there)
        row.setContentsMargins(12, 5, 12, 5)
        self.there_text = QLabel(self.there)
        self.there_text.setWordWrap(True)
        row.addWidget(self.there_text, 1)
        self.takings = QButtonGroup(self)
        for number, (_, text, tip) in enumerate(TAKINGS):
            button = QRadioButton(text, self.there)
            button.setToolTip(tip)
            self.takings.addButton(button, number)
            row.addWidget(button)
        self.there.hide()
        return _side("reviewForm", bar, self.there, self.desk, self.strip)

    def _bottom(self) -> QWidget:
        panel = QFrame(self)
        panel.setObjectName("reviewDoubts")
        self.headline = QLabel(panel)
        self.headline.setObjectName("head")
        self.undo_button = _link("撤销刚才的改动", "", panel)
        self.note_all_button = _link("全部记为备注", "没有放入的文字都记在表的备注里", panel)
        self.ignore_all_button = _link("全部忽略", "没有放入的文字都不要了", panel)
        bar = QHBoxLayout()
        bar.addWidget(self.headline, 1)
        bar.addWidget(self.note_all_button)
        bar.addWidget(self.ignore_all_button)
        bar.addWidget(self.undo_button)
        column = QVBoxLayout(panel)
        column.setContentsMargins(14, 6, 8, 4)
        column.setSpacing(3)
        column.addLayout(bar)
        column.addWidget(self.doubts, 1)
        self.doubts.setMinimumHeight(0)
        return panel

    def _set_bottom(self) -> None:
        self._bottom_is_set = True

    def fit_bottom(self, lines: int) -> None:
        """Give the list the height it needs, until the user sets it himself."""
        whole = sum(self.split.sizes())
        if self._bottom_is_set or not whole:
            return
        line = self.fontMetrics().height() + 8
        high = min(line * (lines + 1) + 28, max(96, whole * 3 // 10))
        self.split.setSizes([whole - high, high])

    def sizeHint(self) -> QSize:
        """As in a small window."""
        return QSize(1100, 640)


def _link(text: str, tip: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setObjectName("link")
    button.setToolTip(tip)
    button.setAutoDefault(False)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def _side(name: str, bar: QHBoxLayout, *widgets: QWidget) -> QWidget:
    """A column: a bar above, widgets below."""
    panel = QFrame()
    panel.setObjectName(name)
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    bar.setContentsMargins(14, 9, 12, 9)
    column.addLayout(bar)
    for widget in widgets:
        fills = isinstance(widget, Desk | SourceView) or widget.objectName() == "muted"
        column.addWidget(widget, 1 if fills else 0)
    return panel
