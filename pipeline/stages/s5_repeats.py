"""Repeats: what is told twice is one action.

A decision recommends and then tells that it was agreed, names in its end what its section on the remedy sets out, and
tells of an offer before the better one that took its place.
"""

from __future__ import annotations

import re
from collections import deque
from decimal import Decimal

from pipeline import language, parties
from pipeline.mentions import SUM, WAITING, own_sums, sums_of
from pipeline.numbers import pounds
from pipeline.records import Action, Block, Decision

_SUM_FOR = re.compile(r"£\s?[\d,.]*\d\s+for\b")


def add(decision: Decision) -> None:
    """Takes out of `actions` what is told again, and what other actions have taken the place of."""
    text = decision.text
    actions = _without_announced(_without_wholes(_once(decision), text), text)
    if not any(decision.part_of(a.block) == "action" for a in actions):  # there is no section on the remedy
        actions = _last_offers(_paid_once(actions, text), text)
        _with_more(actions, text)
        # what was offered before is what the agreed payment, or another action of its kind, replaces; but not one that
        # is called suitable under a heading of its own
        agreed = {(a.kind, a.block.section) for a in actions if a.status == "agreed"}
        kinds = {kind for kind, _ in agreed}
        actions = [
            a
            for a in actions
            if a.status != "already_offered"
            or a.kind not in kinds
            or (a.endorsed and (a.kind, a.block.section) not in agreed)
        ]
    decision.actions = [a for a in actions if not a.replaced]


def _once(decision: Decision) -> list[Action]:
    """The actions without what is only said again: in the final decision, or to tell which of them the body has agreed
    to.

    An action that was recommended and is then said to be agreed becomes so.
    """
    text = decision.text
    kept: list[Action] = []
    waiting: dict[str, deque[Action]] = {}  # those that were recommended, by kind
    apology: Action | None = None  # the last that is due
    for action in decision.actions:
        if decision.part_of(action.block) == "final_decision" and _said_before(action, kept, text):
            continue
        sums = own_sums(text, action)
        same = [
            a
            for a in waiting.get(action.kind, ())
            if action.status == "agreed"
            and (a.block is not action.block or sums or a.kind == "apology")
            and sums <= sums_of(text, a)
        ]
        if not same and action.status == "agreed" and len(sums) > 1:  # "It will pay the £500 and the £150"
            due = [a for a in waiting.get(action.kind, ()) if sums & sums_of(text, a)]
            same = due if sums <= sums_of(text, *due) else []
        if same and not action.block.depth:
            for other in same:
                other.status = "agreed"
                waiting[other.kind].remove(other)
            continue
        if apology and _only_apologises(action, apology, text):
            apology.status = "agreed"
            continue
        if apology and action.item_start != apology.item_start and _makes(action, apology, text):
            apology.was_done()
            continue
        if _agreed_again(action, kept, text):
            continue
        if before := _paid_since(action, kept, text):
            for other in before:
                other.was_done()
            continue
        if before := _due_again(action, kept, text):
            for other in before:
                other.deadline, other.working = action.deadline or other.deadline, action.working or other.working
            continue
        last = kept[-1] if kept else None
        again = language.expression("context.offer-again").search(text, action.start, action.end)
        if again and action.status == "agreed" and last is not None and last.status == "already_offered":
            last.status, last.deadline, last.working = "agreed", action.deadline, action.working
            continue
        kept.append(action)
        if action.kind == "apology" and action.status in ("agreed", "recommended"):
            apology = action
        if action.status == "recommended":
            waiting.setdefault(action.kind, deque(maxlen=WAITING)).append(action)
    return kept


