"""The library of indicators as a user has it: search, own entries, import and export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.app.folders import user_folder
from jixiao.app.library.learning import NOTHING, LearnedState
from jixiao.io.files.library_file import (
    LibraryFileError,
    backup_of,
    read_own,
    read_shipped,
    write_own,
)
from jixiao.model.errors import KnownError
from jixiao.model.library import (
    Entry,
    NameKey,
    OwnLibrary,
    combined,
    entry_from,
    merged,
    name_key,
    tidy,
    with_entry,
    without_entries,
)
from jixiao.model.library_search import (
    NOWHERE,
    Hit,
    Index,
    Place,
    Query,
    search,
    suitable_categories,
)
from jixiao.model.library_usage import Learned, Word
from jixiao.model.table import Indicator, Table

if TYPE_CHECKING:
    from jixiao.io.files.library_excel import Skipped

_NAMES = 40  # offered in a cell


def own_path() -> Path:
    """Where the user's own entries lie: beside the folder for the user's forms."""
    return user_folder() / "library.json"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import of indicators did; ``skipped`` are rows that were not taken, with reasons.

    ``same`` were there already, ``repeated`` stood more than once in the file.
    """

    added: int
    changed: int
    same: int
    repeated: int
    skipped: tuple[Skipped, ...]

    @property
    def text(self) -> str:
        """One sentence in Chinese."""
        parts = [f"新增 {self.added} 条", f"更新 {self.changed} 条"]
        if self.same:
            parts.append(f"{self.same} 条已有")
        if self.repeated:
            parts.append(f"{self.repeated} 条重复已合并")
        if self.skipped:
            parts.append(f"{len(self.skipped)} 行没有采用")
        return f"导入指标：{'，'.join(parts)}。"


