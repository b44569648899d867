"""Import of folders, archives, other books and exchange files, and its report."""

import json
import os
import shutil
import sys
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.app.exporting import dump_book
from jixiao.app.forms.at_hand import BUILT_IN, FormLibrary
from jixiao.app.importing import drafts
from jixiao.app.importing.drafts import (
    ImportOptions,
    expand,
    import_files,
    load_files,
    open_sources,
    read_draft,
    read_file,
    report_json,
)
from jixiao.app.progress import CancelledError
from jixiao.app.session import Session
from jixiao.model.errors import RefusedFileError

DATA = Path(__file__).parents[1] / "data"
DRAFTS, FILES, TRUTH = DATA / "drafts", DATA / "files", DATA / "truth"
DRAFT = DRAFTS / "lukou2026-project-1.xlsx"


@pytest.fixture
def session(tmp_path):
    with Session.open(tmp_path / "账本.jxb") as opened:
        yield opened


def tables(session):
    return [table for _, table in session.book.tables()]


def archive(path, members):
    with zipfile.ZipFile(path, "w") as package:
        for name, source in members.items():
            package.writestr(name, source if isinstance(source, bytes) else source.read_bytes())
    return path


@pytest.mark.parametrize(
    ("path", "count"),
    [
        (FILES / "lukou2026-project-2.doc", 1),
        (FILES / "shifeng2023-all.doc", 4),
        (FILES / "lukou2026-project-3.html", 1),
        (FILES / "messy-1-lukou2026-project-1.ods", 1),
        (TRUTH / "shifeng2023-summary.json", 1),
    ],
)
def test_rarer_kinds_become_tables(session, path, count):
    [report] = import_files(session, [path])
    assert (report.reason, len(report.table_ids)) == ("", count)


def test_wrong_extensions_do_not_matter(session, tmp_path):
    for name, source in (
        ("甲.xls", DRAFT),
        ("乙.docx", FILES / "lukou2026-project-2.doc"),
        ("丙.xlsx", FILES / "lukou2026-project-3.html"),
        ("丁.et", DRAFTS / "lukou2026-project-3.xls"),
        ("戊", DRAFTS / "lukou2026-project-4.xlsx"),
    ):
        shutil.copy(source, tmp_path / name)
        [report] = import_files(session, [tmp_path / name])
        assert (report.reason, len(report.table_ids)) == ("", 1)


def test_a_folder_gives_its_drafts_and_tells_what_it_cannot_read(session, tmp_path):
    folder = tmp_path / "草稿"
    (folder / "里面").mkdir(parents=True)
    shutil.copy(DRAFT, folder / "里面/甲.xlsx")
    shutil.copy(TRUTH / "lukou2026-project-2.json", folder / "乙.json")
    for name in ("~$甲.xlsx", ".隐.xlsx", "说明.txt", "图.png", "甲.lnk", "Thumbs.db", "x.jxb"):
        (folder / name).write_bytes(b"x")
    (folder / "设置.json").write_text("[1]")
    (folder / "扫描.pdf").write_bytes(b"%PDF-1.7")
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04")
    archive(folder / "包.zip", {"丙.xls": DRAFTS / "lukou2026-project-3.xls"})
    reports = import_files(session, [folder])
    assert {str(r.file.relative_to(folder)): r.reason[:6] for r in reports} == {
        "乙.json": "", "包.zip/丙.xls": "", "坏.xlsx": "文件已损坏或", "扫描.pdf": "PDF 还不",
        "里面/甲.xlsx": "",
    }  # fmt: skip
    assert len(tables(session)) == 3


def test_an_archive_is_reported_by_the_names_in_it(session, tmp_path):
    inner = archive(tmp_path / "内.zip", {"甲.xlsx": DRAFT})
    path = archive(
        tmp_path / "包.zip",
        {"单位/乙.doc": FILES / "lukou2026-project-2.doc", "内.zip": inner, "空.xlsx": b""},
    )
    reports = import_files(session, [path])
    assert [(str(r.file.relative_to(tmp_path)), r.refused) for r in reports] == [
        ("包.zip/单位/乙.doc", False), ("包.zip/内.zip/甲.xlsx", False), ("包.zip/空.xlsx", True),
    ]  # fmt: skip
    unplaced = [u.file for table in tables(session) for u in table.unplaced]
    assert all("/" not in name for name in unplaced)


@pytest.mark.skipif(sys.platform != "linux", reason="names there are always characters")
def test_a_name_in_another_encoding_is_told_in_characters(session, tmp_path):
    """Archives packed on Chinese Windows, unpacked by hand, leave names in GBK."""
    folder = tmp_path / "单位"
    folder.mkdir()
    messy = next(DRAFTS.glob("messy-5-*.xlsx"))
    shutil.copy(messy, os.fsencode(folder) + "/草稿.xlsx".encode("gbk"))
    shutil.copy(TRUTH / "lukou2026-project-2.json", os.fsencode(folder) + b"/\xff\xff.json")
    reports = import_files(session, [folder])
    assert [str(r.file.relative_to(tmp_path)) for r in reports] == [
        "单位/草稿.xlsx", "单位/\ufffd\ufffd.json",
    ]  # fmt: skip
    assert not any(report.refused for report in reports)
    assert {u.file for table in tables(session) for u in table.unplaced} == {"草稿.xlsx"}
    [loaded] = load_files(session, [next(folder.glob("*.json"))])
    assert loaded.table_ids


