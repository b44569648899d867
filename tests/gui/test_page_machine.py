"""Random edits, moves, pastes, undo, redo and reopening, against a plain list of rows."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from jixiao.app import clipboard, rows
from jixiao.app.clipboard import Clip
from jixiao.app.session import Session
from jixiao.app.tree import new_agency, new_table, new_year
from jixiao.gui.document import Document
from jixiao.gui.page.block import own_binding, rows_of
from jixiao.gui.page.fonts import PageFonts
from jixiao.gui.page.model import PageModel
from jixiao.gui.page.view import PageView
from jixiao.gui.worker import BookWorker
from jixiao.io.paper.edit.clipboard import Rect
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.page.grid import Cell

FORM = "lukou2026-xiangmu"
COLUMNS = ("level3", "value", "unit")
PAIRS = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益"))
TEXTS = st.sampled_from(["甲", "乙 丙", "12", "3.50", "=a", "百分比"])
ROWS = st.integers(0, 40)

Plain = tuple[str, str, str, str, str]  # level 1, level 2, level 3, value, unit


class Machine(RuleBasedStateMachine):
    """A document with its page, beside a list of rows with a past and a future."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "book.jxb"
        with Session.open(self.path) as session:
            year = new_year(session, new_agency(session, "局"), 2026)
            self.table_id = new_table(session, year, FORM, "甲项目")
            self.other_id = new_table(session, year, FORM, "乙项目")
        self.rows: list[Plain] = []
        self.past: list[list[Plain]] = []
        self.future: list[list[Plain]] = []
        self.page = PageModel()
        self.tester = QAbstractItemModelTester(
            self.page, QAbstractItemModelTester.FailureReportingMode.Fatal
        )
        self.view = PageView(self.page, PageFonts())
        self.worker = BookWorker(synchronous=True)
        self.open()

    def open(self) -> None:
        document = self.document = Document(self.worker)
        document.leaving.connect(self.view.commit)
        document.table_shown.connect(
            lambda: document.shown and self.page.set_page(document.shown.grid)
        )
        document.page_changed.connect(
            lambda: document.shown and self.page.update_page(document.shown.grid)
        )
        document.message_wanted.connect(lambda _: None)
        self.page.editor = document.edit
        document.open(self.path, table_id=self.table_id)

    @initialize()
    def fill_some(self) -> None:
        for pair in PAIRS:
            self.document.act(lambda form, table, pair=pair: rows.add_category(form, table, *pair))
            self.changed([*self.rows, (*pair, "", "", "")])

    # The plain side

    def changed(self, new: Sequence[Plain]) -> None:
        if list(new) != self.rows:
            self.past.append(self.rows)
            self.future = []
            self.rows = list(new)

    def at(self, row: int) -> int:
        return row % len(self.rows)

    def with_column(self, row: int, column: int, text: str) -> list[Plain]:
        new = list(self.rows)
        new[row] = (*new[row][: column + 2], text, *new[row][column + 3 :])
        return new

    def cell(self, row: int, column: str) -> Cell:
        return next(
            c
            for c, p in self.page.grid.bound()
            if p.binding.target == "indicators"
            and p.binding.name == column
            and row in p.binding.rows
        )

    def act(self, action: Callable[..., rows.Edit]) -> None:
        self.document.act(action)

    # What a clerk does

    @precondition(lambda self: self.rows)
    @rule(row=ROWS, column=st.integers(0, 2), text=st.one_of(TEXTS, st.just("")))
    def type(self, row: int, column: int, text: str) -> None:
        at = self.at(row)
        assert self.page.setData(self.page.index_of(self.cell(at, COLUMNS[column])), text)
        self.changed(self.with_column(at, column, text))

    @precondition(lambda self: not self.rows)
    @rule(text=TEXTS)
    def type_into_the_empty_page(self, text: str) -> None:
        cell = next(c for c, p in self.page.grid.bound() if p.binding.name == "level3")
        assert self.page.setData(self.page.index_of(cell), text)
        self.changed([("", "", text, "", "")])

    @precondition(lambda self: self.rows)
    @rule(row=ROWS, text=TEXTS)
    def type_a_level(self, row: int, text: str) -> None:
        cell = self.cell(self.at(row), "level2")
        run = cell.bindings[0].rows
        assert self.page.setData(self.page.index_of(cell), text)
        self.changed([(r[0], text, *r[2:]) if n in run else r for n, r in enumerate(self.rows)])

    @precondition(lambda self: self.rows)
    @rule(row=ROWS, below=st.booleans())
    def insert(self, row: int, below: bool) -> None:
        at = self.at(row)
        self.act(lambda f, t: rows.insert_row(f, t, "indicators", at, below=below))
        new = (*self.rows[at][:2], "", "", "")
        self.changed([*self.rows[: at + below], new, *self.rows[at + below :]])

    @precondition(lambda self: self.rows)
    @rule(row=ROWS, text=st.one_of(TEXTS, st.none()))
    def row_that_comes_by_itself(self, row: int, text: str | None) -> None:
        at = self.at(row)
        edit = self.document.draft(lambda f, t: rows.insert_row(f, t, "indicators", at, below=True))
        assert edit is not None
        if text is None:
            self.document.drop_draft()
            return
        assert self.page.setData(self.page.index_of(self.cell(at + 1, "level3")), text)
        new = (*self.rows[at][:2], text, "", "")
        self.changed([*self.rows[: at + 1], new, *self.rows[at + 1 :]])

    @precondition(lambda self: self.rows)
    @rule(chosen=st.sets(ROWS, min_size=1, max_size=3))
    def delete(self, chosen: set[int]) -> None:
        gone = {self.at(row) for row in chosen}
        self.act(lambda f, t: rows.delete_rows(f, t, "indicators", sorted(gone)))
        self.changed([row for n, row in enumerate(self.rows) if n not in gone])

    @precondition(lambda self: 0 < len(self.rows) < 30)
    @rule(row=ROWS)
    def duplicate(self, row: int) -> None:
        at = self.at(row)
        self.act(lambda f, t: rows.duplicate_rows(f, t, "indicators", [at]))
        self.changed([*self.rows[: at + 1], *self.rows[at:]])

    @precondition(lambda self: self.rows)
    @rule(row=ROWS, up=st.booleans())
    def move(self, row: int, up: bool) -> None:
        at = self.at(row)
        self.act(lambda f, t: rows.move_rows(f, t, "indicators", [at], up=up))
        beside = at - 1 if up else at + 1
        new = list(self.rows)
        if 0 <= beside < len(new):
            if new[beside][:2] == new[at][:2]:
                new[at], new[beside] = new[beside], new[at]
            else:
                new[at] = (*new[beside][:2], *new[at][2:])
        self.changed(new)

    @precondition(lambda self: self.rows)
    @rule(row=ROWS, texts=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
    def paste(self, row: int, texts: list[tuple[str, str]]) -> None:
        at = self.at(row)
        cell = self.cell(at, "level3")
        rect = Rect(cell.row, cell.col, cell.bottom, cell.right)
        grid = self.page.grid
        self.act(
            lambda f, t: clipboard.paste(
                f, t, grid, rect, Clip([list(pair) for pair in texts], grid)
            )
        )
        new = list(self.rows)
        for number, (name, value) in enumerate(texts, start=at):
            if number < len(self.rows):
                new[number] = (*new[number][:2], name, value, new[number][4])
            else:
                new.append((*self.rows[-1][:2], name, value, ""))
        self.changed(new)

    @precondition(lambda self: self.rows)
    @rule(row=ROWS, height=st.integers(1, 2), far=st.integers(1, 5), up=st.booleans())
    def pull_the_handle(self, row: int, height: int, far: int, up: bool) -> None:
        at = min(self.at(row), len(self.rows) - height)
        if at < 0:
            return
        top, bottom = self.cell(at, "value"), self.cell(at + height - 1, "value")
        source = Rect(top.row, top.col, bottom.bottom, top.right)
        target = replace(source, top=max(source.top - far, 0)) if up else source
        target = target if up else replace(source, bottom=source.bottom + far)
        grid = self.page.grid
        self.act(lambda f, t: clipboard.fill_to(f, t, grid, source, target))
        given = [row[3] for row in self.rows[at : at + height]]
        numbers = len(given) == 2 and all(text in {"12", "3.50"} for text in given)
        step = Decimal(given[-1]) - Decimal(given[0]) if numbers else None
        new = list(self.rows)
        for n in range(max(at - far, 0), at) if up else range(at + height, at + height + far):
            if n < len(new):
                text = given[(n - at) % height]
                if step is not None and numbers:
                    places = 0 if set(given) == {"12"} else 2
                    text = f"{Decimal(given[0]) + step * (n - at):.{places}f}"
                new[n] = (*new[n][:3], text, new[n][4])
        self.changed(new)

    @precondition(lambda self: self.rows)
    @rule(row=ROWS, count=st.integers(1, 3))
    def clear(self, row: int, count: int) -> None:
        chosen = [n for n in range(self.at(row), self.at(row) + count) if n < len(self.rows)]
        spots = {
            (c.row, c.col) for n in chosen for c in (self.cell(n, "value"), self.cell(n, "unit"))
        }
        grid = self.page.grid
        self.act(lambda f, t: clipboard.clear(f, t, grid, spots))
        self.changed([(*r[:3], "", "") if n in chosen else r for n, r in enumerate(self.rows)])

    @rule()
    def undo(self) -> None:
        if self.past:
            self.document.undo()
            self.future.append(self.rows)
            self.rows = self.past.pop()

    @rule()
    def redo(self) -> None:
        if self.future:
            self.document.redo()
            self.past.append(self.rows)
            self.rows = self.future.pop()

    @rule()
    def look_at_another_table(self) -> None:
        self.document.show_table(self.other_id)
        assert self.document.shown.table.indicators == ()
        self.document.show_table(self.table_id)

    @rule()
    def reopen(self) -> None:
        self.document.close_book()
        self.open()

    # What must hold

    @invariant()
    def the_document_says_the_same(self) -> None:
        shown = self.document.shown
        assert shown is not None
        assert shown.table_id == self.table_id
        plain = [(i.level1, i.level2, i.level3, i.value, i.unit) for i in shown.table.indicators]
        assert plain == self.rows
        assert not self.document.has_draft
        assert not self.document.saver.unsaved_tables

    @invariant()
    def the_page_shows_it(self) -> None:
        shown, grid = self.document.shown, self.page.grid
        assert grid == fill(shown.form, shown.table)
        assert self.page.rowCount() == len(grid.rows)
        for number, row in enumerate(self.rows):
            (at,) = rows_of(grid, "indicators", [number])
            texts = {b.name: c.text for c in grid.row_cells(at) for b in c.bindings}
            assert (texts["level3"], texts["value"], texts["unit"]) == row[2:]
            assert own_binding(grid, at).rows == (number,)
        for cell in grid.cells:
            spans = (
                self.view.rowSpan(cell.row, cell.col),
                self.view.columnSpan(cell.row, cell.col),
            )
            assert spans == (cell.rowspan, cell.colspan)

    @invariant()
    def undo_and_redo_know_their_names(self) -> None:
        names = self.document.names
        assert names.undo is not None
        assert (names.redo is not None) == bool(self.future)

    def teardown(self) -> None:
        self.document.close_book()
        self.worker.close()
        self.view.deleteLater()
        shutil.rmtree(self.folder)


def test_the_page_is_a_plain_list_of_rows(qapp: QApplication) -> None:
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
