"""A card of the check panel: what was found, and what one can do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from jixiao.app.checking.checking import SEVERITIES, TableFinding, name_of
from jixiao.gui.findings.frame import CardFrame
from jixiao.model.checks import RULE_BY_ID, Finding

_LONGEST_FIX = 12


def fix_text(finding: Finding) -> str:
    """What the button says that mends a finding; empty where only a person can."""
    if not finding.edits:
        return ""
    text = " ".join((finding.fix or "").split())
    if not text:
        return "清空"
    if finding.field == "money_unit" and len(finding.edits) > 1:
        return f"换算成{text}"  # the amounts change with it
    return f"改为 {text}" if len(text) <= _LONGEST_FIX else "改正"


class FindingCard(CardFrame):
    """One finding. Every signal gives the finding; ``ignored`` also the reason and its reach."""

    chosen = Signal(object)
    fix_wanted = Signal(object)
    ignore_wanted = Signal(object, str, str)
    take_back_wanted = Signal(object)

    def __init__(
        self,
        found: TableFinding,
        *,
        can_write: bool,
        parent: QWidget,
        with_table: bool = False,
        inside: bool = False,
    ) -> None:
        """A card; ``with_table`` names the table, ``inside`` a group it stands further in."""
        super().__init__(found.finding.severity, parent)
        self.found = found
        self.setProperty("ignored", "false" if found.open else "true")
        self.setProperty("inside", "true" if inside else "false")
        self._add_texts(with_table=with_table)
        self._add_links(can_write=can_write)
        self.opened.connect(lambda: self.chosen.emit(self.found))
        self.reason_given.connect(
            lambda reason, reach: self.ignore_wanted.emit(self.found, reason, reach)
        )

    def _add_texts(self, *, with_table: bool) -> None:
        finding = self.found.finding
        title = RULE_BY_ID[finding.rule].title
        table = f" • {name_of(self.found.table)}" if with_table else ""
        self.head = self.label(f"{finding.dimension} • {title}{table}", "findingHead", small=True)
        self.message = self.label(finding.message, "findingMessage")
        self.hint = self.label(finding.hint, "findingHint", small=True)
        self.hint.hide()
        if self.found.ignored is not None:
            self.hint.setText(f"已忽略：{self.found.ignored}")
            self.hint.show()
        spoken = f"{SEVERITIES[finding.severity]}，{title}：{finding.message}"
        self.setAccessibleName(spoken)
        self.setToolTip("" if self.found.ignored else finding.hint)

    def _add_links(self, *, can_write: bool) -> None:
        found = self.found
        text = fix_text(found.finding) if can_write and found.open else ""
        self.fix = self.link(text, lambda: self.fix_wanted.emit(self.found))
        if text == "改正":
            self.fix.setToolTip(f"改为：{found.finding.fix}")
        self.go = self.link("" if text else "定位", lambda: self.chosen.emit(self.found))
        may_ignore = can_write and found.open
        self.ignore = self.link("忽略…" if may_ignore else "", self.ask_reason)
        may_take_back = can_write and not found.open
        self.take_back = self.link(
            "取消忽略" if may_take_back else "", lambda: self.take_back_wanted.emit(self.found)
        )
        self.end_links()

    def ask_reason(self) -> None:
        """Ask in the card itself why the finding is let be."""
        self.ask("只忽略这一处", one_table=True)

    def look_chosen(self, chosen: bool) -> None:
        """Look like the one at hand, which also says what to do."""
        super().look_chosen(chosen)
        self.hint.setVisible(bool(self.hint.text()) and (chosen or not self.found.open))
