"""The words by which a table is recognised: the field dictionary and every form's own labels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from jixiao.io.paper.form.form import Form, FormCell
from jixiao.io.paper.page.clean import key as text_key
from jixiao.io.recognise.likeness import Words, bare
from jixiao.model.columns import COLUMNS
from jixiao.model.fields import FIELDS, HEADER_FIELDS, META_FIELDS, SCHEDULE_NAME

_PART = re.compile(
    r"^(?=.{3,})(?:(?:项目|部门|本|年度|当年|长期|中期|中长期|实施期|总体)*(?:绩效)?指标"
    r"|(?:项目|部门|总体|年度|预算)*(?:资金|预算|支出)(?:情况|构成|安排情况|来源情况))$"
)
_GOAL = re.compile(r"^(?!.*(?:分项|情况|完成))(?P<which>.{0,8})(?:绩效|工作|履职)(?:总)?目标$")
_PERIOD_WORDS = ("中期", "长期", "实施期", "周期", "三年")
_SIGNED = re.compile(r"(?:签字|签章|盖章|签名|签字盖章)$")
_HINT = re.compile(r"[(（\[【][^()（）]*[)）\]】]$")
_PREFIX = re.compile(
    r"^(?:其中|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[.、])[:：]?"
)
_SOME_MONTHS = re.compile(r"\d{1,2}月?[-—–~～至]\d{1,2}月|\d{1,2}月(?:底|末)")
_YEAR_BEFORE = re.compile(r"^20\d\d年度?[^\d]{2}")
_MONTH = re.compile(r"^\d{1,2}月(?:底|末|份)?$|^第?[一二三四]季度$")
_MONEY_HINT = re.compile(
    r"(?:^|[(（])(?:单位|金额单位|金额)?[:：]?(亿元|万元|千元|元)(?:[,，][^()（）]*)?[)）]"
)

# fmt: off
STRUCTURE = frozenset(
    (
        "按收入性质分", "按支出性质分", "收入性质", "支出性质", "预算情况", "部门预算情况",
        "年度预算申请", "预算申请", "项目资金情况", "本年度绩效指标", "年度绩效指标", "绩效指标",
        "本年绩效指标", "项目绩效指标", "部门绩效指标", "实施期绩效指标", "其他事项",
        "年度主要任务", "主要任务", "年度重点工作计划", "年度重点工作", "重点工作计划",
        "年度工作任务", "支出明细及测算说明", "支出明细", "测算说明", "所属专项", "资金支出计划",
        "绩效目标情况", "总体目标情况", "资金情况", "合计", "小计", "总计", "其中",
        "项目资金申请", "项目资金来源", "预算安排情况", "项目基本情况", "资金构成", "预算资金情况",
    )
)
# fmt: on
"""Labels that only head a part of a form: never a value, never a field."""

# fmt: off
OWN_LABELS = (
    "主管部门", "主管部门及代码", "主管部门编码", "主管单位", "主管科室", "业务科室", "所属处室",
    "实施单位", "项目实施单位", "项目单位", "用款单位", "项目属性", "项目负责人",
    "项目负责人及电话", "联系人", "联系电话", "单位负责人", "财务负责人", "填报人", "填表人",
    "填报日期", "填表日期", "经办人", "审核人", "复核人", "立项依据", "项目立项依据",
    "政策依据", "项目概况", "单位职能概述", "资金性质", "资金来源",
    "自有资金", "上年结转资金", "上年结转",
    "上级资金", "本级资金", "事业收入", "经营收入", "单位自筹", "自筹资金", "实际完成情况",
    "全年实际完成情况", "目标完成情况", "其他说明的问题", "其他需要说明的问题", "审核意见",
    "主管部门审核意见", "财政部门审核意见", "财政部门意见", "主管部门意见", "单位意见",
    "评价结论", "存在问题", "改进措施", "绩效等级", "自评等级",
    "项目总金额", "项目总额", "项目总投资", "项目总预算", "总投资",
)
# fmt: on
"""Labels of header fields that have no key of their own: kept under these very words."""

TOTAL_AMOUNTS = ("项目总金额", "项目总额", "项目总投资", "项目总预算", "总投资")
"""What a project costs as a whole: its amount, unless another one is told for the year."""

EXPECTED_GOAL = frozenset({"预期目标", "预期绩效目标", "年初设定目标", "年初目标", "目标内容"})
"""Words that under a goal's label stand for the goal itself, beside what was reached."""

