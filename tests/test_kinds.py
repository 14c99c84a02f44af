"""Kinds of remedies: what is done for the person, and what a payment is for."""

import made_up
import pytest

# --- items of a list ---------------------------------------------------------------------------------------------


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
    assert [r.kind for r in made_up.put_right(("Within a month the Council will:", [f"{item};"])).remedies] == [kind]


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


# --- sentences ---------------------------------------------------------------------------------------------------


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


def test_works_at_the_body_s_own_cost_are_a_service():
    (remedy,) = made_up.small(
        action=["The Council has agreed to meet the full cost of the repair to the wall."]
    ).remedies
    assert remedy.kind == "provide_services" and remedy.amount is None


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
    assert [r.kind for r in made_up.put_right(text).remedies] == expected


# --- what a payment is for ---------------------------------------------------------------------------------------


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


def test_what_a_payment_is_for_by_the_sentences_before_it():
    decision = made_up.put_right(
        "Miss V and her children stayed in bed and breakfast accommodation for eleven weeks. The Council has agreed to "
        "pay Miss V £1,100, which is £100 for each week."
    )
    (remedy,) = decision.remedies
    assert remedy.kind == "financial_loss_of_service" and "purpose_not_said" in remedy.warnings


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


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ("convey its apologies to Ms P for sending agents to her home.", "apology"),
        ("arrange for the manager of the home to apologise to Ms P.", "apology"),
        ("apologise to Ms P in person, and confirm the apology in a letter.", "apology"),
        ("work through Ms P’s banding again, by the scheme of that year.", "reconsideration"),
        ("refer Ms P’s file to a senior officer for a new decision.", "reconsideration"),
        ("re-examine Ms P’s request and tell her the result.", "reconsideration"),
        ("think again about its refusal to renew Ms P’s pass.", "reconsideration"),
        ("reconvene the transport panel to hear Ms P’s evidence.", "reconsideration"),
        ("fill the potholes outside Ms P’s drive.", "provide_services"),
        ("get rid of the rats at Ms P’s flat.", "provide_services"),
        ("book an interpreter for Ms P’s next meetings.", "provide_services"),
        ("spell out to Ms P what must happen before the visits can start.", "provide_information"),
        ("talk Ms P through the evidence it used.", "provide_information"),
        ("warn Ms P in advance of the charges.", "provide_information"),
        ("record on Ms P’s account that the notice was a mistake.", "records"),
        ("reword the entry in Ms P’s notes that calls her aggressive.", "records"),
        ("wipe the missed appointments from Ms P’s record.", "records"),
        ("instruct its solicitors not to go ahead with the claim for Ms P’s flat.", "other_personal"),
        ("fund ten more hours of tuition for J.", "provide_services"),
        ("give Y a transition plan with clear dates.", "provide_services"),
        ("keep a log of every visit to Ms P and send it to her daughter.", "records"),
        ("let Ms P have a new care package and a report of the assessment.", "provide_services"),
        ("send a surveyor to look at the drain from her garden.", "provide_services"),
        ("refer Ms P to the advocacy service it commissions.", "provide_services"),
        ("send Ms P a plan which shows the boundary.", "provide_information"),
        ("let her have its written case a week before the hearing.", "provide_information"),
        ("amend her application so that it shows her in Band 1.", "records"),
        ("complete a retrospective checklist for Ms P and tell her the result.", "reconsideration"),
        ("pay Ms P £900, which is three weeks’ takings at £300 a week.", "financial_quantifiable_loss"),
        ("pay Ms P £85 for the second medical.", "financial_quantifiable_loss"),
    ],
)
def test_kinds_of_what_is_done_for_the_person(item, kind):
    decision = made_up.agreed(item)
    assert [r.kind for r in decision.remedies] == [kind] and decision.procedural_improvements == []
