"""The overview on the screen: painted as wide as there is room, told under the mouse, clicked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontInfo,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from jixiao.app.overview.numbers import Overview
from jixiao.gui.guard import guarded
from jixiao.gui.overview.picture import picture_of
from jixiao.gui.overview.sheet import Sheet, Zone
from jixiao.gui.theme import theme_of

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class OverviewCanvas(QWidget):
    """Shows an overview; arrow keys go through what leads to tables, Enter opens it.

    Signals: ``chosen`` (ids of the tables behind what was clicked), ``reveal`` (a rectangle that
    should be seen, as top and height).
    """

    chosen = Signal(object)
    reveal = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("概览")
        self._overview: Overview | None = None
        self._title = ""
        self._sheet: Sheet | None = None
        self._zone: Zone | None = None

    @property
    def sheet(self) -> Sheet | None:
        """What is painted now."""
        return self._sheet

    def show_overview(self, overview: Overview | None, title: str) -> None:
        """Show other numbers."""
        self._overview, self._title = overview, title
        self._draw()

    def _draw(self) -> None:
        self._zone = None
        if self._overview is None:
            self._sheet = None
            self.setMinimumHeight(0)
        else:
            font = QApplication.font()
            self._sheet = picture_of(
                self._overview,
                self._title,
                width=self.width(),
                theme=theme_of(QApplication.palette()),
                font=font,
                em=QFontInfo(font).pixelSize(),
            )
            self.setMinimumHeight(round(self._sheet.height))
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the picture."""
        return QSize(320, round(self._sheet.height) if self._sheet else 200)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew for another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._draw()

    @guarded(None)
    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark, and the size of the letters."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._draw()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, and a frame around what is meant."""
        with QPainter(self) as painter:
            theme = theme_of(QApplication.palette())
            painter.fillRect(event.rect(), QColor(theme.panel))
            if self._sheet is None:
                painter.setPen(QColor(theme.muted))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "正在统计…")
            else:
                self._sheet.paint(painter)
                if self._zone is not None and self._zone.table_ids:
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.setPen(QPen(QColor(theme.accent), 1.2))
                    painter.drawRoundedRect(self._zone.rect.adjusted(-2, -1, 2, 1), 3, 3)

    # The mouse

    @guarded(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what is under the mouse."""
        zone = None if self._sheet is None else self._sheet.zone_at(event.position())
        if zone is self._zone:
            return
        self._zone = zone
        leads = zone is not None and bool(zone.table_ids)
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
        if zone is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPosition().toPoint(), _tip(zone), self)
        self.update()

    @guarded(None)
    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is meant any more."""
        super().leaveEvent(event)
        self._zone = None
        self.update()

    @guarded(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the tables behind what was clicked."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.click(event.position())

    def click(self, point: QPointF) -> None:
        """Go to the tables behind a point."""
        zone = None if self._sheet is None else self._sheet.zone_at(point)
        if zone is not None and zone.table_ids:
            self.chosen.emit(zone.table_ids)

    # The keyboard

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from link to link, Enter opens."""
        key = Qt.Key(event.key())
        links = list(self._sheet.links()) if self._sheet is not None else []
        if key in _STEPS and links:
            here = links.index(self._zone) if self._zone in links else -_STEPS[key]
            at = (here + _STEPS[key]) % len(links) if self._zone in links else 0
            self._zone = links[at]
            self.setAccessibleDescription(self._zone.tip)
            self.reveal.emit(round(self._zone.rect.top()), round(self._zone.rect.height()))
            self.update()
        elif key in _ENTERS and self._zone is not None and self._zone.table_ids:
            self.chosen.emit(self._zone.table_ids)
        else:
            super().keyPressEvent(event)


def _tip(zone: Zone) -> str:
    if not zone.table_ids:
        return zone.tip
    count = len(zone.table_ids)
    return (
        f"{zone.tip}\n点一下，打开这张表" if count == 1 else f"{zone.tip}\n点一下，选 {count} 张表"
    )
