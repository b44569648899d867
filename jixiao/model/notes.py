"""Send-back notes: what the bureau writes on a table, and what the agency answers.

They stand among the notes of a table, with who and when and where. The exchange file keeps notes
as plain texts, so a send-back note is one that people read as well:

    退回意见（区财政局 2026-01-05）指标“活动次数”指标值：请说明依据。
    〔已处理 2026-01-08〕已补充测算依据。
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from jixiao.model.checks.similar import similarity
from jixiao.model.columns import ROW_WORDS
from jixiao.model.fields import FIELDS, label_of
from jixiao.model.table import (
    Indicator,
    Item,
    LevelPair,
    ListName,
    Measure,
    Row,
    SpendingDetail,
    Table,
    Task,
)

FIELD = "栏目"
_PREFIX = "退回意见"
_WORDS = (FIELD, *ROW_WORDS.values())
_NOTE = re.compile(
    r"退回意见（(?P<author>[^（）]*?) ?(?P<date>\d{4}-\d{2}-\d{2})）"
    rf"(?:(?P<what>{'|'.join(_WORDS)})“(?P<name>[^“”]*)”(?P<column>[^“”：]*))?：(?P<text>.*)",
    re.DOTALL,
)
_DONE = re.compile(r"\n〔已处理 (?P<date>\d{4}-\d{2}-\d{2})〕")
_NUMBER = re.compile(r"第(\d{1,6})行")
_QUOTES = str.maketrans("“”", "‘’")
_BRACKETS = str.maketrans("（）", "()")
_COLUMN = str.maketrans("“”：", "‘’:")
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class SendBackNote:
    """A note of the bureau.

    Attributes:
        text: What is to be mended.
        author: Who wrote it (区财政局).
        date: When, as 2026-01-05.
        what: What it is about: 栏目 for a header field, a word of ``ROW_WORDS``, or empty for the
            whole table.
        name: The label of the field, or the name of the row.
        column: The label of the row's column (指标值), empty for the whole row.
        done: When the agency settled it, empty while it is open.
        answer: What the agency says about it.
    """

    text: str
    author: str
    date: str
    what: str = ""
    name: str = ""
    column: str = ""
    done: str = ""
    answer: str = ""

    @property
    def place(self) -> str:
        """The place in words: 指标“活动次数”指标值; empty for the whole table."""
        return f"{self.what}“{self.name}”{self.column}" if self.what else ""

    @property
    def question(self) -> SendBackNote:
        """The note as it was before anybody answered."""
        return replace(self, done="", answer="")


@dataclass(frozen=True, slots=True)
class NotePlace:
    """Where a note belongs: a header field's key, or a row of a list."""

    field: str = ""
    rows: ListName | None = None
    index: int = -1


def row_title(row: Row) -> str:
    """The text by which people call a row, as written; empty for one without a name."""
    match row:
        case Indicator():
            return row.level3
        case SpendingDetail():
            return row.detail or row.content
        case Task() | Item() | Measure():
            return row.name
        case LevelPair():
            return ""


def row_name(row: Row, index: int) -> str:
    """What a note calls a row: by its name, else by its number."""
    return " ".join(row_title(row).split()).translate(_QUOTES) or f"第{index + 1}行"


def format_note(note: SendBackNote) -> str:
    """The note as it stands among the notes of a table.

    Quotation marks in a name and brackets in an author become others, so that the parts can be
    told apart again.

    Raises:
        ValueError: A date is not written as 2026-01-05.
    """
    for date in (note.date, note.done or note.date):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", date):
            raise ValueError(f"not a date: {date!r}")
    who = " ".join([*note.author.translate(_BRACKETS).split(), note.date])
    name = note.name.translate(_QUOTES)
    place = f"{note.what}“{name}”{note.column.translate(_COLUMN)}" if note.what else ""
    text = note.text.strip().replace("〔已处理", "（已处理")
    answer = f"\n〔已处理 {note.done}〕{note.answer.strip()}" if note.done else ""
    return f"{_PREFIX}（{who}）{place}：{text}{answer}"


def parse_note(text: str) -> SendBackNote | None:
    """The send-back note that a text is, None for any other note."""
    match = _NOTE.fullmatch(text)
    if match is None:
        return None
    said, done, answer = match["text"], "", ""
    mark = _DONE.search(said)
    if mark is not None:
        said, done, answer = said[: mark.start()], mark["date"], said[mark.end() :]
    what, name, column = match["what"] or "", match["name"] or "", match["column"] or ""
    return SendBackNote(said, match["author"], match["date"], what, name, column, done, answer)


def send_back_notes(table: Table) -> list[tuple[int, SendBackNote]]:
    """The send-back notes of a table, each with its place among the notes."""
    parsed = ((index, parse_note(text)) for index, text in enumerate(table.notes))
    return [(index, note) for index, note in parsed if note is not None]


def place_of(table: Table, note: SendBackNote) -> NotePlace | None:
    """Where a note belongs, None when it is about the table, or its place is not there any more.

    A row whose name was changed is found again as long as the name is alike.
    """
    if note.what == FIELD:
        found = (
            key for key in (*table.fields, *FIELDS) if label_of(key).translate(_QUOTES) == note.name
        )
        key = next(found, None)
        return None if key is None else NotePlace(field=key)
    for rows, word in ROW_WORDS.items():
        if word == note.what:
            index = _row_at(table.rows(rows), note.name)
            return None if index is None else NotePlace(rows=rows, index=index)
    return None


def _row_at(rows: tuple[Row, ...], name: str) -> int | None:
    names = [row_name(row, index) for index, row in enumerate(rows)]
    wanted = " ".join(name.split())
    if wanted in names:
        return names.index(wanted)
    number = _NUMBER.fullmatch(name)
    if number is not None:  # it had no name when the note was written; it may have one now
        index = int(number[1]) - 1
        return index if 0 <= index < len(names) else None
    alike = [(float(similarity(wanted, other)), -index) for index, other in enumerate(names)]
    best = max(alike, default=(0.0, 0))
    return -best[1] if best[0] >= _ALIKE else None


def with_notes(table: Table, notes: Iterable[SendBackNote]) -> Table:
    """The table with further notes; one that stands there already is not put twice.

    A note that comes with an answer takes the place of the same note without one; one that was
    answered here stays so.
    """
    texts = list(table.notes)
    places = {note.question: at for at, note in send_back_notes(table)}
    for note in notes:
        text = format_note(note)
        found = parse_note(text)
        assert found is not None
        at = places.get(found.question)
        if at is None:
            places[found.question] = len(texts)
            texts.append(text)
        elif note.done and not _is_done(texts[at]):
            texts[at] = text
    return replace(table, notes=tuple(texts))


def with_answers(table: Table, answers: Mapping[int, str], date: str) -> Table:
    """The table with some notes settled.

    Args:
        table: The table.
        answers: By the place of a note among the table's notes what is said about it.
        date: Today, as 2026-01-05; empty opens the notes again.
    """
    texts = list(table.notes)
    for at, note in send_back_notes(table):
        if at in answers:
            answered = replace(note, done=date, answer=answers[at].strip() if date else "")
            texts[at] = format_note(answered)
    return replace(table, notes=tuple(texts))


def without_notes(table: Table, indexes: Collection[int]) -> Table:
    """The table without some of its notes, such as those that are settled for good."""
    kept = tuple(text for index, text in enumerate(table.notes) if index not in indexes)
    return replace(table, notes=kept)


def _is_done(text: str) -> bool:
    note = parse_note(text)
    return note is not None and bool(note.done)
