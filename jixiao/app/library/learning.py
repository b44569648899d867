"""Learning from the open book which indicators it uses, a little at a time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from jixiao.app.session import Session
from jixiao.model.history import Change
from jixiao.model.library_search import Index
from jixiao.model.library_usage import Learned, Usage


@dataclass(frozen=True, slots=True)
class LearnedState:
    """What was learned so far, ready to be searched on another thread."""

    learned: Learned
    index: Index


NOTHING = LearnedState(Learned(), Index())


class Learner:
    """Counts what the tables of a book use, on the book's thread, until closed.

    Call ``more`` again and again with other work between; a change of the book makes its tables
    wait to be counted anew.
    """

    def __init__(self, session: Session) -> None:
        self._book = session.book
        self._usage = Usage()
        self._waiting: dict[int, None] | None = None
        self.close = self._book.subscribe(self._changed)

    @property
    def done(self) -> bool:
        """True when every table is counted as it is now."""
        return self._waiting is not None and not self._waiting

    def more(self, tables: int = 250) -> bool:
        """Count some more tables; True when every one is counted."""
        if self._waiting is None:
            self._waiting = dict.fromkeys(self._book.table_ids())
        chunk = list(islice(self._waiting, tables))
        found = dict(self._book.tables(chunk)) if chunk else {}
        for table_id in chunk:
            if table_id in found:
                self._usage.put(table_id, found[table_id])
            else:
                self._usage.drop(table_id)
            del self._waiting[table_id]
        return not self._waiting

    def state(self) -> LearnedState:
        """What was learned so far."""
        learned = self._usage.learned()
        return LearnedState(learned, Index(learned.entries, learned.counts).prepare())

    def all(self) -> LearnedState:
        """Count every table and tell what was learned."""
        while not self.more():
            pass
        return self.state()

    def _changed(self, change: Change) -> None:
        if self._waiting is not None:
            self._waiting |= dict.fromkeys(change.table_ids)
