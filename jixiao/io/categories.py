"""Categories: the pairs of levels under which indicators stand, and the order of a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jixiao.io.form import Form
from jixiao.model.table import Indicator, Table
from jixiao.model.vocabulary import (
    LEVELS,
    canonical_level1,
    canonical_level2,
    level_key,
    vintage_of,
)

Category = tuple[str, str]
"""First and second level, as written."""


def category_key(level1: str, level2: str) -> Category:
    """A category as it is compared: synonyms, 指标, blanks and numbering make no difference."""
    return (
        canonical_level1(level1) or level_key(level1),
        canonical_level2(level2) or level_key(level2),
    )


def category_of(row: object) -> Category:
    """The levels of an indicator as written; rows of other lists have none."""
    return (row.level1, row.level2) if isinstance(row, Indicator) else ("", "")


def categories(form: Form, table: Table) -> list[Category]:
    """The categories to offer: the form's, then its vintage's, then others the table has."""
    vintage = table.vintage or form.vintage
    if vintage not in LEVELS:
        vintage = vintage_of(form.levels)
    official = ((one, two) for one, twos in LEVELS.get(vintage, {}).items() for two in twos)
    used = (category_of(row) for row in (*table.indicators, *table.period_indicators))
    found: dict[Category, Category] = {}
    for pair in (*form.levels, *official, *used):
        if any(pair):
            found.setdefault(category_key(*pair), pair)
    return list(found.values())


class CategoryOrder:
    """The order in which a form puts categories; unknown ones follow as they appear.

    Args:
        form: The form whose order counts.
        rows: The rows of the table, for the order of levels that the form does not know.
    """

    def __init__(self, form: Form, table: Table, rows: Iterable[object] = ()) -> None:
        self._level1: dict[str, int] = {}
        self._pairs: dict[Category, int] = {}
        for pair in (*categories(form, table), *(category_of(row) for row in rows)):
            one, two = category_key(*pair)
            self._level1.setdefault(one, len(self._level1))
            self._pairs.setdefault((one, two), len(self._pairs))

    def rank(self, pair: Category) -> tuple[int, int]:
        """Where a category stands; without levels at all it is the last."""
        one, two = category_key(*pair)
        last = len(self._pairs)
        first = self._level1.get(one, last) if one else last
        return first, self._pairs.get((one, two), last) if two else last

    def place(self, rows: Sequence[object], pair: Category) -> int:
        """Where a row of a category belongs among rows that may not be sorted themselves.

        After the last row of its category; else among the rows of its first level; else after
        the last row of a first level that comes before.
        """
        key, rank = category_key(*pair), self.rank(pair)
        keys = [category_key(*category_of(row)) for row in rows]
        if key in keys:
            return len(keys) - keys[::-1].index(key)
        same = [i for i, other in enumerate(keys) if other[0] == key[0]]
        near = same or range(len(rows))
        before = [i for i in near if self.rank(category_of(rows[i])) < rank]
        if before:
            return before[-1] + 1
        return same[0] if same else 0
