"""Which cells of the page a finding lights up: they are told by the rule, not by its sentence."""

from __future__ import annotations

from dataclasses import replace

from jixiao.gui.findings.marks import cells_spoken_of
from jixiao.io.paper.form.fill import fill
from jixiao.model.checks import check_table
from tests.io.forms import built_in, truth


def test_the_number_and_the_text_that_it_differs_from_are_lit() -> None:
    table = truth("lukou2026-project-1")
    page = fill(built_in(table.form or "lukou2026-xiangmu"), table)
    found = next(f for f in check_table(table) if f.rule == "T1" and f.rows == "indicators")
    for one in (found, replace(found, message="不一致。")):
        cells = cells_spoken_of(page, one)
        assert page.places["field", -1, "annual_goal"] in cells
        assert page.places["indicators", found.index, "level3"] in cells
        assert page.places["indicators", found.index, "value"] in cells
