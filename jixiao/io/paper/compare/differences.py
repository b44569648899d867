"""What two tables say differently, cell by cell: to be marked on the page, listed, taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from jixiao.io.paper.compare.align import align, in_order
from jixiao.io.paper.compare.row_texts import (
    LEVELS,
    LISTS,
    META,
    WHOLE_TARGET,
    AnyRow,
    cell_text,
    columns_of,
    face_of,
    joined_rows,
    place_label,
    row_label,
    row_text,
    rows_of,
    text_at,
)
from jixiao.io.paper.page.grid import Binding
from jixiao.io.paper.page.spans import Spans, changed_spans
from jixiao.model.checks.healed import is_healed_line
from jixiao.model.columns import column_label
from jixiao.model.table import Indicator, Table

DifferenceKind = Literal["added", "removed", "changed", "moved"]
Side = Literal["old", "new"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place of a table that was added, removed or changed, or a row that was moved.

    Attributes:
        kind: What happened to it on the way from the old table to the new one.
        label: What the place is called (指标“活动次数” 指标值).
        old: Its old text, as a page shows it.
        new: Its new text.
        place: Where it stands in the new table, as a page is bound; None where it is gone. The
            name is empty for a whole row, "text" for a note; the target value of an indicator is
            one place, "target:cvu". A field beside the usual ones is "form".
        old_place: Where it stood in the old table; None where it is new.
        old_spans: The characters of the old text that are not in the new one.
        new_spans: The characters of the new text that were not in the old one.
        after: For a row that is gone: the row of the new list below which it stood, -1 at the top.
    """

    kind: DifferenceKind
    label: str
    old: str
    new: str
    place: Binding | None = None
    old_place: Binding | None = None
    old_spans: Spans = ()
    new_spans: Spans = ()
    after: int = -1

    @property
    def is_row(self) -> bool:
        """Whether it is a whole row that came, went or moved."""
        place = self.place or self.old_place
        return place is not None and bool(place.rows) and not place.name


@dataclass(frozen=True)
class TableDifference:
    """How one table became another.

    Attributes:
        old: The old table.
        new: The new one.
        old_of: For each list, by the row of the new table, the row of the old one that it was.
        changes: All differences, in the order of the table.
    """

    old: Table
    new: Table
    old_of: Mapping[str, Mapping[int, int]]
    changes: tuple[Difference, ...] = field(default=())

    @property
    def same(self) -> bool:
        """Whether both say the same, whatever rows a form prints empty."""
        return not self.changes

    @cached_property
    def new_of(self) -> Mapping[str, Mapping[int, int]]:
        """For each list, by the row of the old table, the row of the new one that it became."""
        return {name: {o: n for n, o in rows.items()} for name, rows in self.old_of.items()}

    def at(self, place: Binding, side: Side = "new") -> Difference | None:
        """What is different at a place of a page, whatever its form joins in one cell.

        Args:
            place: A binding of the page on which one of the tables is shown.
            side: Which of them.
        """
        if place.target in LISTS:
            return self._at_rows(place, side)
        if place.target in {"field", "share"}:
            return _changed(self.old, self.new, place, place, place_label(place))
        return None

    def _at_rows(self, place: Binding, side: Side) -> Difference | None:
        """A level cell covers several rows; what happened to any of them happened to it."""
        others = (self.old_of if side == "new" else self.new_of)[place.target]
        there = tuple(others[row] for row in place.rows if row in others)
        here_table, there_table = (self.new, self.old) if side == "new" else (self.old, self.new)
        here = joined_rows(here_table, place, place.rows)
        other = joined_rows(there_table, place, there)
        if here == other:
            return None
        there_place = replace(place, rows=there) if there else None
        label = place_label(place)
        if side == "new":
            return _difference(label, other, here, place, there_place)
        return _difference(label, here, other, there_place, place)


def compare_tables(old: Table, new: Table) -> TableDifference:
    """Compare two tables, cell by cell.

    Rows are found again by what they say, so that one that was put in does not change those
    below it. Pre-printed rows in which nothing stands are the form's matter and not compared, nor
    are the notes of what a reading mended, which tell how a table came about.
    """
    old_of: dict[str, Mapping[int, int]] = {}
    changes = list(_fields(old, new))
    for name in LISTS:
        before, after = rows_of(old, name), rows_of(new, name)
        old_at, new_at = _compared(before), _compared(after)
        known = align([face_of(before[at]) for at in old_at], [face_of(after[at]) for at in new_at])
        old_of[name] = {new_at[row]: old_at[there] for row, there in known.items()}
        if before != after:
            changes += _list_changes(old, new, name, old_of[name])
    return TableDifference(old, new, old_of, tuple(changes))


def _compared(rows: Sequence[AnyRow]) -> list[int]:
    """The places of the rows that are compared."""
    return [at for at, row in enumerate(rows) if not _is_healed(row)]


