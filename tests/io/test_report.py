"""The report as Word shows it: headings, repeated heads, Chinese fonts, numbered pages."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from jixiao.io.files.write.report import Report, ReportPart, ReportRow, ReportTable, write_report

ROW = ReportRow("D8\nE9", "没有数值。", "请填写。", "完整性", "错误")
REPORT = Report(
    "检查报告",
    "错误 2",
    (
        ReportPart(
            "甲局  2026 年度", "共 2 张表。", (ReportTable("会议费", "错误 1", (ROW,)),), ("乙",)
        ),
        ReportPart("乙局  2026 年度", "共 1 张表。", (ReportTable("培训", "错误 1", (ROW,)),)),
    ),
    ("有一条规则不检查。",),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_report(REPORT, tmp_path / "报告.docx")
    return tmp_path / "报告.docx"


def test_headings_are_real_ones(path: Path) -> None:
    found = docx.Document(str(path)).paragraphs
    assert [(p.style.name, p.text) for p in found if p.style] == [
        ("Title", "检查报告"),
        ("报告说明", "错误 2"),
        ("Heading 1", "甲局  2026 年度"),
        ("报告说明", "共 2 张表。"),
        ("Heading 2", "（一）会议费（错误 1）"),
        ("报告说明", "没有发现问题的表：乙。"),
        ("Heading 1", "乙局  2026 年度"),
        ("报告说明", "共 1 张表。"),
        ("Heading 2", "（一）培训（错误 1）"),
        ("报告说明", "有一条规则不检查。"),
    ]
    levels = [
        p.style.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val"))
        for p in found
        if p.style and p.style.name.startswith("Heading")
    ]
    assert levels == ["0", "1", "0", "1"]
    breaks = [p.paragraph_format.page_break_before for p in found if p.style.name == "Heading 1"]
    assert breaks == [False, True]


def test_tables_tell_all_and_repeat_their_heads(path: Path) -> None:
    tables = docx.Document(str(path)).tables
    assert len(tables) == 2
    head, row = tables[0].rows
    assert [c.text for c in head.cells] == ["序号", "位置", "问题", "建议", "方面", "级别"]
    assert [c.text for c in row.cells] == [
        "1", "D8\nE9", "没有数值。", "请填写。", "完整性", "错误",
    ]  # fmt: skip
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert row._tr.trPr.find(qn("w:tblHeader")) is None


def test_what_was_let_be_says_why(tmp_path: Path) -> None:
    row = ReportRow("", "甲", "", "规范性", "提醒", ignored="照旧")
    part = ReportPart("甲", "", (ReportTable("表", "", (row,)),))
    write_report(Report("题", "", (part,)), tmp_path / "r.docx")
    (table,) = docx.Document(str(tmp_path / "r.docx")).tables
    texts = [cell.text for cell in table.rows[1].cells]
    assert texts[1:] == ["—", "甲", "已忽略：照旧", "规范性", "提醒\n已忽略"]


def test_it_is_chinese_a4_with_numbered_pages(path: Path) -> None:
    document = docx.Document(str(path))
    (section,) = document.sections
    assert (section.page_width, section.page_height) == pytest.approx((Mm(210), Mm(297)), rel=1e-3)
    assert document.core_properties.language == "zh-CN"
    assert document.core_properties.title == "检查报告"
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    assert not [name for name, xml in parts.items() if re.search("Mincho|明朝|ja-JP", xml)]
    assert not [name for name in parts if "theme" in name]
    styles = parts["word/styles.xml"]
    assert set(re.findall(r'w:eastAsia="([^"]+)"', styles)) == {"宋体", "黑体", "zh-CN"}
    assert re.findall(r'w:instr=" (\w+) "', parts["word/footer1.xml"]) == ["PAGE", "NUMPAGES"]
    assert 'w:name="compatibilityMode"' in parts["word/settings.xml"]


@pytest.mark.parametrize("bad", ["甲\x00\x0b乙\ud800\uffff", "<w:p>&\"'", "=1+1\t二", "一\r\n二"])
def test_no_text_breaks_the_document(tmp_path: Path, bad: str) -> None:
    row = ReportRow(bad, bad, bad, bad, bad, bad)
    part = ReportPart(bad, bad, (ReportTable(bad, bad, (row,)),), (bad,))
    write_report(Report(bad, bad, (part,), (bad,)), tmp_path / "r.docx")
    document = docx.Document(str(tmp_path / "r.docx"))
    clean = re.sub("[\x00\x0b\ud800\uffff]", "", bad.replace("\r\n", "\n"))
    assert document.paragraphs[0].text == clean
    assert document.tables[0].rows[1].cells[2].text == clean


def test_many_findings_are_soon_written(tmp_path: Path) -> None:
    part = ReportPart("甲", "", [ReportTable(f"表{n}", "", (ROW,) * 20) for n in range(100)])
    write_report(Report("题", "", (part,)), tmp_path / "r.docx")
    assert len(docx.Document(str(tmp_path / "r.docx")).tables) == 100
