"""The tree: new, rename, copy, move, delete, restore, states, badges, filter; with real keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from jixiao.app.checking.badges import Badge
from jixiao.gui.tree.delegate import found_in, marks_of
from jixiao.gui.tree.new_table_dialog import NewTable, NewTableDialog
from jixiao.gui.tree.nodes import Node
from jixiao.gui.window import MainWindow
from tests.gui.conftest import cell_of, press, put_cursor, show, stored, type_text

Key = Qt.Key
NAME = "区二届人大六次会议"
OTHER = "人大代表履职能力提升"
SELECT = QItemSelectionModel.SelectionFlag


@pytest.fixture(autouse=True)
def _guarded(window: MainWindow):
    window.model_tester = QAbstractItemModelTester(
        window.tree_model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )


def names(window: MainWindow, agency: int = 0, year: int = 0) -> list[str]:
    return [table.name for table in window.document.tree[agency].years[year].tables]


def table_id(window: MainWindow, name: str) -> int:
    entries = (e for a in window.document.tree for y in a.years for e in y.tables)
    return next(entry.id for entry in entries if entry.name == name)


def select(window: MainWindow, *wanted: str) -> None:
    window.tree.setFocus()
    indexes = [window.tree_model.index_of_table(table_id(window, name)) for name in wanted]
    selection = window.tree.selectionModel()
    selection.setCurrentIndex(indexes[-1], SELECT.NoUpdate)
    selection.clearSelection()
    for index in indexes:
        selection.select(index, SELECT.Select)


def tree_key(
    window: MainWindow,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    window.tree.setFocus()
    QTest.keyClick(window.tree, key, modifier)


def rename_to(window: MainWindow, text: str) -> None:
    tree_key(window, Key.Key_F2)
    editor = window.tree.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Key.Key_Return)
    QApplication.processEvents()  # Qt takes the text after the key


def test_f2_renames_a_project_which_is_its_field(window: MainWindow, book: Path) -> None:
    select(window, NAME)
    rename_to(window, "Meeting")
    assert window.tree.currentIndex().data() == "Meeting"
    assert cell_of(window, "field", "project_name").text == "Meeting"
    window.document.undo()
    assert window.tree.currentIndex().data() == NAME
    assert stored_names(book)[1] == NAME


def stored_names(book: Path) -> list[str]:
    from jixiao.app.session import Session

    with Session.open(book) as session:
        return [table.name for _, table in session.book.tables()]


def test_esc_leaves_a_name_as_it_is(window: MainWindow) -> None:
    select(window, NAME)
    tree_key(window, Key.Key_F2)
    editor = window.tree.findChild(QLineEdit)
    QTest.keyClicks(editor, "x")
    QTest.keyClick(editor, Key.Key_Escape)
    assert NAME in names(window)


def test_del_deletes_without_asking_and_undo_stands_beside(window: MainWindow) -> None:
    select(window, NAME, OTHER)
    tree_key(window, Key.Key_Delete)
    assert NAME not in names(window)
    assert OTHER not in names(window)
    assert "回收站" in window.status.message_label.text()
    assert window.document.shown is not None
    QTest.mouseClick(window.status.offer, Qt.MouseButton.LeftButton)
    assert {NAME, OTHER} <= set(names(window))
    assert window.document.shown.table.name == NAME


def test_del_in_the_page_never_deletes_a_table(window: MainWindow) -> None:
    before = names(window)
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    press(window, Key.Key_Delete)
    assert names(window) == before


def test_alt_up_and_down_move_and_undo_takes_back(window: MainWindow) -> None:
    before = names(window)
    select(window, NAME, OTHER)
    tree_key(window, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(window) == [*before[1:3], before[0], *before[3:]]
    assert len(window.tree.selectedIndexes()) == 2
    tree_key(window, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(window) == before
    window.document.undo()
    window.document.undo()
    assert names(window) == before


def test_duplicate_puts_copies_behind_and_selects_them(window: MainWindow) -> None:
    select(window, NAME, OTHER)
    window.commands.actions["duplicate"].trigger()
    assert f"{NAME}（副本）" in names(window)
    texts = [index.data() for index in window.tree.selectedIndexes()]
    assert sorted(texts) == sorted([f"{NAME}（副本）", f"{OTHER}（副本）"])


def drop(window: MainWindow, ids: list[str], row: int, parent: QModelIndex) -> bool:
    """What Qt's drag and drop calls at its end."""
    model = window.tree_model
    indexes = [model.index_of_table(table_id(window, name)) for name in ids]
    data = model.mimeData(indexes)
    action = Qt.DropAction.MoveAction
    if not model.canDropMimeData(data, action, row, 0, parent):
        return False
    return model.dropMimeData(data, action, row, 0, parent)


