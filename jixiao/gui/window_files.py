"""What the window does with files: books, drafts, exports, and leaving without loss."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from jixiao import RESOURCES, __version__
from jixiao.app import window_support
from jixiao.app.progress import Progress
from jixiao.app.session import Session
from jixiao.gui.dialogs import (
    DetailsDialog,
    ExistingFilesDialog,
    ExportChoice,
    ExportDialog,
)
from jixiao.gui.jobs import LongJob, export_summary
from jixiao.gui.leaving import may_leave
from jixiao.model.errors import KnownError

if TYPE_CHECKING:
    from jixiao.app.exporting import ExistingFile, ExportReport
    from jixiao.gui.review.flow import ReviewFlow
    from jixiao.gui.window import MainWindow

_BOOKS = "绩效账本 (*.jxb)"
_TOO_MANY = (
    "一次拖进了 {} 本账本和 {} 个草稿，不知道草稿要进哪一本，所以什么都没有做。\n"
    "请先拖进一本账本，再拖草稿；要合并几本账本，请只拖账本。"
)


class FileActions:
    """The file actions of a window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.details: DetailsDialog | None = None
        self.asking: ExistingFilesDialog | None = None

    @cached_property
    def review(self) -> ReviewFlow:
        """The way of a draft into the book; its parts load with the first draft."""
        from jixiao.gui.review.flow import ReviewFlow

        return ReviewFlow(self._window)

    # Books

    def new_book(self) -> None:
        """Ask for a name and make a book."""
        self._window.view.commit()
        proposed = str(documents_folder() / "绩效目标.jxb")
        name, _ = QFileDialog.getSaveFileName(self._window, "新建账本", proposed, _BOOKS)
        if name:
            path = Path(name if name.lower().endswith(".jxb") else name + ".jxb")
            self.make_book(path)

    def make_book(self, path: Path) -> None:
        """Make a book and open it; one that is there is opened, never overwritten."""
        self._window.open_book(path, create=True)

    def choose_book(self) -> None:
        """Ask for a book and open it."""
        recent = self._window.settings.recent
        folder = recent[0].parent if recent else documents_folder()
        name, _ = QFileDialog.getOpenFileName(self._window, "打开账本", str(folder), _BOOKS)
        if name:
            self._window.open_book(Path(name))

    def open_sample(self) -> None:
        """Open the sample book, made in the documents folder when it is not there."""
        path = documents_folder() / "示例.jxb"
        window = self._window
        window.worker.submit(
            lambda: window_support.make_sample_book(path, [RESOURCES / "sample.json"]),
            lambda _: window.open_book(path),
            self._known(self.tell_error),
        )

    def close_book(self) -> None:
        """Close the book and show the start page."""
        self._window.view.commit()
        self._window.worker.wait()
        if self.may_close():
            self._window.document.close_book()

    def fill_recent(self) -> None:
        """List the recent books in their menu; those that are gone are greyed."""
        menu = self._window.recent_menu
        menu.clear()
        for path in self._window.settings.recent:
            action = menu.addAction(f"{path.name}    {path.parent}")
            action.setEnabled(path.exists())
            action.triggered.connect(lambda _=False, path=path: self._window.open_book(path))
        if menu.isEmpty():
            menu.addAction("还没有打开过账本").setEnabled(False)

    def may_close(self) -> bool:
        """True when everything is written, or what is not has been put aside."""
        return may_leave(self._window, self.tell_error_now)

    # Tables in

    def choose_drafts(self) -> None:
        """Ask for drafts and import them."""
        from jixiao.app.importing.drafts import SUFFIXES

        settings = self._window.settings
        folder = str(settings.folder("import"))
        kinds = f"草稿 ({' '.join(f'*{suffix}' for suffix in sorted(SUFFIXES))});;所有文件 (*)"
        names, _ = QFileDialog.getOpenFileNames(self._window, "导入草稿", folder, kinds)
        if names:
            settings.set_folder("import", Path(names[0]).parent)
            self.import_drafts([Path(name) for name in names])

    def choose_draft_folder(self) -> None:
        """Ask for a folder and import the drafts in it."""
        settings = self._window.settings
        folder = str(settings.folder("import"))
        name = QFileDialog.getExistingDirectory(self._window, "导入文件夹", folder)
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
        document = self._window.document
        collects = (document.is_open and several) or (document.tree and drafts)
        if exchanged and collects:
            self._window.parts.collect.plan(paths)
        elif several and drafts:
            self.tell_error(KnownError(_TOO_MANY.format(len(books), len(drafts))))
        elif books:
            self._open_dropped(books[0], books[1:], drafts)
        elif drafts:
            self.import_drafts(drafts)

    def _open_dropped(self, book: Path, others: list[Path], drafts: list[Path]) -> None:
        """Open a book, and take drafts into it; what is not opened is told."""
        window = self._window
        window.open_book(book)
        if not drafts and not others:
            return
        window.worker.wait()
        if window.document.path != book.absolute():
            left = len(others) + len(drafts)
            window.status.tell(f"账本没有打开，一起拖进来的 {left} 个文件也没有导入。")
        elif drafts:
            self.import_drafts(drafts)
        else:
            names = "、".join(f"“{other.stem}”" for other in others)
            told = f"打开了“{book.stem}”；{names}没有打开。"
            window.status.tell(told, "合并进来…", lambda: window.parts.collect.plan(others))

    def import_drafts(self, paths: list[Path]) -> None:
        """Read files for the open book, or for a new one when none is open."""
        window = self._window
        window.view.commit()
        if not window.document.is_open:
            window.open_book(_free_name(documents_folder() / "绩效目标.jxb"), create=True)
            window.worker.wait()
        if window.document.read_only:
            window.status.tell(window.document.refusal)
            return

        self.review.start(paths)

    def reviews_always(self) -> bool:
        """True while every draft is looked at before it is taken in."""
        return self._window.settings.always_review

    def toggle_always_review(self) -> None:
        """Look at every draft before it is taken in, or only where there is something to ask."""
        settings = self._window.settings
        settings.always_review = not settings.always_review
        self._window.status.tell(
            "以后导入草稿都先看一眼。"
            if settings.always_review
            else "以后读得很确定的草稿直接导入，有疑问的才先看一眼。"
        )

    # Tables out

    def export(self) -> None:
        """Ask what to export and do it."""
        window = self._window
        window.view.commit()
        folder = window.settings.folder("export")
        dialog = ExportDialog(self.export_scopes(), folder, window)
        window.checks.inform(dialog)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            choice = dialog.choice()
            window.settings.set_folder("export", choice.folder)
            self.export_to(choice)

    def export_scopes(self) -> list[tuple[str, tuple[int, ...] | None]]:
        """What can be exported: the selection, this table, its agency-year, everything."""
        window = self._window
        shown = window.document.shown
        scopes: list[tuple[str, tuple[int, ...] | None]] = []
        chosen = window.tree.chosen_tables()
        if len(chosen) > 1:
            scopes.append((f"选中的 {len(chosen)} 张表", tuple(chosen)))
        if shown is not None:
            name = shown.table.name or "未命名的表"
            scopes.append((f"这张表：{_short(name)}", (shown.table_id,)))
            for agency in window.document.tree:
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
            self.asking = ExistingFilesDialog(files, self._window)
            self.asking.chosen.connect(lambda answer: self._export(choice, answer))
            self.asking.open()

        self._window.document.run(
            lambda session: existing_files(
                session, choice.folder, choice.formats, table_ids=choice.table_ids
            ),
            found,
            self.tell_error,
        )

    def _export(self, choice: ExportChoice, existing: ExistingFile) -> None:
        from jixiao.app.exporting import export_tables

        window = self._window

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
                window.status.tell("已停止；停止之前导出的文件留在文件夹里。")
                return
            headline, lines = export_summary(report, choice.folder)
            self.tell_written(headline, choice.folder)
            self._show_details("导出结果", headline, lines)

        LongJob("导出", window).start(window.document, work, done, self.tell_error)

    # Telling

    def tell_written(self, message: str, place: Path) -> None:
        """Say that something was written, with a button to see it in its folder."""
        folder = place if place.is_dir() else place.parent
        self._window.status.tell(message, "打开文件夹", lambda: open_folder(folder))

    def _show_details(self, title: str, headline: str, lines: list[str]) -> None:
        if not lines:
            return
        self.details = DetailsDialog(title, headline, lines, self._window)
        self.details.open()

    def tell_error(self, error: KnownError) -> None:
        """Say what could not be done."""
        message = str(error)
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle("没有完成")
        box.setText(message)
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        QTimer.singleShot(0, box.open)

    def tell_error_now(self, error: KnownError) -> None:
        """Say what could not be done, and go on only when it was read."""
        QMessageBox.information(self._window, "没有完成", str(error))

    def _known(self, tell: Callable[[KnownError], object]) -> Callable[[Exception], object]:
        def receive(error: Exception) -> None:
            if not isinstance(error, KnownError):
                raise error
            tell(error)

        return receive

    def about(self) -> None:
        """Name and version."""
        QMessageBox.about(
            self._window,
            "关于",
            f"<b>绩效目标表编辑器</b> {__version__}<br><br>"
            "离线填写、检查、导入、导出财政绩效目标表。<br>"
            "所有内容只保存在您选定的账本文件里。",
        )


def open_folder(folder: Path) -> None:
    """Show a folder in the system's own way."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def documents_folder() -> Path:
    """The user's documents folder."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    found = QStandardPaths.writableLocation(place)
    return Path(found) if found else Path.home()


def _free_name(path: Path) -> Path:
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}{number}")
    return free


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:24] + "…"
