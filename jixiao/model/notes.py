"""Send-back notes: what the bureau writes on a table, among its notes, with who and when and where.

The exchange file keeps notes as plain texts, so a send-back note is one with a prefix that people
read as well: 退回意见（区财政局 2026-01-05）指标“活动次数”：请说明依据。
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from jixiao.model.fields import FIELDS, label_of
from jixiao.model.table import LIST_NAMES, Indicator, ListName, Table

_PREFIX = "退回意见"
_NOTE = re.compile(
    r"退回意见（(?P<author>[^（）]*?) ?(?P<date>\d{4}-\d{2}-\d{2})）"
    r"(?:(?P<what>栏目|指标)“(?P<name>[^“”]*)”)?：(?P<text>.*)",
    re.DOTALL,
)
_QUOTES = str.maketrans("“”", "‘’")
_BRACKETS = str.maketrans("（）", "()")


@dataclass(frozen=True, slots=True)
class SendBackNote:
    """A note of the bureau.

    Attributes:
        text: What is to be mended.
        author: Who wrote it (区财政局).
        date: When, as 2026-01-05.
        field: The label of the header field it is about (年度绩效目标), or empty.
        indicator: The third level of the indicator it is about, or empty.
    """

    text: str
    author: str
    date: str
    field: str = ""
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class NotePlace:
    """Where a note belongs: a header field's key, or a row of a list."""

    field: str = ""
    rows: ListName | None = None
    index: int = -1


def format_note(note: SendBackNote) -> str:
    """The note as it stands among the notes of a table.

    Quotation marks in a name and brackets in an author become others, so that the parts can be
    told apart again.

    Raises:
        ValueError: The date is not written as 2026-01-05.
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", note.date):
        raise ValueError(f"not a date: {note.date!r}")
    who = " ".join([*note.author.translate(_BRACKETS).split(), note.date])
    name = (note.indicator or note.field).translate(_QUOTES)
    what = "指标" if note.indicator else "栏目"
    place = f"{what}“{name}”" if name else ""
    return f"{_PREFIX}（{who}）{place}：{note.text.strip()}"


def parse_note(text: str) -> SendBackNote | None:
    """The send-back note that a text is, None for any other note."""
    match = _NOTE.fullmatch(text)
    if match is None:
        return None
    name = match["name"] or ""
    indicator = match["what"] == "指标"
    return SendBackNote(
        match["text"],
        match["author"],
        match["date"],
        "" if indicator else name,
        name if indicator else "",
    )


def send_back_notes(table: Table) -> list[tuple[int, SendBackNote]]:
    """The send-back notes of a table, each with its place among the notes."""
    parsed = ((index, parse_note(text)) for index, text in enumerate(table.notes))
    return [(index, note) for index, note in parsed if note is not None]


def place_of(table: Table, note: SendBackNote) -> NotePlace | None:
    """Where a note belongs, None when it is about the table, or its place is not there any more."""
    if note.indicator:
        for name in LIST_NAMES:
            for index, row in enumerate(table.rows(name)):
                if isinstance(row, Indicator) and row.level3.translate(_QUOTES) == note.indicator:
                    return NotePlace(rows=name, index=index)
    elif note.field:
        for key in (*table.fields, *FIELDS):
            if label_of(key).translate(_QUOTES) == note.field:
                return NotePlace(field=key)
    return None


def with_notes(table: Table, notes: Iterable[SendBackNote]) -> Table:
    """The table with further notes; one that stands there already is not put twice."""
    texts = dict.fromkeys(format_note(note) for note in notes)
    new = (text for text in texts if text not in table.notes)
    return replace(table, notes=(*table.notes, *new))


def without_notes(table: Table, indexes: Iterable[int]) -> Table:
    """The table without some of its notes, such as those that are settled."""
    gone = set(indexes)
    kept = tuple(text for index, text in enumerate(table.notes) if index not in gone)
    return replace(table, notes=kept)
