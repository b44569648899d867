"""Files dropped on the window: nothing that was dropped is passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jixiao.app.session import Session
from jixiao.gui.window import MainWindow
from jixiao.gui.workbench import Workbench
from tests.gui.conftest import OpenWindow

DRAFT = Path("草稿.xlsx")


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Path | None, list[Path]]]:
    """What is imported or collected, with the book that is open then."""
    from jixiao.gui.collect.actions import CollectActions
    from jixiao.gui.files.window_files import FileActions

    seen: list[tuple[str, Path | None, list[Path]]] = []

    def note(name: str):
        def take(self, paths: list[Path]) -> None:
            seen.append((name, self._bench.document.path, list(paths)))

        return take

    monkeypatch.setattr(FileActions, "import_drafts", note("import"))
    monkeypatch.setattr(CollectActions, "plan", note("collect"))
    return seen


@pytest.fixture
def second(tmp_path: Path, made_book: bytes) -> Path:
    path = tmp_path / "第二本.jxb"
    path.write_bytes(made_book)
    return path


@pytest.mark.parametrize("open_before", [False, True])
def test_drafts_that_come_with_a_book_go_into_it(
    open_window: OpenWindow, book: Path, second: Path, taken, *, open_before: bool
) -> None:
    window = open_window(book if open_before else None, synchronous=False)
    window.files.take_dropped([DRAFT, second])
    assert taken == [("import", second, [DRAFT])]


def test_drafts_stay_out_when_their_book_does_not_open(
    window: MainWindow, tmp_path: Path, taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors: list[str] = []
    monkeypatch.setattr(Workbench, "tell_error", lambda _, error: errors.append(str(error)))
    damaged = tmp_path / "坏了.jxb"
    damaged.write_bytes(b"no book")
    window.files.take_dropped([damaged, DRAFT])
    assert taken == []
    assert errors
    assert window.status.message_label.text() == "账本没有打开，一起拖进来的 1 个文件也没有导入。"


def test_of_two_books_on_an_empty_window_the_second_is_offered(
    open_window: OpenWindow, book: Path, second: Path, taken
) -> None:
    window = open_window()
    window.files.take_dropped([book, second])
    assert window.document.path == book
    assert window.status.message_label.text() == "打开了“账本 1”；“第二本”没有打开。"
    assert taken == []
    QTest.mouseClick(window.status.offer, Qt.MouseButton.LeftButton)
    assert taken == [("collect", book, [second])]


def test_two_books_are_collected_into_one_that_has_no_tables_yet(
    open_window: OpenWindow, book: Path, second: Path, taken, tmp_path: Path
) -> None:
    empty = tmp_path / "空.jxb"
    Session.open(empty, create=True).close()
    window = open_window(empty)
    window.files.take_dropped([book, second])
    assert taken == [("collect", empty, [book, second])]


def test_several_books_with_drafts_are_refused_with_the_reason(
    window: MainWindow, book: Path, second: Path, taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors: list[str] = []
    monkeypatch.setattr(Workbench, "tell_error", lambda _, error: errors.append(str(error)))
    window.files.take_dropped([book, second, DRAFT])
    assert taken == []
    assert window.document.path == book
    assert "2 本账本和 1 个草稿" in errors[0]


def test_one_book_is_opened(window: MainWindow, second: Path, taken, qtbot: QtBot) -> None:
    window.files.take_dropped([second])
    assert window.document.path == second
    assert taken == []
