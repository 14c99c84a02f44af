"""The sums of money in an action: which is payable, a rate, a total, taken off, or told again.

The patterns of `payments` give a sum its role; what one is beside the others (the whole of parts, a rate told again) is
arithmetic.
"""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal

import regex

from pipeline import language, parties
from pipeline.compiled import compiled
from pipeline.numbers import number_of_units, pounds, whole_number
from pipeline.patterns import fill
from pipeline.records import Action

_AROUND = 400  # characters before and behind sums that may say what they are: more than any pattern of payments spans
_FEW = 12  # sums that are looked at together
_NEAR = 60  # characters behind a rate in which what it comes to may be told
MONEY = compiled(fill("<£>"), flags=regex.I)
AND = re.compile(r"\band\b|&|,")  # what stands between the things of a list
_BOTH = re.compile(r"\bboth\b", re.I)
_HOW_MANY = re.compile(r"\b(two|three|four|five|six)\b", re.I)
_ORDINALS = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth)\b", re.I)
_PEOPLE = frozenset(
    [
        "child",
        "person",
        "family",
        "parent",
        "adult",
        "resident",
        "applicant",
        "complainant",
        "household",
        "tenant",
        "sibling",
        "carer",
        "neighbour",
        "brother",
        "sister",
        "girl",
        "boy",
        "grandparent",
        "pupil",
    ]
)


@dataclass(slots=True)
class Sum:
    """A printed sum of money and what it is in its sentence. `role` is "payable" where no pattern says otherwise."""

    start: int
    end: int
    amount: Decimal
    role: str = "payable"
    rule: str = "payment.payable"
    unit: str | None = None
    count: Decimal | int | None = None


def sums_in(text: str, start: int, end: int, floor: int = 0) -> list[Sum]:
    """The sums of text[start:end] with their roles; words before `floor` have no say."""
    sums = {}
    for found in MONEY.finditer(text, start, end):
        amount = pounds(found[0])
        if amount is not None:
            sums[found.start()] = Sum(found.start(), found.end(), amount)
    if not sums:
        return []
    printed = list(sums)
    for again in language.expression("context.same-amount").finditer(text, start, end):
        if earlier := bisect_left(printed, again.start()):
            amount = sums[printed[earlier - 1]].amount
            sums[again.start()] = Sum(again.start(), again.end(), amount, rule="context.same-amount")
    begin = max(floor, start - 60, min(sums) - _AROUND)
    stop = min(end, max(sums) + _AROUND)
    for pattern, expression in language.expressions("payments"):
        role = pattern["role"]
        if role is None or (pattern["needs_other"] and len(sums) < 2):
            continue
        for found in expression.finditer(text, begin, stop, overlapped=True):
            money = sums.get(found.start("amount"))
            if money is None or money.role != "payable":
                continue
            money.role, money.rule = role, pattern.id
            if role == "unit":
                groups = found.groupdict()
                money.unit = (
                    "person"
                    if groups.get("each") and not groups.get("unit")
                    else (groups.get("unit") or "person").lower()
                )
                if groups.get("names"):
                    money.unit = (groups.get("unit") or "child").lower()
                    money.count = _how_many(groups["names"])
                elif groups.get("count"):
                    money.count = number_of_units(groups["count"])
                if money.unit == "them":
                    money.unit = "person"
    return [sums[at] for at in sorted(sums)]


def settle(text: str, action: Action, sums: list[Sum]) -> None:
    """Gives the rates among an action's sums their units, and each sum its role beside the others."""
    for at, rate in enumerate(sums):
        if rate.role == "unit":
            _name_unit(text, action, rate, sums)
            rate.count = rate.count or _units(text, action, rate, *_own_words(action, sums, at))
            if rate.count and language.expression("context.each-person").match(text, rate.end, action.end):
                rate.count *= _people_before(text, action.start, rate.start)
    _mark_reduced(text, sums)
    _mark_explained(text, sums)
    _mark_whole(text, sums)
    _mark_told_again(text, sums)
    _mark_less(sums)


def _own_words(action: Action, sums: list[Sum], at: int) -> tuple[int, int]:
    """The place that may say how many units a rate is paid for: the action's, up to the rates beside this one."""
    earlier = any(s.role == "unit" for s in sums[:at])
    behind = (s.start for s in sums[at + 1 :] if s.role == "unit")
    return sums[at - 1].end if earlier else action.start, next(behind, max(action.end, action.item_end))


