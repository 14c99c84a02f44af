"""Remedies that are told beside the usual list: done or offered before, agreed in part, announced, added up."""

from decimal import Decimal

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


@pytest.mark.parametrize(
    ("items", "answer", "statuses"),
    [
        (
            ["apologise to Ms P;", "pay her £200; and", "meet with her."],
            "The Council has agreed to the first and third.",
            ["agreed", "recommended", "agreed"],
        ),
        (
            ["apologise to Ms P;", "pay her £200; and", "refund £40."],
            "The Council has agreed to all of these other than the payment of £200.",
            ["agreed", "recommended", "agreed"],
        ),
        (
            ["apologise to Ms P;", "pay her £100; and", "pay her £250."],
            "The Council agrees to a) and b). It does not agree to c).",
            ["agreed", "agreed", "recommended"],
        ),
    ],
    ids=["by order", "all but one", "by letter"],
)
def test_a_list_agreed_in_part(items, answer, statuses):
    decision = made_up.small(action=[("I recommended that the Council should:", items), answer])
    assert [r.status for r in decision.remedies] == statuses


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


# --- money that is not asked for, said again, explained ---------------------------------------------------------


def amounts(*action):
    decision = made_up.small(action=list(action))
    return [r.amount for r in decision.remedies if r.kind.startswith("financial")]


@pytest.mark.parametrize(
    ("action", "amount"),
    [
        ("The Council will not pursue the £300 that she owes.", 300),
        ("The Council has agreed not to recover the overpayment of £1,200.", 1200),
        ("It will not ask Ms P to repay the £90.", 90),
        ("The Council will take no further action to recover the debt of £450.", 450),
        ("The Council will confirm to Ms P that it has written off the £75.", 75),
    ],
)
def test_a_debt_that_is_not_asked_for_any_more_counts(action, amount):
    assert amounts(action) == [amount]


@pytest.mark.parametrize(
    "action",
    [
        "The Council will take no steps to recover the debt until her appeal is decided.",
        "The Council will not use the payment to reduce the debt.",
    ],
)
def test_a_debt_that_waits_is_still_owed(action):
    assert amounts(action) == []


@pytest.mark.parametrize(
    ("action", "paid"),
    [
        ("The Council will pay £300 to Ms P and the same amount to Mr P.", [300, 300]),
        ("The Council will repay £640 to Ms P, which is the deposit of £1,120 less three days’ fees of £480.", [640]),
        ("The Council will pay Ms P £500. This is £300 for her distress and £200 for the delay.", [300, 200]),
        ("The Council will pay Ms P £100 a month for the time from May to 14 September (£440).", [440]),
        ("The Council will pay Ms P £60 and £200 per term for the two terms she missed (£400).", [60, 400]),
        ("The Council will pay Ms P the interest, up to a limit of £600.", [None]),
    ],
)
def test_sums_that_only_explain_another(action, paid):
    assert amounts(action) == paid


def test_an_apology_made_since_is_done():
    decision = made_up.small(
        action=[
            ("The Council has agreed to:", ["apologise to Ms P; and", "pay her £100."]),
            "The Council has apologised to Ms P in a letter of 4 May.",
        ]
    )
    assert told(decision) == [("apology", None, "already_done"), ("financial_distress", 100, "agreed")]


def test_in_addition_agrees_nothing():
    decision = made_up.small(
        action=[("In addition the Council should:", ["apologise to Ms P.", "pay her £100."])], heading="Recommendations"
    )
    assert {r.status for r in decision.remedies} == {"recommended"}


def test_what_somebody_else_agreed_is_no_remedy():
    decision = made_up.small(
        summary="We will not investigate this complaint.",
        findings=["The neighbour agreed to remove two lights. That is what we would expect."],
        final=["We will not investigate this complaint. We are satisfied with the Council’s response."],
    )
    assert not decision.remedies and not decision.procedural_improvements


def test_a_law_told_as_a_list_is_no_remedy():
    decision = made_up.small(
        findings=[("The guidance says it will not charge:", ["people in prison;", "people under 18; and", "carers."])]
    )
    assert not decision.remedies


@pytest.mark.parametrize(
    ("final", "findings"),
    [
        ("I have completed my investigation and uphold the complaint.", [True, True]),
        ("We will not investigate this complaint.", []),
    ],
)
def test_only_what_is_not_investigated_has_no_finding_to_close_by(final, findings):
    decision = made_up.small(
        summary="We cannot investigate the appeal.", findings=["I uphold this part of the complaint."], final=[final]
    )
    assert [f.fault for f in decision.fault_findings] == findings


def agreed(*paragraphs):
    return made_up.small(findings=["This was fault."], action=list(paragraphs))


@pytest.mark.parametrize(
    "sentence",
    [
        "The Council has agreed to give Mrs X a written apology and £150.",
        "The Council will provide an apology and a payment of £150 to Mrs X.",
        "The Council should offer Mrs X a full apology and a cheque for £150.",
    ],
)
def test_things_given_by_one_verb_are_entries_each(sentence):
    assert [(k, a) for k, a, _ in told(agreed(sentence))] == [("apology", None), ("financial_distress", 150)]


@pytest.mark.parametrize(
    ("sentence", "amounts"),
    [
        ("The Council will pay Ms P £200 for the worry of being told she had to find £9,100.", [200]),
        ("The Council has told us it will pay £300 to Mrs X.", [300]),
        ("The Council will pay Mrs X £500; this is in place of the £200 the Council offered.", [500]),
        ("The Council has agreed to pay Mrs X £500 and to check if it has made the payments she was owed.", [500]),
        (
            "The councils will pay her £1,400 between them, the County Council paying £900 and the City Council £500.",
            [1400],
        ),
        ("The Council will refund £540 to the estate, being the £200 deposit and the £340 she paid.", [200, 340]),
        ("The Council will pay Mrs X £900 a term for the autumn term of 2022 and the spring term of 2023.", [1800]),
        ("It will pay her a further £250 for each month until it does so, up to a maximum of six months.", [None]),
        ("The Council will pay Mr B and Ms C £50 a month each for the eleven months from June 2015.", [1100]),
        ("It will pay Mrs X £300. This is in addition to the £80 already paid for the lost form.", [300, 80]),
        ("The Council will pay her £450 per household, worked out at £150 for each of three summers.", [None]),
        ("The Council will refund £3,185 (49 weeks at £65) to Mr T.", [3185]),
        ("It will cut the charge by half and pay the difference of £90 to Mrs X.", [90]),
        ("It will pay him £20, in addition to his mileage, for every week of the six weeks he drove.", [120]),
        ("The School did not agree it should pay her £100. I have decided not to insist on it.", []),
        ("If it has not already done so, the Council should pay Mrs V the £600.", [600]),
        ("The Council will reduce the invoice from £3,400 to £2,100.", [1300]),
        ("The Council will write to Mrs X to explain how it worked out the charge of £85 a week.", []),
        ("The Council will arrange for a new fence, at a cost of about £3,000.", []),
        ("The Council will pay him £2,170 for loss of earnings, that is seven weeks at £310.", [2170]),
        ("The Council will provide Mr X with details of how to claim the £250 disturbance payment.", []),
        ("The Council will confirm in writing that it will not pursue the balance of £340.", [340]),
        ("It will backdate her allowance to June 2019 and pay her the arrears.", [None]),
        ("It will refund the £90 she paid and cancel the arrears that have built up since.", [90, None]),
        ("The Council should pay Mr N £500. This recognises £300 for his distress and £200 for the delay.", [300, 200]),
        ("It will apologise to Mr P and pay him £350, made up of: £200 for distress; and £150 for delay.", [200, 150]),
        ("I asked the Council to consider whether it would refund the £60, and it has agreed to do so.", [60]),
        ("Since then the Council has returned to Ms D the £610.50 that it had deducted.", [Decimal("610.50")]),
        ("It will reinstate the arrangement for him to pay £40 a month.", []),
        ("It will pay them £200 for a year’s inconvenience.", [200]),
        ("I recommended £450 and the Council has agreed to pay this.", [450]),
        ("It has paid Mrs X £200 and I recommended it pay a further £300, making £500 in all.", [200, 300]),
        ("I consider £300 is appropriate and the Council should pay it within four weeks.", [300]),
        ("The difference is £882. The Council has agreed to refund this sum.", [882]),
        ("It will write off half of the debt and accept repayment of the rest at £20 a month.", [None]),
        ("I have thought again and now recommend £350, which the Council has agreed to pay.", [350]),
        ("My draft decision recommended the Council pay Mr R £1,500.", []),
        ("The Council should pay £1,550. I agreed to reduce it by £350 to £1,200.", [1200]),
        ("For four months without school it will pay £1,200.", [1200]),
        ("It will finish the assessment, and if he is eligible will backdate his support to March.", [None]),
        ("I recommended the Council remedy the injustice to Mr and Mrs V.", []),
        ("In recognition of four months without school it will pay £1,200 (£300 x 4), and £250.", [1200, 250]),
        ("It will pay Ms O £350. It has already paid her £100 towards this so the sum now due is £250.", [250]),
        ("The Council should pay £900, being £300 to each of Mrs X and her two daughters.", [900]),
        ("It agreed to a payment of £500 but asked that it be offset against his debt of £816.", [500]),
        (
            "The Council’s offer to pay Mr T £20 a week for 30 weeks is reasonable and it should now make this payment.",
            [600],
        ),
        ("The Council has waived £90 of the charges and asked for the remaining £270.", [90]),
        ("It will send Ms R a written apology, together with £350 for her distress.", [350]),
        ("It will offer her a deferred payment agreement.", []),
        (
            "It will pay Ms L £750 for three months in a hotel. Our guidance suggests between £150 and £350 a month. I "
            "have used £250 a month.",
            [750],
        ),
        ("The Council will pay her £300. Our guidance suggests that it will usually be between £100 and £300.", [300]),
        ("If it agrees with her the Council will have to cancel the bill of £90.", []),
        ("The £250 it offered did not allow for the delay. It will pay £400 instead.", [400]),
        ("If he should be moved so that they can be together, the Council will meet the cost.", [None]),
        (
            "It will pay £2,500, made up of £2,000 for five months, at £400 a month, and £500 for two, at £250 a month.",
            [2000, 500],
        ),
    ],
)
def test_which_sums_are_paid(sentence, amounts):
    assert [r.amount for r in agreed(sentence).remedies if r.kind.startswith("financial")] == amounts


