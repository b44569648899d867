"""Writes the notices of other people's work in a package folder, from what is really in it.

    notices.py FOLDER    writes FOLDER/THIRD-PARTY-NOTICES.txt

A Python distribution belongs to the folder when one of its modules or files is in it; a library
of the system is traced to the system's package. What cannot be traced is named, and is an error.
"""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

NAME = "THIRD-PARTY-NOTICES.txt"
OWN = "jixiao"
TEXTS = Path(__file__).parent / "licences"
WITHOUT_TEXT = {"Lesser General Public License v3": ("LGPL-3.0.txt", "GPL-3.0.txt")}
"""Terms that some wheels name without bringing them."""

COMMON = re.compile(r"/usr/share/common-licenses/([\w.-]*\w)")
LONGEST_LINE = 100
LICENCE_FILE = re.compile(r"(^|[/-])(licen[sc]e|copying|notice|copyright|authors)", re.IGNORECASE)
LIBRARY = re.compile(r"\.(so|dll|pyd|dylib)(\.|$)", re.IGNORECASE)
OF_PYTHON = re.compile(
    r"^(lib)?python\d|^base_library\.zip$|lib-dynload/"
    r"|^(python3|vcruntime|msvcp|ucrtbase|api-ms-win|libffi|libcrypto|libssl|sqlite3)[^/]*\.dll$"
    r"|^_?[a-z_0-9]+\.pyd$",
    re.IGNORECASE,
)
HEAD = """\
Other people's work in this program
第三方组件声明

This program (绩效目标表编辑器) is under the MIT licence, see LICENSE. It is handed over together
with the works below, each under its own terms, which follow.

Qt and PySide6 are used under the GNU Lesser General Public License, version 3. They are the
shared libraries in the folder _internal/PySide6 and _internal/shiboken6: whoever has this folder
may put versions of their own in their place.
"""


@dataclass(frozen=True)
class Notice:
    """A work in the folder: its name with version, its licence in a word, and the terms."""

    name: str
    licence: str
    texts: tuple[str, ...]


def main() -> None:
    folder = Path(sys.argv[1])
    unknown = write(folder)
    if unknown:
        sys.exit("这些文件查不到出处：\n" + "\n".join(unknown))


def write(folder: Path) -> list[str]:
    """Write the notices; returns the files whose origin is not known."""
    files = {
        path.relative_to(folder / "_internal").as_posix()
        for path in (folder / "_internal").rglob("*")
        if path.is_file()
    }
    modules = set(modules_in(folder))
    notices = [python_notice()]
    for distribution in importlib.metadata.distributions():
        own = {str(file).replace("\\", "/") for file in distribution.files or ()}
        if is_in(own, files, modules) or distribution.name.lower() == "pyinstaller":
            notices.append(notice_of(distribution))
            names = {file.rpartition("/")[2] for file in own}
            files = {file for file in files if file.rpartition("/")[2] not in names}
    rest = [f for f in files if not f.startswith(f"{OWN}/") and LIBRARY.search(f)]
    rest = [f for f in rest if not OF_PYTHON.search(f)]
    packages, unknown = system_packages(rest)
    notices += [system_notice(package) for package in packages]
    notices = [notice for notice in notices if not notice.name.startswith(f"{OWN} ")]
    text = "\n".join([HEAD, contents(notices), *map(chapter, notices)])
    text = "\n".join([text, *map(chapter, common_licences(text))])
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")
    print(f"{NAME}：{len(notices)} 个组件。")
    return [*unknown, *(notice.name for notice in notices if not notice.texts)]


def modules_in(folder: Path) -> Iterator[str]:
    """The names of the modules packed into the program."""
    from PyInstaller.archive.readers import CArchiveReader

    for program in (folder / OWN, folder / f"{OWN}.exe"):
        if program.is_file():
            archive = CArchiveReader(str(program))
            yield from archive.open_embedded_archive("PYZ.pyz").toc


def is_in(own: Iterable[str], files: set[str], modules: set[str]) -> bool:
    """True when a file of a distribution lies in the folder, or a module of it in the program."""
    for name in own:
        if name in files and ".dist-info/" not in name:
            return True
        if name.endswith(".py") and not name.startswith(".."):
            module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            if module in modules:
                return True
    return False


def notice_of(distribution: importlib.metadata.Distribution) -> Notice:
    data = distribution.metadata
    classifiers = [c for c in data.get_all("Classifier") or () if c.startswith("License ::")]
    licence = data.get("License-Expression") or "; ".join(
        classifier.rpartition(" :: ")[2] for classifier in classifiers
    )
    licence = licence or (data.get("License") or "").strip().partition("\n")[0]
    texts = [
        Path(str(distribution.locate_file(file))).read_text(encoding="utf-8", errors="replace")
        for file in distribution.files or ()
        if ".dist-info/" in str(file) and LICENCE_FILE.search(str(file).partition("dist-info/")[2])
    ]
    for words, names in WITHOUT_TEXT.items():
        if not texts and words in licence:
            texts = [(TEXTS / name).read_text(encoding="utf-8") for name in names]
    return Notice(f"{distribution.name} {distribution.version}", licence, tuple(texts))


def python_notice() -> Notice:
    version = sys.version.partition(" ")[0]
    short = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    places = (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(f"/usr/share/doc/{short}/copyright"),
        Path(f"/usr/share/doc/lib{short}-minimal/copyright"),
    )
    texts = [place.read_text(encoding="utf-8") for place in places if place.exists()]
    return Notice(f"Python {version}", "Python Software Foundation License", tuple(texts[:1]))


def system_packages(files: Iterable[str]) -> tuple[list[str], list[str]]:
    """The packages of Debian or its relatives that libraries come from, and those of none."""
    wanted = {file.rpartition("/")[2]: file for file in sorted(files)}
    if not wanted or shutil.which("dpkg-query") is None:
        return [], sorted(wanted.values())
    done = subprocess.run(
        ["dpkg-query", "--search", *(f"*/{name}" for name in wanted)],
        capture_output=True,
        encoding="utf-8",
        check=False,  # it fails when one of them is of no package
    )
    packages: set[str] = set()
    for line in done.stdout.splitlines():
        package, _, path = line.partition(": ")
        name = path.rpartition("/")[2]
        if wanted.pop(name, ""):
            packages.add(package.partition(":")[0])
    return sorted(packages), sorted(wanted.values())


def common_licences(text: str) -> list[Notice]:
    """The terms that notices of the system's packages only point to."""
    names = sorted(set(COMMON.findall(text)))
    paths = [Path("/usr/share/common-licenses") / name for name in names]
    return [
        Notice(path.name, "as named above", (path.read_text(encoding="utf-8"),))
        for path in paths
        if path.is_file()
    ]


def system_notice(package: str) -> Notice:
    done = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${Version}\n", package],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    path = Path(f"/usr/share/doc/{package}/copyright")
    text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    licences = dict.fromkeys(re.findall(r"^License: *(\S.*)$", text, re.MULTILINE))
    version = done.stdout.split("\n")[0]
    return Notice(f"{package} {version}", ", ".join(licences), (text,) if text else ())


def contents(notices: Iterable[Notice]) -> str:
    lines = (f"  {notice.name}: {notice.licence or 'see below'}" for notice in notices)
    return "".join(
        (line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} …") + "\n" for line in lines
    )


def chapter(notice: Notice) -> str:
    line = "=" * 80
    return "\n".join((line, notice.name, line, "", *notice.texts))


if __name__ == "__main__":
    main()
