"""Prints the drafts with most silent cells: python -m tests.reading.worst group [number]."""

import sys
from collections import Counter

from jixiao.io.recognise import recognise
from tests.io.forms import all_labels
from tests.reading.samples import samples
from tests.reading.score import score

found = []
for sample in samples(sys.argv[1]):
    one = score(sample, recognise(sample.grids, all_labels(), sample.name))
    found.append((one.silent, sample.name, one.lines))
kinds = Counter()
for silent, name, lines in sorted(found, reverse=True):
    kinds.update(
        line.split()[1].split(".")[-1].rstrip(":") for line in lines if line.startswith("SILENT")
    )
print(kinds.most_common(20))
for silent, name, lines in sorted(found, reverse=True)[: int(sys.argv[2])]:
    print(silent, name)
    for line in [x for x in lines if x.startswith("SILENT")][: int(sys.argv[3])]:
        print("     ", line[:150])
