"""Exit statuses, and what goes to which stream."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import jixiao
from jixiao.model.book import Book
from tests.compare import read_json
from tests.conftest import DRAFTS, TRUTH

ROOT = Path(__file__).parents[2]
FORMS = ROOT / "jixiao" / "resources" / "forms"
DRAFT = DRAFTS / "lukou2026-project-3.xlsx"
_READERS = [("check",), ("check", "--json"), ("export", "--out", "导出"), ("dump",)]


@pytest.fixture
def wrong_sum(tmp_path):
    """An exchange file in which the sum of a department's money is wrong."""
    table = read_json(TRUTH / "lukou2026-department.json")
    table["fields"]["budget_total"] = "1"
    path = tmp_path / "总额不对.json"
    path.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "arguments",
    [
        ["import"],
        ["import", "a.xlsx"],
        ["import", "a.xlsx", "--book", "b.jxb", "--existing", "别的"],
        ["import", "a.xlsx", "--book", "b.jxb", "--year", "明年"],
        ["check"],
        ["check", "--book"],
        ["export", "--book", "b.jxb"],
        ["export", "--book", "b.jxb", "--out", "o", "--format", "wps"],
        ["export", "--book", "b.jxb", "--out", "o", "--format", ""],
        ["dump"],
        ["load", "--book", "b.jxb"],
        ["self-test", "更多"],
        ["没有这个命令", "x"],
        ["inport"],
        ["--没有这个选项"],
    ],
    ids=" ".join,
)
def test_wrong_usage(arguments, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.status == 2
    assert result.out == ""
    assert any("\u4e00" <= char <= "\u9fff" for char in result.lines[0])
    assert list(tmp_path.iterdir()) == [], "nothing is made by a slip"


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="always has a screen")
@pytest.mark.parametrize("arguments", [[], ["账本.jxb"]], ids=len)
def test_the_window_without_a_screen(arguments, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    result = run(*arguments)
    assert (result.status, result.out) == (2, "")
    assert "没有图形界面" in result.lines[0]
    assert not list(tmp_path.iterdir())


def test_help_and_version(run):
    assert run("--version").out == f"jixiao {jixiao.__version__}\n"
    result = run("--help")
    assert result.status == 0
    for command in ("import", "check", "export", "dump", "load", "forms", "self-test"):
        assert command in result.out
        assert run(command, "--help").out.startswith("用法：")


@pytest.mark.parametrize("name", ["lukou2026-department", "shifeng2023-summary"])
def test_check_ends_with_1_exactly_when_there_are_errors(name, run, book):
    run("load", TRUTH / f"{name}.json", "--book", book)
    result = run("check", "--book", book)
    assert result.status == ("[错误]" in result.out)
    report = run("check", "--book", book, "--json")
    assert report.status == result.status
    assert len(report.json["findings"]) == len(result.out.splitlines())


def test_check_finds_a_wrong_sum(run, book, wrong_sum):
    run("load", wrong_sum, "--book", book)
    result = run("check", "--book", book)
    assert result.status == 1
    assert "[错误]" in result.out
    report = run("check", "--book", book, "--json")
    assert report.status == 1
    for found in report.json["findings"]:
        assert set(found) == {
            "rule", "dimension", "severity", "agency", "year", "kind", "table", "field",
            "indicator", "cell", "message", "fix",
        }  # fmt: skip
    sums = [found for found in report.json["findings"] if found["field"] == "budget_total"]
    assert {(found["rule"], found["severity"]) for found in sums} >= {("M1", "error")}
    assert all(found["cell"] for found in sums)


@pytest.mark.parametrize("command", _READERS)
def test_a_book_that_is_not_there_is_made_and_told(command, run, book):
    result = run(*command, "--book", book)
    assert result.status == 0
    assert f"账本“{book}”原来不存在" in result.lines[0]
    assert book.exists()


def test_check_and_dump_of_an_empty_book(run, book):
    Book.open(book).close()
    assert run("check", "--book", book).status == 0
    assert run("dump", "--book", book).json == {
        "format": "jixiao-exchange",
        "version": 1,
        "tables": [],
    }


def test_export_tells_the_files_it_wrote(run, book, tmp_path):
    run("import", DRAFT, "--book", book)
    out = tmp_path / "导出 文件"
    result = run("export", "--book", book, "--out", out)
    assert result.status == 0
    assert sorted(map(Path, result.out.splitlines())) == sorted(out.iterdir())
    assert sorted(path.suffix for path in out.iterdir()) == [".docx", ".xlsx"]


def test_export_over_files_that_are_there(run, book, tmp_path):
    run("import", DRAFT, "--book", book)
    out = tmp_path / "导出"
    first = run("export", "--book", book, "--out", out, "--format", "xlsx")
    edited = Path(first.out.splitlines()[0])
    edited.write_bytes(b"edited")
    again = run("export", "--book", book, "--out", out, "--format", "xlsx")
    assert again.status == 0
    assert edited.read_bytes() == b"edited"
    assert f"{edited.stem} (2).xlsx" in again.out
    skipped = run("export", "--book", book, "--out", out, "--existing", "skip", "--format", "xlsx")
    assert (skipped.status, skipped.out) == (0, "")
    assert f"已有 {edited.name}，跳过" in skipped.lines
    replaced = run(
        "export", "--book", book, "--out", out, "--existing", "replace", "--format", "xlsx"
    )
    assert f"替换了原有的 {edited.name}" in replaced.lines
    assert edited.read_bytes() != b"edited"


def test_help_offers_what_works(run):
    told = run("export", "--help").out
    assert "--existing" in told
    assert "pdf" not in told
    assert "combined" not in told
    assert "show this" not in told


def test_a_dump_takes_the_place_of_an_exchange_file_alone(run, book, tmp_path):
    run("import", DRAFT, "--book", book)
    out = tmp_path / "全部.json"
    first = run("dump", "--book", book, "--out", out)
    assert (first.status, first.out, first.lines) == (0, "", [])
    text = out.read_text(encoding="utf-8")
    again = run("dump", "--book", book, "--out", out)
    assert (again.status, again.out) == (0, "")
    assert again.lines == ["替换了原有的 全部.json"]
    assert out.read_text(encoding="utf-8") == text
    settings = tmp_path / "settings.json"
    settings.write_text("[1]", encoding="utf-8")
    draft = shutil.copy(DRAFT, tmp_path)
    for other in (book, settings, Path(draft)):
        before = other.read_bytes()
        refused = run("dump", "--book", book, "--out", other)
        assert (refused.status, refused.out) == (3, "")
        assert "不是交换文件" in refused.lines[0]
        assert other.read_bytes() == before
    assert run("dump", "--book", book).out == text


def test_export_into_what_is_no_folder(run, book, tmp_path):
    run("import", DRAFT, "--book", book)
    place = tmp_path / "文件"
    place.write_text("x", encoding="utf-8")
    result = run("export", "--book", book, "--out", place)
    assert result.status == 3
    assert result.out == ""
    assert place.read_text(encoding="utf-8") == "x"


def test_forms_are_listed(run):
    result = run("forms")
    assert result.status == 0
    listed = {line.split("\t")[0] for line in result.out.splitlines()}
    assert listed == {path.stem for path in FORMS.glob("*.xlsx")}


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.xlsx")), ids=lambda path: path.stem)
def test_the_official_forms_are_good(path, run):
    assert run("forms", "--check", path).status == 0


def test_a_draft_is_no_form(run):
    result = run("forms", "--check", DRAFT)
    assert result.status == 1
    assert result.out


def test_a_users_own_form_is_offered(run, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("APPDATA", str(tmp_path))
    folder = tmp_path / "jixiao" / "forms"
    folder.mkdir(parents=True)
    (folder / "坏的.xlsx").write_bytes(b"no workbook")
    shutil.copy(FORMS / "lukou2026-xiangmu.xlsx", folder / "本县.xlsx")
    result = run("forms")
    assert result.status == 0
    assert any("坏的.xlsx" in line for line in result.lines)


def test_self_test(run):
    result = run("self-test")
    assert result.status == 0
    assert result.out == ""
    assert result.lines[-1] == "自检通过。"


def test_as_a_program_without_a_chinese_locale(tmp_path):
    """The whole walk once more in processes of their own, under LC_ALL=C, from another folder."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith("LC_")}
    environment |= {"LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii"}

    def program(*arguments: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *arguments],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    status, out, told = program("import", str(DRAFT), "--book", "a.jxb")
    assert (status, out) == (0, "")
    assert "导入 1 张表" in told
    status, out, told = program("dump", "--book", "a.jxb")
    assert (status, told) == (0, "")
    assert "预算审查联网监督" in out
    status, out, told = program("export", "--book", "a.jxb", "--out", "out", "--format", "docx")
    assert status == 0
    assert (
        out
        == "out/2026年株洲市渌口区人民代表大会常务委员会办公室-预算审查联网监督.docx\n".replace(
            "/", os.sep
        )
    )
    status, out, _ = program("check", "--book", "a.jxb")
    assert status == ("[错误]" in out)
    assert program("没有", "这个")[0] == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no device that is full")
@pytest.mark.parametrize("command", [("dump",), ("check",), ("check", "--json")], ids=" ".join)
def test_results_that_nobody_takes(command, run, book, tmp_path):
    """A reader that has seen enough is no fault; a full disk is one, and is told."""
    for name in ("lukou2026-project-1.json", "lukou2026-department.json"):
        run("load", TRUTH / name, "--book", book)
    call = [sys.executable, str(ROOT / "main.py"), *command, "--book", str(book)]
    reader, writer = os.pipe()
    os.close(reader)
    for end, status, told in ((writer, 0, ""), (os.open("/dev/full", os.O_WRONLY), 3, "磁盘")):
        done = subprocess.run(
            call, stdout=end, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
        os.close(end)
        assert done.returncode == status
        assert "Traceback" not in done.stderr
        assert "Exception ignored" not in done.stderr
        assert told in done.stderr
