"""Import of one draft, against openpyxl loading the same file and walking its cells.

Ours is the whole way: read the file, recognise its tables, choose their forms, commit them to a
book on disk. The forms and their labels are loaded beforehand, as in a session that lasts.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from jixiao.app.importing.drafts import import_files
from jixiao.app.session import Session
from jixiao.io.files.exchange import load_tables
from jixiao.model.table import Table

ROUNDS = 30
DATA = Path(__file__).parents[1] / "data"
DRAFTS = ("lukou2026-project-2.xlsx", "shifeng2023-project-2.xlsx", "lunan2025-project-1.xlsx")
FEW, MANY = 10, 1000


def run() -> list[tuple[str, float, float]]:
    """Name, our seconds and openpyxl's seconds, for each draft (medians, taken in turns)."""
    results: list[tuple[str, float, float]] = []
    with tempfile.TemporaryDirectory() as name, Session.open(Path(name) / "b.jxb") as session:
        _warm(session)
        for draft in DRAFTS:
            path = DATA / "drafts" / draft
            ours, theirs = _medians(lambda p=path: _ours(session, p), lambda p=path: _theirs(p))
            results.append((f"import {draft} / openpyxl", ours, theirs))
    return results


def run_many() -> list[tuple[str, float, float]]:
    """Seconds for one table when 1,000 are imported, and when 10 are, each into a new book.

    The 1,000 go in by tens, in turns with ten for another new book, and means are compared, so
    that what else the machine does weighs on both alike.
    """
    many: list[float] = []
    few: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        drafts = make_drafts(folder / "drafts", MANY)
        with Session.open(folder / "many.jxb") as session:
            _warm(session)
            for start in range(0, MANY, FEW):
                many.append(_seconds(session, drafts[start : start + FEW]))
                with Session.open(folder / f"{start}.jxb", session.forms) as other:
                    _warm(other)
                    few.append(_seconds(other, drafts[start : start + FEW]))
    each = statistics.mean(many) / FEW, statistics.mean(few) / FEW
    return [(f"import, a table of {MANY} / a table of {FEW}", *each)]


def make_drafts(folder: Path, number: int) -> list[Path]:
    """Drafts as workbooks of one project each: true tables under other names."""
    from dataclasses import replace

    from jixiao.app.exporting import write_grid
    from jixiao.app.forms.at_hand import FormLibrary
    from jixiao.io.paper.form.choose import choose_form
    from jixiao.io.paper.form.fill import fill

    forms = list(FormLibrary([]).by_id.values())
    paths: list[Path] = []
    for index in range(number):
        table = _truth(f"lukou2026-project-{index % 4 + 1}")
        name = f"{table.name}（{index + 1}）"
        table = replace(table, fields={**table.fields, "project_name": name})
        form = choose_form(forms, table)
        assert form is not None
        paths.append(folder / f"{index + 1:04}.xlsx")
        write_grid(fill(form, table), paths[-1])
    return paths


def _truth(name: str) -> Table:
    text = (DATA / "truth" / f"{name}.json").read_text(encoding="utf-8")
    return load_tables(text)[0]


def _warm(session: Session) -> None:
    """What a session loads once: forms, labels, the reader's libraries."""
    _ours(session, DATA / "drafts" / DRAFTS[0])


def _ours(session: Session, path: Path) -> None:
    [report] = import_files(session, [path])
    assert not report.refused


def _theirs(path: Path) -> int:
    import openpyxl

    book = openpyxl.load_workbook(path)
    return sum(
        cell.value is not None
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    )


def _seconds(session: Session, drafts: list[Path]) -> float:
    start = time.perf_counter()
    reports = import_files(session, drafts)
    taken = time.perf_counter() - start
    assert sum(len(report.table_ids) for report in reports) == len(drafts)
    return taken


def _medians(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    theirs()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for run_one, times in zip((ours, theirs), taken, strict=True):
            start = time.perf_counter()
            run_one()
            times.append(time.perf_counter() - start)
    return statistics.median(taken[0]), statistics.median(taken[1])


def main() -> None:
    """Print the comparisons."""
    for label, ours, theirs in (*run(), *run_many()):
        line = f"{label}: {ours * 1000:.2f} ms, {theirs * 1000:.2f} ms, ratio {ours / theirs:.2f}"
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
