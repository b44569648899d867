"""What is made at the start, and what only when it is first asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from jixiao.gui import icons
from jixiao.gui.dock import Dock
from jixiao.gui.page.fonts import PageFonts
from jixiao.gui.theme import LIGHT
from jixiao.gui.window import MainWindow
from jixiao.gui.workbench import Workbench
from jixiao.io.paper.page.grid import Style
from jixiao.model.tree import TableEntry
from tests.gui.conftest import cell_of, put_cursor

_OPEN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from jixiao.gui.main import make_application
from jixiao.gui.window import MainWindow
app = make_application()
window = MainWindow()
window.show()
window.start(Path(sys.argv[1]))
while window.document.shown is None or window.worker.busy:
    app.processEvents()
window.close()
print(*sorted(sys.modules))
sys.stdout.flush()
import os
os._exit(0)
"""
_LATER = {
    *("openpyxl", "lxml", "docx", "xlrd", "sqlite_utils", "click", "hashlib"),
    *(
        "jixiao.io.recognise",
        "jixiao.io.files.write.write_xlsx",
        "jixiao.io.files.read.door",
        "jixiao.app.importing.drafts",
    ),
    *("jixiao.app.exporting", "jixiao.gui.files.start_page", "jixiao.gui.library.panel"),
    *("jixiao.gui.overview.panel", "jixiao.gui.versions.panel", "jixiao.gui.review.flow"),
    *("jixiao.gui.help.help_window", "jixiao.gui.collect.actions", "jixiao.gui.compare.actions"),
}


def test_a_book_is_opened_and_shown_with_little(book: Path, tmp_path: Path) -> None:
    own = {name: str(tmp_path / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    environment = {**os.environ, **own, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _OPEN, str(book)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert _LATER & set(done.stdout.split()) == set()


def test_the_start_page_is_made_only_without_a_book(open_window, book: Path, qtbot: QtBot) -> None:
    window = open_window(synchronous=False)
    assert window.stack.currentWidget() is window.start_page
    window.close()
    other = MainWindow()
    qtbot.addWidget(other)
    other.show()
    other.start(book)
    qtbot.waitUntil(lambda: other.document.shown is not None)
    assert "start_page" not in vars(other)
    assert other.stack.currentWidget() is other.splitter
    other.files.close_book()
    qtbot.waitUntil(lambda: other.stack.currentWidget() is other.start_page)
    other.close()


def test_the_start_page_comes_when_the_book_cannot_be_opened(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    for name in ("warning", "critical", "information"):
        monkeypatch.setattr(QMessageBox, name, lambda *texts: told.append(str(texts[-1])))
    bad = tmp_path / "坏.jxb"
    bad.write_bytes(b"no book at all")
    window = MainWindow()
    qtbot.addWidget(window)
    monkeypatch.setattr(Workbench, "tell_error", lambda _, error: told.append(str(error)))
    window.show()
    window.start(bad)
    qtbot.waitUntil(lambda: bool(told))
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.start_page)
    window.close()


def test_panels_are_made_when_their_tabs_are_turned_to(window: MainWindow) -> None:
    made = vars(window)
    assert not {"overview", "versions", "comparing", "collect"} & made.keys()
    assert "panel" not in vars(window.library)
    titles = [window.dock.tabs.tabText(i) for i in range(window.dock.tabs.count())]
    for title, panel in (
        ("指标库", lambda: window.library.panel),
        ("版本", lambda: window.versions.panel),
        ("概览", lambda: window.overview.panel),
    ):
        window.dock.tabs.setCurrentIndex(titles.index(title))
        assert window.dock.current is panel()
    assert [window.dock.tabs.tabText(i) for i in range(len(titles))] == titles
    assert {"overview", "versions"} <= made.keys()


def test_a_panel_takes_the_place_that_was_kept_for_it(qtbot: QtBot) -> None:
    dock = Dock()
    qtbot.addWidget(dock)
    first, made = QLabel("甲"), []

    def make() -> QLabel:
        made.append(QLabel("乙"))
        return made[-1]

    dock.add_panel("检查", first)
    dock.add_later("概览", make)
    assert (dock.current, made) == (first, [])
    dock.tabs.setCurrentIndex(1)
    assert [dock.current] == made
    dock.tabs.setCurrentIndex(0)
    dock.tabs.setCurrentIndex(1)
    assert len(made) == 1
    assert dock.tabs.count() == 2


def test_the_library_learns_when_it_is_first_asked(window: MainWindow, qtbot: QtBot) -> None:
    library, learning = window.library.library, window.library.learning
    qtbot.wait(50)
    assert not learning._timer.isActive()
    assert not library.learned.counts
    put_cursor(window, cell_of(window, "indicators", "level3", 0))
    assert window.document.shown is not None
    with qtbot.waitSignal(learning.learned, timeout=5000):
        library.names_for(window.document.shown.table, 0)
    assert library.learned.counts


def test_icons_have_two_colours_and_no_more_sizes_than_needed() -> None:
    icon = icons.icon("import", LIGHT)
    assert len(icon.availableSizes()) == 1
    size = icon.availableSizes()[0]
    normal, faint = (icon.pixmap(size, mode).toImage() for mode in _MODES)
    assert not normal.isNull()
    assert normal != faint
    middle = [
        faint.pixelColor(x, y)
        for x in range(faint.width())
        for y in range(faint.height())
        if faint.pixelColor(x, y).alpha() == 255
    ]
    assert {color.name() for color in middle} == {LIGHT.faint}


_MODES = (QIcon.Mode.Normal, QIcon.Mode.Disabled)


def test_ideographs_are_equally_wide(qapp) -> None:
    fonts = PageFonts()
    for style in (Style("宋体", 12), Style("黑体", 9, bold=True), Style("仿宋_GB2312", 16)):
        widths = {fonts.width(char, style) for char in "一国龥绩效指标"}
        assert len(widths) == 1
        assert widths.pop() == pytest.approx(style.size, rel=0.1)
        assert fonts.width("i", style) < fonts.width("国", style)


def test_tables_of_a_tree_share_what_they_have_in_common(window: MainWindow) -> None:
    entries: list[TableEntry] = [
        e for a in window.document.tree for y in a.years for e in y.tables if e.kind == "project"
    ]
    assert len(entries) > 1
    assert all(e.kind is entries[0].kind and e.state is entries[0].state for e in entries)
