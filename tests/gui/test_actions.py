"""One list of commands: menus, toolbar, shortcuts and help read it, and it is sound."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from jixiao import RESOURCES
from jixiao.gui.commands import MENUS, TOOLBAR, Command, Commands
from jixiao.gui.help.help_window import FOLDER, TOPICS, HelpWindow, page_html
from jixiao.gui.tree import menu as tree_menu
from jixiao.gui.window import MainWindow


def test_an_id_stands_for_one_command(window: MainWindow) -> None:
    assert {command.menu for command in window.commands} <= set(MENUS)
    commands = Commands(window)
    commands.add([Command(id="one", menu="文件", text="一")])
    with pytest.raises(ValueError, match="one"):
        commands.add([Command(id="one", menu="编辑", text="又一个")])


def test_no_shortcut_is_used_twice_where_both_would_be_heard(window: MainWindow) -> None:
    keys = [
        (QKeySequence(text).toString(), command.scope, command.id)
        for command in window.commands
        for text in command.keys
    ]
    assert all(text for text, _, _ in keys)
    for (one, here, first), (other, there, second) in combinations(keys, 2):
        same_place = here == there or not here or not there
        assert one != other or not same_place, (first, second, one)


def test_every_icon_is_there(window: MainWindow) -> None:
    for command in window.commands:
        icon = RESOURCES / "icons" / f"{command.icon}.svg"
        assert not command.icon or icon.is_file(), command.id


def test_menus_and_toolbar_show_the_commands(window: MainWindow) -> None:
    shown: set[str] = set()
    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        for each in menu.actions():
            submenu = each.menu()
            name = each.objectName() or (submenu.objectName() if submenu is not None else "")
            shown |= {name} - {""}
    assert shown == {command.id for command in window.commands}
    assert {name for name in TOOLBAR if name != "|"} <= shown
    for command_id, action in window.commands.actions.items():
        keys = {key.toString() for key in action.shortcuts()}
        assert keys == {QKeySequence(text).toString() for text in window.commands[command_id].keys}


def test_the_context_menu_uses_the_commands_only(window: MainWindow) -> None:
    for names in (*tree_menu._OF_KIND.values(), tree_menu._STATES):
        used = {name for name in names if name not in {"|", "@states"}}
        assert used <= window.commands.actions.keys()


def test_a_switch_shows_whether_it_is_on(window: MainWindow) -> None:
    on: list[bool] = [False]
    window.commands.add(
        [
            Command(
                id="lamp",
                menu="查看",
                text="灯",
                run=lambda: on.append(not on[-1]),
                checked=lambda: on[-1],
            )
        ]
    )
    window.commands.run("lamp")
    assert window.commands.actions["lamp"].isChecked()
    window.commands.actions["lamp"].trigger()
    assert not window.commands.actions["lamp"].isChecked()


def test_the_help_of_keys_has_every_shortcut(window: MainWindow) -> None:
    page = page_html("keys", window.commands)
    for command in window.commands:
        if command.keys:
            assert command.shown_keys in page


@pytest.mark.parametrize("key", [key for key, _ in TOPICS])
def test_every_help_page_is_there_with_its_pictures_and_links(window: MainWindow, key: str) -> None:
    page = page_html(key, window.commands)
    assert page.startswith("<h1>")
    for picture in re.findall(r'src="([^"]+)"', page):
        assert (FOLDER / picture).is_file(), picture
    for link in re.findall(r'href="([^"]+)"', page):
        assert link in {topic for topic, _ in TOPICS}


def test_the_help_speaks_of_keys_that_there_are(window: MainWindow) -> None:
    named = re.compile(
        r"(?:(?:Ctrl|Shift|Alt)\+)+(?:F\d+|Enter|Delete|Home|End|Tab|[A-Z0-9]\b|[↑↓←→+-])|\bF\d{1,2}\b"
    )
    known = page_html("keys", window.commands)
    for key, _ in TOPICS:
        for keys in named.findall(page_html(key, window.commands)):
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

    page = HelpWindow(window.commands, window).page
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
