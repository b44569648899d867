"""What a value says (V8 to V12, V14 to V17): rates, limits, directions, lengths."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jixiao.model.checks.findings import Note
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.view import Line, View, short
from jixiao.model.numbers import plain
from jixiao.model.vocabulary import INTEGER_UNITS, fold_width

_RATE_NAME = re.compile(r"率$|(?:满意|知晓|认可|支持|参与|信任)度$|占比$|比例$|覆盖面$|比重$")
_NO_RATE = re.compile(r"(?:频|功|速|分辨|心|汇|转速|斜)率$")
_SAYS_SHARE = re.compile(
    r"率|度|比|占|幅|覆盖|增|减|降|升|提高|缩短|缩减|扩大|延长|节约|节省|压缩|控制|％|%|水平$|感$|指数$"
)
_BOUNDED = re.compile(
    r"完成|覆盖|满意|合格|及时|达标|知晓|参加|参会|出勤|到位|保障|准确|办结|按期|按时"
)
_UNBOUNDED = re.compile(r"增长|增加|提升|提高|增幅|执行率|下降|降低|超额|偏差|变动|负荷")
_LIMITS = re.compile(r"控制|支出|超|差|费|返修|投诉|变更|事故|故障|变动|能耗|占|负债|降|减")
_GOOD = re.compile(
    r"(?:合格|完成|覆盖|及时|达标|准确|知晓|参加|参会|出勤|到位|办结|成活|完好|上岗|建档|普及|有效|整改|可用"
    r"|就业|入学|参保|保障|验收|利用|优良|到会)率$"
)
_CONSUMPTION = re.compile(
    r"天数|时间|时长|会期|接待|出差|用车|车辆|油耗|能耗|耗|投诉|事故|差错|故障|返修|超|批次|变更"
    r"|出国|出境|公务|加班|编制|用水|用电|排放|欠|逾期|违规|负债|在职|人员控制"
)
_HARM = re.compile(
    r"事故|投诉|故障|差错|违规|违纪|事件|泄密|舆情|逾期|超标|火灾(?!隐患|演练|扑)|伤亡|死亡|发案|溺亡|辍学|返贫"
    r"|发生(?:次数|起数|件数|数|率)$"
)
_WAITING = re.compile(
    r"(?:响应|到达|到场|等候|等待|排队|修复|抢修|处置|处理|办理|办结|审批|反馈|回复|答复|受理)"
    r"(?:平均)?(?:时间|时长)$|(?:时限|用时|耗时)$"
)
_SHORT_TIMES = frozenset({"分钟", "小时", "天", "日", "工作日"})
_HANDLED = re.compile(
    r"处理|办理|办结|响应|整改|排查|演练|宣传|处置|修复|下降|减少|降低|化解|调处|解决|回复|答复|查处|巡查"
    r"|监测|受理|预防|防范|应急|教育|核查|调解|报告|维修|及时率|检修|抢修|排除|管理|治理|培训|调查|评估|预警"
    r"|保险|理赔|救援|执法|检查|监督|防治|覆盖率|完好率|合格率|满意|扑救|扑灭|出警|接警|宣讲|劝返|识别"
)
NONE = re.compile(r"(?:无|不涉及|/|暂无|没有|无直接.*|不适用|无此项.*|不产生.*(?:效益|影响|成本))")
_NO_EFFECT = re.compile(
    r"(?:无|没有)(?:明显|相关|显著)?的?(?:社会|经济|生态|环境|可持续)*(?:效益|成本)"
)
_TIME_UNITS = frozenset({"月", "月份", "年", "天", "日", "小时", "工作日", "个月"})
_TIMES = frozenset({"次", "场", "场次", "期", "件", "份", "篇", "台", "套"})


_WRONG_UNITS = (
    (re.compile(r"满意[度率]?$|满意度"), INTEGER_UNITS | _TIME_UNITS, "满意度应以 % 表示"),
    (re.compile(r"(?<![频功速心汇])率$"), INTEGER_UNITS | _TIME_UNITS, "比率应以 % 表示"),
    (
        re.compile(r"(?:完成量|次数|人数|件数|份数|场次|数量|人次|天数)$"),
        frozenset({"%"}),
        "应以数量单位表示",
    ),
    (re.compile(r"人[数次]$"), _TIMES, "人数应以人或人次表示"),
    (re.compile(r"次数$"), frozenset({"人", "名", "位"}), "次数应以次表示"),
    (re.compile(r"天数$"), INTEGER_UNITS - {"人次"}, "天数应以天表示"),
    (
        re.compile(r"(?:时间|时限|期限|工期|日期|天数)$"),
        frozenset({"%"}),
        "时间应以天、月或日期表示",
    ),
    (re.compile(r"(?<!满意)(?<![频功速心汇])率$"), frozenset({"分"}), "比率应以 % 表示"),
)
"""What a name ends with, the units that contradict it, and why."""


_COUNTABLE = re.compile(
    r"(?:岗位|人员|企业|项目|站点|网点|场所|设备|农户|住户|学生|学员|老人|儿童)数?$"
)
_COUNT_TOLD = re.compile(r"[^占比率除分/÷]{2,12}(?:人数|次数|数量|份数|件数|户数|个数|总数)")


def _contradiction(line: Line) -> str:
    """Why the unit contradicts the name, "" if it does not."""
    if line.number is None or not line.unit:
        return ""
    for name, units, reason in _WRONG_UNITS:
        if line.unit in units and name.search(line.name):
            return reason
    if line.unit == "%" and line.number > 100 and _COUNTABLE.search(line.name):
        return "应以数量单位表示"
    return ""


def check_rate_unit(view: View) -> Iterator[Note]:
    """V8: the name says a rate and the unit is not %, or the reverse."""
    for line in view.all_lines:
        if line.number is None or not line.unit or _contradiction(line):
            continue
        rate = bool(_RATE_NAME.search(line.name)) and not _NO_RATE.search(line.name)
        if rate and line.unit not in {"%", "‰", "百分点", "分", "倍"}:
            said = f"是比率，度量单位却是“{line.row.unit}”。"
            yield line.says("unit", said, "请用 % 表示，或把名称改为数量。", about=(line.row.unit,))
        elif line.unit == "%" and line.name and not _SAYS_SHARE.search(line.name):
            said = f"以 % 计（{line.target}），名称却没有说明是什么比率。"
            hint = "请在名称里写明，如“……完成率”“……合格率”。"
            severity = "hint" if line.name.endswith("性") else None
            yield line.says("level3", said, hint, severity=severity, about=(line.target,))


def check_percent_range(view: View) -> Iterator[Note]:
    """V9: a share of more than 100 % or less than 0."""
    for line in view.all_lines:
        number = line.number
        if number is None or not line.percent or _contradiction(line):
            continue
        if 0 < number <= 1 and (_GOOD.search(line.name) or "满意" in line.name):
            meant = plain(number * 100)
            said = f"的指标值是 {line.row.value}%，还不到百分之一点。"
            hint = f"如果是 {meant}%，请写 {meant}；指标值不写小数形式。"
            yield line.says(
                "value",
                said,
                hint,
                ("value", meant),
                severity="warning",
                about=(line.row.value,),
                sure=False,
            )
        if 0 <= number <= 100:
            continue
        if number < 0 or (_BOUNDED.search(line.name) and not _UNBOUNDED.search(line.name)):
            said = f"的指标值是 {line.row.value}%，超出了 0 到 100%。"
            yield _misread(line, said) or line.says(
                "value", said, "请核对指标值。", about=(line.row.value,)
            )
        elif not re.search(r"增长|增幅", line.name):
            said = f"的指标值是 {line.row.value}%，超过 100%。"
            note = line.says(
                "value", said, "请核对指标值。", severity="warning", about=(line.row.value,)
            )
            yield (_misread(line, said) if line.name.endswith("率") else None) or note


def _misread(line: Line, said: str) -> Note | None:
    """292% without a sign: in scanned texts a 2 is often the ≥ that was misread."""
    value = line.row.value.strip()
    if line.row.comparator or not re.fullmatch(r"2\d\d(?:\.\d+)?", value):
        return None
    hint = f"可能是扫描时把“≥”认成了“2”，应为“≥{value[1:]}%”。"
    changes = (("value", value[1:]), ("comparator", "≥"))
    return line.says("value", said, hint, *changes, about=(value,), sure=False)


def check_hundred(view: View) -> Iterator[Note]:
    """V10: ≥100 % and ≤100 %, and a satisfaction that nobody reaches."""
    high = view.settings.satisfaction_high
    for line in view.all_lines:
        sign, number = line.row.comparator, line.number
        if number is None or not line.percent:
            continue
        if "满意" in line.name and high <= number <= 100 and sign in {"≥", "=", ">", ""}:
            shown = f"{sign}{line.row.value}%"
            said = f"定为 {shown}，偏高，请核对。"
            severity = "warning" if number >= 100 else "hint"
            hint = "请对照往年的测评结果，确有把握的可以忽略。"
            yield line.says("value", said, hint, severity=severity, about=(shown,))
        elif (
            number == 100 and sign in {"≥", "≤"} and not (sign == "≤" and _LIMITS.search(line.name))
        ):
            if sign == "≥" and _UNBOUNDED.search(line.name.removesuffix("执行率")):
                continue
            if _is_harm(line):
                continue  # which way it should point is V12's matter
            said = (
                f"写作“{sign}100%”，比率不会超过 100%。"
                if sign == "≥"
                else "写作“≤100%”，任何结果都算达到。"
            )
            yield line.says("comparator", said, "请写“=100%”。", ("comparator", "="), about=(sign,))


def check_whole(view: View) -> Iterator[Note]:
    """V11: a fraction of something that is counted."""
    for line in view.all_lines:
        if line.counts and line.number is not None and line.number % 1:
            said = f"的指标值是 {line.row.value}{line.row.unit}，“{line.unit}”不能有小数。"
            yield line.says(
                "value",
                said,
                "请填整数；如果数以万计，单位请写明“万”。",
                about=(line.row.value + line.row.unit,),
            )


def check_direction(view: View) -> Iterator[Note]:
    """V12: a comparator that points the unnatural way."""
    for line in view.all_lines:
        sign = line.row.comparator
        if line.number is None or not line.numeric:
            continue
        harm = _is_harm(line)
        waits = bool(_WAITING.search(line.name)) and line.unit in _SHORT_TIMES
        if waits and sign in {"≥", ">"}:
            said = f"写作“{line.target}”，意思成了越慢越好。"
            yield line.says(
                "comparator", said, "请用 ≤。", ("comparator", "≤"), about=(line.target,)
            )
        elif harm and sign in {"≥", ">"} and line.kind != "satisfaction":
            said = f"写作“{line.target}”，越多越好不合情理。"
            # ≤100 % would be true of anything.
            changes = () if line.percent and line.number >= 100 else (("comparator", "≤"),)
            yield line.says("comparator", said, "请用 ≤ 或 =0。", *changes, about=(line.target,))
        elif line.kind == "cost":
            yield from _cost_direction(line, sign)
        elif line.kind == "quantity" and sign in {"≤", "<"} and not _CONSUMPTION.search(line.name):
            said = f"写作“{line.target}”，数量指标用“{sign}”表示越少越好。"
            yield line.says(
                "comparator",
                said,
                "产出数量请用 ≥ 或 =；控制数请在名称里写明。",
                about=(line.target,),
            )
        elif _good_rate(line) and sign in {"≤", "<"} and "满意" not in line.name:
            said = f"写作“{line.target}”，这样的比率应当越高越好。"
            yield line.says(
                "comparator", said, "请用 ≥。", ("comparator", "≥"), about=(line.target,)
            )
        elif "满意" in line.name and _capped(line, sign) and "不满意" not in line.name:
            said = f"写作“{line.target}”，满意度应当越高越好。"
            yield line.says(
                "comparator", said, "请用 ≥。", ("comparator", "≥"), about=(line.target,)
            )


def _is_harm(line: Line) -> bool:
    """What is better when there is less of it (事故, 逾期率), and not how it is dealt with."""
    return bool(_HARM.search(line.name)) and not _HANDLED.search(line.name)


def _good_rate(line: Line) -> bool:
    """A rate of which more is better (合格率, 参会率), below 100 %."""
    return bool(
        line.percent
        and line.number is not None
        and line.number < 100
        and _GOOD.search(line.name)
        and not _LIMITS.search(line.name)
        and not _HARM.search(line.name)
    )


def _capped(line: Line, sign: str) -> bool:
    """Whether a satisfaction that is better would not count (=100 % is V10's matter)."""
    return sign in {"≤", "<"} or (sign == "=" and line.number is not None and line.number < 98)


def _cost_direction(line: Line, sign: str) -> Iterator[Note]:
    if (
        sign in {"≥", ">"}
        and "元" in line.unit
        and not re.search(r"节约|节省|降低|压减", line.name)
    ):
        message = f"成本指标{line.title}写作“{line.target}”，成本应当越低越好。"
        mild = "标准" in line.name and not line.money  # a subsidy may have a floor
        hint = "请用 ≤；政策规定了最低标准的，可以忽略。" if mild else "请用 ≤。"
        severity = "hint" if mild else None
        yield line.note("comparator", message, hint, ("comparator", "≤"), severity=severity)
    elif sign == "=" and line.money and "标准" not in line.name:
        message = f"成本指标{line.title}写作“{line.target}”，通常写“≤”，节约了也算完成。"
        yield line.note("comparator", message, "请用 ≤。", ("comparator", "≤"))


def check_none(view: View) -> Iterator[Note]:
    """V14: an indicator that says there is none."""
    for line in view.all_lines:
        value = fold_width(line.row.value)
        name_says = bool(line.name) and NONE.fullmatch(line.name)
        said = bool(value) and (NONE.fullmatch(value) or _NO_EFFECT.fullmatch(value))
        value_says = said and not _HARM.search(line.name)
        if name_says or value_says:
            shown = line.row.level3 if name_says else line.row.value
            message = (
                f"{short(line.row.level2) or '这一行'}的指标写“{short(shown)}”，等于没有指标。"
            )
            column = "level3" if name_says and not value_says else "value"
            yield line.note(column, message, "不涉及的类别请不要列指标，删去这一行。")


def check_unit_against_name(view: View) -> Iterator[Note]:
    """V15: the unit contradicts the name."""
    for line in view.all_lines:
        reason = _contradiction(line)
        stated = line.row.explanation.strip()
        if line.percent and _RATE_NAME.search(line.name) and _COUNT_TOLD.fullmatch(stated):
            said = f"是比率，说明却只写“{short(stated)}”，没有说明怎样计算。"
            hint = "请写明分子和分母，如“实到人数占应到人数的比例”。"
            yield line.says("explanation", said, hint, severity="hint", about=(stated,))
        if reason:
            said = f"的指标值是 {line.target}，单位“{line.row.unit}”与名称不符：{reason}。"
            yield line.says("unit", said, "请核对名称、数值和单位。", about=(line.target, reason))


def check_name_length(view: View) -> Iterator[Note]:
    """V16: a third-level name that systems refuse for its length."""
    longest = view.settings.longest_name
    for line in view.all_lines:
        if len(line.row.level3) > longest:
            name = line.row.level3
            message = f"三级指标“{short(name)}”有 {len(name)} 个字，超过 {longest} 个字。"
            yield line.note("level3", message, "请精简名称，把解释写在说明栏。")


_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:-+|—+)\s*(\d+(?:\.\d+)?)")
_DATE = re.compile(r"(20\d\d)-(\d{1,2})-(\d{1,2})")


