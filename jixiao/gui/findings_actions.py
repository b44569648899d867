"""What the check panel of a window does: goes to cells, mends, ignores, reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog

from jixiao.app.check_report import name_of, write_check_report
from jixiao.app.checking import CheckOptions, TableFinding, check, counts, profile_of
from jixiao.app.editing import put_table
from jixiao.app.mending import Mended, mend, mend_tables, still_fits
from jixiao.app.rows import Edit
from jixiao.app.session import Session
from jixiao.gui.findings_card import key_of
from jixiao.gui.findings_checker import FindingsChecker, Ids
from jixiao.gui.findings_marks import FindingMarks, shown_at
from jixiao.gui.findings_panel import FindingsPanel
from jixiao.gui.findings_rules import RulesDialog, RuleStore
from jixiao.model.checks import RULE_BY_ID, apply_fix
from jixiao.model.ignored import with_ignored, without_ignored
from jixiao.model.table import Table

if TYPE_CHECKING:
    from jixiao.gui.dialogs import ExportDialog
    from jixiao.gui.window import MainWindow

_TITLE = "检查"
_STALE = "表刚刚改过，这一处已经不同，请再看一看。"


class FindingsActions(QObject):
    """Connects the checks and their panel with a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._document = window.document
        self.panel = FindingsPanel()
        self.marks = FindingMarks(window.view)
        self.store = RuleStore()
        self.checker = FindingsChecker(window.document, window.changes, self)
        self.checker.options = self.store.load()
        window.badges.use_options(self.checker.options)
        self._then: TableFinding | None = None
        self._going = False
        self._said = ""
        window.dock.add_panel(_TITLE, self.panel)
        self._connect()
        self._show()

    def _connect(self) -> None:
        panel, document = self.panel, self._document
        panel.chosen.connect(self.go_to)
        panel.fix_wanted.connect(self.fix)
        panel.ignore_wanted.connect(self.ignore)
        panel.take_back_wanted.connect(self.take_back)
        panel.mend_wanted.connect(self.mend_all)
        panel.scope_changed.connect(self._scope_changed)
        panel.left.connect(self._window.view.setFocus)
        self.checker.changed.connect(self._show)
        self.checker.failed.connect(self._say)
        document.table_shown.connect(self._table_shown)
        self._window.page.content_changed.connect(self._mark)
        self._window.view.selectionModel().currentChanged.connect(lambda *_: self._follow())

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
        found = self.checker.of(self.scope_ids())
        nothing = self._said or ("没有发现问题。" if shown is not None else "没有打开的表。")
        locked = self.panel.scope_name == "table" and self._document.locked
        can_write = self._document.is_open and not self._document.read_only and not locked
        self.panel.set_findings(found, can_write=can_write, nothing=nothing)
        here = [] if shown is None else self.checker.of(frozenset((shown.table_id,)))
        number = counts(here)
        total = number["error"] + number["warning"]
        self._window.dock.set_title(self.panel, f"{_TITLE} {total}" if total else _TITLE)
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
            shown.table,
        )

    def _scope_changed(self, scope: str) -> None:
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
        cell = self._window.view.current_cell()
        shown = self._document.shown
        if self._going or cell is None or shown is None:
            return
        found = [one for one in self.panel.visible_findings if one.table_id == shown.table_id]
        grid = self._window.page.grid
        mine = [one for one in found if one.open and shown_at(grid, one.finding) == cell]
        now = self.panel.current
        if now is not None and key_of(now) in [key_of(one) for one in mine]:
            return
        self.panel.choose(mine[0] if mine else None)
        self._mark()

    # Going

    def go_to(self, found: TableFinding) -> None:
        """Show the cell of a finding, also in another table."""
        self._window.view.commit()
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
        view = self._window.view
        cell = shown_at(view.page.grid, found.finding)
        self._going = True
        if cell is not None:
            view.select(cell)
            view.scrollTo(view.page.index_of(cell))
        self._going = False
        self.panel.choose(found)
        self._mark()
        if cell is None and found.finding.rows is None:
            self._window.strip.open_list()
            self._window.status.tell("这一处不在表样上，请看下面的“本表样未列”。")

    def next_finding(self) -> None:
        """Go to the next finding of the list, from the last to the first."""
        self._step(1)

    def previous_finding(self) -> None:
        """Go to the finding before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        self._window.dock.show_panel(self.panel)
        found = [one for one in self.panel.visible_findings if one.open]
        if not found:
            self._window.status.tell("没有要看的问题。")
            return
        keys = [key_of(one) for one in found]
        now = self.panel.current
        if now is not None and key_of(now) in keys:
            place = (keys.index(key_of(now)) + step) % len(found)
        else:
            place = 0 if step > 0 else len(found) - 1
        self.go_to(found[place])
        self._window.view.setFocus()

    # Mending and ignoring

    def fix(self, found: TableFinding) -> None:
        """Write what the finding proposes, as one step."""
        title = RULE_BY_ID[found.finding.rule].title
        self._change(found, f"改正：{title}", lambda table: apply_fix(table, found.finding))

    def ignore(self, found: TableFinding, reason: str) -> None:
        """Let a finding be, with the reason."""
        title = RULE_BY_ID[found.finding.rule].title
        self._change(
            found, f"忽略：{title}", lambda table: with_ignored(table, found.finding, reason)
        )

    def take_back(self, found: TableFinding) -> None:
        """Let an ignored finding count again."""
        title = RULE_BY_ID[found.finding.rule].title
        self._change(
            found, f"取消忽略：{title}", lambda table: without_ignored(table, found.finding)
        )

    def _change(self, found: TableFinding, name: str, how: _How) -> None:
        self._window.view.commit()
        shown = self._document.shown
        if shown is not None and shown.table_id == found.table_id:
            if still_fits(found, shown.table):
                self._act(name, how)
            else:
                self._told(_STALE)
            self.checker.check_now()
            self._window.view.setFocus()
            return

        def job(session: Session) -> bool:
            table = session.book.table(found.table_id)
            fits = still_fits(found, table)
            if fits:
                put_table(session, found.table_id, how(table), name)
            return fits

        def done(fits: bool) -> None:
            self._document.reload()
            self._told("" if fits else _STALE, f"{name}（{name_of(found.table)}）")

        self._document.run(job, done)

    def _act(self, name: str, how: _How) -> None:
        """Change the table on the screen; the document tells when it cannot be."""
        if self._document.act(lambda _, table: Edit(how(table), name)) is not None:
            self._told("", name)

    def _told(self, refusal: str, name: str = "") -> None:
        if refusal:
            self._window.status.tell(refusal)
        else:
            self._window.status.tell(f"{name}。", "撤销", self._window.undo)

    def mend_all(self) -> None:
        """Make every sure fix of the listed tables as one step."""
        self._window.view.commit()
        if self.panel.scope_name == "table":
            self._mend_shown()
            return
        ids, options = self.scope_ids(), self.checker.options
        wanted = ids if ids is not None else frozenset(i for y in self.checker.years() for i in y)

        def done(result: Mended) -> None:
            self._document.reload()
            text = f"改正了 {result.tables} 张表的 {result.count} 处"
            if result.locked:
                text += f"；已报的表没有改：{'、'.join(result.locked)}"
            self._told_mended(text, changed=result.count > 0)

        self._document.run(lambda session: mend_tables(session, wanted, options), done)

    def _mend_shown(self) -> None:
        shown = self._document.shown
        if shown is None:
            return
        table, count = mend(shown.table, profile_of(shown.form, self.checker.options))
        if not count:
            self._told_mended("没有可以一次改正的问题", changed=False)
        elif self._document.act(lambda *_: Edit(table, "全部改正")) is not None:
            self._told_mended(f"改正了 {count} 处", changed=True)
        self.checker.check_now()

    def _told_mended(self, text: str, *, changed: bool) -> None:
        if changed:
            self._window.status.tell(f"{text}。", "撤销", self._window.undo)
        else:
            self._window.status.tell(f"{text}。")

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

    def _check(self, scope: str) -> None:
        self._window.view.commit()
        self._window.dock.show_panel(self.panel)
        self.panel.set_scope(scope)
        self.checker.check_again()
        self.checker.check_now()

    def toggle_dock(self) -> None:
        """Show the dock, or put it away."""
        dock = self._window.dock
        dock.setVisible(not dock.isVisible())

    def set_rules(self) -> None:
        """Ask which rules speak."""
        dialog = RulesDialog(self.checker.options, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.use_options(dialog.options())
        dialog.deleteLater()

    def use_options(self, options: CheckOptions) -> None:
        """Check by other rules from now on."""
        self.store.save(options)
        self.checker.options = options
        self.checker.check_again()
        self._window.badges.use_options(options)

    # Report and export

    def choose_report(self) -> None:
        """Ask where the report is to go, and write it."""
        self._window.view.commit()
        folder = self._window.settings.folder("export")
        name, _ = QFileDialog.getSaveFileName(
            self._window, "检查报告", str(folder / "检查报告.docx"), "Word 文档 (*.docx)"
        )
        if name:
            path = Path(name if name.lower().endswith(".docx") else name + ".docx")
            self._window.settings.set_folder("export", path.parent)
            self.write_report(path)

    def write_report(self, path: Path) -> None:
        """Write the findings of the listed tables as a Word document."""
        ids, options = self.scope_ids(), self.checker.options

        def done(count: int) -> None:
            self._window.status.tell(f"检查报告已写好，共 {count} 条：{path}")

        self._document.run(
            lambda session: write_check_report(session, path, ids, options),
            done,
            self._window.files.tell_error,
        )

    def inform(self, dialog: ExportDialog) -> None:
        """Say in the export dialog what is still open in what would be exported."""

        def ask() -> None:
            ids, options = dialog.choice().table_ids, self.checker.options
            number = dialog.count_of_choices()

            def done(found: list[TableFinding]) -> None:
                if number == dialog.count_of_choices():
                    dialog.set_note(export_note(found))

            self._document.run(lambda session: check(session, ids, options), done, lambda _: None)

        dialog.scope_changed.connect(ask)
        ask()


class _How(Protocol):
    """How a table is changed: a function of a table to a table."""

    def __call__(self, table: Table) -> Table: ...


def export_note(found: list[TableFinding]) -> str:
    """The quiet line of the export dialog; empty when nothing is open."""
    number = counts(found)
    parts = [f"{number['error']} 个错误"] if number["error"] else []
    parts += [f"{number['warning']} 个提醒"] if number["warning"] else []
    if not parts:
        return ""
    return f"检查还有 {'、'.join(parts)}没有处理，仍可以导出。"
