"""What is compared with what, and the comparison itself, made on the book's thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jixiao.app.importing.drafts import read_file
from jixiao.app.progress import Progress, silent
from jixiao.app.session import Session
from jixiao.app.versions.versions import (
    Side,
    compare_sides,
    draft_side,
    form_of_version,
    version_side,
    versions_of,
    year_side,
)
from jixiao.io.paper.compare.compare_sets import TablePair
from jixiao.io.paper.form.form import Form
from jixiao.model.table import Table


@dataclass(frozen=True, slots=True)
class Choice:
    """One side that can be compared: a version or a year of the book, or a draft.

    Attributes:
        kind: What it is.
        id: The version's or the year's.
        label: What it is called.
        path: The draft.
    """

    kind: Literal["version", "year", "draft"]
    id: int = 0
    label: str = ""
    path: Path | None = None


@dataclass(frozen=True)
class Comparison:
    """Two sides and their tables in pairs.

    ``forms`` are those in which the pairs are shown, in their order.
    """

    left: Side
    right: Side
    pairs: tuple[TablePair, ...]
    forms: tuple[Form, ...]

    @property
    def count(self) -> int:
        """How many places are different; a whole table counts as one."""
        return sum(
            1 if pair.difference is None else len(pair.difference.changes) for pair in self.pairs
        )

    @property
    def is_now(self) -> bool:
        """Whether the right side is what the book says now, so that places can be taken back."""
        return self.right.version_id is None and bool(self.right.ids)


def choices_of(session: Session, agency_id: int) -> list[Choice]:
    """All that can be compared of an agency: its years as they are, and their versions."""
    found: list[Choice] = []
    for agency in session.book.tree():
        if agency.id != agency_id:
            continue
        for year in agency.years:
            name = "年度未定" if year.year is None else f"{year.year} 年"
            found.append(Choice("year", year.id, f"{name} 现在的表"))
            found += [
                Choice("version", version.id, f"{name} {version.name}")
                for version in reversed(versions_of(session, year.id))
            ]
    return found


def compare(
    session: Session, left: Choice, right: Choice, progress: Progress = silent
) -> Comparison:
    """Compare two sides.

    Raises:
        KnownError: One is not there any more, or the draft cannot be read.
        CancelledError: From ``progress``.
    """
    progress(0, 2, left.label)
    one = _side(session, left)
    progress(1, 2, "正在比较…")
    other = _side(session, right)
    pairs = compare_sides(one, other)
    forms = [_form(session, pair, one, other) for pair in pairs]
    return Comparison(one, other, tuple(pairs), tuple(forms))


def _side(session: Session, choice: Choice) -> Side:
    if choice.kind == "version":
        return version_side(session, choice.id)
    if choice.kind == "year":
        return year_side(session, choice.id)
    assert choice.path is not None
    readings = read_file(session, choice.path)
    return draft_side(choice.label, [reading.table for reading in readings])


def _form(session: Session, pair: TablePair, left: Side, right: Side) -> Form:
    """The form of the right table, of the left one where that is all there is."""
    if pair.right is not None:
        return _form_of(session, right, right.tables[pair.right])
    assert pair.left is not None
    return _form_of(session, left, left.tables[pair.left])


def _form_of(session: Session, side: Side, table: Table) -> Form:
    if side.version_id is not None:
        return form_of_version(session, side.version_id, table)
    return session.form_of(table)
