"""Commands on the tree of agencies, years and tables."""

from __future__ import annotations

from jixiao.gui.commands import Command
from jixiao.gui.focus import FocusPlaces
from jixiao.gui.tree.actions import TreeActions


def commands(actions: TreeActions, places: FocusPlaces) -> list[Command]:
    """The commands, in the order of their menus."""
    return [*_making(actions), *_states(actions), *_places(places), *_moving(actions)]


def _making(actions: TreeActions) -> list[Command]:
    """Making, naming and copying."""
    return [
        Command(
            id="new_table",
            menu="文件",
            text="新建表(&T)…",
            run=actions.new_table,
            icon="plus",
            keys=("Ctrl+T",),
            toolbar="新建表",
            tip="选一个表样，新建一张空表",
            group=1,
            needs="write",
        ),
        Command(
            id="new_agency",
            menu="目录",
            text="新建单位…",
            run=actions.new_agency,
            icon="agency",
            needs="write",
        ),
        Command(
            id="new_year",
            menu="目录",
            text="新建年度…",
            run=actions.new_year,
            icon="year",
            needs="write",
        ),
        Command(
            id="rename",
            menu="目录",
            text="改名、改年度(&M)",
            run=actions.rename,
            icon="rename",
            keys=("F2",),
            tip="项目的名称就是表里的“项目名称”；年度改了，里面的表都跟着改",
            group=1,
            needs="node",
            scope="tree",
        ),
        Command(
            id="duplicate",
            menu="目录",
            text="复制一份",
            run=actions.duplicate,
            icon="duplicate",
            keys=("Ctrl+Shift+D",),
            group=1,
            needs="tables",
            scope="tree",
        ),
    ]


def _states(actions: TreeActions) -> list[Command]:
    """The state of work of tables."""
    return [
        Command(
            id="state_draft",
            menu="目录",
            text="标为草稿",
            run=actions.states.set_draft,
            group=4,
            needs="tables",
        ),
        Command(
            id="state_checked",
            menu="目录",
            text="标为已核",
            run=actions.states.set_checked,
            group=4,
            needs="tables",
        ),
        Command(
            id="state_reported",
            menu="目录",
            text="标为已报（锁定）",
            run=actions.states.set_reported,
            icon="lock",
            tip="已报的表锁定，不能修改，直到改成别的状态",
            group=4,
            needs="tables",
        ),
        Command(
            id="state_returned",
            menu="目录",
            text="标为退回",
            run=actions.states.set_returned,
            group=4,
            needs="tables",
        ),
    ]


def _places(places: FocusPlaces) -> list[Command]:
    """Going from place to place."""
    return [
        Command(
            id="go_tree",
            menu="查看",
            text="换到目录、右侧栏、表",
            run=places.go_tree,
            keys=("F6",),
            group=1,
            needs="book",
        ),
        Command(
            id="filter",
            menu="查看",
            text="筛选目录",
            run=places.go_filter,
            keys=("Ctrl+Shift+F",),
            group=1,
            needs="book",
        ),
    ]


def _moving(actions: TreeActions) -> list[Command]:
    """Moving, deleting, and going from table to table."""
    return [
        Command(
            id="move_up",
            menu="目录",
            text="上移",
            run=actions.move_up,
            icon="up",
            keys=("Alt+Up",),
            tip="在目录里上移；也可以拖动",
            group=2,
            needs="tables",
            scope="tree",
            repeats=True,
        ),
        Command(
            id="move_down",
            menu="目录",
            text="下移",
            run=actions.move_down,
            icon="down",
            keys=("Alt+Down",),
            tip="在目录里下移；也可以拖动",
            group=2,
            needs="tables",
            scope="tree",
            repeats=True,
        ),
        Command(
            id="move",
            menu="目录",
            text="移到…",
            run=actions.regroup.move_elsewhere,
            keys=("Ctrl+Shift+M",),
            tip="移到其他单位或年度，没有的会新建；也可以拖到目录里的单位、年度上",
            group=2,
            needs="tables",
        ),
        Command(
            id="delete",
            menu="目录",
            text="删除",
            run=actions.delete,
            icon="trash",
            keys=("Del",),
            tip="放进回收站，可以撤销",
            group=5,
            needs="node",
            scope="tree",
        ),
        Command(
            id="recycle_bin",
            menu="目录",
            text="回收站(&B)…",
            run=actions.recycle_bin,
            icon="bin",
            group=5,
            needs="book",
        ),
        Command(
            id="previous_table",
            menu="查看",
            text="上一张表",
            run=actions.previous_table,
            keys=("Ctrl+PgUp",),
            group=1,
            needs="book",
            repeats=True,
        ),
        Command(
            id="next_table",
            menu="查看",
            text="下一张表",
            run=actions.next_table,
            keys=("Ctrl+PgDown",),
            group=1,
            needs="book",
            repeats=True,
        ),
    ]
