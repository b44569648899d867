"""Names of files: good on every system, to be read by eye, and never too long."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.app.file_names import file_stem, free_name, good_stem

MARKS = set('/\\:*?"<>|\n')


def test_a_name_says_year_agency_and_what() -> None:
    assert file_stem("甲局", 2026, "会议费") == "2026年甲局-会议费"
    assert file_stem("", None, "会议费") == "会议费"
    assert file_stem("", None, "..") == "绩效目标表"


def test_marks_and_what_cannot_be_seen() -> None:
    stem = file_stem("甲局", 2026, 'a/b\\c:*?"<>|\n' + "长" * 200)
    assert not MARKS & set(stem)
    assert stem.startswith("2026年甲局-a b c")
    assert len(stem) <= 80
    assert good_stem("甲\u202e乙\u200b丙\ufeff") == "甲乙丙"
    assert good_stem("~$甲\u2028乙.") == "$甲 乙"


@pytest.mark.parametrize(
    "name", ["CON", "con", "nul", "COM1", "lpt¹", "AUX.2026", "Prn .x", "conin$"]
)
def test_names_of_devices_are_no_names_of_files(name: str) -> None:
    assert good_stem(name) == f"绩效目标表-{name}"
    assert good_stem(f"{name.partition('.')[0]}年") == f"{name.partition('.')[0]}年"


@given(st.text())
def test_any_text_makes_a_name_that_a_file_system_takes(text: str) -> None:
    stem = good_stem(text)
    assert stem == stem.strip(" .")
    assert stem
    assert not MARKS & set(stem)
    assert len(f"{stem} (99).xlsx".encode()) <= 255
    assert good_stem(stem) == stem


def test_the_longest_name_is_written(tmp_path: Path) -> None:
    for char in ("长", "\U00020000", "é"):
        path = tmp_path / f"{good_stem(char * 300)}.xlsx"
        path.write_bytes(b"")
        free_name(path).write_bytes(b"")
    assert len(list(tmp_path.iterdir())) == 6


def test_the_first_free_name(tmp_path: Path) -> None:
    for name in ("a.xlsx", "a (2).xlsx"):
        (tmp_path / name).write_bytes(b"")
    assert free_name(tmp_path / "a.xlsx").name == "a (3).xlsx"
    assert free_name(tmp_path / "a.xlsx", frozenset({"a (3).xlsx"})).name == "a (4).xlsx"
