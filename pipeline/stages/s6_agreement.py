"""Agreement: settles which of the actions the body agreed to, where paragraphs behind them say so.

"It has agreed to all but the payment", "it accepted items 1 and 3", "it did not agree to this".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from pipeline import clauses, language, mentions
from pipeline.records import Action, Block, Decision
from pipeline.remarks import Remarks

_LISTED = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")
_NUMBER = re.compile(r"\d+")
_NOT_ALL = "context.at-first", "context.refuses-to"  # what a sentence refuses was agreed since, or is named in it
_FAR = 400  # characters between an answer and an item that it names
_ENDS = re.compile(r"[.;]\s")  # a sentence, and with it what it answers to
_VERBS_AGAIN = re.compile(r"\s*,?\s*\band\s+(?:to\s+)?|\s*,\s*(?:to\s+)?")
_VERBS = re.compile(r"\s*,?\s*\b(?:or|and|nor)\s+to\s+|\s*,\s*to\s+")  # between the verbs of "refuses to"


def add(decision: Decision) -> None:
    """Settles the `status` of `actions` that are agreed or recommended."""
    remarks = Remarks(decision.text)
    _refused(decision, remarks)
    items: dict[int, list[int]] | None = None  # made when a paragraph names some
    answered: set[tuple[int, int]] = set()  # the lists that the body has answered item by item, by their leads
    for block in decision.blocks:
        if decision.part_of(block) == "action":
            _in_part(decision, remarks, block)
            _named_by_verb(decision, remarks, block)
            if remarks.holds("context.names-items", block):
                items = decision.children() if items is None else items
                _by_list_and_item(decision, remarks, block, items)
            else:
                _by_item(decision, remarks, block, answered)
            _in_the_end(decision, remarks, block)
            _done_in_part(decision, remarks, block)


def _refused(decision: Decision, remarks: Remarks) -> None:
    """An action that the next sentence of its paragraph says the body has not agreed to is only recommended."""
    for action in decision.actions:
        if action.status != "agreed" or action.block.depth:
            continue
        own = remarks.own_refused(action.block)
        if own is not None:
            if action.end > own:
                action.status = "recommended"
            continue
        if any(remarks.next_says(rule, action.item_end, action.block) for rule in _NOT_ALL):
            continue
        if action.kind != "payment" and remarks.next_says("context.refuses", action.item_end, action.block):
            continue  # it is the payment alone that was refused
        own_agreed = language.expression("context.item-agreed").search(
            decision.text, action.item_start, action.item_end
        )
        if own_agreed is None and remarks.next_says("context.refused", action.item_end, action.block):
            action.status = "recommended"


def _in_part(decision: Decision, remarks: Remarks, block: Block) -> None:
    """Where a paragraph says that all was agreed to, or names what was, or was not, by what it is or whom it is for."""
    text = decision.text
    found = language.expression("context.agreed-to-all").match(text, block.start, block.end)
    if found and not remarks.holds("context.refused", block):
        for action in _due_before(block, decision):
            if not (found["who"] and action.body) or action.body.lower() == f"the {found['who']}".lower():
                action.status = "agreed"
    for found in remarks.each("context.agreed-except", block):
        before = _due_before(block, decision, found.start())
        named = mentions.meant(text, before, found["rest"])
        for action in before:
            action.status = "agreed"
        for action in named:
            action.status = "recommended"
    for found in remarks.each("context.agreed-for", block):
        for action in mentions.for_people(text, found["who"], _due_before(block, decision)):
            action.status = "recommended" if found["not"] else "agreed"
    for found in remarks.each("context.agreed-to-named", block):
        due = _due_before(block, decision)
        for words in _LISTED.split(found["named"]):
            noun = mentions.stem(words.rsplit(None, 1)[-1])
            # "the refund" first by the word itself: it is no other payment
            for action in [a for a in due if noun in mentions.what(text, a)] or mentions.meant(text, due, words):
                action.status = "agreed"


def _named_by_verb(decision: Decision, remarks: Remarks, block: Block) -> None:
    """Where a paragraph says again, verb by verb, what was agreed: "to cancel the invoice and train its officers"."""
    for found in remarks.each("context.agrees-to-do", block):
        due = _due_before(block, decision, found.start())
        for words in _VERBS_AGAIN.split(found["named"]):
            doc = language.read(words, "actions")
            kind, _, _ = clauses.classify(doc, 0, len(doc), False)
            same = [a for a in due if a.kind == kind and (kind != "payment" or "£" in words)]
            only = same if len(same) == 1 else []
            for action in mentions.likest(decision.text, same, words, least=1) or only:
                action.status = "agreed"


def _by_list_and_item(decision: Decision, remarks: Remarks, block: Block, items: dict[int, list[int]]) -> None:
    """Where a paragraph names items of several lists: "to paragraph 17(a) and (f), but not to paragraph 18(c)"."""
    blocks = decision.blocks
    due = _due_before(block, decision)
    of_action = [(action, *_paragraph_and_item(decision, action)) for action in due]
    lists = sorted({paragraph for _, paragraph, _ in of_action if paragraph in items})
    answers = list(remarks.each("context.answers", block))
    ends = [answer.end() for answer in answers]
    all_but = any(answer["but"] for answer in answers)
    if all_but:
        for action in due:
            action.status = "agreed"
    named: dict[int, bool] = {}  # by an item's place among the blocks: was it agreed to?
    for found in remarks.each("context.names-items", block):
        nearest = bisect_right(ends, found.start()) - 1
        answer = answers[nearest] if nearest >= 0 and found.start() - ends[nearest] < _FAR else None
        if answer is not None and _ENDS.search(decision.text, answer.end(), found.start()):
            answer = None
        if found["paragraph"]:
            meant = [p for p in lists if blocks[p].number == int(found["paragraph"])]
        else:
            meant = sorted(mentions.by_order(found["list"], lists))
        if answer is not None and meant:
            chosen = mentions.by_order(found["items"], items[meant[0]])
            named |= dict.fromkeys(chosen, not (answer["no"] or answer["but"]))
    _by_paragraph(decision, remarks, block)
    # "It does not agree to the first point of paragraph 3. It agrees to the others"
    others_too = bool(named) and not any(named.values()) and any(not (a["no"] or a["but"]) for a in answers)
    agreed_in = {paragraph for paragraph in lists if any(named.get(item) for item in items[paragraph])}
    for action, paragraph, item in of_action:
        if item in named:
            action.status = "agreed" if named[item] else "recommended"
        elif others_too:
            action.status = "agreed"
        elif not all_but and paragraph in agreed_in:
            action.status = "recommended"  # it agreed to others of its list


def _paragraph_and_item(decision: Decision, action: Action) -> tuple[int, int]:
    """The places among the blocks of an action's paragraph and of the item, with all under it, that it stands in."""
    at = bisect_left(decision.blocks, action.block.start, key=lambda b: b.start)
    item = at
    while (parent := decision.blocks[at].parent) is not None:
        item, at = at, parent
    return at, item


