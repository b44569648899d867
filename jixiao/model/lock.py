"""One writer per book: a lock of the operating system on a small file beside the book.

The lock ends with the process that holds it, however that ends, so a stale lock cannot exist; a
lock file that was left behind is only a file. SQLite's own lock would not do: held for long it
shuts readers out, and a second book object in the same process would pass it.
"""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

from jixiao.model.os_errors import reason_of

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows forbids others to read a locked byte, so the byte lies far behind the name of the holder.
_LOCKED_BYTE = 1 << 30


class WriterLock:
    """The right to write one book.

    Attributes:
        refusal: Why the right was not granted, in Chinese; empty when it was.
    """

    def __init__(self, book: Path, refusal: str = "") -> None:
        """Try to get the right to write ``book``, unless there is a ``refusal``; never waits."""
        real = book.resolve()
        self._path = real.with_name(f".~{real.name}.lock")
        self._file: int | None = None
        self.refusal = refusal
        if refusal:
            return
        if real.exists() and not os.access(real, os.W_OK):
            self.refusal = "账本文件是只读的，这里只能查看。要修改，请另存一份，或去掉只读属性。"
            return
        try:
            self._acquire()
        except BlockingIOError:
            holder = self._holder()
            by = f"（电脑“{holder}”）" if holder else ""
            self.refusal = f"这个账本已在别处打开{by}，这里只能查看。请在那边关闭后重新打开。"
        except OSError as error:
            why = reason_of(error)
            self.refusal = (
                f"账本所在的文件夹不能写入（{why}），这里只能查看。要修改，请另存到本机。"
            )

    def release(self) -> None:
        """Give the right back; does nothing when it was not granted."""
        if self._file is None:
            return
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(self._file)
            _remove(self._path)
        else:
            _remove(self._path)  # still held: nobody can have locked the file that goes
            os.close(self._file)
        self._file = None

    def _acquire(self) -> None:
        while True:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                _lock(file)
                current = _same_file(file, self._path)
            except BaseException:
                os.close(file)
                raise
            if current:
                break
            os.close(file)  # its last holder removed it between our open and our lock
        self._file = file
        os.ftruncate(file, 0)
        os.write(file, platform.node().encode("utf-8", "replace"))

    def _holder(self) -> str:
        try:
            return self._path.read_bytes()[:80].decode("utf-8", "replace").strip()
        except OSError:  # a name is a courtesy; the refusal stands without it
            return ""


def _lock(file: int) -> None:
    """Lock an open file or raise BlockingIOError; other OSErrors where locks do not exist."""
    if sys.platform == "win32":
        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError(*error.args) from error
        finally:
            os.lseek(file, 0, os.SEEK_SET)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _same_file(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError:  # the next opener holds it open: then it is in use and stays
        return
