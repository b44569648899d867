"""The drafts: each table as the truth has it, and every cell accounted for."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from jixiao.io.files.exchange import table_to_json
from jixiao.io.files.read.door import read_grids
from jixiao.io.paper.form.choose import choose_form
from jixiao.io.paper.form.fill import Unshown, fill, unshown
from jixiao.io.paper.page.clean import clean_text, digits, key
from jixiao.io.paper.page.grid import Grid
from jixiao.io.recognise import Reading, recognise
from tests.compare import differences
from tests.io.forms import FORM_IDS, TRUTH, all_labels, built_in

DRAFTS = Path(__file__).parents[1] / "data" / "drafts"
MANIFEST = json.loads((DRAFTS / "manifest.json").read_text(encoding="utf-8"))
NARRATIVES = ("lunan2025-narrative.xlsx",)
EACH = pytest.mark.parametrize(
    "draft", [d for d in MANIFEST if d["file"] not in NARRATIVES], ids=lambda draft: draft["file"]
)


@cache
def read(file: str) -> tuple[list[Grid], list[Reading]]:
    grids = read_grids(DRAFTS / file)
    return grids, recognise(grids, all_labels(), file)


def tables_of(draft: dict[str, Any]) -> list[str]:
    return [name for name in draft["yields"] if "narrative" not in name]


@EACH
def test_a_draft_is_read_as_the_truth_has_it(draft: dict[str, Any]) -> None:
    _, readings = read(draft["file"])
    readings = [reading for reading in readings if reading.table.kind != "narrative"]
    assert len(readings) == len(tables_of(draft))
    for name, reading in zip(tables_of(draft), readings, strict=True):
        source = json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8"))
        found = differences(source, table_to_json(reading.table), draft["ignore"])
        assert found == [], name


@EACH
def test_the_chosen_form_shows_all_of_it(draft: dict[str, Any]) -> None:
    _, readings = read(draft["file"])
    for reading in readings:
        if reading.table.kind == "narrative":
            continue
        form = choose_form([built_in(form_id) for form_id in FORM_IDS], reading.table)
        assert form is not None
        assert not form.general
        unit = [] if form.has("field", "money_unit") else [Unshown("金额单位", "万元")]
        assert unshown(form, reading.table) == unit


_SIGNS = re.compile(
    r"[\s≥≤=><≧≦＞＝＜()（）:：,，%百分比]|不少于|不低于|不超过|不高于|大于或?等于|小于等于|等于|指标"
)


def squeezed(text: str) -> str:
    """A text by which a cell of a draft and what it was read as can be compared."""
    return _SIGNS.sub("", digits(clean_text(text)))


def shown(reading: Reading) -> str:
    """Every text of the official page of what was read, labels and content."""
    form = choose_form([built_in(form_id) for form_id in FORM_IDS], reading.table)
    assert form is not None
    texts = [squeezed(cell.text) for cell in fill(form, reading.table).cells]
    levels = [pair.level1 + pair.level2 for pair in reading.table.empty_levels]
    return "\n".join([*texts, *levels])


@EACH
def test_every_cell_is_content_or_label_or_unplaced(draft: dict[str, Any]) -> None:
    if any("narrative" in name for name in draft["yields"]):
        pytest.skip("running text is read by its own part")
    grids, readings = read(draft["file"])
    page = "\n".join(shown(reading) for reading in readings)
    loose = {
        squeezed(one.text) for reading in readings for one in (*reading.unplaced, *reading.doubts)
    }
    lost = [
        (grid.sheet, grid.address(cell.row, cell.col), cell.text)
        for grid in grids
        for cell in grid.cells
        if squeezed(cell.text) not in page
        and squeezed(cell.text) not in loose
        and not _is_label(cell.text)
    ]
    assert lost == []


def _is_label(text: str) -> bool:
    labels, own = all_labels(), key(text)
    return labels.is_label(own) or any(labels.column_of(name, own) for name in labels.columns)


def test_the_accounting_notices_a_lost_cell() -> None:
    _, (reading,) = read("lukou2026-project-1.xlsx")
    less = replace(reading, table=replace(reading.table, indicators=reading.table.indicators[1:]))
    first = reading.table.indicators[0].level3
    assert squeezed(first) in shown(reading)
    assert squeezed(first) not in shown(less)
