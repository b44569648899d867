"""Some hundred spoiled files; ``make fuzz`` tries ten thousand."""

from tests.fuzz import run
from tests.fuzz.run import make, samples, try_seed

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


def test_a_seed_brings_its_file_back(tmp_path):
    for seed in range(20):
        assert make(seed, tmp_path).read_bytes() == make(seed, tmp_path).read_bytes()


def test_any_other_error_is_a_failure(tmp_path, monkeypatch):
    def broken(*_):
        raise KeyError("字段")

    monkeypatch.setattr(run, "read_draft", broken)
    state, told = try_seed(1, tmp_path)
    assert state == "failed"
    assert "KeyError" in told
