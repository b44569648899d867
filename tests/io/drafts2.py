"""Scores a reading against what was expected, cell by cell: right, flagged or silently wrong."""

import json
import re
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path

from jixiao.io.files.exchange import table_to_json
from jixiao.io.files.read.door import read_grids
from jixiao.io.paper.page.clean import clean_text, squeeze
from jixiao.io.paper.page.clean import key as text_key
from jixiao.io.paper.page.grid import Cell, Part
from jixiao.io.recognise import recognise
from jixiao.model.vocabulary import read_comparator

FOLDER = Path(__file__).parents[1] / "data/drafts2"
META = ("agency", "agency_code", "year", "kind", "title", "money_unit")
LISTS = ("tasks", "items", "spending_details")
INDICATOR = ("level1", "level2", "level3", "comparator", "value", "unit")
TEXTS = ("explanation", "basis", "remark")
UNKNOWN = "?"


@dataclass
class Score:
    """Numbers of cells; ``lines`` tell about every one that is not right."""

    right: int = 0
    asked: int = 0
    flagged: int = 0
    wrong: int = 0
    lines: list[str] = field(default_factory=list)

    def add(self, other):
        self.right += other.right
        self.asked += other.asked
        self.flagged += other.flagged
        self.wrong += other.wrong
        self.lines += other.lines


class Judge:
    """Compares one expected table with one reading."""

    def __init__(self, expected, reading):
        self.expected = expected
        self.reading = reading
        self.got = table_to_json(reading.table) if reading else {}
        self.doubts = reading.doubts if reading else ()
        self.listed = [u.text for u in reading.unplaced] if reading else []
        self.score = Score()

    def judge(self):
        for key in META:
            self.cell(key, key, self.expected.get(key), self.got.get(key))
        self.fields()
        for name in LISTS:
            self.rows(name)
        for name in ("indicators", "period_indicators"):
            self.indicators(name)
        self.unplaced()
        return self.score

    def fields(self):
        want, got = self.expected["fields"], self.got.get("fields", {})
        for key in [*want, *(k for k in got if k not in want)]:
            self.cell(f"fields.{key}", key, want.get(key), got.get(key))

    def rows(self, name):
        want, got = self.expected.get(name) or [], self.got.get(name) or []
        for i in range(max(len(want), len(got))):
            a = want[i] if i < len(want) else {}
            b = got[i] if i < len(got) else {}
            for key in dict.fromkeys([*a, *b]):
                self.cell(f"{name} {i + 1} {key}", key, a.get(key), b.get(key))

    def indicators(self, name):
        want, got = self.expected.get(name) or [], self.got.get(name) or []
        for i in range(max(len(want), len(got))):
            a = want[i] if i < len(want) else {}
            b = got[i] if i < len(got) else {}
            told = {a.get("level3"), b.get("level3")} - {None}
            place = f"{name} {i + 1} {a.get('level3')}"
            for key in (*INDICATOR, *TEXTS):
                self.cell(f"{place} {key}", key, a.get(key), b.get(key), told)
            one, two = a.get("extra") or {}, b.get("extra") or {}
            for key in dict.fromkeys([*one, *two]):
                self.cell(f"{place} extra {key}", key, one.get(key), two.get(key), told)

    def unplaced(self):
        want = list(self.expected.get("unplaced") or [])
        for text in self.listed:
            if text in want:
                want.remove(text)
                self.score.right += 1
            else:
                self.score.flagged += 1
                self.score.lines.append(f"not placed: {text!r}")
        for text in want:
            self.score.wrong += 1
            self.score.lines.append(f"WRONG unplaced is missing: {text!r}")

    def cell(self, where, key, want, got, indicator=None):
        if not want and not got:
            return
        asked = any(
            (d.indicator in indicator if indicator else not d.indicator)
            and (d.field == key or (d.field in INDICATOR and key in INDICATOR))
            for d in self.doubts
        )
        if (want or None) == (got or None):
            self.score.right += 1
            self.score.asked += asked
            return
        flagged = asked or (want and not got and str(want) in self.listed)
        self.score.flagged += bool(flagged)
        self.score.wrong += not flagged
        word = "flagged" if flagged else "WRONG"
        self.score.lines.append(f"{word} {where}: want {want!r} got {got!r}")


def read_draft(name, labels):
    path = FOLDER / name
    return recognise(read_grids(path), labels, path.name)


def expectations():
    return [json.loads(p.read_text(encoding="utf-8")) for p in sorted(FOLDER.glob("*.json"))]


