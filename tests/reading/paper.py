"""What a draft is drawn with: figures of a table, and pages on which they are laid out.

A table is told once, as data. A draft's drawing takes its texts from the table, so that what must
be read and what stands on the paper cannot part.
"""

from dataclasses import dataclass, field, replace

SIX = ("level1", "level2", "level3", "comparator", "value", "unit")
OWN = ("explanation", "basis", "remark")


@dataclass(frozen=True)
class Ind:
    """One indicator; ``extra`` holds texts of columns that the exchange format has no name for.

    ``printed`` is the target as a joined cell shows it where that is not sign, value and unit.
    """

    level1: str | None = None
    level2: str | None = None
    level3: str | None = None
    comparator: str | None = None
    value: str | None = None
    unit: str | None = None
    explanation: str | None = None
    basis: str | None = None
    remark: str | None = None
    printed: str | None = None
    extra: dict = field(default_factory=dict)

    def joined(self):
        if self.printed is not None:
            return self.printed
        sign = "" if self.comparator in {None, "定性"} else self.comparator
        return sign + (self.value or "") + (self.unit or "")

    def expected(self):
        told = {key: getattr(self, key) for key in (*SIX, *OWN) if getattr(self, key) is not None}
        extra = {head: text for head, text in self.extra.items() if text}
        return told | ({"extra": extra} if extra else {})


def rows(text):
    """Indicators, one a line: level1|level2|level3|comparator|value|unit|name=text|…

    ``"`` repeats the level above, a blank is nothing; names are those of Ind, others are extra.
    """
    found = []
    for line in text.strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        six = dict(zip(SIX, cells, strict=False))
        for name, told in six.items():
            six[name] = getattr(found[-1], name) if told == '"' else told or None
        more = dict(cell.split("=", 1) for cell in cells[6:] if cell)
        own = {name: more.pop(name) for name in (*OWN, "printed") if name in more}
        found.append(Ind(**six, **own, extra=more))
    return found


@dataclass
class Table:
    """A table as a careful human reads it.

    Attributes:
        fields: Header fields, by the keys of the exchange format.
        other: Labels with texts that have no such key; they may turn up anywhere, but in no field.
        either: Other readings that are as fair: path (``fields.project_amount``,
            ``indicators.0.level1``) → further texts, None for nothing.
    """

    kind: str = "project"
    title: str | None = None
    agency: str | None = None
    agency_code: str | None = None
    year: int | None = None
    money_unit: str | None = None
    stage: str | None = None
    fields: dict = field(default_factory=dict)
    indicators: list = field(default_factory=list)
    period_indicators: list = field(default_factory=list)
    tasks: list = field(default_factory=list)
    items: list = field(default_factory=list)
    spending_details: list = field(default_factory=list)
    other: dict = field(default_factory=dict)
    either: dict = field(default_factory=dict)

    def __getitem__(self, name):
        return self.fields[name] if name in self.fields else self.other[name]

    def expected(self):
        told = {"kind": self.kind}
        for name in ("title", "agency", "agency_code", "year", "money_unit"):
            told[name] = getattr(self, name)
        if self.stage:
            told["stage"] = self.stage
        told["fields"] = self.fields
        told["indicators"] = [one.expected() for one in self.indicators]
        if self.period_indicators:
            told["period_indicators"] = [one.expected() for one in self.period_indicators]
        for name in ("tasks", "items", "spending_details", "other", "either"):
            if getattr(self, name):
                told[name] = getattr(self, name)
        return told


# --- the paper -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Number:
    """A cell that holds a number, as ``value`` with an Excel format; not a text."""

    value: str
    format: str = "General"

    def shown(self):
        """The text that a reader sees, for papers without numbers."""
        number = float(self.value)
        places = len(self.format.removesuffix("%").partition(".")[2])
        if self.format.endswith("%"):
            return f"{number * 100:.{places}f}%"
        if self.format.startswith("#,##0"):
            return f"{number:,.{places}f}"
        if places:
            return f"{number:.{places}f}"
        return self.value


@dataclass(frozen=True)
class Day:
    """A cell that holds a date with an Excel format; ``text`` is what a reader sees."""

    value: str
    format: str
    text: str

    def shown(self):
        return self.text


@dataclass
class Box:
    row: int
    col: int
    text: object = ""
    rows: int = 1
    cols: int = 1