def _name_unit(text: str, action: Action, rate: Sum, sums: list[Sum]) -> None:
    """Says of a sum that is paid to "each" whose it is: each family's where it is paid to families, each body's where
    they pay it "between them".
    """
    if rate.unit != "person":
        return
    bodies = bodies_of(action)
    shared = any(s.amount == rate.amount * bodies for s in sums)
    if bodies > 1 and shared and language.expression("context.between-bodies").search(text, action.start, rate.start):
        rate.unit, rate.count = "organisation", bodies
        return
    who = list(parties.WHO.finditer(text, action.start, rate.start))
    if who and who[-1]["group"] and (noun := singular(who[-1][0].rsplit(None, 1)[-1].lower())) in _PEOPLE:
        rate.unit = noun


def bodies_of(action: Action) -> int:
    """How many bodies are to act: "the Council and the Trust" are two."""
    return len(AND.findall(action.body or "")) + 1


def _units(text: str, action: Action, rate: Sum, start: int, end: int) -> Decimal | int | None:
    """How many units a rate is paid for, where text[start:end] says so (halves too); null where it does not."""
    unit = singular(rate.unit) or ""
    window = text[start:end]
    at_most = language.expression("context.at-most").search
    counts = (m for m in _counted(unit).finditer(window) if not at_most(window[max(0, m.start() - 40) : m.start()]))
    counted = next(counts, None)
    if counted and (count := number_of_units(counted["n"])):
        return count
    told = language.expression("context.how-many").search(window)
    if told:
        return whole_number(told["n"])
    if unit in _PEOPLE:
        behind = [
            m
            for m in parties.WHO.finditer(text, rate.end, action.end)
            if m.start() - rate.end < 16 and parties.stands_behind("context.given-to", text, m)
        ]
        who = behind[:1] or list(parties.WHO.finditer(text, action.start, rate.start))
        for at, found in reversed(list(enumerate(who))):
            named = found["name"] or found["kin"]
            if named and parties.are_several(named):
                return _how_many(named)
            if found["group"] and len(ordinals := _ORDINALS.findall(found["group"])) > 1:
                return len(ordinals)  # "the first and second families £250 each"
            if found["group"] and (number := _HOW_MANY.search(found["group"])):
                joined = at and text[who[at - 1].end() : found.start()].strip() == "and"
                return (whole_number(number[0]) or 0) + bool(joined)
        if len(who) > 1:
            return len({found[0] for found in who})
        if _BOTH.search(window):
            return 2
        if who and who[-1]["pronoun"] and who[-1]["pronoun"].lower().startswith(("them", "both", "each")):
            name = parties.last_name_before(text, who[-1].start(), "them")
            if name and parties.are_several(name):
                return 2
    return None


@functools.cache
def _counted(unit: str) -> regex.Pattern:
    """An expression for so many of a unit."""
    plurals = {"child": "children", "person": "(?:people|persons)", "family": "families", "half-term": "half-terms"}
    of_time = r"(?<!\b(?:within|in)\s(?:the\s)?(?:next\s)?)"  # not "Within one month it will pay £200 a month"
    number = rf"(?<![£\d,.]|£\s){of_time}\b(?P<n>{fill('<n>')}(?:\.\d+|\s?½|\s+and\s+a\s+half)?)"
    return regex.compile(rf"{number}\s+(?:\w+\s+){{0,2}}?(?:{plurals.get(unit, unit + 's')}|{unit})\b", regex.I)


def _how_many(names: str) -> int:
    """How many people or times names are of: "Mr A and her two daughters" are three."""
    numbers = [_HOW_MANY.search(named) for named in AND.split(names)]
    return sum((whole_number(number[0]) or 1) if number else 1 for number in numbers)


def _people_before(text: str, start: int, end: int) -> int:
    """How many people the name last printed in text[start:end] is of: "Mr B and Ms C" are two."""
    found = parties.WHO.finditer(text, start, end)
    named = [m["name"] or m["kin"] for m in found if m["name"] or m["kin"]]
    return len(AND.split(named[-1])) if named else 1


def _mark_reduced(text: str, sums: list[Sum]) -> None:
    """Where a charge is reduced from one sum to another the difference is what is given; what is left is not."""
    if not sums:
        return
    named = {s.start: s for s in sums}
    reduced = language.expression("context.reduced-to")
    for found in reduced.finditer(text, max(0, sums[0].start - _NEAR), sums[-1].end):
        left, charge = named.get(found.start("to")), named.get(found.start("from"))
        if left is not None and charge is not None and charge.amount > left.amount:
            charge.amount, charge.role, charge.rule = charge.amount - left.amount, "payable", "context.reduced-to"
        if left is not None:
            left.role, left.rule = "not-payable", "context.reduced-to"


def _mark_explained(text: str, sums: list[Sum]) -> None:
    """Marks a rate that only says how the one before it was worked out: "£450 per household, at £150 for each of three
    summers"."""
    rates = [s for s in sums if s.role == "unit"]
    for rate, other in itertools.pairwise(rates):
        worked_out = language.expression("context.worked-out").search(text[rate.end : other.start])
        if worked_out and other.count and other.amount * other.count == rate.amount:
            other.role, other.rule = "not-payable", "payment.rate"


