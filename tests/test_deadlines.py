"""Deadlines in words, and the day they fall on."""

import datetime as dt

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
