"""The overview: its numbers, its zones, where clicks lead, files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from jixiao.app.checking.checking import check
from jixiao.gui.overview.actions import OverviewActions
from jixiao.gui.overview.parts import money_text
from jixiao.gui.overview.picture import picture_of
from jixiao.gui.theme import DARK, LIGHT
from jixiao.gui.window import MainWindow
from jixiao.gui.workbench import Workbench
from tests.gui.conftest import cell_of, put_cursor, show, type_text

NAME = "区二届人大六次会议"


@pytest.fixture
def overview(window: MainWindow, qtbot: QtBot) -> OverviewActions:
    window.dock.show_panel(window.overview.panel)
    settle(window.overview, qtbot)
    return window.overview


def settle(overview: OverviewActions, qtbot: QtBot) -> None:
    overview.refresh()
    qtbot.waitUntil(lambda: not overview.numbers.at_work, timeout=5000)


def texts(overview: OverviewActions) -> list[str]:
    sheet = overview.panel.canvas.sheet
    assert sheet is not None
    return [item.text for item in sheet.items if hasattr(item, "text")]


def zone(overview: OverviewActions, start: str):
    sheet = overview.panel.canvas.sheet
    return next(z for z in sheet.zones if z.tip.startswith(start))


def test_it_shows_the_year_of_the_table(overview: OverviewActions, window: MainWindow) -> None:
    words = texts(overview)
    assert any("2026 年度" in word for word in words)
    assert "697.61" in words
    assert any(word.startswith("区二届人大六次") for word in words)


def test_the_counts_of_findings_are_those_of_the_checks(overview, window: MainWindow) -> None:
    year = next(y for a in window.document.tree for y in a.years if y.year == 2026)
    ids = [entry.id for entry in year.tables]
    found: list[int] = []
    window.document.run(
        lambda session: [
            f for f in check(session, ids) if f.open and f.finding.severity == "error"
        ],
        lambda errors: found.append(len(errors)),
    )
    assert str(found[0]) in texts(overview)


def test_a_click_on_a_project_opens_it(overview: OverviewActions, window: MainWindow) -> None:
    show(window, "人大代表履职能力提升")
    overview.panel.canvas.click(zone(overview, f"{NAME}：48.4").rect.center())
    assert window.document.shown.table.name == NAME


def test_several_tables_are_asked_for(
    overview: OverviewActions, window: MainWindow, monkeypatch
) -> None:
    monkeypatch.setattr(QMenu, "popup", lambda *_: None)
    overview.panel.canvas.click(zone(overview, "张表").rect.center())
    menu = overview.panel.menu
    assert menu is not None
    wanted = next(a for a in menu.actions() if a.text() == "人大代表履职能力提升")
    wanted.trigger()
    assert window.document.shown.table.name == "人大代表履职能力提升"


def test_arrow_keys_go_through_the_links(overview: OverviewActions, window: MainWindow) -> None:
    canvas = overview.panel.canvas
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.accessibleDescription()
    first = canvas.accessibleDescription()
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.accessibleDescription() != first


def test_an_edit_changes_the_numbers(overview: OverviewActions, window, qtbot: QtBot) -> None:
    put_cursor(window, cell_of(window, "field", "project_amount"))
    type_text(window, "100")
    window.view.commit()
    settle(overview, qtbot)
    assert "100" in texts(overview)


def test_the_whole_book_has_all_agencies(overview: OverviewActions, qtbot: QtBot) -> None:
    overview.panel.set_scope("book")
    settle(overview, qtbot)
    assert "各单位" in texts(overview)


def test_it_is_written_as_picture_and_pdf(overview: OverviewActions, tmp_path: Path) -> None:
    overview.write_to(tmp_path / "概览.png")
    image = QImage(str(tmp_path / "概览.png"))
    assert image.width() == 2080
    colors = {image.pixelColor(x, y).name() for x in range(0, 2080, 40) for y in range(0, 900, 9)}
    assert LIGHT.accent in colors
    overview.write_to(tmp_path / "概览.pdf")
    assert (tmp_path / "概览.pdf").read_bytes().startswith(b"%PDF")


def test_a_target_that_cannot_be_written_is_told(overview, tmp_path: Path, monkeypatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(Workbench, "tell_error", lambda _, e: told.append(str(e)))
    overview.write_to(tmp_path / "nowhere" / "x.png" / "y.png")
    (tmp_path / "taken.png").mkdir()
    overview.write_to(tmp_path / "taken.png")
    assert told


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("width", [260, 640, 1200])
def test_nothing_stands_outside_the_picture(overview, theme, width: int) -> None:
    numbers, title = overview._shown
    font = QApplication.font()
    sheet = picture_of(numbers, title, width=width, theme=theme, font=font, em=13)
    for item in (*sheet.items, *sheet.zones):
        assert item.rect.left() >= 0
        assert item.rect.right() <= width
        assert item.rect.bottom() <= sheet.height


def test_money_as_it_is_shown() -> None:
    from decimal import Decimal

    assert money_text(Decimal("56.10")) == "56.1"
    assert money_text(Decimal("1234567.5")) == "1,234,567.5"
    assert money_text(Decimal(0)) == "0"
    assert money_text(Decimal(100)) == "100"
    assert money_text(None) == "—"
