"""What belongs together on both sides of the review: cells of the page, of the source, doubts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jixiao.app.review.items import Item, severity
from jixiao.app.review.places import Place, Places, parse_address
from jixiao.io.paper.edit.edit import replace_rows
from jixiao.io.paper.page.grid import Binding, Cell, Grid, Spot
from jixiao.io.recognise import Doubt
from jixiao.model.table import ListName, Table

_INDICATORS: dict[str, ListName] = {
    "indicators": "indicators",
    "period_indicators": "period_indicators",
}
_TARGET = frozenset({"value", "comparator", "unit", "target"})


@dataclass(frozen=True)
class Links:
    """The two sides of a table under review.

    Attributes:
        item: The table.
        page: Its filled form.
        source: The sheet it was read from; None for a file without pages.
        places: Where its words stand in the sheet.
    """

    item: Item
    page: Grid
    source: Grid | None
    places: Places

    def source_of(self, cell: Cell) -> Spot | None:
        """Where in the source a cell of the page came from."""
        for binding in cell.bindings:
            found = self.places.of(binding)
            if found:
                return found[0]
        return None

    def page_cell_at(self, position: Spot) -> Cell | None:
        """The cell of the page that came from a position of the source."""
        for place in self.places.at(position):
            found = self.cell_of(place)
            if found is not None:
                return found[0]
        return None

    def cell_of(self, place: Place) -> tuple[Cell, Binding] | None:
        """The cell of the page that shows a place of the table, and the part of it."""
        for cell, part in self.page.bound():
            if part.binding is not None and _shows(part.binding, place):
                return cell, part.binding
        return None

    def place_of(self, doubt: Doubt) -> Place | None:
        """The place of the table that a doubt is about."""
        position = self.position_of(doubt.cell)
        names = [doubt.field, "value"] if doubt.field in _TARGET else [doubt.field]
        found = self.places.at(position) if position is not None else []
        for name in names:
            for place in found:
                if place[1] == name:
                    return place
        for name in ("indicators", "period_indicators"):
            for index, row in enumerate(self.item.table.rows(name)):
                if doubt.indicator and row.level3 == doubt.indicator:
                    return name, names[0], index
        if not doubt.indicator and doubt.field and self.cell_of(("field", doubt.field, -1)):
            return "field", doubt.field, -1
        return found[0] if found else None

    def position_of(self, address: str) -> Spot | None:
        """The position in the source of an address."""
        return None if self.source is None else parse_address(self.source, address)

    def page_marks(self) -> dict[tuple[int, int], str]:
        """The cells of the page in doubt, by where they begin."""
        marks: dict[tuple[int, int], str] = {}
        for _, doubt in reversed(self.item.open_doubts()):
            place = self.place_of(doubt)
            found = self.cell_of(place) if place is not None else None
            if found is not None:
                marks[found[0].row, found[0].col] = severity(doubt)
        return marks

    def source_marks(self) -> dict[Spot, str]:
        """The cells of the source in doubt, and those that found no place."""
        marks: dict[Spot, str] = {}
        sheet = self.item.reading.sheet
        for text in self.item.table.unplaced:
            position = self.position_of(text.cell)
            if position is not None and text.sheet == sheet:
                marks[position] = "loose"
        for _, doubt in reversed(self.item.open_doubts()):
            position = self.position_of(doubt.cell)
            if position is not None:
                marks[position] = severity(doubt)
        return marks

    def doubts_at(self, binding: Binding) -> list[int]:
        """The numbers of the open doubts that are about a part of the page."""
        found: list[int] = []
        for number, doubt in self.item.open_doubts():
            place = self.place_of(doubt)
            if place is not None and _shows(binding, place):
                found.append(number)
        return found


def without_written(table: Table, place: Place | None) -> Table:
    """The table where the target of a row counts as it stands, not as it was typed."""
    name = _INDICATORS.get(place[0]) if place else None
    if place is None or name is None or place[1] not in _TARGET:
        return table
    rows = list(table.rows(name))
    if not 0 <= place[2] < len(rows) or not rows[place[2]].written:
        return table
    rows[place[2]] = replace(rows[place[2]], written="")
    return replace_rows(table, name, rows)


def _shows(binding: Binding, place: Place) -> bool:
    target, name, row = place
    if binding.target != target or (row >= 0 and row not in binding.rows):
        return False
    joined = binding.name.startswith("target:") and name in _TARGET
    return joined or binding.name == name or (name == "target" and binding.name == "value")
