"""Texts (T2 to T8): markup, cut-off text, other places, typos, goals without numbers, years."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator

from jixiao.model.checks.findings import Fix, Note, Rule
from jixiao.model.checks.healed import healed
from jixiao.model.checks.view import Place, View, short
from jixiao.model.fields import label_of
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
            yield place.note(message, "请删去标记，只留文字。", fix=strip_markup(place.text))


# --- T3: text that was cut off --------------------------------------------------------------------

_OPEN = {"《": "》", "“": "”", "（": "）", "(": ")", "「": "」"}
_DANGLING = re.compile(r"(?:[、和及与或]|以及)$")
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
        name = line.name
        if not name:
            continue
        reason = ""
        if _unclosed(name.replace("(", "（").replace(")", "）")):
            reason = "括号或引号没有配对"
        elif _DANGLING.search(name):
            reason = f"以“{name[-1]}”结尾"
        elif len(name) >= _LONG_NAME and line.row.explanation:
            at = line.row.explanation.find(name[-_TAIL:])
            rest = line.row.explanation[at + _TAIL :] if at >= 0 else ""
            if (
                rest
                and "\u4e00" <= rest[0] <= "\u9fff"
                and not rest.startswith(("的", "是", "为", "达", "占", "数", "次", "人"))
            ):
                reason = f"说明栏接着写“{short(line.row.explanation[at:])}”"
        if reason:
            message = f"三级指标{line.title}好像没有写完：{reason}。"
            yield line.note("level3", message, "请补全名称。")
    lengths = Counter(len(line.name) for line in view.lines if len(line.name) >= _EQUAL_LENGTH)
    for length, count in lengths.items():
        if count >= 3:
            first = next(line for line in view.lines if len(line.name) == length)
            message = f"有 {count} 个三级指标都是 {length} 个字，可能在第 {length} 个字处被截断。"
            yield first.note("level3", message, "请对照原稿补全名称。")
    for place in view.places:
        if place.field in {"annual_goal", "period_goal", "total_goal", "content"} and _unclosed(
            place.text
        ) in {"《", "“"}:
            message = f"{place.label}里有没有配对的“{_unclosed(place.text)}”，文字可能没有写完。"
            yield place.note(message, "请补全文字或符号。")


# --- T4: another place ----------------------------------------------------------------------------

_OTHER_LEVEL = re.compile(
    r"全市(?!排名|考核|前|第|评比|先进|会议|统一|范围|性|首|平均|通报|一流|各|领先|最)|我市|本市(?!级)"
    r"|市本级|市级(?:财政|预算|部门预算|资金|专项)|(?<![\u4e00-\u9fff])市[一二三四五六七八九十]+届"
    r"|(?<=完成|贯彻)市[一二三四五六七八九十]+届|全面完成市[一二三四五六七八九十]+届|全省(?!排名|考核|前|第|评比|先进|会议|统一|范围|性|首|平均|各|领先)|我省|省级(?:财政|预算)"
)
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”")
_LEGISLATION = re.compile(r"立法工作")
_CONGRESS = re.compile(r"人大|人民代表大会")


def check_level(view: View) -> Iterator[Note]:
    """T4: a county or district table that speaks of the city or province, or of another place."""
    district = view.district
    if not district:
        return
    text = view.all_text
    if _OTHER_LEVEL.search(text):
        for place in view.places:
            found = _OTHER_LEVEL.search(_QUOTED.sub("", place.text))
            if found:
                message = f"{place.label}写“{short(_around(place.text, found[0]))}”，本单位属于{district}。"
                yield place.note(
                    message, "请核对是不是从上级的稿子抄来的；引用上级文件的可以忽略。"
                )
    if _CONGRESS.search(view.agency) and "立法工作" in text:
        for place in view.places:
            if _LEGISLATION.search(place.text) and "duties" not in place.field:
                message = f"{place.label}写“{short(_around(place.text, '立法工作'))}”，县区人大没有立法权。"
                yield place.note(message, "请改为监督、代表、任免等工作。")
    yield from _other_district(view, district)


def _around(text: str, word: str) -> str:
    at = text.find(word)
    return text[max(0, at - 6) : at + len(word) + 10]


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
                yield place.note(message, "请核对是不是从别的单位抄来的。")
                break


# --- T5: slips of the pen ---------------------------------------------------------------------------

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
    "按装": "安装",
    "帐户": "账户",
    "帐目": "账目",
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
    "提纲携领": "提纲挈领",
    "因地治宜": "因地制宜",
    "按步就班": "按部就班",
    "迫不急待": "迫不及待",
    "截止目前": "截至目前",
    "截止年底": "截至年底",
    "绩效目表": "绩效目标",
    "满意渡": "满意度",
    "完成律": "完成率",
    "的的": "的",
    "进一步进一步": "进一步",
    "，，": "，",
    "。。": "。",
}
_TYPO = re.compile("|".join(map(re.escape, sorted(_TYPOS, key=len, reverse=True))))


_BARE_YEAR = re.compile(
    r"(?<![\d.])(20[0-4]\d)(?=[\u4e00-\u9fff])(?![年财个项人次元号版级届多余万亿条米份名家户台亩吨公平至到、春秋夏冬中新国学])"
)


def check_typos(view: View) -> Iterator[Note]:
    """T5: slips of the pen seen in published tables, and some common ones."""
    yield from _bare_years(view)
    if _TYPO.search(view.all_text) is None:
        return
    for place in view.places:
        found = _TYPO.search(place.text)
        if found:
            right = _TYPO.sub(lambda match: _TYPOS[match[0]], place.text)
            wrong, meant = (
                found[0].strip("，。") or found[0],
                _TYPOS[found[0]].strip("，。") or _TYPOS[found[0]],
            )
            message = f"{place.label}写“{wrong}”，可能是“{meant}”。"
            yield place.note(message, f"请核对是否应为“{meant}”。", fix=right)


def _bare_years(view: View) -> Iterator[Note]:
    """2026支援泸溪县: the year of the table without 年."""
    if _BARE_YEAR.search(view.all_text) is None:
        return
    for place in view.places:
        found = _BARE_YEAR.search(place.text)
        if found and int(found[1]) == view.table.year:
            right = f"{place.text[: found.end()]}年{place.text[found.end() :]}"
            message = f"{place.label}写“{short(place.text[found.start() : found.end() + 6])}”，年份后面缺“年”。"
            yield place.note(message, "请写“…年”。", fix=right)


# --- T6, T7 -----------------------------------------------------------------------------------------

_COUNTED = re.compile(
    r"(?:\d+(?:\.\d+)?|(?<!第)[一二三四五六七八九十百]+)\s*(?:万|亿|余|多)?\s*"
    r"(?:[次个项件人%％份篇期场名家户条天台套辆座处批亩]|元|公里|平方米|万元|吨|米|学时|小时|工作日)"
    r"|\d+月\d*日?(?:前|底)|\d+月底"
)
_NO_COUNT = re.compile(
    r"一(?:个|项|批|家|人|处|台|场|次性|条龙|件事)|第[一二三四五六七八九十]+[次个项]|“[^”]*”|《[^》]*》|[一二三四五六七八九十]个(?:方面|聚焦|坚持|意识|自信|维护|机关)"
)
_GOALS = {"project": ("annual_goal",), "department": ("annual_goal",), "narrative": ("total_goal",)}


def check_goal_has_numbers(view: View) -> Iterator[Note]:
    """T6: the goal says no number, so nothing in it can be measured."""
    for key in _GOALS.get(view.table.kind, ()):
        text = view.table.fields.get(key, "")
        if text.strip() and _COUNTED.search(_NO_COUNT.sub("", text)) is None:
            message = f"{label_of(key)}（“{short(text)}”）没有一个数字，无法衡量。"
            yield Note(message, "请写明做几次、几项，什么时候完成，达到多少。", key)


def _one_year(period: str) -> bool:
    years = set(re.findall(r"20\d\d", period))
    return len(years) == 1 and not re.search(r"长期|持续|经常", period)


def check_goals_differ(view: View) -> Iterator[Note]:
    """T7: the goal of the whole period and that of the year are the same text."""
    fields = view.table.fields
    annual, whole = fields.get("annual_goal", "").strip(), fields.get("period_goal", "").strip()
    hint = "请在实施期目标写总的结果，在年度目标写本年做到哪一步；一年期项目可以忽略。"
    if annual and annual == whole:
        one_year = _one_year(fields.get("implementation_period", ""))
        message = f"实施期绩效目标与年度绩效目标一字不差（“{short(annual)}”）。"
        yield Note(message, hint, "annual_goal", severity="hint" if one_year else None)
    for index, item in enumerate(view.table.items):
        if item.annual_goal.strip() and item.annual_goal.strip() == item.period_goal.strip():
            message = f"“{short(item.name)}”的实施期绩效目标与年度绩效目标一字不差。"
            yield Note(message, hint, "annual_goal", "items", index)


# --- T8: the wrong year -----------------------------------------------------------------------------

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?=年|\.\d|-\d|/\d)")
_PAST = re.compile(
    r"决算|执行|结转|总结|表彰|工作报告|上年|上一年|去年|对比|相比|较|基期|比20|自20|以来|建成|成立|印发|启动|修订|批复"
    r"|立项|签订|欠|遗留|年初|尾款|质保|余款|结算|审计|文件|通知|考核结果|截至|起|前期|历史|已|规划|远景|审查|完工|竣工"
)
_CITED = re.compile(r"《[^》]*》|[〔\[（(]\s*20\d\d\s*[〕\])）]\s*\d*号?|“[^”]*”")
_CLAUSE = re.compile(r"[，。；！？、,;\n]")
_SPAN = re.compile(
    r"(20[0-4]\d)(?:年)?(?:[.年/-]\d{1,2}(?:月|[.月/-]\d{1,2}日?)?)?(?:度)?\s*(?:-+|—+|至|到|~|～)+\s*(20[0-4]\d)"
)


def check_years(view: View) -> Iterator[Note]:
    """T8: a year in the project's name, period, goal or deadline that is not the table's."""
    year = view.table.year
    if year is None:
        return
    title = _YEAR.search(view.table.title)
    if title and int(title[1]) != year:
        yield Note(f"标题写 {title[1]} 年，本表是 {year} 年度。", f"请改为 {year} 年。", "title",
                   edits=(Fix(None, None, "title", view.table.title.replace(title[1], str(year))),))  # fmt: skip
    yield from _period_years(view, year)
    for key in ("project_name", "annual_goal"):
        text = view.table.fields.get(key, "")
        stale = _stale(text, year)
        if stale:
            message = f"{label_of(key)}写“{short(_around(text, stale))}”，本表是 {year} 年度。"
            yield Place(None, None, key, text).note(
                message, f"请核对是不是沿用了往年的稿子，应为 {year} 年。"
            )
    for line in view.lines:
        if line.kind == "time":
            for column in ("value", "level3"):
                stale = _stale(getattr(line.row, column), year)
                if stale:
                    message = f"时效指标{line.title}写“{short(getattr(line.row, column))}”，本表是 {year} 年度。"
                    yield line.note(column, message, f"请核对年份，应为 {year} 年。")


def _period_years(view: View, year: int) -> Iterator[Note]:
    """The implementation period does not contain the table's year."""
    text = view.table.fields.get("implementation_period", "")
    years = [int(found) for found in re.findall(r"(?<!\d)20[0-4]\d(?!\d)", text)]
    if years and not min(years) <= year <= max(years) and not re.search(r"起|长期|以后|以来", text):
        message = f"项目实施期写“{short(text)}”，不包括本年度 {year} 年。"
        yield Note(message, "请核对实施期的年份。", "implementation_period")


