"""All benchmarks in one table: ``python -m tests.bench``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tests.bench import bench_book, bench_checks, bench_export, bench_import, bench_window

Row = tuple[str, float, float, float]


def rows() -> Iterator[Row]:
    """Name, our seconds, the other's seconds, the ratio that is the goal."""
    goals = {"xlsx": 1.5, "docx": 0.2}
    yield from ((*result, goals[result[0][:4]]) for result in bench_export.run())
    yield from ((*result, 1.0) for result in bench_import.run())
    yield from ((*result, 1.2) for result in bench_import.run_many())
    yield from bench_checks.run()
    yield from bench_book.run()
    yield from bench_window.run()


def main() -> None:
    """Run and print; the exit status says nothing about speed."""
    line = "{:<66}{:>10}{:>10}{:>8}{:>8}  {}\n"
    sys.stdout.write(line.format("", "ours ms", "other ms", "ratio", "goal", ""))
    for name, ours, other, goal in rows():
        ratio = ours / other
        mark = "" if ratio <= goal else "above the goal"
        texts = (f"{ours * 1000:.2f}", f"{other * 1000:.2f}", f"{ratio:.2f}", f"{goal:g}")
        sys.stdout.write(line.format(name, *texts, mark))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
