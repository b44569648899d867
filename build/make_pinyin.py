"""Make jixiao/resources/pinyin-initials.txt from pypinyin (MIT licence), which is not shipped.

Run it in an environment that has pypinyin: ``python build/make_pinyin.py``. The program only needs
first letters; importing pypinyin for them would cost it 67 MB of memory.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from pathlib import Path

from pypinyin.constants import PINYIN_DICT

OUT = Path(__file__).parent.parent / "jixiao" / "resources" / "pinyin-initials.txt"
FIRST, LAST = 0x4E00, 0x9FA5  # the ideographs of GBK


def letters(code: int) -> list[str]:
    """The first letters of a character's readings, the most common reading first."""
    readings = PINYIN_DICT.get(code, "").split(",")
    found = (unicodedata.normalize("NFD", reading)[:1] for reading in readings)
    return list(dict.fromkeys(letter for letter in found if "a" <= letter <= "z"))


def in_gb2312(code: int) -> bool:
    """True for the characters in daily use, of which also rarer readings are kept."""
    try:
        chr(code).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def main() -> None:
    """Write one line for each letter: its characters, then those that it is a rarer reading of."""
    common: dict[str, str] = defaultdict(str)
    rarer: dict[str, str] = defaultdict(str)
    for code in range(FIRST, LAST + 1):
        first, *others = letters(code) or [""]
        if first:
            common[first] += chr(code)
        for letter in others if in_gb2312(code) else ():
            rarer[letter] += chr(code)
    lines = [f"{letter} {common[letter]} {rarer[letter]}".rstrip() for letter in sorted(common)]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{OUT}: {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
