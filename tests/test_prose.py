"""Remedies told in sentences: in the passive, shared times, several rates, settlements, what was done and what will be."""

from decimal import Decimal

import made_up
import pytest


def rows(*action, **parts):
    decision = made_up.small(action=list(action), **parts) if action else made_up.small(**parts)
    return [(r.kind, r.amount, r.status, r.deadline) for r in decision.remedies] + [
        (i.kind, i.status, i.deadline) for i in decision.procedural_improvements
    ]


PAYMENT, REFUND = "financial_distress", "financial_quantifiable_loss"


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (
            "A payment of £300 should be made to Ms P for her distress.",
            [(PAYMENT, 300, "agreed", None)],
        ),
        (
            "The Council will apologise to Ms P and a payment of £300 will be made to her for her distress.",
            [("apology", None, "agreed", None), (PAYMENT, 300, "agreed", None)],
        ),
        (
            "Staff in the contact centre will be reminded within two months that they must take a message.",
            [("training_or_guidance", "agreed", "P2M")],
        ),
        (
            "Its template letters will be amended to say so.",
            [("procedure_or_policy", "agreed", None)],
        ),
        (
            "Within a month a senior officer will write to Ms P to say sorry. At the same time the Council will pay her "
            "£200 for her distress.",
            [("apology", None, "agreed", "P1M"), (PAYMENT, 200, "agreed", "P1M")],
        ),
        (
            "The Council has already refunded £120 and will now pay Ms P £80 for her distress.",
            [(REFUND, 120, "already_done", None), (PAYMENT, 80, "agreed", None)],
        ),
        (
            "The Council has told me that there is room in the group, and it has agreed to arrange 12 sessions for Ms P.",
            [("provide_services", None, "agreed", None)],
        ),
        (
            "The Council says it will pay Ms P £400 for her distress.",
            [(PAYMENT, 400, "agreed", None)],
        ),
        (
            "The Council has offered to pay Ms P £200. I consider this is not enough and recommended it increases the "
            "payment to £400. The Council has agreed.",
            [(PAYMENT, 400, "agreed", None)],
        ),
        (
            "In addition to the £100 the Council has already offered, it will pay Ms P a further £200 for her distress.",
            [(PAYMENT, 200, "agreed", None)],
        ),
        (
            "The Council has agreed to honour its previous offer of £500 for distress, and to apologise.",
            [(PAYMENT, 500, "agreed", None), ("apology", None, "agreed", None)],
        ),
        (
            "As well as taking these steps the Council has agreed to apologise to Ms P and to pay her £250 for her distress, "
            "and it will do all of this within one month.",
            [("apology", None, "agreed", "P1M"), (PAYMENT, 250, "agreed", "P1M")],
        ),
        (
            "The £350 already paid is a suitable remedy for the distress.",
            [(PAYMENT, 350, "already_done", None)],
        ),
        (
            "There was fault in not answering her but it did not cause significant injustice, so I have made no "
            "recommendations.",
            [],
        ),
        (
            "The Council has agreed to waive the charges of £940.50 and cancel the invoice.",
            [(REFUND, Decimal("940.50"), "agreed", None)],
        ),
        (
            "The Council has agreed to backdate Ms P’s allowance to April 2021 and to write to her to confirm this.",
            [(REFUND, None, "agreed", None)],
        ),
    ],
)
def test_sentences(action, expected):
    assert rows(action) == expected


def test_a_sentence_that_says_more_of_a_payment_is_no_second_one():
    paid = [
        "The Council will pay Ms P £300 for her distress.",
        "The payment of £300 should be made to her bank account.",
    ]
    assert rows(" ".join(paid)) == [(PAYMENT, 300, "agreed", None)]


def test_works_that_are_to_be_finished_by_a_time_are_an_action():
    text = (
        "The Council has agreed to repair the roof at its own expense, and to have this completed within three months."
    )
    assert rows("The Council will apologise to Ms P.", text) == [
        ("apology", None, "agreed", None),
        ("provide_services", None, "agreed", "P3M"),
    ]


def test_the_times_of_some_items():
    decision = made_up.small(
        action=[
            ("The Council has agreed to:", ["apologise to Ms P;", "pay her £300; and", "review its form."]),
            "Actions 1 and 2 should be completed within one month. Action 3 should be completed within three months.",
        ]
    )
    assert [r.deadline for r in decision.remedies] == ["P1M", "P1M"]
    assert [i.deadline for i in decision.procedural_improvements] == ["P3M"]


