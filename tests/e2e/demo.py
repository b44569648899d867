"""The main job without a window: drafts → book → checks → Word and Excel.

``python -m tests.e2e.demo FOLDER`` does it with the sample drafts and says in Chinese what it does.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from jixiao.cli import DONE, FOUND_ERRORS, main

DRAFTS = Path(__file__).parents[1] / "data" / "drafts"
FILES = (
    "lukou2026-all.xlsx",
    "lukougov2026-*.xlsx",
    "hetang2024-*.xlsx",
    "lunan2025-project-*.xlsx",
    "shifeng2023-all.docx",
)
"""Each table once: 17 tables of five units, from workbooks and a Word document."""


def demo(folder: Path) -> int:
    """Walk through the main job; what it makes lies in ``folder``.

    Returns:
        0 when every step did its work; findings of the check are no failure.
    """
    book = folder / "演示.jxb"
    book.unlink(missing_ok=True)
    drafts = [str(path) for pattern in FILES for path in sorted(DRAFTS.glob(pattern))]
    steps = (
        (f"一、把 {len(drafts)} 份草稿导入账本 {book}", ["import", *drafts], (DONE,)),
        ("二、检查金额是否对得上（有问题的逐条列出）", ["check"], (DONE, FOUND_ERRORS)),
        (
            f"三、按各自的官方表样导出 Excel 和 Word 到 {folder}",
            ["export", "--out", str(folder), "--format", "xlsx,docx"],
            (DONE,),
        ),
    )
    for title, arguments, good in steps:
        _say(f"\n{title}")
        status = main([*arguments, "--book", str(book)])
        if status not in good:
            _say(f"这一步没有做成（退出码 {status}）。")
            return 1
    _say(f"\n做完了。请用 Excel、WPS 或 Word 打开 {folder} 里的文件看一看。")
    return 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def run(arguments: Sequence[str]) -> int:
    """The command: one folder."""
    folder = Path(arguments[0]) if arguments else Path("out")
    folder.mkdir(parents=True, exist_ok=True)
    return demo(folder)


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
