"""The files that a user names for import: folders and zip archives opened up."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath

from jixiao.io.files.read.door import sniff
from jixiao.model.errors import RefusedFileError

SUFFIXES = frozenset(
    {
        ".xlsx", ".xlsm", ".xltx", ".xls", ".xlt", ".xlsb", ".et", ".ett", ".ods", ".fods",
        ".docx", ".docm", ".dotx", ".doc", ".dot",
        ".wps", ".wpt", ".odt", ".fodt", ".csv", ".tsv", ".json",
        ".htm", ".html", ".mht", ".mhtml", ".zip",
    }
)  # fmt: skip
"""Endings of the files that are taken from a folder; a file named by itself is always tried."""

_TOLD = frozenset({".pdf", ".ofd", ".rtf", ".rar", ".7z"})
"""Endings of what may well be a table but cannot be read: tried, so that the reason is told."""

MOST_FILES = 20_000


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Attributes:
        name: What reports call it: its path, for a file of an archive that of the archive with
            the name in it (包.zip/里面的文件.xlsx). Always characters, also where the file system
            has a name in another encoding.
        path: Where its content lies.
        reason: Why it cannot be read, when that is known already.
    """

    name: Path
    path: Path
    reason: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", _in_characters(self.name))


def _in_characters(name: Path) -> Path:
    """A path that can be told and stored: Linux keeps names as bytes, those of Windows in GBK."""
    return name if _is_text(str(name)) else Path(*map(_part_in_characters, name.parts))


def _is_text(name: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in name)


def _part_in_characters(part: str) -> str:
    if _is_text(part):
        return part
    raw = os.fsencode(part)
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")


def expand(paths: Iterable[Path]) -> list[Path]:
    """Files as given, and in place of a folder every draft in it and below, by name.

    Raises:
        RefusedFileError: there are more than ``MOST_FILES``.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(
                child
                for child in path.rglob("*")
                if is_draft(child) and child.is_file() and not _is_other_json(child)
            )
        else:
            files.append(path)
        if len(files) > MOST_FILES:
            raise RefusedFileError(
                f"“{path}”里的文件太多（超过 {MOST_FILES} 个）；请只选放着草稿的文件夹"
            )
    return files


def is_draft(name: PurePath) -> bool:
    """True for what is taken from folders and archives: no lock files, no system files."""
    if name.name.startswith(("~$", ".", "._")) or "__MACOSX" in name.parts:
        return False
    return name.suffix.lower() in SUFFIXES | _TOLD


def _is_other_json(path: Path) -> bool:
    """True for the settings and lists of other programs, which nobody means to import."""
    if path.suffix.lower() != ".json":
        return False
    try:
        return sniff(path) != "json"
    except RefusedFileError:
        return False


@contextmanager
def open_sources(paths: Iterable[Path]) -> Generator[list[Source]]:
    """The files to read, those of archives unpacked into a folder that goes at the end.

    An archive that cannot be unpacked is one source with the reason.

    Raises:
        RefusedFileError: a folder holds far too many files.
    """
    files = expand(paths)
    with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as folder:
        sources: list[Source] = []
        for number, path in enumerate(files):
            if _is_archive(path):
                sources += _unpacked(path, Path(folder) / str(number))
            else:
                sources.append(Source(path, path))
        yield sources


def _is_archive(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix in SUFFIXES | _TOLD and suffix != ".zip":
        return False
    try:
        return sniff(path) == "zip"
    except RefusedFileError:
        return False  # the reason is told when it is read


def _unpacked(path: Path, folder: Path) -> list[Source]:
    from jixiao.io.files.read.archive import unpack

    folder.mkdir()
    try:
        members = unpack(path, folder, is_draft)
    except RefusedFileError as error:
        return [Source(path, path, str(error))]
    if not members:
        return [Source(path, path, "压缩包里没有可以导入的文件；请确认选对了压缩包")]
    return [Source(path / m.name, m.path or path, m.reason) for m in members]
