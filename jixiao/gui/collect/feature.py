"""Collecting for the bureau, and giving back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jixiao.gui.collect.sendback import SendBackActions
from jixiao.gui.commands import Command

if TYPE_CHECKING:  # loaded when first asked for
    from jixiao.gui.collect.actions import CollectActions


def commands(collect: Callable[[], CollectActions], send_back: SendBackActions) -> list[Command]:
    """The commands, in the order of their menus."""
    return [
        Command(
            id="collect",
            menu="汇总",
            text="合并账本或交换文件…",
            run=lambda: collect().choose_collected(),
            icon="collect",
            tip="把各单位上报的、上级退回的账本或交换文件并进来，有冲突的逐张决定",
            group=1,
            needs="write",
        ),
        Command(
            id="summary",
            menu="汇总",
            text="导出汇总表…",
            run=lambda: collect().export_summary(),
            icon="summary",
            tip="各单位的表、金额和检查情况，写成 Excel",
            group=1,
            needs="book",
        ),
        Command(
            id="send_back",
            menu="汇总",
            text="写退回意见…",
            run=send_back.write_note,
            icon="note",
            keys=("Shift+F2",),
            tip="在这一格或这张表上写下要修改的地方，随交换文件带回单位",
            group=2,
            needs="write",
        ),
        Command(
            id="returned",
            menu="汇总",
            text="导出全部退回的表…",
            run=lambda: collect().export_returned(),
            icon="export",
            tip="状态是“退回”的表，每个单位写成一个交换文件，发回单位",
            group=2,
            needs="book",
        ),
        Command(
            id="exchange",
            menu="汇总",
            text="导出交换文件…",
            run=lambda: collect().export_exchange(),
            icon="exchange",
            tip="把本单位本年度的表连同退回意见写成一个文件，发回单位或上报",
            group=2,
            needs="table",
        ),
    ]
