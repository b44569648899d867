"""Choosing a form for a new table: what the search does not show cannot be made."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox

from jixiao.app.new_tables import form_pages
from jixiao.gui.tree.new_table_dialog import EmptyFormDialog, NewTableDialog
from jixiao.gui.window import MainWindow

Key = Qt.Key


@pytest.mark.parametrize("kind", [NewTableDialog, EmptyFormDialog])
def test_without_a_picture_nothing_can_be_made(window: MainWindow, kind: type) -> None:
    pages = form_pages(window.document.forms)
    dialog = kind(pages, [], parent=window) if kind is NewTableDialog else kind(pages, "", window)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    dialog.show()
    assert ok.isEnabled()
    dialog.picker.search.setText("没有这种表")
    assert dialog.picker.nothing.isVisible()
    assert not ok.isEnabled()
    for place in (dialog.picker.search, dialog.picker.list):
        place.setFocus()
        QTest.keyClick(place, Key.Key_Return)
    assert dialog.isVisible()
    dialog.picker.search.clear()
    assert ok.isEnabled()
    dialog.picker.search.setFocus()
    QTest.keyClick(dialog.picker.search, Key.Key_Return)
    assert not dialog.isVisible()


@pytest.mark.parametrize("text", ["lkxm", "LK XM", "渌口 项目", "渌口 xm"])
def test_forms_are_found_by_parts_of_their_names(window: MainWindow, text: str) -> None:
    dialog = NewTableDialog(form_pages(window.document.forms), [], parent=window)
    dialog.picker.search.setText(text)
    items = [dialog.picker.list.item(row) for row in range(dialog.picker.list.count())]
    shown = [item.text() for item in items if not item.isHidden()]
    assert "渌口" in dialog.picker.form.name
    assert all("渌口" in words for words in shown)
    assert any("项目" in words for words in shown)
