"""The words of performance-goal tables: level names, comparators and units.

Level names belong to a vintage: "2015" (财预〔2015〕88号, used until 2020; cost is a second level
of 产出) and "2021" (财预〔2021〕101号; cost is a first level of its own). Everything here serves
reading and comparing: a table keeps every word as it was written.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

VINTAGES = ("2015", "2021")

_OUTPUT, _BENEFIT, _COST, _SATISFACTION = "产出指标", "效益指标", "成本指标", "满意度指标"
_SERVED = "服务对象满意度指标"
_SUSTAINED = "可持续影响指标"
_BENEFITS = ("经济效益指标", "社会效益指标", "生态效益指标")
_COSTS = ("经济成本指标", "社会成本指标", "生态环境成本指标")

LEVELS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "2015": MappingProxyType(
            {
                _OUTPUT: ("数量指标", "质量指标", "时效指标", _COST),
                _BENEFIT: (*_BENEFITS, _SUSTAINED),
                _SATISFACTION: (_SERVED,),
            }
        ),
        "2021": MappingProxyType(
            {
                _COST: _COSTS,
                _OUTPUT: ("数量指标", "质量指标", "时效指标"),
                _BENEFIT: _BENEFITS,
                _SATISFACTION: (_SERVED,),
            }
        ),
    }
)
"""Vintage → first level → second levels, canonical spelling, in the official order."""

VARIANTS: Mapping[str, frozenset[tuple[str, str]]] = MappingProxyType(
    {
        # Hunan 2023 has no first level 满意度; some places kept 可持续影响 after 2021.
        "2015": frozenset({(_BENEFIT, _SERVED)}),
        "2021": frozenset({(_BENEFIT, _SUSTAINED)}),
    }
)
"""Pairs that a vintage's local forms print besides those of ``LEVELS``."""

_SCORE = re.compile(r"\(\d+(?:\.\d+)?(?:分|%)?\)")
_OUTLINE = re.compile(r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\)|\d+[、.)])+")


def level_key(text: str) -> str:
    """What is left of a level name for comparing.

    Width, blanks, the word 指标, outline numbers (一、 （一） 1. 1、) and a score in brackets
    (（50分）, (20)) make no difference: "一、产出 指标（50分）" and "产出" have one key.
    """
    return _level_key(text) if len(text) <= _LONGEST_LEVEL else _key_of_level(text)


