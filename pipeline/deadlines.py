"""Deadlines in words: where they stand, what they run from, and the day they fall on."""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass

import numpy as np
from dateutil.relativedelta import relativedelta

from pipeline import language
from pipeline.dates import read_date
from pipeline.numbers import whole_number

_OF = re.compile(r"\bof\s+")
_UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
_DRAFTED = dt.timedelta(days=60)  # a decision may be dated that long after its words were agreed


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline at a place. `value` is an ISO 8601 duration or date, null where it runs from something else.

    `of_decision` is true where the text says that it runs from the decision. Offsets count in the text searched.
    """

    value: str | None
    working: bool
    of_decision: bool
    start: int
    end: int
    rule: str


def find(text: str, start: int = 0, end: int | None = None, decided: dt.date | None = None) -> list[Deadline]:
    """The deadlines in text[start:end], in order, without overlaps.

    decided: the day of the decision, behind which a day without a year is looked for; without it there is none.
    Those that run from another event than the decision come with a null value.
    """
    end = len(text) if end is None else end
    found: list[Deadline] = []
    for pattern, expression in language.expressions("deadlines"):
        for match in expression.finditer(text, start, end):
            if any(d.start < match.end() and match.start() < d.end for d in found):
                continue
            groups = match.groupdict()
            month = f"December {groups['year']}" if groups.get("year") else groups.get("month")
            if pattern["runs"] == "other":
                found.append(Deadline(None, False, False, match.start(), match.end(), pattern.id))
            elif groups.get("day") or groups.get("end"):
                if decided and (following := _following(groups, decided)):
                    value = following.isoformat()
                    found.append(Deadline(value, False, True, match.start(), match.end(), pattern.id))
            elif groups.get("date") or month:
                day = _day(groups.get("date"), month)
                if day and decided and day < decided - _DRAFTED:
                    continue  # "the charges for the time before 19 February": a day that has passed
                found.append(
                    Deadline(day.isoformat() if day else None, False, True, match.start(), match.end(), pattern.id)
                )
            else:
                found.append(_duration(groups, match, pattern.id))
    return sorted(found, key=lambda d: d.start)


def _following(groups: dict, decided: dt.date) -> dt.date | None:
    """The next day, behind the decision, of a month and day or of the end of a month; null for what is no day."""
    for year in (decided.year, decided.year + 1):
        day = _day(groups["day"] and f"{groups['day']} {year}", f"{groups['end']} {year}")
        if day and day >= decided:
            return day
    return None


def _day(printed: str | None, month: str | None) -> dt.date | None:
    """A printed day, else the last day of a printed month, each with its year; null for what is no day."""
    if printed:
        return read_date(_OF.sub("", printed))
    first = read_date(f"1 {month}".replace(",", ""))
    return first + relativedelta(day=31) if first else None


def _duration(groups: dict, match, rule: str) -> Deadline:
    count = 1 if groups["count"].lower() in ("a", "an", "the") else whole_number(groups["count"])
    unit = groups["unit"].lower()
    if unit == "fortnight":
        count, unit = (count or 1) * 2, "week"
    value = f"P{count}{_UNITS[unit]}" if count else None
    return Deadline(value, bool(groups.get("working")), bool(groups.get("event")), match.start(), match.end(), rule)


@functools.cache
def _bank_holidays(year: int) -> tuple:
    import holidays  # takes a while, and few decisions count working days

    return tuple(np.datetime64(day) for day in holidays.country_holidays("GB", subdiv="ENG", years=(year, year + 1)))


def day_of(value: str | None, working: bool, decided: dt.date | None) -> dt.date | None:
    """The day a deadline falls on; null where there is no deadline, or no decision date for a duration to run from.

    Working days are counted without weekends and English bank holidays; a month ends on its last day at the latest.
    """
    if value is None:
        return None
    if not value.startswith("P"):
        return dt.date.fromisoformat(value)
    if decided is None:
        return None
    count, unit = int(value[1:-1]), value[-1]
    try:
        if working and unit == "D":
            closed = _bank_holidays(decided.year)
            day = np.busday_offset(decided, count, roll="backward", holidays=closed).astype(dt.date)
            return day if isinstance(day, dt.date) else None  # numpy gives a number beyond the year 9999
        names = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}
        return decided + relativedelta(**{names[unit]: count})
    except (ValueError, OverflowError):
        return None
