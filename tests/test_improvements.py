"""Procedural improvements: actions meant for others in future, by LABELLING.md."""

import made_up
import pytest


def improvements(*items, **more):
    return made_up.agreed(*items, **more).procedural_improvements


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ("review its charging policy", "procedure_or_policy"),
        ("review its complaints procedure", "procedure_or_policy"),
        ("amend its standard letters to tell people of their right of appeal", "procedure_or_policy"),
        ("introduce a system for tracking requests", "procedure_or_policy"),
        ("publish its policy on its website", "procedure_or_policy"),
        ("remind its staff to reply to letters", "training_or_guidance"),
        ("provide training to officers in the housing team", "training_or_guidance"),
        ("share this decision with its planning officers", "training_or_guidance"),
        ("issue guidance to its social workers on placements with relatives", "training_or_guidance"),
        ("start a log at the front desk of each letter handed in", "procedure_or_policy"),
        ("make it a rule that a manager signs off every refusal", "procedure_or_policy"),
        ("put all its assisted collections on to the crews’ tablets", "procedure_or_policy"),
        ("examine 15 files, taken at random, in which it closed the referral", "review_of_cases"),
        ("compare planned and delivered lessons for each child it had tuition for", "review_of_cases"),
        ("go back over every entry it has made on the register since 2019", "review_of_cases"),
        ("review the cases of other families who were charged in the same way", "review_of_cases"),
        ("identify others who were affected by the same fault", "review_of_cases"),
        ("audit a sample of 20 assessments made in 2024", "review_of_cases"),
        ("produce an action plan to cut its waiting list", "monitoring_or_reporting"),
        ("report to its scrutiny committee on the number of late plans", "monitoring_or_reporting"),
    ],
)
def test_kind(item, kind):
    decision = made_up.agreed(item + ".")
    assert [i.kind for i in decision.procedural_improvements] == [kind] and decision.remedies == []


def test_an_item_with_its_own_bullet_is_one_entry():
    found = improvements("review its policy; and", "remind its staff to reply.")
    assert [i.evidence.quote for i in found] == ["review its policy; and", "remind its staff to reply."]


def test_two_actions_in_one_sentence_are_one_entry():
    found = improvements("review its complaints policy and remind its staff to follow it.")
    assert [i.evidence.quote for i in found] == ["review its complaints policy and remind its staff to follow it."]


def test_the_quote_has_no_explanations_behind_it():
    found = improvements("remind its staff to reply to letters. This is because nobody replied to Ms P.")
    assert [i.evidence.quote for i in found] == ["remind its staff to reply to letters."]


@pytest.mark.parametrize(
    ("item", "deadline"),
    [
        ("review its policy.", "P3M"),
        ("train its staff within six months.", "P6M"),
        ("review its policy within six months of my decision.", "P6M"),
        ("review its policy within six months.", "P6M"),
        ("amend its procedure so that panels decide within twelve weeks.", "P3M"),  # a time inside the new procedure
    ],
)
def test_deadline(item, deadline):
    found = improvements(item, lead="Within three months of my decision the Council has agreed to:")
    assert [i.deadline for i in found] == [deadline]


def test_a_report_back_is_part_of_the_action_and_gives_its_deadline():
    decision = made_up.small(
        action=[
            "The Council has agreed to review its charging policy. It should report its findings to us within three months."
        ]
    )
    assert [(i.kind, i.deadline) for i in decision.procedural_improvements] == [("procedure_or_policy", "P3M")]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The Council has agreed to review its complaints policy.", "agreed"),
        ("The Council should review its complaints policy.", "recommended"),
        ("I recommend that the Council reviews its complaints policy.", "recommended"),
    ],
)
def test_status(sentence, status):
    found = made_up.small(heading="Recommendations", action=[sentence]).procedural_improvements
    assert [i.status for i in found] == [status]


def test_an_improvement_made_before_counts_where_the_decision_relies_on_it():
    relied = "The Council has already trained its staff. I am satisfied this is a suitable step and have made no recommendation about it."
    found = made_up.small(action=["The Council will apologise to Ms P.", relied]).procedural_improvements
    assert [(i.kind, i.status, i.deadline) for i in found] == [("training_or_guidance", "already_done", None)]


def test_an_improvement_made_before_and_only_reported_does_not():
    decision = made_up.small(
        findings=["In May the Council changed its form. The Council was at fault."],
        action=["The Council will apologise to Ms P within four weeks."],
    )
    assert decision.procedural_improvements == []


@pytest.mark.parametrize(
    "sentence",
    [
        "I do not recommend that the Council reviews its policy.",
        "I have removed my recommendation that the Council trains its staff.",
        "I have made no recommendation about training.",
    ],
)
def test_not_recommended(sentence):
    assert made_up.small(action=["The Council will apologise to Ms P.", sentence]).procedural_improvements == []


def test_for_the_person_is_none():
    decision = made_up.agreed("review Ms P’s care plan;", "write to Ms P with an explanation.")
    assert decision.procedural_improvements == [] and len(decision.remedies) == 2


