"""Some hundred spoiled files; ``make fuzz`` tries ten thousand."""

from tests.fuzz.run import samples, try_seed

SEEDS = range(500)


def test_spoiled_files_are_read_or_refused(tmp_path):
    outcomes = {seed: try_seed(seed, tmp_path) for seed in SEEDS}
    failed = [
        f"seed {seed}: {told}" for seed, (state, told) in outcomes.items() if state == "failed"
    ]
    assert not failed, "\n".join(failed)
    states = [state for state, _ in outcomes.values()]
    assert min(states.count("read"), states.count("refused")) > len(states) // 10


def test_samples_of_every_kind_are_spoiled():
    kinds = {path.suffix for path in samples()}
    assert kinds >= {".xlsx", ".docx", ".xls", ".doc", ".ods", ".html", ".json"}
