"""Makes the drafts of tests/data/drafts2 from the drawings in its folder src.

A drawing shows every sheet as rows of cells between bars and, in the same file, the tables that it
must yield, written by hand. In a cell ``<`` joins it to the left one, ``^`` to the upper one,
``#12;0%`` is a number with its format, ``@2026-01-01;yyyy`` a date, ``=A1→#3`` a formula with its
stored value, ``!#REF!`` an error. A line beginning with ``P `` is a paragraph of a document.

Run it after changing a drawing: python tests/io/make_drafts2.py
"""

import json
import re
import sys
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

HERE = Path(__file__).parents[1] / "data/drafts2"
SPAN = {"<", "^"}
COLUMNS = ("level1", "level2", "level3", "comparator", "value", "unit")
OWN_COLUMNS = {"explanation", "basis", "remark", "task"}
LISTS = {
    "tasks": ("name", "owner", "content"),
    "items": ("name", "amount", "period_goal", "annual_goal"),
    "details": ("content", "detail", "amount", "basis"),
}


@dataclass
class Box:
    row: int
    col: int
    text: str
    rows: int = 1
    cols: int = 1


@dataclass
class Sheet:
    name: str
    boxes: list[Box] = field(default_factory=list)
    paragraphs: dict[int, str] = field(default_factory=dict)
    rows: int = 0
    cols: int = 0


@dataclass
class Drawing:
    file: str = ""
    what: str = ""
    sheets: list[Sheet] = field(default_factory=list)
    tables: list[dict] = field(default_factory=list)


def read_drawing(text):
    drawing, sections = Drawing(), []
    for line in text.splitlines():
        if line.startswith("--- "):
            sections.append((line[4:].split(" ", 1), []))
        elif sections:
            sections[-1][1].append(line)
        else:
            key, value = line.split(": ", 1)
            setattr(drawing, key, value)
    for (kind, name), lines in ((([*head, ""])[:2], lines) for head, lines in sections):
        if kind == "sheet":
            drawing.sheets.append(read_sheet(name or "Sheet1", lines))
        else:
            drawing.tables.append(read_table(name, lines))
    return drawing


def read_sheet(name, lines):
    sheet = Sheet(name)
    texts = []
    for number, line in enumerate(lines):
        if line.startswith("P "):
            sheet.paragraphs[number] = line[2:]
        texts.append([] if line.startswith("P ") else line.replace("\\n", "\n").split("|"))
    sheet.rows, sheet.cols = len(texts), max(map(len, texts))
    at = {}
    for row, cells in enumerate(texts):
        for col, text in enumerate(cells):
            if text == "<":
                box = at[row, col - 1]
                box.cols = max(box.cols, col - box.col + 1)
            elif text == "^":
                box = at[row - 1, col]
                box.rows = max(box.rows, row - box.row + 1)
            else:
                box = Box(row, col, text)
                sheet.boxes.append(box)
            at[row, col] = box
    return sheet


def read_table(kind, lines):
    table = {"kind": kind, "fields": {}, "indicators": []}
    current = ""
    for line in (one.replace("\\n", "\n") for one in lines):
        if re.fullmatch(r"[a-z_]+:", line):
            current = line[:-1]
            name = "spending_details" if current == "details" else current
            rows = table.setdefault(name, [])
        elif match := re.match(r"([a-z_]+)(?:\.([^\n]*?))?: (.*)", line, re.DOTALL):
            put(table, *match.groups())
        elif current in LISTS:
            cells = line.split("|")
            rows.append({k: v for k, v in zip(LISTS[current], cells, strict=False) if v})
        elif line:
            rows.append(read_indicator(line, rows))
    return table


def put(table, key, name, value):
    if key == "fields":
        table["fields"][name] = value
    elif key == "unplaced":
        table.setdefault("unplaced", []).append(value)
    elif key == "share":
        by, percent = value.split("=")
        shares = table["fields"].setdefault("payment_schedule", [])
        shares.append({"by": by, "percent": percent})
    else:
        table[key] = int(value) if key == "year" else value


def read_indicator(line, before):
    cells = line.split("|")
    row = {}
    for name, text in zip(COLUMNS, cells, strict=False):
        row[name] = before[-1].get(name, "") if text == '"' else text
    for cell in cells[6:]:
        name, _, text = cell.partition("=")
        if name in OWN_COLUMNS:
            row[name] = text
        elif name:
            row.setdefault("extra", {})[name] = text
    return {name: text for name, text in row.items() if text}


# --- writing ---------------------------------------------------------------------------------


def number(text):
    return float(text) if "." in text else int(text)


