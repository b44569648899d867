"""Zip archives with drafts in them, unpacked with suspicion into a folder of ours."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jixiao.io.files.read.errors import open_errors
from jixiao.io.files.read.package import DAMAGED, MB, ZIP_ERRORS, open_zip
from jixiao.model.errors import RefusedFileError

_MAX_MEMBERS = 2_000
_MAX_MEMBER = 100 * MB
_MAX_TOTAL = 400 * MB
# Office files are compressed already, and no text of use is compressed so much.
_MAX_RATIO, _RATIO_FROM = 200, 4 * MB
_CHUNK = MB
_UTF8_NAME = 0x800
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)

TOO_MANY = "压缩包里的文件太多或解压后太大，为安全起见没有读取；请解压后只导入绩效目标表"
LOCKED = "压缩包有密码；请输入密码解压，再导入里面的文件"
TOO_DEEP = "压缩包里的压缩包里还有压缩包；请先把它解压再导入"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its name there, and where it was unpacked, or why it was not."""

    name: PurePosixPath
    path: Path | None
    reason: str = ""


def unpack(path: Path, folder: Path, wanted: Callable[[PurePosixPath], bool]) -> list[Member]:
    """The wanted files of an archive, and of archives directly in it, unpacked below ``folder``.

    Args:
        path: the archive.
        folder: an empty folder; no name in the archive can lead out of it.
        wanted: tells by its name whether a file is to be unpacked.

    Raises:
        RefusedFileError: damaged, with a password, too much in it.
    """
    with open_errors():
        return list(_Unpacker(folder, wanted).members(path, PurePosixPath(), depth=1))


class _Unpacker:
    """Unpacks archives, and counts how much it has been, archives within archives included."""

    def __init__(self, folder: Path, wanted: Callable[[PurePosixPath], bool]) -> None:
        self._folder = folder
        self._wanted = wanted
        self._count = 0
        self._size = 0

    def members(self, path: Path, within: PurePosixPath, depth: int) -> Iterator[Member]:
        """The files of an archive; those of archives in it too, down to ``depth``."""
        with open_zip(path) as archive:
            for info in archive.infolist():
                name = within / _safe_name(info)
                if info.is_dir() or not self._wanted(name):
                    continue
                if info.flag_bits & 1:
                    raise RefusedFileError(LOCKED)
                try:
                    copy = self._extract(archive, info, name.name)
                except ZIP_ERRORS:
                    yield Member(name, None, DAMAGED)
                    continue
                if name.suffix.lower() != ".zip":
                    yield Member(name, copy)
                elif depth == 0:
                    yield Member(name, None, TOO_DEEP)
                else:
                    yield from self._nested(copy, name, depth - 1)

    def _nested(self, path: Path, name: PurePosixPath, depth: int) -> Iterator[Member]:
        try:
            yield from self.members(path, name, depth)
        except RefusedFileError as error:
            if str(error) == TOO_MANY:
                raise
            yield Member(name, None, str(error))

    def _extract(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Path:
        size = info.file_size
        suspicious = size > _RATIO_FROM and size > _MAX_RATIO * max(1, info.compress_size)
        self._count += 1
        if size > _MAX_MEMBER or suspicious or self._count > _MAX_MEMBERS:
            raise RefusedFileError(TOO_MANY)
        target = self._folder / str(self._count) / name
        target.parent.mkdir()
        with archive.open(info) as source, target.open("wb") as copy:
            while chunk := source.read(_CHUNK):
                self._size += len(chunk)
                if self._size > _MAX_TOTAL:
                    raise RefusedFileError(TOO_MANY)
                copy.write(chunk)
        return target


def _safe_name(info: zipfile.ZipInfo) -> PurePosixPath:
    """A member's name without anything that leads elsewhere or that Windows cannot hold.

    Chinese Windows writes names in GBK without saying so; zipfile takes them for cp437.
    """
    name = info.filename
    if not info.flag_bits & _UTF8_NAME and not name.isascii():
        name = _redecoded(name)
    parts = [_safe_part(part) for part in name.replace("\\", "/").split("/")]
    kept = [part for part in parts if part not in ("", ".", "..")]
    return PurePosixPath(*kept) if kept else PurePosixPath("未命名")


def _redecoded(name: str) -> str:
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _safe_part(part: str) -> str:
    part = _FORBIDDEN.sub("_", part).strip(" ")
    if len(part.encode("utf-8", "replace")) > 200:
        stem, dot, suffix = part.rpartition(".")
        part = (stem or suffix)[:50] + (dot + suffix[:8] if stem else "")
    part = part.rstrip(".")
    return f"_{part}" if _RESERVED.match(part) else part
