"""The panel of the library: search, filters, hits, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jixiao.gui.library.list import HitDelegate, HitModel
from jixiao.model.library_search import Hit, Query

_TYPING_MS = 60
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ONCE = _ENTERS | {Qt.Key.Key_Delete}
_LIST_KEYS = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})


class LibraryPanel(QWidget):
    """Asks and shows; what it asks for is answered by whoever listens.

    Signals: ``query_changed``; ``chosen`` (a Hit is to be inserted); ``take_over_wanted``;
    ``edit_wanted`` and ``delete_wanted`` (a Hit); ``new_wanted``; ``import_wanted``;
    ``export_wanted``; ``restore_wanted``; ``left`` (Esc: back to the page).
    """

    query_changed = Signal()
    chosen = Signal(object)
    take_over_wanted = Signal()
    new_wanted = Signal()
    edit_wanted = Signal(object)
    delete_wanted = Signal(object)
    import_wanted = Signal()
    export_wanted = Signal()
    restore_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("libraryPanel")
        self.model = HitModel(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING_MS)
        self._timer.timeout.connect(self.query_changed)
        self._make_search()
        self._make_list()
        self._make_foot()
        self._arrange()

    def _make_search(self) -> None:
        self.text = QLineEdit(self)
        self.text.setObjectName("filter")
        self.text.setPlaceholderText("名称、拼音或首字母…")
        self.text.setAccessibleName("查指标库")
        self.text.setClearButtonEnabled(True)
        self.text.textChanged.connect(lambda _: self._timer.start())
        self.text.installEventFilter(self)
        self.category = QComboBox(self)
        self.category.setAccessibleName("类别")
        self.level = QComboBox(self)
        self.level.setAccessibleName("分类")
        for box in (self.category, self.level):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(4)
            box.setMaxVisibleItems(20)
        self.set_choices((), ())
        for box in (self.category, self.level):
            box.currentIndexChanged.connect(lambda _: self.query_changed.emit())

    def _make_list(self) -> None:
        self.place = QLabel(self)
        self.place.setObjectName("muted")
        self.place.setWordWrap(True)
        self.list = QListView(self)
        self.list.setObjectName("panelList")
        self.list.setAccessibleName("找到的指标")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.doubleClicked.connect(self._choose)
        self.list.installEventFilter(self)
        self.nothing = QLabel("没有找到。可以换个词，或清除筛选。", self)
        self.nothing.setObjectName("muted")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.hide()

    def _make_foot(self) -> None:
        self.insert = QPushButton("插入", self)
        self.insert.setToolTip("把选中的指标插到当前行（回车，或双击）")
        self.insert.clicked.connect(self._insert_current)
        self.take_over = QPushButton("收入指标库", self)
        self.take_over.setToolTip("把表里当前行的指标收进自己的指标库；选中几行就收几条")
        self.take_over.clicked.connect(self.take_over_wanted)
        self.more = QToolButton(self)
        self.more.setText("更多")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self._menu())

    def _menu(self) -> QMenu:
        menu = QMenu(self)

        menu.addAction("新建指标…").triggered.connect(self.new_wanted)
        self._edit = menu.addAction("修改选中的指标…")
        self._edit.triggered.connect(self._edit_current)
        self._delete = menu.addAction("删除选中的指标")
        self._delete.triggered.connect(self._delete_current)
        menu.addSeparator()
        menu.addAction("从 Excel 导入指标…").triggered.connect(
            lambda _=False: self.import_wanted.emit()
        )
        menu.addAction("导出为 Excel…").triggered.connect(self.export_wanted)
        menu.addSeparator()
        menu.addAction("恢复自带的指标").triggered.connect(
            lambda _=False: self.restore_wanted.emit()
        )
        menu.aboutToShow.connect(self._update_menu)
        return menu

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 8)
        column.setSpacing(6)
        head = QVBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.setSpacing(6)
        head.addWidget(self.text)
        filters = QHBoxLayout()
        filters.setSpacing(6)
        filters.addWidget(self.category, 1)
        filters.addWidget(self.level, 1)
        head.addLayout(filters)
        head.addWidget(self.place)
        head.addWidget(self.nothing)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 0)
        foot.setSpacing(6)
        foot.addWidget(self.insert)
        foot.addWidget(self.take_over)
        foot.addStretch()
        foot.addWidget(self.more)
        column.addLayout(foot)

    # What is shown

    def set_choices(self, categories: Sequence[str], levels: Sequence[str]) -> None:
        """Offer these categories and second levels as filters; what is chosen stays chosen."""
        for box, all_of_them, names in (
            (self.category, "全部类别", categories),
            (self.level, "全部分类", levels),
        ):
            chosen = box.currentData() or ""
            box.blockSignals(True)
            box.clear()
            box.addItem(all_of_them, "")
            for name in names:
                box.addItem(name, name)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.blockSignals(False)

    def query(self) -> Query:
        """What is looked for."""
        return Query(
            self.text.text(), self.category.currentData() or "", "", self.level.currentData() or ""
        )

    def show_hits(self, hits: Sequence[Hit], place: str, *, may_insert: bool) -> None:
        """Show what was found, and where it would go; the selected entry stays selected."""
        current = self.current()
        self.model.set_items(hits)
        kept = next(
            (i for i, hit in enumerate(hits) if current is not None and hit.entry == current.entry),
            0,
        )
        if hits:
            self.list.setCurrentIndex(self.model.index(kept))
            if not kept:
                self.list.scrollToTop()
        self.nothing.setVisible(not hits)
        self.place.setText(place)
        self.place.setVisible(bool(place) and bool(hits))
        self.insert.setEnabled(may_insert and bool(hits))

    def current(self) -> Hit | None:
        """The selected hit."""
        return self.model.item(self.list.currentIndex())

    def focus_search(self) -> None:
        """Go to the search box."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    # What is done

    def _choose(self, index: QModelIndex) -> None:
        hit = self.model.item(index)
        if hit is not None:
            self.chosen.emit(hit)

    def _insert_current(self) -> None:
        self._choose(self.list.currentIndex())

    def _edit_current(self) -> None:
        hit = self.current()
        if hit is not None:
            self.edit_wanted.emit(hit)

    def _delete_current(self) -> None:
        hit = self.current()
        if hit is not None:
            self.delete_wanted.emit(hit)

    def _update_menu(self) -> None:
        hit = self.current()
        changeable = hit is not None and hit.entry.origin != "book"
        self._edit.setEnabled(hit is not None)
        self._delete.setEnabled(changeable)
        own = hit is not None and hit.entry.origin == "own"
        self._delete.setText("删除选中的指标" if own else "不再显示选中的指标")

    def _show_menu(self, at: QPoint) -> None:
        self.more.menu().exec(self.list.viewport().mapToGlobal(at))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys in the search box move in the list; Enter inserts, Esc goes to the page."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(watched, event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if event.isAutoRepeat() and key in _ONCE and (watched is self.list or key in _ENTERS):
            return True  # what inserts or deletes is not meant for the next entries too
        if key in _ENTERS:
            if self._timer.isActive():  # typed a moment ago: insert what these letters find
                self._timer.stop()
                self.query_changed.emit()
            self._insert_current()
        elif key == Qt.Key.Key_Escape and watched is self.text and self.text.text():
            self.text.clear()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in _LIST_KEYS and watched is self.text:
            self.list.keyPressEvent(event)
        elif key == Qt.Key.Key_Delete and watched is self.list:
            self._delete_current()
        elif key == Qt.Key.Key_F2 and watched is self.list:
            self._edit_current()
        else:
            return False
        return True
