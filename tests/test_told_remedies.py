"""Remedies that are told beside the usual list: done or offered before, agreed in part, announced, added up."""

import made_up
import pytest

from pipeline.stages import read_decision


def told(decision):
    return [(r.kind, r.amount, r.status) for r in decision.remedies]


@pytest.mark.parametrize(
    "verdict",
    [
        "I consider this a suitable remedy for the injustice.",
        "This is in line with what we would have recommended.",
        "We are satisfied these actions remedy the injustice caused.",
        "That is in line with our guidance on remedies.",
    ],
)
def test_what_the_ombudsman_calls_a_suitable_remedy_counts_without_a_section_of_its_own(verdict):
    decision = made_up.small(
        findings=[f"There was fault in the delay. The Council has already apologised and paid Ms P £200. {verdict}"]
    )
    assert told(decision) == [("apology", None, "already_done"), ("financial_distress", 200, "already_done")]
    assert all("outside_action_section" in r.warnings for r in decision.remedies)


@pytest.mark.parametrize(
    "verdict",
    ["I do not consider this a suitable remedy.", "Ms P has not cashed the cheque.", "We are not satisfied with that."],
)
def test_what_is_only_reported_does_not_count(verdict):
    decision = made_up.small(
        findings=[f"There was fault in the delay. The Council has already apologised and paid Ms P £200. {verdict}"]
    )
    assert told(decision) == []


def test_an_offer_that_is_said_again_in_the_final_decision_is_one():
    decision = made_up.small(
        findings=["The Council has offered Ms P £150. This is in line with our guidance on remedies."],
        final=["I uphold the complaint. The Council’s offer of £150 is a suitable remedy."],
    )
    assert told(decision) == [("financial_distress", 150, "already_offered")]


def test_a_raised_offer_takes_the_place_of_the_first():
    decision = made_up.small(
        summary="We will not investigate this complaint. We are satisfied with the Council’s offer.",
        findings=[
            "In its reply the Council offered Ms P £100.",
            "The Council has apologised, and the £200 it has now offered her is in line with what we would recommend.",
        ],
    )
    assert told(decision) == [("apology", None, "already_done"), ("financial_distress", 200, "already_offered")]


def test_not_enough_evidence_is_no_satisfaction():
    decision = made_up.small(
        summary="We will not investigate this complaint.",
        findings=["The Council offered £100 as goodwill. There is not enough evidence of fault. She can appeal."],
    )
    assert told(decision) == []


def test_an_offer_to_be_paid_is_agreed():
    decision = made_up.small(
        action=[
            "The Council has offered Ms P £500. I consider this suitable. It should now pay this within four weeks."
        ]
    )
    assert [(r.amount, r.status, r.deadline) for r in decision.remedies] == [(500, "agreed", "P4W")]


def test_agreed_in_part_by_order():
    decision = made_up.small(
        action=[
            ("I recommended that the Council should:", ["apologise to Ms P;", "pay her £200; and", "meet with her."]),
            "The Council has agreed to the first and third.",
        ]
    )
    assert [r.status for r in decision.remedies] == ["agreed", "recommended", "agreed"]


def test_agreed_but_for_one():
    decision = made_up.small(
        action=[
            ("I recommended that the Council should:", ["apologise to Ms P;", "pay her £200; and", "refund £40."]),
            "The Council has agreed to all of these other than the payment of £200.",
        ]
    )
    assert [r.status for r in decision.remedies] == ["agreed", "recommended", "agreed"]


def test_a_time_announced_holds_for_the_paragraphs_behind():
    decision = made_up.small(
        action=[
            "The Council has agreed to take the following action within six weeks of my decision.",
            "It will apologise to Ms P.",
            "It will pay her £200.",
        ]
    )
    assert [r.deadline for r in decision.remedies] == ["P6W", "P6W"]


def test_numbers_that_start_again_behind_a_colon_are_items():
    decision = read_decision(
        "The Ombudsman's final decision\nSummary: There was fault.\nThe complaint\n1. Ms P complained.\n"
        "What I found\n2. There was fault by the Council.\nAgreed action\n"
        "3. Within six weeks the Council will:\n1. apologise to Ms P;\n2. pay her £200.\n4. It will tell us when.\n"
        "Final decision\n5. I have completed my investigation.\n"
    )
    assert [(r.kind, r.deadline) for r in decision.remedies] == [("apology", "P6W"), ("financial_distress", "P6W")]


def test_a_sum_is_not_added_to_its_parts():
    decision = made_up.small(
        action=[
            "The Council agreed to make a payment of £1,250 to Ms P. This is £100 for each week her son was without "
            "full-time education (ten weeks), and £250 for distress."
        ]
    )
    assert [(r.amount, r.unit_amount, r.units, r.recipient) for r in decision.remedies] == [
        (1000, 100, 10, "Ms P"),
        (250, None, None, "Ms P"),
    ]
    assert decision.remedy_total == 1250


def test_half_a_unit_counts_in_the_amount():
    (remedy,) = made_up.small(
        action=["The Council will pay Ms P £1,800 for each of the two and a half terms her son missed."]
    ).remedies
    assert (remedy.amount, remedy.unit_amount, remedy.units, remedy.unit) == (4500, 1800, None, "term")


def test_the_same_sum_to_each_of_several():
    decision = made_up.small(action=["The Council has agreed to pay £900 to Ms P, and £500 each to her two sons."])
    assert [(r.amount, r.units, r.recipient) for r in decision.remedies] == [
        (900, None, "Ms P"),
        (1000, 2, "her two sons"),
    ]


def test_works_at_the_body_s_own_cost_are_a_service():
    (remedy,) = made_up.small(
        action=["The Council has agreed to meet the full cost of the repair to the wall."]
    ).remedies
    assert remedy.kind == "provide_services" and remedy.amount is None


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("The Council will pay Ms P £200.", "purpose_not_said"),
        ("The Council has agreed to renew Ms P’s permit each year.", "kind_not_known"),
    ],
)
def test_a_row_says_what_no_words_settled(text, warning):
    (remedy,) = made_up.small(action=[text]).remedies
    assert warning in remedy.warnings


def test_a_finding_within_a_quotation_of_several_sentences_is_not_the_ombudsman_s():
    decision = made_up.small(
        findings=["The Council told her: “We looked at this again. We were at fault for the delay. We are sorry.”"]
    )
    assert decision.fault_findings == []


def test_upheld_because_it_was_agreed_to_put_things_right_is_no_finding():
    decision = made_up.small(
        summary="We have upheld this complaint because the Council has agreed to resolve it early.",
        findings=["The Council has agreed to pay Ms P £100."],
        final=["We have upheld this complaint."],
    )
    assert decision.fault_findings == [] and decision.fault_found is None
