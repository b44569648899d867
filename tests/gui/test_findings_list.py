"""A long list of findings comes a few cards at a time, so that the page is not kept waiting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jixiao.app.checking.checking import TableFinding
from jixiao.app.checking.groups import Group, totals_of
from jixiao.gui.findings.frame import CardFrame
from jixiao.gui.findings.panel import FindingsPanel
from jixiao.gui.window import MainWindow
from tests.gui.conftest import cell_of, show
from tests.gui.finding_cards import OTHER


def listed(window: MainWindow) -> list[tuple[object, ...]]:
    """The findings of all cards and groups from top to bottom."""
    panel = window.checks.panel
    found = [(card.y(), [card.found.key]) for card in panel.cards]
    found += [(group.y(), [one.key for one in group.group.members]) for group in panel.groups]
    return [key for _, keys in sorted(found) for key in keys]


def list_again(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> FindingsPanel:
    """The panel when the first of its cards have just been made anew."""
    window.checks.checker.check_now()
    monkeypatch.setattr("jixiao.gui.findings.list._MADE_AT_ONCE", 1)
    panel = window.checks.panel
    found = panel.visible_findings
    for some in ([], found):
        panel.set_findings(some, totals_of(some), can_write=True, nothing="没有")
    return panel


def test_cards_come_a_few_at_a_time_and_in_order(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    panel = list_again(window, monkeypatch)
    wanted = [one.key for one in panel.visible_findings]
    assert len(panel.cards) + len(panel.groups) == 1 < len(wanted)
    last = panel.visible_findings[-1]
    panel.choose(last)
    qtbot.waitUntil(lambda: sorted(listed(window)) == sorted(wanted))
    qtbot.waitUntil(lambda: listed(window) == wanted)
    lit = [w for w in (*panel.cards, *panel.groups) if w.property("chosen") == "true"]
    assert len(lit) == 1


def test_another_list_takes_the_place_of_one_that_is_not_complete(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    panel = list_again(window, monkeypatch)
    panel.set_findings([], totals_of([]), can_write=True, nothing="没有")
    qtbot.wait(60)
    assert not panel.cards
    assert not panel.groups


def twice(window: MainWindow) -> list[TableFinding]:
    """Findings of the table on the screen, the first of them said of two cells in equal words."""
    window.checks.checker.check_now()
    first, *rest = window.checks.panel.visible_findings
    return [first, replace(first, key=(*first.key, 1)), *rest]


def test_equal_findings_have_a_card_each_and_none_stays_behind(window: MainWindow) -> None:
    panel, found = window.checks.panel, twice(window)[:3]
    for _ in range(3):
        for some in (found, found[2:], []):
            panel.set_findings(some, totals_of(some), can_write=True, nothing="没有")
            panel.area.finish()
            assert listed(window) == [one.key for one in some]
            shown = [w for w in panel.area.findChildren(CardFrame) if not w.isHidden()]
            assert len(shown) == len(panel.cards) + len(panel.groups)


def test_rows_that_look_the_same_lose_no_card(window: MainWindow) -> None:
    panel = window.checks.panel
    found = twice(window)[:1] * 2
    for some in (found, []):
        panel.set_findings(some, totals_of(some), can_write=True, nothing="没有")
        panel.area.finish()
        shown = [w for w in panel.area.findChildren(CardFrame) if not w.isHidden()]
        assert len(shown) == len(some)


def test_f8_goes_past_equal_findings(window: MainWindow) -> None:
    checks, found = window.checks, twice(window)
    checks.panel.set_findings(found, totals_of(found), can_write=True, nothing="没有")
    seen: list[tuple[object, ...]] = []
    for _ in found:
        checks.next_finding()
        checks.panel.set_findings(found, totals_of(found), can_write=True, nothing="没有")
        assert checks.panel.current is not None
        seen.append(checks.panel.current.key)
    assert sorted(seen) == sorted(one.key for one in found)


def test_a_card_of_a_table_that_is_not_listed_changes_nothing(window: MainWindow) -> None:
    checks = window.checks
    checks.checker.check_now()
    found = next(one for one in checks.panel.visible_findings if one.finding.edits)
    group = Group(("key",), "title", True, (found,) * 3)
    show(window, OTHER)
    assert window.document.shown is not None
    assert window.document.shown.table_id != found.table_id
    before = window.document.names.undo
    for do in (
        lambda: checks.panel.fix_wanted.emit(found),
        lambda: checks.panel.ignore_wanted.emit(found, "理由", "here"),
        lambda: checks.panel.take_back_wanted.emit(found),
        lambda: checks.panel.group_fix_wanted.emit(group),
        lambda: checks.panel.group_ignore_wanted.emit(group, "理由", "here"),
    ):
        do()
        assert window.document.names.undo == before


def first_shown(window: MainWindow) -> CardFrame:
    panel = window.checks.panel
    QApplication.sendPostedEvents()
    return min((*panel.groups, *panel.cards), key=lambda card: card.y())


def test_a_wider_check_begins_at_its_top_and_the_tab_counts_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    checks = window.checks
    checks.checker.check_now()
    for _ in range(3):
        checks.next_finding()
    for check in (checks.check_all, checks.check_year):
        check()
        ids = frozenset(i for year in checks.checker.years() for i in year)
        if check == checks.check_all:
            qtbot.waitUntil(lambda ids=ids: checks.checker.knows(ids))
        checks.panel.area.finish()
        assert checks.panel.area.verticalScrollBar().value() == 0
        assert first_shown(window).hasFocus()
        lit = [
            w for w in checks.panel.area.findChildren(CardFrame) if w.property("chosen") == "true"
        ]
        assert lit == [first_shown(window)]
        opened = checks.checker.totals(checks.scope_ids()).open
        number = opened["error"] + opened["warning"]
        assert window.dock.tabs.tabText(0) == f"检查 {number}"


def test_the_menu_ticks_the_scope_that_is_listed(window: MainWindow) -> None:
    ids = ("check_table", "check_year", "check_book")

    def ticked() -> list[str]:
        return [id_ for id_ in ids if window.commands.actions[id_].isChecked()]

    assert ticked() == ["check_table"]
    for id_ in ("check_book", "check_year", "check_year", "check_table"):
        window.commands.actions[id_].trigger()
        assert ticked() == [id_]
    window.checks.panel.set_scope("year")
    assert ticked() == ["check_year"]


@pytest.mark.parametrize("column", ["level2", "level3", "value"])
def test_the_cursor_stays_in_a_row_that_a_fix_moves(window: MainWindow, column: str) -> None:
    checks = window.checks
    checks.checker.check_now()
    found = next(one for one in checks.panel.visible_findings if one.finding.rule == "C4")
    row = found.finding.index
    assert row is not None
    before = cell_of(window, "indicators", column, row)
    window.view.select(before)
    checks.mending.fix(found)
    now = cell_of(window, "indicators", column, row)
    assert ((now.row, now.col) != (before.row, before.col)) == (column == "level2")
    assert window.view.current_cell() == now
