"""Forms for tests: the built-in ones, ones drawn by hand, and tables that a form can express."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import strategies as st
from openpyxl.styles import Border, Side

import jixiao
from jixiao.io.files.exchange import load_tables
from jixiao.io.paper.edit.edit import with_empty_levels
from jixiao.io.paper.form.arrange import field_order
from jixiao.io.paper.form.fill import title_text, value_letters
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.form.load_form import load_form
from jixiao.io.recognise import Labels, build_labels
from jixiao.model.fields import FIELDS, META_KEYS
from jixiao.model.table import Indicator, Item, Share, SpendingDetail, Table, Task
from jixiao.model.target import Target, format_target, parse_target
from jixiao.model.vocabulary import level_key, vintage_of

FORMS_FOLDER = Path(jixiao.__file__).parent / "resources" / "forms"
TRUTH = Path(__file__).parents[1] / "data" / "truth"
FORM_IDS = tuple(sorted(path.stem for path in FORMS_FOLDER.glob("*.xlsx")))
TRUTH_IDS = tuple(sorted(path.stem for path in TRUTH.glob("*.json")))
TABLE_IDS = tuple(name for name in TRUTH_IDS if "narrative" not in name)

ABOUT = {
    "编号": "shiyan",
    "名称": "试验表样",
    "类型": "项目",
    "年版": "2021",
    "标题": "{年度}年项目支出绩效目标表",
    "必填": "项目名称",
}
LEVELS = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"))
HEAD: tuple[tuple[str, ...], ...] = (
    ("{标题}",),
    ("填报单位：{单位}", "", "", "金额单位：{金额单位}"),
    ("项目名称", "{项目名称}"),
)
INDICATORS: tuple[tuple[str, ...], ...] = (
    ("一级指标", "二级指标", "三级指标", "指标值类型", "指标值", "度量单位"),
    ("{指标.一级}", "{指标.二级}", "{指标.三级}", "{指标.类型}", "{指标.值}", "{指标.单位}"),
)


@cache
def built_in(form_id: str) -> Form:
    """A built-in form, loaded once."""
    return load_form(FORMS_FOLDER / f"{form_id}.xlsx")


@cache
def all_labels() -> Labels:
    """The labels by which the program recognises."""
    return build_labels(built_in(form_id) for form_id in FORM_IDS)


@cache
def truth(name: str) -> Table:
    """One of the true tables."""
    return load_tables((TRUTH / f"{name}.json").read_text(encoding="utf-8"))[0]


def draw_form(
    path: Path,
    rows: Sequence[Sequence[str]],
    merges: Sequence[str] = (),
    *,
    about: Mapping[str, Any] | None = None,
    levels: Sequence[tuple[str, str]] = LEVELS,
    fit_width: bool = True,
) -> Path:
    """Draw a form's workbook: rows of cell texts from A1 on, merged ranges, the sheet 说明."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "表样"
    line = Side("thin")
    for row, texts in enumerate(rows, start=1):
        for col, text in enumerate(texts, start=1):
            cell = page.cell(row, col)
            cell.value = text or None
            cell.border = Border(line, line, line, line)
    for area in merges:
        page.merge_cells(area)
    page.sheet_properties.pageSetUpPr.fitToPage = fit_width
    sheet = book.create_sheet("说明")
    for name, value in (about if about is not None else {**ABOUT, "编号": path.stem}).items():
        sheet.append([name, value])
    sheet.append(["级次", "一级", "二级"])
    for one, two in levels:
        sheet.append([None, one, two])
    book.save(path)
    return path


def drawn(
    folder: Path, rows: Sequence[Sequence[str]], merges: Sequence[str] = (), **more: Any
) -> Form:
    """A small form drawn by hand and loaded."""
    return load_form(draw_form(folder / "shiyan.xlsx", rows, merges, **more))


