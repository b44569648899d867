"""The status bar: saved or not, what just happened, the sums, the form and the zoom."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QStatusBar, QWidget

from jixiao.app.window_support import Proof
from jixiao.gui.guard import guarded
from jixiao.gui.theme import LIGHT, Theme

_TOLD_MS = 6000


class ElidedLabel(QLabel):
    """Gives way where there is little room: the end of its text becomes dots."""

    @guarded(QSize(1, 16))
    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(1, super().minimumSizeHint().height())

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, or what there is room for."""
        text, wide = self.text(), self.contentsRect().width()
        if self.fontMetrics().horizontalAdvance(text) <= wide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        try:
            short = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, wide)
            painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignVCenter, short)
        finally:
            painter.end()


class StatusBar(QStatusBar):
    """Says calmly what would otherwise need a dialog."""

    retry = Signal()
    zoom_clicked = Signal()
    dock_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.theme: Theme = LIGHT
        self._state = ("", "muted")
        self._proofs: Sequence[Proof] = ()
        self.saved = QLabel(self)
        self.retry_button = self._link("再试一次")
        self.retry_button.clicked.connect(self.retry)
        self.retry_button.hide()
        self.message_label = QLabel(self)
        self.message_label.setTextFormat(Qt.TextFormat.PlainText)
        self.message_label.setMinimumWidth(1)  # a long message must not make the window wider
        rest = QWidget(self)
        rest.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.offer = self._link()
        self.offer.clicked.connect(self._take_offer)
        self.offer.hide()
        self._offered: Callable[[], object] | None = None
        self._step_fresh = False
        self.sums = QLabel(self)
        self.sums.setMinimumWidth(1)
        self.selection = QLabel(self)
        self.selection.hide()
        self.form = ElidedLabel(self)
        self.zoom = self._link()
        self.zoom.setToolTip("点一下：适合宽度与 100 % 之间切换")
        self.zoom.clicked.connect(self.zoom_clicked)
        self.folded = self._link()
        self.folded.clicked.connect(self.dock_wanted)
        self.folded.hide()
        self.addWidget(self.saved)
        self.addWidget(self.retry_button)
        self.addWidget(self.sums)
        self.addWidget(self.message_label)
        self.addWidget(self.offer)
        self.addWidget(rest, 1)
        self.addPermanentWidget(self.selection)
        self.addPermanentWidget(self.form)
        self.addPermanentWidget(self.zoom)
        self.addPermanentWidget(self.folded)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._quiet)

    def show_keys(self, key_of: Callable[[str], str]) -> None:
        """Add the keys of the commands to the tooltips."""
        self.folded.setToolTip(f"显示右侧栏（{key_of('dock')}）")

    def _link(self, text: str = "") -> QPushButton:
        """A button that leaves the keys where they are."""
        button = QPushButton(text, self)
        button.setObjectName("link")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def tell(self, message: str, offer: str = "", do: Callable[[], object] | None = None) -> None:
        """Say something for a while, with a button to ``do`` something; the sums step aside.

        What is said right after ``tell_step`` is about that step, and keeps its 撤销.
        """
        if self._step_fresh and not offer and message:
            offer, do = self.offer.text(), self._offered
        self._step_fresh = False
        self.message_label.setText(message)
        self.offer.setText(offer)
        self.offer.setVisible(bool(offer and message))
        self._offered = do
        self.message_label.setToolTip(message)
        self.sums.setVisible(not message and bool(self._proofs))
        self._timer.start(_TOLD_MS)

    def add(self, message: str, offer: str, do: Callable[[], object]) -> None:
        """Say something more: behind what is said, which keeps its button, else with its own."""
        if self.message_label.text():
            message = self.message_label.text() + message
            if self._offered is not None:
                offer, do = self.offer.text(), self._offered
        self.tell(message, offer, do)

    def tell_step(self, message: str, undo: Callable[[], object]) -> None:
        """Say what was done just now, with 撤销 beside it; who did it may say more."""
        self.tell(message, "撤销", undo)
        self._step_fresh = True
        QTimer.singleShot(0, self._end_step)

    def _end_step(self) -> None:
        self._step_fresh = False

    def quiet(self) -> None:
        """Something new happens: what was said before is no longer true."""
        self._timer.stop()
        self._quiet()

    def _take_offer(self) -> None:
        do, self._offered = self._offered, None
        self.offer.hide()
        if do is not None:
            do()

    def _quiet(self) -> None:
        self.offer.hide()
        self._offered = None
        self.message_label.clear()
        self.message_label.setToolTip("")
        self.sums.setVisible(bool(self._proofs))

    def set_saved(self, text: str, color: str, *, retry: bool = False) -> None:
        """Show the state of saving; ``color`` is the name of a theme colour."""
        self._state = (text, color)
        self.retry_button.setVisible(retry)
        dot = f"<span style='color:{getattr(self.theme, color)}'>●&nbsp;{text}</span>"
        self.saved.setText(dot if text else "")

    def set_proofs(self, proofs: Sequence[Proof]) -> None:
        """Show the sums of the table."""
        self._proofs = proofs
        texts = [
            proof.text
            if proof.ok
            else f"<span style='color:{self.theme.error}'>{proof.text}</span>"
            for proof in proofs[:2]
        ]
        self.sums.setText("&nbsp;&nbsp;&nbsp;&nbsp;".join(texts))
        self.sums.setVisible(bool(proofs) and not self.message_label.text())

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.theme = theme
        self.set_saved(*self._state, retry=self.retry_button.isVisible())
        self.set_proofs(self._proofs)

    def set_selection(self, text: str) -> None:
        """Show what is selected; "" for nothing to tell."""
        self.selection.setText(text)
        self.selection.setVisible(bool(text))

    def set_form(self, name: str) -> None:
        """Show the name of the form."""
        self.form.setText(name)
        self.form.setToolTip(name)

    def set_folded(self, title: str) -> None:
        """Offer the dock that is folded away, by what stands on its tab; "" when it is seen."""
        self.folded.setText(f"◂ {title}")
        self.folded.setVisible(bool(title))

    def set_zoom(self, zoom: float | None) -> None:
        """Show the zoom."""
        self.zoom.setText("" if zoom is None else f"{round(zoom * 100)} %")
        self.zoom.setVisible(zoom is not None)
