"""First letters of pinyin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.pinyin import InitialsMatcher, letters_of


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("人大会议", "rdhy"),
        ("渌口区财政局", "lkqczj"),
        ("代表活动经费(2026年)", "dbhdjf(2026n)"),
        ("LED屏", "ledp"),
        ("绩效目标", "jxmb"),
    ],
)
def test_the_letters_of_the_most_common_reading_are_known(text: str, letters: str) -> None:
    assert len(text) == len(letters)
    assert all(letter in letters_of(char) for char, letter in zip(text, letters, strict=True))


def test_what_nobody_reads_has_no_letter() -> None:
    assert not letters_of("□")


def test_characters_of_daily_use_have_a_letter_between_a_and_z() -> None:
    # GB2312 orders its first level by pinyin: the letters must never go back.
    first_level = [
        bytes([0xA0 + row, 0xA0 + cell]).decode("gb2312")
        for row in range(16, 56)
        for cell in range(1, 95)
        if row < 55 or cell <= 89
    ]
    assert len(first_level) == 3755
    order = [letters_of(char) for char in first_level]
    assert all(order)
    lowest = "a"
    jumps = 0
    for letters in order:
        higher = [letter for letter in letters if letter >= lowest]
        jumps += not higher
        lowest = min(higher, default=lowest)
    assert jumps == 0


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("rdhy", "区二届人大六次会议"[3:5] + "会议"),
        ("kj", "会计培训"),
        ("hj", "会计培训"),
        ("yh", "银行"),
        ("CQ", "长期项目"),
        ("zq", "长期项目"),
        ("db hd", "2026年代表活动经费"),
        ("26ndb", "2026年代表活动经费"),
        ("led", "LED屏"),
    ],
)
def test_names_are_found_in_any_reading(query: str, name: str) -> None:
    pattern = InitialsMatcher([name, "别的"]).pattern(query)
    assert pattern is not None
    assert pattern.search(name)
    assert not pattern.search("别的")


def test_what_cannot_be_initials_finds_nothing() -> None:
    matcher = InitialsMatcher(["人大会议", "-]^\\"])
    assert matcher.pattern("人大") is None
    assert matcher.pattern("[") is None
    assert matcher.pattern("zz") is None
    assert matcher.pattern("") is None


@given(st.lists(st.text(max_size=8), max_size=4), st.data())
def test_the_initials_of_a_part_of_a_name_find_it(names: list[str], data: st.DataObject) -> None:
    for name in names:
        if not name:
            continue
        start = data.draw(st.integers(0, len(name) - 1))
        end = data.draw(st.integers(start + 1, len(name)))
        letters = [sorted(letters_of(char)) for char in name[start:end]]
        if all(letters):
            typed = "".join(data.draw(st.sampled_from(some)) for some in letters)
            pattern = InitialsMatcher(names).pattern(typed)
            if pattern is not None:
                assert pattern.search(name)
