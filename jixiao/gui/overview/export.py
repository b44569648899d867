"""The overview on paper and in files: light, in two columns, whatever the screen shows."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF, Qt
from PySide6.QtGui import (
    QImage,
    QImageWriter,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)
from PySide6.QtWidgets import QApplication

from jixiao.app.overview.numbers import Overview
from jixiao.gui.overview.picture import picture_of
from jixiao.gui.overview.sheet import Sheet
from jixiao.gui.theme import LIGHT
from jixiao.io.files.write.safe_write import write_bytes

_WIDTH = 1040.0  # pixels at 96 dpi: two columns
_EM = 15.0
_RATIO = 2.0
_MARGIN_MM = 12.0


def paper_sheet(overview: Overview, title: str) -> Sheet:
    """The picture as it is exported."""
    return picture_of(overview, title, width=_WIDTH, theme=LIGHT, font=QApplication.font(), em=_EM)


def write_picture(overview: Overview, title: str, path: Path) -> None:
    """Write the overview as a PNG or PDF file, by the ending of its name.

    Raises:
        ExportError: The target cannot be written.
    """
    sheet = paper_sheet(overview, title)
    content = _pdf(sheet, title) if path.suffix.lower() == ".pdf" else _png(sheet)
    write_bytes(path, content)


def print_on(overview: Overview, title: str, device: QPagedPaintDevice) -> None:
    """Paint the overview on pages, as wide as they are."""
    sheet = paper_sheet(overview, title)
    painter = QPainter(device)
    try:
        _paint_pages(sheet, painter, device)
    finally:
        painter.end()


def _paint_pages(sheet: Sheet, painter: QPainter, device: QPagedPaintDevice) -> None:
    wide, high = float(device.width()), float(device.height())
    scale = wide / _WIDTH
    top = 0.0
    for bottom in page_ends(sheet, high / scale):
        if top:
            device.newPage()
        painter.save()
        painter.scale(scale, scale)
        painter.setClipRect(0, 0, round(_WIDTH), round(bottom - top) + 1)
        painter.translate(0, -top)
        sheet.paint(painter)
        painter.restore()
        top = bottom


def page_ends(sheet: Sheet, room: float) -> list[float]:
    """Where the pages of a sheet end, of which each has so much room; no line is cut."""
    ends: list[float] = []
    while not ends or ends[-1] < sheet.height:
        ends.append(_break(sheet, ends[-1] if ends else 0.0, room))
    return ends


def _break(sheet: Sheet, top: float, room: float) -> float:
    """Where a page ends: below the last line that is whole on it, for all columns."""
    bottom = top + room
    if bottom >= sheet.height:
        return sheet.height
    lines = [*(zone.rect for zone in sheet.zones), *sheet.keeps]
    for _ in range(8):
        cut = [rect.top() for rect in lines if rect.top() < bottom < rect.bottom()]
        if not cut or min(cut) <= top + room / 2:
            break
        bottom = min(cut)
    return bottom


def copy_picture(overview: Overview, title: str) -> None:
    """Put the overview on the clipboard as a picture."""
    QApplication.clipboard().setImage(_image(paper_sheet(overview, title)))


def _image(sheet: Sheet) -> QImage:
    image = QImage(round(_WIDTH * _RATIO), round(sheet.height * _RATIO), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_RATIO)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    sheet.paint(painter)
    painter.end()
    return image


def _png(sheet: Sheet) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(_image(sheet))
    return bytes(buffer.data().data())


def _pdf(sheet: Sheet, title: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("绩效目标表编辑器")
    writer.setResolution(300)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size = QPageSize(QSizeF(210, 297), QPageSize.Unit.Millimeter)
    layout = QPageLayout(
        size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
    )
    writer.setPageLayout(layout)
    painter = QPainter(writer)
    _paint_pages(sheet, painter, writer)
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())
