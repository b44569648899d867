"""The models under Qt's own tester."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from jixiao.app.forms import FormLibrary
from jixiao.gui.page.model import CELL_ROLE, PageModel
from jixiao.gui.tree.model import TreeModel
from jixiao.gui.tree.view import TreeView
from jixiao.io.choose import choose_form
from jixiao.io.exchange import load_tables
from jixiao.io.fill import fill
from jixiao.model.tree import AgencyNode, TableEntry, YearNode
from tests.gui.conftest import TRUTH

Mode = QAbstractItemModelTester.FailureReportingMode


@pytest.fixture(scope="module")
def forms() -> FormLibrary:
    return FormLibrary([])


def load(name: str):
    text = (TRUTH / f"{name}.json").read_text(encoding="utf-8")
    if '"jixiao-exchange"' not in text:
        text = f'{{"format": "jixiao-exchange", "version": 1, "tables": [{text}]}}'
    return load_tables(text)[0]


@pytest.mark.parametrize("path", sorted(TRUTH.glob("*.json")), ids=lambda path: path.stem)
def test_page_model_of_every_table(path: Path, forms: FormLibrary, qtbot) -> None:
    table = load(path.stem)
    form = choose_form(list(forms.by_id.values()), table) or forms.current("tongyong-xiangmu")
    model = PageModel()
    tester = QAbstractItemModelTester(model, Mode.Fatal)
    grid = fill(form, table)
    model.set_page(grid)
    for cell in grid.cells:
        index = model.index_of(cell)
        assert index.data() == cell.text
        assert index.data(CELL_ROLE) is cell
        editable = bool(model.flags(index) & Qt.ItemFlag.ItemIsEditable)
        assert editable == (not cell.is_label)
    tester.deleteLater()


def test_page_model_changes_by_difference(forms: FormLibrary, qtbot) -> None:
    table = load("lukou2026-project-1")
    form = forms.current("lukou2026-xiangmu")
    model = PageModel()
    tester = QAbstractItemModelTester(model, Mode.Fatal)
    model.set_page(fill(form, table))
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda top, _: changed.append((top.row(), top.column())))
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    first = table.indicators[0]
    other = replace(table, indicators=(replace(first, value="1"), *table.indicators[1:]))
    model.update_page(fill(form, other))
    assert len(changed) == 1
    rows = model.rowCount()
    for indicators in (
        (first, *table.indicators),
        table.indicators[2:],
        (*table.indicators, first, first),
        (),
        table.indicators,
    ):
        model.update_page(fill(form, replace(table, indicators=indicators)))
        assert model.rowCount() == len(model.grid.rows)
    assert model.rowCount() == rows
    assert not resets
    tester.deleteLater()


def tree(*agencies: tuple[str, dict[int | None, list[tuple[int, str]]]]) -> list[AgencyNode]:
    return [
        AgencyNode(
            number,
            name,
            "",
            tuple(
                YearNode(
                    number * 100 + at,
                    year,
                    tuple(
                        TableEntry(table_id, text, "project", "", "", "draft", place)
                        for place, (table_id, text) in enumerate(tables)
                    ),
                )
                for at, (year, tables) in enumerate(years.items())
            ),
        )
        for number, (name, years) in enumerate(agencies)
    ]


def test_tree_keeps_what_is_open_and_selected(qtbot) -> None:
    model = TreeModel()
    tester = QAbstractItemModelTester(model, Mode.Fatal)
    view = TreeView(model)
    qtbot.addWidget(view)
    model.set_tree(tree(("甲", {2026: [(1, "a"), (2, "b"), (3, "c")]}), ("", {None: [(4, "d")]})))
    assert model.index(1, 0).data() == "单位未定"
    assert model.index(0, 0, model.index(1, 0)).data() == "年度未定"
    view.show_current(2)
    closed = model.index(1, 0)
    view.collapse(closed)
    chosen: list[int] = []
    view.table_chosen.connect(chosen.append)
    model.set_tree(tree(("甲改", {2026: [(3, "c"), (2, "B"), (5, "e")]}), ("", {None: [(4, "d")]})))
    assert view.currentIndex() == model.index_of_table(2)
    assert view.currentIndex().data() == "B"
    assert view.isExpanded(model.index(0, 0))
    assert not view.isExpanded(model.index(1, 0))
    assert chosen == []
    model.set_tree([])
    assert model.rowCount(QModelIndex()) == 0
    tester.deleteLater()
