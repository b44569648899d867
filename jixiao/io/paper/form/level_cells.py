"""The level cells of a page: one for each run of rows with the same level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jixiao.io.paper.form.arrange import Line
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Binding, Cell, Part


def level_cells(form: Form, lines: Sequence[Line]) -> Iterable[Cell]:
    """One cell for each run of neighbouring rows with the same level (rule 10)."""
    for depth in (0, 1):
        start = 0
        while start < len(lines):
            line = lines[start]
            if line.band is None or line.band.level_columns[depth] < 0:
                start += 1
                continue
            end = start + 1
            while end < len(lines) and _same_group(line, lines[end], depth):
                end += 1
            yield _level_cell(form, lines[start:end], start, depth)
            start = end


def _same_group(one: Line, other: Line, depth: int) -> bool:
    if other.band is not one.band or not one.level1 or one.level1 != other.level1:
        return False
    return depth == 0 or (bool(one.level2) and one.level2 == other.level2)


def _level_cell(form: Form, run: Sequence[Line], start: int, depth: int) -> Cell:
    line = run[0]
    assert line.band is not None
    column = line.band.level_columns[depth]
    drawn = form.level_cells[line.row, column]
    text = line.level2 if depth else line.level1
    binding = None
    if not (line.printed2 if depth else line.printed1):
        rows = tuple(sorted(other.index for other in run if other.index >= 0))
        name = "level2" if depth else "level1"
        binding = Binding("indicators", name, rows, line.insert_at, line.level1, line.level2)
    words = drawn.words if binding is None and drawn.words else text
    part = Part(words if binding is None else text, binding)
    return Cell(start, column, len(run), drawn.colspan, (part,), drawn.style)
