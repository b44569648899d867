"""A tree that is filtered never acts on a table that is not on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from jixiao.gui.tree.new_table_dialog import NewTable
from jixiao.gui.window import MainWindow
from tests.gui.conftest import OpenWindow, cell_of, press, put_cursor, show, type_text

Key = Qt.Key
NAME = "区二届人大六次会议"
OTHER = "人大代表履职能力提升"
FAR = "区人民代表大会会议经费"


@pytest.fixture(autouse=True)
def _guarded(window: MainWindow):
    window.model_tester = QAbstractItemModelTester(
        window.tree_model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )


def table_id(window: MainWindow, name: str) -> int:
    entries = (e for a in window.document.tree for y in a.years for e in y.tables)
    return next(entry.id for entry in entries if entry.name == name)


def shown_tables(window: MainWindow) -> list[str]:
    return [node.text for node, _ in window.tree.tables()]


def selected(window: MainWindow) -> list[str]:
    return [index.data() for index in window.tree.selectedIndexes()]


def states(window: MainWindow) -> dict[str, str]:
    return {e.name: e.state for a in window.document.tree for y in a.years for e in y.tables}


def change_value(window: MainWindow) -> None:
    put_cursor(window, cell_of(window, "indicators", "value", 0))
    type_text(window, "7")
    press(window, Key.Key_Return)


def filter_by(window: MainWindow, text: str, *, enter: bool = True) -> None:
    window.filter_box.edit.setText(text)
    if enter:
        QTest.keyClick(window.filter_box.edit, Key.Key_Return)
    window.worker.wait()


def undone_elsewhere(window: MainWindow) -> None:
    """A change in a table, another one found by the filter, and the change taken back."""
    show(window, OTHER)
    change_value(window)
    filter_by(window, "主席团")
    assert window.document.shown.table.name == NAME
    window.document.undo()
    assert window.document.shown.table.name == OTHER


def test_undo_brings_its_table_into_the_filtered_tree(window: MainWindow) -> None:
    undone_elsewhere(window)
    assert selected(window) == [OTHER]
    assert shown_tables(window) == [NAME, OTHER]
    assert window.filter_box.count.text() == "找到 1 张表，另列出正在看的表"
    window.commands.actions["state_reported"].trigger()
    assert states(window)[OTHER] == "已报"
    assert states(window)[NAME] == "草稿"
    assert window.page.read_only


@pytest.mark.parametrize("name", ["delete", "duplicate"])
def test_what_is_done_after_an_undo_is_done_to_the_table_on_the_screen(
    window: MainWindow, name: str
) -> None:
    undone_elsewhere(window)
    window.commands.actions[name].trigger()
    names = states(window)
    assert NAME in names
    assert f"{NAME}（副本）" not in names
    assert (OTHER in names) == (name == "duplicate")


def test_the_table_stays_when_the_filter_runs_again(window: MainWindow) -> None:
    undone_elsewhere(window)
    window.filtering._again.stop()
    window.filtering._run()
    assert selected(window) == [OTHER]
    assert shown_tables(window) == [NAME, OTHER]


def test_the_first_found_is_one_that_was_found(window: MainWindow) -> None:
    show(window, NAME)
    filter_by(window, "rddblz", enter=False)
    window.document.show_table(table_id(window, NAME))
    assert shown_tables(window) == [OTHER]
    assert selected(window) == []
    filter_by(window, "rddblz")
    window.document.show_table(table_id(window, NAME))
    assert shown_tables(window) == [NAME, OTHER]
    QTest.keyClick(window.filter_box.edit, Key.Key_Return)
    assert window.document.shown.table.name == OTHER


def test_of_several_jumps_only_the_last_table_stays(window: MainWindow) -> None:
    filter_by(window, "主席团")
    others = [OTHER, FAR]
    for name in others:
        window.document.show_table(table_id(window, name))
        assert window.document.shown.table.name == name
        assert sorted(shown_tables(window)) == sorted([NAME, name])
        assert selected(window) == [name]
    QTest.keyClick(window.filter_box.edit, Key.Key_Escape)
    assert len(shown_tables(window)) == len(states(window))
    assert selected(window) == [others[-1]]


def test_typing_another_word_leaves_only_what_is_found(window: MainWindow) -> None:
    undone_elsewhere(window)
    filter_by(window, "主席团会议", enter=False)
    assert OTHER not in shown_tables(window)
    assert selected(window) == []
    assert window.tree_actions.work.chosen() == [table_id(window, OTHER)]


def test_a_table_made_under_a_filter_is_seen_and_selected(window: MainWindow) -> None:
    filter_by(window, "主席团")
    form = window.document.shown.form
    agency = window.document.tree[0]
    window.tree_actions.add_table(NewTable(form, agency.name, agency.years[0].year, "新项目"))
    assert window.document.shown.table.name == "新项目"
    assert selected(window) == ["新项目"]
    assert shown_tables(window) == [NAME, "新项目"]


def test_an_agency_made_under_a_filter_ends_the_filter(window: MainWindow) -> None:
    filter_by(window, "主席团")
    window.tree_actions.add_agency("新单位")
    assert window.filter_box.edit.text() == ""
    assert selected(window) == ["新单位"]
    assert "筛选" in window.status.message_label.text()
    assert "新单位" in window.status.message_label.text()


def test_the_place_of_a_new_table_is_that_of_the_table_on_the_screen(window: MainWindow) -> None:
    other = window.document.tree[1]
    window.document.show_table(other.years[0].tables[0].id)
    filter_by(window, "主席团", enter=False)
    assert selected(window) == []
    assert window.tree_actions._agency() == other
    assert window.tree_actions._year() == other.years[0].year


def test_after_a_deletion_comes_a_table_that_was_found(window: MainWindow) -> None:
    first, *rest = [entry.id for entry in window.document.tree[0].years[0].tables]
    assert rest == [table_id(window, NAME), table_id(window, OTHER)]
    window.document.show_table(first)
    filter_by(window, "-主席团", enter=False)
    assert NAME not in shown_tables(window)
    window.commands.actions["delete"].trigger()
    assert NAME not in shown_tables(window)
    assert selected(window) == [OTHER]


def test_without_one_that_was_found_comes_one_of_the_same_year(window: MainWindow) -> None:
    filter_by(window, "主席团")
    window.commands.actions["delete"].trigger()
    assert selected(window) == [OTHER]
    assert window.document.shown.table.name == OTHER
    assert window.filter_box.edit.text() == "主席团"


def test_reported_tables_keep_their_state_among_others(window: MainWindow, book: Path) -> None:
    one, two = table_id(window, NAME), table_id(window, OTHER)
    window.tree_actions.states.set_state("已报", [one])
    window.tree_actions.states.set_state("已核", [one, two])
    assert states(window)[NAME] == "已报"
    assert states(window)[OTHER] == "已核"
    told = window.status.message_label.text()
    assert told == "1 张表标为“已核”。1 张已报的表没有改；要改先退回修改。"
    window.document.undo()
    assert states(window)[OTHER] == "草稿"
    window.tree_actions.states.set_state("草稿", [one])
    assert states(window)[NAME] == "已报"
    assert window.status.message_label.text() == "1 张已报的表没有改；要改先退回修改。"
    assert window.status.offer.isHidden()
    window.tree_actions.states.set_state("退回", [one])
    assert states(window)[NAME] == "退回"


def test_copies_made_under_a_filter_are_all_selected(
    open_window: OpenWindow, window: MainWindow, book: Path
) -> None:
    window.close()
    other = open_window(book, synchronous=False)
    show(other, NAME)
    filter_by(other, "-副本")
    tables = [node.id for node, _ in other.tree.tables()]
    other.tree.select_quietly([other.tree_model.index_of_table(one) for one in tables[1:3]])
    other.commands.actions["duplicate"].trigger()
    other.worker.wait()
    copies = [f"{NAME}（副本）", f"{OTHER}（副本）"]
    assert sorted(selected(other)) == sorted(copies)
    assert set(copies) <= set(shown_tables(other))
    QTest.qWait(400)  # the filter is asked again after a change
    other.worker.wait()
    assert sorted(selected(other)) == sorted(copies)
