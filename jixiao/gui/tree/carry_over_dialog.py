"""Carrying over to another year: what to keep, which forms, and every text that changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QSplitter,
    QTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jixiao.app.carry_over import Amounts, CarryPlan, TextChange, confirmed
from jixiao.gui.compare.text_difference import excerpt, spans
from jixiao.gui.dialog_parts import fit_dialog, ok_cancel
from jixiao.gui.theme import theme_of
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Binding
from jixiao.model.table import shown_name

_PLACE = int(Qt.ItemDataRole.UserRole)
_REPLAN_MS = 250


@dataclass(frozen=True)
class CarryScope:
    """Tables that can be taken together, and what they are called."""

    label: str
    table_ids: tuple[int, ...]


@dataclass(frozen=True)
class CarryWish:
    """What the plans are to be made for."""

    table_ids: tuple[int, ...]
    year: int
    amounts: Amounts
    forms: Mapping[str, str]


Planner = Callable[[CarryWish, Callable[[list[CarryPlan]], None]], None]
"""Makes the plans for a wish on the book's thread, and hands them to the function."""


class CarryOverDialog(QDialog):
    """Options above, the changing texts in the middle, the chosen one in full below."""

    def __init__(
        self,
        scopes: Sequence[CarryScope],
        year: int,
        used_forms: Sequence[Form],
        forms: Sequence[Form],
        *,
        planner: Planner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("复制到下年")
        self._planner = planner
        self._plans: list[CarryPlan] = []
        self._texts: dict[tuple[int, Binding], str] = {}
        self._filling = False
        self._theme = theme_of(QApplication.palette())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REPLAN_MS)
        self._timer.timeout.connect(self.replan)
        column = QVBoxLayout(self)
        column.addLayout(self._options(scopes, year, used_forms, forms))
        self.words = QLabel(self)
        column.addWidget(self.words)
        column.addWidget(self._middle(), 1)
        self.buttons = ok_cancel(self, "复制")
        column.addWidget(self.buttons)
        self._enable(False)
        fit_dialog(self, 62, 34)

    # Parts

    def _options(
        self,
        scopes: Sequence[CarryScope],
        year: int,
        used: Sequence[Form],
        forms: Sequence[Form],
    ) -> QFormLayout:
        rows = QFormLayout()
        self.scope = QComboBox(self)
        self.scope.setAccessibleName("复制哪些表")
        for scope in scopes:
            self.scope.addItem(scope.label, scope.table_ids)
        self.scope.setEnabled(len(scopes) > 1)
        self.scope.currentIndexChanged.connect(lambda _: self._timer.start())
        rows.addRow("范围：", self.scope)
        self.year = QSpinBox(self)
        self.year.setRange(1901, 2199)
        self.year.setValue(year)
        self.year.valueChanged.connect(lambda _: self._timer.start())
        self.amounts = QComboBox(self)
        self.amounts.addItem("保留金额", "keep")
        self.amounts.addItem("清空金额", "clear")
        self.amounts.currentIndexChanged.connect(lambda _: self._timer.start())
        first = QHBoxLayout()
        first.addWidget(self.year)
        first.addSpacing(18)
        first.addWidget(QLabel("金额：", self))
        first.addWidget(self.amounts)
        first.addStretch(1)
        rows.addRow("复制到：", first)
        self.forms: dict[str, QComboBox] = {}
        for form in used:
            box = QComboBox(self)
            box.addItem(f"{form.name}（不变）", form.id)
            for other in forms:
                if other.kind == form.kind and other.id != form.id:
                    region = f"（{other.region}）" if other.region else ""
                    box.addItem(other.name + region, other.id)
            box.currentIndexChanged.connect(lambda _: self._timer.start())
            self.forms[form.id] = box
            box.setAccessibleName(f"“{form.name}”改用的表样")
            rows.addRow("" if len(self.forms) > 1 else "表样：", box)
        return rows

    def _middle(self) -> QWidget:
        self.list = QTreeWidget(self)
        self.list.setHeaderLabels(["位置", "原文", "改为", "说明"])
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setAccessibleName("会改动的文字")
        self.list.setRootIsDecorated(False)
        head = self.list.header()
        em = self.fontMetrics().horizontalAdvance("国")
        self.list.setColumnWidth(0, 12 * em)
        for number in (1, 2, 3):
            head.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        self.list.currentItemChanged.connect(lambda *_: self._show_texts())
        self.list.itemChanged.connect(self._checked)
        self.old = QPlainTextEdit(self)
        self.old.setReadOnly(True)
        self.old.setAccessibleName("原文")
        self.new = QPlainTextEdit(self)
        self.new.setAccessibleName("改为")
        self.new.setTabChangesFocus(True)
        self.new.textChanged.connect(self._typed)
        for box in (self.old, self.new):
            box.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.back = QPushButton("恢复建议的文字", self)
        self.back.setObjectName("link")
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self._propose_again)
        texts = QWidget(self)
        # One grid, so that both texts begin at one height: the button is higher than a title.
        grid = QGridLayout(texts)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setRowStretch(1, 1)
        head_row = QHBoxLayout()
        head_row.addWidget(QLabel("改为（可以修改）", self), 1)
        head_row.addWidget(self.back)
        grid.addWidget(QLabel("原文", self), 0, 0)
        grid.addLayout(head_row, 0, 1)
        grid.addWidget(self.old, 1, 0)
        grid.addWidget(self.new, 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self.list)
        splitter.addWidget(texts)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        return splitter

    # What was chosen

    def wish(self) -> CarryWish:
        """The options as they are set."""
        forms = {key: str(box.currentData()) for key, box in self.forms.items()}
        amounts: Amounts = "clear" if self.amounts.currentData() == "clear" else "keep"
        others = {old: new for old, new in forms.items() if old != new}
        table_ids: tuple[int, ...] = tuple(self.scope.currentData())
        return CarryWish(table_ids, self.year.value(), amounts, others)

    def plans(self) -> list[CarryPlan]:
        """The plans with the texts as they were decided on."""
        decided: list[CarryPlan] = []
        for plan in self._plans:
            texts = {
                number: text
                for number, change in enumerate(plan.changes)
                if (text := self._text(plan, change)) != change.new
            }
            decided.append(confirmed(plan, texts))
        return decided

    def _text(self, plan: CarryPlan, change: TextChange) -> str:
        return self._texts.get((plan.table_id, change.binding), change.new)

    # Planning

    def replan(self) -> None:
        """Plan for the options as they are set."""
        self.words.setText("正在准备…")
        self._enable(False)
        self._planner(self.wish(), self._take_plans)

    def _take_plans(self, plans: list[CarryPlan]) -> None:
        known = {(plan.table_id, change.binding) for plan in self._plans for change in plan.changes}
        old_year = {(p.table_id, c.binding): c.new for p in self._plans for c in p.changes}
        new = {(p.table_id, c.binding): c.new for p in plans for c in p.changes}
        # A text of one's own stays as long as what was proposed in its place stays the same.
        self._texts = {
            key: text
            for key, text in self._texts.items()
            if key in known and old_year[key] == new.get(key)
        }
        self._plans = plans
        self._fill()
        self._enable(True)

    def _enable(self, on: bool) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(on)

    def _fill(self) -> None:
        self._filling = True
        self.list.clear()
        first: QTreeWidgetItem | None = None
        doubts = 0
        for plan in self._plans:
            name = shown_name(plan.source.name)
            twice = "（新年度已有同名的表，会再加一张）" if plan.existing else ""
            head = QTreeWidgetItem(self.list, [f"{name}{twice}"])
            head.setFirstColumnSpanned(True)
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            # What must be looked at comes first.
            numbers = sorted(range(len(plan.changes)), key=lambda n: (not plan.changes[n].notes, n))
            for number in numbers:
                item = self._item(head, plan, number)
                first = first or item
                doubts += bool(plan.changes[number].notes)
            if not plan.changes:
                none = QTreeWidgetItem(head, ["没有要改的文字"])
                none.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.expandAll()
        self._filling = False
        if first is not None:
            self.list.setCurrentItem(first)
        self._show_texts()
        changes = sum(len(plan.changes) for plan in self._plans)
        look = f"，其中 {doubts} 处请确认" if doubts else ""
        count = len(self._plans)
        self.words.setText(f"{count} 张表，{changes} 处文字{look}。不打勾的保持原文。")
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(f"复制 {count} 张表")

    def _item(self, head: QTreeWidgetItem, plan: CarryPlan, number: int) -> QTreeWidgetItem:
        change = plan.changes[number]
        item = QTreeWidgetItem(head)
        item.setData(0, _PLACE, (self._plans.index(plan), number))
        item.setText(0, change.label)
        if change.notes:
            item.setText(3, "请确认：" + "；".join(change.notes))
            item.setForeground(3, QBrush(QColor(self._theme.warning)))
        else:
            item.setText(3, "年份顺延")
        self._paint_item(item)
        return item

    def _paint_item(self, item: QTreeWidgetItem) -> None:
        plan, change = self._of(item)
        text = self._text(plan, change)
        before, after = excerpt(change.old, text)
        filling, self._filling = self._filling, True
        item.setText(1, before)
        item.setText(2, after if text != change.old else "（不变）")
        item.setToolTip(3, item.text(3))
        checked = Qt.CheckState.Checked if text != change.old else Qt.CheckState.Unchecked
        item.setCheckState(0, checked)
        self._filling = filling

    def _of(self, item: QTreeWidgetItem) -> tuple[CarryPlan, TextChange]:
        plan, number = item.data(0, _PLACE)
        return self._plans[plan], self._plans[plan].changes[number]

    def items(self) -> Iterator[QTreeWidgetItem]:
        """The lines of the changing texts, from top to bottom."""
        for row in range(self.list.topLevelItemCount()):
            head = self.list.topLevelItem(row)
            for at in range(head.childCount()):
                if head.child(at).data(0, _PLACE) is not None:
                    yield head.child(at)

    # Deciding

    def _checked(self, item: QTreeWidgetItem, column: int) -> None:
        if self._filling or column != 0 or item.data(0, _PLACE) is None:
            return
        plan, change = self._of(item)
        checked = item.checkState(0) == Qt.CheckState.Checked
        key = (plan.table_id, change.binding)
        now = self._text(plan, change)
        if checked == (now != change.old):
            return
        self._texts.pop(key, None)
        if not checked:
            self._texts[key] = change.old
        self._paint_item(item)
        self._show_texts()

    def _show_texts(self) -> None:
        item = self.list.currentItem()
        there = item is not None and item.data(0, _PLACE) is not None
        for widget in (self.old, self.new, self.back):
            widget.setEnabled(there)
        self._filling = True
        if item is None or not there:
            self.old.clear()
            self.new.clear()
        else:
            plan, change = self._of(item)
            text = self._text(plan, change)
            self.old.setPlainText(change.old)
            if self.new.toPlainText() != text:
                self.new.setPlainText(text)
            self._mark_differences()
        self._filling = False

    def _typed(self) -> None:
        item = self.list.currentItem()
        if self._filling or item is None or item.data(0, _PLACE) is None:
            return
        plan, change = self._of(item)
        self._texts[(plan.table_id, change.binding)] = self.new.toPlainText()
        self._paint_item(item)
        self._mark_differences()

    def _propose_again(self) -> None:
        item = self.list.currentItem()
        if item is not None and item.data(0, _PLACE) is not None:
            plan, change = self._of(item)
            self._texts.pop((plan.table_id, change.binding), None)
            self._paint_item(item)
            self._show_texts()

    def _mark_differences(self) -> None:
        for edit, found in zip(
            (self.old, self.new),
            spans(self.old.toPlainText(), self.new.toPlainText()),
            strict=True,
        ):
            behind = QColor(self._theme.warning)
            behind.setAlpha(80)
            marks: list[QTextEdit.ExtraSelection] = []
            for start, end in found:
                mark = QTextEdit.ExtraSelection()
                look = QTextCharFormat()
                look.setBackground(behind)
                cursor = QTextCursor(edit.document())
                cursor.setPosition(start)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                mark.cursor, mark.format = cursor, look  # type: ignore[attr-defined]
                marks.append(mark)
            edit.setExtraSelections(marks)
