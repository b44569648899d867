"""Truths in, official forms out, and back again."""

from __future__ import annotations

import pytest

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.self_test import SAMPLE, self_test
from tests.compare import ROUND_TRIP, differences, read_json, same_table
from tests.conftest import TRUTH
from tests.e2e.demo import demo

TRUTHS = [path for path in sorted(TRUTH.glob("*.json")) if "narrative" not in path.name]


@pytest.fixture(scope="session")
def truths():
    return [read_json(path) for path in TRUTHS]


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_exports_say_what_is_true(suffix, truths, run, book, tmp_path):
    assert run("load", *TRUTHS, "--book", book).status == 0
    out = tmp_path / "导出"
    exported = run("export", "--book", book, "--out", out, "--format", suffix)
    assert exported.status == 0
    files = exported.out.splitlines()
    assert sorted(files) == sorted(str(path) for path in out.iterdir())
    assert len(files) == len(truths)
    # Whatever a form has no place for is said; that is nothing but what stands beside the fields.
    told = [line.partition("本表样未列 ")[2] for line in exported.lines if "本表样未列" in line]
    assert {line.partition("：")[0] for line in told} <= {"附注", "单位代码", "金额单位"}

    again = tmp_path / "再读回.jxb"
    assert run("import", out, "--book", again).status == 0
    tables = run("dump", "--book", again).tables
    assert len(tables) == len(truths)
    for truth in truths:
        assert differences(truth, same_table(truth, tables), ROUND_TRIP) == []


def test_dump_load_dump_gives_the_same_bytes(run, book, tmp_path):
    first, second = tmp_path / "一.json", tmp_path / "二.json"
    assert run("load", *TRUTHS, "--book", book).status == 0
    assert run("dump", "--book", book, "--out", first).status == 0
    assert run("load", first, "--book", tmp_path / "二.jxb").status == 0
    assert run("dump", "--book", tmp_path / "二.jxb", "--out", second).status == 0
    assert first.read_bytes() == second.read_bytes()
    assert run("dump", "--book", book).out.encode() == first.read_bytes()


def test_a_dump_says_what_was_loaded(truths, run, book):
    run("load", *TRUTHS, "--book", book)
    tables = run("dump", "--book", book).tables
    assert len(tables) == len(truths)
    for truth in truths:
        table = same_table(truth, tables)
        assert differences(truth, table) == []
        assert table["notes"] == truth["notes"]
        assert table["empty_levels"] == truth["empty_levels"]


def test_the_sample_says_what_is_true_and_has_its_forms(truths):
    tables = read_json(SAMPLE)["tables"]
    forms = FormLibrary([]).by_id
    assert len(tables) == len(truths)
    assert {table["form"] for table in tables} <= set(forms)
    for truth in truths:
        table = same_table(truth, tables)
        assert differences(truth, table) == []
        assert forms[table["form"]].kind == truth["kind"]
        assert not forms[table["form"]].general


def test_export_in_another_form(run, book, tmp_path):
    run("load", TRUTH / "lukou2026-project-3.json", "--book", book)
    exported = run("export", "--book", book, "--out", tmp_path, "--form", "shifeng2023-fubiao3")
    assert exported.status == 0
    assert any("本表样未列" in line for line in exported.lines)
    missing = run("export", "--book", book, "--out", tmp_path, "--form", "没有这个")
    assert missing.status == 2
    assert "没有编号为“没有这个”的表样" in missing.lines[0]


def test_self_test_finds_nothing():
    said: list[str] = []
    assert self_test(said.append) == []
    assert said[-1] == "自检通过。"


def test_self_test_finds_a_form_that_is_not_there(monkeypatch, tmp_path):
    monkeypatch.setattr("jixiao.app.forms.at_hand.BUILT_IN", tmp_path)
    said: list[str] = []
    assert self_test(said.append) != []
    assert said[-1].startswith("自检没有通过")


def test_demo(tmp_path, capsys):
    assert demo(tmp_path) == 0
    assert len(list(tmp_path.glob("*.xlsx"))) == 17
    assert len(list(tmp_path.glob("*.docx"))) == 17
    assert "做完了" in capsys.readouterr().out
