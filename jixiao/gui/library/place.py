"""Where an indicator from the library would go: the row of the page in which the cursor stands."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.io.paper.page.grid import Binding, Cell, Grid


@dataclass(frozen=True, slots=True)
class Spot:
    """The current indicator.

    Attributes:
        row: Its place among the table's indicators, -1 where there is none.
        levels: The levels of a pre-printed row in which nothing stands yet.
    """

    row: int = -1
    levels: tuple[str, str] = ("", "")


NO_SPOT = Spot()


def spot_at(grid: Grid, row: int, col: int) -> Spot:
    """The indicator at a position of the page; a level cell stands for the row that was clicked.

    Args:
        grid: The page.
        row: The row of the cursor.
        col: Its column; the nearest cell of the row that shows one indicator decides.
    """
    if not 0 <= row < len(grid.rows) or grid.rows[row].band != "indicators":
        return NO_SPOT
    cells = sorted(grid.row_cells(row), key=lambda cell: abs(cell.col - col))
    for cell in cells:
        for binding in cell.bindings:
            if binding.target != "indicators":
                continue
            if len(binding.rows) == 1 and cell.rowspan == 1:
                return Spot(binding.rows[0])
            if not binding.rows and (binding.level1 or binding.level2):
                return Spot(-1, (binding.level1, binding.level2))
    return _from_levels(cells)


def _from_levels(cells: list[Cell]) -> Spot:
    """A row in which only level cells tell of an indicator."""
    for cell in cells:
        for binding in cell.bindings:
            if binding.target == "indicators" and binding.rows:
                return Spot(binding.rows[0])
    return NO_SPOT


def value_cell(grid: Grid, row: int) -> Cell | None:
    """The cell in which an indicator's value is typed, else the cell of its name."""
    found: dict[bool, Cell] = {}
    for cell, part in grid.bound():
        binding = part.binding
        if binding is None or binding.target != "indicators" or row not in binding.rows:
            continue
        if holds_value(binding):
            found.setdefault(True, cell)
        elif binding.name == "level3":
            found.setdefault(False, cell)
    return found.get(True) or found.get(False)


def holds_value(binding: Binding) -> bool:
    """Whether typing at a place of an indicator writes its value."""
    return binding.name == "value" or (binding.name.startswith("target:") and "v" in binding.name)
