"""Files made to cost time or memory: each is read or refused within bounds, in a child process.

The bounds are two seconds of the processor and 300 MB for the whole process.
"""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

MOST_SECONDS, MOST_MB = 2.0, 300
DRAFT = Path(__file__).parents[1] / "data/drafts/lukou2026-project-1.xlsx"
WORKBOOK = '<workbook><sheets><sheet name="表"/></sheets></workbook>'
HEAD, TAIL = b"<worksheet><sheetData>", b"</sheetData></worksheet>"
TEXT_CELL = b'<c t="str"><v>x</v></c>'
CHILD = """
import json, resource, sys, time
from pathlib import Path
from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.importing.drafts import read_draft
from jixiao.app.importing.sources import open_sources
from jixiao.model.errors import RefusedFileError

forms = FormLibrary([])
forms.labels
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
for path in map(Path, sys.argv[1:]):
    Path("/proc/self/clear_refs").write_text("5")  # begin to look for the peak anew
    start = time.process_time()
    try:
        with open_sources([path]) as sources:
            reason = sources[0].reason
            if not reason:
                read_draft(forms, sources[0].path, "草稿")
    except RefusedFileError as error:
        reason = str(error)
    seconds = time.process_time() - start
    status = Path("/proc/self/status").read_text().split()
    peak = int(status[status.index("VmHWM:") + 1]) // 1024
    print(json.dumps([path.name, reason, seconds, peak]), flush=True)
"""


