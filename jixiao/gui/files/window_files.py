"""What the window does with files: books, drafts, exports, and leaving without loss."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QMessageBox

from jixiao import RESOURCES
from jixiao.app import window_support
from jixiao.app.progress import Progress
from jixiao.app.session import Session
from jixiao.gui.dialogs import (
    DetailsDialog,
    ExistingFilesDialog,
    ExportChoice,
    ExportDialog,
)
from jixiao.gui.files.leaving import may_leave
from jixiao.gui.jobs import LongJob, export_summary
from jixiao.gui.settings import documents_folder
from jixiao.gui.workbench import Workbench
from jixiao.gui.worker import known_only
from jixiao.model.errors import KnownError
from jixiao.model.shorten import shorten
from jixiao.model.table import shown_name

if TYPE_CHECKING:
    from jixiao.app.exporting import ExistingFile, ExportReport
    from jixiao.gui.collect.actions import CollectActions
    from jixiao.gui.findings.actions import FindingsActions
    from jixiao.gui.review.flow import ReviewFlow

_BOOKS = "绩效账本 (*.jxb)"
_TOO_MANY = (
    "一次拖进了 {} 本账本和 {} 个草稿，不知道草稿要进哪一本，所以什么都没有做。\n"
    "请先拖进一本账本，再拖草稿；要合并几本账本，请只拖账本。"
)


class FileActions:
    """Books, drafts and exports.

    Args:
        bench: What all features work with.
        collect: What collects books and exchange files into the open book.
        checks: What tells an export dialog of findings.
    """

    def __init__(
        self,
        bench: Workbench,
        collect: Callable[[], CollectActions],
        checks: Callable[[], FindingsActions],
    ) -> None:
        self._bench = bench
        self._collect = collect
        self._checks = checks
        self.details: DetailsDialog | None = None
        self.asking: ExistingFilesDialog | None = None

    @cached_property
    def review(self) -> ReviewFlow:
        """The way of a draft into the book; its parts load with the first draft."""
        from jixiao.gui.review.flow import ReviewFlow

        return ReviewFlow(self._bench)

    # Books

    def open_book(self, path: Path, *, create: bool = False) -> None:
        """Open a book and the table last looked at; what is being typed is kept first."""
        bench = self._bench
        bench.view.commit()
        bench.worker.wait()
        if not self.may_close():
            return
        self.remember_table()
        table = bench.settings.last_table(path.absolute())
        bench.document.open(path.absolute(), create=create, table_id=table, failed=bench.tell_error)

    def remember_table(self) -> None:
        """Show the table on the screen again when its book is opened next."""
        path, shown = self._bench.document.path, self._bench.document.shown
        if path is not None and shown is not None:
            self._bench.settings.set_last_table(path, shown.table_id)

    def save(self) -> None:
        """Take what is being typed; everything else is written already."""
        bench = self._bench
        bench.view.commit()
        if bench.document.settle() and not bench.document.read_only:
            bench.tell("已保存。每次修改都会自动写入账本。")

    def new_book(self) -> None:
        """Ask for a name and make a book."""
        self._bench.view.commit()
        proposed = str(documents_folder() / "绩效目标.jxb")
        name, _ = QFileDialog.getSaveFileName(self._bench.frame, "新建账本", proposed, _BOOKS)
        if name:
            path = Path(name if name.lower().endswith(".jxb") else name + ".jxb")
            self.make_book(path)

    def make_book(self, path: Path) -> None:
        """Make a book and open it; one that is there is opened, never overwritten."""
        self.open_book(path, create=True)

    def choose_book(self) -> None:
        """Ask for a book and open it."""
        recent = self._bench.settings.recent
        folder = recent[0].parent if recent else documents_folder()
        name, _ = QFileDialog.getOpenFileName(self._bench.frame, "打开账本", str(folder), _BOOKS)
        if name:
            self.open_book(Path(name))

    def open_sample(self) -> None:
        """Open the sample book, made in the documents folder when it is not there."""
        path = documents_folder() / "示例.jxb"
        bench = self._bench
        bench.worker.submit(
            lambda: window_support.make_sample_book(path, [RESOURCES / "sample.json"]),
            lambda _: self.open_book(path),
            known_only(self._bench.tell_error),
        )

    def close_book(self) -> None:
        """Close the book and show the start page."""
        self._bench.view.commit()
        self._bench.worker.wait()
        if self.may_close():
            self._bench.document.close_book()

    def fill_recent(self, menu: QMenu) -> None:
        """List the recent books in their menu; those that are gone are greyed."""
        menu.clear()
        for path in self._bench.settings.recent:
            action = menu.addAction(f"{path.name}    {path.parent}")
            action.setEnabled(path.exists())
            action.triggered.connect(lambda _=False, path=path: self.open_book(path))
        if menu.isEmpty():
            menu.addAction("还没有打开过账本").setEnabled(False)

    def may_close(self) -> bool:
        """True when everything is written, or what is not has been put aside."""
        return may_leave(self._bench, self.tell_error_now)

    def quit(self) -> None:
        """Close the window, after everything is written."""
        self._bench.frame.close()

    # Tables in

    def choose_drafts(self) -> None:
        """Ask for drafts and import them."""
        from jixiao.app.importing.drafts import SUFFIXES

        settings = self._bench.settings
        folder = str(settings.folder("import"))
        kinds = f"草稿 ({' '.join(f'*{suffix}' for suffix in sorted(SUFFIXES))});;所有文件 (*)"
        names, _ = QFileDialog.getOpenFileNames(self._bench.frame, "导入草稿", folder, kinds)
        if names:
            settings.set_folder("import", Path(names[0]).parent)
            self.import_drafts([Path(name) for name in names])

    def choose_draft_folder(self) -> None:
        """Ask for a folder and import the drafts in it."""
        settings = self._bench.settings
        folder = str(settings.folder("import"))
        name = QFileDialog.getExistingDirectory(self._bench.frame, "导入文件夹", folder)
        if name:
            settings.set_folder("import", Path(name))
            self.import_drafts([Path(name)])

    def take_dropped(self, paths: list[Path]) -> None:
        """Open a dropped book, collect several and exchange files, import other files.

        Drafts that come with a book go into it.
        """
        books = [path for path in paths if path.suffix.lower() == ".jxb"]
        drafts = [path for path in paths if path not in books]
        exchanged = all(path.suffix.lower() == ".json" for path in drafts)
        several = len(books) > 1
        document = self._bench.document
        collects = (document.is_open and several) or (document.tree and drafts)
        if exchanged and collects:
            self._collect().plan(paths)
        elif several and drafts:
            self._bench.tell_error(KnownError(_TOO_MANY.format(len(books), len(drafts))))
        elif books:
            self._open_dropped(books[0], books[1:], drafts)
        elif drafts:
            self.import_drafts(drafts)

    def _open_dropped(self, book: Path, others: list[Path], drafts: list[Path]) -> None:
        """Open a book, and take drafts into it; what is not opened is told."""
        bench = self._bench
        self.open_book(book)
        if not drafts and not others:
            return
        bench.worker.wait()
        if bench.document.path != book.absolute():
            left = len(others) + len(drafts)
            bench.tell(f"账本没有打开，一起拖进来的 {left} 个文件也没有导入。")
        elif drafts:
            self.import_drafts(drafts)
        else:
            names = "、".join(f"“{other.stem}”" for other in others)
            message = f"打开了“{book.stem}”；{names}没有打开。"
            bench.status.tell(message, "合并进来…", lambda: self._collect().plan(others))

    def import_drafts(self, paths: list[Path]) -> None:
        """Read files for the open book, or for a new one when none is open."""
        bench = self._bench
        bench.view.commit()
        if not bench.document.is_open:
            self.open_book(_free_name(documents_folder() / "绩效目标.jxb"), create=True)
            bench.worker.wait()
        if bench.document.read_only:
            bench.tell(bench.document.refusal)
            return

        self.review.start(paths)

    def reviews_always(self) -> bool:
        """True while every draft is looked at before it is taken in."""
        return self._bench.settings.always_review

    def toggle_always_review(self) -> None:
        """Look at every draft before it is taken in, or only where there is something to ask."""
        settings = self._bench.settings
        settings.always_review = not settings.always_review
        self._bench.status.tell(
            "以后导入草稿都先看一眼。"
            if settings.always_review
            else "以后读得很确定的草稿直接导入，有疑问的才先看一眼。"
        )

    # Tables out

    def export(self) -> None:
        """Ask what to export and do it."""
        bench = self._bench
        bench.view.commit()
        folder = bench.settings.folder("export")
        dialog = ExportDialog(self.export_scopes(), folder, bench.frame)
        self._checks().inform(dialog)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            choice = dialog.choice()
            bench.settings.set_folder("export", choice.folder)
            self.export_to(choice)

    def export_scopes(self) -> list[tuple[str, tuple[int, ...] | None]]:
        """What can be exported: the selection, this table, its agency-year, everything."""
        bench = self._bench
        shown = bench.document.shown
        scopes: list[tuple[str, tuple[int, ...] | None]] = []
        chosen = bench.tree.chosen_tables()
        if len(chosen) > 1:
            scopes.append((f"选中的 {len(chosen)} 张表", tuple(chosen)))
        if shown is not None:
            name = shown_name(shown.table.name)
            scopes.append((f"这张表：{shorten(name, 24)}", (shown.table_id,)))
            for agency in bench.document.tree:
                for year in agency.years:
                    ids = tuple(table.id for table in year.tables)
                    if shown.table_id in ids:
                        title = "年度未定" if year.year is None else f"{year.year} 年度"
                        scopes.append((f"本单位{title}的 {len(ids)} 张表", ids))
        scopes.append(("账本里的全部表", None))
        return scopes

    def export_to(self, choice: ExportChoice) -> None:
        """Export; where files of these names are in the folder, ask once what becomes of them."""
        from jixiao.app.exporting import existing_files

        def found(files: list[Path]) -> None:
            if not files:
                self._export(choice, "keep")
                return
            self.asking = ExistingFilesDialog(files, self._bench.frame)
            self.asking.chosen.connect(lambda answer: self._export(choice, answer))
            self.asking.open()

        self._bench.document.run(
            lambda session: existing_files(
                session, choice.folder, choice.formats, table_ids=choice.table_ids
            ),
            found,
            self._bench.tell_error,
        )

    def _export(self, choice: ExportChoice, existing: ExistingFile) -> None:
        from jixiao.app.exporting import export_tables

        bench = self._bench

        def work(session: Session, progress: Progress) -> ExportReport:
            return export_tables(
                session,
                choice.folder,
                choice.formats,
                table_ids=choice.table_ids,
                existing=existing,
                progress=progress,
            )

        def done(report: ExportReport | None) -> None:
            if report is None:
                bench.tell("已停止；停止之前导出的文件留在文件夹里。")
                return
            headline, lines = export_summary(report, choice.folder)
            self._bench.tell_written(headline, choice.folder)
            self._show_details("导出结果", headline, lines)

        LongJob("导出", bench.frame).start(bench.document, work, done, self._bench.tell_error)

    # Telling

    def _show_details(self, title: str, headline: str, lines: list[str]) -> None:
        if not lines:
            return
        self.details = DetailsDialog(title, headline, lines, self._bench.frame)
        self.details.open()

    def tell_error_now(self, error: KnownError) -> None:
        """Say what could not be done, and go on only when it was read."""
        QMessageBox.information(self._bench.frame, "没有完成", str(error))


def _free_name(path: Path) -> Path:
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}{number}")
    return free
