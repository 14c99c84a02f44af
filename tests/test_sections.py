"""How many short sections on the remedy are read wholly right: sections/*.json, labelled by hand, held above what was
measured when the floors were last raised. docs/accuracy.md says what they were when first read.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from pipeline.stages import read_decision

FOLDER = Path(__file__).parent / "sections"

# the sections that are wholly right, on 2026-11-23
RIGHT = {
    "set118": 78,  # of 120
    "set119": 83,  # of 120
    "set120": 107,  # of 120
    "set121": 107,  # of 120
    "set122": 112,  # of 120
    "set123": 109,  # of 120
    "set124": 74,  # of 100
    "set125": 50,  # of 120
    "set126": 106,  # of 120
    "set127": 66,  # of 120
    "set128": 77,  # of 100
}

DECISION = """Testshire Council (24 001 002)

Category : Adult care services > Charging

Decision : {decision}

Decision date : 18 Feb 2025

The Ombudsman's final decision:

Summary: {summary}

The complaint

1. Mrs X complains about the Council.

{found}{heading}

{text}

Final decision

{final}
"""


def _read(section):
    upheld = section.get("decision", "Upheld") == "Upheld"
    return read_decision(
        DECISION.format(
            decision=section.get("decision", "Upheld"),
            summary="Mrs X complained about the Council." + " We found fault causing injustice." * upheld,
            found="" if "decision" in section else "What I found\n\n2. The Council was at fault.\n\n",
            heading=section["heading"],
            text=section["text"].replace("\n", "\n\n"),
            final=section.get("final", "I have completed my investigation. I uphold the complaint."),
        )
    )


def _told(decision):
    paid = [r for r in decision.remedies if r.kind.startswith("financial")]
    return {
        "payments": Counter((None if r.amount is None else float(r.amount), r.kind, r.status) for r in paid),
        "remedy_total": float(decision.remedy_total),
        "other_remedies": Counter(r.kind for r in decision.remedies if r not in paid),
        "procedural_improvements": Counter(i.kind for i in decision.procedural_improvements),
    }


def _expected(section):
    return {
        "payments": Counter(tuple(payment) for payment in section["payments"]),
        "remedy_total": section["remedy_total"],
        "other_remedies": Counter(section["other_remedies"]),
        "procedural_improvements": Counter(section["procedural_improvements"]),
    }


@pytest.mark.parametrize("name", sorted(p.stem for p in FOLDER.glob("*.json")))
def test_sections(name):
    sections = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    right = [_told(_read(section)) == _expected(section) for section in sections]
    assert sum(right) >= RIGHT[name], [n for n, is_right in enumerate(right) if not is_right]