# fmt: off
OTHER_COLUMNS = (
    "权重", "指标权重", "分值", "得分", "自评得分", "自评分", "实际完成值", "完成值", "实际值",
    "全年实际值", "全年完成值", "实际完成情况", "完成情况", "偏差原因分析",
    "偏差原因分析及改进措施", "原因说明", "评分标准", "评分细则", "数据来源", "责任单位",
    "责任科室", "责任处室", "牵头科室", "责任部门", "上年完成值", "上年实际值", "历史值",
    "指标方向性", "指标属性", "是否核心指标",
)
# fmt: on
"""Heads of columns of indicators that are kept as further columns, under these very words."""

PIECES = {
    "period": ("中期", "中长期", "长期", "实施期", "实施周期", "总体", "全周期", "周期", "三年"),
    "annual": ("本年度", "年度", "当年度", "当年", "本年"),
    "before": ("上年", "去年", "前年", "历史", "半年", "上期"),
    "reached": ("实际", "完成", "执行", "实绩"),
    "planned": ("计划", "预计", "预期", "应完成"),
}
"""Pieces of heads and labels with one meaning."""

WEAK = frozenset({"单位", "金额", "名称", "其他", "说明", "任务", "事项"})
"""Words that are labels only where nothing else speaks against it."""


_LONGEST = 40
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text may mean: a field, columns by list, a part's head; "" and False for no.

    ``names_column``: it is a head in one of the lists by which a header is found.
    """

    field_key: str = ""
    columns: dict[str, str] = field(default_factory=dict[str, str])
    heads_part: bool = False
    names_column: bool = False


_NOTHING = Meaning()


@dataclass(frozen=True)
class Labels:
    """What a text may mean, by its key (see ``jixiao.io.paper.page.clean.key``).

    ``fields``: header label → field key; ``contexts``: (covering label, label) → field key;
    ``columns``: list name → header word → column; ``structure``: labels that head a part;
    ``pieces``: pieces of words with a meaning; ``taught``: of the heads
    of indicators those that the user himself gave a column.
    """

    fields: dict[str, str]
    contexts: dict[tuple[str, str], str]
    columns: dict[str, dict[str, str]]
    structure: frozenset[str]
    pieces: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict(PIECES))
    taught: dict[str, str] = field(default_factory=dict[str, str])
    _words: dict[str, Words] = field(default_factory=dict[str, Words])
    _memo: dict[str, Meaning] = field(default_factory=dict[str, "Meaning"])

    def meaning(self, key: str) -> Meaning:
        """All that a text may mean as a label or head of a column."""
        found = self._memo.get(key)
        if found is None:
            if len(key) > _LONGEST:
                return _NOTHING
            if len(self._memo) > _MOST:
                self._memo.clear()
            found = self._memo[key] = self._meaning(key)
        return found

    def _meaning(self, key: str) -> Meaning:
        words = list(variants(key))
        columns = {
            name: next((column[w] for w in words if w in column), "")
            for name, column in self.columns.items()
        }
        field_key = next((self.fields[w] for w in words if w in self.fields), "")
        return Meaning(
            field_key or next((goal for w in words if (goal := _goal_of(w))), ""),
            columns,
            any(w in self.structure or _PART.match(w) for w in words),
            any(columns[name] for name in ("indicators", "items", "tasks")),
        )

    def field_of(self, key: str) -> str:
        """The field that a label names, "" when it is none."""
        return self.meaning(key).field_key

    def column_of(self, name: str, key: str) -> str:
        """The column of a list that a header word names, "" when it is none."""
        return self.meaning(key).columns.get(name, "")

    def role_of(self, name: str, key: str) -> str | None:
        """The column of a list that a head surely names, "" for none of them; None if unknown."""
        words = self.columns.get(name, {})
        return next((words[w] for w in variants(key) if w in words), None)

    def words_of(self, name: str) -> Words:
        """The heads of a list with their columns, a joined value counting as a value."""
        if name not in self._words:
            words = self.columns[name].items()
            self._words[name] = Words({w: "value" if c == "target" else c for w, c in words})
        return self._words[name]

    def known_fields(self) -> tuple[Words, Words]:
        """Labels of the fields of the dictionary, and those of others, each as their own words."""
        if "" not in self._words:
            left_out = {"year", "title", "money_unit"}
            fields = self.fields.items()
            self._words[""] = Words({w: n for w, n in fields if n in FIELDS and n not in left_out})
            self._words["-"] = Words({w: "" for w, n in fields if n not in FIELDS})
        return self._words[""], self._words["-"]

    def has_piece(self, name: str, key: str) -> bool:
        """True when a text contains one of the pieces of words with a common meaning."""
        return any(piece in key for piece in self.pieces[name])

    def other_time(self, key: str) -> bool:
        """True for a head of another year's values, or of what was reached."""
        reached = self.has_piece("reached", key) and not self.has_piece("planned", key)
        return reached or self.has_piece("before", key) or bool(_SOME_MONTHS.search(key))

    def heads_part(self, key: str) -> bool:
        """True for a label that heads a part of the form."""
        return self.meaning(key).heads_part

    def is_label(self, key: str) -> bool:
        """True when a cell with this text is surely a label, not a value."""
        found = self.meaning(key)
        return bool(found.field_key) or found.heads_part or is_month(key) or key in EXPECTED_GOAL


