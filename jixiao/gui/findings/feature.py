"""Checking, and what is done with findings."""

from __future__ import annotations

from jixiao.gui.commands import Command
from jixiao.gui.findings.actions import FindingsActions


def commands(checks: FindingsActions) -> list[Command]:
    """The commands, in the order of their menus."""
    return [*_lists(checks), *_work(checks)]


def _lists(checks: FindingsActions) -> list[Command]:
    """Which findings are listed, and the panel beside the page."""
    return [
        Command(
            id="check_table",
            menu="检查",
            text="检查本表",
            run=checks.check_table,
            keys=("F7",),
            needs="table",
            checked=checks.lists_table,
        ),
        Command(
            id="check_year",
            menu="检查",
            text="检查本单位本年",
            run=checks.check_year,
            needs="table",
            checked=checks.lists_year,
        ),
        Command(
            id="check_book",
            menu="检查",
            text="检查整个账本",
            run=checks.check_all,
            needs="book",
            checked=checks.lists_book,
        ),
        Command(
            id="check_report",
            menu="检查",
            text="检查报告…",
            run=checks.choose_report,
            tip="把检查范围里的问题写成 Word 文件，可以打印",
            group=2,
            needs="book",
        ),
        Command(
            id="rules",
            menu="检查",
            text="规则设置…",
            run=checks.set_rules,
            tip="这个账本按哪些规则检查，从什么数起提醒",
            group=2,
            needs="book",
        ),
        Command(
            id="dock",
            menu="查看",
            text="右侧栏",
            run=checks.toggle_dock,
            keys=("F9",),
            group=1,
            needs="book",
            checked=checks.is_dock_shown,
        ),
    ]


def _work(checks: FindingsActions) -> list[Command]:
    """Going through findings and mending them."""
    return [
        Command(
            id="next_finding",
            menu="检查",
            text="下一个问题",
            run=checks.next_finding,
            keys=("F8",),
            group=1,
            needs="book",
            repeats=True,
        ),
        Command(
            id="previous_finding",
            menu="检查",
            text="上一个问题",
            run=checks.previous_finding,
            keys=("Shift+F8",),
            group=1,
            needs="book",
            repeats=True,
        ),
        Command(
            id="fix_finding",
            menu="检查",
            text="改正当前问题",
            run=checks.fix_finding,
            keys=("Ctrl+F8",),
            tip="照建议改正“下一个问题”到的这一处",
            group=1,
            needs="write",
        ),
        Command(
            id="ignore_finding",
            menu="检查",
            text="忽略当前问题…",
            run=checks.ignore_finding,
            keys=("Ctrl+Shift+F8",),
            group=1,
            needs="write",
        ),
        Command(
            id="mend_all",
            menu="检查",
            text="全部改正",
            run=checks.mend_all,
            tip="把检查范围里有把握的改正一次做完，可以撤销",
            group=1,
            needs="write",
        ),
    ]
