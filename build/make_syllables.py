"""Make jixiao/resources/pinyin-syllables.txt from pypinyin (MIT licence), which is not shipped.

Run it in an environment that has pypinyin: ``python build/make_syllables.py``. The file has a line
for each syllable without its tone: the syllable and the characters of GB2312 that can be read so.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from pathlib import Path

from pypinyin.constants import PINYIN_DICT

OUT = Path(__file__).parent.parent / "jixiao" / "resources" / "pinyin-syllables.txt"
FIRST, LAST = 0x4E00, 0x9FA5  # the ideographs of GBK


def syllables(code: int) -> set[str]:
    """The readings of a character as they are typed: without tones, ü as v."""
    found: set[str] = set()
    for reading in PINYIN_DICT.get(code, "").split(","):
        plain = unicodedata.normalize("NFD", reading.replace("ü", "v"))
        plain = plain.replace("u\u0308", "v")
        letters = "".join(c for c in plain if "a" <= c <= "z")
        if letters and letters[0] not in "iuv":
            found.add(letters)
    return found


def in_gb2312(code: int) -> bool:
    """True for the characters in daily use."""
    try:
        chr(code).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def main() -> None:
    """Write one line for each syllable."""
    chars: dict[str, str] = defaultdict(str)
    for code in range(FIRST, LAST + 1):
        if in_gb2312(code):
            for syllable in syllables(code):
                chars[syllable] += chr(code)
    lines = [f"{syllable} {chars[syllable]}" for syllable in sorted(chars)]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{OUT}: {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
