"""Actions: where they stand, how a sentence is cut into them, which are for the person and which for others."""

import made_up
import pytest


def kinds(decision):
    return [a.kind for a in decision.actions]


def test_a_section_on_the_remedy_outweighs_the_rest():
    """Said again in the summary or the final decision, or offered earlier, is no second entry."""
    decision = made_up.small(
        summary="The Council has agreed to apologise and pay Ms P £200.",
        findings=["The Council was at fault. It has agreed to pay Ms P £200."],
        action=["The Council has agreed to apologise to Ms P and pay her £200."],
        final=["The Council has agreed to pay Ms P £200."],
    )
    assert kinds(decision) == ["apology", "payment"]
    assert {decision.part_of(a.block) for a in decision.actions} == {"action"}


@pytest.mark.parametrize("part", ["findings", "final"])
def test_without_such_a_section_the_findings_or_the_final_decision(part):
    decision = made_up.small(
        **{part: ["Within four weeks the Council has agreed to apologise to Ms P and pay her £200."]}
    )
    assert [(r.kind, r.amount, r.status, r.deadline) for r in decision.remedies] == [
        ("apology", None, "agreed", "P4W"),
        ("financial_distress", 200, "agreed", "P4W"),
    ]


def test_a_deadline_beside_the_last_action_is_that_action_s_alone():
    decision = made_up.small(action=["The Council has agreed to apologise to Ms P and pay her £200 within four weeks."])
    assert [r.deadline for r in decision.remedies] == [None, "P4W"]


def test_the_summary_alone_is_no_place_for_a_remedy():
    assert made_up.small(summary="The Council has agreed to pay Ms P £200.").actions == []


def test_actions_of_different_kinds_in_one_item_are_entries_each():
    decision = made_up.agreed("apologise to Ms P, pay her £100 for her distress and place a note on her file.")
    assert [r.kind for r in decision.remedies] == ["apology", "financial_distress", "records"]


def test_actions_of_one_kind_for_one_recipient_are_one():
    decision = made_up.agreed("explain its decision to Ms P and give her a contact.")
    assert [r.kind for r in decision.remedies] == ["provide_information"]


@pytest.mark.parametrize(
    "item",
    [
        "review its decision on Ms P’s application and write to her with the outcome.",
        "review its decision on Ms P’s application. It should tell Ms P the result.",
    ],
)
def test_telling_the_result_is_part_of_the_action(item):
    assert [r.kind for r in made_up.agreed(item).remedies] == ["reconsideration"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Council should provide us with evidence it has complied with the above actions.",
        "The Council must confirm to us when it has done this.",
        "We publish guidance on remedies which sets out our expectations for how organisations should apologise.",
        "The Council should consider this guidance in making the apology I have recommended.",
        "I have not recommended a payment for the lost earnings.",
        "I welcome the steps it has taken.",
        "The Council may be willing to consider a further payment.",
    ],
)
def test_no_action(sentence):
    decision = made_up.small(action=[("Within four weeks the Council will:", ["apologise to Ms P."]), sentence])
    assert kinds(decision) == ["apology"]


def test_one_for_the_person_and_one_for_others_in_one_item():
    decision = made_up.agreed("apologise to Ms P and remind its staff to reply to letters.")
    assert [r.kind for r in decision.remedies] == ["apology"]
    assert [i.kind for i in decision.procedural_improvements] == ["training_or_guidance"]


def test_an_item_under_an_action_is_no_action():
    decision = made_up.agreed(("write to Ms P to apologise for:", ["the delay; and", "its failure to reply."]))
    assert kinds(decision) == ["apology"]


def test_quotes_and_places():
    decision = made_up.agreed(
        "apologise to Ms P;", "pay her £100 for her distress. This is a symbolic sum; and", "train its staff."
    )
    for action in decision.actions:
        assert action.item_start <= action.start < action.end <= action.item_end
    assert [decision.text[a.start : a.end] for a in decision.actions] == [
        "apologise to Ms P;",
        "pay her £100 for her distress.",
        "train its staff.",
    ]
    assert all(r.evidence.section == "Agreed action" and r.evidence.paragraph == 5 for r in decision.remedies)


def test_a_refused_recommendation_stays_recommended():
    decision = made_up.small(
        heading="Recommended action",
        action=["I recommend the Council apologises to Ms P. The Council has refused to do so."],
    )
    assert [(r.kind, r.status) for r in decision.remedies] == [("apology", "recommended")]


def test_an_early_resolution():
    """Satisfied with what was done: nothing else is asked for, so that is the remedy."""
    decision = made_up.small(
        head={**made_up.HEAD, "outcome": "Closed after initial enquiries"},
        summary="We will not investigate this complaint because the Council has put matters right.",
        findings=[
            "The Council has apologised to Ms P and cancelled the penalty charge notice. I am satisfied this is a suitable remedy."
        ],
        final=["We will not investigate this complaint because the Council has taken suitable action."],
    )
    assert [(r.kind, r.status, r.amount) for r in decision.remedies] == [
        ("apology", "already_done", None),
        ("financial_quantifiable_loss", "already_done", None),
    ]
