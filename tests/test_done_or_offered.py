"""What was done, paid or offered before the decision: where it counts, as what, and that it counts once."""

from decimal import Decimal

import made_up
import pytest

# --- what the decision relies on ---------------------------------------------------------------------------------


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
    assert made_up.told(decision) == [("apology", None, "already_done"), ("financial_distress", 200, "already_done")]
    assert all("outside_action_section" in r.warnings for r in decision.remedies)


@pytest.mark.parametrize(
    "verdict",
    ["I do not consider this a suitable remedy.", "Ms P has not cashed the cheque.", "We are not satisfied with that."],
)
def test_what_is_only_reported_does_not_count(verdict):
    decision = made_up.small(
        findings=[f"There was fault in the delay. The Council has already apologised and paid Ms P £200. {verdict}"]
    )
    assert made_up.told(decision) == []


def test_not_enough_evidence_is_no_satisfaction():
    decision = made_up.small(
        summary="We will not investigate this complaint.",
        findings=["The Council offered £100 as goodwill. There is not enough evidence of fault. She can appeal."],
    )
    assert made_up.told(decision) == []


def test_what_somebody_else_agreed_is_no_remedy():
    decision = made_up.small(
        summary="We will not investigate this complaint.",
        findings=["The neighbour agreed to remove two lights. That is what we would expect."],
        final=["We will not investigate this complaint. We are satisfied with the Council’s response."],
    )
    assert not decision.remedies and not decision.procedural_improvements


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("The letter enclosed a cheque for £75. I consider this a suitable remedy.", 75),
        ("The Council sent Ms P £75. That puts matters right.", 75),
        ("The Council has paid Ms P £75. I do not think we would recommend more.", 75),
        ("The Council has paid Ms P £75. I do not think that puts matters right.", None),
        ("The Council sent Ms P a bill for £75. I consider its offer to explain it a suitable remedy.", None),
    ],
)
def test_what_was_sent_before_and_is_enough(text, amount):
    decision = made_up.small(
        findings=[text],
        final=["We will not investigate this complaint."],
        head={**made_up.HEAD, "outcome": "Closed after initial enquiries"},
    )
    assert [(r.amount, r.status) for r in decision.remedies] == ([(amount, "already_done")] if amount else [])


DONE = "By the time Ms P came to us the Council had apologised to her, and it has paid her £300 for her distress."


@pytest.mark.parametrize(
    ("final", "kinds"),
    [
        (
            "I uphold this complaint. The Council had put that right before we became involved.",
            ["apology", "financial_distress"],
        ),
        ("I uphold this complaint. There was fault.", []),
    ],
)
def test_what_was_done_before_counts_where_the_decision_ends_so(final, kinds):
    decision = made_up.small(findings=["The delay was fault.", DONE], final=[final])
    assert [r.kind for r in decision.remedies] == kinds and {r.status for r in decision.remedies} <= {"already_done"}


# --- named by nouns ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "I consider the Council’s apology and offer of £150 a suitable remedy for the injustice.",
            [("apology", None, "already_done"), ("financial_distress", 150, "already_offered")],
        ),
        (
            "Its apology and its payment of £150 are enough to put right the injustice.",
            [("apology", None, "already_done"), ("financial_distress", 150, "already_done")],
        ),
        ("I do not consider the Council’s apology and offer of £150 a suitable remedy.", []),
        (
            "I am pleased to note the Council has agreed to apologise and pay £150. This remedies the injustice.",
            [("apology", None, "agreed"), ("financial_distress", 150, "agreed")],
        ),
        (
            "It withdrew the summons, took the £60 off the account and apologised. I am satisfied this is a suitable "
            "remedy.",
            [
                ("other_personal", None, "already_done"),
                ("financial_quantifiable_loss", 60, "already_done"),
                ("apology", None, "already_done"),
            ],
        ),
    ],
)
def test_remedies_named_by_nouns_or_told_as_done(sentence, expected):
    closing = ["I will not investigate further. The Council has put the matter right."]
    assert made_up.told(made_up.small(findings=[sentence], final=closing)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mrs X says she has not had an apology. The Council’s reply to her was a suitable response to her complaint.",
        "The Council refused an apology. Its repairs are a suitable remedy for the injustice.",
        "An apology is a suitable remedy for the injustice and the Council has not yet given one.",
        "The Council has not paid the £75 payment. This is not a suitable remedy.",
    ],
)
def test_a_noun_in_other_words_names_no_remedy(text):
    closing = ["I will not investigate further. The Council has put the matter right."]
    assert made_up.told(made_up.small(findings=[text], final=closing)) == []