def _key_of_level(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    folded = "".join(
        c for c in folded if not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc"}
    )
    folded = _SCORE.sub("", folded)
    return _OUTLINE.sub("", folded).replace("指标", "")


_LONGEST_LEVEL = 60  # no name of a level is longer; a longer text is not worth remembering
_level_key = lru_cache(maxsize=4096)(_key_of_level)


def _keys(names: Iterable[str], synonyms: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({level_key(name): name for name in names} | dict(synonyms))


_LEVEL1 = _keys(
    (name for vintage in LEVELS.values() for name in vintage),
    {"效果": _BENEFIT, "预期效果": _BENEFIT},
)
_LEVEL2 = _keys(
    (name for vintage in LEVELS.values() for names in vintage.values() for name in names),
    {
        "满意度": _SERVED,
        "社会公众及服务对象满意度": _SERVED,
        "社会公众或服务对象满意度": _SERVED,
        "环境效益": "生态效益指标",
        "可持续": _SUSTAINED,
        "生态成本": "生态环境成本指标",
        "环境成本": "生态环境成本指标",
        "产出数量": "数量指标",
        "产出质量": "质量指标",
        "产出进度": "时效指标",
        "产出时效": "时效指标",
        "产出成本": _COST,
        "进度": "时效指标",
    },
)


def canonical_level1(text: str) -> str | None:
    """The canonical first level that a text names, or None."""
    return _LEVEL1.get(level_key(text))


def canonical_level2(text: str) -> str | None:
    """The canonical second level that a text names, or None."""
    return _LEVEL2.get(level_key(text))


def is_level_pair(vintage: str, level1: str, level2: str) -> bool:
    """Whether a vintage (or a known local variant of it) has this pair of levels."""
    pair = (canonical_level1(level1) or "", canonical_level2(level2) or "")
    return pair[1] in LEVELS[vintage].get(pair[0], ()) or pair in VARIANTS[vintage]


def vintage_of(pairs: Iterable[tuple[str, str]]) -> str:
    """Which vintage a table's (level 1, level 2) pairs belong to.

    Where the cost stands decides; only without any cost row do weaker marks (可持续影响,
    satisfaction below 效益) speak for the older one.

    Returns:
        "2015" or "2021"; "" when nothing decides, or both vintages are mixed.
    """
    strong: set[str] = set()
    weak = False
    for first, second in pairs:
        level1, level2 = canonical_level1(first), canonical_level2(second)
        if level1 == _COST or level2 in _COSTS:
            strong.add("2021")
        elif level1 == _OUTPUT and level2 == _COST:
            strong.add("2015")
        elif level2 == _SUSTAINED or (level1 == _BENEFIT and level2 == _SERVED):
            weak = True
    if len(strong) == 1:
        return strong.pop()
    return "2015" if weak and not strong else ""


# --- comparators ---------------------------------------------------------------------------

QUALITATIVE = "定性"
NUMERIC_COMPARATORS = ("≥", "≤", "=", ">", "<")
COMPARATORS = (*NUMERIC_COMPARATORS, QUALITATIVE)

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SIGN_GLYPHS = str.maketrans(
    dict.fromkeys("≧⩾≽≮", "≥") | dict.fromkeys("≦⩽≼≯", "≤") | dict.fromkeys("﹦", "=")
)
_SIGN_PATTERNS = (
    (re.compile(r"\\(?:geqslant|geqq|geq|ge)(?![A-Za-z])"), "≥"),
    (re.compile(r"\\(?:leqslant|leqq|leq|le)(?![A-Za-z])"), "≤"),
    (re.compile(r"\\gt(?![A-Za-z])"), ">"),
    (re.compile(r"\\lt(?![A-Za-z])"), "<"),
    (re.compile(r"\\%"), "%"),
    (re.compile(r"\\\((.{0,40}?)\\\)|\$([^$]{0,40})\$"), r"\1\2"),
    (re.compile(r"[>》〉﹥]\s*=|=\s*>"), "≥"),
    (re.compile(r"[<《〈﹤]\s*=|=\s*<"), "≤"),
)


def _signs(**words: str) -> Mapping[str, str]:
    names = {"at_least": "≥", "at_most": "≤", "equal": "=", "more": ">", "less": "<"}
    return MappingProxyType({w: names[name] for name, ws in words.items() for w in ws.split()})


COMPARATOR_PREFIXES = _signs(
    at_least="≥ 》 大于等于 大于或等于 高于等于 高于或等于 不低于 不少于 不小于 不得低于 不得少于"
    " 至少 最少 最低",
    at_most="≤ 《 小于等于 小于或等于 低于等于 低于或等于 不高于 不超过 不多于 不大于 不得超过"
    " 不得高于 不突破 控制在 至多 最多 最高",
    equal="= 等于 为 达到 达",
    more="> 大于 超过 高于 多于",
    less="< 小于 低于 少于",
)
"""Words and glyphs before a number (after ``fold_signs``) → comparator."""

COMPARATOR_SUFFIXES = _signs(
    at_least="以上 及以上 (含)以上 以上(含)",
    at_most="以下 及以下 (含)以下 以下(含) 以内 之内 内",
)
"""Words after a number and its unit → comparator; by custom all of them are inclusive."""

WEAK_PREFIXES = frozenset({"为", "达到", "达", "等于"})
"""Prefixes that say no more than "is": a suffix (达到90%以上) overrules them."""

_QUALITATIVE_WORDS = frozenset({"定性", "文字", "描述", "文字描述", "定性描述"})
_LONGEST = 60  # no cell that names a comparator is longer
_BRACKETED = re.compile(r"\([^()]*\)")


def fold_width(text: str) -> str:
    """A text without blanks and with full-width ASCII narrowed (／ → /, ％ → %)."""
    return "".join(text.translate(_FULL_WIDTH).split())


def fold_signs(text: str) -> str:
    """A text with every encoding of a comparator glyph made one, and full-width ASCII narrowed.

    HTML entities, LaTeX commands (with or without $), full-width and ASCII pairs and the variant
    glyphs ≧ ⩾ ≦ ⩽ become ≥ ≤ = > <. Everything else stays.
    """
    folded = html.unescape(text).translate(_FULL_WIDTH).translate(_SIGN_GLYPHS)
    for pattern, sign in _SIGN_PATTERNS:
        folded = pattern.sub(sign, folded)
    return folded


def read_comparator(text: str) -> str | None:
    """The comparator that a cell of its own names.

    Args:
        text: A glyph in any encoding, or a word (不低于, 以内, 控制在…以内, 定性指标).

    Returns:
        One of ``COMPARATORS``; None for anything else (定量, 无, /, blank, other text).
    """
    if len(text) > _LONGEST:
        return None
    folded = "".join(fold_signs(text).split())
    folded = re.sub(r"[…{}]|指标", "", folded)
    for candidate in (folded, _BRACKETED.sub("", folded), *re.findall(r"\(([^()]*)\)", folded)):
        if candidate in _QUALITATIVE_WORDS:
            return QUALITATIVE
        found = COMPARATOR_PREFIXES.get(candidate) or COMPARATOR_SUFFIXES.get(candidate)
        if found:
            return found
        if candidate.startswith("控制在") and COMPARATOR_SUFFIXES.get(candidate[3:]) == "≤":
            return "≤"
    return None


def paper_comparator(sign: str) -> str:
    """The glyph that is printed for a comparator: = > < become ＝ ＞ ＜, the rest stay."""
    return {"=": "＝", ">": "＞", "<": "＜"}.get(sign, sign)


# --- units ---------------------------------------------------------------------------------

MONEY_SCALE: Mapping[str, int] = MappingProxyType(
    {"元": 0, "百元": 2, "千元": 3, "万元": 4, "百万元": 6, "千万元": 7, "亿元": 8}
)
"""Money unit → power of ten of it in 元."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


INTEGER_UNITS = _words("""
    次 场 场次 期 批 批次 班次 项 个 件 份 篇 条 部 册 套 台 辆 处 座 户 家 人 人次 名 张 块 起
    宗 卷 组 支 例 位 只 头 株 棵 本 所 间 门 课 届 轮 村 社区 单位 项次 户次 家次 台次 车次 台套
    页 栋 幢 艘 件套 羽 尾 课时 学时 点位 盏 幅 枚 把 根 口 对 双 箱 袋 瓶 杯 盒 票 类 种 样 岗位
    头次 羽次 只次
""")
"""Units that count things: a value is a whole number."""

CONTINUOUS_UNITS = _words("""
    % ‰ 百分比 百分点 倍 分 度 天 日 工作日 小时 分钟 秒 周 月 月份 季度 半年 年 年度
    平方米 亩 公顷 平方公里 立方米 公里 千米 米 厘米 毫米 延米 吨 千克 公斤 克 斤 升 毫升 千瓦
    千瓦时 字 兆 人天 人日 人月 人年 摄氏度 ℃ °c m km cm mm ㎞ m2 m² ㎡ km2 km² m3 m³ ㎥
    kg ㎏ g t l ml kw kwh mb gb tb 圆 万 亿 万圆 w元
""") | frozenset(MONEY_SCALE)
"""Units of measures, shares, time and money: a value may have decimals."""

DATE_UNITS = _words("月 月份 日 号 季度 年度 时 点")
"""Units that after a bare number tell a date (1月) rather than a quantity."""

_UNIT_MAP: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("百分比", "％", "百分点"), "%")
    | dict.fromkeys(("万", "万圆", "W元", "w元"), "万元")
    | {"圆": "元", "亿": "亿元", "年度": "年"}
    | dict.fromkeys(("无", "/", "－", "-", "空"), "")
)
_MULTIPLIED = re.compile(r"^(?:百万|千万|百|千|万|亿)(?=.)")
_UNIT_JOINTS = re.compile(r"[/·•*每]")


def is_unit(text: str) -> bool:
    """Whether a text is a known unit.

    Known are the units of the lists, the same after 个 (个月) or a multiplier (万人次, 万平方米),
    and such units joined by / · 每 (元/人·天, 次/年).
    """
    parts = _UNIT_JOINTS.split(fold_width(text))
    return all(_is_simple_unit(part) for part in parts)


def _is_simple_unit(text: str) -> bool:
    counted = _MULTIPLIED.sub("", text)
    return any(
        unit in INTEGER_UNITS or unit in CONTINUOUS_UNITS
        for unit in (text.lower(), counted, text.removeprefix("个"))
    )


def canonical_unit(text: str) -> str:
    """The usual word for a unit (百分比 → %, 万 → 万元, 无 → ""), for checks only.

    Exports print a unit as it was written: some districts' own systems print 百分比.
    """
    unit = fold_width(text)
    return _UNIT_MAP.get(unit, unit)


def is_money_unit(text: str) -> bool:
    """Whether a unit is plain money (万元, 万), not a price for something (元/人)."""
    return canonical_unit(text) in MONEY_SCALE
