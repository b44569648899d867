"""Is this workbook a good form? What is wrong with it, by cell, for the one who draws it.

What can be seen in the drawing is told first (the sheet 说明, names, bands, labels, the page).
Then the form is filled with a sample and read back: what does not return is told at its cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from jixiao.app.forms.check_page import FormFault, PageChecks, nearest
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.form.form_workbook import ABOUT_SHEET, read_form_workbook
from jixiao.io.paper.form.load_form import KIND_NAMES, form_of, read_about, read_bytes
from jixiao.io.paper.form.names import slot_of, unmatched_brace
from jixiao.model.check_settings import FORM_ROWS, faults_of_form
from jixiao.model.errors import FormError
from jixiao.model.fields import SCHEDULE_NAME
from jixiao.model.vocabulary import VINTAGES, is_level_pair

__all__ = ["FormFault", "check_form"]

ABOUT_NAMES = ("编号", "名称", "类型", "年版", "地区", "起始年", "终止年", "标题", "必填", "级次")
_ALL_NAMES = (*ABOUT_NAMES, *FORM_ROWS)


def check_form(path: Path) -> list[FormFault]:
    """What is wrong with a form's workbook, from top to bottom; a good one has at most hints."""
    try:
        content = read_bytes(path)
        book = read_form_workbook(content)
        form = form_of(book, content, path.stem)
    except FormError as error:
        return [FormFault("error", "", str(error))]
    about, _ = read_about(book.about)
    rows: dict[str, int] = {}
    for (row, col), text in book.about.texts.items():
        if col == 0:
            rows.setdefault(text.strip(), row + 1)
    checks = PageChecks(form, book.page.title)
    faults = [*_about_faults(form, about, rows, path.stem), *checks.all()]
    if book.further:
        names = "、".join(book.further)
        faults.append(FormFault("warning", "", f"只用第一张画表样的工作表，另有：{names}。"))
    if not any(fault.severity == "error" for fault in faults):
        faults += checks.read_back()
    return faults


def _about_faults(
    form: Form, about: dict[str, str], rows: dict[str, int], stem: str
) -> Iterator[FormFault]:
    def at(name: str) -> str:
        return f"{ABOUT_SHEET}!B{rows[name]}" if name in rows else ABOUT_SHEET

    for name in ("编号", "名称", "类型", "标题"):
        if not about.get(name):
            yield FormFault("error", at(name), f"没有填“{name}”。")
    for name in about:
        if name not in _ALL_NAMES:
            hint = nearest(name, _ALL_NAMES, "“%s”")
            yield FormFault("warning", f"{ABOUT_SHEET}!A{rows[name]}", f"不认识“{name}”。{hint}")
    if about.get("编号", stem) not in {stem, ""}:
        message = f"编号是“{about['编号']}”，文件名却是“{stem}”；两者最好相同。"
        yield FormFault("warning", at("编号"), message)
    if about.get("类型") and about["类型"] not in KIND_NAMES:
        yield FormFault("error", at("类型"), f"类型要写 {'、'.join(KIND_NAMES)} 之一。")
    if form.vintage and form.vintage not in VINTAGES:
        yield FormFault("error", at("年版"), f"年版要写 {' 或 '.join(VINTAGES)}。")
    for name in _names(about.get("必填", "")):
        there = slot_of(name) in form.slots
        if name == SCHEDULE_NAME:
            there = any(slot.target == "share" for slot in form.slots)
        if not there:
            yield FormFault("error", at("必填"), f"必填的“{name}”不在表样上。")
    for name, message in faults_of_form(about):
        yield FormFault("error", at(name), message)
    yield from _title_faults(form, about.get("标题", ""), at("标题"))
    yield from _year_faults(form, about, at)
    yield from _level_faults(form, at("级次"))


def _title_faults(form: Form, title: str, place: str) -> Iterator[FormFault]:
    if unmatched_brace(title):
        yield FormFault("error", place, "花括号没有成对。")
    for piece in form.title:
        if piece.slot is not None and (piece.slot.target != "field" or not piece.slot.known):
            yield FormFault("warning", place, "标题里有不认识的花括号名字。")


def _year_faults(
    form: Form, about: dict[str, str], at: Callable[[str], str]
) -> Iterator[FormFault]:
    for name, year in (("起始年", form.start), ("终止年", form.end)):
        if about.get(name) and year is None:
            yield FormFault("warning", at(name), f"{name}要写四位年份，例如 2026。")
    if form.start and form.end and form.end < form.start:
        yield FormFault("error", at("终止年"), "终止年早于起始年。")


def _names(text: str) -> list[str]:
    return [name.strip("{}｛｝") for name in re.split(r"[、，,;；\s]+", text) if name]


def _level_faults(form: Form, place: str) -> Iterator[FormFault]:
    if not any(band.list == "indicators" for band in form.bands):
        return
    if not form.vintage:
        yield FormFault("warning", place, "没有填年版，级次无法检查。")
    if not form.levels:
        yield FormFault("warning", place, "没有“级次”，新增指标时没有级次可选。")
    for one, two in form.levels:
        if form.vintage in VINTAGES and not is_level_pair(form.vintage, one, two):
            message = f"{form.vintage} 年版没有“{one} / {two}”这一对级次。"
            yield FormFault("warning", place, message)
