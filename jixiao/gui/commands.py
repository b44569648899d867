"""Commands: what can be chosen in menus, on the toolbar and by keys, each a typed callable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

Need = Literal["", "book", "table", "free", "write", "node", "tables"]
Scope = Literal["", "tree", "page"]

MENUS: Mapping[str, str] = {
    "文件": "F",
    "编辑": "E",
    "表格": "T",
    "目录": "D",
    "检查": "C",
    "汇总": "G",
    "查看": "V",
    "帮助": "H",
}
"""The menus from left to right, each with its mnemonic."""

TOOLBAR: tuple[str, ...] = (
    *("new_table", "import", "export", "|", "undo", "redo", "|", "find", "|", "carry_over"),
    *("library", "compare"),
)
"""Ids of the commands on the toolbar; "|" is a line between them."""

_NAMES = {"Del": "Delete", "Up": "↑", "Down": "↓", "Return": "Enter"}
_SCOPES: Mapping[Scope, str] = {"tree": "（在目录里）", "page": "（在表里）", "": ""}


@dataclass(frozen=True, kw_only=True)
class Command:
    """Something a user can choose.

    Attributes:
        id: Unique, in snake case.
        text: The text in the menu; it may have a mnemonic.
        run: Does it.
        menu: One of ``MENUS``.
        group: Place in the menu: commands stand in the order of their groups, with a line between.
        keys: Shortcuts, the first one is shown; all are Qt's portable texts.
        needs: "" is always possible, "book" wants an open book, "table" a table on the screen,
            "write" a book that can be written, "free" such a book or none (one is made), "node"
            something selected in the tree of such a book, "tables" tables selected or shown there.
        typing: True where the keys work in an open cell too, which is handed in first.
        repeats: True where a key that is held does it again and again: moving, zooming, undo. What
            makes, removes or opens something is done once for one press.
        scope: Where the keys work: "" in the whole window, else with the focus in the tree or on
            the page; so one key may do two things, and never at once.
        icon: Name of an icon, "" for none.
        tip: Shown at the mouse, without the key, which is added.
        toolbar: The text on the toolbar, where it differs.
        primary: True for the one command that stands out on the toolbar.
        checked: Tells whether a switch is on; None for what is no switch.
        fill: Fills the submenu that the command opens, instead of ``run``.
    """

    id: str
    menu: str
    text: str
    run: Callable[[], object] = lambda: None
    icon: str = ""
    keys: tuple[str, ...] = ()
    toolbar: str = ""
    tip: str = ""
    group: int = 0
    needs: Need = ""
    primary: bool = False
    scope: Scope = ""
    typing: bool = False
    repeats: bool = False
    checked: Callable[[], bool] | None = None
    fill: Callable[[QMenu], object] | None = None

    @property
    def plain(self) -> str:
        """The menu text without its mnemonic."""
        head, _, rest = self.text.partition("(&")
        return head + rest[2:] if rest else self.text.replace("&", "")

    @property
    def shown_keys(self) -> str:
        """The shortcuts as they are shown: Alt+↑（在目录里）."""
        return " 或 ".join(map(key_text, self.keys)) + _SCOPES[self.scope]

    def tool_tip(self, text: str = "") -> str:
        """What stands at the mouse: what it does, or ``text``, and its key."""
        key = f"（{key_text(self.keys[0])}）" if self.keys else ""
        return (text or self.tip or self.plain) + key


def key_text(keys: str) -> str:
    """A shortcut as it is written for people: "Alt+Up" is Alt+↑."""
    head, _, last = keys.rpartition("+") if keys[-1] != "+" else (keys[:-2], "", "+")
    name = _NAMES.get(last, last)
    return f"{head}+{name}" if head else name


class Commands(QObject):
    """All commands of a window with their actions, by id, in the order in which they were added.

    ``held`` is True while a key is handled that is held down: what it does is not meant singly.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._commands: dict[str, Command] = {}
        self.actions: dict[str, QAction] = {}
        self.held = False

    def add(self, commands: Iterable[Command]) -> None:
        """Add commands.

        Raises:
            ValueError: Two have the same id.
        """
        for command in commands:
            if command.id in self._commands:
                raise ValueError(command.id)
            self._commands[command.id] = command
            if command.fill is None:
                self.actions[command.id] = self._action(command)

    def hold(self) -> None:
        """A key that is held down is about to do something.

        Menus and clicks do not pass here, so this holds for the key that is being handled only.
        """
        self.held = True
        QTimer.singleShot(0, self._let_go)

    def _let_go(self) -> None:
        self.held = False

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def __getitem__(self, command_id: str) -> Command:
        return self._commands[command_id]

    def of_menu(self, menu: str) -> list[Command]:
        """The commands of a menu in the order in which they stand there."""
        found = (command for command in self if command.menu == menu)
        return sorted(found, key=lambda command: command.group)

    def run(self, command_id: str) -> None:
        """Do what a command does, and show which switches are on then."""
        self._commands[command_id].run()
        self.update_switches()

    def key_of(self, command_id: str) -> str:
        """The key of a command as it is written for people, "" when it has none."""
        keys = self._commands[command_id].keys
        return key_text(keys[0]) if keys else ""

    def enable(self, possible: Mapping[Need, bool]) -> None:
        """Enable the commands whose needs are met."""
        for command_id, action in self.actions.items():
            action.setEnabled(possible[self._commands[command_id].needs])

    def update_switches(self) -> None:
        """Tick the switches that are on."""
        for command_id, action in self.actions.items():
            checked = self._commands[command_id].checked
            if checked is not None:
                action.setChecked(checked())

    def rename(self, command_id: str, text: str, *, enabled: bool) -> None:
        """Show another text for a command; it keeps its mnemonic and its key."""
        command, action = self._commands[command_id], self.actions[command_id]
        _, mnemonic, letter = command.text.partition("(&")
        action.setText(text + mnemonic + letter)
        action.setIconText(command.toolbar or command.plain)
        action.setToolTip(command.tool_tip(text))
        action.setEnabled(enabled)

    def _action(self, command: Command) -> QAction:
        action = QAction(command.text, self)
        action.setObjectName(command.id)
        action.setCheckable(command.checked is not None)
        action.setIconText(command.toolbar or command.plain)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setAutoRepeat(command.repeats)
        if command.scope:  # the frame adds it to the widget in which its keys work
            context = Qt.ShortcutContext.WidgetShortcut
            if command.typing:  # the editor of a cell lies in the page
                context = Qt.ShortcutContext.WidgetWithChildrenShortcut
            action.setShortcutContext(context)
        action.setToolTip(command.tool_tip())
        action.triggered.connect(lambda: self._trigger(command))
        return action

    def _trigger(self, command: Command) -> None:
        if command.repeats or not self.held:
            self.run(command.id)
