"""Reading has one path: from the pages of any draft to tables, by their labels and header words."""

from __future__ import annotations

from jixiao.io.recognise.draft import Doubt, Place, Reading
from jixiao.io.recognise.labels import Labels, build_labels
from jixiao.io.recognise.pages import recognise

__all__ = ["Doubt", "Labels", "Place", "Reading", "build_labels", "recognise"]
