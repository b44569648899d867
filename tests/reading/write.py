"""Writes drafts as files whose bytes depend on nothing but the draft."""

import io
import re
import zipfile
from datetime import datetime
from xml.sax.saxutils import escape

from tests.reading.paper import Day, Number

ZERO = (2026, 1, 1, 0, 0, 0)


def plain(value):
    """The text that a cell shows."""
    return value.shown() if isinstance(value, Number | Day) else value


def texts(page):
    """The boxes of a page, paragraphs among them as (row, col, text, rows, cols)."""
    found = [(box.row, box.col, box.text, box.rows, box.cols) for box in page.boxes]
    found += [(row, page.left, text, 1, 1) for row, text in page.paragraphs.items()]
    return sorted(found, key=lambda box: box[:2])


def write(draft, folder):
    """Writes one draft into a folder; the end of its name tells the format."""
    path = folder / draft.file
    path.write_bytes(WRITERS[path.suffix](draft))


def xlsx(draft):
    import openpyxl
    from openpyxl.styles import Alignment, Border, Side

    thin = Side(style="thin")
    border, wrap = Border(thin, thin, thin, thin), Alignment(wrap_text=True, vertical="center")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in draft.pages:
        sheet = book.create_sheet(page.name)
        for row, col, text, rows, cols in texts(page):
            cell = sheet.cell(row + 1, col + 1)
            fill_xlsx(cell, text)
            cell.border, cell.alignment = border, wrap
            if rows > 1 or cols > 1:
                sheet.merge_cells(None, row + 1, col + 1, row + rows, col + cols)
    into = io.BytesIO()
    book.save(into)
    return settled(into.getvalue())


def fill_xlsx(cell, text):
    if isinstance(text, Number):
        cell.value = float(text.value) if "." in text.value else int(text.value)
        cell.number_format = text.format
    elif isinstance(text, Day):
        cell.value = datetime.fromisoformat(text.value)
        cell.number_format = text.format
    elif text:
        cell.value = text
        cell.data_type = "s"


def settled(content):
    """A zip without the time of its making."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(into, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "docProps/core.xml":
                data = re.sub(rb">\d{4}-\d\d-\d\dT[\d:]+Z<", b">2026-01-01T00:00:00Z<", data)
            put(new, entry.filename, data)
    return into.getvalue()


def put(package, filename, data):
    entry = zipfile.ZipInfo(filename, ZERO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(entry, data)


def xls(draft):
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    for page in draft.pages:
        sheet = book.add_sheet(page.name)
        for row, col, text, rows, cols in texts(page):
            value, form = text, "General"
            if isinstance(text, Number):
                value, form = float(text.value), text.format
            elif isinstance(text, Day):
                value, form = datetime.fromisoformat(text.value), text.format
            style = xlwt.easyxf(num_format_str=form)
            if rows > 1 or cols > 1:
                sheet.write_merge(row, row + rows - 1, col, col + cols - 1, value, style)
            elif value != "":
                sheet.write(row, col, value, style)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx(draft):
    (page,) = draft.pages
    body, start = [], 0
    for row in sorted({*page.paragraphs, page.next}):
        if row > start:
            body.append(docx_table(page, start, row))
        if row in page.paragraphs:
            body.append(docx_paragraph(page.paragraphs[row]))
        start = row + 1
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{SPACE}"><w:body>'
        f"{''.join(body)}<w:p/></w:body></w:document>"
    )
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as package:
        put(package, "[Content_Types].xml", TYPES)
        put(package, "_rels/.rels", RELATIONS)
        put(package, "word/document.xml", document)
    return into.getvalue()


def docx_paragraph(text):
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in str(text).split("\n")
    )
    return f"<w:p><w:r>{lines}</w:r></w:p>"


def docx_table(page, top, bottom):
    boxes = [box for box in page.boxes if top <= box.row < bottom]
    if not boxes:
        return "<w:p/>"
    width = max(box.col + box.cols for box in boxes)
    at = {(r, box.col): box for box in boxes for r in range(box.row, box.row + box.rows)}
    grid = '<w:gridCol w:w="1200"/>' * width
    lines = []
    for row in range(top, bottom):
        cells, col = [], 0
        while col < width:
            box = at.get((row, col))
            cells.append(docx_cell(box, row))
            col += box.cols if box else 1
        lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    properties = '<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"


def docx_cell(box, row):
    if box is None:
        return "<w:tc><w:p/></w:tc>"
    merge = (
        "" if box.rows == 1 else '<w:vMerge w:val="restart"/>' if row == box.row else "<w:vMerge/>"
    )
    span = f'<w:gridSpan w:val="{box.cols}"/>' if box.cols > 1 else ""
    text = plain(box.text) if row == box.row else ""
    inner = "".join(map(docx_paragraph, text.split("\n"))) if text else "<w:p/>"
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{inner}</w:tc>"


WRITERS = {".xlsx": xlsx, ".xls": xls, ".docx": docx}


def grids(draft):
    """The pages of a draft as the grids that a reader of files would make of them."""
    from jixiao.io.paper.page.grid import Cell, Grid, Part, RowFormat

    found = []
    for page in draft.pages:
        boxes = texts(page)
        cells = tuple(
            Cell(row, col, rows, cols, (Part(plain(text)),) if text else ())
            for row, col, text, rows, cols in boxes
        )
        height = max(row + rows for row, _, _, rows, _ in boxes)
        width = max(col + cols for _, col, _, _, cols in boxes)
        written = frozenset(page.paragraphs) if draft.file.endswith(".docx") else frozenset()
        sizes = (RowFormat(),) * height, (50.0,) * width
        found.append(Grid(cells, *sizes, sheet=page.name, paragraph_rows=written))
    return found
