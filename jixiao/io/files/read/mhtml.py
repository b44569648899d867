"""Web archives (.mht, also named .doc or .xls): the pages in them, as Office and browsers save."""

from __future__ import annotations

import email
import email.policy
from email.message import Message
from pathlib import Path

from jixiao.io.files.read.cells import TOO_LARGE
from jixiao.io.files.read.html import grids_of_html
from jixiao.io.files.read.package import DAMAGED, MB
from jixiao.io.files.read.text import decode
from jixiao.io.paper.page.grid import Grid
from jixiao.model.errors import RefusedFileError

_MAX_FILE = 20 * MB
_MAX_PAGES = 200
_MAX_PARTS = 2_000


def read_mhtml(path: Path) -> list[Grid]:
    """The tables of every page in the archive, one Grid a page.

    Raises:
        RefusedFileError: damaged, too large.
    """
    if path.stat().st_size > _MAX_FILE:
        raise RefusedFileError(TOO_LARGE)
    data = path.read_bytes()
    if data.count(b"\n--") > _MAX_PARTS:
        raise RefusedFileError(TOO_LARGE)
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        pages = [_content(part) for part in message.walk() if _is_page(part)]
    except (LookupError, RecursionError, TypeError, ValueError) as error:
        raise RefusedFileError(DAMAGED) from error
    grids = [grid for page in pages[:_MAX_PAGES] for grid in grids_of_html(decode(page))]
    if sum(len(grid.cells) for grid in grids) > _MAX_PAGES * 1000:
        raise RefusedFileError(TOO_LARGE)
    return grids


def _is_page(part: Message) -> bool:
    return part.get_content_type() == "text/html" and not part.is_multipart()


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
