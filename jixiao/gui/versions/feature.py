"""Versions of an agency-year."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jixiao.gui.commands import Command

if TYPE_CHECKING:  # loaded when first asked for
    from jixiao.gui.versions.actions import VersionActions


def commands(versions: Callable[[], VersionActions]) -> list[Command]:
    """The commands, in the order of their menus."""
    return [
        Command(
            id="freeze",
            menu="汇总",
            text="存为版本…",
            run=lambda: versions().freeze_version(),
            icon="version",
            tip="把本单位本年度的表存成一个版本：一上、二上、批复……",
            needs="write",
        ),
    ]
