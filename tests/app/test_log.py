"""The log tells what was done and how long it took, and nothing of what stands in a table."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jixiao.app import log
from jixiao.app.checking.checking import check_book
from jixiao.app.exporting import export_tables
from jixiao.app.importing import drafts
from jixiao.app.importing.drafts import import_files
from jixiao.app.session import Session
from jixiao.cli import main
from jixiao.model.errors import BookError
from tests.conftest import DRAFTS

DRAFT = next(iter(sorted(DRAFTS.glob("*.xlsx"))))
STAMP = re.compile(r"[0-9-]{10} [0-9:,]{12} \d+ (INFO|ERROR) ")


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    path = log.start(tmp_path)
    assert path is not None
    yield path
    log.stop()


def records(path: Path) -> list[str]:
    """The records without their times."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert all(STAMP.match(line) for line in lines)
    return [re.sub(r"ms=\d+", "ms=", STAMP.sub("", line)) for line in lines]


def test_each_thing_that_is_done_leaves_a_record(path: Path, tmp_path: Path) -> None:
    book = tmp_path / "账本.jxb"
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"nothing")
    with Session.open(book) as session:
        reports = import_files(session, [DRAFT, bad])
        tables = sum(len(report.table_ids) for report in reports)
        report = export_tables(session, tmp_path / "out", ["xlsx"])
        found = check_book(session)
    kinds = [record.partition(" ")[0] for record in records(path)]
    assert kinds == ["open", "read", "read", "accept", "import", "export", "check"]
    opened, read, refused, accepted, imported, exported, checked = records(path)
    assert opened == f"open book={book} kind=.jxb bytes=? ms="
    assert read.startswith(f"read kind=.xlsx bytes={DRAFT.stat().st_size} tables={tables} ")
    assert refused == "read kind=.docx bytes=7 failed=RefusedFileError ms="
    assert accepted == f"accept tables={tables} refused=0 ms="
    assert imported == f"import files=2 refused=1 tables={tables} ms="
    assert exported == f"export files={len(report.written)} failed=0 ms="
    assert checked == f"check findings={len(found)} ms="


def test_no_text_of_a_table_and_no_name_of_a_draft_is_told(path: Path, tmp_path: Path) -> None:
    draft = tmp_path / "某局绝密项目.xlsx"
    draft.write_bytes(DRAFT.read_bytes())
    with Session.open(tmp_path / "b.jxb") as session:
        import_files(session, [draft])
        export_tables(session, tmp_path / "out")
        check_book(session)
    text = path.read_text(encoding="utf-8").replace(str(tmp_path), "")
    assert not re.search("[\u4e00-\u9fff]", text)


def test_a_fault_while_a_draft_is_read_is_told_without_its_words(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError(draft.stem)

    draft = tmp_path / "某局绝密项目.xlsx"
    draft.write_bytes(DRAFT.read_bytes())
    monkeypatch.setattr(drafts, "recognised", fail)
    with Session.open(tmp_path / "b.jxb") as session:
        (report,) = import_files(session, [draft])
    assert report.reason == drafts.FAULT
    text = path.read_text(encoding="utf-8")
    assert "fault ValueError" in text
    assert "绝密" not in text


def test_a_name_that_is_no_text_is_told_all_the_same(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = log.LOGGER.makeRecord(
        "jixiao", logging.INFO, "", 0, "open book=%s", ("a/\udcb2\udce2.jxb",), None
    )
    for handler in log.LOGGER.handlers:  # not the tests' own, which writes it to others
        if isinstance(handler, logging.FileHandler):
            handler.handle(record)
    assert records(path)[-1].endswith(r"a/\udcb2\udce2.jxb")
    assert "Logging error" not in capsys.readouterr().err


def test_what_fails_is_told_by_its_kind(path: Path, tmp_path: Path) -> None:
    with pytest.raises(BookError):
        Session.open(tmp_path / "no" / "b.jxb")
    assert records(path)[-1].endswith("failed=BookError ms=")


def test_a_log_that_has_grown_large_is_put_aside_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "jixiao.log"
    for turn in "abcd":
        path.write_text(turn * 600_000)
        assert log.start(tmp_path) == path
        assert path.stat().st_size == 0
    log.stop()
    kept = sorted(tmp_path.glob("*.log.*"))
    assert [file.name for file in kept] == ["jixiao.log.1", "jixiao.log.2"]
    assert [file.read_text()[0] for file in kept] == ["d", "c"]
    path.write_text("small")
    log.start(tmp_path)
    log.LOGGER.info("next")
    log.stop()
    assert path.read_text().startswith("small")
    assert path.read_text().endswith("next\n")


def test_without_a_place_for_a_log_the_program_goes_on(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert log.start(tmp_path / "file") is None
    log.LOGGER.error("not to be seen")
    log.stop()
    assert capfd.readouterr() == ("", "")


def test_the_command_line_logs_too(tmp_path: Path) -> None:
    book = tmp_path / "b.jxb"
    assert main(["import", str(DRAFT), "--book", str(book)]) == 0
    kinds = [record.split()[0] for record in records(log.data_folder() / "jixiao.log")]
    assert kinds == ["open", "read", "accept", "import"]
    assert not [h for h in log.LOGGER.handlers if isinstance(h, logging.FileHandler)]
