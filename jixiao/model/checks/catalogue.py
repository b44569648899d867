"""All rules, in the order of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from jixiao.model.checks import (
    amounts,
    classes,
    contents,
    cross,
    duplicates,
    goals,
    levels,
    money,
    numbers_across,
    prices,
    structure,
    texts,
    typos,
    vague,
    values,
    worth,
)
from jixiao.model.checks.rule import Rule

_GROUPS = "SVCDMTA"


def _place(rule: Rule) -> tuple[int, int]:
    letter, number = re.fullmatch(r"([A-Z])(\d+)", rule.id).groups()  # pyright: ignore[reportOptionalMemberAccess]
    return _GROUPS.index(letter), int(number)


RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *structure.RULES,
            *levels.RULES,
            *values.RULES,
            *contents.RULES,
            *vague.RULES,
            *classes.RULES,
            *duplicates.RULES,
            *money.RULES,
            *prices.RULES,
            *amounts.RULES,
            *texts.RULES,
            *typos.RULES,
            *goals.RULES,
            *numbers_across.RULES,
            *cross.RULES,
            *worth.RULES,
        ),
        key=_place,
    )
)
"""Every rule, by group (structure, values, classes, duplicates, money, texts, worth) and number."""

RULE_BY_ID: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in RULES})
