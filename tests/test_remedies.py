"""Remedies for the person: kinds, sums, rates, totals, recipients, status and deadline, by LABELLING.md."""

from decimal import Decimal

import made_up
import pytest


def rows(*items, **more):
    return [(r.kind, r.amount) for r in made_up.agreed(*items, **more).remedies]


def one(item, **more):
    """The one remedy of a list of one item."""
    (remedy,) = made_up.agreed(item, **more).remedies
    return remedy


# --- kinds -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ("apologise to Ms P", "apology"),
        ("write to Ms P to apologise for the faults I have found", "apology"),
        ("send Ms P a written apology", "apology"),
        ("pay Ms P £200 for her distress", "financial_distress"),
        ("pay Ms P £200 for the uncertainty caused by the fault", "financial_distress"),
        ("pay Ms P £150 for her frustration and inconvenience", "financial_distress"),
        ("pay Ms P £150 in recognition of her time and trouble", "financial_distress"),
        ("pay Ms P £100 for the delay in its reply", "financial_distress"),
        ("pay Ms P £300 for the risk of harm", "financial_distress"),
        ("pay Ms P £1,200 for the education her son missed", "financial_loss_of_service"),
        ("pay Ms P £900 for the missed respite care", "financial_loss_of_service"),
        ("pay Ms P £500 for the months she spent in unsuitable accommodation", "financial_loss_of_service"),
        ("refund Ms P £424 for the fees she paid", "financial_quantifiable_loss"),
        ("reimburse Ms P £80 for her taxi fares", "financial_quantifiable_loss"),
        ("write off Ms P’s rent arrears of £312.40", "financial_quantifiable_loss"),
        ("waive the charge of £65", "financial_quantifiable_loss"),
        ("backdate Ms P’s direct payments to May 2023", "financial_quantifiable_loss"),
        ("review its decision on Ms P’s application", "reconsideration"),
        ("offer Ms P a fresh appeal with a new panel", "reconsideration"),
        ("carry out a new assessment of Ms P’s needs", "reconsideration"),
        ("arrange the speech therapy in her son’s plan", "provide_services"),
        ("hold a meeting with Ms P", "provide_services"),
        ("carry out the repairs to Ms P’s bathroom", "provide_services"),
        ("explain to Ms P why it made its decision", "provide_information"),
        ("tell Ms P of her right of appeal to the Tribunal", "provide_information"),
        ("give Ms P a named contact", "provide_information"),
        ("place a copy of this decision on Ms P’s file", "records"),
        ("correct its record of Ms P’s income", "records"),
    ],
)
def test_kind(item, kind):
    assert one(item + ".").kind == kind


# --- sums --------------------------------------------------------------------------------------------------------


def rate(remedy):
    return remedy.amount, remedy.unit_amount, remedy.units, remedy.unit


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("pay £300 for each child for the distress, £600 in total.", (600, 300, 2, "child")),
        ("pay Ms P £200 a month for five months for the missed education.", (1000, 200, 5, "month")),
        ("pay Ms P £1,000 for the missed education. This is £200 a month for five months.", (1000, 200, 5, "month")),
        ("pay Ms P £150 a month until it makes her an offer of suitable accommodation.", (None, 150, None, "month")),
        ("pay Mr and Mrs Q £100 each for their distress.", (200, 100, 2, "person")),
        ("pay Ms P £25 for each week from May for the missed care.", (None, 25, None, "week")),
        ("refund the fees Ms P paid.", (None, None, None, None)),
        ("pay Ms P £250 for her distress.", (250, None, None, None)),
        ("pay Ms P £1,250.57 for her distress.", (Decimal("1250.57"), None, None, None)),
        ("pay Ms P £4,000. This is £1,600 a term for two and a half terms.", (4000, 1600, None, "term")),
        (
            "pay Ms P £850. This is £1,000, at £250 a month for four months, less the £150 it has paid.",
            (850, 250, 4, "month"),
        ),
        ("take £397.14 off its invoice to Ms P, so that £97.10 is left.", (Decimal("397.14"), None, None, None)),
        ("pay Ms P the allowance of £2,000, less the £450 she had, which makes £1,550.", (1550, None, None, None)),
    ],
)
def test_amount_and_rate(item, expected):
    assert rate(one(item)) == expected


def test_each_sum_is_an_entry_of_its_own():
    found = made_up.agreed("pay £100 to Mr X for his distress and £250 to Mrs X for hers.").remedies
    assert [(r.amount, r.recipient) for r in found] == [(100, "Mr X"), (250, "Mrs X")]


def test_a_split_sum_is_its_parts():
    found = rows("pay Ms P £500, made up of £300 for distress and £200 for time and trouble.")
    assert found == [("financial_distress", 300), ("financial_distress", 200)]


@pytest.mark.parametrize(
    ("item", "amount"),
    [
        ("pay Ms P £400 for her distress, less the £100 it has already paid.", 400),
        ("pay Ms P £400 for her distress, less the £100 it has already paid, which leaves £300.", 300),
        ("increase its offer to Ms P from £100 to £250 for her distress.", 250),
        ("pay Ms P £250 for her distress, instead of the £50 it offered.", 250),
    ],
)
def test_what_is_taken_off_or_replaced_is_no_entry(item, amount):
    assert [r.amount for r in made_up.agreed(item).remedies] == [amount]


def test_between_them_is_one_sum():
    decision = made_up.small(
        action=["The Council and the Trust have agreed to pay Ms P £200 between them for her distress."]
    )
    assert [r.amount for r in decision.remedies] == [200]


def test_a_payment_that_hangs_on_a_condition_counts():
    decision = made_up.small(
        action=["If the panel finds for Ms P, the Council will pay her £500 for the support she missed."]
    )
    assert [(r.kind, r.amount) for r in decision.remedies] == [("financial_loss_of_service", 500)]


