"""Makes the drafts of tests/data/reading with their expectations.

Run it after changing a drawing: python -m tests.reading.make [NUMBER …]
"""

import importlib
import json
import sys
from pathlib import Path

from tests.reading.write import write

FOLDER = Path(__file__).parents[1] / "data/reading"
MODULES = (
    "provinces",
    "provinces2",
    "heads",
    "values",
    "shapes",
    "stacks",
    "lists",
    "mixtures",
    "notables",
)


def drafts():
    """Every draft, in order of its number."""
    found = [
        make()
        for module in MODULES
        for make in importlib.import_module(f"tests.reading.{module}").ALL
    ]
    return sorted(found, key=lambda draft: draft.file)


def expectation(draft):
    return json.dumps(draft.expected(), ensure_ascii=False, indent=1) + "\n"


def list_drafts(found):
    """Writes the list at the end of the README anew."""
    path = FOLDER / "README.md"
    head, mark, _ = path.read_text(encoding="utf-8").partition("|---|---|\n| 01")
    lines = "".join(f"| {draft.file} | {draft.what} |\n" for draft in found)
    path.write_text(head + mark.removesuffix("| 01") + lines, encoding="utf-8")


def main(names):
    list_drafts(drafts())
    for draft in drafts():
        if not names or draft.file[:2] in names:
            write(draft, FOLDER)
            path = (FOLDER / draft.file).with_suffix(".json")
            path.write_text(expectation(draft), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
