"""A page filled again after an edit is the page filled anew, with the cells that stayed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.io.paper.form.fill import fill, filled
from jixiao.io.paper.page.layout import em_width, layout
from jixiao.model.table import Table
from tests.io.forms import FORM_IDS, built_in
from tests.strategies import tables

EACH = pytest.mark.parametrize("form_id", FORM_IDS)


@st.composite
def edits(draw: st.DrawFn) -> tuple[Table, Table]:
    """A table, and the same after some of it changed: rows keep their objects where they stay."""
    before, other = draw(tables()), draw(tables())
    rows = list(before.indicators)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(rows)))
        match draw(st.sampled_from(["insert", "delete", "change", "swap"])):
            case "insert":
                rows[at:at] = other.indicators[:1]
            case "delete":
                del rows[at : at + 1]
            case "change" if at < len(rows):
                rows[at] = replace(rows[at], level3="改了", value="7", written="")
            case _ if len(rows) > 1:
                rows[0], rows[-1] = rows[-1], rows[0]
    parts = draw(
        st.sets(st.sampled_from(["fields", "tasks", "items", "spending_details", "title"]))
    )
    kept = {name: getattr(other if name in parts else before, name) for name in parts}
    return before, replace(before, indicators=tuple(rows), **kept)


@EACH
@settings(max_examples=12)
@given(pair=edits())
def test_filled_again_is_filled_anew(form_id: str, pair: tuple[Table, Table]) -> None:
    form = built_in(form_id)
    before, after = pair
    first = filled(form, before)
    again = filled(form, after, first)
    anew = fill(form, after)
    assert again.grid == anew
    assert filled(form, before, again).grid == fill(form, before)
    laid = layout(first.grid, em_width)
    assert layout(again.grid, em_width, before=(first.grid, laid)) == layout(anew, em_width)


@EACH
def test_what_stays_is_the_very_same(form_id: str) -> None:
    form = built_in(form_id)
    table = Table(fields={"project_name": "甲", "department_name": "甲"})
    first = filled(form, table)
    again = filled(form, replace(table, agency="某局"), first)
    for cell in again.grid.cells:
        known = first.grid.at(cell.row, cell.col)
        assert cell is known or cell != known


def test_another_form_shares_nothing() -> None:
    one, other = (built_in(form_id) for form_id in FORM_IDS[:2])
    table = Table()
    assert filled(other, table, filled(one, table)).grid == fill(other, table)
