"""Colours, palettes and the style sheet: one accent, thin lines, light and dark."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

from jixiao import RESOURCES

_TICK = (RESOURCES / "icons" / "tick.svg").as_posix()


@dataclass(frozen=True)
class Theme:
    """The colours of the program, as #RRGGBB."""

    dark: bool
    window: str
    panel: str
    desk: str
    page: str
    page_edge: str
    ink: str
    form_line: str
    label_fill: str
    line: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_text: str
    accent_soft: str
    hover: str
    ok: str
    warning: str
    error: str


LIGHT = Theme(
    dark=False,
    window="#ffffff",
    panel="#f8fafc",
    desk="#eef1f5",
    page="#ffffff",
    page_edge="#d5dbe3",
    ink="#16181d",
    form_line="#3c4350",
    label_fill="#f4f6f9",
    line="#e2e6ec",
    text="#1f2937",
    muted="#667085",
    faint="#98a2b3",
    accent="#1d4ed8",
    accent_text="#ffffff",
    accent_soft="#dbe6fb",
    hover="#eef2f7",
    ok="#15803d",
    warning="#b45309",
    error="#b91c1c",
)
DARK = Theme(
    dark=True,
    window="#1e2127",
    panel="#1a1d22",
    desk="#14161a",
    page="#23272f",
    page_edge="#3a404b",
    ink="#e6e8ec",
    form_line="#7d8694",
    label_fill="#2b303a",
    line="#333944",
    text="#dfe3ea",
    muted="#98a2b3",
    faint="#6b7483",
    accent="#6f9bff",
    accent_text="#10131a",
    accent_soft="#27375c",
    hover="#2a2f38",
    ok="#4ade80",
    warning="#fbbf24",
    error="#f87171",
)


def theme_of(palette: QPalette) -> Theme:
    """The theme that fits a palette."""
    dark = palette.color(QPalette.ColorRole.Window).lightness() < 128
    return DARK if dark else LIGHT


def palette_of(theme: Theme) -> QPalette:
    """The palette of the program in a theme."""
    role = QPalette.ColorRole
    colors = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        # In the dark Fusion's outlines vanish: boxes and fields must stand out by their ground.
        role.Base: theme.label_fill if theme.dark else theme.window,
        role.AlternateBase: theme.panel,
        role.Text: theme.text,
        role.Button: theme.panel,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.panel,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.faint,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Link: theme.accent,
        role.Accent: theme.accent,
        role.Mid: theme.line,
        role.Midlight: theme.line,
        role.Light: theme.window,
        role.Dark: theme.faint,
    }
    palette = QPalette()
    for name, color in colors.items():
        palette.setColor(name, QColor(color))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.faint))
    return palette


def style_sheet(t: Theme) -> str:
    """The style sheet of the window's own parts; dialogs keep the plain style."""
    return _bars(t) + _parts(t)


def _bars(t: Theme) -> str:
    """Menus and the toolbar."""
    return f"""
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QMainWindow {{ background: {t.window}; }}
QMenuBar {{ background: {t.window}; border-bottom: 1px solid {t.line}; padding: 2px 6px; }}
QMenuBar::item {{ padding: 4px 10px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {t.hover}; }}
QMenu {{ background: {t.window}; border: 1px solid {t.line}; padding: 3px 4px;
    menu-scrollable: 1; }}
QMenu::item {{ padding: 4px 28px 4px 10px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QMenu::item:disabled {{ color: {t.faint}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::indicator {{ width: 14px; height: 14px; margin-left: 8px; border-radius: 3px; }}
QMenu::indicator:checked {{ background: {t.accent}; image: url("{_TICK}"); }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 3px 6px; }}
QToolBar {{ background: {t.window}; border: 0; border-bottom: 1px solid {t.line};
    padding: 5px 8px; spacing: 4px; }}
QToolBar::separator {{ width: 1px; background: {t.line}; margin: 5px 8px; }}
QToolBar QToolButton {{ padding: 5px 7px; border: 1px solid transparent; border-radius: 5px; }}
QToolBar QToolButton#qt_toolbar_ext_button {{ padding: 0; }}
QToolBar QToolButton:hover {{ background: {t.hover}; }}
QToolBar QToolButton:pressed {{ background: {t.accent_soft}; }}
QToolBar QToolButton:focus {{ border-color: {t.accent}; }}
QToolBar QToolButton:disabled {{ color: {t.faint}; }}
QToolBar QToolButton[primary="true"]:enabled {{ background: {t.accent}; color: {t.accent_text}; }}
QToolBar QToolButton[primary="true"]::menu-indicator {{ image: none; }}
"""


