"""What is done in the tree: make, rename, copy, move, delete, restore.

Nothing asks whether it is meant: what was done is told in the status line, with undo beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPoint
from PySide6.QtWidgets import QDialog

from jixiao.app import tree
from jixiao.gui.dialogs import DetailsDialog
from jixiao.gui.tree.deleting import deleted_text, standing_after
from jixiao.gui.tree.dialogs import AgencyYearsDialog, NameDialog
from jixiao.gui.tree.menu import context_menu
from jixiao.gui.tree.nodes import Node
from jixiao.gui.tree.regroup_actions import RegroupActions
from jixiao.gui.tree.state_actions import StateActions
from jixiao.gui.tree.work import TreeWork
from jixiao.gui.workbench import Workbench
from jixiao.model.tree import AgencyNode, YearNode

if TYPE_CHECKING:
    from jixiao.app.new_tables import FormPage
    from jixiao.gui.tree.new_table_dialog import NewTable
    from jixiao.gui.tree.recycle_bin_dialog import RecycleBinDialog

T = TypeVar("T")
_NO_ORDER = "年度总是新的在上。能上移、下移的是单位和表，请只选单位或只选表。"
_FILTERED = "正在筛选。请先按 Esc 清除筛选，再调整顺序。"


class TreeActions(QObject):
    """The tree actions of a window. ``pages`` are the forms with their empty pages, once read."""

    def __init__(self, bench: Workbench, work: TreeWork) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self.work = work
        self._tree = bench.tree
        self._document = bench.document
        self.bin: RecycleBinDialog | None = None
        self.details: DetailsDialog | None = None
        self.regroup = RegroupActions(bench, work)
        self.states = StateActions(bench, work)
        bench.tree.customContextMenuRequested.connect(self._show_menu)
        bench.frame.tree_model.rename_wanted.connect(self.rename_to)
        bench.frame.tree_model.move_wanted.connect(self.move_to)

    def _show_menu(self, at: QPoint) -> None:
        tree, commands = self._tree, self._bench.commands
        menu = context_menu(tree.tree.node(tree.indexAt(at)), commands.actions, tree)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(tree.viewport().mapToGlobal(at))

    # Making

    def new_agency(self) -> None:
        """Ask for the name of a new agency and make it."""
        dialog = NameDialog("新建单位", "单位名称：", parent=self._bench.frame)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.add_agency(dialog.text())

    def add_agency(self, name: str) -> None:
        """Make an agency and select it."""
        self.work.act(
            lambda session: tree.new_agency(session, name),
            lambda _: f"新建了单位“{name}”。",
            lambda made: ("agency", [made]),
        )

    def new_year(self) -> None:
        """Ask for a new year of the selected agency and make it."""
        agency = self._agency()
        if agency is None:
            self._tell("请先新建或选中一个单位。")
            return
        years = [year.year for year in agency.years if year.year is not None]
        proposed = str(max(years) + 1) if years else ""
        title = f"新建年度 — {agency.name or '单位未定'}"
        dialog = NameDialog(title, "年度：", proposed, year=True, parent=self._bench.frame)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.add_year(agency.id, dialog.year())

    def add_year(self, agency_id: int, year: int | None) -> None:
        """Make a year and select it."""
        self.work.act(
            lambda session: tree.new_year(session, agency_id, year),
            lambda _: f"新建了{year or '未定'}年度。",
            lambda made: ("year", [made]),
        )

    def new_table(self) -> None:
        """Ask for form, agency and year, and add an empty table."""
        from jixiao.app.new_tables import form_pages

        self._bench.view.commit()
        forms = self._document.forms
        self._bench.worker.submit(lambda: form_pages(forms), self._ask_new)

    def _ask_new(self, pages: list[FormPage]) -> None:
        from jixiao.gui.tree.new_table_dialog import NewTableDialog

        agency, year = self._agency(), self._year()
        shown = self._document.shown
        dialog = NewTableDialog(
            pages,
            [agency.name for agency in self._document.tree],
            agency=agency.name if agency is not None else "",
            year=year,
            form_id=shown.form.id if shown is not None else self._bench.settings.last_form,
            parent=self._bench.frame,
        )
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.add_table(dialog.choice())

    def add_table(self, new: NewTable) -> None:
        """Add an empty table and show it."""
        from jixiao.app.new_tables import create_table

        self._bench.settings.last_form = new.form.id
        self.work.act(
            lambda session: create_table(session, new.form.id, new.agency, new.year, new.name),
            lambda _: f"新建了“{new.name or new.form.name}”。",
            lambda made: ("table", [made]),
        )

    # Names

    def rename(self) -> None:
        """Edit the name of the selected line in its place."""
        if self._document.read_only:
            self._tell(self._document.refusal)
            return
        index = self._tree.currentIndex()
        if index.isValid():
            self._tree.edit(index)

    def rename_to(self, node: Node, name: str) -> None:
        """Give a table or an agency another name, a year another number."""
        if node.kind == "year":
            self.regroup.rename_year(node, name)
            return
        if node.kind == "table":
            self.work.act(
                lambda session: tree.rename_table(session, node.id, name),
                lambda _: f"已改名为“{name}”。",
            )
            return
        agency = next((a for a in self._document.tree if a.id == node.id), None)
        if agency is not None and not self.regroup.offer_merge(agency, name):
            self._ask_years(agency, name)

    def _ask_years(self, agency: AgencyNode, name: str) -> None:
        years = [year for year in agency.years if year.tables]
        if not years:
            self.rename_agency(agency.id, name, [])
            return
        dialog = AgencyYearsDialog(agency, name, self._bench.frame)
        dialog.accepted.connect(lambda: self.rename_agency(agency.id, name, dialog.year_ids()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def rename_agency(self, agency_id: int, name: str, year_ids: Sequence[int]) -> None:
        """Rename an agency, also as printed in the tables of some years."""

        def message(outcome: tree.Outcome) -> str:
            self._show_skipped("单位改名", outcome.skipped)
            return f"单位已改名为“{name}”。"

        self.work.act(
            lambda session: tree.rename_agency(session, agency_id, name, year_ids),
            message,
            lambda _: ("agency", [agency_id]),
        )

    # Copying and moving

    def duplicate(self) -> None:
        """Copy the selected tables."""
        ids = self.work.chosen()
        self.work.act(
            lambda session: tree.duplicate_tables(session, ids),
            lambda made: f"复制了 {len(made)} 张表。",
            lambda made: ("table", made),
        )

    def move_up(self) -> None:
        """Move the selected tables or agencies one place up."""
        self._shift(-1)

    def move_down(self) -> None:
        """Move the selected tables or agencies one place down."""
        self._shift(1)

    def _shift(self, by: Literal[-1, 1]) -> None:
        if self._tree.tree.filtered:
            self._tell(_FILTERED)
            return
        nodes = self._tree.selected_nodes()
        if {node.kind for node in nodes} == {"agency"}:
            agencies = [node.id for node in nodes]
            self.work.act(
                lambda session: tree.shift_agencies(session, agencies, by),
                lambda _: "",
                lambda _: ("agency", agencies),
            )
            return
        if any(node.kind != "table" for node in nodes):
            self._tell(_NO_ORDER)
            return
        ids = self.work.chosen()
        self.work.act(
            lambda session: tree.shift_tables(session, ids, by),
            lambda _: "",
            lambda _: ("table", ids),
        )

    def move_to(self, ids: Sequence[int], year_id: int, position: int) -> None:
        """Move tables before a position in a year, also of another agency."""
        self.work.act(
            lambda session: tree.move_tables(session, ids, year_id, position),
            lambda _: f"移动了 {len(ids)} 张表。",
            lambda _: ("table", ids),
        )

    # Deleting

    def delete(self) -> None:
        """Put the selection into the recycle bin; undo stands beside what is told."""
        nodes = self._tree.selected_nodes()
        kinds = {node.kind for node in nodes}
        ids = self.work.chosen()
        message = deleted_text(nodes, ids)
        shown = self._document.shown
        stand_on: list[tuple[str, int]] = []
        if shown is not None and shown.table_id in ids:
            seen = (
                {node.id for node, _ in self._tree.tables()} if self._tree.tree.filtered else None
            )
            stand_on = standing_after(self._document.tree, shown.table_id, ids, seen)
        if len(nodes) == 1 and kinds == {"agency"}:
            self.work.act(lambda s: tree.delete_agency(s, nodes[0].id), lambda _: message)
        elif len(nodes) == 1 and kinds == {"year"}:
            self.work.act(
                lambda s: tree.delete_year(s, nodes[0].id), lambda _: message, stand_on=stand_on
            )
        elif ids:
            self.work.act(
                lambda s: tree.delete_tables(s, ids), lambda _: message, stand_on=stand_on
            )

    def next_table(self) -> None:
        """Show the table below in the tree, as the next sheet in Excel."""
        self._go_by(1)

    def previous_table(self) -> None:
        """Show the table above in the tree."""
        self._go_by(-1)

    def _go_by(self, by: Literal[-1, 1]) -> None:
        agencies = self._bench.frame.tree_model.node(QModelIndex()).children
        tables = [table for agency in agencies for table in agency.tables]
        shown = self._document.shown
        at = tables.index(shown.table_id) + by if shown and shown.table_id in tables else 0
        if 0 <= at < len(tables):
            self._document.show_table(tables[at])

    def recycle_bin(self) -> None:
        """Show what was deleted."""
        from jixiao.gui.tree.recycle_bin_dialog import RecycleBinDialog

        dialog = self.bin = RecycleBinDialog(self._bench.frame)
        dialog.restore_wanted.connect(self.restore)
        dialog.empty_wanted.connect(self.empty_bin)
        dialog.finished.connect(self._bin_closed)
        if self._document.read_only:
            dialog.restore.hide()
            dialog.empty.hide()
        self._fill_bin()
        dialog.open()

    def _bin_closed(self) -> None:
        if self.bin is not None:
            self.bin.deleteLater()
            self.bin = None

    def _fill_bin(self) -> None:
        if self.bin is not None:
            self._document.run(lambda session: session.book.deleted(), self.bin.show_entries)

    def restore(self, ids: Sequence[int]) -> None:
        """Put tables back to their agencies and years."""
        self.work.act(
            lambda session: tree.restore_tables(session, ids),
            lambda _: f"恢复了 {len(ids)} 张表。",
            lambda _: ("table", ids),
        )
        self._fill_bin()

    def empty_bin(self, ids: Sequence[int] | None) -> None:
        """Remove tables for good, after a backup."""

        def message(backup: Path | None) -> str:
            return f"已彻底删除，之前的账本备份为 {backup}" if backup is not None else ""

        self.work.act(lambda session: tree.empty_bin(session, ids), message, undo=lambda _: False)
        self._fill_bin()

    # What the others need

    def _agency(self) -> AgencyNode | None:
        """The agency in which the current line stands."""
        node = self._tree.tree.node(self._tree.currentIndex())
        while node.parent is not None and node.kind != "agency":
            node = node.parent
        agencies = self._document.tree
        found = next((a for a in agencies if node.kind == "agency" and a.id == node.id), None)
        place = self._place_on_screen() if node.kind == "root" else None
        return found or (place[0] if place else None) or (agencies[0] if agencies else None)

    def _year(self) -> int | None:
        """The year in which the current line stands."""
        node = self._tree.tree.node(self._tree.currentIndex())
        while node.parent is not None and node.kind != "year":
            node = node.parent
        for agency in self._document.tree:
            for year in agency.years:
                if node.kind == "year" and year.id == node.id:
                    return year.year
        place = self._place_on_screen() if node.kind == "root" else None
        return place[1].year if place else None

    def _place_on_screen(self) -> tuple[AgencyNode, YearNode] | None:
        """Where the table on the screen stands, for a tree in which nothing is current."""
        shown = self._document.shown
        here = None if shown is None else shown.table_id
        for agency in self._document.tree:
            for year in agency.years:
                if any(entry.id == here for entry in year.tables):
                    return agency, year
        return None

    def _tell(self, message: str) -> None:
        self._bench.tell(message)

    def _show_skipped(self, title: str, skipped: Sequence[str]) -> None:
        if skipped:
            headline = f"{len(skipped)} 张表没有改动："
            self.details = DetailsDialog(title, headline, skipped, self._bench.frame)
            self.details.open()
