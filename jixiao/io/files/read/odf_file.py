"""The parts of an OpenDocument file: a package, or one XML file."""

from __future__ import annotations

from pathlib import Path

from jixiao.io.files.read.cells import TOO_LARGE
from jixiao.io.files.read.package import MB, Element, Package, parse_xml
from jixiao.io.files.read.text import decode
from jixiao.model.errors import RefusedFileError

_MAX_FLAT = 40 * MB


def odf_parts(path: Path) -> tuple[Element | None, Element | None]:
    """The content of a document, and its common styles; of one file, both are the whole.

    Raises:
        RefusedFileError: damaged, encrypted, too large.
    """
    with path.open("rb") as stream:
        is_package = stream.read(2) == b"PK"
    if is_package:
        with Package(path) as package:
            return package.tree("content.xml"), package.tree("styles.xml")
    if path.stat().st_size > _MAX_FLAT:
        raise RefusedFileError(TOO_LARGE)
    text = decode(path.read_bytes()).lstrip("\ufeff \t\r\n")
    if text.startswith("<?xml"):  # what it says of its encoding has been seen to
        text = text.partition("?>")[2]
    root = parse_xml(text.encode("utf-8", "replace"))
    return root, root
