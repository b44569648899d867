"""The actions of the menu 检查; a part of the one list of actions."""

from __future__ import annotations

from jixiao.gui.action_spec import ActionSpec

CHECK_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "check_table",
        "检查",
        "检查本表",
        "check_table",
        "",
        ("F7",),
        needs="table",
        checked="lists_table",
    ),
    ActionSpec(
        "check_year", "检查", "检查本单位本年", "check_year", needs="table", checked="lists_year"
    ),
    ActionSpec(
        "check_book", "检查", "检查整个账本", "check_all", needs="book", checked="lists_book"
    ),
    ActionSpec(
        "next_finding", "检查", "下一个问题", "next_finding", "", ("F8",), group=1, needs="book"
    ),
    ActionSpec(
        "previous_finding",
        "检查",
        "上一个问题",
        "previous_finding",
        "",
        ("Shift+F8",),
        group=1,
        needs="book",
    ),
    ActionSpec(
        "fix_finding",
        "检查",
        "改正当前问题",
        "fix_finding",
        "",
        ("Ctrl+F8",),
        tip="照建议改正“下一个问题”到的这一处",
        group=1,
        needs="write",
    ),
    ActionSpec(
        "ignore_finding",
        "检查",
        "忽略当前问题…",
        "ignore_finding",
        "",
        ("Ctrl+Shift+F8",),
        group=1,
        needs="write",
    ),
    ActionSpec(
        "mend_all",
        "检查",
        "全部改正",
        "mend_all",
        tip="把检查范围里有把握的改正一次做完，可以撤销",
        group=1,
        needs="write",
    ),
    ActionSpec(
        "check_report",
        "检查",
        "检查报告…",
        "choose_report",
        tip="把检查范围里的问题写成 Word 文件，可以打印",
        group=2,
        needs="book",
    ),
    ActionSpec(
        "rules",
        "检查",
        "规则设置…",
        "set_rules",
        tip="这个账本按哪些规则检查，从什么数起提醒",
        group=2,
        needs="book",
    ),
    ActionSpec(
        "dock",
        "查看",
        "右侧栏",
        "toggle_dock",
        "",
        ("F9",),
        group=1,
        needs="book",
        checked="is_dock_shown",
    ),
)
