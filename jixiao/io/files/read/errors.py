"""What the system says about a file that cannot be opened, as refusals in Chinese."""

from __future__ import annotations

import errno
from collections.abc import Generator
from contextlib import contextmanager

from jixiao.model.errors import RefusedFileError
from jixiao.model.os_errors import reason_of


@contextmanager
def open_errors() -> Generator[None]:
    """Turns the system's errors about a file into refusals."""
    try:
        yield
    except OSError as error:
        raise RefusedFileError(_reason(error)) from error


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "找不到这个文件；请确认它没有被移动、改名或删除"
    if isinstance(error, PermissionError):
        return "没有读取这个文件的权限，或者它正被别的程序占用；请关闭它或复制一份再导入"
    if error.errno == errno.ENAMETOOLONG:
        return "文件名太长，打不开；请改一个短一些的名字再导入"
    return f"读不出这个文件（{reason_of(error)}）；请复制到本机硬盘再导入"
