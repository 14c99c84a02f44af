"""The bench: its corpus is always the same, reads like decisions, and the figures are what was measured."""

import json
import statistics
from itertools import islice

import pytest
from typer.testing import CliRunner

from pipeline import bench, reading
from pipeline.cli import app
from pipeline.stages import read_decision


def some(count, seed=1):
    return list(islice(bench.decisions(seed), count))


def test_the_same_seed_makes_the_same_decisions():
    assert some(20) == some(20) != some(20, seed=2)
    assert len({name for name, _ in some(500)}) == 500


def test_lengths_are_those_of_decisions():
    lengths = [len(text) for _, text in some(400)]
    assert 8_000 < statistics.mean(lengths) < 14_000
    assert min(lengths) < 5_000 and max(lengths) > 25_000


def test_they_read_like_decisions_and_have_something_to_find():
    read = [read_decision(reading.read(text.encode(), name[name.rindex(".") :])) for name, text in some(60)]
    assert {decision.layout for decision in read} == {"numbered", "compact", "plain"}
    assert {decision.outcome for decision in read} == {"upheld", "not_upheld", "closed_after_initial_enquiries"}
    assert all(decision.case_reference and decision.decision_date and decision.summary for decision in read)
    upheld = [decision for decision in read if decision.outcome == "upheld"]
    assert sum(len(d.remedies) > 0 and len(d.fault_findings) > 1 for d in upheld) > 0.9 * len(upheld)


def test_words_go_on_being_new():
    """A string store that grows with the corpus shows."""
    first, second = set(), set()
    for n, (_, text) in enumerate(some(400)):
        (first if n < 200 else second).update(text.split())
    assert len(second - first) > 1_000


def test_figures(tmp_path):
    pytest.importorskip("psutil")
    to = tmp_path / "figures.json"
    result = CliRunner().invoke(app, ["bench", "12", "--repeats", "1", "--workers", "1", "--json", str(to)])
    assert result.exit_code == 0, result.output
    figures = json.loads(to.read_text())
    assert figures["decisions"] == 12 and figures["unchanged"]["extracted"] == 0 and figures["new"]["extracted"] == 10
    one, tokenizer = figures["workers_1"], figures["tokenizer"]
    assert figures["ratio_to_tokenizer"] == pytest.approx(one["seconds"] / tokenizer["seconds"])
    assert one["decisions_a_second"] == pytest.approx(12 / one["seconds"])
    assert one["peak_mebibytes"] > tokenizer["peak_mebibytes"] > 30
    assert set(figures["stages"]) >= {"read", "structure", "s3_findings", "record"}
    for line in ("12 decisions", "ratio to the tokenizer", "again, unchanged", "s4_actions"):
        assert line in result.stdout


def test_a_measurement_that_fails_says_so(tmp_path):
    pytest.importorskip("psutil")
    with pytest.raises(bench.BenchError, match=r"'tokenize' ended with code 1: FileNotFoundError"):
        bench._measured("tokenize", tmp_path / "nowhere")
