"""The help window: rows, and pictures in the room of the text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextFormat
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jixiao.gui.help.help_window import FOLDER, TOPICS, HelpPage, HelpWindow
from jixiao.gui.window import MainWindow

KEYS = [key for key, _ in TOPICS if key != "keys"]


def text_of(key: str) -> str:
    return (FOLDER / f"{key}.html").read_text(encoding="utf-8")


@pytest.fixture
def help_window(qtbot: QtBot, window: MainWindow) -> HelpWindow:
    window = HelpWindow(window.commands)
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show_topic("start")
    qtbot.waitExposed(window)
    return window


def picture_sizes(page: HelpPage) -> list[tuple[float, float]]:
    """Width and height of the pictures of a page, in the order of the text."""
    found: list[tuple[float, float]] = []
    block = page.document().begin()
    while block.isValid():
        parts = block.begin()
        while not parts.atEnd():
            form = parts.fragment().charFormat()
            if form.objectType() == QTextFormat.ObjectTypes.ImageObject.value:
                image = form.toImageFormat()
                found.append((image.width(), image.height()))
                high = page.document().documentLayout().blockBoundingRect(block).height()
                assert high < image.height() + 30, "no blank below a picture"
            parts += 1
        block = block.next()
    return found


def test_rows_hold_their_letters(help_window: HelpWindow) -> None:
    rects = [
        help_window.topics.visualItemRect(help_window.topics.item(row))
        for row in range(len(TOPICS))
    ]
    letters = help_window.fontMetrics().height()
    assert all(rect.height() >= letters + 8 for rect in rects)
    assert all(a.bottom() < b.top() for a, b in pairwise(rects))


@pytest.mark.parametrize("key", [key for key in KEYS if "<img" in text_of(key)])
def test_a_picture_is_a_paragraph_after_a_paragraph(key: str) -> None:
    lines = text_of(key).splitlines()
    for number, line in enumerate(lines):
        if "<img" in line:
            assert re.fullmatch(r'<p class="picture"><img src="pictures/[\w-]+\.png"></p>', line)
            assert lines[number - 1].startswith("<p>")


def test_pictures_have_the_width_of_the_text(help_window: HelpWindow) -> None:
    page = help_window.page
    for width in (900, 560, 1200):
        help_window.resize(width, 600)
        QApplication.processEvents()
        for key in ("start", "fill", "check", "collect"):
            help_window.show_topic(key)
            sizes = picture_sizes(page)
            assert sizes
            room = page.viewport().width() - 2 * page.document().documentMargin()
            assert all(0 < wide <= room for wide, _ in sizes)
            assert page.horizontalScrollBar().maximum() == 0


def test_pictures_follow_the_window(help_window: HelpWindow) -> None:
    before = picture_sizes(help_window.page)
    help_window.resize(620, 600)
    QApplication.processEvents()
    after = picture_sizes(help_window.page)
    assert after[0][0] < before[0][0]
    assert after[0][1] / after[0][0] == pytest.approx(before[0][1] / before[0][0], rel=0.02)


def test_pictures_come_from_the_help_only(help_window: HelpWindow) -> None:
    page = help_window.page
    assert page.loadResource(2, QUrl("../forms/x.png")).isEmpty()
    assert page.loadResource(2, QUrl("pictures/none.png?100")).isEmpty()
    assert page.loadResource(2, QUrl("pictures/fill.png?100")).width() >= 100
