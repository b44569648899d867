"""Texts that nobody writes: a page of one character must not hold up the checks."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from jixiao.model.checks import check_table
from jixiao.model.table import SpendingDetail
from tests.model.checks.samples import project, row

LENGTH = 30_000
ALLOWED = 5.0
"""Seconds of the processor; what is not linear takes minutes."""


@pytest.mark.parametrize(
    "piece",
    ["1", "20", "一", "3人", "每人", "10元", "《", "（", "<p>", "1月2日至", "提高", "不断", "x",
     "……", "治理体系和治理能力", "培训3次，"],
)  # fmt: skip
def test_long_texts_are_checked_in_time(piece: str) -> None:
    text = piece * (LENGTH // len(piece))
    cell = text[: LENGTH // 5]
    line = replace(row("社会效益指标", cell, "定性", cell, ""), explanation=cell, basis=cell)
    table = project(line, line, goal=text, implementation_period=text, period_goal=text)
    table = replace(table, spending_details=(SpendingDetail(text, text, "", text),))
    start = time.process_time()
    check_table(table)
    assert time.process_time() - start < ALLOWED
