"""How well the reader reads; run as a module: measure [dropout] [random n=20] [-v] [group …]."""

from __future__ import annotations

import statistics
import sys
import time

from jixiao.io.recognise import recognise
from tests.io.forms import all_labels
from tests.reading.dropout import at_random, where_words_stand, without
from tests.reading.samples import GROUPS, samples
from tests.reading.score import Score, score

_GROUPS = GROUPS


def main(arguments: list[str]) -> None:
    """Measure what the arguments ask for."""
    groups = [a for a in arguments if a in _GROUPS]
    chosen = samples(*groups)
    names = [
        a for a in arguments if a not in (*_GROUPS, "dropout", "random", "-v") and a[:2] != "n="
    ]
    if names:
        chosen = tuple(s for s in chosen if any(n in s.name for n in names))
    labels = all_labels()
    begun = time.perf_counter()
    if "dropout" in arguments:
        total = Score()
        for word, told in where_words_stand(chosen, labels):
            less = without(labels, [word])
            one = Score()
            for sample in told:
                found = score(sample, recognise(sample.grids, less, sample.name))
                found.lines = [f"{sample.name} {line}" for line in found.lines if "SILENT" in line]
                one.add(found)
            if "-v" in arguments and one.silent:
                say(f"--- {word}: {one.silent}")
                say("\n".join(one.lines[:12]))
            total.add(one)
        _print("each word", total)
    elif "random" in arguments:
        total = Score()
        for seed in range(int(next((a[2:] for a in arguments if a.startswith("n=")), 20))):
            less = at_random(labels, 0.3, seed)
            for sample in chosen:
                found = score(sample, recognise(sample.grids, less, sample.name))
                if "-v" in arguments:
                    for line in found.lines:
                        if "SILENT" in line:
                            say(f"{seed} {sample.name} {line}")
                total.add(found)
        _print("30 % gone", total)
    else:
        _by_group(chosen, labels, "-v" in arguments)
    say(f"{time.perf_counter() - begun:.1f} s")


def say(line: str) -> None:
    """A line of the report."""
    sys.stdout.write(f"{line}\n")


def _by_group(chosen, labels, verbose) -> None:
    total = Score()
    for group in _GROUPS:
        one = Score()
        for sample in chosen:
            if sample.group == group:
                found = score(sample, recognise(sample.grids, labels, sample.name))
                if verbose and found.lines:
                    say(f"--- {sample.group}/{sample.name}")
                    say("\n".join(found.lines))
                one.add(found)
        if one.cells:
            _print(group, one)
            total.add(one)
    _print("all", total)


def _print(name: str, one: Score) -> None:
    def share(number: int) -> str:
        return f"{number:6d} {100 * number / max(1, one.cells):5.2f}%"

    doubts = one.doubts or [0]
    say(
        f"{name:10s} cells {one.cells:6d} right {share(one.right)} flagged {share(one.flagged)}"
        f" silent {share(one.silent)} | right but doubted {share(one.doubted)}"
        f" | tables {one.tables}"
        f" sure {one.sure} ({100 * one.sure / max(1, one.tables):.0f}%) wrong in sure"
        f" {one.sure_wrong} | doubts a table median {statistics.median(doubts)}"
        f" mean {statistics.mean(doubts):.2f}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
