"""Fonts of the page: which installed font stands for the form's, and how wide its text is."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from jixiao.io.paper.page.grid import Style

_SONG = ("SimSun", "宋体", "NSimSun", "新宋体", "Songti SC", "Source Han Serif SC")
_SONG += ("思源宋体", "Noto Serif CJK SC", "Noto Serif SC", "AR PL UMing CN")
_HEI = ("SimHei", "黑体", "Microsoft YaHei", "微软雅黑", "Source Han Sans SC", "思源黑体")
_HEI += ("Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")
_FANGSONG = ("FangSong", "仿宋", "FangSong_GB2312", "仿宋_GB2312", "STFangsong", "华文仿宋")
_KAI = ("KaiTi", "楷体", "KaiTi_GB2312", "楷体_GB2312", "STKaiti", "AR PL UKai CN")
_TITLE = ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05")

_SUBSTITUTES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("小标宋", (*_TITLE, *_SONG)),
    ("xiaobiaosong", (*_TITLE, *_SONG)),
    ("仿宋", (*_FANGSONG, *_SONG)),
    ("fangsong", (*_FANGSONG, *_SONG)),
    ("楷", (*_KAI, *_SONG)),
    ("kai", (*_KAI, *_SONG)),
    ("黑", _HEI),
    ("hei", _HEI),
    ("等线", _HEI),
    ("宋", _SONG),
    ("song", _SONG),
    ("simsun", _SONG),
)
_EM = 100
_IDEOGRAPHS = range(0x4E00, 0xA000)


class PageFonts:
    """The fonts of pages on this computer; measures in points."""

    def __init__(self) -> None:
        self._installed = frozenset(QFontDatabase.families())
        self._families: dict[str, str] = {}
        self._widths: dict[tuple[str, bool, bool], _Widths] = {}

    def family(self, name: str) -> str:
        """The installed family that stands for a form's font."""
        if name not in self._families:
            self._families[name] = self._find(name)
        return self._families[name]

    def _find(self, name: str) -> str:
        if name in self._installed:
            return name
        folded = name.casefold()
        for word, families in _SUBSTITUTES:
            if word in folded:
                return self._first(families, name)
        return self._first(_SONG, name)

    def _first(self, families: Iterable[str], name: str) -> str:
        # A name that is not there would leave the choice to the system: it may take handwriting.
        known = (*families, *_SONG, *_HEI)
        return next((family for family in known if family in self._installed), name)

    def font(self, style: Style, scale: float, dpi: float = 96.0) -> QFont:
        """The font of a style; ``scale`` is screen pixels for one point, ``dpi`` the device's."""
        font = self._plain(style)
        font.setPointSizeF(max(1.0, style.size * scale * 72.0 / dpi))
        font.setUnderline(style.underline)
        return font

    def width(self, text: str, style: Style) -> float:
        """The width in points of a run of text, the same at every zoom."""
        key = (style.font, style.bold, style.italic)
        widths = self._widths.get(key)
        if widths is None:
            font = self._plain(style)
            font.setPixelSize(_EM)
            widths = self._widths[key] = _Widths(QFontMetricsF(font))
        return sum(map(widths.__getitem__, text)) * style.size

    def _plain(self, style: Style) -> QFont:
        font = QFont(self.family(style.font))
        font.setBold(style.bold)
        font.setItalic(style.italic)
        font.setKerning(False)
        font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)  # as look.apply_font
        # Without hinting a line is as wide at every zoom as it was measured.
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        return font


class _Widths(dict[str, float]):
    """Widths of single characters in ems, measured when first needed.

    The ideographs of a font are equally wide. To measure each of them would load a good part of
    the font's file, megabytes of it, for lines that nobody may ever look at.
    """

    def __init__(self, metrics: QFontMetricsF) -> None:
        super().__init__()
        self._metrics = metrics

    def __missing__(self, char: str) -> float:
        measured = "国" if ord(char) in _IDEOGRAPHS else char
        width = self[char] = self._metrics.horizontalAdvance(measured) / _EM
        return width
