"""All benchmarks in one table: ``python -m tests.bench``."""

from __future__ import annotations

import sys

from tests.bench import bench_export, bench_import

Row = tuple[str, float, float, float]


def rows() -> list[Row]:
    """Name, our seconds, the other's seconds, the ratio that is the goal."""
    goals = {"xlsx": 1.5, "docx": 0.2}
    found = [(*result, goals[result[0][:4]]) for result in bench_export.run()]
    found += [(*result, 1.0) for result in bench_import.run()]
    found += [(*result, 1.2) for result in bench_import.run_many()]
    return found


def main() -> None:
    """Run and print; the exit status says nothing about speed."""
    line = "{:<58}{:>10}{:>10}{:>8}{:>8}  {}\n"
    sys.stdout.write(line.format("", "ours ms", "other ms", "ratio", "goal", ""))
    for name, ours, other, goal in rows():
        ratio = ours / other
        mark = "" if ratio <= goal else "above the goal"
        texts = (f"{ours * 1000:.2f}", f"{other * 1000:.2f}", f"{ratio:.2f}", f"{goal:g}")
        sys.stdout.write(line.format(name, *texts, mark))


if __name__ == "__main__":
    main()
