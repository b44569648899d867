"""Help that Excel gives in a cell: a drop-down list and a short note. Any text may be typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

_LONGEST_LIST = 255  # characters of a list that stands in the rule itself (Excel's limit)
_NOT_IN_LISTS = re.compile(r'[,"\n]')


def list_of(texts: Iterable[str], most: int = 100) -> tuple[str, ...]:
    """The first texts, each once, that a drop-down list of Excel holds."""
    found: list[str] = []
    length = 0
    for text in dict.fromkeys(texts):
        if _NOT_IN_LISTS.search(text) or not text.strip():
            continue
        length += len(text.encode("utf-16-le")) // 2 + 1
        if length > _LONGEST_LIST or len(found) == most:
            break
        found.append(text)
    return tuple(found)


def help_rule(areas: Iterable[str], note: str, choices: tuple[str, ...] = ()) -> DataValidation:
    """The rule for areas like B4:H4: a note of at most 255 characters, and a list of texts."""
    from openpyxl.worksheet.datavalidation import DataValidation

    return DataValidation(
        type="list" if choices else None,
        formula1=f'"{",".join(choices)}"' if choices else None,
        sqref=" ".join(areas),
        prompt=note or None,
        showInputMessage=bool(note),
        showErrorMessage=False,
        allow_blank=True,
    )
