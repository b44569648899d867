"""The names of exported files: good on every system, and one for each table of a book."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from jixiao.app.session import Session

_LONGEST = 80
_MOST_BYTES = 240  # of 255, with room for " (99)" and the ending
_NOT_IN_NAMES = frozenset('\\/:*?"<>|')
_NAMELESS = "绩效目标表"
# Devices of Windows, which takes them for such also before an ending (nul.xlsx).
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE
)


def file_stem(agency: str, year: int | None, what: str) -> str:
    """The name of a table's file without its ending: year, agency and what it is called."""
    when = f"{year}年" if year is not None else ""
    return good_stem("-".join(part for part in (when + agency, what) if part))


def good_stem(text: str) -> str:
    """A text as the name of a file without its ending, on every system and to be read by eye.

    Marks that no name may have become blanks; invisible characters, which can turn the order of
    the letters round or make two names look alike, are left out. It is cut to what a file system
    holds, counted in bytes.
    """
    plain = " ".join("".join(map(_allowed, text)).split()).lstrip("~")
    name = _cut(plain.strip(" ."), _LONGEST, _MOST_BYTES) or _NAMELESS
    return f"{_NAMELESS}-{name}" if _DEVICE.match(name) else name


def stems_of_book(session: Session) -> dict[int, str]:
    """The name of every table's file without its ending, by the table's id.

    The whole book decides, so that a table has the same name whatever is exported with it. Of
    tables that would have one name, those that came later are numbered.

    Raises:
        BookError: The book cannot be read.
        FormError: There is no form for a table that has no name of its own.
    """
    found: dict[int, str] = {}
    taken: set[str] = set()
    last: dict[str, int] = {}
    for table_id, plain in sorted(_plain_stems(session)):
        stem = plain
        number = last.get(same_name(plain), 1)
        while same_name(stem) in taken:
            number += 1
            stem = _numbered(plain, number)
        last[same_name(plain)] = number
        taken.add(same_name(stem))
        found[table_id] = stem
    return found


def _plain_stems(session: Session) -> Iterator[tuple[int, str]]:
    for agency in session.book.tree():
        for year in agency.years:
            for entry in year.tables:
                what = "部门整体" if entry.kind == "department" else entry.name
                if not what:
                    what = session.form_of(session.book.table(entry.id)).name
                yield entry.id, file_stem(agency.name, year.year, what)


def _numbered(stem: str, number: int) -> str:
    mark = f"（第{number}张）"
    return _cut(stem, _LONGEST - len(mark), _MOST_BYTES - len(mark.encode())) + mark


def same_name(name: str) -> str:
    """What two names have in common that some file system takes for one."""
    return unicodedata.normalize("NFC", name).casefold()


def free_name(path: Path, taken: frozenset[str] = frozenset()) -> Path:
    """The path with (2), (3) … behind its name: the first that is neither there nor ``taken``.

    Args:
        path: A file that is there.
        taken: Names of other files to come, as ``same_name`` has them.
    """
    number = 2
    while True:
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
        if not is_there(free) and same_name(free.name) not in taken:
            return free
        number += 1


def is_there(path: Path) -> bool:
    """True for a file, a folder, and a link that leads nowhere."""
    return path.exists() or path.is_symlink()


def _allowed(char: str) -> str:
    if char in _NOT_IN_NAMES:
        return " "
    match unicodedata.category(char):
        case "Cf" | "Cs":
            return ""
        case "Cc" | "Zs" | "Zl" | "Zp":
            return " "
        case _:
            return char


def _cut(text: str, most: int, most_bytes: int) -> str:
    """The beginning of a text, of so many characters and bytes at most."""
    cut = text[:most].encode()[:most_bytes].decode(errors="ignore")
    return cut.rstrip(" .")
