"""Tables under another year or agency: a corrected year, two agencies that are one, a move."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from jixiao.app import regroup
from jixiao.gui.dialog_parts import ask
from jixiao.gui.tree.dialogs import UNKNOWN_AGENCY, MoveDialog, is_year
from jixiao.gui.tree.nodes import Node
from jixiao.gui.tree.work import TreeWork
from jixiao.gui.workbench import Workbench
from jixiao.model.tree import AgencyNode

_WORDS = re.compile(r"[年度\s]+$")


class RegroupActions(QObject):
    """What a window does to put tables under another year or agency."""

    def __init__(self, bench: Workbench, work: TreeWork) -> None:
        super().__init__(bench.frame)
        self._bench = bench
        self._document = bench.document
        self._work = work
        self.question: QMessageBox | None = None
        self.dialog: MoveDialog | None = None
        bench.frame.tree_model.agency_wanted.connect(self.move_to_agency)

    # Years

    def rename_year(self, node: Node, text: str) -> None:
        """Make a year another one; asks when the agency has that year already."""
        text = _WORDS.sub("", text)
        number = "" if text == "未定" else text
        if not is_year(number):
            self._tell("年度要写四位数字，例如 2026；不知道年度就写“未定”。")
            return
        year = int(number) if number else None
        if number == node.name:
            return
        taken = regroup.year_taken(self._document.tree, node.id, year)
        if taken is None or not node.tables:  # an empty one leaves nothing to ask about
            self.change_year(node.id, year)
            return
        there, agency = taken
        what = f" {year} 年度" if year else "“年度未定”"
        self.question = ask(
            self._bench.frame,
            "改年度",
            f"“{agency.name or UNKNOWN_AGENCY}”已经有{what}，里面有 {len(there.tables)} 张表。\n"
            f"把这里的 {len(node.tables)} 张表并进去吗？",
            "并进去",
            lambda: self.change_year(node.id, year),
        )

    def change_year(self, year_id: int, year: int | None) -> None:
        """Give a year another number; its tables follow."""
        ids = next(
            (
                [entry.id for entry in node.tables]
                for agency in self._document.tree
                for node in agency.years
                if node.id == year_id
            ),
            [],
        )
        follow = f"，{len(ids)} 张表跟着改了" if ids else ""
        self._work.act(
            lambda session: regroup.change_year(session, year_id, year),
            lambda _: f"年度改为{year or '“未定”'}{follow}。",
            lambda _: ("year", [year_id]),
        )

    # Agencies

    def offer_merge(self, agency: AgencyNode, name: str) -> bool:
        """Ask whether to merge when another agency has this name; False when none has."""
        into = next((a for a in self._document.tree if a.name == name and a.id != agency.id), None)
        if into is None:
            return False
        count = sum(len(year.tables) for year in agency.years)
        self.question = ask(
            self._bench.frame,
            "单位改名",
            f"已经有单位“{name}”。\n"
            f"把“{agency.name or UNKNOWN_AGENCY}”的 {count} 张表并进去吗？"
            "表里的填报单位会跟着改。",
            "并进去",
            lambda: self.merge(agency.id, into),
        )
        return True

    def merge(self, agency_id: int, into: AgencyNode) -> None:
        """Put all tables of an agency under another one."""
        self._work.act(
            lambda session: regroup.merge_agency(session, agency_id, into.id),
            lambda _: f"已并入“{into.name or UNKNOWN_AGENCY}”。",
            lambda _: ("agency", [into.id]),
        )

    # Tables

    def move_elsewhere(self) -> None:
        """Ask for the agency and year under which the selected tables go."""
        ids = self._work.chosen()
        agency, year = self._place_of(ids[0]) if ids else ("", None)
        names = [node.name or UNKNOWN_AGENCY for node in self._document.tree]
        dialog = self.dialog = MoveDialog(
            names, len(ids), agency=agency or UNKNOWN_AGENCY, year=year, parent=self._bench.frame
        )
        dialog.accepted.connect(lambda: self.move_tables(ids, *dialog.place()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def move_tables(self, ids: Sequence[int], agency: str, year: int | None) -> None:
        """Put tables under an agency and year, both made when missing."""
        self._work.act(
            lambda session: regroup.move_to(session, ids, agency, year),
            lambda _: f"移动了 {len(ids)} 张表。",
            lambda _: ("table", ids),
        )

    def move_to_agency(self, ids: Sequence[int], agency_id: int) -> None:
        """Put tables under an agency, each in its own year."""
        self._work.act(
            lambda session: regroup.move_to_agency(session, ids, agency_id),
            lambda _: f"移动了 {len(ids)} 张表。",
            lambda _: ("table", ids),
        )

    def _place_of(self, table_id: int) -> tuple[str, int | None]:
        for agency in self._document.tree:
            for year in agency.years:
                if any(entry.id == table_id for entry in year.tables):
                    return agency.name, year.year
        return "", None

    def _tell(self, message: str) -> None:
        self._bench.tell(message)
