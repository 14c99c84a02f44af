"""Deadlines in words, the day they fall on, and the actions that they are given to."""

import datetime as dt

import made_up
import pytest

from pipeline.deadlines import day_of, find

FRIDAY = dt.date(2024, 5, 3)  # Monday the 6th and the 27th are bank holidays


@pytest.mark.parametrize(
    ("text", "value", "working"),
    [
        ("Within four weeks of my final decision", "P4W", False),
        ("within 20 working days of the date of this decision", "P20D", True),
        ("within one month", "P1M", False),
        ("within a month of my decision", "P1M", False),
        ("within three months of the date of this report", "P3M", False),
        ("within the next six weeks", "P6W", False),
        ("within a fortnight", "P2W", False),
        ("within two fortnights", "P4W", False),
        ("no later than eight weeks from the date of my final decision", "P8W", False),
        ("not later than twelve weeks after our decision", "P12W", False),
        ("within one year", "P1Y", False),
        ("in the next two months", "P2M", False),
        ("within 28 days of today", "P28D", False),
        ("by 31 March 2024", "2024-03-31", False),
        ("by the 1st of May 2024", "2024-05-01", False),
        ("no later than 5pm on 5 May 2023", "2023-05-05", False),
    ],
)
def test_deadline(text, value, working):
    (deadline,) = find(f"The Council will pay {text}.")
    assert (deadline.value, deadline.working) == (value, working)


@pytest.mark.parametrize(
    "text",
    [
        "within two weeks of having the surveyor's report",
        "within ten days of a complaint being made",
        "within four weeks of receiving the invoices",
        "one month after it has the report",
    ],
)
def test_a_deadline_that_runs_from_something_else_is_null(text):
    assert [d.value for d in find(f"The Council will pay {text}.")] == [None]


@pytest.mark.parametrize(
    "text", ["for three months", "the last six months", "on 31 March 2024", "four weeks ago", "in time"]
)
def test_no_deadline(text):
    assert find(f"The Council paid {text}.") == []


@pytest.mark.parametrize(
    ("text", "decided", "value"),
    [
        ("by 30 September", FRIDAY, "2024-09-30"),
        ("by 2 May.", FRIDAY, "2025-05-02"),
        ("by 3 May", FRIDAY, "2024-05-03"),
        ("before the end of February", dt.date(2023, 5, 1), "2024-02-29"),
        ("by 31 June", FRIDAY, None),
        ("by 30 September", None, None),
        ("by 30 September 2025", FRIDAY, "2025-09-30"),
    ],
)
def test_a_day_without_its_year_is_the_next_one_after_the_decision(text, decided, value):
    assert [d.value for d in find(text, decided=decided)] == ([value] if value else [])


def test_several_in_text_order_and_where_they_stand():
    text = "Within four weeks pay £100; within three months of my decision review its policy; by 31 March 2024 report."
    found = find(text)
    assert [(d.value, text[d.start : d.end].split()[0]) for d in found] == [
        ("P4W", "Within"),
        ("P3M", "within"),
        ("2024-03-31", "by"),
    ]
    assert [d.of_decision for d in found[:2]] == [False, True]
    assert [d.value for d in find(text, found[1].start, found[1].end)] == ["P3M"]


@pytest.mark.parametrize(
    ("deadline", "working_days", "decided", "last"),
    [
        ("P4W", False, FRIDAY, dt.date(2024, 5, 31)),
        ("P1M", False, dt.date(2023, 1, 31), dt.date(2023, 2, 28)),
        ("P1D", True, FRIDAY, dt.date(2024, 5, 7)),
        ("P20D", True, FRIDAY, dt.date(2024, 6, 4)),
        ("P20D", False, FRIDAY, dt.date(2024, 5, 23)),
        ("P1D", True, dt.date(2024, 5, 11), dt.date(2024, 5, 13)),  # decided on a Saturday
        ("P1D", True, dt.date(2022, 9, 16), dt.date(2022, 9, 20)),  # the Queen's funeral
        ("P4W", True, FRIDAY, dt.date(2024, 5, 31)),
        ("P1Y", False, dt.date(2024, 2, 29), dt.date(2025, 2, 28)),
        ("P10D", True, dt.date(2024, 12, 23), dt.date(2025, 1, 9)),  # over Christmas and New Year
        ("P300D", True, dt.date(2024, 1, 2), dt.date(2025, 3, 7)),  # bank holidays of the year after too
        ("2024-09-30", False, None, dt.date(2024, 9, 30)),
        ("P4W", False, None, None),
        (None, False, FRIDAY, None),
        ("P99999Y", False, FRIDAY, None),
        ("P999999999999D", True, FRIDAY, None),
    ],
)
def test_last_day(deadline, working_days, decided, last):
    assert day_of(deadline, working_days, decided) == last


# --- which actions a time is given to ----------------------------------------------------------------------------


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
    assert [r.deadline for r in made_up.put_right(*paragraphs).remedies][: len(deadlines)] == deadlines


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


