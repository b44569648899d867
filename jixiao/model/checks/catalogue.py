"""All rules, in the order of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from jixiao.model.checks import (
    classes,
    contents,
    cross,
    money,
    numbers_in_text,
    prices,
    structure,
    texts,
    values,
)
from jixiao.model.checks.findings import Rule

_GROUPS = "SVCDMT"


def _place(rule: Rule) -> tuple[int, int]:
    letter, number = re.fullmatch(r"([A-Z])(\d+)", rule.id).groups()  # pyright: ignore[reportOptionalMemberAccess]
    return _GROUPS.index(letter), int(number)


RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *structure.RULES,
            *values.RULES,
            *contents.RULES,
            *classes.RULES,
            *money.RULES,
            *prices.RULES,
            *texts.RULES,
            *numbers_in_text.RULES,
            *cross.RULES,
        ),
        key=_place,
    )
)
"""Every rule, by group (structure, values, classes, duplicates, money, texts) and number."""

RULE_BY_ID: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in RULES})
