"""Choosing a form by its look: pictures of the empty pages with name, region and year."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.new_tables import FormPage
from jixiao.gui.guard import guarded
from jixiao.gui.page.fonts import PageFonts
from jixiao.gui.page.grid_picture import picture_of, plain_picture
from jixiao.gui.theme import theme_of
from jixiao.io.paper.form.form import Form
from jixiao.model.pinyin import InitialsMatcher
from jixiao.model.search import search_key

_SHORTEST_PLACE = 3  # letters of a place in the name of a form: 渌口区
_HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_KINDS = {
    "department": "部门整体",
    "project": "项目支出",
    "summary": "汇总表",
    "narrative": "绩效文本",
    "budget": "预算表",
}


class PictureList(QListWidget):
    """The pictures; a letter typed among them is meant to find one."""

    letter = Signal(str)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters go to the search, Left and Right on over the end of a line."""
        text, step = event.text(), _SIDEWAYS.get(Qt.Key(event.key()), 0)
        if step:
            self._go(step)
        elif len(text) == 1 and text.isalnum() and not event.modifiers() & _HELD:
            self.letter.emit(text)
        else:
            super().keyPressEvent(event)

    def _go(self, step: int) -> None:
        """To the next or the previous picture that is shown."""
        row = self.currentRow() + step
        while 0 <= row < self.count():
            if not self.item(row).isHidden():
                self.setCurrentRow(row)
                return
            row += step


class FormPicker(QWidget):
    """A box to search and the pictures; ``chosen`` follows the selection, ``taken`` is Enter."""

    chosen = Signal(object)
    taken = Signal()

    def __init__(self, pages: Sequence[FormPage], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        self._fonts = PageFonts()
        em = self.fontMetrics().height()
        self._size = QSize(round(em * 10.5), round(em * 8.5))
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("查找表样：名称、地区、年度、拼音首字母")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.list = PictureList(self)
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setWordWrap(True)
        self.list.setSpacing(6)
        self.list.setObjectName("pictures")
        self.list.letter.connect(self._take_letter)
        self.list.setIconSize(self._size)
        self.list.setGridSize(QSize(self._size.width() + em * 2, self._size.height() + em * 5))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName("表样")
        self.list.currentItemChanged.connect(lambda *_: self.chosen.emit(self.form))
        self.list.itemActivated.connect(lambda _: self._take())
        self.nothing = QLabel("没有这样的表样。", self)
        self.nothing.setEnabled(False)
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing)
        self._fill()
        self._unpainted = list(range(len(pages)))
        # a child: it ends with the picker, where a single shot would still call a deleted one
        self._painter = QTimer(self)
        self._painter.timeout.connect(self._paint_next)
        self._painter.start(0)

    @property
    def form(self) -> Form | None:
        """The form that is chosen, None while the search shows no picture."""
        item = self.list.currentItem()
        if item is None or item.isHidden():
            return None
        return self._pages[item.data(Qt.ItemDataRole.UserRole)].form

    def choose(self, form_id: str) -> None:
        """Choose a form; the first where there is no such."""
        rows = [row for row, page in enumerate(self._pages) if page.form.id == form_id]
        self.list.setCurrentRow(rows[0] if rows else 0)

    @property
    def width_of_columns(self) -> int:
        """How wide it is with four pictures side by side, in pixels."""
        bar = self.list.verticalScrollBar().sizeHint().width()
        return 4 * (self.list.gridSize().width() + 1) + bar + 12

    def _take_letter(self, letter: str) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(letter)

    def _fill(self) -> None:
        blank = QIcon(plain_picture(self._size, 1.0, ""))
        for number, page in enumerate(self._pages):
            item = QListWidgetItem(blank, caption(page.form), self.list)
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setToolTip(f"{page.form.name}\n{caption(page.form)}\n编号 {page.form.id}")
            item.setSizeHint(self.list.gridSize())
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)

    def _paint_next(self) -> None:
        """Paint one picture and come back, so that nobody waits for the last one."""
        if not self._unpainted:
            self._painter.stop()
            return
        number = self._unpainted.pop(0)
        theme = theme_of(QApplication.palette())
        ratio = self.devicePixelRatioF()
        picture = picture_of(self._pages[number].page, self._fonts, theme, self._size, ratio)
        icon = QIcon(picture)
        icon.addPixmap(picture, QIcon.Mode.Selected)
        self.list.item(number).setIcon(icon)

    def changeEvent(self, event: QEvent) -> None:
        """Paint again in other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_painter"):
            self._unpainted = list(range(len(self._pages)))
            self._painter.start(0)

    def _take(self) -> None:
        if self.form is not None:
            self.taken.emit()

    def _filter(self, text: str) -> None:
        captions = [caption(page.form) for page in self._pages]
        hits = found_captions(captions, text)
        for row in range(len(captions)):
            self.list.item(row).setHidden(row not in hits)
        self.nothing.setVisible(not hits)
        item = self.list.currentItem()
        if hits and (item is None or item.isHidden()):
            self.list.setCurrentRow(min(hits))
        else:  # the same picture, but it may have gone or come back
            self.chosen.emit(self.form)


def found_captions(captions: Sequence[str], text: str) -> set[int]:
    """Which captions have all words of a text, as it stands, else as initials, else of parts."""
    words = text.split()
    matcher = InitialsMatcher(captions)
    keys = [search_key(each) for each in captions]

    def hits(*, gaps: bool) -> set[int]:
        patterns = [(search_key(word), matcher.pattern(word, gaps=gaps)) for word in words]
        return {
            row
            for row, each in enumerate(captions)
            if all(key in keys[row] or (p and p.search(each)) for key, p in patterns)
        }

    return hits(gaps=False) or hits(gaps=True)


def caption(form: Form) -> str:
    """The name of a form, with its region and years where the name does not tell them."""
    if form.start is None:
        years = ""
    elif form.end in {None, form.start}:
        years = f"{form.start}年" + ("起" if form.end is None else "")
    else:
        years = f"{form.start}–{form.end}年"
    name = form.name or _KINDS.get(form.kind, "")
    if form.start is not None and str(form.start) in name:
        years = ""
    about = " · ".join(part for part in (_region(form, name), years) if part)
    return f"{name}\n{about}" if about else name


def _region(form: Form, name: str) -> str:
    """The region as far as the name does not tell it: 湖南省株洲市 beside 渌口区 2026."""
    for start in range(len(form.region)):
        if len(form.region) - start >= _SHORTEST_PLACE and form.region[start:] in name:
            return form.region[:start]
    return form.region
