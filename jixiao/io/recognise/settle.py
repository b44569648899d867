"""Header fields settled at the end, when all that a table tells is known.

Labels that no dictionary knows are matched with the fields that are still missing: by how alike
the label is to known ones and by what kind of value stands beside it, all at once.
"""

from __future__ import annotations

from collections.abc import Mapping

from jixiao.io.recognise.draft import Draft, Pair
from jixiao.io.recognise.fit import fit
from jixiao.io.recognise.halves import half_of
from jixiao.io.recognise.labels import TOTAL_AMOUNTS, WEAK, Labels
from jixiao.io.recognise.likeness import bare, most_alike
from jixiao.io.recognise.roles import NONE, Rules, Scores, assign
from jixiao.io.recognise.store import amount_of, put
from jixiao.model.fields import label_of

_OWN = 1.5
_AGENCIES = ("实施单位", "项目实施单位", "项目单位", "用款单位")
_OF_PROJECT = (
    "project_name", "project_amount", "annual_goal", "agency", "project_category",
    "implementation_period", "project_code", "fiscal_funds", "other_funds",
)  # fmt: skip
_OF_DEPARTMENT = (
    "annual_goal", "agency", "budget_total", "basic_expenditure", "project_expenditure",
    "general_public_budget", "other_funds",
)  # fmt: skip


def settle(draft: Draft, labels: Labels) -> None:
    """Give the fields that are missing what stands beside labels that nobody knows."""
    if not draft.has_table:
        return
    _settle_alike(draft, labels)
    _settle_agency(draft)
    _settle_amount(draft)
    _ask_missing(draft)


def _told(draft: Draft) -> set[str]:
    told = set(draft.fields)
    told |= {"agency"} if draft.agency else set()
    told |= {"agency_code"} if draft.agency_code else set()
    return told


def _settle_alike(draft: Draft, labels: Labels) -> None:
    pairs = [pair for pair in draft.pairs if draft.fields.get(pair.label) == pair.value]
    told = _told(draft)
    words, others = labels.known_fields()
    scores = [_scores(labels, pair, words, others, told) for pair in pairs]
    for pair, name in zip(pairs, assign(scores, Rules()).roles, strict=True):
        if name == NONE or draft.fields.pop(pair.label, None) is None:
            continue
        draft.sources.pop(("field", pair.label, -1), None)
        draft.fields.pop(name, None)
        put(draft, name, pair.value, pair.cell)
        reason = f"“{pair.label}”不是认得的项目，按“{label_of(name)}”读，请核对"
        draft.doubt(pair.cell, pair.value, name, reason, choices=(label_of(name), pair.label))


def _scores(
    labels: Labels, pair: Pair, words: Mapping[str, str], others: Mapping[str, str], told: set[str]
) -> Scores:
    key = bare(pair.key)
    alike = most_alike(key, words)
    other = max(most_alike(key, others).values(), default=0.0)
    found = {NONE: _OWN + 4 * other * other}
    if labels.other_time(key) or (amount_of(pair.value) and half_of(labels, key)[0] == "period"):
        return found
    for name, s in alike.items():
        agency = name == "department_name" and "project_name" in told
        own = "agency" if agency else name
        if own not in told:
            found[own] = 4 * s * s + fit(own, pair.value)
    return found


def _settle_agency(draft: Draft) -> None:
    """The agency from the unit that carries the project out, where nobody reports it."""
    if draft.agency:
        return
    fields = draft.fields
    department = "department_name" if "project_name" in fields else ""
    told = next((n for n in (*_AGENCIES, department) if n and fields.get(n)), "")
    rest = [p for p in draft.pairs if fit("agency", p.value) > 0 and p.label in fields]
    if told:
        draft.agency = fields[told] if told != department else fields.pop(told)
        draft.sources["field", "agency", -1] = draft.sources.get(("field", told, -1), "")
        draft.doubt_at(draft.sources["field", "agency", -1], "", draft.agency, "agency",
                       f"表上没有写填报单位，按“{label_of(told)}”读作“{draft.agency}”")  # fmt: skip
    elif len(rest) == 1 and not draft.agency and rest[0].above:
        pair = rest[0]
        del fields[pair.label]
        put(draft, "agency", pair.value, pair.cell)
        reason = f"“{pair.label}”不是认得的项目，按填报单位读，请核对"
        draft.doubt(pair.cell, draft.agency, "agency", reason, choices=("填报单位", pair.label))


def _settle_amount(draft: Draft) -> None:
    """The one total of a table is its amount: a project's, or a department's."""
    fields = draft.fields
    told = [name for name in TOTAL_AMOUNTS if name in fields]
    if len(told) == 1 and "project_amount" not in fields:
        _rename(draft, told[0], "project_amount")
    if "project_name" in fields:
        if "budget_total" in fields and amount_of(fields.get("project_amount", "")) is None:
            _rename(draft, "budget_total", "project_amount")
        elif fields.get("budget_total") == fields.get("project_amount"):
            fields.pop("budget_total", None)
    elif {"department_name", "project_amount"} <= set(fields) and "budget_total" not in fields:
        _rename(draft, "project_amount", "budget_total")


def _rename(draft: Draft, old: str, new: str) -> None:
    draft.fields[new] = draft.fields.pop(old)
    address = draft.sources.pop(("field", old, -1), "")
    if address:
        draft.sources["field", new, -1] = address


def _ask_missing(draft: Draft) -> None:
    """Ask about what stands beside labels that nobody knows, where a table lacks such a field."""
    told = _told(draft)
    goal = {"annual_goal", "total_goal", "period_goal"}
    told |= goal if goal & told else set()
    department = "department_name" in told and "project_name" not in told
    wanted = _OF_DEPARTMENT if department else _OF_PROJECT
    missing = [name for name in wanted if name not in told]
    asked = {doubt.cell for doubt in draft.doubts}
    for pair in draft.pairs:
        if draft.fields.get(pair.label) != pair.value or draft.page.address(pair.cell) in asked:
            continue
        least = {"project_name": 0.0, "annual_goal": 0.0}
        may = [name for name in missing if fit(name, pair.value) > least.get(name, 1.4)]
        if pair.key in WEAK and not may:
            may = list(missing)
        if may:
            names = "、".join(label_of(name) for name in may[:3])
            reason = f"“{pair.label}”不是认得的项目，原样保留；是不是“{names}”？"
            choices = (pair.label, *(label_of(name) for name in may[:3]))
            draft.doubt(pair.cell, pair.label, may[0], reason, choices=choices)