class Library:
    """The shipped entries, the user's own, and what was learned from the open book.

    For one thread. ``problem`` tells in Chinese what is wrong with the user's file, "" if nothing.
    ``asked`` is called when something is looked for, so that learning may begin.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or own_path()
        self.problem = ""
        self.asked: Callable[[], object] = lambda: None
        self._own: OwnLibrary | None = None
        self._index: Index | None = None
        self._seen = Index()
        self._learned = Learned()
        self._names: dict[NameKey, Entry] | None = None

    # Looking

    @cached_property
    def shipped(self) -> tuple[Entry, ...]:
        """The entries that come with the program."""
        return read_shipped()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The user's entries and the shipped ones, without what the book was learned from."""
        return self._known().entries

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories there are, in the order in which they come."""
        return tuple(dict.fromkeys(e.category for e in self.entries if e.category))

    @property
    def learned(self) -> Learned:
        """What the open book uses."""
        return self._learned

    def take_learned(self, state: LearnedState) -> None:
        """Search also in what was learned from the book (made by ``Learner.state``)."""
        self._learned, self._seen = state.learned, state.index
        self._index = None

    def forget_book(self) -> None:
        """Search no longer in what was learned: the book was closed."""
        self.take_learned(NOTHING)

    def search(self, query: Query, place: Place = NOWHERE, limit: int = 200) -> list[Hit]:
        """The entries that a query finds, the best for the place first.

        See ``jixiao.model.library_search.search``.
        """
        self.asked()
        return search((self._known(), self._seen), query, place, limit)

    def place_of(self, table: Table, row: int = -1, *, levels: tuple[str, str] = ("", "")) -> Place:
        """The place for which an indicator is looked for.

        Args:
            table: The table on the screen.
            row: The index of the current indicator; -1 where there is none.
            levels: The levels to look for where there is no row (a pre-printed empty one).
        """
        if 0 <= row < len(table.indicators):
            current = table.indicators[row]
            levels = current.level1, current.level2
        used = frozenset(_keys(r for i, r in enumerate(table.indicators) if i != row))
        return Place(*levels, suitable_categories(self.entries, table), used)

    def names_for(self, table: Table, row: int, text: str = "") -> list[str]:
        """Names to offer while an indicator's name is typed, the best first.

        Only those of the row's own class, where it has levels and any name is found there.
        """
        place = self.place_of(table, row)
        hits = self.search(Query(text, level2=place.level2), place, _NAMES)
        if not hits and place.level2:
            hits = self.search(Query(text), place, _NAMES)
        return list(dict.fromkeys(hit.entry.name for hit in hits if not hit.used))

    def words_for(self, word: Word) -> tuple[str, ...]:
        """Other texts of the book to offer: task, owner, project, agency."""
        self.asked()
        return self._learned.words.get(word, ())

    def entry_for(self, row: Indicator) -> Entry | None:
        """The entry of an indicator's name and levels, None where the library has none."""
        return self._by_name.get(name_key(row.level1, row.level2, row.level3))

    # Changing

    def add(self, entry: Entry) -> Entry:
        """Add an entry to the user's own; one with the same category, levels and name is replaced.

        Returns:
            It as it is kept: each text on one line, levels in canonical spelling.

        Raises:
            KnownError: It has no name, or the file cannot be written.
        """
        return self.change(entry)

    def add_all(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """Add entries to the user's own, all at once; those without a name are left out.

        Returns:
            Those that were added, as they are kept.

        Raises:
            KnownError: The file cannot be written.
        """
        kept = tuple(replace(tidied, origin="own") for one in entries if (tidied := tidy(one)).name)

        def with_all(own: OwnLibrary) -> OwnLibrary:
            for one in kept:
                own = with_entry(own, one, None)
            return own

        if kept:
            self._write(with_all)
        return kept

    def change(self, entry: Entry, old: Entry | None = None) -> Entry:
        """Put an entry in the place of ``old``; a shipped one becomes the user's own.

        Raises:
            KnownError: It has no name, or the file cannot be written.
        """
        kept = replace(tidy(entry), origin="own")
        if not kept.name:
            raise KnownError("三级指标名称不能为空，请输入名称。")
        self._write(lambda own: with_entry(own, kept, old))
        return kept

    def delete(self, entries: Sequence[Entry]) -> None:
        """Delete entries; shipped ones are taken out of what is shown (``restore_shipped``).

        Raises:
            KnownError: The file cannot be written.
        """
        self._write(lambda own: without_entries(self.shipped, own, entries))

    def restore_shipped(self) -> None:
        """Show all shipped entries again; own ones stay.

        Raises:
            KnownError: The file cannot be written.
        """
        self._write(lambda own: OwnLibrary(own.entries))

    def take_over(self, row: Indicator, category: str = "") -> Entry:
        """Make an own entry from an indicator of a table.

        Raises:
            KnownError: It has no name, or the file cannot be written.
        """
        return self.add(entry_from(row, category))

    def import_file(self, path: Path) -> ImportReport:
        """Take in a list of indicators from an Excel workbook; entries that are there are merged.

        Raises:
            RefusedFileError: It cannot be read or holds no such list.
            KnownError: The user's file cannot be written.
        """
        from jixiao.io.files.library_excel import read_library

        sheets = read_library(path)
        done = merged(self.shipped, self._read(), sheets.entries)
        if done.added or done.changed:
            self._write(lambda own: merged(self.shipped, own, sheets.entries).own)
        return ImportReport(done.added, done.changed, done.same, done.repeated, sheets.skipped)

    def export_file(self, path: Path, entries: Iterable[Entry] | None = None) -> None:
        """Write entries (None: all, without what was learned) as an Excel workbook.

        Raises:
            ExportError: The target cannot be written.
        """
        from jixiao.io.files.library_excel import write_library

        write_library(self.entries if entries is None else entries, path)

    # The file

    def _known(self) -> Index:
        if self._index is None:
            if self._own is None:
                self._own = self._read_or_mend()
            entries = combined(self.shipped, self._own)
            self._index = Index(entries, self._learned.counts)
        return self._index

    @property
    def _by_name(self) -> dict[NameKey, Entry]:
        if self._names is None or self._index is None:
            self._names = {
                key: entry
                for index in (self._seen, self._known())
                for key, entry in zip(reversed(index.keys), reversed(index.entries), strict=True)
            }
        return self._names

    def _read(self) -> OwnLibrary:
        """The user's entries as they lie on the disk now; another window may have changed them."""
        return read_own(self.path)

    def _read_or_mend(self) -> OwnLibrary:
        try:
            return self._read()
        except LibraryFileError as error:
            self.problem = str(error)
            return self._mend() if error.damaged else OwnLibrary()

    def _mend(self) -> OwnLibrary:
        """Put a damaged file aside, and go back to what is known of it: here, or its backup."""
        when = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        aside = self.path.with_name(f"{self.path.stem}.damaged-{when}{self.path.suffix}")
        try:
            self.path.replace(aside)
        except OSError:
            self.problem += f"请检查“{self.path}”的权限。"
            return OwnLibrary()
        self.problem += f"原文件已改名保留为“{aside.name}”。"
        try:
            own = self._own or read_own(backup_of(self.path))
        except LibraryFileError:
            return OwnLibrary()
        if own.entries:
            self.problem += "已恢复上一次的内容，请核对最后添加的指标。"
            write_own(self.path, own)
        return own

    def _write(self, change: Callable[[OwnLibrary], OwnLibrary]) -> None:
        self._known()
        try:
            old = self._read()
        except LibraryFileError as error:
            if not error.damaged:
                raise
            self.problem = str(error)
            self._mend()
            old = self._read()
        own = change(old)
        write_own(self.path, own)
        self._own, self._index = own, None


def _keys(rows: Iterable[Indicator]) -> Iterable[NameKey]:
    return (name_key(row.level1, row.level2, row.level3) for row in rows if row.level3)
