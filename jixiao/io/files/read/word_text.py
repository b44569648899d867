"""The words of Word's paragraphs as they are seen: no hidden or deleted ones, numbers before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from jixiao.io.files.read.package import Element, local
from jixiao.io.files.read.raised import raised
from jixiao.io.files.read.symbols import symbol, with_symbols
from jixiao.io.files.read.word_numbers import LONGEST_NUMBER, Numbers
from jixiao.io.files.read.word_styles import Look, Styles, list_place
from jixiao.io.files.read.word_xml import attribute, child, children, is_on, number

_SKIPPED = frozenset({
    "pPr", "rPr", "Fallback", "rt", "instrText", "delInstrText", "sdtPr", "ffData", "binData",
    "annotationRef", "footnoteReference", "endnoteReference",
})  # fmt: skip
_HINTS = frozenset({
    "单击或点击此处输入文字。", "单击此处输入文字。", "选择一项。", "单击或点击以输入日期。",
    "单击此处输入日期。", "单击或点击此处输入日期。", "Click or tap here to enter text.",
    "Choose an item.", "Click or tap to enter a date.", "Click here to enter text.",
})  # fmt: skip
_DELETED = frozenset({"del", "moveFrom", "delText"})
_SIGNS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-",
    "softHyphen": "",
}  # fmt: skip


@dataclass
class Words:
    """What a document's words depend on, and what was met in them that nobody sees.

    ``hidden``: words left out since the last look; ``struck``: words with a line through them, read
    since then; ``revised``: some were deleted in a revision.
    """

    styles: Styles = field(default_factory=Styles)
    numbers: Numbers = field(default_factory=Numbers)
    hidden: list[str] = field(default_factory=list[str])
    struck: list[str] = field(default_factory=list[str])
    revised: bool = False
    _chosen: bool = False

    def paragraph(self, paragraph: Element, boxes: list[Element], *, counted: bool = False) -> str:
        """The words of a paragraph with its number.

        Args:
            paragraph: its element.
            boxes: text boxes in it are put here.
            counted: the number is told also where nothing else is written.
        """
        properties = child(paragraph, "pPr")
        style = attribute(child(properties, "pStyle"))
        text = "".join(self._pieces(paragraph, style, boxes))
        shown = self._number(properties, style)
        if text.strip() in _HINTS:  # formats without content controls keep what these say
            text = ""
        return shown + text if counted or text.strip() else text

    def _number(self, properties: Element | None, style: str) -> str:
        """The number before a paragraph; Word 2003 has written down what it shows."""
        told = child(properties, "listPr")
        if told is not None:
            shown = with_symbols(attribute(child(told, "t"))[:LONGEST_NUMBER])
            return shown if any(char.isalnum() for char in shown) else ""
        place = list_place(properties) or self.styles.lists.get(style or self.styles.default)
        return self.numbers.next(place, style)

    def _pieces(self, paragraph: Element, style: str, boxes: list[Element]) -> Iterator[str]:
        waiting = list(reversed(paragraph))
        while waiting:
            element = waiting.pop()
            kind = local(element)
            if kind in _DELETED or is_deletion(element):
                self.revised = self.revised or any(True for _ in element.iter("{*}r"))
            elif kind == "r":
                yield self._run(element, style, boxes)
            elif kind == "txbxContent":
                boxes.append(element)
            elif kind not in _SKIPPED:
                waiting.extend(reversed(element))

    def _run(self, run: Element, style: str, boxes: list[Element]) -> str:
        look = self.styles.look(style, child(run, "rPr"))
        chosen = self._chosen
        text = "".join(self._run_pieces(run, look, boxes))
        if chosen and self._chosen:
            return ""  # what was chosen from a list has been told at its beginning
        if look.hidden:
            if text.strip():
                self.hidden.append(text.strip())
            return ""
        if look.struck and text.strip():
            self.struck.append(text.strip())
        return raised(text) if look.align == "superscript" else text

    def _run_pieces(self, run: Element, look: Look, boxes: list[Element]) -> Iterator[str]:
        waiting = list(reversed(run))
        while waiting:
            element = waiting.pop()
            kind = local(element)
            if kind == "t":
                yield with_symbols(element.text or "", look.font)
            elif kind in _SIGNS:
                yield _SIGNS[kind]
            elif kind == "sym":
                yield _symbol(element)
            elif kind == "fldChar":
                yield self._field(element)
            elif kind == "txbxContent":
                boxes.append(element)
            elif kind == "delText":
                self.revised = True
            elif kind not in _SKIPPED:
                waiting.extend(reversed(element))

    def _field(self, mark: Element) -> str:
        """What a box to tick or a list to choose from shows, at the beginning of its field."""
        if attribute(mark, "fldCharType") != "begin":
            self._chosen = self._chosen and attribute(mark, "fldCharType") != "end"
            return ""
        data = child(mark, "ffData")
        self._chosen = child(data, "ddList") is not None
        return _form_field(data)


def is_deletion(element: Element) -> bool:
    """True for what Word 2003 keeps of a deletion."""
    return attribute(element, "type") == "Word.Deletion"


def _symbol(element: Element) -> str:
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return ""
    return symbol(code, attribute(element, "font"))


def _form_field(data: Element | None) -> str:
    """What a box to tick or a list to choose from shows; other fields have their words behind."""
    box, choice = child(data, "checkBox"), child(data, "ddList")
    if box is not None:
        ticked = is_on(box, "checked")
        ticked = is_on(box, "default") if ticked is None else ticked
        return "☑" if ticked else "□"
    if choice is None:
        return ""
    entries = [attribute(entry) for entry in children(choice, "listEntry")]
    chosen = number(child(choice, "result"), number(child(choice, "default"), 0))
    return entries[chosen] if chosen < len(entries) else ""


def without_hints(root: Element) -> None:
    """Empties the content controls that only show what is to be filled in there."""
    inner: set[Element] = set()
    for control in root.iter("{*}sdt"):
        if control in inner or not is_on(child(control, "sdtPr"), "showingPlcHdr"):
            continue
        for element in control.iter("{*}t", "{*}sym", "{*}sdt"):
            kind = local(element)
            if kind == "sdt":
                inner.add(element)
            elif kind == "sym":
                element.clear()
            else:
                element.text = ""
