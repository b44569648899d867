"""What a user taught the importer: which column a header word names, which field a label."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jixiao.app.folders import user_folder
from jixiao.io.paper.page.clean import key as text_key
from jixiao.io.recognise import Labels
from jixiao.model.columns import COLUMNS
from jixiao.model.errors import KnownError
from jixiao.model.fields import HEADER_FIELDS, META_FIELDS

_FORMAT = "jixiao-profile"
_VERSION = 1
EXTRA = ""
"""The column of a header word that is kept as an extra column under its own words."""


@dataclass(frozen=True)
class Profile:
    """Words as they are compared (see ``jixiao.io.paper.page.clean.key``) and what they mean.

    Attributes:
        columns: By list name: header word → column; ``EXTRA`` for a column of its own.
        fields: Label → key of a header field.
    """

    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, dict[str, str]])
    fields: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def empty(self) -> bool:
        """True when nothing has been taught."""
        return not self.fields and not any(self.columns.values())

    def with_column(self, list_name: str, words: str, column: str) -> Profile:
        """The profile in which these header words name a column of a list."""
        key = text_key(words)
        columns = {**self.columns, list_name: {**self.columns.get(list_name, {}), key: column}}
        return Profile(columns, {k: v for k, v in self.fields.items() if k != key})

    def with_field(self, words: str, name: str) -> Profile:
        """The profile in which this label names a header field."""
        forgotten = self.without(words)
        return replace(forgotten, fields={**forgotten.fields, text_key(words): name})

    def without(self, words: str) -> Profile:
        """The profile without what was taught about these words."""
        key = text_key(words)
        return Profile(
            {
                name: {k: v for k, v in of_list.items() if k != key}
                for name, of_list in self.columns.items()
            },
            {k: v for k, v in self.fields.items() if k != key},
        )

    def knows(self, words: str) -> bool:
        """True when these words have been taught."""
        key = text_key(words)
        return key in self.fields or any(key in of_list for of_list in self.columns.values())


def apply_profile(labels: Labels, profile: Profile) -> Labels:
    """The labels for recognition with what a user taught; his words go first."""
    if profile.empty:
        return labels
    columns = {
        name: {**labels.columns.get(name, {}), **profile.columns.get(name, {})}
        for name in {**labels.columns, **profile.columns}
    }
    taught = {word for of_list in profile.columns.values() for word in of_list}
    fields = {key: name for key, name in labels.fields.items() if key not in taught}
    structure = labels.structure - set(profile.fields) - taught
    return replace(
        labels,
        fields={**fields, **profile.fields},
        columns=columns,
        structure=structure,
        taught=dict(profile.columns.get("indicators", {})),
        _words={},
        _memo={},
    )


def profile_path() -> Path:
    """Where the profile lies: beside the folder of the user's own forms."""
    return user_folder() / "import-profile.json"


def load_profile(path: Path | None = None) -> Profile:
    """Read the profile; an empty one where there is none, or none that can be read."""
    try:
        data = json.loads((path or profile_path()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Profile()
    return _profile(_dict(data))


def _profile(data: dict[str, Any]) -> Profile:
    """Only what this version knows: a list, column or field that is gone is passed over."""
    if data.get("format") != _FORMAT:
        return Profile()
    known = {(spec.list, spec.column) for spec in COLUMNS}
    fields = {spec.key for spec in (*META_FIELDS, *HEADER_FIELDS)}
    columns: dict[str, dict[str, str]] = {}
    for name, words in _dict(data.get("columns")).items():
        for word, column in _dict(words).items():
            if column == EXTRA or (name, column) in known:
                columns.setdefault(name, {})[word] = str(column)
    labels = _dict(data.get("fields"))
    return Profile(columns, {w: str(k) for w, k in labels.items() if k in fields})


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}  # pyright: ignore[reportUnknownVariableType]


def save_profile(profile: Profile, path: Path | None = None) -> None:
    """Write the profile, beside and then moved into place.

    Raises:
        KnownError: It cannot be written.
    """
    path = path or profile_path()
    data = {
        "format": _FORMAT,
        "version": _VERSION,
        "columns": {name: dict(words) for name, words in profile.columns.items() if words},
        "fields": dict(profile.fields),
    }
    beside = path.with_name(path.name + ".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(beside, path)  # noqa: PTH105 - over one that is there, on Windows too
    except OSError as error:
        raise KnownError(f"记不下这个对应关系：{path.parent} 不能写入。这一次仍按它读。") from error
