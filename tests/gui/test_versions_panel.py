"""The panel of versions without any: at its top, and nothing cut off."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jixiao.gui.versions.panel import VersionsPanel


@pytest.mark.parametrize("wide", [150, 220, 300])
def test_without_versions_all_stands_at_the_top(qtbot: QtBot, wide: int) -> None:
    panel = VersionsPanel()
    qtbot.addWidget(panel)
    panel.setMinimumWidth(10)
    panel.resize(wide, 600)
    panel.show()
    panel.show_versions("某单位 · 2026 年度", (), may_write=True)
    panel.resize(wide, 601)
    QApplication.processEvents()
    for widget in (panel.head, panel.name, panel.nothing, *panel.chips):
        assert widget.isVisible()
        assert widget.geometry().bottom() < 300
    assert all(chip.geometry().right() <= panel.width() for chip in panel.chips)
    assert all(chip.width() >= chip.sizeHint().width() for chip in panel.chips)
