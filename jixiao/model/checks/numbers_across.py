"""Text against numbers (T1) across the tables of an agency and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jixiao.model.checks.deadlines import check_deadlines
from jixiao.model.checks.findings import Note
from jixiao.model.checks.numbers_in_text import (
    check_numbers,
    compare,
    goal_places,
    quantities_in,
    unfounded,
)
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.view import Place, View, short


def check_summary_numbers(views: Sequence[View]) -> Iterator[tuple[int, Note]]:
    """T1 across tables: what a summary's goals say and what any indicator of the year says."""
    lines = [(position, line) for position, view in enumerate(views) for line in view.lines]
    if not lines:
        return
    owners = {id(line): position for position, line in lines}
    for position, view in enumerate(views):
        if view.table.kind != "summary":
            continue
        places = goal_places(view) + [
            Place("items", index, "period_goal", item.period_goal)
            for index, item in enumerate(view.table.items)
            if item.period_goal and item.period_goal.strip("。") != item.annual_goal.strip("。")
        ]
        said = quantities_in(places)
        compared = compare(said, [line for _, line in lines])
        for note in compared.notes:
            owner = next(
                owners[id(line)]
                for _, line in lines
                if (line.rows, line.index, line.row.level3)
                == (note.rows, note.index, note.indicator)
            )
            # Its cells are those of the summary.
            yield owner, note if owner == position else replace(note, cells=())
        for note in unfounded(said, compared):
            yield position, note


_ATTENDANCE = re.compile(r"参会率|出席率|出勤率|到会率")
_PRESENT = re.compile(r"出席|应到|到会|参会")
_TAKING_PART = re.compile(r"参与|参加|出席|到会|投票|票选|表决")


def check_attendance(views: Sequence[View]) -> Iterator[tuple[int, Note]]:
    """T1 across tables: =206 people take part, while another table promises 95 % of 206."""
    for owner, view in enumerate(views):
        rate = next(
            (
                line
                for line in view.lines
                if line.percent and _ATTENDANCE.search(line.name) and (line.number or 0) < 100
            ),
            None,
        )
        if rate is None:
            continue
        heads = {
            line.number for line in view.lines if line.unit == "人" and _PRESENT.search(line.name)
        }
        for position, other in enumerate(views):
            for line in other.lines if position != owner else ():
                exact = line.unit == "人" and line.row.comparator == "=" and line.number in heads
                if exact and _TAKING_PART.search(line.name):
                    message = (
                        f"{line.title}写“{line.target}”，需要全员到会；项目“{short(view.table.name)}”"
                        f"的{rate.title}只写“{rate.target}”。"
                    )
                    hint = "请核对人数与到会率是否相配。"
                    note = line.note("value", message, hint, severity="hint", matter="attendance")
                    yield position, note


def check_across(views: Sequence[View]) -> Iterator[tuple[int, Note]]:
    """T1 across the tables of an agency and year."""
    yield from check_summary_numbers(views)
    yield from check_attendance(views)


def check_one(view: View) -> Iterator[Note]:
    """T1 in one table: quantities, then dates."""
    yield from check_numbers(view)
    yield from check_deadlines(view)


RULES = (
    Rule(
        "T1",
        "目标里的数与指标不一致",
        "相关性",
        "warning",
        "heuristic",
        "seen",
        check_one,
        check_across,
    ),
)
