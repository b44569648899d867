"""The reader on drafts of many places, on random layouts, and without its words.

What it reads is right, or it says so: a cell that is wrong without a word is worse than a question.
"""

import json

import pytest

from jixiao.io.recognise import recognise
from tests.io.forms import all_labels
from tests.reading.dropout import at_random, where_words_stand, without
from tests.reading.layouts import draw
from tests.reading.samples import Sample, samples
from tests.reading.score import Score, score
from tests.reading.write import grids

KNOWN = samples("clean", "messy", "drafts2", "cases")
# Layouts that are not read yet: projects as rows with levels as heads, a table on its side.
NOT_YET = ("06-", "37-", "49-", "50-", "58-")


def read(chosen, labels):
    total = Score()
    for sample in chosen:
        total.add(score(sample, recognise(sample.grids, labels, sample.name)))
    return total


def silent(total):
    return [line for line in total.lines if line.startswith("SILENT")]


@pytest.mark.parametrize("sample", KNOWN, ids=lambda s: f"{s.group}/{s.name}")
def test_nothing_is_wrong_without_a_word(sample):
    assert silent(read([sample], all_labels())) == []


@pytest.mark.parametrize("sample", samples("cases"), ids=lambda s: s.name)
def test_small_drafts_with_one_fault_each_are_right(sample):
    total = read([sample], all_labels())
    assert (total.flagged, total.silent) == (0, 0), total.lines


def test_drafts_of_many_places():
    chosen = [s for s in samples("reading") if not s.name.startswith(NOT_YET)]
    total = read(chosen, all_labels())
    assert total.silent <= 0.01 * total.cells, silent(total)
    assert total.right >= 0.97 * total.cells
    assert total.sure_wrong <= 4


def test_random_layouts():
    chosen = []
    for seed in range(1000, 1040):
        draft = draw(seed)
        tables = tuple(json.loads(json.dumps(draft.expected()["tables"])))
        chosen.append(Sample("layouts", draft.file, tuple(grids(draft)), tables))
    total = read(chosen, all_labels())
    assert total.silent <= 0.01 * total.cells, silent(total)
    assert total.right >= 0.95 * total.cells


def test_without_any_one_of_its_words():
    total = Score()
    told = sorted(where_words_stand(KNOWN, all_labels()), key=lambda one: one[0])
    for word, chosen in told[::9]:
        total.add(read(chosen, without(all_labels(), [word])))
    assert total.silent <= 0.004 * total.cells, silent(total)
    assert total.right >= 0.98 * total.cells


@pytest.mark.parametrize("seed", [3, 11])
def test_without_a_third_of_its_words(seed):
    total = read(KNOWN, at_random(all_labels(), 0.3, seed))
    assert total.silent <= 0.01 * total.cells, silent(total)
    assert total.right >= 0.92 * total.cells


def test_a_reading_tells_where_each_place_was_read():
    (sample,) = [s for s in KNOWN if s.name == "lukou2026-project-1.xlsx"]
    (reading,) = recognise(sample.grids, all_labels(), sample.name)
    at = {}
    for grid in sample.grids:
        at |= {grid.address(cell.row, cell.col): cell.text for cell in grid.cells}
    for number, indicator in enumerate(reading.table.indicators):
        assert at[reading.sources["indicators", "level3", number]] == indicator.level3
        assert at[reading.sources["indicators", "unit", number]] == indicator.unit
    name = reading.sources["field", "project_name", -1]
    assert at[name] == reading.table.fields["project_name"]
