"""The models under Qt's own tester."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

import jixiao.gui
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.gui.compare.list import CHANGE_ROLE, ChangeModel
from jixiao.gui.library.list import HIT_ROLE, HitModel
from jixiao.gui.page.model import CELL_ROLE, PageModel
from jixiao.gui.review.source import SourceModel
from jixiao.gui.tree.model import TreeModel
from jixiao.gui.tree.view import TreeView
from jixiao.io.files.exchange import load_tables
from jixiao.io.paper.compare.differences import Difference
from jixiao.io.paper.form.choose import choose_form
from jixiao.io.paper.form.fill import fill
from jixiao.model.library import Entry
from jixiao.model.library_search import Hit
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


def through_changes(model: ChangeModel) -> None:
    one = Difference("changed", "指标值", "1", "2")
    for changes in ((one,), (), (one, replace(one, kind="moved")), ()):
        model.set_items(changes)
        walk(model)
        rows = [model.index(row).data(CHANGE_ROLE) for row in range(model.rowCount())]
        assert rows == list(changes)


def through_hits(model: HitModel) -> None:
    one = Hit(Entry(name="活动次数"))
    for hits in ((one,), (one, replace(one, count=2)), (), (one,)):
        model.set_items(hits)
        walk(model)
        assert [model.index(row).data(HIT_ROLE) for row in range(model.rowCount())] == list(hits)


def through_sources(model: SourceModel) -> None:
    form = FormLibrary([]).current("lukou2026-xiangmu")
    grid = fill(form, load("lukou2026-project-1"))
    empty = model.grid
    for shown in (grid, empty, grid):
        model.set_grid(shown)
        walk(model)
        assert (model.rowCount(), model.columnCount()) == (len(shown.rows), len(shown.columns))
        model.set_marks({(0, 0): "ask"})
    for cell in grid.cells:
        assert model.cell(model.index(cell.row, cell.col)) == cell


def through_pages(model: PageModel) -> None:
    form = FormLibrary([]).current("lukou2026-xiangmu")
    table = load("lukou2026-project-1")
    model.set_page(fill(form, table))
    walk(model)
    model.update_page(fill(form, replace(table, indicators=table.indicators[1:])))
    walk(model)


def through_trees(model: TreeModel) -> None:
    years: dict[int | None, list[tuple[int, str]]] = {2026: [(1, "a"), (2, "b")], 2025: [(3, "c")]}
    model.set_tree(tree(("甲", years), ("乙", {2026: [(4, "d")]})))
    walk(model)
    for only in ({2}, {2, 4}, {4}, {1, 3}, set(), {1, 2, 3, 4}):
        if model.filtered:
            model.change_only(only)
        else:
            model.show_only(only)
        walk(model)
        assert model.table_count == len(only)
        assert all(model.index_of_table(one).isValid() == (one in only) for one in range(1, 5))
    model.show_only(None)
    assert model.table_count == 4
    walk(model)


def walk(model: QAbstractItemModel, parent: QModelIndex | None = None) -> None:
    """Ask every index for everything, so that the tester sees it."""
    parent = QModelIndex() if parent is None else parent
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            assert index.isValid()
            assert index.parent() == parent
            for role in Qt.ItemDataRole:
                model.data(index, role)
            assert model.flags(index) & Qt.ItemFlag.ItemIsEnabled
            walk(model, index)


THROUGH: dict[type[QAbstractItemModel], Callable] = {
    ChangeModel: through_changes,
    HitModel: through_hits,
    SourceModel: through_sources,
    PageModel: through_pages,
    TreeModel: through_trees,
}


@pytest.mark.parametrize("kind", THROUGH, ids=lambda kind: kind.__name__)
def test_every_model_under_the_tester(kind: type[QAbstractItemModel], qtbot) -> None:
    model = kind()
    tester = QAbstractItemModelTester(model, Mode.Fatal)
    THROUGH[kind](model)
    tester.deleteLater()


def test_no_model_of_the_window_is_without_a_case() -> None:
    found: set[type] = set()
    for module in pkgutil.walk_packages(jixiao.gui.__path__, "jixiao.gui."):
        if module.name.rsplit(".", 1)[-1] == "__main__":
            continue
        for _, one in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            ours = issubclass(one, QAbstractItemModel) and one.__module__.startswith("jixiao.")
            if ours and not one.__subclasses__():  # what others are made of has no rows itself
                found.add(one)
    assert found == set(THROUGH)
