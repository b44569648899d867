"""Word documents of one XML file: Word 2003 XML, and a package laid flat ("Flat OPC")."""

from __future__ import annotations

import posixpath
from pathlib import Path

from jixiao.io.files.read.cells import TOO_LARGE
from jixiao.io.files.read.docx import document_page
from jixiao.io.files.read.package import DAMAGED, MB, Element, local, parse_xml
from jixiao.io.files.read.text import decode
from jixiao.io.files.read.word_xml import attribute, child, children
from jixiao.io.paper.page.grid import Grid
from jixiao.model.errors import RefusedFileError

_MAX_FILE = 40 * MB


def read_word2003(path: Path) -> list[Grid]:
    """A document as one Grid, none when nothing is written in it.

    Raises:
        RefusedFileError: damaged, too large, or a flat package of another program.
    """
    if path.stat().st_size > _MAX_FILE:
        raise RefusedFileError(TOO_LARGE)
    text = decode(path.read_bytes()).lstrip("\ufeff \t\r\n")
    if text.startswith("<?xml"):  # what it says of its encoding has been seen to
        text = text.partition("?>")[2]
    root = parse_xml(text.encode("utf-8", "replace"))
    if local(root) == "package":
        return _flat(root)
    # Its headers stand in the sections, and what its lists show has been written down.
    return document_page(root, None, child(root, "styles"), {})


def _flat(root: Element) -> list[Grid]:
    """The parts of a package that are written one after another into one file."""
    parts: dict[str, Element] = {}
    for part in children(root, "part"):
        content = child(part, "xmlData")
        if content is not None and len(content):
            parts[attribute(part, "name").lstrip("/")] = content[0]
    main = next((name for name, one in parts.items() if local(one) == "document"), "")
    if not main:
        raise RefusedFileError(DAMAGED)
    folder, name = posixpath.split(main)
    found: dict[str, Element] = {}
    edges: dict[str, Element] = {}
    for relation in parts.get(posixpath.join(folder, "_rels", f"{name}.rels"), ()):
        target = posixpath.normpath(posixpath.join(folder, attribute(relation, "Target")))
        kind = attribute(relation, "Type").rpartition("/")[2]
        if target in parts:
            found.setdefault(kind, parts[target])
            if kind in {"header", "footer"}:
                edges[attribute(relation, "Id")] = parts[target]
    return document_page(parts[main], found.get("numbering"), found.get("styles"), edges)
