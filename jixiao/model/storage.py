"""Opening, making and copying the SQLite file of a book, and SQLite's errors in Chinese."""

from __future__ import annotations

import os
import sqlite3
import struct
import sys
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from jixiao.model import search
from jixiao.model.errors import BookError
from jixiao.model.lock import WriterLock
from jixiao.model.os_errors import reason_of
from jixiao.model.schema import APPLICATION_ID, MAJOR, VERSION

if TYPE_CHECKING:
    from sqlite_utils import Database

# Header of an SQLite file (sqlite.org/fileformat2.html, 1.3): magic at 0, user version at 60,
# application id at 68.
_HEADER = 100
_MAGIC = b"SQLite format 3\0"
_WAIT_MS = 5000

KEPT_BACKUPS = 10
_BACKUPS = ".备份"
_STAMP = "%Y%m%d-%H%M%S"

_MESSAGES = {
    sqlite3.SQLITE_BUSY: "账本正被别的程序占用，刚才的操作没有完成。请稍候再试。",
    sqlite3.SQLITE_LOCKED: "账本正被别的程序占用，刚才的操作没有完成。请稍候再试。",
    sqlite3.SQLITE_FULL: "磁盘已满，刚才的修改没有保存。请腾出空间后再试。",
    sqlite3.SQLITE_READONLY: "账本文件不能写入。请检查文件和文件夹的权限，或另存一份再修改。",
    sqlite3.SQLITE_IOERR: "读写账本时磁盘或网络出错。请检查磁盘和网络连接，然后重新打开账本。",
    sqlite3.SQLITE_CANTOPEN: "账本文件打不开。请检查它是否还在原处、您是否有权使用。",
    sqlite3.SQLITE_CORRUPT: "账本文件已损坏。请从备份恢复；损坏的文件请留着，不要覆盖。",
    sqlite3.SQLITE_NOTADB: "这个文件不是账本，或者已损坏。请从备份恢复。",
}


@contextmanager
def known_errors() -> Generator[None]:
    """Turn what the user's surroundings do to SQLite into BookError; our own faults pass."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code not in _MESSAGES:
            raise
        raise BookError(_MESSAGES[code]) from error


def open_existing(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Connect to a book that is there.

    Call ``check_file`` first: a file that is no book, or one from a newer program, must never be
    given to SQLite, so that it stays exactly as it is.

    Raises:
        BookError: No book, made by a newer version, damaged, or not readable.
    """
    with known_errors():
        db = _connect(path, "ro" if read_only else "rw")
        try:
            _set_up(db, read_only=read_only)
            _upgrade(db, path, read_only=read_only)
        except BaseException:
            db.close()
            raise
    return db


def make_new(path: Path) -> None:
    """Make an empty book at ``path``; it appears there only when it is complete.

    Raises:
        BookError: The folder is missing or cannot be written.
    """
    with _written_beside(path) as part, known_errors():
        db = _connect(part, "rwc")
        with closing(db):
            _set_up(db, read_only=False)
            _migrate(db)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {VERSION}")


def back_up(db: sqlite3.Connection, path: Path) -> None:
    """Copy the whole book, history included, page by page, and verify the copy.

    Raises:
        BookError: The target cannot be written or is itself an open book.
    """
    with _target(path), _written_beside(path) as part, known_errors():
        with closing(_connect(part, "rwc")) as copy:
            db.backup(copy)
            verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise BookError("备份没有通过完整性检查，已放弃。请换一个位置再备份一次。")


def back_up_beside(db: sqlite3.Connection, path: Path, why: str) -> Path:
    """Back the book up into the folder 〈名称〉.备份 beside it; the last ten backups are kept.

    Args:
        db: The open book.
        path: The book's own file.
        why: What is about to happen, a part of the file's name ("清空回收站前").

    Returns:
        The backup, a book that can only be read where it lies.

    Raises:
        BookError: The folder cannot be made or written.
    """
    folder = _backup_folder(path)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise BookError(
            f"不能在“{path.parent}”里建立备份文件夹（{reason_of(error)}），操作没有进行。"
            "请检查文件夹的权限。"
        ) from error
    now = f"{datetime.now().astimezone():{_STAMP}}"
    target = folder / f"{now} {why}{path.suffix}"
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{now} {why} {number}{path.suffix}"
    back_up(db, target)
    for old in backups_of(path)[KEPT_BACKUPS:]:
        _remove_old(old)
    return target


def backups_of(path: Path) -> list[Path]:
    """The backups that ``back_up_beside`` made of the book at ``path``, the newest first."""
    return sorted(_backup_folder(path).glob(f"[0-9]*-[0-9]* *{path.suffix}"), reverse=True)


def refusal_of_backup(path: Path) -> str:
    """Why a backup cannot be written, "" for other books: it is to stay as it was made."""
    made = backup_made(path)
    if made is None:
        return ""
    return f"这是备份（{made:%Y-%m-%d %H:%M}）。要接着用，请另存为，或用它替换现在的账本。"


