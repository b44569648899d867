"""Which rules speak and from what number on: kept for the user, changed in a dialog."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.checking import SEVERITIES, CheckOptions
from jixiao.gui.dialog_parts import fit_dialog, ok_cancel
from jixiao.model.checks import RULES, Rule, Settings

_SOURCES = {
    "arithmetic": "数字之间的关系",
    "form": "表样自身的要求",
    "published": "公开的审核要点或系统校验",
    "seen": "公开表格里常见的毛病",
    "custom": "通常的做法，数字可以调整",
}
_NUMBERS: tuple[tuple[str, str, str, int, int], ...] = (
    ("min_indicators", "一张表至少有", " 个指标", 1, 30),
    ("max_per_class", "同一二级指标至多有", " 个指标", 1, 50),
    ("longest_name", "三级指标名称至多", " 个字", 10, 500),
    ("satisfaction_high", "满意度达到", " % 时提醒", 50, 100),
    ("decimals", "金额小数至多", " 位", 0, 6),
    ("largest_amount", "金额超过", " 万元时提醒", 100, 100_000_000),
)
_SWITCHES: tuple[tuple[str, str], ...] = (
    ("percent_word", "度量单位可以写“百分比”（本地系统这样打印）"),
    ("report_unfounded", "目标里的数没有对应指标时也提醒"),
)


class RuleStore:
    """Keeps the options between starts, in the program's ini file."""

    def __init__(self) -> None:
        self._store = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "jixiao", "jixiao"
        )

    def load(self) -> CheckOptions:
        """The options last chosen; what cannot be read is as the program proposes it."""
        off = str(self._store.value("checks/off", "")).split(" ")
        known = {rule.id for rule in RULES}
        settings = Settings()
        for name, *_, least, most in _NUMBERS:
            text = str(self._store.value(f"checks/{name}", ""))
            if text.isdecimal() and least <= int(text) <= most:
                settings = replace(settings, **{name: int(text)})
        for name, _ in _SWITCHES:
            text = str(self._store.value(f"checks/{name}", ""))
            if text in {"yes", "no"}:
                settings = replace(settings, **{name: text == "yes"})
        return CheckOptions(frozenset(off) & known, settings)

    def save(self, options: CheckOptions) -> None:
        """Keep the options."""
        self._store.setValue("checks/off", " ".join(sorted(options.switched_off)))
        for name, *_ in _NUMBERS:
            self._store.setValue(f"checks/{name}", str(getattr(options.settings, name)))
        for name, _ in _SWITCHES:
            on = getattr(options.settings, name)
            self._store.setValue(f"checks/{name}", "yes" if on else "no")
        self._store.sync()


class RulesDialog(QDialog):
    """A list of rules to tick, and the numbers and habits below it."""

    def __init__(self, options: CheckOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("规则设置")
        intro = QLabel("勾去的规则不再检查。这里的选择用于这台电脑上的所有账本。", self)
        intro.setWordWrap(True)
        self.rules = QTreeWidget(self)
        self.rules.setHeaderLabels(["规则", "程度", "来自"])
        self.rules.setRootIsDecorated(True)
        self.rules.setAlternatingRowColors(False)
        self.rules.setUniformRowHeights(True)
        self.items: dict[str, QTreeWidgetItem] = {}
        self._fill_rules()
        self.numbers: dict[str, QSpinBox] = {}
        self.switches: dict[str, QCheckBox] = {}
        rows = self._number_rows()
        self.buttons = ok_cancel(self, "确定")
        standard = self.buttons.addButton("恢复默认", QDialogButtonBox.ButtonRole.ResetRole)
        standard.clicked.connect(lambda: self.set_options(CheckOptions()))
        column = QVBoxLayout(self)
        column.addWidget(intro)
        column.addWidget(self.rules, 1)
        column.addLayout(rows)
        column.addWidget(self.buttons)
        self.set_options(options)
        fit_dialog(self, 50, 40)
        metrics = self.fontMetrics()
        self.rules.setColumnWidth(0, 25 * metrics.horizontalAdvance("国"))
        self.rules.setColumnWidth(1, 5 * metrics.horizontalAdvance("国"))

    def _fill_rules(self) -> None:
        groups: dict[str, QTreeWidgetItem] = {}
        for rule in RULES:
            if rule.dimension not in groups:
                group = groups[rule.dimension] = QTreeWidgetItem(self.rules, [rule.dimension])
                group.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsAutoTristate)
                group.setFlags(group.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                group.setExpanded(True)
            self.items[rule.id] = self._rule_item(groups[rule.dimension], rule)

    def _rule_item(self, group: QTreeWidgetItem, rule: Rule) -> QTreeWidgetItem:
        texts = [f"{rule.title}（{rule.id}）", SEVERITIES[rule.severity], _SOURCES[rule.source]]
        item = QTreeWidgetItem(group, texts)
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
        )
        return item

    def _number_rows(self) -> QGridLayout:
        """The numbers, two beside each other, and the switches below."""
        rows = QGridLayout()
        rows.setHorizontalSpacing(10)
        rows.setVerticalSpacing(4)
        for number, (name, label, unit, least, most) in enumerate(_NUMBERS):
            box = self.numbers[name] = QSpinBox(self)
            box.setRange(least, most)
            box.setSuffix(unit)
            text = QLabel(label, self)
            text.setBuddy(box)
            row, col = divmod(number, 2)
            rows.addWidget(text, row, 2 * col)
            rows.addWidget(box, row, 2 * col + 1)
            rows.setColumnStretch(2 * col + 1, 1)
        for name, label in _SWITCHES:
            switch = self.switches[name] = QCheckBox(label, self)
            rows.addWidget(switch, rows.rowCount(), 0, 1, 4)
        return rows

    def set_options(self, options: CheckOptions) -> None:
        """Show options."""
        for rule_id, item in self.items.items():
            off = rule_id in options.switched_off
            item.setCheckState(0, Qt.CheckState.Unchecked if off else Qt.CheckState.Checked)
        for name, box in self.numbers.items():
            box.setValue(getattr(options.settings, name))
        for name, switch in self.switches.items():
            switch.setChecked(getattr(options.settings, name))

    def options(self) -> CheckOptions:
        """What was chosen."""
        unchecked = Qt.CheckState.Unchecked
        off = frozenset(i for i, item in self.items.items() if item.checkState(0) == unchecked)
        numbers = {name: box.value() for name, box in self.numbers.items()}
        switches = {name: switch.isChecked() for name, switch in self.switches.items()}
        return CheckOptions(off, replace(Settings(), **numbers, **switches))
