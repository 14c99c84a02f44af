"""Who gets a payment: the person it names, the one whose loss it makes good, or nobody that is said."""

from decimal import Decimal

import made_up
import pytest


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
    assert [(r.recipient, r.amount) for r in made_up.put_right(text).remedies] == expected


def test_the_same_sum_to_each_of_several():
    decision = made_up.small(action=["The Council has agreed to pay £900 to Ms P, and £500 each to her two sons."])
    assert [(r.amount, r.units, r.recipient) for r in decision.remedies] == [
        (900, None, "Ms P"),
        (1000, 2, "her two sons"),
    ]


def test_a_changed_sum_keeps_who_gets_it():
    decision = made_up.put_right("The Council has agreed to pay Mrs X £250. I agreed to increase it to £300.")
    assert [(r.amount, r.recipient) for r in decision.remedies] == [(300, "Mrs X")]


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
    "text",
    [
        "The Council will pay £600 to the care home for the two weeks that Mr Y stayed there.",
        "The Council will pay £200 to acknowledge that the advice Ms W gave was wrong.",
        "The Council will refund the £95 once Mr B, the bailiff, has confirmed it.",
    ],
)
def test_who_is_only_named_beside_a_payment_does_not_get_it(text):
    assert [r.recipient for r in made_up.small(action=[text]).remedies] == [None]


def test_the_manager_is_nobody_who_gets_anything():
    decision = made_up.small(action=["The Council will arrange for the manager of the home to meet Ms P."])
    assert [r.recipient for r in decision.remedies] == ["Ms P"]


def test_a_name_of_one_letter_that_ends_a_sentence():
    decision = made_up.small(action=["The Council will fund another therapist to work with Y."])
    assert [r.kind for r in decision.remedies] == ["provide_services"] and decision.procedural_improvements == []
