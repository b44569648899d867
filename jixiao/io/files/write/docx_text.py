"""Paragraphs and runs of a Word document, with the fonts that a cell's style names."""

from __future__ import annotations

from jixiao.io.files.write.opc import xml_text
from jixiao.io.paper.page.grid import Style

DEFAULT_HALF_POINTS = 21
"""The font size of a document where nothing else is said (五号), in half points."""


def twips(points: float) -> int:
    """Points in Word's unit, a twentieth of a point."""
    return round(points * 20)


def text_content(line: str) -> str:
    """One line of text as the content of a run."""
    return "<w:tab/>".join(
        f'<w:t xml:space="preserve">{xml_text(piece)}</w:t>' if piece else ""
        for piece in line.split("\t")
    )


class TextLooks:
    """Run and paragraph properties of styles, made once for each style.

    Cells share their Style objects, and an identity is found much faster than a hash. The object
    is kept with its properties, so that the identity stays its own.
    """

    def __init__(self) -> None:
        self._runs: dict[int, tuple[Style, str]] = {}
        self._cells: dict[int, tuple[Style, str, str]] = {}

    def run(self, style: Style) -> str:
        """The ``w:rPr`` element: the font for all scripts, so that no theme font creeps in."""
        found = self._runs.get(id(style))
        if found is None:
            found = self._runs[id(style)] = style, _run_properties(style)
        return found[1]

    def cell_paragraphs(self, style: Style, text: str) -> str:
        """The paragraphs of a table cell, one for each line that was typed."""
        found = self._cells.get(id(style))
        if found is None:
            found = self._cells[id(style)] = style, *self._cell_properties(style)
        _, properties, blank = found
        if not text:
            return blank
        run = self.run(style)
        if "\n" not in text and "\t" not in text:
            content = f'<w:t xml:space="preserve">{xml_text(text)}</w:t>'
            return f"<w:p>{properties}<w:r>{run}{content}</w:r></w:p>"
        return "".join(
            f"<w:p>{properties}<w:r>{run}{text_content(line)}</w:r></w:p>"
            for line in text.split("\n")
        )

    def _cell_properties(self, style: Style) -> tuple[str, str]:
        """Paragraph properties of cells with text, and the whole paragraph of a blank one."""
        indent = ""
        if style.indent:
            side = "right" if style.halign == "right" else "left"
            indent = f'<w:ind w:{side}="{twips(style.indent * style.size)}"/>'
        looks = f'{indent}<w:jc w:val="{style.halign}"/>'
        # The mark that ends a paragraph has a size too, and a larger one would make the line
        # higher. In a blank cell it also holds the font for what somebody types there.
        size = round(style.size * 2)
        mark = "" if size >= DEFAULT_HALF_POINTS else f'<w:rPr><w:sz w:val="{size}"/></w:rPr>'
        return (
            f"<w:pPr>{looks}{mark}</w:pPr>",
            f"<w:p><w:pPr>{looks}{self.run(style)}</w:pPr></w:p>",
        )


def _run_properties(style: Style) -> str:
    font = xml_text(style.font)
    fonts = " ".join(f'w:{script}="{font}"' for script in ("ascii", "hAnsi", "eastAsia"))
    bold = "<w:b/>" if style.bold else ""
    italic = "<w:i/>" if style.italic else ""
    color = f'<w:color w:val="{style.color}"/>' if style.color else ""
    size = round(style.size * 2)
    underline = '<w:u w:val="single"/>' if style.underline else ""
    return (
        f'<w:rPr><w:rFonts w:hint="eastAsia" {fonts}/>{bold}{italic}{color}'
        f'<w:sz w:val="{size}"/>{underline}</w:rPr>'
    )
