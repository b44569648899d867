"""Plain text in the encodings that Chinese office programs and web systems write."""

from __future__ import annotations

import codecs
import re

from jixiao.model.errors import RefusedFileError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
_HEAD = 2048
# What is called gb2312 often holds characters that only its successor has.
_SUCCESSORS = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "unicode": "utf-16"}

UNKNOWN_ENCODING = "文本的编码认不出来；请用 Excel 或 WPS 打开它，另存为 .xlsx 再导入"


def decode(data: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, what it declares, or GB18030.

    A declaration comes after UTF-8, since a text that is valid UTF-8 hardly ever is anything
    else, while web systems often declare what they do not write.

    Raises:
        RefusedFileError: it is in none of these encodings.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding) or ""
    for encoding in (_wide(data), "utf-8", *_declared(data), "gb18030"):
        text = _decoded(data, encoding) if encoding else None
        if text is not None:
            return text
    raise RefusedFileError(UNKNOWN_ENCODING)


def decode_head(head: bytes) -> str:
    """The beginning of a text, cut anywhere; what is in no known encoding becomes U+FFFD."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    wide = _wide(head)
    if wide:
        return head.decode(wide, "replace")
    text = head.decode("utf-8", "replace")
    return head.decode("gb18030", "replace") if "\ufffd" in text[:-3] else text


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        if encoding.startswith("utf-16"):  # one odd byte at the end is no reason to give up
            return data.decode(encoding, "replace")
        return None


def _declared(data: bytes) -> list[str]:
    """The encoding that HTML or XML names, when there is such a one."""
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return []
    name = match[1].decode("ascii").lower()
    name = _SUCCESSORS.get(name, name)
    try:
        known = codecs.lookup(name)
    except LookupError:
        return []
    # Python has codecs that are no text encodings (base64, zip): those are no answer.
    return [name] if getattr(known, "_is_text_encoding", True) else []


def _wide(data: bytes) -> str:
    """UTF-16 without a mark, told by the zero bytes of its line ends, signs and digits."""
    head = data[:_HEAD]
    if head.count(0) < 2:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    # 一 is U+4E00, so that the other half has zeros too.
    if odd > 3 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 3 * odd else ""
