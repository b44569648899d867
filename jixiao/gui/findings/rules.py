"""The dialog in which rules are switched on and off, for a book or for one form of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.checking.checking import SEVERITIES
from jixiao.app.checking.options import WHOLE_BOOK, CheckOptions
from jixiao.gui.dialog_parts import fit_dialog, ok_cancel
from jixiao.io.paper.form.form import Form
from jixiao.model.check_settings import NUMBERS, SWITCHES, Wishes, applied, difference
from jixiao.model.checks import RULES, Profile, Rule

_SOURCES = {
    "arithmetic": "数字之间的关系",
    "form": "表样自身的要求",
    "published": "公开的审核要点或系统校验",
    "seen": "公开表格里常见的毛病",
    "custom": "通常的做法，数字可以调整",
}
_INTRO = "勾去的规则不再检查。设置保存在账本里，随账本走；导出前的检查、报告、概览和命令行都照它。"


class RulesDialog(QDialog):
    """A list of rules to tick, and the numbers and habits below it, for one scope at a time."""

    def __init__(
        self,
        options: CheckOptions,
        forms: Sequence[Form] = (),
        parent: QWidget | None = None,
        *,
        refusal: str = "",
    ) -> None:
        """Show options.

        Args:
            options: How the book is checked.
            forms: The forms for which it can be said apart.
            parent: The window.
            refusal: Why nothing can be changed; "" when it can.
        """
        super().__init__(parent)
        self.setWindowTitle("规则设置")
        self._options = options
        self._forms = {form.id: form for form in forms}
        self._scope = WHOLE_BOOK
        self._reasons: dict[str, str] = {}
        self.scope = QComboBox(self)
        self.scope.addItem("整个账本", WHOLE_BOOK)
        for form in forms:
            self.scope.addItem(f"只用于表样：{form.name}", form.id)
        self.scope.currentIndexChanged.connect(self._scope_chosen)
        self.rules = QTreeWidget(self)
        self.rules.setHeaderLabels(["规则", "程度", "来自"])
        self.rules.setUniformRowHeights(True)
        self.items: dict[str, QTreeWidgetItem] = {}
        self._fill_rules()
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(100)
        self.reason.textEdited.connect(self._reason_typed)
        self.rules.currentItemChanged.connect(lambda *_: self._show_reason())
        self.rules.itemChanged.connect(lambda *_: self._show_reason())
        self.no_beneficiaries = QLineEdit(self)
        self.no_beneficiaries.setMaxLength(100)
        self.no_beneficiaries.setPlaceholderText("写了就不查满意度指标，如：机关内部运转")
        self.numbers: dict[str, QSpinBox] = {}
        self.switches: dict[str, QCheckBox] = {}
        self.buttons = ok_cancel(self, "确定")
        standard = self.buttons.addButton("恢复默认", QDialogButtonBox.ButtonRole.ResetRole)
        standard.clicked.connect(lambda: self._show(self._base()))
        self._lay_out(refusal)
        self._load()
        if refusal:
            self._forbid(standard)

    def _lay_out(self, refusal: str) -> None:
        intro = QLabel(f"{refusal}\n{_INTRO}" if refusal else _INTRO, self)
        intro.setWordWrap(True)
        where = QHBoxLayout()
        label = QLabel("用于", self)
        label.setBuddy(self.scope)
        where.addWidget(label)
        where.addWidget(self.scope, 1)
        column = QVBoxLayout(self)
        column.addWidget(intro)
        column.addLayout(where)
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self._rules_page(), "规则")
        self.tabs.addTab(self._numbers_page(), "数字和习惯")
        column.addWidget(self.tabs, 1)
        column.addWidget(self.buttons)
        fit_dialog(self, 50, 34)
        wide = self.fontMetrics().horizontalAdvance("国")
        self.rules.setColumnWidth(0, 25 * wide)
        self.rules.setColumnWidth(1, 5 * wide)

    def _rules_page(self) -> QWidget:
        page = QWidget(self)
        line = QFormLayout()
        line.setHorizontalSpacing(10)
        line.addRow("不查的理由", self.reason)
        column = QVBoxLayout(page)
        column.addWidget(self.rules, 1)
        column.addLayout(line)
        return page

    def _numbers_page(self) -> QWidget:
        page = QWidget(self)
        line = QFormLayout()
        line.setHorizontalSpacing(10)
        line.addRow("无直接服务对象", self.no_beneficiaries)
        column = QVBoxLayout(page)
        column.setSpacing(12)
        column.addLayout(self._number_rows())
        column.addLayout(line)
        column.addStretch()
        return page

    def _forbid(self, standard: QWidget) -> None:
        for widget in (*self.numbers.values(), *self.switches.values(), standard):
            widget.setEnabled(False)
        for item in self.items.values():
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self.reason.setReadOnly(True)
        self.no_beneficiaries.setReadOnly(True)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(False)

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
        item.setData(0, Qt.ItemDataRole.UserRole, rule.id)
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
        rows.setVerticalSpacing(6)
        for place, number in enumerate(NUMBERS):
            box = self.numbers[number.name] = QSpinBox(self)
            box.setRange(number.least, number.most)
            box.setSuffix(number.unit)
            text = QLabel(number.label, self)
            text.setBuddy(box)
            row, col = divmod(place, 2)
            rows.addWidget(text, row, 2 * col)
            rows.addWidget(box, row, 2 * col + 1)
            rows.setColumnStretch(2 * col + 1, 1)
        for name, label in SWITCHES.items():
            switch = self.switches[name] = QCheckBox(label, self)
            rows.addWidget(switch, rows.rowCount(), 0, 1, 4)
        return rows

    # Scopes

    def set_scope(self, scope: str) -> None:
        """Choose for what it is said: ``WHOLE_BOOK`` or the id of a form."""
        self.scope.setCurrentIndex(self.scope.findData(scope))

    def _scope_chosen(self) -> None:
        self._store()
        self._scope = str(self.scope.currentData())
        self._load()

    def _base(self) -> Profile:
        """What is asked where this scope says nothing."""
        form = self._forms.get(self._scope)
        base = self._options.inherited(form)
        return base if form is None else applied(base, self._options.of(WHOLE_BOOK))

    def _store(self) -> None:
        base = self._base()
        wishes = difference(base, self._chosen(base), self._reasons)
        self._options = self._options.with_scope(self._scope, wishes)

    def _load(self) -> None:
        wishes: Wishes = self._options.of(self._scope)
        self._reasons = dict(wishes.reasons)
        self._show(applied(self._base(), wishes))

    def _show(self, profile: Profile) -> None:
        for rule_id, item in self.items.items():
            off = rule_id in profile.switched_off
            item.setCheckState(0, Qt.CheckState.Unchecked if off else Qt.CheckState.Checked)
        for name, box in self.numbers.items():
            box.setValue(getattr(profile.settings, name))
        for name, switch in self.switches.items():
            switch.setChecked(getattr(profile.settings, name))
        self.no_beneficiaries.setText(profile.no_direct_beneficiaries)
        self._show_reason()

    def _chosen(self, base: Profile) -> Profile:
        unchecked = Qt.CheckState.Unchecked
        off = frozenset(i for i, item in self.items.items() if item.checkState(0) == unchecked)
        numbers = {name: box.value() for name, box in self.numbers.items()}
        switches = {name: switch.isChecked() for name, switch in self.switches.items()}
        return replace(
            base,
            switched_off=off,
            settings=replace(base.settings, **numbers, **switches),
            no_direct_beneficiaries=self.no_beneficiaries.text().strip(),
        )

    def options(self) -> CheckOptions:
        """What was chosen, in all scopes."""
        self._store()
        return self._options

    # Why a rule is silent

    def _rule_at_hand(self) -> str:
        item = self.rules.currentItem()
        rule = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        silent = item is not None and item.checkState(0) == Qt.CheckState.Unchecked
        return str(rule) if rule and silent else ""

    def _show_reason(self) -> None:
        rule = self._rule_at_hand()
        self.reason.setEnabled(bool(rule))
        self.reason.setText(self._reasons.get(rule, ""))
        self.reason.setPlaceholderText("可以不写" if rule else "选中一条勾去的规则，写一句理由")

    def _reason_typed(self, text: str) -> None:
        rule = self._rule_at_hand()
        if rule:
            self._reasons[rule] = " ".join(text.split())