def test_what_was_paid_may_be_deducted_and_is_no_payment():
    decision = agreed("The Council will pay Mrs X £600.", "If it has paid the £300 it offered it can deduct this.")
    assert [r.amount for r in decision.remedies] == [600]


LISTED = (
    "I recommended the Council should:",
    ["apologise to Mrs X;", "pay her £300 for lost education;", "pay her £100 for time and trouble."],
)


@pytest.mark.parametrize(
    ("answer", "statuses"),
    [
        ("It has agreed to these apart from the payment for time and trouble.", ["agreed", "agreed", "recommended"]),
        (
            "The Council accepted recommendations 1 and 3. It did not accept the second.",
            ["agreed", "recommended", "agreed"],
        ),
        ("I asked it to think again. It has now said that it will pay this.", ["agreed"] * 3),
        ("I asked it to look at this again. It has agreed to look but has not replied.", ["recommended"] * 3),
        ("Mrs X does not accept the payment for time and trouble is enough.", ["recommended"] * 3),
        (
            "The Council has agreed to the apology and the payment for education. It does not agree to the other.",
            ["agreed", "agreed", "recommended"],
        ),
        ("The Council has accepted (i) and (iii). It has not agreed to (ii).", ["agreed", "recommended", "agreed"]),
    ],
)
def test_what_the_body_answered(answer, statuses):
    decision = made_up.small(findings=["This was fault."], action=[LISTED, answer], heading="Recommendations")
    assert [r.status for r in decision.remedies] == statuses


@pytest.mark.parametrize(
    ("paragraphs", "deadlines"),
    [
        (
            [
                "It will pay Mrs X £200.",
                "It will complete all the actions in the paragraph above within one month.",
            ],
            ["P1M"],
        ),
        (
            ["Two more things will be done within three months. It will pay Mrs X £50. It will mend the path."],
            ["P3M", "P3M"],
        ),
        (
            ["It will write to Mrs X to apologise. It will pay her £50. It will do that by 30 April 2026."],
            ["2026-04-30"] * 2,
        ),
        (
            ["I recommended it pay Mrs X £50. It has agreed to this and will carry it out within four weeks."],
            ["P4W"],
        ),
        (
            [
                "The Council has agreed to pay her £250 for the delay to the works. It will also finish the works by May."
            ],
            [None, None],
        ),
        (
            [
                "The Council should repair the path within six weeks, and within four weeks should apologise and pay £100."
            ],
            ["P6W", "P4W", "P4W"],
        ),
        (["It will waive £90 of the charges for the time before 19 February 2024."], [None]),
    ],
)
def test_when_prose_says_by_when(paragraphs, deadlines):
    assert [r.deadline for r in agreed(*paragraphs).remedies][: len(deadlines)] == deadlines


def test_an_improvement_that_was_recommended_and_has_been_made_is_done():
    decision = agreed(
        "We recommended that the Council review its policy on top-ups. It has done so and sent us the new one."
    )
    assert [i.status for i in decision.procedural_improvements] == ["already_done"]


def test_three_actions_for_others_in_one_item_are_one_entry():
    item = "visit the three depots, correct the records held there and withdraw the notice."
    decision = agreed(("The Council has agreed to:", ["remind staff of the rules;", item]))
    assert [i.evidence.quote for i in decision.procedural_improvements][1:] == [item]


def test_a_line_in_a_list_says_for_whom_the_items_are():
    head = made_up.website().split("The complaint", 1)[0]
    text = head + "\n".join(
        [
            "The complaint\n\n  1. Mr H complained for his wife and himself.\n",
            "What I found\n\n  1. The delay was fault.\n",
            "Agreed action\n\n  1. Within one month of my decision the Council will:",
            "     For Mr H",
            "      1. apologise to him; and",
            "      2. pay him £750 for his distress.",
            "     For Mrs G",
            "      1. apologise to her; and",
            "      2. repay the £90 she paid to Ms J; and",
            "      3. pay her £200 for the upset.",
            "  2. Within two months it will remind its staff of the rules.\n",
            "Final decision\n\n  1. I have completed my investigation.\n",
        ]
    )
    decision = read_decision(text)
    assert [(r.amount, r.recipient, r.deadline) for r in decision.remedies] == [
        (None, "Mr H", "P1M"),
        (750, "Mr H", "P1M"),
        (None, "Mrs G", "P1M"),
        (90, "Mrs G", "P1M"),
        (200, "Mrs G", "P1M"),
    ]
    assert {r.status for r in decision.remedies} == {"agreed"}
    assert [(i.deadline, i.evidence.paragraph) for i in decision.procedural_improvements] == [("P2M", 4)]


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
    assert told(made_up.small(findings=[sentence], final=closing)) == expected


def test_an_offer_told_before_is_not_named_again():
    decision = made_up.small(
        findings=["The Council has offered Ms P £150. I consider its offer of £150 a suitable remedy."]
    )
    assert told(decision) == [("financial_distress", 150, "already_offered")]


def test_a_list_with_letters_that_runs_on_in_its_sentence():
    decision = agreed(
        "The Council has agreed, within four weeks of this decision, to: a) apologise to Mr P b) pay Mr P £200 "
        "c) remind staff to keep records."
    )
    assert told(decision) == [("apology", None, "agreed"), ("financial_distress", 200, "agreed")]
    assert [i.deadline for i in (*decision.remedies, *decision.procedural_improvements)] == ["P4W"] * 3


def test_a_person_who_is_named_by_a_letter_is_not_paid_as_agreed():
    decision = made_up.small(
        findings=["This was fault."],
        action=[
            ("I recommended the Council should:", ["pay Ms H £500 for her distress;", "pay J £300 for his distress."]),
            "The Council has agreed to all of the above except for the payment to J.",
        ],
        heading="Recommendations",
    )
    assert [r.status for r in decision.remedies] == ["agreed", "recommended"]


@pytest.mark.parametrize(
    ("item", "rate"),
    [
        ("the Council and the Trust will each pay Mrs E £150 for her worry;", (300, 150, 2, "organisation")),
        ("the Council and the Trust will pay Mrs E £200 between them (£100 each);", (200, 100, 2, "organisation")),
        ("the Council will pay the two families £250 each for their distress;", (500, 250, 2, "family")),
    ],
)
def test_whose_a_rate_is(item, rate):
    (remedy,) = agreed(("Within a month:", [item])).remedies
    assert (remedy.amount, remedy.unit_amount, remedy.units, remedy.unit) == rate


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ("consider what other support it can offer Mr B with his rent arrears", "reconsideration"),
        ("instruct its bailiffs to stop recovery action against Mr B", "other_personal"),
        ("ensure the care provider apologises to Mrs K", "apology"),
        ("increase Mr B’s priority banding to Band A from 5 May 2022", "records"),
        ("have the roof of Mr B’s house inspected by a surveyor from outside its own staff", "provide_services"),
        ("complete a review of her flat and tell Ms C of her right to appeal", "reconsideration"),
        ("inspect the flat of Ms C and decide whether it is suitable for her", "reconsideration"),
        ("arrange for a therapist from outside to carry out a fresh assessment of his needs", "reconsideration"),
        ("offer Mr F the chance to pay by instalments", "other_personal"),
        ("treat the letter of Mr G as a request for a review", "reconsideration"),
        ("make arrangements to deal with the overhanging trees at the house of Mr V", "provide_services"),
        ("let Mr and Mrs E know the outcome of the disciplinary process", "provide_information"),
        ("make a decision on her application for help with the cost of removals", "reconsideration"),
        ("provide Mr D with a single, correct statement showing what he has been charged", "provide_information"),
    ],
)
def test_what_an_item_is(item, kind):
    assert [r.kind for r in agreed(("Within a month the Council will:", [f"{item};"])).remedies] == [kind]


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ("consider the lessons from this case", "training_or_guidance"),
        ("work with the health board to agree a joint policy", "procedure_or_policy"),
        ("complete the planned review of its education service", "procedure_or_policy"),
        ("review the plans of all children at School Q to identify others who missed out", "review_of_cases"),
        ("explain how it will ensure that reviews are finished on time", "monitoring_or_reporting"),
        ("carry out an audit of all repairs its agents made last year", "review_of_cases"),
        (
            "report to us, and to its own housing committee, on the number of families in hotels",
            "monitoring_or_reporting",
        ),
    ],
)
def test_what_an_improvement_is(item, kind):
    found = agreed(("Within a month the Council will:", [f"{item};"])).procedural_improvements
    assert [i.kind for i in found] == [kind]


def test_times_given_to_the_items_by_their_order():
    decision = agreed(
        ("I recommended that the Council:", ["apologise to Ms P;", "pay her £50;", "remind its staff of the rule."]),
        "It accepted my recommendations and agreed to carry out the first two within one month of the date of my "
        "decision and the last within three months.",
    )
    assert [r.deadline for r in decision.remedies] == ["P1M", "P1M"]
    assert [i.deadline for i in decision.procedural_improvements] == ["P3M"]


def test_an_offer_that_was_replaced_does_not_count():
    decision = made_up.small(
        findings=["At stage one the Council offered Mr K £30. It has since paid him £100 in place of the £30."],
        final=["I will not investigate further. The Council has put the matter right."],
    )
    assert told(decision) == [("financial_distress", 100, "already_done")]


def test_a_body_that_may_not_agree_has_not_refused():
    decision = agreed(
        "The Council will work out, and pay him, the net income he lost. If it does not agree with his figures it will "
        "say why."
    )
    assert [r.status for r in decision.remedies] == ["agreed"]


def test_what_a_payment_is_for_by_the_sentences_before_it():
    decision = agreed(
        "Miss V and her children stayed in bed and breakfast accommodation for eleven weeks. The Council has agreed to "
        "pay Miss V £1,100, which is £100 for each week."
    )
    (remedy,) = decision.remedies
    assert remedy.kind == "financial_loss_of_service" and "purpose_not_said" in remedy.warnings


def test_a_sum_taken_off_in_a_later_sentence_of_an_item():
    decision = agreed(
        (
            "The Council has agreed to:",
            [
                "pay him the allowance, which is £2,000. It should take off the £650 it has given him, so that £1,350 is "
                "payable;",
                "refund the top-up. The total was £2,280. The £480 credited in May comes off that, which leaves £1,800.",
            ],
        )
    )
    assert [r.amount for r in decision.remedies] == [1350, 1800]


