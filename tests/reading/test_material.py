"""The drafts and their expectations are those that are drawn; random layouts are sound papers."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.judge import differences, lost
from tests.reading.layouts import draw
from tests.reading.make import FOLDER, drafts, expectation
from tests.reading.write import grids, plain, texts

DRAFTS = drafts()


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.file)
def test_an_expectation_is_the_one_that_is_drawn(draft):
    path = FOLDER / draft.file
    assert path.exists()
    assert path.with_suffix(".json").read_text(encoding="utf-8") == expectation(draft)


def test_no_file_is_without_a_drawing():
    names = {draft.file.rpartition(".")[0] for draft in DRAFTS}
    assert {path.stem for path in FOLDER.iterdir() if path.suffix != ".md"} == names


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.file)
def test_what_is_expected_stands_on_the_paper(draft):
    """No number and no text of an indicator is made up by the expectation."""
    shown = (str(plain(box[2])) for page in draft.pages for box in texts(page))
    paper = "".join("".join(shown).split())
    for table in draft.expected()["tables"]:
        for one in table["indicators"]:
            for key in ("level3", "explanation", "basis", "remark"):
                assert "".join((one.get(key) or "").split()) in paper


@settings(max_examples=40)
@given(st.integers(0, 9999))
def test_a_layout_is_a_paper_without_overlaps(seed):
    draft = draw(seed)
    for page in draft.pages:
        places = [
            (r, c)
            for row, col, _, rows, cols in texts(page)
            for r in range(row, row + rows)
            for c in range(col, col + cols)
        ]
        assert len(places) == len(set(places))
    assert draw(seed).expected() == draft.expected()
    assert [grid.cells for grid in grids(draft)] == [grid.cells for grid in grids(draw(seed))]


@settings(max_examples=40)
@given(st.integers(0, 9999))
def test_the_judge_finds_what_differs(seed):
    table = json.loads(json.dumps(draw(seed).expected()))["tables"][0]
    assert differences(table, table) == []
    assert lost(table, table) == []
    wrong = json.loads(json.dumps(table))
    wrong["indicators"][0]["value"] = "1234567"
    assert [one.path for one in differences(table, wrong)] == ["indicators.0.value"]
    assert {one.path.split(".")[0] for one in differences(table, None)} >= {"fields", "indicators"}
