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
        ("draw the attention of its revenues staff to the exemption", "training_or_guidance"),
        ("use this case in the induction of new advisers", "training_or_guidance"),
        ("require licensing officers to complete a module on fair hearings", "training_or_guidance"),
        ("trace other applicants who were told to come back later", "review_of_cases"),
        ("screen its refusals of the past six months for the same error", "review_of_cases"),
        ("ascertain if any other care leavers went without an adviser", "review_of_cases"),
        ("send us a progress update every two months on its waiting list", "monitoring_or_reporting"),
        ("count the appeals that are heard late and report the number to its committee", "monitoring_or_reporting"),
        ("fund a temporary team of caseworkers to help with the backlog", "other_service_improvement"),
        ("recruit ten more foster carers", "other_service_improvement"),
        ("open its telephone line on Saturday mornings", "other_service_improvement"),
    ],
)
def test_kind(item, kind):
    decision = made_up.agreed(item + ".")
    assert [i.kind for i in decision.procedural_improvements] == [kind] and decision.remedies == []


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
    found = made_up.put_right(("Within a month the Council will:", [f"{item};"])).procedural_improvements
    assert [i.kind for i in found] == [kind]


def test_an_item_with_its_own_bullet_is_one_entry():
    found = improvements("review its policy; and", "remind its staff to reply.")
    assert [i.evidence.quote for i in found] == ["review its policy; and", "remind its staff to reply."]


def test_two_actions_in_one_sentence_are_one_entry():
    found = improvements("review its complaints policy and remind its staff to follow it.")
    assert [i.evidence.quote for i in found] == ["review its complaints policy and remind its staff to follow it."]


def test_three_actions_for_others_in_one_item_are_one_entry():
    item = "visit the three depots, correct the records held there and withdraw the notice."
    decision = made_up.put_right(("The Council has agreed to:", ["remind staff of the rules;", item]))
    assert [i.evidence.quote for i in decision.procedural_improvements][1:] == [item]


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


def test_an_improvement_that_was_recommended_and_has_been_made_is_done():
    decision = made_up.put_right(
        "We recommended that the Council review its policy on top-ups. It has done so and sent us the new one."
    )
    assert [i.status for i in decision.procedural_improvements] == ["already_done"]


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
def test_ordinary_sentences_with_improvements_alone(text, kinds):
    decision = made_up.small(action=[text], final=["The Council has agreed to my recommendations."])
    assert [i.kind for i in decision.procedural_improvements] == kinds and decision.remedies == []


def test_what_was_reviewed_and_trained_is_no_review_of_cases():
    decision = made_up.small(
        action=["The Council has now reviewed its procedure and trained its staff. I am satisfied this is enough."]
    )
    assert [i.kind for i in decision.procedural_improvements] == ["training_or_guidance"]


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