def test_an_offer_that_was_raised_and_paid():
    decision = made_up.small(
        findings=[
            "The Council offered Mr Y £50. At stage two it increased this to £150. It paid this sum to his account the "
            "week after. Our guidance suggests that for distress a payment of between £100 and £300 may be suitable. "
            "£150 is the sort of sum we would have asked for."
        ],
        final=["I will not investigate further. The Council has put the matter right."],
    )
    assert told(decision) == [("financial_distress", 150, "already_done")]


def test_a_sum_made_up_of_a_list_is_not_added_to_it():
    decision = agreed(
        (
            "The Council has agreed to pay £2,100 to Miss Z to remedy the injustice. This is made up of:",
            ["£1,400 for the months she had no home;", "£400 for her distress; and", "£300 for her time and trouble."],
        ),
        "It has also agreed to reassess the priority of Miss Z.",
        "The Council should do these things within one month.",
    )
    assert [r.amount for r in decision.remedies] == [1400, 400, 300, None]
    assert {r.deadline for r in decision.remedies} == {"P1M"}


def test_the_payment_of_a_list_and_an_apology_in_one_sentence():
    decision = agreed(
        ("The Council should pay Ms V:", ["£1,400 for lost education; and", "£300 for her distress."]),
        "It should make the payment within one month, and within the same time apologise to Ms V.",
    )
    assert [(r.kind, r.deadline) for r in decision.remedies][-1] == ("apology", "P1M")
    assert {r.deadline for r in decision.remedies} == {"P1M"}


def test_agreed_to_do_the_first_and_the_others_is_all():
    decision = agreed(
        ("It has agreed to:", ["pay them £300;", "make arrangements to deal with their trees."]),
        "It has agreed to do the first of these within four weeks and the others within eight weeks.",
    )
    assert [(r.status, r.deadline) for r in decision.remedies] == [("agreed", "P4W"), ("agreed", "P8W")]


def test_what_it_said_it_would_do_and_should():
    decision = agreed("The Council said it would apologise for this. It should do so within four weeks.")
    assert [(r.kind, r.deadline) for r in decision.remedies] == [("apology", "P4W")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As Mrs X had to chase the Council for months, it has agreed to pay her £100.", [("payment", 100)]),
        ("As our guidance recommends, the Council has agreed to pay Mrs X £300.", [("payment", 300)]),
        (
            "The Council has agreed to pay Mrs X £500 for lost provision. It is also to pay her £150 for her distress.",
            [("payment", 500), ("payment", 150)],
        ),
        (
            "The Council will apologise to Mrs X, complete any outstanding repairs and pay her £200.",
            [("apology", None), ("provide_services", None), ("payment", 200)],
        ),
        (
            "The Council will inspect the flat, carry out the repairs and reassess the rent.",
            [("provide_services", None), ("reconsideration", None)],
        ),
        ("I note that Mrs X says the Council has agreed to pay her £90.", []),
        (
            "It will pay £1,000. It may set off the £250 she owes so that the arrears of £250 are cleared.",
            [("payment", 1000)],
        ),
        ("It will pay £200 for each child’s lost education to Mrs X, who has two children.", [("payment", 400)]),
        (
            "The Council and the Trust should between them pay the four families £200 each.",
            [("payment", 800)],
        ),
        (
            "My decision has two parts: a) the Council delayed and b) it did not tell Mrs X. It will pay her £100.",
            [("payment", 100)],
        ),
        ("It will pay Mrs X £300 to cover the distress caused by the delay.", [("payment", 300)]),
        ("It has agreed to pay Mr X £300 to remedy the injustice caused to him and his wife.", [("payment", 300)]),
        ("It has agreed to: 1. Apologise to Mrs X. 2. Pay her £200.", [("apology", None), ("payment", 200)]),
        ("My draft decision recommended the Council pay Mrs X £500. It has agreed to this.", [("payment", 500)]),
        (
            "It will pay Mrs X £300. It will pay Mr X £200. I have increased the payment to £350 for Mrs X.",
            [("payment", 300), ("payment", 200)],
        ),
        (
            "It has agreed to pay Mrs X £650. It has already paid £200 of this so it should pay the remaining £450.",
            [("payment", 450)],
        ),
        (
            "It will refund £900 of the £1,782 Mrs X paid. The difference is £882. It should pay this to the home.",
            [("payment", 900)],
        ),
        (
            "Our guidance suggests between £100 and £300 for distress, and the Council has agreed to pay her £200.",
            [("payment", 200)],
        ),
        ("I recommended it pay her £200. I have withdrawn my other recommendation.", [("payment", 200)]),
    ],
)
def test_ordinary_sentences_around_the_rare_ones(text, expected):
    found = [("payment" if r.kind.startswith("financial") else r.kind, r.amount) for r in agreed(text).remedies]
    assert found == expected


def test_what_was_withdrawn_and_what_will_be_paid():
    decision = agreed("The Council has withdrawn the invoice and will pay Mrs X £100 for distress within a month.")
    assert [(r.status, r.deadline) for r in decision.remedies] == [("already_done", None), ("agreed", "P1M")]


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
    assert told(made_up.small(findings=[text], final=closing)) == []


def test_what_somebody_else_paid_is_not_the_payment():
    decision = agreed("The Council has agreed to pay Mrs X £200.", "The contractor sent the money for the works.")
    assert [r.status for r in decision.remedies] == ["agreed"]


def test_an_apology_to_each_of_a_list():
    decision = agreed(("The Council will:", [("apologise to:", ["Mr K, for his review;", "Ms L, for hers;"])]))
    assert [(r.kind, r.evidence.quote) for r in decision.remedies] == [
        ("apology", "Mr K, for his review;"),
        ("apology", "Ms L, for hers;"),
    ]


def test_sums_of_a_further_list_that_happen_to_add_up():
    decision = agreed(
        (
            "The Council has agreed to pay Mrs X £500 for distress. It will also:",
            ["pay £300 towards her legal costs;", "refund the £200 she paid for the report."],
        )
    )
    assert [r.amount for r in decision.remedies] == [500, 300, 200]


def test_an_apology_to_each_and_what_goes_with_one():
    decision = agreed(
        (
            "The Council will:",
            [("apologise to:", ["Mrs X for the delay;", "Mr Y for the lost records and pay him £200."])],
        )
    )
    assert [(r.kind, r.amount) for r in decision.remedies] == [
        ("apology", None),
        ("apology", None),
        ("financial_distress", 200),
    ]


def test_a_changed_sum_keeps_who_gets_it():
    decision = agreed("The Council has agreed to pay Mrs X £250. I agreed to increase it to £300.")
    assert [(r.amount, r.recipient) for r in decision.remedies] == [(300, "Mrs X")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It will pay Mrs X £700, and Mr Y and Mr Z £400 each, making £1,500, for their distress.",
            [("Mrs X", 700), ("Mr Y and Mr Z", 800)],
        ),
        (
            "The £120 it paid Mr Y in May also forms part of the remedy, and should not be deducted from Mrs X’s £300.",
            [("Mr Y", 120)],
        ),
        (
            "The Council will pay Mrs X a further £300, so that with the £200 already paid she will have had £500.",
            [("Mrs X", 300)],
        ),
        ("The Council will send Mrs X a new cheque for £900, in place of the one for £600.", [("Mrs X", 900)]),
        ("The Council will pay Mrs X £200 for four birthday payments of £50.", [("Mrs X", 200)]),
        ("The Council will clear the balance of £875.50 from the rent account.", [(None, Decimal("875.50"))]),
        ("If Mrs X does not, the Council will pay her £1,250.", [("Mrs X", 1250)]),
        ("In June Mrs X and the Council agreed that she would pay it off at £40 a month.", []),
        (
            "The Council will pay Mrs X £200. Mr Y will have a further £150 for his trouble.",
            [("Mrs X", 200), ("Mr Y", 150)],
        ),
        (
            "The Council said it would, in addition, return the £42 to Mr Y. I had not asked for this, but it is welcome.",
            [("Mr Y", 42)],
        ),
    ],
)
def test_who_gets_which_sum(text, expected):
    assert [(r.recipient, r.amount) for r in agreed(text).remedies] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Council will have a new rail fitted and will bear the cost.", ["provide_services"]),
        ("It will give Mrs X at least three months to pay what remains on the invoice.", ["other_personal"]),
        ("It will accept payment at no more than £10 a week for as long as Mrs X is out of work.", ["other_personal"]),
        ("The Council will check all placements since April 2023 and refund those who were not given a choice.", []),
    ],
)
def test_what_is_no_payment_to_the_person(text, expected):
    assert [r.kind for r in agreed(text).remedies] == expected


def test_what_was_done_named_by_nouns_in_a_list_and_in_a_sentence():
    listed = agreed(
        (
            "The following have already been provided by the Council and I consider them part of the remedy:",
            ["its apology to Mrs X;", "the refund to her of £810.25; and", "its payment to Mr Y of £200."],
        )
    )
    assert told(listed) == [
        ("apology", None, "already_done"),
        ("financial_quantifiable_loss", Decimal("810.25"), "already_done"),
        ("financial_distress", 200, "already_done"),
    ]
    named = agreed(
        "The Council’s apology to Mrs X, the £900 it paid her and its clearing of her £310 arrears form part of the remedy."
    )
    assert [(r.kind, r.amount) for r in named.remedies] == [
        ("apology", None),
        ("financial_distress", 900),
        ("financial_quantifiable_loss", 310),
    ]


@pytest.mark.parametrize(
    "stands", ["is to stand, and I count it as part of the remedy", "stands. I consider it suitable"]
)
def test_a_sum_that_stands(stands):
    decision = agreed("The Council will apologise.", f"The £400 reduction it made to the bill in May {stands}.")
    assert [(r.amount, r.status) for r in decision.remedies] == [(None, "agreed"), (400, "already_done")]


