"""A step: what is changed together, is saved together, and is undone together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from sqlite3 import Connection

from jixiao.model.errors import BookError, KnownError
from jixiao.model.history import Change, record
from jixiao.model.nodes import Nodes
from jixiao.model.rows import (
    HEAD_AT,
    Pair,
    RowWriter,
    SqlRow,
    changed,
    differences,
    head_values,
    load_parts,
    part_rows,
    storable_text,
)
from jixiao.model.schema import (
    CONTENT,
    DRAFT,
    FORMS,
    PARTS,
    REPORTED,
    SETTINGS,
    TABLES,
    SqlTable,
)
from jixiao.model.table import Table, shown_name
from jixiao.model.versions import VersionWriter

_YEAR_ID = TABLES.columns.index("year_id")
_POSITION = TABLES.columns.index("position")
_AGENCY = TABLES.columns.index("agency")
_AGENCY_CODE = TABLES.columns.index("agency_code")
_YEAR = TABLES.columns.index("year")
_NAME = TABLES.columns.index("name")
_STATE = TABLES.columns.index("state")
_DELETED = TABLES.columns.index("deleted")


class StepError(RuntimeError):
    """A mistake in the program: writing outside a step, or a step within a step."""


class LockedTableError(KnownError):
    """A table that was handed in (已报) must not change until it is taken back."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{shown_name(name)}”已报，内容已锁定。要修改，请先把它退回修改。")


