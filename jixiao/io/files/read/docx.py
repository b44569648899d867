"""Word documents (.docx): their parts put together into one page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from jixiao.io.files.read.package import DAMAGED, MB, Element, Package, local
from jixiao.io.files.read.relations import main_part, relations
from jixiao.io.files.read.word_numbers import read_numbers
from jixiao.io.files.read.word_page import WordPage, grid_of, read_blocks
from jixiao.io.files.read.word_styles import read_styles
from jixiao.io.files.read.word_text import Words, without_hints
from jixiao.io.files.read.word_xml import WRAPPERS, attribute, child, children, is_on
from jixiao.io.paper.page.grid import Grid
from jixiao.model.errors import RefusedFileError

# What a page's edge says of the pages themselves.
_PAGE_NUMBER = re.compile(r"[\s\d，,第页共/／\-–—－_·.]*")
_MOST_EDGES, _LARGEST_EDGE = 50, 2 * MB
_INNER = {"header": "hdr", "footer": "ftr"}
_Edges = dict[str, list[str]]


def read_docx(path: Path) -> list[Grid]:
    """A document as one Grid, none when nothing is written in it.

    Each paragraph is a row (named in ``paragraph_rows``) whose cell spans all columns, or as many
    cells as its tabs part; the columns of every table start at column 0. What stands at the top
    and bottom of the pages comes before and after the section it belongs to.

    Raises:
        RefusedFileError: damaged, encrypted, too large.
    """
    with Package(path) as package:
        main = main_part(package)[0] or "word/document.xml"
        root = package.tree(main)
        found = relations(package, main)
        parts = {relation.kind: relation.part for relation in reversed(found)}
        numbering, styles = (package.tree(parts.get(kind, "")) for kind in ("numbering", "styles"))
        named = {r.id: r.part for r in found if r.kind in {"header", "footer"}}
        edges = {
            id_: tree
            for id_, part in list(named.items())[:_MOST_EDGES]
            if (tree := package.tree(part, _LARGEST_EDGE)) is not None
        }
    return document_page(root, numbering, styles, edges)


def document_page(
    root: Element | None,
    numbering: Element | None,
    styles: Element | None,
    edges: dict[str, Element],
) -> list[Grid]:
    """A document as one Grid, none when nothing is written in it.

    Args:
        root: the document.
        numbering: its lists, when it has any.
        styles: its styles, when it has any.
        edges: what stands at the top and bottom of pages, by the id of the relation.

    Raises:
        RefusedFileError: damaged, too large.
    """
    body = child(root, "body")
    if body is None:
        raise RefusedFileError(DAMAGED)
    for part in (body, *edges.values()):
        without_hints(part)
    page = WordPage(Words(read_styles(styles), read_numbers(numbering)))
    texts = {id_: list(_edge_lines(page.words, part)) for id_, part in edges.items()}
    page.words.hidden.clear()
    page.words.struck.clear()
    _read_sections(page, body, texts)
    grid = grid_of(page)
    return [grid] if grid.cells else []


def _read_sections(page: WordPage, body: Element, texts: _Edges) -> None:
    """Reads the sections of a document, each between its header and its footer."""
    told: dict[str, list[str]] = {}
    shown: dict[str, list[str]] = {}
    for blocks, properties in _sections(body):
        for kind in ("header", "footer"):
            told[kind] = _edge_of(page.words, properties, kind, texts) or told.get(kind, [])
        for kind in ("header", "footer"):
            if kind == "footer":
                read_blocks(page, blocks)
            if told[kind] != shown.get(kind):
                for line in told[kind]:
                    page.add_line(line)
            shown[kind] = told[kind]


def _sections(body: Element) -> Iterator[tuple[list[Element], Element | None]]:
    """The paragraphs and tables of each section, with its properties."""
    blocks: list[Element] = []
    for block in _blocks(body):
        if local(block) == "sectPr":
            yield blocks, block
            blocks = []
            continue
        blocks.append(block)
        properties = child(child(block, "pPr"), "sectPr") if local(block) == "p" else None
        if properties is not None:
            yield blocks, properties
            blocks = []
    if blocks:
        yield blocks, None


def _blocks(parent: Iterable[Element]) -> Iterator[Element]:
    """The paragraphs and tables of a body; Word 2003 has sections around them."""
    for block in parent:
        if local(block) in {"sect", "sub-section"}:
            yield from _blocks(block)
        else:
            yield block


def _edge_of(words: Words, properties: Element | None, kind: str, texts: _Edges) -> list[str]:
    """The lines of the header or footer that a section's first page shows."""
    named = {
        attribute(one, "type") or "default": attribute(one, "id")
        for one in children(properties, f"{kind}Reference")
    }
    for one in children(properties, _INNER[kind]):  # Word 2003 has them in the section itself
        if attribute(one, "type") in {"", "odd"}:
            return list(_edge_lines(words, one))
    first = is_on(properties, "titlePg") and "first" in named
    order = ("first", "default") if first else ("default",)
    for name in order:
        if lines := texts.get(named.get(name, "")):
            return lines
    return []


def _edge_lines(words: Words, part: Element) -> Iterator[str]:
    """The lines of a header or footer, without those that only number the pages."""
    for paragraph in _paragraphs(part):
        boxes: list[Element] = []
        texts = [words.paragraph(paragraph, boxes)]
        texts += [words.paragraph(p, []) for box in boxes for p in _paragraphs(box)]
        yield from (text for text in texts if not _PAGE_NUMBER.fullmatch(text))


def _paragraphs(parent: Iterable[Element]) -> Iterator[Element]:
    """The paragraphs of a header or text box, those in its tables too."""
    for one in parent:
        kind = local(one)
        if kind == "p":
            yield one
        elif kind in WRAPPERS or kind in {"tbl", "tr", "tc"}:
            yield from _paragraphs(one)
