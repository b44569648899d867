"""Packages of Office files (ECMA-376 part 2): a zip file of XML parts and their relationships."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from jixiao.io.files.write.safe_write import write_bytes

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
"""The namespace of relationships; their types are this with /relationships/ and a word."""

_SMALL_PART = 1000
_UNIX = 3
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NOT_XML = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_ILLEGAL = re.compile(f"[{_NOT_XML}]")
_SPECIAL = re.compile(f'[&<>"\r{_NOT_XML}]')


class PackagePart(NamedTuple):
    """One part: ``kind`` is its content type, ``xml`` its text without the declaration."""

    kind: str
    xml: str


def xml_text(text: str) -> str:
    """Text for an XML part: markup escaped, one kind of line end, no illegal characters."""
    if not _SPECIAL.search(text):
        return text
    text = legal_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


def legal_text(text: str) -> str:
    """Text with one kind of line end and without the characters that XML has no place for."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def relationships(targets: Iterable[tuple[str, str]]) -> PackagePart:
    """A part of relationships rId1, rId2 …, from types (the last word, or whole) and targets."""
    listed = "".join(
        f'<Relationship Id="rId{n}" Target="{target}" '
        f'Type="{kind if ":" in kind else f"{OFFICE}/relationships/{kind}"}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    xml = f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
    return PackagePart("application/vnd.openxmlformats-package.relationships+xml", xml)


def write_package(path: Path, main: str, parts: Mapping[str, PackagePart]) -> None:
    """Write a package as a file.

    Args:
        path: The target; an existing file is replaced.
        main: The name of the main part.
        parts: The parts by name, in the order in which they are to stand.

    Raises:
        ExportError: The target cannot be written.
    """
    write_bytes(path, package_bytes(main, parts))


def package_bytes(main: str, parts: Mapping[str, PackagePart]) -> bytes:
    """A package with its content types, root relationships and document properties."""
    whole = dict(parts)
    whole["docProps/core.xml"] = _CORE
    whole["docProps/app.xml"] = _APP
    root = relationships(
        (
            ("officeDocument", main),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
        )
    )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        _add(package, "[Content_Types].xml", _content_types(whole))
        _add(package, "_rels/.rels", root.xml)
        for name, part in whole.items():
            _add(package, name, part.xml)
    return buffer.getvalue()


def _add(package: zipfile.ZipFile, name: str, xml: str) -> None:
    declared = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'
    entry = zipfile.ZipInfo(name)
    entry.create_system = _UNIX  # on every system, since the rights below are said its way
    entry.external_attr = 0o644 << 16
    # To set up the compression of a small part takes longer than it is worth.
    small = len(declared) < _SMALL_PART
    entry.compress_type = zipfile.ZIP_STORED if small else zipfile.ZIP_DEFLATED
    package.writestr(entry, declared.encode("utf-8"))


def _content_types(parts: Mapping[str, PackagePart]) -> str:
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{part.kind}"/>'
        for name, part in parts.items()
        if not name.endswith(".rels")
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


# No times: a page that has not changed is the same file again, byte by byte.
_CORE = PackagePart(
    "application/vnd.openxmlformats-package.core-properties+xml",
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"/>',
)
_APP = PackagePart(
    "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    f'<Properties xmlns="{OFFICE}/extended-properties"><Application>jixiao</Application>'
    "</Properties>",
)
