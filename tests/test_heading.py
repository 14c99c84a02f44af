"""The heading: each value as printed there, and nothing guessed from the body."""

import datetime as dt

import made_up
import pytest

from pipeline.dates import read_date
from pipeline.stages import read_decision
from pipeline.stages.s1_heading import reference


def head(**values):
    return made_up.small(head={**made_up.HEAD, **values})


@pytest.mark.parametrize(
    "body",
    [
        "Kent County Council",
        "London Borough of Hounslow",
        "Wirral Metropolitan Borough Council",
        "City of London",
        "Transport for London",
        "North York Moors National Park Authority",
        "Upper Witham Internal Drainage Board",
        "Lancashire Fire & Rescue Service",
        "St John's C of E Primary School, Bury",
        "St John’s Primary School",
        "Care (North West) Limited",
        "Green & Sons Care Ltd AKA The Willows",
        "Trent Vale Partnership NHS Foundation Trust",
        "NHS Kent and Medway Integrated Care Board",
        "The Meadow Trust",
    ],
)
def test_bodies_of_every_kind(body):
    decision = head(body=f"{body} (24 003 873)")
    assert (decision.council, decision.case_reference, decision.other_bodies) == (body, "24 003 873", [])


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("24 003 873", "24 003 873"),
        ("17 002 402b", "17 002 402b"),
        ("19 018 519c", "19 018 519c"),
        ("24-003-873", "24 003 873"),
        ("24\u00a0003\u00a0873", "24 003 873"),
        ("24003873", "24 003 873"),
        ("19 012 345 A", "19 012 345a"),
    ],
)
def test_references(printed, expected):
    decision = head(body=f"Kent County Council ({printed})")
    assert (decision.council, decision.case_reference) == ("Kent County Council", expected)
    assert decision.decision_id == expected.replace(" ", "-") and reference(printed) == expected


def test_several_bodies():
    decision = head(body="Leeds City Council (19 008 127) and Moor NHS Trust (19 008 127a)")
    assert (decision.council, decision.case_reference) == ("Leeds City Council", "19 008 127")
    assert decision.other_bodies == [("Moor NHS Trust", "19 008 127a")]


def test_several_bodies_on_lines_of_their_own():
    decision = head(body="Leeds City Council (19 008 127)\nMoor NHS Trust (19 008 127a)")
    assert decision.council == "Leeds City Council" and decision.other_bodies == [("Moor NHS Trust", "19 008 127a")]


def test_references_of_other_cases_do_not_count():
    decision = made_up.small(
        head={"body": "Kent County Council"},
        complaint=["Ms P complained before. Leeds City Council (19 008 127) is another."],
    )
    assert (decision.council, decision.case_reference) == ("Kent County Council", None)
    assert decision.decision_id.startswith("sha256-") and len(decision.decision_id) == 23


@pytest.mark.parametrize(
    ("printed", "category", "subcategory"),
    [
        ("Adult care services > Charging", "Adult care services", "Charging"),
        ("Other Categories > Other", "Other Categories", "Other"),
        ("Benefits and tax > COVID-19", "Benefits and tax", "COVID-19"),
        ("Benefits and tax > Covid 19", "Benefits and tax", "Covid 19"),
        ("Children's care services > Disabled children", "Children's care services", "Disabled children"),
        ("Environment and public protection", "Environment and public protection", None),
        (None, None, None),
    ],
)
def test_category(printed, category, subcategory):
    decision = head(category=printed)
    assert (decision.category, decision.subcategory) == (category, subcategory)


@pytest.mark.parametrize("label", ["Upheld", "Not upheld", "Closed after initial enquiries", "Other", None])
def test_outcome_label(label):
    assert head(outcome=label).outcome_label == label


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("18 Feb 2025", (2025, 2, 18)),
        ("18 February 2025", (2025, 2, 18)),
        ("01 Sep 2016", (2016, 9, 1)),
        ("1st September 2016", (2016, 9, 1)),
        ("18/02/2025", (2025, 2, 18)),
        ("03/02/2025", (2025, 2, 3)),
        ("2025-02-18", (2025, 2, 18)),
        ("February 18, 2025", (2025, 2, 18)),
    ],
)
def test_dates(printed, day):
    assert head(date=printed).decision_date == read_date(printed) == dt.date(*day)


@pytest.mark.parametrize("printed", ["31 Feb 2025", "99 Xyz 2025", "February 2025"])
def test_a_date_that_is_none(printed):
    decision = head(date=printed)
    assert decision.decision_date is None and "date_unreadable" in decision.warnings


def test_dates_in_the_body_do_not_count():
    decision = made_up.small(
        head={**made_up.HEAD, "date": None}, findings=["Decision date: 3 May 2024 was on the letter."]
    )
    assert decision.decision_date is None and "date_unreadable" not in decision.warnings


def test_summary():
    assert head().summary == "Ms P complained about the Council."
    text = made_up.compact().replace(f"Summary: {made_up.SUMMARY}\n", "")
    assert read_decision(text).summary is None


def test_a_missing_heading_is_warned_of():
    text = made_up.compact()
    decision = read_decision(text[text.index("The Ombudsman's final") :])
    assert "heading_missing" in decision.warnings and decision.decision_id.startswith("sha256-")
    assert decision.decision_id == read_decision(text[text.index("The Ombudsman's final") :]).decision_id


def test_a_report_whose_reference_is_called_a_number():
    lines = [
        "Report by the Ombudsman",
        "Investigation into a complaint about",
        "Leeds City Council",
        "(reference number: 21 004 118)",
    ]
    decision = made_up.read_decision(
        "\n".join([*lines, "24 May 2022", *made_up.website(head={"body": ""}).split("\n")])
    )
    assert (decision.council, decision.case_reference) == ("Leeds City Council", "21 004 118")
    assert f"{decision.decision_date}" == "2022-05-24"
