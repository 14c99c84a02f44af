"""Remedies for the person: the actions meant for them, with sum, rate, recipient, status and deadline.

A payment is read from its sums: each has a role (so much per unit, a total of others, taken off, replaced) from the
patterns of `payments`; what has none is payable. What a payment is for comes from the words around it.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from pipeline import deadlines, language, parties
from pipeline.expressions import Expression
from pipeline.numbers import pounds
from pipeline.recipients import concerned, in_turn, recipient_of
from pipeline.records import Action, Decision, Remedy
from pipeline.structure import each_sentence
from pipeline.sums import (
    MONEY,
    Sum,
    are_joined,
    bodies_of,
    multiple,
    restore_parts,
    second_rate,
    settle,
    singular,
    sums_in,
)

_BEFORE, _SENTENCES_BEFORE = 1_000, 5  # how far before a payment its paragraph is asked what it is for
_TOLD_BEFORE = 3_000  # how far before a payment of "the £150" its section is asked where that was told of
_BEFORE_SUM = re.compile(r"\A[\s,;]*(?:and\s+)?")
_BEFORE_OTHERS = re.compile(r"\s*,?\s+(?:and|plus)\s+")
_COST = 60  # characters before a sum in which it is said that it was a cost
_TIMES = frozenset({"day", "night", "week", "fortnight", "month", "term", "half-term"})


def add(decision: Decision) -> None:
    """Adds `remedies` in text order."""
    for action, following in itertools.zip_longest(decision.actions, decision.actions[1:]):
        if following is not None and following.block is action.block and following.start >= action.end:
            action.item_end = min(action.item_end, following.start)  # what stands behind that is not of this one
        if action.audience != "person":
            continue
        if action.kind == "payment":
            decision.remedies.extend(_payments(decision, action))
        else:
            remedy = _remedy(decision, action, action.start, action.end, action.rule, kind=action.kind)
            decision.remedies.append(remedy)
    decision.remedies = list(_without_totals(decision.remedies))


def _without_totals(remedies: list[Remedy]) -> Iterator[Remedy]:
    """The remedies without those that are only the total of the payments before them, told as such."""
    count, so_far = 0, Decimal(0)
    for remedy in remedies:
        adds_up = count > 1 and remedy.amount == so_far
        if not (adds_up and language.expression("context.total").search(remedy.evidence.quote)):
            yield remedy
        if remedy.amount:
            count, so_far = count + 1, so_far + remedy.amount


def _remedy(
    decision: Decision, action: Action, start: int, end: int, rule: str, doubts: tuple[str, ...] = (), **values
) -> Remedy:
    """A remedy of an action; `doubts` are warnings beyond the action's."""
    values.setdefault("recipient", recipient_of(decision, action, start, end))
    if action.kind == "payment":
        values["recipient"] = values["recipient"] or concerned(decision.text, start, end)
    return Remedy(
        status=action.status,
        warnings=[*action.warnings, *doubts],
        evidence=decision.evidence(start, end, action.block, rule),
        body=action.body,
        deadline=action.deadline,
        deadline_date=deadlines.day_of(action.deadline, action.working, decision.decision_date),
        **values,
    )


