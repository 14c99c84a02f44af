"""Lists of actions: what is an item, lists that run on in a sentence, sums in them, lists of those who get an apology."""

import made_up
import pytest

from pipeline.stages import read_decision

# --- what is an item ---------------------------------------------------------------------------------------------


def test_numbers_that_start_again_behind_a_colon_are_items():
    decision = read_decision(
        "The Ombudsman's final decision\nSummary: There was fault.\nThe complaint\n1. Ms P complained.\n"
        "What I found\n2. There was fault by the Council.\nAgreed action\n"
        "3. Within six weeks the Council will:\n1. apologise to Ms P;\n2. pay her £200.\n4. It will tell us when.\n"
        "Final decision\n5. I have completed my investigation.\n"
    )
    assert [(r.kind, r.deadline) for r in decision.remedies] == [("apology", "P6W"), ("financial_distress", "P6W")]


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


# --- lists that run on in a sentence -----------------------------------------------------------------------------


def test_a_list_with_letters_that_runs_on_in_its_sentence():
    decision = made_up.put_right(
        "The Council has agreed, within four weeks of this decision, to: a) apologise to Mr P b) pay Mr P £200 "
        "c) remind staff to keep records."
    )
    assert made_up.told(decision) == [("apology", None, "agreed"), ("financial_distress", 200, "agreed")]
    assert [i.deadline for i in (*decision.remedies, *decision.procedural_improvements)] == ["P4W"] * 3


def test_items_that_nothing_parts_begin_with_a_verb_and_its_particle():
    text = (
        "Within one month the Council will: apologise to Ms P in writing write off £236, the charges for the time before "
        "she knew what she would have to pay pay Ms P £250 for the worry she was caused carry out a fresh assessment of "
        "her needs, with reasons for anything that is refused"
    )
    decision = made_up.small(action=[text], layout=made_up.plain)
    assert made_up.told(decision) == [
        ("apology", None, "agreed"),
        ("financial_quantifiable_loss", 236, "agreed"),
        ("financial_distress", 250, "agreed"),
        ("reconsideration", None, "agreed"),
    ]


def test_run_on_items_that_let_somebody_do_something():
    text = "Within a month it will: write to Mr J with an apology and let him pay the remainder by instalments."
    assert [r.kind for r in made_up.small(action=[text]).remedies] == ["apology", "other_personal"]


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


# --- a sum before a list and the sums in it ----------------------------------------------------------------------


def test_a_sum_made_up_of_a_list_is_not_added_to_it():
    decision = made_up.put_right(
        (
            "The Council has agreed to pay £2,100 to Miss Z to remedy the injustice. This is made up of:",
            ["£1,400 for the months she had no home;", "£400 for her distress; and", "£300 for her time and trouble."],
        ),
        "It has also agreed to reassess the priority of Miss Z.",
        "The Council should do these things within one month.",
    )
    assert [r.amount for r in decision.remedies] == [1400, 400, 300, None]
    assert {r.deadline for r in decision.remedies} == {"P1M"}


def test_sums_of_a_further_list_that_happen_to_add_up():
    decision = made_up.put_right(
        (
            "The Council has agreed to pay Mrs X £500 for distress. It will also:",
            ["pay £300 towards her legal costs;", "refund the £200 she paid for the report."],
        )
    )
    assert [r.amount for r in decision.remedies] == [500, 300, 200]


# --- those who get an apology ------------------------------------------------------------------------------------


def test_an_apology_to_each_of_a_list():
    decision = made_up.put_right(
        ("The Council will:", [("apologise to:", ["Mr K, for his review;", "Ms L, for hers;"])])
    )
    assert [(r.kind, r.evidence.quote) for r in decision.remedies] == [
        ("apology", "Mr K, for his review;"),
        ("apology", "Ms L, for hers;"),
    ]


def test_an_apology_to_each_and_what_goes_with_one():
    decision = made_up.put_right(
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


def test_items_that_say_to_whom_the_body_apologises():
    items = ["to Mr T, for the summons; and", "to Ms T, for the letters."]
    decision = made_up.small(action=[("The Council will apologise in separate letters", items)])
    assert [r.kind for r in decision.remedies] == ["apology", "apology"]


def test_an_apology_with_a_payment_in_a_list_of_those_who_get_one():
    items = ["Ms P for the delay, with a payment of £150; and", "Mr Q, who should also get £50."]
    decision = made_up.small(action=[("The Council will write to apologise to", items)])
    assert [(r.kind, r.amount) for r in decision.remedies] == [
        ("apology", None),
        ("financial_distress", 150),
        ("apology", None),
        ("financial_distress", 50),
    ]


def test_items_under_an_apology_that_are_actions_of_their_own():
    items = ["to Ms P for the delay;", "pay her £200; and", "train its staff."]
    decision = made_up.small(action=[("Within a month the Council will apologise", items)])
    assert [r.kind for r in decision.remedies] == ["apology", "financial_distress"]
    assert [i.kind for i in decision.procedural_improvements] == ["training_or_guidance"]


@pytest.mark.parametrize(
    "items",
    [
        "A. pay Mr P £200;\n\nB. apologise to him; and\n\nC. review its complaints procedure.",
        "1 pay Mr P £200\n\n2 apologise to him\n\n3 review its complaints procedure",
        "> pay Mr P £200\n\n> apologise to him\n\n> review its complaints procedure",
    ],
)
@pytest.mark.parametrize("lead", ["The Council has agreed to:", "The Council has agreed to", "The Council will"])
def test_signs_and_lead_ins_of_odd_copies(lead, items):
    decision = made_up.small(action=[f"{lead}\n\n{items}"], layout=made_up.website)
    assert [r.kind for r in decision.remedies] == ["financial_distress", "apology"]
    assert [i.kind for i in decision.procedural_improvements] == ["procedure_or_policy"]


def test_a_paragraph_behind_unmarked_items_is_none_of_them():
    decision = made_up.small(
        action=[
            "The Council will:\n\napologise to Mr P;\n\npay him £200; and\n\nMr P has asked for £900, which I do not recommend."
        ]
    )
    assert [r.amount for r in decision.remedies if r.amount] == [200]


def test_a_list_that_opens_its_section():
    decision = read_decision(
        "The complaint\n\n1. Mr P complains about the charges.\n\nWhat I found\n\n2. The Council was at fault.\n\n"
        "Agreed action\n\n• Refund Mr P the £90 he paid.\n\n• Pay Mr P £100 for his distress.\n\n"
        "Final decision\n\n3. I have completed my investigation.\n"
    )
    assert [r.amount for r in decision.remedies] == [90, 100]


@pytest.mark.parametrize(
    "lead", ["Before Ms P came to us, the Care Provider had:", "The Care Provider has already done the following:"]
)
def test_a_list_of_what_was_done(lead):
    decision = made_up.small(
        action=[(lead, ["apologised to her;", "refunded the £60 she paid."]), "That is a fair remedy."]
    )
    assert made_up.told(decision) == [
        ("apology", None, "already_done"),
        ("financial_quantifiable_loss", 60, "already_done"),
    ]
