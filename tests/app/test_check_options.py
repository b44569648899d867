"""How a book is checked: over what its forms ask, travelling with it, the same for everybody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from jixiao.app.checking.badges import badges_of
from jixiao.app.checking.checking import check
from jixiao.app.checking.options import (
    WHOLE_BOOK,
    CheckOptions,
    forms_in_use,
    options_of,
    put_options,
    silence_rule,
    silenced,
)
from jixiao.app.checking.report import report_parts
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.forms.check_form import check_form
from jixiao.app.importing.drafts import import_files
from jixiao.app.session import Session
from jixiao.cli import main
from jixiao.io.paper.form.load_form import load_form
from jixiao.model.check_settings import (
    NUMBERS,
    SWITCHES,
    Wishes,
    applied,
    difference,
    faults_of_form,
    texts_of,
    wishes_of,
    wishes_of_form,
)
from jixiao.model.checks import RULES, Profile

TRUTH = Path(__file__).parents[1] / "data" / "truth"
FORMS = Path(__file__).parents[2] / "jixiao" / "resources" / "forms"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.jxb"
    with Session.open(path) as session:
        import_files(session, [TRUTH / "lukou2026-project-1.json"])
    return path


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    with Session.open(path) as session:
        yield session


def rules_of(session: Session) -> set[str]:
    return {one.finding.rule for one in check(session)}


def test_everything_that_checks_follows_the_book(
    session: Session, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rules_of(session)
    assert {"V6", "V7", "V12"} <= before
    put_options(session, CheckOptions({WHOLE_BOOK: Wishes({"V6": False, "V12": False})}))
    assert rules_of(session) == before - {"V6", "V12"}
    found = check(session)
    badge = badges_of(session, {1})[1]
    assert badge.total == sum(one.finding.severity != "hint" for one in found)
    (part,) = report_parts(session, found)
    texts = "".join(row.message + row.hint for table in part.tables for row in table.rows)
    assert texts
    assert "越少越好" not in texts
    session.close()
    main(["check", "--book", str(path), "--json"])
    told = json.loads(capsys.readouterr().out)["findings"]
    assert {one["rule"] for one in told} == before - {"V6", "V12"}


def test_it_is_one_step_and_other_settings_stay(session: Session) -> None:
    with session.book.step("later") as step:
        step.put_settings(WHOLE_BOOK, {"of.a.later.program": "1"})
    before = session.book.dump_sql()
    change = put_options(session, CheckOptions({WHOLE_BOOK: Wishes({"V6": False})}))
    assert change is not None
    assert change.settings
    assert session.book.settings()[WHOLE_BOOK] == {"of.a.later.program": "1", "rule.V6": "off"}
    assert session.book.undo_name == "规则设置"
    session.book.undo()
    assert session.book.dump_sql() == before
    session.book.redo()
    assert options_of(session).of(WHOLE_BOOK) == Wishes({"V6": False})


def test_the_same_again_is_no_step(session: Session) -> None:
    options = CheckOptions({WHOLE_BOOK: Wishes({"V6": False})})
    assert put_options(session, options) is not None
    assert put_options(session, options) is None


def test_a_copy_of_the_book_is_checked_alike(session: Session, tmp_path: Path) -> None:
    put_options(session, CheckOptions({WHOLE_BOOK: Wishes({"V6": False})}))
    session.book.save_copy(tmp_path / "b.jxb")
    with Session.open(tmp_path / "b.jxb") as copy:
        assert rules_of(copy) == rules_of(session)


def test_a_silent_rule_says_why(session: Session) -> None:
    silence_rule(session, "V7", "  本地系统\n这样打印 ")
    assert "V7" not in rules_of(session)
    assert silenced(options_of(session)) == [("V7", "本地系统 这样打印")]


def test_the_book_goes_before_the_form_and_the_book_for_a_form_before_both(
    session: Session, tmp_path: Path
) -> None:
    (form,) = forms_in_use(session)
    folder = tmp_path / "forms"
    folder.mkdir()
    own = load_workbook(FORMS / f"{form.id}.xlsx")
    for row in (("不检查", "V6、度量单位写法特殊"), ("至少指标数", 30), ("可写百分比", "否")):
        own["说明"].append(row)
    own.save(folder / f"{form.id}.xlsx")
    assert not [f for f in check_form(folder / f"{form.id}.xlsx") if f.severity == "error"]
    asking = load_form(folder / f"{form.id}.xlsx")
    assert asking.wishes.rules == {"V6": False, "V7": False}
    options = CheckOptions()
    assert options.profile(asking).switched_off == {"V6", "V7"}
    assert options.profile(asking).settings.min_indicators == 30
    options = options.with_scope(WHOLE_BOOK, Wishes({"V6": True, "V8": False}))
    assert options.profile(asking).switched_off == {"V7", "V8"}
    options = options.with_scope(form.id, Wishes({"V8": True}, numbers={"min_indicators": 1}))
    assert options.profile(asking).switched_off == {"V7"}
    assert options.profile(asking).settings.min_indicators == 1
    assert options.profile(None).switched_off == {"V8"}
    library = FormLibrary([folder])
    with Session.open(tmp_path / "c.jxb", library) as other:
        import_files(other, [TRUTH / "lukou2026-project-1.json"])
        assert not {"V6", "V7"} & rules_of(other)
        assert "S5" in rules_of(other)


def test_a_slip_in_the_rows_of_a_form_is_told() -> None:
    about = {"不检查": "V6 V99", "至少指标数": "很多", "可写百分比": "也许", "金额小数位": "4"}
    assert wishes_of_form(about) == Wishes({"V6": False}, numbers={"decimals": 4})
    faults = list(faults_of_form(about))
    assert [row for row, _ in faults] == ["不检查", "至少指标数", "可写百分比"]
    assert "V99" in faults[0][1]
    assert "1 到 30" in faults[1][1]


def test_no_direct_beneficiaries_is_a_wish_of_a_form() -> None:
    wishes = wishes_of_form({"无直接服务对象": "机关内部运转"})
    assert applied(Profile(), wishes).no_direct_beneficiaries == "机关内部运转"
    assert wishes_of(texts_of(wishes)) == wishes


WISHES = st.builds(
    Wishes,
    st.dictionaries(st.sampled_from([rule.id for rule in RULES]), st.booleans()),
    st.dictionaries(st.sampled_from([rule.id for rule in RULES]), st.text(min_size=1)),
    st.fixed_dictionaries({}, optional={n.name: st.integers(n.least, n.most) for n in NUMBERS}),
    st.fixed_dictionaries({}, optional={name: st.booleans() for name in SWITCHES}),
    st.none() | st.text(),
)


@given(WISHES)
def test_wishes_come_back_from_a_book(wishes: Wishes) -> None:
    assert wishes_of(texts_of(wishes)) == wishes


@given(WISHES, WISHES)
def test_the_difference_makes_one_profile_the_other(one: Wishes, other: Wishes) -> None:
    before, after = applied(Profile(), one), applied(Profile(), other)
    assert applied(before, difference(before, after, {})) == after
    assert difference(before, before, one.reasons).empty


@given(st.dictionaries(st.text(), st.text()))
def test_what_is_not_understood_asks_nothing(texts: dict[str, str]) -> None:
    assert wishes_of(texts).rules == {}
