"""Prints the files of tests that a small change needs, the nearest first, for `make quick`.

What changed is what git sees as not committed, else the last commit. Its tests are those that
changed themselves, those named after a changed module or its folder, and those that import it.
A few that walk through the whole program always belong to them. Together they take no longer
than a given time, by what each took when the whole suite ran last.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SECONDS = ROOT / ".pytest_cache/v/jixiao/seconds"
ALWAYS = (
    "tests/test_architecture.py",
    "tests/e2e/test_round_trip.py",
    "tests/gui/test_written_places.py",
)
UNKNOWN = 1.0
"""The seconds that a file takes of which nothing is known."""


def main() -> None:
    """`quick.py tests SECONDS` prints files of tests, `quick.py sources` changed modules."""
    changed = changed_files()
    if sys.argv[1] == "sources":
        print(*(name for name in changed if is_module(name)), sep="\n")
        return
    print(*within(nearest(changed), float(sys.argv[2])), sep="\n")


def changed_files() -> list[str]:
    """The files that differ from the last commit, or that the last commit changed."""
    changed = git("diff", "--name-only", "HEAD") + git("ls-files", "-o", "--exclude-standard")
    names = changed or git("diff", "--name-only", "HEAD~1", "HEAD")
    return [name for name in names if name.endswith(".py") and (ROOT / name).exists()]


def git(*words: str) -> list[str]:
    done = subprocess.run(
        ["git", "-c", "core.quotepath=off", *words],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout.splitlines()


def is_module(name: str) -> bool:
    return name.startswith("jixiao/")


def nearest(changed: list[str]) -> list[str]:
    """All test files that have to do with the change, each once."""
    tests = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/**/test_*.py"))
    modules = [Path(name) for name in changed if is_module(name)]
    named = [test for test in tests if any(is_named_after(module, test) for module in modules)]
    names = {".".join(module.with_suffix("").parts) for module in modules}
    importing = [test for test in tests if names & set(imports(ROOT / test))]
    own = [name for name in changed if name in tests]
    return list(dict.fromkeys([*own, *ALWAYS, *named, *importing]))


def is_named_after(module: Path, test: str) -> bool:
    """test_tree_keys.py in tests/gui is named after gui/tree/keys.py and gui/tree/view.py."""
    words = [module.stem, *module.parts[2:-1]]
    layer = module.parts[1]
    return f"tests/{layer}/" in test and any(
        Path(test).stem.startswith(f"test_{word}") for word in words if word != "__init__"
    )


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def within(tests: list[str], seconds: float) -> Iterator[str]:
    """As many of the tests as take no longer together; the first is always among them."""
    known: dict[str, float] = json.loads(SECONDS.read_bytes()) if SECONDS.exists() else {}
    taken = 0.0
    for test in tests:
        taken += known.get(test, UNKNOWN)
        if taken <= seconds or test == tests[0]:
            yield test
        else:
            taken -= known.get(test, UNKNOWN)


if __name__ == "__main__":
    main()
