"""The classes of indicators, whatever the vintage and spelling of their levels."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from jixiao.model.vocabulary import canonical_level1, canonical_level2

Class = Literal["quantity", "quality", "time", "cost", "benefit", "satisfaction", ""]

_CLASS_OF_LEVEL2: dict[str, Class] = {
    "数量指标": "quantity",
    "质量指标": "quality",
    "时效指标": "time",
    "成本指标": "cost",
    "经济成本指标": "cost",
    "社会成本指标": "cost",
    "生态环境成本指标": "cost",
    "经济效益指标": "benefit",
    "社会效益指标": "benefit",
    "生态效益指标": "benefit",
    "可持续影响指标": "benefit",
    "服务对象满意度指标": "satisfaction",
}
_CLASS_OF_LEVEL1: dict[str, Class] = {
    "成本指标": "cost",
    "效益指标": "benefit",
    "满意度指标": "satisfaction",
}
CLASS_NAMES: Mapping[Class, str] = {
    "quantity": "数量指标",
    "quality": "质量指标",
    "time": "时效指标",
    "cost": "成本指标",
    "benefit": "效益指标",
    "satisfaction": "服务对象满意度指标",
}
"""The classes of which a table must have an indicator."""


@lru_cache(maxsize=2048)
def level1_of(text: str) -> str:
    """The canonical first level, "" if there is none."""
    return canonical_level1(text) or ""


@lru_cache(maxsize=2048)
def level2_of(text: str) -> str:
    """The canonical second level, "" if there is none."""
    return canonical_level2(text) or ""


def class_of(level1: str, level2: str) -> Class:
    """The class that a pair of levels as written belongs to, "" if they name none."""
    return kind_of(level2_of(level2), level1_of(level1))


def kind_of(level2: str, level1: str) -> Class:
    """The class of canonical levels, "" if they name none."""
    return _CLASS_OF_LEVEL2.get(level2) or _CLASS_OF_LEVEL1.get(level1, "")