def _goal_of(key: str) -> str:
    """The goal that words in no list name by their ending (部门整体绩效目标), or ""."""
    match = _GOAL.match(key)
    if match is None:
        return ""
    if any(word in match["which"] for word in _PERIOD_WORDS):
        return "period_goal"
    return "total_goal" if "总" in match["which"] else "annual_goal"


def variants(key: str) -> Iterable[str]:
    """A label's key, then without a hint in brackets behind and a number or 其中 before it."""
    yield key
    short = _HINT.sub("", key)
    if short and short != key:
        yield short
    plain = _PREFIX.sub("", short)
    if plain and plain != short:
        yield plain
    unsigned = _SIGNED.sub("", plain)
    if unsigned and unsigned != plain:
        yield unsigned
    if _YEAR_BEFORE.match(key):
        yield key[4:]  # 2026年度目标 is 年度目标
    unmarked = bare(key)
    if unmarked not in {key, short, plain}:
        yield unmarked


def is_month(key: str) -> bool:
    """True for the head of a payment-schedule column (3月底)."""
    return bool(_MONTH.match(key))


def money_unit_in(text: str) -> str:
    """The money unit that a label carries in brackets (预算情况(万元)(10分)), or ""."""
    match = _MONEY_HINT.search(text)
    return match[1] if match else ""


def build_labels(forms: Iterable[Form] = ()) -> Labels:
    """The dictionary's labels and those of the forms; the dictionary goes first."""
    fields: dict[str, str] = {}
    contexts: dict[tuple[str, str], str] = {}
    for spec in (*META_FIELDS, *HEADER_FIELDS):
        if spec.context:
            contexts[text_key(spec.context), text_key(spec.label)] = spec.key
            fields.update((text_key(s), spec.key) for s in spec.synonyms)
        elif spec.key not in {"title", "money_unit"}:
            # 年度 alone is too common a word to be the label of the year.
            words = spec.synonyms if spec.key == "year" else (spec.label, *spec.synonyms)
            for label in words:
                fields.setdefault(text_key(label), spec.key)
    for words in OWN_LABELS:
        fields.setdefault(text_key(words), words)
    columns: dict[str, dict[str, str]] = {}
    for spec in COLUMNS:
        words = columns.setdefault(spec.list, {})
        words.update((text_key(word), spec.column) for word in spec.synonyms)
    for words in OTHER_COLUMNS:
        columns["indicators"].setdefault(text_key(words), "")
    structure = {text_key(word) for word in STRUCTURE}
    for form in forms:
        for label, name in _form_labels(form):
            if not structure.intersection(variants(label)) and label not in WEAK:
                fields.setdefault(label, name)
    structure -= set(fields)
    return Labels(fields, contexts, columns, frozenset(structure))


def _form_labels(form: Form) -> Iterable[tuple[str, str]]:
    """The label of each header field of a form (rule 8): beside it, else above it."""
    at = {
        (row, col): cell
        for cell in form.cells
        for row in range(cell.row, cell.bottom)
        for col in range(cell.col, cell.col + cell.colspan)
    }
    for cell in form.cells:
        words = ""
        for piece in cell.pieces:
            if piece.slot is None:
                words = piece.words
                continue
            if piece.slot.target == "field" and piece.slot.name not in {"title", "year"}:
                label = label_key(words) or _neighbour_label(at, cell)
                if label and not is_month(label):
                    yield label, piece.slot.name
            words = ""


def label_key(words: str) -> str:
    """The label at the end of a run of words: what stands between the last blank and the colon."""
    words = words.strip()
    if not words.endswith(("：", ":", "）", ")")):
        return ""
    return text_key(words.replace("　", "  ").split("   ")[-1])


def _neighbour_label(at: dict[tuple[int, int], FormCell], cell: FormCell) -> str:
    left = at.get((cell.row, cell.col - 1))
    above = at.get((cell.row - 1, cell.col))
    for other in (left, above):
        if other is not None and other is not cell and not other.slots and other.words.strip():
            return text_key(other.words)
    return ""


__all__ = [
    "SCHEDULE_NAME",
    "Labels",
    "build_labels",
    "is_month",
    "label_key",
    "money_unit_in",
    "variants",
]
