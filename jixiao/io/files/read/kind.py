"""What a foreign file is, by its content: drafts come with wrong extensions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from jixiao.io.files.read.errors import open_errors
from jixiao.io.files.read.text import decode_head
from jixiao.model.errors import RefusedFileError

FileKind = Literal[
    "xlsx", "xlsb", "docx", "ods", "xls", "doc", "csv", "html", "mhtml", "xml2003",
    "json", "book", "zip",
    "odt", "encrypted", "pdf", "text", "xml", "rtf", "ofd", "archive", "ole", "image",
    "empty", "unknown",
]  # fmt: skip
"""The first line is read as pages, the second holds tables or files, the others are not read."""

_MB = 1 << 20
_HEAD = 4096
_MAX_FILE = 300 * _MB
_MAX_OLE = 64 * _MB
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Workbooks of Excel 2 to 4, which had no container around them.
_OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MAGIC: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF", "pdf"),
    (b"SQLite format 3\0", "book"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
)
_MAIN_PARTS: tuple[tuple[str, FileKind], ...] = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("OFD.xml", "ofd"),
)


_STREAMS: tuple[tuple[str, FileKind], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "doc"),
)
_TEXT_SUFFIXES = {".csv", ".tsv", ".txt"}
_SHEET_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
_WORD_2003 = ("office/word/2003/wordml", "office/2006/xmlPackage", "opendocument:xmlns")
_HTML = re.compile(
    r"<(?:html|head|body|table|tr|td|meta|style|div|p|form|span|center|!--)\b|<!--", re.IGNORECASE
)
_MHTML = re.compile(
    r"^(?:mime-version|content-type:\s*multipart/related)\b", re.IGNORECASE | re.MULTILINE
)
_COLUMNS = re.compile(r"^[^\n]*\t[^\n]*\n[^\n]*\t", re.MULTILINE)
_COMMAS = re.compile(r"^[^\n,]*,[^\n]*,[^\n]*\n[^\n,]*,[^\n]*,", re.MULTILINE)


def sniff(path: Path) -> FileKind:
    """What a file is, by its content; only plain text is told apart by its extension.

    Raises:
        RefusedFileError: no such file, a folder, no permission, too large.
    """
    with open_errors():
        if path.is_dir():
            raise RefusedFileError("这是文件夹，不是文件；请选择里面的文件")
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            if head.startswith(_OLE):
                head += stream.read(_MAX_OLE)
    if size > _MAX_FILE:
        raise RefusedFileError(
            "文件太大（超过 300 MB），不像绩效目标表；请只保留有关的工作表再导入"
        )
    if not head:
        return "empty"
    if head.startswith(_ZIP):
        return _zip_kind(path)
    if head.startswith(_OLE):
        return _ole_kind(head)
    if head.startswith(_OLD_BIFF):
        return "xls"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    return _text_kind(head, path.suffix.lower())


def _is_other_image(head: bytes) -> bool:
    """True for a bitmap of Windows, WebP and HEIC, whose marks alone may begin other files too."""
    if head.startswith(b"BM"):
        return head[6:10] == b"\0\0\0\0"
    if head.startswith(b"RIFF"):
        return head[8:12] == b"WEBP"
    return head[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"}


def _zip_kind(path: Path) -> FileKind:
    from jixiao.io.files.read.package import Package

    with Package(path) as package:
        for part, kind in _MAIN_PARTS:
            if part in package:
                return kind
        if package.document:
            return "docx"
        if "content.xml" not in package:
            return "zip"
        if b"encryption-data" in package.read("META-INF/manifest.xml"):
            return "encrypted"
        mime = package.read("mimetype")
    if b"opendocument.text" in mime:
        return "odt"
    return "ods" if not mime or b"opendocument.spreadsheet" in mime else "zip"


def _ole_kind(content: bytes) -> FileKind:
    """Which program's streams a compound file names first (others may be embedded in it)."""
    found: list[tuple[int, FileKind]] = []
    for name, kind in _STREAMS:
        place = min(_entry(content, n) for n in (name, name.upper(), name.lower()))
        if place < len(content):
            found.append((-1 if kind == "encrypted" else place, kind))
    return min(found)[1] if found else "ole"


def _entry(content: bytes, name: str) -> int:
    """Where an entry of the directory has this name, the length of the content when none has.

    Entries have 128 bytes and begin with the name (MS-CFB 2.6.1).
    """
    mark = f"{name}\0".encode("utf-16-le")
    place = content.find(mark)
    while place >= 0:
        if place % 128 == 0:
            return place
        place = content.find(mark, place + 1)
    return len(content)


def _text_kind(head: bytes, suffix: str) -> FileKind:
    if _is_other_image(head):
        return "image"
    text = decode_head(head)
    text = text.lstrip("\ufeff")
    start = text.lstrip()[:1]
    if "\0" in text or (text.count("\ufffd") > 8 and suffix not in _TEXT_SUFFIXES):
        return "unknown"
    if start == "<" and (markup := _markup_kind(text)):
        return markup
    if _MHTML.search(text[:1024]):
        return "mhtml"
    return _plain_kind(text, start, suffix)


def _plain_kind(text: str, start: str, suffix: str) -> FileKind:
    if start == "{":
        return "json"
    if suffix in _TEXT_SUFFIXES:
        return "csv"
    if any(ord(c) < 32 and c not in "\t\r\n\f\x1a" for c in text):
        return "unknown"
    # Web systems save tab-separated text as .xls.
    if _COLUMNS.search(text) or _COMMAS.search(text):
        return "csv"
    return "text" if start else "empty"


def _markup_kind(text: str) -> FileKind | None:
    """Which XML or HTML this is, None for text that only begins with the sign."""
    if "<html" in text.lower():
        return "html"
    if _SHEET_2003 in text:
        return "xml2003"
    if any(name in text for name in _WORD_2003):
        return "xml"
    if _HTML.search(text) or text.lstrip()[:9].lower() == "<!doctype":
        return "html"
    return "xml" if text.lstrip().startswith("<?xml") else None
