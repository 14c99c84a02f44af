"""How often patterns fire and decide."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import language, patterns, stages
from pipeline.cli import app
from pipeline.coverage import CoverageError, coverage, watching

GOLD = Path(__file__).parent / "gold"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Three decisions, one of them twice in other layouts, and a file that is none."""
    folder = tmp_path_factory.mktemp("corpus")
    for path in sorted((GOLD / "set1").glob("*.txt"))[:3]:
        shutil.copy(path, folder)
    (folder / "z.txt").write_text("\n\n" + path.read_text())
    (folder / "list.txt").write_text("A shopping list.\n")
    (folder / "notes.doc").write_text("")
    return folder


@pytest.fixture(scope="module")
def found(corpus):
    return coverage(corpus)


def test_each_decision_counts_once(found):
    assert (found.decisions, found.unread) == (3, 1)
    assert all(use.fires_in <= 3 and use.decides_in <= 3 for use in found.uses.values())


def test_every_pattern_is_there(found):
    ids = [pattern.id for pattern in patterns.every()]
    assert list(found.uses)[: len(ids)] == ids and found.uses["body.nhs"].subject == "bodies"


def test_decides_is_the_rule_of_rows(found, corpus):
    rules = Counter()
    for path in sorted(corpus.glob("[0-9]*.txt")):
        decision = stages.read_decision(path.read_text())
        items = (*decision.fault_findings, *decision.remedies, *decision.procedural_improvements)
        rules.update(item.evidence.rule for item in items)
    decided = Counter({use.id: use.decides for use in found.uses.values() if use.subject != "bodies"})
    others = Counter({rule: n for rule, n in found.other_rules.items() if not rule.startswith("council.")})
    assert +(decided + others) == rules


def test_what_decides_fires(found):
    assert all(use.fires >= use.fires_in >= 1 for use in found.uses.values() if use.decides)
    fired = {use.subject for use in found.uses.values() if use.fires}
    assert {"sections", "heading", "outcome", "findings", "actions", "payments", "deadlines"} <= fired


def test_the_same_in_any_order_and_each_time(found, corpus, tmp_path):
    for n, path in enumerate(sorted(corpus.glob("[0-9]*.txt"), reverse=True)):
        shutil.copy(path, tmp_path / f"{n}.txt")
    again = coverage(tmp_path)
    assert [(u.id, u.fires, u.fires_in, u.decides) for u in again.uses.values()] == [
        (u.id, u.fires, u.fires_in, u.decides) for u in found.uses.values()
    ]


def test_lists(found):
    text = found.to_text()
    assert f"{len(found.silent())} never fire" in text and "3 decisions, 1 files without one" in text
    assert all(use.only and use.fires for use in found.single())
    assert all(use.fires == 0 for use in found.silent())
    assert all(use.fires and not use.decides for use in found.idle())


def test_watching_sees_both_ways_of_matching_and_leaves_nothing():
    before = language.SubjectMatcher.__call__, language.expressions
    seen = []
    with watching(lambda *match: seen.append(match)):
        language.read("The Council was at fault.", "findings")
        for _, expression in language.expressions("deadlines"):
            list(expression.finditer("within four weeks of this decision"))
            assert expression.pattern
    assert (language.SubjectMatcher.__call__, language.expressions) == before
    assert any(name == "finding.at-fault" for name, *_ in seen)
    for _, text, start, end in seen:
        assert text[start:end] in ("was at fault", "at fault") or re.search("fault|within", text[start:end])
    assert any(name == "deadline.within" for name, *_ in seen)


def test_command(corpus, tmp_path):
    def ombudsman(*args):
        return CliRunner().invoke(app, ["patterns", *map(str, args)])

    result = ombudsman("--coverage", corpus)
    assert result.exit_code == 0 and "never fire" in result.stdout
    for folder, words in ((tmp_path, "no decision"), (tmp_path / "gone", "no such folder")):
        result = ombudsman("--coverage", folder)
        assert result.exit_code == 1 and words in result.stderr and result.stderr.count("\n") == 1
    assert ombudsman("--coverage", corpus, "--check").exit_code == 2


def test_no_corpus(tmp_path):
    with pytest.raises(CoverageError, match="give a folder"):
        coverage(tmp_path / "gone")
