"""`make quick` chooses the tests that a change needs."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def quick() -> ModuleType:
    spec = importlib.util.spec_from_file_location("quick", ROOT / "build/quick.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_changed_module_brings_its_own_tests_first_then_those_that_import_it(
    quick: ModuleType,
) -> None:
    tests = quick.nearest(["jixiao/app/search.py", "tests/app/test_rows.py"])
    assert tests[0] == "tests/app/test_rows.py"
    own, importing = (
        tests.index("tests/app/test_search.py"),
        tests.index("tests/app/test_editing.py"),
    )
    assert own < importing
    assert set(quick.ALWAYS) <= set(tests[:own])
    assert len(tests) == len(set(tests))
    assert "tests/io/test_numfmt.py" not in tests


def test_a_part_of_the_window_brings_the_tests_named_after_it_or_its_folder(
    quick: ModuleType,
) -> None:
    tests = quick.nearest(["jixiao/gui/tree/view.py"])
    assert {"tests/gui/test_tree.py", "tests/gui/test_tree_keys.py"} <= set(tests)
    assert "tests/app/test_tree.py" not in tests


def test_no_more_is_taken_than_the_time_allows(
    quick: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick, "SECONDS", tmp_path / "seconds")
    quick.SECONDS.write_text(json.dumps({"a": 50.0, "b": 9.0, "c": 1.5, "d": 0.5}))
    assert list(quick.within(["a", "b", "c", "d"], 10)) == ["a"]
    assert list(quick.within(["b", "c", "d", "new"], 10)) == ["b", "d"]


def test_what_always_belongs_to_it_is_there(quick: ModuleType) -> None:
    assert all((ROOT / name).is_file() for name in quick.ALWAYS)