def test_archives_with_nothing_in_them_are_refused(session, tmp_path):
    paths = [archive(tmp_path / "空.zip", {"说明.txt": b"x"}), tmp_path / "坏.zip"]
    paths[1].write_bytes(b"PK\x03\x04" + bytes(50))
    [empty, broken] = import_files(session, paths)
    assert "没有可以导入" in empty.reason
    assert "损坏" in broken.reason


def test_what_was_unpacked_is_gone_afterwards(tmp_path):
    path = archive(tmp_path / "包.zip", {"甲.xlsx": DRAFT})
    with open_sources([path]) as [source]:
        assert source.path.read_bytes() == DRAFT.read_bytes()
    assert not source.path.exists()


def test_expand_gives_files_by_name(tmp_path):
    for name in ("2.xlsx", "1.docx", "3.wps"):
        (tmp_path / name).touch()
    assert [path.name for path in expand([tmp_path, DRAFT])] == [
        "1.docx", "2.xlsx", "3.wps", DRAFT.name,
    ]  # fmt: skip


@pytest.fixture
def other(tmp_path):
    """Another book, closed, with one table in a form that only it has."""
    forms = tmp_path / "表样"
    forms.mkdir()
    source = next(BUILT_IN.glob("*.xlsx"))
    path = tmp_path / "别的.jxb"
    with Session.open(path) as opened:
        import_files(opened, [DRAFT])
        [(table_id, table)] = opened.book.tables()
        with opened.book.step("换表样") as step:
            step.put_form("bieren", "别人的表样", source.read_bytes())
            step.put_table(table_id, replace(table, form="bieren"))
    return path


def test_another_book_gives_its_tables_and_forms_and_is_not_changed(session, other):
    before = other.read_bytes()
    [report] = import_files(session, [other])
    assert len(report.table_ids) == 1
    assert other.read_bytes() == before
    assert not list(other.parent.glob("别的*备份"))
    [table] = tables(session)
    assert table.form == "bieren"
    assert session.book.form("bieren") == next(BUILT_IN.glob("*.xlsx")).read_bytes()
    assert [table] == tables_of(other)


def tables_of(path):
    with Session.open(path) as opened:
        return tables(opened)


def test_a_book_that_is_open_elsewhere_is_read(session, other):
    with Session.open(other):
        [report] = import_files(session, [other])
    assert not report.refused


def test_its_own_book_and_no_books_are_refused(session, tmp_path):
    empty, wrong = tmp_path / "空.jxb", tmp_path / "坏.jxb"
    Session.open(empty).close()
    wrong.write_bytes(b"SQLite format 3\0" + bytes(200))
    reports = import_files(session, [session.book.path, empty, wrong])
    for report, words in zip(reports, ("现在打开的账本", "没有表", "没有打开"), strict=True):
        assert words in report.reason
    with pytest.raises(RefusedFileError, match="现在打开的账本"):
        read_file(session, session.book.path)


def test_exchange_files_come_in_and_go_out_the_same(session, tmp_path):
    import_files(session, sorted(TRUTH.glob("*.json")))
    text = dump_book(session)
    path = tmp_path / "全部.json"
    path.write_text(text, "utf-8")
    with Session.open(tmp_path / "二.jxb") as second:
        [report] = import_files(second, [path])
        assert len(report.table_ids) == len(tables(session))
        assert dump_book(second) == text


def test_empty_exchange_files_are_refused_by_import_but_load(session, tmp_path):
    path = tmp_path / "空.json"
    path.write_text('{"format": "jixiao-exchange", "version": 1, "tables": []}')
    assert import_files(session, [path])[0].refused
    assert not load_files(session, [path])[0].refused
    assert "不是交换文件" in load_files(session, [DRAFT])[0].reason


def test_reading_needs_no_book_and_may_run_in_a_thread(session):
    forms = FormLibrary([])
    found = []
    thread = threading.Thread(target=lambda: found.extend(read_draft(forms, DRAFT)))
    thread.start()
    thread.join()
    assert found == list(read_file(session, DRAFT))
    assert found[0].form == found[0].table.form != ""
    assert not tables(session)


def test_progress_is_told_and_stopping_takes_nothing(session, tmp_path):
    path = archive(tmp_path / "包.zip", {"甲.xlsx": DRAFT, "乙.xlsx": DRAFT})
    calls = []

    def stop(done, total, text):
        calls.append((done, total, text))
        if done == 1:
            raise CancelledError

    with pytest.raises(CancelledError):
        import_files(session, [path], progress=stop)
    assert calls == [(0, 2, "甲.xlsx"), (1, 2, "乙.xlsx")]
    assert not tables(session)


