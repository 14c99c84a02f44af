"""What the body agreed to: its answers to lists and sentences, what it refused, and what is no answer."""

import made_up
import pytest

# --- answers to a list -------------------------------------------------------------------------------------------


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


ITEMS = ["apologise to Ms P;", "pay Ms P £200; and", "fit new windows to her flat."]


@pytest.mark.parametrize(
    ("answer", "letters"),
    [
        ("The Council accepts all of these except the last.", "AAR"),
        ("It accepts the recommendations except the second.", "ARA"),
        ("It agrees to steps (a) and (b). It declines to take step (c).", "AAR"),
        ("The Council agreed to recommendations 1-2.", "AAR"),
        ("The Council has agreed to (a), and says it lacks the money to do the rest.", "ARR"),
        ("The Council has agreed to all of this, but (c) will take until June.", "AAA"),
        ("The Council has agreed to all of this but (c).", "AAR"),
        ("The Council has agreed to the first two and is still considering the rest.", "AAR"),
        ("It has agreed to do this. It will consider the last two points at a meeting in May.", "ARR"),
        ("The Council told us it is considering these last two points.", "RRR"),
    ],
)
def test_answers_that_name_items_of_a_list_by_their_place(answer, letters):
    decision = made_up.small(action=[("I recommended that it should:", ITEMS), answer], heading="Recommended action")
    assert "".join(r.status[0].upper() for r in decision.remedies) == letters


def test_agreed_to_do_the_first_and_the_others_is_all():
    decision = made_up.put_right(
        ("It has agreed to:", ["pay them £300;", "make arrangements to deal with their trees."]),
        "It has agreed to do the first of these within four weeks and the others within eight weeks.",
    )
    assert [(r.status, r.deadline) for r in decision.remedies] == [("agreed", "P4W"), ("agreed", "P8W")]


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


# --- answers to several lists ------------------------------------------------------------------------------------


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


# --- answers to a list that runs on in a sentence ----------------------------------------------------------------


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


# --- answers to a sentence ---------------------------------------------------------------------------------------


def test_a_payment_that_was_refused_leaves_the_apology_agreed():
    decision = made_up.small(
        action=["The Council should apologise to Ms P and pay her £300. The Council has declined to make the payment."],
        final=["The Council has agreed to my recommendations but for the payment. I uphold the complaint."],
    )
    assert made_up.told(decision) == [("apology", None, "agreed"), ("financial_distress", 300, "recommended")]


def test_all_agreed_but_the_payment_that_was_refused():
    decision = made_up.small(
        action=[
            "I recommended the Council apologise to Ms P, pay her £200 and review its policy. The Council has refused to pay "
            "£200 but has agreed to the rest."
        ],
        heading="Recommended action",
    )
    assert made_up.told(decision) == [("apology", None, "agreed"), ("financial_distress", 200, "recommended")]
    assert [i.status for i in decision.procedural_improvements] == ["agreed"]


def test_a_recommendation_that_is_removed():
    text = (
        "I recommended the Council check its other files. It has not agreed to do so, as they cannot be searched. I accept "
        "this and have therefore removed the recommendation."
    )
    decision = made_up.small(action=["The Council will apologise to Ms P.", text])
    assert decision.procedural_improvements == []


# --- what neither agrees nor refuses -----------------------------------------------------------------------------


def test_in_addition_agrees_nothing():
    decision = made_up.small(
        action=[("In addition the Council should:", ["apologise to Ms P.", "pay her £100."])], heading="Recommendations"
    )
    assert {r.status for r in decision.remedies} == {"recommended"}


def test_a_body_that_may_not_agree_has_not_refused():
    decision = made_up.put_right(
        "The Council will work out, and pay him, the net income he lost. If it does not agree with his figures it will "
        "say why."
    )
    assert [r.status for r in decision.remedies] == ["agreed"]


def test_words_in_quotation_marks_refuse_nothing():
    decision = made_up.small(
        action=["The Council will apologise to Ms P. It will take the words “declined to engage” off her record."]
    )
    assert [r.status for r in decision.remedies] == ["agreed", "agreed"]


@pytest.mark.parametrize(
    "said",
    [
        "In doing so it will consider the second point Ms P raised.",
        "Ms P has yet to decide on the second of these.",
        "It is considering the third point in Ms P’s letter.",
    ],
)
def test_points_considered_that_are_no_answer(said):
    decision = made_up.small(action=[("The Council has agreed to:", ITEMS), said])
    assert [r.status for r in decision.remedies] == ["agreed"] * 3
