"""A card for findings that are much the same: mended or let be together, or shown one by one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from jixiao.app.checking.checking import SEVERITIES, TableFinding
from jixiao.app.checking.groups import Group
from jixiao.gui.findings.card import fix_text
from jixiao.gui.findings.frame import CardFrame
from jixiao.gui.guard import guarded
from jixiao.model.checks import RULE_BY_ID

_NAMED = 3
_LONGEST_FIX = 7


class GroupCard(CardFrame):
    """Some findings. Every signal gives the group; ``ignore_wanted`` also reason and reach."""

    toggled = Signal(object)
    fix_wanted = Signal(object)
    ignore_wanted = Signal(object, str, str)

    def __init__(self, group: Group, *, can_write: bool, expanded: bool, parent: QWidget) -> None:
        super().__init__(group.severity, parent)
        self.group = group
        self.expanded = expanded
        rule = RULE_BY_ID[group.rule]
        dimension = group.members[0].finding.dimension
        count = len(group.members)
        self.head = self.label(f"{dimension} • {rule.title}", "findingHead", small=True)
        self.message = self.label(f"{_ended(group.title)}\u00a0×{count}", "findingMessage")
        self.places = self.label(_places(group), "findingHint", small=True)
        self.setAccessibleName(f"{SEVERITIES[group.severity]}，{count} 处：{group.title}")
        fixes = len(group.fixable) if can_write else 0
        self.fix = self.link(_fix_text(group, fixes), lambda: self.fix_wanted.emit(self.group))
        if self.fix.text() == "全部改正" and group.fix:
            self.fix.setToolTip(f"全部改为：{group.fix}")
        self.toggle = self.link("收起" if expanded else "展开", self.opened)
        self.ignore = self.link("忽略…" if can_write else "", self.ask_reason)
        self.end_links()
        self.opened.connect(lambda: self.toggled.emit(self.group))
        self.reason_given.connect(
            lambda reason, reach: self.ignore_wanted.emit(self.group, reason, reach)
        )

    def ask_reason(self) -> None:
        """Ask in the card itself why these findings are let be."""
        self.ask(f"忽略这 {len(self.group.members)} 处", one_table=self.group.tables == 1)

    def show_place(self, found: TableFinding | None) -> None:
        """Say at which of them one is; None: at none."""
        keys = [one.key for one in self.group.members]
        if found is None or found.key not in keys:
            self.places.setText(_places(self.group))
            self.set_chosen(False)
            return
        at = keys.index(found.key) + 1
        name = " ".join(found.finding.indicator.split())
        self.places.setText(f"第 {at} 处{'：' if name else ''}{name}")
        self.set_chosen(True)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right and left show the findings one by one or put them away."""
        wanted = {Qt.Key.Key_Right: False, Qt.Key.Key_Left: True}.get(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
        elif wanted == self.expanded:
            self.opened.emit()


def _ended(title: str) -> str:
    return title.removesuffix("。")


def _fix_text(group: Group, fixes: int) -> str:
    if not fixes:
        return ""
    text = fix_text(group.fixable[0].finding)
    same = group.fix is not None and text != "改正" and len(text) <= _LONGEST_FIX
    if fixes == len(group.members):
        return f"全部{text}" if same else "全部改正"
    return f"{text}（{fixes} 处）" if same else f"改正 {fixes} 处"


def _places(group: Group) -> str:
    names = [" ".join(one.finding.indicator.split()) for one in group.members]
    named = list(dict.fromkeys(name for name in names if name))
    count = f"{len(group.members)} 处"
    if group.tables > 1:
        count = f"{group.tables} 张表，{count}"
    if not named:
        return count
    more = "等 " if len(named) > _NAMED else "，"
    return f"{'、'.join(named[:_NAMED])}{more}{count}"
