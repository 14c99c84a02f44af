"""One decision, every layout of FIELD.md, one record."""

import datetime as dt
from decimal import Decimal

import made_up
import pytest

from pipeline import reading, tables
from pipeline.stages import read_decision


def _bytes(text, encoding="utf-8", ends="\n"):
    return text.replace("\n", ends).encode(encoding)


SPLIT = made_up.website(split=True)
HEADLESS = {**made_up.HEAD, "category": None, "outcome": None, "date": None}
LAYOUTS = {
    "website": (made_up.website(), ".txt"),
    "no blank lines": (made_up.website(gap="\n"), ".txt"),
    "numbered straight through": (made_up.website(straight=True), ".txt"),
    "cookies before": (made_up.website(cookies="before"), ".txt"),
    "label lines split": (SPLIT, ".txt"),
    "label lines split, blank lines between": (SPLIT.replace(" :\n", " :\n\n").replace("\n>\n", "\n\n>\n\n"), ".txt"),
    "compact": (made_up.compact(), ".txt"),
    "compact with contents": (made_up.compact(contents=True), ".txt"),
    "bullets for paragraphs": (made_up.compact(signs=("•", "◦")), ".txt"),
    "bullets, and dashes for items": (made_up.compact(signs=("•", "-")), ".txt"),
    "plain": (made_up.plain(), ".txt"),
    "HTML": (made_up.html(), ".html"),
    "CRLF": (_bytes(made_up.website(), ends="\r\n"), ".txt"),
    "CR alone": (_bytes(made_up.website(), ends="\r"), ".TXT"),
    "Windows-1252": (_bytes(made_up.website(), "cp1252", "\r\n"), ".txt"),
    "UTF-8 with BOM": (_bytes(made_up.website(), "utf-8-sig"), ".txt"),
    "UTF-16": (_bytes(made_up.compact(), "utf-16"), ".txt"),
    "no-break spaces": (made_up.website().replace("    • ", "\u00a0\u00a0\u00a0\u00a0•\u00a0"), ".txt"),
    "straight apostrophes": (made_up.website().replace("’", "'").replace("‘", "'"), ".txt"),
}
OF_SOURCE = {"text", "text_sha256", "sections", "paragraphs", "source_path", "key", "words_sha256", "fault_findings"}
OF_PLACE = {"start", "end"}


def read(data, suffix=".txt"):
    data = data if isinstance(data, bytes) else data.encode()
    return read_decision(reading.read(data, suffix.lower()))


def record(decision):
    """All columns but those of the source and the offsets; curly apostrophes as straight ones."""
    row = tables.record("", decision)
    kept = {k: v for k, v in row.items() if k not in OF_SOURCE - {"fault_findings"}}
    for name in tables.ITEMS:
        columns = [c.name for c in tables.ITEMS[name]]
        kept[name] = [{k: v for k, v in zip(columns, item, strict=True) if k not in OF_PLACE} for item in row[name]]
    return _straight(kept)


