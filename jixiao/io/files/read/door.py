"""The door for foreign files: what is it, and which reader takes it?"""

from __future__ import annotations

from pathlib import Path

from jixiao.io.files.read.errors import open_errors
from jixiao.io.files.read.kind import FileKind, sniff
from jixiao.io.paper.page.grid import Grid
from jixiao.model.errors import RefusedFileError

__all__ = ["FileKind", "read_grids", "read_pages", "sniff"]

_SAVE_AS_XLSX = "请用 Excel 或 WPS 打开它，另存为 .xlsx 再导入"
_SAVE_AS_DOCX = "请在 Word 或 WPS 里另存为 .docx 再导入"
_REASONS: dict[FileKind, str] = {
    "empty": "文件是空的（没有任何内容）；请重新取得这个文件再导入",
    "encrypted": "文件有打开密码；请用 Excel、Word 或 WPS 打开后取消密码，另存一份再导入",
    "rtf": f"RTF 文件还不能读；{_SAVE_AS_DOCX}",
    "pdf": "PDF 还不能读，请用原来的 Excel 或 Word 文件",
    "ofd": "OFD 还不能读，请用原来的 Excel 或 Word 文件",
    "archive": "这种压缩包（RAR、7z、gz）还不能读；请先解压，再导入里面的文件或文件夹",
    "text": f"内容是纯文本，不是真正的 Excel 或 Word 文件；{_SAVE_AS_XLSX}",
    "xml": "内容是 XML 文本，不是能读的表格；"
    "请用做出它的程序（Word、Excel 或 WPS）打开，另存为 .docx 或 .xlsx 再导入",
    "json": "内容是数据交换文件（JSON），不是 Excel 或 Word 文件；请用“导入草稿”导入它",
    "book": "这是绩效目标表的数据文件，不是草稿；请用“打开”来打开它",
    "zip": "这是压缩包或别的程序的文件，里面没有 Excel 或 Word 内容；请先解压再导入里面的表格",
    "ole": "文件里没有 Excel 或 Word 内容，或者已经损坏；请重新取得这个文件再导入",
    "slides": "这是演示文稿（PowerPoint），不是表格；请用原来的 Excel 或 Word 文件",
    "image": "这是图片，不是表格；请用原来的 Excel 或 Word 文件",
    "unknown": "看不出是什么文件，也可能已经损坏；可以导入 .xlsx、.xls、.docx、.doc、.csv 文件",
}
_NO_TABLE = "文件里没有任何文字；请确认导入的是填好的表"
_NO_HTML_TABLE = f"网页里没有表格，或者表格里没有文字；{_SAVE_AS_XLSX}"


def read_grids(path: Path, kind: FileKind | None = None) -> list[Grid]:
    """The pages of a file that are seen when it is opened: as ``read_pages``, no hidden sheets.

    Raises:
        RefusedFileError: as ``read_pages``.
    """
    return [grid for grid in read_pages(path, kind) if not grid.hidden]


def read_pages(path: Path, kind: FileKind | None = None) -> list[Grid]:
    """The pages of a file: one Grid for each sheet with any content, one for a document.

    Args:
        path: the file.
        kind: what ``sniff`` said of it, when it has been asked already.

    Raises:
        RefusedFileError: with one Chinese line that says why and what to do (without the name).
    """
    kind = kind or sniff(path)
    if kind in _REASONS:
        raise RefusedFileError(_REASONS[kind])
    with open_errors():
        try:
            grids = _read(path, kind)
        except (RecursionError, MemoryError) as error:
            raise RefusedFileError(_REASONS["unknown"]) from error
    if not grids:
        raise RefusedFileError(_NO_HTML_TABLE if kind in {"html", "mhtml"} else _NO_TABLE)
    return grids


def _read(path: Path, kind: FileKind) -> list[Grid]:
    """Readers are loaded when their first file comes: none of them is needed at start."""
    match kind:
        case "xlsx":
            from jixiao.io.files.read.xlsx import read_xlsx as read
        case "docx":
            from jixiao.io.files.read.docx import read_docx as read
        case "doc":
            from jixiao.io.files.read.doc import read_doc as read
        case "word2003":
            from jixiao.io.files.read.word2003 import read_word2003 as read
        case "ods" | "fods":
            from jixiao.io.files.read.ods import read_ods as read
        case "odt" | "fodt":
            from jixiao.io.files.read.odt import read_odt as read
        case "xls":
            from jixiao.io.files.read.xls import read_xls as read
        case "xlsb":
            from jixiao.io.files.read.xlsb import read_xlsb as read
        case "html":
            from jixiao.io.files.read.html import read_html as read
        case "mhtml":
            from jixiao.io.files.read.mhtml import read_mhtml as read
        case "xml2003":
            from jixiao.io.files.read.xml2003 import read_xml2003 as read
        case _:
            from jixiao.io.files.read.csv import read_csv as read
    return read(path)
