from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from jixiao.io.files.write.safe_write import write_beside, write_bytes
from jixiao.model.errors import ExportError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_makes_the_folder_and_replaces_the_file(tmp_path: Path) -> None:
    target = tmp_path / "新文件夹" / "表.xlsx"
    write_bytes(target, b"one")
    write_bytes(target, b"two")
    assert target.read_bytes() == b"two"
    assert names(target.parent) == ["表.xlsx"]


@pytest.mark.parametrize(
    ("raised", "expected", "words"),
    [
        (OSError(errno.ENOSPC, "full"), ExportError, "磁盘空间不足"),
        (OSError(errno.EIO, "broken"), ExportError, "磁盘读写出错"),
        (OSError(errno.EROFS, "Read-only file system"), ExportError, "磁盘是只读的"),
        (OSError(errno.ESTALE, "Stale file handle"), ExportError, "已经断开"),
        (OSError(errno.EPROTO, "Protocol error"), ExportError, "系统错误 EPROTO"),
        (PermissionError(errno.EACCES, "no"), ExportError, "没有权限"),
        (ExportError("太长"), ExportError, "太长"),
        (ValueError("fault"), ValueError, "fault"),
    ],
)
def test_a_failure_leaves_the_old_file(
    tmp_path: Path, raised: Exception, expected: type[Exception], words: str
) -> None:
    target = tmp_path / "表.docx"
    target.write_bytes(b"old")

    def writer(beside: Path) -> None:
        assert beside.parent == tmp_path
        beside.write_bytes(b"half")
        raise raised

    with pytest.raises(expected, match=words):
        write_beside(target, writer)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["表.docx"]


def test_open_in_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "表.docx"
    target.write_bytes(b"old")

    def refuse(self: Path, other: Path) -> None:
        raise PermissionError(errno.EACCES, "in use", str(other))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ExportError) as caught:
        write_bytes(target, b"new")
    message = "“表.docx”正被其他程序打开，请关闭后再导出，或换一个文件名。"
    assert str(caught.value) == message
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["表.docx"]


def test_targets_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExportError, match="不是文件夹"):
        write_bytes(tmp_path / "file" / "a.xlsx", b"")
    with pytest.raises(ExportError, match="是一个文件夹"):
        write_bytes(tmp_path / "folder", b"")
    with pytest.raises(ExportError, match="文件名太长"):
        write_bytes(tmp_path / ("长" * 300 + ".xlsx"), b"")
    assert names(tmp_path) == ["file", "folder"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no pipes with a name")
def test_devices_and_pipes_stay(tmp_path: Path) -> None:
    path = tmp_path / "管道.json"
    os.mkfifo(path)
    with pytest.raises(ExportError, match="不是普通文件"):
        write_bytes(path, b"x")
    assert path.is_fifo()


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_others_may_read_it_as_before(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    write_bytes(target, b"1")
    plain = tmp_path / "plain"
    plain.write_bytes(b"1")
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    target.chmod(0o640)
    write_bytes(target, b"2")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.xlsx", tmp_path / "link.xlsx"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