@pytest.mark.parametrize(
    ("times", "deadlines"),
    [
        (
            "The apology and payment should be made within four weeks and the review completed within three months.",
            ["P4W", "P4W", "P3M"],
        ),
        (
            "It will apologise and make the payment within a month, and complete the review within three months.",
            ["P1M", "P1M", "P3M"],
        ),
        ("Within one month it should make the apology and payment to Ms P.", ["P1M", "P1M", None]),
        (
            "The personal remedies should be done within a month and the service improvements within two months.",
            ["P1M", "P1M", "P2M"],
        ),
        (
            "The payment should be made within six weeks. The other actions should be completed within three months.",
            ["P3M", "P6W", "P3M"],
        ),
        (
            "The payment should be made within six weeks and the other actions completed within three months.",
            ["P3M", "P6W", "P3M"],
        ),
        ("These actions should be completed within two months.", ["P2M", "P2M", "P2M"]),
        (
            "The payment should be made by 1 May 2025. It has two months for the review of its form.",
            [None, "2025-05-01", "P2M"],
        ),
        (
            "The apology should go out within a week. The other two steps should be finished within a month.",
            ["P1W", "P1M", "P1M"],
        ),
    ],
)
def test_the_times_of_actions_named_again(times, deadlines):
    text = "The Council has agreed to apologise to Ms P, pay her £200 for her distress and review its form."
    decision = made_up.small(action=[f"{text} {times}"])
    assert [a.deadline for a in decision.actions] == deadlines


def test_a_time_for_a_new_action_names_none_before_it():
    decision = made_up.small(
        action=["The Council has agreed to apologise to Ms P. It should make the payment of £90 within a month."]
    )
    assert [(a.kind, a.deadline) for a in decision.actions] == [("apology", None), ("payment", "P1M")]


def test_a_sentence_that_gives_an_item_its_own_time():
    items = [
        "apologise to Ms P;",
        "pay her £90 for her distress and correct its records. It should do this within one week.",
    ]
    decision = made_up.small(action=[("Within one month the Council will:", items)])
    assert [(r.kind, r.deadline) for r in decision.remedies] == [
        ("apology", "P1M"),
        (PAYMENT, "P1W"),
        ("records", "P1W"),
    ]


def test_by_the_same_date():
    text = "The Council should apologise to Ms P within one month of this decision and, by the same date, pay her £250."
    assert rows(text) == [("apology", None, "agreed", "P1M"), (PAYMENT, 250, "agreed", "P1M")]


def test_the_recommendation_that_is_not_agreed_by_its_words():
    decision = made_up.small(
        action=[
            (
                "I recommended the Council:",
                ["pays Ms P £300 for her distress;", "makes her a direct offer of the next suitable property; and"],
            ),
            "The Council has accepted all of these except for the direct offer of a property.",
        ]
    )
    assert [r.status for r in decision.remedies] == ["agreed", "recommended"]


# --- rates and totals -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "paid"),
    [
        (
            "The Council will pay Ms P £50 a week for the 14 weeks without a shower and £150 for her time and trouble.",
            [(700, 50, 14), (150, None, None)],
        ),
        (
            "The Council will pay Ms P £250 a month for the eight months he missed, a further £2,000.",
            [(2000, 250, 8)],
        ),
        (
            "The Council will pay Ms P £200 for each month of the ten months she was without it, which comes to £2,000, "
            "and £200 a month from July until it is mended.",
            [(2000, 200, 10), (None, 200, None)],
        ),
        (
            "It should pay her 45p a mile for the journeys she made, together with £1,350 for the benefit of her "
            "education, which represents £25 for each of the 54 days of school that she missed.",
            [(None, Decimal("0.45"), None), (1350, 25, 54)],
        ),
        (
            "The Council will pay Ms P £1,800 for the six months at £300 a month, and £200 for her distress. The total "
            "is £2,000.",
            [(1800, 300, 6), (200, None, None)],
        ),
        ("The Council will reimburse Ms P’s seven visits to the clinic at £45 each.", [(315, 45, 7)]),
        ("The Council will pay Ms P two payments of £200.", [(400, 200, 2)]),
        ("The Council will pay Ms P £25 for every missed visit, of which there were 12.", [(300, 25, 12)]),
        (
            "The Council will pay Ms P the difference between the £86 and £181 a week that it paid.",
            [(None, None, None)],
        ),
        (
            "The Council will reduce her bill by £90, being the £50 charged in May and the £40 it cannot explain.",
            [(50, None, None), (40, None, None)],
        ),
        ("The Council will pay £1,000 to Ms P, in two instalments of £500.", [(1000, None, None)]),
        (
            "The Council will pay Ms P £300, her mother £150 and her sister £150.",
            [(300, None, None), *[(150, None, None)] * 2],
        ),
        ("The Council will pay Ms P interest at 8% on the £2,300 it owed.", [(None, None, None)]),
    ],
)
def test_rates_and_totals(action, paid):
    decision = made_up.small(action=[action])
    assert [(r.amount, r.unit_amount, r.units) for r in decision.remedies] == paid


