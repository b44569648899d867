"""The help: topics on the left, the page on the right; offline, one page built from the actions."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QUrl
from PySide6.QtGui import QImage, QImageReader, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from jixiao import RESOURCES
from jixiao.gui.commands import MENUS, Commands
from jixiao.gui.guard import guarded
from jixiao.gui.help.keys import PAGE_KEYS
from jixiao.gui.theme import Theme, theme_of
from jixiao.model.search import search_key

FOLDER = RESOURCES / "help"
TOPICS: tuple[tuple[str, str], ...] = (
    ("start", "开始"),
    ("fill", "填表"),
    ("tree", "目录：单位、年度和表"),
    ("import", "导入"),
    ("check", "检查"),
    ("export", "导出"),
    ("carry", "复制到下年"),
    ("versions", "版本和对比"),
    ("collect", "汇总和退回"),
    ("form", "做一个表样"),
    ("keys", "快捷键"),
    ("questions", "常见问题"),
)
_MARGIN, _INDENT, _NARROWEST = 22, 24, 120
_ROW_PADDING = 12
_KEY = re.compile(r"\{key:(\w+)\}")
_PICTURE = re.compile(r'<img src="([^"]+)">')


class HelpPage(QTextBrowser):
    """Shows a page; its pictures are as wide as the text at most, also when the window changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._html = ""
        self._wide = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(_MARGIN)
        self.document().setIndentWidth(_INDENT)

    def show_page(self, html: str) -> None:
        """Show a page from its top."""
        self._html = html
        self._lay_out()
        self.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        self._wide = self.viewport().width()
        room = max(_NARROWEST, self._wide - 2 * _MARGIN)
        self.setHtml(_PICTURE.sub(lambda found: _picture_tag(found[1], room), self._html))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scale the pictures anew and stay at the same part of the page."""
        super().resizeEvent(event)
        if self._wide != self.viewport().width() and "<img" in self._html:
            bar = self.verticalScrollBar()
            part = bar.value() / max(1, bar.maximum())
            self._lay_out()
            bar.setValue(round(part * bar.maximum()))

    def loadResource(self, kind: int, name: QUrl) -> object:
        """Pictures come from the help's own folder and nothing from elsewhere."""
        path = FOLDER / name.path()
        if kind != 2 or not path.resolve().is_relative_to(FOLDER.resolve()):
            return QByteArray()
        picture = QImage(str(path))
        if picture.isNull():
            return QByteArray()
        wide = int(name.query() or picture.width())
        ratio = self.devicePixelRatioF()
        scaled = picture.scaledToWidth(
            round(wide * ratio), Qt.TransformationMode.SmoothTransformation
        )
        scaled.setDevicePixelRatio(ratio)
        return scaled


