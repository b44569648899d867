"""A picture as a list of what is painted on it, so that window, printer and file show the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from jixiao.gui.theme import Theme

Side = Literal["left", "center", "right"]
_FLAGS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text."""

    rect: QRectF
    text: str
    color: str
    font: QFont
    side: Side


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle with an optional edge."""

    rect: QRectF
    color: str
    radius: float = 0.0
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the picture that tells something under the mouse and leads to tables."""

    rect: QRectF
    tip: str
    table_ids: tuple[int, ...]


class Sheet:
    """Takes down what is painted; sizes are in pixels at 96 dpi, ``em`` is the size of a letter."""

    def __init__(self, theme: Theme, font: QFont, em: float) -> None:
        self.theme = theme
        self.em = em
        self.items: list[Words | Box] = []
        self.zones: list[Zone] = []
        self.keeps: list[QRectF] = []
        self.height = 0.0
        self._font = font
        self._fonts: dict[tuple[float, bool], QFont] = {}

    def font(self, size: float = 1.0, *, bold: bool = False) -> QFont:
        """A font of ``size`` ems."""
        key = (size, bold)
        if key not in self._fonts:
            font = QFont(self._font)
            font.setPixelSize(max(1, round(self.em * size)))
            font.setBold(bold)
            self._fonts[key] = font
        return self._fonts[key]

    def width_of(self, text: str, size: float = 1.0, *, bold: bool = False) -> float:
        """How wide a text is."""
        return QFontMetricsF(self.font(size, bold=bold)).horizontalAdvance(text)

    def words(
        self,
        rect: QRectF,
        text: str,
        color: str,
        *,
        size: float = 1.0,
        bold: bool = False,
        side: Side = "left",
    ) -> None:
        """Put a line of text into a rectangle; what has no room ends with dots."""
        font = self.font(size, bold=bold)
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
        self.items.append(Words(rect, text, color, font, side))

    def box(self, rect: QRectF, color: str, radius: float = 0.0, edge: str = "") -> None:
        """Fill a rectangle."""
        self.items.append(Box(rect, color, radius, edge))

    def zone(self, rect: QRectF, tip: str, table_ids: tuple[int, ...] = ()) -> None:
        """Make a part of the picture tell something."""
        self.zones.append(Zone(rect, tip, table_ids))

    def keep(self, rect: QRectF) -> None:
        """Keep a part of the picture on one page: a heading with what it heads."""
        self.keeps.append(rect)

    def zone_at(self, point: QPointF) -> Zone | None:
        """The zone at a point, the one painted last if several."""
        return next((z for z in reversed(self.zones) if z.rect.contains(point)), None)

    def links(self) -> Iterator[Zone]:
        """The zones that lead somewhere."""
        return (zone for zone in self.zones if zone.table_ids)

    def paint(self, painter: QPainter) -> None:
        """Paint everything."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        for item in self.items:
            if isinstance(item, Box):
                _paint_box(painter, item)
            else:
                painter.setFont(item.font)
                painter.setPen(QColor(item.color))
                flags = _FLAGS[item.side] | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(item.rect, flags | Qt.TextFlag.TextSingleLine, item.text)


def _paint_box(painter: QPainter, box: Box) -> None:
    rect = box.rect
    if box.edge:
        pen = QPen(QColor(box.edge))
        pen.setWidthF(1.0)
        painter.setPen(pen)
        rect = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(box.color))
    if box.radius:
        radius = min(box.radius, rect.width() / 2, rect.height() / 2)
        painter.drawRoundedRect(rect, radius, radius)
    else:
        painter.drawRect(rect)