def test_body():
    found = made_up.small(action=["Within a month the Trust will remind its staff to reply."]).procedural_improvements
    assert [i.body for i in found] == ["the Trust"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Council has already brought in a weekly check of its post; this meets my concern about lost letters.",
        "Since January 2024 its website has had a new form, and no further change to it is needed.",
        "It has already replaced its template letter; I regard this as meeting a recommendation I would have made.",
    ],
)
def test_what_was_changed_before_counts_beside_what_is_agreed(sentence):
    decision = made_up.small(action=[f"The Council has agreed to train its clerks within a month. {sentence}"])
    told = [(i.status, i.evidence.quote) for i in decision.procedural_improvements]
    assert told == [
        ("agreed", "The Council has agreed to train its clerks within a month."),
        ("already_done", sentence),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Council has provided me with a copy of its plan. I welcome this and need no more.",
        "I have seen the new leaflet and so make no further recommendation about it.",
        "It has agreed in principle, which I accept.",
    ],
)
def test_what_says_more_of_an_improvement_is_none_of_its_own(sentence):
    decision = made_up.small(action=[f"The Council has agreed to write a leaflet within a month. {sentence}"])
    assert [i.status for i in decision.procedural_improvements] == ["agreed"]


@pytest.mark.parametrize(
    "told",
    [
        "The Council should amend its policy so that officers may allow more. The Council changed the policy in May 2024.",
        "I recommended that the Council should amend its form for repairs. It has told me that it already does this.",
        "I suggested that it should remind its staff how to reply: it did so on 3 October and has sent me the note.",
    ],
)
def test_what_was_recommended_and_has_been_done(told):
    found = made_up.small(action=[told], heading="Recommended action").procedural_improvements
    assert [(i.status, i.deadline) for i in found] == [("already_done", None)]


def test_a_list_with_letters_and_no_colon():
    text = (
        "To prevent this from happening to others the Council will (a) compare its plans with the register by 31 March 2025; "
        "(b) until then, have two officers check each plot; and (c) report what it finds to its cabinet member by 30 April 2025."
    )
    found = made_up.small(action=[text]).procedural_improvements
    assert [(i.kind, i.deadline) for i in found] == [
        ("review_of_cases", "2025-03-31"),
        ("procedure_or_policy", None),
        ("monitoring_or_reporting", "2025-04-30"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "The Council has agreed to put in place, by 30 September 2025, a diary system for reviews.",
            "procedure_or_policy",
        ),
        ("The Council will identify all those to whom it paid too little and pay the difference.", "review_of_cases"),
        ("It will examine its ledger so as to find every child whose savings were not paid in.", "review_of_cases"),
        ("It will begin to produce a fortnightly report of every child without a place.", "monitoring_or_reporting"),
        ("It will send us a report in November on how far its vacancies have been filled.", "monitoring_or_reporting"),
        (
            "It will compare its list with the Trust’s register and repay whoever was charged in error.",
            "review_of_cases",
        ),
        ("It will see to it that every governor goes on a course on the Code.", "training_or_guidance"),
        ("A template letter is to be adopted within three months.", "procedure_or_policy"),
        ("It will give these notices a mailbox of their own.", "procedure_or_policy"),
    ],
)
def test_told_in_prose(text, kind):
    decision = made_up.small(action=[text])
    assert [i.kind for i in decision.procedural_improvements] == [kind] and decision.remedies == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The Council has agreed that its policy should be reviewed.", ["procedure_or_policy"]),
        ("The Council will tell staff that the procedure will be changed.", ["training_or_guidance"]),
        ("Carry out an audit of food and fluid charts at the home.", ["review_of_cases"]),
        ("The Council will carry out weekly audits of the charts.", ["monitoring_or_reporting"]),
        ("The Trust has agreed to appoint a second care coordinator.", ["other_service_improvement"]),
        ("The Council will go back over every case that was closed last year.", ["review_of_cases"]),
        (
            "I recommended wider changes, which the Council has also accepted. It will revise its policy.",
            ["procedure_or_policy"],
        ),
    ],
)
def test_ordinary_sentences_around_improvements(text, kinds):
    decision = made_up.small(action=[text])
    assert [i.kind for i in decision.procedural_improvements] == kinds


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("All the carers were trained in preventing falls in May. I am satisfied this training is sufficient.", 1),
        ("All the carers were trained in preventing falls in May.", 0),
        ("The Council will train its officers in this. It is also going to run a refresher for the planning team.", 2),
    ],
)
def test_staff_who_were_trained_or_are_going_to_be(text, told):
    decision = made_up.small(action=["The Council will apologise to Ms P.", text])
    assert [i.kind for i in decision.procedural_improvements] == ["training_or_guidance"] * told


def test_what_is_promised_outside_a_section_by_a_time_that_runs_from_the_decision():
    assert made_up.small(findings=["It will send Ms P the drawing within two weeks of this decision."]).remedies
    assert not made_up.small(findings=["It will send Ms P the drawing within two weeks of her letter."]).remedies
