"""An unusual money unit on a form that neither prints a unit nor has a place for one.

Whoever reads such a page takes its amounts for 万元. A table that counts in another unit says so
behind the label of its first amount (预算情况（元）), where it is also read back.
"""

from __future__ import annotations

from jixiao.io.paper.form.form import Form, FormCell
from jixiao.model.fields import MONEY_KEYS
from jixiao.model.table import Table
from jixiao.model.vocabulary import canonical_unit


def odd_unit(form: Form, table: Table) -> tuple[FormCell | None, str]:
    """The label that tells a table's money unit, and the words it tells it with.

    Returns:
        (None, "") where the page tells the unit anyway, or has no label for it.
    """
    unit = table.money_unit
    if not unit or form.printed_unit or form.has("field", "money_unit"):
        return None, ""
    if canonical_unit(unit) == form.money_unit:
        return None, ""
    label = _money_label(form)
    return (label, f"\n（{unit}）") if label is not None else (None, "")


def _money_label(form: Form) -> FormCell | None:
    """The label of the first amount: left of it in its row, else above it."""
    labels = [cell for cell in form.standing_cells if not cell.slots and cell.words.strip()]
    for cell in form.standing_cells:
        if len(cell.slots) == 1 and cell.slots[0].name in MONEY_KEYS and not cell.words.strip():
            left = [one for one in labels if _left_of(one, cell)]
            above = [one for one in labels if _above(one, cell)]
            if left or above:
                return (left or above)[-1]
    return None


def _left_of(label: FormCell, cell: FormCell) -> bool:
    return label.row <= cell.row < label.bottom and label.col + label.colspan == cell.col


def _above(label: FormCell, cell: FormCell) -> bool:
    return label.bottom == cell.row and label.col <= cell.col < label.col + label.colspan