def backup_made(path: Path) -> datetime | None:
    """When ``back_up_beside`` made the backup at ``path``; None for what is no backup."""
    stamp, _, why = path.stem.partition(" ")
    if not why or path.parent.suffix != _BACKUPS:
        return None
    try:
        return datetime.strptime(stamp, _STAMP)  # noqa: DTZ007 - the clerk's own clock, as named
    except ValueError:
        return None


def book_of_backup(path: Path) -> Path:
    """The book of which the backup at ``path`` was made."""
    return path.parent.with_suffix(path.suffix)


def _backup_folder(path: Path) -> Path:
    return path.with_name(path.stem + _BACKUPS)


def _remove_old(backup: Path) -> None:
    try:
        backup.unlink(missing_ok=True)
    except PermissionError:  # somebody looks into it; the next backup removes it
        return


def save_compact(db: sqlite3.Connection, path: Path) -> None:
    """Write a copy of the book without the room that deleted rows left, history included.

    Raises:
        BookError: The target cannot be written or is itself an open book.
    """
    with _target(path), _written_beside(path) as part, known_errors():
        db.execute("VACUUM INTO ?", [_uri(part, "rwc")])


def check_file(path: Path) -> None:
    """Look at the header, as plain bytes, without touching the file.

    Raises:
        BookError: No book, made by a newer version, missing or not readable.
    """
    try:
        if path.exists() and not path.is_file():
            raise BookError(f"“{path}”是文件夹或设备，不是账本文件。")
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except FileNotFoundError:
        raise BookError(f"找不到账本“{path}”。请检查它是否被移动或改名。") from None
    except PermissionError:
        raise BookError(
            f"没有权限打开“{path}”。请检查文件的权限，或它是否被别的程序占用。"
        ) from None
    except OSError as error:
        raise BookError(f"打不开“{path}”：{reason_of(error)}。") from error
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise BookError(f"“{path.name}”不是账本文件。账本的文件名以 .jxb 结尾。")
    version, _, application = struct.unpack(">3I", header[60:72])
    if application != APPLICATION_ID:
        raise BookError(f"“{path.name}”不是绩效目标表的账本，没有打开。")
    if version >> 16 > MAJOR:
        raise BookError("这个账本由更新的版本制作，本程序打不开它，文件没有改动。请升级本程序。")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(_uri(path, mode), uri=True, check_same_thread=False)


def database(connection: sqlite3.Connection) -> Database:
    """The tools of sqlite-utils for a connection; they load when something is first written."""
    from sqlite_utils import Database

    return Database(connection, execute_plugins=False)


def _migrate(db: sqlite3.Connection) -> None:
    from jixiao.model import migrations

    migrations.MIGRATIONS.apply(database(db))


def _uri(path: Path, mode: str) -> str:
    plain = path.absolute().as_posix()
    if not plain.startswith("/"):  # C:/…; a share (//server/…) keeps both slashes
        plain = "/" + plain
    return f"file://{quote(os.fsencode(plain))}?mode={mode}"


def _set_up(db: sqlite3.Connection, *, read_only: bool) -> None:
    db.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA recursive_triggers = ON")
    if not read_only:
        # No WAL: it does not work on network drives (sqlite.org/wal.html).
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA synchronous = FULL")
    db.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # rolls a crashed step back


def _upgrade(db: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version >= VERSION:
        return
    if backup_made(path) is not None:
        raise BookError("这个备份由较早的版本制作，要先升级。请把它复制到别的文件夹，再打开。")
    if read_only:
        raise BookError("这个账本由较早的版本制作，要先升级。请在可以写入的位置打开它一次。")
    back_up_beside(db, path, "升级前")
    _migrate(db)
    with database(db).atomic():
        search.rebuild(db)
    db.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def _target(path: Path) -> Generator[None]:
    """Hold the right to write a file that a copy replaces; refuse a book that is open."""
    check_folder(path)
    lock = WriterLock(path)
    try:
        if lock.refusal:
            raise BookError(f"不能写到“{path}”：它是一个正打开的账本，或者那里不能写入。请换一个。")
        yield
    finally:
        lock.release()


@contextmanager
def _written_beside(path: Path) -> Generator[Path]:
    """Give a temporary path beside ``path``; at the end it takes its place, safely on disk."""
    check_folder(path)
    part = path.with_name(f".~{os.urandom(16).hex()}.part")
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    except PermissionError as error:
        raise BookError(
            f"不能写到“{path}”。请检查文件夹的权限，或文件是否正被别的程序使用。"
        ) from error
    except OSError as error:
        raise BookError(f"写“{path}”时出错：{reason_of(error)}。请换一个位置。") from error
    finally:
        part.unlink(missing_ok=True)


def check_folder(path: Path) -> None:
    """Refuse a path whose folder does not exist.

    Raises:
        BookError: It does not exist.
    """
    if not os.path.isdir(path.parent):  # noqa: PTH112 - is_dir() raises without permission
        raise BookError(f"文件夹“{path.parent}”不存在。请先建立它，或换一个位置。")


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":  # NTFS needs none, and a folder cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # some network file systems know no fsync of a folder; the file itself is safe
        return
    finally:
        os.close(handle)
