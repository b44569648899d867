"""What repeats itself is one card: mended, let be, opened and walked through together."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jixiao.app.checking.groups import totals_of
from jixiao.gui.findings.group import GroupCard
from jixiao.gui.window import MainWindow
from jixiao.model.schema import REPORTED
from tests.gui.finding_cards import OTHER, cards, click, groups, table

Key = Qt.Key


@pytest.fixture
def checked(window: MainWindow) -> MainWindow:
    window.checks.checker.check_now()
    return window


def group(window: MainWindow, rule: str) -> GroupCard:
    return next(g for g in groups(window) if g.group.rule == rule)


def number_of(window: MainWindow, rule: str) -> int:
    found = window.checks.panel.visible_findings
    return sum(one.open and one.finding.rule == rule for one in found)


def test_repeated_findings_are_one_card_with_one_fix(checked: MainWindow) -> None:
    before = table(checked)
    repeated = group(checked, "V7")
    count = number_of(checked, "V7")
    assert count >= 3
    assert f"×{count}" in repeated.message.text()
    assert "度量单位写作“百分比”" in repeated.message.text()
    assert repeated.fix.text() == "全部改为 %"
    assert not [c for c in cards(checked) if c.found.finding.rule == "V7"]
    click(repeated.fix)
    assert number_of(checked, "V7") == 0
    assert [row.unit for row in table(checked).indicators].count("%") >= count
    assert f"{count} 处" in checked.status.message_label.text()
    checked.undo()
    assert table(checked) == before


def test_a_group_over_tables_leaves_locked_ones_alone_and_says_so(
    checked: MainWindow,
) -> None:
    other = next(
        t.id for a in checked.document.tree for y in a.years for t in y.tables if t.name == OTHER
    )

    def lock(session) -> None:
        with session.book.step("标为已报") as step:
            step.set_state(other, REPORTED)

    checked.document.run(lock)
    checked.document.reload()
    checked.checks.panel.set_scope("year")
    wide = group(checked, "V7")
    assert wide.group.tables == 3
    says: dict[str, object] = {}
    checked.document.run(lambda session: says.update(before=session.book.table(other)))
    click(wide.fix)
    assert OTHER in checked.status.message_label.text()
    checked.document.run(lambda session: says.update(after=session.book.table(other)))
    assert says["before"] == says["after"]
    left = [one for one in checked.checks.panel.visible_findings if one.finding.rule == "V7"]
    assert {one.table.name for one in left} == {OTHER}
    steps: list[str | None] = []
    checked.document.run(lambda session: steps.append(session.book.undo_name))
    assert "V7" not in (steps[0] or "")
    checked.document.undo()
    checked.checks.checker.check_now()
    assert group(checked, "V7").group.tables == 3


def test_it_opens_with_keys_and_shows_each(checked: MainWindow, qtbot: QtBot) -> None:
    count = number_of(checked, "V7")
    first = group(checked, "V7")
    first.setFocus()
    QTest.keyClick(first, Key.Key_Right)
    inside = [c for c in cards(checked) if c.found.finding.rule == "V7"]
    assert len(inside) == count
    opened = group(checked, "V7")
    assert opened.hasFocus()
    QTest.keyClick(opened, Key.Key_Down)
    assert inside[0].hasFocus()
    QTest.keyClick(inside[0], Key.Key_Return)
    index = inside[0].found.finding.index
    assert index in checked.view.current_cell().bindings[0].rows
    again = group(checked, "V7")
    again.setFocus()
    QTest.keyClick(again, Key.Key_Left)
    assert not [c for c in cards(checked) if c.found.finding.rule == "V7"]


def test_f8_walks_through_a_closed_group(checked: MainWindow, qtbot: QtBot) -> None:
    places: list[str] = []
    for _ in checked.checks.panel.visible_findings:
        qtbot.keyClick(checked.view, Key.Key_F8)
        now = checked.checks.panel.current
        if now is not None and now.finding.rule == "V7":
            places.append(group(checked, "V7").places.text())
            assert group(checked, "V7").property("chosen") == "true"
    assert [text.partition("：")[0] for text in places] == [
        f"第 {n + 1} 处" for n in range(number_of(checked, "V7"))
    ]


def test_a_group_is_let_be_with_one_reason(checked: MainWindow, qtbot: QtBot) -> None:
    before = table(checked)
    count = number_of(checked, "V7")
    repeated = group(checked, "V7")
    click(repeated.ignore)
    qtbot.keyClicks(repeated.reason.line, "as printed")
    qtbot.keyClick(repeated.reason.line, Key.Key_Return)
    assert number_of(checked, "V7") == 0
    assert sum("as printed" in note for note in table(checked).notes) == count
    checked.undo()
    assert table(checked) == before


def test_findings_by_severity(checked: MainWindow, qtbot: QtBot) -> None:
    panel = checked.checks.panel
    assert panel.order.isHidden()
    panel.set_scope("year")
    assert not panel.order.isHidden()
    click(panel.order)
    severities = [one.finding.severity for one in panel.visible_findings]
    rank = ["error", "warning", "hint"]
    assert severities == sorted(severities, key=rank.index)
    assert len({one.table_id for one in panel.visible_findings}) > 1
    qtbot.waitUntil(lambda: any(c.found.table.name == OTHER for c in cards(checked)))
    named = next(c for c in cards(checked) if c.found.table.name == OTHER)
    assert OTHER in named.head.text()


def test_the_finding_at_hand_is_mended_and_let_be_by_keys(
    checked: MainWindow, qtbot: QtBot
) -> None:
    count = number_of(checked, "V7")
    qtbot.keyClick(checked.view, Key.Key_F7)
    every = sorted([*groups(checked), *cards(checked)], key=lambda card: card.y())
    assert every[0].hasFocus()
    qtbot.keyClick(every[0], Key.Key_Escape)
    assert checked.view.hasFocus()
    now = checked.checks.panel.current
    while now is None or now.finding.rule != "V7":
        qtbot.keyClick(checked.view, Key.Key_F8)
        now = checked.checks.panel.current
    index = now.finding.index
    qtbot.keyClick(checked.view, Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    assert table(checked).indicators[index].unit == "%"
    assert number_of(checked, "V7") == count - 1
    qtbot.keyClick(checked.view, Key.Key_F8)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    while checked.checks.panel.current.finding.rule != "V7":
        qtbot.keyClick(checked.view, Key.Key_F8)
    qtbot.keyClick(checked.view, Key.Key_F8, both)
    asking = next(card for card in cards(checked) if card.reason is not None)
    assert asking.found.finding.rule == "V7"
    assert asking.reason.line.hasFocus()
    qtbot.keyClicks(asking.reason.line, "as printed")
    qtbot.keyClick(asking.reason.line, Key.Key_Return)
    assert number_of(checked, "V7") == count - 2
    assert "as printed" in table(checked).notes[-1]


def test_what_a_person_must_mend_is_said(checked: MainWindow, qtbot: QtBot) -> None:
    now = checked.checks.panel.current
    while now is None or now.finding.edits:
        qtbot.keyClick(checked.view, Key.Key_F8)
        now = checked.checks.panel.current
    before = table(checked)
    qtbot.keyClick(checked.view, Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    assert now.finding.hint in checked.status.message_label.text()
    assert table(checked) == before


def test_only_the_card_with_the_keyboard_is_lit(checked: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(checked.view, Key.Key_F7)
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Down)
    every = [*groups(checked), *cards(checked)]
    lit = [card for card in every if card.property("chosen") == "true"]
    assert len(lit) == 1
    assert lit[0].hasFocus()


def test_of_very_many_the_first_are_listed_and_all_are_counted(checked: MainWindow) -> None:
    panel, found = checked.checks.panel, checked.checks.panel.visible_findings
    panel.set_findings(found[:5], totals_of(found), can_write=True, nothing="")
    assert len(panel.visible_findings) == 5
    assert f"另有 {len(found) - 5} 条没有列出" in panel.beyond.text()
    assert not panel.beyond.isHidden()
    total = sum(int(chip.text().split()[-1]) for chip in panel.chips.values())
    assert total == len(found)
    panel.set_findings(found, totals_of(found), can_write=True, nothing="")
    assert panel.beyond.isHidden()
