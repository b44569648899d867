"""Make the pictures of the help: real screenshots of the window on the sample book.

Run with the project's Python: ``python build/make_help_pictures.py``. No screen is needed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QSettings, QSize  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QDialog, QWidget  # noqa: E402

from jixiao import RESOURCES  # noqa: E402
from jixiao.app.new_tables import form_pages  # noqa: E402
from jixiao.app.window_support import make_sample_book  # noqa: E402
from jixiao.gui import look  # noqa: E402
from jixiao.gui.dialogs import ExportDialog  # noqa: E402
from jixiao.gui.main import make_application  # noqa: E402
from jixiao.gui.tree.new_table_dialog import NewTableDialog  # noqa: E402
from jixiao.gui.window import MainWindow  # noqa: E402

PICTURES = RESOURCES / "help" / "pictures"
_USUAL, _WIDE = QSize(1180, 700), QSize(1340, 706)
PAUSE_MS = 900


def save(widget: QWidget, name: str) -> None:
    QTest.qWait(PAUSE_MS)
    picture = widget.grab().toImage()
    path = PICTURES / f"{name}.png"
    picture.convertToFormat(picture.Format.Format_RGB32).save(str(path), "PNG", 0)
    print(f"{path.name}  {picture.width()}×{picture.height()}  {path.stat().st_size // 1024} KB")


def show_dialog(dialog: QDialog, name: str) -> None:
    dialog.show()
    save(dialog, name)
    dialog.close()


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        app = make_application()
        look.apply_scheme("light")
        window = MainWindow(synchronous=True)
        window.resize(_USUAL)
        window.show()
        save(window, "start")
        book = Path(folder) / "示例.jxb"
        make_sample_book(book, [RESOURCES / "sample.json"])
        window.open_book(book)
        tour(window)
        window.close()
        app.processEvents()


def tour(window: MainWindow) -> None:
    document = window.document
    entries = [e for a in document.tree for y in a.years for e in y.tables]
    project = next((e for e in entries if e.kind == "project"), entries[0])
    document.show_table(project.id)
    for _ in range(30):
        window.badges.check_now()
    save(window, "main")
    window.resize(_WIDE)  # so that the page is seen whole at a size at which it can be read
    window.desk.fit_width()
    QTest.qWait(50)
    save(window.desk, "fill")
    window.finding.open_replace()
    window.find_bar.text.setText("会议")
    window.finding.search()
    window.finding.find_next()
    save(window.splitter.widget(1), "find")
    window.find_bar.close_bar()
    window.resize(_USUAL)
    QTest.qWait(50)
    save(window.tree, "badges")
    window.filter_box.edit.setText("rd")
    save(window.tree.parentWidget(), "tree")
    window.filter_box.edit.clear()
    agency = document.tree[0]
    new = NewTableDialog(
        form_pages(document.forms), [agency.name], agency=agency.name, year=2027, parent=window
    )
    show_dialog(new, "new-table")
    show_dialog(ExportDialog(window.files.export_scopes(), Path("导出"), window), "export")
    window.view.setFocus()
    window.book_actions.carry_over()
    carrying = window.book_actions.carrying
    assert carrying is not None
    save(carrying, "carry")
    carrying.reject()


if __name__ == "__main__":
    main()
