"""The actions of the menu 检查; a part of the one list of actions."""

from __future__ import annotations

from jixiao.gui.action_spec import ActionSpec

CHECK_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("check_table", "检查", "检查本表", "check_table", "check", ("F7",), needs="table"),
    ActionSpec("check_year", "检查", "检查本单位本年", "check_year", needs="table"),
    ActionSpec("check_book", "检查", "检查全部", "check_all", needs="book"),
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
    ActionSpec("rules", "检查", "规则设置…", "set_rules", group=2),
    ActionSpec(
        "dock",
        "查看",
        "显示或收起右侧栏",
        "toggle_dock",
        "",
        ("F9",),
        group=1,
        needs="book",
    ),
)
