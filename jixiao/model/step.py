"""A step: what is changed together, is saved together, and is undone together."""

from __future__ import annotations

import hashlib
from datetime import datetime
from sqlite3 import Connection

from jixiao.model.errors import BookError
from jixiao.model.history import Change, record
from jixiao.model.rows import (
    HEAD_AT,
    Pair,
    RowWriter,
    SqlRow,
    differences,
    head_values,
    load_parts,
    part_rows,
)
from jixiao.model.schema import AGENCIES, CONTENT, DRAFT, FORMS, PARTS, TABLES, YEARS, SqlTable
from jixiao.model.table import Table

_YEAR_ID = TABLES.columns.index("year_id")
_POSITION = TABLES.columns.index("position")
_AGENCY = TABLES.columns.index("agency")
_AGENCY_CODE = TABLES.columns.index("agency_code")
_YEAR = TABLES.columns.index("year")
_STATE = TABLES.columns.index("state")
_DELETED = TABLES.columns.index("deleted")

_FIND_YEAR = "SELECT id FROM years WHERE agency_id = ? AND year IS ?"


class StepError(RuntimeError):
    """A mistake in the program: writing outside a step, or a step within a step."""


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
        self._open = True

    def add_table(self, table: Table, *, position: int | None = None, state: str = DRAFT) -> int:
        """Add a table to the year of its agency, making both when they are missing.

        Args:
            table: What it says.
            position: Its place in the year, from 0; None: the last.
            state: Its state of work.

        Returns:
            The id of the table, which no other table of this book ever gets.
        """
        self._check_open()
        last = self._one("SELECT seq FROM sqlite_sequence WHERE name = 'tables'")
        table_id = 1 if last is None else int(last[0]) + 1
        row: list[object] = [None] * len(TABLES.columns)
        row[0] = table_id
        _fill(row, head_values(table))
        row[_YEAR_ID] = self._year_node(str(row[_AGENCY]), str(row[_AGENCY_CODE]), table.year)
        row[_POSITION] = self._end_of_year(row[_YEAR_ID])
        row[_STATE] = state
        self._writer.write(TABLES, [(None, tuple(row))])
        for name, rows in part_rows(table_id, table).items():
            self._writer.write(CONTENT[name], [(None, part) for part in rows])
        if position is not None:
            self.move_table(table_id, position)
        return table_id

    def put_table(self, table_id: int, table: Table) -> None:
        """Make a table say what ``table`` says; only rows that differ are written.

        Raises:
            BookError: The book has no such table, or it lies in the recycle bin.
        """
        before = self._live(table_id)
        row = list(before)
        _fill(row, head_values(table))
        old_year = before[_YEAR_ID]
        if (row[_AGENCY], row[_YEAR]) != (before[_AGENCY], before[_YEAR]):
            row[_YEAR_ID] = self._moved_year_node(old_year, tuple(row))
        if row[_YEAR_ID] != old_year:
            row[_POSITION] = self._end_of_year(row[_YEAR_ID])
        self._rewrite(TABLES, before, tuple(row))
        if row[_YEAR_ID] != old_year:
            self._drop_if_empty(old_year)
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
        self._rewrite(TABLES, before, _with(before, {_STATE: state}))

    def delete_table(self, table_id: int) -> None:
        """Put a table into the recycle bin; a year or agency that becomes empty goes too.

        Raises:
            BookError: The book has no such table, or it lies there already.
        """
        before = self._live(table_id)
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        self._rewrite(TABLES, before, _with(before, {_YEAR_ID: None, _DELETED: now}))
        self._drop_if_empty(before[_YEAR_ID])

    def restore_table(self, table_id: int) -> None:
        """Put a table back from the recycle bin to its agency and year.

        Raises:
            BookError: The book has no such table, or it is not deleted.
        """
        before = self._head(table_id)
        if before[_DELETED] is None:
            raise BookError("这张表不在回收站里，不需要恢复。")
        year_id = self._year_node(before[_AGENCY], before[_AGENCY_CODE], before[_YEAR])
        self._rewrite(TABLES, before, _with(before, {_YEAR_ID: year_id, _DELETED: None}))

    def move_table(self, table_id: int, position: int) -> None:
        """Move a table within its year to ``position``, from 0; beyond the end is the end.

        Raises:
            BookError: The book has no such table, or it lies in the recycle bin.
        """
        moved = self._live(table_id)
        query = f"SELECT {TABLES.names} FROM tables WHERE year_id = ? ORDER BY position, id"  # noqa: S608 - own names
        rows: list[SqlRow] = self._db.execute(query, [moved[_YEAR_ID]]).fetchall()
        rows.remove(moved)
        rows.insert(max(position, 0), moved)
        pairs: list[Pair] = [(row, _with(row, {_POSITION: at})) for at, row in enumerate(rows)]
        self._writer.write(TABLES, [pair for pair in pairs if pair[0] != pair[1]])

    def put_form(self, form_id: str, name: str, content: bytes) -> None:
        """Keep a copy of a form, the bytes of its workbook, in place of an earlier one."""
        self._check_open()
        before = self._one(FORMS.select, form_id)
        self._rewrite(FORMS, before, (form_id, name, hashlib.sha256(content).hexdigest(), content))

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

    def _rewrite(self, table: SqlTable, before: SqlRow | None, after: SqlRow) -> None:
        if before != after:
            self._writer.write(table, [(before, after)])

    def _year_node(self, agency: str, code: str, year: int | None) -> int:
        """The id of the year of an agency, both made when missing, found by name and number."""
        found = self._one(f"SELECT {AGENCIES.names} FROM agencies WHERE name = ?", agency)  # noqa: S608 - own names
        if found is None:
            query = "SELECT ifnull(max(id), 0) + 1, ifnull(max(position), -1) + 1 FROM agencies"
            agency_id, position = self._db.execute(query).fetchone()
            self._writer.write(AGENCIES, [(None, (agency_id, agency, code, position))])
        else:
            agency_id = found[0]
            if code and not found[2]:
                self._rewrite(AGENCIES, found, (*found[:2], code, found[3]))
        if (row := self._one(_FIND_YEAR, agency_id, year)) is not None:
            return row[0]
        year_id = self._db.execute("SELECT ifnull(max(id), 0) + 1 FROM years").fetchone()[0]
        self._writer.write(YEARS, [(None, (year_id, agency_id, year, 0))])
        return year_id

    def _moved_year_node(self, year_id: int, row: SqlRow) -> int:
        """The id of the year for a table whose agency or year changed from that of ``year_id``.

        A node that the table leaves empty takes the new name, so that a corrected agency keeps
        its place in the tree.
        """
        year = self._one(YEARS.select, year_id)
        assert year is not None
        agency = self._one(AGENCIES.select, year[1])
        assert agency is not None
        name, code, number = row[_AGENCY], row[_AGENCY_CODE], row[_YEAR]
        if name != agency[1] and self._is_free(name) and self._is_alone("y.agency_id", agency[0]):
            renamed = (agency[0], name, code, agency[3])
            self._rewrite(AGENCIES, agency, renamed)
            agency = renamed
        taken = self._one(_FIND_YEAR, agency[0], number) is not None
        if name == agency[1] and not taken and self._is_alone("y.id", year_id):
            self._rewrite(YEARS, year, (*year[:2], number, year[3]))
        return self._year_node(name, code, number)

    def _is_free(self, agency: str) -> bool:
        return self._one("SELECT 1 FROM agencies WHERE name = ?", agency) is None

    def _is_alone(self, column: str, node: int) -> bool:
        query = (
            f"SELECT 1 FROM tables t JOIN years y ON y.id = t.year_id WHERE {column} = ? LIMIT 2"  # noqa: S608 - own words
        )
        return len(self._db.execute(query, [node]).fetchall()) == 1

    def _end_of_year(self, year_id: object) -> int:
        query = "SELECT ifnull(max(position), -1) + 1 FROM tables WHERE year_id = ?"
        return self._db.execute(query, [year_id]).fetchone()[0]

    def _drop_if_empty(self, year_id: int) -> None:
        if self._one("SELECT 1 FROM tables WHERE year_id = ? LIMIT 1", year_id):
            return
        year = self._one(YEARS.select, year_id)
        assert year is not None
        self._writer.write(YEARS, [(year, None)])
        if self._one("SELECT 1 FROM years WHERE agency_id = ? LIMIT 1", year[1]):
            return
        agency = self._one(AGENCIES.select, year[1])
        assert agency is not None
        self._writer.write(AGENCIES, [(agency, None)])


def _fill(row: list[object], values: SqlRow) -> None:
    for at, value in zip(HEAD_AT, values, strict=True):
        row[at] = value


def _with(row: SqlRow, changes: dict[int, object]) -> SqlRow:
    return tuple(changes.get(at, value) for at, value in enumerate(row))
