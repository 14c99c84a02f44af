"""Rates, totals and parts: amounts that are worked out from other sums."""

from decimal import Decimal

import made_up
import pytest

# --- so much for each --------------------------------------------------------------------------------------------


def test_half_a_unit_counts_in_the_amount():
    (remedy,) = made_up.small(
        action=["The Council will pay Ms P £1,800 for each of the two and a half terms her son missed."]
    ).remedies
    assert (remedy.amount, remedy.unit_amount, remedy.units, remedy.unit) == (4500, 1800, None, "term")


@pytest.mark.parametrize(
    ("item", "rate"),
    [
        ("the Council and the Trust will each pay Mrs E £150 for her worry;", (300, 150, 2, "organisation")),
        ("the Council and the Trust will pay Mrs E £200 between them (£100 each);", (200, 100, 2, "organisation")),
        ("the Council will pay the two families £250 each for their distress;", (500, 250, 2, "family")),
    ],
)
def test_whose_a_rate_is(item, rate):
    (remedy,) = made_up.put_right(("Within a month:", [item])).remedies
    assert (remedy.amount, remedy.unit_amount, remedy.units, remedy.unit) == rate


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


# --- totals and their parts --------------------------------------------------------------------------------------


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
    found = [(r.amount, r.unit_amount, r.units) for r in made_up.put_right(f"The Council has agreed. {text}").remedies]
    assert found == expected


def test_a_sum_taken_off_in_a_later_sentence_of_an_item():
    decision = made_up.put_right(
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