class Step:
    """Changes the book; only ``Book.step`` makes one, and it works only inside its with-block.

    Attributes:
        change: After the with-block: what changed, or None when nothing did.
    """

    def __init__(self, db: Connection, name: str, focus: int | None) -> None:
        self.change: Change | None = None
        self._db = db
        self._name = name
        self._focus = focus
        self._writer = RowWriter(db)
        self._nodes = Nodes(db, self._writer)
        self._versions = VersionWriter(db, self._writer)
        self._open = True

    @property
    def versions(self) -> VersionWriter:
        """Makes, renames and removes versions within this step."""
        self._check_open()
        return self._versions

    def add_table(
        self,
        table: Table,
        *,
        position: int | None = None,
        state: str = DRAFT,
        year_id: int | None = None,
    ) -> int:
        """Add a table to the year of its agency, making both when they are missing.

        Args:
            table: What it says.
            position: Its place in the year, from 0; None: the last.
            state: Its state of work.
            year_id: The node of its year, where it is known.

        Returns:
            The id of the table, which no other table of this book ever gets.
        """
        self._check_open()
        last = self._one("SELECT seq FROM sqlite_sequence WHERE name = 'tables'")
        table_id = 1 if last is None else int(last[0]) + 1
        row: list[object] = [None] * len(TABLES.columns)
        row[0] = table_id
        _fill(row, head_values(table))
        if year_id is None:
            year_id = self._nodes.year_node(str(row[_AGENCY]), str(row[_AGENCY_CODE]), table.year)
        row[_YEAR_ID] = year_id
        row[_POSITION] = self._nodes.end_of_year(year_id)
        row[_STATE] = state
        self._writer.write(TABLES, [(None, tuple(row))])
        for name, rows in part_rows(table_id, table).items():
            self._writer.write(CONTENT[name], [(None, part) for part in rows])
        if position is not None:
            self.move_table(table_id, position)
        return table_id

    def put_table(self, table_id: int, table: Table, *, stay: bool = False) -> None:
        """Make a table say what ``table`` says; only rows that differ are written.

        Args:
            table_id: Which one.
            table: What it is to say.
            stay: Leave it in its agency (unless 单位未定) also when it prints another one's name.

        Raises:
            BookError: The book has no such table, or it lies in the recycle bin.
            LockedTableError: It was handed in.
        """
        before = self._writable(table_id)
        row = list(before)
        _fill(row, head_values(table))
        old_year = before[_YEAR_ID]
        if (row[_AGENCY], row[_YEAR]) != (before[_AGENCY], before[_YEAR]):
            row[_YEAR_ID] = self._nodes.moved_year_node(
                old_year, row[_AGENCY], row[_AGENCY_CODE], row[_YEAR], stay=stay
            )
        if row[_YEAR_ID] != old_year:
            row[_POSITION] = self._nodes.end_of_year(row[_YEAR_ID])
        self._rewrite(TABLES, before, tuple(row))
        if row[_YEAR_ID] != old_year:
            self._nodes.drop_if_empty(old_year)
        stored = load_parts(self._db, table_id)
        wanted = part_rows(table_id, table)
        for part in PARTS:
            pairs = differences(stored[part.name], wanted[part.name], part.key)
            if pairs:
                self._writer.write(part, pairs)

    def set_state(self, table_id: int, state: str) -> None:
        """Set the state of work of a table.

        Raises:
            BookError: The book has no such table, or it lies in the recycle bin.
        """
        before = self._live(table_id)
        self._rewrite(TABLES, before, changed(before, {_STATE: state}))

    def delete_table(self, table_id: int) -> None:
        """Put a table into the recycle bin; a year or agency that becomes empty goes too.

        Raises:
            BookError: The book has no such table, or it lies there already.
            LockedTableError: It was handed in.
        """
        self._nodes.drop_if_empty(self._to_bin(table_id))

    def restore_table(self, table_id: int) -> None:
        """Put a table back from the recycle bin to its agency and year.

        Raises:
            BookError: The book has no such table, or it is not deleted.
        """
        before = self._head(table_id)
        if before[_DELETED] is None:
            raise BookError("这张表不在回收站里，不需要恢复。")
        year_id = self._nodes.year_node(before[_AGENCY], before[_AGENCY_CODE], before[_YEAR])
        self._rewrite(TABLES, before, changed(before, {_YEAR_ID: year_id, _DELETED: None}))

    def move_table(self, table_id: int, position: int) -> None:
        """Move a table within its year to ``position``, from 0; beyond the end is the end.

        Raises:
            BookError: The book has no such table, or it lies in the recycle bin.
        """
        moved = self._live(table_id)
        rows = self._rows_of_year(moved[_YEAR_ID])
        rows.remove(moved)
        rows.insert(max(position, 0), moved)
        self._number(rows)

    def place_tables(self, table_ids: Sequence[int], year_id: int, position: int) -> None:
        """Put tables, in this order, before the one that stands at ``position`` in a year.

        A table that comes from elsewhere takes over the agency and the year; beyond the end is
        the end.

        Raises:
            BookError: The book has no such year or table, or a table lies in the recycle bin.
            LockedTableError: One that would change its agency or year was handed in.
        """
        for table_id in table_ids:
            before = self._live(table_id)
            if before[_YEAR_ID] != year_id:
                self._bring(table_id, year_id)
        rows = self._rows_of_year(year_id)
        wanted = set(table_ids)
        first = rows[: max(position, 0)]
        by_id = {row[0]: row for row in rows}
        order = [row for row in first if row[0] not in wanted]
        order += [by_id[table_id] for table_id in dict.fromkeys(table_ids)]
        order += [row for row in rows[len(first) :] if row[0] not in wanted]
        self._number(order)

    def place_of(self, table_id: int) -> tuple[int, int]:
        """The id of the year of a live table, and its position in it, from 0."""
        year_id = self._live(table_id)[_YEAR_ID]
        return year_id, [row[0] for row in self._rows_of_year(year_id)].index(table_id)

    def tables_of_year(self, year_id: int) -> list[int]:
        """The ids of the tables of a year, in their order."""
        self._check_open()
        return [row[0] for row in self._rows_of_year(year_id)]

    def year(self, agency: str, code: str, year: int | None) -> int:
        """The id of the year of an agency, both made when they are missing."""
        self._check_open()
        return self._nodes.year_node(storable_text(agency), storable_text(code), year)

    def printed(self, year_id: int) -> tuple[str, str, int | None]:
        """What a table that comes into a year prints: agency, its code, year.

        Raises:
            BookError: The book has no such year.
        """
        self._check_open()
        return self._nodes.printed(year_id)

    def add_agency(self, name: str, code: str = "") -> int:
        """Make an agency that stays also when it is empty; returns its id.

        Raises:
            BookError: There is one of this name.
        """
        self._check_open()
        return self._nodes.add_agency(storable_text(name), storable_text(code))

    def order_agencies(self, agency_ids: Sequence[int]) -> None:
        """Make this the order of the agencies, which are all of them."""
        self._check_open()
        self._nodes.order_agencies(agency_ids)

    def add_year(self, agency_id: int, year: int | None) -> int:
        """Make a year of an agency that stays also when it is empty; returns its id.

        Raises:
            BookError: The agency has this year, or does not exist.
        """
        self._check_open()
        return self._nodes.add_year(agency_id, year)

    def rename_agency(self, agency_id: int, name: str) -> None:
        """Give an agency another name in the tree; what its tables print stays.

        Raises:
            BookError: Another agency has this name, or this one does not exist.
        """
        self._check_open()
        self._nodes.rename_agency(agency_id, storable_text(name))

    def change_year(self, year_id: int, number: int | None) -> None:
        """Give a year another number, its tables and versions with it.

        Where the agency has that year already, the tables go to its end.

        Raises:
            BookError: The book has no such year.
            LockedTableError: One of its tables was handed in.
        """
        rows = [self._writable(table_id) for table_id in self.tables_of_year(year_id)]
        found = self._nodes.renumber(year_id, number)
        if found == year_id:
            self._writer.write(TABLES, [(row, changed(row, {_YEAR: number})) for row in rows])
        else:
            self.place_tables([row[0] for row in rows], found, len(self.tables_of_year(found)))
            self._nodes.drop_if_empty(year_id, even_kept=True)

    def delete_year(self, year_id: int) -> None:
        """Put all tables of a year into the recycle bin and take it out of the tree.

        Raises:
            BookError: The book has no such year.
            LockedTableError: One of its tables was handed in.
        """
        self._nodes.printed(year_id)
        for table_id in self.tables_of_year(year_id):
            self._to_bin(table_id)
        self._nodes.drop_if_empty(year_id, even_kept=True)

    def delete_agency(self, agency_id: int) -> None:
        """Put all tables of an agency into the recycle bin and take it out of the tree.

        Raises:
            LockedTableError: One of its tables was handed in.
        """
        self._check_open()
        for year_id in self._nodes.years_of(agency_id):
            self.delete_year(year_id)
        self._nodes.drop_agency_if_empty(agency_id, even_kept=True)

    def put_form(self, form_id: str, name: str, content: bytes) -> None:
        """Keep a copy of a form, the bytes of its workbook, in place of an earlier one."""
        import hashlib  # brings a large library, and is seldom needed

        self._check_open()
        before = self._one(FORMS.select, form_id)
        self._rewrite(FORMS, before, (form_id, name, hashlib.sha256(content).hexdigest(), content))

    def put_settings(self, scope: str, texts: Mapping[str, str]) -> None:
        """Make these the settings of a scope: "" for the whole book, or the id of a form."""
        self._check_open()
        query = f"SELECT {SETTINGS.names} FROM settings WHERE scope = ? ORDER BY key"  # noqa: S608 - own names
        before = self._db.execute(query, [scope]).fetchall()
        after = [(scope, key, storable_text(text)) for key, text in sorted(texts.items())]
        self._writer.write(SETTINGS, differences(before, after, SETTINGS.key))

    def finish(self) -> None:
        """Record the step; for ``Book.step``."""
        self.change = record(self._db, self._name, self._focus, self._writer)

    def close(self) -> None:
        """Refuse everything from here on; for ``Book.step``."""
        self._open = False

    def _check_open(self) -> None:
        if not self._open:
            raise StepError("this step has ended: write inside `with book.step(…) as step:`")

    def _one(self, query: str, *values: object) -> SqlRow | None:
        return self._db.execute(query, values).fetchone()

    def _head(self, table_id: int) -> SqlRow:
        self._check_open()
        row = self._one(TABLES.select, table_id)
        if row is None:
            raise BookError("账本里找不到这张表，它可能已随撤销消失。")
        return row

    def _live(self, table_id: int) -> SqlRow:
        row = self._head(table_id)
        if row[_DELETED] is not None:
            raise BookError("这张表在回收站里，请先恢复它再修改。")
        return row

    def _writable(self, table_id: int) -> SqlRow:
        row = self._live(table_id)
        if row[_STATE] == REPORTED:
            raise LockedTableError(row[_NAME])
        return row

    def _to_bin(self, table_id: int) -> int:
        """Put a table into the recycle bin; returns the year that it leaves."""
        before = self._writable(table_id)
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        self._rewrite(TABLES, before, changed(before, {_YEAR_ID: None, _DELETED: now}))
        return before[_YEAR_ID]

    def _bring(self, table_id: int, year_id: int) -> None:
        """Bring a table of elsewhere to the end of a year."""
        before = self._writable(table_id)
        agency, code, year = self._nodes.printed(year_id)
        changes: dict[int, object] = {
            _YEAR_ID: year_id,
            _POSITION: self._nodes.end_of_year(year_id),
            _AGENCY: agency,
            _AGENCY_CODE: before[_AGENCY_CODE] if agency == before[_AGENCY] else code,
            _YEAR: year,
        }
        self._rewrite(TABLES, before, changed(before, changes))
        self._nodes.drop_if_empty(before[_YEAR_ID])

    def _rows_of_year(self, year_id: int) -> list[SqlRow]:
        query = f"SELECT {TABLES.names} FROM tables WHERE year_id = ? ORDER BY position, id"  # noqa: S608 - own names
        return self._db.execute(query, [year_id]).fetchall()

    def _number(self, rows: Sequence[SqlRow]) -> None:
        """Make this the order of the tables of a year."""
        pairs: list[Pair] = [(row, changed(row, {_POSITION: at})) for at, row in enumerate(rows)]
        self._writer.write(TABLES, [pair for pair in pairs if pair[0] != pair[1]])

    def _rewrite(self, table: SqlTable, before: SqlRow | None, after: SqlRow) -> None:
        if before != after:
            self._writer.write(table, [(before, after)])


def _fill(row: list[object], values: SqlRow) -> None:
    for at, value in zip(HEAD_AT, values, strict=True):
        row[at] = value
