"""Everything in and around the tree by real keys: new, duplicate, states, export, carry over."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QContextMenuEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from jixiao.gui.dialogs import ExportDialog
from jixiao.gui.tree.dialogs import NameDialog
from jixiao.gui.tree.menu import context_menu
from jixiao.gui.tree.nodes import Node
from jixiao.gui.window import MainWindow
from tests.gui import conftest
from tests.gui.conftest import TRUTH, cell_of, press, put_cursor, show, stored, type_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NAME = "区二届人大六次会议"
OTHER = "人大代表履职能力提升"


def names(window: MainWindow, agency: int = 0, year: int = 0) -> list[str]:
    return [table.name for table in window.document.tree[agency].years[year].tables]


def select(window: MainWindow, *wanted: str) -> None:
    """Select tables with the keyboard in the tree."""
    window.tree.setFocus()
    entries = {e.name: e.id for a in window.document.tree for y in a.years for e in y.tables}
    flag = QItemSelectionModel.SelectionFlag
    for number, name in enumerate(wanted):
        index = window.tree_model.index_of_table(entries[name])
        how = flag.Select if number else flag.ClearAndSelect
        window.tree.selectionModel().setCurrentIndex(index, how)


def answer(kind: type[QDialog], *keys: object) -> None:
    """Press keys in a dialog that holds the caller up, as soon as it is there."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not (isinstance(dialog, kind) and dialog.isActiveWindow()):
            QTimer.singleShot(20, look)
            return
        for one in keys:
            target = QApplication.focusWidget() or dialog
            QTest.keyClicks(target, one) if isinstance(one, str) else QTest.keyClick(target, one)
        if dialog.isVisible():
            dialog.reject()

    QTimer.singleShot(0, look)


def by_menu(window: MainWindow, letter: Qt.Key, text: str) -> None:
    """Open a menu with Alt and its letter, and choose by arrows and Enter."""
    menu_action = next(a for a in window.menuBar().actions() if f"(&{chr(letter)})" in a.text())
    menu = next(m for m in window.menuBar().findChildren(QMenu) if m.menuAction() is menu_action)
    menu.popup(window.mapToGlobal(window.menuBar().geometry().bottomLeft()))
    for _ in menu.actions():
        QTest.keyClick(menu, Key.Key_Down)
        active = menu.activeAction()
        if active is not None and active.text().startswith(text):
            QTest.keyClick(menu, Key.Key_Return)
            return
    raise AssertionError(text)


def test_a_new_agency_and_a_year_of_it(window: MainWindow) -> None:
    answer(NameDialog, "New", Key.Key_Return)
    by_menu(window, Key.Key_D, "新建单位")
    assert window.document.tree[-1].name == "New"
    assert window.tree.currentIndex().data() == "New"
    answer(NameDialog, "2031", Key.Key_Return)
    by_menu(window, Key.Key_D, "新建年度")
    assert [year.year for year in window.document.tree[-1].years] == [2031]
    assert window.tree.currentIndex().data() == "2031 年度"
    window.document.undo()
    window.document.undo()
    assert window.document.tree[-1].name != "New"


def test_esc_makes_nothing(window: MainWindow) -> None:
    before = window.document.tree
    answer(NameDialog, "New", Key.Key_Escape)
    by_menu(window, Key.Key_D, "新建单位")
    assert window.document.tree == before


def test_duplicate_by_key(window: MainWindow) -> None:
    select(window, NAME)
    QTest.keyClick(window.tree, Key.Key_D, CTRL | SHIFT)
    assert f"{NAME}（副本）" in names(window)
    QTest.keyClick(window.tree, Key.Key_Z, CTRL)
    conftest.answer(window.undoing.asking, yes=True)
    assert f"{NAME}（副本）" not in names(window)


