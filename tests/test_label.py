"""Drafts of labels, and the rules of form that labels keep."""

import copy
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import label
from pipeline.cli import app
from pipeline.structure import NotADecision

HERE = Path(__file__).parent
RAW = HERE.parent / "data" / "raw"
SHARED = HERE.parents[1] / "shared" / "gold"
FEW = [path for at in ("set1", "set2", "set4") for path in sorted((HERE / "gold" / at).glob("*.txt"))[:3]]
LISTS = ("fault_findings", "remedies", "procedural_improvements")


@pytest.fixture(scope="session")
def official(shared_program):
    """The checker of the shared labels: a label's path to the faults it finds."""
    return shared_program("check_gold").faults


@pytest.fixture(scope="session")
def text():
    return FEW[0].read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def drafted(text):
    drafted = label.draft(text, "x")
    assert all(drafted[name] for name in LISTS)
    return drafted


@pytest.fixture
def gold(drafted):
    return copy.deepcopy(drafted)


def test_draft_says_that_it_is_one(gold):
    assert gold["draft"] is True and "draft" in gold["note"] and gold["id"] == "x"


@pytest.mark.parametrize("path", FEW, ids=lambda p: p.stem)
def test_drafts_keep_the_rules(path, tmp_path, request):
    shutil.copy(path, tmp_path)
    written = label.write(tmp_path / path.name)
    gold, text = json.loads(written.read_text(encoding="utf-8")), path.read_text(encoding="utf-8")
    assert label.faults(gold, text) == []
    assert list(request.getfixturevalue("official")(written)) == []


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_quotes_are_the_files_own_words(text, line_end):
    saved = "\ufeffCookies on this website\n\n" + text.replace("Council", "Coun\ufeffcil", 9)
    saved = saved.replace("\n", line_end)
    changed, plain = label.draft(saved, "x"), label.draft(text, "x")
    assert label.faults(changed, saved) == []
    for name in LISTS:
        ours, theirs = ([i["quote"] for i in gold[name]] for gold in (changed, plain))
        assert [q.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n") for q in ours] == theirs


def test_quote_that_stands_twice_says_which(gold, text):
    quote = gold["fault_findings"][-1]["quote"]
    start = text.rindex(quote)
    twice = text[:start] + quote + " " + text[start:]
    items = [i for i in label.draft(twice, "x")["fault_findings"] if i["quote"] == quote]
    assert [i.get("occurrence") for i in items] == [1, 2]


def test_no_decision():
    with pytest.raises(NotADecision):
        label.draft("A shopping list.\n", "x")


# --- the rules -----------------------------------------------------------------------------------------------------


def _first(gold, name, **values):
    gold[name][0] |= values


BREACHES = {
    "header keys": lambda g: g["header"].update(extra=1),
    "reference": lambda g: g["header"].update(case_reference="24003873"),
    "date": lambda g: g["header"].update(decision_date="18 Feb 2025"),
    "outcome": lambda g: g.update(outcome="Upheld"),
    "fault_found": lambda g: g.update(fault_found="yes"),
    "injustice_found": lambda g: g.update(injustice_found="yes"),
    "quote": lambda g: _first(g, "remedies", quote="No such words."),
    "quote twice": lambda g: _first(g, "procedural_improvements", quote="the"),
    "part": lambda g: _first(g, "fault_findings", part="action"),
    "fault": lambda g: _first(g, "fault_findings", fault=None),
    "remedy kind": lambda g: _first(g, "remedies", kind="money", amount=None),
    "remedy status": lambda g: _first(g, "remedies", status="done"),
    "remedy deadline": lambda g: _first(g, "remedies", deadline="four weeks"),
    "amount": lambda g: g["remedies"].append(g["remedies"][0] | {"kind": "apology", "amount": 1.0}),
    "total": lambda g: g.update(remedy_total=-1.0),
    "complete": lambda g: g.update(remedy_total_complete=None),
    "improvement kind": lambda g: _first(g, "procedural_improvements", kind="apology"),
    "improvement status": lambda g: _first(g, "procedural_improvements", status=None),
    "improvement deadline": lambda g: _first(g, "procedural_improvements", deadline="P3X"),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_each_breach_is_named_as_the_checker_does(gold, text, tmp_path, request, breach):
    BREACHES[breach](gold)
    faults = label.faults(gold, text)
    assert faults and all(fault.endswith(".") for fault in faults)
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    (tmp_path / "x.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    assert len(faults) == len(list(request.getfixturevalue("official")(tmp_path / "x.gold.json")))


def test_a_label_of_the_heading_alone(gold, text):
    assert label.faults({"scope": "header", "header": gold["header"]}, text) == []


def test_own_labels_keep_the_rules():
    for path in FEW:
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        assert label.faults(gold, path.read_text(encoding="utf-8")) == []


# --- the command ---------------------------------------------------------------------------------------------------


def ombudsman(*args):
    return CliRunner().invoke(app, ["label", *map(str, args)])


def test_writes_beside_the_file_and_overwrites_nothing(text, tmp_path):
    (tmp_path / "a.txt").write_text(text)
    assert ombudsman(tmp_path / "a.txt").exit_code == 0
    (tmp_path / "a.gold.json").write_text("{}")  # as a person left it
    result = ombudsman(tmp_path / "a.txt")
    assert result.exit_code == 1 and "there already" in result.stderr
    assert (tmp_path / "a.gold.json").read_text() == "{}"
    assert ombudsman(tmp_path / "a.txt", "--out", tmp_path / "b.gold.json").exit_code == 0


def test_a_page_gets_its_text_beside_the_label(tmp_path):
    page = next(RAW.rglob("22-003-428.html"))
    result = ombudsman(page, "--out", tmp_path / "p.gold.json")
    assert result.exit_code == 0 and "p.gold.json is a draft" in result.stdout
    gold = json.loads((tmp_path / "p.gold.json").read_text())
    assert gold["id"] == "p" and gold["remedies"] and label.faults(gold, (tmp_path / "p.txt").read_text()) == []


def test_fails_in_one_sentence(tmp_path, text):
    (tmp_path / "latin.txt").write_bytes(text.encode("utf-8").replace(b"Council", b"Counc\xeel", 1))
    (tmp_path / "list.txt").write_text("A shopping list.\n")
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "a.doc").write_text(text)
    (tmp_path / "a.txt").write_text(text)
    for args in (
        ["gone.txt"],
        ["latin.txt"],
        ["list.txt"],
        ["empty.pdf"],
        ["a.doc"],
        ["a.txt", "--out", "gone/x.json"],
    ):
        name, *rest = args
        result = ombudsman(tmp_path / name, *(tmp_path / a if "/" in a else a for a in rest))
        assert result.exit_code == 1, args
        assert result.stderr.startswith("Error: ") and result.stderr.count("\n") == 1
    assert not list(tmp_path.glob("*.json"))
    assert ombudsman().exit_code == 2
