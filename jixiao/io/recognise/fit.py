"""Whether a value is of the kind that a header field holds."""

from __future__ import annotations

import re

from jixiao.io.recognise.kinds import kind_of
from jixiao.io.recognise.labels import TOTAL_AMOUNTS
from jixiao.io.recognise.store import amount_of
from jixiao.model.fields import FIELDS, MONEY_KEYS

_BODY = re.compile(
    r"(?:办公室|办事处|委员会|政府|局|院|处|所|站|中心|部|协会|联合会|总工会|学校|中学|小学|幼儿园|医院|党校|馆|队"
    r"|厅|署|公司|社|会|本级|机关|林场|台|园|团|联|办)$"
)
_DATES = re.compile(r"20\d\d\s*[年./-]|\d{1,2}月|[一二三两\d]\s*年$|长期|跨年")
_YEAR = re.compile(r"20\d\d")
_CODE = re.compile(r"^[A-Za-z0-9\-_.]{4,40}$")
_SENTENCE = re.compile(r"[，。；！？\n]")


def looks_like_agency(text: str) -> bool:
    """True for a text that ends as the names of offices do."""
    words = re.sub(r"^[\[【(（]?[A-Za-z0-9]{3,20}[\]】)）]?[\s_\-—]*", "", text.strip())
    return 1 < len(words) <= 40 and not _SENTENCE.search(words) and bool(_BODY.search(words))


def fit(name: str, value: str) -> float:
    """How well a value is of a field's kind; far below 0 where it cannot be."""
    kind, amount = kind_of(value), amount_of(value)
    if name == "year":
        return 2.0 if _YEAR.search(value) else -6.0
    if name in MONEY_KEYS or name in TOTAL_AMOUNTS:
        return 2.0 if amount is not None else -9.0
    if name in {"project_code", "agency_code"}:
        return (1.0 if amount else 2.0) if _CODE.match(value) else -6.0
    if amount is not None or kind.joined or kind.sign or kind.unit or kind.level:
        return -6.0
    return _fit_words(name, value, dated=kind.date)


def _fit_words(name: str, value: str, *, dated: bool) -> float:
    """How well words that are no datum are of a field's kind."""
    spec = FIELDS.get(name)
    sentence = bool(_SENTENCE.search(value))
    if name in {"agency", "department_name"}:
        return 2.0 if looks_like_agency(value) else -2.0
    if spec is not None and spec.type == "period":
        return 2.5 if _DATES.search(value) and len(value) <= 40 else -4.0
    if spec is not None and spec.type == "long":
        return (1.5 if len(value) > 12 or sentence else -2.0) - 3.0 * dated
    if name == "project_name":
        wrong = sentence or len(value) > 40
        return 0.5 - 5.0 * dated - 4.0 * wrong - 1.5 * looks_like_agency(value)
    if name == "project_category" and len(value) <= 12 and value.endswith(("类", "项目")):
        return 2.0
    return 0.0 if len(value) <= 30 and not dated else -2.0
