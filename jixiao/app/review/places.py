"""The positions in a draft's sheet of what was read from it, by the addresses a reading tells."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from jixiao.io.paper.page.grid import Binding, Grid, Spot
from jixiao.io.recognise import Reading

Place = tuple[str, str, int]
"""Target, name and row of a binding; the row is -1 for what is in no list."""

_ADDRESS = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")


@dataclass(frozen=True)
class Places:
    """The positions in a source grid of what a table says; several names may share one cell."""

    positions: Mapping[Place, Spot] = field(default_factory=dict[Place, Spot])

    def of(self, binding: Binding) -> list[Spot]:
        """The source of what a part of a page shows, its first row first."""
        name = "value" if binding.name.startswith("target:") else binding.name
        # A sign or unit without a cell of its own was read from the cell of the value.
        names = (name, "value") if name in {"comparator", "unit"} else (name,)
        rows = binding.rows or (-1,)
        places = [[(binding.target, name, row) for name in names] for row in rows]
        found = (next(filter(None, map(self.positions.get, one)), None) for one in places)
        return list(dict.fromkeys(position for position in found if position is not None))

    @cached_property
    def _places(self) -> dict[Spot, list[Place]]:
        places: dict[Spot, list[Place]] = defaultdict(list)
        for place, position in self.positions.items():
            places[position].append(place)
        return places

    def at(self, position: Spot) -> list[Place]:
        """What came from a position."""
        return self._places.get(position, [])


def places_of(grid: Grid, reading: Reading) -> Places:
    """Where in the sheet that a table was read from each place of it stands."""
    found = {place: parse_address(grid, address) for place, address in reading.sources.items()}
    return Places({place: at for place, at in found.items() if at is not None})


def parse_address(grid: Grid, address: str) -> Spot | None:
    """The position of an address (C7) in a grid, None when it has no such cell."""
    match = _ADDRESS.match(address)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row, column = int(match[2]) - 1, column - 1
    if grid.row_numbers:
        row = grid.row_numbers.index(row) if row in grid.row_numbers else -1
    if grid.column_numbers:
        column = grid.column_numbers.index(column) if column in grid.column_numbers else -1
    inside = 0 <= row < len(grid.rows) and 0 <= column < len(grid.columns)
    return (row, column) if inside else None


def parse_range(grid: Grid, text: str) -> tuple[int, int, int, int]:
    """Top, left, bottom and right (exclusive) of a range (A3:H14); the whole grid if unknown."""
    first, _, last = text.partition(":")
    start, end = parse_address(grid, first), parse_address(grid, last or first)
    if start is None or end is None:
        return 0, 0, len(grid.rows), len(grid.columns)
    return start[0], start[1], end[0] + 1, end[1] + 1
