"""What the keys mean on the page while nothing is being typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_MOVES = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Home: "home",
    Qt.Key.Key_End: "end",
    Qt.Key.Key_Return: "enter",
    Qt.Key.Key_Enter: "enter",
    Qt.Key.Key_Tab: "tab",
    Qt.Key.Key_Backtab: "backtab",
    Qt.Key.Key_PageUp: "page_up",
    Qt.Key.Key_PageDown: "page_down",
}
_BACK = {"enter": "back_enter", "tab": "backtab", "backtab": "backtab"}
_FAR = {"home": "first", "end": "last", "left": "home", "right": "end"}
_FAR |= {"up": "top", "down": "bottom"}
_STEPS = ("up", "down", "left", "right", "home", "end", "page_up", "page_down")
_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_PLAIN = {
    (Qt.Key.Key_Delete, _NONE): ("clear", ""),
    (Qt.Key.Key_Backspace, _NONE): ("erase", ""),
    (Qt.Key.Key_Space, _SHIFT): ("rows", ""),
    (Qt.Key.Key_Space, _CTRL): ("column", ""),
}
_MODIFIED = (
    ("extend", _SHIFT, {how: how for how in _STEPS}),
    ("go", _SHIFT, _BACK),
    ("go", _CTRL, _FAR),
    ("extend", _CTRL | _SHIFT, _FAR),
    ("list", _ALT, {"down": "down"}),
)


def wish_of(event: QKeyEvent) -> tuple[str, str] | None:
    """What a key asks for: "go" or "extend" and where; "clear", "erase", "rows", "column", "list".

    None for keys that are typed, or belong to somebody else.
    """
    key = Qt.Key(event.key())
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    how = _MOVES.get(key)
    if how is None:
        return _PLAIN.get((key, modifiers))
    if modifiers == _NONE:
        return "go", how
    for wish, pressed, places in _MODIFIED:
        if modifiers == pressed and how in places:
            return wish, places[how]
    return None


def is_typing(event: QKeyEvent) -> bool:
    """True when a key would begin to change a cell: a letter, or F2."""
    if event.key() == Qt.Key.Key_F2:
        return True
    text = event.text()
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(text) and text.isprintable() and not event.modifiers() & control
