"""Texts (T2 to T4): markup, cut-off text, other places."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator

from jixiao.model.checks.findings import Note
from jixiao.model.checks.healed import healed
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.view import Line, View, short
from jixiao.model.vocabulary import fold_signs

_TAG = r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>"
_HIDDEN = "\u200b\u200c\u200d\u2060\ufeff\u00a0\u00ad"
_MARKUP = re.compile(
    rf"{_TAG}|\\[a-zA-Z]+|\[bookmark:[^\]]*\]|&(?:nbsp|lt|gt|amp|ge|le|quot|ldquo|rdquo|#\d+);"
    rf"|[{_HIDDEN}]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_PARAGRAPH = re.compile(r"\s*(?:</p>\s*<p[^<>]*>|<br\s*/?>)\s*", re.IGNORECASE)
_OTHER_MARKUP = re.compile(
    rf"{_TAG}|\[bookmark:[^\]]*\]|[\u200b\u200c\u200d\u2060\ufeff\u00ad]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_LATEX = re.compile(r"\\[a-zA-Z]+")


def strip_markup(text: str) -> str:
    """A text without tags, entities, bookmarks and invisible characters; paragraphs stay."""
    plain = _OTHER_MARKUP.sub("", _PARAGRAPH.sub("\n", text))
    plain = html.unescape(plain).replace("\u00a0", " ")
    plain = fold_signs(plain) if _LATEX.search(plain) else plain
    plain = _LATEX.sub("", plain)
    # What an entity hid may be markup again.
    return strip_markup(plain) if plain != text and _MARKUP.search(plain) else plain.strip()


def check_markup(view: View) -> Iterator[Note]:
    """T2: HTML, LaTeX, bookmarks and invisible characters."""
    yield from healed(view, "T2")
    if _MARKUP.search(view.all_text) is None:
        return
    for place in view.places:
        found = _MARKUP.search(place.text)
        if found:
            shown = (
                f"“{found[0]}”"
                if found[0].strip(_HIDDEN).isprintable() and found[0].strip(_HIDDEN)
                else "看不见的字符"
            )
            message = f"{place.label}里留有{shown}，是从网页或系统带来的标记。"
            fix = strip_markup(place.text)
            hint = "请删去标记，只留文字。"
            yield place.note(message, hint, fix=fix, matter=found[0], sure=bool(fix))


# --- T3: text that was cut off --------------------

_OPEN = {"《": "》", "“": "”", "（": "）", "(": ")", "「": "」"}
_DANGLING = re.compile(r"(?:[、和与或]|(?<!普)(?<!涉)(?<!顾)(?<!危)(?<!惠)及)$")
_LONG_NAME = 10
_TAIL = 4
_EQUAL_LENGTH = 20


def _unclosed(text: str) -> str:
    for first, last in _OPEN.items():
        if text.count(first) > text.count(last) + (text.count("）") if first == "(" else 0):
            return first
    return ""


def check_cut_off(view: View) -> Iterator[Note]:
    """T3: a name that ends in the middle, or whose explanation goes on where it stops."""
    for line in view.lines:
        reason = _why_cut(line) or _wants_object(line, view) if line.name else ""
        if reason:
            message = f"三级指标{line.title}好像没有写完：{reason}。"
            yield line.note("level3", message, "请补全名称。", matter="end")
        ends = _ends_in_unit(line)
        if ends:
            said = f"的说明“…{line.row.explanation.strip()[-8:]}”好像没有写完。"
            yield line.says(
                "explanation",
                said,
                f"请补全说明，如“…{ends}数”。",
                severity="hint",
                about=(line.row.explanation,),
            )
    lengths = Counter(len(line.name) for line in view.lines if len(line.name) >= _EQUAL_LENGTH)
    for length, count in lengths.items():
        if count >= 3:
            first = next(line for line in view.lines if len(line.name) == length)
            message = f"有 {count} 个三级指标都是 {length} 个字，可能在第 {length} 个字处被截断。"
            cells = tuple(line.cell("level3") for line in view.lines if len(line.name) == length)
            yield first.note(
                "level3", message, "请对照原稿补全名称。", matter="length", cells=cells
            )
    yield from _placeholders(view)
    for place in view.places:
        if place.field in {"annual_goal", "period_goal", "total_goal", "content"} and _unclosed(
            place.text
        ) in {"《", "“"}:
            message = f"{place.label}里有没有配对的“{_unclosed(place.text)}”，文字可能没有写完。"
            yield place.note(message, "请补全文字或符号。", matter="unclosed")


_GOES_ON = ("的", "是", "为", "达", "占", "数", "次", "人")
"""What an explanation puts behind a name that is whole."""


def _why_cut(line: Line) -> str:
    """Why a name seems to end in the middle, "" if it does not."""
    name, row = line.name, line.row
    if _unclosed(name.replace("(", "（").replace(")", "）")):
        return "括号或引号没有配对"
    if _DANGLING.search(name):
        return f"以“{name[-1]}”结尾"
    for label, text in (("说明", row.explanation), ("备注", row.remark)):
        at = text.find(name[-_TAIL:]) if text and len(name) >= _LONG_NAME else -1
        rest = text[at + _TAIL :] if at >= 0 else ""
        if rest and "\u4e00" <= rest[0] <= "\u9fff" and not rest.startswith(_GOES_ON):
            return f"{label}栏接着写“{short(text[at:])}”"
    return ""


_RESULT = re.compile(
    r"(?:^|[，,；;])(?:持续|进一步|不断|有效)?(?P<verb>巩固|提升|提高|增强|改善|扩大|优化)(?P<of>[\u4e00-\u9fff]{4,8})$"
)
_ATTRIBUTE = re.compile(r"工作|地区|相关|对象|任务|事业|项目|干部|人员|经费|资金")


def _wants_object(line: Line, view: View) -> str:
    """巩固对口支援 where the table else only knows 对口支援工作, 对口支援地区: what is 巩固?"""
    found = _RESULT.search(line.name)
    if found is None or not line.qualitative or len(line.name) < _LONG_NAME:
        return ""
    word = found["of"]
    texts = [place.text for place in view.places if place.text != line.row.level3]
    follows = [text[at.end() :] for text in texts for at in re.finditer(re.escape(word), text)]
    if len(follows) < 2 or not all(_ATTRIBUTE.match(text) for text in follows):
        return ""
    return f"“{found['verb']}”什么没有说，别处写的是“{word}{follows[0][:2]}”"


_OF_UNIT = re.compile(
    r"[\u4e00-\u9fff]{6,}(?<![每一二两三四五六七八九十百千万半几首多批层场班人频]) ?(?P<unit>字|次)"
)


def _ends_in_unit(line: Line) -> str:
    """The unit with which an explanation breaks off (…文稿起草字, counted in 万字), or ""."""
    found = _OF_UNIT.fullmatch(line.row.explanation.strip("。 "))
    return found["unit"] if found and line.unit.endswith(found["unit"]) else ""


_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z])[XxＸ×]{2,}(?![A-Za-z])|[*＊]{2,}|_{2,}|[：:]\s*(?:…{2}|\.{3,})|待定|待补充|请填写|此处填写"
)


_MAYBE_PLACEHOLDER = re.compile(r"[XxＸ×]{2}|[*＊]{2}|_{2}|…{2}|\.{3}|待定|待补充|请填写|此处填写")
"""What a placeholder begins with; looking for that alone is quick."""


def _placeholders(view: View) -> Iterator[Note]:
    """××万元, ≥**人, 待定: what the form asks to fill in and nobody did."""
    if _MAYBE_PLACEHOLDER.search(view.all_text) is None:
        return
    for place in view.places:
        found = _PLACEHOLDER.search(place.text)
        # In a value _ and * are V17's matter.
        if found and not (place.field == "value" and found[0][0] in "*_"):
            quote = short(around(place.text, found[0]))
            message = f"{place.label}里的“{quote}”还没有填写。"
            yield place.note(message, "请补全，不需要的删去。", matter=found[0])


# --- T4: another place --------------------

_OTHER_LEVEL = re.compile(
    r"全市(?!排名|考核|前|第|评比|先进|会议|统一|范围|性|首|平均|通报|一流|各|领先|最)|我市|本市(?!级)"
    r"|市本级|市级(?:财政|预算|部门预算|资金|专项)|(?<![\u4e00-\u9fff])市[一二三四五六七八九十]+届"
    r"|(?<=完成|贯彻)市[一二三四五六七八九十]+届|全面完成市[一二三四五六七八九十]+届|全省(?!排名|考核|前|第|评比|先进|会议|统一|范围|性|首|平均|各|领先)|我省|省级(?:财政|预算)"
)
_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”")
_LEGISLATION = re.compile(r"立法工作")
_CONGRESS = re.compile(r"人大|人民代表大会")


def check_level(view: View) -> Iterator[Note]:
    """T4: a county or district table that speaks of the city or province, or of another place."""
    district = view.district
    if not district:
        yield from _province(view)
        return
    text = view.all_text
    if _OTHER_LEVEL.search(text):
        for place in view.places:
            found = _OTHER_LEVEL.search(_QUOTED.sub("", place.text))
            if found:
                quote = short(around(place.text, found[0]))
                message = f"{place.label}写“{quote}”，本单位属于{district}。"
                hint = "请核对是不是从上级的稿子抄来的；引用上级文件的可以忽略。"
                yield place.note(message, hint, matter=found[0])
    if _CONGRESS.search(view.agency) and "立法工作" in text:
        for place in view.places:
            if _LEGISLATION.search(place.text) and "duties" not in place.field:
                quote = short(around(place.text, "立法工作"))
                message = f"{place.label}写“{quote}”，县区人大没有立法权。"
                yield place.note(message, "请改为监督、代表、任免等工作。", matter="立法工作")
    yield from _other_kind(view, district)
    yield from _other_district(view, district)


_PROVINCE = re.compile(r"我省|省级(?:财政|预算)")
_CITY = re.compile(r"^(?:.{2,8}?省)?(?P<city>.{1,7}?[市州盟](?:.{1,5}?市)?)")


def _province(view: View) -> Iterator[Note]:
    """我省 in the table of an agency of a city."""
    city = _CITY.match(view.agency)
    if city is None or _PROVINCE.search(view.all_text) is None:
        return
    for place in view.places:
        found = _PROVINCE.search(_QUOTED.sub("", place.text))
        if found:
            quote = short(around(place.text, found[0]))
            message = f"{place.label}写“{quote}”，本单位属于{city['city']}。"
            hint = "请核对是不是从上级的稿子抄来的；引用上级文件的可以忽略。"
            yield place.note(message, hint, matter=found[0])


def around(text: str, word: str) -> str:
    """A word of a text with what stands before and after it, to be quoted."""
    at = text.find(word)
    return text[max(0, at - 6) : at + len(word) + 10]


_KINDS = {
    "县": (
        re.compile(r"我区|(?<![\u4e00-\u9fff治])区(?:委|政府|财政)(?!员|域)|中共\w{0,6}区委"),
        "区",
    ),
    "区": (re.compile(r"我县|全县|(?<![\u4e00-\u9fff])县(?:委|政府|财政)(?!员|域)"), "县"),
}


def _other_kind(view: View, district: str) -> Iterator[Note]:
    """我县 in a table of a 区, 我区 in one of a 县."""
    pattern, kind = _KINDS.get(district[-1], (None, ""))
    if pattern is None or pattern.search(view.all_text) is None or "自治区" in view.all_text:
        return
    for place in view.places:
        found = pattern.search(_QUOTED.sub("", place.text))
        if found:
            quote = short(around(place.text, found[0]))
            message = f"{place.label}写“{quote}”，本单位属于{district}，不是{kind}。"
            yield place.note(message, "请核对是不是从别处的稿子抄来的。", matter=found[0])


def _other_district(view: View, district: str) -> Iterator[Note]:
    """株洲市天元区 in a table of 株洲市渌口区."""
    city = re.match(r".{2,8}?[市州盟]", district)
    if city is None or city[0] == district:
        return
    own = district.removeprefix(city[0])
    pattern = re.compile(re.escape(city[0]) + r"([\u4e00-\u9fff]{1,4}?[区县旗])(?!域|级)")
    for place in view.places:
        for found in pattern.finditer(place.text):
            if found[1] != own and found[1] not in {"区", "县"}:
                message = f"{place.label}写“{found[0]}”，本单位属于{district}。"
                yield place.note(message, "请核对是不是从别的单位抄来的。", matter=found[0])
                break


RULES = (
    Rule("T2", "文字里有标记", "规范性", "error", "sure", "seen", check_markup),
    Rule("T3", "文字没有写完", "规范性", "warning", "heuristic", "seen", check_cut_off),
    Rule("T4", "写了上级或别处", "相关性", "warning", "heuristic", "seen", check_level),
)
