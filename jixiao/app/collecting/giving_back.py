"""Giving tables back: what was returned, one exchange file for each agency."""

from __future__ import annotations

import re
from pathlib import Path

from jixiao.app.progress import Progress, silent
from jixiao.app.session import Session
from jixiao.io.files.exchange import dump_tables
from jixiao.io.files.write.safe_write import write_bytes
from jixiao.model.errors import KnownError
from jixiao.model.schema import RETURNED
from jixiao.model.tree import AgencyNode

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 60


def write_returned(session: Session, folder: Path, progress: Progress = silent) -> list[Path]:
    """Write all tables that are 退回, with their notes, one exchange file for each agency.

    Args:
        session: The open book.
        folder: Where to; made when it does not exist. Files of the same names are replaced.
        progress: Told of each agency.

    Returns:
        The files, in the order of the tree.

    Raises:
        KnownError: No table is 退回, or a file cannot be written.
        CancelledError: From ``progress``; the files written so far stay.
    """
    by_agency = [(agency, _returned(agency)) for agency in session.book.tree()]
    wanted = [(agency, ids) for agency, ids in by_agency if ids]
    if not wanted:
        raise KnownError("没有状态是“退回”的表。先写退回意见，或把表标为“退回”。")
    files: list[Path] = []
    for number, (agency, ids) in enumerate(wanted):
        progress(number, len(wanted), agency.name)
        tables = [table for _, table in session.book.tables(ids)]
        path = folder / f"{_stem(agency, files)}.json"
        write_bytes(path, dump_tables(tables, [RETURNED] * len(tables)).encode())
        files.append(path)
    progress(len(wanted), len(wanted), "")
    return files


def _returned(agency: AgencyNode) -> list[int]:
    return [e.id for year in agency.years for e in year.tables if e.state == RETURNED]


def _stem(agency: AgencyNode, taken: list[Path]) -> str:
    """退回 and the name of the agency, as every system can store it, each only once."""
    name = _FORBIDDEN.sub("", agency.name).strip(" .")[:_LONGEST] or "单位未定"
    stem, count = f"退回 {name}", 1
    stems = {path.stem.casefold() for path in taken}
    while stem.casefold() in stems:
        count += 1
        stem = f"退回 {name}({count})"
    return stem
