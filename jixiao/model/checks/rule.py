"""A rule: what it looks for, and the functions that apply it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from jixiao.model.checks.findings import Certainty, Dimension, Finding, Note, Severity, Source
from jixiao.model.checks.view import View

TableCheck = Callable[[View], Iterable[Note]]
GroupCheck = Callable[[Sequence[View]], Iterable[tuple[int, Note]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue: what it is, and the functions that apply it.

    Attributes:
        id: The rule's id in the catalogue (V6).
        title: What it looks for, in Chinese, for the list of rules in the window.
        dimension: Which side of the review it belongs to.
        severity: Its usual severity; a finding may be milder or graver.
        certainty: Whether a machine can be certain, or a person may dismiss it with a reason.
        source: Where it comes from.
        check: Looks at one table; None if the rule is about several.
        check_group: Looks at all tables of an agency and year, and yields (position, note).
    """

    id: str
    title: str
    dimension: Dimension
    severity: Severity
    certainty: Certainty
    source: Source
    check: TableCheck | None = None
    check_group: GroupCheck | None = None

    def finding(self, note: Note) -> Finding:
        """The finding that a note of this rule's function means."""
        own = (edit.text for edit in note.edits if edit.field == note.field)
        fix = next(own, note.edits[0].text) if note.edits else None
        return Finding(
            rule=self.id,
            dimension=self.dimension,
            severity=note.severity or self.severity,
            message=note.message,
            hint=note.hint,
            field=note.field,
            rows=note.rows,
            index=note.index,
            indicator=note.indicator,
            fix=fix,
            edits=note.edits,
            source=self.source,
            levels=note.levels,
            certainty=note.certainty or self.certainty,
            about=note.about,
            said=note.said,
            matter=note.matter,
            cells=note.cells,
            leaves_empty=note.leaves_empty,
        )
