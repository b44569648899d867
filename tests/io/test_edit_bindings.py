"""Whatever part of a filled form is typed into: the page shows it, and typing back restores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from jixiao.app.forms.check_sample import sample_table
from jixiao.io.paper.edit.edit import can_edit, edit
from jixiao.io.paper.form.choose import choose_form
from jixiao.io.paper.form.fill import fill, title_text
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Binding, Grid
from jixiao.model.table import Table
from jixiao.model.target import Target, format_target
from tests.io.forms import FORM_IDS, TABLE_IDS, built_in, truth

FORMS = [built_in(form_id) for form_id in FORM_IDS]


def _pages() -> Iterator[tuple[str, Form, Table]]:
    for form in FORMS:
        yield form.id, form, sample_table(form)
        yield form.id + "-empty", form, Table(kind=form.kind)
    for name in TABLE_IDS:
        form = choose_form(FORMS, truth(name))
        assert form is not None
        yield name, form, truth(name)


PAGES = list(_pages())
EACH = pytest.mark.parametrize(("form", "table"), [p[1:] for p in PAGES], ids=[p[0] for p in PAGES])


def _bindings(page: Grid) -> list[Binding]:
    return [part.binding for _, part in page.bound() if part.binding and can_edit(part.binding)]


def _shown(page: Grid, binding: Binding) -> list[str]:
    """The texts at a place of the table, wherever its rows stand on the page."""
    return [
        part.text
        for _, part in page.bound()
        if part.binding
        and (part.binding.target, part.binding.name) == (binding.target, binding.name)
        and set(binding.rows) <= set(part.binding.rows)
    ]


def _plain(form: Form, table: Table) -> Table:
    """The table without what says nothing new: the form's own title, a joined cell's own text."""
    rows = (
        replace(row, written="")
        if row.written == format_target(Target(row.comparator, row.value, row.unit))
        else row
        for row in table.indicators
    )
    return replace(table, indicators=tuple(rows), title=title_text(form, table).strip())


def _typed(binding: Binding) -> str:
    if (binding.target, binding.name) == ("field", "year"):
        return "2031"
    return "45%" if binding.target == "share" else "改了的甲乙"


@EACH
def test_what_is_typed_is_shown_and_typing_back_restores(form: Form, table: Table) -> None:
    page = fill(form, table)
    for binding in _bindings(page):
        if not binding.rows and binding.target not in {"field", "share"}:
            continue
        text = _typed(binding)
        before = _shown(page, binding)[0]
        changed = edit(form, table, binding, text)
        assert changed != table
        assert text in _shown(fill(form, changed), binding), binding
        restored = edit(form, changed, binding, before)
        assert _plain(form, restored) == _plain(form, table), binding


@EACH
def test_a_cleared_cell_is_blank_and_can_be_typed_again(form: Form, table: Table) -> None:
    page = fill(form, table)
    for binding in _bindings(page):
        if (not binding.rows and binding.target not in {"field", "share"}) or not _shown(
            page, binding
        )[0].strip():
            continue
        cleared = edit(form, table, binding, "")
        if binding.name == "title":
            assert cleared.title == ""
            continue
        if binding.name in {"level1", "level2"}:
            continue
        assert not _shown(fill(form, cleared), binding)[0].strip()
        again = edit(form, cleared, binding, _shown(page, binding)[0])
        assert _plain(form, again) == _plain(form, table), binding


@EACH
def test_typing_into_a_blank_row_makes_it(form: Form, table: Table) -> None:
    for binding in _bindings(fill(form, table)):
        if binding.rows or binding.target in {"field", "share", "other"}:
            continue
        assert edit(form, table, binding, "  ") == table
        changed = edit(form, table, binding, "新的一行")
        name = binding.target
        assert len(getattr(changed, name)) == len(getattr(table, name)) + 1  # one more row
        made = replace(binding, rows=(binding.insert_at,), insert_at=-1)
        assert "新的一行" in _shown(fill(form, changed), made), binding


@EACH
def test_typing_the_same_changes_nothing(form: Form, table: Table) -> None:
    page = fill(form, table)
    for _, part in page.bound():
        if part.binding and can_edit(part.binding):
            assert edit(form, table, part.binding, part.text) == table, part
