"""The door for foreign files: what is it, and which reader takes it?

The content decides, not the extension: drafts come with wrong names.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Literal

from jixiao.io.grid import Grid
from jixiao.model.errors import RefusedFileError

FileKind = Literal[
    "xlsx", "xlsb", "docx", "ods", "odt", "xls", "doc", "encrypted", "pdf", "json", "book",
    "csv", "text", "html", "rtf", "ofd", "zip", "ole", "empty", "unknown",
]  # fmt: skip

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
)
_MAIN_PARTS: tuple[tuple[str, FileKind], ...] = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("OFD.xml", "ofd"),
)
_TEXT_SUFFIXES = {".csv", ".tsv", ".txt"}

_SAVE_AS_XLSX = "请用 Excel 或 WPS 打开它，另存为 .xlsx 再导入"
_SAVE_AS_DOCX = "请在 Word 或 WPS 里另存为 .docx 再导入"
_REASONS: dict[FileKind, str] = {
    "empty": "文件是空的（没有任何内容）；请重新取得这个文件再导入",
    "encrypted": "文件有打开密码；请用 Excel、Word 或 WPS 打开后取消密码，另存一份再导入",
    "doc": f"旧版 Word 文件（.doc）暂不能读；{_SAVE_AS_DOCX}",
    "odt": f"OpenDocument 文字文件暂不能读；{_SAVE_AS_DOCX}",
    "rtf": f"RTF 文件暂不能读；{_SAVE_AS_DOCX}",
    "pdf": "PDF 暂不能读，请用原来的 Excel 或 Word 文件",
    "ofd": "OFD 暂不能读，请用原来的 Excel 或 Word 文件",
    "text": f"内容是纯文本，不是真正的 Excel 或 Word 文件；{_SAVE_AS_XLSX}",
    "html": f"内容是网页或 XML 文本，不是真正的 Excel 或 Word 文件；{_SAVE_AS_XLSX}",
    "json": "内容是数据交换文件（JSON），不是 Excel 或 Word 文件；请用“载入交换文件”打开它",
    "book": "这是绩效目标表的数据文件，不是草稿；请用“打开”来打开它",
    "zip": "这是压缩包或别的程序的文件，里面没有 Excel 或 Word 内容；请先解压再导入里面的表格",
    "ole": "文件里没有 Excel 或 Word 内容，或者已经损坏；请重新取得这个文件再导入",
    "unknown": "看不出是什么文件，也可能已经损坏；可以导入 .xlsx、.xls、.docx、.ods、.csv 文件",
}
_NO_TABLE = "文件里没有任何文字；请确认导入的是填好的表"


def sniff(path: Path) -> FileKind:
    """What a file is, by its content; only plain text is told apart by its extension.

    Raises:
        RefusedFileError: no such file, a folder, no permission, too large.
    """
    with _open_errors():
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


def read_grids(path: Path) -> list[Grid]:
    """The pages of a file: one Grid for each sheet with any content, one for a document.

    Raises:
        RefusedFileError: with one Chinese line that says why and what to do (without the name).
    """
    kind = sniff(path)
    if kind in _REASONS:
        raise RefusedFileError(_REASONS[kind])
    with _open_errors():
        try:
            grids = _read(path, kind)
        except RecursionError as error:
            raise RefusedFileError(_REASONS["unknown"]) from error
    if not grids:
        raise RefusedFileError(_NO_TABLE)
    return grids


def _read(path: Path, kind: FileKind) -> list[Grid]:
    """Readers are loaded when their first file comes: none of them is needed at start."""
    match kind:
        case "xlsx":
            from jixiao.io.read_xlsx import read_xlsx  # noqa: PLC0415

            return read_xlsx(path)
        case "docx":
            from jixiao.io.read_docx import read_docx  # noqa: PLC0415

            return read_docx(path)
        case "ods":
            from jixiao.io.read_ods import read_ods  # noqa: PLC0415

            return read_ods(path)
        case "xls":
            from jixiao.io.read_other import read_xls  # noqa: PLC0415

            return read_xls(path)
        case "xlsb":
            from jixiao.io.read_other import read_xlsb  # noqa: PLC0415

            return read_xlsb(path)
        case _:
            from jixiao.io.read_other import read_csv  # noqa: PLC0415

            return read_csv(path)


class _open_errors:  # noqa: N801  used like a function
    """Turns the system's errors about a file into refusals."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: object, _: object) -> None:
        if not isinstance(error, OSError):
            return
        if isinstance(error, FileNotFoundError):
            reason = "找不到这个文件；请确认它没有被移动、改名或删除"
        elif isinstance(error, PermissionError):
            reason = "没有读取这个文件的权限，或者它正被别的程序占用；请关闭它或复制一份再导入"
        elif error.errno == errno.ENAMETOOLONG:
            reason = "文件名太长，打不开；请改一个短一些的名字再导入"
        else:
            reason = f"读不出这个文件（{error.strerror or error}）；请复制到本机硬盘再导入"
        raise RefusedFileError(reason) from error


def _zip_kind(path: Path) -> FileKind:
    from jixiao.io.read_package import Package  # noqa: PLC0415

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
    if _stream_name("EncryptedPackage") in content:
        return "encrypted"
    names: tuple[tuple[str, FileKind], ...] = (
        ("Workbook", "xls"), ("Book", "xls"), ("WordDocument", "doc"),
    )  # fmt: skip
    found: list[tuple[int, FileKind]] = []
    for name, kind in names:
        place = content.find(_stream_name(name))
        if place >= 0:
            found.append((place, kind))
    return min(found)[1] if found else "ole"


def _stream_name(name: str) -> bytes:
    """A name as a directory entry of a compound file begins with: UTF-16 and blank to its end."""
    return name.encode("utf-16-le").ljust(64, b"\0")


def _text_kind(head: bytes, suffix: str) -> FileKind:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "replace")
    elif b"\0" in head:
        return "unknown"
    else:
        text = head.decode("utf-8-sig", "replace")
        if "\ufffd" in text[:-3]:
            text = head.decode("gb18030", "replace")
    start = text.lstrip()[:1]
    if suffix in _TEXT_SUFFIXES and start != "{":
        return "csv"
    if any(ord(c) < 32 and c not in "\t\r\n\f\x1a" for c in text) or text.count("\ufffd") > 8:
        return "unknown"
    if start == "<":
        return "html"
    if start == "{":
        return "json"
    return "text" if start else "empty"