def test_a_time_given_before_the_list_is_the_lists():
    decision = agreed(
        (
            "The Council accepts our recommendations and will carry them out within two months of this report. It will:",
            ["apologise to Mrs X;", "pay Mrs X £300."],
        )
    )
    assert [r.deadline for r in decision.remedies] == ["P2M", "P2M"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("It will carry out the recommendations in paragraph 5.", ["agreed", "agreed", "agreed"]),
        (
            "It will carry out the recommendations in paragraph 5, with one exception. It does not agree to make a payment to Mr Y.",
            ["agreed", "agreed", "recommended"],
        ),
        (
            "It will pay the £200 and the £100, but it has not said whether it will apologise.",
            ["recommended", "agreed", "agreed"],
        ),
    ],
)
def test_what_was_recommended_in_a_paragraph_and_agreed_in_another(answer, expected):
    lead = "We recommend that within a month the Council should:"
    items = ["apologise to Mrs X;", "pay Mrs X £200;", "pay Mr Y £100."]
    decision = made_up.small(action=[(lead, items), f"We put this to the Council. {answer}"], heading="Recommendations")
    assert [r.status for r in decision.remedies] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It will pay Mrs X £2,050 for her son’s education. Of this, £1,500 is for the five months in which he did not "
            "go to school, at £300 a month, and £550 is for the therapy he did not have.",
            [(1500, 300, 5), (550, None, None)],
        ),
        (
            "It will pay Mrs X for her journeys at 40p a mile for 2,000 miles, a total of £800. It can take off the £150 "
            "which it sent her in July, so that £650 is now payable.",
            [(650, Decimal("0.40"), 2000)],
        ),
        (
            "It will repay Mr Y the £900.50 the agents took, less the £200 it used for his bill, a payment of £700.50.",
            [(Decimal("700.50"), None, None)],
        ),
        (
            "It will pay her the arrears, which come to £9,400 before anything is taken off; as £2,000 of this was paid on "
            "account in May, what is still due is £7,400.",
            [(7400, None, None)],
        ),
        (
            "It will pay what it withheld, which is £110 a week for 12 weeks or £1,320. It can count towards this the £500 "
            "it added in May, and so the payment will be one of £820.",
            [(820, 110, 12)],
        ),
        (
            "It will refund the storage charges, at £20 a week for 30 weeks. That makes £600. It has already credited "
            "£150, so it has £450 left to pay.",
            [(450, 20, 30)],
        ),
        (
            "It will pay Mrs X £2,600. I have arrived at this by taking £1,200 for each of the three terms he missed "
            "(£3,600) and subtracting the £1,000 which it paid in August.",
            [(2600, 1200, 3)],
        ),
        (
            "It will pay Mr Y for his journeys, at 45p a mile. He drove 20 miles a day for 100 days, or 2,000 miles, and "
            "the sum due is £900.",
            [(900, Decimal("0.45"), 2000)],
        ),
        (
            "For the effect on her it will pay £900. There are two elements in this. One is £500, for the support she "
            "missed. The other is £400, for her distress.",
            [(500, None, None), (400, None, None)],
        ),
        (
            "It will pay £250 for each of Ms Z’s four children, into accounts of their own, for upset and worry.",
            [(1000, 250, 4)],
        ),
        ("It will repay the fares for eight hospital visits at £12.50, which are £100.", [(100, Decimal("12.50"), 8)]),
        ("It will refund £28 for any visit at which she was not seen.", [(None, 28, None)]),
        ("It has agreed to renew the offer of £250 for inconvenience that it made in March.", [(250, None, None)]),
        ("It will pay him £600, being £100 for every month without a key worker.", [(600, 100, 6)]),
        (
            "It will pay them £3,900 for their son’s benefit, which is £1,500 for each of the two terms he had nothing and "
            "£900 for the term in which he had a little, and £400 to Mr and Mrs Y themselves.",
            [(3000, 1500, 2), (900, None, None), (400, None, None)],
        ),
        ("It has agreed to cover the £5 she paid for each of 17 trips to the tip.", [(85, 5, 17)]),
        ("For the frustration of her complaint Mrs X is to have £300, half of it from each.", [(300, None, None)]),
        (
            "It will arrange the return of his £50 deposit and cancellation of the £90 invoice.",
            [(50, None, None), (90, None, None)],
        ),
        (
            "It will pay her £80. Its demand for £904 has been withdrawn, as we had asked.",
            [(80, None, None), (904, None, None)],
        ),
        (
            "It will pay Mrs X £100. The £220 for bedding which she had in June was properly paid and will stand.",
            [(100, None, None), (220, None, None)],
        ),
    ],
)
def test_sums_that_are_worked_out(text, expected):
    found = [(r.amount, r.unit_amount, r.units) for r in agreed(f"The Council has agreed. {text}").remedies]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what was agreed that a person need not do, or will get, is the body's
        ("The Council has agreed that Ms P will not have to pay the £640 invoice.", [(640, "agreed", None)]),
        ("The Council has agreed that Ms P will, within four weeks, be paid £350.", [(350, "agreed", "P4W")]),
        ("The Council has agreed that he should never have been charged and will refund £70.", [(70, "agreed", None)]),
        ("The Council has agreed that he should pay off the debt at £20 a month.", []),
        # what the person is to pay, or is only told of
        ("The Council will correct the bill. Mr P will have £450 to pay by 1 June.", [(None, "agreed", None)]),
        ("The Council will pay Ms P £200. The £350 rent increase stands.", [(200, "agreed", None)]),
        ("The Council will pay Ms P £200. The £150 that it offered no longer stands.", [(200, "agreed", None)]),
        ("The Council will waive £120 of the charge, so that £80 is still outstanding.", [(120, "agreed", None)]),
        ("The Council should explain whether he will receive the £200 a month it offered.", [(None, "agreed", None)]),
        ("The Council should remind staff that carers should receive a £200 payment each year.", []),
        # several sums
        (
            "The Council will refund the court costs, which are £85, and the agent’s fees, which are £310.",
            [(85, "agreed", None), (310, "agreed", None)],
        ),
        (
            "The Council will pay Mr P £900, which is £500 for the tuition he missed, £300 for his distress and £100 for "
            "his time and trouble.",
            [(500, "agreed", None), (300, "agreed", None), (100, "agreed", None)],
        ),
        (
            "The Council will pay Ms P £1,500. £1,000 of that is for the loss of education and £500 is for distress.",
            [(1000, "agreed", None), (500, "agreed", None)],
        ),
        (
            "The Council will pay Ms P £500 for distress and £150 for time and trouble. It will pay the £500 and the £150 "
            "within four weeks.",
            [(500, "agreed", "P4W"), (150, "agreed", "P4W")],
        ),
        (
            "The Council should pay Ms P £300. The refund of £60 should be made within two weeks.",
            [(300, "agreed", None), (60, "agreed", "P2W")],
        ),
        (
            "The Council should pay Ms P £300. She spent £150 on taxis and should be repaid.",
            [(300, "agreed", None), (150, "agreed", None)],
        ),
        (
            "The Council has agreed to (a) apologise to Ms P; (b) pay her £300; and (c) refund the £45 fee.",
            [(None, "agreed", None), (300, "agreed", None), (45, "agreed", None)],
        ),
        (
            "The Council will pay Ms P £300 for distress. It has already paid £100, so it should pay a further £200.",
            [(200, "agreed", None)],
        ),
        # what was offered and is too little
        (
            "The Council offered Ms P £100 but I do not think this is enough. It should pay £250.",
            [(250, "agreed", None)],
        ),
        ("The Council told us it would pay £500. This is welcome.", [(500, "agreed", None)]),
        # what was done before is not what is to be done
        ("The Council should pay £300. It changed the policy in January 2019.", [(300, "agreed", None)]),
        ("The Council should refund the £200. It introduced the charge in April 2022.", [(200, "agreed", None)]),
        (
            "The Council should pay Ms P £250. It has already reviewed its policy and so we have not recommended it does "
            "so again.",
            [(250, "agreed", None)],
        ),
        ("The Council will refund the charges it made before the end of 2024.", [(None, "agreed", None)]),
        (
            "I have considered whether the Council should (a) pay Ms P £200 or (b) write off the £300 debt. The Council "
            "has agreed to pay her £200.",
            [(200, "agreed", None)],
        ),
        # said to be done, or due, again
        ("The Council should pay Mr P £300. It has since paid the £300.", [(300, "already_done", None)]),
        ("The Council should pay Mr P £300. It will pay the £300 within four weeks.", [(300, "agreed", "P4W")]),
        ("The Council should refund £120. It issued the refund in January 2025.", [(120, "already_done", None)]),
        (
            "The Council has apologised to Ms P and agreed to pay her £300.",
            [(None, "already_done", None), (300, "agreed", None)],
        ),
        (
            "The Council should pay Ms P £900. As the Council has already paid £400, it should now pay £500.",
            [(500, "agreed", None)],
        ),
        (
            "The Council should pay Ms P £200. As it has already paid £150 to her son, it should also pay £90 to her daughter.",
            [(200, "agreed", None), (150, "already_done", None), (90, "agreed", None)],
        ),
        # what the Ombudsman does not think, beside what is due
        ("The Council will pay Ms P £600. We do not recommend it pays more.", [(600, "agreed", None)]),
        (
            "The Council will pay Ms P £200. She asked for £1,000 but I do not think this is justified.",
            [(200, "agreed", None)],
        ),
        (
            "The Council offered £100. I do not consider this a suitable remedy so the Council will pay £300.",
            [(300, "agreed", None)],
        ),
        ("If Ms P is content with this the Council will pay her £300.", [(300, "agreed", None)]),
        ("The Council should, if it has not already done so, pay Ms P £200.", [(200, "agreed", None)]),
        (
            "The Council should pay £250. It does not agree it was at fault but will make the payment.",
            [(250, "agreed", None)],
        ),
        (
            "The Council has agreed to pay Mr P £200. I also recommend it pays Ms P £300. It has not agreed to do so.",
            [(200, "agreed", None), (300, "recommended", None)],
        ),
        (
            "The Council should apologise and pay £300. It has agreed to all but the payment.",
            [(None, "agreed", None), (300, "recommended", None)],
        ),
        # sums that are not due
        (
            "The Council will pay Mr P £300 for his distress; the £75 it offered falls away.",
            [(300, "agreed", None)],
        ),
        ("The Council will pay £400, based on our guidance of £100 to £400.", [(400, "agreed", None)]),
        (
            "The Council will pay £500 to recognise the distress caused by the demand for £2,000.",
            [(500, "agreed", None)],
        ),
        ("The Council will cancel £300 of the invoice of £900.", [(300, "agreed", None)]),
        (
            "The Council has agreed not to pursue the debt of £800 until the complaint is resolved.",
            [(None, "agreed", None)],
        ),
        ("Mr P will not be charged for the £240.", [(240, "agreed", None)]),
        ("Mr P paid £400 for a private assessment. The Council should refund this.", [(400, "agreed", None)]),
        ("Ms P is to receive £250 a month for five months.", [(1250, "agreed", None)]),
    ],
)
def test_ordinary_sentences_around_payments(text, expected):
    decision = made_up.small(
        action=[text], final=["The Council has agreed to my recommendations. I uphold the complaint."]
    )
    assert [(r.amount, r.status, r.deadline) for r in decision.remedies] == expected


