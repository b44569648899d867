"""Zip archives: names, limits, and that nothing leads out of the folder."""

import io
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from jixiao.io.files.read.archive import unpack
from jixiao.model.errors import RefusedFileError


class NamedInGbk(zipfile.ZipInfo):
    """An entry as Chinese Windows writes it: its name in GBK, and nothing that says so."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits


def archive(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return path


def packed(members):
    stream = io.BytesIO()
    archive(stream, members)
    return stream.getvalue()


def unpacked(path, tmp_path, wanted=lambda _: True):
    folder = tmp_path / "into"
    folder.mkdir(exist_ok=True)
    return unpack(path, folder, wanted)


def test_names_in_gbk_and_utf8(tmp_path):
    path = archive(
        tmp_path / "包.zip",
        [(NamedInGbk("单位甲/项目一.xlsx"), "a"), ("单位乙/项目二.xlsx", "b"), ("c.xlsx", "c")],
    )
    members = unpacked(path, tmp_path)
    assert [str(m.name) for m in members] == ["单位甲/项目一.xlsx", "单位乙/项目二.xlsx", "c.xlsx"]
    assert [m.path.name for m in members] == ["项目一.xlsx", "项目二.xlsx", "c.xlsx"]
    assert [m.path.read_text() for m in members] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../外.xlsx", "外.xlsx"),
        ("/etc/甲.xlsx", "etc/甲.xlsx"),
        ("C:\\a\\甲.xlsx", "C_/a/甲.xlsx"),
        ("a/../甲?.xlsx", "a/甲_.xlsx"),
        ("con.xlsx", "_con.xlsx"),
        ("长" * 200 + ".xlsx", "长" * 50 + ".xlsx"),
        ("甲.xlsx. ", "甲.xlsx"),
        ("...", "未命名"),
    ],
)
def test_names_that_lead_elsewhere(tmp_path, name, safe):
    [member] = unpacked(archive(tmp_path / "a.zip", [(name, "x")]), tmp_path)
    assert member.name == PurePosixPath(safe)
    assert member.path.is_relative_to(tmp_path / "into")
    assert member.path.read_text() == "x"


def test_only_what_is_wanted_is_unpacked(tmp_path):
    path = archive(tmp_path / "a.zip", [("a.xlsx", "x"), ("b.txt", "y"), ("目录/", "")])
    members = unpacked(path, tmp_path, lambda name: name.suffix == ".xlsx")
    assert [m.name.name for m in members] == ["a.xlsx"]


def test_archives_in_archives_one_deep(tmp_path):
    deep = packed([("深.xlsx", "x")])
    inner = packed([("内.xlsx", "x"), ("更深.zip", deep)])
    path = archive(tmp_path / "外.zip", [("内.zip", inner), ("坏.zip", "坏")])
    members = unpacked(path, tmp_path)
    assert [(str(m.name), m.path is not None) for m in members] == [
        ("内.zip/内.xlsx", True), ("内.zip/更深.zip", False), ("坏.zip", False),
    ]  # fmt: skip
    assert "先把它解压" in members[1].reason
    assert "损坏" in members[2].reason


def test_members_of_one_name_are_both_there(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        path = archive(tmp_path / "a.zip", [("甲.xlsx", "1"), ("甲.xlsx", "2")])
    assert [m.path.read_text() for m in unpacked(path, tmp_path)] == ["1", "2"]


def test_a_damaged_member_does_not_hinder_the_others(tmp_path):
    path = archive(tmp_path / "a.zip", [("坏.xlsx", "x" * 400), ("好.xlsx", "y")])
    content = bytearray(path.read_bytes())
    content[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    members = unpacked(path, tmp_path)
    assert [(m.name.name, bool(m.reason)) for m in members] == [
        ("坏.xlsx", True),
        ("好.xlsx", False),
    ]


def test_passwords_are_told(tmp_path):
    path = archive(tmp_path / "a.zip", [("甲.xlsx", "x")])
    content = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + place] |= 1
    path.write_bytes(content)
    with pytest.raises(RefusedFileError, match="密码"):
        unpacked(path, tmp_path)


def test_bombs_are_refused(tmp_path):
    zeros = bytes(5 << 20)
    bombs = [
        [("大.xlsx", zeros)],
        [(f"{n}.xlsx", "") for n in range(2100)],
        [("内.zip", packed([("大.csv", zeros)]))],
    ]
    for number, members in enumerate(bombs):
        path = archive(tmp_path / f"{number}.zip", members)
        folder = tmp_path / str(number)
        folder.mkdir()
        with pytest.raises(RefusedFileError, match="太多或解压后太大"):
            unpack(path, folder, lambda _: True)
        written = sum(p.stat().st_size for p in Path(folder).rglob("*") if p.is_file())
        assert written < 1 << 20


def test_a_directory_without_end_is_not_read(tmp_path):
    path = archive(tmp_path / "a.zip", [(f"{n:060}", "") for n in range(45_000)])
    with pytest.raises(RefusedFileError, match="过大"):
        unpacked(path, tmp_path)


def test_what_is_no_archive_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(RefusedFileError, match="损坏"):
        unpacked(path, tmp_path)
