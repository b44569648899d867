"""One agency under several names: written with blanks or wide letters, in full or in short."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from jixiao.model.checks.similar import is_within

_BLANKS = re.compile(r"[\s\u200b\ufeff]+")
_STAMP = re.compile(r"[(（](?:盖章|公章|章)[)）]$")
_AREA = re.compile(r".*[省市区县州旗盟]")


def name_key(name: str) -> str:
    """A name as it is compared: NFKC, without blanks and 盖章.

    渌口区 财政局（盖章） is compared as 渌口区财政局.
    """
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", name))
    return _STAMP.sub("", plain)


def is_short_for(short: str, full: str) -> bool:
    """Whether one name is another one without its province, city or district.

    渌口区财政局 is short for 株洲市渌口区财政局; a 教育局 is none for its 教育局考试中心.
    """
    one, other = name_key(short), name_key(full)
    rest = other.removesuffix(one)
    return 3 <= len(one) < len(other) and rest != other and _AREA.fullmatch(rest) is not None


def may_be_short_for(short: str, full: str) -> bool:
    """Whether a name may be an abbreviation: 渌口区人大办 of 渌口区人大常委会办公室.

    All its characters stand in the other one in their order, and both end alike or in 办.
    """
    one, other = name_key(short), name_key(full)
    if not 4 <= len(one) < len(other) or not is_within(one, other):
        return False
    return one[-1] == other[-1] or (one.endswith("办") and other.endswith("办公室"))


def the_one_meant(name: str, known: Iterable[str]) -> tuple[str, bool] | None:
    """The known agency that another name means, and whether that is nearly certain.

    None when it means none of them, or could mean several.
    """
    names = [other for other in known if other and name_key(other) != name_key(name)]
    found = [
        other
        for other in names
        if _either(may_be_short_for, name, other) or _either(is_short_for, name, other)
    ]
    return (found[0], _either(is_short_for, name, found[0])) if len(found) == 1 else None


def _either(test: Callable[[str, str], bool], one: str, other: str) -> bool:
    return test(one, other) or test(other, one)