class HelpWindow(QWidget):
    """A window of its own beside the program's, so that one can read and do."""

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._commands = commands
        self.setWindowTitle("帮助 — 绩效目标表编辑器")
        self.topics = QListWidget(self)
        self.topics.setAccessibleName("帮助主题")
        self.topics.setObjectName("topics")
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("查找帮助")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.page = HelpPage(self)
        self.page.setOpenLinks(False)
        self.page.anchorClicked.connect(self._follow)
        for key, title in TOPICS:
            QListWidgetItem(title, self.topics).setData(Qt.ItemDataRole.UserRole, key)
        self._size_rows()
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 8, 0, 8)
        column.addWidget(self.search)
        column.addWidget(self.topics, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(left)
        splitter.addWidget(self.page)
        splitter.setStretchFactor(1, 1)
        em = self.fontMetrics().horizontalAdvance("国")
        splitter.setSizes([13 * em, 50 * em])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(splitter)
        room = self.screen().availableGeometry()
        self.resize(
            min(66 * em, round(room.width() * 0.9)), min(48 * em, round(room.height() * 0.86))
        )
        self.topics.currentItemChanged.connect(lambda *_: self._show())

    def show_topic(self, key: str) -> None:
        """Show a page and bring the window to the front."""
        keys = [topic for topic, _ in TOPICS]
        self.search.clear()
        self.topics.setCurrentRow(keys.index(key))
        if self.isVisible():
            self.raise_()
        else:
            self._place()
            self.show()
        self._show()
        self.activateWindow()
        self.page.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Rows as high as the letters want; the page in the colours of light and dark."""
        super().changeEvent(event)
        if not hasattr(self, "page"):
            return
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._size_rows()
        elif event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._show()

    def _size_rows(self) -> None:
        # Measured here: the rows are there before the style sheet that pads them.
        high = self.fontMetrics().height() + _ROW_PADDING
        for row in range(self.topics.count()):
            self.topics.item(row).setSizeHint(QSize(0, high))

    def _place(self) -> None:
        """Stand at the right of the screen, where the window below is hidden least."""
        room = self.screen().availableGeometry()
        self.move(room.right() - self.width() - 20, room.top() + 40)

    def _show(self) -> None:
        item = self.topics.currentItem()
        if item is not None:
            theme = theme_of(QApplication.palette())
            self.page.document().setDefaultStyleSheet(_style(theme))
            self.page.show_page(page_html(str(item.data(Qt.ItemDataRole.UserRole)), self._commands))

    def _follow(self, url: QUrl) -> None:
        key = url.toString()
        if key in {topic for topic, _ in TOPICS}:
            self.show_topic(key)

    def _filter(self, text: str) -> None:
        words = [search_key(word) for word in text.split()]
        rows = range(self.topics.count())
        for row in rows:
            words_of = search_key(page_html(TOPICS[row][0], self._commands))
            self.topics.item(row).setHidden(not all(word in words_of for word in words))
        current = self.topics.currentItem()
        shown = [row for row in rows if not self.topics.item(row).isHidden()]
        if shown and (current is None or current.isHidden()):
            self.topics.setCurrentRow(shown[0])

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


def page_html(key: str, commands: Commands) -> str:
    """A page of the help; that of the keys is made from the commands.

    Raises:
        OSError: The installation lacks the page.
    """
    if key == "keys":
        return _keys_html(commands)
    text = (FOLDER / f"{key}.html").read_text(encoding="utf-8")
    return _KEY.sub(lambda found: commands.key_of(found[1]), text)


def _picture_tag(name: str, room: int) -> str:
    """A picture of the help in its own size, or as wide as the room."""
    size = QImageReader(str(FOLDER / name)).size()
    wide = min(size.width(), room)
    high = round(size.height() * wide / max(1, size.width()))
    return f'<img src="{name}?{wide}" width="{wide}" height="{high}">'


def _keys_html(commands: Commands) -> str:
    parts = ["<h1>快捷键</h1>", "<p>菜单里每一项的右边也写着它的快捷键。</p>"]
    for menu in MENUS:
        rows = [
            (command.plain.rstrip("…"), command.shown_keys, command.tip)
            for command in commands.of_menu(menu)
            if command.keys
        ]
        parts.append(_table(menu, rows))
    parts += [_table(title, [(what, keys, "") for what, keys in rows]) for title, rows in PAGE_KEYS]
    return "".join(parts)


def _table(title: str, rows: list[tuple[str, str, str]]) -> str:
    if not rows:
        return ""
    lines = "".join(
        f"<tr><td>{escape(what)}</td><td><b>{escape(keys)}</b></td><td>{escape(tip)}</td></tr>"
        for what, keys, tip in rows
    )
    return f"<h2>{escape(title)}</h2><table cellpadding='5' width='100%'>{lines}</table>"


def _style(theme: Theme) -> str:
    return (
        f"body {{ color: {theme.text}; }} h1 {{ font-size: x-large; color: {theme.text}; }}"
        f" h2 {{ font-size: large; color: {theme.accent}; margin-top: 18px; }}"
        f" p, li {{ line-height: 150%; }} a {{ color: {theme.accent}; }}"
        # More than the picture's own height would leave half of it blank below.
        " p.picture { line-height: 100%; margin-top: 12px; margin-bottom: 16px; }"
        f" td {{ border-bottom: 1px solid {theme.line}; }} .note {{ color: {theme.muted}; }}"
    )
