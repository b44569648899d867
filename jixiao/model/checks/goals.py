"""Goals (T6 to T8): goals without numbers, the same goal twice, the wrong year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jixiao.model.checks.findings import CellRef, Fix, Note
from jixiao.model.checks.rule import Rule
from jixiao.model.checks.texts import around
from jixiao.model.checks.view import Place, View, short
from jixiao.model.fields import label_of

# Numbers are bounded, so that a page of digits is no work.
_COUNTED = re.compile(
    r"(?:(?<!\d)\d{1,12}(?:\.\d{1,6})?|(?<![第一二三四五六七八九十百])[一二三四五六七八九十百]{1,8})"
    r"\s?(?:万|亿|余|多)?\s?"
    r"(?:[次个项件人%％份篇期场名家户条天台套辆座处批亩]|元|公里|平方米|万元|吨|米|学时|小时|工作日)"
    r"|(?<!\d)\d{1,2}月\d{0,2}日?(?:前|底)"
    # Any other counted thing: 60万页, 12类, 6所.
    r"|(?<![\d.第〔（(])(?!20\d\d(?:\D|$))\d{1,12}(?:\.\d{1,6})?[多余万亿千百]{0,3}"
    r"(?![年届号月日级])[\u4e00-\u9fff‰]"
)
_NO_COUNT = re.compile(
    r"一(?:个|项|批|家|人|处|台|场|次性|条龙|件事)|第[一二三四五六七八九十]+[次个项]|“[^“”]*”|《[^《》]*》|[一二三四五六七八九十]个(?:方面|聚焦|坚持|意识|自信|维护|机关)"
)
_GOALS = {
    "project": ("annual_goal", "total_goal"),
    "department": ("annual_goal",),
    "narrative": ("total_goal",),
}


def check_goal_has_numbers(view: View) -> Iterator[Note]:
    """T6: the goal says no number, so nothing in it can be measured."""
    fields = view.table.fields
    for key in _GOALS.get(view.table.kind, ()):
        if key == "total_goal" and fields.get("annual_goal"):
            continue
        text = fields.get(key, "")
        if text.strip() and _COUNTED.search(_NO_COUNT.sub("", text)) is None:
            message = f"{label_of(key)}（“{short(text)}”）没有一个数字，无法衡量。"
            yield Note(message, "请写明做几次、几项，什么时候完成，达到多少。", key)


def _one_year(period: str) -> bool:
    years = set(re.findall(r"20\d\d", period))
    return len(years) == 1 and not re.search(r"长期|持续|经常", period)


_POINTS = re.compile(r"[\s，。；、：,.;:]")


def _same_text(first: str, second: str) -> bool:
    """Whether two goals are the same but for blanks and points."""
    return _POINTS.sub("", first) == _POINTS.sub("", second)


def check_goals_differ(view: View) -> Iterator[Note]:
    """T7: the goal of the whole period and that of the year are the same text."""
    fields = view.table.fields
    annual, whole = (fields.get(key, "").strip() for key in ("annual_goal", "period_goal"))
    hint = "请在实施期目标写总的结果，在年度目标写本年做到哪一步；一年期项目可以忽略。"
    if annual and _same_text(annual, whole):
        one_year = _one_year(fields.get("implementation_period", ""))
        message = f"实施期绩效目标与年度绩效目标一字不差（“{short(annual)}”）。"
        cells = (CellRef(None, None, "period_goal"),)
        severity = "hint" if one_year else None
        yield Note(message, hint, "annual_goal", severity=severity, cells=cells)
    for index, item in enumerate(view.table.items):
        if item.annual_goal.strip() and _same_text(item.annual_goal, item.period_goal):
            message = f"“{short(item.name)}”的实施期绩效目标与年度绩效目标一字不差。"
            cells = (CellRef("items", index, "period_goal"),)
            yield Note(message, hint, "annual_goal", "items", index, cells=cells)


# --- T8: the wrong year --------------------

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?=年|\.\d|-\d|/\d)")
_PAST = re.compile(
    r"决算|执行|结转|总结|表彰|工作报告|上年|上一年|去年|对比|相比|较|基期|比20|自20|以来|建成|成立|印发|启动|修订|批复"
    r"|立项|签订|欠|遗留|年初|尾款|质保|余款|结算|审计|文件|通知|考核结果|截至|起|前期|历史|已|规划|远景|审查|完工|竣工"
)
_DEADLINE = re.compile(
    r"(?<!\d)(20[0-4]\d)年(?:度|内|\d{1,2}月)?(?:\d{1,2}日|份)?(?:年?底|末|中旬|上旬|下旬)?之?前(?![^，]{0,8}的)"
)
_SETTLING = re.compile(r"尾款|质保|余款|结算|审计|欠|遗留|已|决算|考核结果")
_PROMISE = re.compile(r"完成|实现|达到|开展|召开|新增|新建|建设|确保|力争|发放|举办|组织")
_YEARS_BACK = 5  # an older year is history that is told, not a draft that was left over
_CITED = re.compile(r"《[^《》]*》|[〔\[（(]\s*20\d\d\s*[〕\])）]\s*\d*号?|“[^“”]*”")
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
        right = view.table.title.replace(title[1], str(year))
        message = f"标题写 {title[1]} 年，本表是 {year} 年度。"
        edits = (Fix(None, None, "title", right),)
        about = (title[1], str(year))
        yield Note(message, f"请改为 {year} 年。", "title", edits=edits, about=about, said=message)
    yield from _period_years(view, year)
    for key in ("project_name", "annual_goal"):
        text = view.table.fields.get(key, "")
        stale = _stale(text, year)
        if stale:
            message = f"{label_of(key)}写“{short(around(text, stale))}”，本表是 {year} 年度。"
            hint = f"请核对是不是沿用了往年的稿子，应为 {year} 年。"
            yield Place(None, None, key, text).note(message, hint, matter=stale)
    for line in view.lines:
        if line.kind == "time":
            for column in ("value", "level3"):
                stale = _stale(getattr(line.row, column), year)
                if stale:
                    quote = short(getattr(line.row, column))
                    message = f"时效指标{line.title}写“{quote}”，本表是 {year} 年度。"
                    yield line.note(column, message, f"请核对年份，应为 {year} 年。")
                    break


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
            if _left_over(clause, int(match[1]), year):
                return match[1]
    return ""


def _left_over(clause: str, said: int, year: int) -> bool:
    """Whether an earlier year in a clause is a target's, not that of something past."""
    if not year - _YEARS_BACK <= said < year or str(year) in clause:
        return False
    due = _DEADLINE.search(clause)
    if due is not None and int(due[1]) == said and not _SETTLING.search(clause):
        return True
    if _PAST.search(clause):
        return False
    return said == year - 1 or _PROMISE.search(clause) is not None


RULES = (
    Rule("T6", "目标没有数字", "完整性", "warning", "sure", "published", check_goal_has_numbers),
    Rule("T7", "实施期目标与年度目标相同", "完整性", "warning", "sure", "seen", check_goals_differ),
    Rule("T8", "年份不是本年度", "规范性", "error", "sure", "seen", check_years),
)
