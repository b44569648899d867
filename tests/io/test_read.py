"""The door: what is refused, and that hostile files neither crash nor stall it."""

import json
import random
import sqlite3
import time
import zipfile
from pathlib import Path

import pytest

from jixiao.io.files.read.door import read_grids, sniff
from jixiao.model.errors import RefusedFileError

DRAFTS = Path(__file__).parents[1] / "data/drafts"
XLSX = DRAFTS / "lukou2026-project-1.xlsx"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def ole(name):
    return OLE + name.encode("utf-16-le").ljust(64, b"\0") + bytes(448)


def zipped(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def refusal(path):
    with pytest.raises(RefusedFileError) as caught:
        read_grids(path)
    message = str(caught.value)
    assert "\n" not in message
    assert path.name not in message
    return message


@pytest.mark.parametrize(
    ("name", "content", "kind", "words"),
    [
        ("空.xlsx", b"", "empty", "空"),
        ("空行.xlsx", b" \r\n", "empty", "空"),
        ("假.xlsx", "项目名称：甲".encode(), "text", "纯文本"),
        ("假.xls", "项目名称：甲".encode("gb18030"), "text", "纯文本"),
        ("网页.xls", b"<html><p>1</p>", "html", "网页"),
        ("交换.xlsx", b'{"format": "jixiao-exchange"}', "json", "交换文件"),
        ("扫描.xlsx", b"%PDF-1.7 \x00\x01", "pdf", "PDF 还不能读"),
        ("富.doc", b"{\\rtf1 a}", "rtf", "另存为 .docx"),
        ("密.xlsx", ole("EncryptedPackage"), "encrypted", "密码"),
        ("旧.doc", ole("WordDocument"), "doc", "另存为 .docx"),
        ("别.msg", ole("Other"), "ole", "没有 Excel 或 Word"),
        ("坏.xls", ole("Workbook"), "xls", "损坏"),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n\0\0", "image", "这是图片"),
    ],
)
def test_what_is_no_draft_is_refused(tmp_path, name, content, kind, words):
    path = tmp_path / name
    path.write_bytes(content)
    assert sniff(path) == kind
    assert words in refusal(path)


def test_refused_packages(tmp_path):
    assert "压缩包" in refusal(zipped(tmp_path / "a.xlsx", {"草稿.txt": "x"}))
    assert "OFD" in refusal(zipped(tmp_path / "b.ofd", {"OFD.xml": "x"}))
    text = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}
    assert "另存为 .docx" in refusal(zipped(tmp_path / "c.odt", text))
    assert "没有任何文字" in refusal(
        zipped(tmp_path / "d.xlsx", {"xl/workbook.xml": "<workbook/>"})
    )


def test_places_that_are_no_file(tmp_path, monkeypatch):
    assert "找不到" in refusal(tmp_path / "没有.xlsx")
    assert "文件夹" in refusal(tmp_path)
    assert "打不开" in refusal(tmp_path / ("长" * 300 + ".xlsx"))

    def deny(*_):
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", deny)
    assert "权限" in refusal(XLSX)


def test_a_book_is_told_apart(tmp_path):
    path = tmp_path / "b.jxb"
    connection = sqlite3.connect(path)
    connection.execute("create table t (a)")
    connection.close()
    assert sniff(path) == "book"
    assert "打开" in refusal(path)


