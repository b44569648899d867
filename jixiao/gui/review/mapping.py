"""Teaching the importer: this column is the unit, this label is the project's amount."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from jixiao.app.importing.profiles import EXTRA, Profile
from jixiao.app.review.places import Places
from jixiao.gui.review.source import SourceModel
from jixiao.io.paper.page.clean import squeeze
from jixiao.io.paper.page.grid import Cell, Spot
from jixiao.model.columns import COLUMNS, column_label
from jixiao.model.fields import HEADER_FIELDS, META_FIELDS
from jixiao.model.shorten import shorten

_COLUMNS = tuple(spec.column for spec in COLUMNS if spec.list == "indicators")
_MORE_LABELS = {"target": "指标值及单位（写在一格）"}
_LONGEST = 24
Teach = Callable[[Profile], object]


def mapping_menu(
    parent: QWidget,
    model: SourceModel,
    at: Spot,
    places: Places,
    *,
    profile: Profile,
    teach: Teach,
) -> QMenu | None:
    """What a cell of the source may mean; None for a blank one.

    Args:
        parent: Owns the menu.
        model: The source.
        at: The cell that was clicked.
        places: Where the words of the table stand; by it the head of a column is found.
        profile: What was taught before.
        teach: Gets the profile with what is chosen.
    """
    clicked = model.grid.at(*at)
    head = head_of(model, at, places)
    words = squeeze(model.text(head or clicked))
    inside = head is not None  # of the rows of indicators: no labels stand there
    label = "" if inside else squeeze(model.text(clicked)).partition("：")[0].partition(":")[0]
    if not words and not label:
        return None
    menu = QMenu(parent)
    if words:
        columns = menu.addMenu(f"“{shorten(words, 12)}”这一列是")
        for column in _COLUMNS:
            text = _MORE_LABELS.get(column) or column_label(column)
            taught = profile.with_column("indicators", words, column)
            columns.addAction(text).triggered.connect(partial(_teach, teach, taught))
        columns.addSeparator()
        taught = profile.with_column("indicators", words, EXTRA)
        columns.addAction("另外的一列，按原来的表头保留").triggered.connect(
            partial(_teach, teach, taught)
        )
    if label and len(label) <= _LONGEST:
        fields = menu.addMenu(f"“{shorten(label, 12)}”旁边写的是")
        for spec in (*META_FIELDS[1:], *HEADER_FIELDS):
            taught = profile.with_field(label, spec.key)
            name = f"{spec.context} {spec.label}".strip()
            fields.addAction(name).triggered.connect(partial(_teach, teach, taught))
    for text in dict.fromkeys((words, label)):
        if text and profile.knows(text):
            menu.addSeparator()
            action = menu.addAction(f"不再记住“{shorten(text, 12)}”")
            action.triggered.connect(partial(_teach, teach, profile.without(text)))
    return menu


def _teach(teach: Teach, profile: Profile, *_: object) -> None:
    teach(profile)


def head_of(model: SourceModel, at: Spot, places: Places) -> Cell | None:
    """The head of the column in which a cell stands: the text above the first indicator."""
    rows = [
        position[0]
        for (target, name, _), position in places.positions.items()
        if target in {"indicators", "period_indicators"} and name == "level3"
    ]
    if not rows:
        return None
    first = min(rows)
    if at[0] < first:
        return None
    for row in range(first - 1, max(-1, first - 4), -1):
        cell = model.grid.at(row, at[1])
        if model.text(cell):
            return cell
    return None