def test_what_was_done_named_by_nouns_in_a_list_and_in_a_sentence():
    listed = made_up.put_right(
        (
            "The following have already been provided by the Council and I consider them part of the remedy:",
            ["its apology to Mrs X;", "the refund to her of £810.25; and", "its payment to Mr Y of £200."],
        )
    )
    assert made_up.told(listed) == [
        ("apology", None, "already_done"),
        ("financial_quantifiable_loss", Decimal("810.25"), "already_done"),
        ("financial_distress", 200, "already_done"),
    ]
    named = made_up.put_right(
        "The Council’s apology to Mrs X, the £900 it paid her and its clearing of her £310 arrears form part of the remedy."
    )
    assert [(r.kind, r.amount) for r in named.remedies] == [
        ("apology", None),
        ("financial_distress", 900),
        ("financial_quantifiable_loss", 310),
    ]


# --- offers: told again, raised, replaced ------------------------------------------------------------------------


def test_an_offer_that_is_said_again_in_the_final_decision_is_one():
    decision = made_up.small(
        findings=["The Council has offered Ms P £150. This is in line with our guidance on remedies."],
        final=["I uphold the complaint. The Council’s offer of £150 is a suitable remedy."],
    )
    assert made_up.told(decision) == [("financial_distress", 150, "already_offered")]


def test_an_offer_told_before_is_not_named_again():
    decision = made_up.small(
        findings=["The Council has offered Ms P £150. I consider its offer of £150 a suitable remedy."]
    )
    assert made_up.told(decision) == [("financial_distress", 150, "already_offered")]


def test_a_raised_offer_takes_the_place_of_the_first():
    decision = made_up.small(
        summary="We will not investigate this complaint. We are satisfied with the Council’s offer.",
        findings=[
            "In its reply the Council offered Ms P £100.",
            "The Council has apologised, and the £200 it has now offered her is in line with what we would recommend.",
        ],
    )
    assert made_up.told(decision) == [("apology", None, "already_done"), ("financial_distress", 200, "already_offered")]


def test_an_offer_that_was_raised_and_paid():
    decision = made_up.small(
        findings=[
            "The Council offered Mr Y £50. At stage two it increased this to £150. It paid this sum to his account the "
            "week after. Our guidance suggests that for distress a payment of between £100 and £300 may be suitable. "
            "£150 is the sort of sum we would have asked for."
        ],
        final=["I will not investigate further. The Council has put the matter right."],
    )
    assert made_up.told(decision) == [("financial_distress", 150, "already_done")]


def test_an_offer_that_was_replaced_does_not_count():
    decision = made_up.small(
        findings=["At stage one the Council offered Mr K £30. It has since paid him £100 in place of the £30."],
        final=["I will not investigate further. The Council has put the matter right."],
    )
    assert made_up.told(decision) == [("financial_distress", 100, "already_done")]


def test_an_offer_called_fair_stands_beside_a_payment_under_another_heading():
    decision = made_up.small(
        findings=[
            "It has offered Ms P £640 for a new hearing aid. That offer is fair.",
        ],
        final=["We will not investigate. The Council has agreed to pay Ms P £150 for the anxiety its letters caused."],
        head={**made_up.HEAD, "outcome": "Closed after initial enquiries"},
    )
    assert sorted(int(r.amount) for r in decision.remedies) == [150, 640]


def test_an_offer_to_be_paid_is_agreed():
    decision = made_up.small(
        action=[
            "The Council has offered Ms P £500. I consider this suitable. It should now pay this within four weeks."
        ]
    )
    assert [(r.amount, r.status, r.deadline) for r in decision.remedies] == [(500, "agreed", "P4W")]


# --- beside what is agreed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stands", ["is to stand, and I count it as part of the remedy", "stands. I consider it suitable"]
)
def test_a_sum_that_stands(stands):
    decision = made_up.put_right(
        "The Council will apologise.", f"The £400 reduction it made to the bill in May {stands}."
    )
    assert [(r.amount, r.status) for r in decision.remedies] == [(None, "agreed"), (400, "already_done")]


def test_what_was_paid_before_is_part_of_this_remedy():
    more = "The £50 the Council paid Ms P in May for the inconvenience is part of this remedy."
    decision = made_up.small(action=["The Council will pay Ms P £100 for distress.", more])
    assert [(r.amount, r.status) for r in decision.remedies] == [(100, "agreed"), (50, "already_done")]