def test_an_exchange_file_is_told_apart_by_content(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("\ufeff" + json.dumps({"tables": ["表"]}), "utf-8")
    assert sniff(path) == "json"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize(
    "name", ["lukou2026-project-1.xlsx", "lukou2026-project-2.docx", "lukou2026-project-3.xls"]
)
def test_truncated_files_are_refused(tmp_path, name, share):
    content = (DRAFTS / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(content[: int(len(content) * share)])
    assert "损坏" in refusal(path)


def test_encrypted_zip_entries_are_refused(tmp_path):
    content = bytearray(XLSX.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        while start >= 0:
            content[start + place] |= 1
            start = content.find(mark, start + 4)
    path = tmp_path / "p.xlsx"
    path.write_bytes(content)
    assert "密码" in refusal(path)


def sheet_of(tmp_path, pieces):
    """A workbook whose sheet is written in pieces, so that it may be huge."""
    path = tmp_path / "big.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("xl/workbook.xml", '<workbook><sheet name="表"/></workbook>')
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for piece in pieces:
                part.write(piece)
    return path


def timed(function, path):
    start = time.process_time()
    result = function(path)
    return result, time.process_time() - start


def test_ghost_rows_are_passed_over(tmp_path):
    rows = (b'<row r="%d" ht="18"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (i, i, i)
            for i in range(3, 100_000))  # fmt: skip
    pieces = [b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>', b"".join(rows)]
    path = sheet_of(tmp_path, [*pieces, b"</sheetData></worksheet>"])
    [grid], seconds = timed(read_grids, path)
    assert (len(grid.rows), len(grid.cells)) == (1, 1)
    assert seconds < 5


def test_too_many_cells_or_rows_are_refused(tmp_path):
    row = b"<row>" + b"<c><v>1</v></c>" * 300 + b"</row>"
    head, tail = b"<worksheet><sheetData>", b"</sheetData></worksheet>"
    assert "内容太多" in refusal(sheet_of(tmp_path, [head, row * 700, tail]))
    rows = b"<row><c><v>1</v></c></row>" * 20_001
    assert "内容太多" in refusal(sheet_of(tmp_path, [head, rows, tail]))


def test_zip_bombs_are_refused_fast(tmp_path):
    blank = bytes(1 << 20).replace(b"\0", b" ")
    cells = b"<c/>" * (1 << 18)
    for piece, count in ((blank, 500), (cells, 40), (blank, 40)):
        pieces = [b"<worksheet><sheetData><row>", *[piece] * count]
        message, seconds = timed(refusal, sheet_of(tmp_path, pieces))
        assert "过大" in message or "损坏" in message
        assert seconds < 5
    big = {"word/document.xml": b"<a>" + b"<b/>" * 4_000_000}
    assert "过大" in refusal(zipped(tmp_path / "b.docx", big))


BOMB = (
    '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bombs_are_refused(tmp_path, encoding):
    book = '<workbook><sheet name="表"/></workbook>'
    sheet = '<worksheet><sheetData><row><c t="str"><v>&c;&f;</v></c></row></sheetData></worksheet>'
    word = '<w:document xmlns:w="w"><w:body><w:p><w:t>&c;&f;</w:t></w:p></w:body></w:document>'
    bomb = {"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": (BOMB + sheet).encode(encoding)}
    assert "DOCTYPE" in refusal(zipped(tmp_path / "a.xlsx", bomb))
    bomb = {"word/document.xml": (BOMB + word).encode(encoding)}
    assert "DOCTYPE" in refusal(zipped(tmp_path / "b.docx", bomb))
    bomb = {"content.xml": (BOMB + word).encode(encoding)}
    assert "DOCTYPE" in refusal(zipped(tmp_path / "c.ods", bomb))


def repacked(path, rng):
    """The parts of a package, one of them with some bytes changed."""
    with zipfile.ZipFile(path) as package:
        parts = {name: bytearray(package.read(name)) for name in package.namelist()}
    hit = parts[rng.choice([n for n in sorted(parts) if n.endswith(".xml") and parts[n]])]
    for _ in range(rng.randint(1, 4)):
        hit[rng.randrange(len(hit))] = rng.choice(b'0129<>/"= aAzZ\xff\0')
    return parts


@pytest.mark.parametrize(
    "name", ["lukou2026-project-1.xlsx", "lukou2026-project-2.docx", "lukou2026-project-3.xls"]
)
def test_damaged_files_are_read_or_refused(tmp_path, name):
    rng = random.Random(20260105)
    whole = (DRAFTS / name).read_bytes()
    path = tmp_path / name
    outcomes = {"read": 0, "refused": 0}
    for turn in range(100):
        if turn % 2 and not name.endswith(".xls"):
            zipped(path, {n: bytes(c) for n, c in repacked(DRAFTS / name, rng).items()})
        else:
            content = bytearray(whole)
            for _ in range(rng.randint(1, 6)):
                content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
            path.write_bytes(content)
        try:
            read_grids(path)
            outcomes["read"] += 1
        except RefusedFileError:
            outcomes["refused"] += 1
    assert min(outcomes.values()) > 0
