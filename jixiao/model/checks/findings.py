"""A finding, and the profile that says which rules a form asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jixiao.model.table import ListName

Dimension = Literal["完整性", "规范性", "相关性", "适当性", "可行性"]
Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that would be sent back, and where it stands.

    Attributes:
        rule: The rule's id (M1, V6).
        dimension: Which side of the review it belongs to.
        severity: error marks the table as not ready, a warning can be justified, a hint helps.
        message: One sentence in Chinese with the cell's own words and numbers.
        hint: What to do about it, in Chinese.
        field: The header field's key, or the column's (value, amount) if ``rows`` is set.
        rows: The list in which the row stands; None for a header field.
        index: The row's position in that list; None for the list as a whole.
        indicator: The third-level text, if the row is an indicator.
        fix: What one click would write into the cell; None where only a person can tell.
    """

    rule: str
    dimension: Dimension
    severity: Severity
    message: str
    hint: str
    field: str
    rows: ListName | None = None
    index: int | None = None
    indicator: str = ""
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What a form asks of its tables.

    Attributes:
        required: Keys of header fields that may not be empty.
        switched_off: Ids of rules that do not apply to this form.
    """

    required: tuple[str, ...] = ()
    switched_off: frozenset[str] = frozenset()


DEFAULT_PROFILE = Profile()