def _straight(value):
    if isinstance(value, str):
        return value.replace("’", "'").replace("‘", "'")
    if isinstance(value, dict):
        return {k: _straight(v) for k, v in value.items()}
    return [_straight(v) for v in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def expected():
    return record(read(made_up.website()))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_same_record(layout, expected):
    assert record(read(*LAYOUTS[layout])) == expected


def test_the_record_itself():
    """What the layouts agree on is right: checked by hand against `made_up.SECTIONS`."""
    decision = read(made_up.website())
    assert (decision.council, decision.case_reference) == ("Wiltshire Council", "22 111 222")
    assert (decision.category, decision.subcategory) == ("Adult care services", "Charging")
    assert (decision.outcome, decision.outcome_label, decision.outcome_source) == ("upheld", "Upheld", "heading")
    assert decision.decision_date == dt.date(2025, 2, 18)
    assert decision.summary == made_up.SUMMARY
    assert (decision.fault_found, decision.injustice_found) == (True, True)
    assert (decision.remedy_total, decision.remedy_total_complete) == (Decimal("350.00"), False)
    assert [(f.fault, f.part, f.evidence.paragraph) for f in decision.fault_findings] == [
        (True, "summary", None),
        (False, "summary", None),
        (True, "findings", 8),
        (False, "findings", 9),
        (True, "final_decision", 14),
    ]
    assert [(r.kind, r.amount, r.evidence.paragraph) for r in decision.remedies] == [
        ("apology", None, 11),
        ("financial_distress", Decimal(250), 11),
        ("financial_distress", Decimal(100), 11),
        ("financial_quantifiable_loss", None, 11),
    ]
    assert {(r.recipient, r.body, r.status, r.deadline) for r in decision.remedies} == {
        ("Mrs Q", "the Council", "agreed", "P4W")
    }
    assert [(i.kind, i.deadline, i.deadline_date) for i in decision.procedural_improvements] == [
        ("procedure_or_policy", "P3M", dt.date(2025, 5, 18)),
        ("training_or_guidance", "P3M", dt.date(2025, 5, 18)),
    ]
    assert decision.warnings == []


@pytest.mark.parametrize("layout", [made_up.compact, made_up.plain])
def test_without_label_lines_the_rest_is_the_same(layout, expected):
    """A compact copy often has no Category, Decision and date lines: those values are null, the outcome is the text's."""
    found = record(read(layout(HEADLESS)))
    lost = {"category", "subcategory", "outcome_label", "decision_date"}
    assert {found[k] for k in lost} == {None}
    assert (found["outcome"], found["outcome_source"]) == ("upheld", "text")
    for name in ("remedies", "procedural_improvements"):
        assert {item.pop("deadline_date") for item in found[name]} == {None}
        found[name] = [
            item | {"deadline_date": e["deadline_date"]} for item, e in zip(found[name], expected[name], strict=True)
        ]
    assert {k: v for k, v in found.items() if k not in lost | {"outcome_source"}} == {
        k: v for k, v in expected.items() if k not in lost | {"outcome_source"}
    }


def test_banner_of_a_mirror_page(expected):
    banner = (
        "Source · LGO\n\nWiltshire Council\n\nReference 22-111-222 Sector Adult Care Services Category Charging "
        "Decided 18 February 2025\n\nView Wiltshire Council scorecard\n\nFull decision\n\n"
    )
    text = made_up.plain()
    found = record(read(banner + text[text.index("The Ombudsman's final") :]))
    assert (found["category"], found["subcategory"]) == ("Adult Care Services", "Charging")
    differ = {"category", "subcategory", "outcome_label", "outcome_source"}
    assert {k: v for k, v in found.items() if k not in differ} == {k: v for k, v in expected.items() if k not in differ}


def test_a_banner_that_names_the_outcome():
    banner = (
        "Wiltshire Council\n\nLGO (Local Government & Social Care Ombudsman) Not upheld Reference 22-111-222 Sector "
        "Adult Care Services Category Charging Decided 18 February 2025\n\nFull decision\n\n"
    )
    text = made_up.plain()
    found = read(banner + text[text.index("The Ombudsman's final") :])
    assert (found.council, found.outcome_label) == ("Wiltshire Council", "Not upheld")


def test_mirror_page_without_heading(expected):
    """Body, reference and date stand only in the address: null here, and the id is the text's."""
    text = made_up.plain()
    decision = read(text[text.index("The Ombudsman's final") :])
    assert decision.decision_id.startswith("sha256-") and "heading_missing" in decision.warnings
    assert decision.council is decision.case_reference is decision.decision_date is None
    assert len(decision.remedies) == len(expected["remedies"])
    assert decision.outcome == "upheld" and decision.fault_found


def test_items_run_into_their_paragraph(expected):
    """A mirror page's run-in list gives the same values; where they stand differs."""
    run_in = [
        (h, [" ".join(t for _, t in made_up._walk([p], 0)) for p in paragraphs]) for h, paragraphs in made_up.SECTIONS
    ]
    found = record(read(made_up.plain(sections=run_in)))
    for name in ("remedies", "procedural_improvements"):
        for item, other in zip(found[name], expected[name], strict=True):
            differ = {"quote", "rule", "paragraph"}
            assert {k: v for k, v in item.items() if k not in differ} == {
                k: v for k, v in other.items() if k not in differ
            }


@pytest.mark.parametrize("heading", ["My view", "Where I stand", "My assessment"])
def test_an_unknown_heading_over_what_was_found(heading):
    """Where no known heading is over the assessment, an unknown one is: its remedies are not lost."""
    text = (
        "Testshire Council (24 001 002)\n\nDecision : Upheld\n\nDecision date : 18 Feb 2025\n\n"
        "The Ombudsman's final decision:\n\nSummary: Mrs P complained about a bill.\n\nThe complaint\n\n"
        f"1. Mrs P complains about a bill.\n\n{heading}\n\n2. The Council has agreed to apologise to Mrs P.\n\n"
        "Final decision\n\n3. We have upheld the complaint because the Council has agreed to put things right.\n"
    )
    decision = read_decision(text)
    assert [s.part for s in decision.sections if s.heading == heading] == ["findings"]
    assert [r.kind for r in decision.remedies] == ["apology"]
