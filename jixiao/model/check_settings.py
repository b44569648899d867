"""What a book or a form asks of the checks: which rules speak, and from what number on.

A wish names only what differs; wishes are laid one over the other (the program's own values, the
form's sheet 说明, the book, the book for one form). In a book they are plain texts by key, so that
a program that does not know one leaves it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from jixiao.model.checks import RULE_BY_ID, RULES, Profile

_RULE, _REASON = "rule.", "reason."
_BENEFICIARIES = "no_direct_beneficiaries"
_YES, _NO = {"on", "yes", "是"}, {"off", "no", "否"}
RULES_OFF = "不检查"
"""The row of a form's sheet 说明 that names the rules that do not apply to it."""
NO_BENEFICIARIES = "无直接服务对象"
"""The row that says why tables of a form need no satisfaction indicator."""


@dataclass(frozen=True, slots=True)
class Number:
    """A threshold: its name in ``Settings``, its label, the unit behind it, and its limits."""

    name: str
    label: str
    unit: str
    least: int
    most: int


NUMBERS = (
    Number("min_indicators", "一张表至少有", " 个指标", 1, 30),
    Number("max_per_class", "同一二级指标至多有", " 个指标", 1, 50),
    Number("longest_name", "三级指标名称至多", " 个字", 10, 500),
    Number("satisfaction_high", "满意度达到", " % 时提醒", 50, 100),
    Number("decimals", "金额小数至多", " 位", 0, 6),
    Number("largest_amount", "金额超过", " 万元时提醒", 100, 100_000_000),
    Number("single_output", "只有一次产出而金额达到", " 万元时提示", 1, 100_000),
)
SWITCHES: Mapping[str, str] = {
    "percent_word": "度量单位可以写“百分比”（本地系统这样打印）",
    "report_unfounded": "目标里的数没有对应指标时也提醒",
}
_FORM_NUMBERS = {
    "至少指标数": "min_indicators",
    "同类指标至多": "max_per_class",
    "指标名称字数": "longest_name",
    "满意度上限": "satisfaction_high",
    "金额小数位": "decimals",
    "金额上限": "largest_amount",
    "单次产出金额": "single_output",
}
_FORM_SWITCHES = {"可写百分比": "percent_word", "提醒无指标的数": "report_unfounded"}
FORM_ROWS = (RULES_OFF, NO_BENEFICIARIES, *_FORM_NUMBERS, *_FORM_SWITCHES)
"""The rows of a form's sheet 说明 that are about checks."""
_NUMBER_BY_NAME = {number.name: number for number in NUMBERS}
_RULE_BY_TITLE = {rule.title: rule.id for rule in RULES}


@dataclass(frozen=True)
class Wishes:
    """What is asked of the checks; what is not named stays as it was.

    Attributes:
        rules: Whether a rule speaks, by its id.
        reasons: Why a rule is silent, by its id.
        numbers: Thresholds by their names in ``Settings``.
        switches: Habits by their names in ``Settings``.
        no_beneficiaries: Why tables need no satisfaction indicator; None where nothing is said.
    """

    rules: Mapping[str, bool] = field(default_factory=dict[str, bool])
    reasons: Mapping[str, str] = field(default_factory=dict[str, str])
    numbers: Mapping[str, int] = field(default_factory=dict[str, int])
    switches: Mapping[str, bool] = field(default_factory=dict[str, bool])
    no_beneficiaries: str | None = None

    @property
    def empty(self) -> bool:
        """True when nothing is asked."""
        return not (self.rules or self.numbers or self.switches) and self.no_beneficiaries is None

    def without_rule(self, rule: str, reason: str) -> Wishes:
        """The wishes with which a rule is silent, and why."""
        return replace(
            self, rules={**self.rules, rule: False}, reasons={**self.reasons, rule: reason}
        )


NO_WISHES = Wishes()


def applied(profile: Profile, wishes: Wishes) -> Profile:
    """A profile with wishes laid over it."""
    if wishes.empty:
        return profile
    silent = {rule for rule, speaks in wishes.rules.items() if not speaks}
    spoken = {rule for rule, speaks in wishes.rules.items() if speaks}
    reason = wishes.no_beneficiaries
    return replace(
        profile,
        switched_off=(profile.switched_off | silent) - spoken,
        settings=replace(profile.settings, **wishes.numbers, **wishes.switches),
        no_direct_beneficiaries=profile.no_direct_beneficiaries if reason is None else reason,
    )


