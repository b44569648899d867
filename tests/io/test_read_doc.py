"""Old Word documents, compared with the .docx from which LibreOffice made them."""

from pathlib import Path

import pytest

from jixiao.io.files.read.door import read_grids, sniff
from jixiao.model.errors import RefusedFileError

DATA = Path(__file__).parents[1] / "data"
OLD = DATA / "files/lukou2026-project-2.doc"
# The first word of a document's main stream (MS-DOC 2.5.2); the flags stand ten bytes on.
FIB = b"\xec\xa5"


def table_texts(grid):
    return [
        (cell.rowspan, cell.text)
        for cell in grid.cells
        if cell.row not in grid.paragraph_rows and cell.text
    ]


@pytest.mark.parametrize("name", ["lukou2026-project-2", "shifeng2023-all"])
def test_doc_has_the_tables_of_the_docx(name):
    [old] = read_grids(DATA / f"files/{name}.doc")
    [new] = read_grids(DATA / f"drafts/{name}.docx")
    assert table_texts(old) == table_texts(new)


def test_spans_are_kept():
    [old] = read_grids(OLD)
    [new] = read_grids(DATA / "drafts/lukou2026-project-2.docx")
    assert [(c.row, c.col, c.rowspan, c.colspan) for c in old.cells] == [
        (c.row, c.col, c.rowspan, c.colspan) for c in new.cells
    ]


def changed(tmp_path, change):
    content = bytearray(OLD.read_bytes())
    start = next(n for n in range(512, len(content), 512) if content[n : n + 2] == FIB)
    change(content, start)
    path = tmp_path / "旧.xls"
    path.write_bytes(content)
    assert sniff(path) == "doc"
    return path


def test_a_password_is_told(tmp_path):
    def lock(content, start):
        content[start + 11] |= 1

    with pytest.raises(RefusedFileError, match="密码"):
        read_grids(changed(tmp_path, lock))


def test_word_95_is_refused_with_what_to_do(tmp_path):
    def older(content, start):
        content[start : start + 2] = b"\xdc\xa5"

    with pytest.raises(RefusedFileError, match=r"请在 Word 或 WPS 里另存为 \.docx 再导入"):
        read_grids(changed(tmp_path, older))


def test_damage_is_told(tmp_path):
    def spoil(content, start):
        content[start + 32 : start + 900] = b"\xff" * 868

    with pytest.raises(RefusedFileError, match=r"另存为 \.docx"):
        read_grids(changed(tmp_path, spoil))
