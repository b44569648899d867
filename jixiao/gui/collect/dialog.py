"""The dialog of collecting: what each table means for the open book, and what is to happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.collecting.collect import CollectedTable, CollectPlan, Decision
from jixiao.app.tree import listed_name
from jixiao.gui.collect.alike import AlikeBox
from jixiao.gui.collect.detail import CollectDetail, PlanForms
from jixiao.gui.dialog_parts import fit_dialog, ok_cancel, roomy
from jixiao.gui.theme import theme_of

DECISIONS: dict[Decision, str] = {
    "theirs": "采用对方的",
    "ours": "保留账本里的",
    "both": "两张都留",
    "notes": "只收退回意见",
}
_STATUS = {"new": "新增", "same": "相同", "conflict": "有冲突", "locked": "已报锁定"}
_DONE = {"new": "并入", "same": "不用动"}
_AGENCY, _SOURCE = 1, 3
_NUMBER = int(Qt.ItemDataRole.UserRole)


class CollectDialog(QDialog):
    """Shows a plan and takes a decision for each conflict.

    ``joined_changed`` gives the names of agencies that are to be taken for those they are like;
    ``show_plan`` then shows the plan that this makes.
    """

    joined_changed = Signal(object)

    def __init__(
        self, plan: CollectPlan, forms: PlanForms | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("合并各单位的表")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._plan = plan
        self._decisions: dict[int, Decision] = {}
        self._items: dict[int, QTreeWidgetItem] = {}
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.only = QCheckBox("只看有冲突的", self)
        self.only.toggled.connect(self._filter)
        self.alike = AlikeBox(self)
        self.alike.changed.connect(self.joined_changed)
        self._make_list()
        self.detail = CollectDetail(self)
        self.model = self.detail.changes.model
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.all_buttons = self._decision_buttons(self._decide_all)
        self.one_buttons = self._decision_buttons(self._decide_one)
        self.buttons = ok_cancel(self, "合并")
        self._arrange()
        fit_dialog(self, 84, 44)
        self.show_plan(plan, forms or {})

    def _make_list(self) -> None:
        self.list = QTreeWidget(self)
        self.list.setAccessibleName("要合并的表")
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.list.setHeaderLabels(["表", "单位", "年度", "来自", "状态", "情况", "处理"])
        self.list.currentItemChanged.connect(lambda *_: self._show_detail())
        self.list.itemSelectionChanged.connect(self._update)
        em = self.fontMetrics().horizontalAdvance("国")
        for column, wide in enumerate((15, 10, 4, 12, 4, 6, 8)):
            self.list.setColumnWidth(column, wide * em)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_AGENCY, QHeaderView.ResizeMode.Stretch)

    def _decision_buttons(self, decide: Callable[[Decision, bool], None]) -> list[QPushButton]:
        buttons: list[QPushButton] = []
        for decision, text in DECISIONS.items():
            button = roomy(QPushButton(text, self))
            button.setAutoDefault(False)
            button.clicked.connect(partial(decide, decision))
            buttons.append(button)
        return buttons

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.summary, 1)
        head.addWidget(self.only)
        below = QWidget(self)
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, 6, 0, 0)
        lower.setSpacing(6)
        one = QHBoxLayout()
        one.setSpacing(6)
        one.addWidget(self.words, 1)
        for button in self.one_buttons:
            one.addWidget(button)
        lower.addLayout(one)
        lower.addWidget(self.detail, 1)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self.list)
        splitter.addWidget(below)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(1, 1)
        line = self.fontMetrics().lineSpacing()
        splitter.setSizes([9 * line, 22 * line])
        foot = QHBoxLayout()
        foot.setSpacing(6)
        self.every = QLabel("全部冲突：", self)
        foot.addWidget(self.every)
        for button in self.all_buttons:
            foot.addWidget(button)
        foot.addStretch()
        foot.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self.alike)
        column.addWidget(splitter, 1)
        column.addLayout(foot)

    # Showing

    def show_plan(self, plan: CollectPlan, forms: PlanForms) -> None:
        """Show a plan; what was decided about a conflict before stays as far as it can."""
        kept = self._decisions
        self._plan, self._decisions = plan, {}
        self.detail.set_forms(forms)
        self.alike.show_agencies(plan.alike, plan.joined)
        self.list.clear()
        self._items.clear()
        rank = {"conflict": 0, "locked": 1, "new": 2, "same": 3}
        tables = plan.tables
        order = sorted(range(len(tables)), key=lambda i: rank[tables[i].status])
        for number in order:
            one = tables[number]
            if one.choices:
                wanted = kept.get(number, one.proposed)
                self._decisions[number] = wanted if wanted in one.choices else one.proposed
            self._items[number] = self._item(number, one)
        self.list.addTopLevelItems([self._items[number] for number in order])
        conflicts = bool(self._decisions)
        for widget in (self.only, self.every, *self.all_buttons):
            widget.setVisible(conflicts)
        notes = any("notes" in one.choices for one in tables)
        self.all_buttons[-1].setVisible(notes)
        self._show_summary()
        self._filter(self.only.isChecked())
        if order:
            self.list.setCurrentItem(self.list.topLevelItem(0))
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(tables))

    def _item(self, number: int, one: CollectedTable) -> QTreeWidgetItem:
        theme = theme_of(QApplication.palette())
        colors = {"conflict": theme.warning, "locked": theme.error, "same": theme.faint}
        decided = self._decisions.get(number)
        item = QTreeWidgetItem(_columns(one, decided))
        item.setData(0, _NUMBER, number)
        if one.status in colors:
            item.setForeground(5, QBrush(QColor(colors[one.status])))
        for column in (0, _AGENCY, _SOURCE):  # what may be longer than its column
            item.setToolTip(column, item.text(column))
        return item

    def _show_summary(self) -> None:
        plan = self._plan
        count = {status: plan.count(status) for status in ("new", "same", "conflict", "locked")}
        parts = [f"新增 {count['new']} 张", f"相同 {count['same']} 张"]
        parts.append(f"有冲突 {count['conflict'] + count['locked']} 张")
        if plan.refused:
            parts.append(f"{len(plan.refused)} 个文件没有读")
            reasons = [f"{one.source.name}：{one.reason}" for one in plan.refused]
            self.summary.setToolTip("\n".join(reasons))
        self.summary.setText("，".join(parts) + "。合并之前会先备份账本，合并可以一步撤销。")

    # Deciding

    @property
    def plan(self) -> CollectPlan:
        """The plan that is shown."""
        return self._plan

    def decisions(self) -> dict[int, Decision]:
        """What is to happen to each conflict, by its place in the plan."""
        return dict(self._decisions)

    def _chosen(self) -> list[int]:
        numbers = [item.data(0, _NUMBER) for item in self.list.selectedItems()]
        return [number for number in numbers if number in self._decisions]

    def _decide_one(self, decision: Decision, _: bool = False) -> None:
        self.decide(self._chosen(), decision)

    def _decide_all(self, decision: Decision, _: bool = False) -> None:
        self.decide(list(self._decisions), decision)

    def decide(self, numbers: Sequence[int], decision: Decision) -> None:
        """Take one decision for some conflicts, as far as it can be taken for each."""
        for number in numbers:
            if decision in self._plan.tables[number].choices:
                self._decisions[number] = decision
                self._show_decision(number)
        self._update()

    def _show_decision(self, number: int) -> None:
        self._items[number].setText(6, DECISIONS[self._decisions[number]])

    def _filter(self, only: bool) -> None:
        for number, item in self._items.items():
            item.setHidden(only and number not in self._decisions)

    def _update(self) -> None:
        chosen = self._chosen()
        choices = {choice for at in chosen for choice in self._plan.tables[at].choices}
        taken = {self._decisions[at] for at in chosen}
        for button, decision in zip(self.one_buttons, DECISIONS, strict=True):
            button.setVisible(bool(chosen) and (decision != "notes" or decision in choices))
            button.setEnabled(decision in choices)
            button.setDown(taken == {decision})

    def _show_detail(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        number = item.data(0, _NUMBER)
        one = self._plan.tables[number]
        changes = () if one.difference is None else one.difference.changes
        self.detail.show_table(one)
        self.words.setText(_words(one, len(changes)))


def _columns(one: CollectedTable, decided: Decision | None) -> list[str]:
    table = one.table
    name = listed_name(table.kind, table.name)
    year = "未定" if table.year is None else str(table.year)
    agency = table.agency or "单位未定"
    if one.agency and one.agency != table.agency:
        agency = f"{one.agency}（来文写作“{agency}”）"
    status = _STATUS[one.status]
    action = _DONE.get(one.status, "") if decided is None else DECISIONS[decided]
    return [name, agency, year, one.source.name, one.state, status, action]


def _words(one: CollectedTable, count: int) -> str:
    if one.status == "new":
        return "账本里没有这张表，会并进来。"
    if one.status == "same":
        return "账本里已有一样的表，不用动。"
    if one.status == "locked" and one.sent_back:
        text = "这张表被退回，带来了意见。收下意见，表就改为“退回”，可以修改。"
    elif one.status == "locked":
        text = f"账本里的这张表已报并锁定，有 {count} 处不同；不能替换，可以两张都留。"
    elif one.meets is not None:
        text = f"和这次一起合并的另一张表有 {count} 处不同（划去的是先读到的那张）。"
    elif one.only_notes:
        text = f"只有 {count} 条意见或附注不同。"
    else:
        text = f"和账本里的表有 {count} 处不同（划去的是账本里的）。"
    return text
