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


def test_a_deadline_in_a_part_of_its_own_is_that_action_s_alone():
    text = "The Council has agreed to apologise to Ms P, and it will pay her £200 within four weeks."
    decision = made_up.small(action=[text])
    assert [r.deadline for r in decision.remedies] == [None, "P4W"]


def test_the_summary_alone_is_no_place_for_a_remedy():
    assert made_up.small(summary="The Council has agreed to pay Ms P £200.").actions == []


def test_actions_of_different_kinds_in_one_item_are_entries_each():
    decision = made_up.agreed("apologise to Ms P, pay her £100 for her distress and place a note on her file.")
    assert [r.kind for r in decision.remedies] == ["apology", "financial_distress", "records"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Council has agreed to give Mrs X a written apology and £150.",
        "The Council will provide an apology and a payment of £150 to Mrs X.",
        "The Council should offer Mrs X a full apology and a cheque for £150.",
    ],
)
def test_things_given_by_one_verb_are_entries_each(sentence):
    assert [(k, a) for k, a, _ in made_up.told(made_up.put_right(sentence))] == [
        ("apology", None),
        ("financial_distress", 150),
    ]


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


def test_evidence_that_is_to_be_provided_is_no_action():
    decision = made_up.small(action=["The Council will apologise to Ms P.", "The Council should provide evidence."])
    assert [r.kind for r in decision.remedies] == ["apology"] and decision.procedural_improvements == []


@pytest.mark.parametrize(
    "text",
    [
        "If consent is refused it will let me know.",
        "It should send us the revised policy.",
        "The Council will write to tell me when this has been done.",
        "The Council acted on my draft without waiting for this decision.",
        "The Council’s offer of £1,000 falls away.",
    ],
)
def test_what_is_for_the_ombudsman_or_over_is_no_action(text):
    decision = made_up.small(action=["The Council has agreed to apologise to Ms P.", text])
    assert [r.kind for r in decision.remedies] == ["apology"] and decision.procedural_improvements == []


def test_a_law_told_as_a_list_is_no_remedy():
    decision = made_up.small(
        findings=[("The guidance says it will not charge:", ["people in prison;", "people under 18; and", "carers."])]
    )
    assert not decision.remedies


def test_one_for_the_person_and_one_for_others_in_one_item():
    decision = made_up.agreed("apologise to Ms P and remind its staff to reply to letters.")
    assert [r.kind for r in decision.remedies] == ["apology"]
    assert [i.kind for i in decision.procedural_improvements] == ["training_or_guidance"]


def test_a_payment_beside_an_improvement_is_not_part_of_it():
    decision = made_up.small(action=["The Council has agreed to review its procedure and pay £100."])
    assert [r.amount for r in decision.remedies] == [100]
    assert [i.kind for i in decision.procedural_improvements] == ["procedure_or_policy"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Council has agreed to pay Ms P £100 and has apologised to her.",
            [("financial_distress", 100, "agreed"), ("apology", None, "already_done")],
        ),
        (
            "The Council has agreed to review her plan and has paid her £100 for the distress.",
            [("reconsideration", None, "agreed"), ("financial_distress", 100, "already_done")],
        ),
        (
            "It recalled her account from the agents and will refund the £75 fee.",
            [("other_personal", None, "already_done"), ("financial_quantifiable_loss", 75, "agreed")],
        ),
        (
            "The Council should apologise for the way in which it dealt with her complaint and pay her £150.",
            [("apology", None, "agreed"), ("financial_distress", 150, "agreed")],
        ),
        (
            "Ms P paid £900 for the home and the Council has agreed to refund it, along with £150 for her distress.",
            [("financial_quantifiable_loss", 900, "agreed"), ("financial_distress", 150, "agreed")],
        ),
        (
            "She paid £1,200 and the Council should refund this, and pay a further £150 for distress.",
            [("financial_quantifiable_loss", 1200, "agreed"), ("financial_distress", 150, "agreed")],
        ),
        (
            "The Council should send me the new policy, apologise to Ms P and pay her £100.",
            [("apology", None, "agreed"), ("financial_distress", 100, "agreed")],
        ),
        (
            "The Council did not agree to report to its cabinet but will pay Ms P £200 and apologise.",
            [("financial_distress", 200, "agreed"), ("apology", None, "agreed")],
        ),
        (
            "The Council should see Ms P to agree a new plan and to apologise for its failings.",
            [("reconsideration", None, "agreed"), ("apology", None, "agreed")],
        ),
        ("Its offer of £250 was reasonable but it has since withdrawn it.", []),
        (
            "The Council should refund the cost of 30 visits at £18 an hour.",
            [("financial_quantifiable_loss", None, "agreed")],
        ),
    ],
)
def test_ordinary_sentences_with_several_actions(text, expected):
    decision = made_up.small(action=[text], final=["The Council has agreed to my recommendations."])
    assert made_up.told(decision) == expected


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


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("It will send Ms P the drawing within two weeks of this decision.", True),
        ("It will send Ms P the drawing within two weeks of her letter.", False),
        ("The Council’s scheme is simple. It will pay £500 to each person within four weeks of its decision.", False),
        ("Unless the Council will pay Ms P within two weeks of this decision, we may issue a report.", False),
    ],
)
def test_a_promise_outside_a_section_counts_where_its_time_runs_from_this_decision(text, counts):
    assert bool(made_up.small(findings=[text]).remedies) == counts
