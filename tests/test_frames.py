"""Ordinary ways of saying one thing, sentence by sentence (fixtures/frames.toml): most that an investigator may write for
"the Council will pay" and the like, whatever stands around it.
"""

import tomllib
from decimal import Decimal
from pathlib import Path

import made_up
import pytest

FRAMES = tomllib.loads((Path(__file__).parent / "fixtures" / "frames.toml").read_text("utf-8"))


def _read(sentence, heading="Agreed action"):
    return made_up.small(findings=["This was fault."], action=[sentence], heading=heading)


def _payments(decision):
    return [r for r in decision.remedies if r.kind.startswith("financial")]


def _faults(sentence):
    decision = made_up.small(findings=[sentence])
    return [f.fault for f in decision.fault_findings if decision.text[f.evidence.start : f.evidence.end] in sentence]


@pytest.mark.parametrize("sentence", FRAMES["agreed"])
def test_agreed(sentence):
    assert [(r.amount, r.status) for r in _payments(_read(sentence))] == [(Decimal(100), "agreed")]


@pytest.mark.parametrize("sentence", FRAMES["recommended"])
def test_recommended(sentence):
    paid = _payments(_read(sentence, "Recommended action"))
    assert [(r.amount, r.status) for r in paid] == [(Decimal(100), "recommended")]


@pytest.mark.parametrize("frame", FRAMES["frames"])
def test_every_action_in_a_frame(frame):
    found = {}
    for kind, action in FRAMES["actions"].items():
        decision = _read(frame.format(b=action))
        found[kind] = [r.kind for r in decision.remedies] + [i.kind for i in decision.procedural_improvements]
    assert found == {kind: [kind] for kind in FRAMES["actions"]}


@pytest.mark.parametrize(("sentence", "due"), FRAMES["due"].items())
def test_by_when(sentence, due):
    assert [r.deadline for r in _payments(_read(sentence))] == [due or None]


@pytest.mark.parametrize(("sentence", "total"), FRAMES["totals"].items())
def test_how_much(sentence, total):
    assert _read(sentence).remedy_total == total


@pytest.mark.parametrize("sentence", FRAMES["fault"])
def test_fault(sentence):
    assert _faults(sentence)[-1:] == [True]


@pytest.mark.parametrize("sentence", FRAMES["no_fault"])
def test_no_fault(sentence):
    assert _faults(sentence)[-1:] == [False]


@pytest.mark.parametrize("sentence", FRAMES["no_finding"])
def test_no_finding(sentence):
    assert _faults(sentence) == []


@pytest.mark.parametrize("sentence", FRAMES["no_payment"])
def test_no_payment(sentence):
    assert _payments(_read(sentence)) == []


def _kinds(decision):
    return [r.kind for r in decision.remedies] + [i.kind for i in decision.procedural_improvements]


@pytest.mark.parametrize(("sentence", "kind"), FRAMES["passives"].items())
def test_passive(sentence, kind):
    assert _kinds(_read(sentence)) == [kind]


@pytest.mark.parametrize("sentence", FRAMES["notices"])
def test_notice(sentence):
    assert _kinds(_read(sentence)) == []


@pytest.mark.parametrize(("item", "kind"), FRAMES["items"].items())
def test_item_with_no_verb(item, kind):
    assert _kinds(made_up.agreed(item, findings=["This was fault."])) == [kind]
