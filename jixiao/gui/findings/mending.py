"""Mends what was found, lets it be, and takes that back: one at a time, a group, or all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from jixiao.app.checking.checking import TableFinding, name_of
from jixiao.app.checking.fixing import fixed
from jixiao.app.checking.groups import Group
from jixiao.app.checking.options import silence_rule
from jixiao.app.editing import put_table
from jixiao.app.progress import Progress
from jixiao.app.rows import Edit
from jixiao.app.session import Session
from jixiao.gui.document import Shown
from jixiao.gui.findings.checker import FindingsChecker, Ids
from jixiao.gui.findings.marks import shown_at
from jixiao.gui.jobs import LongJob
from jixiao.gui.workbench import Workbench
from jixiao.io.paper.form.form import Form
from jixiao.model.checks import RULE_BY_ID
from jixiao.model.ignored import (
    ignores_rule,
    with_ignored,
    without_ignored,
    without_ignored_rule,
)
from jixiao.model.table import Table

if TYPE_CHECKING:
    from jixiao.app.checking.mending import Mended

_NAMED = 3
_STALE = "表刚刚改过，这一处已经不同，请再看一看。"


class FindingsMending(QObject):
    """Each thing it does is one step of the book, and offers to take itself back."""

    def __init__(self, bench: Workbench, checker: FindingsChecker, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self._document = bench.document
        self._checker = checker

    # One finding

    def fix(self, found: TableFinding) -> None:
        """Write what the finding proposes."""
        finding = found.finding
        name = f"改正：{RULE_BY_ID[finding.rule].title}"
        if finding.leaves_empty:
            name += f"；{'、'.join(finding.leaves_empty)}空了，请另补一个"
        self._change(found, name, lambda form, table: fixed(form, table, [finding]).table)

    def ignore(self, found: TableFinding, reason: str, reach: str = "here") -> None:
        """Let a finding be, or its rule in the whole table or book, with the reason."""
        from jixiao.app.checking.mending import ignore_rule

        finding = found.finding
        title = RULE_BY_ID[finding.rule].title
        if reach == "book":
            self._silence(finding.rule, reason)
        elif reach == "table":
            self._run(
                lambda session, _: ignore_rule(session, finding.rule, found.table_id, reason),
                lambda _: f"本表不再查“{title}”",
            )
        else:
            self._change(
                found,
                f"忽略：{title}",
                lambda _, table: with_ignored(table, [finding], reason),
            )

    def take_back(self, found: TableFinding) -> None:
        """Let an ignored finding count again, or its rule where that was let be as a whole."""
        finding = found.finding
        title = RULE_BY_ID[finding.rule].title

        def change(_: Form, table: Table) -> Table:
            one = without_ignored(table, [finding])
            return one if one is not table else without_ignored_rule(table, finding.rule)

        whole = ignores_rule(found.table, finding.rule)
        name = f"恢复检查：{title}" if whole else f"取消忽略：{title}"
        self._change(found, name, change)

    def _change(self, found: TableFinding, name: str, how: _How) -> None:
        from jixiao.app.checking.mending import still_fits

        self._bench.view.commit()
        shown = self._document.shown
        if shown is not None and shown.table_id == found.table_id:
            if still_fits(found, shown.table):
                there = self._column_here(found)
                self._act(name, how)
                if there:
                    self._follow(found, there, shown)
            else:
                self._say(_STALE)
            self._checker.check_now()
            self._bench.view.setFocus()
            return

        def job(session: Session) -> bool:
            table = session.book.table(found.table_id)
            fits = still_fits(found, table)
            if fits:
                new = how(session.form_of(table), table)
                put_table(session, found.table_id, new, name)
            return fits

        def done(fits: bool) -> None:
            self._document.reload()
            self._say("" if fits else _STALE, f"{name}（{name_of(found.table)}）")

        self._document.run(job, done)

    def _column_here(self, found: TableFinding) -> str:
        """The column of the cursor where it stands in the finding's row, else empty."""
        cell, finding = self._bench.view.current_cell(), found.finding
        if cell is None or finding.rows is None or finding.index is None:
            return ""
        if cell == shown_at(self._bench.page.grid, finding):
            return finding.field
        here = (b for b in cell.bindings if b.target == finding.rows and finding.index in b.rows)
        return next((binding.name for binding in here), "")

    def _follow(self, found: TableFinding, column: str, before: Shown) -> None:
        """Stay in the row that the cursor was in, also where it now stands elsewhere."""
        view, finding, shown = self._bench.view, found.finding, self._document.shown
        if shown is None or finding.index is None:
            return
        done = fixed(before.form, before.table, [finding])
        moved = done.table.indicators == shown.table.indicators
        index = done.index_now(finding.rows, finding.index) if moved else finding.index
        cell = shown_at(view.page.grid, replace(finding, field=column, index=index))
        if cell is not None and cell != view.current_cell():
            view.select(cell)
            view.scrollTo(view.page.index_of(cell))

    def _act(self, name: str, how: _How) -> None:
        """Change the table on the screen; the document tells when it cannot be."""
        if self._document.act(lambda form, table: Edit(how(form, table), name)) is not None:
            self._say("", name)

    def _say(self, refusal: str, name: str = "") -> None:
        if refusal:
            self._bench.tell(refusal)
        else:
            self._bench.status.tell(f"{name}。", "撤销", self._bench.document.undo)

    # Many

    def fix_group(self, group: Group) -> None:
        """Write what all findings of a group propose."""
        from jixiao.app.checking.mending import mend_findings

        name = f"改正 {len(group.fixable)} 处：{RULE_BY_ID[group.rule].title}"
        self._run(
            lambda session, progress: mend_findings(session, group.fixable, name, progress), _mended
        )

    def ignore_group(self, group: Group, reason: str, reach: str) -> None:
        """Let all findings of a group be, or their rule, with the reason."""
        from jixiao.app.checking.mending import ignore_findings

        if reach == "book":
            self._silence(group.rule, reason)
        elif reach == "table":
            self.ignore(group.members[0], reason, reach)
        else:
            self._run(
                lambda session, progress: ignore_findings(session, group.members, reason, progress),
                lambda result: f"忽略了 {result.count} 处",
            )

    def mend_all(self, table_ids: Ids) -> None:
        """Make every sure fix of some tables."""
        from jixiao.app.checking.mending import mend_tables

        self._run(lambda session, progress: mend_tables(session, table_ids, progress), _mended)

    def _silence(self, rule: str, reason: str) -> None:
        title = RULE_BY_ID[rule].title
        self._bench.view.commit()
        self._document.run(
            lambda session: silence_rule(session, rule, reason),
            lambda _: self._changed_rules(f"整个账本不再查“{title}”，可在“规则设置”里恢复"),
        )

    def _changed_rules(self, text: str) -> None:
        self._document.refresh_tree()
        self._say("", text)

    def _run(
        self, job: Callable[[Session, Progress], Mended], text: Callable[[Mended], str]
    ) -> None:
        """Do it on the book's thread, after the edits that wait, and say what it came to."""
        self._bench.view.commit()

        def done(result: Mended | None) -> None:
            if result is None:
                self._bench.tell("已停止，什么都没有改。")
                return
            self._document.reload()
            self._checker.check_now()
            message = text(result) if result.count else "没有可以一次改正的问题"
            if result.locked:
                message += f"；已报的表没有改：{_some(result.locked)}"
            if result.count:
                self._say("", message)
            else:
                self._bench.tell(f"{message}。")

        LongJob("改正", self._bench.frame).start(
            self._document, job, done, lambda error: self._bench.tell(str(error))
        )


class _How(Protocol):
    """How a table is changed, which is shown in a form."""

    def __call__(self, form: Form, table: Table, /) -> Table: ...


def _mended(result: Mended) -> str:
    where = f"{result.tables} 张表的 " if result.tables > 1 else ""
    return f"改正了 {where}{result.count} 处"


def _some(names: tuple[str, ...]) -> str:
    more = f" 等 {len(names)} 张" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more
