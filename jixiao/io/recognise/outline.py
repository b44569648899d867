"""Level names without what only lays them out."""

from __future__ import annotations

import re

from jixiao.io.paper.page.clean import squeeze
from jixiao.model.vocabulary import level_key

_SCORE = re.compile(r"[(（]\s*\d+(?:\.\d+)?\s*分?\s*[)）]$")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[.、．])"
)


def level_text(text: str) -> str:
    """A level's name as written, without layout blanks, a score in brackets or a number."""
    name = _SCORE.sub("", squeeze(text))
    bare = _NUMBERED.sub("", name)
    return bare if level_key(bare) else name
