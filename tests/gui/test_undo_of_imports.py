"""Undo after the sample was opened and after an import: nobody loses a book by one key too many."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jixiao import RESOURCES
from jixiao.app.importing.drafts import import_files
from jixiao.app.session import Session
from jixiao.gui.files import window_files
from tests.gui.conftest import TRUTH, answer, cell_of, press, put_cursor, type_text

CTRL = Qt.KeyboardModifier.ControlModifier


def count(window) -> int:
    return sum(len(year.tables) for agency in window.document.tree for year in agency.years)


def test_the_sample_cannot_be_undone_away(
    open_window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_files, "documents_folder", lambda: tmp_path)
    window = open_window()
    window.commands.run("sample")
    window.worker.wait()
    tables = count(window)
    assert tables > 0
    assert not window.commands.actions["undo"].isEnabled()
    cell = cell_of(window, "indicators", "value", 0)
    put_cursor(window, cell)
    type_text(window, "77")
    press(window, Qt.Key.Key_Return)
    for _ in range(3):
        QTest.keyClick(window.view, Qt.Key.Key_Z, CTRL)
        window.worker.wait()
    assert count(window) == tables
    assert window.page.grid.bound()
    assert window.document.shown is not None


def test_an_undone_import_tells_how_it_comes_back(open_window, tmp_path: Path) -> None:
    path = tmp_path / "空.jxb"
    window = open_window()
    window.open_book(path, create=True)
    window.worker.wait()
    names = ("lukou2026-project-1", "lukou2026-project-2")
    window.files.import_drafts([TRUTH / f"{name}.json" for name in names])
    window.files.review.wait()
    assert count(window) == 2
    QTest.keyClick(window.view, Qt.Key.Key_Z, CTRL)
    assert count(window) == 2
    assert "2 张表会离开目录" in window.undoing.asking.text()
    answer(window.undoing.asking, yes=True)
    assert count(window) == 0
    assert window.status.message_label.text() == "已撤销 导入 2 个文件，2 张表，可以重做恢复"
    QTest.keyClick(window, Qt.Key.Key_Y, CTRL)
    window.worker.wait()
    assert count(window) == 2
    assert "重做恢复" not in window.status.message_label.text()


def test_a_step_has_a_name_for_people(open_window, tmp_path: Path) -> None:
    with Session.open(tmp_path / "账本.jxb") as session:
        import_files(session, [RESOURCES / "sample.json"])
        assert session.book.undo_name == "导入 示例"
        import_files(session, [TRUTH / "lukou2026-project-1.json"])
        assert session.book.undo_name == "导入 lukou2026-project-1"
        session.book.undo()
    window = open_window(tmp_path / "账本.jxb")
    tables = count(window)
    window.undo()
    assert "打开账本时做的" in window.undoing.asking.text()
    answer(window.undoing.asking, yes=True)
    assert window.status.message_label.text() == f"已撤销 导入 示例（{tables} 张表），可以重做恢复"
