"""The bench: its corpus is always the same, reads like decisions, and the figures are what was measured."""

import json
import random
import re
import statistics
from itertools import islice
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import bench, reading, structure
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


def growth(texts, marks):
    """How many distinct words there are at each of the marks, in running words."""
    seen, count, marks = set(), 0, list(marks)
    for text in texts:
        words = text.split()
        while marks and count + len(words) >= marks[0]:
            at = marks.pop(0) - count
            yield len(seen.union(words[:at]))
        if not marks:
            return
        seen.update(words)
        count += len(words)


def test_the_vocabulary_grows_as_that_of_labelled_decisions():
    """Those of tests/gold have about 7,900, 15,700 and 20,400 words at these marks, written by more hands than an
    ombudsman has, and those of the first thousand had 19,300, and so by Heaps’ law 67,500 later.
    """
    paths = sorted((Path(__file__).parent / "gold").glob("*/*.txt"))
    random.Random(1).shuffle(paths)
    marks = 100_000, 400_000, 690_000
    real = growth((path.read_text("utf-8") for path in paths), marks)
    *first, later = growth((text for _, text in bench.decisions()), (*marks, 10_000_000))
    assert first == [pytest.approx(words, rel=0.2) for words in real]
    assert 60_000 < later < 75_000


def test_the_same_words_do_not_come_again_and_again():
    """Of five words in a row, 4 in 10 are new ones among 400,000: standing paragraphs and verdicts are not."""
    words = " ".join(text for _, text in some(300)).split()[:400_000]
    assert len(words) == 400_000
    assert len(set(zip(*(words[at:] for at in range(5)), strict=False))) > 0.4 * len(words)


def test_the_file_of_sentences():
    wording = bench._wording()
    kinds = {kind: lines for kind, lines in wording.items() if kind.startswith("said_")}
    assert set(kinds) == {f"said_{kind}" for kind in ("complaint", "consideration", "law", "events", "reasoning")}
    author = bench._Author(1)
    author.decision()
    for lines in kinds.values():
        assert lines == sorted(set(lines))
        for line in lines:
            assert "{" not in (said := author.fill(line)) and len(list(structure.sentences(said, 0, len(said)))) == 1
    said = {slot for lines in wording.values() for line in lines for slot in re.findall(r"{(\w+)}", line)}
    assert said <= {*author.slots, *wording} and not set(author.slots) & set(wording)


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