def check_characters(view: View) -> Iterator[Note]:
    """V17: characters in a value that upload systems refuse."""
    for line in view.all_lines:
        value = line.row.value
        found = next((char for char in "*_-" if char in value), "")
        if not found or (line.number is not None and line.number < 0):
            continue
        said = f"的指标值“{short(value)}”含有“{found}”，有的上报系统不接受。"
        hint = "范围请写“3至5”，日期请写“12月31日前”。"
        mended = _DATE.sub(lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日", value)
        mended = _RANGE.sub(r"\1至\2", mended)
        good = not any(char in mended for char in "*_-")
        yield line.says(
            "value", said, hint, *((("value", mended),) if good else ()), about=(value,)
        )


RULES = (
    Rule("V8", "名称是比率而单位不是 %", "规范性", "warning", "heuristic", "seen", check_rate_unit),
    Rule("V9", "百分数超出范围", "可行性", "error", "sure", "arithmetic", check_percent_range),
    Rule(
        "V10", "不低于 100% 或满意度过高", "可行性", "warning", "heuristic", "custom", check_hundred
    ),
    Rule("V11", "计数单位带小数", "规范性", "error", "sure", "seen", check_whole),
    Rule("V12", "比较方向不合情理", "适当性", "warning", "heuristic", "seen", check_direction),
    Rule("V14", "写“无”的指标", "完整性", "error", "sure", "published", check_none),
    Rule("V15", "单位与名称矛盾", "相关性", "error", "heuristic", "seen", check_unit_against_name),
    Rule("V16", "三级指标名称过长", "规范性", "warning", "sure", "published", check_name_length),
    Rule(
        "V17",
        "含有上报系统不接受的字符",
        "规范性",
        "warning",
        "sure",
        "published",
        check_characters,
    ),
)
