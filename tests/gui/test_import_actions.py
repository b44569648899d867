"""Where drafts can be brought in, and a whole folder of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from jixiao.gui.window import MainWindow
from tests.gui.conftest import TRUTH

ACTIONS = ("import", "import_folder")


def test_nothing_is_imported_into_a_book_that_is_only_read(
    open_window, window: MainWindow, book: Path
) -> None:
    assert all(window.commands.actions[name].isEnabled() for name in ACTIONS)
    second = open_window(book)
    assert second.document.read_only
    assert not any(second.commands.actions[name].isEnabled() for name in ACTIONS)
    second.files.close_book()
    second.worker.wait()
    assert all(second.commands.actions[name].isEnabled() for name in ACTIONS)


def test_a_folder_is_imported(open_window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "草稿"
    (folder / "里面").mkdir(parents=True)
    shutil.copy(TRUTH / "lukou2026-project-1.json", folder)
    shutil.copy(TRUTH / "lukou2026-project-2.json", folder / "里面")
    window = open_window()
    window.open_book(tmp_path / "空.jxb", create=True)
    window.worker.wait()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.commands.actions["import_folder"].trigger()
    window.files.review.wait()
    review = window.files.review.window
    assert review is not None
    assert review.review.counts()["tables"] == 2
    review.reject()
    assert window.settings.folder("import") == folder


def test_no_folder_imports_nothing(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    before = window.document.tree
    window.commands.actions["import_folder"].trigger()
    window.worker.wait()
    assert window.document.tree == before