def _by_item(decision: Decision, remarks: Remarks, block: Block, answered: set[tuple[int, int]]) -> None:
    """Where a paragraph says "It accepted items 1 and 3 but not 2", or the same of numbered paragraphs."""
    for found in remarks.each("context.agreed-in-part", block):
        before = _due_before(block, decision, found.start())
        lead = next((a.lead for a in reversed(before) if a.lead is not None), None)
        if lead is None:
            continue
        meant = mentions.by_printed_sign(decision.text, found["order"], before)
        if meant:
            chosen = {mentions.item_of(a) for a in meant}
            leads = {a.lead for a in meant if a.lead is not None}
        else:
            items = sorted({mentions.item_of(a) for a in decision.actions if a.lead == lead})
            chosen, leads = mentions.by_order(found["order"], items), {lead}
        rest = language.expression("context.and-the-rest").search(decision.text[found.end() : block.end])
        for action in before:
            if action.lead not in leads or (found["later"] and mentions.item_of(action) not in chosen):
                continue  # what it has yet to decide says nothing of the rest
            if rest and not found["not"]:
                action.status = "agreed"
            elif (named := mentions.item_of(action) in chosen) or not (
                action.lead in answered or _agreed_by_lead(decision.text, action.lead)
            ):
                action.status = "agreed" if named != bool(found["not"]) else "recommended"
        answered |= leads  # what it says further is about the items it names alone
    _by_paragraph(decision, remarks, block)


