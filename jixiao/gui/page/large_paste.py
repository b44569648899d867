"""Pasting many rows: worked out beside the window, with a way to stop; very many are a question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox, QWidget

from jixiao.app import clipboard
from jixiao.app.clipboard import BlockEdit, Clip, ClipTexts
from jixiao.app.progress import Progress
from jixiao.app.session import Session
from jixiao.gui.document import Document, Shown
from jixiao.gui.jobs import LongJob
from jixiao.io.paper.edit.clipboard import Selection, may_be_form
from jixiao.model.errors import KnownError

if TYPE_CHECKING:
    from jixiao.app.paste_block import Recognised

MANY = 100
"""With more rows a paste is worked out beside the window."""
LARGE = 500
"""With more rows it is asked about."""
_STEPS = 100


@dataclass(frozen=True)
class WorkedOut:
    """What a large paste would do: a form that was recognised, else the changed table."""

    clip: Clip
    found: Recognised | None
    edit: BlockEdit | None


def rows_in(texts: ClipTexts) -> int:
    """About how many rows are on the clipboard."""
    return max(texts.html.lower().count("<tr"), texts.text.count("\n"))


def question(rows: int, parent: QWidget) -> QMessageBox:
    """Asks whether so many rows are meant."""
    box = QMessageBox(parent)
    box.setWindowTitle("粘贴")
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(f"剪贴板里约有 {rows:,} 行，比一张表通常有的多得多。要全部粘贴吗？")
    box.setInformativeText("粘贴是一步，可以用“撤销”整个退回。")
    yes = box.addButton("全部粘贴", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("不粘贴", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(yes)
    return box


def work_out(
    window: QWidget,
    document: Document,
    *,
    texts: ClipTexts,
    selection: Selection,
    top: int,
    done: Callable[[WorkedOut | None], object],
    failed: Callable[[KnownError], object],
) -> None:
    """Read the clipboard's texts and work out the table, off the window's thread.

    Args:
        window: The window, for the progress.
        document: The document; its table must be shown.
        texts: The clipboard.
        selection: Where to paste.
        top: The row of the page at which it begins.
        done: Gets what was worked out, None when it was stopped.
        failed: Gets the error of a clipboard that cannot be taken.
    """
    shown = document.shown
    assert shown is not None

    def job(session: Session, progress: Progress) -> WorkedOut:
        progress(0, _STEPS, "正在读取剪贴板…")
        clip = clipboard.read_clipboard(texts)
        progress(10, _STEPS, "正在辨认表样…")
        by_meaning = clip.by_meaning(shown.form, shown.table, shown.grid, selection)
        asked = not by_meaning and may_be_form(shown.grid, top, clip.matrix)
        found = _recognised(session, shown, clip) if asked else None
        if found is not None or not clip.matrix:
            return WorkedOut(clip, found, None)

        def tick(row: int, rows: int) -> None:
            progress(20 + 70 * row // max(rows, 1), _STEPS, f"正在放入第 {row:,} 行…")

        edit = clipboard.paste(shown.form, shown.table, shown.grid, selection, clip, tick=tick)
        progress(_STEPS, _STEPS, "正在显示…")
        return WorkedOut(clip, None, edit)

    LongJob("粘贴", window).start(document, job, done, failed)


def _recognised(session: Session, shown: Shown, clip: Clip) -> Recognised | None:
    from jixiao.app.paste_block import recognise_block

    return recognise_block(clip.grid, session.forms.labels, shown.form, shown.table)
