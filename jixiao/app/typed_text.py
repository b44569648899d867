"""Texts that were being typed when the program ended: kept beside the book, offered again.

They lie in a file of their own for each book, because what is still being typed is no step yet.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast
from zlib import crc32

from jixiao.app.editing import binding_label
from jixiao.app.session import Session
from jixiao.app.window_support import open_table, type_into
from jixiao.io.files.write.safe_write import write_bytes
from jixiao.io.paper.page.grid import Binding
from jixiao.model.errors import KnownError


@dataclass(frozen=True)
class TypedText:
    """What stood in an open editor.

    Attributes:
        table_id: The table.
        table: Its name.
        edits: The places of the cell, each with its text.
        fits: Whether the places are there, so that it can be put back.
    """

    table_id: int
    table: str
    edits: tuple[tuple[Binding, str], ...]
    fits: bool = True

    @property
    def text(self) -> str:
        """All of it, a line for each place."""
        return "\n".join(text for _, text in self.edits)

    @property
    def place(self) -> str:
        """What the place is called (指标值)."""
        return "、".join(binding_label(binding) for binding, _ in self.edits)


class TypedTexts:
    """The file of one book in a folder of the user's; every method may be called on any thread."""

    def __init__(self, folder: Path, book: Path) -> None:
        path = str(book).encode("utf-8", "surrogatepass")
        name = f"{crc32(path):08x}-{path.hex()[-40:]}"
        self._now = folder / f"typing-{name}.json"
        self._kept = folder / f"typed-{name}.json"

    def save(self, typed: TypedText) -> None:
        """Keep what is being typed, in place of what was kept of it before.

        Raises:
            ExportError: It cannot be written.
        """
        _write(self._now, [typed])

    def done(self) -> None:
        """What was being typed is in the book, or given up."""
        self._now.unlink(missing_ok=True)

    def found(self, session: Session) -> list[TypedText]:
        """What was left over, the oldest first, without what stands in the book already.

        Raises:
            ExportError: The folder cannot be written.
        """
        texts = [*_read(self._kept), *_read(self._now)]
        left = [now for text in texts if (now := _compared(session, text)) is not None]
        self.keep(left)
        self.done()
        return left

    def keep(self, texts: Sequence[TypedText]) -> None:
        """Keep these until they were put back or are not wanted any more.

        Raises:
            ExportError: The folder cannot be written.
        """
        if texts:
            _write(self._kept, texts)
        else:
            self._kept.unlink(missing_ok=True)


def _compared(session: Session, typed: TypedText) -> TypedText | None:
    """A text with whether it can be put back; None when the book says it already."""
    try:
        opened = open_table(session, typed.table_id)
        page = session.page_of(opened.table)
    except KnownError:
        return TypedText(typed.table_id, typed.table, typed.edits, fits=False)
    there = {part.binding for _, part in page.bound()}
    if not all(binding in there for binding, _ in typed.edits):
        return TypedText(typed.table_id, typed.table, typed.edits, fits=False)
    try:
        same = type_into(opened.form, opened.table, typed.edits) == opened.table
    except ValueError:  # half a number, a date without its end
        same = False
    return None if same else TypedText(typed.table_id, typed.table, typed.edits)


def _write(path: Path, texts: Sequence[TypedText]) -> None:
    found = [
        {
            "table_id": typed.table_id,
            "table": typed.table,
            "edits": [{"place": asdict(place), "text": text} for place, text in typed.edits],
        }
        for typed in texts
    ]
    write_bytes(path, json.dumps(found, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _read(path: Path) -> list[TypedText]:
    """What a file holds; nothing when there is none or it is no such file."""
    try:
        content: Any = json.loads(path.read_bytes())
        return [
            TypedText(
                int(one["table_id"]),
                str(one["table"]),
                tuple((_place(edit["place"]), str(edit["text"])) for edit in one["edits"]),
            )
            for one in content
        ]
    except (OSError, ValueError, TypeError, KeyError):
        return []


def _place(found: dict[str, Any]) -> Binding:
    rows = cast("list[int]", found.pop("rows"))
    return Binding(rows=tuple(rows), **found)
