"""Errors of the user's surroundings, not ours: each tells what happened and what to do."""

from __future__ import annotations


class KnownError(Exception):
    """Something the user can do something about; ``str()`` is the Chinese message to show."""


class RefusedFileError(KnownError):
    """A file that cannot be read: wrong content, encrypted, damaged, no table in it."""


class BookError(KnownError):
    """A book that cannot be opened: no book, made by a newer version, damaged, locked."""


class ExportError(KnownError):
    """A file that cannot be written: open in another program, no right, disk full.

    ``cause`` names what hinders every file in the same place ("read_only", "full"), so that it
    is told once; "" where the error concerns this file alone.
    """

    def __init__(self, message: str, cause: str = "") -> None:
        super().__init__(message)
        self.cause = cause


class FormError(KnownError):
    """A workbook that is no form."""
