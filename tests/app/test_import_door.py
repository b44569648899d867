"""One door into the book: of copies the most certain one, the same decisions from every side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jixiao.app.exporting import dump_book
from jixiao.app.importing.accept import accept
from jixiao.app.importing.drafts import (
    ImportOptions,
    import_files,
    read_draft,
    read_file,
    reports_of,
)
from jixiao.app.importing.profiles import Profile, save_profile
from jixiao.app.importing.sources import open_sources
from jixiao.app.review.index import book_index
from jixiao.app.review.review import Existing, Review
from jixiao.app.session import Session
from jixiao.io.files.exchange import dump_tables
from jixiao.model.table import Table
from tests.io.forms import truth

DRAFTS = Path(__file__).parents[1] / "data" / "drafts"
CLEAN = "≥100,次"
DOUBTFUL = "≥l0O,次"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path / "账本.jxb") as session:
        yield session


def draft(path: Path, target: str = CLEAN, *more: str, year: str = "2026年") -> Path:
    path.parent.mkdir(exist_ok=True)
    rows = (
        f"{year}项目支出绩效目标表,", "填报单位：甲局,", "项目名称,修路",
        "一级指标,二级指标,三级指标,指标值,度量单位", f"产出指标,数量指标,检查,{target}", *more,
    )  # fmt: skip
    path.write_text("\n".join(rows), "utf-8")
    return path


def bare(path: Path) -> Path:
    """The same project in a mere list: no indicators."""
    table = Table(agency="甲局", year=2026, fields={"project_name": "修路", "project_amount": "9"})
    path.write_text(dump_tables([table]), "utf-8")
    return path


def review_of(session: Session, *paths: Path) -> Review:
    review = Review(book_index(session))
    with open_sources(paths) as sources:
        review.set_sources(sources)
        for number, source in enumerate(sources):
            review.put(number, read_draft(session.forms, source.path, source.name.name))
    return review


def values(session: Session) -> list[list[str]]:
    return [[row.value for row in table.indicators] for _, table in session.book.tables()]


@pytest.mark.parametrize("names", [("1.csv", "2.csv"), ("2.csv", "1.csv")])
def test_the_most_certain_copy_of_a_folder_is_taken(
    session: Session, tmp_path: Path, names: tuple[str, str]
) -> None:
    folder = tmp_path / "草稿"
    doubtful, clean = draft(folder / names[0], DOUBTFUL), draft(folder / names[1])
    review = review_of(session, folder)
    by_name = {file.path.name: item for file, item in review.items}
    assert by_name[clean.name].ticked
    assert not by_name[doubtful.name].ticked
    assert by_name[doubtful.name].twin == clean.name
    reports = {report.file.name: report for report in import_files(session, [folder])}
    assert values(session) == [["100"]]
    assert reports[clean.name].table_ids
    (left,) = reports[doubtful.name].tables
    assert left.table_id is None
    assert clean.name in left.message


def test_a_list_that_only_names_a_project_is_not_the_copy_to_take(
    session: Session, tmp_path: Path
) -> None:
    folder = tmp_path / "草稿"
    draft(folder / "2.csv", DOUBTFUL)
    bare(folder / "1.json")
    first, second = import_files(session, [folder])
    assert not first.table_ids
    assert second.table_ids


def test_only_a_copy_of_what_is_taken_is_called_one(session: Session, tmp_path: Path) -> None:
    review = review_of(
        session, draft(tmp_path / "1.csv", DOUBTFUL), draft(tmp_path / "2.csv", DOUBTFUL)
    )
    first, second = (item for _, item in review.items)
    assert [first.state, second.state] == ["doubtful", "doubtful"]
    second.ticked = True
    assert [first.twin, second.twin] == ["2.csv", ""]
    first.ticked = True
    assert [first.twin, second.twin] == ["", "1.csv"], "both are taken, the second as a second one"
    second.ticked = False
    assert second.state == "copy"


def test_a_copy_that_becomes_another_table_is_none_any_more(
    session: Session, tmp_path: Path
) -> None:
    review = review_of(session, draft(tmp_path / "1.csv"), draft(tmp_path / "2.csv"))
    first, second = (item for _, item in review.items)
    assert second.state == "copy"
    first.change(replace(first.table, year=2027))
    assert review.look_up(0, 0) == {0, 1}
    assert [first.state, second.state] == ["sure", "sure"]
    assert first.ticked
    assert second.ticked
    first.undo()
    review.look_up(0, 0)
    assert second.state == "copy"


def test_what_may_be_last_years_is_no_copy(session: Session, tmp_path: Path) -> None:
    one = draft(tmp_path / "甲.csv", year="")
    other = draft(tmp_path / "乙.csv", "≥200,次", year="")
    import_files(session, [one, other, draft(tmp_path / "丙.csv", year="")])
    assert values(session) == [["100"], ["200"]]


def test_every_table_is_accounted_for(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "草稿"
    draft(folder / "1.csv")
    draft(folder / "2.csv", DOUBTFUL)
    draft(folder / "3.csv", DOUBTFUL, year="2027年")
    (folder / "4.csv").write_text("姓名,电话\n甲,1\n", "utf-8")
    review = review_of_readable(session, folder)
    counts = review.counts()
    assert counts["tables"] == 3
    assert counts["sure"] + counts["copy"] + counts["there"] + counts["doubtful"] == 3
    taken = review.taken()
    reports = reports_of(review, accept(session, review.decisions()), taken)
    tables = [table for report in reports for table in report.tables]
    assert [table.table_id is not None for table in tables] == [True, False, False]
    assert all(table.reason for table in tables[1:])
    assert "1 处疑问" in tables[2].reason


def review_of_readable(session: Session, folder: Path) -> Review:
    return review_of(session, *sorted(folder.glob("[123].csv")))


def test_a_table_of_which_all_is_settled_is_ticked(session: Session, tmp_path: Path) -> None:
    loose = [f",,,,,,,,,,散落的文字{n}" for n in range(6)]
    review = review_of(session, draft(tmp_path / "1.csv", CLEAN, *loose))
    ((_, item),) = review.items
    assert len(item.table.unplaced) == 6
    assert (item.state, item.ticked) == ("doubtful", False)
    item.ignore_all()
    review.look_up(0, 0)
    assert (item.state, item.ticked) == ("sure", True)


# The same decisions from the command line and from the window


@pytest.mark.parametrize("existing", ["keep", "replace", "skip"])
def test_options_and_ticks_decide_the_same(
    tmp_path: Path, existing: Existing, session: Session
) -> None:
    file = draft(tmp_path / "1.csv", "≥5,次")
    before = replace(
        read_draft(session.forms, draft(tmp_path / "0.csv"))[0].table,
        notes=("已忽略 V12〔某话〕：上级这样打印", "自己的话"),
    )
    dumps: list[str] = []
    for name in ("window", "line"):
        with Session.open(tmp_path / f"{name}.jxb") as book:
            with book.book.step("添") as step:
                book.add_table(step, before)
            if name == "line":
                import_files(book, [file], ImportOptions(existing=existing))
            else:
                review = review_of(book, file)
                ((_, item),) = review.items
                item.ticked = existing != "skip"
                item.taking = "keep" if existing == "keep" else "replace"
                accept(book, review.decisions())
            dumps.append(dump_book(book))
            kept = [table.notes for _, table in book.book.tables()]
            assert kept[0] == before.notes
    assert dumps[0] == dumps[1]


def test_a_list_without_indicators_replaces_none_that_has_some(
    session: Session, tmp_path: Path
) -> None:
    import_files(session, [draft(tmp_path / "1.csv")])
    ((table_id, before),) = session.book.tables()
    (report,) = import_files(
        session, [bare(tmp_path / "表.json")], ImportOptions(existing="replace")
    )
    assert not report.table_ids
    assert "没有指标" in report.messages[0]
    assert session.book.table(table_id) == before
    review = review_of(session, tmp_path / "表.json")
    ((_, item),) = review.items
    assert item.taking == "merge"
    item.ticked = True
    accept(session, review.decisions())
    after = session.book.table(table_id)
    assert after.indicators == before.indicators
    assert after.fields["project_amount"] == "9"


def test_two_tables_of_one_name_replace_one_each(session: Session, tmp_path: Path) -> None:
    table = truth("lukou2026-project-1")
    file = tmp_path / "两张.json"
    for amount in ("1", "2"):
        other = replace(table, fields={**table.fields, "project_amount": amount})
        file.write_text(dump_tables([table, other]), "utf-8")
        import_files(session, [file], ImportOptions(existing="replace"))
    amounts = [one.fields["project_amount"] for _, one in session.book.tables()]
    assert amounts == [table.fields["project_amount"], "2"]


def test_taught_words_hold_everywhere(session: Session, tmp_path: Path) -> None:
    file = draft(tmp_path / "1.csv")
    save_profile(Profile().with_column("indicators", "度量单位", "remark"))
    import_files(session, [file])
    read = [
        next(table for _, table in session.book.tables()),
        read_draft(session.forms, file)[0].table,
        read_file(session, file)[0].table,
    ]
    assert [table.indicators[0].remark for table in read] == ["次"] * 3


def test_sheets_without_a_table_and_long_texts_are_told(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    book = load_workbook(DRAFTS / "lukou2026-project-1.xlsx")
    book.create_sheet("收支总表")["A1"] = "一、拨款"
    book.create_sheet("空的")
    page = book.worksheets[0]
    bottom = page.max_row
    for number in range(12):
        page.cell(bottom + 5 + number, 1, f"第{number}段，加强组织领导，明确责任分工。" * 3)
    book.save(path)
    book.close()
    (report,) = import_files(session, [path])
    assert report.table_ids
    assert "1 个工作表里没有认出绩效目标表：收支总表" in report.messages[0]
    (reading,) = report.readings
    texts = [text for text in report.messages if "没有读" in text]
    assert texts or len(reading.unplaced) >= 12