def _stale(text: str, year: int) -> str:
    """A year in a text that was probably left over from an earlier draft, "" if there is none."""
    if not text or str(20) not in text:
        return ""
    text = _CITED.sub("", text)
    for match in _SPAN.finditer(text):
        if int(match[1]) <= year <= int(match[2]):
            text = text.replace(match[0], "")
    for clause in _CLAUSE.split(text):
        for match in _YEAR.finditer(clause):
            said = int(match[1])
            if said == year - 1 and not _PAST.search(clause) and str(year) not in clause:
                return match[1]
    return ""


RULES = (
    Rule("T2", "文字里有标记", "规范性", "error", "sure", "seen", check_markup),
    Rule("T3", "文字没有写完", "规范性", "warning", "heuristic", "seen", check_cut_off),
    Rule("T4", "写了上级或别处", "相关性", "warning", "heuristic", "seen", check_level),
    Rule("T5", "错别字", "规范性", "hint", "heuristic", "seen", check_typos),
    Rule("T6", "目标没有数字", "完整性", "warning", "sure", "published", check_goal_has_numbers),
    Rule("T7", "实施期目标与年度目标相同", "完整性", "warning", "sure", "seen", check_goals_differ),
    Rule("T8", "年份不是本年度", "规范性", "error", "sure", "seen", check_years),
)
