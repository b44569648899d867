"""Where the user's own things lie: forms, library, what was taught to the importer, logs."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def user_folder(*, this_machine: bool = False) -> Path:
    """The program's folder among the user's data; it need not exist.

    Args:
        this_machine: True for what is of no use on another machine, such as logs. Only Windows
            keeps that apart.
    """
    if sys.platform != "win32":
        variable, usual = "XDG_DATA_HOME", ".local/share"
    elif this_machine:
        variable, usual = "LOCALAPPDATA", "AppData/Local"
    else:
        variable, usual = "APPDATA", "AppData/Roaming"
    return Path(os.environ.get(variable) or Path.home() / usual) / "jixiao"


def form_folders() -> list[Path]:
    """Where a user's own forms are looked for: the data folder, and beside the executable."""
    beside = Path(sys.executable).parent if getattr(sys, "frozen", False) else None
    return [user_folder() / "forms", *([beside / "forms"] if beside else [])]
