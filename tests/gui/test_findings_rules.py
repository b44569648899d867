"""Which rules speak: chosen in a dialog, kept in the book, undone like everything else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from jixiao.app.checking.options import WHOLE_BOOK, CheckOptions, forms_in_use, options_of
from jixiao.app.session import Session
from jixiao.cli import main
from jixiao.gui.findings.rules import RulesDialog
from jixiao.gui.window import MainWindow
from jixiao.model.check_settings import Wishes
from tests.gui.finding_cards import card, click, rules

Key = Qt.Key


@pytest.fixture
def checked(window: MainWindow) -> MainWindow:
    window.checks.checker.check_now()
    return window


def shown_rules(window: MainWindow) -> set[str]:
    return {one.finding.rule for one in window.checks.panel.visible_findings}


def dialog_of(window: MainWindow, qtbot: QtBot) -> RulesDialog:
    told: dict[str, object] = {}
    window.document.run(lambda session: told.update(o=options_of(session), f=forms_in_use(session)))
    dialog = RulesDialog(told["o"], told["f"], window)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    return dialog


def test_what_is_switched_off_is_kept_in_the_book(
    checked: MainWindow,
    qtbot: QtBot,
    book: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    dialog = dialog_of(checked, qtbot)
    dialog.items["V6"].setCheckState(0, Qt.CheckState.Unchecked)
    dialog.rules.setCurrentItem(dialog.items["V6"])
    QTest.keyClicks(dialog.reason, "as printed")
    dialog.switches["percent_word"].setChecked(True)
    dialog.numbers["min_indicators"].setValue(3)
    options = dialog.options()
    asked = Wishes(
        {"V6": False}, {"V6": "as printed"}, {"min_indicators": 3}, {"percent_word": True}
    )
    assert options == CheckOptions({WHOLE_BOOK: asked})
    assert {"V6", "V7"} <= shown_rules(checked)
    checked.checks.use_options(options)
    checked.checks.checker.check_now()
    assert not {"V6", "V7"} & shown_rules(checked)
    badge = checked.tree_model.badges
    checked.badges.check_now()
    assert badge[checked.document.shown.table_id].total == sum(
        one.finding.severity != "hint" for one in checked.checks.panel.visible_findings
    )
    checked.close()
    with Session.open(book) as session:
        assert options_of(session) == options
    main(["check", "--book", str(book), "--json"])
    told = json.loads(capsys.readouterr().out)["findings"]
    assert {"C4", "V7"} <= {one["rule"] for one in told}
    assert "V6" not in {one["rule"] for one in told}
    assert not [one for one in told if one["rule"] == "V7" and "百分比" in one["message"]]


def test_it_can_be_undone(checked: MainWindow, qtbot: QtBot) -> None:
    checked.checks.use_options(CheckOptions({WHOLE_BOOK: Wishes({"V6": False})}))
    qtbot.waitUntil(lambda: "V6" not in shown_rules(checked))
    assert checked.document.names.undo == "规则设置"
    checked.undo()
    qtbot.waitUntil(lambda: "V6" in shown_rules(checked))


def test_a_form_can_be_treated_apart(checked: MainWindow, qtbot: QtBot) -> None:
    form = checked.document.shown.form
    dialog = dialog_of(checked, qtbot)
    dialog.items["C4"].setCheckState(0, Qt.CheckState.Unchecked)
    dialog.set_scope(form.id)
    assert dialog.items["C4"].checkState(0) == Qt.CheckState.Unchecked
    dialog.items["C4"].setCheckState(0, Qt.CheckState.Checked)
    dialog.items["V6"].setCheckState(0, Qt.CheckState.Unchecked)
    dialog.set_scope(WHOLE_BOOK)
    assert dialog.items["V6"].checkState(0) == Qt.CheckState.Checked
    assert dialog.items["C4"].checkState(0) == Qt.CheckState.Unchecked
    options = dialog.options()
    assert options.of(form.id) == Wishes({"C4": True, "V6": False})
    checked.checks.use_options(options)
    checked.checks.panel.set_scope("year")
    checked.checks.checker.check_now()
    found = [(one.finding.rule, one.table.form) for one in checked.checks.panel.visible_findings]
    assert ("C4", form.id) in found
    assert ("V6", form.id) not in found
    assert {name for rule, name in found if rule == "V6"} - {form.id}


def test_standard_values_come_back(checked: MainWindow, qtbot: QtBot) -> None:
    asked = CheckOptions({WHOLE_BOOK: Wishes({"V6": False}, {}, {"decimals": 4})})
    dialog = RulesDialog(asked, (), checked)
    qtbot.addWidget(dialog)
    assert dialog.options() == asked
    reset = [
        button
        for button in dialog.buttons.buttons()
        if dialog.buttons.buttonRole(button) == QDialogButtonBox.ButtonRole.ResetRole
    ]
    reset[0].click()
    assert dialog.options().of(WHOLE_BOOK) == Wishes()


def test_a_book_that_is_only_read_shows_and_keeps(checked: MainWindow, qtbot: QtBot) -> None:
    dialog = RulesDialog(CheckOptions(), (), checked, refusal="只能看。")
    qtbot.addWidget(dialog)
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    assert not dialog.items["V6"].flags() & Qt.ItemFlag.ItemIsUserCheckable


def give_reason(window: MainWindow, rule: str, reach: str, qtbot: QtBot) -> None:
    let_be = card(window, rule)
    click(let_be.ignore)
    box = let_be.reason
    qtbot.keyClicks(box.line, "as told")
    box.reach.setCurrentIndex(box.reach.findData(reach))
    qtbot.keyClick(box.line, Key.Key_Return)


def test_a_rule_is_let_be_in_a_whole_table_and_comes_back(
    checked: MainWindow,
    qtbot: QtBot,
) -> None:
    give_reason(checked, "V6", "table", qtbot)
    assert "V6" not in shown_rules(checked)
    assert any("本表全部" in note for note in checked.document.shown.table.notes)
    click(checked.checks.panel.show_ignored)
    assert "as told" in card(checked, "V6").hint.text()
    click(card(checked, "V6").take_back)
    assert card(checked, "V6").found.open
    assert "恢复检查" in checked.document.names.undo


def test_a_rule_is_let_be_in_the_whole_book(checked: MainWindow, qtbot: QtBot) -> None:
    give_reason(checked, "V6", "book", qtbot)
    qtbot.waitUntil(lambda: "V6" not in shown_rules(checked))
    told: list[CheckOptions] = []
    checked.document.run(lambda session: told.append(options_of(session)))
    assert told[0].of(WHOLE_BOOK).reasons == {"V6": "as told"}
    assert "规则设置" in checked.status.message_label.text()
    checked.undo()
    qtbot.waitUntil(lambda: "V6" in shown_rules(checked))
    assert "V6" in rules(checked)
