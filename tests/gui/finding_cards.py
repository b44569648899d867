"""The cards of the check panel, for tests."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jixiao.gui.findings.card import FindingCard
from jixiao.gui.findings.group import GroupCard
from jixiao.gui.window import MainWindow

NAME = "区二届人大六次会议"
OTHER = "人大代表履职能力提升"


def cards(window: MainWindow) -> list[FindingCard]:
    """All cards of single findings, also those that are still to come."""
    window.checks.panel.area.finish()
    return window.checks.panel.cards


def groups(window: MainWindow) -> list[GroupCard]:
    """All cards of groups, also those that are still to come."""
    window.checks.panel.area.finish()
    return window.checks.panel.groups


def rules(window: MainWindow) -> list[str]:
    return [card.found.finding.rule for card in cards(window)]


def card(window: MainWindow, rule: str) -> FindingCard:
    return next(c for c in cards(window) if c.found.finding.rule == rule)


def click(widget) -> None:
    QApplication.sendPostedEvents()  # nobody clicks before everything has its place
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def table(window: MainWindow):
    return window.document.shown.table
