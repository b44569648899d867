"""The review of drafts: files on the left, the table at hand on the right, what to do below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.importing.profiles import Profile, save_profile
from jixiao.app.importing.sources import Source
from jixiao.app.review.items import Item
from jixiao.app.review.review import Review
from jixiao.gui.review.files import FileList
from jixiao.gui.review.reader import Found, ReviewReader, put
from jixiao.gui.review.table import TablePane
from jixiao.gui.theme import Theme, style_sheet, theme_of
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Grid
from jixiao.model.errors import KnownError

_FILES_WIDTH = 250
_MOST_REASONS = 12
_USUAL = QSize(1440, 880)


class ReviewWindow(QDialog):
    """Shows what was read from drafts, lets it be put right, and asks what to take in.

    Signals: ``decided`` (whether only what is sure is taken), ``old_wanted`` (id of a
    table of the book that is to be compared), ``always_toggled`` (whether every import begins
    here).
    """

    decided = Signal(bool)
    old_wanted = Signal(int)
    always_toggled = Signal(bool)

    def __init__(
        self,
        review: Review,
        reader: ReviewReader,
        forms: Sequence[Form],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.review, self.reader = review, reader
        self._shown: tuple[int, int] | None = None
        self._theme: Theme | None = None
        self.setWindowTitle("导入草稿")
        self.setWindowFlags(
            Qt.WindowType.Window
            | Qt.WindowType.WindowMaximizeButtonHint
            | Qt.WindowType.WindowCloseButtonHint
        )
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.files = FileList(self)
        self.pane = TablePane(forms, self)
        self._counts_timer = QTimer(self)
        self._counts_timer.setSingleShot(True)
        self._counts_timer.setInterval(60)
        self._build()
        self._connect()
        self._apply_theme()
        room = self.screen().availableGeometry().size()
        self.resize(room.boundedTo(_USUAL))
        if room.width() <= _USUAL.width() + 80:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self.files.tree.setFocus()

    # Building

    def _build(self) -> None:
        self.blank = QLabel("正在读取…", self)
        self.blank.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.blank.setWordWrap(True)
        self.blank.setObjectName("muted")
        self.blank.setMargin(40)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.blank)
        self.stack.addWidget(self.pane)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        column.addWidget(self._footer())
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.files)
        self.split.addWidget(right)
        self.split.setStretchFactor(1, 1)
        self.files.setMinimumWidth(_FILES_WIDTH * 2 // 3)
        self.split.setSizes([_FILES_WIDTH, 1100])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header())
        whole.addWidget(self.split, 1)

    def _header(self) -> QWidget:
        bar = QFrame(self)
        bar.setObjectName("reviewHead")
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 7, 14, 7)
        row.setSpacing(14)
        title = QLabel("导入草稿", bar)
        title.setObjectName("title")
        row.addWidget(title)
        self.counts = QLabel(bar)
        self.counts.setObjectName("muted")
        row.addWidget(self.counts)
        row.addStretch()
        self.progress = QProgressBar(bar)
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(180, 6)
        row.addWidget(self.progress)
        self.stop_button = QPushButton("停止读取", bar)
        self.stop_button.setObjectName("link")
        self.stop_button.setAutoDefault(False)
        row.addWidget(self.stop_button)
        for widget in (self.progress, self.stop_button):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
        return bar

    def _footer(self) -> QWidget:
        bar = QFrame(self)
        bar.setObjectName("reviewFoot")
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(10)
        hint = QLabel("导入为一步，可以整步撤销", bar)
        hint.setObjectName("muted")
        row.addWidget(hint)
        self.always = QCheckBox("总是先看一眼", bar)
        self.always.setToolTip("不勾选时，读得很确定的一两个文件直接导入")
        row.addWidget(self.always)
        row.addStretch()
        self.cancel_button = QPushButton("取消", bar)
        self.sure_button = QPushButton(bar)
        self.take_button = QPushButton(bar)
        self.take_button.setProperty("primary", "true")
        for button in (self.cancel_button, self.sure_button, self.take_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        return bar

    def _connect(self) -> None:
        self.reader.listed.connect(self._list)
        self.reader.read.connect(self._put)
        self.reader.ended.connect(self._ended)
        self.files.chosen.connect(self._show)
        self.files.ticked.connect(self._count)
        self.pane.changed.connect(self._update_shown)
        self.pane.taught.connect(self._teach)
        self._counts_timer.timeout.connect(self._count)
        self.stop_button.clicked.connect(self.reader.stop)
        self.cancel_button.clicked.connect(self.reject)
        self.sure_button.clicked.connect(lambda: self._decide(only_sure=True))
        self.take_button.clicked.connect(lambda: self._decide(only_sure=False))
        self.always.toggled.connect(self.always_toggled)
        QShortcut(QKeySequence.StandardKey.Undo, self, self.pane.undo)

    def _apply_theme(self) -> None:
        theme = theme_of(QApplication.palette())
        if theme is self._theme:
            return
        self._theme = theme
        self.setStyleSheet(style_sheet(theme) + _style(theme))
        self.files.set_theme(theme)
        self.pane.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "pane"):
            self._apply_theme()

    # Reading

    def begin(self) -> None:
        """Show what has been read already, once everybody listens."""
        if self.review.files:
            self._list(None)

    def _list(self, sources: list[Source] | None) -> None:
        if sources is not None:
            self.review.set_sources(sources)
        self.files.set_review(self.review)
        for number, file in enumerate(self.review.files):
            if file.items and self._shown is None:
                self._choose(number)
        self._count()
        if not self.reader.running:
            self._ended()

    def _put(self, number: int, found: Found) -> None:
        """Take what was read; sorted by itself, so that the window stays as it is."""
        put(self.review, number, found)
        for changed in {number, *self.review.copies_of(number)}:
            self.files.update_file(changed)
        if self._shown is None and self.review.files[number].items:
            self._choose(number)
        if not self._counts_timer.isActive():
            self._counts_timer.start()

    def _choose(self, number: int) -> None:
        self.files.choose(number)
        if self._shown is None:
            self._show(number, -1)

    def _ended(self) -> None:
        self._count()
        if self._shown is None:
            self._show_blank(self._refusals())

    def _refusals(self) -> str:
        """Every file with its reason, while there is nothing to show."""
        lines = [
            f"{file.path.name}：{file.reason}"
            for file in self.review.files
            if file.state == "refused"
        ]
        more = [f"还有 {len(lines) - _MOST_REASONS} 个文件没有读，点左边的文件可以看到原因。"]
        shown = lines[:_MOST_REASONS] + (more if len(lines) > _MOST_REASONS else [])
        return "\n\n".join(["没有读到可以导入的表。", *shown])

    def _count(self) -> None:
        counts = self.review.counts()
        parts = [f"{counts['files']} 个文件", f"认出 {counts['tables']} 张表"]
        kinds = {"sure": "确定", "doubtful": "待核对", "copy": "重复", "there": "账本里已有"}
        parts += [f"{counts[kind]} 张{text}" for kind, text in kinds.items() if counts[kind]]
        if counts["refused"]:
            parts.append(f"{counts['refused']} 个文件未读")
        running = self.reader.running
        done = counts["files"] - counts["waiting"]
        if running:
            parts.append(f"正在读第 {done + 1} 个…")
        elif counts["waiting"]:
            parts.append(f"{counts['waiting']} 个没有读（已停止）")
        self.counts.setText(" · ".join(parts))
        self.progress.setVisible(running)
        self.stop_button.setVisible(running)
        self.progress.setMaximum(max(1, counts["files"]))
        self.progress.setValue(done)
        self.sure_button.setText(f"只导入确定的 {counts['sure']} 张")
        self.sure_button.setEnabled(counts["sure"] > 0)
        self.take_button.setText(f"导入勾选的 {counts['ticked']} 张")
        self.take_button.setEnabled(counts["ticked"] > 0)

    # The table at hand

    @property
    def item(self) -> Item | None:
        """The table that is shown."""
        if self._shown is None:
            return None
        items = self.review.files[self._shown[0]].items
        return items[self._shown[1]] if self._shown[1] < len(items) else None

    def _show(self, number: int, table: int) -> None:
        file = self.review.files[number]
        if not file.items:
            reason = file.reason if file.state == "refused" else "这个文件还没有读到。"
            self._shown = None
            self._show_blank(f"{file.path.name}\n\n{reason}")
            return
        shown = self._shown = (number, max(table, 0))

        def ready(grids: list[Grid]) -> None:
            item = self.item
            if shown == self._shown and item is not None:
                self._show_item(item, grids)

        self.reader.grids(number, ready)

    def _show_item(self, item: Item, grids: list[Grid]) -> None:
        self.stack.setCurrentWidget(self.pane)
        self.pane.profile = self.reader.profile
        self.pane.show_item(item, grids, self.review.index)
        if item.there:
            self.old_wanted.emit(item.there[0])

    def _show_blank(self, text: str) -> None:
        self.blank.setText(text)
        self.stack.setCurrentWidget(self.blank)

    def _update_shown(self) -> None:
        """The table at hand was changed: it may be another one now, and others with it."""
        shown, item = self._shown, self.item
        if shown is None or item is None:
            return
        before = item.there
        for number in self.review.look_up(*shown):
            self.files.update_file(number)
        if item.there and item.there != before:
            self.old_wanted.emit(item.there[0])
        self._count()

    def _teach(self, profile: Profile) -> None:
        """Remember what was taught and read the file at hand again with it."""
        shown = self._shown
        if shown is None:
            return
        try:
            save_profile(profile)
        except KnownError as error:
            self.pane.headline.setText(str(error))

        def done(found: Found) -> None:
            before = self.review.copies_of(shown[0])
            put(self.review, shown[0], found)
            for changed in {shown[0], *before, *self.review.copies_of(shown[0])}:
                self.files.update_file(changed)
            self._count()
            if self._shown == shown:
                self._show(shown[0], min(shown[1], len(self.review.files[shown[0]].items) - 1))

        self.reader.read_again(shown[0], profile, done)

    # The end

    def _decide(self, *, only_sure: bool) -> None:
        self.pane.view.commit()
        if self.review.taken(only_sure=only_sure):
            self.reader.stop()
            self.decided.emit(only_sure)

    def done(self, result: int) -> None:
        """Stop reading when the window goes."""
        self.pane.view.commit()
        super().done(result)
        self.reader.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is cancelling."""
        event.ignore()
        self.reject()


