"""The program's own icons: line drawings in SVG, coloured when they are loaded."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from jixiao.app.forms import RESOURCES
from jixiao.gui.theme import Theme

_FOLDER = RESOURCES / "icons"
_SIZE = 20
_RATIOS = (1.0, 1.25, 1.5, 2.0)


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
    """An icon in the colours of a theme, with a fainter one for what cannot be used now."""
    found = QIcon()
    for ratio in _RATIOS:
        found.addPixmap(pixmap(name, color or theme.text, ratio=ratio))
        found.addPixmap(pixmap(name, theme.faint, ratio=ratio), QIcon.Mode.Disabled)
    return found


def app_icon() -> QIcon:
    """The icon of the program itself."""
    found = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        found.addPixmap(pixmap("app", "#1d4ed8", size))
    return found
