"""What the window remembers: an ini file in the user's configuration folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

_MOST_RECENT = 10


class Settings:
    """Geometry, the last book and table, recent books, and the zoom of each form."""

    def __init__(self) -> None:
        self._store = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "jixiao", "jixiao"
        )

    def state(self, name: str) -> QByteArray:
        """A state that Qt saved (geometry, splitter); empty when there is none."""
        value = self._store.value("window/" + name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_state(self, name: str, state: QByteArray) -> None:
        """Keep a state that Qt saved."""
        self._store.setValue("window/" + name, state)

    @property
    def columns(self) -> tuple[int, int, bool]:
        """The widths of tree and dock, 0 for the usual ones, and whether the dock is wanted."""
        tree, dock = (_number(self._store.value(f"window/{name}")) for name in ("tree", "dock"))
        return tree, dock, str(self._store.value("window/dock_wanted", "true")).lower() == "true"

    @columns.setter
    def columns(self, state: tuple[int, int, bool]) -> None:
        for name, value in zip(("tree", "dock", "dock_wanted"), state, strict=True):
            self._store.setValue(f"window/{name}", value)

    @property
    def recent(self) -> list[Path]:
        """The books opened last, the newest first, also those that are gone."""
        value = self._store.value("books/recent")
        texts = [value] if isinstance(value, str) else value
        return [Path(text) for text in texts if text] if isinstance(texts, list) else []

    def add_recent(self, path: Path) -> None:
        """Put a book at the head of the recent ones."""
        books = [path, *(book for book in self.recent if book != path)]
        self._store.setValue("books/recent", [str(book) for book in books[:_MOST_RECENT]])

    def last_table(self, book: Path) -> int | None:
        """The table that was on the screen when a book was closed."""
        value = self._store.value(f"last/{_key(str(book))}")
        return int(value) if isinstance(value, str | int) and str(value).isdecimal() else None

    def set_last_table(self, book: Path, table_id: int) -> None:
        """Remember the table on the screen."""
        self._store.setValue(f"last/{_key(str(book))}", table_id)

    @property
    def last_book(self) -> Path | None:
        """The book that was open at the end; None when none was."""
        value = self._store.value("books/last")
        return Path(value) if isinstance(value, str) and value else None

    def set_last_book(self, path: Path | None) -> None:
        """Remember the open book."""
        self._store.setValue("books/last", "" if path is None else str(path))

    def zoom(self, form_id: str) -> float | None:
        """The zoom last used for a form; None when it was never changed."""
        value = self._store.value(f"zoom/{_key(form_id)}")
        try:
            return float(value) if isinstance(value, str | float) else None
        except ValueError:
            return None

    def set_zoom(self, form_id: str, zoom: float | None) -> None:
        """Remember the zoom of a form; None forgets it."""
        key = f"zoom/{_key(form_id)}"
        if zoom is None:
            self._store.remove(key)
        else:
            self._store.setValue(key, zoom)

    def widths(self, form_id: str) -> tuple[float, ...] | None:
        """The widths of columns last used for a form, in points; None for the form's own."""
        value = self._store.value(f"widths/{_key(form_id)}")
        texts = value.split(" ") if isinstance(value, str) else []
        try:
            return tuple(min(max(float(text), 5.0), 2000.0) for text in texts) or None
        except ValueError:
            return None

    def set_widths(self, form_id: str, widths: Sequence[float] | None) -> None:
        """Remember the widths of a form's columns; None forgets them."""
        key = f"widths/{_key(form_id)}"
        if widths is None:
            self._store.remove(key)
        else:
            self._store.setValue(key, " ".join(str(width) for width in widths))

    @property
    def font_scale(self) -> float:
        """How large the program's letters are, 1.0 for the system's size."""
        value = self._store.value("look/font")
        try:
            scale = float(value) if isinstance(value, str | float) else 1.0
        except ValueError:
            return 1.0
        return scale if 0.5 <= scale <= 3.0 else 1.0

    @font_scale.setter
    def font_scale(self, scale: float) -> None:
        self._store.setValue("look/font", scale)

    @property
    def scheme(self) -> str:
        """Colours: "light", "dark", or like the "system"."""
        value = self._store.value("look/scheme")
        return value if value in {"light", "dark"} else "system"

    @scheme.setter
    def scheme(self, name: str) -> None:
        self._store.setValue("look/scheme", name)

    @property
    def last_form(self) -> str:
        """The form of the table that was made last, to be proposed for the next one."""
        value = self._store.value("forms/last")
        return value if isinstance(value, str) else ""

    @last_form.setter
    def last_form(self, form_id: str) -> None:
        self._store.setValue("forms/last", form_id)

    @property
    def always_review(self) -> bool:
        """Whether drafts are always looked at before they are taken in, also sure ones."""
        return str(self._store.value("import/always_review", "")).lower() == "true"

    @always_review.setter
    def always_review(self, on: bool) -> None:
        self._store.setValue("import/always_review", on)

    @property
    def author(self) -> str:
        """Who signs send-back notes."""
        value = self._store.value("notes/author")
        return value if isinstance(value, str) else ""

    @author.setter
    def author(self, name: str) -> None:
        self._store.setValue("notes/author", name)

    def folder(self, what: str) -> Path:
        """The folder last used for drafts ("import") or results ("export"), else the documents."""
        value = self._store.value("folders/" + what)
        if isinstance(value, str) and value:
            return Path(value)
        documents = documents_folder()
        return documents if documents.is_dir() else Path.home()

    def set_folder(self, what: str, folder: Path) -> None:
        """Remember a folder."""
        self._store.setValue("folders/" + what, str(folder))

    def sync(self) -> None:
        """Write to disk."""
        self._store.sync()


def _number(value: object) -> int:
    """A width in pixels; 0 for what is none."""
    text = str(value)
    return min(int(text), 5000) if text.isascii() and text.isdecimal() else 0


def _key(text: str) -> str:
    return text.encode("utf-8").hex()[-120:]


def documents_folder() -> Path:
    """The user's documents folder; it need not exist."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    found = QStandardPaths.writableLocation(place)
    return Path(found) if found else Path.home()
