"""Running a command as a user does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from jixiao.cli import main


@dataclass(frozen=True)
class Result:
    """What a command left: exit status, standard output, the lines of standard error."""

    status: int
    out: str
    lines: list[str]

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def tables(self) -> list[dict[str, Any]]:
        """The tables of a dump."""
        return self.json["tables"]


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Calls the command line with arguments of any kind that ``str`` takes."""

    def command(*arguments: object) -> Result:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err.splitlines())

    return command


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Where a book may be made: a folder with a blank and Chinese in its name."""
    folder = tmp_path / "绩效 目标"
    folder.mkdir()
    return folder / "账本.jxb"
