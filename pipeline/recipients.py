"""Who gets what an action gives: the person named in it, or before it where it has a pronoun."""

from __future__ import annotations

import regex

from pipeline import language, parties, patterns
from pipeline.records import Action, Decision
from pipeline.sums import AND, Sum


def recipient_of(
    decision: Decision, action: Action, start: int, end: int, money: Sum | None = None, inherit: bool = True
) -> str | None:
    """Who gets it, as printed; a pronoun is replaced by the name last printed before it. Null where nobody is named."""
    text = decision.text
    found = list(parties.WHO.finditer(text, start, end))
    if money is not None:
        found = _paid(text, found, money)
        if not found and inherit and action.lead is not None:
            named = [m for m in parties.WHO.finditer(text, *action.lead) if not _owns(text, m)]
            found = [m for m in named if parties.stands_behind("context.pays-whom", text, m)][-1:] or [
                m for m in named if parties.stands_behind("context.paid-in-lead", text, m)
            ][-1:]
    else:
        before = "context.pays" if action.kind == "payment" else "context.to-whom"
        found = [m for m in found if parties.stands_behind(before, text, m)] or found
    if not found and action.governed is not None:
        named = [m for m in parties.WHO.finditer(text, *action.governed) if not _owns(text, m)]
        found = [m for m in named if parties.stands_behind("context.to-whom", text, m)] or named[:1]
    if not found and money and language.expression("context.gives-up").search(text, start, end):
        found = _only_name(text, start, end)
    if not found:
        return None
    who = found[0]
    if who["pronoun"]:
        in_block = parties.last_name_before(text, who.start(), who["pronoun"], floor=action.block.start)
        if in_block is None and action.lead:
            theirs = language.expression("context.list-for").match(text, *action.lead)
            in_block = parties.on_one_line(theirs["name"]) if theirs else None
        return in_block or parties.last_name_before(text, who.start(), who["pronoun"])
    own = language.expression("context.own-estate").match(who[0])
    if own:
        name = parties.last_name_before(text, who.start(), own[0].strip())
        return f"{name}’s {who[0][own.end() :]}" if name else who[0]
    return parties.on_one_line(who[0]).removesuffix("’s").removesuffix("'s")


def in_turn(decision: Decision, action: Action, payees: list[str | None], sums: list[Sum]) -> list[str | None]:
    """Who gets each of some sums, where they are for several people in turn: "£250 and £150 respectively"."""
    named = AND.split(payees[-1]) if payees and payees[-1] else []
    if not 1 < len(named) == len(sums) or any(name.strip() in patterns.printed("honorific") for name in named):
        return payees  # "Mr and Mrs X" get both
    said = language.expression("context.respectively").match(decision.text, sums[-1].end, action.end)
    return [name.strip() for name in named] if said else payees


def concerned(text: str, start: int, end: int) -> str | None:
    """Whose loss, charge or account a payment in text[start:end] is about, where it names nobody who is paid: "refund
    Mr X’s fee", "£200 for her distress".
    """
    besides = language.expression("context.and-tells").search(text, start, end)
    end = besides.start() if besides else end
    if language.expression("context.paid-to-another").search(text, start, end):
        return None
    whose = language.expression("context.whose").search(text, start, end)
    if whose is None:
        return None
    if whose["pronoun"]:
        return parties.last_name_before(text, whose.start("pronoun"), whose["pronoun"])
    return parties.on_one_line(whose["name"])


def _only_name(text: str, start: int, end: int) -> list[regex.Match]:
    """The name in text[start:end], where it is the only one."""
    named = [m for m in parties.WHO.finditer(text, start, end) if not m["pronoun"]]
    return named[:1] if len({m[0] for m in named}) == 1 else []


def _owns(text: str, who: regex.Match) -> bool:
    """Is a name a possessive ("Y’s lost provision"): whose something is, not who is paid?"""
    return text.startswith(("’s", "'s"), who.end())


def _in_apposition(text: str, who: regex.Match, others: list[regex.Match]) -> regex.Match:
    """The name behind somebody who is told by a relation ("his sister, Ms E, £50"), else who was told."""
    named = (m for m in others if m["name"] and text[who.end() : m.start()] == ", " and text.startswith(",", m.end()))
    return next(named, who)


def _paid(text: str, found: list[regex.Match], money: Sum) -> list[regex.Match]:
    """The one a sum is paid to: "£100 to Mr X", else named between the verb and the sum, else behind the sum."""
    before = [m for m in found if m.end() <= money.start]
    after = [m for m in found if m.start() >= money.end]
    at_once = [
        m
        for m in after
        if (m.start() - money.end <= 12 or language.expression("context.shared").match(text[money.end : m.start()]))
        and parties.stands_behind("context.given-to", text, m)
        and not _owns(text, m)
        and not AND.search(text, money.end, m.start())
    ]
    free = [m for m in before if m["group"] or not _owns(text, m)]
    direct = [m for m in free if parties.stands_behind("context.pays-whom", text, m)] or [
        m for m in free if parties.stands_behind("context.pays", text, m)
    ]
    # "pay B £200 for her distress" is for B, and "the Council and the Trust will pay B £200 between them" as well
    others = ("for ", "between ")
    of_others = at_once and not at_once[0]["name"] and text.endswith(others, 0, at_once[0].start())
    if at_once and not (direct and of_others):
        return [_in_apposition(text, at_once[0], after)]
    account = language.expression("context.account-of")
    owners = [m for m in before if account.match(text[m.end() : m.end() + 60])]
    if direct or free or owners:
        return [_in_apposition(text, (direct or free or owners)[-1], free)]
    verb, spent = language.expression("context.another-verb"), language.expression("context.has-spent")
    after = [m for m in after if not verb.search(text, money.end, m.start())]
    given = [
        m
        for m in after
        if any(parties.stands_behind(r, text, m) for r in ("context.given-to", "context.pays-whom", "context.asked-of"))
        and not _owns(text, m)
    ]
    spenders = [m for m in after if m.start() - money.end < 40 and spent.match(text[m.end() : m.end() + 30])]
    accounts = [m for m in after if m.start() - money.end < 40 and account.match(text[m.end() : m.end() + 60])]
    if spenders and given and spenders[0].start() < given[0].start():
        given = spenders  # "repay the £90 she paid to Ms J"
    return (given or spenders or accounts)[:1]
