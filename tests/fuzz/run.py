"""Spoiled files through the whole reading: sniffed, read, recognised, their forms chosen.

Whatever is in a file, there is a reading or a refusal in Chinese, in a short time.
"""

from __future__ import annotations

import time
import traceback
from functools import cache
from pathlib import Path
from random import Random

from jixiao.app.forms.at_hand import FormLibrary
from jixiao.app.importing.drafts import read_draft
from jixiao.app.importing.sources import open_sources
from jixiao.model.errors import RefusedFileError
from tests.fuzz.mutate import spoil

DATA = Path(__file__).parents[1] / "data"
_LARGEST = 120_000
SLOW = 5.0
"""Seconds of the processor that no file of this size may take."""


@cache
def samples() -> list[Path]:
    """The drafts, and twice, since they are few, rarer kinds of files."""
    drafts = sorted((DATA / "drafts").iterdir())
    others = [*sorted((DATA / "files").iterdir()), *sorted((DATA / "truth").iterdir())[:2]]
    files = [path for path in drafts if path.suffix != ".json"] + others * 2
    return [path for path in files if path.stat().st_size < _LARGEST]


@cache
def _content(path: Path) -> bytes:
    return path.read_bytes()


@cache
def _forms() -> FormLibrary:
    return FormLibrary([])


def make(seed: int, folder: Path) -> Path:
    """The file of a seed, written into a folder."""
    rng = Random(seed)
    sample = rng.choice(samples())
    path = folder / sample.name
    path.write_bytes(spoil(_content(sample), rng))
    return path


def try_seed(seed: int, folder: Path) -> tuple[str, str]:
    """What became of the file of a seed: "read", "refused" or "failed", and what is to be told."""
    path = make(seed, folder)
    start = time.process_time()
    try:
        with open_sources([path]) as sources:
            for source in sources:
                if not source.reason:
                    read_draft(_forms(), source.path, source.name.name)
        outcome = "read", ""
    except RefusedFileError as error:
        text = str(error)
        sound = text and "\n" not in text and any("\u4e00" <= char <= "\u9fff" for char in text)
        outcome = ("refused", "") if sound else ("failed", f"no message: {text!r}")
    except Exception:  # noqa: BLE001 - that is what is looked for
        outcome = "failed", traceback.format_exc()
    finally:
        path.unlink()
    taken = time.process_time() - start
    if taken > SLOW and outcome[0] != "failed":
        return "failed", f"took {taken:.1f} s"
    return outcome
