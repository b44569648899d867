"""Finding tables by anything that stands in them, and finding and replacing texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from jixiao.app.progress import Progress, silent
from jixiao.app.session import Session
from jixiao.app.tree import locked_text
from jixiao.io.paper.edit.edit import edit
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.form.places import places
from jixiao.io.paper.page.grid import Binding
from jixiao.model.history import Change
from jixiao.model.pinyin import InitialsMatcher
from jixiao.model.search import search_key
from jixiao.model.shorten import shorten
from jixiao.model.step import LockedTableError
from jixiao.model.table import Table

_AT_ONCE = 100  # tables that are read before a search tells how far it is
_MINUS = "-－−"
_LONGEST_IN_NAME = 12  # characters of a replaced text that the name of its step shows


def words_of(query: str) -> list[tuple[str, bool]]:
    """The words of a query, each with False when it must not be there (-培训, -2025).

    A minus by itself or within a word (A-1) is what it is.
    """
    found: list[tuple[str, bool]] = []
    for word in query.split():
        without = len(word) > 1 and word[0] in _MINUS
        found.append((word[1:], False) if without else (word, True))
    return found


class TreeFilter:
    """Tells which tables a query finds; keeps the names at hand and up to date until closed."""

    def __init__(self, session: Session) -> None:
        """For this book, until ``close``."""
        self._book = session.book
        self._names: list[tuple[int, str, str]] | None = None
        self._matcher = InitialsMatcher(())
        self.close = self._book.subscribe(self._changed)

    def matches(self, query: str, *, texts: bool = True) -> set[int]:
        """The ids of the tables that every word of the query finds, and no word after a minus.

        A word finds a table by its agency, year or name, by the pinyin initials of agency or
        name, or by any text in it; case and width do not matter. An empty query finds all.

        Args:
            query: Words parted by blanks, those that must not be there after a minus.
            texts: Also look into the tables, not only at their names.
        """
        names = self._read_names()
        found = {table_id for table_id, _, _ in names}
        for word, wanted in words_of(query):
            hit = self._by_name(word, names)
            if texts and not found <= hit:
                hit |= self._book.tables_with(word)
            found = found & hit if wanted else found - hit
        return found

    def _by_name(self, word: str, names: Iterable[tuple[int, str, str]]) -> set[int]:
        key = search_key(word)
        hit = {table_id for table_id, _, compared in names if key in compared}
        pattern = self._matcher.pattern(word)
        if pattern is not None:
            search = pattern.search
            hit.update(table_id for table_id, name, _ in names if search(name))
        return hit

    def _changed(self, change: Change) -> None:
        if change.tree:
            self._names = None

    def _read_names(self) -> list[tuple[int, str, str]]:
        """For each table its id, agency and name, and those with the year as compared."""
        if self._names is None:
            self._names = []
            for agency in self._book.tree():
                before = search_key(agency.name) + "\n"
                for year in agency.years:
                    about = before + (f"{year.year}年\n" if year.year else "年度未定\n")
                    self._names += [
                        (t.id, f"{agency.name}\n{t.name}", about + search_key(t.name))
                        for t in year.tables
                    ]
            self._matcher = InitialsMatcher(name for _, name, _ in self._names)
        return self._names


@dataclass(frozen=True, slots=True)
class Hit:
    """A found text: from ``start`` to ``end`` of the whole ``text`` of one place of a table.

    On the page it stands in the cell with a binding of the same target and name that holds the
    first of its rows; where the form has no such cell, in the strip of what it does not show.
    """

    table_id: int
    binding: Binding
    text: str
    start: int
    end: int


def find(
    session: Session,
    text: str,
    table_ids: Collection[int] | None = None,
    *,
    case: bool = False,
    whole: bool = False,
    progress: Progress = silent,
) -> list[Hit]:
    """Every place in which a text stands, in the order of the tree.

    Args:
        session: The open book.
        text: What is looked for, taken literally.
        table_ids: Where (one table, those of an agency and year); None: in the whole book.
        case: Tell large letters from small ones.
        whole: Only where it is the whole content of a cell.
        progress: Told now and then in a large book; may stop the search.
    """
    found: list[Hit] = []
    ids = places_to_look(session, text, table_ids)
    for start in range(0, len(ids), _AT_ONCE):
        progress(start, len(ids), text)
        found += find_in(session, text, ids[start : start + _AT_ONCE], case=case, whole=whole)
    return found


def places_to_look(
    session: Session, text: str, table_ids: Collection[int] | None = None
) -> list[int]:
    """The ids of the tables in which a text may stand, in the order of the tree.

    With ``find_in`` on some of them at a time a search leaves room for other work between.
    """
    if not text:
        return []
    possible = session.book.tables_with(text)
    if table_ids is not None:
        possible &= set(table_ids)
    if len(possible) <= 1:
        return list(possible)
    order = (t.id for a in session.book.tree() for y in a.years for t in y.tables)
    return [table_id for table_id in order if table_id in possible]


def find_in(
    session: Session, text: str, table_ids: Collection[int], *, case: bool, whole: bool
) -> list[Hit]:
    """Every place of these tables in which a text stands, in the order of the tree."""
    pattern = re.compile(re.escape(text), 0 if case else re.IGNORECASE)
    forms: dict[str, Form] = {}
    hits: list[Hit] = []
    for table_id, table in session.book.tables(set(table_ids)):
        for binding, content in places(_form(session, forms, table), table):
            spans = [match.span() for match in pattern.finditer(content)]
            if whole:
                spans = [span for span in spans if span == (0, len(content))]
            hits += [Hit(table_id, binding, content, *span) for span in spans]
    return hits


def _form(session: Session, known: dict[str, Form], table: Table) -> Form:
    """The form of a table, looked up once for each form."""
    if not table.form:
        return session.form_of(table)
    if table.form not in known:
        known[table.form] = session.form_of(table)
    return known[table.form]


@dataclass(frozen=True)
class Replaced:
    """What a replacement did: how many texts, and in Chinese what was left out and why."""

    change: Change | None
    count: int
    skipped: tuple[str, ...]


def replace_all(
    session: Session, hits: Iterable[Hit], replacement: str, progress: Progress = silent
) -> Replaced:
    """Replace found texts as one step, as if each had been typed into its cell.

    Tables that were handed in, and texts that have changed since they were found, are skipped.

    Args:
        session: The open book.
        hits: What was found.
        replacement: What is to stand there.
        progress: Told now and then in a large book; may stop it, then nothing is replaced.

    Raises:
        BookError: The book cannot be written.
    """
    by_table: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_table[hit.table_id].append(hit)
    count = 0
    skipped: list[str] = []
    seen: set[int] = set()
    with session.book.step(_step_name(by_table, replacement)) as step:
        for number, (table_id, table) in enumerate(session.book.tables(by_table)):
            if number % _AT_ONCE == 0:
                progress(number, len(by_table), table.name)
            seen.add(table_id)
            form = session.form_of(table)
            changed, done, left = _replaced(form, table, by_table[table_id], replacement)
            if changed != table:
                try:
                    step.put_table(table_id, changed, stay=True)
                except LockedTableError:
                    skipped.append(locked_text(table.name, table.year))
                    continue
            count += done
            skipped += left
        if gone := len(by_table.keys() - seen):
            skipped.append(f"有 {gone} 张表已不在账本里，没有替换。")
    return Replaced(step.change, count, tuple(skipped))


def _replaced(
    form: Form, table: Table, hits: Sequence[Hit], replacement: str
) -> tuple[Table, int, list[str]]:
    """The table with the hits replaced, their number, and what could not be."""
    now = dict(places(form, table))
    changed = table
    done = 0
    left: list[str] = []
    for binding, group in _by_place(hits):
        text = group[0].text
        if now.get(binding) != text:
            left.append(
                f"“{table.name}”里的“{shorten(text, _LONGEST_IN_NAME)}”已经改动，没有替换。"
            )
            continue
        for hit in sorted(group, key=lambda hit: -hit.start):
            text = text[: hit.start] + replacement + text[hit.end :]
        try:
            changed = edit(form, changed, binding, text)
        except ValueError as error:
            left.append(f"“{table.name}”：{error}")
            continue
        done += len(group)
    return changed, done, left


def _by_place(hits: Iterable[Hit]) -> Iterator[tuple[Binding, list[Hit]]]:
    groups: dict[Binding, list[Hit]] = defaultdict(list)
    for hit in hits:
        groups[hit.binding].append(hit)
    yield from groups.items()


def _step_name(by_table: dict[int, list[Hit]], replacement: str) -> str:
    if not by_table:
        return "替换"
    first = next(iter(by_table.values()))[0]
    old = first.text[first.start : first.end]
    return f"替换“{shorten(old, _LONGEST_IN_NAME)}”为“{shorten(replacement, _LONGEST_IN_NAME)}”"