def test_payments_that_a_later_paragraph_says_were_made_are_told_once():
    decision = made_up.small(
        action=[
            ("Within four weeks the Council will:", ["apologise to Ms P;", "pay her £300."]),
            "The Council has already paid the £300.",
        ]
    )
    assert [(r.amount, r.status) for r in decision.remedies] == [(None, "agreed"), (300, "already_done")]


def test_a_payment_that_was_refused_leaves_the_apology_agreed():
    decision = made_up.small(
        action=["The Council should apologise to Ms P and pay her £300. The Council has declined to make the payment."],
        final=["The Council has agreed to my recommendations but for the payment. I uphold the complaint."],
    )
    assert told(decision) == [("apology", None, "agreed"), ("financial_distress", 300, "recommended")]


@pytest.mark.parametrize(
    "text",
    [
        "She has now been given a place at the school, so I make no recommendation about that.",
        "The care plan is to be amended within four weeks.",
    ],
)
def test_what_is_about_the_person_is_no_improvement(text):
    decision = made_up.small(action=[f"The Council should apologise to Ms P. {text}"])
    assert decision.procedural_improvements == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("pay Mr P £200 a month until the date it makes the offer", "financial_loss_of_service"),
        ("pay £46.20 for each of the 104 weeks to 4 July", "financial_quantifiable_loss"),
        (
            "pay £1,560 for the savings which were not made, being £10 for each of 156 weeks",
            "financial_quantifiable_loss",
        ),
        ("pay Mr P £100 a month for five months because it delayed the assessment", "financial_distress"),
        ("pay Mr P £150 a month for four months. This is to recognise the distress of waiting", "financial_distress"),
        ("cancel the outstanding £2,412.50", "financial_quantifiable_loss"),
        ("pay £345 for the bench", "financial_quantifiable_loss"),
    ],
)
def test_what_a_payment_is_for_where_little_is_said(text, kind):
    decision = made_up.small(action=[f"The Council has agreed to {text}."])
    assert [r.kind for r in decision.remedies] == [kind]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The Council will extend the permit by three months.", ["provide_services"]),
        ("The Council will provide Ms P with a copy of the assessment.", ["provide_information"]),
        ("The Council will give him a copy of the support plan within two weeks.", ["provide_information"]),
        ("The Council will provide Ms P with a written explanation of its decision.", ["provide_information"]),
        ("The Council will alter the entry about May so that it is described as an allegation.", ["records"]),
        ("The Council will ask the magistrates’ court to set aside both orders.", ["other_personal"]),
        ("The Council will instruct its enforcement agents to cease all action.", ["other_personal"]),
        ("The Council will tell Ms P when her annual review will be held.", ["provide_information"]),
        ("The Council should apologise to his mother and offer a separate apology to Mr K.", ["apology", "apology"]),
        ("The next review of his support plan will be held by 31 January.", ["reconsideration"]),
        (
            "The Council should write to Ms P. It issued the final plan in June 2024, six months late.",
            ["provide_information"],
        ),
        ("The Council should reassess Ms P. It completed the assessment in January 2025.", ["reconsideration"]),
    ],
)
def test_ordinary_sentences_around_other_remedies(text, kinds):
    decision = made_up.small(action=[text], final=["The Council has agreed to my recommendations."])
    assert [r.kind for r in decision.remedies] == kinds


def test_a_payment_beside_an_improvement_is_not_part_of_it():
    decision = made_up.small(action=["The Council has agreed to review its procedure and pay £100."])
    assert [r.amount for r in decision.remedies] == [100]
    assert [i.kind for i in decision.procedural_improvements] == ["procedure_or_policy"]


def test_what_was_paid_to_one_of_two_is_not_paid_to_both():
    decision = made_up.small(
        action=[
            ("Within four weeks the Council will:", ["pay Ms P £200;", "pay each of her children £200."]),
            "It has now paid Ms P the £200.",
        ]
    )
    assert [r.status for r in decision.remedies] == ["already_done", "agreed"]


@pytest.mark.parametrize(
    ("text", "told_first"),
    [
        (
            "The Council’s Head of Housing will visit Ms P, by 4 May 2025, to apologise to her.",
            ("apology", "2025-05-04"),
        ),
        ("Each council will send Ms P its own letter of apology.", ("apology", None)),
        ("The Council will send his son a letter, in words he can follow, to say sorry.", ("apology", None)),
        ("By the end of July 2025 there will be a review of Ms P’s care plan.", ("reconsideration", "2025-07-31")),
        (
            "By 30 June 2025 a social worker who has not met Ms P before will review her support plan.",
            ("reconsideration", "2025-06-30"),
        ),
        (
            "By 30 June 2025 the Council will hold a meeting with Ms P, at which it will go through this and answer her "
            "questions.",
            ("provide_services", "2025-06-30"),
        ),
        (
            "The Council will issue the final plan and tell Ms P in writing how to appeal against it.",
            ("reconsideration", None),
        ),
        (
            "Once that is done it will agree with her an arrangement to pay the rest by instalments.",
            ("other_personal", None),
        ),
        ("The Council has agreed to let D return to the day centre at once.", ("provide_services", None)),
        (
            "The Council will have a tutor in place by 15 April 2025, to teach W. If the agency cannot supply one it will "
            "recruit its own.",
            ("provide_services", "2025-04-15"),
        ),
        (
            "The Council will check with the crew each week that Ms P’s bins have been emptied.",
            ("provide_services", None),
        ),
        (
            "The Council should give Ms P an explanation of its decision. This is to reach her by 3 November 2025.",
            ("provide_information", "2025-11-03"),
        ),
    ],
)
def test_one_thing_done_for_the_person(text, told_first):
    decision = made_up.small(action=[text], final=["The Council has agreed to my recommendations."])
    assert [(r.kind, r.deadline) for r in decision.remedies] == [told_first]
    assert decision.procedural_improvements == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Council will offer an assessment to each of the 40 other carers.", "review_of_cases"),
        ("The Council should refund the 29 people or their estates.", "review_of_cases"),
        ("The Council will consider afresh every case since June 2023.", "review_of_cases"),
        (
            "Its scrutiny committee will be given a report every quarter on how long people wait.",
            "monitoring_or_reporting",
        ),
        ("The Council will give a public account to its cabinet of the families who wait.", "monitoring_or_reporting"),
        ("The Council will have a new template for decision letters by 29 May.", "procedure_or_policy"),
        ("Its timetable for appeals will be published on its website.", "procedure_or_policy"),
        ("The Council will add a term to the contract which lets it see the call records.", "procedure_or_policy"),
        ("The Council will put in writing which of its teams is responsible.", "procedure_or_policy"),
        ("The Council should ensure that any clerk it uses has had training.", "training_or_guidance"),
        (
            "The Council will produce a joint protocol. It will say who is to check the forms. It will name a contact.",
            "procedure_or_policy",
        ),
        ("The Council will review its waiting list. By May it will tell us how many it found.", "procedure_or_policy"),
    ],
)
def test_one_thing_done_for_others(text, kind):
    decision = made_up.small(action=[text], final=["The Council has agreed to my recommendations."])
    assert [i.kind for i in decision.procedural_improvements] == [kind]
    assert decision.remedies == []


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("She was charged £640 and the Council has agreed to refund £320 of this.", [320]),
        ("Ms P paid £900 for the course and the Council will reimburse half, £450.", [450]),
        ("The Council will waive £760 of her bill, which leaves £549.15 to pay.", [760]),
        ("The Council should pay Ms P £250. It has paid £100 of this already.", [250]),
        ("The Council will waive £300. If she has already paid, the Council should refund her.", [300]),
        ("The Council has agreed to pay her fees. It calculates that £4,360.50 is owing.", [Decimal("4360.50")]),
        ("The Council is willing to refund the £340 it charged her.", [340]),
        ("It will increase its payment by £200 to £450.", [450]),
        ("It will pay £450 in total: £250 for distress, £150 for time and trouble and £50 for travel.", [250, 150, 50]),
        ("It will pay Ms P £200 and her two daughters £100 each.", [200, 200]),
        ("It will pay Ms P £400, as well as the £395 that her glasses cost.", [400, 395]),
        ("It will let go of the £64 charge.", [64]),
        ("It agreed to pay £200 to remedy this, reduced from £300 because she had received £100.", [200]),
        ("I recommended it pay Ms P £500. The Council has agreed to pay £500.", [500]),
        ("I recommended it pay £750. It offered £500. It has since agreed to pay the full amount.", [750]),
        ("It will offer her son ten swimming lessons at no charge.", []),
        ("Her charges were right, so there is no ground for us to seek to have them written off.", []),
        ("It has decided not to carry out our recommendation that it should refund the fee.", []),
        ("The Council has cancelled two parking notices of £65 each, which she had not paid.", [130]),
    ],
)
def test_which_sum_is_given(text, amounts):
    decision = made_up.small(action=[f"The Council has agreed to apologise to Ms P. {text}"])
    assert [r.amount for r in decision.remedies if r.kind.startswith("financial")] == amounts


def test_all_agreed_save_one():
    decision = made_up.small(
        action=[
            ("I recommended that within a month the Council should:", ["apologise to Ms P;", "pay her £300."]),
            ("I recommended that it should:", ["train its staff;", "report to its cabinet each quarter."]),
            "The Council has agreed to all of these save one. It does not agree to report to the cabinet each quarter.",
        ],
        heading="Recommendations",
    )
    assert {r.status for r in decision.remedies} == {"agreed"}
    assert [i.status for i in decision.procedural_improvements] == ["agreed", "recommended"]


