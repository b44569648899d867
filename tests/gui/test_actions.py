"""One list of actions: menus, toolbar, shortcuts and help read it, and it is sound."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from jixiao import RESOURCES
from jixiao.gui.actions import ACTIONS, MENUS, TOOLBAR
from jixiao.gui.help_window import FOLDER, TOPICS, HelpWindow, page_html
from jixiao.gui.keys import shown_keys
from jixiao.gui.tree import menu as tree_menu
from jixiao.gui.window import MainWindow


def test_ids_are_unique_and_menus_known() -> None:
    ids = [spec.id for spec in ACTIONS]
    assert len(ids) == len(set(ids))
    assert {spec.menu for spec in ACTIONS} <= set(MENUS)


def test_no_shortcut_is_used_twice_where_both_would_be_heard() -> None:
    keys = [
        (QKeySequence(text).toString(), spec.scope, spec.id)
        for spec in ACTIONS
        for text in spec.shortcuts
    ]
    assert all(text for text, _, _ in keys)
    for (one, here, first), (other, there, second) in combinations(keys, 2):
        same_place = here == there or not here or not there
        assert one != other or not same_place, (first, second, one)


def test_every_icon_is_there() -> None:
    for spec in ACTIONS:
        assert not spec.icon or (RESOURCES / "icons" / f"{spec.icon}.svg").is_file(), spec.id


def test_every_action_has_a_method_of_the_programs_own(window: MainWindow) -> None:
    for spec in ACTIONS:
        if spec.method and spec.method != "close":
            owners = [owner for owner in window.owners if hasattr(owner, spec.method)]
            assert owners, (spec.id, spec.method)
            own = getattr(owners[0], spec.method)  # makes a part that is not there yet
            assert (own.__module__ or "").startswith("jixiao."), (spec.id, spec.method)


def test_menus_and_toolbar_show_the_list(window: MainWindow) -> None:
    shown: set[str] = set()
    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        shown |= {each.objectName() for each in menu.actions() if each.objectName()}
    assert shown == {spec.id for spec in ACTIONS if spec.method}
    assert {name for name in TOOLBAR if name != "|"} <= {spec.id for spec in ACTIONS}
    for spec in ACTIONS:
        if spec.method:
            keys = {key.toString() for key in window.actions_by_id[spec.id].shortcuts()}
            assert keys == {QKeySequence(text).toString() for text in spec.shortcuts}


def test_the_context_menu_uses_the_list_only() -> None:
    ids = {spec.id for spec in ACTIONS}
    for names in (*tree_menu._OF_KIND.values(), tree_menu._STATES):
        assert {name for name in names if name not in {"|", "@states"}} <= ids


def test_the_help_of_keys_has_every_shortcut() -> None:
    page = page_html("keys")
    for spec in ACTIONS:
        if spec.shortcuts:
            assert shown_keys(spec) in page


@pytest.mark.parametrize("key", [key for key, _ in TOPICS])
def test_every_help_page_is_there_with_its_pictures_and_links(key: str) -> None:
    import re

    page = page_html(key)
    assert page.startswith("<h1>")
    for picture in re.findall(r'src="([^"]+)"', page):
        assert (FOLDER / picture).is_file(), picture
    for link in re.findall(r'href="([^"]+)"', page):
        assert link in {topic for topic, _ in TOPICS}


def test_the_help_speaks_of_keys_that_there_are() -> None:
    import re

    named = re.compile(
        r"(?:(?:Ctrl|Shift|Alt)\+)+(?:F\d+|Enter|Delete|Home|End|Tab|[A-Z0-9]\b|[↑↓←→+-])|\bF\d{1,2}\b"
    )
    known = page_html("keys")
    for key, _ in TOPICS:
        for keys in named.findall(page_html(key)):
            assert keys in known, (key, keys)


def test_f1_opens_the_help_and_it_can_be_searched(window: MainWindow) -> None:
    window.view.setFocus()
    QTest.keyClick(window.view, Qt.Key.Key_F1)
    help_window = window.findChild(HelpWindow)
    assert help_window.isVisible()
    assert "填表" in help_window.page.toPlainText()
    help_window.search.setText("回收站 备份")
    shown = [
        help_window.topics.item(row).text()
        for row in range(help_window.topics.count())
        if not help_window.topics.item(row).isHidden()
    ]
    assert "常见问题" in shown
    assert "导出" not in shown
    QTest.keyClick(help_window.page, Qt.Key.Key_Escape)
    assert not help_window.isVisible()


def test_nothing_happens_to_pages_from_elsewhere(window: MainWindow) -> None:
    from PySide6.QtCore import QByteArray, QUrl

    page = HelpWindow(window).page
    assert page.loadResource(2, QUrl("../../sample.json")) == QByteArray()
    assert page.loadResource(2, QUrl("file:///etc/hostname")) == QByteArray()


def test_larger_letters_and_colours_are_remembered(window: MainWindow) -> None:
    from PySide6.QtWidgets import QApplication

    before = QApplication.font().pointSizeF()
    try:
        window.help_actions.font_larger()
        assert QApplication.font().pointSizeF() > before
        assert window.settings.font_scale == 1.1
        window.help_actions.look_dark()
        QApplication.processEvents()
        assert window.theme.dark
        assert window.settings.scheme == "dark"
    finally:
        window.help_actions.font_normal()
        window.help_actions.look_light()
        QApplication.processEvents()
    assert not window.theme.dark
    assert QApplication.font().pointSizeF() == before
