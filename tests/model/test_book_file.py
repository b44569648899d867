"""The file of a book: what it refuses, who may write it, how it is copied."""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from jixiao.model import migrations, storage
from jixiao.model.book import Book
from jixiao.model.errors import BookError
from jixiao.model.schema import MAJOR, VERSION
from tests.model.book_samples import TABLE, add, files


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "账本 1.jxb"


def test_it_lies_on_disk_without_a_trace_beside(path: Path) -> None:
    with Book.open(path) as book:
        add(book, TABLE)
        with sqlite3.connect(path) as other:
            assert other.execute("SELECT count(*) FROM indicators").fetchone() == (2,)
            assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        other.close()
        assert book._db.conn.execute("PRAGMA synchronous").fetchone() == (2,)
        assert book._db.conn.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert files(path.parent) == [path.name]


@pytest.mark.parametrize("name", ["a b%20?x=1#y.jxb", "“引号”'.jxb", "%.jxb", "&mode=ro.jxb"])
def test_odd_file_names(tmp_path: Path, name: str) -> None:
    with Book.open(tmp_path / name) as book:
        add(book, TABLE)
    assert files(tmp_path) == [name]


@pytest.mark.parametrize(
    "content",
    [b"", b"SQLite format 3\0", b"PK\x03\x04" + b"x" * 500, b"x" * 5000],
    ids=["empty", "stump", "zip", "noise"],
)
def test_no_book_is_refused_untouched(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    _refused_untouched(path, "不是账本文件")


def test_a_foreign_database_is_refused_untouched(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE tables (id)")
    db.close()
    _refused_untouched(path, "不是绩效目标表的账本")


def test_a_newer_major_version_is_refused_untouched(path: Path) -> None:
    _set_version(path, (MAJOR + 1) << 16)
    _refused_untouched(path, "更新的版本")


def test_a_newer_minor_version_is_used(path: Path) -> None:
    _set_version(path, VERSION + 1)
    with Book.open(path) as book:
        add(book, TABLE)
    with path.open("rb") as file:
        assert struct.unpack(">I", file.read(64)[60:])[0] == VERSION + 1


def test_damage_is_said_and_the_file_untouched(path: Path) -> None:
    with Book.open(path) as book:
        add(book, *[TABLE] * 200)
    path.write_bytes(path.read_bytes()[:9000])
    _refused_untouched(path, "损坏")


def _set_version(path: Path, version: int) -> None:
    with Book.open(path):
        pass
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {version}")
    db.close()


def _refused_untouched(path: Path, message: str) -> None:
    os.utime(path, ns=(10**18, 10**18))
    before = path.read_bytes()
    for create in (True, False):
        with pytest.raises(BookError, match=message):
            Book.open(path, create=create)
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == 10**18
    assert files(path.parent) == [path.name]


def test_missing_places_are_said(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="找不到账本"):
        Book.open(tmp_path / "a.jxb", create=False)
    with pytest.raises(BookError, match="不存在"):
        Book.open(tmp_path / "b" / "a.jxb")
    with pytest.raises(BookError, match="文件夹或设备"):
        Book.open(tmp_path)
    assert files(tmp_path) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may do everything")
def test_without_permission(path: Path) -> None:
    with Book.open(path) as book:
        add(book, TABLE)
    path.parent.chmod(0o500)
    try:
        with Book.open(path) as book:
            assert book.read_only
        with pytest.raises(BookError, match="不能在"):
            Book.open(path.with_name("new.jxb"))
    finally:
        path.parent.chmod(0o700)
    path.chmod(0o400)
    with Book.open(path) as book:
        assert "只读" in book.refusal
    path.chmod(0)
    with pytest.raises(BookError, match="没有权限"):
        Book.open(path)


def test_an_older_book_is_backed_up_and_brought_up(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Book.open(path) as book:
        add(book, TABLE)
    later = Migrations(migrations.MIGRATIONS.name)
    later._migrations = [*migrations.MIGRATIONS._migrations]

    @later(name="0002 colour")
    def colour(db: Database) -> None:
        db.execute("ALTER TABLE tables ADD COLUMN colour TEXT NOT NULL DEFAULT '红'")

    monkeypatch.setattr(migrations, "MIGRATIONS", later)
    monkeypatch.setattr(storage, "VERSION", VERSION + 1)
    with Book.open(path) as book:
        assert book.undo() is not None
        assert book.redo() is not None
        assert [table for _, table in book.tables()] == [TABLE]
        query = "SELECT colour FROM tables"
        assert book._db.conn.execute(query).fetchall() == [("红",)]
    [folder] = [file for file in files(path.parent) if file != path.name]
    [backup] = files(path.parent / folder)
    assert "升级前" in backup


def test_a_book_of_the_first_version_opens_whole_and_is_backed_up(path: Path) -> None:
    old = Path(__file__).parents[1] / "data" / "books" / "book-1.0.db"
    shutil.copy(old, path)
    path.chmod(0o600)
    with Book.open(path) as book:
        assert [table.agency for _, table in book.tables()] == ["渌口区人大办", "石峰区政府"]
        assert [entry.name for entry in book.deleted()] == ["旧项目"]
        assert (book.tables_with("12次"), book.tables_with("旧项目")) == ({1}, set())
        names = []
        while change := book.undo():
            names.append(change.name)
        assert names == ["修改 指标值", "修改 单位", "删除 旧项目", "导入 草稿.xlsx"]
        assert book.tree() == []
        for _ in names:
            assert book.redo() is not None
        with book.step("空单位") as step:
            step.add_agency("新单位")
        assert [agency.name for agency in book.tree()][-1] == "新单位"
        assert book._db.conn.execute("PRAGMA user_version").fetchone() == (VERSION,)
    folder = path.with_name(f"{path.stem}.备份")
    [backup] = files(folder)
    assert backup.endswith(" 升级前.jxb")
    assert (folder / backup).read_bytes()[60:64] == old.read_bytes()[60:64]


def test_an_older_book_that_cannot_be_written_is_left_as_it_is(path: Path) -> None:
    shutil.copy(Path(__file__).parents[1] / "data" / "books" / "book-1.0.db", path)
    before = path.read_bytes()
    lock = storage.WriterLock(path)
    try:
        with pytest.raises(BookError, match="较早的版本"):
            Book.open(path)
    finally:
        lock.release()
    assert path.read_bytes() == before


# Two at once

_READER = """
import sys
from jixiao.model.book import Book
from jixiao.model.errors import BookError
with Book.open(sys.argv[1]) as book:
    print(book.read_only, sum(1 for _ in book.tables()))
    try:
        with book.step("x"):
            pass
    except BookError as error:
        print("别处打开" in str(error))
"""
_CRASH = """
import os, sys
from jixiao.model.book import Book
from jixiao.model.table import Table
book = Book.open(sys.argv[1])
book._db.conn.execute("PRAGMA cache_size = 1")  # so that rows go to the file before the commit
with book.step("x") as step:
    for n in range(300):
        step.add_table(Table(title="半途" * 200))
    os._exit(9)
"""


def _run(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def test_a_second_process_reads_only(path: Path) -> None:
    with Book.open(path) as book:
        add(book, TABLE)
        assert _run(_READER, path).stdout.split() == ["True", "1", "True"]
        with Book.open(path) as again:
            assert again.read_only
            for write in (again.undo, again.redo):
                with pytest.raises(BookError, match="别处打开"):
                    write()
            add(book, TABLE)
            assert len(list(again.tables())) == 2
        assert not book.read_only
        add(book, TABLE)
    assert _run(_READER, path).stdout.split() == ["False", "3"]


def test_a_crash_in_a_step_leaves_the_book_as_before(path: Path) -> None:
    with Book.open(path) as book:
        add(book, TABLE)
        before = book.dump_sql()
    assert _run(_CRASH, path).returncode == 9
    assert any(file.endswith("-journal") for file in files(path.parent))
    with Book.open(path) as book:
        assert not book.read_only
        assert book.dump_sql() == before
    assert files(path.parent) == [path.name]


def test_a_reader_in_the_way_delays_but_does_not_break(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "_WAIT_MS", 20)
    with Book.open(path) as book:
        add(book, TABLE)
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM tables").fetchall()
        with pytest.raises(BookError, match="占用"):
            add(book, TABLE)
        reader.close()
        assert len(list(book.tables())) == 1
        add(book, TABLE)
        assert len(list(book.tables())) == 2


def test_a_full_disk_saves_nothing_and_says_so(path: Path) -> None:
    with Book.open(path) as book:
        add(book, TABLE)
        before = book.dump_sql()
        book._db.conn.execute("PRAGMA max_page_count = 1")  # SQLite takes the size it has
        with pytest.raises(BookError, match="磁盘已满"):
            add(book, *[TABLE] * 300)
        assert book.dump_sql() == before
        assert book.undo_name == "添加"


def test_another_thread_may_take_the_book_over(path: Path) -> None:
    with ThreadPoolExecutor(1) as worker:
        book = worker.submit(Book.open, path).result()
        [table_id] = worker.submit(add, book, TABLE).result()
    assert book.table(table_id) == TABLE
    book.close()


# Copies


@pytest.mark.parametrize("copy", ["backup", "save_copy"])
def test_copies_are_whole_books(path: Path, copy: str) -> None:
    target = path.with_name("另存 1%.jxb")
    target.write_bytes(b"old")
    with Book.open(path) as book:
        add(book, TABLE)
        getattr(book, copy)(target)
        with Book.open(target, create=False) as other:
            assert other.dump_sql() == book.dump_sql()
            assert not other.read_only
            with pytest.raises(BookError, match="正打开"):
                getattr(book, copy)(target)
            assert other.undo() is not None
        with pytest.raises(BookError, match="正打开"):
            getattr(book, copy)(path)
        with pytest.raises(BookError, match="不存在"):
            getattr(book, copy)(path.parent / "没有" / "a.jxb")
        with pytest.raises(BookError, match=r"不能写到|出错"):
            getattr(book, copy)(path.parent)
        with Book.open(path) as reader:
            getattr(reader, copy)(target)
        with Book.open(target) as other:
            assert other.dump_sql() == book.dump_sql()
    assert files(path.parent) == sorted([path.name, target.name])
