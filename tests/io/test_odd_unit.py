"""A money unit that a form has no place for stands on the page all the same, and comes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.app.exporting import write_grid
from jixiao.app.forms.at_hand import BUILT_IN, FormLibrary
from jixiao.app.importing.drafts import read_draft
from jixiao.io.files.exchange import load_tables
from jixiao.io.paper.form.fill import fill, filled, unshown
from tests.conftest import TRUTH
from tests.io.forms import built_in

FORM = built_in("lukougov2026-bumen")
(TABLE,) = load_tables((TRUTH / "lukougov2026-department.json").read_text(encoding="utf-8"))


def page_words(unit: str) -> str:
    return "".join(cell.text for cell in fill(FORM, replace(TABLE, money_unit=unit)).cells)


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_an_unusual_unit_comes_back(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"导出.{ending}"
    write_grid(fill(FORM, replace(TABLE, money_unit="元")), path)
    (reading,) = read_draft(FormLibrary([BUILT_IN]), path)
    assert reading.table.money_unit == "元"
    assert reading.table.fields["budget_total"] == TABLE.fields["budget_total"]
    assert not reading.table.unplaced


@pytest.mark.parametrize("unit", ["元", "千元", "亿元"])
def test_it_stands_behind_the_first_amounts_label(unit: str) -> None:
    assert f"预算情况\n（{unit}）" in page_words(unit)
    told = [line.label for line in unshown(FORM, replace(TABLE, money_unit=unit))]
    assert "金额单位" not in told


@pytest.mark.parametrize("unit", ["万元", ""])
def test_the_usual_unit_changes_nothing(unit: str) -> None:
    assert page_words(unit) == page_words("")


def test_a_page_filled_again_follows_the_unit() -> None:
    before = filled(FORM, TABLE)
    odd = filled(FORM, replace(TABLE, money_unit="元"), before)
    assert odd.grid == fill(FORM, replace(TABLE, money_unit="元"))
    assert filled(FORM, TABLE, odd).grid == before.grid