def test_items_that_nothing_parts_begin_with_a_verb_and_its_particle():
    text = (
        "Within one month the Council will: apologise to Ms P in writing write off £236, the charges for the time before "
        "she knew what she would have to pay pay Ms P £250 for the worry she was caused carry out a fresh assessment of "
        "her needs, with reasons for anything that is refused"
    )
    decision = made_up.small(action=[text], layout=made_up.plain)
    assert told(decision) == [
        ("apology", None, "agreed"),
        ("financial_quantifiable_loss", 236, "agreed"),
        ("financial_distress", 250, "agreed"),
        ("reconsideration", None, "agreed"),
    ]


def test_the_manager_is_nobody_who_gets_anything():
    decision = made_up.small(action=["The Council will arrange for the manager of the home to meet Ms P."])
    assert [r.recipient for r in decision.remedies] == ["Ms P"]


@pytest.mark.parametrize(
    ("text", "kind", "deadline"),
    [
        (
            "The Council has three things to do within two months of this decision. It will train its staff.",
            None,
            "P2M",
        ),
        ("The Council has also agreed to two changes within three months. It will rewrite its contract.", None, "P3M"),
        (
            "There is more to do and the Council has one month from the date of this decision in which to do it. It will "
            "apologise to Ms P.",
            "apology",
            "P1M",
        ),
        ("The Council will check its list for other cases. It will finish by 30 April 2025.", None, "2025-04-30"),
        (
            "The Council will rewrite its letters. These improvements should be in place by 30 June 2025.",
            None,
            "2025-06-30",
        ),
        (
            "For a period of 12 weeks from the date of this decision a supervisor will check on the day that each "
            "collection has been made.",
            "provide_services",
            None,
        ),
    ],
)
def test_times_told_apart_from_what_is_done(text, kind, deadline):
    decision = made_up.small(action=[text], final=["The Council has agreed to my recommendations."])
    told_once = decision.remedies if kind else decision.procedural_improvements
    assert [i.deadline for i in told_once] == [deadline]
    assert [r.kind for r in decision.remedies] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("say sorry to Ms P for the faults we have found", "apology"),
        ("reopen the enforcement case and give her a fresh decision", "reconsideration"),
        ("have each of them assessed again by another therapist", "reconsideration"),
        ("decide, with the nurse’s letter in front of it, whether to reduce the balance", "reconsideration"),
        ("recalculate the interest from 8 April 2024 and provide Ms P with a breakdown", "reconsideration"),
        ("appoint an investigating officer so that her complaint can go through stage two", "provide_services"),
        ("offer P 18 extra nights at the unit", "provide_services"),
        ("put the drain outside her house on its list for cleaning every six months", "provide_services"),
        ("name an engineer for Ms P to ring", "provide_information"),
        ("correct the entries for her eight reports", "records"),
        ("make a record on his file of what the family wants", "records"),
        ("not take any further recovery action until the appeal is decided", "other_personal"),
        ("have a tutor for E in place by May", "provide_services"),
    ],
)
def test_kinds_of_items(text, expected):
    decision = made_up.agreed(text)
    assert [r.kind for r in decision.remedies] == [expected] and decision.procedural_improvements == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pay £975 into the account of each of the three children, a total of £2,925", [(2925, 975, 3)]),
        ("pay Ms P £1,216, which is the cost of 190 taxi journeys at £6.40 a journey", [(1216, Decimal("6.40"), 190)]),
        ("repay Ms P at its own rate of 45p a mile for the journeys in her log", [(None, Decimal("0.45"), None)]),
        (
            "pay Ms P £2,700 for the school missed, less the £150 it has paid. The £2,700 is made up of £1,200 a term for "
            "the spring and summer terms of 2022 and £300 for the half term before",
            [(2400, 1200, 2), (300, None, None)],
        ),
        (
            "reduce the invoice in line with the new assessment and refund to Ms P what she overpaid",
            [(None, None, None)],
        ),
    ],
)
def test_sums_and_rates_of_items(text, expected):
    decision = made_up.agreed(text)
    assert [(r.amount, r.unit_amount, r.units) for r in decision.remedies] == expected


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
    assert told(decision) == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "The Council will review its policy on charging. It should also identify other families affected and write to "
            "them.",
            ["procedure_or_policy", "review_of_cases"],
        ),
        ("The Council will carry out a review of its procedures within two months.", ["procedure_or_policy"]),
        (
            "The Council should give staff clear guidance on when a letter of apology is needed.",
            ["training_or_guidance"],
        ),
    ],
)
def test_ordinary_sentences_around_improvements(text, kinds):
    decision = made_up.small(action=[text], final=["The Council has agreed to my recommendations."])
    assert [i.kind for i in decision.procedural_improvements] == kinds and decision.remedies == []


def test_all_agreed_but_the_payment_that_was_refused():
    decision = made_up.small(
        action=[
            "I recommended the Council apologise to Ms P, pay her £200 and review its policy. The Council has refused to pay "
            "£200 but has agreed to the rest."
        ],
        heading="Recommended action",
    )
    assert told(decision) == [("apology", None, "agreed"), ("financial_distress", 200, "recommended")]
    assert [i.status for i in decision.procedural_improvements] == ["agreed"]


def test_what_was_reviewed_and_trained_is_no_review_of_cases():
    decision = made_up.small(
        action=["The Council has now reviewed its procedure and trained its staff. I am satisfied this is enough."]
    )
    assert [i.kind for i in decision.procedural_improvements] == ["training_or_guidance"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Within one month the Council will pay Ms P £200 for each month between October 2023 and March 2024. This totals "
            "£1,200.",
            [(1200, 200, 6)],
        ),
        ("Within one month the Council will pay Ms P £200 a month until it finds her a home.", [(None, 200, None)]),
        (
            "The Council will pay Ms P a total of £500 for distress and £250 for her time and trouble.",
            [(500, None, None), (250, None, None)],
        ),
        (
            "The Council will pay Ms P £300 for distress and £200 for time and trouble (total £500).",
            [(300, None, None), (200, None, None)],
        ),
    ],
)
def test_totals_and_months_in_ordinary_sentences(text, expected):
    decision = made_up.small(action=[text])
    assert [(r.amount, r.unit_amount, r.units) for r in decision.remedies] == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Its Head of Housing is to write to Ms P to apologise for what went wrong.", ["apology"]),
        (
            "An officer who has had nothing to do with the matter is to visit the site and decide afresh whether to act.",
            ["reconsideration"],
        ),
        ("A senior manager will visit Ms P to apologise.", ["apology"]),
        ("The Council will let Ms P have the final version of the report.", ["provide_information"]),
        ("The Council will alter the account so that it shows when Ms P left the flat.", ["records"]),
        (
            "The Council will write to Ms P to explain this, and in the same letter will apologise for the upset.",
            ["provide_information", "apology"],
        ),
        ("The Council will enter the ramp in its register, with a note that it must not be removed.", ["records"]),
        ("The Council will take Ms P off its list of late payers.", ["records"]),
        ("The Council will give Ms P its decision on her application within a week.", ["reconsideration"]),
        ("The Council will ask its director to meet Ms P and apologise to her in person.", ["apology"]),
        ("It will take away, free of charge, the sacks and rubbish left in her yard.", ["provide_services"]),
        ("The Council and the Trust will go on funding the night sitter.", ["provide_services"]),
        ("It will carry out an inspection of her flat for mould.", ["provide_services"]),
        (
            "The Council will appoint an investigating officer and an independent person and begin stage two.",
            ["provide_services"],
        ),
        ("One of its partners will write Ms P a letter of apology.", ["apology"]),
        ("The Council has agreed to put right the effect on Ms P.", []),
        ("The Council should write to the Ombudsman when this has been done.", []),
        ("The Council will apologise to Ms P for saying she did nothing wrong.", ["apology"]),
        ("The Council will write to Ms P to say there is nothing wrong with her form.", ["provide_information"]),
        ("It will visit Ms P to assess her needs and apologise in person.", ["provide_services", "apology"]),
        ("The Council will find out which other provider can deliver her care and arrange it.", ["provide_services"]),
        ("The Council will write to the complainant, reminding her how to appeal.", ["provide_information"]),
        ("The Council will send Ms P the reasons for its decision on her form.", ["provide_information"]),
        ("It will carry out an inspection of the site and decide whether to enforce the notice.", ["reconsideration"]),
        ("The Council should have visited Ms P in May.", []),
        ("The officer should have told Ms P of her right of appeal.", []),
        ("The Council will withdraw its refusal of June and make a new decision on her appeal.", ["reconsideration"]),
        ("The Council will begin to provide P with a second night of short breaks.", ["provide_services"]),
        ("The Council will see to it that P has, besides her lessons, ten hours of tuition.", ["provide_services"]),
        ("The Council will restore the original date of Ms P’s application.", ["records"]),
        ("The Council will tell each family which officer to ring.", ["provide_information"]),
        ("It will not, later than 4 May 2025, pay anything.", []),
    ],
)
def test_who_acts_and_what_for_the_person(text, kinds):
    assert [r.kind for r in made_up.small(action=[text]).remedies] == kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "The Head of Planning will from now on lay before the committee, twice a year, a list of closed files.",
            "monitoring_or_reporting",
        ),
        (
            "The Licensing Committee will in future be given figures, twice a year, for renewals.",
            "monitoring_or_reporting",
        ),
        (
            "The Council will examine every referral of a homeless child which it closed without an assessment.",
            "review_of_cases",
        ),
        (
            "The Council will look at the other leases it has held over, and repay any landlord who lost rent.",
            "review_of_cases",
        ),
        ("The Council will share what we found with its reviewing officers.", "training_or_guidance"),
        (
            "The Council will report to us once a month on the number of children out of school.",
            "monitoring_or_reporting",
        ),
        ("The Council will report to the Ombudsman after six months on its progress.", "monitoring_or_reporting"),
        ("It will appoint an independent manager to oversee its complaints team.", "other_service_improvement"),
        ("The Council will change its filing procedure so that forms are filed by number.", "procedure_or_policy"),
        ("The Council will change its procedure so that records are kept of each call.", "procedure_or_policy"),
        (
            "The Council will check a sample of its charts each month and send us the results.",
            "monitoring_or_reporting",
        ),
        ("The Council will identify every other account on which a letter was scanned late.", "review_of_cases"),
        ("The Council will find out who else wrote to the old address and assess what they sent.", "review_of_cases"),
        ("The Council will review all the suspensions it has made since 2022.", "review_of_cases"),
        ("It will write to all the homes it uses, reminding them to open letters at once.", "training_or_guidance"),
        ("It will run a session on honest notes for every carer it employs.", "training_or_guidance"),
        ("The Council will share what went wrong in this case with the whole team.", "training_or_guidance"),
        ("The Council will teach its officers what the Code says about delay.", "training_or_guidance"),
        ("The Council will go back over the other schemes that were signed off in 2019.", "review_of_cases"),
        ("The Council will, not later than 4 May 2025, introduce a form for such requests.", "procedure_or_policy"),
        ("The Council will remove the charge for copies from its schedule of fees.", "procedure_or_policy"),
        (
            "The Council will look at the accounts of other guardians and pay arrears to those who lost money as Ms P did.",
            "review_of_cases",
        ),
        ("The Council will conduct an audit of 20 files to see if others were affected.", "review_of_cases"),
        ("It is going to report to its scrutiny committee on how long assessments take.", "monitoring_or_reporting"),
        ("The Council will identify every penalty notice it issued in the wrong name.", "review_of_cases"),
        (
            "The Council has agreed to correct the spreadsheet with which allowances are worked out.",
            "procedure_or_policy",
        ),
    ],
)
def test_who_acts_and_what_for_others(text, kind):
    decision = made_up.small(action=[text])
    assert [i.kind for i in decision.procedural_improvements] == [kind] and decision.remedies == []


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        (
            "The Council will pay Mr V and Ms Y £250 and £150 respectively for the strain.",
            [("Mr V", 250), ("Ms Y", 150)],
        ),
        ("The Council will pay £250 and £150 respectively to Mr V and Ms Y.", [("Mr V", 250), ("Ms Y", 150)]),
        ("The Council and the Trust will pay Ms P £200 between them.", [("Ms P", 200)]),
        ("The Council will take £3,240 off Ms P's bill of £8,100.", [("Ms P", 3240)]),
        ("It will let Ms P off the bill for £2,130.", [("Ms P", 2130)]),
        ("The Council will pay her eldest daughter £600 towards tuition.", [("her eldest daughter", 600)]),
        ("The Council will pay the shopkeeper £690 for what she spent on a lock-up.", [("the shopkeeper", 690)]),
        (
            "The Council will pay the wife in the third household £200 for her worry.",
            [("the wife in the third household", 200)],
        ),
        ("The Council will repay the retired couple what they spent on taxis.", [("the retired couple", None)]),
        ("The Council will pay Ms P the remaining £200.", [("Ms P", 200)]),
        ("The Council will pay the parking fine of £60.", [(None, 60)]),
        ("The Council will pay the husband £200 and the wife £300.", [("the husband", 200), ("the wife", 300)]),
        ("The Council will pay Ms P £300 for a room she could not use.", [("Ms P", 300)]),
        ("The Council will pay Ms P for the nights of respite she missed, 14 at £60 each.", [("Ms P", 840)]),
        ("The Council will reimburse Ms P £25 for each item of uniform that cannot be worn.", [("Ms P", None)]),
        ("The Council will pay Ms P £3,610 for lost earnings, that is to say 19 weeks at £190.", [("Ms P", 3610)]),
        (
            "The Council will pay Ms P £1,000 and refund the £115 fee. The cost to the Council of these payments will be "
            "£1,115.",
            [("Ms P", 1000), (None, 115)],
        ),
        (
            "The Council will refund what Ms P paid to store her things. She should send it the receipts, and it will pay "
            "her within two weeks.",
            [("Ms P", None)],
        ),
        ("I did not think £100 was enough, and in place of it the Council will pay Ms P £300.", [("Ms P", 300)]),
        ("The Council, for its part, will pay Ms P £120.", [("Ms P", 120)]),
        ("It’ll pay Ms P £120 for the shock.", [("Ms P", 120)]),
        ("The Council will refund £240, being a week’s fees, and declines to refund the other £80.", [(None, 240)]),
        (
            "The Council will pay Ms P £300, which is what the bed cost, and refund £45 of delivery charges.",
            [("Ms P", 300), (None, 45)],
        ),
        ("The Council will pay all three mothers £200.", [("all three mothers", 200)]),
        (
            "The Council will go through Ms P’s invoices and repay her anything she was charged twice.",
            [("Ms P", None)],
        ),
    ],
)
def test_who_gets_what(text, paid):
    assert [(r.recipient, r.amount) for r in made_up.small(action=[text]).remedies] == paid