def _done_in_part(decision: Decision, remarks: Remarks, block: Block) -> None:
    """Where a paragraph says "It has done the first": those of the list before are done."""
    for found in remarks.each("context.done-in-part", block):
        before = _due_before(block, decision, found.start())
        order = found["order"]
        for action in mentions.by_sign(decision.text, order, before) or mentions.by_place(order, before):
            action.was_done()


def _agreed_by_lead(text: str, lead: tuple[int, int]) -> bool:
    """Does a lead-in say that the body has agreed to what it lists?"""
    return language.expression("context.lead-agrees").search(text, *lead) is not None


def _by_paragraph(decision: Decision, remarks: Remarks, block: Block) -> None:
    """Where a paragraph says which numbered paragraphs were agreed to."""
    for found in remarks.each("context.agreed-paragraphs", block):
        numbers = mentions.through([int(n) for n in _NUMBER.findall(found["numbers"])], found["numbers"])
        for action in _due_before(block, decision):
            if action.block.number in numbers:
                action.status = "recommended" if found["not"] else "agreed"


def _in_the_end(decision: Decision, remarks: Remarks, block: Block) -> None:
    """Where a paragraph says that payments were refused, or that all was agreed in the end."""
    for found in remarks.each("context.refuses", block):
        for action in _refused_payments(decision.text, found["rest"], _due_before(block, decision, found.start())):
            action.status = "recommended"
    for found in remarks.each("context.refuses-to", block):
        due = _due_before(block, decision, found.start())
        for words in _VERBS.split(found["named"]):
            for action in _refused_action(decision.text, words, due):
                action.status = "recommended"
    if language.expression("context.agreed-to-both").match(decision.text, block.start, block.end):
        before = _due_before(block, decision)
        for action in before:
            if action.lead is not None and action.lead == before[-1].lead:
                action.status = "agreed"
    if remarks.holds("context.agreed-in-the-end", block):
        for action in _due_before(block, decision):
            action.status = "agreed"


def _refused_payments(text: str, words: str, actions: list[Action]) -> list[Action]:
    """Those of some actions that "the payment of £100", "the payment to Mr X", "the payment for distress" or "the
    payment" mean; the last means those of the last list.
    """
    paid = [a for a in actions if a.kind == "payment"]
    gives_up = language.expression("context.gives-up").search
    paid = [a for a in paid if not gives_up(text, a.start, a.end)] or paid  # a charge given up is no payment
    if " " not in words:
        return [a for a in paid if a.lead and a.lead == paid[-1].lead] or paid[-1:]
    return (
        mentions.by_sum(text, paid, words)
        or mentions.for_people(text, words, paid)
        or mentions.likest(text, paid, words, least=1)
    )


def _refused_action(text: str, words: str, actions: list[Action]) -> list[Action]:
    """Those of some actions that "refund the fees" or "go through its accounts" mean; none where it may be another."""
    if language.expression("context.pays-them").match(words):
        paid = [a for a in actions if a.kind == "payment"]
        return mentions.for_people(text, words, paid) or paid
    doc = language.read(words, "actions")
    kind, _, _ = clauses.classify(doc, 0, len(doc), False)
    same = [a for a in actions if a.kind == kind]
    if kind == "payment":
        return mentions.by_sum(text, same, words) if "£" in words else mentions.likest(text, same, words, least=1)
    return same if len(same) == 1 else mentions.likest(text, same or actions, words)


def _due_before(block: Block, decision: Decision, place: int | None = None) -> list[Action]:
    """The actions before a paragraph, or before a place of it, that the body is to take."""
    place = block.start if place is None else place
    at = bisect_left(decision.actions, place, key=lambda a: a.start)
    near = decision.actions[max(0, at - mentions.WAITING) : at]
    return [a for a in near if a.end <= place and a.status in ("agreed", "recommended")]
