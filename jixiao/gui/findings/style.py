"""The colours of findings, and the style sheet of the dock and its cards."""

from __future__ import annotations

from jixiao.gui.theme import Theme
from jixiao.model.checks import Severity

_LIGHT: dict[Severity, str] = {"error": "#d92d20", "warning": "#f59e0b", "hint": "#8aa0bd"}
_DARK: dict[Severity, str] = {"error": "#f87171", "warning": "#fbbf24", "hint": "#7f93b2"}


def mark_color(severity: Severity, theme: Theme) -> str:
    """The colour of a severity: red, amber, blue-grey."""
    return (_DARK if theme.dark else _LIGHT)[severity]


def dock_sheet(t: Theme) -> str:
    """The style sheet of the dock."""
    chosen = "#22304c" if t.dark else "#f4f8ff"
    card = f"border: 1px solid {t.line}; border-radius: 6px; background: {t.window};"
    bars = "".join(
        f'QFrame#findingCard[severity="{name}"] {{ border-left: 3px solid {mark_color(name, t)}; }}'
        for name in _LIGHT
    )
    return f"""
QFrame#dock {{ background: {t.window}; border: 0; }}
QFrame#dockHead {{ background: {t.window}; border: 0; border-bottom: 1px solid {t.line}; }}
QTabBar#dockTabs {{ background: transparent; border: 0; }}
QTabBar#dockTabs::tab {{ background: transparent; border: 0; padding: 9px 9px 8px 9px;
    margin: 0 1px; border-bottom: 2px solid transparent; color: {t.muted}; }}
QTabBar#dockTabs::tab:hover {{ color: {t.text}; }}
QTabBar#dockTabs::tab:selected {{ color: {t.text}; border-bottom: 2px solid {t.faint}; }}
QFrame#dock[focused="true"] QTabBar#dockTabs::tab:selected {{ color: {t.accent};
    border-bottom: 2px solid {t.accent}; }}
QTabBar#dockTabs::tab:focus {{ background: {t.hover}; }}
QScrollArea#findings, QWidget#findingsInside {{ background: {t.window}; border: 0; }}
QFrame#findingCard {{ {card} }}
{bars}
QFrame#findingCard[ignored="true"] {{ border-left: 3px solid {t.line}; background: {t.panel}; }}
QFrame#findingCard[inside="true"] {{ margin-left: 12px; }}
QFrame#findingCard[chosen="true"] {{ background: {chosen}; border-top-color: {t.accent_soft};
    border-right-color: {t.accent_soft}; border-bottom-color: {t.accent_soft}; }}
QFrame#findingCard QLabel, QFrame#findingCard QPushButton {{ border: 0; background: transparent; }}
QLabel#findingHead, QLabel#findingHint {{ color: {t.muted}; }}
QLabel#findingTable {{ color: {t.muted}; padding: 6px 2px 0 2px; }}
QLabel#findingsNone {{ color: {t.muted}; padding: 18px 6px; }}
QFrame#findingCard QPushButton#link {{ color: {t.accent}; padding: 1px 0; text-align: left; }}
QFrame#findingCard QPushButton#link:focus {{ text-decoration: underline; }}
QPushButton#chip {{ border: 1px solid {t.line}; border-radius: 9px; padding: 1px 6px;
    background: {t.window}; color: {t.muted}; }}
QPushButton#chip:checked {{ color: {t.text}; background: {t.hover}; border-color: {t.page_edge}; }}
QPushButton#chip:focus {{ border-color: {t.accent}; }}
QPushButton#chip:disabled {{ color: {t.faint}; }}
"""
