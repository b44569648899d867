"""The toolbar: words beside the icons where there is room, else icons, the rest behind an arrow."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

from jixiao.gui import icons
from jixiao.gui.commands import TOOLBAR
from jixiao.gui.guard import guarded
from jixiao.gui.theme import Theme

_WORDS = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_ICONS = Qt.ToolButtonStyle.ToolButtonIconOnly


class Toolbar(QToolBar):
    """Shows the actions that ``TOOLBAR`` names; one of them stands out."""

    def __init__(
        self, actions: Mapping[str, QAction], primary: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("工具栏", parent)
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setIconSize(QSize(18, 18))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._primary = actions[primary]
        self._wide = 0
        for name in TOOLBAR:
            if name == "|":
                self.addSeparator()
            elif name == primary:
                self.addWidget(self._primary_button())
            else:
                self.addAction(actions[name])
                self._button(actions[name]).setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolButtonStyle(_WORDS)

    def set_theme(self, theme: Theme, primary_icon: str) -> None:
        """Take the colours of a theme."""
        icon = icons.icon(primary_icon, theme, theme.accent_text)
        icon_off = icons.icon(primary_icon, theme, theme.faint).pixmap(self.iconSize())
        icon.addPixmap(icon_off, icon.Mode.Disabled)
        self.primary_button.setIcon(icon)
        rest = self.findChild(QToolButton, "qt_toolbar_ext_button")
        if rest is not None:
            rest.setIcon(icons.icon("collapse", theme))
            rest.setToolTip("其余的按钮")
        self._measure()

    def showEvent(self, event: QShowEvent) -> None:
        """Only what is shown has the style that tells its width."""
        super().showEvent(event)
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop the words when they do not fit."""
        super().resizeEvent(event)
        self._choose()

    @guarded(None)
    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size need another width."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._measure()

    def _button(self, action: QAction) -> QToolButton:
        button = self.widgetForAction(action)
        assert isinstance(button, QToolButton)
        return button

    def _measure(self) -> None:
        """How wide the toolbar is with all its words."""
        if not self.isVisible():
            return
        style = self.toolButtonStyle()
        self._set_style(_WORDS)
        self._wide = self.sizeHint().width()
        self._set_style(style)
        self._choose()

    def _choose(self) -> None:
        if self._wide:
            self._set_style(_WORDS if self.width() >= self._wide else _ICONS)

    def _set_style(self, style: Qt.ToolButtonStyle) -> None:
        if style != self.toolButtonStyle():
            self.setToolButtonStyle(style)

    def _primary_button(self) -> QToolButton:
        """A button in the accent colour; it has an icon of its own, the menu keeps the dark one."""
        action = self._primary
        button = self.primary_button = QToolButton()
        button.setProperty("primary", "true")
        button.setText(action.iconText())
        button.setToolTip(action.toolTip())
        button.setToolButtonStyle(_WORDS)
        button.setIconSize(self.iconSize())
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(action.trigger)
        action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
        return button