# --- settlements ------------------------------------------------------------------------------------------------

EARLY = {"final": ["We have upheld this complaint because the Council has agreed to resolve it early."]}


@pytest.mark.parametrize(
    ("assessment", "expected"),
    [
        (
            "It is likely we would find fault. We asked the Council to remedy the injustice by apologising to Ms P and "
            "paying her £500. To its credit, the Council agreed.",
            [("apology", None, "agreed", None), (PAYMENT, 500, "agreed", None)],
        ),
        (
            "The Council agreed to resolve the complaint early by providing a proportionate remedy.",
            [],
        ),
        (
            "The Council has agreed to apologise to Ms P. A supervisor will visit her to agree a place for the bins. It "
            "will put all of this in hand within four weeks.",
            [("apology", None, "agreed", "P4W"), ("provide_services", None, "agreed", "P4W")],
        ),
    ],
)
def test_settlements(assessment, expected):
    assert rows(findings=[assessment], **EARLY) == expected


def test_what_is_asked_as_a_list_of_doings():
    lead = "We asked the Council to consider remedying the injustice by:"
    assert rows(findings=[(lead, ["apologising to Ms P; and", "paying her £200."])], **EARLY) == [
        ("apology", None, "recommended", None),
        (PAYMENT, 200, "recommended", None),
    ]


def test_they_are_people_where_people_were_named_last():
    told = "Mr and Mrs P’s son missed nothing. They paid £1,500 for a tutor. It paid them £300 for their distress."
    end = ["We will not investigate this complaint because the Council has remedied the injustice."]
    assert rows(findings=[told], final=end) == [(PAYMENT, 300, "already_done", None)]


def test_no_remedy_is_seen_in_what_it_is_reasonable_to_expect_of_somebody():
    told = "It apologised for taking three weeks. It is reasonable to expect her to appeal to the tribunal."
    assert rows(findings=[told], final=["We will not investigate this complaint."]) == []


# --- what was paid before, and what is agreed for whom ------------------------------------------------------------


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("This is on top of the £40 the Council paid her in May.", [(PAYMENT, 40, "already_done", None)]),
        ("This is in addition to the £40 it has already sent her.", [(PAYMENT, 40, "already_done", None)]),
        ("This takes the place of the £40 it offered her in May.", []),
    ],
)
def test_a_sum_that_others_come_on_top_of(behind, expected):
    decision = made_up.agreed(f"pay Ms P £300 for her distress. {behind}")
    found = [(r.kind, r.amount, r.status, r.deadline) for r in decision.remedies]
    assert found == [(PAYMENT, 300, "agreed", "P4W"), *expected]


@pytest.mark.parametrize(
    ("item", "amount"),
    [
        ("pay Ms P the allowance for May to July, less the £200 it has paid. The balance due is £910.40;", "910.40"),
        (
            "pay her the allowance at £10 a week for 30 weeks. With the £90 already paid taken off this leaves £210.",
            "210",
        ),
        ("pay Ms P £130 for her fares, less the £30 she was given. She will therefore receive £100;", "100"),
    ],
)
def test_what_is_left_told_in_the_next_sentence(item, amount):
    assert [r.amount for r in made_up.agreed(item).remedies] == [Decimal(amount)]


def test_agreed_for_some_people_only():
    listed = ("We recommended that the Council:", ["pay Mr Oak £300 for his distress;", "pay Mrs Elm £200 for hers."])
    behind = [
        "The Council has agreed to make the payment to Mrs Elm and will do so within one month.",
        "It has not agreed to that for Mr Oak.",
    ]
    decision = made_up.small(action=[listed, *behind], heading="Recommendations")
    assert [(r.recipient, r.status, r.deadline) for r in decision.remedies] == [
        ("Mr Oak", "recommended", None),
        ("Mrs Elm", "agreed", "P1M"),
    ]


