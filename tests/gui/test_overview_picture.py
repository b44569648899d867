"""The picture of the overview: from an empty book to a county with eighty agencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jixiao.app.importing.drafts import import_files
from jixiao.app.overview.numbers import Overview
from jixiao.app.overview.source import OverviewSource
from jixiao.app.session import Session
from jixiao.gui.overview.actions import OverviewActions
from jixiao.gui.overview.export import page_ends, paper_sheet
from jixiao.gui.overview.panel import OverviewPanel
from jixiao.gui.overview.picture import picture_of
from jixiao.gui.overview.sheet import Sheet, Words
from jixiao.gui.theme import DARK, LIGHT, Theme
from jixiao.gui.window import MainWindow
from jixiao.model.schema import REPORTED
from jixiao.model.table import Table
from tests.gui.conftest import TRUTH
from tests.io.forms import truth

PROJECT, DEPARTMENT = "lukou2026-project-1", "lukou2026-department"


def overview_of_tables(folder: Path, tables: Sequence[Table]) -> Overview:
    with Session.open(folder / "a.jxb") as session:
        with session.book.step("添加") as step:
            for table in tables:
                session.add_table(step, table)
        return OverviewSource(session).overview(checked=True)


def sheet_of(overview: Overview, width: int = 1080, theme: Theme = LIGHT) -> Sheet:
    font = QApplication.font()
    return picture_of(overview, "某县 2026 年度", width=width, theme=theme, font=font, em=15)


def words(sheet: Sheet) -> list[str]:
    return [item.text for item in sheet.items if isinstance(item, Words)]


def county(agencies: int) -> list[Table]:
    tables: list[Table] = []
    for number in range(agencies):
        name = f"某县某局{number + 1}"
        project = truth(PROJECT)
        fields = {**project.fields, "project_amount": str(number * 1000 + 0.25)}
        tables.append(replace(truth(DEPARTMENT), agency=name))
        tables.append(replace(project, agency=name, fields=fields))
    return tables


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("width", [204, 300, 700, 1080])
@pytest.mark.parametrize("count", [0, 1, 4, 40])
def test_nothing_stands_outside_or_upon_another(
    tmp_path: Path, qapp: QApplication, theme: Theme, width: int, count: int
) -> None:
    tables = [truth(DEPARTMENT)] + [
        replace(truth(PROJECT), fields={**truth(PROJECT).fields, "project_name": f"第{n}个项目"})
        for n in range(count)
    ]
    sheet = sheet_of(
        overview_of_tables(tmp_path, tables[: count + 1] if count else []), width, theme
    )
    texts = [item for item in sheet.items if isinstance(item, Words)]
    for item in texts:
        assert item.rect.left() >= 0
        assert item.rect.right() <= width + 0.5
        assert item.rect.bottom() <= sheet.height
        assert QFontMetricsF(item.font).horizontalAdvance(item.text) <= item.rect.width() + 1
    lines: dict[float, list[Words]] = {}
    for item in texts:
        lines.setdefault(item.rect.center().y(), []).append(item)
    for line in lines.values():  # numbers at the right end of a line stand clear of its name
        for one in line:
            for other in line:
                if one is not other and one.side == other.side:
                    assert not one.rect.adjusted(0, 0, -1, 0).intersects(other.rect)


def test_an_empty_book_says_what_to_do(tmp_path: Path, qapp: QApplication) -> None:
    sheet = sheet_of(overview_of_tables(tmp_path, []))
    assert "还没有表" in words(sheet)
    assert list(sheet.links()) == []


def test_eighty_agencies_have_a_line_each_that_leads_to_their_tables(
    tmp_path: Path, qapp: QApplication
) -> None:
    view = overview_of_tables(tmp_path, county(80))
    for width in (300, 1080):
        sheet = sheet_of(view, width)
        tips = [zone for zone in sheet.links() if zone.tip.startswith("某县某局")]
        lines = [zone for zone in tips if len(zone.table_ids) == 2]
        assert len(lines) == 80
        assert "资金 697.61 万元" in lines[0].tip
    narrow = words(sheet_of(view, 300))
    assert "1" in narrow  # what all names begin with is left out where there is no room
    assert "某县某局80" in words(sheet_of(view, 1080))


def test_pages_are_full_and_cut_no_line(tmp_path: Path, qapp: QApplication) -> None:
    sheet = paper_sheet(overview_of_tables(tmp_path, county(80)), "某县 2026 年度")
    room = 1500.0
    ends = page_ends(sheet, room)
    assert ends[-1] == sheet.height
    starts = [0.0, *ends[:-1]]
    for start, end in zip(starts[:-1], ends[:-1], strict=True):
        assert 0.85 * room < end - start <= room
    for end in ends[:-1]:
        assert not [z for z in sheet.zones if z.rect.top() < end < z.rect.bottom()]
        assert not [rect for rect in sheet.keeps if rect.top() < end < rect.bottom()]


def test_projects_of_several_agencies_tell_whose_they_are(
    tmp_path: Path, qapp: QApplication
) -> None:
    sheet = sheet_of(overview_of_tables(tmp_path, county(20)))
    first = next(zone for zone in sheet.zones if "19,000.25 万元" in zone.tip)
    assert "某县某局20" in first.tip
    rest = next(zone for zone in sheet.zones if zone.tip.startswith("其余 8 个项目"))
    assert len(rest.table_ids) == 8


def test_warnings_have_bars_beside_many_kinds_of_errors(tmp_path: Path, qapp: QApplication) -> None:
    with Session.open(tmp_path / "a.jxb") as session:
        import_files(session, [TRUTH])
        view = OverviewSource(session).overview(checked=True)
    assert view.findings is not None
    kinds = [rule for rule in view.findings.by_rule if rule.severity == "error"]
    assert len(kinds) > 6
    shown = set(words(sheet_of(view)))
    warnings = [rule for rule in view.findings.by_rule if rule.severity == "warning"]
    assert max(warnings, key=lambda rule: rule.count).title in shown
    rest = next(zone for zone in sheet_of(view).zones if zone.tip.count("：") > 3)
    told = {line.partition("：")[0] for line in rest.tip.split("\n")}
    assert {rule.title for rule in view.findings.by_rule} <= shown | told


def test_states_of_work_are_drawn(tmp_path: Path, qapp: QApplication) -> None:
    with Session.open(tmp_path / "a.jxb") as session:
        import_files(session, [TRUTH])
        with session.book.step("已报") as step:
            step.set_state(1, REPORTED)
        view = OverviewSource(session).overview()
    reported = next(zone for zone in sheet_of(view).links() if zone.tip.startswith("已报：1"))
    assert reported.table_ids == (1,)


def test_progress_is_shown_until_the_end(qtbot: QtBot) -> None:
    panel = OverviewPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_progress("正在检查", 3120, 10000)
    assert panel.progress_label.text() == "正在检查 3,120 / 10,000 张表…"
    assert not panel.bar.isHidden()
    panel.show_progress("正在检查", 10000, 10000)
    assert panel.bar.isHidden()
    assert panel.progress_label.isHidden()


def gathered(window: MainWindow, qtbot: QtBot) -> OverviewActions:
    overview = window.overview
    window.dock.show_panel(overview.panel)
    overview.refresh()
    qtbot.waitUntil(lambda: not overview.numbers.at_work, timeout=5000)
    return overview


def test_nothing_is_gathered_for_nobody(window: MainWindow, qtbot: QtBot) -> None:
    overview = gathered(window, qtbot)
    overview.numbers.ask([1, 2, 3], lambda _: None)
    window.dock.show_panel(window.checks.panel)
    assert not overview.numbers.at_work


def test_it_is_copied_as_a_picture(window: MainWindow, qtbot: QtBot) -> None:
    overview = gathered(window, qtbot)
    overview.panel.copy.click()
    image = QApplication.clipboard().image()
    assert image.width() == 2080
    assert image.height() > 600
    assert "已作为图片复制" in window.status.message_label.text()


def test_another_scope_takes_the_old_picture_away(window: MainWindow, qtbot: QtBot) -> None:
    overview = gathered(window, qtbot)
    overview.panel.set_scope("book")
    assert overview.panel.canvas.sheet is None
    qtbot.waitUntil(lambda: not overview.numbers.at_work, timeout=5000)
    assert overview.panel.canvas.sheet is not None
