"""Drafts in, the true tables out."""

from __future__ import annotations

import pytest

from tests.compare import differences, read_json, same_table
from tests.conftest import DRAFTS, TRUTH

MANIFEST = {entry["file"]: entry for entry in read_json(DRAFTS / "manifest.json")}
NARRATIVE = "lunan2025-narrative"
READABLE = [name for name, entry in MANIFEST.items() if entry["yields"] != [NARRATIVE]]


@pytest.mark.parametrize("name", READABLE)
def test_a_draft_says_what_is_true(name, run, book):
    entry = MANIFEST[name]
    truths = [truth for truth in entry["yields"] if truth != NARRATIVE]

    imported = run("import", DRAFTS / name, "--book", book)
    assert imported.status == 0, imported.lines
    assert imported.out == ""
    assert imported.lines[-1] == f"共 1 个文件，导入 {len(truths)} 张表。"

    tables = run("dump", "--book", book).tables
    assert len(tables) == len(truths)
    for truth in map(read_json, (TRUTH / f"{truth}.json" for truth in truths)):
        assert differences(truth, same_table(truth, tables), entry["ignore"]) == []


def test_the_manifest_lists_every_draft():
    there = {path.name for path in DRAFTS.iterdir() if path.suffix != ".json"}
    assert there == set(MANIFEST)


def test_a_folder_of_drafts(run, book, tmp_path):
    folder = tmp_path / "草稿"
    (folder / "二级").mkdir(parents=True)
    for name, place in (("lukou2026-department.xlsx", ""), ("lukou2026-project-2.docx", "二级")):
        (folder / place / name).write_bytes((DRAFTS / name).read_bytes())
    (folder / "~$打开着.xlsx").write_bytes(b"lock")
    (folder / "说明.txt").write_text("不是草稿", encoding="utf-8")

    assert run("import", folder, "--book", book).status == 0
    assert {table["kind"] for table in run("dump", "--book", book).tables} == {
        "department",
        "project",
    }


@pytest.mark.parametrize(
    ("existing", "tables", "said"),
    [("keep", 2, "又添了一份"), ("skip", 1, "已跳过"), ("replace", 1, "已用新的替换")],
)
def test_a_table_that_is_there_already(existing, tables, said, run, book):
    draft = DRAFTS / "lukou2026-project-3.xlsx"
    run("import", draft, "--book", book)
    again = run("import", draft, "--book", book, "--existing", existing)
    assert again.status == 0
    assert any(said in line for line in again.lines)
    assert len(run("dump", "--book", book).tables) == tables


def test_agency_and_year_for_drafts_that_do_not_tell_them(run, book):
    draft = DRAFTS / "lunan2025-project-1.xlsx"
    run("import", draft, "--book", book, "--agency", "别的单位", "--year", 2025)
    [table] = run("dump", "--book", book).tables
    assert table["year"] == 2025
    assert table["agency"] == "唐山市路南区人民代表大会常务委员会本级"


def test_report_of_an_import(run, book):
    draft = DRAFTS / "lukou2026-all.xlsx"
    [file] = run("import", draft, "--book", book, "--json").json["files"]
    assert file["file"] == str(draft)
    assert (file["status"], file["reason"]) == ("read", None)
    assert [table["kind"] for table in file["tables"]] == ["department", *["project"] * 4]
    for table in file["tables"]:
        assert set(table) == {
            "sheet", "range", "form", "confidence", "agency", "year", "kind", "table",
            "sure", "taken", "reason", "doubts", "unplaced",
        }  # fmt: skip
        assert table["form"].startswith("lukou2026-")
        assert table["year"] == 2026
        assert (table["sure"], table["taken"], table["reason"]) == (True, True, None)
        assert 0 < table["confidence"] <= 1
