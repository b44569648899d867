"""Slips of the pen (T5): those seen in published tables, and common ones of official texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jixiao.model.checks.findings import Note
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.view import View, short

_TYPOS = {
    "为知道，": "为指导，",
    "思想为知道": "思想为指导",
    "会体会议": "全体会议",
    "民事实事": "民生实事",
    "反应项目": "反映项目",
    "反应情况": "反映情况",
    "反应问题": "反映问题",
    "反应社情": "反映社情",
    "布署": "部署",
    "部暑": "部署",
    "布暑": "部署",
    "按装": "安装",
    "帐户": "账户",
    "帐号": "账号",
    "帐目": "账目",
    "帐簿": "账簿",
    "结帐": "结账",
    "报帐": "报账",
    "一如继往": "一如既往",
    "再接再励": "再接再厉",
    "穿流不息": "川流不息",
    "幅射": "辐射",
    "松驰": "松弛",
    "防碍": "妨碍",
    "通迅": "通讯",
    "追朔": "追溯",
    "贯切落实": "贯彻落实",
    "贯砌": "贯彻",
    "提纲携领": "提纲挈领",
    "因地治宜": "因地制宜",
    "按步就班": "按部就班",
    "迫不急待": "迫不及待",
    "截止目前": "截至目前",
    "截止年底": "截至年底",
    "拔付": "拨付",
    "拔款": "拨款",
    "划拔": "划拨",
    "己完成": "已完成",
    "己建成": "已建成",
    "己建立": "已建立",
    "自已的": "自己的",
    "竟争": "竞争",
    "爆光": "曝光",
    "付主任": "副主任",
    "付局长": "副局长",
    "编织规划": "编制规划",
    "编织预算": "编制预算",
    "不底于": "不低于",
    "不抵于": "不低于",
    "不少与": "不少于",
    "大干等于": "大于等于",
    "小干等于": "小于等于",
    "辐员": "幅员",
    "防泛": "防范",
    "座谈会会": "座谈会",
    "宣传宣传": "宣传",
    "绩效目表": "绩效目标",
    "满意渡": "满意度",
    "满意度度": "满意度",
    "满意率率": "满意率",
    "完成率率": "完成率",
    "完成律": "完成率",
    "合格律": "合格率",
    "及时律": "及时率",
    "覆盖律": "覆盖率",
    "的的": "的",
    "进一步进一步": "进一步",
    "，，": "，",
    "。。": "。",
    "、、": "、",
}
_TYPO = re.compile("|".join(map(re.escape, sorted(_TYPOS, key=len, reverse=True))))

_LEFT_OUT = (
    # 组织开区人大代表建议办理工作
    (re.compile(r"组织开(?=[省市区县镇乡各对全专人大政基党])(?!大会)"), "组织开展"),
    # 推进我区治理体系和治理能力提供
    (
        re.compile(
            r"治理体系和治理能力(?=[\u4e00-\u9fff])"
            r"(?!现代|的|水平|建设|不断|持续|进一步|提升|提高|和|与|得到|明显|显著)"
        ),
        "治理体系和治理能力现代化",
    ),
    # 更好的履职尽责
    (re.compile(r"更好的(?=履职|履行|开展|发挥|推动|推进|落实|完成)"), "更好地"),
)
"""Set phrases with a word left out or wrong, and the phrase that is meant."""


def check_typos(view: View) -> Iterator[Note]:
    """T5: slips of the pen seen in published tables, and some common ones; one note a text."""
    yield from _bare_years(view)
    gaps = [(pattern, phrase) for pattern, phrase in _LEFT_OUT if pattern.search(view.all_text)]
    if not gaps and _TYPO.search(view.all_text) is None:
        return
    for place in view.places:
        slips = [(slip, _TYPOS[slip]) for slip in dict.fromkeys(_TYPO.findall(place.text))]
        right = _TYPO.sub(lambda match: _TYPOS[match[0]], place.text)
        for pattern, phrase in gaps:
            gap = pattern.search(right)
            if gap:
                after = right[gap.end() : gap.end() + 2]
                slips.append((right[gap.start() : gap.end()] + after, phrase + after))
                right = pattern.sub(phrase, right)
        if slips:
            said = "；".join(f"“{_words(one)}”可能是“{_words(other)}”" for one, other in slips[:3])
            hint = f"请核对是否应为“{_words(slips[0][1])}”。"
            matter = "、".join(one for one, _ in slips)
            yield place.note(f"{place.label}里的{said}。", hint, fix=right, matter=matter)


def _words(text: str) -> str:
    """A slip as a message quotes it, without the punctuation that only marks its place."""
    return short(text.strip("，。、") or text)


_BARE_YEAR = re.compile(
    r"(?<![\d.])(20[0-4]\d)(?=[\u4e00-\u9fff])(?![年财个项人次元号版级届多余万亿条米份名家户台亩吨公平至到、春秋夏冬中新国学])"
)


def _bare_years(view: View) -> Iterator[Note]:
    """2026支援泸溪县: the year of the table without 年."""
    if _BARE_YEAR.search(view.all_text) is None:
        return
    for place in view.places:
        found = _BARE_YEAR.search(place.text)
        if found and int(found[1]) == view.table.year:
            right = f"{place.text[: found.end()]}年{place.text[found.end() :]}"
            quote = short(place.text[found.start() : found.end() + 6])
            message = f"{place.label}写“{quote}”，年份后面缺“年”。"
            yield place.note(message, "请写“…年”。", fix=right, matter=found[0])


RULES = (Rule("T5", "错别字", "规范性", "hint", "heuristic", "seen", check_typos),)
