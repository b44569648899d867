"""A form filled with a sample and read back: what does not return would be lost to users."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from jixiao.io.paper.form.arrange import arrange, field_order
from jixiao.io.paper.form.fill import fill, value_letters
from jixiao.io.paper.form.form import Form
from jixiao.io.recognise import build_labels, recognise
from jixiao.model.columns import KEPT, ColumnSpec
from jixiao.model.fields import FIELDS, META_KEYS
from jixiao.model.table import (
    ROW_TYPES,
    Indicator,
    ListName,
    Row,
    Share,
    Table,
)

_YEAR = 2026
_LEVELS = (("产出指标", "数量指标"), ("效益指标", "社会效益指标"))


def lost_on_the_way(form: Form) -> Iterator[tuple[int, int, str]]:
    """Where a sample is lost: row and column of the form (from 0), and what a user would see."""
    sample = sample_table(form)
    sent = fill(form, sample)
    readings = recognise([sent], build_labels([form]), "")
    if len(readings) != 1:
        what = "认不出是绩效目标表" if not readings else f"会被看成 {len(readings)} 张表"
        yield 0, 0, f"试填之后再导入，这个表样{what}；请检查各格的名称和表头。"
        return
    came = {(c.row, c.col): c.text for c in fill(form, readings[0].table).cells}
    drawn = [line.row for line in arrange(form, sample)]
    reported: set[tuple[int, int]] = set()
    for cell in sent.cells:
        found = came.get((cell.row, cell.col), "").strip()
        place = (drawn[cell.row], cell.col)
        if cell.is_label or found == cell.text.strip() or place in reported:
            continue
        reported.add(place)
        read = f"读成了“{found}”" if found else "读不回来"
        message = f"试填“{cell.text}”之后再导入，这一格{read}；请检查它左边或上边的名称。"
        yield *place, message


def sample_table(form: Form) -> Table:
    """A table that fills every place of a form with a text of its own."""
    fields: dict[str, str] = {}
    slots = sorted(form.slots, key=lambda slot: (slot.target, slot.name))
    for number, slot in enumerate(slots, start=11):
        if slot.target == "field" and slot.name not in META_KEYS:
            spec = FIELDS.get(slot.name)
            money = spec is not None and spec.type == "money"
            fields[slot.name] = f"{number}.50" if money else f"样例文字{number}"
    drawn = dict.fromkeys(slot for cell in form.cells for slot in cell.slots)
    shares = tuple(Share(slot.name, "25") for slot in drawn if slot.target == "share")
    rows: dict[str, Any] = {
        name: tuple(_row(form, name, number) for number in (1, 2))
        for name in KEPT
        if name in form.columns_of
    }
    meta = {name for name in ("agency", "agency_code", "money_unit") if form.has("field", name)}
    return Table(
        agency="样例区财政局" if "agency" in meta else fields.get("department_name", ""),
        agency_code="101001" if "agency_code" in meta else "",
        year=_YEAR,
        kind=form.kind,
        money_unit="万元" if "money_unit" in meta else "",
        form=form.id,
        fields={key: fields[key] for key in field_order(list(fields))},
        payment_schedule=shares,
        **rows,
    )


def _row(form: Form, name: ListName, number: int) -> Row:
    shown = form.columns_of[name]
    if name == "indicators":
        return _indicator(form, number)
    texts = {spec.column: _sample(spec, number) for spec in KEPT[name] if spec.column in shown}
    row_type: Any = ROW_TYPES[name]
    return row_type(**texts)


def _sample(spec: ColumnSpec, number: int) -> str:
    if spec.kind == "money":
        return f"{number}.5"
    return f"样例{spec.name.rpartition('.')[2]}{number}"


def _indicator(form: Form, number: int) -> Indicator:
    shown = form.columns_of["indicators"]
    printed = [
        (row.level1, row.level2)
        for band in form.bands
        for row in band.rows
        if band.list == "indicators" and row.level1 and row.level2
    ]
    levels = [*printed, *form.levels, *_LEVELS]
    level1, level2 = levels[min(number - 1, len(levels) - 1)]
    reported = {
        spec.column: _sample(spec, number)
        for spec in KEPT["indicators"]
        if spec.kind in {"text", "long"} and spec.column in shown
    }
    extra = {name.removeprefix("extra:"): f"样例{number}" for name in shown if name[:6] == "extra:"}
    hides = "target" not in shown and "c" not in value_letters(form) and "comparator" not in shown
    levels_and_target = (level1, level2, "", "" if hides else "≥", f"{number}0", "次")
    row = Indicator(*levels_and_target, extra=extra)
    return replace(row, **{"level3": f"样例指标{number}", **reported})
