"""Starting the window."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from jixiao.app import log
from jixiao.gui import icons, look
from jixiao.gui.crash import FaultReporter
from jixiao.gui.files.unsaved import copy_unsaved, standing_of
from jixiao.gui.settings import Settings
from jixiao.gui.theme import DARK, LIGHT, palette_of
from jixiao.gui.window import MainWindow


def run(path: Path | None) -> int:
    """Open the window, on a book if one is given, else on the one opened last.

    Returns:
        The exit status of the program.
    """
    app = make_application()
    reporter = FaultReporter()
    reporter.install()
    settings = Settings()
    look.apply_font(settings.font_scale)
    if settings.scheme != "system":
        look.apply_scheme(settings.scheme)
    window = MainWindow()
    reporter.standing = lambda: standing_of(window.document, window.view)
    reporter.copy = lambda: copy_unsaved(window.document, window.view)
    window.document.opened.connect(lambda: _spare_collector(is_open=window.document.is_open))
    window.show()
    window.start(path)
    status = app.exec()
    _hand_over_clipboard(app)
    sys.excepthook = sys.__excepthook__
    log.stop()
    return status


def _spare_collector(*, is_open: bool) -> None:
    """While a book is open nobody looks for garbage in its tree, tens of thousands of objects.

    Otherwise Python stops the window for a thirtieth of a second every now and then.
    """
    if is_open:
        gc.freeze()
    else:
        gc.unfreeze()


def _hand_over_clipboard(app: QApplication) -> None:
    """Leave what was copied as text of Qt's own: an object of Python's must not outlive Python."""
    clipboard = app.clipboard()
    if clipboard.ownsClipboard():
        clipboard.setText(clipboard.text())


def make_application() -> QApplication:
    """The application with its style, colours and Chinese texts; the one there is, if there is."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    app = QApplication(["jixiao"])
    app.setApplicationName("jixiao")
    app.setApplicationDisplayName("绩效目标表编辑器")
    app.setDesktopFileName("jixiao")
    app.setWindowIcon(icons.app_icon())
    app.setStyle("Fusion")
    look.apply_font(1.0)
    _translate(app)
    _follow_color_scheme(app)
    return app


def _translate(app: QApplication) -> None:
    """Qt's own words (dialogs, context menus) in Chinese, if the installation has them."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def _follow_color_scheme(app: QApplication) -> None:
    hints = app.styleHints()

    def apply() -> None:
        dark = hints.colorScheme() == Qt.ColorScheme.Dark
        app.setPalette(palette_of(DARK if dark else LIGHT))

    hints.colorSchemeChanged.connect(apply)
    apply()
