"""Steps on the tables of the tree: which are meant, doing it, and going to what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from jixiao.app.session import Session
from jixiao.gui.tree.filter import TreeFiltering
from jixiao.gui.workbench import Workbench
from jixiao.model.errors import KnownError

T = TypeVar("T")


class TreeWork:
    """What all commands on the tree share."""

    def __init__(self, bench: Workbench, filtering: TreeFiltering) -> None:
        self._bench = bench
        self._filtering = filtering
        self._document = bench.document
        self._tree = bench.tree

    def chosen(self) -> list[int]:
        """The selected tables, else the one on the screen."""
        shown = self._document.shown
        chosen = self._tree.chosen_tables()
        return chosen or ([shown.table_id] if shown is not None else [])

    def act(
        self,
        job: Callable[[Session], T],
        message_of: Callable[[T], str],
        select: Callable[[T], tuple[str, Sequence[int]]] | None = None,
        *,
        undo: Callable[[T], bool] = lambda _: True,
        stand_on: Sequence[tuple[str, int]] = (),
    ) -> None:
        """Do something with the book, after what is being typed; tell it, and select what came.

        ``stand_on``: where the table on the screen goes, the lines to go to, the best first.
        """
        bench, document = self._bench, self._document
        bench.view.commit()
        if document.read_only:
            bench.tell(document.refusal)
            return

        def done(result: T) -> None:
            message = message_of(result)
            if message:
                bench.status.tell(message, "撤销" if undo(result) else "", document.undo)
            kind, ids = select(result) if select is not None else ("", ())
            if stand_on and stand_on[0][0] == "table":
                kind, ids = "table", [stand_on[0][1]]
            then = ids[0] if kind == "table" and ids else None
            document.reload(then, first=not stand_on)
            for place, one in reversed(stand_on):  # the agency, the year if it is still there
                self.select(place, [one], hidden=True)
            if ids:
                self.select(kind, ids)

        def failed(error: KnownError) -> None:
            bench.tell(str(error))
            document.reload()

        document.run(job, done, failed)

    def select(self, kind: str, ids: Sequence[int], *, hidden: bool = False) -> None:
        """Select lines of the tree, after the jobs that bring them; ``hidden`` ones may stay so."""
        bench = self._bench

        def go(_: object) -> None:
            if not hidden and self._filtering.reveal(kind, ids):
                message = f"{bench.status.message_label.text()}已清除筛选。"
                bench.tell(message, undo=True)
            found = [bench.frame.tree_model.find(kind, node_id) for node_id in ids]
            indexes = [index for index in found if index.isValid()]
            if indexes:
                bench.tree.select_quietly(indexes)

        run = bench.document.run  # twice: the page that a reload brings selects its own line
        run(lambda _: None, lambda _: run(lambda _: None, go))
