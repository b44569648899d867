"""Forms and tables for the tests of rows and the clipboard."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from jixiao.io.files.exchange import table_from_json
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.form.load_form import load_form
from jixiao.model.table import Table

ROOT = Path(__file__).parents[2]

PAIRS = {
    "lukou2026-xiangmu": "lukou2026-project-1",
    "lukou2026-bumen": "lukou2026-department",
    "lukougov2026-xiangmu": "lukougov2026-project-1",
    "hetang2024-xiangmu": "hetang2024-project-1",
    "shifeng2023-fubiao1": "shifeng2023-department",
    "shifeng2023-fubiao2": "shifeng2023-summary",
    "shifeng2023-fubiao3": "shifeng2023-project-1",
    "lunan2025-xiangmu": "lunan2025-project-1",
    "tongyong-xiangmu": "lunan2025-project-2",
}
"""Form → a table that was printed in it (or could be)."""


@cache
def form_of(form_id: str) -> Form:
    return load_form(ROOT / "jixiao/resources/forms" / f"{form_id}.xlsx")


@cache
def table_of(form_id: str) -> Table:
    path = ROOT / "tests/data/truth" / f"{PAIRS[form_id]}.json"
    return table_from_json(json.loads(path.read_text("utf-8")))