def _without_wholes(actions: list[Action], text: str) -> list[Action]:
    """The actions without a payment of which the same paragraph tells what was paid and what is left to pay: "should
    pay £600. It has paid £200, so it should now pay £400".
    """
    paid = [a for a in actions if a.kind == "payment"]
    wholes: set[int] = set()
    for three in zip(paid, paid[1:], paid[2:], strict=False):
        sums = [{pounds(s) for s in own_sums(text, a)} for a in three]
        if any(a.block is not three[0].block for a in three) or any(len(s) != 1 or None in s for s in sums):
            continue
        amounts = [s.pop() or Decimal() for s in sums]
        at = next((i for i, amount in enumerate(amounts) if 2 * amount == sum(amounts)), None)
        if at is None:
            continue
        whole, *parts = three[at], *three[:at], *three[at + 1 :]
        if [a.status in ("agreed", "recommended") for a in (whole, *parts)] == [True, False, True]:
            wholes.add(id(whole))
            named = next((a for a in (whole, *parts) if parties.people_in(text[a.start : a.end])), whole)
            for part in parts:
                part.governed = part.governed or (named.start, named.end)  # it says who gets them
    return [a for a in actions if id(a) not in wholes]


def _without_announced(actions: list[Action], text: str) -> list[Action]:
    """The actions without "will make two payments to Ms M" where sentences behind it in its paragraph name the sums."""
    announces = language.expression("context.announces-payments").search
    named: dict[int, int] = {}  # where the last payment with a sum stands, by its paragraph's start
    for action in actions:
        if action.kind == "payment" and own_sums(text, action):
            named[action.block.start] = action.start
    return [
        a
        for a in actions
        if a.kind != "payment"
        or own_sums(text, a)
        or named.get(a.block.start, 0) < a.start
        or not announces(text, a.start, a.end)
    ]


def _agreed_again(action: Action, kept: list[Action], text: str) -> bool:
    """Does a sentence only say that a payment recommended in the paragraph has been agreed to: "I recommended it pay
    her £500. It has agreed to pay £500", under a heading that calls all of it agreed?
    """
    sums = own_sums(text, action)
    agreed = language.expression("context.agreed-to-pay").search(text, action.item_start, action.end)
    if action.kind != "payment" or action.status != "agreed" or not sums or not agreed:
        return False
    recommended = language.expression("context.recommended-it-pay").search
    who = parties.people_in(text[action.start : action.end])
    return any(
        a.block is action.block
        and sums == own_sums(text, a)
        and recommended(text, a.item_start, a.end)
        and not (who and parties.people_in(text[a.start : a.end]) - who)
        for a in _payments_due(action, kept)
    )


def _paid_since(action: Action, kept: list[Action], text: str) -> list[Action]:
    """The payments due before that an action tells have been made since."""
    if action.kind != "payment" or action.status != "already_done" or action.rule.startswith("promise."):
        return []
    sums = own_sums(text, action)
    said = language.expression("context.has-now").search(text, action.item_start, action.end)
    said = said or language.expression("context.the-sum").search(text, action.start, action.end)
    if not sums or not said:
        return []
    who = parties.people_in(text[action.start : action.end])
    due = [
        a
        for a in _payments_due(action, kept)
        if own_sums(text, a) <= sums and not (who and _of_more(text[a.start : a.end], who))
    ]
    return due if sums_of(text, *due) == sums else []


def _payments_due(action: Action, kept: list[Action]) -> list[Action]:
    """The payments due before an action, in other sentences of its section."""
    return [
        a
        for a in kept[-WAITING:]
        if a.kind == "payment"
        and a.status in ("agreed", "recommended")
        and a.block.section == action.block.section
        and a.item_start != action.item_start
    ]


def _of_more(words: str, who: set[str]) -> bool:
    """Do words name somebody beside those who were paid: "has now paid Mrs X the £200", and not her children?"""
    return bool(parties.people_in(words) - who) or any(found["group"] for found in parties.WHO.finditer(words))


def _due_again(action: Action, kept: list[Action], text: str) -> list[Action]:
    """The payments before that an action only names again: "It will pay the £500 and the £150 within four weeks"."""
    printed = SUM.findall(text[action.start : action.end])
    if action.kind != "payment" or action.status != "agreed" or not printed:
        return []
    named = list(language.expression("context.the-sum").finditer(text, action.start, action.end))
    if len(named) < len(printed):
        return []
    same = [a for a in _payments_due(action, kept) if own_sums(text, a) & set(printed)]
    return same if set(printed) <= sums_of(text, *same) else []