def score_draft(expected, readings):
    """The score of one draft; a table too many or missing is wrong in all its cells."""
    score = Score()
    tables = expected["tables"]
    for i in range(max(len(tables), len(readings))):
        table = tables[i] if i < len(tables) else {"fields": {}}
        score.add(Judge(table, readings[i] if i < len(readings) else None).judge())
    return score


# --- accounting ------------------------------------------------------------------------------

_TOKENS = re.compile(r"[\s：:（）()·，、。；;|【】\[\]“”\"★_/-]+|[≥≤=><＝＞＜≧≦\\$〈〉]+")
_HAN_GAP = re.compile(r"(?<=单) (?=位)")
_NUMBER = re.compile(r"\d[\d.,]*|\D+")
_HEAD_WORDS = re.compile(
    r"(?:指标值|实现值|目标值|预算数|申请金额)$|^(?:金额单位|金额|单位|万元|元|年|分|年度|签字)$"
)
# Plain words of an official form, printed before the agency's name.
_FORM_WORDS = frozenset({"湖南省株洲市"})
_YEAR_HEADING = re.compile(r"^20\d\d年部门预算(?:公开表|绩效文本)$")
_NO_CONTENT = re.compile(
    r"^(?:附[件表]?|附[件表]\d*|指标[\d一二三四五六七八九十]{0,2}|\d{1,2}[.、]?|[一二三四五六七八九十]"
    r"|\d+(?:\.\d+)?分|[…\.。·]+|其中|盖章|公章|geq?|leq?|20\d\d年?度?|万?元)$"
)
_OUTLINE = re.compile(r"^(?:\d{1,2}[.、]|[一二三四五六七八九十]、)")


def unaccounted(grids, readings, labels):
    """The cells of a file that are neither in a table, nor a label, nor listed as not placed."""
    content = []
    for reading in readings:
        _strings(table_to_json(reading.table), content)
    told = squeeze("\n".join(content)) + "\n".join(content)
    hay = _plain(told)
    return [
        (grid.sheet, grid.address(cell.row, cell.col), cell.text)
        for grid in grids
        for cell in grid.cells
        if clean_text(cell.text) and not _accounted(clean_text(cell.text), hay, labels)
    ]


def _strings(value, into):
    if isinstance(value, dict):
        for name, inner in value.items():
            into.append(name)
            _strings(inner, into)
    elif isinstance(value, list):
        for inner in value:
            _strings(inner, into)
    elif value is not None:
        into.append(str(value))


def _plain(text):
    text = unicodedata.normalize("NFKC", clean_text(text))
    return re.sub(r"[\s,\u200b]+", "", text)


def _accounted(text, hay, labels):
    if _plain(text) in hay or _is_word(squeeze(text), labels):
        return True
    if read_comparator(text) is not None or _YEAR_HEADING.match(text):
        return True
    tokens = [
        part for token in _TOKENS.split(_HAN_GAP.sub("", text)) for part in _NUMBER.findall(token)
    ]
    return all(
        _plain(token) in hay
        or _plain(_OUTLINE.sub("", token)) in hay
        or _is_word(token, labels)
        or bool(_NO_CONTENT.match(unicodedata.normalize("NFKC", token)))
        for token in tokens
    )


def _is_word(text, labels):
    """True for a label or the head of a column."""
    words = text_key(text)
    if _HEAD_WORDS.search(words) or text in _FORM_WORDS:
        return True
    found = labels.meaning(words)
    if labels.is_label(words) or any(found.columns.values()):
        return True
    return read_comparator(text) is not None


def all_text(readings):
    """Every string that the readings hold."""
    content = []
    for reading in readings:
        _strings(table_to_json(reading.table), content)
    return "\n".join(content)


def blank_places(grid):
    """Row and column of every blank cell between the outermost texts, not of paragraphs."""
    taken = {
        (row, col)
        for cell in grid.cells
        if cell.text.strip()
        for row in range(cell.row, cell.bottom)
        for col in range(cell.col, cell.right)
    }
    for row in range(len(grid.rows)):
        for col in range(len(grid.columns)):
            cell = grid.at(row, col)
            first = cell is None or (cell.row, cell.col) == (row, col)
            if first and (row, col) not in taken and row not in grid.paragraph_rows:
                yield row, col


def with_text(grid, row, col, text):
    """The page with a text in one blank cell."""
    old = grid.at(row, col) or Cell(row, col)
    cells = [cell for cell in grid.cells if cell is not old]
    cells.append(replace(old, parts=(Part(text),)))
    return replace(grid, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))))
