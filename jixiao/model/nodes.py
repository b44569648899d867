"""Agencies and years of the tree: how a step finds, makes, renames and drops them."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection

from jixiao.model.errors import BookError
from jixiao.model.rows import Pair, RowWriter, SqlRow, changed
from jixiao.model.schema import AGENCIES, YEARS
from jixiao.model.versions import VersionWriter

_FIND_YEAR = f"SELECT {YEARS.names} FROM years WHERE agency_id = ? AND year IS ?"  # noqa: S608 - own names
_FIND_AGENCY = f"SELECT {AGENCIES.names} FROM agencies WHERE name = ?"  # noqa: S608 - own names
# An agency that was renamed is found by the name with which its older tables are printed.
_FIND_PRINTED = (
    f"SELECT {', '.join('a.' + column for column in AGENCIES.columns)} FROM tables t "  # noqa: S608 - own names
    "JOIN years y ON y.id = t.year_id JOIN agencies a ON a.id = y.agency_id "
    "WHERE t.agency = ? AND t.agency <> '' ORDER BY a.position, a.id LIMIT 1"
)
_NAME, _CODE, _KEPT = (AGENCIES.columns.index(column) for column in ("name", "code", "kept"))
_PLACE = AGENCIES.columns.index("position")
_AGENCY_OF_YEAR, _YEAR, _YEAR_KEPT = (
    YEARS.columns.index(column) for column in ("agency_id", "year", "kept")
)


class Nodes:
    """The agencies and years of one book, written through the writer of a step."""

    def __init__(self, db: Connection, writer: RowWriter) -> None:
        self._db = db
        self._writer = writer

    def year_node(self, agency: str, code: str, year: int | None) -> int:
        """The id of the year of an agency, both made when missing, found by name and number."""
        found = self._one(_FIND_AGENCY, agency) or self._one(_FIND_PRINTED, agency)
        if found is None:
            agency_id = self._new_agency(agency, code, kept=0)
        else:
            agency_id = found[0]
            if code and not found[_CODE]:
                self._set_agency(found, found[_NAME], code, found[_KEPT])
        row = self._one(_FIND_YEAR, agency_id, year)
        return self._new_year(agency_id, year, kept=0) if row is None else row[0]

    def moved_year_node(
        self, year_id: int, name: str, code: str, number: int | None, *, stay: bool = False
    ) -> int:
        """The id of the year for a table whose agency or year changed from that of ``year_id``.

        A node that the table leaves empty takes the new name, so that a corrected agency keeps
        its place in the tree. With ``stay`` it remains with its agency, unless that has no name.
        """
        year = self._row_of_year(year_id)
        agency = self._row_of_agency(year[_AGENCY_OF_YEAR])
        old = agency[_NAME]
        if stay and old:
            if number == year[_YEAR]:
                return year_id
            name = old
        if name != old and self._is_free(name) and self._is_alone("y.agency_id", agency[0]):
            self._set_agency(agency, name, code, agency[_KEPT])
            old = name
        taken = self._one(_FIND_YEAR, agency[0], number) is not None
        if name == old and not taken and self._is_alone("y.id", year_id):
            self._set_year(year, number)
        return self.year_node(name, code, number)

    def add_agency(self, name: str, code: str) -> int:
        """Make an agency that stays when it is empty.

        Raises:
            BookError: There is one of this name.
        """
        self._refuse_taken(name)
        return self._new_agency(name, code, kept=1)

    def add_year(self, agency_id: int, year: int | None) -> int:
        """Make a year of an agency that stays when it is empty.

        Raises:
            BookError: The agency has this year, or does not exist.
        """
        agency = self._row_of_agency(agency_id)
        if self._one(_FIND_YEAR, agency_id, year) is not None:
            what = "“年度未定”" if year is None else f"{year}年"
            raise BookError(f"“{agency[_NAME] or '单位未定'}”已经有{what}，不需要再建。")
        return self._new_year(agency_id, year, kept=1)

    def order_agencies(self, agency_ids: Sequence[int]) -> None:
        """Make this the order of the agencies.

        Raises:
            BookError: The book has no such agency.
        """
        before = [self._row_of_agency(agency_id) for agency_id in agency_ids]
        pairs: list[Pair] = [(row, changed(row, {_PLACE: at})) for at, row in enumerate(before)]
        self._writer.write(AGENCIES, [pair for pair in pairs if pair[0] != pair[1]])

    def renumber(self, year_id: int, number: int | None) -> int:
        """Make a year another one, or find the one that its agency has already; returns its id.

        Raises:
            BookError: The book has no such year.
        """
        year = self._row_of_year(year_id)
        agency = self._row_of_agency(year[_AGENCY_OF_YEAR])
        found = self._one(_FIND_YEAR, agency[0], number)
        if found is None:
            self._set_year(year, number)
        versions = VersionWriter(self._db, self._writer)
        versions.change_year(agency[_NAME], year[_YEAR], number)
        return year_id if found is None else found[0]

    def rename_agency(self, agency_id: int, name: str) -> None:
        """Give an agency another name; what its tables print stays.

        Raises:
            BookError: Another agency has this name, or this one does not exist.
        """
        agency = self._row_of_agency(agency_id)
        if name != agency[_NAME]:
            self._refuse_taken(name)
            self._set_agency(agency, name, agency[_CODE], agency[_KEPT])

    def printed(self, year_id: int) -> tuple[str, str, int | None]:
        """What a table that comes into a year prints: agency, its code, year.

        The tables of the year tell it, since they may have kept an older name of the agency.

        Raises:
            BookError: The book has no such year.
        """
        year = self._row_of_year(year_id)
        agency = self._row_of_agency(year[_AGENCY_OF_YEAR])
        query = "SELECT agency FROM tables WHERE year_id = ? ORDER BY position, id LIMIT 1"
        first = self._one(query, year_id)
        return (first[0] if first else agency[_NAME]), agency[_CODE], year[_YEAR]

    def end_of_year(self, year_id: int) -> int:
        """The position after the last table of a year."""
        query = "SELECT ifnull(max(position), -1) + 1 FROM tables WHERE year_id = ?"
        return self._db.execute(query, [year_id]).fetchone()[0]

    def drop_if_empty(self, year_id: int, *, even_kept: bool = False) -> None:
        """Take an empty year out of the tree, and its agency, unless a user made them.

        Args:
            year_id: The year.
            even_kept: Take the year also when a user made it.
        """
        if self._one("SELECT 1 FROM tables WHERE year_id = ? LIMIT 1", year_id):
            return
        year = self._one(YEARS.select, year_id)
        if year is not None and (even_kept or not year[_YEAR_KEPT]):
            self._writer.write(YEARS, [(year, None)])
            self.drop_agency_if_empty(year[_AGENCY_OF_YEAR])

    def drop_agency_if_empty(self, agency_id: int, *, even_kept: bool = False) -> None:
        """Take an agency without years out of the tree, unless a user made it."""
        agency = self._one(AGENCIES.select, agency_id)
        if agency is None or self._one(
            "SELECT 1 FROM years WHERE agency_id = ? LIMIT 1", agency_id
        ):
            return
        if even_kept or not agency[_KEPT]:
            self._writer.write(AGENCIES, [(agency, None)])

    def years_of(self, agency_id: int) -> list[int]:
        """The ids of the years of an agency."""
        rows = self._db.execute("SELECT id FROM years WHERE agency_id = ? ORDER BY id", [agency_id])
        return [row[0] for row in rows]

    def _new_agency(self, name: str, code: str, kept: int) -> int:
        query = "SELECT ifnull(max(id), 0) + 1, ifnull(max(position), -1) + 1 FROM agencies"
        agency_id, position = self._db.execute(query).fetchone()
        self._writer.write(AGENCIES, [(None, (agency_id, name, code, position, kept))])
        return agency_id

    def _new_year(self, agency_id: int, year: int | None, kept: int) -> int:
        year_id = self._db.execute("SELECT ifnull(max(id), 0) + 1 FROM years").fetchone()[0]
        self._writer.write(YEARS, [(None, (year_id, agency_id, year, 0, kept))])
        return year_id

    def _set_year(self, before: SqlRow, number: int | None) -> None:
        self._writer.write(YEARS, [(before, (*before[:_YEAR], number, *before[_YEAR + 1 :]))])

    def _set_agency(self, before: SqlRow, name: str, code: str, kept: int) -> None:
        after = (before[0], name, code, before[3], kept)
        if after != before:
            self._writer.write(AGENCIES, [(before, after)])
        if name != before[_NAME]:
            VersionWriter(self._db, self._writer).rename_agency(before[_NAME], name)

    def _refuse_taken(self, name: str) -> None:
        if self._one(_FIND_AGENCY, name) is not None:
            raise BookError(
                f"已经有单位“{name or '单位未定'}”。请换一个名称；要合并，请把表移到那个单位。"
            )

    def _is_free(self, agency: str) -> bool:
        return not (self._one(_FIND_AGENCY, agency) or self._one(_FIND_PRINTED, agency))

    def _is_alone(self, column: str, node: int) -> bool:
        query = (
            f"SELECT 1 FROM tables t JOIN years y ON y.id = t.year_id WHERE {column} = ? LIMIT 2"  # noqa: S608 - own words
        )
        return len(self._db.execute(query, [node]).fetchall()) == 1

    def _row_of_year(self, year_id: int) -> SqlRow:
        row = self._one(YEARS.select, year_id)
        if row is None:
            raise BookError("账本里找不到这个年度，它可能已随撤销消失。")
        return row

    def _row_of_agency(self, agency_id: int) -> SqlRow:
        row = self._one(AGENCIES.select, agency_id)
        if row is None:
            raise BookError("账本里找不到这个单位，它可能已随撤销消失。")
        return row

    def _one(self, query: str, *values: object) -> SqlRow | None:
        return self._db.execute(query, values).fetchone()
