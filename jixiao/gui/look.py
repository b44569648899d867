"""The size of the program's letters, and light or dark, as the user wants them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from jixiao.gui.theme import DARK, LIGHT, palette_of

INTERFACE_FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "思源黑体",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "SimSun",
)
"""Plain Chinese fonts for the program, best first."""

SIZES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


def next_size(now: float, step: int) -> float:
    """The next larger (1) or smaller (-1) size."""
    if step > 0:
        return next((size for size in SIZES if size > now + 0.01), SIZES[-1])
    return next((size for size in reversed(SIZES) if size < now - 0.01), SIZES[0])


def interface_family(system: str) -> str:
    """The family for the program: the system's own if it has Chinese, else a known one.

    A family without Chinese would leave the choice to the system, which may take handwriting.
    """
    if QFontDatabase.WritingSystem.SimplifiedChinese in QFontDatabase.writingSystems(system):
        return system
    installed = frozenset(QFontDatabase.families())
    return next((family for family in INTERFACE_FAMILIES if family in installed), system)


def apply_font(scale: float) -> None:
    """Make the letters of the program ``scale`` times as large as the system's."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    size = font.pointSizeF() if font.pointSizeF() > 0 else 9.0
    wanted = QFont(font)
    wanted.setFamily(interface_family(font.family()))
    wanted.setPointSizeF(size * scale)
    # Chinese and Latin need no shaping, and without it the fonts' tables stay out of memory.
    wanted.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
    wanted.setKerning(False)
    if QApplication.font() != wanted:
        QApplication.setFont(wanted)


def apply_scheme(name: str) -> None:
    """Be "light", "dark" or like the "system"."""
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    hints = QApplication.styleHints()
    hints.setColorScheme(schemes.get(name, Qt.ColorScheme.Unknown))
    # Where the platform cannot change its scheme, the program's own colours follow all the same.
    scheme = schemes.get(name, hints.colorScheme())
    QApplication.setPalette(palette_of(DARK if scheme == Qt.ColorScheme.Dark else LIGHT))
