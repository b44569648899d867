"""The parts of an overview: bars, stacked bars and lists, painted one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF

from jixiao.gui.overview.sheet import Sheet

MOST_BARS = 12
"""Bars of one card; what is more is summed up in words."""
_TILE_SIZES = (1.7, 1.5, 1.3, 1.1)
SHADES_LIGHT = ("#1d4ed8", "#6b93ec", "#a9c1f5", "#0f766e", "#7cc4bb", "#94a3b8", "#cbd5e1")
SHADES_DARK = ("#6f9bff", "#3f68c9", "#2b4584", "#4fb3a5", "#2c6f68", "#7d8694", "#4a5160")


@dataclass(frozen=True, slots=True)
class Piece:
    """One bar, or one piece of a stacked bar.

    Attributes:
        label: What stands beside it.
        size: How long it is.
        text: Its number as it is shown.
        table_ids: The tables behind it.
        color: A colour, "" for the accent.
        tip: What is told under the mouse; "" for label and text.
        full: What a bar is a part of, 0 where there is no whole (then the longest is).
    """

    label: str
    size: float
    text: str
    table_ids: tuple[int, ...] = ()
    color: str = ""
    tip: str = ""
    full: float = 0.0


class Column:
    """A column of cards that grows downwards."""

    def __init__(self, sheet: Sheet, left: float, width: float, top: float) -> None:
        self.sheet = sheet
        self.left, self.width, self.y = left, width, top
        self._pad = round(sheet.em * 1.1)
        self._begun = (0, top)

    @property
    def x(self) -> float:
        """Where the content of a card begins."""
        return self.left + self._pad

    @property
    def inner(self) -> float:
        """How wide the content of a card is."""
        return self.width - 2 * self._pad

    # Cards

    def begin(self, title: str, aside: str = "") -> None:
        """Begin a card."""
        em, t = self.sheet.em, self.sheet.theme
        self._begun = (len(self.sheet.items), self.y)
        self.y += round(em * 0.8)
        line = QRectF(self.x, self.y, self.inner, em * 1.7)
        self.sheet.words(line, title, t.text, size=1.1, bold=True)
        if aside:
            taken = self.sheet.width_of(title, 1.1, bold=True) + em
            self.sheet.words(line.adjusted(taken, 0, 0, 0), aside, t.muted, side="right")
        self.y += round(em * 2.1)
        top = self._begun[1]
        self.sheet.keep(QRectF(self.left, top, self.width, self.y - top + em * 6))

    def end(self) -> None:
        """End a card: its ground lies below what was painted on it."""
        at, top = self._begun
        self.y += round(self.sheet.em * 0.7)
        t = self.sheet.theme
        sheet = self.sheet
        sheet.box(QRectF(self.left, top, self.width, self.y - top), t.window, 6, t.line)
        sheet.items.insert(at, sheet.items.pop())
        self.y += round(sheet.em)

    # Contents

    def space(self, ems: float = 0.5) -> None:
        """Leave some room."""
        self.y += round(self.sheet.em * ems)

    def note(
        self, text: str, color: str = "", *, tip: str = "", table_ids: tuple[int, ...] = ()
    ) -> None:
        """A small line, broken at commas where it has no room."""
        em, sheet = self.sheet.em, self.sheet
        top = self.y
        for line in self._lines(text):
            rect = QRectF(self.x, self.y, self.inner, em * 1.5)
            sheet.words(rect, line, color or sheet.theme.muted, size=0.92)
            self.y += round(em * 1.6)
        sheet.zone(QRectF(self.x, top, self.inner, self.y - top), tip or text, table_ids)

    def _lines(self, text: str) -> list[str]:
        lines: list[str] = []
        for part in text.replace("，", "，\n").split("\n"):
            joined = lines[-1] + part if lines else part
            if lines and self.sheet.width_of(joined, 0.92) <= self.inner:
                lines[-1] = joined
            else:
                lines.append(part)
        return lines

    def stacked(self, title: str, total: str, pieces: Sequence[Piece]) -> None:
        """A bar of several pieces, with what they are below it."""
        sheet, em, t = self.sheet, self.sheet.em, self.sheet.theme
        line = QRectF(self.x, self.y, self.inner, em * 1.5)
        sheet.words(line, title, t.muted)
        sheet.words(line, total, t.text, bold=True, side="right")
        self.y += round(em * 1.7)
        whole = sum(piece.size for piece in pieces) or 1.0
        x, high = self.x, round(em * 1.1)
        gap = 1.5
        for piece in pieces:
            wide = self.inner * piece.size / whole
            if wide > 0:
                rect = QRectF(x, self.y, max(1.5, wide - gap), high)
                sheet.box(rect, piece.color, 2)
                sheet.zone(rect, _tip(piece, whole), piece.table_ids)
            x += wide
        self.y += high + round(em * 0.4)
        self._legend(pieces, whole)

    def _legend(self, pieces: Sequence[Piece], whole: float) -> None:
        """The pieces in one line or several, each with its colour and number."""
        sheet, em, t = self.sheet, self.sheet.em, self.sheet.theme
        x, mark = self.x, em * 0.7
        for piece in pieces:
            label, number = piece.label + " ", piece.text
            wide = mark * 1.6 + sheet.width_of(label, 0.92) + sheet.width_of(number, 0.92) + 2
            if x > self.x and x + wide > self.x + self.inner:
                x, self.y = self.x, self.y + round(em * 1.5)
            wide = min(wide, self.inner)
            line = QRectF(x, self.y, wide, em * 1.4)
            sheet.box(QRectF(x, self.y + em * 0.35, mark, mark), piece.color, 2)
            inside = line.adjusted(mark * 1.6, 0, 0, 0)
            sheet.words(inside, label, t.muted, size=0.92)
            sheet.words(inside, number, t.text, size=0.92, side="right")
            sheet.zone(line, _tip(piece, whole), piece.table_ids)
            x += wide + em * 1.2
        self.y += round(em * 1.9)

    def bars(self, pieces: Sequence[Piece], color: str = "") -> None:
        """Horizontal bars: a name, the bar, its number."""
        sheet, em, t = self.sheet, self.sheet.em, self.sheet.theme
        if not pieces:
            return
        longest = max(max(piece.size, piece.full) for piece in pieces) or 1.0
        number = max(sheet.width_of(piece.text) for piece in pieces) + em * 0.4
        widest = max(sheet.width_of(piece.label) for piece in pieces) + em * 0.6
        name = min(widest, self.inner * (0.5 if self.inner > em * 26 else 0.64))
        room = self.inner - name - number
        step = round(em * 1.85)
        for piece in pieces:
            middle = self.y + step / 2
            line = QRectF(self.x, self.y, self.inner, step)
            sheet.words(QRectF(self.x, self.y, name - em * 0.6, step), piece.label, t.text)
            thick = round(em * 0.7)
            bar = QRectF(self.x + name, round(middle - thick / 2), room, thick)
            if piece.full:
                sheet.box(bar, t.hover, 2)
            wide = room * piece.size / (piece.full or longest)
            if piece.size > 0:
                filled = QRectF(bar.left(), bar.top(), max(2.0, wide), thick)
                sheet.box(filled, piece.color or color or t.accent, 2)
            at = QRectF(bar.right(), self.y, number, step)
            sheet.words(at, piece.text, t.text, side="right")
            sheet.zone(line, piece.tip or f"{piece.label}：{piece.text}", piece.table_ids)
            self.y += step

    def tiles(self, pieces: Sequence[Piece]) -> None:
        """Large numbers side by side, each with its name below it, without a card."""
        sheet, em, t = self.sheet, self.sheet.em, self.sheet.theme
        # On a narrow sheet two rows of three read better than five with dots.
        across = len(pieces) if self.width >= em * 44 else 3
        wide = self.width / across
        high = round(em * 4.0)
        room = wide - em * 0.9
        size = self._tile_size([piece.text for piece in pieces], room)
        for number, piece in enumerate(pieces):
            row, place = divmod(number, across)
            left, top = self.left + place * wide, self.y + row * high
            big = QRectF(left, top + em * 0.3, room, em * 2.2)
            sheet.words(big, piece.text, piece.color or t.text, size=size, bold=True)
            below = QRectF(left, top + em * 2.4, room, em * 1.4)
            sheet.words(below, piece.label, t.muted, size=0.92)
            tip = piece.tip or f"{piece.label}：{piece.text}"
            sheet.zone(QRectF(left, top, wide, high), tip, piece.table_ids)
        self.y += high * -(-len(pieces) // across) + round(em * 0.5)

    def _tile_size(self, texts: Sequence[str], room: float) -> float:
        """The largest of some sizes in which every number has room; all are alike."""
        for size in _TILE_SIZES[:-1]:
            if all(self.sheet.width_of(text, size, bold=True) <= room for text in texts):
                return size
        return _TILE_SIZES[-1]


def _tip(piece: Piece, whole: float) -> str:
    share = f"，占 {piece.size / whole:.0%}" if whole else ""
    return piece.tip or f"{piece.label}：{piece.text}{share}"


def money_text(amount: Decimal | None) -> str:
    """An amount in 万元 as it is shown: 1,234.5; a dash where it is not told."""
    if amount is None:
        return "—"
    text = f"{amount:,.6f}".rstrip("0").rstrip(".")
    return text or "0"


def shades(*, dark: bool) -> tuple[str, ...]:
    """The colours of pieces, the first one the accent."""
    return SHADES_DARK if dark else SHADES_LIGHT