def parts(text):
    """A cell's text as (kind, value, format, formula)."""
    formula = ""
    if text.startswith("=") and "→" in text:
        formula, text = text.split("→")
    if text.startswith("!"):
        return "error", text[1:], "", formula or "=1/0"
    if match := re.fullmatch(r"#(-?[\d.,]+)(?:;(.*))?", text):
        return "number", number(match[1].replace(",", "")), match[2] or "", formula
    if match := re.fullmatch(r"@(\d{4}-\d\d-\d\d);(.*)", text):
        return "date", datetime.fromisoformat(match[1]), match[2], formula
    return "text", text, "", formula


def write_xlsx(path, drawing):
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001
    for sheet in drawing.sheets:
        page = book.add_worksheet(sheet.name)
        for box in sheet.boxes:
            style = book.add_format({"border": 1, "text_wrap": True})
            if box.rows > 1 or box.cols > 1:
                corner = (box.row + box.rows - 1, box.col + box.cols - 1)
                page.merge_range(box.row, box.col, *corner, "", style)
            put_xlsx(book, page, box, style)
    book.close()


def put_xlsx(book, page, box, style):
    kind, value, form, formula = parts(box.text)
    if form:
        style = book.add_format({"num_format": form, "border": 1})
    if formula:
        page.write_formula(box.row, box.col, formula, style, value)
    elif kind == "number":
        page.write_number(box.row, box.col, value, style)
    elif kind == "date":
        page.write_datetime(box.row, box.col, value, style)
    elif value:
        page.write_string(box.row, box.col, value, style)


def write_xls(path, drawing):
    import xlwt

    book = xlwt.Workbook()
    for sheet in drawing.sheets:
        page = book.add_sheet(sheet.name)
        for box in sheet.boxes:
            _, value, form, _ = parts(box.text)
            style = xlwt.easyxf(num_format_str=form or "General")
            corner = (box.row + box.rows - 1, box.col + box.cols - 1)
            if corner != (box.row, box.col):
                page.write_merge(box.row, corner[0], box.col, corner[1], value, style)
            elif value != "":
                page.write(box.row, box.col, value, style)
    book.save(str(path))


def write_docx(path, drawing):
    import docx

    document = docx.Document()
    sheet = drawing.sheets[0]
    row = 0
    while row < sheet.rows:
        if row in sheet.paragraphs:
            document.add_paragraph(sheet.paragraphs[row])
            row += 1
            continue
        end = next((r for r in range(row, sheet.rows) if r in sheet.paragraphs), sheet.rows)
        table = document.add_table(end - row, sheet.cols, style="Table Grid")
        for box in sheet.boxes:
            if row <= box.row < end:
                top, bottom = box.row - row, box.row - row + box.rows - 1
                cell = table.cell(top, box.col).merge(table.cell(bottom, box.col + box.cols - 1))
                lines = box.text.split("\n")
                cell.text = lines[0]
                for line in lines[1:]:
                    cell.add_paragraph(line)
        row = end
    document.save(str(path))


ODS_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def write_ods(path, drawing):
    sheets = "".join(ods_sheet(sheet) for sheet in drawing.sheets)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_SPACES} '
        f'office:version="1.2"><office:body><office:spreadsheet>{sheets}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", kind, zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)


def ods_sheet(sheet):
    at = {(box.row, box.col): box for box in sheet.boxes}
    rows = "".join(
        "<table:table-row>"
        + "".join(ods_cell(at.get((row, col))) for col in range(sheet.cols))
        + "</table:table-row>"
        for row in range(sheet.rows)
    )
    return f"<table:table table:name={quoteattr(sheet.name)}>{rows}</table:table>"


def ods_cell(box):
    if box is None:
        return "<table:covered-table-cell/>"
    kind, value, form, _ = parts(box.text)
    span = f' table:number-rows-spanned="{box.rows}" table:number-columns-spanned="{box.cols}"'
    shown = value
    if kind == "number":
        span += f' office:value-type="float" office:value="{value}"'
        shown = f"{value:,.2f}" if form == "#,##0.00" else str(value)
    elif value:
        span += ' office:value-type="string"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(shown).split("\n"))
    return f"<table:table-cell{span}>{lines if shown != '' else ''}</table:table-cell>"


WRITERS = {"xlsx": write_xlsx, "xls": write_xls, "docx": write_docx, "ods": write_ods}


def main(names):
    for source in sorted((HERE / "src").glob("*.txt")):
        drawing = read_drawing(source.read_text(encoding="utf-8"))
        path = HERE / drawing.file
        if names and not any(path.name.startswith(name) for name in names):
            continue
        WRITERS[path.suffix[1:]](path, drawing)
        expected = {"file": drawing.file, "what": drawing.what, "tables": drawing.tables}
        text = json.dumps(expected, ensure_ascii=False, indent=1) + "\n"
        path.with_suffix(".json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