def test_what_was_withdrawn_and_what_will_be_paid():
    decision = made_up.put_right(
        "The Council has withdrawn the invoice and will pay Mrs X £100 for distress within a month."
    )
    assert [(r.status, r.deadline) for r in decision.remedies] == [("already_done", None), ("agreed", "P1M")]


def test_what_is_counted_towards_the_remedy_behind_that():
    decision = made_up.small(
        findings=[
            "I asked the Council to put this right and it has agreed to pay Ms P £100 within a month.",
            "Two things have been done already, which I count towards the remedy. The Council has withdrawn its claim "
            "against Ms P, and in October it repaid £90 to her.",
        ],
        final=["We have upheld this complaint because the Council has agreed to resolve it early."],
    )
    assert [(r.kind, r.status) for r in decision.remedies] == [
        ("financial_distress", "agreed"),
        ("other_personal", "already_done"),
        ("financial_quantifiable_loss", "already_done"),
    ]


def test_an_early_settlement_told_with_its_time_in_the_assessment():
    decision = made_up.small(
        findings=[
            "The Council replied constructively. Within a month of this decision it will pay Ms P £100 for each of the six "
            "months the plan was late. And by 14 December 2026 it will write to her with the name of her caseworker.",
        ],
        final=["We have upheld this complaint because the Council has agreed to resolve it early."],
        summary="Ms P complained about the Council. It has agreed to resolve the complaint early.",
    )
    assert [(r.kind, r.amount) for r in decision.remedies] == [
        ("financial_loss_of_service", 600),
        ("provide_information", None),
    ]


# --- done since it was agreed ------------------------------------------------------------------------------------


def test_an_apology_made_since_is_done():
    decision = made_up.small(
        action=[
            ("The Council has agreed to:", ["apologise to Ms P; and", "pay her £100."]),
            "The Council has apologised to Ms P in a letter of 4 May.",
        ]
    )
    assert made_up.told(decision) == [("apology", None, "already_done"), ("financial_distress", 100, "agreed")]


def test_payments_that_a_later_paragraph_says_were_made_are_told_once():
    decision = made_up.small(
        action=[
            ("Within four weeks the Council will:", ["apologise to Ms P;", "pay her £300."]),
            "The Council has already paid the £300.",
        ]
    )
    assert [(r.amount, r.status) for r in decision.remedies] == [(None, "agreed"), (300, "already_done")]


def test_what_was_paid_to_one_of_two_is_not_paid_to_both():
    decision = made_up.small(
        action=[
            ("Within four weeks the Council will:", ["pay Ms P £200;", "pay each of her children £200."]),
            "It has now paid Ms P the £200.",
        ]
    )
    assert [r.status for r in decision.remedies] == ["already_done", "agreed"]


def test_what_somebody_else_paid_is_not_the_payment():
    decision = made_up.put_right(
        "The Council has agreed to pay Mrs X £200.", "The contractor sent the money for the works."
    )
    assert [r.status for r in decision.remedies] == ["agreed"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The Council has struck the £95 off Ms P’s account and will apologise to her.",
            [("financial_quantifiable_loss", "already_done"), ("apology", "agreed")],
        ),
        (
            "The Council has provided Ms P with a copy of her file and will pay her £100.",
            [("provide_information", "already_done"), ("financial_distress", "agreed")],
        ),
        (
            "The Council has mended the window, but it should pay Ms P £100.",
            [("financial_distress", "agreed")],
        ),
        ("The Council struck £40 off Ms P’s award each week.", []),
        ("The Council cleared £600 from Ms P’s account by mistake.", []),
    ],
)
def test_what_was_done_beside_what_is_to_come(text, told):
    decision = made_up.small(action=[text])
    assert [(r.kind, r.status) for r in decision.remedies if r.kind != "provide_services"] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It has struck the bailiff’s fee of £75 off the account.", [("financial_quantifiable_loss", 75)]),
        ("It has called the debt back from the bailiffs.", [("other_personal", None)]),
        ("It has placed a stop on recovery until the appeal is heard.", [("other_personal", None)]),
        ("It has put a hold on recovery in all cases where an appeal is open.", []),
        ("It has already given Ms P a copy of her father’s records.", [("provide_information", None)]),
        ("It has already given us copies of its records.", []),
        ("The School is also to take B off its list.", [("records", None)]),
    ],
)
def test_what_was_done_already_in_a_section_on_the_remedy(text, told):
    decision = made_up.small(action=["Some things have been put right already. " + text])
    assert [(r.kind, r.amount) for r in decision.remedies] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The Council has cleared the £260 arrears and paid Ms P £100.",
            [(260, "already_done"), (100, "already_done")],
        ),
        ("The Council has refunded Ms P £150, but will also pay her £100.", [(150, "already_done"), (100, "agreed")]),
        ("The Council has refunded Ms P £400, but it should have refunded £600.", [(400, "already_done")]),
        ("When the Council has cleared the drain it should pay Ms P £100.", [(100, "agreed")]),
        ("The Council will forward a cheque for £200 to Ms P.", [(200, "agreed")]),
        ("The Council will clear the £45 from Ms P’s account.", [(45, "agreed")]),
        ("The Council will let Ms P have £150 for her distress.", [(150, "agreed")]),
        ("The Council will let Ms P have a statement showing the £500 payment.", []),
    ],
)
def test_sums_beside_verbs_that_are_no_payment(text, told):
    decision = made_up.small(action=[text])
    assert [(r.amount, r.status) for r in decision.remedies if r.amount is not None] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The Council has deleted the charge and will pay Ms P £100.", [(100, "agreed")]),
        ("The Council has struck a deal with the landlord to clear the arrears.", []),
        (
            "The Council has apologised but must also pay Ms P £150.",
            [(None, "already_done"), (150, "agreed")],
        ),
        (
            "The Council agreed to pay Ms P £300. It offered £100 at first but will now pay her £300.",
            [(300, "agreed")],
        ),
        ("The Council will pass on to Ms P the £90 the home refunded.", [(90, "agreed")]),
    ],
)
def test_what_was_done_first_does_not_settle_what_comes_behind(text, told):
    assert [(r.amount, r.status) for r in made_up.small(action=[text]).remedies] == told


