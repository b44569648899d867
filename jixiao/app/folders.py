"""Where the user's own things lie: forms, and what was taught to the importer."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def user_folders() -> list[Path]:
    """Where a user's own forms are looked for: the data folder, and beside the executable."""
    if sys.platform == "win32":
        data = Path(os.environ.get("APPDATA") or Path.home() / "AppData/Roaming")
    else:
        data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    beside = Path(sys.executable).parent if getattr(sys, "frozen", False) else None
    return [data / "jixiao" / "forms", *([beside / "forms"] if beside else [])]
