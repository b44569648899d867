"""What the styles of a Word document say of its paragraphs and words."""

from __future__ import annotations

from dataclasses import dataclass, field

from jixiao.io.files.read.package import Element, local
from jixiao.io.files.read.word_xml import attribute, child, children, is_on, number

_MOST_STYLES, _DEEPEST = 5_000, 20


@dataclass(frozen=True, slots=True)
class Look:
    """What is told of words; None and "" where it is left to the style below."""

    hidden: bool | None = None
    struck: bool | None = None
    align: str = ""
    font: str = ""

    def over(self, other: Look) -> Look:
        """This look where it tells, else the other one's."""
        if self is _PLAIN:
            return other
        hidden = other.hidden if self.hidden is None else self.hidden
        struck = other.struck if self.struck is None else self.struck
        return Look(hidden, struck, self.align or other.align, self.font or other.font)


_PLAIN = Look()
_LOOKS = frozenset({"rFonts", "vertAlign", "strike", "dstrike", "vanish"})


@dataclass(frozen=True, slots=True)
class ListPlace:
    """The list and the level of a paragraph; list 0 is none."""

    list_id: int
    level: int | None = None


@dataclass
class Styles:
    """Looks and lists by the id of a style, those of the styles it is based on included."""

    looks: dict[str, Look] = field(default_factory=dict[str, Look])
    lists: dict[str, ListPlace] = field(default_factory=dict[str, ListPlace])
    default: str = ""

    def look(self, paragraph_style: str, run: Element | None) -> Look:
        """The look of words by their own properties, their style and that of the paragraph."""
        look = _look(run)
        if style := attribute(child(run, "rStyle")):
            look = look.over(self.looks.get(style, _PLAIN))
        return look.over(self.looks.get(paragraph_style or self.default, _PLAIN))


def read_styles(root: Element | None) -> Styles:
    """The styles of a document, none where it has no such part."""
    found = Styles()
    elements: dict[str, Element] = {}
    for style in children(root, "style")[:_MOST_STYLES]:
        name = attribute(style, "styleId")
        elements[name] = style
        if attribute(style, "type") == "paragraph" and attribute(style, "default") in {
            "1", "on", "true",
        }:  # fmt: skip
            found.default = name
    for name in elements:
        _resolve(found, elements, name, 0)
    return found


def _resolve(found: Styles, elements: dict[str, Element], name: str, depth: int) -> None:
    if name in found.looks or name not in elements:
        return
    style = elements[name]
    base = attribute(child(style, "basedOn"))
    if depth < _DEEPEST and base != name:
        _resolve(found, elements, base, depth + 1)
    found.looks[name] = _look(child(style, "rPr")).over(found.looks.get(base, _PLAIN))
    place = list_place(child(style, "pPr")) or found.lists.get(base)
    if place is not None:
        found.lists[name] = place


def list_place(properties: Element | None) -> ListPlace | None:
    """The list that a paragraph's properties name, None when they name none."""
    told = child(properties, "numPr")
    if told is None:
        return None
    level = child(told, "ilvl")
    return ListPlace(number(child(told, "numId"), 0), None if level is None else number(level, 0))


def _look(properties: Element | None) -> Look:
    if properties is None or not len(properties):
        return _PLAIN
    told = {local(one): one for one in properties}
    if not told.keys() & _LOOKS:
        return _PLAIN
    fonts = told.get("rFonts")
    names = [attribute(fonts, name) for name in ("ascii", "hAnsi", "h-ansi", "eastAsia")]
    align = attribute(told.get("vertAlign"))
    struck = is_on(properties, "strike") or is_on(properties, "dstrike")
    return Look(is_on(properties, "vanish"), struck, align, next(filter(None, names), ""))
