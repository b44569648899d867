"""Classes (C1 to C7): indicators that stand in the wrong class."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jixiao.model.checks.findings import Note
from jixiao.model.checks.kinds import CLASS_NAMES
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.view import Line, View, short

_SOCIAL_COSTS = frozenset({"社会成本指标", "生态环境成本指标"})
_SERVED = "服务对象满意度指标"
_QUALITY = re.compile(
    r"率|合格|达标|准确|完好|优良|等级|评分|得分|事故|事件|投诉|差错|故障|违规|缺陷|返修|舆情|并发|容量"
    r"|精度|违纪|违法|误差|承载|吞吐|寿命|强度|优秀|示范|精品|获奖|奖牌|金牌|名次|录取|星级|超标|逾期|错误"
    r"|泄密|漏洞"
)
_WORK_UNITS = frozenset({"平方米", "万平方米", "亩", "公里", "立方米", "吨"})
"""Units by which work is measured and quality never."""
_BY_DAYS = re.compile(r"(?:开放|服务|运行|值班|活动|培训|巡查)天数$")
TIMELY = re.compile(
    r"及时|按时|按期|准时|准点|日清|时间|进度|期限|前|时限|时长|时效|日期|周期|工期|天数|年度内|年内|当年|按计划"
    r"|按进度|按月|按季|限时|小时|分钟|响应|提前|逾期|延误|实效|时点|月底|年底|期内|当月|当日|完工|竣工|随时|第一时间|即时"
)
_DATED = re.compile(r"前|月|日|底|按时|及时|按期|季度|小时|天|分钟|全年")
_MONEY_NAME = re.compile(r"成本|费|经费|金额|总额|预算|资金")
_EACH = re.compile(r"单位|人均|平均")
_GAIN = re.compile(
    r"节约|节省|增收|收入|税|产值|产出|销售|投资|融资|引资|补贴|挽回|增加|带动|收益|利润|贷款|减负|降低|追回"
    r"|消费|产业|经济|外资|内资|引进|招引|募集|到位资金|争取|效益|化解|清收|盘活|压减|减免"
)
_BURDEN = re.compile(
    r"投诉|扰民|事故|超标|影响|污染|排放|噪声|噪音|扬尘|拥堵|垃圾|破坏|占用|能耗|油耗|废"
)
_BURDEN_HINT = "社会成本、生态环境成本写带来的负面影响，没有的不列。"
_BENEFICIARY = re.compile(
    r"受益|覆盖|触达|惠及|受众|就业|带动|事故|投诉|事件|案件|上访|信访|新增|减少|下降|惠农|帮扶|脱贫|救助"
    r"|阅读|游客|接待|参观|服务.*(?:人|户)|安置|品牌|专利|落户|企业数|案发|发案|伤亡|死亡|获评|获奖|荣誉|解决"
    r"|利用|使用|借阅|就诊|门诊|惠|中断|聘用|务工|用工|岗位|采用|采纳|批示|参与群众|群众参与|输送|升学|录取|火灾"
    r"|受援|援助对象|亡人|在库|在册|留存|化解|调处|挽回|避免|持证|骨干"
)
_OUTPUT_RATE = re.compile(r"(?:完成|执行|及时|合格|出勤|参加|参会)率$|^完成.+(?:事项|任务|工作)$")
_ECOLOGY = re.compile(
    r"环境|污染|绿|能耗|碳|垃圾|节约|环保|水质|空气|排放|节能|节水|节电|用电|用水|用纸|扬尘|噪[声音]|植被|森|林"
    r"|湿地|耕地|土壤|河|湖|能源|油耗|百公里|无纸|纸质|纸张|减排|物种|水土|草|蓝天|污水|废|清洁|秸秆|化肥|农药|自然"
    r"|渣|固废|焚烧|火点|回收|再生|循环利用|(?<!政治)生态|资源|海绵|粉尘|尾气|臭氧|PM|人居|村容|卫生|洁|流域|水源|山|矿|耗|环评|低碳|渗滤|无害化|病死|医废|尾矿|生物多样|防沙|治沙|荒漠"
)
_POLITICAL = re.compile(r"政治生态|廉政生态|营商生态|文化生态")
_NONE = re.compile(r"无|不涉及|暂无|/|不适用|无直接.*")


def _is_count(line: Line) -> bool:
    """A count, or an amount of work, filed as 质量指标."""
    return bool(
        line.kind == "quality"
        and (line.counts or line.unit in _WORK_UNITS or _BY_DAYS.search(line.name))
        and line.number
        and line.row.comparator not in {"≤", "<"}  # what is to be rare is a fault
        and not _QUALITY.search(line.name)
    )


def _is_satisfaction_elsewhere(line: Line) -> bool:
    return "满意" in line.name and line.kind != "satisfaction" and bool(line.level2)


def _moved(view: View, line: Line, note: Note) -> Note:
    """A note that moves an indicator, and says so where its class is empty then."""
    own = [other for other in view.lines if other.kind == line.kind and other.name]
    stays = any(not (_is_count(other) or _is_satisfaction_elsewhere(other)) for other in own)
    if stays or not line.kind or line not in own:
        return note
    name = CLASS_NAMES[line.kind]
    hint = f"{note.hint}移走后{name}就空了，请另补一个。"
    return replace(note, hint=hint, leaves_empty=(name,))


def check_count_as_quality(view: View) -> Iterator[Note]:
    """C1: a count, or an amount of work, filed as 质量指标."""
    for line in view.all_lines:
        if _is_count(line):
            said = f"（{line.target}）数的是数量，却列在质量指标。"
            hint = "请移到数量指标，质量指标写合格率、完成率等。"
            changes = view.move(line, "数量指标")
            note = line.says("level2", said, hint, *changes, about=(line.target,))
            yield _moved(view, line, note)


def check_rate_as_quantity(view: View) -> Iterator[Note]:
    """C2: a rate filed as 数量指标."""
    for line in view.all_lines:
        if line.kind == "quantity" and line.percent:
            said = f"（{line.target}）是比率，却列在数量指标。"
            yield line.says(
                "level2",
                said,
                "数量指标请写次数、人数、件数等；比率请移到质量或效益指标。",
                about=(line.target,),
            )


def check_time(view: View) -> Iterator[Note]:
    """C3: a completion rate or a count filed as 时效指标."""
    for line in view.all_lines:
        if line.kind != "time" or not line.name or _NONE.fullmatch(line.name):
            continue
        if line.counts:
            said = f"（{line.target}）数的是数量，却列在时效指标。"
            yield line.says(
                "level2",
                said,
                "时效指标请写完成期限或及时率；次数请移到数量指标。",
                about=(line.target,),
            )
        elif not TIMELY.search(line.name) and not (
            line.number is None and (_DATED.search(line.row.value) or TIMELY.search(line.row.value))
        ):
            if line.unit in {"小时", "分钟", "天", "工作日", "年", "月", "个月", "日"}:
                continue
            said = f"（{line.target}）没有说到期限或及时，却列在时效指标。"
            yield line.says(
                "level2", said, "时效指标请写完成期限、及时率或按期完成率。", about=(line.target,)
            )


def check_satisfaction(view: View) -> Iterator[Note]:
    """C4: a satisfaction filed elsewhere."""
    for line in view.all_lines:
        if not _is_satisfaction_elsewhere(line):
            continue
        said = f"是满意度，却列在“{short(line.row.level2)}”。"
        changes = view.move(line, _SERVED)
        hint = f"请移到“{dict(changes)['level2']}”。"
        # How often people were asked is a count.
        sure = not line.counts
        note = line.says("level2", said, hint, *changes, about=(line.row.level2,), sure=sure)
        yield _moved(view, line, note)


def check_cost(view: View) -> Iterator[Note]:
    """C5: a cost filed elsewhere, or something filed as cost that is no money."""
    for line in view.all_lines:
        if line.number is None or not line.level2:
            continue
        if line.kind == "cost":
            if line.level2 in _SOCIAL_COSTS:
                if line.unit in {"年", "月"} and not _BURDEN.search(line.name):
                    yield line.note("level2", _no_cost(line), _BURDEN_HINT)
                continue
            no_money = line.unit and line.unit not in {"%", "‰"} and "元" not in line.unit
            if no_money and (
                line.unit in {"年", "月", "天"}
                or not _EACH.search(line.name)
                or re.search(r"(?:成本|费用?|金额)$", line.name)
            ):
                said = f"（{line.target}）不是金额，却列在“{line.row.level2}”。"
                yield line.says(
                    "level2",
                    said,
                    "成本指标请写金额；人数、次数等请移到数量指标。",
                    about=(line.target, line.row.level2),
                )
        elif line.money and _MONEY_NAME.search(line.name) and not _GAIN.search(line.name):
            said = f"（{line.target}）是成本，却列在“{line.row.level2}”。"
            yield line.says(
                "level2", said, "请移到成本指标。", about=(line.target, line.row.level2)
            )


def check_output(view: View) -> Iterator[Note]:
    """C6: an output filed as benefit, or as social or ecological cost."""
    for line in view.all_lines:
        if line.number is None:
            continue
        if line.kind == "benefit":
            rate = line.name.endswith(("率", "比例", "占比", "满意度"))
            counted = (
                line.counts and line.number and not rate and not _BENEFICIARY.search(line.name)
            )
            if counted or (line.percent and _OUTPUT_RATE.search(line.name)):
                said = f"（{line.target}）说的是工作量，却列在“{short(line.row.level2)}”。"
                hint = "产出请移到数量或质量指标；效益请写工作带来的变化。"
                mild = line.percent and line.level2 == "社会效益指标"
                if mild and line.name.endswith("及时率"):
                    continue  # how soon help comes is what people feel
                yield line.says(
                    "level2",
                    said,
                    hint,
                    severity="hint" if mild else None,
                    about=(line.target, line.row.level2),
                )
        elif line.level2 in _SOCIAL_COSTS and not _BURDEN.search(line.name) and line.counts:
            yield line.note("level2", _no_cost(line), _BURDEN_HINT)


def _no_cost(line: Line) -> str:
    return f"{line.title}（{line.target}）不是成本，却列在“{short(line.row.level2)}”。"


def check_ecology(view: View) -> Iterator[Note]:
    """C7: 生态效益 without a word about ecology; 政治生态 is none."""
    for line in view.all_lines:
        if (
            line.level2 != "生态效益指标"
            or line.money
            or not line.name
            or _NONE.fullmatch(line.name)
        ):
            continue
        political = _POLITICAL.search(line.name)
        if political:
            said = f"说的是“{political[0]}”，不是生态环境，却列在生态效益指标。"
            yield line.says(
                "level2", said, "请移到社会效益指标；没有生态效益的不列。", about=(political[0],)
            )
        elif not _ECOLOGY.search(line.name):
            said = "没有说到生态环境，却列在生态效益指标。"
            hint = "请移到相应的效益指标；没有生态效益的不列。"
            yield line.says("level2", said, hint, severity="warning", about=(line.level2,))


RULES = (
    Rule("C1", "数量列在质量指标", "相关性", "error", "heuristic", "seen", check_count_as_quality),
    Rule(
        "C2", "比率列在数量指标", "相关性", "warning", "heuristic", "seen", check_rate_as_quantity
    ),
    Rule("C3", "时效指标没有期限", "相关性", "warning", "heuristic", "seen", check_time),
    Rule("C4", "满意度列在别处", "相关性", "error", "sure", "seen", check_satisfaction),
    Rule("C5", "成本列在别处或不是金额", "相关性", "error", "heuristic", "seen", check_cost),
    Rule("C6", "产出列在效益或成本", "相关性", "warning", "heuristic", "published", check_output),
    Rule("C7", "生态效益与生态无关", "相关性", "error", "heuristic", "seen", check_ecology),
)