def test_totals():
    decision = made_up.agreed(
        "apologise to Ms P;", "pay Ms P £100 for her distress;", "pay Ms P £50.50 for her time and trouble."
    )
    assert (decision.remedy_total, decision.remedy_total_complete) == (Decimal("150.50"), True)
    decision = made_up.agreed("pay Ms P £100 for her distress;", "refund the fees she paid.")
    assert (decision.remedy_total, decision.remedy_total_complete) == (Decimal("100.00"), False)
    decision = made_up.small()
    assert (decision.remedy_total, decision.remedy_total_complete) == (Decimal("0.00"), True)


def test_sums_that_are_no_remedies():
    """In guidance, in the history, in what she asks, in what is refused."""
    decision = made_up.small(
        complaint=["Ms P wants the Council to pay her £5,000."],
        findings=[
            "Our guidance on remedies says up to £1,000 may be justified for distress.",
            "The home charged her £812.50 a week. The Council paid it £3,250 in May.",
            "The Council offered Ms P £50. This is not enough.",
            "The Council was at fault.",
        ],
        action=[
            ("Within a month the Council has agreed to:", ["pay Ms P £200 for her distress."]),
            "I do not recommend that it repays the £3,250.",
            "The Council should provide us with evidence it has complied with the above actions.",
        ],
    )
    assert [(r.kind, r.amount) for r in decision.remedies] == [("financial_distress", 200)]


# --- recipient, body, status, deadline ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "recipient"),
    [
        ("pay Ms P £200 for her distress.", "Ms P"),
        ("pay £200 to Mr X for his distress.", "Mr X"),
        ("pay Mr and Mrs Q £200 for their distress.", "Mr and Mrs Q"),
        ("pay each of the four families £200 for their distress.", "each of the four families"),
        ("pay £200 for the distress caused.", None),
        ("pay her £200 for her distress.", "Ms P"),
        ("pay Mr X senior £200 for his distress.", "Mr X senior"),
        ("pay £200 to each of Q, R and S for their upset.", "Q, R and S"),
        ("refund what the woman and her sister paid.", "the woman and her sister"),
        ("apologise to Mr X’s daughter.", "Mr X’s daughter"),
    ],
)
def test_recipient(item, recipient):
    assert one(item).recipient == recipient


@pytest.mark.parametrize(
    ("heading", "sentence", "status"),
    [
        ("Agreed action", "The Council has agreed to pay Ms P £200.", "agreed"),
        ("Agreed action", "The Council will pay Ms P £200.", "agreed"),
        ("Recommended action", "I recommend that the Council pays Ms P £200.", "recommended"),
        ("Recommended action", "The Council should pay Ms P £200. It has not agreed to this.", "recommended"),
        (
            "Recommendations",
            "I recommended the Council pay Ms P £200. The Council has agreed to my recommendations.",
            "agreed",
        ),
        (
            "Agreed action",
            "The Council has apologised and paid Ms P £200. I consider this a suitable remedy.",
            "already_done",
        ),
        ("Agreed action", "The Council’s offer of £200 to Ms P is a suitable remedy.", "already_offered"),
    ],
)
def test_status(heading, sentence, status):
    decision = made_up.small(heading=heading, action=[sentence])
    assert [(r.amount, r.status) for r in decision.remedies if r.kind != "apology"] == [(200, status)]


def test_a_sum_already_paid_has_its_amount():
    text = "The Council has already paid Ms P £200 for her distress. I consider this a suitable remedy."
    assert [(r.amount, r.status) for r in made_up.small(action=[text]).remedies] == [(200, "already_done")]


def test_an_accepted_offer_is_already_offered():
    text = "The Council has offered Ms P £200 for her distress. I am satisfied this is a suitable remedy."
    assert [(r.amount, r.status) for r in made_up.small(action=[text]).remedies] == [(200, "already_offered")]


def test_an_offer_agreed_to_again_is_agreed():
    text = "The Council offered Ms P £200 and has agreed to make this offer again."
    assert [(r.amount, r.status) for r in made_up.small(action=[text]).remedies] == [(200, "agreed")]


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("Within a month the Care Provider should pay Ms P £200.", "the Care Provider"),
        ("Within a month the Council and the Trust will pay Ms P £200.", "the Council and the Trust"),
        ("Within a month TfL will pay Ms P £200.", "TfL"),
    ],
)
def test_body(sentence, body):
    assert [r.body for r in made_up.small(action=[sentence]).remedies] == [body]


def test_a_deadline_for_a_list_holds_for_each_item_but_one_with_its_own():
    decision = made_up.agreed(
        "apologise to Ms P;", "pay Ms P £200 within two weeks; and", "review its decision on Ms P’s application."
    )
    assert [r.deadline for r in decision.remedies] == ["P4W", "P2W", "P4W"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Council has agreed to pay Ms P £200 for her distress.",
        "The Council will pay Ms P £200 within two weeks of having the surveyor’s report.",
        "The Council has already paid Ms P £200 for her distress within four weeks. I consider this a suitable remedy.",
    ],
)
def test_no_deadline(sentence):
    assert [r.deadline for r in made_up.small(action=[sentence]).remedies] == [None]


def test_deadline_date():
    (remedy,) = made_up.small(
        action=["Within 20 working days of this decision the Council will pay Ms P £200."]
    ).remedies
    assert (remedy.deadline, str(remedy.deadline_date)) == ("P20D", "2025-03-18")
    head = {**made_up.HEAD, "date": None}
    (remedy,) = made_up.small(head=head, action=["Within four weeks the Council will pay Ms P £200."]).remedies
    assert (remedy.deadline, remedy.deadline_date) == ("P4W", None)