@pytest.mark.parametrize(
    ("existing", "count", "said"),
    [("keep", 2, "又添"), ("skip", 1, "跳过"), ("replace", 1, "替换")],
)
def test_tables_that_are_there(session, existing, count, said):
    import_files(session, [DRAFT])
    [report] = import_files(session, [DRAFT], ImportOptions(existing=existing))
    assert len(tables(session)) == count
    assert said in report.messages[0]


@pytest.mark.parametrize("existing", ["replace", "skip"])
def test_tables_of_one_file_never_replace_each_other(session, tmp_path, existing):
    table = json.loads((TRUTH / "lukou2026-project-1.json").read_text("utf-8"))
    path = tmp_path / "两张.json"
    content = {"format": "jixiao-exchange", "version": 1, "tables": [table, table]}
    path.write_text(json.dumps(content), "utf-8")
    import_files(session, [path], ImportOptions(existing=existing))
    assert len(tables(session)) == 2


def test_agency_and_year_hold_where_the_draft_is_silent(session, tmp_path):
    table = {"kind": "project", "fields": {"project_name": "甲"}, "indicators": []}
    silent, told = tmp_path / "无.json", tmp_path / "有.json"
    silent.write_text(json.dumps(table))
    told.write_text(json.dumps(table | {"agency": "乙局", "year": 2025}))
    reports = import_files(session, [silent, told], ImportOptions("丙局", 2026))
    assert [(t.agency, t.year) for t in tables(session)] == [("丙局", 2026), ("乙局", 2025)]
    shown = [f["tables"][0] for f in report_json(reports)["files"]]
    assert [(t["agency"], t["year"]) for t in shown] == [("丙局", 2026), ("乙局", 2025)]


def doubtful(tmp_path):
    """A draft with a number that scanning spoiled."""
    rows = (
        "项目支出绩效目标表,", "填报单位：甲局,", "项目名称,乙",
        "一级指标,二级指标,三级指标,指标值,度量单位", "产出指标,数量指标,丙,≥l0O,次",
    )  # fmt: skip
    path = tmp_path / "疑.csv"
    path.write_text("\n".join(rows), "utf-8")
    return path


def test_the_report_has_what_the_format_says(session, tmp_path):
    wrong = tmp_path / "扫描.pdf"
    wrong.write_bytes(b"%PDF")
    messy = doubtful(tmp_path)
    reports = import_files(session, [messy, wrong])
    report = json.loads(json.dumps(report_json(reports)))
    assert list(report) == ["files"]
    for file in report["files"]:
        assert list(file) == ["file", "status", "reason", "unread", "tables"]
    [read, refused] = report["files"]
    assert (read["file"], read["status"], read["reason"]) == (str(messy), "read", None)
    assert (refused["status"], refused["tables"]) == ("refused", [])
    assert "PDF" in refused["reason"]
    [table] = read["tables"]
    assert list(table) == [
        "sheet", "range", "form", "confidence", "agency", "year", "kind", "table", "sure",
        "taken", "reason", "doubts", "unplaced",
    ]  # fmt: skip
    assert 0 < table["confidence"] <= 1
    assert (table["kind"], table["form"]) == ("project", tables(session)[0].form)
    assert all(
        list(doubt) == ["cell", "text", "read_as", "choices", "field", "indicator", "reason"]
        for doubt in table["doubts"]
    )
    assert all(list(entry) == ["cell", "text"] for entry in table["unplaced"])
    assert [doubt["cell"] for doubt in table["doubts"]] == ["D5"]


def test_one_bad_file_never_stops_the_others(session, tmp_path):
    bad = {
        "无编码.html": b'<html><meta charset="undefined"><table><tr><td>\xff\xfe\x81</table>',
        "断账本.jxb": b"SQLite format 3\0" + bytes(2000),
        "断.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "断.odt": b"PK\x03\x04",
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    shutil.copy(DRAFT, tmp_path / "好.xlsx")
    reports = import_files(session, [*(tmp_path / name for name in bad), tmp_path / "好.xlsx"])
    assert [report.refused for report in reports] == [True] * len(bad) + [False]
    assert all("；" in report.reason or "。" in report.reason for report in reports[:-1])


def test_a_fault_of_the_program_keeps_no_other_file_out(session, tmp_path, monkeypatch, caplog):
    def broken(*_):
        raise ZeroDivisionError

    other = tmp_path / "另.xlsx"
    shutil.copy(DRAFT, other)
    reading = drafts.read_pages
    monkeypatch.setattr(
        drafts, "read_pages", lambda p, k: broken() if p == other else reading(p, k)
    )
    one, two = import_files(session, [other, DRAFT])
    assert (one.reason, two.refused) == (drafts.FAULT, False)
    assert "ZeroDivisionError" in caplog.text
