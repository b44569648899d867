"""The self-test: the way of the sample's tables through the whole program, in a temporary folder.

It is what shows that a packaged program is whole: every form, every writer and the readers of
what they write, the book and its history.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

from jixiao import RESOURCES
from jixiao.app.checking.checking import check_book
from jixiao.app.checking.report import write_check_report
from jixiao.app.editing import put_table
from jixiao.app.exporting import FORMATS, USUAL, dump_book, export_tables, write_empty_form
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.importing.drafts import FileReport, import_files, load_files
from jixiao.app.session import Session
from jixiao.app.summary import write_summary
from jixiao.io.files.read.door import read_grids
from jixiao.io.paper.page.clean import squeeze
from jixiao.model.columns import column_label
from jixiao.model.errors import KnownError
from jixiao.model.fields import MONEY_KEYS, label_of
from jixiao.model.numbers import decimal_of
from jixiao.model.shorten import shorten
from jixiao.model.table import ListName, Table
from jixiao.model.vocabulary import level_key

SAMPLE = RESOURCES / "sample.json"
"""The exchange file of the sample book."""

Tell = Callable[[str], None]

# A form prints these in its own words or not at all.
_NOT_PRINTED = frozenset({"written", "extra", "other", "task"})
_MOST_FAULTS = 5
_LIST_NAMES: dict[ListName, str] = {
    "tasks": "任务",
    "indicators": "指标",
    "period_indicators": "实施期指标",
    "spending_details": "明细",
    "items": "项目",
    "measures": "保障措施",
}


def self_test(tell: Tell) -> list[str]:
    """Send the sample's tables through the program and back.

    Args:
        tell: Receives one Chinese line for each thing tried and for each fault.

    Returns:
        The faults, none when all is well; each is one Chinese line.
    """
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="jixiao-自检 ", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        walks: list[tuple[str, Callable[[Path, FormLibrary], list[str]]]] = [
            ("表样", _forms),
            ("账本、检查、撤销和重做", _book),
            *((f"导出 {suffix} 再读回", partial(_round_trip, suffix)) for suffix in USUAL),
            ("空表样", _empty_forms),
            ("检查报告和汇总表", _reports),
        ]
        for title, walk in walks:
            try:
                found = walk(folder, FormLibrary([]))
            except KnownError as error:
                found = [str(error)]
            tell(f"{title}：{'正常' if not found else f'{len(found)} 处不对'}")
            for fault in found:
                tell(f"    {fault}")
            faults += found
    tell("自检通过。" if not faults else f"自检没有通过，共 {len(faults)} 处不对。")
    return faults


def _forms(_: Path, forms: FormLibrary) -> list[str]:
    """The built-in forms are there, and each can be read."""
    if not forms.by_id:
        return ["没有找到内置的表样，程序可能没有装完整。"]
    return [f"表样 {bad.path.name}：{bad.reason}" for bad in forms.bad]


def _book(folder: Path, forms: FormLibrary) -> list[str]:
    """Load, check, edit, undo, redo, close and open again: the book says the same."""
    faults: list[str] = []
    path = folder / "自检.jxb"
    with Session.open(path, forms) as session:
        faults += _refusals(load_files(session, [SAMPLE]))
        check_book(session)
        before = dump_book(session)
        table_id, table = next(session.book.tables())
        goal = table.fields.get("annual_goal", "") + "（自检）"
        put_table(
            session, table_id, replace(table, fields={**table.fields, "annual_goal": goal}), "自检"
        )
        after = dump_book(session)
        session.book.undo()
        if dump_book(session) != before:
            faults.append("撤销后账本与原来不同。")
        session.book.redo()
        if after == before or dump_book(session) != after:
            faults.append("重做后账本与修改后不同。")
    with Session.open(path, forms, create=False) as session:
        if dump_book(session) != after:
            faults.append("重新打开后账本与关闭前不同。")
    return faults


def _round_trip(suffix: str, folder: Path, forms: FormLibrary) -> list[str]:
    """Each table in its own form, then all in the general ones: written, read, compared."""
    faults: list[str] = []
    with Session.open(folder / f"{suffix}.jxb", forms) as session:
        load_files(session, [SAMPLE])
        tables = list(session.book.tables())
        tried = [("", tables)]
        for form in forms.by_id.values():
            if form.general:
                fitting = [entry for entry in tables if entry[1].kind == form.kind]
                tried.append((form.id, fitting))
        for form_id, entries in tried:
            out = folder / f"{suffix} {form_id}"
            report = export_tables(
                session, out, [suffix], table_ids=[i for i, _ in entries], form_id=form_id
            )
            faults += report.failed
            files = [written.path for written in report.written]
            read = folder / f"{suffix} {form_id}.jxb"
            faults += _read_back(read, forms, files, [table for _, table in entries])
    return faults


def _read_back(
    path: Path, forms: FormLibrary, files: Sequence[Path], tables: Sequence[Table]
) -> list[str]:
    with Session.open(path, forms) as session:
        reports = import_files(session, files)
        faults = _refusals(reports)
        for report, table in zip(reports, tables, strict=False):
            readings = [reading.table for reading in report.readings]
            if len(readings) != 1:
                faults.append(f"{report.file.name}：应读出 1 张表，读出 {len(readings)} 张。")
                continue
            found = list(differences(table, readings[0]))
            faults += [f"{report.file.name}：{line}" for line in found[:_MOST_FAULTS]]
            if len(found) > _MOST_FAULTS:
                faults.append(f"{report.file.name}：另有 {len(found) - _MOST_FAULTS} 处不同。")
    return faults


def _empty_forms(folder: Path, forms: FormLibrary) -> list[str]:
    """Every form can be handed out empty."""
    for form in forms.by_id.values():
        for suffix in FORMATS:
            write_empty_form(form, folder / f"空 {form.id}.{suffix}")
    return []


def _reports(folder: Path, forms: FormLibrary) -> list[str]:
    """What is handed over beside the tables can be written, and has something in it."""
    report, summary = folder / "检查报告.docx", folder / "汇总表.xlsx"
    with Session.open(folder / "报告.jxb", forms) as session:
        load_files(session, [SAMPLE])
        write_check_report(session, report)
        write_summary(session, summary)
    blank = [path for path in (report, summary) if not any(g.cells for g in read_grids(path))]
    return [f"{path.name} 写成后是空的。" for path in blank]


def _refusals(reports: Sequence[FileReport]) -> list[str]:
    return [f"{report.file.name}：{report.reason}" for report in reports if report.refused]


def differences(true: Table, read: Table) -> Iterator[str]:
    """Where two tables say different things, one Chinese line each.

    Agency code, year and title are left out, since not every form prints them; so are blanks
    inside texts, 指标 behind a level's name, and how an amount is written.
    """
    for label, one, other in (
        ("填报单位", true.agency, read.agency),
        ("类型", true.kind, read.kind),
        ("金额单位", true.money_unit, read.money_unit),
    ):
        if squeeze(one) != squeeze(other):
            yield _line(label, one, other)
    for key in dict.fromkeys((*true.fields, *read.fields)):
        one, other = true.fields.get(key, ""), read.fields.get(key, "")
        if _plain(key, one) != _plain(key, other):
            yield _line(label_of(key), one, other)
    shares = [
        {squeeze(share.by): decimal_of(share.percent) for share in table.payment_schedule}
        for table in (true, read)
    ]
    if shares[0] != shares[1]:
        yield _line("资金支出计划", str(true.payment_schedule), str(read.payment_schedule))
    for name, title in _LIST_NAMES.items():
        yield from _row_differences(title, true.rows(name), read.rows(name))


def _row_differences(title: str, true: Sequence[Any], read: Sequence[Any]) -> Iterator[str]:
    if len(true) != len(read):
        yield _line(f"{title}的行数", str(len(true)), str(len(read)))
    for number, (one, other) in enumerate(zip_longest(true, read), start=1):
        if one is None or other is None:
            return
        for column in fields(one):
            if column.name in _NOT_PRINTED:
                continue
            texts = getattr(one, column.name), getattr(other, column.name)
            if _plain(column.name, texts[0]) != _plain(column.name, texts[1]):
                label = column_label(column.name)
                yield _line(f"{title}第 {number} 行的{label}", *texts)


def _plain(column: str, text: str) -> object:
    if column in {"level1", "level2"}:
        return level_key(text)
    if column in MONEY_KEYS or column == "amount":
        number = decimal_of(text)
        return text if number is None else number
    return "".join(text.split())


def _line(label: str, one: str, other: str) -> str:
    return f"{label}应为“{shorten(one, 30)}”，读出“{shorten(other, 30)}”。"
