"""``python -m tests.fuzz [FIRST] [NUMBER]``: try spoiled files; a failing seed is printed.

``python -m tests.fuzz --keep SEED FILE`` writes the file of a seed, to look at.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.fuzz.run import make, try_seed

NUMBER = 10_000


def main(arguments: list[str]) -> int:
    """Try the seeds; the exit status is 1 when any failed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments[:1] == ["--keep"]:
            shutil.copy(make(int(arguments[1]), folder), arguments[2])
            return 0
        first = int(arguments[0]) if arguments else 0
        number = int(arguments[1]) if len(arguments) > 1 else NUMBER
        counts: Counter[str] = Counter()
        for seed in range(first, first + number):
            outcome, told = try_seed(seed, folder)
            counts[outcome] += 1
            if outcome == "failed":
                sys.stdout.write(f"seed {seed} failed:\n{told}\n")
                sys.stdout.flush()
    sys.stdout.write(f"{number} files from seed {first}: {dict(counts)}\n")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