def _paid_once(actions: list[Action], text: str) -> list[Action]:
    """The actions without payments that a later paragraph of an assessment only names again, by the same sums."""
    told: dict[tuple[str, frozenset[str]], tuple[Block, frozenset[str]]] = {}
    done: dict[str, Action] = {}  # the apology and the payment that were first told as made
    kept = []
    for action in actions:
        words = text[action.start : action.end]
        sums, who = frozenset(own_sums(text, action)), frozenset(parties.people_in(words))
        weighed = action.kind == "apology" or (
            action.kind == "payment" and not sums and language.expression("context.weighs-payment").search(words)
        )
        first = done.get(action.kind)
        if action.status == "already_done" and weighed and first and first.block is not action.block:
            to = parties.people_in(text[first.start : first.end])
            if first.body in (None, action.body) and not (who - to and to):
                continue  # "It has said sorry and has met her costs", told again
        if action.status == "already_done":
            done.setdefault(action.kind, action)
        if action.kind == "payment" and action.status in ("agreed", "already_done") and sums:
            block, before = told.setdefault((action.status, sums), (action.block, who))
            to_another = bool(who and before and not who & before)
            for_more = action.status == "already_done" and _SUM_FOR.search(words)  # what it is for is told once
            if block is not action.block and not to_another and not for_more:
                continue
        kept.append(action)
    return kept


def _with_more(actions: list[Action], text: str) -> None:
    """Offers are agreed where their paragraph goes on with a payment agreed besides ("would also pay £120")."""
    offers: dict[int, list[Action]] = {}  # by their paragraph's start
    for action in actions:
        if action.status == "already_offered":
            offers.setdefault(action.block.start, []).append(action)
        elif (
            action.kind == "payment"
            and action.status == "agreed"
            and action.block.start in offers
            and language.expression("context.also-pays").search(text, action.item_start, action.end)
        ):
            for offer in offers.pop(action.block.start):
                offer.status, offer.deadline, offer.working = "agreed", action.deadline, action.working


def _last_offers(actions: list[Action], text: str) -> list[Action]:
    """The actions without the offers of payment that a later one takes the place of."""
    replaced = _replaced(actions, text)
    actions = [a for a in actions if id(a) not in replaced]
    raised = language.expression("context.raised-to").search
    offers = [
        a
        for a in actions
        if a.kind == "payment"
        and (a.status == "already_offered" or (a.status == "already_done" and raised(text, a.item_start, a.end)))
    ]
    if not offers:
        return actions
    last = offers[-1]
    better = language.expression("context.better-offer").search(text, last.start, last.end) or raised(
        text, last.item_start, last.end
    )
    gone = {id(a) for a in offers if a is not last and (better or a.block is not last.block)}
    kept = {id(a) for a in offers if a.lead and a.lead == last.lead}
    return [a for a in actions if id(a) not in gone - kept]


def _replaced(actions: list[Action], text: str) -> set[int]:
    """The ids of the offers whose sum an action behind them names as the one that it takes the place of."""
    rule = language.expression("context.in-place-of")
    last = {found["amount"]: a.start for a in actions for found in rule.finditer(text, a.start, a.end)}
    return {
        id(a)
        for a in actions
        if a.status == "already_offered"
        and any(last.get(money, 0) > a.start for money in SUM.findall(text[a.start : a.end]))
    }


def _said_before(action: Action, kept: list[Action], text: str) -> bool:
    """Is what the final decision names one of the actions before it: of its kind, and with no sum of its own?"""
    sums = own_sums(text, action)
    before = [a for a in kept if a.kind == action.kind and a.block is not action.block]
    return bool(before) and sums <= sums_of(text, *before)


def _only_apologises(action: Action, apology: Action, text: str) -> bool:
    """Is it nothing but "It has agreed to apologise", behind an apology that is due?"""
    if action.kind != "apology" or action.status != "agreed" or action.block.depth:
        return False
    near = action.block.section == apology.block.section and action.item_start != apology.item_start
    return near and len(text[action.start : action.end].split()) < 3


def _makes(action: Action, apology: Action, text: str) -> bool:
    """Does an action tell that an apology recommended before it has been made since?"""
    if action.kind != "apology" or action.status != "already_done":
        return False
    if action.body is None:
        return "already" not in text[action.start : action.end]  # else it was made before that
    return apology.body in (None, action.body)
