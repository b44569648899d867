"""The program's own icons: line drawings in SVG, coloured when they are loaded."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from jixiao import RESOURCES
from jixiao.gui.theme import Theme

_FOLDER = RESOURCES / "icons"
_SIZE = 20


def pixmap(name: str, color: str, size: int = _SIZE, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture of ``size`` pixels at a device pixel ratio."""
    svg = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, theme: Theme, color: str = "") -> QIcon:
    """An icon in the colours of a theme, with a fainter one for what cannot be used now.

    It is made for the sharpest screen there is: pictures for every possible one would take some
    megabytes. When a screen changes, the window asks for its icons anew.
    """
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    drawn = pixmap(name, color or theme.text, ratio=ratio)
    found = QIcon(drawn)
    found.addPixmap(_tinted(drawn, theme.faint), QIcon.Mode.Disabled)
    return found


def _tinted(picture: QPixmap, color: str) -> QPixmap:
    """The same drawing in another colour."""
    tinted = QPixmap(picture)
    painter = QPainter(tinted)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(tinted.rect(), QColor(color))
    painter.end()
    return tinted


def app_icon() -> QIcon:
    """The icon of the program itself."""
    found = QIcon()
    for size in (16, 24, 32, 48, 64, 128):
        found.addPixmap(pixmap("app", "#1d4ed8", size))
    return found