def test_improvements_behind_what_was_done():
    decision = made_up.small(action=["The Council has cleared its backlog and will train its staff."])
    assert [(i.kind, i.status) for i in decision.procedural_improvements] == [("training_or_guidance", "agreed")]


def _closed(*findings):
    decision = made_up.small(
        findings=list(findings),
        final=["I will not investigate this complaint."],
        head={**made_up.HEAD, "outcome": "Closed after initial enquiries"},
    )
    return [(r.kind, r.amount) for r in decision.remedies]


@pytest.mark.parametrize(
    ("findings", "remedies"),
    [
        (  # the body's own first decision, and a complaint that went before with this one
            [
                "The Council’s first decision in 2023 was wrong. It has apologised and refunded the £10 fee. That remedies this."
            ],
            [("apology", None), ("financial_quantifiable_loss", 10)],
        ),
        (
            [
                "In 2021 we investigated an earlier complaint by Ms P. The Council paid her £500. That was a fair remedy."
            ],
            [],
        ),
        (  # told once where it was done, and again where it is weighed
            [
                "The Council apologised to Ms P and refunded the £55 she had paid.",
                "The Council has given her back the whole of the fee and has said sorry. I consider that a fair remedy.",
            ],
            [("apology", None), ("financial_quantifiable_loss", 55)],
        ),
        (  # two bodies
            [
                "The Council has apologised to Ms P and paid her £100 for the delay.",
                "The Trust has apologised for the loss of her notes and paid her £150. Both are suitable remedies.",
            ],
            [("apology", None), ("financial_distress", 100), ("apology", None), ("financial_distress", 150)],
        ),
        (  # what happened to her is no remedy
            ["Ms P was sent a bill in May. The Council has apologised. This is a suitable remedy."],
            [("apology", None)],
        ),
        (
            ["The Council has put this right by refunding Ms P £60, which we consider suitable."],
            [("financial_quantifiable_loss", 60)],
        ),
    ],
)
def test_what_a_closed_decision_relies_on(findings, remedies):
    assert _closed(*findings) == remedies


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It has refunded £40, and says it will refund the other £20 when Ms P writes.", ["already_done", "agreed"]),
        ("The Council has shown us that it has paid Ms P £100.", ["already_done"]),
        ("I have asked the Council to pay Ms P £200 but it has refused.", ["recommended"]),
        ("The Council will make two payments: £300 to Mr P and £200 to Ms P.", ["agreed", "agreed"]),
        ("The Council will pay her £200. The amount is £150 for distress and £50 for trouble.", ["agreed", "agreed"]),
        ("The Council will pay her £30 and refund £90. That makes £120, which it will pay soon.", ["agreed", "agreed"]),
    ],
)
def test_the_status_of_each_sum(text, told):
    decision = made_up.put_right(text)
    assert [r.status for r in decision.remedies if r.kind.startswith("financial")] == told
