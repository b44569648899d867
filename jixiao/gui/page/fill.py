"""The fill handle: the small square at the corner of the selection that carries texts on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from jixiao.gui.guard import guarded
from jixiao.gui.page.moves import is_editable
from jixiao.gui.page.view import PageView
from jixiao.io.paper.edit.clipboard import Rect
from jixiao.io.paper.edit.fill_series import reach

_SIZE = 9
_SCROLL_MS = 40
_CTRL = Qt.KeyboardModifier.ControlModifier


class FillHandle(QWidget):
    """Dragging it carries the selected texts on; a double click does so to the list's end.

    ``filled`` gives the block, the larger block, and whether Ctrl was held.
    """

    filled = Signal(object, object, bool)
    filled_to_end = Signal(object)

    def __init__(self, view: PageView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._source: Rect | None = None
        self._target: Rect | None = None
        self._held = QPoint()
        self._preview = _Preview(view)
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(_SCROLL_MS)
        self._scrolling.timeout.connect(self._follow)
        self.setFixedSize(_SIZE, _SIZE)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip("按住拖动，把内容填到别的格；双击填到这一段的末尾")
        self.setAccessibleName("填充柄")
        for signal in (view.selected, view.resized, view.editing_began, view.editing_ended):
            signal.connect(self.place)
        view.focus_changed.connect(self.place)
        self.hide()

    @property
    def target(self) -> Rect | None:
        """The block that would be filled, while the handle is dragged."""
        return self._target

    def place(self) -> None:
        """Stand at the corner of what is selected; hidden where nothing can be carried on."""
        rect = self._selected()
        view = self._view
        usable = view.hasFocus() and not view.is_editing and not view.page.read_only
        if not usable or rect is None or rect.bottom >= len(view.geometry_of_page.ys):
            self.hide()
            return
        area = view.geometry_of_page.area(rect)
        corner = area.bottomRight() - QPoint(_SIZE // 2 + 1, _SIZE // 2 + 1)
        most = QPoint(view.width() - _SIZE, view.height() - _SIZE)
        self.move(min(corner.x(), most.x()), min(corner.y(), most.y()))
        self.show()
        self.raise_()

    def _selected(self) -> Rect | None:
        """The selected block, None where nothing in it can be typed into."""
        block, cell = self._view.block, self._view.current_cell()
        if cell is None or not any(is_editable(one) for one in block.cells()):
            return None
        frame = block.frame()
        if frame is None and len(block.cells()) == 1:
            return Rect(cell.row, cell.col, cell.bottom, cell.right)
        return frame

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """A square in the accent colour, set off from the frame."""
        with QPainter(self) as painter:
            theme = self._view.theme
            painter.fillRect(self.rect(), QColor(theme.page))
            painter.fillRect(self.rect().adjusted(1, 1, -1, -1), QColor(theme.accent))

    # The mouse

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._source = self._selected()
            self._view.installEventFilter(self)

    @guarded(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what would be filled; outside of what is seen the page scrolls on."""
        if self._source is None:
            return
        self._held = event.globalPosition().toPoint()
        self._follow()
        seen = self._view.viewport().visibleRegion()
        if seen.contains(self._view.viewport().mapFromGlobal(self._held)):
            self._scrolling.stop()
        elif not self._scrolling.isActive():
            self._scrolling.start()

    def _follow(self) -> None:
        source = self._source
        if source is None:
            return
        point = self._view.viewport().mapFromGlobal(self._held)
        self._target = self._block_to(source, point)
        self._preview.show_block(self._target)
        self._view.reveal.emit(QRect(point - QPoint(10, 10), point + QPoint(10, 10)))

    def _block_to(self, source: Rect, point: QPoint) -> Rect | None:
        """The block up to a point, along the axis on which the point is further away."""
        view, geometry = self._view, self._view.geometry_of_page
        area, most = geometry.area(source), reach(view.page.grid, source)
        down = max(point.y() - area.bottom(), area.top() - point.y(), 0)
        right = max(point.x() - area.right(), area.left() - point.x(), 0)
        if not down and not right:
            return None
        if down >= right:
            row = min(max(geometry.row_at(point.y()), most.top), most.bottom - 1)
            top, bottom = min(row, source.top), max(row + 1, source.bottom)
            target = Rect(top, source.left, bottom, source.right)
        else:
            cell = view.page.grid.at(source.top, geometry.column_at(point.x()))
            if cell is None:
                return None
            left, end = min(cell.col, source.left), max(cell.right, source.right)
            target = Rect(source.top, left, source.bottom, end)
        return None if target == source else target

    @guarded(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fill what was shown."""
        source, target = self._source, self._target
        self._end()
        if source is not None and target is not None:
            self.filled.emit(source, target, bool(event.modifiers() & _CTRL))

    @guarded(None)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fill to the end of the list."""
        source = self._selected()
        if source is not None and event.button() == Qt.MouseButton.LeftButton:
            self.filled_to_end.emit(source)

    def _end(self) -> None:
        self._source = self._target = None
        self._scrolling.stop()
        self._preview.show_block(None)
        self._view.removeEventFilter(self)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc lets go without filling."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}:
            self._end()
            return True
        return super().eventFilter(watched, event)


class _Preview(QWidget):
    """A dashed frame around what would be filled."""

    def __init__(self, view: PageView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()

    def show_block(self, rect: Rect | None) -> None:
        """Show the frame around a block, or none."""
        if rect is None:
            self.hide()
            return
        self.setGeometry(self._view.geometry_of_page.area(rect))
        self.show()
        self.raise_()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Only the frame: the cells stay in sight."""
        with QPainter(self) as painter:
            pen = QPen(QColor(self._view.theme.accent), 2, Qt.PenStyle.DashLine)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