def _parts(t: Theme) -> str:
    """Status bar, tree, dock, and what stands in them."""
    return f"""
QStatusBar {{ background: {t.window}; border-top: 1px solid {t.line}; color: {t.muted}; }}
QStatusBar::item {{ border: 0; }}
QStatusBar QLabel {{ padding: 1px 8px; }}
QSplitter::handle {{ background: {t.line}; }}
QTreeView {{ background: {t.panel}; border: 0; outline: 0; padding: 8px 0;
    show-decoration-selected: 1; }}
QTreeView::item {{ padding: 4px 2px; border: 0; }}
QTreeView::item:hover {{ background: {t.hover}; }}
QTreeView::item:selected {{ background: {t.accent_soft}; color: {t.text}; border: 0; }}
QTreeView#tree::item:selected {{ background: {t.line}; }}
QTreeView#tree[focused="true"]::item:selected {{ background: {t.accent_soft}; }}
QTreeView::branch {{ background: transparent; }}
QTreeView::branch:selected {{ background: {t.accent_soft}; }}
QTreeView#tree::branch:selected {{ background: {t.line}; }}
QTreeView#tree[focused="true"]::branch:selected {{ background: {t.accent_soft}; }}
QTreeView::branch:hover:!selected {{ background: {t.hover}; }}
QScrollArea#desk, QWidget#desk {{ background: {t.desk}; border: 0; }}
QFrame#sheet {{ background: {t.page}; border: 1px solid {t.page_edge}; }}
QFrame#strip {{ background: {t.panel}; border: 0; border-top: 1px solid {t.line}; }}
QFrame#notice {{ background: {t.accent_soft}; border: 0; border-bottom: 1px solid {t.line}; }}
QPushButton#link {{ border: 0; color: {t.accent}; background: transparent; padding: 2px 6px; }}
QPushButton#link:hover {{ text-decoration: underline; }}
QWidget#filterBox {{ background: {t.panel}; }}
QLineEdit#filter {{ padding: 5px 8px; border: 1px solid {t.line}; border-radius: 6px;
    background: {t.window}; }}
QLineEdit#filter:focus {{ border-color: {t.accent}; }}
QFrame#findBar {{ background: {t.panel}; border: 0; border-bottom: 1px solid {t.line}; }}
QDialog QPlainTextEdit, QDialog QTreeWidget, QDialog QListWidget, QDialog QLineEdit {{
    border: 1px solid {t.page_edge}; border-radius: 4px; }}
QDialog QLineEdit {{ padding: 3px 5px; }}
QDialog QLineEdit:focus, QDialog QPlainTextEdit:focus, QDialog QTreeWidget:focus,
QDialog QListWidget:focus {{ border-color: {t.accent}; }}
QComboBox QLineEdit, QSpinBox QLineEdit {{ border: 0; padding: 0; background: transparent; }}
QListWidget {{ outline: 0; }}
QDialog QListWidget::item {{ padding: 3px 4px; }}
QDialog QListWidget::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QListWidget#topics {{ border: 0; background: transparent; }}
QListWidget#topics::item {{ padding: 5px 6px; border-radius: 4px; color: {t.text}; }}
QListWidget#topics::item:hover {{ background: {t.hover}; }}
QListWidget#topics::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QListWidget#pictures::item {{ border: 1px solid transparent; border-radius: 6px; padding: 4px 2px;
    color: {t.text}; }}
QListWidget#pictures::item:hover {{ background: {t.hover}; }}
QListWidget#pictures::item:selected {{ background: {t.accent_soft}; border-color: {t.accent};
    color: {t.text}; }}
QDialog QTreeWidget {{ padding: 2px; background: palette(base); }}
QTreeView::indicator, QListView::indicator, QCheckBox::indicator {{ width: 14px; height: 14px;
    border: 1px solid {t.faint}; border-radius: 3px; background: {t.window}; }}
QTreeView::indicator:checked, QListView::indicator:checked, QCheckBox::indicator:checked {{
    border-color: {t.accent}; background: {t.accent}; image: url("{_TICK}"); }}
QCheckBox::indicator:focus {{ border-color: {t.accent}; }}
QAbstractItemView#panelList {{ background: transparent; border: 0; outline: 0; }}
QLabel#muted {{ color: {t.muted}; }}
QLabel#error {{ color: {t.error}; }}
QToolTip {{ background: {t.panel}; color: {t.text}; border: 1px solid {t.line}; padding: 4px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {t.page_edge}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {t.faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
