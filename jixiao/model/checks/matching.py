"""Numbers in texts matched to indicators (T1): the same thing, in one word or another."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from jixiao.model.checks.similar import is_within, similarity
from jixiao.model.checks.view import Line
from jixiao.model.numbers import in_unit
from jixiao.model.numerals import Quantity
from jixiao.model.vocabulary import MONEY_SCALE, fold_width

NONE = Decimal(0)
CERTAIN = Decimal("0.85")
SURE = Decimal("0.7")
WEAK = Decimal("0.6")
"""How close a quantity and an indicator must be, and what counts only where there is no other."""

_GROUPS = (
    ("次", "场", "场次", "期", "批", "批次", "班次", "轮", "班"),
    ("人", "名", "人次", "位"),
    (
        "个",
        "项",
        "件",
        "条",
        "篇",
        "份",
        "处",
        "座",
        "家",
        "所",
        "部",
        "宗",
        "起",
        "例",
        "卷",
        "册",
        "本",
    ),
    ("天", "日", "工作日", "日历天"),
    ("台", "套", "台套", "辆", "盏"),
    ("户", "家", "个"),
    ("公里", "千米", "km"),
    ("平方米", "㎡", "m2", "m²"),
    ("学时", "课时"),
)
_COUNTING = (
    r"次数|场次|人次数?|人数|数量|总数|个数|件数|份数|篇数|期数|批次|班次|天数|家数|户数|条数|项数|项目数"
    r"|台数|字数|册数|页数|里程|面积|规模|长度|标准|量|数|情况|时间|的?比例"
)
_DOING = (
    "召开|举办|开展|组织|完成|建设|新建|修建|创建|建成|改造|维修|修复|养护|更新|整治|印制|印发|编印|发放|采购"
    "|购置|购买|配备|安装|放映|拍摄|办理|受理|化解|参加|参与|巡检"
)
_MEASURE = re.compile(rf"(?:{_DOING})?(?:{_COUNTING})$")
_ONLY_MEASURE = re.compile(rf"(?:{_COUNTING})$")
_VERB = re.compile(
    r"^(?:本次|本年度?|全年|年内|每年|每季度?|每月|今年|计划|预计|力争|确保|保证|至少|共|共计|累计|期间"
    r"|各|再|并|将|对|通过|安排|拟|需达到|达到|不断|认真|依法|按时|及时|按照|顺利|圆满|应|需|要|和|的|新|实现"
    r"|实施|进行|做好|确定|提交|提出|听取和审议|听取并审议|听取|审议|审查|审核|摄制|制作|编制|编纂|编写|撰写|征集|招募|展示|推广|种植|栽植|扶持|帮扶|奖补|补贴|形成|出具|起草"
    r"|票决产生|票决|产生|票选|督办|检查|走访|慰问|服务|培训|资助|补助|救助|支持|覆盖|聘请|聘用|开设|新增"
    rf"|{_DOING})"
)
_TRAILING = re.compile(
    r"(?:共计|共|累计|达到?|需达到|为|约|近|各|不少于|不低于|控制在|稳定在|保持在|提高到|提升到|增加到|计|至少|超过|以上|召开|开展|举办|组织|举行|发放|采购|完成|建设|养护|安排|的|有|数|数量|总人数|人数|次数|率需?)+$"
)
_GENERIC = frozenset(
    {"会议", "活动", "培训", "宣传", "项目", "工作", "报告", "调研", "检查", "建议", "经费", "资金"}
    | {
        "费用",
        "成本",
        "服务",
        "系统",
        "设备",
        "代表",
        "群众",
        "问题",
        "事项",
        "任务",
        "学习",
        "数据",
    }
)
_PAIRWISE = Decimal("0.75")
_SAYS_RATE = re.compile(r"率|度|比例|占比|覆盖")
_RATE_WORD = re.compile(r"(?:率|度|比例|占比)$")
_EACH = re.compile(r"人均|每人|户均|每户|单[台套个处件册辆]|每[台套个处件册辆]|标准")
_EACH_WORDS = re.compile(
    r"每(?:学期|[年月天])|人均|每[人户台套个处件册辆名]|户均|平均|单价|标准|费用?$|金额$"
)
_MEASURES = frozenset(
    {"万亩", "公里", "平方米", "万平方米", "亩", "吨", "万吨", "立方米", "米", "公顷"}
)
_PEOPLE = frozenset({"人", "名", "位", "人次"})
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]|[“”‘’《》\"]")


@lru_cache(maxsize=4096)
def core_of(name: str) -> str:
    """What an indicator is about, without verbs before and counting words after it."""
    text = fold_width(_BRACKETS.sub("", name))
    for measure in (_MEASURE, _ONLY_MEASURE):
        core = _strip_verbs(measure.sub("", text))
        if len(core) >= 2 and core not in _GENERIC:
            return core
    core = _strip_verbs(_MEASURE.sub("", text))
    if len(core) >= 2:
        return core
    return text


@lru_cache(maxsize=4096)
def _noun_before(text: str) -> str:
    text = fold_width(_BRACKETS.sub("", text))
    previous = ""
    while text != previous:
        previous = text
        text = _TRAILING.sub("", text)
    return _strip_verbs(text)


@lru_cache(maxsize=4096)
def _noun_after(text: str) -> str:
    return _strip_verbs(fold_width(_BRACKETS.sub("", text)))


def _strip_verbs(text: str) -> str:
    while True:
        match = _VERB.match(text)
        if match is None or len(text) - match.end() < 2:
            return text
        text = text[match.end() :]


def comparable(quantity: Quantity, line: Line) -> bool:
    """Whether a quantity's unit and an indicator's can tell of the same thing."""
    if line.number is None:
        return False
    first, second = quantity.unit, line.unit
    if first == second:
        return bool(first)
    if first in MONEY_SCALE and second in MONEY_SCALE:
        return True
    first, second = first.removeprefix("万"), second.removeprefix("万")
    if first == second:
        return True  # 1.2万户, 12000户
    if first == second.partition("/")[0] and first in MONEY_SCALE:
        return _EACH.search(quantity.before) is not None  # 人均补助600元, 600 元/人
    return _alike(first, second)


@lru_cache(maxsize=1024)
def _alike(first: str, second: str) -> bool:
    return any(first in group and second in group for group in _GROUPS)


def closeness(quantity: Quantity, line: Line) -> Decimal:
    """How surely a quantity in a text and an indicator are about the same thing (0 to 1)."""
    if not comparable(quantity, line):
        return NONE
    if quantity.unit == "%":
        return _rate_closeness(quantity, line.name)
    if "/" in line.unit and "/" not in quantity.unit:
        return _price_closeness(quantity.before, line.name)
    core = core_of(line.name)
    if quantity.unit in {"天", "日"}:
        return _duration_closeness(quantity, core, line.name)
    return _count_closeness(quantity, line, core)


def _count_closeness(quantity: Quantity, line: Line, core: str) -> Decimal:
    """A count, length or sum: by the nouns around it."""
    before, after = _noun_before(quantity.before), _noun_after(quantity.after)
    if quantity.unit in _PEOPLE and core not in _GENERIC and core in after[: len(core) + 4]:
        return Decimal("0.8")  # 450名困难学生 beside 学生人数
    best = max(_noun_closeness(before, core), _noun_closeness(after, core, leads=True))
    same = quantity.unit == line.unit or {quantity.unit, line.unit} <= _PEOPLE
    if best < SURE and same:
        return max(best, _shared_words(quantity, after, core))
    return best


def _price_closeness(before: str, name: str) -> Decimal:
    """每人减免800元 beside 人均减免标准: the same thing, both for each."""
    said = _EACH_WORDS.sub("", _noun_before(before))
    asked = _EACH_WORDS.sub("", name)
    if len(said) < 2 or len(asked) < 2:
        return NONE
    return Decimal("0.9") if said.endswith(asked) or asked.endswith(said) else NONE


def _shared_words(quantity: Quantity, after: str, core: str) -> Decimal:
    """A name made of the text's words in another order, both counted in the same unit.

    15条校车线路 beside 补贴校车线路数; 对26座小型水库开展维修养护 beside 维修养护水库数量.
    """
    for size in range(min(len(after), len(core)), 2, -1):
        if core.endswith(after[:size]) and after[:size] not in _GENERIC:
            return Decimal("0.8")
    around = fold_width(quantity.before + quantity.after)
    if len(core) >= 4 and any(
        core[:cut] in around and core[cut:] in around for cut in range(2, len(core) - 1)
    ):
        return SURE
    # Lengths and areas are seldom told of two things in one clause.
    if quantity.unit in _MEASURES and len(core) >= 2 and core in around:
        return SURE
    near = core not in _GENERIC and core in after[: len(core) + 4]
    # 飞机防治面积3万亩 beside 飞防作业面积: short for each other.
    shared = quantity.unit in _MEASURES and len(set(core) & set(around) - set(_COMMON)) >= 2
    return WEAK if near or shared else NONE


_COMMON = "作业面积总数量工程项目完成建设实施新改造长度公里程"


def _noun_closeness(noun: str, core: str, *, leads: bool = False) -> Decimal:
    """How alike a noun of the text and the core of a name are.

    A short or general core (会议, 活动) must be the whole noun: 主席团会议 is another 会议.
    """
    if len(noun) < 2 or len(core) < 2:
        return NONE
    if noun == core:
        return Decimal(1)
    if core in _GENERIC or noun in _GENERIC:
        # There are many kinds of 会议; 培训 in a project is mostly one.
        return WEAK if noun.endswith(core) and core != "会议" else NONE
    if len(core) >= 3 and (noun.endswith(core) or (leads and noun.startswith(core))):
        return Decimal("0.9")
    if min(len(noun), len(core)) >= 4:
        return _alike_names(noun, core)
    return WEAK if core.endswith(noun) or noun.startswith(core) else NONE


def _alike_names(noun: str, core: str) -> Decimal:
    """How alike two longer names are: one in the other, by their pairs, or by their order."""
    if core.endswith(noun) or core.startswith(noun):
        return CERTAIN
    if any(core.startswith(noun[:cut]) and core.endswith(noun[cut:]) for cut in (2, 3)):
        return _PAIRWISE  # 接入事项 beside 接入政务服务事项
    alike = similarity(noun, core)
    if alike >= _PAIRWISE:
        return alike
    shorter, longer = sorted((noun, core), key=len)
    return _PAIRWISE if len(shorter) * 3 >= len(longer) * 2 and is_within(shorter, longer) else NONE


def _rate_closeness(quantity: Quantity, name: str) -> Decimal:
    """A percentage: the name's subject stands before it, or the text's short word ends the name."""
    before = fold_width(_BRACKETS.sub("", quantity.before))
    if not _SAYS_RATE.search(before) and (len(name) < 3 or name not in before):
        return NONE
    said = _noun_before(before)
    subject = _RATE_WORD.sub("", name)
    if said == name:
        return Decimal(1)
    if name in before:
        return Decimal("0.95")
    if len(subject) >= 2 and subject in before and subject not in _GENERIC:
        return Decimal("0.9") if len(subject) >= 3 else Decimal("0.8")
    return _rate_by_stem(said, subject, name)


def _rate_by_stem(said: str, subject: str, name: str) -> Decimal:
    """A rate called by a shorter or slightly other name in the text: 办结率, 满意率."""
    stem = _RATE_WORD.sub("", said)
    if stem == "满意":
        return WEAK if stem in name else NONE
    if len(stem) >= 2 and name.endswith((said, stem + "率", stem + "度")):
        return SURE
    shorter, longer = sorted((stem, subject), key=len)
    same_end = stem[-2:] == subject[-2:]
    if len(shorter) >= 4 and len(shorter) * 10 >= len(longer) * 6 and is_within(shorter, longer):
        return SURE if shorter is stem or same_end else NONE
    if len(subject) >= 4 and same_end and is_within(subject, stem):
        return WEAK  # 来信来访办结率 beside 信访办结率
    alike = similarity(said, name)
    return alike if len(said) >= 6 and alike >= _PAIRWISE else NONE


_DURATION = re.compile(r"会期|会议|工期|培训|活动|展会|期限|施工|节|赛|演练")


def _duration_closeness(quantity: Quantity, core: str, name: str) -> Decimal:
    """Days: 会期3天 or 28日至30日召开 beside 会议天数."""
    around = quantity.before + quantity.after
    if not re.search(r"天数|时间|会期|工期|时长|周期|期限", name):
        return NONE
    said, asked = set[str](_DURATION.findall(around)), set[str](_DURATION.findall(name))
    if "会期" in said:
        said.add("会议")
    if "会期" in asked or "开会" in name:
        asked.add("会议")
    if said & asked or (len(core) >= 3 and core in around):
        return Decimal("0.8")
    return NONE


def _scale(unit: str) -> Decimal:
    """How many a unit counts by: ten thousand for 万人次 (money has scales of its own)."""
    return Decimal(10_000 if unit.startswith("万") and unit not in MONEY_SCALE else 1)


def in_unit_of(quantity: Quantity, line: Line) -> Decimal:
    """A quantity's number in the unit of an indicator (1.2万户 in 户, 1.2万元 in 元/人)."""
    unit = line.unit.partition("/")[0]
    if quantity.unit in MONEY_SCALE and unit in MONEY_SCALE:
        return in_unit(quantity.number, quantity.unit, unit)
    return quantity.number * _scale(quantity.unit) / _scale(line.unit)


def agrees(quantity: Quantity, line: Line) -> bool:
    """Whether a quantity says what an indicator says, by the year or by the time it names."""
    number = in_unit_of(quantity, line)
    if quantity.unit in MONEY_SCALE:
        return line.number == number
    return line.number in {number, number * quantity.times}
