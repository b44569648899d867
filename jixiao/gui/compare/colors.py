"""The colours of comparing: green for what came, red for what went, yellow for what changed."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.gui.theme import DARK, LIGHT, Theme
from jixiao.io.paper.compare.differences import DifferenceKind


@dataclass(frozen=True)
class CompareColors:
    """Grounds of cells, and letters with their marks, as #RRGGBB."""

    ink: str
    added: str
    removed: str
    changed: str
    moved: str
    gone: str
    gone_fill: str
    old: str
    came: str
    came_fill: str

    def ground(self, kind: DifferenceKind) -> str:
        """The ground of a cell to which something happened."""
        return {"added": self.added, "removed": self.removed, "moved": self.moved}.get(
            kind, self.changed
        )


_LIGHT = CompareColors(
    ink=LIGHT.ink,
    added="#eaf7ee",
    removed="#fdeeee",
    changed="#fffaeb",
    moved="#eef3fe",
    gone="#b42318",
    gone_fill="#fbd5d3",
    old="#98a2b3",
    came="#0f6b3a",
    came_fill="#c6ecd3",
)
_DARK = CompareColors(
    ink=DARK.ink,
    added="#1c3327",
    removed="#3a2426",
    changed="#35301f",
    moved="#232f4a",
    gone="#f8a5a0",
    gone_fill="#5c2b2c",
    old="#8a93a3",
    came="#86e0a9",
    came_fill="#235239",
)


def colors_of(theme: Theme) -> CompareColors:
    """The colours that fit a theme."""
    return _DARK if theme.dark else _LIGHT