def test_by_the_start_of_a_term():
    decision = made_up.small(action=["By the start of the spring term on 6 January 2025 it will review its policy."])
    assert [i.deadline for i in decision.procedural_improvements] == ["2025-01-06"]


def test_what_it_said_it_would_do_and_should():
    decision = made_up.put_right("The Council said it would apologise for this. It should do so within four weeks.")
    assert [(r.kind, r.deadline) for r in decision.remedies] == [("apology", "P4W")]


def test_a_time_announced_holds_for_the_paragraphs_behind():
    decision = made_up.small(
        action=[
            "The Council has agreed to take the following action within six weeks of my decision.",
            "It will apologise to Ms P.",
            "It will pay her £200.",
        ]
    )
    assert [r.deadline for r in decision.remedies] == ["P6W", "P6W"]


def test_jobs_announced_with_their_time():
    text = (
        "There are two jobs to be done by 30 April 2025. The Council will review its policy. It will train its staff."
    )
    decision = made_up.small(action=[text])
    assert [i.deadline for i in decision.procedural_improvements] == ["2025-04-30", "2025-04-30"]


def test_a_time_given_before_the_list_is_the_lists():
    decision = made_up.put_right(
        (
            "The Council accepts our recommendations and will carry them out within two months of this report. It will:",
            ["apologise to Mrs X;", "pay Mrs X £300."],
        )
    )
    assert [r.deadline for r in decision.remedies] == ["P2M", "P2M"]


def test_a_time_that_leads_in_a_list_in_a_few_words():
    lists = [
        ("The Council will do the following. In two weeks:", ["apologise to Ms P."]),
        ("In four weeks:", ["comb its files for other appeals."]),
    ]
    decision = made_up.small(action=lists)
    assert [r.deadline for r in decision.remedies] == ["P2W"]
    assert [(i.kind, i.deadline) for i in decision.procedural_improvements] == [("review_of_cases", "P4W")]


def test_times_given_to_the_items_by_their_order():
    decision = made_up.put_right(
        ("I recommended that the Council:", ["apologise to Ms P;", "pay her £50;", "remind its staff of the rule."]),
        "It accepted my recommendations and agreed to carry out the first two within one month of the date of my "
        "decision and the last within three months.",
    )
    assert [r.deadline for r in decision.remedies] == ["P1M", "P1M"]
    assert [i.deadline for i in decision.procedural_improvements] == ["P3M"]


def test_the_payment_of_a_list_and_an_apology_in_one_sentence():
    decision = made_up.put_right(
        ("The Council should pay Ms V:", ["£1,400 for lost education; and", "£300 for her distress."]),
        "It should make the payment within one month, and within the same time apologise to Ms V.",
    )
    assert [(r.kind, r.deadline) for r in decision.remedies][-1] == ("apology", "P1M")
    assert {r.deadline for r in decision.remedies} == {"P1M"}


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("The Council will apologise to Ms P in the next month.", "P1M"),
        ("The Council will pay Ms P £200 because she may have to move in the next month.", None),
        ("If it does not do all of this within three months we may report. It will apologise to Ms P.", None),
        (
            "The following should be done within four weeks, except for the last, which should be done within three "
            "months. The Council will apologise to Ms P.",
            "P4W",
        ),
    ],
)
def test_times_that_come_close(text, deadline):
    assert [r.deadline for r in made_up.small(action=[text]).remedies] == [deadline]


@pytest.mark.parametrize(
    "before",
    [
        "The following are to be done within six weeks of this decision.",
        "Everything below should happen within six weeks of this decision.",
        "All of this is to be done within six weeks.",
    ],
)
def test_a_time_that_a_section_begins_with_is_for_all_behind_it(before):
    text = f"{before} The Council will write to Ms P to apologise. It will pay her £200."
    assert [r.deadline for r in made_up.small(action=[text]).remedies] == ["P6W", "P6W"]


@pytest.mark.parametrize(
    ("text", "deadlines"),
    [
        ("The Council will apologise to Ms P, pay her £200 and review its decision within a month.", ["P1M"] * 3),
        (
            "The Council has agreed to pay Ms P £200 and to apologise to her within four weeks of this decision.",
            ["P4W"] * 2,
        ),
        ("The Council will pay Ms P £200, and apologise to her within a month.", [None, "P1M"]),
        ("The Council will pay Ms P £200 within a week and apologise to her within a month.", ["P1W", "P1M"]),
        ("The Council will apologise to Ms P and pay her £90 within two weeks of having her receipt.", [None, None]),
        (
            "It will apologise to Ms P. If it allows her appeal it will refund the £90 within a week of that decision.",
            [None, None],
        ),
    ],
)
def test_a_time_behind_actions_that_stand_together_is_for_all_of_them(text, deadlines):
    assert [r.deadline for r in made_up.small(action=[text]).remedies] == deadlines
