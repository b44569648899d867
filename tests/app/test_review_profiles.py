"""What a user taught the importer is used and kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.importing.drafts import read_draft
from jixiao.app.importing.profiles import (
    EXTRA,
    Profile,
    apply_profile,
    load_profile,
    profile_path,
    save_profile,
)
from jixiao.io.recognise import recognise
from jixiao.model.errors import KnownError
from tests.app.test_review_places import rows

FORMS = FormLibrary([])
GRID = rows(
    "项目支出绩效目标表||||",
    "项目名称|修路|花多少钱|12|",
    "一级指标|二级指标|三级指标|要达到|怎么量",
    "产出指标|数量指标|里程|5|公里",
    "效益指标|社会效益|受益人数|300|人",
)


def test_a_taught_column_and_label_are_read() -> None:
    profile = Profile().with_column("indicators", " 怎么量：", "remark")
    profile = profile.with_column("indicators", "要达到", "value")
    profile = profile.with_field("花多少钱", "project_amount")
    table = recognise([GRID], apply_profile(FORMS.labels, profile))[0].table
    first = table.indicators[0]
    assert (first.value, first.remark, first.unit, first.extra) == ("5", "公里", "", {})
    assert table.fields["project_amount"] == "12"


def test_a_known_column_can_be_kept_apart() -> None:
    grid = rows("一级指标|二级指标|三级指标|指标值|备注", "产出指标|数量指标|里程|5|甲")
    profile = Profile().with_column("indicators", "备注", EXTRA)
    table = recognise([grid], apply_profile(FORMS.labels, profile))[0].table
    assert table.indicators[0].extra == {"备注": "甲"}


def test_it_is_kept_and_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "数据" / "profile.json"
    profile = (
        Profile().with_column("indicators", "怎么量", "unit").with_field("花钱", "project_amount")
    )
    save_profile(profile, path)
    assert load_profile(path) == profile
    assert profile.knows("怎么量")
    assert profile.without("怎么量").without("花钱").empty
    assert not profile.with_field("怎么量", "duties").columns["indicators"]


def test_without_a_profile_nothing_changes(tmp_path: Path) -> None:
    assert load_profile(tmp_path / "none.json").empty
    assert apply_profile(FORMS.labels, Profile()) is FORMS.labels


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"format": "other"}',
        '{"format": "jixiao-profile", "columns": 3, "fields": []}',
    ],
)
def test_a_profile_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "p.json"
    path.write_text(text, encoding="utf-8")
    assert load_profile(path).empty


def test_what_this_version_does_not_know_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    columns = {"indicators": {"甲": "unit", "乙": "gone"}, "gone": {"丙": "unit"}}
    data = {"format": "jixiao-profile", "columns": columns, "fields": {"丁": "gone"}}
    path.write_text(json.dumps(data), encoding="utf-8")
    assert load_profile(path).columns == {"indicators": {"甲": "unit"}}
    assert not load_profile(path).fields


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(KnownError, match="不能写入"):
        save_profile(Profile().with_field("甲", "duties"), blocked / "p.json")


def test_it_lies_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert profile_path() == tmp_path / "jixiao" / "import-profile.json"


def test_drafts_are_read_with_other_labels() -> None:
    path = Path(__file__).parent.parent / "data" / "drafts" / "lukou2026-project-3.xlsx"
    profile = Profile().with_column("indicators", "度量单位", "remark")
    (reading,) = read_draft(FORMS, path, labels=apply_profile(FORMS.labels, profile))
    assert reading.table.indicators[0].remark == "次"