def _is_healed(row: AnyRow) -> bool:
    return isinstance(row, str) and is_healed_line(row)


def _fields(old: Table, new: Table) -> Iterator[Difference]:
    shares = (share.by for table in (old, new) for share in table.payment_schedule)
    places = [
        *(Binding("field", name) for name in META),
        *(Binding("field", key) for key in dict.fromkeys((*old.fields, *new.fields))),
        *(Binding("share", by) for by in dict.fromkeys(shares)),
    ]
    for place in places:
        found = _changed(old, new, place, place, place_label(place))
        if found is not None:
            yield found


def _list_changes(
    old: Table, new: Table, name: str, old_of: Mapping[int, int]
) -> Iterator[Difference]:
    """The differences of one list from top to bottom, rows that are gone where they stood."""
    before, after = rows_of(old, name), rows_of(new, name)
    kept = in_order(dict(old_of))
    new_of = {one: other for other, one in old_of.items()}
    gone: dict[int, list[Difference]] = {}
    last = -1
    for index, row in enumerate(before):
        if _is_healed(row):
            continue
        if index not in new_of:
            label = row_label(name, row, index)
            place = Binding(name, "", (index,))
            lost = Difference("removed", label, row_text(row), "", None, place, after=last)
            gone.setdefault(last, []).append(lost)
        elif new_of[index] in kept:
            last = new_of[index]
    yield from gone.get(-1, ())
    levels = _level_changes(old, new, name, old_of)
    for index, row in enumerate(after):
        label, place = row_label(name, row, index), Binding(name, "", (index,))
        if _is_healed(row):
            continue
        if index not in old_of:
            yield Difference("added", label, "", row_text(row), place)
        else:
            there = Binding(name, "", (old_of[index],))
            if index not in kept:
                text = row_text(row)
                yield Difference("moved", label, text, text, place, there)
            yield from levels.get(index, ())
            yield from _row_changes(old, new, place, there)
        yield from gone.get(index, ())


def _row_changes(old: Table, new: Table, place: Binding, there: Binding) -> Iterator[Difference]:
    before = rows_of(old, there.target)[there.rows[0]]
    after = rows_of(new, place.target)[place.rows[0]]
    if before == after:
        return
    label = row_label(place.target, after, place.rows[0])
    for column in dict.fromkeys((*columns_of(before), *columns_of(after))):
        if isinstance(after, Indicator) and column in LEVELS:
            continue
        here, other = replace(place, name=column), replace(there, name=column)
        words = f"{label} {column_label(column)}" if column != "text" else label
        found = _changed(old, new, other, here, words)
        if found is None and column == WHOLE_TARGET:
            found = _split_target(before, after, here, other, words)
        if found is not None:
            yield found


def _split_target(
    before: AnyRow, after: AnyRow, place: Binding, there: Binding, label: str
) -> Difference | None:
    """A target that reads the same but is divided otherwise into comparator, value and unit."""
    assert isinstance(before, Indicator)
    assert isinstance(after, Indicator)
    old = (before.comparator, before.value, before.unit)
    new = (after.comparator, after.value, after.unit)
    if old == new:
        return None
    return _difference(label, " | ".join(old), " | ".join(new), place, there)


def _level_changes(
    old: Table, new: Table, name: str, old_of: Mapping[int, int]
) -> dict[int, list[Difference]]:
    """The changed levels, by the first row of each run of rows whose level changed alike."""
    found: dict[int, list[Difference]] = {}
    after = rows_of(new, name)
    for column in LEVELS if name in {"indicators", "period_indicators"} else ():
        runs: list[tuple[str, str, list[int]]] = []
        for index, row in enumerate(after):
            if index not in old_of:
                continue
            texts = cell_text(rows_of(old, name)[old_of[index]], column), cell_text(row, column)
            if texts[0] == texts[1]:
                continue
            if runs and runs[-1][:2] == texts and runs[-1][2][-1] == index - 1:
                runs[-1][2].append(index)
            else:
                runs.append((*texts, [index]))
        for before, now, rows in runs:
            label = row_label(name, after[rows[0]], rows[0])
            label += f"等 {len(rows)} 行" if len(rows) > 1 else ""
            here = Binding(name, column, tuple(rows))
            there = replace(here, rows=tuple(old_of[row] for row in rows))
            label = f"{label} {column_label(column)}"
            found.setdefault(rows[0], []).append(_difference(label, before, now, here, there))
    return found


def _changed(
    old: Table, new: Table, there: Binding, place: Binding, label: str
) -> Difference | None:
    before, after = text_at(old, there), text_at(new, place)
    return None if before == after else _difference(label, before, after, place, there)


def _difference(
    label: str, old: str, new: str, place: Binding | None, there: Binding | None
) -> Difference:
    kind: DifferenceKind = "changed" if old and new else "added" if new else "removed"
    return Difference(kind, label, old, new, place, there, *changed_spans(old, new))
