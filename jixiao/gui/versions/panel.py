"""The panel of versions: freeze the agency-year on the screen, and its versions as a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.versions.versions import USUAL_NAMES
from jixiao.gui.dialog_parts import roomy
from jixiao.gui.guard import guarded
from jixiao.gui.page.two_lines import DATA_ROLE, TwoLines, list_item
from jixiao.model.versions import Version

_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ONCE = _ENTERS | {Qt.Key.Key_Delete}


class VersionsPanel(QWidget):
    """Asks for what is to be done with versions.

    Signals: ``freeze_wanted`` (name), ``compare_wanted`` (Version or None: choose),
    ``rename_wanted``, ``delete_wanted``, ``restore_wanted`` (Version), ``left``.
    """

    freeze_wanted = Signal(str)
    compare_wanted = Signal(object)
    rename_wanted = Signal(object)
    delete_wanted = Signal(object)
    restore_wanted = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("versionsPanel")
        self._may_write = False
        self.head = QLabel(self)
        self.head.setWordWrap(True)
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.name = QLineEdit(self)
        self.name.setObjectName("filter")
        self.name.setPlaceholderText("版本名称")
        self.name.setAccessibleName("新版本的名称")
        self.name.returnPressed.connect(self._freeze)
        self.name.textChanged.connect(lambda _: self._update())
        self.freeze = QPushButton("存为版本", self)
        self.freeze.clicked.connect(self._freeze)
        self.chips = [QPushButton(name, self) for name in USUAL_NAMES]
        for chip in self.chips:
            chip.setObjectName("link")
            chip.setToolTip(f"把现在的表存为“{chip.text()}”")
            chip.clicked.connect(lambda _=False, chip=chip: self.freeze_wanted.emit(chip.text()))
        self._make_list()
        self._arrange()
        self.show_versions("", (), may_write=False)

    def _make_list(self) -> None:
        self.list = QListWidget(self)
        self.list.setObjectName("panelList")
        self.list.setAccessibleName("版本")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.setMouseTracking(True)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.itemDoubleClicked.connect(lambda _: self._compare())
        self.list.itemSelectionChanged.connect(self._update)
        self.list.installEventFilter(self)
        self.nothing = QLabel(
            "还没有版本。上报之前存一个版本，退回以后就能逐格看出改了什么。", self
        )
        self.nothing.setObjectName("muted")
        self.nothing.setWordWrap(True)
        self.compare = roomy(QPushButton("与现在比较", self))
        self.compare.clicked.connect(self._compare)
        self.other = roomy(QPushButton("其他比较…", self))
        self.other.setToolTip("比较两个版本、两个年度，或一份草稿")
        self.other.clicked.connect(lambda: self.compare_wanted.emit(None))
        self.more = QToolButton(self)
        self.more.setText("更多")
        self.more.setMinimumWidth(round(4.2 * self.fontMetrics().horizontalAdvance("国")))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self._restore = menu.addAction("把整个年度恢复成这个版本…")
        self._restore.triggered.connect(lambda: self._with_version(self.restore_wanted))
        menu.addSeparator()
        self._rename = menu.addAction("改名…")
        self._rename.triggered.connect(lambda: self._with_version(self.rename_wanted))
        self._delete = menu.addAction("删除")
        self._delete.triggered.connect(lambda: self._with_version(self.delete_wanted))
        self.more.setMenu(menu)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 8)
        column.setSpacing(6)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 0)
        top.setSpacing(6)
        top.addWidget(self.head)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.name, 1)
        row.addWidget(self.freeze)
        top.addLayout(row)
        self._chip_rows = QGridLayout()
        self._chip_rows.setSpacing(0)
        top.addLayout(self._chip_rows)
        top.addWidget(self.nothing)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        # Without versions the list is away, and its place stays empty instead of being shared out.
        self._blank = QWidget(self)
        column.addWidget(self._blank, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 0)
        foot.setSpacing(6)
        foot.addWidget(self.compare)
        foot.addWidget(self.other)
        foot.addStretch()
        foot.addWidget(self.more)
        column.addLayout(foot)

    def _place_chips(self) -> None:
        """The usual names from left to right, in as many rows as the width wants."""
        shown = [chip for chip in self.chips if not chip.isHidden()]
        for chip in self.chips:
            self._chip_rows.removeWidget(chip)
        wide = max((chip.sizeHint().width() for chip in shown), default=1)
        columns = max(1, min(len(shown), (self.width() - 24) // wide))
        for number, chip in enumerate(shown):
            self._chip_rows.addWidget(chip, number // columns, number % columns)
        for column in range(len(self.chips) + 1):
            self._chip_rows.setColumnStretch(column, int(column == columns))

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The usual names break into rows."""
        super().resizeEvent(event)
        self._place_chips()

    @guarded(None)
    def showEvent(self, event: QShowEvent) -> None:
        """By now the style sheet has given the names their widths."""
        super().showEvent(event)
        self._place_chips()

    # What is shown

    def show_versions(self, head: str, versions: Sequence[Version], *, may_write: bool) -> None:
        """Show the versions of a year, the newest first; the selected one stays selected.

        Args:
            head: The agency and year, "" when there is none on the screen.
            versions: Its versions, the oldest first.
            may_write: Whether the book can be written.
        """
        current = self.current()
        self._may_write = may_write and bool(head)
        self.head.setText(head or "请先打开一张表。")
        self.list.clear()
        for version in reversed(versions):
            below = f"{_when(version.at)} · {version.tables} 张表"
            item = list_item(version.name, below, data=version)
            self.list.addItem(item)
            if current is not None and version.id == current.id:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0 and versions:
            self.list.setCurrentRow(0)
        used = {version.name for version in versions}
        for chip in self.chips:
            chip.setVisible(chip.text() not in used)
            chip.setEnabled(self._may_write)
        self.nothing.setVisible(bool(head) and not versions)
        self.list.setVisible(bool(versions))
        self._blank.setVisible(not versions)
        self._place_chips()
        self._update()

    def current(self) -> Version | None:
        """The selected version."""
        item = self.list.currentItem()
        return None if item is None else item.data(DATA_ROLE)

    def _update(self) -> None:
        chosen = self.current() is not None
        self.freeze.setEnabled(self._may_write and bool(self.name.text().strip()))
        self.name.setEnabled(self._may_write)
        self.compare.setEnabled(chosen)
        self.more.setEnabled(chosen)
        for action in (self._restore, self._rename, self._delete):
            action.setEnabled(chosen and self._may_write)

    # What is done

    def _freeze(self) -> None:
        name = self.name.text().strip()
        if name and self._may_write:
            self.name.clear()
            self.freeze_wanted.emit(name)

    def _compare(self) -> None:
        version = self.current()
        if version is not None:
            self.compare_wanted.emit(version)

    def _with_version(self, signal: object) -> None:
        version = self.current()
        if version is not None:
            signal.emit(version)  # type: ignore[attr-defined]

    def _show_menu(self, at: QPoint) -> None:
        if self.list.itemAt(at) is not None:
            self.more.menu().exec(self.list.viewport().mapToGlobal(at))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter compares, F2 renames, Delete deletes, Esc goes to the page."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if event.isAutoRepeat() and key in _ONCE:
            return True  # what deletes is not meant for the next versions too
        if key in _ENTERS:
            self._compare()
        elif key == Qt.Key.Key_F2 and self._may_write:
            self._with_version(self.rename_wanted)
        elif key == Qt.Key.Key_Delete and self._may_write:
            self._with_version(self.delete_wanted)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return super().eventFilter(watched, event)
        return True


def _when(at: str) -> str:
    """A moment as people write it."""
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        return at
    return f"{when:%Y-%m-%d %H:%M}"
