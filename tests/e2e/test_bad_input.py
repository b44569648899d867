"""What a user gives by mistake: one clear line, and everything else goes on."""

from __future__ import annotations

import re
import sqlite3
import struct
from pathlib import Path

import pytest

from tests.conftest import DRAFTS, TRUTH

GOOD = DRAFTS / "lukou2026-project-3.xlsx"
CHINESE_SENTENCE = re.compile(r"[\u4e00-\u9fff].*[；。，].*[\u4e00-\u9fff]")


def encrypted() -> bytes:
    """The container of a workbook with a password: a FAT and a folder, no content."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)

    def entry(name: str, kind: int, child: int = free, right: int = free) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        links = struct.pack("<BBIII", kind, 1, free, right, child)
        return (
            text.ljust(64, b"\0")
            + struct.pack("<H", len(text))
            + links
            + bytes(36)
            + (struct.pack("<IQ", end, 0))
        )

    table = struct.pack("<128I", fat, end, *[free] * 126)
    folder = entry("Root Entry", 5, child=1)
    folder += entry("EncryptionInfo", 2, right=2) + entry("EncryptedPackage", 2) + bytes(128)
    return header + table + folder


def half(path: Path) -> bytes:
    content = path.read_bytes()
    return content[: len(content) // 2]


BAD = {
    "文字.xlsx": ("其实是一段文字，不是工作簿。\n".encode(), "纯文本"),
    "加密.xlsx": (encrypted(), "密码"),
    "空.xlsx": (b"", "空的"),
    "断.xlsx": (half(GOOD), "损坏"),
    "断.docx": (half(DRAFTS / "lukou2026-project-2.docx"), "损坏"),
    "断.xls": (half(DRAFTS / "lukou2026-project-3.xls"), "损坏"),
    "断.json": (b'{"format": "jixiao-exchange", "version": 1, "tables": [', "交换文件"),
    "新.json": (b'{"format": "jixiao-exchange", "version": 2, "tables": []}', "升级"),
    "网页.xls": (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "网页"),
    "没有表.csv": ("姓名,电话\n张三,123\n".encode("gbk"), "没有找到绩效目标表"),
    "账本.xlsx": (b"SQLite format 3\0" + bytes(84), "不是"),
}


@pytest.mark.parametrize("name", BAD)
def test_one_line_says_why_and_what_to_do(name, run, book, tmp_path):
    content, reason = BAD[name]
    bad = tmp_path / name
    bad.write_bytes(content)

    result = run("import", bad, "--book", book)
    assert result.status == 3
    assert result.out == ""
    refusal, summary = result.lines
    assert refusal.startswith(f"{bad}：没有导入。")
    assert reason in refusal
    assert CHINESE_SENTENCE.search(refusal), "says what happened, and what to do"
    assert summary == "共 1 个文件，导入 0 张表，1 个文件没有导入。"
    assert run("dump", "--book", book).tables == []
    assert bad.read_bytes() == content


def test_a_missing_file(run, book, tmp_path):
    result = run("import", tmp_path / "没有.xlsx", "--book", book)
    assert result.status == 3
    assert "没有导入。" in result.lines[0]
    assert re.search("找不到|没有这个文件|不存在", result.lines[0])
    assert len(result.lines) == 2


def test_the_other_files_are_imported(run, book, tmp_path):
    paths = []
    for name, (content, _) in BAD.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(content)
    paths.insert(3, GOOD)
    paths.append(tmp_path / "没有.docx")

    result = run("import", *paths, "--book", book, "--json")
    assert result.status == 3
    assert [file["file"] for file in result.json["files"]] == [str(path) for path in paths]
    for file in result.json["files"]:
        good = file["file"] == str(GOOD)
        assert file["status"] == ("read" if good else "refused")
        assert (file["reason"] is None) == good
        assert len(file["tables"]) == (1 if good else 0)
    assert len([line for line in result.lines if "：没有导入。" in line]) == len(BAD) + 1
    assert len(run("dump", "--book", book).tables) == 1


def test_load_takes_exchange_files_only(run, book):
    result = run("load", GOOD, TRUTH / "lukou2026-project-3.json", "--book", book)
    assert result.status == 3
    assert "不是交换文件" in result.lines[0]
    assert len(run("dump", "--book", book).tables) == 1


COMMANDS = (
    ("import", GOOD),
    ("load", TRUTH / "lukou2026-project-3.json"),
    ("check",),
    ("export", "--out", "导出"),
    ("dump",),
)


def newer_book(path, run):
    run("import", GOOD, "--book", path)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99999999")
    db.close()
    return "升级"


def foreign_database(path, run):
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE someone_elses (a)")
    db.close()
    return "不是"


def no_database(path, run):
    path.write_bytes(GOOD.read_bytes())
    return "不是"


@pytest.mark.parametrize("make", [newer_book, foreign_database, no_database])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_book_that_cannot_be_opened_is_left_alone(
    make, command, run, book, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    said = make(book, run)
    before = book.read_bytes()

    result = run(*command, "--book", book)
    assert result.status == 4
    assert result.out == ""
    assert len(result.lines) == 1
    assert said in result.lines[0]
    assert book.read_bytes() == before
    assert [path.name for path in book.parent.iterdir()] == [book.name]
    assert not (tmp_path / "导出").exists()
