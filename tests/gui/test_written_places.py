"""Whatever was written is one click away: its folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jixiao.gui import workbench
from jixiao.gui.window import MainWindow
from tests.gui.test_overview import settle


def report(window: MainWindow, folder: Path) -> None:
    window.checks.write_report(folder / "检查报告.docx")


def summary(window: MainWindow, folder: Path) -> None:
    window.collect.write_summary(folder / "汇总表.xlsx")


def exchange(window: MainWindow, folder: Path) -> None:
    window.collect.write_exchange(folder / "交换文件.json")


def returned(window: MainWindow, folder: Path) -> None:
    window.commands.run("state_returned")
    window.collect.write_returned(folder)


@pytest.mark.parametrize("write", [report, summary, exchange, returned])
def test_the_folder_of_what_was_written_is_offered(
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[MainWindow, Path], None],
) -> None:
    folder = tmp_path / "写到这里"
    folder.mkdir()
    opened: list[Path] = []
    monkeypatch.setattr(workbench, "open_folder", opened.append)
    write(window, folder)
    window.worker.wait()
    assert list(folder.iterdir())
    assert window.status.offer.text() == "打开文件夹"
    QTest.mouseClick(window.status.offer, Qt.MouseButton.LeftButton)
    assert opened == [folder]


def test_the_folder_of_the_picture_is_offered(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(workbench, "open_folder", opened.append)
    window.commands.run("overview")
    settle(window.overview, qtbot)
    window.overview.write_to(tmp_path / "概览.png")
    assert (tmp_path / "概览.png").is_file()
    QTest.mouseClick(window.status.offer, Qt.MouseButton.LeftButton)
    assert opened == [tmp_path]
