"""The agency and year of the table on the screen."""

from __future__ import annotations

from jixiao.gui.document import Document
from jixiao.model.tree import AgencyNode, YearNode


def year_on_screen(document: Document) -> tuple[AgencyNode, YearNode] | None:
    """The agency and year to which the table on the screen belongs, None when there is none."""
    shown = document.shown
    here = None if shown is None else shown.table_id
    for agency in document.tree:
        for year in agency.years:
            if any(entry.id == here for entry in year.tables):
                return agency, year
    return None
