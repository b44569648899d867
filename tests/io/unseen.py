"""Small sheets of every file type in which something is hidden, or not what it seems."""

import zipfile
from html import escape

import openpyxl
import xlwt

SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
EXCEL = "urn:schemas-microsoft-com:office:excel"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def xlsx(folder, fill):
    book = openpyxl.Workbook()
    fill(book)
    path = folder / "book.xlsx"
    book.save(path)
    return path


def hidden_xlsx(folder):
    """A hidden column (B), a hidden row (3), a merge out of a hidden column, a hidden sheet."""

    def fill(book):
        sheet = book.active
        sheet.title = "表"
        for row in (1, 2, 3):
            sheet.append([f"甲{row}", f"乙{row}", f"丙{row}"])
        sheet["B4"] = "合并"
        sheet.merge_cells("B4:C4")
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[3].hidden = True
        other = book.create_sheet("备份")
        other["A1"] = "旧"
        other.sheet_state = "veryHidden"

    return xlsx(folder, fill)


def hidden_xls(folder):
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for row in (0, 1, 2):
        for col, letter in enumerate("甲乙丙"):
            sheet.write(row, col, f"{letter}{row + 1}")
    sheet.write_merge(3, 3, 1, 2, "合并")
    sheet.col(1).hidden = True
    sheet.row(2).hidden = True
    other = book.add_sheet("备份")
    other.write(0, 0, "旧")
    other.visibility = 2
    path = folder / "book.xls"
    book.save(str(path))
    return path


def xml2003(folder, tables, styles=""):
    """An XML workbook; ``tables``: name, inside of the table, and whether it is hidden."""
    sheets = "".join(
        f'<Worksheet ss:Name="{name}"><Table>{inside}</Table><x:WorksheetOptions>'
        f"{'<x:Visible>SheetHidden</x:Visible>' if hidden else ''}</x:WorksheetOptions></Worksheet>"
        for name, inside, hidden in tables
    )
    path = folder / "book.xml"
    path.write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{SPREADSHEET}" xmlns:ss="{SPREADSHEET}" '
        f'xmlns:x="{EXCEL}"><Styles>{styles}</Styles>{sheets}</Workbook>',
        encoding="utf-8",
    )
    return path


def xml_row(*texts, **settings):
    told = "".join(f' ss:{key}="{value}"' for key, value in settings.items())
    cells = "".join(f'<Cell><Data ss:Type="String">{escape(text)}</Data></Cell>' for text in texts)
    return f"<Row{told}>{cells}</Row>"


def hidden_xml2003(folder):
    rows = xml_row("甲1", "乙1", "丙1") + xml_row("甲2", "乙2", "丙2")
    rows += xml_row("甲3", "乙3", "丙3", Hidden=1)
    rows += (
        '<Row><Cell ss:Index="2" ss:MergeAcross="1"><Data ss:Type="String">合并</Data></Cell></Row>'
    )
    column = '<Column ss:Index="2" ss:Hidden="1"/>'
    return xml2003(folder, [("表", column + rows, False), ("备份", xml_row("旧"), True)])


def ods(folder, tables, styles=""):
    path = folder / "book.ods"
    content = (
        f'<o:document-content xmlns:o="{OFFICE}:office:1.0" xmlns:t="{OFFICE}:table:1.0" '
        f'xmlns:x="{OFFICE}:text:1.0" xmlns:s="{OFFICE}:style:1.0">'
        f"<o:automatic-styles>{styles}</o:automatic-styles><o:body><o:spreadsheet>{tables}"
        "</o:spreadsheet></o:body></o:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return path


def ods_row(*texts, more=""):
    cells = "".join(
        f'<t:table-cell o:value-type="string"><x:p>{text}</x:p></t:table-cell>' for text in texts
    )
    return f"<t:table-row{more}>{cells}</t:table-row>"


def hidden_ods(folder):
    rows = ods_row("甲1", "乙1", "丙1") + ods_row("甲2", "乙2", "丙2")
    rows += ods_row("甲3", "乙3", "丙3", more=' t:visibility="collapse"')
    rows += (
        '<t:table-row><t:table-cell/><t:table-cell t:number-columns-spanned="2"><x:p>合并</x:p>'
        "</t:table-cell></t:table-row>"
    )
    columns = '<t:table-column/><t:table-column t:visibility="collapse"/><t:table-column/>'
    style = (
        '<s:style s:name="ta2" s:family="table"><s:table-properties t:display="false"/></s:style>'
    )
    tables = f'<t:table t:name="表">{columns}{rows}</t:table>'
    tables += f'<t:table t:name="备份" t:style-name="ta2">{ods_row("旧")}</t:table>'
    return ods(folder, tables, style)


HIDDEN = {"xlsx": hidden_xlsx, "xls": hidden_xls, "xml": hidden_xml2003, "ods": hidden_ods}