_ALPHABET = "甲乙丙丁戊己庚辛壬癸天地玄黄宇宙洪荒"
words = st.text(_ALPHABET, min_size=1, max_size=8)
sentences = st.lists(
    st.text(_ALPHABET + "0123456789，。；（）%", min_size=1, max_size=30).map(
        lambda t: "乙" + t + "丑"
    ),
    min_size=1,
    max_size=4,
).map("\n".join)
amounts = st.decimals(0, 10**7, places=2).map(str) | st.sampled_from(["0", "56.10", "36", "0.00"])
_numbers = st.integers(0, 10**6).map(str) | st.sampled_from(["1.50", "95.5", "100"])
_units = st.sampled_from(["次", "%", "人次", "万元", "元/人", "个", "百分比"])
_signs = st.sampled_from(["≥", "≤", "=", ">", "<"])
_targets = st.builds(Target, _signs, _numbers, _units) | st.builds(
    Target, st.just("定性"), sentences.map(lambda text: text.replace("\n", "")), st.just("")
)
_joined = (_targets | st.builds(Target, st.just(""), _numbers, _units)).filter(
    lambda target: parse_target(format_target(target)) == target
)


def expressible(form: Form) -> st.SearchStrategy[Table]:
    """Tables that fill a form with anything it has a place for, and with nothing else."""
    return st.composite(_expressible)(form)


def _expressible(draw: st.DrawFn, form: Form) -> Table:
    fields: dict[str, str] = {}
    for slot in sorted(form.slots, key=lambda slot: slot.name):
        if slot.target == "field" and slot.name not in META_KEYS and draw(st.booleans()):
            spec = FIELDS.get(slot.name)
            kind = spec.type if spec else "text"
            content = {"money": amounts, "long": sentences}.get(kind, words)
            fields[slot.name] = draw(content)
    for name in ("project_name", "department_name"):
        if form.has("field", name):
            fields[name] = draw(words)
    by = sorted(slot.name for slot in form.slots if slot.target == "share")
    by.sort(key=lambda name: int("".join(c for c in name if c.isdecimal())))
    shares = tuple(Share(b, str(draw(st.integers(1, 100)))) for b in by if draw(st.booleans()))
    agency = (
        draw(words) + "局" if form.has("field", "agency") else fields.get("department_name", "")
    )
    unit = draw(st.sampled_from(["万元", "元"])) if form.has("field", "money_unit") else ""
    indicators = _indicators(draw, form)
    table = Table(
        agency=agency,
        agency_code="101001" if form.has("field", "agency_code") else "",
        year=draw(st.integers(2020, 2030)) if _tells_year(form) else None,
        kind=form.kind,
        money_unit=unit,
        vintage=vintage_of((row.level1, row.level2) for row in indicators),
        fields={key: fields[key] for key in field_order(list(fields))},
        payment_schedule=shares,
        indicators=indicators,
        **{name: _rows(draw, form, name) for name in ("tasks", "spending_details", "items")},
    )
    table = replace(table, title=title_text(form, table))
    return with_empty_levels(form, table)


def _tells_year(form: Form) -> bool:
    if any(piece.slot is not None and piece.slot.name == "year" for piece in form.title):
        return True
    return form.has("field", "year")


def _rows(draw: st.DrawFn, form: Form, name: str) -> tuple[Any, ...]:
    shown = form.columns_of.get(name, frozenset[str]())
    if not shown:
        return ()
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "tasks": st.builds(Task, words, words, sentences),
        "spending_details": st.builds(SpendingDetail, words, words, amounts, sentences),
        "items": st.builds(Item, words, amounts, sentences, sentences),
    }
    rows = draw(st.lists(kinds[name], max_size=7))
    hidden = [c for c in rows[0].__dataclass_fields__ if c not in shown] if rows else []
    return tuple(replace(row, **dict.fromkeys(hidden, "")) for row in rows)


def _indicators(draw: st.DrawFn, form: Form) -> tuple[Indicator, ...]:
    shown = form.columns_of.get("indicators", frozenset[str]())
    if not shown:
        return ()
    printed = [(r.level1, r.level2) for b in form.bands for r in b.rows if r.level1 and r.level2]
    pairs = draw(st.lists(st.sampled_from(printed or form.levels), max_size=12))
    if printed:
        order = {(level_key(a), level_key(b)): n for n, (a, b) in enumerate(printed)}
        pairs.sort(key=lambda pair: order[level_key(pair[0]), level_key(pair[1])])
    joined = "target" in shown or value_letters(form) == "cvu"
    rows: list[Indicator] = []
    for level1, level2 in pairs:
        target = draw(_joined if joined else _targets)
        texts = {c: draw(sentences) for c in ("explanation", "basis", "remark") if c in shown}
        rows.append(
            Indicator(
                level1,
                level2,
                draw(words),
                target.comparator,
                target.value,
                target.unit,
                written=format_target(target) if joined else "",
                **texts,
            )
        )
    return tuple(rows)