def _style(t: Theme) -> str:
    return f"""
QDialog {{ background: {t.window}; }}
QLabel#title {{ font-weight: bold; }}
QLabel#head {{ font-weight: bold; }}
QFrame#reviewHead {{ border: 0; border-bottom: 1px solid {t.line}; background: {t.window}; }}
QFrame#reviewFoot {{ border: 0; border-top: 1px solid {t.line}; background: {t.window}; }}
QFrame#reviewSource {{ border: 0; background: {t.desk}; }}
QFrame#reviewForm {{ border: 0; background: {t.window}; }}
QFrame#reviewDoubts {{ border: 0; background: {t.window}; }}
QDialog QTreeWidget, QDialog QTreeWidget:focus {{ border: 0; padding: 4px 0;
    background: {t.panel}; }}
QTreeView::indicator:indeterminate {{ background: {t.accent_soft};
    border: 1px solid {t.accent}; }}
QTableView {{ background: {t.page}; gridline-color: {t.page_edge}; }}
QTableWidget {{ background: {t.window}; selection-background-color: {t.accent_soft};
    selection-color: {t.text}; }}
QHeaderView::section {{ background: {t.panel}; color: {t.muted}; border: 0;
    border-right: 1px solid {t.line}; border-bottom: 1px solid {t.line}; padding: 1px 2px; }}
QTableCornerButton::section {{ background: {t.panel}; border: 0; }}
QPushButton#link {{ min-width: 0; }}
QProgressBar {{ border: 0; border-radius: 3px; background: {t.line}; }}
QProgressBar::chunk {{ border-radius: 3px; background: {t.accent}; }}
QFrame#reviewFoot QPushButton {{ padding: 6px 16px; border: 1px solid {t.page_edge};
    border-radius: 5px; background: {t.window}; }}
QFrame#reviewFoot QPushButton:hover {{ background: {t.hover}; }}
QFrame#reviewFoot QPushButton:disabled {{ color: {t.faint}; }}
QFrame#reviewFoot QPushButton:focus {{ border-color: {t.accent}; }}
QFrame#reviewFoot QPushButton[primary="true"]:enabled {{ background: {t.accent};
    color: {t.accent_text}; border-color: {t.accent}; }}
"""