def test_refused_by_its_verb():
    items = [
        "apologise to Ms P;",
        "refund £2,520 to her, £210 a day for twelve days; and",
        "pay her £300 for distress.",
    ]
    decision = made_up.small(
        action=[
            ("I recommended the Council:", items),
            "The Council has agreed to apologise. It refuses to refund the fees or to pay Ms P anything for distress.",
        ],
        heading="Recommended action",
    )
    assert [r.status for r in decision.remedies] == ["agreed", "recommended", "recommended"]


def test_words_in_quotation_marks_refuse_nothing():
    decision = made_up.small(
        action=["The Council will apologise to Ms P. It will take the words “declined to engage” off her record."]
    )
    assert [r.status for r in decision.remedies] == ["agreed", "agreed"]


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


def test_an_offer_called_fair_stands_beside_a_payment_under_another_heading():
    decision = made_up.small(
        findings=[
            "It has offered Ms P £640 for a new hearing aid. That offer is fair.",
        ],
        final=["We will not investigate. The Council has agreed to pay Ms P £150 for the anxiety its letters caused."],
        head={**made_up.HEAD, "outcome": "Closed after initial enquiries"},
    )
    assert sorted(int(r.amount) for r in decision.remedies) == [150, 640]


LISTS = [
    (
        "I recommended that within one month the Council should:",
        ["apologise to Ms P;", "pay her £200 for distress; and", "refund her fee of £90."],
    ),
    (
        "I also recommended that within three months it should:",
        ["remind its staff of the Code; and", "review its policy."],
    ),
]


@pytest.mark.parametrize(
    ("answer", "remedies", "improvements"),
    [
        ("The Council has agreed to a) and b) of the first list and to a) of the second.", "AAR", "AR"),
        ("The Council agrees to paragraph {0}(a) and (c) and to paragraph {1}(b).", "ARA", "RA"),
        (
            "It has accepted everything we asked of it other than paragraph {0}(b). I have not changed my view.",
            "ARA",
            "AA",
        ),
        ("The Council has agreed to both.", "AAA", "AA"),
        ("The Council has agreed to all of this with one exception. It will not pay £200.", "ARA", "AA"),
        ("It has agreed to everything in paragraph {0} and to the first point in paragraph {1}.", "AAA", "AR"),
        (
            "The Council has agreed to do all of this. It does not agree that it was at fault for the letter.",
            "AAA",
            "AA",
        ),
        ("It does not agree to the third point in paragraph {0}. It agrees to the others.", "AAR", "AA"),
        ("The Council has not agreed to pay Ms P £200.", "RRR", "RR"),
        ("The first of these is agreed. The Council declines the second, as it has no time for it.", "RRR", "AR"),
    ],
)
def test_answers_that_name_lists_and_items(answer, remedies, improvements):
    plain = made_up.small(action=LISTS, heading="Recommended action")
    first = next(b.number for b in plain.blocks if plain.text.startswith("I recommended", b.start))
    decision = made_up.small(action=[*LISTS, answer.format(first, first + 1)], heading="Recommended action")
    letters = {"agreed": "A", "recommended": "R"}
    assert "".join(letters[r.status] for r in decision.remedies) == remedies
    assert "".join(letters[i.status] for i in decision.procedural_improvements) == improvements


def test_what_two_bodies_answer_each_for_itself():
    council, trust = (
        (f"I recommended that the {body} should:", [f"apologise to {who};", f"pay {who} £{sum} for distress."])
        for body, who, sum in (("Council", "Mr P", 100), ("Trust", "Ms Q", 400))
    )
    answers = "The Council has agreed to do all of this.", "The Trust has agreed to apologise. It will not pay Ms Q."
    decision = made_up.small(action=[council, answers[0], trust, answers[1]], heading="Recommended action")
    assert [(r.recipient, r.status) for r in decision.remedies if r.amount] == [
        ("Mr P", "agreed"),
        ("Ms Q", "recommended"),
    ]


def test_by_the_start_of_a_term():
    decision = made_up.small(action=["By the start of the spring term on 6 January 2025 it will review its policy."])
    assert [i.deadline for i in decision.procedural_improvements] == ["2025-01-06"]


def test_evidence_that_is_to_be_provided_is_no_action():
    decision = made_up.small(action=["The Council will apologise to Ms P.", "The Council should provide evidence."])
    assert [r.kind for r in decision.remedies] == ["apology"] and decision.procedural_improvements == []


def test_jobs_announced_with_their_time():
    text = (
        "There are two jobs to be done by 30 April 2025. The Council will review its policy. It will train its staff."
    )
    decision = made_up.small(action=[text])
    assert [i.deadline for i in decision.procedural_improvements] == ["2025-04-30", "2025-04-30"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("pay Ms P £700 for the income she lost, which is £140 a week for five weeks", "financial_quantifiable_loss"),
        (
            "pay Ms P £900 to be spent on her son's education, for the months he was out of school",
            "financial_loss_of_service",
        ),
        ("pay Ms P £310 towards heaters, when she sends the receipts", "financial_quantifiable_loss"),
    ],
)
def test_what_it_is_for(text, kind):
    assert [r.kind for r in made_up.small(action=[f"The Council will {text}."]).remedies] == [kind]


def test_what_was_paid_before_is_part_of_this_remedy():
    more = "The £50 the Council paid Ms P in May for the inconvenience is part of this remedy."
    decision = made_up.small(action=["The Council will pay Ms P £100 for distress.", more])
    assert [(r.amount, r.status) for r in decision.remedies] == [(100, "agreed"), (50, "already_done")]


RUN_ON = (
    "I recommended that the Council should, within six weeks: {0} apologise to Ms P; {1} pay Ms P £200; and {2} fit new "
    "windows to her flat."
)