def difference(before: Profile, after: Profile, reasons: Mapping[str, str]) -> Wishes:
    """The wishes that make a profile ask what another one asks.

    Args:
        before: What is asked without them.
        after: What is to be asked.
        reasons: Why rules are silent, by id; those of other rules are left out.
    """
    silent, spoken = (
        after.switched_off - before.switched_off,
        before.switched_off - after.switched_off,
    )
    old, new = before.settings, after.settings
    numbers = {n.name: getattr(new, n.name) for n in NUMBERS}
    switches = {name: getattr(new, name) for name in SWITCHES}
    reason = after.no_direct_beneficiaries
    return Wishes(
        rules={**dict.fromkeys(sorted(silent), False), **dict.fromkeys(sorted(spoken), True)},
        reasons={rule: reasons[rule] for rule in sorted(silent) if reasons.get(rule)},
        numbers={name: value for name, value in numbers.items() if value != getattr(old, name)},
        switches={name: value for name, value in switches.items() if value != getattr(old, name)},
        no_beneficiaries=None if reason == before.no_direct_beneficiaries else reason,
    )


# In a book


def wishes_of(texts: Mapping[str, str]) -> Wishes:
    """The wishes that a book keeps as texts by key; what is not understood asks nothing."""
    rules: dict[str, bool] = {}
    reasons: dict[str, str] = {}
    numbers: dict[str, int] = {}
    switches: dict[str, bool] = {}
    for key, text in texts.items():
        rule = key.partition(".")[2]
        if key.startswith(_RULE) and rule in RULE_BY_ID and text in _YES | _NO:
            rules[rule] = text in _YES
        elif key.startswith(_REASON) and rule in RULE_BY_ID:
            reasons[rule] = text
        elif key in _NUMBER_BY_NAME and (number := _number(key, text)) is not None:
            numbers[key] = number
        elif key in SWITCHES and text in _YES | _NO:
            switches[key] = text in _YES
    return Wishes(rules, reasons, numbers, switches, texts.get(_BENEFICIARIES))


def texts_of(wishes: Wishes) -> dict[str, str]:
    """Wishes as a book keeps them."""
    texts = {_RULE + rule: "on" if on else "off" for rule, on in wishes.rules.items()}
    texts |= {_REASON + rule: text for rule, text in wishes.reasons.items() if text}
    texts |= {name: str(number) for name, number in wishes.numbers.items()}
    texts |= {name: "on" if on else "off" for name, on in wishes.switches.items()}
    if wishes.no_beneficiaries is not None:
        texts[_BENEFICIARIES] = wishes.no_beneficiaries
    return texts


def _number(name: str, text: str) -> int | None:
    limits = _NUMBER_BY_NAME[name]
    text = text.strip().removesuffix(".0")
    if not text.isdecimal() or not limits.least <= int(text) <= limits.most:
        return None
    return int(text)


# In a form


def wishes_of_form(about: Mapping[str, str]) -> Wishes:
    """The wishes in the rows of a form's sheet 说明."""
    numbers = {
        name: _number(name, about[row]) for row, name in _FORM_NUMBERS.items() if row in about
    }
    switches = {
        name: about[row] in _YES
        for row, name in _FORM_SWITCHES.items()
        if about.get(row) in _YES | _NO
    }
    silent = (_rule_of(word) for word in _words(about.get(RULES_OFF, "")))
    return Wishes(
        rules={rule: False for rule in silent if rule},
        numbers={name: number for name, number in numbers.items() if number is not None},
        switches=switches,
        no_beneficiaries=about.get(NO_BENEFICIARIES) or None,
    )


def faults_of_form(about: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with these rows: (row, what is wrong, in Chinese)."""
    for word in _words(about.get(RULES_OFF, "")):
        if not _rule_of(word):
            yield RULES_OFF, f"没有叫“{word}”的规则；请写规则的编号，如 V7，用顿号分开。"
    for row, name in _FORM_NUMBERS.items():
        if about.get(row) and _number(name, about[row]) is None:
            limits = _NUMBER_BY_NAME[name]
            yield row, f"{row}要写 {limits.least} 到 {limits.most} 之间的整数。"
    for row in _FORM_SWITCHES:
        if about.get(row) and about[row] not in _YES | _NO:
            yield row, f"{row}要写“是”或“否”。"


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[、，,;；\s]+", text) if word]


def _rule_of(word: str) -> str:
    return word.upper() if word.upper() in RULE_BY_ID else _RULE_BY_TITLE.get(word, "")