def test_several_tables_dropped_between_others(window: MainWindow) -> None:
    before = names(window)
    year = window.tree_model.index_of_table(table_id(window, NAME)).parent()
    assert drop(window, [before[1], before[2]], 0, year)
    assert names(window) == [*before[1:3], before[0], *before[3:]]


def test_dropped_on_a_table_becomes_its_sibling_also_in_another_agency(
    window: MainWindow, book: Path
) -> None:
    other = window.document.tree[1].years[0].tables[0]
    target = window.tree_model.index_of_table(other.id)
    assert drop(window, [NAME, OTHER], -1, target)
    assert names(window, 1) == [other.name, NAME, OTHER]
    window.document.undo()
    assert NAME in names(window, 0)
    window.redo()
    window.close()
    table = stored(book, NAME)
    assert table.year == 2023
    assert "石峰" in table.agency


def test_a_real_drag_moves_the_table(window: MainWindow, qtbot: QtBot) -> None:
    before = names(window)
    tree = window.tree
    first = tree.visualRect(tree.tree.index_of_table(table_id(window, before[0])))
    select(window, before[2])
    data = tree.tree.mimeData(tree.selectedIndexes())
    at = QPoint(first.center().x(), first.top() + 1)
    tree.setDragDropMode(tree.DragDropMode.DragDrop)  # a made-up event has no source
    event = QDropEvent(
        at.toPointF(),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tree.dropEvent(event)
    assert names(window)[0] == before[2]


def test_move_to_another_year(window: MainWindow) -> None:
    year = window.document.tree[1].years[0]
    window.tree_actions.move_to([table_id(window, NAME)], year.id, 1 << 30)
    assert names(window, 1)[-1] == NAME
    assert window.document.shown.table.year == 2023


def test_new_agency_year_and_table(window: MainWindow) -> None:
    window.tree_actions.add_agency("新单位")
    assert window.tree.currentIndex().data() == "新单位"
    agency = window.document.tree[-1]
    window.tree_actions.add_year(agency.id, 2030)
    assert window.tree.currentIndex().data() == "2030 年度"
    form = window.document.shown.form
    window.tree_actions.add_table(NewTable(form, "新单位", 2030, "新项目"))
    assert window.document.shown.table.name == "新项目"
    assert window.document.shown.table.agency == "新单位"
    assert window.tree.currentIndex().data() == "新项目"
    window.tree_actions.add_agency("新单位")
    assert "已经有单位" in window.status.message_label.text()


def test_the_new_table_dialog_shows_pictures_and_knows_the_place(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[NewTableDialog] = []

    def take(dialog: NewTableDialog) -> int:
        seen.append(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: not dialog.picker._unpainted)
        for row in range(dialog.picker.list.count()):
            assert not dialog.picker.list.item(row).icon().isNull()
        dialog.name.setText("用图选的")
        QTest.keyClick(dialog.picker.list, Key.Key_Return)
        return dialog.result()

    monkeypatch.setattr(NewTableDialog, "exec", take)
    window.commands.actions["new_table"].trigger()
    window.worker.wait()
    assert seen[0].picker.form.id == "lukou2026-xiangmu"
    assert names(window)[-1] == "用图选的"
    assert seen[0].agency.currentText() == window.document.tree[0].name


def test_renaming_an_agency_asks_which_years(window: MainWindow, qtbot: QtBot) -> None:
    from jixiao.gui.tree.dialogs import AgencyYearsDialog

    node = window.tree_model.node(window.tree_model.index(0, 0))
    window.tree_model.rename_wanted.emit(node, "改了名的单位")
    dialog = window.findChild(AgencyYearsDialog)
    assert dialog.year_ids() == [window.document.tree[0].years[0].id]
    dialog.accept()
    assert window.document.tree[0].name == "改了名的单位"
    assert window.document.shown.table.agency == "改了名的单位"


def test_the_recycle_bin_restores_and_empties(window: MainWindow) -> None:
    select(window, OTHER)
    tree_key(window, Key.Key_Delete)
    select(window, NAME)
    tree_key(window, Key.Key_Delete)
    window.commands.actions["recycle_bin"].trigger()
    dialog = window.tree_actions.bin
    (found,) = dialog.list.findItems(OTHER, Qt.MatchFlag.MatchExactly)
    dialog.list.setCurrentItem(found)
    QTest.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    assert OTHER in names(window)
    assert NAME not in names(window)
    assert dialog.list.topLevelItemCount() == 1
    QTest.mouseClick(dialog.empty, Qt.MouseButton.LeftButton)
    assert dialog.list.topLevelItemCount() == 1
    QTest.mouseClick(dialog.empty, Qt.MouseButton.LeftButton)
    assert dialog.list.topLevelItemCount() == 0
    assert window.document.path.with_name("账本 1.备份").exists()
    dialog.close()


def test_a_reported_table_is_locked_until_it_is_taken_back(window: MainWindow) -> None:
    select(window, NAME)
    window.commands.actions["state_reported"].trigger()
    assert window.page.read_only
    assert "已报" in window.notice.text.text()
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    type_text(window, "9")
    assert not window.view.is_editing
    binding = cell_of(window, "indicators", "value", 0).bindings[0]
    assert "已报" in window.document.edit([(binding, "9")])
    show(window, OTHER)
    assert not window.page.read_only
    show(window, NAME)
    QTest.mouseClick(window.notice.button, Qt.MouseButton.LeftButton)
    assert not window.page.read_only
    assert window.notice.isHidden()


def test_badges_follow_the_edits(window: MainWindow) -> None:
    window.badges.check_now()
    badges = window.tree_model.badges
    here = table_id(window, NAME)
    before = badges[here]
    assert before.errors
    put_cursor(window, cell_of(window, "field", "project_amount"))
    type_text(window, "1")
    press(window, Key.Key_Return)
    window.badges.check_now()
    assert badges[here] != before
    window.document.undo()
    window.badges.check_now()
    assert badges[here] == before


def test_what_stands_at_the_right_of_a_line() -> None:
    node = Node("table", 1, "x", "project", state="草稿")
    assert [m.text for m in marks_of(node, Badge(2, 3))] == ["2", "3"]
    assert [m.text for m in marks_of(node, Badge())] == ["✓"]
    assert marks_of(node, None) == []
    node.state = "已报"
    assert [m.text for m in marks_of(node, Badge(2, 3))] == ["已报"]
    node.state = "退回"
    assert [m.text for m in marks_of(node, Badge(2, 0))] == ["退回", "2"]


def type_filter(window: MainWindow, text: str) -> None:
    edit = window.filter_box.edit
    edit.clear()
    edit.setFocus()
    QTest.keyClicks(edit, text)


def shown_tables(window: MainWindow) -> list[str]:
    return [node.text for node, _ in window.tree.tables()]


def test_the_filter_finds_by_initials_year_and_text(window: MainWindow) -> None:
    before = shown_tables(window)
    type_filter(window, "rddblz")
    assert shown_tables(window) == [OTHER]
    type_filter(window, "shifeng 2023")
    assert shown_tables(window) == []
    window.filter_box.edit.setText("石峰 2023")
    assert len(shown_tables(window)) == len(window.document.tree[1].years[0].tables)
    window.filter_box.edit.setText("主席团会议")
    assert shown_tables(window) == [NAME]
    assert window.filter_box.count.text() == "找到 1 张表"
    QTest.keyClick(window.filter_box.edit, Key.Key_Return)
    assert window.tree.hasFocus()
    assert window.document.shown.table.name == NAME
    window.filter_box.edit.setFocus()
    QTest.keyClick(window.filter_box.edit, Key.Key_Escape)
    assert shown_tables(window) == before
    assert window.tree.currentIndex().data() == NAME


def test_a_word_after_a_minus_leaves_tables_out(window: MainWindow) -> None:
    before = shown_tables(window)
    window.filter_box.edit.setText("主席团")
    with_it = shown_tables(window)
    window.filter_box.edit.setText("-主席团")
    without = shown_tables(window)
    assert with_it
    assert without
    assert sorted(with_it + without) == sorted(before)
    assert window.tree.delegate.words == ()
    assert "-" in window.filter_box.edit.toolTip()


def test_the_latest_query_wins(open_window, book: Path, window: MainWindow) -> None:
    window.close()
    other = open_window(book, synchronous=False)
    type_filter(other, "zzzz")
    type_filter(other, "rddb")
    other.worker.wait()
    assert OTHER in shown_tables(other)
    assert "没有" not in other.filter_box.count.text()


def test_typing_in_the_tree_filters(window: MainWindow) -> None:
    window.tree.setFocus()
    QTest.keyClick(window.tree, "r")
    QTest.keyClicks(window.filter_box.edit, "ddblz")
    assert shown_tables(window) == [OTHER]


def test_moving_within_a_filter_is_refused_and_drops_keep_their_place(window: MainWindow) -> None:
    before = names(window)
    window.filter_box.edit.setText(f"{before[2]}")
    select(window, before[2])
    tree_key(window, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(window) == before
    assert "筛选" in window.status.message_label.text()


def test_what_was_found_is_marked_in_the_name() -> None:
    assert found_in("人大代表活动经费", ("代表",)) == (2, 4)
    assert found_in("ＡＢ会议", ("ab",)) == (0, 2)
    assert found_in("人大", ("x",)) == (0, 0)


def test_read_only_books_offer_no_changes(open_window, window: MainWindow, book: Path) -> None:
    other = open_window(book)
    index = other.tree_model.index_of_table(table_id(other, NAME))
    assert not index.flags() & Qt.ItemFlag.ItemIsDragEnabled
    for name in ("rename", "delete", "duplicate", "state_reported"):
        assert not other.commands.actions[name].isEnabled()
