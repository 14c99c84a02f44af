"""Every value stands where it says: all rows of ../shared/gold (where that is), tests/gold and data/raw."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline import patterns, reading, tables
from pipeline.stages import read_decision

RAW = Path(__file__).parent.parent / "data" / "raw"
RULES = {p.id for p in patterns.every()}
DOCUMENTED = {
    "payment.payable",
    "action.unclassified",
}  # made by no pattern: a sum with no role, an action that none knows


@pytest.fixture(scope="session", params=["raw", "gold", "shared"])
def written(request, extracted):
    """The folder of a corpus and its tables, each a list of rows."""
    corpus, out = extracted(request.param)
    return corpus, {name: pq.read_table(out / f"{name}.parquet").to_pylist() for name in tables.TABLES}


@pytest.fixture(scope="session")
def rows(written):
    return written[1]


def test_every_quote_stands_where_it_says(rows):
    texts = {r["decision_id"]: r["text"] for r in rows["texts"]}
    for name in tables.ITEMS:
        wrong = [
            r
            for r in rows[name]
            if texts[r["decision_id"]][r["start"] : r["end"]] != r["quote"] or not r["quote"].strip()
        ]
        assert wrong == [] and rows[name], name


def test_every_item_stands_in_its_paragraph_and_section(rows):
    texts = {r["decision_id"]: r for r in rows["texts"]}
    for name in tables.ITEMS:
        for item in rows[name]:
            text = texts[item["decision_id"]]
            inside = [p for p in text["paragraphs"] if p["start"] <= item["start"] and item["end"] <= p["end"]]
            assert [(p["number"], p["section"]) for p in inside] == [(item["paragraph"], item["section"])], item
            (section,) = [s for s in text["sections"] if s["start"] <= item["start"] and item["end"] <= s["end"]]
            assert (section["heading"] or None) == item["section"]


def test_every_rule_is_a_pattern(rows):
    for name in tables.ITEMS:
        assert {r["rule"] for r in rows[name]} - RULES - DOCUMENTED == set(), name


def test_sections_and_paragraphs_cover_the_text_in_order(rows):
    for row in rows["texts"]:
        sections, paragraphs, text = row["sections"], row["paragraphs"], row["text"]
        assert sections[0]["start"] == 0 and sections[-1]["end"] == len(text)
        assert all(a["end"] == b["start"] for a, b in pairwise(sections))
        assert all(a["end"] <= b["start"] for a, b in pairwise(paragraphs))
        assert all(s["heading"] in text[s["start"] : s["end"]] for s in sections)
        numbers = [p["number"] for p in paragraphs if p["depth"] == 0 and p["number"]]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] == 1, row["decision_id"]


def test_items_are_the_lists_of_decisions(rows):
    decisions = {r["decision_id"]: r for r in rows["decisions"]}
    for name in tables.ITEMS:
        apart = {}
        for item in rows[name]:
            apart.setdefault(item.pop("decision_id"), []).append(item)
        assert apart == {k: d[name] for k, d in decisions.items() if d[name]}


def test_totals_are_sums(rows):
    for d in rows["decisions"]:
        paid = [r for r in d["remedies"] if r["kind"].startswith("financial")]
        assert d["remedy_total"] == sum(r["amount"] for r in paid if r["amount"] is not None)
        assert d["remedy_total_complete"] == all(r["amount"] is not None for r in paid)


def test_every_file_is_accounted_for(written):
    corpus, rows = written
    there = {p.relative_to(corpus).as_posix() for p in corpus.rglob("*") if p.is_file()}
    assert {f["path"] for f in rows["files"]} == there
    assert all((f["reason"] is None) == (f["status"] == "extracted") for f in rows["files"])


def test_paragraphs_that_the_texts_cite(written):
    """A decision that cites "paragraph N" of its own has at least so many."""
    _, rows = written
    own = re.compile(
        r"(?:in|at|see|from) paragraphs? (\d+)(?!\d)(?:\s*(?:-|–|to|and)\s*(\d+))?(?! of (?:the|its)| above the)", re.I
    )
    for row in rows["texts"]:
        last = max((p["number"] or 0) for p in row["paragraphs"])
        for section in row["sections"]:
            if section["part"] not in ("findings", "action", "final_decision"):
                continue
            for found in own.finditer(row["text"], section["start"], section["end"]):
                assert int(found[2] or found[1]) <= last, (row["decision_id"], found[0])


# --- data/raw against values written down by hand ----------------------------------------------------------------

# Where the program and the file, which was worked out by hand, differ today.
COUNTS = ("remedy_total", "remedy_total_complete", "n_fault_findings", "n_remedies", "n_improvements")
WRONG: dict[str, str] = {}
EXPECTED = json.loads((Path(__file__).parent / "fixtures" / "raw_expected.json").read_text("utf-8"))


def read(path):
    file = RAW / path
    return read_decision(reading.read(file.read_bytes(), file.suffix.lower()))


@pytest.mark.parametrize("path", EXPECTED)
def test_raw_by_hand(path):
    decision, expected = read(path), EXPECTED[path]
    names = ("case_reference", "council", "outcome", "decision_date", "fault_found")
    found = {n: getattr(decision, n) for n in names}
    found["decision_date"] = found["decision_date"] and found["decision_date"].isoformat()
    assert found == {n: expected[n] for n in names}


def _mark(path):
    return pytest.param(path, marks=pytest.mark.xfail(strict=True, reason=WRONG[path])) if path in WRONG else path


@pytest.mark.parametrize("path", [_mark(path) for path in EXPECTED])
def test_raw_counts_by_hand(path):
    decision = read(path)
    found = (
        float(decision.remedy_total),
        decision.remedy_total_complete,
        len(decision.fault_findings),
        len(decision.remedies),
        len(decision.procedural_improvements),
    )
    assert dict(zip(COUNTS, found, strict=True)) == {n: EXPECTED[path][n] for n in COUNTS}
