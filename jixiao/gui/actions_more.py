"""The actions of library, overview, versions and collecting; a part of the one list of actions."""

from __future__ import annotations

from jixiao.gui.action_spec import ActionSpec

LIBRARY_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "library",
        "查看",
        "指标库",
        "show_library",
        "library",
        ("Ctrl+L",),
        "指标库",
        "查指标、插入指标",
        1,
        "book",
    ),
    ActionSpec(
        "overview",
        "查看",
        "概览",
        "show_overview",
        "chart",
        ("Ctrl+Shift+O",),
        tip="金额、填报、检查和指标一眼看完，可以打印",
        group=1,
        needs="book",
    ),
)
COLLECT_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "freeze",
        "汇总",
        "存为版本…",
        "freeze_version",
        "version",
        (),
        tip="把本单位本年度的表存成一个版本：一上、二上、批复……",
        needs="write",
    ),
    ActionSpec(
        "compare",
        "汇总",
        "版本对比…",
        "compare_versions",
        "compare",
        ("Ctrl+Shift+B",),
        "版本对比",
        "和版本、别的年度或草稿逐格比较",
        0,
        "book",
    ),
    ActionSpec(
        "collect",
        "汇总",
        "合并各单位上报的账本…",
        "choose_collected",
        "collect",
        tip="把账本或交换文件里的表并进来，有冲突的逐张决定",
        group=1,
        needs="write",
    ),
    ActionSpec(
        "summary",
        "汇总",
        "导出汇总表…",
        "export_summary",
        "summary",
        tip="各单位的表、金额和检查情况，写成 Excel",
        group=1,
        needs="book",
    ),
    ActionSpec(
        "send_back",
        "汇总",
        "写退回意见…",
        "write_note",
        "note",
        tip="在这张表上写下要修改的地方，随交换文件带回单位",
        group=2,
        needs="write",
    ),
)
