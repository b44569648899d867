"""绩效目标表编辑器: an offline editor for the performance-goal tables of budget units."""

from pathlib import Path

__version__ = "0.1.0"

RESOURCES = Path(__file__).parent / "resources"
"""Forms, library, icons and help: the files that come with the program."""
