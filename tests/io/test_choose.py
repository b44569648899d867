"""Each table gets the form it was written in; one from elsewhere a general one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jixiao.io.paper.form.choose import choose_form, fit
from jixiao.model.table import Indicator, Table, Task
from tests.io.forms import FORM_IDS, TABLE_IDS, built_in, truth

FORMS = [built_in(form_id) for form_id in FORM_IDS]
OWN = {
    "hetang2024-department": "hetang2024-bumen",
    "hetang2024-project": "hetang2024-xiangmu",
    "lukou2026-department": "lukou2026-bumen",
    "lukou2026-project": "lukou2026-xiangmu",
    "lukougov2026-department": "lukougov2026-bumen",
    "lukougov2026-project": "lukougov2026-xiangmu",
    "lunan2025-project": "lunan2025-xiangmu",
    "shifeng2023-department": "shifeng2023-fubiao1",
    "shifeng2023-summary": "shifeng2023-fubiao2",
    "shifeng2023-project": "shifeng2023-fubiao3",
}


@pytest.mark.parametrize("name", TABLE_IDS)
def test_each_true_table_gets_its_own_form(name: str) -> None:
    own = OWN[name if name in OWN else name.rpartition("-")[0]]
    for forms in (FORMS, FORMS[::-1]):
        form = choose_form(forms, truth(name))
        assert form is not None
        assert form.id == own
        assert fit(form, truth(name)) == 1.0


@pytest.mark.parametrize("name", TABLE_IDS)
def test_a_table_without_year_and_title_still_fits_wholly(name: str) -> None:
    form = choose_form(FORMS, replace(truth(name), year=None, title=""))
    assert form is not None
    assert fit(form, truth(name)) == 1.0


def test_the_year_decides_between_forms_that_fit_alike() -> None:
    old = replace(built_in("lukou2026-xiangmu"), id="old", start=2020, end=2025)
    new = built_in("lukou2026-xiangmu")
    table = truth("lukou2026-project-1")
    for year, wanted in ((2024, "old"), (2026, new.id), (2027, new.id)):
        form = choose_form([old, new], replace(table, year=year))
        assert form is not None
        assert form.id == wanted


def test_a_table_from_elsewhere_gets_a_general_form() -> None:
    table = Table(
        fields={"project_name": "甲", "主管部门": "乙", "项目属性": "延续", "保障措施": "丙"},
        tasks=(Task("丁", "戊", "己"),),
        indicators=(
            Indicator("产出指标", "数量指标", "次数", "≥", "1", "次", "说明", "依据", "备注"),
        ),
    )
    form = choose_form(FORMS, table)
    assert form is not None
    assert form.id == "tongyong-xiangmu"
    department = replace(table, kind="department", fields={"department_name": "甲", "乙": "丙"})
    form = choose_form(FORMS, department)
    assert form is not None
    assert form.id == "tongyong-bumen"


def test_no_form_for_a_kind_that_has_none() -> None:
    assert choose_form(FORMS, truth("lunan2025-narrative")) is None
    assert choose_form([], truth("lukou2026-project-1")) is None


def test_the_share_that_finds_a_place() -> None:
    form = built_in("lukou2026-xiangmu")
    assert fit(form, Table()) == 1.0
    assert fit(form, Table(fields={"project_name": "甲", "total_goal": "乙"})) == 0.5
    assert fit(form, Table(tasks=(Task("甲", "乙", "丙"),))) == 0.0