def test_the_same_key_on_the_page_duplicates_a_row_not_a_table(window: MainWindow) -> None:
    before = names(window)
    put_cursor(window, cell_of(window, "indicators", "level3", 0))
    rows = len(window.document.shown.table.indicators)
    press(window, Key.Key_D, CTRL | SHIFT)
    assert names(window) == before
    assert len(window.document.shown.table.indicators) == rows + 1


@pytest.mark.parametrize(
    ("word", "state"),
    [("标为已核", "已核"), ("标为已报", "已报"), ("标为退回", "退回"), ("标为草稿", "草稿")],
)
def test_states_by_the_menu_for_several_tables(window: MainWindow, word: str, state: str) -> None:
    select(window, NAME, OTHER)
    by_menu(window, Key.Key_D, word)
    states = {e.name: e.state for e in window.document.tree[0].years[0].tables}
    assert states[NAME] == states[OTHER] == state
    assert window.document.locked == (state == "已报")


def test_up_and_down_walk_through_the_tables_and_f6_through_the_window(window: MainWindow) -> None:
    select(window, NAME)
    QTest.keyClick(window.tree, Key.Key_Down)
    assert window.document.shown.table.name == OTHER
    assert window.tree.hasFocus()
    QTest.keyClick(window.tree, Key.Key_F6)
    assert window.dock.tabs.hasFocus()
    QTest.keyClick(window.dock.tabs, Key.Key_Right)
    assert window.dock.title == "指标库"
    QTest.keyClick(window.dock.tabs, Key.Key_F6)
    assert window.view.hasFocus()
    QTest.keyClick(window.view, Key.Key_F6)
    assert window.tree.hasFocus()
    QTest.keyClick(window.tree, Key.Key_F9)
    QTest.keyClick(window.tree, Key.Key_F6)
    assert window.view.hasFocus()


def test_several_selected_tables_are_what_is_exported(window: MainWindow, tmp_path: Path) -> None:
    select(window, NAME)
    QTest.keyClick(window.tree, Key.Key_Down, SHIFT)
    assert len(window.tree.chosen_tables()) == 2
    keys = (Key.Key_Tab, Key.Key_Tab, Key.Key_Tab, str(tmp_path / "out"), Key.Key_Return)
    answer(ExportDialog, *keys)
    QTest.keyClick(window.tree, Key.Key_E, CTRL)
    window.worker.wait()
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(written) == 4
    assert sum(NAME in name for name in written) == 2
    assert sum(OTHER in name for name in written) == 2
    assert window.status.offer.text() == "打开文件夹"


def test_undo_survives_closing_and_goes_to_its_table(
    open_window, window: MainWindow, book: Path
) -> None:
    put_cursor(window, cell_of(window, "field", "project_amount"))
    before = cell_of(window, "field", "project_amount").text
    type_text(window, "77")
    press(window, Key.Key_Return)
    show(window, OTHER)
    window.close()
    again = open_window(book)
    show(again, OTHER)
    QTest.keyClick(again.view, Key.Key_Z, CTRL)
    conftest.answer(again.undoing.asking, yes=True)
    assert again.document.shown.table.name == NAME
    assert cell_of(again, "field", "project_amount").text == before


def test_carrying_over_by_keys_from_ctrl_j_to_enter(window: MainWindow, book: Path) -> None:
    select(window, NAME)
    QTest.keyClick(window.tree, Key.Key_J, CTRL)
    dialog = window.book_actions.carrying
    QApplication.processEvents()
    assert dialog.scope.hasFocus()
    assert len(dialog.plans()) == len(dialog.scope.itemData(0))
    QTest.keyClick(dialog, Key.Key_Return)
    assert 2027 in [year.year for year in window.document.tree[0].years]
    window.close()
    assert stored(book, NAME).year in {2026, 2027}


def test_every_action_of_the_menu_stands_in_a_context_menu_too(window: MainWindow) -> None:
    found: set[str] = set()
    for kind in ("table", "year", "agency", "root"):
        menu = context_menu(Node(kind, 1, "", ""), window.commands.actions, window)
        below = [a for m in menu.findChildren(QMenu) for a in m.actions()]
        found |= {action.objectName() for action in [*menu.actions(), *below]}
    assert {command.id for command in window.commands.of_menu("目录")} <= found


