"""Values that cannot be judged (V13): vague, repeating, or without a period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jixiao.model.checks.contents import NONE
from jixiao.model.checks.findings import Note
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.similar import similarity
from jixiao.model.checks.unsaid import check_unsaid
from jixiao.model.checks.view import Line, View, short
from jixiao.model.vocabulary import fold_width


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VAGUE = _words("""
    展现新作为 按时间推进 按进度推进 按计划推进 按要求推进 间接 良好 较好 好 明显 显著 良 优 优秀
    一定 较高 高 较强 较大 一般 合理 依法依规 合法合规 有效 及时 稳定 正常 到位 基本完成 基本满意
    正常运转 正常运行 正常开展 有序开展 有序推进 扎实推进 稳步推进 有序进行 无明显 较为明显
    达到预期 达到预期效果 达到预期目标 效果良好 效果明显 效果显著 成效明显 成效显著 反响良好
    影响良好 运行良好 发展良好 情况良好 较大提升 较大提高 保障到位 落实到位 有保障 完成
    可持续 可持续发展 可持续影响 影响深远 意义重大 作用明显 作用显著 程度较高 高效 高质量 优质 规范
    合理使用 科学合理 公平公正 公开透明 积极影响 正面影响 促进作用 带动作用 积极作用 节约 长期影响
    中长期 提升幅度较大 逐年增长 大 小 少 多 强 是 有 能 可以
    优质服务 优质高效 热情服务
