"""How the parts of an Open XML package are found: by relations, wherever they lie."""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple

from jixiao.io.files.read.package import Package

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(workbook|document|presentation)\b")
_USUAL = re.compile(r"xl/workbook\.(?:xml|bin)|word/document\d*\.xml")
_HEAD = 4096


class Relation(NamedTuple):
    """A relation of a part: its id, the last word of its type, and the part it names."""

    id: str
    kind: str
    part: str


def relations(package: Package, part: str) -> list[Relation]:
    """The relations of a part to others in the package, of the package itself for "".

    Raises:
        RefusedFileError: damaged, too large.
    """
    folder, name = posixpath.split(part)
    root = package.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: list[Relation] = []
    for element in root if root is not None else ():
        target = element.get("Target", "").replace("\\", "/")
        if element.get("TargetMode") == "External" or not target:
            continue
        whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        kind = element.get("Type", "").rpartition("/")[2]
        found.append(Relation(element.get("Id", ""), kind, posixpath.normpath(whole)))
    return found


def main_part(package: Package) -> tuple[str, str]:
    """The part that the package is about, and what it is: "workbook", "document", "binary".

    Where no relation names it, it is told by its name; both are "" when there is none.
    """
    named = [r.part for r in relations(package, "") if r.kind == "officeDocument"]
    usual = [name for name in package.names if _USUAL.fullmatch(name)]
    for part in (*named, *usual):
        if part not in package:
            continue
        if part.lower().endswith(".bin"):
            return part, "binary"
        match = _ROOT.search(package.head(part, _HEAD))
        if match:
            return part, match[1].decode()
        if part in usual:  # in UTF-16, or damaged: that is told when it is read
            return part, "workbook" if "workbook" in part else "document"
    return "", ""