@dataclass
class Page:
    """A sheet, or a document; rows are filled from the top like those of an HTML table."""

    width: int
    name: str = "Sheet1"
    left: int = 0
    boxes: list = field(default_factory=list)
    paragraphs: dict = field(default_factory=dict)
    next: int = 0
    taken: set = field(default_factory=set)

    def put(self, row, col, text, cols=1, rows=1):
        box = Box(row, col, text, rows, cols)
        self.boxes.append(box)
        self.taken |= {(r, c) for r in range(row, row + rows) for c in range(col, col + cols)}
        return box

    def row(self, *cells):
        """A row of cells, each a text or (text, columns) or (text, columns, rows)."""
        col = self.left
        for cell in cells:
            text, cols, rows = ((*cell, 1, 1)[:3]) if isinstance(cell, tuple) else (cell, 1, 1)
            while (self.next, col) in self.taken:
                col += 1
            self.put(self.next, col, text, cols, rows)
            col += cols
        self.next += 1
        return self

    def line(self, text):
        """A text over the whole width."""
        return self.row((text, self.width))

    def say(self, text):
        """A paragraph of a document; on a sheet a text in the first column, not merged."""
        self.paragraphs[self.next] = text
        self.next += 1
        return self

    def gap(self, number=1):
        self.next += number
        return self


@dataclass
class Draft:
    file: str
    what: str
    pages: list
    tables: list
    not_taken: list = field(default_factory=list)
    """Headings or first cells of what stands on the paper and is no performance table."""

    def expected(self):
        told = {"file": self.file, "what": self.what}
        told["tables"] = [table.expected() for table in self.tables]
        return told | ({"not_taken": self.not_taken} if self.not_taken else {})


# --- blocks of indicators --------------------------------------------------------------------


def name(key):
    """The cell of a column that shows one property of an indicator."""
    return lambda one: getattr(one, key) or ""


def extra(head):
    return lambda one: one.extra.get(head, "")


def joined(one):
    return one.joined()


def drawn(cell, **signs):
    """A column's cell with signs drawn otherwise: ge, le, eq, gt, lt, or q for 定性."""
    marks = {"ge": "≥", "le": "≤", "eq": "=", "gt": ">", "lt": "<", "q": "定性"}
    change = {marks[key]: text for key, text in signs.items()}

    def text(one):
        shown = cell(one)
        for mark, other in change.items():
            if shown.startswith(mark):
                return other + shown[len(mark) :]
        return shown

    return text


L1, L2, L3, SIGN, VALUE, UNIT = (name(key) for key in SIX)
EXPLANATION, BASIS, REMARK = (name(key) for key in OWN)
JOINED = joined


def value_unit(one):
    return (one.value or "") + (one.unit or "")


def sign_value(one):
    return replace(one, unit=None, printed=None).joined()


_CELLS = {"1": L1, "2": L2, "3": L3, "s": SIGN, "v": VALUE, "u": UNIT, "j": JOINED,
    "e": EXPLANATION, "b": BASIS, "r": REMARK, "vu": value_unit, "sv": sign_value}  # fmt: skip


def cols(text, **signs):
    """Columns told shortly: ``head=code|…``; x is the extra text of that head, xNAME another.

    Codes: 1 2 3 levels, s sign, v value, u unit, j joined, e explanation, b basis, r remark;
    ``signs`` draw signs otherwise.
    """
    found = []
    for part in text.replace("\n", "").split("|"):
        head, _, code = part.strip().rpartition("=")
        if code.startswith("x"):
            cell = extra(code[1:] or head)
        elif code == "-":
            cell = lambda one: ""  # noqa: E731
        else:
            cell = _CELLS[code]
        found.append((head, drawn(cell, **signs) if signs and code in {"s", "j", "sv"} else cell))
    return found


def block(page, indicators, columns, levels="merge", label=None, heads=True, spans=None):
    """Draws indicators: ``columns`` are pairs of head and cell, ``spans`` their widths.

    ``levels``: merge (one cell over its run), repeat, first (only the run's first row is filled).
    ``label`` is a cell on the left, over head and rows.
    """
    spans = spans or [1] * len(columns)
    front = [(label, 1, len(indicators) + bool(heads))] if label is not None else []
    if heads:
        page.row(*front, *((head, span) for (head, _), span in zip(columns, spans, strict=True)))
        front = []
    for number, one in enumerate(indicators):
        cells, front = front, []
        for (_, cell), span in zip(columns, spans, strict=True):
            run, first = level_run(indicators, number, cell)
            if run and levels == "merge":
                if first:
                    cells.append((cell(one), span, run))
            elif run and levels == "first" and not first:
                cells.append(("", span))
            else:
                cells.append((cell(one), span))
        page.row(*cells)
    return page


def level_run(indicators, number, cell):
    """Length of the run of equal levels at a row, and whether it begins there; 0 for others."""
    keys = {L1: ("level1",), L2: ("level1", "level2")}.get(cell)
    if keys is None:
        return 0, True

    def same(a, b):
        return all(getattr(a, key) == getattr(b, key) for key in keys)

    one = indicators[number]
    first = number == 0 or not same(indicators[number - 1], one)
    end = number + 1
    while end < len(indicators) and same(indicators[end], one):
        end += 1
    return end - number, first
