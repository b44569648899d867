"""What is done with the whole book: copies, backups, new forms, empty forms, the next year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog

from jixiao.app import backups
from jixiao.app.editing import adopt_new_forms
from jixiao.app.file_names import good_stem
from jixiao.app.session import Session
from jixiao.gui.dialog_parts import ask_target
from jixiao.gui.files.window_files import FileActions
from jixiao.gui.tree.work import TreeWork
from jixiao.gui.workbench import Workbench
from jixiao.gui.worker import known_only
from jixiao.io.paper.form.blank import blank_name
from jixiao.io.paper.form.form import Form
from jixiao.model.errors import KnownError
from jixiao.model.table import Table, shown_name

if TYPE_CHECKING:
    from jixiao.app.carry_over import CarryPlan
    from jixiao.app.new_tables import FormPage
    from jixiao.gui.tree.carry_over_dialog import CarryOverDialog, CarryScope, CarryWish

_LOOK_FOR_FORMS_MS = 1500


class BookActions(QObject):
    """The actions of a window on the book as a whole."""

    def __init__(self, bench: Workbench, files: FileActions, work: TreeWork) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._files = files
        self._work = work
        self._document = bench.document
        self.carrying: CarryOverDialog | None = None
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK_FOR_FORMS_MS)
        self._look.timeout.connect(self.look_for_forms)
        bench.document.opened.connect(self._opened)

    # Copies

    def save_as(self) -> None:
        """Ask for a name, copy the book there and go on in the copy."""
        path = self._document.path
        if path is None:
            return
        self._bench.view.commit()
        proposed = Path(backups.name_for_copy(path))
        target = ask_target(self._bench.frame, "另存为", proposed, "绩效账本 (*.jxb)", [".jxb"])
        if target is not None:
            self.save_copy(target)

    def save_copy(self, path: Path) -> None:
        """Copy the book and open the copy."""

        def done(_: None) -> None:
            self._files.open_book(path)
            self._bench.tell(f"已另存为 {path.name}，现在打开的就是它。")

        def job(session: Session) -> None:
            session.book.save_copy(path)

        self._document.run(job, done, self._bench.tell_error)

    def open_backup(self) -> None:
        """List the backups of the book."""
        path = self._document.path
        if path is not None:
            home = backups.home_of(path)
            self._document.run(lambda _: backups.backups_of(home), self._show_backups)

    @property
    def shows_backup(self) -> bool:
        """True while the open book is a backup."""
        path = self._document.path
        return path is not None and backups.home_of(path) != path

    def show_backup(self) -> None:
        """Tell that the open book is a backup, and how to go on with it."""
        replace = ("替换现在的账本", self.replace_book)
        notice = self._bench.frame.notice
        notice.show_text(self._document.refusal, "另存为…", self.save_as, second=replace)

    def replace_book(self) -> None:
        """Put the backup in the place of its book, which is backed up before, and open that."""

        def done(book: Path) -> None:
            self._files.open_book(book)
            self._bench.worker.wait()
            self._bench.tell(f"{book.name} 已换成备份的内容；换之前的也留了备份。")

        self._document.run(backups.replace_by_backup, done, self._bench.tell_error)

    def _show_backups(self, found: list[Path]) -> None:
        from jixiao.gui.files.backups_dialog import BackupsDialog

        dialog = BackupsDialog(found, self._bench.frame)
        dialog.backup_chosen.connect(self._files.open_book)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # Forms

    def _opened(self) -> None:
        self._bench.frame.offer.show_text("")
        self._look.stop()
        if self._document.is_open and not self._document.read_only:
            self._look.start()

    def look_for_forms(self) -> None:
        """Offer forms that have changed in their folder since the book copied them."""

        def job(session: Session) -> list[Form]:
            return session.forms.updated(session.book)

        self._document.run(job, self._offer_forms, lambda _: None)

    def _offer_forms(self, forms: list[Form]) -> None:
        if not forms:
            return
        names = "、".join(f"“{form.name}”" for form in forms[:2])
        more = f"等 {len(forms)} 个" if len(forms) > 2 else ""
        text = f"表样{names}{more}有更新。更新后表里的内容不变，可以撤销。"
        self._bench.frame.offer.show_text(text, "更新表样", self.adopt_forms, later=True)

    def adopt_forms(self) -> None:
        """Take the changed forms into the book."""
        self._bench.frame.offer.hide()
        self._bench.act(adopt_new_forms, lambda change: "" if change is None else "表样已更新。")

    def export_empty(self) -> None:
        """Ask for a form and write it as an empty file."""
        from jixiao.app.new_tables import form_pages

        forms = self._document.forms
        self._bench.worker.submit(lambda: form_pages(forms), self._ask_empty)

    def _ask_empty(self, pages: list[FormPage]) -> None:
        from jixiao.gui.tree.new_table_dialog import EmptyFormDialog

        shown = self._document.shown
        dialog = EmptyFormDialog(pages, shown.form.id if shown else "", self._bench.frame)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        form, ending = dialog.choice()
        folder = self._bench.settings.folder("export")
        proposed = folder / f"{good_stem(blank_name(form))}（空表）.{ending}"
        words = "Excel 工作簿 (*.xlsx)" if ending == "xlsx" else "Word 文档 (*.docx)"
        path = ask_target(self._bench.frame, "导出空表", proposed, words, [f".{ending}"])
        if path is not None:
            self.write_empty(form, path)

    def write_empty(self, form: Form, path: Path) -> None:
        """Write an empty form."""
        from jixiao.app.exporting import write_empty_form

        self._bench.settings.set_folder("export", path.parent)

        self._bench.worker.submit(
            lambda: write_empty_form(form, path),
            lambda _: self._bench.tell_written(f"空表已写到 {path}", path),
            known_only(self._bench.tell_error),
        )

    # The next year

    def carry_over(self) -> None:
        """Show what copying tables to the next year would change."""
        self._bench.view.commit()
        shown = self._document.shown
        ids = self._bench.tree.chosen_tables() or ([shown.table_id] if shown else [])
        if not ids:
            self._bench.tell("请先在左边选中要复制的表、年度或单位。")
            return
        scopes = self._scopes(ids)
        most = max((scope.table_ids for scope in scopes), key=len)

        def job(session: Session) -> tuple[list[Form], list[Form]]:
            used = {form.id: form for form in map(session.form_of, _tables(session, most))}
            return list(used.values()), list(session.forms.by_id.values())

        self._document.run(job, lambda forms: self._show_carrying(scopes, *forms))

    def _scopes(self, ids: Sequence[int]) -> list[CarryScope]:
        """What can be taken: what was selected; for one table its agency-year first."""
        from jixiao.gui.tree.carry_over_dialog import CarryScope

        if len(ids) > 1:
            return [CarryScope(f"选中的 {len(ids)} 张表", tuple(ids))]
        for agency in self._document.tree:
            for year in agency.years:
                own = {entry.id: entry.name for entry in year.tables}
                if ids[0] not in own:
                    continue
                one = CarryScope(f"只这一张：{shown_name(own[ids[0]])}", tuple(ids))
                if len(own) == 1:
                    return [one]
                when = "年度未定" if year.year is None else f"{year.year} 年度"
                name = agency.name or "单位未定"
                return [CarryScope(f"{name} {when}的全部 {len(own)} 张表", tuple(own)), one]
        return [CarryScope("选中的 1 张表", tuple(ids))]

    def _next_year(self, ids: Sequence[int]) -> int:
        wanted = set(ids)
        years = [
            year.year
            for agency in self._document.tree
            for year in agency.years
            if year.year is not None and wanted & {entry.id for entry in year.tables}
        ]
        return max(years) + 1 if years else 2027

    def _show_carrying(self, scopes: list[CarryScope], used: list[Form], forms: list[Form]) -> None:
        from jixiao.app.carry_over import plan_carry_over
        from jixiao.gui.tree.carry_over_dialog import CarryOverDialog

        def plan(wish: CarryWish, take: Callable[[list[CarryPlan]], None]) -> None:
            def job(session: Session) -> list[CarryPlan]:
                return plan_carry_over(
                    session, wish.table_ids, wish.year, amounts=wish.amounts, forms=wish.forms
                )

            def done(plans: list[CarryPlan]) -> None:
                if dialog is not None and self.carrying is dialog and dialog.wish() == wish:
                    take(plans)

            self._document.run(job, done, failed)

        def failed(error: KnownError) -> None:
            if dialog is not None:
                dialog.words.setText(str(error))

        dialog: CarryOverDialog | None = None
        year = self._next_year(scopes[0].table_ids)
        dialog = CarryOverDialog(scopes, year, used, forms, planner=plan, parent=self._bench.frame)
        self.carrying = dialog
        dialog.accepted.connect(lambda: self.carry(dialog.plans()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.replan()
        dialog.open()

    def carry(self, plans: Sequence[CarryPlan]) -> None:
        """Make the planned tables, and select them in the tree."""
        from jixiao.app.carry_over import carry_over

        def done(made: tuple[int, ...]) -> None:
            if not made:
                return
            years = "、".join(sorted({f"{plan.table.year} 年度" for plan in plans}))
            message = f"{len(made)} 张表复制到了{years}。"
            self._bench.tell(message, undo=True)
            self._document.reload(made[0])
            self._work.select("table", made)

        def failed(error: KnownError) -> None:
            self._bench.tell(str(error))

        self._document.run(lambda session: carry_over(session, plans), done, failed)


def _tables(session: Session, ids: Sequence[int]) -> list[Table]:
    return [session.book.table(table_id) for table_id in ids]
