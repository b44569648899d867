"""Writes tests/data/numfmt.json: what LibreOffice shows for many number formats and values.

Run where LibreOffice is installed: ``python -m tests.io.make_numfmt``. The tests only read what
it has written.
"""

import csv
import json
import subprocess
import tempfile
from pathlib import Path

import openpyxl

OUT = Path(__file__).parents[1] / "data/numfmt.json"
VALUES = [
    0, 1, -1, 0.95, -0.0049, 5, -1234.5, 12.345, 48.4, 1234500, 46027.7710648148, 123456789.126,
    0.5, 1e-7,
]  # fmt: skip
ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '
CURRENCY = '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ '
FORMATS = [
    "0", "0.00", "#,##0", "#,##0.00", "0.0###", "#.##", "#,##0.##", "000", "00000", "0.0", "?0.0?",
    "0%", "0.00%", "0.0%", "#%", '0"%"', "0‰",
    "0.00E+00", "##0.0E+0", "0E+0", "0.0E-0", "# ?/?", "# ??/??", "?/?", "# ?/8", "0/100",
    "0,", "0.0,", '0.00,,"百万"', '0.00,"千元"', "0\\.0,", "#,##0.0,",
    '0"."00,,"亿"',
    "000-0000", "000\\-0000", "00-00-00", "(000) 000-0000", '0"年"00"月"', "0000\\年00\\月",
    "# ## ##0",
    ACCOUNTING, CURRENCY, '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    "0.00_);(0.00)", "0.00_);[Red]\\(0.00\\)", "#,##0;-#,##0;-", '0;-0;"无"', "0;-0;", "0;;0",
    ";;;", "0;", '"共"0"次";"缺"0"次"', '"≥"0', '"≥"0.00"%"', '0"次"', '0.00"元"', "0.00\\元",
    '[>=10]0"多";0"少"', '[>=10000]0\\.0,"万";0', '[<0]"负"0;[=0]"零";0.0',
    "[>1]0.0;[<-1]-0.0;0.00",
    "[Red]0;[Blue]-0", "[$¥-804]#,##0.00", "[$￥-804]0.00;[Red][$￥-804]-0.00", "[$$-409]#,##0.00",
    'General"万元"', "General", "@", 'General" 元";-General" 元"', '"-"', '"共"@',
    "[DBNum1]General", "[DBNum2]General", "[DBNum3]General", '[DBNum2]General"元"', "[DBNum1]0",
    "[DBNum1][$-804]General", "[DBNum2][$-804]General", "[DBNum2][$-804]0.00", "[DBNum1][$-804]0%",
    "yyyy/m/d", "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"', "yyyy.mm", "m/d/yy",
    "d-mmm-yy",
    "mmm-yy", "mmmm d, yyyy", "mmmmm", "dddd", "ddd", "yyyymmdd", "[$-804]aaaa", "aaa",
    '[DBNum1][$-804]yyyy"年"m"月"d"日"', '[DBNum1]yyyy"年"m"月"',
    '[DBNum2][$-804]yyyy"年"m"月"d"日"',
    "h:mm", "hh:mm:ss", "h:mm AM/PM", "h:mm:ss.00", "[h]:mm", "[mm]:ss", "[s]", "mm:ss.0",
    "yyyy-mm-dd hh:mm", 'h"时"mm"分"', "yyyy/m/d;@", "[$-F800]dddd, mmmm dd, yyyy",
]  # fmt: skip


def main() -> None:
    """Make a workbook of all of them, let LibreOffice show it, and keep what it shows."""
    result = {"values": VALUES, "shown": {}, "shown1904": {}}
    for key, formats in (("shown", FORMATS), ("shown1904", [f for f in FORMATS if "y" in f])):
        with tempfile.TemporaryDirectory() as folder:
            rows = _shown(Path(folder), formats, date1904=key == "shown1904")
        result[key] = dict(zip(formats, rows, strict=True))
    with OUT.open("w", encoding="utf-8") as file:
        json.dump(result, file, ensure_ascii=False, indent=1)
        file.write("\n")


def _shown(folder: Path, formats: list[str], *, date1904: bool) -> list[list[str]]:
    book = openpyxl.Workbook()
    book.epoch = (
        openpyxl.utils.datetime.CALENDAR_MAC_1904
        if date1904
        else openpyxl.utils.datetime.CALENDAR_WINDOWS_1900
    )
    sheet = book.active
    for row, code in enumerate(formats, 1):
        for col, value in enumerate(VALUES, 1):
            sheet.cell(row, col, value).number_format = code
    for col in range(1, len(VALUES) + 1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(col)].width = 60
    path = folder / "formats.xlsx"
    book.save(path)
    out = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", out, "--outdir", folder, path],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))


if __name__ == "__main__":
    main()
