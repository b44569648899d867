"""Taking words away from the reader: the labels without some head and label words."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator

from jixiao.io.paper.page.clean import key as text_key
from jixiao.io.recognise import Labels
from jixiao.io.recognise.labels import variants
from tests.reading.samples import Sample


def words_of(labels: Labels) -> list[str]:
    """Every word by which a head or label is known, also those that patterns are made of."""
    found = set(labels.fields) | {own for pair in labels.contexts for own in pair}
    found |= {word for column in labels.columns.values() for word in column}
    found |= labels.structure
    found |= _pieces(labels)
    return sorted(found)


def _pieces(labels: Labels) -> set[str]:
    return {piece for some in labels.pieces.values() for piece in some}


def without(labels: Labels, words: Collection[str]) -> Labels:
    """The labels without some words, wherever they stand."""
    gone = set(words)
    return Labels(
        {k: v for k, v in labels.fields.items() if k not in gone},
        {k: v for k, v in labels.contexts.items() if not gone & set(k)},
        {n: {k: v for k, v in c.items() if k not in gone} for n, c in labels.columns.items()},
        labels.structure - gone,
        {n: tuple(p for p in some if p not in gone) for n, some in labels.pieces.items()},
    )


def at_random(labels: Labels, share: float, seed: int) -> Labels:
    """The labels without a share of their words."""
    words = words_of(labels)
    return without(labels, random.Random(seed).sample(words, round(len(words) * share)))


def where_words_stand(
    samples: Collection[Sample], labels: Labels
) -> Iterator[tuple[str, list[Sample]]]:
    """Each word with the drafts in which a cell says it."""
    told: dict[str, list[Sample]] = {}
    for sample in samples:
        keys: set[str] = set()
        for grid in sample.grids:
            for cell in grid.cells:
                if len(cell.text) <= 60:
                    own = text_key(cell.text)
                    keys.update(variants(own))
                    keys.update(v for part in own.split(":") for v in variants(part))
        for word in keys:
            told.setdefault(word, []).append(sample)
    pieces = _pieces(labels)
    for word in words_of(labels):
        if word in pieces:
            yield (
                word,
                [
                    s
                    for s in samples
                    if any(word in text_key(c.text[:60]) for g in s.grids for c in g.cells)
                ],
            )
        elif word in told:
            yield word, told[word]
