"""Payments: which sums in a text are paid, given up or taken off, and which are only told."""

from decimal import Decimal

import made_up
import pytest

# --- which sums are paid -----------------------------------------------------------------------------------------


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
    assert [r.amount for r in made_up.put_right(sentence).remedies if r.kind.startswith("financial")] == amounts


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
    found = [
        ("payment" if r.kind.startswith("financial") else r.kind, r.amount) for r in made_up.put_right(text).remedies
    ]
    assert found == expected


# --- sums that explain another or may be deducted ----------------------------------------------------------------


def amounts(*action):
    decision = made_up.small(action=list(action))
    return [r.amount for r in decision.remedies if r.kind.startswith("financial")]


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


def test_what_was_paid_may_be_deducted_and_is_no_payment():
    decision = made_up.put_right(
        "The Council will pay Mrs X £600.", "If it has paid the £300 it offered it can deduct this."
    )
    assert [r.amount for r in decision.remedies] == [600]


# --- debts -------------------------------------------------------------------------------------------------------


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
    ("text", "told"),
    [
        (
            "The Council should pay Ms P £600. It has already paid £200, so it should now pay £400.",
            [(200, "already_done"), (400, "agreed")],
        ),
        (
            "The Council agreed to pay Ms P £700. It has paid £500, and it will pay the other £200 by 1 May.",
            [(500, "already_done"), (200, "agreed")],
        ),
        (
            "The Council will pay Ms P £600. It has paid her £200 for travel. It will pay her £300 for her time.",
            [(600, "agreed"), (200, "already_done"), (300, "agreed")],
        ),
    ],
)
def test_a_sum_told_again_as_what_was_paid_and_what_is_left(text, told):
    decision = made_up.small(action=[text])
    assert [(r.amount, r.status) for r in decision.remedies] == told
    assert {r.recipient for r in decision.remedies} == {"Ms P"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The Council had offered to pay Ms P £100, but I asked it to pay her £300 and it has agreed.",
            [(300, "agreed")],
        ),
        ("The Council will waive £2,000 of the £5,600 care charges, leaving £3,600 to pay.", [(2000, "agreed")]),
        ("The Council’s offer of £100 is not enough. It has agreed to replace it with £350.", [(350, "agreed")]),
        ("It will take the £60 bailiff’s fee off too.", [(60, "agreed")]),
        ("The Council agreed to my recommendations and has already paid Ms P £250.", [(250, "already_done")]),
    ],
)
def test_which_of_two_sums_is_paid(text, told):
    assert [(r.amount, r.status) for r in made_up.small(action=[text]).remedies] == told
