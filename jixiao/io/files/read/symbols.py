"""Characters of the fonts Symbol and Wingdings, whose codes say nothing by themselves."""

from __future__ import annotations

import re

# The font's own code to a character, from 0x20 on (the vendor's table of the font Symbol).
_SYMBOL_LOW = (
    " !∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
_SYMBOL = {
    **{0x20 + i: char for i, char in enumerate(_SYMBOL_LOW)},
    **{0xA0 + i: char for i, char in enumerate(_SYMBOL_HIGH)},
}
_FONTS: dict[str, dict[int, str]] = {
    "symbol": _SYMBOL,
    "wingdings": {
        0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0xA8: "□", 0x6F: "□", 0x6E: "■", 0x71: "❑",
        0x72: "❒", 0x6C: "●", 0xA1: "○", 0x75: "◆", 0x76: "❖", 0xD8: "➢", 0xA7: "▪", 0xB2: "✧",
        0xE0: "→", 0xE8: "➔", 0x46: "☞", 0xAB: "★", 0x20: " ",
        **{0x81 + i: "①②③④⑤⑥⑦⑧⑨⑩"[i] for i in range(10)},
    },
    "wingdings 2": {0x52: "☑", 0x54: "☒", 0xA3: "□", 0x2A: "□", 0x50: "✓", 0x4F: "✗", 0x97: "●"},
}  # fmt: skip
_PRIVATE = re.compile("[\uf020-\uf0ff]")

UNKNOWN = "\ufffd"
"""What stands for a character that cannot be known."""


def symbol(code: int, font: str) -> str:
    """The character that a font has at a code (its own, or in the private area of Unicode)."""
    return _FONTS.get(font.strip().lower(), _SYMBOL).get(code & 0xFF, UNKNOWN)


def is_symbol_font(font: str) -> bool:
    """True for a font whose letters are signs."""
    return font.strip().lower() in _FONTS


def with_symbols(text: str, font: str = "") -> str:
    """A text in which signs of a symbol font are characters that all fonts have.

    A sign in the private area of Unicode is one of the font Symbol where no font is told, as it
    is in plain text.
    """
    if is_symbol_font(font):
        return "".join(
            symbol(ord(char), font) if ord(char) < 0x100 or _PRIVATE.match(char) else char
            for char in text
        )
    if not _PRIVATE.search(text):
        return text
    return _PRIVATE.sub(lambda match: symbol(ord(match[0]), font), text)
