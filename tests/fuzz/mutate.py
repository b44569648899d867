"""Ways to spoil a file, each told by a random generator only, so that a seed brings it back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

_TAG = re.compile(rb"<[^<>!?/][^<>]*>")
_VALUE = re.compile(rb'="([^"<>]*)"')
_TEXT = re.compile(rb">([^<>]+)<")
_ODD_VALUES = (
    b"", b"0", b"-1", b"1", b"99999999999", b"1048576", b"16384", b"1e309", b"NaN", b"XFD1048576",
    b"A1:XFD1048576", b"A0", b"true", b"restart", "产出指标".encode(), b"C7:A2", b"2", b"5",
)  # fmt: skip
_ODD_TEXTS = (
    b"", b"-1", b"99999999999999999999", b"1E+308", b"&amp;lt;p&amp;gt;", b"&#x202E;", b"&#0;",
    "≥".encode() * 200, "（".encode() * 300, "一级指标".encode(), "二级指标".encode(),
    "合计".encode(), "项目名称：".encode() * 20, "2026年".encode(), "万元".encode(), b" " * 400,
    "指标值".encode(), "序号".encode(), b"95%", "①②③".encode(), "年度目标".encode(),
)  # fmt: skip


def spoil(content: bytes, rng: Random) -> bytes:
    """A file with one to three things wrong in it."""
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        ways = [*_PLAIN, *_MARKUP]
        if content.startswith(b"PK"):
            ways = [_flip, _cut, *[_inside] * 6, _swap_parts, _drop_part, _double_part]
        content = rng.choice(ways)(content, rng)
    return content


def _flip(content: bytes, rng: Random) -> bytes:
    spoiled = bytearray(content)
    for _ in range(rng.randint(1, 8) if spoiled else 0):
        spoiled[rng.randrange(len(spoiled))] ^= 1 << rng.randrange(8)
    return bytes(spoiled)


def _cut(content: bytes, rng: Random) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def _gap(content: bytes, rng: Random) -> bytes:
    """Some bytes out of the middle are missing, doubled or zero."""
    start = rng.randrange(len(content) + 1)
    end = start + rng.choice((1, 2, 4, 16, 128, 512, 4096))
    piece = content[start:end]
    return content[:start] + rng.choice((b"", piece * 2, bytes(len(piece)))) + content[end:]


def _number(content: bytes, rng: Random) -> bytes:
    """One binary number becomes extreme."""
    if len(content) < 8:
        return content
    place = rng.randrange(len(content) - 4)
    odd = rng.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\1\0", b"\xff\xff"))
    return content[:place] + odd + content[place + len(odd) :]


def _inside(content: bytes, rng: Random) -> bytes:
    """The same package with one of its parts spoiled, the sheets and documents more often."""
    parts = _parts(content)
    names = [name for name in parts if parts[name]]
    if not names:
        return content
    bodies = [n for n in names if re.search(r"sheet\d+\.|document\.xml|content\.xml|Strings", n)]
    name = rng.choice(bodies) if bodies and rng.random() < 0.7 else rng.choice(names)
    markup = parts[name].lstrip()[:1] == b"<"
    parts[name] = rng.choice(_MARKUP if markup and rng.random() < 0.9 else _PLAIN)(parts[name], rng)
    return _packed(parts)


def _swap_parts(content: bytes, rng: Random) -> bytes:
    parts = _parts(content)
    if len(parts) > 1:
        one, two = rng.sample(sorted(parts), 2)
        parts[one], parts[two] = parts[two], parts[one]
    return _packed(parts)


def _drop_part(content: bytes, rng: Random) -> bytes:
    parts = _parts(content)
    if parts:
        del parts[rng.choice(sorted(parts))]
    return _packed(parts)


def _double_part(content: bytes, rng: Random) -> bytes:
    """A package with two parts of one name, the second of them spoiled."""
    parts = _parts(content)
    if not parts:
        return content
    name = rng.choice(sorted(parts))
    return _packed(parts, (name, _flip(parts[name], rng)))


def _parts(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return {name: package.read(name) for name in package.namelist()}
    except Exception:  # noqa: BLE001 - spoiled before: there is nothing more to take apart
        return {}


def _packed(parts: dict[str, bytes], *more: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in [*parts.items(), *more]:
            package.filelist = [info for info in package.filelist if info.filename != name]
            package.NameToInfo.pop(name, None)
            # A name alone would be dated with the clock, and a seed bring another file each time.
            info = zipfile.ZipInfo(name)
            package.writestr(info, content, zipfile.ZIP_DEFLATED, compresslevel=1)
    return stream.getvalue()


def _odd_value(content: bytes, rng: Random) -> bytes:
    return _replaced(content, _VALUE, rng, _ODD_VALUES)


def _odd_text(content: bytes, rng: Random) -> bytes:
    return _replaced(content, _TEXT, rng, _ODD_TEXTS)


def _replaced(
    content: bytes, what: re.Pattern[bytes], rng: Random, odd: tuple[bytes, ...]
) -> bytes:
    """Some of what a pattern finds in its group replaced by odd values, or by each other."""
    found = list(what.finditer(content))
    for match in sorted(rng.sample(found, min(len(found), rng.randint(1, 4))), key=_start)[::-1]:
        new = rng.choice(odd) if rng.random() < 0.7 else rng.choice(found)[1]
        content = content[: match.start(1)] + new + content[match.end(1) :]
    return content


def _start(match: re.Match[bytes]) -> int:
    return match.start()


def _move_tags(content: bytes, rng: Random) -> bytes:
    """A tag is dropped, doubled, or put where another was."""
    found = list(_TAG.finditer(content))
    if not found:
        return content
    one, other = rng.choice(found), rng.choice(found)
    new = rng.choice((b"", one[0] * 2, other[0]))
    return content[: one.start()] + new + content[one.end() :]


def _nest(content: bytes, rng: Random) -> bytes:
    """Something between two tags is doubled, deep or often."""
    found = list(_TAG.finditer(content))
    if len(found) < 2:
        return content
    start = rng.randrange(len(found) - 1)
    end = min(len(found) - 1, start + rng.randint(1, 12))
    piece = content[found[start].start() : found[end].start()]
    place = found[start].start()
    return content[:place] + piece * rng.choice((1, 3, 40)) + content[place:]


_PLAIN: tuple[Callable[[bytes, Random], bytes], ...] = (_flip, _cut, _gap, _number)
# Most leave the markup whole, so that what is odd comes through to recognition.
_MARKUP: tuple[Callable[[bytes, Random], bytes], ...] = (
    *[_odd_value] * 5, *[_odd_text] * 8, _move_tags, _nest, _nest, _flip, _gap, _cut,
)  # fmt: skip
