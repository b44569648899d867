"""The migrations that make the SQL tables of a book (``jixiao.model.schema``).

They are frozen in time: a released one is never changed, the next one is added below it and
``MINOR`` goes up, or ``MAJOR`` when an older program would damage what the new one stores.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("jixiao")

# A row of ``tables`` repeats agency and year, because a deleted table stands in no year but must
# find its place again. Foreign keys are deferred: undo replays rows in any order.
_FIRST = """
CREATE TABLE agencies (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL
) STRICT;
CREATE TABLE years (
    id INTEGER PRIMARY KEY,
    agency_id INTEGER NOT NULL REFERENCES agencies(id) DEFERRABLE INITIALLY DEFERRED,
    year INTEGER,
    position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX years_once ON years(agency_id, ifnull(year, -1));
CREATE TABLE tables (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    year_id INTEGER REFERENCES years(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    form TEXT NOT NULL DEFAULT '',
    vintage TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    agency TEXT NOT NULL DEFAULT '',
    agency_code TEXT NOT NULL DEFAULT '',
    year INTEGER,
    money_unit TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '草稿',
    deleted TEXT,
    CHECK ((year_id IS NULL) = (deleted IS NOT NULL))
) STRICT;
CREATE INDEX tables_of_year ON tables(year_id, position);
CREATE INDEX tables_by_name ON tables(name, agency);
CREATE TABLE fields (
    table_id INTEGER NOT NULL REFERENCES tables(id) DEFERRABLE INITIALLY DEFERRED,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (table_id, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE forms (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    sha TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;
CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    focus INTEGER,
    undone INTEGER NOT NULL DEFAULT 0,
    patch TEXT NOT NULL
) STRICT;
"""

_INDICATOR = "level1 level2 level3 comparator value unit explanation basis remark task written"
_FIRST_LISTS = {
    "payment_schedule": "by percent",
    "tasks": "name owner content",
    "indicators": _INDICATOR + " extra",
    "period_indicators": _INDICATOR + " extra",
    "spending_details": "content detail amount basis",
    "items": "name amount period_goal annual_goal",
    "measures": "name content",
    "empty_levels": "level1 level2",
    "notes": "text",
    "unplaced": "file sheet cell text",
}


@MIGRATIONS(name="0001 first")
def first(db: Database) -> None:
    """Agencies, years, tables and what they hold, copies of forms, history."""
    db.executescript(_FIRST)
    for name, columns in _FIRST_LISTS.items():
        texts = ",\n    ".join(f'"{column}" TEXT NOT NULL' for column in columns.split())
        db.conn.execute(
            f"CREATE TABLE {name} (\n"
            "    table_id INTEGER NOT NULL REFERENCES tables(id) DEFERRABLE INITIALLY DEFERRED,\n"
            "    position INTEGER NOT NULL,\n"
            f"    {texts},\n"
            "    PRIMARY KEY (table_id, position)\n"
            ") STRICT, WITHOUT ROWID"
        )


# ``kept`` marks an agency or year that a user made: it stays when it is empty. ``texts`` is
# derived from the tables and therefore no part of history or of a dump (``jixiao.model.search``).
_SECOND = """
ALTER TABLE agencies ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
ALTER TABLE years ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
CREATE TABLE texts (
    table_id INTEGER PRIMARY KEY,
    text BLOB NOT NULL
) STRICT;
"""


@MIGRATIONS(name="0002 empty nodes and search")
def second(db: Database) -> None:
    """Agencies and years that stay when empty; the text of each table to search in."""
    db.executescript(_SECOND)


# A version names its agency and year itself, because both may leave the tree before it does. What
# is frozen cannot be changed, only removed with its version; undo puts it back as it was.
_THIRD = """
CREATE TABLE frozen (
    sha TEXT NOT NULL PRIMARY KEY,
    content BLOB NOT NULL
) STRICT;
CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    agency TEXT NOT NULL,
    agency_code TEXT NOT NULL,
    year INTEGER,
    name TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE TABLE version_tables (
    version_id INTEGER NOT NULL REFERENCES versions(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    table_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    sha TEXT NOT NULL REFERENCES frozen(sha) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (version_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE version_forms (
    version_id INTEGER NOT NULL REFERENCES versions(id) DEFERRABLE INITIALLY DEFERRED,
    form TEXT NOT NULL,
    sha TEXT NOT NULL REFERENCES frozen(sha) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (version_id, form)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_tables_frozen ON version_tables(sha);
CREATE INDEX version_forms_frozen ON version_forms(sha);
"""


@MIGRATIONS(name="0003 versions")
def third(db: Database) -> None:
    """Named versions of an agency-year, which nothing can change."""
    db.executescript(_THIRD)
    for name in ("frozen", "version_tables", "version_forms"):
        db.conn.execute(
            f"CREATE TRIGGER {name}_stays BEFORE UPDATE ON {name} "
            "BEGIN SELECT RAISE(ABORT, 'a version cannot be changed'); END"
        )


# How the tables of this book are checked; ``scope`` is "" for all of them or the id of a form.
_FOURTH = """
CREATE TABLE settings (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;
"""


@MIGRATIONS(name="0004 settings")
def fourth(db: Database) -> None:
    """Settings that travel with the book."""
    db.executescript(_FOURTH)


# A row that was recorded before has none; an older program keeps the column with its table.
_FIFTH_OTHER = (
    *("tables", "tasks", "indicators", "period_indicators", "spending_details", "items"),
    *("measures", "empty_levels"),
)


@MIGRATIONS(name="0005 unknown keys")
def fifth(db: Database) -> None:
    """What an exchange file tells of tables and rows under keys that this program does not know."""
    for name in _FIFTH_OTHER:
        db.conn.execute(f"ALTER TABLE {name} ADD COLUMN other TEXT NOT NULL DEFAULT ''")