def test_a_list_that_was_not_agreed():
    lead = "The Council has not agreed to the following, which I still recommend:"
    assert rows((lead, ["pay Ms P £90 for her distress."])) == [(PAYMENT, 90, "recommended", None)]


def test_a_list_of_what_will_have_been_done():
    lead = "The Council has agreed that by 1 May 2026 it will have:"
    assert rows((lead, ["drawn up a form for its panel."])) == [("procedure_or_policy", "agreed", "2026-05-01")]


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (
            "The Council has undertaken to write an instruction for its staff by 1 May 2026.",
            [("procedure_or_policy", "agreed", "2026-05-01")],
        ),
        (
            "It has agreed not to recover the overpaid benefit until the tribunal has decided.",
            [("other_personal", None, "agreed", None)],
        ),
        ("Ms P has agreed to send the Council her receipts.", []),
        ("The surgeon’s physiotherapist has recommended twelve sessions to build up her strength.", []),
        ("In another case we recommended that the Council write a new policy.", []),
        (
            "It will make both payments within a month and will send Ms P a letter of apology.",
            [("apology", None, "agreed", "P1M")],
        ),
        (
            "The Council will pay Ms P £90 for her fares (within four weeks).",
            [(REFUND, 90, "agreed", "P4W")],
        ),
        (
            "The Council will change its form. It has until 31 May 2026 to do this.",
            [("procedure_or_policy", "agreed", "2026-05-31")],
        ),
    ],
)
def test_who_agrees_to_what_by_when(action, expected):
    assert rows(action) == expected


def test_a_time_announced_for_the_paragraphs_behind():
    announced = "I asked the Council to take the steps in the next two paragraphs within four weeks and it has agreed."
    found = rows(announced, "It will apologise to Ms P.", "It will pay her £100 for her distress.")
    assert found == [("apology", None, "agreed", "P4W"), (PAYMENT, 100, "agreed", "P4W")]


def test_the_rest_and_everything_else():
    actions = [
        "The Council will pay Ms P £100 for her distress. It will also renew her pass.",
        "There will be an apology to Ms P from a director. This should reach her within a week, and the Council should do "
        "everything else that is set out above within a month.",
    ]
    assert [r.deadline for r in made_up.small(action=actions).remedies] == ["P1M", "P1M", "P1W"]


def test_a_payment_named_again_in_a_later_paragraph_is_one():
    told = [
        "When we asked about this, it agreed to pay her £200.",
        "The Council will now pay Ms P £200, which is an appropriate remedy for her distress.",
    ]
    end = ["We will not investigate this complaint because the Council has agreed to remedy the injustice."]
    assert rows(findings=told, final=end) == [(PAYMENT, 200, "agreed", None)]


def test_what_is_agreed_besides_an_offer_makes_that_agreed():
    told = "It has offered to pay Ms P £200 for her distress. I asked if it would also pay £120 for the loan and it has agreed."
    end = ["We will not investigate this complaint because the Council has agreed a suitable remedy."]
    assert [(a, s) for _, a, s, _ in rows(findings=[told], final=end)] == [(200, "agreed"), (120, "agreed")]


def test_a_charge_cancelled_as_goodwill():
    told = "As a gesture of goodwill the Council cancelled two of the penalty charge notices in May 2023."
    assert rows(findings=[told], final=["We will not investigate this complaint."]) == [
        (REFUND, None, "already_done", None)
    ]


def test_who_is_paid_for_their_own_distress():
    decision = made_up.agreed("pay Ms P £400 for her distress;", "pay B £200 for her own distress;", "pay £50 to F;")
    assert [r.recipient for r in decision.remedies] == ["Ms P", "B", "F"]


# --- findings ---------------------------------------------------------------------------------------------------


def test_he_and_they_are_the_ombudsman_behind_a_sentence_on_the_ombudsman():
    decision = made_up.small(summary="The Ombudsman finds fault in the delay. He does not find fault in the decision.")
    assert [f.fault for f in decision.fault_findings] == [True, False]
    decision = made_up.small(
        summary="The Ombudsmen find fault in the plan. They do not uphold the complaint about care."
    )
    assert [f.fault for f in decision.fault_findings] == [True, False]
    decision = made_up.small(summary="The panel met in May. They found no fault in the decision.")
    assert decision.fault_findings == []
