"""Help that Excel gives in a cell: a drop-down list and a short note. Any text may be typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jixiao.io.files.write.opc import xml_text

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

_LONGEST_LIST = 255  # characters of a list that stands in the rule itself (Excel's limit)
_NOT_IN_LISTS = re.compile(r'[,"\n]')


@dataclass(frozen=True, slots=True)
class CellHelp:
    """What Excel offers in cells: a note while one is selected, and a list of texts.

    Attributes:
        areas: The cells, as B4 or B4:H4.
        note: At most 255 characters.
        choices: The texts of the list, as ``list_of`` finds them.
    """

    areas: tuple[str, ...]
    note: str
    choices: tuple[str, ...] = ()


def helps_xml(helps: Sequence[CellHelp]) -> str:
    """The help as an element of a worksheet, "" for none. Any text may be typed."""
    rules = "".join(map(_rule_xml, helps))
    return f'<dataValidations count="{len(helps)}">{rules}</dataValidations>' if helps else ""


def _rule_xml(found: CellHelp) -> str:
    kind = ' type="list"' if found.choices else ""
    note = f' showInputMessage="1" prompt="{xml_text(found.note)}"' if found.note else ""
    listed = xml_text(",".join(found.choices))
    formula = f"<formula1>&quot;{listed}&quot;</formula1>" if found.choices else ""
    where = " ".join(found.areas)
    start = f'<dataValidation{kind} allowBlank="1"{note} sqref="{where}"'
    return f"{start}>{formula}</dataValidation>"


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
