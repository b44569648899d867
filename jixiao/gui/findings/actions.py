"""What the check panel of a window does: goes to cells, mends, ignores, reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog

from jixiao.app.checking.checking import TableFinding, check_around, counts
from jixiao.app.checking.groups import Group
from jixiao.app.checking.options import CheckOptions, forms_in_use, options_of, put_options
from jixiao.app.session import Session
from jixiao.gui.dialog_parts import ask_target
from jixiao.gui.findings.checker import FindingsChecker, Ids
from jixiao.gui.findings.marks import FindingMarks, shown_at
from jixiao.gui.findings.mending import FindingsMending
from jixiao.gui.findings.panel import MOST, SCOPES, FindingsPanel
from jixiao.gui.jobs import LongJob
from jixiao.gui.workbench import Workbench
from jixiao.io.paper.form.form import Form
from jixiao.model.history import Change

if TYPE_CHECKING:
    from jixiao.gui.dialogs import ExportDialog

_TITLE = "检查"


class FindingsActions(QObject):
    """Connects the checks and their panel with a window."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._document = bench.document
        self.panel = FindingsPanel()
        self.marks = FindingMarks(bench.view)
        self.checker = FindingsChecker(bench.document, bench.changes, self)
        self.mending = FindingsMending(bench, self.checker, self)
        self._then: TableFinding | None = None
        self._going = False
        self._said = ""
        bench.dock.add_panel(_TITLE, self.panel)
        self._connect()
        self._show()

    def _connect(self) -> None:
        panel, document = self.panel, self._document
        panel.chosen.connect(self.go_to)
        panel.fix_wanted.connect(self._fix)
        panel.ignore_wanted.connect(self._ignore)
        panel.take_back_wanted.connect(self._take_back)
        panel.group_fix_wanted.connect(self._fix_group)
        panel.group_ignore_wanted.connect(self._ignore_group)
        panel.mend_wanted.connect(self.mend_all)
        panel.scope_changed.connect(self._scope_changed)
        panel.left.connect(self._bench.view.setFocus)
        self.checker.changed.connect(self._show)
        self.checker.failed.connect(self._say)
        document.table_shown.connect(self._table_shown)
        self._bench.page.content_changed.connect(self._mark)
        self._bench.view.selectionModel().currentChanged.connect(lambda *_: self._follow())

    def _is_listed(self, entry: TableFinding | Group) -> bool:
        """False for a card that has stayed behind: it is to change no table out of sight."""
        members = entry.members if isinstance(entry, Group) else (entry,)
        ids = self.scope_ids()
        return ids is None or all(one.table_id in ids for one in members)

    def _fix(self, found: TableFinding) -> None:
        if self._is_listed(found):
            self.mending.fix(found)

    def _ignore(self, found: TableFinding, reason: str, reach: str) -> None:
        if self._is_listed(found):
            self.mending.ignore(found, reason, reach)

    def _take_back(self, found: TableFinding) -> None:
        if self._is_listed(found):
            self.mending.take_back(found)

    def _fix_group(self, group: Group) -> None:
        if self._is_listed(group):
            self.mending.fix_group(group)

    def _ignore_group(self, group: Group, reason: str, reach: str) -> None:
        if self._is_listed(group):
            self.mending.ignore_group(group, reason, reach)

    # What is shown

    def scope_ids(self) -> Ids | None:
        """The tables whose findings are listed; None: all."""
        shown = self._document.shown
        if self.panel.scope_name == "book":
            return None
        if shown is None:
            return frozenset()
        if self.panel.scope_name == "year":
            return self.checker.year_here()
        return frozenset((shown.table_id,))

    def _say(self, message: str) -> None:
        self._said = message
        self._show()
        self._said = ""

    def _show(self) -> None:
        shown = self._document.shown
        ids = self.scope_ids()
        found, totals = self.checker.of(ids, MOST), self.checker.totals(ids)
        nothing = self._said or ("没有发现问题。" if shown is not None else "没有打开的表。")
        locked = self.panel.scope_name == "table" and self._document.locked
        can_write = self._document.is_open and not self._document.read_only and not locked
        self.panel.set_findings(found, totals, can_write=can_write, nothing=nothing)
        total = totals.open["error"] + totals.open["warning"]
        self._bench.dock.set_title(self.panel, f"{_TITLE} {total}" if total else _TITLE)
        self._mark()

    def _mark(self) -> None:
        shown = self._document.shown
        if shown is None:
            return
        found = self.checker.of(frozenset((shown.table_id,)))
        chosen = self.panel.current
        here = chosen is not None and chosen.table_id == shown.table_id and chosen.open
        self.marks.mark(
            [one.finding for one in found if one.open],
            chosen.finding if here and chosen is not None else None,
        )

    def _scope_changed(self, scope: str) -> None:
        for name in SCOPES:
            self._bench.commands.actions[f"check_{name}"].setChecked(name == scope)
        self.checker.everything = scope == "book"
        self.checker.check_now()
        self._show()

    def _table_shown(self) -> None:
        if self._then is None:
            self.panel.choose(None)
        self._show()
        if self._then is not None:
            QTimer.singleShot(0, self._arrive)

    def _follow(self) -> None:
        """Light up the card of the cell in which the cursor stands."""
        cell = self._bench.view.current_cell()
        shown = self._document.shown
        if self._going or cell is None or shown is None:
            return
        found = [one for one in self.panel.visible_findings if one.table_id == shown.table_id]
        grid = self._bench.page.grid
        mine = [one for one in found if one.open and shown_at(grid, one.finding) == cell]
        now = self.panel.current
        if now is not None and now.key in [one.key for one in mine]:
            return
        self.panel.choose(mine[0] if mine else None)
        self._mark()

    # Going

    def go_to(self, found: TableFinding) -> None:
        """Show the cell of a finding, also in another table."""
        self._bench.view.commit()
        self.panel.choose(found)
        shown = self._document.shown
        self._then = found
        if shown is None or shown.table_id != found.table_id:
            self._document.show_table(found.table_id)
        else:
            self._arrive()

    def _arrive(self) -> None:
        found, self._then = self._then, None
        shown = self._document.shown
        if found is None or shown is None or shown.table_id != found.table_id:
            return
        view = self._bench.view
        cell = shown_at(view.page.grid, found.finding)
        self._going = True
        if cell is not None:
            view.select(cell)
            view.scrollTo(view.page.index_of(cell))
        self._going = False
        self.panel.choose(found)
        self._mark()
        if cell is None and found.finding.rows is None:
            self._bench.frame.strip.open_list()
            self._bench.tell("这一处不在表样上，请看下面的“本表样未列”。")

    def next_finding(self) -> None:
        """Go to the next finding of the list, from the last to the first."""
        self._step(1)

    def previous_finding(self) -> None:
        """Go to the finding before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        self._bench.dock.show_panel(self.panel)
        found = [one for one in self.panel.visible_findings if one.open]
        if not found:
            self._bench.tell("没有要看的问题。")
            return
        keys = [one.key for one in found]
        now = self.panel.current
        if now is not None and now.key in keys:
            place = (keys.index(now.key) + step) % len(found)
        else:
            place = 0 if step > 0 else len(found) - 1
        self.go_to(found[place])
        self._bench.view.setFocus()

    # Mending

    @property
    def _key(self) -> str:
        return self._bench.commands.key_of("next_finding")

    def fix_finding(self) -> None:
        """Write what the finding at hand proposes."""
        found = self.panel.current
        if found is None or not found.open:
            self._bench.tell(f"请先用 {self._key} 到一个问题上。")
        elif not found.finding.edits:
            self._bench.tell("这一处要您自己改：" + found.finding.hint)
        else:
            self.mending.fix(found)

    def ignore_finding(self) -> None:
        """Ask on the card of the finding at hand why it is let be."""
        self._bench.dock.show_panel(self.panel)
        found = self.panel.current
        if found is None or not found.open or not self.panel.ask_reason(found):
            self._bench.tell(f"请先用 {self._key} 到一个可以忽略的问题上。")

    def mend_all(self) -> None:
        """Make every sure fix of the listed tables as one step."""
        ids = self.scope_ids()
        if ids is None:
            ids = frozenset(table_id for year in self.checker.years() for table_id in year)
        self.mending.mend_all(ids)

    # The menu

    def check_table(self) -> None:
        """List the findings of the table on the screen."""
        self._check("table")

    def check_year(self) -> None:
        """List the findings of its agency and year."""
        self._check("year")

    def check_all(self) -> None:
        """List the findings of the book."""
        self._check("book")

    def lists_table(self) -> bool:
        """True while the findings of the table on the screen are listed."""
        return self.panel.scope_name == "table"

    def lists_year(self) -> bool:
        """True while those of its agency and year are."""
        return self.panel.scope_name == "year"

    def lists_book(self) -> bool:
        """True while those of the book are."""
        return self.panel.scope_name == "book"

    def _check(self, scope: str) -> None:
        self._bench.view.commit()
        self._bench.dock.show_panel(self.panel)
        self.panel.set_scope(scope)
        self.checker.check_again()
        self.checker.check_now()
        if scope != "table":  # a whole list is read from its top, wherever the cursor stands
            self.panel.choose(None)
        self.panel.focus_list()

    def toggle_dock(self) -> None:
        """Show the dock, or put it away."""
        self._bench.frame.columns.toggle_dock()

    def is_dock_shown(self) -> bool:
        """True while the dock can be seen."""
        return not self._bench.frame.columns.folded

    def set_rules(self) -> None:
        """Ask which rules speak in this book."""

        def read(session: Session) -> tuple[CheckOptions, list[Form]]:
            return options_of(session), forms_in_use(session)

        # Asked after the answer has been taken in: the dialog has an event loop of its own.
        self._document.run(
            read, lambda found: QTimer.singleShot(0, lambda: self._ask_rules(*found))
        )

    def _ask_rules(self, options: CheckOptions, forms: list[Form]) -> None:
        from jixiao.gui.findings.rules import RulesDialog

        refusal = self._document.refusal if self._document.read_only else ""
        dialog = RulesDialog(options, forms, self._bench.frame, refusal=refusal)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.use_options(dialog.options())
        dialog.deleteLater()

    def use_options(self, options: CheckOptions) -> None:
        """Check by other rules from now on; they are kept in the book."""

        def done(change: Change | None) -> None:
            self._document.refresh_tree()
            if change is not None:
                self._bench.status.tell(
                    "规则设置已保存在账本里。", "撤销", self._bench.document.undo
                )

        self._document.run(lambda session: put_options(session, options), done)

    # Report and export

    def choose_report(self) -> None:
        """Ask where the report is to go, and write it."""
        self._bench.view.commit()
        folder = self._bench.settings.folder("export")
        proposed, kinds = folder / "检查报告.docx", "Word 文档 (*.docx)"
        path = ask_target(self._bench.frame, "检查报告", proposed, kinds, [".docx"])
        if path is not None:
            self._bench.settings.set_folder("export", path.parent)
            self.write_report(path)

    def write_report(self, path: Path) -> None:
        """Write the findings of the listed tables as a Word document."""
        from jixiao.app.checking.report import write_check_report

        ids = self.scope_ids()

        def done(count: int | None) -> None:
            if count is None:
                self._bench.tell("已停止，没有写报告。")
                return
            message = f"检查报告已写好，共 {count} 条：{path}"
            self._bench.tell_written(message, path)

        LongJob("检查报告", self._bench.frame).start(
            self._document,
            lambda session, progress: write_check_report(session, path, ids, progress),
            done,
            self._bench.tell_error,
        )

    def inform(self, dialog: ExportDialog) -> None:
        """Say in the export dialog what is still open in what would be exported."""

        def ask() -> None:
            ids = dialog.choice().table_ids
            number = dialog.count_of_choices()

            def done(found: list[TableFinding]) -> None:
                if number == dialog.count_of_choices():
                    dialog.set_note(export_note(found))

            self._document.run(lambda session: check_around(session, ids), done, lambda _: None)

        dialog.scope_changed.connect(ask)
        ask()


def export_note(found: list[TableFinding]) -> str:
    """The quiet line of the export dialog; empty when nothing is open."""
    number = counts(found)
    parts = [f"{number['error']} 个错误"] if number["error"] else []
    parts += [f"{number['warning']} 个提醒"] if number["warning"] else []
    if not parts:
        return ""
    return f"检查还有 {'、'.join(parts)}没有处理，仍可以导出。"
