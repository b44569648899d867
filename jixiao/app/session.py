"""The session: the open book and the forms at hand, passed to every function of this layer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.log import file_facts, logged
from jixiao.io.paper.form.choose import choose_form
from jixiao.io.paper.form.fill import fill
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Grid
from jixiao.model.book import Book
from jixiao.model.schema import DRAFT
from jixiao.model.step import Step
from jixiao.model.table import Table


@dataclass
class Session:
    """An open book with the forms it is shown in. Close it, or use it in a with-block."""

    book: Book
    forms: FormLibrary = field(default_factory=FormLibrary)

    @classmethod
    @logged("open", given=lambda *args, **_: {"book": args[1], **file_facts(args[1])})
    def open(cls, path: Path, forms: FormLibrary | None = None, *, create: bool = True) -> Session:
        """Open a book, made when it does not exist.

        Raises:
            BookError: when it is no book, newer than this program, damaged or locked.
        """
        forms = forms or FormLibrary()  # before the book, which a fault here would leave open
        return cls(Book.open(path, create=create), forms)

    def close(self) -> None:
        """Close the book."""
        self.book.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def form_of(self, table: Table) -> Form:
        """The form in which a table is shown."""
        return self.forms.for_table(self.book, table)

    def page_of(self, table: Table) -> Grid:
        """The filled page of a table."""
        return fill(self.form_of(table), table)

    def add_table(
        self, step: Step, table: Table, *, state: str = DRAFT, year_id: int | None = None
    ) -> int:
        """Put a new table into the book, with a form chosen where it has none.

        ``year_id`` is its year in the tree where it is known; else its agency tells it.
        """
        if not table.form:
            form = choose_form(list(self.forms.by_id.values()), table)
            if form is not None:
                table = replace(table, form=form.id)
        if table.form:
            self.forms.keep_copy(self.book, step, table.form)
        return step.add_table(table, state=state, year_id=year_id)
