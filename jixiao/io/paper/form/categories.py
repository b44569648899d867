"""Categories: the pairs of levels under which indicators stand, and the order of a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jixiao.io.paper.form.form import Form
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
    used = [category_of(row) for row in (*table.indicators, *table.period_indicators)]
    return _each_once([*official_categories(form, table), *used])


def official_categories(form: Form, table: Table) -> list[Category]:
    """The categories of the form, then those of the table's vintage."""
    vintage = table.vintage or form.vintage
    if vintage not in LEVELS:
        vintage = vintage_of(form.levels)
    official = [(one, two) for one, twos in LEVELS.get(vintage, {}).items() for two in twos]
    return _each_once([*form.levels, *official])


def _each_once(pairs: Iterable[Category]) -> list[Category]:
    found: dict[Category, Category] = {}
    for pair in pairs:
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
        return self._rank_of(category_key(*pair))

    def place(self, rows: Sequence[object], pair: Category) -> int:
        """Where a row of a category belongs among rows that may not be sorted themselves.

        After the last row of its category; else among the rows of its first level; else after
        the last row of a first level that comes before.
        """
        return self._place([category_key(*category_of(row)) for row in rows], pair)

    def insert(self, rows: Sequence[Indicator], more: Sequence[Indicator]) -> list[Indicator]:
        """Rows with further ones, each put where ``place`` says; without levels at the end."""
        found = list(rows)
        keys = [category_key(*category_of(row)) for row in rows]
        for row in more:
            pair = category_of(row)
            at = self._place(keys, pair) if any(pair) else len(found)
            found.insert(at, row)
            keys.insert(at, category_key(*pair))
        return found

    def _place(self, keys: Sequence[Category], pair: Category) -> int:
        key = category_key(*pair)
        if key in keys:
            return len(keys) - keys[::-1].index(key)
        rank = self._rank_of(key)
        same = [i for i, other in enumerate(keys) if other[0] == key[0]]
        near = same or range(len(keys))
        before = [i for i in near if self._rank_of(keys[i]) < rank]
        if before:
            return before[-1] + 1
        return same[0] if same else 0

    def _rank_of(self, key: Category) -> tuple[int, int]:
        one, two = key
        last = len(self._pairs)
        first = self._level1.get(one, last) if one else last
        return first, self._pairs.get(key, last) if two else last
