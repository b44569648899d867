"""The forms at hand: the built-in ones, the user's folder, and the copies in the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao import RESOURCES
from jixiao.app.folders import form_folders
from jixiao.io.paper.form.choose import choose_form
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.form.load_form import load_form
from jixiao.io.paper.form.stand_in import stand_in
from jixiao.model.book import Book
from jixiao.model.errors import FormError
from jixiao.model.step import Step
from jixiao.model.table import Table

if TYPE_CHECKING:
    from jixiao.io.recognise import Labels

BUILT_IN = RESOURCES / "forms"
_GENERAL = {
    "department": "tongyong-bumen",
    "project": "tongyong-xiangmu",
    "summary": "tongyong-xiangmu",
    "narrative": "tongyong-xiangmu",
}


@dataclass(frozen=True)
class BadForm:
    """A workbook in a forms folder that is no form, and why."""

    path: Path
    reason: str


class FormLibrary:
    """The forms of some folders, each read when it is first needed; later folders go first.

    ``bad`` gathers the workbooks that could not be read, to be told to the user. Folders that are
    named stand for themselves: neither the user's own forms nor his taught words belong to them.
    """

    def __init__(self, folders: Sequence[Path] | None = None) -> None:
        self.folders = [BUILT_IN, *(form_folders() if folders is None else folders)]
        self.bad: list[BadForm] = []
        self._taught = folders is None
        self._loaded: dict[Path, Form | None] = {}
        self._copies: dict[bytes, Form] = {}

    @cached_property
    def paths(self) -> dict[str, Path]:
        """The workbook of each form by file name; a user's own takes the place of a built-in."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            if folder.is_dir():
                for path in sorted(folder.glob("*.xlsx")):
                    if not path.name.startswith(("~$", ".")):
                        found[path.stem] = path
        return found

    @cached_property
    def by_id(self) -> dict[str, Form]:
        """Every readable form by its id: the 编号 it gives itself, else its file name.

        A copy under another file name whose 编号 was left as it was goes by its file name.
        """
        forms: dict[str, Form] = {}
        for path in self.paths.values():
            form = self._load(path)
            if form is not None and form.id in forms:
                form = self._loaded[path] = replace(form, id=path.stem)
            if form is not None:
                forms[form.id] = form
        return forms

    @property
    def labels(self) -> Labels:
        """The labels for recognition, with the words that the user taught."""
        from jixiao.app.importing.profiles import apply_profile, load_profile

        return (
            apply_profile(self.untaught_labels, load_profile())
            if self._taught
            else (self.untaught_labels)
        )

    @cached_property
    def untaught_labels(self) -> Labels:
        """The labels for recognition: the dictionary's and those of every form."""
        from jixiao.io.recognise import build_labels

        return build_labels(self.by_id.values())

    def _load(self, path: Path) -> Form | None:
        if path not in self._loaded:
            try:
                self._loaded[path] = load_form(path)
            except FormError as error:
                self.bad.append(BadForm(path, str(error)))
                self._loaded[path] = None
        return self._loaded[path]

    def current(self, form_id: str) -> Form | None:
        """The form as it stands in the folders."""
        path = self.paths.get(form_id)
        form = self._load(path) if path else None
        return form if form is not None and form.id == form_id else self.by_id.get(form_id)

    def path_of(self, form: Form) -> Path | None:
        """The workbook that a form of the folders came from."""
        return next((path for path, loaded in self._loaded.items() if loaded is form), None)

    def of_book(self, book: Book, form_id: str) -> Form | None:
        """The book's copy of a form, else the one in the folders."""
        content = book.form(form_id)
        if content is None:
            return self.current(form_id)
        known = self.current(form_id)
        if known is not None and known.content == content:
            return known
        if content not in self._copies:
            self._copies[content] = load_form(content, form_id)
        return self._copies[content]

    def for_table(self, book: Book, table: Table) -> Form:
        """The form a table is shown in: its own, else the best one at hand.

        For a kind of table that no form is for (budget, region): one that only says so.

        Raises:
            FormError: when no form is at hand at all.
        """
        form = self.of_book(book, table.form) if table.form else None
        if form is None:
            form = choose_form(list(self.by_id.values()), table)
        if form is None and table.kind not in _GENERAL:
            return stand_in(table)
        if form is None:
            form = self.current(_GENERAL[table.kind])
        if form is None:
            raise FormError("没有可用的表样：请检查表样文件夹，或重新安装本程序。")
        return form

    def updated(self, book: Book) -> list[Form]:
        """Forms in the folders that differ from the book's copies; offered, not taken silently."""
        found: list[Form] = []
        for form_id, _ in book.forms():
            form, content = self.current(form_id), book.form(form_id)
            if form is not None and content is not None and form.content != content:
                found.append(form)
        return found

    def keep_copy(self, book: Book, step: Step, form_id: str) -> None:
        """Put a copy of a form into the book, so that the book can travel; an older copy stays."""
        if book.form(form_id) is None:
            self.renew_copy(step, form_id)

    def renew_copy(self, step: Step, form_id: str) -> None:
        """Put the folders' form into the book in place of its copy."""
        form = self.current(form_id)
        path = self.path_of(form) if form is not None else None
        if form is not None and path is not None:
            step.put_form(form.id, form.name, path.read_bytes())
