"""What a form can express comes back: filled, recognised, the same table."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.io.paper.form.fill import fill, unshown
from jixiao.io.recognise import recognise
from jixiao.model.table import Table
from tests.io.forms import FORM_IDS, all_labels, built_in, expressible


@pytest.mark.parametrize("form_id", FORM_IDS)
@settings(max_examples=25)
@given(data=st.data())
def test_what_a_form_expresses_comes_back(form_id: str, data: st.DataObject) -> None:
    form = built_in(form_id)
    table = data.draw(expressible(form))
    assert unshown(form, table) == []
    page = fill(form, table)
    readings = recognise([page], all_labels())
    assert [reading.unplaced for reading in readings] == [()]
    assert _plain(readings[0].table) == _plain(table)


def _plain(table: Table) -> Table:
    """The table without what paper does not tell."""
    return replace(table, fields=dict(sorted(table.fields.items())))
