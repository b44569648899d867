"""A book of 10,000 tables and 200,000 indicators: opening, editing a cell, finding tables.

The tables are true ones under other names, 20 indicators each. Searches are compared with what
SQLite does without us: ``LIKE`` over the columns of the same book, and over one column in which
all texts of a table stand already. Where there is nothing to compare with, the other number is
the time that a user may be made to wait.
"""

from __future__ import annotations

import gc
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.search import TreeFilter, find, replace_all
from jixiao.app.session import Session
from jixiao.io.files.exchange import load_tables
from jixiao.io.paper.page.grid import Binding
from jixiao.io.paper.page.layout import em_width, layout
from jixiao.model.schema import CONTENT, FIELDS
from jixiao.model.search import search_text
from jixiao.model.table import Indicator, Table
from tests.app.typed import type_text

TABLES = 10_000
INDICATORS_EACH = 20
ROWS = 60  # of the table whose cells are edited
ROUNDS = 15
OPEN_LIMIT = 0.3  # seconds until a table stands there
COMMIT_LIMIT = 0.016  # one frame
FILTER_LIMIT = 0.05  # what may run on the GUI thread
TRUTHS = Path(__file__).parents[1] / "data" / "truth"
WORD = "满意率"
RARE = "没有这样的"

Row = tuple[str, float, float, float]


def run(tables: int = TABLES) -> list[Row]:
    """Name, our seconds, the other's or the allowed seconds, the ratio that is the goal."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "big.jxb"
        big = make_book(path, tables)
        return [
            *_opening(path, big),
            *_editing(path, big),
            *_searching(path),
        ]


def make_book(path: Path, tables: int) -> int:
    """Make the book; returns the id of its one table with many rows."""
    sources = [
        table
        for file in sorted(TRUTHS.glob("*.json"))
        for table in load_tables(file.read_text(encoding="utf-8"))
    ]
    indicators = cycle([indicator for table in sources for indicator in table.indicators])
    projects = cycle([table for table in sources if table.kind == "project"])
    with Session.open(path, FormLibrary([])) as session:
        for start in range(0, tables, 500):
            with session.book.step("生成") as step:
                for number in range(start, min(start + 500, tables)):
                    session.add_table(step, _table(next(projects), number, indicators))
        with session.book.step("生成") as step:
            source = next(projects)
            many = tuple(islice(indicators, ROWS))
            return session.add_table(step, replace(source, indicators=many, form=_FORM))


_FORM = "lukou2026-xiangmu"


def _table(source: Table, number: int, indicators: Iterator[Indicator]) -> Table:
    return replace(
        source,
        agency=f"第{number // 50 + 1}局办公室",
        year=2022 + number // 10 % 5,
        form=_FORM,
        fields={**source.fields, "project_name": f"{source.name}{number}号"},
        indicators=tuple(islice(indicators, INDICATORS_EACH)),
    )


def _opening(path: Path, big: int) -> list[Row]:
    def open_and_show() -> None:
        with Session.open(path, FormLibrary([])) as session:
            session.book.tree()
            layout(session.page_of(session.book.table(big)), em_width)

    with Session.open(path, FormLibrary([])) as session:
        ids = [table_id for table_id, _ in islice(session.book.tables(), 40)]
        shown = cycle(ids)

        def show_another() -> None:
            layout(session.page_of(session.book.table(next(shown))), em_width)

        show = median(show_another)
    return [
        (
            f"open the book, its tree, {ROWS} rows / 300 ms",
            median(open_and_show),
            OPEN_LIMIT,
            1,
        ),
        ("show another table of 20 rows / a frame", show, COMMIT_LIMIT, 1),
    ]


def _editing(path: Path, big: int) -> list[Row]:
    with Session.open(path, FormLibrary([])) as session:
        numbers = iter(range(1, 10_000))

        def commit() -> None:
            number = next(numbers)
            place = Binding("indicators", "value", (number % ROWS,))
            type_text(session, big, place, str(1000 + number))
            layout(session.page_of(session.book.table(big)), em_width)

        def undo() -> None:
            session.book.undo()
            layout(session.page_of(session.book.table(big)), em_width)

        name = f"one cell to disk, refill and layout at {ROWS} rows / a frame"
        return [
            (name, median(commit), COMMIT_LIMIT, 1),
            (f"undo it, refill and layout at {ROWS} rows / a frame", median(undo), COMMIT_LIMIT, 1),
        ]


def _searching(path: Path) -> list[Row]:
    rows: list[Row] = []
    with Session.open(path, FormLibrary([])) as session:
        tables = TreeFilter(session)
        tables.matches("")  # reads the names once
        for what, word in (("initials", "dbhdjf"), ("a name", "办公室"), ("nothing", RARE)):
            taken = median(lambda w=word: tables.matches(w, texts=False))
            rows.append((f"tree filter by {what} / 50 ms", taken, FILTER_LIMIT, 1))
        bare = sqlite3.connect(path)
        one_column = _one_column(session, path.with_name("texts.db"))
        for word in (WORD, RARE):
            ours = median(lambda w=word: session.book.tables_with(w))
            like = median(lambda w=word: _like(bare, w))
            texts = median(lambda w=word: one_column.execute(_ONE, [f"%{w}%"]).fetchall())
            rows += [
                (f"full text {word} / LIKE over the columns", ours, like, 1.2),
                (f"full text {word} / LIKE over one text column", ours, texts, 1.2),
            ]
        both = median(lambda: tables.matches(WORD))
        rows.append((f"tree filter with full text {WORD} / 50 ms", both, FILTER_LIMIT, 1))
        start = time.perf_counter()
        hits = find(session, "满意率")
        found = time.perf_counter()
        replace_all(session, hits, "满意程度")
        replaced = time.perf_counter()
        rows.append((f"find {len(hits)} places in the book / 3 s", found - start, 3.0, 1))
        rows.append((f"replace {len(hits)} places as one step / 10 s", replaced - found, 10.0, 1))
        bare.close()
        one_column.close()
    return rows


_ONE = "SELECT id FROM texts WHERE text LIKE ?"


def _one_column(session: Session, path: Path) -> sqlite3.Connection:
    """A database in which the texts of each table stand in one column."""
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT)")
    rows = ((table_id, search_text(table)) for table_id, table in session.book.tables())
    db.executemany("INSERT INTO texts VALUES (?, ?)", rows)
    db.commit()
    return db


def _like(db: sqlite3.Connection, word: str) -> set[int]:
    columns = " OR ".join(f'"{column}" LIKE ?1' for column in CONTENT["indicators"].columns[2:])
    query = (
        f"SELECT DISTINCT table_id FROM indicators WHERE {columns} "
        f"UNION SELECT table_id FROM {FIELDS.name} WHERE value LIKE ?1"
    )
    return {row[0] for row in db.execute(query, [f"%{word}%"])}


def median(work: Callable[[], object]) -> float:
    """The median of some runs in seconds, after a warm-up."""
    work()
    taken: list[float] = []
    for _ in range(ROUNDS):
        gc.collect()
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Print the comparisons."""
    for name, ours, other, goal in run():
        ratio = ours / other
        mark = "" if ratio <= goal else "  above the goal"
        line = f"{name}: {ours * 1000:.1f} ms, {other * 1000:.1f} ms, {ratio:.2f} ≤ {goal:g}{mark}"
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
