"""The zoom of the page, remembered for each form."""

from __future__ import annotations

from PySide6.QtCore import QObject

from jixiao.gui.workbench import Workbench


class Zooming(QObject):
    """The zoom actions of a window."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._desk = bench.desk
        bench.status.zoom_clicked.connect(self._toggle_fit)
        bench.desk.zoom_changed.connect(self._remember)

    def zoom_in(self) -> None:
        """The next larger zoom."""
        self._desk.step_zoom(1)

    def zoom_out(self) -> None:
        """The next smaller zoom."""
        self._desk.step_zoom(-1)

    def zoom_100(self) -> None:
        """As large as on paper."""
        self._desk.set_zoom(1.0)

    def zoom_fit(self) -> None:
        """As wide as the window."""
        self._desk.fit_width()
        self._put(None)

    def recall(self, form_id: str) -> None:
        """Take the zoom last used for a form."""
        zoom = self._bench.settings.zoom(form_id)
        if zoom is None:
            self._desk.fit_width()
        else:
            self._desk.set_zoom(zoom)

    def _toggle_fit(self) -> None:
        if self._desk.fits:
            self.zoom_100()
        else:
            self.zoom_fit()

    def _remember(self, zoom: float) -> None:
        """The wheel zooms too; a page that follows the width of the window has no zoom."""
        if not self._desk.fits:
            self._put(zoom)

    def _put(self, zoom: float | None) -> None:
        shown = self._bench.document.shown
        if shown is not None:
            self._bench.settings.set_zoom(shown.form.id, zoom)
