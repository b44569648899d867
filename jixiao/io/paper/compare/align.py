"""Which row of one list is which row of another: by what they say, not by where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Container, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from jixiao.model.checks.similar import similarity

_MOST_PAIRS = 40_000  # rows that are compared for likeness, old ones times new ones
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Face:
    """What a row is known by: its name, its category, and the rest of what it says."""

    name: str
    group: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def align(old: Sequence[Face], new: Sequence[Face]) -> dict[int, int]:
    """For each row of the new list that was in the old one: where it stood there.

    First rows that are the same, then those of the same name and category, of the same name, of
    alike names; last, in a gap between known rows, as many rows as there were of the category.
    """
    pairs = _Pairs(old, new)
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        for offset in range(block.size):
            pairs.add(block.a + offset, block.b + offset)
    pairs.add_same(lambda face: face)
    pairs.add_same(lambda face: (face.name, face.group) if face.name else None)
    pairs.add_same(lambda face: face.name or None)
    pairs.add_alike()
    pairs.add_in_gaps()
    return dict(sorted(pairs.old_of.items()))


def in_order(old_of: dict[int, int]) -> set[int]:
    """The rows of the new list that kept their order; the fewest possible others were moved."""
    # The longest increasing run of old places (patience sorting).
    tops: list[int] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    for row, place in sorted(old_of.items()):
        at = bisect_left(tops, place)
        tops[at : at + 1] = [place]
        ends[at : at + 1] = [row]
        if at:
            before[row] = ends[at - 1]
    kept: set[int] = set()
    row = ends[-1] if ends else None
    while row is not None:
        kept.add(row)
        row = before.get(row)
    return kept


class _Pairs:
    def __init__(self, old: Sequence[Face], new: Sequence[Face]) -> None:
        self._old, self._new = old, new
        self._used: set[int] = set()
        self.old_of: dict[int, int] = {}

    def add(self, old: int, new: int) -> None:
        self._used.add(old)
        self.old_of[new] = old

    def _rest(self) -> tuple[list[int], list[int]]:
        return (
            [at for at in range(len(self._old)) if at not in self._used],
            [at for at in range(len(self._new)) if at not in self.old_of],
        )

    def add_same(self, key: Callable[[Face], Hashable | None]) -> None:
        """Pair rows with the same key, in their order."""
        old, new = self._rest()
        places: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for at in old:
            places[key(self._old[at])].append(at)
        for at in new:
            found = key(self._new[at])
            if found is not None and places.get(found):
                self.add(places[found].popleft(), at)

    def add_alike(self) -> None:
        """Pair the rows that are most alike, as long as they are alike enough."""
        old, new = self._rest()
        if len(old) * len(new) > _MOST_PAIRS:
            return
        scores = [
            (-score, abs(one - other), one, other)
            for one in old
            for other in new
            if (score := _likeness(self._old[one], self._new[other])) >= _ALIKE
        ]
        for _, _, one, other in sorted(scores):
            if one not in self._used and other not in self.old_of:
                self.add(one, other)

    def add_in_gaps(self) -> None:
        """Pair what stands between the same neighbours, category by category."""
        kept = in_order(self.old_of)
        anchors = [(-1, -1), *((self.old_of[at], at) for at in sorted(kept))]
        anchors.append((len(self._old), len(self._new)))
        for (old_top, new_top), (old_end, new_end) in pairwise(anchors):
            olds = self._by_group(range(old_top + 1, old_end), self._old, self._used)
            news = self._by_group(range(new_top + 1, new_end), self._new, self.old_of)
            for group, rows in olds.items():
                if len(rows) == len(news.get(group, ())):
                    for one, other in zip(rows, news[group], strict=True):
                        self.add(one, other)

    @staticmethod
    def _by_group(
        rows: range, faces: Sequence[Face], used: Container[int]
    ) -> dict[tuple[str, ...], list[int]]:
        groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for at in rows:
            if at not in used:
                groups[faces[at].group].append(at)
        return groups


def _likeness(one: Face, other: Face) -> float:
    """From 0 to 1: the name counts most, then the rest of what the rows say, then the category."""
    stated = [pair for pair in zip(one.others, other.others, strict=False) if any(pair)]
    same = sum(first == second for first, second in stated) / len(stated) if stated else 0.0
    name = float(similarity(one.name, other.name))
    return 0.6 * name + 0.25 * same + 0.15 * (one.group == other.group)
