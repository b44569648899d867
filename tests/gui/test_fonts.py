"""Which fonts are taken: named ones, never whatever else is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from jixiao.gui import look
from jixiao.gui.page.fonts import PageFonts
from tests.fonts import make_family

Install = Callable[..., None]


@pytest.fixture
def install(qapp: QApplication, tmp_path: Path) -> Iterator[Install]:
    """Installs a family for one test."""
    numbers: list[int] = []

    def make(family: str, *, chinese: bool = True) -> None:
        folder = tmp_path / family
        make_family(folder, family, chinese=chinese)
        numbers.extend(QFontDatabase.addApplicationFont(str(path)) for path in folder.iterdir())
        assert -1 not in numbers

    yield make
    for number in numbers:
        QFontDatabase.removeApplicationFont(number)
    look.apply_font(1.0)


def test_only_the_fonts_of_the_tests_are_seen(qapp: QApplication) -> None:
    aliases = {"Monospace", "Sans Serif", "Serif"}
    assert set(QFontDatabase.families()) - aliases == {"Jixiao Test"}
    assert QFontInfo(QFont("宋体")).family() == "Jixiao Test"


@pytest.mark.parametrize(
    "family", ["Noto Sans CJK SC", "Microsoft YaHei UI", "WenQuanYi Micro Hei"]
)
def test_the_interface_takes_a_known_family_not_handwriting(install: Install, family: str) -> None:
    install("AR PL UKai CN")
    install(family)
    look.apply_font(1.5)
    assert QApplication.font().family() == family


def test_the_interface_keeps_the_systems_own_font_if_it_has_chinese(install: Install) -> None:
    install("Noto Sans CJK SC")
    install("A Desktop's Own Hei")
    install("A Desktop's Own Latin", chinese=False)
    assert look.interface_family("A Desktop's Own Hei") == "A Desktop's Own Hei"
    assert look.interface_family("A Desktop's Own Latin") == "Noto Sans CJK SC"
    assert look.interface_family("Not Installed") == "Noto Sans CJK SC"


def test_without_a_known_family_the_system_chooses(qapp: QApplication) -> None:
    assert look.interface_family("Sans Serif") == "Sans Serif"


SERIF, SANS, MICRO = "Noto Serif CJK SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei"
WINDOWS = ("方正小标宋简体", "SimSun", "FangSong", "KaiTi", "SimHei")


@pytest.mark.parametrize(
    ("installed", "expected"),
    [
        (WINDOWS, WINDOWS),
        ((SERIF, SANS), (*[SERIF] * 4, SANS)),
        ((MICRO,), (MICRO,) * 5),
        ((SERIF,), (SERIF,) * 5),
    ],
)
def test_the_page_takes_what_is_nearest(
    install: Install, installed: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    for family in ("A Handwriting", *installed):
        install(family)
    fonts = PageFonts()
    names = ("方正小标宋_GBK", "宋体", "仿宋_GB2312", "楷体", "黑体")
    assert tuple(map(fonts.family, names)) == expected
    assert fonts.family("Calibri") == expected[1]
