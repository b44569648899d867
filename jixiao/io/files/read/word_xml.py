"""Elements of Word's XML, looked at without their namespaces: there are three of them."""

from __future__ import annotations

from jixiao.io.files.read.package import Element, local

WRAPPERS = frozenset({
    "sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "annotation", "content", "sect",
    "sub-section", "pBdrGroup",
})  # fmt: skip
"""What stands around paragraphs, tables, rows and cells and shows nothing itself."""


def children(parent: Element | None, kind: str) -> list[Element]:
    """Children of a kind, also those within content controls and insertions."""
    found: list[Element] = []
    for one in parent if parent is not None else ():
        name = local(one)
        if name == kind:
            found.append(one)
        elif name in WRAPPERS:
            found += children(one, kind)
    return found


def child(parent: Element | None, kind: str) -> Element | None:
    """The first child of a kind."""
    for one in parent if parent is not None else ():
        if local(one) == kind:
            return one
    return None


def attribute(element: Element | None, name: str = "val") -> str:
    """An attribute by its name without namespace, "" when it is not there."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def number(element: Element | None, default: int, name: str = "val") -> int:
    """An attribute that is a whole number."""
    text = attribute(element, name)
    return int(text) if text.isdecimal() and len(text) < 9 else default


def is_on(parent: Element | None, kind: str) -> bool | None:
    """A switch among the properties: None when they do not tell."""
    found = child(parent, kind)
    return None if found is None else attribute(found) not in {"0", "false", "off", "none"}
