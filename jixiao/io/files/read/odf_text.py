"""The words of OpenDocument paragraphs as they are seen."""

from __future__ import annotations

from dataclasses import dataclass, field

from jixiao.io.files.read.package import Element, local
from jixiao.io.files.read.raised import raised
from jixiao.io.files.read.symbols import with_symbols
from jixiao.io.files.read.word_xml import attribute

_NOT_SHOWN = frozenset({
    "annotation", "note", "note-body", "tracked-changes", "placeholder", "ruby-text", "hidden-text",
})  # fmt: skip
_MOST_STYLES = 20_000


@dataclass
class OdfWords:
    """What the words of a document depend on: the styles that hide and that raise them.

    ``hidden``: words left out since the last look.
    """

    unseen: set[str] = field(default_factory=set[str])
    high: set[str] = field(default_factory=set[str])
    fonts: dict[str, str] = field(default_factory=dict[str, str])
    hidden: list[str] = field(default_factory=list[str])

    def paragraph(self, element: Element, boxes: list[Element] | None = None) -> str:
        """The words of a paragraph with its blanks, tabs and line breaks.

        Text boxes in it are put into ``boxes``; without such a list their words stay in it.
        """
        pieces = [element.text or ""]
        for child in element:
            pieces.append(self._piece(child, boxes))
            pieces.append(child.tail or "")
        style = attribute(element, "style-name")
        text = with_symbols("".join(pieces), self.fonts.get(style, ""))
        if style in self.unseen:
            if text.strip():
                self.hidden.append(text.strip())
            return ""
        return raised(text) if style in self.high else text

    def _piece(self, element: Element, boxes: list[Element] | None) -> str:
        match local(element):
            case "s":
                return " " * min(count(element, "c"), 1000)
            case "tab":
                return "\t"
            case "line-break":
                return "\n"
            case "text-box" if boxes is not None:
                boxes.append(element)
                return ""
            case kind if kind in _NOT_SHOWN:
                return ""
            case _:
                return self.paragraph(element, boxes)


def read_odf_styles(*roots: Element | None) -> OdfWords:
    """What the styles in these parts say of words."""
    words = OdfWords()
    styles = [style for root in roots if root is not None for style in root.iter("{*}style")]
    for style in styles[:_MOST_STYLES]:
        name = attribute(style, "name")
        for properties in style:
            if local(properties) != "text-properties":
                continue
            if attribute(properties, "display") == "none":
                words.unseen.add(name)
            if attribute(properties, "text-position").startswith("super"):
                words.high.add(name)
            if font := attribute(properties, "font-name") or attribute(properties, "font-family"):
                words.fonts[name] = font
    return words


def count(element: Element, name: str) -> int:
    """A repetition or span: at least 1."""
    text = attribute(element, name)
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1
