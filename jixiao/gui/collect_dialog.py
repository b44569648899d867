"""The dialog of collecting: what each table means for the open book, and what is to happen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.collecting import CollectedTable, CollectPlan, Decision
from jixiao.gui.compare_list import ChangeDelegate, ChangeModel
from jixiao.gui.dialog_parts import fit_dialog, ok_cancel
from jixiao.gui.theme import theme_of
from jixiao.gui.tree_nodes import KIND_NAMES

DECISIONS: dict[Decision, str] = {
    "theirs": "采用上报的",
    "ours": "保留原有的",
    "both": "两张都留",
}
_STATUS = {"new": "新增", "same": "相同", "conflict": "有冲突", "locked": "已报锁定"}
_DONE = {"new": "并入", "same": "不用动"}
_NUMBER = int(Qt.ItemDataRole.UserRole)


class CollectDialog(QDialog):
    """Shows a plan and takes a decision for each conflict."""

    def __init__(self, plan: CollectPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("合并各单位的表")
        self._plan = plan
        self._decisions: dict[int, Decision] = {}
        self._items: dict[int, QTreeWidgetItem] = {}
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.only = QCheckBox("只看有冲突的", self)
        self.only.toggled.connect(self._filter)
        self._make_list()
        self._make_detail()
        self.all_buttons = self._decision_buttons(self._decide_all)
        self.one_buttons = self._decision_buttons(self._decide_one)
        self.buttons = ok_cancel(self, "合并")
        self._arrange()
        self._fill()
        fit_dialog(self, 78, 38)

    def _make_list(self) -> None:
        self.list = QTreeWidget(self)
        self.list.setAccessibleName("要合并的表")
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.list.setHeaderLabels(["表", "单位", "年度", "来自", "情况", "处理"])
        self.list.currentItemChanged.connect(lambda *_: self._show_detail())
        self.list.itemSelectionChanged.connect(self._update)
        em = self.fontMetrics().horizontalAdvance("国")
        for column, wide in enumerate((14, 13, 4, 9, 5, 6)):
            self.list.setColumnWidth(column, wide * em)

    def _make_detail(self) -> None:
        self.model = ChangeModel(self)
        self.detail = QListView(self)
        self.detail.setAccessibleName("冲突的地方")
        self.detail.setFrameShape(QFrame.Shape.NoFrame)
        self.detail.setObjectName("panelList")
        self.detail.setModel(self.model)
        self.detail.setItemDelegate(ChangeDelegate(self.detail))
        self.detail.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.words = QLabel(self)
        self.words.setObjectName("muted")
        self.words.setWordWrap(True)

    def _decision_buttons(self, decide: object) -> list[QPushButton]:
        buttons: list[QPushButton] = []
        for decision, text in DECISIONS.items():
            button = QPushButton(text, self)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, d=decision: decide(d))  # type: ignore[operator]
            buttons.append(button)
        return buttons

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.summary, 1)
        head.addWidget(self.only)
        side = QWidget(self)
        right = QVBoxLayout(side)
        right.setContentsMargins(8, 0, 0, 0)
        right.addWidget(self.words)
        right.addWidget(self.detail, 1)
        one = QHBoxLayout()
        one.setSpacing(6)
        for button in self.one_buttons:
            one.addWidget(button)
        right.addLayout(one)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.list)
        splitter.addWidget(side)
        splitter.setStretchFactor(0, 1)
        em = self.fontMetrics().horizontalAdvance("国")
        splitter.setSizes([54 * em, 24 * em])
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
        column.addWidget(splitter, 1)
        column.addLayout(foot)

    def _fill(self) -> None:
        rank = {"conflict": 0, "locked": 1, "new": 2, "same": 3}
        tables = self._plan.tables
        order = sorted(range(len(tables)), key=lambda i: rank[tables[i].status])
        theme = theme_of(QApplication.palette())
        colors = {"conflict": theme.warning, "locked": theme.error, "same": theme.faint}
        for number in order:
            one = tables[number]
            if one.status in {"conflict", "locked"}:
                self._decisions[number] = self._proposed(one)
            item = QTreeWidgetItem(_columns(one))
            item.setData(0, _NUMBER, number)
            for column in range(item.columnCount()):
                item.setToolTip(column, item.text(column))
            if one.status in colors:
                item.setForeground(4, QBrush(QColor(colors[one.status])))
            self._items[number] = item
            self.list.addTopLevelItem(item)
            self._show_decision(number)
        conflicts = bool(self._decisions)
        for widget in (self.only, self.every, *self.all_buttons):
            widget.setVisible(conflicts)
        self._show_summary()
        if order:
            self.list.setCurrentItem(self.list.topLevelItem(0))
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(tables))

    @staticmethod
    def _proposed(one: CollectedTable) -> Decision:
        """A bureau collects what agencies handed in: theirs, unless ours is locked."""
        return "ours" if one.status == "locked" else "theirs"

    def _show_summary(self) -> None:
        plan = self._plan
        count = {status: plan.count(status) for status in ("new", "same", "conflict", "locked")}
        parts = [f"新增 {count['new']} 张", f"相同 {count['same']} 张"]
        parts.append(f"有冲突 {count['conflict'] + count['locked']} 张")
        if plan.refused:
            parts.append(f"{len(plan.refused)} 个文件没有读")
        self.summary.setText("，".join(parts) + "。合并之前会先备份账本，合并可以一步撤销。")

    # Deciding

    def decisions(self) -> dict[int, Decision]:
        """What is to happen to each conflict, by its place in the plan."""
        return dict(self._decisions)

    def _chosen(self) -> list[int]:
        numbers = [item.data(0, _NUMBER) for item in self.list.selectedItems()]
        return [number for number in numbers if number in self._decisions]

    def _decide_one(self, decision: Decision) -> None:
        self.decide(self._chosen(), decision)

    def _decide_all(self, decision: Decision) -> None:
        self.decide(list(self._decisions), decision)

    def decide(self, numbers: Sequence[int], decision: Decision) -> None:
        """Take one decision for some conflicts; a locked table can never be replaced."""
        for number in numbers:
            locked = self._plan.tables[number].status == "locked"
            if not (locked and decision == "theirs"):
                self._decisions[number] = decision
                self._show_decision(number)
        self._update()

    def _show_decision(self, number: int) -> None:
        one = self._plan.tables[number]
        text = _DONE.get(one.status) or DECISIONS[self._decisions[number]]
        self._items[number].setText(5, text)

    def _filter(self, only: bool) -> None:
        for number, item in self._items.items():
            item.setHidden(only and number not in self._decisions)

    def _update(self) -> None:
        chosen = self._chosen()
        locked = any(self._plan.tables[number].status == "locked" for number in chosen)
        for button, decision in zip(self.one_buttons, DECISIONS, strict=True):
            button.setEnabled(bool(chosen) and not (locked and decision == "theirs"))

    def _show_detail(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        one = self._plan.tables[item.data(0, _NUMBER)]
        changes = () if one.difference is None else one.difference.changes
        self.model.set_changes(changes)
        self.words.setText(_words(one, len(changes)))


def _columns(one: CollectedTable) -> list[str]:
    table = one.table
    own = KIND_NAMES.get(table.kind, "未命名的表")
    name = own if table.kind == "department" else (table.name or own)
    year = "未定" if table.year is None else str(table.year)
    return [name, table.agency or "单位未定", year, one.source.name, _STATUS[one.status], ""]


def _words(one: CollectedTable, count: int) -> str:
    match one.status:
        case "new":
            return "账本里没有这张表，会并进来。"
        case "same":
            return "账本里已有一样的表，不用动。"
        case "locked":
            return f"账本里的这张表已报并锁定，有 {count} 处不同；不能替换，可以两张都留。"
        case _ if one.meets is not None:
            return f"和这次一起合并的另一张表有 {count} 处不同（划去的是先读到的那张）。"
        case _ if one.only_notes:
            return f"只有 {count} 条意见或附注不同。"
        case _:
            return f"和账本里的表有 {count} 处不同（划去的是账本里的）："
