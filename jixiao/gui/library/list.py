"""The hits of the library as a list: a model, and how a hit is painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from jixiao.gui.guard import guarded
from jixiao.gui.list_model import Index, ListModel
from jixiao.gui.page.two_lines import TwoLines, paint_two_lines
from jixiao.gui.theme import theme_of
from jixiao.model.library import Entry
from jixiao.model.library_search import Hit
from jixiao.model.target import Target, format_target

HIT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_ORIGINS = {"shipped": "", "own": "自有", "book": "账本"}


def target_text(entry: Entry) -> str:
    """The suggested target of an entry (≥95%, 定性), or its unit alone."""
    if entry.value or entry.comparator == "定性":
        return format_target(Target(entry.comparator, entry.value, entry.unit))
    return entry.unit


class HitModel(ListModel[Hit]):
    """What a search found."""

    @guarded(None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The name, the whole entry as a tooltip and for those who cannot see, and the hit."""
        hit = self.item(index)
        if hit is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.entry.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(hit)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _tip(hit).replace("\n", "，")
        return hit if role == HIT_ROLE else None


class HitDelegate(TwoLines):
    """Paints a hit on two lines: name and target; class, category and how often it is used."""

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one hit; what the table has already is faint."""
        hit: Hit | None = index.data(HIT_ROLE)
        if hit is None:
            return
        theme = theme_of(QApplication.palette())
        entry = hit.entry
        name = (entry.name, theme.faint if hit.used else theme.text)
        first = (name, (target_text(entry), theme.muted))
        second = ((_class(entry), theme.muted), (_usage(hit), theme.faint))
        paint_two_lines(painter, option, first, second)


def _class(entry: Entry) -> str:
    words = (entry.level2 or entry.level1 or "未分类", entry.category, _ORIGINS[entry.origin])
    return " · ".join(word for word in words if word)


def _usage(hit: Hit) -> str:
    if hit.used:
        return "本表已有"
    return f"账本里 {hit.count} 次" if hit.count else ""


def _tip(hit: Hit) -> str:
    entry = hit.entry
    target = target_text(entry)
    lines = [
        entry.name,
        " / ".join(level for level in (entry.level1, entry.level2) if level),
        f"建议值：{target}" if target else "",
        entry.explanation,
        f"来源：{entry.source}" if entry.source else "",
        f"账本里用过 {hit.count} 次" if hit.count else "",
    ]
    return "\n".join(line for line in lines if line)
