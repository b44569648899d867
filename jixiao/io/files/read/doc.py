"""Word 97–2003 documents (.doc, .wps): turned into .docx by msdoc2docx, then read like those.

The library is pure Python; real documents of Word (not only of LibreOffice) were tried with it.
Word 6 and 95 are beyond it.
"""

from __future__ import annotations

import struct
import tempfile
import zipfile
from pathlib import Path

from doc2docx.cfb import CompoundFile  # pyright: ignore[reportMissingTypeStubs]
from doc2docx.converter import convert  # pyright: ignore[reportMissingTypeStubs]
from doc2docx.errors import Doc2DocxError, EncryptedDocumentError  # pyright: ignore[reportMissingTypeStubs]

from jixiao.io.files.read.cells import TOO_LARGE
from jixiao.io.files.read.docx import read_docx
from jixiao.io.files.read.package import ENCRYPTED, MB
from jixiao.io.paper.page.grid import Grid
from jixiao.model.errors import RefusedFileError

_MAX_DOC = 20 * MB
# The library's time grows with the square of the pages that hold formats of paragraphs; so much
# takes some two seconds, and is twenty times what a table of performance goals has.
_MAX_PAGES, _MAX_TEXT = 1_500, 200_000
# Where the main stream tells both (MS-DOC 2.5.4 and 2.5.6): the length of the text, and the sizes
# of the two tables of format pages, which have eight bytes for a page.
_TEXT_LENGTH, _TABLE_SIZES = 0x4C, (0xFE, 0x106)
TOO_LONG = "旧版 Word 文件（.doc）太长，读它要很久；请在 Word 或 WPS 里另存为 .docx 再导入"
CANNOT = (
    "旧版 Word 文件（.doc）里有读不了的内容，或者它已损坏；请在 Word 或 WPS 里另存为 .docx 再导入"
)

# What a parser written for well-made files raises on damaged ones.
_PARSER_ERRORS = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError,
    NotImplementedError, RecursionError, RuntimeError, TypeError, ValueError, struct.error,
    zipfile.BadZipFile,
)  # fmt: skip


def read_doc(path: Path) -> list[Grid]:
    """A document as one Grid, none when nothing is written in it.

    Raises:
        RefusedFileError: older than Word 97, encrypted, damaged, too large.
    """
    if path.stat().st_size > _MAX_DOC:
        raise RefusedFileError(TOO_LARGE)
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        converted = Path(folder) / "draft.docx"
        try:
            _refuse_long(path)
            convert(path, converted)
        except EncryptedDocumentError as error:
            raise RefusedFileError(ENCRYPTED) from error
        except (Doc2DocxError, *_PARSER_ERRORS) as error:
            raise RefusedFileError(CANNOT) from error
        return read_docx(converted)


def _refuse_long(path: Path) -> None:
    stream = CompoundFile.from_path(path).open_stream("WordDocument")
    (length,) = struct.unpack_from("<I", stream, _TEXT_LENGTH)
    pages = sum(struct.unpack_from("<I", stream, place)[0] // 8 for place in _TABLE_SIZES)
    if length > _MAX_TEXT or pages > _MAX_PAGES:
        raise RefusedFileError(TOO_LONG)
