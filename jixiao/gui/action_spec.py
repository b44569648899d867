"""An action as data: what it is called, what it does, its keys, where it stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ActionSpec:
    """An action.

    ``text`` may have a mnemonic; ``method`` is the window's method that does it. ``toolbar`` is
    the text on the toolbar, "" to stand in the menu only. ``group`` puts lines between actions.
    ``needs``: "" always possible, "book" an open book, "table" a table on the screen, "write" a
    book that can be written, "free" such a book or none (one is made), "node" something selected
    in its tree, "tables" tables selected there.
    ``scope``: where its shortcuts work, "" in the whole window, "tree" or "page" with the focus
    there; so one key may do two things, and never at once. ``typing``: its shortcuts work in an
    open cell too, which is handed in first. ``once``: a key that is held does it only once.
    ``checked`` names the method that tells
    whether a switch is on; "" for what is no switch.
    """

    id: str
    menu: str
    text: str
    method: str
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    toolbar: str = ""
    tip: str = ""
    group: int = 0
    needs: str = ""
    primary: bool = False
    scope: str = ""
    checked: str = ""
    typing: bool = False
    once: bool = False

    @property
    def plain(self) -> str:
        """The menu text without its mnemonic."""
        return plain_text(self.text)


def plain_text(text: str) -> str:
    """A menu text without its mnemonic."""
    head, _, rest = text.partition("(&")
    return head + rest[2:] if rest else text.replace("&", "")
