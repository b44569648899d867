"""Exporting over files that are there: asked once, and nothing is overwritten unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton, QWidget

from jixiao.app.session import Session
from jixiao.gui.dialog_parts import ask_target
from jixiao.gui.dialogs import ExportChoice
from jixiao.gui.window import MainWindow
from jixiao.model.table import Table
from tests.gui.finding_cards import cards, click


@pytest.fixture
def window(open_window, book: Path) -> MainWindow:
    return open_window(book)


def exported(window: MainWindow, folder: Path) -> list[Path]:
    window.files.export_to(ExportChoice(None, ("xlsx",), folder))
    return sorted(folder.iterdir())


def press(widget: QWidget, text: str) -> None:
    (button,) = [b for b in widget.findChildren(QPushButton) if b.text() == text]
    button.click()


@pytest.mark.parametrize(
    ("answer", "files", "old"),
    [
        ("另存为 (2)", 10, b"edited"),
        ("替换", 5, None),
        ("跳过", 5, b"edited"),
        ("取消", 5, b"edited"),
    ],
)
def test_it_is_asked_once_with_the_list(
    window: MainWindow, tmp_path: Path, answer: str, files: int, old: bytes | None
) -> None:
    out = tmp_path / "out"
    before = exported(window, out)
    assert window.files.asking is None
    for path in before:
        path.write_bytes(b"edited")
    assert exported(window, out) == before  # nothing happens before the answer
    asking = window.files.asking
    assert asking is not None
    assert sorted(asking.list.toPlainText().splitlines()) == [path.name for path in before]
    press(asking, answer)
    assert not asking.isVisible()
    assert len(list(out.iterdir())) == files
    for path in before:
        assert path.read_bytes() == old if old else path.read_bytes()[:2] == b"PK"


def test_an_ending_that_is_added_does_not_pass_by_the_question(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "空表.xlsx"
    there.write_bytes(b"edited")
    typed = {"name": tmp_path / "空表"}
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(typed["name"]), ""))

    def ask() -> Path | None:
        return ask_target(window, "导出空表", there, "Excel (*.xlsx)", [".xlsx"])

    for answer, expected in (("取消", None), ("替换", there)):

        def reply(answer: str = answer) -> None:
            box = QApplication.activeModalWidget()
            assert isinstance(box, QMessageBox)
            press(box, answer)

        QTimer.singleShot(0, reply)
        assert ask() == expected
    typed["name"] = there  # Qt asked about this one itself
    assert ask() == there


def test_amounts_are_counted_anew_by_one_click_and_one_undo(open_window, tmp_path: Path) -> None:
    table = Table(
        kind="department",
        form="shifeng2023-fubiao1",
        money_unit="元",
        fields={"department_name": "甲局", "budget_total": "9491340", "basic_expenditure": "1.5"},
    )
    with Session.open(tmp_path / "元.jxb") as session, session.book.step("添加") as step:
        session.add_table(step, table)
    window = open_window(tmp_path / "元.jxb")
    window.checks.checker.check_now()
    (found,) = [c for c in cards(window) if c.found.finding.field == "money_unit"]
    assert found.fix.text() == "换算成万元"
    click(found.fix)
    shown = window.document.shown.table
    assert (shown.money_unit, shown.fields["budget_total"]) == ("万元", "949.134")
    assert shown.fields["basic_expenditure"] == "0.00015"
    window.undo()
    assert window.document.shown.table == table
