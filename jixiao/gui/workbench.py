"""The workbench: what every feature of the window works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from jixiao.app.session import Session
from jixiao.gui.changes import ChangeFeed
from jixiao.gui.commands import Commands
from jixiao.gui.dock import Dock
from jixiao.gui.document import Document
from jixiao.gui.page.desk import Desk
from jixiao.gui.page.model import PageModel
from jixiao.gui.page.view import PageView
from jixiao.gui.settings import Settings
from jixiao.gui.status import StatusBar
from jixiao.gui.tree.view import TreeView
from jixiao.gui.window_frame import WindowFrame
from jixiao.gui.worker import BookWorker
from jixiao.model.errors import KnownError

T = TypeVar("T")


@dataclass(frozen=True)
class Workbench:
    """The open book, the parts of the frame that features share, and ways to say what happened.

    A feature gets the workbench and, as further arguments, the other features it cannot do
    without; it never knows the window that holds them all.
    """

    frame: WindowFrame
    """Parent of dialogs and of what must end with the window."""
    settings: Settings
    worker: BookWorker
    document: Document
    changes: ChangeFeed
    commands: Commands
    view: PageView
    page: PageModel
    desk: Desk
    tree: TreeView
    dock: Dock
    status: StatusBar

    def tell(self, text: str, *, undo: bool = False) -> None:
        """Say something in the status bar, with 撤销 beside it where a step was made."""
        self.status.tell(text, "撤销" if undo else "", self.document.undo)

    def tell_written(self, text: str, place: Path) -> None:
        """Say that something was written, with a button to see it in its folder."""
        folder = place if place.is_dir() else place.parent
        self.status.tell(text, "打开文件夹", lambda: open_folder(folder))

    def tell_error(self, error: KnownError) -> None:
        """Say in a box what could not be done, and why."""
        box = QMessageBox(self.frame)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle("没有完成")
        box.setText(str(error))
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        QTimer.singleShot(0, box.open)

    def act(
        self,
        job: Callable[[Session], T],
        text: Callable[[T], str],
        then: Callable[[T], object] | None = None,
    ) -> None:
        """Do one step with the book, after what is being typed; show it and say it with 撤销.

        Args:
            job: Makes the step, on the book's thread.
            text: What to say of its result; "" when nothing came of it.
            then: What else to do once the page and the tree show the result.
        """
        self.view.commit()

        def done(result: T) -> None:
            message = text(result)
            self.document.reload()
            if message:
                self.tell(message, undo=True)
            if then is not None:
                then(result)

        self.document.run(job, done, self.tell_error)


def open_folder(folder: Path) -> None:
    """Show a folder in the system's own way."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
