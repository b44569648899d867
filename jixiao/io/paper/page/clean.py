"""Words of a cell made comparable: markup, odd blanks and full-width signs taken out."""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import pairwise

_NEEDS_CLEANING = re.compile(
    r"[<&\[\t\r\v\f\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]| \n|\n "
)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:]{0,19}(?:\s[^<>]*)?/?>|<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"\s*(?:</(?:p|div|li|tr|h[1-6])\s*>|<br\s*/?>)\s*", re.IGNORECASE)
_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]{0,80}\]", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LINE_END = re.compile("\r\n|[\r\v\f\u2028\u2029]")
_BLANKS = re.compile("[\t \u00a0\u2000-\u200a\u202f\u205f\u3000]")
_AROUND_LINE_END = re.compile(r" *\n *")

MAX_TEXT = 32_767 * 4
"""Characters of one cell; what is longer is cut off."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffc\ufffe\uffff]")

_BLANK_RUN = re.compile(r"\s+")
_SPACE = re.compile(r"\s+|[\u200b-\u200f\u2060\ufeff]+")
# A blank may only part words of two letters or digits of the Latin kind.
_WORD = re.compile(r"[\u0021-\u007e\u00c0-\u024f\u0370-\u03ff]")

_HALF_WIDTH = str.maketrans(
    "０１２３４５６７８９．，％＋－−–—／：（）",
    "0123456789.,%+----/:()",
)


def clean_text(text: str) -> str:
    """The words of a cell without markup, invisible characters and surrounding blanks.

    Ends of HTML paragraphs become line feeds, entities their characters, blanks of every width a
    plain one (their number is kept inside a line: fund labels are indented with blanks).
    """
    if not _NEEDS_CLEANING.search(text):
        return text.strip()
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if "[" in text:
        text = _BOOKMARK.sub("", text)
    text = _LINE_END.sub("\n", _INVISIBLE.sub("", text))
    return _AROUND_LINE_END.sub("\n", _BLANKS.sub(" ", text)).strip()


def _entity(match: re.Match[str]) -> str:
    """The character an entity stands for; control characters and what is none vanish."""
    char = html.unescape(match.group())
    return "" if char == "\ufffd" or (len(char) == 1 and ord(char) < 32 and char != "\n") else char


def squeeze(text: str) -> str:
    """A cleaned text on one line: single blanks between Latin words, none beside Chinese.

    For names, labels and levels, where blanks and line feeds are only layout:
    "年度重点       工作计划" → "年度重点工作计划".
    """
    text = clean_text(text)
    if not _BLANK_RUN.search(text):
        return text
    pieces = _BLANK_RUN.split(text)
    squeezed = [pieces[0]]
    for before, after in pairwise(pieces):
        if before and after and _WORD.match(before[-1]) and _WORD.match(after[0]):
            squeezed.append(" ")
        squeezed.append(after)
    return "".join(squeezed)


def key(text: str) -> str:
    """A label as it is compared: NFKC, no blanks, no colon at the end, lower case."""
    text = unicodedata.normalize("NFKC", text)
    return _SPACE.sub("", text).rstrip(":").lower()


def digits(text: str) -> str:
    """The text with full-width digits and number signs made half-width: ９５．５％ → 95.5%."""
    return text.translate(_HALF_WIDTH)


def tidy(text: str) -> str:
    """A text that all can hold: no control characters but blanks, line feeds as line ends."""
    if text.isprintable():
        return text[:MAX_TEXT]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text)[:MAX_TEXT]
