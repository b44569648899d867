"""The library's files: the user's own (JSON), and lists in Excel."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.io.files.library_excel import read_library, write_library
from jixiao.io.files.library_file import (
    LibraryFileError,
    backup_of,
    read_own,
    read_shipped,
    write_own,
)
from jixiao.model.errors import ExportError, RefusedFileError
from jixiao.model.library import Entry, OwnLibrary, entry_key

SHIPPED = read_shipped()
HEADER = [
    "类别",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值类型",
    "指标值",
    "度量单位",
    "来源",
    "指标解释",
]


def sheet(path: Path, *rows: list[object], merge: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    for area in merge:
        page.merge_cells(area)
    book.save(path)
    return path


# The user's own file


def test_own_entries_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "data" / "library.json"
    assert read_own(path) == OwnLibrary()
    entry = Entry("会议", "产出指标", "数量指标", "=1+1", "≥", "3", "次", "自定", "说明")
    own = OwnLibrary((entry, Entry(name="只有名称")), frozenset({entry_key(SHIPPED[0])}))
    write_own(path, own)
    assert read_own(path) == own
    write_own(path, OwnLibrary())
    assert read_own(path) == OwnLibrary()
    assert read_own(backup_of(path)) == own


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"format": "other", "version": 1, "entries": []}',
        b'{"format": "jixiao-library", "version": 1}',
        b'{"format": "jixiao-library", "version": 1, "entries": [{"name": 3}]}',
        b'{"format": "jixiao-library", "version": 1, "entries": [7]}',
        b'{"format": "jixiao-library", "version": 1, "entries": [{"name": ""}]}',
        b'{"format": "jixiao-library", "version": 1, "entries": [], "hidden": [["a"]]}',
        b"\xff\xfe\x00",
    ],
)
def test_a_damaged_file_is_told_and_left(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "library.json"
    path.write_bytes(content)
    with pytest.raises(LibraryFileError, match="已损坏") as caught:
        read_own(path)
    assert caught.value.damaged
    assert path.read_bytes() == content


def test_a_newer_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "library.json"
    path.write_text(json.dumps({"format": "jixiao-library", "version": 2}), encoding="utf-8")
    with pytest.raises(LibraryFileError, match="升级") as caught:
        read_own(path)
    assert not caught.value.damaged


# Excel


def test_the_list_is_written_with_chinese_headers_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "指标库.xlsx"
    write_library(SHIPPED, path)
    page = openpyxl.load_workbook(path)["指标库"]
    rows = list(page.values)
    assert list(rows[0]) == HEADER
    assert rows[1][3:7] == ("会议召开次数", "≥", 4, "次")
    assert "采购完成时间" in [row[3] for row in rows]
    sheets = read_library(path)
    assert sheets.skipped == ()
    assert list(sheets.entries) == [replace(entry, origin="own") for entry in SHIPPED]


def test_the_list_is_worked_on_in_excel(tmp_path: Path) -> None:
    write_library(SHIPPED, tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["指标库"]
    assert page.auto_filter.ref == f"A1:I{len(SHIPPED) + 1}"
    assert page.freeze_panes == "A2"
    assert page.print_title_rows == "$1:$1"
    assert page["D2"].alignment.wrap_text
    lists = {
        str(rule.sqref): rule.formula1[1:-1].split(",")
        for rule in page.data_validations.dataValidation
    }
    last = len(SHIPPED) + 301
    assert lists[f"B2:B{last}"][:2] == ["成本指标", "产出指标"]
    assert "可持续影响指标" not in lists[f"C2:C{last}"]
    assert "服务对象满意度指标" in lists[f"C2:C{last}"]
    assert lists[f"E2:E{last}"] == ["≥", "≤", "＝", "＞", "＜", "定性"]
    assert "宣传" in lists[f"A2:A{last}"]
    assert not any(rule.showErrorMessage for rule in page.data_validations.dataValidation)


texts = st.sampled_from(["", "会议", "=1+1", "56.10", "90%", "持续督促", "代表、满意"])
with_levels = st.builds(
    Entry,
    category=texts,
    level1=st.sampled_from(["自定一级", "产出指标", "满意度指标"]),
    level2=st.sampled_from(["", "数量指标", "自定二级"]),
    name=st.sampled_from(["会议次数", "-1", "培训人次", "'引号"]),
    comparator=st.sampled_from(["≥", "=", "定性"]),
    value=texts,
    unit=st.sampled_from(["", "次", "%"]),
    source=texts,
    explanation=texts,
)


entries = with_levels | with_levels.map(lambda e: replace(e, level1="", level2=""))


@given(st.lists(entries, min_size=1, max_size=5))
def test_any_list_comes_back(tmp_path_factory: pytest.TempPathFactory, some: list[Entry]) -> None:
    path = tmp_path_factory.mktemp("list") / "a.xlsx"
    write_library(some, path)
    read = read_library(path).entries
    assert Counter(read) == Counter(some)


def test_headers_in_any_order_merged_levels_and_joined_values(tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "a.xlsx",
        ["某区绩效指标库"],
        ["序号", "一级指标", "二级指标", "指标名称", "指标值及单位", "备注说明"],
        [1, "产出指标", "数量指标", "会议次数", "≥10次", "x"],
        [2, None, None, "培训人次", "120人次以上", None],
        [3, None, "质量指标", "出勤率", "95%", None],
        [4, "满意度", "服务对象满意度", "群众满意度", "定性：较好", None],
        [5, None, None, None, "90%", None],
        [6, "产出指标", "数量指标", None, None, "备注"],
        merge=("A1:F1", "B3:B5", "C3:C4"),
    )
    sheets = read_library(path)
    found = [(e.level1, e.level2, e.name, e.comparator, e.value, e.unit) for e in sheets.entries]
    assert found == [
        ("产出指标", "数量指标", "会议次数", "≥", "10", "次"),
        ("产出指标", "数量指标", "培训人次", "≥", "120", "人次"),
        ("产出指标", "质量指标", "出勤率", "", "95", "%"),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "定性", "定性：较好", ""),
    ]
    assert [(row.cell, row.reason) for row in sheets.skipped] == [
        ("A7", "没有三级指标名称"),
        ("A8", "没有三级指标名称"),
    ]


def test_levels_are_filled_down_where_they_are_left_blank(tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "a.xlsx",
        HEADER,
        ["会议", "产出指标", "数量指标", "会议次数", "≥", 4, "次"],
        [None, None, None, "参会人次", "≥", 200, "人次"],
        [None, None, "质量指标", "出勤率", "≥", 95, "%"],
        [None, None, "社会效益指标", "知晓率", "≥", 85, "%"],
    )
    found = [(e.category, e.level1, e.level2, e.name) for e in read_library(path).entries]
    assert found == [
        ("会议", "产出指标", "数量指标", "会议次数"),
        ("会议", "产出指标", "数量指标", "参会人次"),
        ("", "产出指标", "质量指标", "出勤率"),
        ("", "效益指标", "社会效益指标", "知晓率"),
    ]


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedFileError, match="三级指标"):
        read_library(sheet(tmp_path / "a.xlsx", ["项目名称", "金额"], ["会议", 3]))
    with pytest.raises(RefusedFileError, match="找不到"):
        read_library(tmp_path / "missing.xlsx")
    (tmp_path / "b.xlsx").write_text("纯文本", encoding="utf-8")
    with pytest.raises(RefusedFileError):
        read_library(tmp_path / "b.xlsx")


def test_an_empty_list_has_its_header(tmp_path: Path) -> None:
    write_library([], tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["指标库"]
    assert list(page.values) == [tuple(HEADER)]
    assert read_library(tmp_path / "a.xlsx").entries == ()


def test_a_target_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError):
        write_library(SHIPPED, tmp_path / "file" / "a.xlsx")