@pytest.mark.parametrize(
    ("answer", "signs", "letters"),
    [
        ("The Council agrees to everything except (iii).", ("(i)", "(ii)", "(iii)"), "AAR"),
        ("The Council has agreed to (a) and (b) but not to (c).", ("(a)", "(b)", "(c)"), "AAR"),
        ("It has accepted items a) and c) only.", ("a)", "b)", "c)"), "ARA"),
        ("The Council has agreed to all of this but b).", ("a)", "b)", "c)"), "ARA"),
        ("The Council has agreed to the first and third of these.", ("(1)", "(2)", "(3)"), "ARA"),
        ("It has agreed to items a) to c).", ("a)", "b)", "c)"), "AAA"),
        ("It has agreed to (a) straight away and all the others within three months.", ("(a)", "(b)", "(c)"), "AAA"),
        ("It has agreed to (a) but has not replied about (b) and (c).", ("(a)", "(b)", "(c)"), "ARR"),
        ("It has agreed to all of this apart from item (b), which it says is too much.", ("(a)", "(b)", "(c)"), "ARA"),
    ],
)
def test_answers_that_name_items_of_a_list_that_runs_on(answer, signs, letters):
    decision = made_up.small(action=[RUN_ON.format(*signs), answer], heading="Recommended action")
    assert [(r.kind, r.status[0].upper()) for r in decision.remedies] == [
        ("apology", letters[0]),
        ("financial_distress", letters[1]),
        ("provide_services", letters[2]),
    ]


def test_a_sign_that_goes_on_from_an_earlier_list():
    lists = (
        RUN_ON.format("(i)", "(ii)", "(iii)"),
        "It should also, within six months: (iv) train its staff; and (v) report to us.",
    )
    decision = made_up.small(action=[*lists, "It agrees to all except (ii)."], heading="Recommended action")
    assert [r.status for r in decision.remedies] == ["agreed", "recommended", "agreed"]


def test_what_stands_before_a_list_that_runs_on_and_between_two():
    text = (
        "The Council has agreed to apologise to Ms P. It will also: pay her £100; and review its policy. It will pay Mr Q "
        "£50. Within three months it will: train its staff; and report to its board."
    )
    decision = made_up.small(action=[text])
    assert [(r.kind, r.amount, r.recipient) for r in decision.remedies] == [
        ("apology", None, "Ms P"),
        ("financial_distress", 100, "Ms P"),
        ("financial_distress", 50, "Mr Q"),
    ]
    assert [(i.kind, i.deadline) for i in decision.procedural_improvements] == [
        ("procedure_or_policy", None),
        ("training_or_guidance", "P3M"),
        ("monitoring_or_reporting", "P3M"),
    ]


def test_items_that_say_to_whom_the_body_apologises():
    items = ["to Mr T, for the summons; and", "to Ms T, for the letters."]
    decision = made_up.small(action=[("The Council will apologise in separate letters", items)])
    assert [r.kind for r in decision.remedies] == ["apology", "apology"]


def test_a_time_that_leads_in_a_list_in_a_few_words():
    lists = [
        ("The Council will do the following. In two weeks:", ["apologise to Ms P."]),
        ("In four weeks:", ["comb its files for other appeals."]),
    ]
    decision = made_up.small(action=lists)
    assert [r.deadline for r in decision.remedies] == ["P2W"]
    assert [(i.kind, i.deadline) for i in decision.procedural_improvements] == [("review_of_cases", "P4W")]


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("The Council will pay £350 for Mrs J’s distress.", "Mrs J"),
        ("The Council will refund Mrs E’s £80 fixed penalty.", "Mrs E"),
        ("It will credit his council tax account with £539.09.", "Mr P"),
        ("The Council will pay £150 for the stress and worry Mr K felt.", "Mr K"),
        ("The Council will reimburse the £90 it cost Mr K to hire a heater.", "Mr K"),
        ("The Council will refund the £200 he gave to the bailiffs.", "Mr P"),
        ("The Council will refund the fees charged after Mrs M’s death, £900.", None),
        ("The Council will refund £45 and confirm this to Mrs K.", None),
        ("The Council has had the agents cancel their fees of £310.", None),
    ],
)
def test_whose_loss_it_is_where_nobody_is_said_to_be_paid(text, recipient):
    decision = made_up.small(findings=["Mr P complained."], action=[text])
    assert [r.recipient for r in decision.remedies] == [recipient]


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("The Trust will pay Mr Y and Ms T £300 apiece, which is £600 in all.", (600, 300, 2, "person")),
        ("For each month in which he goes without, the Council will pay Mr P £90.", (None, 90, None, "month")),
        ("The Council will pay £100 to each of the 11 flats (£1,100).", (1100, 100, 11, "flat")),
    ],
)
def test_rates_in_other_words(text, rate):
    decision = made_up.small(action=[text])
    assert [(r.amount, r.unit_amount, r.units, r.unit) for r in decision.remedies] == [rate]


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("The Council has agreed to pay Ms P £500. Within four weeks it will: pay Ms P £500; and write to her.", [500]),
        ("It should pay Ms P £500. To do this it should: (a) write to her; (b) pay the £500 by 4 May 2025.", [500]),
        ("It has agreed to pay £500 in total. Within a month it will pay: £200 to Ms P; £300 to Mr Q.", [200, 300]),
        ("It has agreed to pay Ms P a sum for her distress. It will: a) apologise to her; b) pay her £300.", [300]),
        (
            "It has agreed to: pay Ms P £250. It has already waived the fee of £80. It will: train staff; review its form.",
            [250, 80],
        ),
        (
            "The Council offered Ms P £100. I recommended £250. It has now agreed to: (a) pay Ms P £250; (b) apologise.",
            [250],
        ),
    ],
)
def test_what_a_list_that_runs_on_names_again_counts_once(text, sums):
    assert sorted(r.amount for r in made_up.small(action=[text]).remedies if r.amount) == sorted(sums)


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("The Council will pay Ms P £1,200 for a business loss caused by the works.", [1200]),
        ("The Council will pay £300 a couple of days after this decision.", [300]),
        ("The Council will grant Ms P £500 from its hardship fund.", [500]),
        ("The Council will strike £75 from her account.", [75]),
        ("The Council should pay Ms P £400, being the refund of the £400 she paid.", [400]),
        ("Having first declined to refund the £260, the Council has now agreed to do so.", [260]),
        ("I did not consider the offer of £100 enough, and the Council will now pay £250.", [250]),
        ("The Council will refund £150 and of the £900 it holds as a deposit it will return £600.", [150, 600]),
        ("The Council will instruct its finance team to refund Ms P the £140 she paid.", [140]),
        ("The Council will not later change its mind and pay the £400.", []),
        ("The Council will reach a decision on the grant of £5,000.", []),
        ("The Council will pause its action for the arrears of £1,200 until the appeal is heard.", []),
        ("The Council will tell Ms P to pay the £30 she owes to the court.", []),
        ("By September, transfer to the new school cost Ms P £90.", []),
    ],
)
def test_sums_in_ordinary_sentences(text, sums):
    assert [r.amount for r in made_up.small(action=[text]).remedies if r.amount] == sums


def test_items_under_an_apology_that_are_actions_of_their_own():
    items = ["to Ms P for the delay;", "pay her £200; and", "train its staff."]
    decision = made_up.small(action=[("Within a month the Council will apologise", items)])
    assert [r.kind for r in decision.remedies] == ["apology", "financial_distress"]
    assert [i.kind for i in decision.procedural_improvements] == ["training_or_guidance"]


def test_an_apology_with_a_payment_in_a_list_of_those_who_get_one():
    items = ["Ms P for the delay, with a payment of £150; and", "Mr Q, who should also get £50."]
    decision = made_up.small(action=[("The Council will write to apologise to", items)])
    assert [(r.kind, r.amount) for r in decision.remedies] == [
        ("apology", None),
        ("financial_distress", 150),
        ("apology", None),
        ("financial_distress", 50),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Council will pay £600 to the care home for the two weeks that Mr Y stayed there.",
        "The Council will pay £200 to acknowledge that the advice Ms W gave was wrong.",
        "The Council will refund the £95 once Mr B, the bailiff, has confirmed it.",
    ],
)
def test_who_is_only_named_beside_a_payment_does_not_get_it(text):
    assert [r.recipient for r in made_up.small(action=[text]).remedies] == [None]


@pytest.mark.parametrize(
    ("answer", "letters"),
    [
        ("The Council accepts all of these except the last.", "AAR"),
        ("It accepts the recommendations except the second.", "ARA"),
        ("It agrees to steps (a) and (b). It declines to take step (c).", "AAR"),
        ("The Council agreed to recommendations 1-2.", "AAR"),
        ("The Council has agreed to (a), and says it lacks the money to do the rest.", "ARR"),
    ],
)
def test_answers_that_name_items_of_a_list_by_their_place(answer, letters):
    items = ["apologise to Ms P;", "pay Ms P £200; and", "fit new windows to her flat."]
    decision = made_up.small(action=[("I recommended that it should:", items), answer], heading="Recommended action")
    assert "".join(r.status[0].upper() for r in decision.remedies) == letters


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


def test_a_recommendation_that_is_removed():
    text = (
        "I recommended the Council check its other files. It has not agreed to do so, as they cannot be searched. I accept "
        "this and have therefore removed the recommendation."
    )
    decision = made_up.small(action=["The Council will apologise to Ms P.", text])
    assert decision.procedural_improvements == []


def test_run_on_items_that_let_somebody_do_something():
    text = "Within a month it will: write to Mr J with an apology and let him pay the remainder by instalments."
    assert [r.kind for r in made_up.small(action=[text]).remedies] == ["apology", "other_personal"]


def test_an_answer_that_names_again_by_their_verbs_what_is_agreed():
    answer = (
        "The Council has agreed to apologise, to cancel the invoice, and to review the procedure and train its officers. "
        "It has not agreed to make either payment."
    )
    lists = [
        ("I recommended that it should:", ["apologise to Ms P;", "pay her £300; and", "cancel the invoice for £444."]),
        ("It should also:", ["review its procedure for storage;", "train its officers; and", "report to us on it."]),
    ]
    decision = made_up.small(action=[*lists, answer], heading="Recommended action")
    assert [(r.kind, r.status) for r in decision.remedies] == [
        ("apology", "agreed"),
        ("financial_distress", "recommended"),
        ("financial_quantifiable_loss", "agreed"),
    ]
    assert [i.status for i in decision.procedural_improvements] == ["agreed", "agreed", "recommended"]
