"""Zip packages of office files, read with suspicion: sizes, encryption, damage, XML tricks."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Protocol, cast

from lxml import etree as _etree  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportMissingTypeStubs]

from jixiao.model.errors import RefusedFileError

# lxml brings no types; what is used of an element is told by Element.
etree = cast("Any", _etree)

MB = 1 << 20
# No sheet of a real draft comes near; a sheet formatted to the last row takes some 250 MB.
MAX_STREAM = 400 * MB
MAX_PART = 48 * MB
# Each element costs about a hundred bytes and more once it is parsed.
_MAX_ELEMENTS = 1_000_000
# So much may be read without an element being done with: it bounds the tree held in memory.
_MAX_UNDONE = 8 * MB

# Some 40,000 entries: each costs time and memory before anything is read.
_MAX_DIRECTORY = 4 * MB
_MAX_COMMENT = 65_536 + 22 + 20

DAMAGED = "文件已损坏或不完整；请用 Excel、Word 或 WPS 打开它另存一份，或重新取得这个文件再导入"
TOO_BIG = "文件解压后过大，不像正常的表格文件，为安全起见没有读取；请另存为新文件再导入"
ENCRYPTED = "文件有打开密码；请用 Excel、Word 或 WPS 打开后取消密码，另存一份再导入"
SUSPECT_XML = "文件里含有不该有的 XML 定义（DOCTYPE），为安全起见没有读取；请另存为新文件再导入"

ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


class Element(Protocol):
    """What the readers use of an lxml element."""

    tag: object
    text: str | None
    tail: str | None
    attrib: Mapping[str, str]

    def get(self, key: str, default: str = ..., /) -> str:
        """The value of an attribute."""
        ...

    def iter(self, *tags: str) -> Iterator[Element]:
        """Itself and all elements below, in document order."""
        ...

    def itertext(self) -> Iterator[str]:
        """All texts in it, in document order."""
        ...

    def getparent(self) -> Element | None:
        """The element around it."""
        ...

    def getprevious(self) -> Element | None:
        """The sibling before it."""
        ...

    def clear(self) -> None:
        """Drops all content."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Element]: ...
    def __reversed__(self) -> Iterator[Element]: ...
    def __getitem__(self, index: int, /) -> Element: ...
    def __delitem__(self, index: int, /) -> None: ...


def open_zip(path: Path) -> zipfile.ZipFile:
    """A zip file whose directory is small enough to be read.

    Raises:
        RefusedFileError: damaged, or with absurdly many entries.
        PermissionError: it may not be read.
    """
    try:
        with path.open("rb") as stream:
            if _directory_size(stream) > _MAX_DIRECTORY:
                raise RefusedFileError(TOO_BIG)
        return zipfile.ZipFile(path)
    except PermissionError:
        raise
    except ZIP_ERRORS as error:
        raise RefusedFileError(DAMAGED) from error


def _directory_size(stream: IO[bytes]) -> int:
    """The bytes of a zip file's directory, 0 when it is not found (APPNOTE 4.3.14 to 4.3.16)."""
    end = stream.seek(0, 2)
    stream.seek(max(0, end - _MAX_COMMENT))
    tail = stream.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22:
        return 0
    size = int.from_bytes(tail[place + 12 : place + 16], "little")
    if size != 0xFFFFFFFF:
        return size
    locator = tail[max(0, place - 20) : place]
    if not locator.startswith(b"PK\x06\x07"):
        return 0
    stream.seek(min(end, int.from_bytes(locator[8:16], "little")))
    return int.from_bytes(stream.read(56)[40:48], "little")


class Package:
    """The parts of a zip file, found without regard to case and slashes.

    Every method raises RefusedFileError for what is damaged, encrypted or absurdly large.
    """

    def __init__(self, path: Path) -> None:
        self._zip = open_zip(path)
        self._streamed = 0
        self._parts = {
            info.filename.replace("\\", "/").lstrip("/").lower(): info
            for info in self._zip.infolist()
        }

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    @property
    def names(self) -> list[str]:
        """The names of all parts, in lower case."""
        return list(self._parts)

    def read(self, name: str, limit: int = MAX_PART) -> bytes:
        """The whole content of a part; ``b""`` when it is not there."""
        if name.lower() not in self._parts:
            return b""
        try:
            with self._open(name, limit) as stream:
                return stream.read()
        except ZIP_ERRORS as error:
            raise RefusedFileError(DAMAGED) from error

    def head(self, name: str, size: int) -> bytes:
        """The first bytes of a part."""
        try:
            with self._open(name, MAX_STREAM) as stream:
                return stream.read(size)
        except ZIP_ERRORS as error:
            raise RefusedFileError(DAMAGED) from error

    def tree(self, name: str, limit: int = MAX_PART) -> Element | None:
        """The root element of a part, None when it is not there."""
        data = self.read(name, limit)
        return parse_xml(data) if data else None

    def elements(
        self, name: str, tags: tuple[str, ...], ballast: re.Pattern[bytes] | None = None
    ) -> Iterator[Element]:
        """The ends of some elements of a part, in order, while it is read piece by piece.

        Whoever iterates clears the elements that are done with. What ``ballast`` matches is
        taken out before the parser sees it (but for a match at the joint of two pieces).
        """
        try:
            with self._open(name, MAX_STREAM - self._streamed) as stream:
                self._streamed += self._parts[name.lower()].file_size
                source = _Source(stream, ballast)
                for _, element in etree.iterparse(
                    source,
                    events=("end",),
                    tag=tags,
                    resolve_entities=False,
                    no_network=True,
                    load_dtd=False,
                    huge_tree=False,
                ):
                    source.undone = 0
                    yield element
        except etree.XMLSyntaxError as error:
            raise RefusedFileError(DAMAGED) from error
        except ZIP_ERRORS as error:
            raise RefusedFileError(DAMAGED) from error

    def _open(self, name: str, limit: int) -> IO[bytes]:
        info = self._parts[name.lower()]
        if info.flag_bits & 1:
            raise RefusedFileError(ENCRYPTED)
        if info.file_size > limit:
            raise RefusedFileError(TOO_BIG)
        return self._zip.open(info)


class _Source:
    """A stream that refuses document type definitions and elements without end."""

    def __init__(self, stream: IO[bytes], ballast: re.Pattern[bytes] | None) -> None:
        self._stream = stream
        self._ballast = ballast
        self._tail = b""
        self.undone = 0

    def read(self, size: int = -1) -> bytes:
        """The next piece of the stream, empty only at its end."""
        data = b""
        while not data and (raw := self._stream.read(size)):
            refuse_doctype(self._tail + raw)
            self._tail = raw[-20:]
            data = self._ballast.sub(b"", raw) if self._ballast else raw
        self.undone += len(data)
        if self.undone > _MAX_UNDONE:
            raise RefusedFileError(TOO_BIG)
        return data


def refuse_doctype(data: bytes) -> None:
    """Refuses XML that declares a document type: office files have none, entity bombs need one."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"<\0!\0D\0O\0" in data:
        raise RefusedFileError(SUSPECT_XML)


def parse_xml(data: bytes) -> Element:
    """The root element of a whole XML document.

    Raises:
        RefusedFileError: it is not well-formed, too large or declares a document type.
    """
    refuse_doctype(data)
    if data.count(b"<") > _MAX_ELEMENTS:
        raise RefusedFileError(TOO_BIG)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedFileError(DAMAGED) from error


def local(element: Element) -> str:
    """An element's name without its namespace: strict and transitional files differ in it."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
