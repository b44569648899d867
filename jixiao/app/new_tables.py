"""New tables from an empty form, put where agency and year say, both made when missing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.session import Session
from jixiao.app.tree import empty_table, new_table
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Grid
from jixiao.model.errors import KnownError
from jixiao.model.table import Table


@dataclass(frozen=True)
class FormPage:
    """A form with its empty page, to be chosen by its look."""

    form: Form
    page: Grid


def form_pages(forms: FormLibrary) -> list[FormPage]:
    """The forms at hand with their empty pages, the newest years first, general ones last."""
    found = sorted(forms.by_id.values(), key=_order)
    return [FormPage(form, fill(form, Table(kind=form.kind))) for form in found]


def _order(form: Form) -> tuple[bool, str, int]:
    return not form.region, form.region, -(form.start or 0)


def create_table(
    session: Session, form_id: str, agency: str, year: int | None, name: str = ""
) -> int:
    """Make an empty table as one step; returns its id.

    Args:
        session: The open book.
        form_id: Its form, which also tells its kind.
        agency: The agency in the tree, made when there is none of this name; may be empty.
        year: Its year, made when missing; None is 年度未定.
        name: The project's or department's name; may be empty, to be typed on the page.

    Raises:
        KnownError: No such form, or the book cannot be written.
    """
    agency, name = " ".join(agency.split()), " ".join(name.split())
    year_id = _year_id(session, agency, year)
    if year_id is not None and name:
        return new_table(session, year_id, form_id, name)
    form = session.forms.of_book(session.book, form_id)
    if form is None:
        raise KnownError(f"没有编号为“{form_id}”的表样。请换一个表样。")
    if form.kind == "department":
        name = name or agency
    with session.book.step(f"新建表 {name or form.name}") as step:
        session.forms.keep_copy(session.book, step, form_id)
        printed, code = agency, ""
        if year_id is not None:
            printed, code, _ = step.printed(year_id)
        table = replace(empty_table(form, name), agency=printed, agency_code=code, year=year)
        return step.add_table(table, year_id=year_id)


def _year_id(session: Session, agency: str, year: int | None) -> int | None:
    for node in session.book.tree():
        if node.name == agency:
            return next((found.id for found in node.years if found.year == year), None)
    return None