def test_the_menu_key_opens_the_context_menu_of_the_selected_line(window: MainWindow) -> None:
    select(window, NAME)
    at = window.tree.visualRect(window.tree.currentIndex()).center()
    place = window.tree.viewport().mapToGlobal(at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, place)
    QApplication.sendEvent(window.tree.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    while not menu.activeAction() or menu.activeAction().objectName() != "duplicate":
        QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    assert f"{NAME}（副本）" in names(window)


def test_files_can_be_dropped_anywhere(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[Path] = []
    monkeypatch.setattr(window.files.review, "start", taken.extend)
    draft = next((TRUTH.parent / "drafts").glob("*.xlsx"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(draft))])
    event = QDropEvent(
        QPointF(700, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    assert event.isAccepted()
    assert taken == [draft]
    for part in (window.view, window.desk, window.dock, window.toolbar, window.status):
        assert not part.acceptDrops()  # what falls on them falls through to the window


def test_letters_among_the_pictures_find_a_form(window: MainWindow) -> None:
    from jixiao.app.new_tables import form_pages
    from jixiao.gui.tree.form_picker import FormPicker

    picker = FormPicker(form_pages(window.document.forms), window)
    picker.show()
    picker.choose("")
    picker.list.setFocus()
    for _ in range(picker.list.count()):
        QTest.keyClick(picker.list, Key.Key_Right)
    assert picker.list.currentRow() == picker.list.count() - 1
    QTest.keyClick(picker.list, Key.Key_Left)
    assert picker.list.currentRow() == picker.list.count() - 2
    QTest.keyClick(picker.list, Key.Key_S)
    assert picker.search.text() == "s"
    QTest.keyClicks(picker.search, "fq")
    assert "石峰区" in picker.form.name
    picker.close()


def test_switches_in_the_menu_are_ticked(window: MainWindow) -> None:
    actions = window.commands.actions
    assert actions["look_system"].isChecked()
    try:
        actions["look_dark"].trigger()
        assert actions["look_dark"].isChecked()
        assert not actions["look_system"].isChecked()
    finally:
        actions["look_system"].trigger()
    assert not actions["always_review"].isChecked()
    actions["always_review"].trigger()
    assert actions["always_review"].isChecked()


def test_finding_in_an_agency_year_leaves_the_others_out(window: MainWindow) -> None:
    QTest.keyClick(window.view, Key.Key_F, CTRL)
    window.find_bar.text.setText("代表")
    ids = {e.id for e in window.document.tree[0].years[0].tables}
    for scope, inside in (("table", {window.document.shown.table_id}), ("year", ids)):
        window.find_bar.scope.setCurrentIndex(window.find_bar.scope.findData(scope))
        window.finding.search()
        assert window.finding.hits
        assert {hit.table_id for hit in window.finding.hits} <= inside
    window.find_bar.scope.setCurrentIndex(window.find_bar.scope.findData("book"))
    window.finding.search()
    assert not {hit.table_id for hit in window.finding.hits} <= ids


def test_ctrl_page_keys_go_from_table_to_table(open_window, book: Path) -> None:
    window = open_window(book)
    order = [e.id for a in window.document.tree for y in a.years for e in y.tables]
    show(window, NAME)
    at = order.index(window.document.shown.table_id)
    type_text(window, "typed")
    press(window, Key.Key_PageDown, CTRL)
    assert window.document.shown.table_id == order[at + 1]
    press(window, Key.Key_PageUp, CTRL)
    assert window.document.shown.table_id == order[at]
    assert stored(book, "typed").name == "typed"  # the cursor stood in the name of the project
    for _ in order:
        press(window, Key.Key_PageUp, CTRL)
    assert window.document.shown.table_id == order[0]