def package(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name, content in parts.items():
            with target.open(name, "w", force_zip64=True) as part:
                for piece in [content] if isinstance(content, bytes | str) else content:
                    part.write(piece.encode() if isinstance(piece, str) else piece)


def sheet(*pieces, **more):
    return {"xl/workbook.xml": WORKBOOK, "xl/worksheets/sheet1.xml": pieces, **more}


def word(*pieces):
    start = '<w:document xmlns:w="w"><w:body>'
    return {"word/document.xml": [start, *pieces, "</w:body></w:document>"]}


def spreadsheet(rows):
    start = '<o:d xmlns:o="o" xmlns:t="t" xmlns:x="x"><o:spreadsheet><t:table>'
    content = [start, rows, "</t:table></o:spreadsheet></o:d>"]
    return {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}


def ghost_rows():
    for first in range(2, 1_040_000, 10_000):
        rows = range(first, first + 10_000)
        yield b"".join(b'<row ht="14" r="%d"><c s="1" r="A%d"/></row>' % (n, n) for n in rows)


CORNERS = (
    b'<row r="1"><c r="A1" t="str"><v>x</v></c></row>'
    b'<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>'
)
SHEETS = "".join(f'<sheet name="{n}" r:id="r1"/>' for n in range(2000))
RELATION = '<R><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s.xml"/></R>'
FORMATS = "".join(
    f'<numFmt numFmtId="{n + 200}" formatCode="{"0.0%" * 50}{n}"/>' for n in range(9000)
)
STYLES = f"<s><numFmts>{FORMATS}</numFmts><cellXfs>" + "".join(
    f'<xf numFmtId="{n + 200}"/>' for n in range(9000)
)
FORMATTED = b"".join(b'<c s="%d"><v>1.5</v></c>' % n for n in range(1900))
MERGES = b"".join(b'<mergeCell ref="A%d:CV%d"/>' % (n, n + 2) for n in range(1, 20_000, 3))
CELL = '<w:tc><w:tcPr><w:gridSpan w:val="120"/>{}</w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>'

PACKAGES = {
    "ghost.xlsx": lambda: sheet(HEAD, *ghost_rows(), TAIL),
    "corners.xlsx": lambda: sheet(b'<worksheet><dimension ref="A1"/><sheetData>', CORNERS, TAIL),
    "dimension.xlsx": lambda: sheet(
        b'<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row>', TEXT_CELL, b"</row>", TAIL
    ),
    "merge.xlsx": lambda: sheet(
        HEAD, CORNERS, b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        b"</worksheet>",
    ),
    "merges.xlsx": lambda: sheet(
        HEAD, (b"<row>" + TEXT_CELL + b"</row>") * 19_999, b"</sheetData><mergeCells>", MERGES,
        b"</mergeCells></worksheet>",
    ),
    "strings.xlsx": lambda: sheet(
        HEAD, b'<row><c t="s"><v>0</v></c></row>', TAIL,
        **{"xl/sharedStrings.xml": [b"<sst>", *[b"<si><t>x</t></si>" * 1000] * 600, b"</sst>"]},
    ),
    "long-strings.xlsx": lambda: sheet(
        HEAD, b'<row><c t="s"><v>0</v></c></row>', TAIL,
        **{"xl/sharedStrings.xml": [b"<sst>", *[b"<si><t>" + b"x" * 90_000 + b"</t></si>"] * 900]},
    ),
    "one-string.xlsx": lambda: sheet(
        HEAD, (b"<row>" + b'<c t="s"><v>0</v></c>' * 10 + b"</row>") * 9000, TAIL,
        **{"xl/sharedStrings.xml": f"<sst><si><t>{'甲' * 30_000}</t></si></sst>"},
    ),
    "long-cell.xlsx": lambda: sheet(
        HEAD, b'<row><c t="str"><v>', b"x" * 3_000_000, b"</v></c></row>", TAIL
    ),
    "deep.xlsx": lambda: sheet(HEAD, b"<a>" * 100_000, TAIL),
    "attributes.xlsx": lambda: sheet(
        HEAD, b"<row ", b" ".join(b'a%d="1"' % n for n in range(100_000)), b"/>", TAIL
    ),
    "formats.xlsx": lambda: sheet(
        HEAD, b"<row>", FORMATTED, b"</row>", TAIL, **{"xl/styles.xml": STYLES + "</cellXfs></s>"}
    ),
    "one-part.xlsx": lambda: {
        "xl/workbook.xml": f'<workbook xmlns:r="r"><sheets>{SHEETS}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": RELATION,
        "xl/worksheets/s.xml": [HEAD, b" " * 5_000_000, b"<row>", TEXT_CELL, b"</row>", TAIL],
    },
    "cyclic.xlsx": lambda: {
        "xl/workbook.xml": '<workbook xmlns:r="r"><sheet name="a" r:id="r1"/></workbook>',
        "xl/_rels/workbook.xml.rels": RELATION.replace("worksheets/s.xml", "workbook.xml"),
    },
    "bomb.xlsx": lambda: sheet(HEAD, *[b" " * 1_000_000] * 300),
    "parts.xlsx": lambda: {"xl/workbook.xml": WORKBOOK} | {f"{n:060}": b"" for n in range(40_000)},
    "nested.docx": lambda: word("<w:tbl><w:tr><w:tc>" * 80, "</w:tc></w:tr></w:tbl>" * 80),
    "spans.docx": lambda: word(
        "<w:tbl><w:tr>", CELL.format('<w:vMerge w:val="restart"/>'), "</w:tr>",
        *["<w:tr>" + CELL.format("<w:vMerge/>") + "</w:tr>"] * 15_000, "</w:tbl>",
    ),
    "elements.docx": lambda: word(*["<w:p/>" * 1000] * 3000),
    "repeated.ods": lambda: spreadsheet(
        '<t:table-row t:number-rows-repeated="1048576"><t:table-cell '
        't:number-columns-repeated="16384"><x:p>x</x:p></t:table-cell></t:table-row>'
    ),
    "merged.ods": lambda: spreadsheet(
        "<t:table-row><t:table-cell><x:p>x</x:p></t:table-cell></t:table-row>"
        '<t:table-row t:number-rows-repeated="1048576"><t:table-cell '
        't:number-columns-spanned="16384" t:number-rows-spanned="1048576"/></t:table-row>'
    ),
    "hidden.ods": lambda: spreadsheet(
        '<t:table-row t:visibility="collapse" t:number-rows-repeated="9999"/>' * 20_000
    ),
    "bomb.zip": lambda: {"a.xlsx": [bytes(1_000_000)] * 120},
}  # fmt: skip
ENTITIES = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
PLAIN = {
    "nested.html": lambda: "<table><tr><td>" * 3000,
    "nested-large.html": lambda: ("<table>" + "<tr><td>a<td>b" * 4 + "<tr><td>") * 2000,
    "spans.html": lambda: "<html><table>" + "<tr><td rowspan=65535 colspan=1000>x" * 1000,
    "entities.html": lambda: f'<!DOCTYPE html [<!ENTITY a "x">{ENTITIES}]><table><td>&j;</table>',
    "entities.xls": lambda: (
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "x">{ENTITIES}]>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&j;</Workbook>'
    ),
    "far.xls": lambda: (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:s="s"><Worksheet><Table><Row s:Index="1048576"><Cell s:Index="16384" '
        's:MergeDown="99999999"><Data>x</Data></Cell></Row></Table></Worksheet></Workbook>'
    ),
    "commas.csv": lambda: "," * 15_000_000,
    "lines.csv": lambda: "\n" * 15_000_000,
    "quote.csv": lambda: 'a,"' + "x" * 15_000_000,
    "deep.json": lambda: '{"a":' * 300_000,
    "lists.json": lambda: '{"format":"jixiao-exchange","version":1,"tables":[' + "[]," * 5_000_000,
    "tables.json": lambda: (
        '{"format":"jixiao-exchange","version":1,"tables":[' + "{}," * 500_000 + "{}]}"
    ),
    "parts.mht": lambda: "MIME-Version: 1.0\n" + "--b\nContent-Type: text/html\n\nx\n" * 100_000,
    "zeros.xls": lambda: "\0" * 40_000_000,
}
GOOD = "picture.xlsx"
NAMES = [*PACKAGES, *PLAIN, GOOD]


def picture(path):
    """A good draft with 100 MB of something else in it."""
    path.write_bytes(DRAFT.read_bytes())
    with zipfile.ZipFile(path, "a") as target, target.open("xl/media/a.png", "w") as part:
        for _ in range(100):
            part.write(bytes(1 << 20))


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Reason, seconds and MB of each file; a file is missing when the child died of it."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the peak of a process is told otherwise there")
    folder = tmp_path_factory.mktemp("hostile")
    for name, parts in PACKAGES.items():
        package(folder / name, parts())
    for name, text in PLAIN.items():
        (folder / name).write_text(text(), "utf-8")
    picture(folder / GOOD)
    child = subprocess.run(
        [sys.executable, "-c", CHILD, *(str(folder / name) for name in NAMES)],
        capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stdout[-300:] + child.stderr[-3000:]
    return {name: rest for name, *rest in map(json.loads, child.stdout.splitlines())}


@pytest.mark.parametrize("name", NAMES)
def test_bounds(measured, name):
    reason, seconds, used = measured[name]
    if name != GOOD:
        assert any("\u4e00" <= char <= "\u9fff" for char in reason)
        assert "\n" not in reason
    else:
        assert reason == ""
    assert seconds <= MOST_SECONDS
    assert used <= MOST_MB
