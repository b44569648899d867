"""A long list of findings comes a few cards at a time, so that the page is not kept waiting."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from jixiao.app.finding_groups import totals_of
from jixiao.gui.findings.card import Key, key_of
from jixiao.gui.findings.panel import FindingsPanel
from jixiao.gui.window import MainWindow


def listed(window: MainWindow) -> list[Key]:
    """The findings of all cards and groups from top to bottom."""
    panel = window.checks.panel
    found: list[tuple[int, list[Key]]] = [(c.y(), [key_of(c.found)]) for c in panel.cards]
    found += [(g.y(), [key_of(one) for one in g.group.members]) for g in panel.groups]
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
    wanted = [key_of(one) for one in panel.visible_findings]
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