def _mark_whole(text: str, sums: list[Sum]) -> None:
    """Marks a sum that all the sums behind it add up to ("£1,250 … £100 for each of ten weeks, and £250")."""
    told = [s for s in sums if s.role in ("payable", "total", "unit")]
    parts = [s for s in told[1:] if s.role != "total"]
    if len(parts) < 2 or told[0].role == "unit" or any(s.role == "unit" and not s.count for s in parts):
        return
    if any(m.end() >= parts[0].start - 1 for m in parties.WHO.finditer(text, told[0].end, parts[0].start)):
        return  # "£300, her mother £150 and her sister £150": each gets her own
    worth = [s.amount * (s.count or 1) for s in parts]
    # "£1,600 is for four months at £400": that rate is no part of its own
    apart = [
        w for part, before, w in zip(parts, [None, *worth], worth, strict=False) if part.role != "unit" or w != before
    ]
    so_far = itertools.accumulate(worth)
    before_another = (n > 1 and part == told[0].amount for n, part in enumerate(so_far, 1))
    named = language.expression("context.names-parts").search(text, told[0].end, parts[0].start)
    if told[0].amount in (sum(worth), sum(apart)) or (named and any(before_another)):
        told[0].role, told[0].rule = "first-total", "payment.split-sum"


def _mark_told_again(text: str, sums: list[Sum]) -> None:
    """Marks a sum that says what the rate before it comes to: "£200 a term for two terms (£400)", "… terms, £400"."""
    for rate, money in itertools.pairwise(sums):
        if rate.role == "unit" and money.role == "payable" and text.endswith("(", 0, money.start):
            if money.amount == rate.amount * (rate.count or 0):
                money.role, money.rule = "not-payable", "payment.total"
            elif money.amount > rate.amount:
                money.role, money.rule = "total", "payment.total"
        elif (
            rate.role == "unit"
            and money.role == "payable"
            and rate.count
            and money.start - rate.end < _NEAR
            and money.amount == rate.amount * rate.count
            and not are_joined(text, rate, money)
        ):
            money.role, money.rule = "not-payable", "payment.total"  # "£200 a term for two terms, a further £400"


def _mark_less(sums: list[Sum]) -> None:
    """Marks a sum that says how the first one was had: "£850. This is £1,000, … less the £150 it has paid"."""
    if not sums or sums[0].role != "payable":
        return
    for money, taken in itertools.combinations(sums[1:_FEW], 2):
        worked_out = money.amount - taken.amount == sums[0].amount
        if worked_out and money.role in ("payable", "total") and taken.role == "not-payable":
            money.role, money.rule = "not-payable", "payment.deducted"


def restore_parts(sums: list[Sum]) -> None:
    """Makes parts of a sum payable that a word before them seems to take off: "£90, being the £50 … and the £40"."""
    whole = next((s for s in sums if s.role == "first-total"), None)
    if whole is None:
        return
    parts = [s for s in sums if s.start > whole.start and (s.role == "payable" or s.rule == "payment.deducted")]
    for n, so_far in enumerate(itertools.accumulate(s.amount for s in parts), 1):
        if n > 1 and so_far == whole.amount:
            for part in parts[:n]:
                part.role, part.rule = "payable", "payment.payable"


def second_rate(text: str, sums: list[Sum]) -> int | None:
    """Where, behind a payment at a rate, one that is worked out at another begins ("45p a mile, together with £1,350,
    which is £25 for each of 54 days"); null where none does."""
    rates = [s for s in sums if s.role == "unit"]
    for rate in rates[1:]:
        for money in sums:
            if (
                rates[0].end < money.start < rate.start
                and money.role == "payable"
                and multiple(money.amount, rate.amount)
            ):
                return money.start if are_joined(text, rates[0], money) else None
    return None


def multiple(total: Decimal, rate: Decimal) -> int | None:
    """How many whole units of the rate make the total, null where none do."""
    if rate and total > rate and total % rate == 0 and total / rate < 10_000:
        return int(total / rate)
    return None


def are_joined(text: str, one: Sum, other: Sum) -> bool:
    """Does an and or a plus between two sums say that both are paid?"""
    first, second = (one, other) if one.start < other.start else (other, one)
    return language.expression("context.sums-joined").search(text, first.end, second.start) is not None


def singular(unit: str | None) -> str | None:
    return {
        "children": "child",
        "families": "family",
        "familie": "family",
        "people": "person",
        "childre": "child",
        "children’": "child",
    }.get(unit or "", unit)