def _payments(decision: Decision, action: Action) -> Iterator[Remedy]:
    text = decision.text
    all_sums = sums_in(text, action.start, max(action.end, action.item_end), action.item_start)
    if (second := second_rate(text, all_sums)) and action.start < second < action.end:
        yield from _payments(decision, replace(action, end=second, item_end=second))
        yield from _payments(decision, replace(action, start=second))
        return
    settle(text, action, all_sums)
    inside = [s for s in all_sums if s.start < action.end]
    if action.status in ("already_done", "already_offered"):
        for money in inside:  # "has already offered her £350": the sum itself, not one that is taken off
            if money.rule == "payment.deducted" and language.expression("context.gave").search(
                text, action.item_start, money.start
            ):
                money.role = "payable"
    restore_parts(all_sums)
    besides = language.expression("context.besides-paid")
    if inside and action.rule.startswith("promise.sum-paid") and besides.search(text, action.start, action.end):
        whole, *parts = inside
        if sum(s.amount for s in parts) != whole.amount:
            parts = [whole]  # "and brings the total to £1,000" is no part of it
        all_sums = inside = [replace(s, role="payable") for s in parts]
    payable = [s for s in inside if s.role == "payable"]
    rates = [s for s in all_sums if s.role == "unit"]
    totals = [s for s in all_sums if s.role == "total"]
    first_totals = [s for s in inside if s.role == "first-total"]
    balance = [s for s in all_sums if s.role == "balance"]
    left = balance[-1].amount if balance and any(s.role == "not-payable" for s in all_sums) else None
    told = payable or first_totals or [s for s in totals if s.start < action.end]
    if rates and (rates[0].start < action.end or told):
        if first_totals:  # what follows is its parts, in a later sentence too
            payable = [s for s in all_sums if s.role == "payable"]
        whole_sum = first_totals[0] if first_totals else None
        taken = [s.amount for s in all_sums if s.role == "not-payable"]
        yield from _rated(decision, action, rates, totals, payable, left, whole_sum, taken)
        return
    if left is None and not language.expression("context.owed").search(text, action.start, action.end):
        payable = sorted([*payable, *(s for s in balance if s.start < action.end)], key=lambda s: s.start)
    if payable and len(totals) == 1 and _is_one_of_several(text, totals[0], payable):
        payable, totals = [*totals, *payable], []
    if left is not None and len(payable) == 1:
        payable[0].amount = left
    elif left is not None and not payable and not first_totals:
        payable = [balance[-1]]  # "pay the allowance, less the £200 it has paid; the balance is £900"
    if first_totals and payable:
        totals = []
    elif first_totals:
        behind = [s for s in all_sums if s.start >= action.end and s.role == "payable"]
        payable = (
            behind if len(behind) > 1 and sum(s.amount for s in behind) == first_totals[0].amount else first_totals
        )
    elif (totals and not payable) or (
        len(payable) == 1
        and totals
        and totals[0].start > payable[0].end
        and language.expression("context.each").search(text, action.start, totals[0].start)
    ):
        payable = totals[:1]
    if (
        len(payable) == 1
        and totals
        and any(payable[0].end <= s.start < totals[0].start for s in inside if s.role == "not-payable")
    ):
        payable[0].amount = totals[0].amount  # "£1,015, less £21, making £994"
    it_paid = bool(inside) and language.expression("context.it-paid").match(text, inside[0].end)
    done = action.status == "already_done" and len(inside) == 1 and it_paid
    if not payable and inside and (done or action.rule.startswith(("promise.", "named."))):
        payable = inside[:1]  # "the £200 it has paid": the sum that the action was found by
    part_of = language.expression("context.part-of-sum").search
    if not payable and len(inside) == 1 and text.endswith("of the ", action.start, inside[0].start):
        # "clear her account of the £288": the only sum, and not the one of which another is a part
        payable = [] if part_of(text, action.start, inside[0].end) else inside
    if not payable and not inside:
        payable = _told_next(text, action) or _told_before(text, action)
    if not payable:
        rule = inside[0].rule if inside else action.rule
        purpose = _purpose(decision, action, action.start, action.end)
        yield _remedy(decision, action, action.start, action.end, rule, **purpose)
        return
    if len(payable) > 1 and totals and sum(s.amount for s in payable) not in {s.amount for s in totals}:
        action.warnings.append("total_differs")
    spans = _clauses(text, action, payable)
    if (
        (bodies := bodies_of(action)) > 1
        and len(payable) == 1
        and not totals
        and language.expression("context.each-body").search(
            text, max(action.block.start, action.start - 40), payable[0].start
        )
    ):
        payable[0].amount *= bodies
        payable[0].unit, payable[0].count = "organisation", bodies
    recipient = recipient_of(decision, action, action.start, action.end, first_totals[0]) if first_totals else None
    payees: list[str | None] = []
    for money, (start, end) in zip(payable, spans, strict=True):
        own = recipient_of(decision, action, start, end, money, inherit=recipient is None)
        recipient = (recipient if first_totals and recipient and money.start >= action.end else own) or recipient
        payees.append(recipient or _payee(decision, action))
    payees = in_turn(decision, action, payees, payable)
    for money, (start, end), payee in zip(payable, spans, payees, strict=True):
        yield _payment(decision, action, money, start, end, payee)


