"""Writing files so that a failure leaves the old file as it was."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

from jixiao.model.errors import ExportError
from jixiao.model.os_errors import code_of, reason_of

_THIS_FILE = frozenset({"ENAMETOOLONG", "EINVAL", "EILSEQ", "EBUSY", "ETXTBSY", "EFBIG"})
"""What hinders one file; all else hinders every file of its folder."""


def write_beside(path: Path, writer: Callable[[Path], None]) -> None:
    """Write a file beside its target and move it into place when it is whole and on the disk.

    Args:
        path: The target; missing folders are made, an existing file is replaced.
        writer: Writes the content to the path it is given (in the same folder).

    Raises:
        ExportError: The target cannot be written; the old file is untouched, nothing is left over.
    """
    with _export_errors(path):
        if path.is_symlink():
            path = path.resolve()
        if path.is_dir():
            raise ExportError(f"“{path.name}”是一个文件夹，不能作为文件保存，请换一个文件名。")
        if path.exists() and not path.is_file():
            raise ExportError(f"“{path.name}”是设备或管道，不是普通文件，请换一个文件名。")
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".jixiao-{os.urandom(6).hex()}.tmp")
        try:
            # Made by hand: a file from tempfile is readable by its owner alone, a share is not.
            os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
            writer(beside)
            with beside.open("rb+") as file:
                os.fsync(file.fileno())
            _replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)


def write_bytes(path: Path, data: bytes) -> None:
    """Write bytes as ``write_beside`` does.

    Raises:
        ExportError: The target cannot be written.
    """

    def writer(beside: Path) -> None:
        beside.write_bytes(data)

    write_beside(path, writer)


def _replace(beside: Path, path: Path) -> None:
    try:
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    except PermissionError as error:
        message = f"“{path.name}”正被其他程序打开，请关闭后再导出，或换一个文件名。"
        raise ExportError(message) from error


@contextlib.contextmanager
def _export_errors(path: Path) -> Generator[None]:
    """Tell what the operating system refused, and what to do."""
    try:
        yield
    except PermissionError as error:
        message = f"没有权限在文件夹“{path.parent}”中写文件，请换一个文件夹。"
        raise ExportError(message, "no_right") from error
    except (NotADirectoryError, FileExistsError) as error:
        message = f"“{path.parent}”不是文件夹，请换一个文件夹。"
        raise ExportError(message, "no_folder") from error
    except OSError as error:
        raise _told(path, error) from error


def _told(path: Path, error: OSError) -> ExportError:
    code, reason = code_of(error), reason_of(error)
    if code in _THIS_FILE:
        return ExportError(f"“{path.name}”没有写成：{reason}，请换一个名字或位置后重试。")
    first = "请清理磁盘，或" if code in {"ENOSPC", "EDQUOT"} else "请"
    message = f"不能在文件夹“{path.parent}”中写文件：{reason}。{first}换一个文件夹后重试。"
    return ExportError(message, code)