""")
"""Values seen in published tables, and their like, by which nobody can tell what was done."""

_ADVERBS = (
    "持续|不断|逐步|逐渐|逐年|有所|进一步|稳步|大力|积极|一定程度上?|切实|努力|得到|继续|深入|全面|较大|较好"
    "|有(?:较大|较好|一定)?|正常|较为?|比较|总体|基本|更加?|日益|日趋|趋于"
)
_VERBS = (
    "稳定|加快|推动|促进|提升|提高|改善|加强|增强|增多|推进|完善|巩固|增加|督促|优化|发展|好转|向好|健全"
    "|规范|扩大|增长|保障|深化|改进|强化|维护|保持|增进|缓解|协调|减少|降低|下降|减轻|缩短|节省|丰富|充实"
    "|拓展|拓宽|延伸|普及|壮大|繁荣|活跃|畅通|净化|美化|夯实|凸显|彰显|倡导|引导|控制|管控|遏制|落实|压实"
    "|使用|运行|运转|开展|实施|执行|拨付|支付|进行|完成|履职|发挥作用"
)
_QUALITIES = (
    "到位|周到|整洁|干净|可控|浓厚|浓郁|精细化?|常态化|规范化|制度化|热情|热烈|优美|有序|平稳|顺畅|通畅|良性|高效"
    "|便捷|便利|清新|融洽|牢固|饱满|充分|细致|认真|明确|清晰|合理|科学|先进|丰富|多样|贴心|温馨|满意|良好|精美|优良"
)
_PRAISE = re.compile(
    rf"(?:{_ADVERBS}|及时|严格|基本|非常|十分|安全|规范)*(?:{_QUALITIES})(?:{_QUALITIES}|高效|安全)*"
)
"""干净整洁, 安全可控, 及时到位: an opinion."""
_IN_THE_YEAR = re.compile(
    r"(?:全年|年内|本年度?|当年|年度内?|本级?年内)(?:内|中)?(?:按时|及时|按期|全部|基本|均|持续)*"
    r"(?:完成|开展|实施|到位|进行|运行|落实|达成|开放|服务|供应|维护|推进|执行|支付|发放|拨付|支出)"
)
"""全年完成 is the budget year again, and no time limit."""
_HOW = re.compile(
    rf"(?:{_ADVERBS}|及时|严格|认真|定期|按需|规范|依法|妥善|有力|扎实|合理|精准|准确|科学)+(?P<what>[\u4e00-\u9fff]{{2,4}})"
)
"""严格审核 of 补贴对象审核: how it is done, and nothing that came of it."""

_HOW_IT_IS = re.compile(
    rf"(?P<what>[\u4e00-\u9fff]{{2,4}})(?:较为?|更加?|非常)?(?:{_QUALITIES}|规范)"
)
"""保养良好 of 车辆保养."""

_DRIFT = re.compile(rf"(?:(?:{_ADVERBS})*(?:{_VERBS})+|(?:{_ADVERBS})+(?:{_VERBS})*)")
"""持续促进, 有所提升, 不断提高, 稳步推进: a direction and no mark. 有效提升 and 明显改善 pass."""

_UNSAID = re.compile(
    r"按(?:照|相关|有关|文件|工作|序时|合同)*(?:进度|计划|要求|需要?|规定|程序|制度|标准)[\u4e00-\u9fff]{0,4}"
    r"|(?:基本)?(?:达到|符合|满足)(?:工作|相关|有关|上级|实际|使用|预期|预定|既定|业务|群众|发展)*"
    r"(?:要求|需求|需要|目标|效果)"
)
_DONE = re.compile(r"公开|公示|公布|备案|归档|入库|签订|上网")
_PROMPTLY = re.compile(r"(?:及时|尽快|尽早|迅速)[\u4e00-\u9fff]{0,4}")
_LADDER = re.compile(
    r"(?:有效|明显|显著|大幅)(?:提[升高]|改善|增强|降低|减少|保障|促进|推动|维护|缓解|控制)"
)
"""What reviewers bear for effects, since self-evaluation grades it."""

_WISH = re.compile(
    rf"(?:{_ADVERBS})*(?:带动|促进|推动|推进|提升|提高|增强|改善|加强|维护|服务|助力|营造|保障|巩固|优化|加快|强化"
    r"|形成|避免|弘扬|倡导|传承|树立|打造|满足|减轻|缓解|激发|培育|丰富|惠及|造福)[^\d]{2,14}"
    r"|(?:社会|大局|形势|局势)?(?:和谐|安定|平稳|稳定|安全|有序|向好|持续|繁荣)+"
)
_SHOWN = re.compile(
    r"无|零|不发生|未|率|已|制度|机制|台账|前|标准|规范|达标|合格|方案|办法|按时|按期|及时|完成|通过|验收"
    r"|报告|档案|清单|手册|协议|合同|名录|成果|品牌|平台|纪要|意见书|预案|规划|网络|体系"
)
"""Words that tell of something to be seen, so that a value is more than a wish."""

_MOVES = re.compile(r"提升|促进|推动|提高|增强|改善|加强")
_PERCEIVED = re.compile(
    r"(?:有|具有|产生|取得|带来|形成)?(?:较好|良好|较大|积极|一定|明显|显著|重要)?的?"
    r"(?:社会|经济|生态|环境|可持续)?(?:影响力?|效益|效果|作用|反响|贡献)(?:良好|显著|明显|较好|提升|提高)?"
)
_WHOLE_YEAR = frozenset(
    (Decimal(number), unit)
    for number, units in ((1, "年 年度"), (12, "月 个月 月份"), (365, "天 日"))
    for unit in units.split()
)
_ABOUT = re.compile(
    r"(?:约|大约|近|预计|不到|将近)\d+(?:\.\d+)?[^\d月年日]{0,4}|\d+(?:\.\d+)?[^\d月年日]{0,4}(?:左右|上下)"
)
_EVERY = re.compile(r"每个?(?:季度|季|半年|月|周)")
_SHORT = 12
_LONG = 25
_ALIKE = Decimal("0.7")
_MARK = "请改为数字，或写明看得见的结果。"


def check_vague(view: View) -> Iterator[Note]:
    """V13: a value or name that cannot be judged, that repeats, or has no basis."""
    for line in view.all_lines:
        note = _number(line) if line.number is not None else _text(line)
        if note:
            yield note
    yield from check_unsaid(view)


def _number(line: Line) -> Note | None:
    """A number that only repeats the year, or does not say for how long it counts."""
    row = line.row
    whole = (line.number, line.unit) in _WHOLE_YEAR and not line.name.endswith("率")
    if whole and line.kind in {"time", "cost", ""}:
        said = f"的指标值“{row.value}{row.unit}”只重复了预算年度，没有期限或比率。"
        return line.says(
            "value",
            said,
            "请写完成期限（如“12月31日前完成”）或及时率。",
            about=(row.value + row.unit,),
        )
    every = _EVERY.search(row.explanation)
    if not every or not line.counts or _EVERY.search(row.level3) or "/" in row.unit:
        return None
    if line.number is None or line.number >= 4:
        return None
    message = f"说明写“{short(row.explanation)}”，{line.target} 没有写明是{every[0]}还是全年。"
    return line.note("value", message, "请换算为全年的数量，或在名称里写明周期。")


def _text(line: Line) -> Note | None:
    """A text by which nobody can tell whether it was done."""
    row = line.row
    value = fold_width(row.value).rstrip("。；;.，,")
    if not value or NONE.fullmatch(value) or not (line.qualitative or not row.comparator):
        return None
    if line.name.endswith(f"{value}性") and value != "及时":
        return None  # 制度健全性 健全 is graded like a yes
    shown = f"的指标值“{short(row.value)}”"
    return (
        _no_number(line, value, shown)
        or _repeated(line, value, shown)
        or _wish(line, value, shown)
        or _perceived(line, value, shown)
    )


def _no_number(line: Line, value: str, shown: str) -> Note | None:
    """An estimate, a satisfaction in words, or a word that says nothing."""
    if _ABOUT.fullmatch(value):
        said = f"{shown}是约数，没有写明最低还是最高。"
        return line.says("value", said, "请写 ≥ 或 ≤ 和确定的数。", about=(value,))
    if line.kind == "satisfaction" and not re.search(r"\d", value):
        said = f"{shown}不是数字，满意度要用百分数衡量。"
        hint = "请写满意度的目标，如 ≥90%。"
        return line.says("value", said, hint, about=(value,), severity="error")
    vague = (
        _DRIFT.fullmatch(value)
        or (_UNSAID.fullmatch(value) and not _DONE.search(value))
        or _PRAISE.fullmatch(value)
        or (line.kind == "time" and _PROMPTLY.fullmatch(value))
    )
    if _IN_THE_YEAR.fullmatch(value):
        said = f"{shown}只重复了预算年度，没有期限。"
        hint = "请写完成期限（如“12月31日前完成”）或及时率。"
        return line.says("value", said, hint, about=(value,))
    if value in _VAGUE or vague:
        return line.says("value", f"{shown}无法判断是否完成。", _MARK, about=(value,))
    return None


def _repeated(line: Line, value: str, shown: str) -> Note | None:
    """A value that only says again what the name says."""
    if not (_repeats(value, line.name) or _how(value, line.name)):
        return None
    hint = "请写明做到什么程度算完成。"
    return line.says("value", f"{shown}只重复了名称。", hint, about=(value,))


def _wish(line: Line, value: str, shown: str) -> Note | None:
    """A value that says what one hopes for, or a whole sentence without a number."""
    if re.search(r"\d", value):
        return None
    if len(value) > _LONG:
        said = f"{shown}是一句 {len(value)} 个字的话，没有可以核对的结果。"
        hint = "请写成数字或简短的结果，把说明移到说明栏。"
        return line.says("value", said, hint, about=(value,))
    if line.kind != "time" and _WISH.fullmatch(value) and not _SHOWN.search(value):
        return line.says("value", f"{shown}说的是愿望，无法判断是否完成。", _MARK, about=(value,))
    return None


def _perceived(line: Line, value: str, shown: str) -> Note | None:
    """A name that says only "influence", or that something improves, without a measure."""
    if _PERCEIVED.fullmatch(line.name):
        message = f"名称{line.title}没有说明是什么变化，指标值“{short(line.row.value)}”无法核对。"
        return line.note("value", message, "请写明由谁受益、有什么变化、变化多少。")
    moves = _MOVES.search(line.name) and _MOVES.search(value)
    if moves and not line.row.explanation and len(value) <= _SHORT // 2:
        hint = "请改为数字，或在指标值说明里写明判断标准。"
        said = f"{shown}没有说明以什么衡量。"
        return line.says("value", said, hint, about=(value,), severity="hint")
    return None


def _repeats(value: str, name: str) -> bool:
    if len(name) < 4 or NONE.fullmatch(name) or re.search(r"\d", value):
        return False
    if len(value) >= 2 and value in name and not (_SHOWN.search(value) or _LADDER.search(value)):
        return True
    return value == name or (len(value) <= _SHORT and similarity(value, name) >= _ALIKE)


def _how(value: str, name: str) -> bool:
    """Whether a value only puts an adverb before a word of the name, or is its adverb."""
    if value in {"按时", "按期", "及时"}:
        return value in name
    found = _HOW.fullmatch(value) or _HOW_IT_IS.fullmatch(value)
    return found is not None and found["what"] in name and not _LADDER.search(value)


RULES = (Rule("V13", "指标值含糊", "适当性", "warning", "heuristic", "published", check_vague),)