def _payee(decision: Decision, action: Action) -> str | None:
    """Who gets the payments of a list by a later paragraph of its section; null where none says so."""
    section = decision.sections[action.block.section]
    payees = _payees(decision.text, section.start, section.end)
    return next((name for at, name in payees if at >= action.item_end), None)


@functools.lru_cache(maxsize=1)  # asked for each payment of a list
def _payees(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Whom a section says its payments should be made to, and where."""
    return [
        (found.start(), parties.on_one_line(found["name"]))
        for found in parties.WHO.finditer(text, start, end)
        if found["name"]
        and language.expression("context.payee").search(text[max(0, found.start() - 140) : found.start()])
    ]


def _payment(decision: Decision, action: Action, money: Sum, start: int, end: int, recipient: str | None) -> Remedy:
    values = _purpose(decision, action, start, end, money)
    if money.unit and money.count:  # each of several bodies pays it
        values |= {
            "unit_amount": money.amount / money.count,
            "units": _whole(money.count),
            "unit": singular(money.unit),
        }
    return _remedy(decision, action, start, end, action.rule, amount=money.amount, recipient=recipient, **values)


def _told_next(text: str, action: Action) -> list[Sum]:
    """The sum that the sentence behind a payment without a figure says it is."""
    said = language.expression("context.sum-is")
    begin = max(action.end, action.item_end)
    found = said.search(text, begin, min(action.block.end, begin + 200)) or said.search(
        text, action.end, max(action.end, action.item_end)
    )
    if found is None or (amount := pounds(found["amount"])) is None:
        return []
    return [Sum(found.start("amount"), found.end("amount"), amount, rule="payment.total")]


def _told_before(text: str, action: Action) -> list[Sum]:
    """The one sum before "The Council should refund this", in its sentence, else in the one before."""
    if not language.expression("context.gives-it-back").search(text, action.start, action.end):
        return []
    told = list(MONEY.finditer(text, action.item_start, action.start))
    if len(told) == 1 and (amount := pounds(told[0][0])):
        return [Sum(told[0].start(), told[0].end(), amount, rule="context.gives-it-back")]
    begin = max(action.block.start, action.item_start - language.MAX_SENTENCE)
    *_, before = [(begin, begin), *each_sentence(text, begin, action.item_start)]
    sums = list(MONEY.finditer(text, *before))
    amount = pounds(sums[0][0]) if len(sums) == 1 else None
    return [] if amount is None else [Sum(sums[0].start(), sums[0].end(), amount, rule="context.gives-it-back")]


def _clauses(text: str, action: Action, payable: list[Sum]) -> list[tuple[int, int]]:
    """The words of each of several sums in one action; the whole action where there is one."""
    if len(payable) == 1:
        return [(action.start, action.end)]
    start, end = action.start, action.end
    if payable[0].start >= action.end:  # the parts of a sum, told in a later sentence of its item
        start, end = payable[0].start, max(action.end, action.item_end)
        if text.startswith("(", start - 1):  # "the loss of education (£500)": its words stand before it
            places = each_sentence(text, action.end, start)
            start = max((a for a, _ in places if text[a:start].strip()), default=start)
    cuts = [start]
    for before, after in itertools.pairwise(payable):
        breaks = list(language.expression("context.next-sum").finditer(text, before.end, after.start))
        cuts.append(min(breaks[-1].end(), after.start) if breaks else before.end)
    return [(a, max(_back(text, a, b), money.end)) for money, a, b in zip(payable, cuts, [*cuts[1:], end], strict=True)]


def _back(text: str, start: int, end: int) -> int:
    """The end of a clause without the coordinator behind it."""
    found = language.expression("context.end-of-sum").search(text[start:end])
    return start + found.start() if found and found.start() else end


def _rated(
    decision: Decision,
    action: Action,
    rates: list[Sum],
    totals: list[Sum],
    payable: list[Sum],
    left: Decimal | None,
    whole: Sum | None = None,
    taken: Iterable[Decimal] = (),
):
    """Payments at a rate: amount in all, the rate, the number of units and the unit.

    `whole`: the sum of which they are the parts, which may stand in the sentences behind the action's; `taken`: what is
    taken off.
    """
    text = decision.text
    rate = rates[0]
    total = totals[0] if totals else None
    if total is None and whole is not None and not payable and len(rates) == 1:
        total, whole = whole, None  # "£700, being £100 for every month without a key worker"
    due = rate.amount * (rate.count or 0)
    if total and payable and total.amount == due + sum(s.amount for s in payable):
        total = None  # "£800, and her brothers £500 each, making £1,800": of all
    # "£2,625, at £250 a month": of months that are not whole
    at_rate = text.endswith(("at ", "rate of "), 0, rate.start)
    joined = bool(payable) and _both_paid(text, payable[0], rate)
    before = bool(payable) and payable[0].end <= rate.start
    whole_first = bool(payable) and (multiple(payable[0].amount, rate.amount) or (before and at_rate))
    # what the units come to, or what is left of that once something is taken off
    worth = {due - less for less in (Decimal(0), *taken)}
    come_to = next((s for s in payable if s.end <= rate.start and s.amount in worth), None)
    if total is None and whole_first and not joined and come_to in (None, payable[0]):
        total, payable = payable[0], payable[1:]
    elif total is None and come_to is not None and not _both_paid(text, come_to, rate):
        total, payable = come_to, [s for s in payable if s is not come_to]  # "£50, and £200 for four payments of £50"
    elif total and payable and payable[0].amount == due:
        total, payable = payable[0], payable[1:]  # the total is that of all that is paid
    units = rate.count
    amount: Decimal | None
    if total is not None:
        fits = multiple(total.amount, rate.amount)
        if fits and (units is None or units * rate.amount != total.amount) and len(rates) == 1:
            units = fits
        amount = total.amount
    else:
        amount = (rate.amount * units).quantize(rate.amount) if units else None
    if left is not None:
        amount = left
    start, end = action.start, max(action.end, action.item_end) if whole else action.end
    reach = end
    paid = recipient_of(decision, action, action.start, action.end, whole) if whole else None
    first = min([rate, *([total] if total else [])], key=lambda s: s.start)
    apart = [s for s in payable if s.start < end]
    if whole and rate.start >= action.end:
        behind = [s.start for s in apart if s.start > rate.start]
        start = first.start if first.start >= action.end else rate.start
        end = _back(text, rate.start, min(behind)) if behind else end
    reached = max((s.end for s in apart if s.end <= rate.start), default=start)
    whose = parties.WHO.finditer(text, reached, rate.start)
    if total is None and not whole and any(m.end() >= rate.start - 1 for m in whose):
        start = end - len(_BEFORE_SUM.sub("", text[reached:end], count=1))  # "£800, and her brothers £500 each"
    for money, after in itertools.zip_longest(apart, apart[1:]):
        _name_rate(money, rates[1:], after.start if after else reach)
    yield from (_apart(decision, action, money, rate, reach, paid) for money in apart if money.end <= first.start)
    payee = paid or recipient_of(decision, action, start, end, rate)
    yield _remedy(
        decision,
        action,
        start,
        end,
        rate.rule,
        **_purpose(decision, action, start, end, first, rate),
        amount=amount,
        unit_amount=rate.amount,
        units=_whole(units),
        unit=singular(rate.unit),
        recipient=payee,
    )
    payee = None if payee and payee.startswith("each ") else payee  # what is paid besides is not for each of them
    for other in rates[1:]:
        joined = total is not None and total.start < other.start and are_joined(text, total, other)
        if other.start < action.end and (total is None or joined or (total.start > other.start and len(totals) > 1)):
            yield _remedy(
                decision,
                action,
                total.end if total and joined else rates[0].end,
                end,
                other.rule,
                **_purpose(decision, action, other.start, end, other, other),
                amount=(other.amount * other.count).quantize(other.amount) if other.count else None,
                unit_amount=other.amount,
                units=_whole(other.count),
                unit=singular(other.unit),
                recipient=recipient_of(decision, action, other.start, end, other) or payee,
            )
    yield from (_apart(decision, action, money, rate, reach, payee) for money in apart if money.end > first.start)


def _both_paid(text: str, money: Sum, rate: Sum) -> bool:
    """Is a sum paid beside a rate: do words join them, or are they for different people, as in "£200 and her two
    daughters £100 each"?
    """
    if are_joined(text, money, rate):
        return True
    between = _BEFORE_OTHERS.match(text, money.end, rate.start)
    return between is not None and any(
        m.end() >= rate.start - 1 for m in parties.WHO.finditer(text, between.end(), rate.start)
    )


def _is_one_of_several(text: str, total: Sum, payable: list[Sum]) -> bool:
    """Is it "a total of £500 for distress and £250 for time and trouble": a sum beside another, and not their total?"""
    worth = sum(s.amount for s in payable)
    return total.end <= payable[0].start and total.amount != worth and are_joined(text, total, payable[0])


def _name_rate(money: Sum, rates: list[Sum], end: int) -> None:
    """Says of a sum at which of some rates it was worked out: "£500 for the two months, at £250 a month"."""
    for rate in rates:
        if money.end <= rate.start < end and (count := multiple(money.amount, rate.amount)):
            money.unit, money.count = rate.unit, count


def _apart(decision: Decision, action: Action, money: Sum, rate: Sum, reach: int, paid: str | None) -> Remedy:
    """A sum in one action with a rate, and a payment of its own; `paid` gets it where it names nobody."""
    start, end = (action.start, rate.start) if money.end <= rate.start else (rate.end, reach)
    end = _back(decision.text, start, end) if end == rate.start else end
    if money.start > rate.end:
        breaks = list(language.expression("context.next-sum").finditer(decision.text, start, money.start))
        start = min(breaks[-1].end(), money.start) if breaks else start
    start = end - len(_BEFORE_SUM.sub("", decision.text[start:end], count=1))
    own = recipient_of(decision, action, start, end, money)
    return _payment(decision, action, money, start, end, own or paid)


def _whole(units: Decimal | int | None) -> int | None:
    """The number of units as the table holds it: null where it is not whole."""
    return int(units) if units is not None and units == int(units) else None


# --- what for, and to whom ---------------------------------------------------------------------------------------


def _kinds() -> list[tuple[str, int, Expression]]:
    """(kind, weight, expression) of each pattern that says what a payment is for."""
    return [(p["kind"], p["weight"], e) for p, e in language.expressions("payments") if p["kind"]]


def _purpose(
    decision: Decision, action: Action, start: int, end: int, money: Sum | None = None, rate: Sum | None = None
) -> dict:
    """The `kind` of a payment, with a doubt where no words say what it is for.

    So much a month, of which no more is said, is for the time that somebody was without something (the Ombudsman's
    guidance on remedies has so much a month for accommodation, a term for education); where it is no round sum, it is
    what somebody had to pay.
    """
    if kind := _kind(decision, action, start, end, money):
        return {"kind": kind}
    kind = _kind_of_paragraph(decision, action) if money else "financial_quantifiable_loss"
    usual = "financial_distress"
    if rate and rate.unit in _TIMES:
        usual = "financial_quantifiable_loss" if rate.amount % 5 else "financial_loss_of_service"
    elif money and money.amount is not None and money.amount % 1:
        usual = "financial_quantifiable_loss"  # what was worked out to the penny is no sum for distress
    return {"kind": kind or usual, "doubts": ("purpose_not_said",)}


def _kind(decision: Decision, action: Action, start: int, end: int, money: Sum | None = None) -> str | None:
    """What a payment is for: by its verb, else by the purpose named first behind the sum, in its item or lead-in."""
    text = decision.text
    patterns = _kinds()
    before = (start, money.start) if money else (start, end)
    for named, weight, expression in patterns:
        if weight == 3 and expression.search(text, *before):
            return named
    behind = (money.end if money else start, end)
    if (
        money
        and decision.remedies
        and language.expression("context.further-sum").search(text[start : money.start])
        and not any(e.search(text, *behind) for _, _, e in patterns)
    ):
        earlier = (r.kind for r in reversed(decision.remedies) if r.kind.startswith("financial"))
        return next(earlier, "financial_distress")
    own = (action.start, action.end)
    later = (_sentence_end(text, action), max(action.end, action.item_end))  # what stands between is another action's
    if money and MONEY.search(text, start, money.start) and (kind := _first_named(text, behind, patterns)):
        return kind  # not what a sum before it is for
    for place in (behind, (start, end), own, later):
        if kind := _first_named(text, place, [(k, w, e) for k, w, e in patterns if w > 1]):
            return kind
    for place in (own, later):
        if kind := _first_named(text, place, [(k, w, e) for k, w, e in patterns if w == 1]):
            return kind
    if money and action.lead and (kind := _first_named(text, action.lead, patterns)):
        return kind
    following = next(each_sentence(text, max(action.end, action.item_end), action.block.end), None)
    explained = (
        money and following and language.expression("context.says-what-for").match(text[slice(*following)].lstrip())
    )
    if explained and following:
        plain = [(k, w, e) for k, w, e in patterns if w > 1]
        if kind := _first_named(text, following, plain) or _first_named(text, following, patterns):
            return kind
    return _kind_told_before(decision, action, money, patterns) if money else None


def _kind_told_before(decision: Decision, action: Action, money: Sum, patterns: list[tuple]) -> str | None:
    """What the same sum is for where the paragraph, before it names the action, says why it is right; null else."""
    text = decision.text
    definite = text.endswith("the ", 0, money.start)  # "the £1,904.22": told of, though perhaps not in this paragraph
    floor = decision.sections[action.block.section].start if definite else action.block.start
    begin = max(floor, action.start - (_TOLD_BEFORE if definite else language.MAX_SENTENCE))
    told = [m for m in MONEY.finditer(text, begin, action.start) if pounds(m[0]) == money.amount]
    for found in told[-3:]:
        end = next((b for _, b in each_sentence(text, begin, action.start) if b > found.start()), action.start)
        after = MONEY.search(text, found.end(), end)
        if kind := _first_named(text, (found.end(), after.start() if after else end), patterns):
            return kind
        if language.expression("context.cost-him").search(text, max(begin, found.start() - _COST), found.start()):
            return "financial_quantifiable_loss"
    return None


def _kind_of_paragraph(decision: Decision, action: Action) -> str | None:
    """What a payment that says nothing of it is for, by the sentences before it in its paragraph, the nearest first:
    for a service missed, or for distress; null where they say neither.
    """
    text = decision.text
    patterns = [(k, w, e) for k, w, e in _kinds() if w == 2 and k != "financial_quantifiable_loss"]
    begin = max(action.block.start, action.start - _BEFORE)
    places = list(each_sentence(text, begin, action.start)) if begin < action.start else []
    for place in reversed(places[-_SENTENCES_BEFORE:]):
        if kind := _first_named(text, place, patterns):
            return kind
    return None


def _sentence_end(text: str, action: Action) -> int:
    """The end of the sentence an action stands in."""
    ends = (b for _, b in each_sentence(text, action.item_start, max(action.end, action.item_end)))
    return next((b for b in ends if b >= action.end), action.end)


def _first_named(text: str, place: tuple[int, int], patterns: list[tuple]) -> str | None:
    """The kind whose words come first in a place, null where none do."""
    firsts = [(found.start(), -weight, kind) for kind, weight, e in patterns if (found := e.search(text, *place))]
    return min(firsts)[2] if firsts else None
