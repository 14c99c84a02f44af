"""Actions: everything a body agreed to do, was told to do, has offered or has done as the remedy.

They stand in the section on the action agreed or recommended; in a decision without one, in the assessment or the
final decision. A lead-in ("Within four weeks the Council has agreed to:") gives its status, deadline and body to the
items under it. A sentence may name several actions; each is cut out by its verb. What is a remedy and what an
improvement is decided here, once, by what is to be done and for whom (patterns of `actions`).
Rules: LABELLING.md, "Remedies for the person" and "Procedural improvements".
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

import regex
from spacy.tokens import Doc, Span

from pipeline import clauses, deadlines, language, no_action, parties, run_in
from pipeline.deadlines import Deadline
from pipeline.mentions import SUM, WAITING, stem, sums_of
from pipeline.numbers import pounds
from pipeline.records import Action, Block, Decision
from pipeline.remarks import Remarks, near
from pipeline.stages.s3_findings import closes_without_investigating, discontinued, upheld_by_agreement
from pipeline.structure import each_sentence, part_of_heading, sentences
from pipeline.times import Times, give

# a sum, or a payment whose sum may follow
_MAY_PAY = re.compile(r"£|\b\d+p\b|\b(?:refund|reimburse|repay|pay|payments)\b")
_FURTHER = re.compile(r"\b(?:recommend\w*|should|will|must)\b")
_RECOMMENDS = re.compile(r"\b(?:recommend|suggest|propos|ask)ed\b")
# a list that has no colon before it follows
_BEFORE_LABEL = re.compile(r"\b(?:will|must|should|agreed\s+to)(?=\s\((?:a|i|1)\)\s)")
_NEVER = ("none.evidence-to-us", "none.guidance", "none.not-recommended", "none.not-relied-on")
_DONE_FOR_PERSON = ("provide_services", "records", "reconsideration")
_TELLING = ("", "provide_information")  # a report to the Ombudsman, where no person is named
_OUTSIDE = ("findings", "final_decision", "summary")  # where actions are told in a decision without a section on them
_GIVEN = ("apology", "apologies", "payment", "payments", "offer", "letter")  # what a body gave, in a relative clause
_SAME_AS = ("changing_done", "sending_done", "holding_done")  # lists of verbs in which one thing is told as done


@dataclass(frozen=True, slots=True)
class _Context:
    """What a lead-in hands down to its items."""

    active: bool = False
    status: str | None = None
    deadline: Deadline | None = None
    body: str | None = None
    others: bool = False
    lead: tuple[int, int] | None = None


def add(decision: Decision) -> None:
    """Adds `actions` in text order, some of them told twice."""
    reader = _Reader(decision)
    actions = list(reader.from_action_sections())
    if not actions:
        actions = list(reader.from_assessment())
        if not any(a.status in ("agreed", "recommended") for a in actions) and reader.settled:
            reader.dated = True  # nothing but what was done before is the remedy: it may have its date
            actions = list(reader.from_assessment())
    decision.actions = actions


def _kind_named(span: Span) -> str:
    """The kind of what a noun names; a sum that was paid is a payment."""
    return language.pattern_of(span)["kind"] or "payment"


class _Reader:
    """Walks a decision's blocks with what their lead-ins hand down."""

    def __init__(self, decision: Decision):
        self.decision = decision
        self.text = decision.text
        self.remarks = Remarks(decision.text)
        self.children = decision.children()
        self.last: Action | None = None
        self.seen: list[Action] = []
        self.times = Times(decision, self.seen)
        self.agreed = False  # is one of them?
        self.relied: dict[int, bool] = {}  # by a block's start: is what it tells as done relied on?
        self.dated = False
        self.announced: Deadline | None = None  # the time given for what the paragraphs behind tell
        self.settled = self._settled()
        self.by_agreement = self.settled or upheld_by_agreement(decision)

    @functools.cached_property
    def accepted(self) -> bool:
        """Does the decision say, where it comes to its end, that the body has agreed to what was recommended?"""
        parts = {self.decision.part_of(b) for b in self.decision.blocks}
        closes = ("action", "final_decision", "summary") if "action" in parts else _OUTSIDE
        closing = [b for b in self.decision.blocks if self.decision.part_of(b) in closes]
        return any(
            language.expression("context.accepted").search(self.text, *place)
            and not language.expression("context.unsure").search(self.text, *place)
            for b in closing
            if self.remarks.holds("context.accepted", b)
            for place in sentences(self.text, b.start, b.end)
        ) and not any(
            self.remarks.holds("context.refused", b) and not self.remarks.own_refused(b)
            for b in closing
            if self.decision.part_of(b) == "action" and b.depth == 0
        )

    def _settled(self) -> bool:
        """Is the decision satisfied with what was done or offered: does that end it without a finding, or does its end
        say that things have been put right?
        """
        decision = self.decision
        if closes_without_investigating(decision) or discontinued(decision):
            says, told = "context.settled", frozenset({"summary", "findings", "final_decision"})
        elif any(f.fault for f in decision.fault_findings):
            if any(decision.part_of(b) == "action" for b in decision.blocks):
                return False
            says, told = "context.has-put-right", frozenset({"final_decision"})
        else:
            return False
        return any(self.remarks.holds(says, b) for b in decision.blocks if decision.part_of(b) in told)

    # -- where actions stand ------------------------------------------------------------------------------------

    def from_action_sections(self) -> Iterator[Action]:
        """The actions of the sections on what was agreed or recommended."""
        section = None
        for i, block in enumerate(self.decision.blocks):
            if self.decision.part_of(block) == "action" and block.parent is None:
                heading = self.decision.sections[block.section].heading
                if section != block.section:
                    section = block.section
                    if part_of_heading(heading) == "action":  # under a heading such as "Mr H" the same section goes on
                        self.announced = None
                context = _Context(
                    deadline=self.announced,
                    status=self._status_of_section(block),
                    others=bool(language.expression("context.heading-for-others").search(heading)),
                )
                yield from self._noted(self._block(i, context, sectioned=True))

    def from_assessment(self) -> Iterator[Action]:
        """The actions of a decision without such a section."""
        self.seen.clear()
        self.agreed, self.last = False, None
        closed = closes_without_investigating(self.decision)
        for i, block in enumerate(self.decision.blocks):
            part = self.decision.part_of(block)
            if block.parent is None and (
                part == "final_decision" or (part == "findings" and not self._narrative(block, closed))
            ):
                for action in self._noted(self._block(i, _Context(), sectioned=False)):
                    offered = action.status == "already_offered"
                    if offered and self.remarks.next_says("context.too-little", action.end, action.block):
                        continue
                    action.endorsed = offered and self._endorsed(action.block, action.start)
                    yield action

    def _noted(self, actions: Iterable[Action]) -> Iterator[Action]:
        """The actions, each `seen` by those that are read behind it."""
        for action in actions:
            self.seen.append(action)
            self.agreed = self.agreed or action.status == "agreed"
            yield action

    def _narrative(self, block: Block, closed: bool) -> bool:
        return not closed and bool(
            language.expression("context.heading-narrative").match(self.decision.sections[block.section].heading)
        )

    def _status_of_section(self, block: Block) -> str | None:
        heading = self.decision.sections[block.section].heading
        if language.expression("context.heading-agreed").search(heading):
            return "agreed"
        if self.accepted:
            return "agreed"
        return "recommended" if language.expression("context.heading-recommended").search(heading) else None

    # -- blocks -------------------------------------------------------------------------------------------------

    def _block(self, index: int, context: _Context, sectioned: bool) -> Iterator[Action]:
        block = self.decision.blocks[index]
        parts = list(sentences(self.text, block.start, block.end))
        items = self.children.get(index, [])
        leads = bool(items) or (parts and self.text[parts[-1][1] - 1] == ":")
        standing = parts[:-1] if leads else parts
        if sectioned and not context.active and standing and self._commands(*standing[0]):
            context = replace(context, active=True)  # a list without a lead-in
        whose = context.active and language.expression("context.for-whom").match(self.text[block.start : block.end])
        if whose and not items:
            return  # "For Mr H": a line that says for whom the paragraphs behind it are
        listed, last = context.active and bool(standing), self.last
        item = list(self._item(block, standing, context)) if listed else []
        if listed and not self._is_paragraph(standing, item):
            self.last = item[-1] if item else last
            sums = leads and item and item[-1].kind == "payment" and self._summed(items)
            yield from item[:-1] if sums else item
            if item and leads and not sums:
                return  # the list under an action only says what it is to hold
        else:
            self.last = last  # what was read as an item is no action
            context = yield from self._paragraph(block, standing, context, sectioned, leads=bool(items))
            last = self.last
            if last is not None and last.block is block and parts and self._adds_up(last, parts[-1], items):
                last.replaced = True
        if leads and parts:
            yield from self._list(block, parts[-1], items, context, sectioned)

    def _to_each(self, apology: Action, block: Block, context: _Context) -> Iterator[Action]:
        """An apology to one of those that "apologise to:" lists, and what the item names besides."""
        start, end = block.start, block.end
        yield replace(apology, block=block, start=start, end=end, item_start=start, item_end=end)
        doc = language.read(self.text[start:end], "actions")
        joined = (t.i + 1 for t in doc[:-1] if t.lower_ == "and" and clauses.is_verb(doc[t.i + 1]))
        if (at := next(joined, None)) and clauses.form_of(doc[at]) == "base":
            yield from self._item(block, [(start + doc[at].idx, end)], context)

    def _adds_up(self, action: Action, lead: tuple[int, int], items: list[int]) -> bool:
        """Is a payment the whole of what the items under its paragraph are the parts of?"""
        if action.kind != "payment" or action.status == "already_done" or not self._summed(items):
            return False
        if lead[0] >= action.end and language.says(self.text[slice(*lead)], "actions", "promise"):
            return False
        blocks = (self.decision.blocks[i] for i in items)
        parts = [printed for b in blocks if (printed := SUM.findall(self.text[b.start : b.end]))]
        whole = {pounds(printed) for printed in SUM.findall(self.text[action.start : action.end])}
        # of an item, its sum, or what it comes to: "£450 a month for eight months, which comes to £3,600"
        each = [(pounds(printed[at]) or 0 for printed in parts) for at in (0, -1)]
        return len(parts) > 1 and any(sum(sums) in whole for sums in each)

    def _is_paragraph(self, standing: list[tuple[int, int]], item: list[Action]) -> bool:
        """Is an item of a copy that lost its levels a paragraph: does it begin with a subject, and tell no action?"""
        start, end = standing[0]
        return (
            self.decision.layout == "compact"
            and len(standing) > 1
            and not any(a.start < end and a.status in ("agreed", "recommended") for a in item)
            and language.expression("context.has-subject").match(self.text[start:end]) is not None
        )

    def _paragraph(
        self, block: Block, standing: list[tuple[int, int]], context: _Context, sectioned: bool, leads: bool
    ) -> Generator[Action, None, _Context]:
        """The actions of a paragraph's sentences, without the last where that leads in a list; returns what they hand
        to that list where they tell no action: "It has agreed to do this within a month. It will:".
        """
        runs = self._run_in(block, standing, context, sectioned)
        if runs is not None:
            actions, standing = runs
            self.last = actions[-1] if actions else self.last
            yield from actions
        carried, told = context, False
        silent: list[tuple[int, int]] = []  # the sentences since the last that told an action
        for before, (start, end) in zip([None, *standing], standing, strict=False):
            actions, carried = self._told(block, before, start, end, carried, sectioned)
            if not actions:
                silent += [] if self._done_since(start, end) else [(start, end)]
                continue
            if sectioned:
                yield from self._done_in(block, silent, told)
            self.last, told, silent = actions[-1], True, []
            yield from actions
        if sectioned or (not told and self.remarks.holds("context.needs-no-recommendation", block)):
            yield from self._done_in(block, silent, told)
        if not told and sectioned and not leads and carried.deadline and self.remarks.holds("context.announces", block):
            self.announced = carried.deadline
        return context if told else replace(context, deadline=carried.deadline)

    def _told(
        self, block: Block, before: tuple[int, int] | None, start: int, end: int, context: _Context, sectioned: bool
    ) -> tuple[list[Action], _Context]:
        """The actions of a sentence, and what it hands to those behind it; `before` is the sentence before, if any."""
        if self._explains(block, start, end) or self._holds(block, start, end):
            return [], context
        if changed := self._changed_sum(block, start, end):
            return [changed], context
        if language.expression("context.more-things").match(self.text[start:end]):
            return [], self._announced(start, end, context)
        in_draft = language.expression("context.in-draft").match(self.text[start:end])
        if in_draft and not self.remarks.holds("context.accepted", block):
            return [], context  # "My draft decision recommended £500": what it recommends now comes behind
        offered = self.last is not None and self.last.block is block and self.last.status == "already_offered"
        if self.last and offered and (so := language.expression("context.should-do-so").match(self.text[start:end])):
            self.last.status = self._settle(["agreed" if so["agreed"] else "recommended"], context.status)
        if self.times.given_by_name(start, end, self.seen) or self.times.given_to_all(start, end):
            return [], context
        passive = self._passive(block, start, end, context) if sectioned or self._settling() else None
        if passive is None and self._did_before(start, end):
            return [], context  # "It issued the plan in May, four months late"
        if passive and passive.start == start:
            actions, carried = [passive], context  # whoever acts later in the sentence does so in what it tells
        else:
            actions, carried = self._sentence(block, start, end, context, sectioned, self.last)
            if passive and not any(a.end > passive.start and a.kind == passive.kind for a in actions):
                for action in actions:
                    action.end = min(action.end, clauses.trimmed(self.text, action.start, passive.start))
                actions.append(passive)
        if actions and (self._not_asked(block, end) or self._withdrawn(block, start, end)):
            return [], context
        if not actions and (sum_before := self._pays_sum_before(block, before, start, end, carried)):
            actions = [sum_before]
        if all(a.rule.startswith("promise.sum-paid") for a in actions):
            named = self._named(block, start, end, paid=bool(actions))
            actions = named if len(named) > len(actions) else actions
        told_before = before is not None and self.last is not None and before[0] <= self.last.start < before[1]
        if told_before and all(a.status == "already_done" for a in actions) and self._done_since(start, end):
            actions = []  # "It has told me that it already does this": what the sentence before tells
        self._says_of_last(block, before, start, end, actions)
        return actions, carried

    def _says_of_last(
        self, block: Block, before: tuple[int, int] | None, start: int, end: int, actions: list[Action]
    ) -> None:
        """Gives the last action before a sentence what the sentence says of it: its time, or that it has been done.

        `actions`: those that the sentence tells itself.
        """
        last = self.last
        if last is None:
            return
        if actions:
            due = last.kind == "payment" and last.status in ("agreed", "recommended")
            if due and not any(a.kind == "payment" for a in actions):
                said = language.expression("context.pay-it").search(self.text, start, end)
                if said and "pay" in said[0]:
                    self._pay_it(last, start, end)  # "It should make the payment within a month, and apologise"
        elif before is not None and self._done_since(start, end):
            for action in self.seen[-WAITING:]:
                if before[0] <= action.start < before[1]:
                    action.was_done()
        elif last.block is block and last.audience == "others":
            self._hold(last, start, end)
        elif last.kind == "payment" and last.status in ("agreed", "recommended", "already_offered"):
            self._pay_it(last, start, end)

    def _changed_sum(self, block: Block, start: int, end: int) -> Action | None:
        """The payment before with another sum, where a sentence says that it was changed; null else."""
        found = language.expression("context.changed-sum").search(self.text, start, end)
        if found is None or _FURTHER.search(self.text, found.end(), end):
            return None
        told = (a for a in self.seen[-WAITING:] if a.kind == "payment" and a.block.section == block.section)
        paid = [a for a in told if a.status in ("agreed", "recommended")]
        if len(paid) != 1 or len(SUM.findall(self.text[paid[0].start : paid[0].end])) > 2:
            return None  # which of several?
        last = paid[0]
        changed = replace(
            last, start=found.start("to"), end=found.end(), item_start=start, item_end=end, block=block, lead=None
        )
        changed.governed = last.start, last.end  # who gets it is named there
        changed.rule = "context.changed-sum"
        last.replaced = True
        return changed

    def _explains(self, block: Block, start: int, end: int) -> bool:
        """Does a sentence only say what the sum of the payment before it is made up of?"""
        last = self.last
        if last is None or last.kind != "payment" or last.block is not block or end > last.item_end:
            return False
        return language.expression("context.only-explains").search(self.text[start:end]) is not None

    def _list(
        self, block: Block, lead: tuple[int, int], items: list[int], context: _Context, sectioned: bool
    ) -> Iterator[Action]:
        """The actions of a lead-in and of the items under it."""
        lead_start, lead_end = lead
        summed = self._summed(items) and not language.says(self.text[lead_start:lead_end], "actions", "promise")
        if (self.text[lead_end - 1] != ":" and not context.active) or summed:
            lead_start = block.start  # a list without a colon, and one of sums, hangs on the whole paragraph
        handed = self._lead(lead_start, lead_end, context, sectioned)
        if handed.deadline is not context.deadline:
            self.announced = None  # another time begins
        own: list[Action] = []
        if context.active:
            own = [a for a in self._item(block, [lead], context) if a.rule != "action.unclassified"]
        elif "£" not in self.text[lead_start:lead_end]:
            own, _ = self._sentence(block, lead_start, lead_end, context, sectioned, self.last)
        if own and items and language.expression("context.apologises-to").search(self.text, lead_start, lead_end):
            for i in items:
                yield from self._to_each(own[-1], self.decision.blocks[i], context)
            return
        pays = bool(own) and own[-1].kind == "payment" and self._summed(items)
        if own and (context.active or pays):
            # under an action the items only say what it is to hold; under a payment they are its sums
            yield from own[:-1] if pays else own
            if not pays:
                return
        if handed.active:
            listed: list[Action] = []
            for i in items:
                item = self.decision.blocks[i]
                if listed and self.times.given_by_name(item.start, item.end, listed):
                    continue
                if listed and (due := self.times.of_list(item)):
                    give(due, listed)
                else:
                    listed.extend(self._block(i, handed, sectioned))
            self._agree_on_audience(listed, handed)
            yield from listed
        elif not context.active:
            for i in items:
                yield from self._block(i, replace(context, active=False), sectioned)

    def _commands(self, start: int, end: int) -> bool:
        """Does a paragraph begin as an item does, with what is to be done: "Pay Mr X £100"?"""
        text = self.text[start:end]
        return clauses.starts_with_action(text) and clauses.further(language.read(text, "actions")) == "imperative"

    def _summed(self, items: list[int]) -> bool:
        """Do the items under a payment name its sums?"""
        return any("£" in self.text[self.decision.blocks[i].start : self.decision.blocks[i].end] for i in items)

    def _agree_on_audience(self, listed: list[Action], context: _Context) -> None:
        """In a list of improvements an item that names nobody is one too, whatever its verb, and one entry."""
        others = sum(a.audience == "others" for a in listed)
        personal = sum(a.audience == "person" and (a.named or a.kind in ("payment", "apology")) for a in listed)
        if not others or personal:
            return
        for action in listed:
            if action.audience == "person":
                doc = language.read(self.text[action.start : action.end], "actions")
                kind, _, rule = clauses.classify(doc, 0, len(doc), True)
                action.audience = "others"
                action.kind = kind if rule and kind in clauses.FOR_OTHERS else "procedure_or_policy"
                action.rule = rule or action.rule
                action.warnings.append("for_whom_by_list")
        kept: list[Action] = []
        for action in listed:  # two actions for others in one sentence are one entry
            before = kept[-1] if kept else None
            if before is not None and before.item_start == action.item_start and action.start > before.start:
                before.end = action.end
                if before.kind == "other_service_improvement":
                    before.kind, before.rule = action.kind, action.rule
            else:
                kept.append(action)
        listed[:] = kept

    def _lead(self, start: int, end: int, context: _Context, sectioned: bool) -> _Context:
        """What a lead-in hands down: is it a lead-in to actions at all, and if so on which terms."""
        doc = language.read(self.text[start:end], "actions")
        promises = clauses.spans(doc, "promise")
        said = language.text_of(doc).rstrip()
        asked = language.expression("context.leads-by").search(said) is not None
        due = self.times.due(doc, start, end, self.last)
        barred = any(s for s in clauses.spans(doc, "no_action"))
        active = context.active or (bool(promises) and not (barred and not promises)) or (sectioned and bool(due))
        if not sectioned and not context.active:
            active = asked or self._leads_outside_sections(doc, promises)
        elif sectioned and not active:
            active = not barred and not said.lower().endswith(("points:", "considered:", "says:", "said:"))
        # "in addition the Council should": its first words alone agree nothing
        plain = [s for s in promises if s.label_ != "promise.lead-in"]
        status = self._settle([clauses.status_of(s) for s in plain or promises], context.status)
        if promises and all(clauses.denied(doc, s) for s in plain or promises):
            status = "recommended"  # "The Council has not agreed to the following:"
        elif asked and status != "agreed":
            status = self._settle(["recommended"], context.status)
        elif not promises and not sectioned and active and not context.active:
            status = "already_offered" if said.rstrip(" :").endswith("would") else "already_done"
        if language.expression("context.lists-done").search(said):
            status, due, active = "already_done", [], active or sectioned
        return _Context(
            active=active,
            status=status,
            deadline=due[-1] if due else context.deadline,
            body=self._body(start, end) or context.body,
            others=context.others
            or (
                any(language.pattern_of(s)["weight"] for s in clauses.spans(doc, "others"))
                and not clauses.spans(doc, "person")
            ),
            lead=(start, end),
        )

    def _leads_outside_sections(self, doc: Doc, promises: list[Span]) -> bool:
        """Is a lead-in outside the sections on the remedy one to actions, and not to a law or to what a body says?"""
        told = {s.label_ for s in promises}
        if told & {"promise.agreed", "promise.recommend"}:
            return True
        if self.settled or not any(s.label_ == "none.they-say" for s in clauses.spans(doc, "no_action")):
            wills = (doc[s.start : s.end + 1] for s in promises if s.label_ == "promise.will")
            if any(not any(clauses.is_in(t, "neg") for t in words) for words in wills):
                return True
        return self.settled and clauses.done_list(doc) and "promise.should" not in told

    def _doubts(self, block: Block, rule: str, told: bool) -> list[str]:
        """What a reader should check about an action: what no words of the text settled."""
        doubts = {
            "kind_not_known": rule == "action.unclassified",
            "status_not_said": not told and not self.accepted,
            "outside_action_section": self.decision.part_of(block) != "action",
        }
        return [doubt for doubt, is_so in doubts.items() if is_so]

    def _settle(self, statuses: list[str], inherited: str | None) -> str:
        """One status of several: an agreement in the sentence or the section outweighs "should" and "recommend"."""
        if "agreed" in statuses or (inherited == "agreed" and "recommended" in statuses):
            return "agreed"
        for status in ("already_done", "already_offered", "recommended"):
            if status in statuses:
                return "agreed" if status == "recommended" and self.accepted else status
        return inherited or ("agreed" if self.accepted else "recommended")

    # -- items and sentences ------------------------------------------------------------------------------------

    def _item(self, block: Block, parts: list[tuple[int, int]], context: _Context) -> Iterator[Action]:
        """The actions of a list item: those of its first sentence, and of later ones that say so."""
        start, end = parts[0]
        if self._tells_agreement(start, end):
            return
        found = list(self._actions(block, start, end, parts[-1][1], context, start_verb=True))
        for begin, stop in parts[1:]:
            doc = language.read(self.text[begin:stop], "actions")
            if (
                found
                and clauses.spans(doc, "done")
                and not language.expression("context.only-explains").search(language.text_of(doc))
                and not any(s.label_ == "none.comment" for s in clauses.spans(doc, "no_action"))
            ):
                for action in found:
                    action.was_done()
                continue
            if found and self.times.given_by_name(begin, stop, found):
                continue
            further = clauses.further(doc)
            self.last = found[-1] if found else self.last
            if further:
                starts = further == "imperative"
                promises = None if starts else clauses.spans(doc, "promise")
                reach = self._explained(block, stop) if _MAY_PAY.search(language.text_of(doc)) else stop
                more = list(self._actions(block, begin, stop, reach, context, starts, doc, promises))
                letter = found[-1] if found and found[-1].kind == "provide_information" else None
                if letter and more and more[0].kind == "apology":  # "write a letter. In it they will apologise"
                    letter.kind, letter.rule, letter.end = "apology", more[0].rule, more[0].end
                    continue
                more = [a for a in more if further == "imperative" or not found or self._adds(a, found, further)]
                found.extend(more)
                if more:
                    continue
            if found:
                self._qualify(found[-1], doc, begin, stop)
            if language.expression("context.to-be-done-by").search(language.text_of(doc)):
                for due in self.times.named(begin, stop)[-1:]:
                    give(due, found, anew=True)
        yield from found

    def _adds(self, action: Action, found: list[Action], further: str) -> bool:
        """Is what a later sentence names an action of its own, and not a total or an explanation of the item's?"""
        if action.kind == "payment":
            if action.rule.startswith("promise."):  # not "This includes the £300 it has already offered"
                besides = language.expression("context.besides-paid")
                return besides.search(self.text, action.start, action.end) is not None
            said = self.text[action.item_start : action.end]
            if found[-1].kind == "payment" and self._explains_sum(said):
                return False  # "It should take off the £650 it has given him, so that £1,350 is payable"
            if language.expression("context.bears-cost").search(self.text, action.start, action.end) and (
                found[-1].kind == "provide_services"
            ):
                return False  # "It will bear the cost, which it puts at £2,100": of the works
            if found[-1].audience == "others" and not action.named and "£" not in self.text[action.start : action.end]:
                return False  # "If it finds that others were charged it should refund them"
            known = set(SUM.findall(self.text[found[0].item_start : action.start]))
            return not known & set(SUM.findall(self.text[action.start : action.end])) and not language.expression(
                "context.total"
            ).search(self.text, action.start, action.end)
        if action.kind == "apology" or action.audience != found[-1].audience:
            return further == "also"
        telling = action.kind == "provide_information" or action.rule == "action.unclassified"
        it_will = language.expression("context.it-will").search
        goes_on = it_will(self.text[action.start : action.end])
        if action.audience == "others":  # in a paragraph that lost its level: each of its sentences is one
            paragraph = it_will(self.text[found[0].item_start : found[0].item_end])
            return bool(goes_on and paragraph) and not telling and action.kind != "monitoring_or_reporting"
        known = {a.kind for a in found}
        return bool(goes_on) and action.audience == "person" and not telling and action.kind not in known

    def _qualify(self, action: Action, doc: Doc, begin: int, stop: int) -> None:
        """A later sentence of an item may give its deadline, or say more of what an improvement is to hold."""
        if action.status in ("agreed", "recommended"):
            due = self.times.named(begin, stop)
            if due and (
                due[-1].of_decision
                or (
                    action.deadline is None
                    and language.expression("context.gives-deadline").search(language.text_of(doc))
                )
            ):
                action.deadline, action.working = due[-1].value, due[-1].working
        if (
            action.audience == "others"
            and not clauses.spans(doc, "report_back")
            and not any(s.start <= 2 for s in clauses.spans(doc, "no_action"))
            and any(clauses.status_of(s) == "recommended" for s in clauses.spans(doc, "promise"))
        ):
            action.end = stop

    def _tells_agreement(self, start: int, end: int) -> bool:
        """Does a sentence only tell what of the list before it is agreed?"""
        rules = ("context.agreed-except", "context.agreed-in-part")
        return any(language.expression(rule).search(self.text, start, end) for rule in rules)

    def _holds(self, block: Block, start: int, end: int) -> bool:
        """Does a sentence only say what the document of the improvement before it is to hold? Then that goes on."""
        last = self.last
        if last is None or last.audience != "others" or last.block is not block:
            return False
        said = language.expression("context.says-what-it-holds").match(self.text[start:end])
        named = language.expression("context.document").search(self.text, last.start, last.end) is not None
        if not said or not named or language.says(self.text[start:end], "actions", "person"):
            return False
        last.end = end
        return True

    def _hold(self, action: Action, start: int, end: int) -> None:
        """A sentence such as "The review should…" behind an improvement says more of what it is to hold."""
        if language.expression("context.says-more").match(self.text[start:end]):
            doc = language.read(self.text[start:end], "actions")
            self._qualify(action, doc, start, end)
            if not clauses.spans(doc, "no_action") and not clauses.spans(doc, "report_back"):
                action.end = end

    def _not_asked(self, block: Block, end: int) -> bool:
        """Does the next sentence say that the Ombudsman did not ask for what this one tells?"""
        but = ("context.pay-it", "context.is-welcome")
        said = self.remarks.next_says
        return said("context.not-this", end, block) and not any(said(rule, end, block) for rule in but)

    def _done_since(self, start: int, end: int) -> bool:
        """Does a sentence say that what the one before it tells has been done: "It has done so"?"""
        said = language.expression("context.done-so").match(self.text[start:end])
        return said is not None and self._was_due(said)

    def _was_due(self, said: regex.Match) -> bool:
        """Is what a body did ("It issued the plan in May") what was to be done, and nothing that went before?"""
        if not said["did"] or self.last is None:
            return True
        told = self.text[self.last.start : self.last.end].lower()
        verb = said["did"].lower()
        same = next((words for name in _SAME_AS if verb in (words := clauses.words(name))), {verb})
        return stem(said["what"]) in told and (verb == "completed" or any(stem(word)[:4] in told for word in same))

    def _did_before(self, start: int, end: int) -> bool:
        """Does a sentence tell what a body did on some day, of which the one before it says nothing?"""
        said = language.expression("context.done-so").match(self.text[start:end])
        return said is not None and "£" not in said.string and not self._was_due(said)

    def _withdrawn(self, block: Block, start: int, end: int) -> bool:
        """Does a sentence tell of a recommendation that its paragraph says is given up?"""
        if _RECOMMENDS.search(self.text, start, end) and self.remarks.next_says("context.withdrawn", end, block):
            return True
        refused = language.expression("context.not-agreed-to").search(self.text, start, end) is not None
        refused = refused or self.remarks.next_says("context.refused", end, block)
        return refused and self.remarks.holds("context.withdrawn", block)

    def _in_brackets_at_end(self, due: Deadline, end: int) -> bool:
        """Does a deadline stand in brackets behind all that a sentence tells: "(within four weeks)."?"""
        return bool(due.value) and self.text.endswith("(", 0, due.start) and not self.text[due.end : end].strip(" .;)")

    def _body(self, start: int, end: int) -> str | None:
        """The body named as the one who acts in text[start:end]; null where none is."""
        named = parties.body_in(self.text, start, end)
        return named[0] if named else None

    def _pays_sum_before(
        self, block: Block, before: tuple[int, int] | None, start: int, end: int, context: _Context
    ) -> Action | None:
        """The payment of "I consider £250 is right. The Council has agreed to pay this within a month"; null else.

        `before` is the sentence before this one, null for the first.
        """
        if not language.expression("context.pay-it").search(self.text, start, end):
            return None
        thinks = language.expression("context.thinks-sum").search
        begin, stop = start, end
        thought = thinks(self.text, begin, stop)
        if not thought and before is not None:
            begin, stop = before
            thought = thinks(self.text, begin, stop)
        if thought and thought[0].startswith("The ") and self.last is not None and self.last.block is block:
            return None  # "The difference is £882" behind a payment says more of that
        if not thought or self.text.count("£", begin, stop) != 1 or (self.last and self.last.end == stop):
            return None
        promises = clauses.spans(language.read(self.text[start:end], "actions"), "promise")
        due = self.times.named(start, end)
        return self._whole(
            block,
            (begin, stop),
            kind="payment",
            audience="person",
            rule="context.thinks-sum",
            status=self._settle([clauses.status_of(p) for p in promises], context.status),
            body=self._body(start, end) or context.body,
            deadline=due[-1] if due else context.deadline,
            warnings=self._doubts(block, "context.thinks-sum", True),
        )

    def _named(self, block: Block, start: int, end: int, *, paid: bool = False) -> list[Action]:
        """What a sentence names by a noun and calls a suitable remedy ("its apology and the £50 it offered"),
        without what was told before; if `paid` also the sums that it names as paid.
        """
        text = self.text[start:end]
        if not (
            self.remarks.holds("context.endorsed", block)
            and language.may_say(text, "actions", "named")
            and (
                language.expression("context.endorsed").search(self.text, start, end)
                or self.remarks.next_says("context.these-are-enough", end, block)
            )
        ):
            return []
        doc = language.read(text, "actions")
        told = self.seen[-WAITING:]
        known = {a.kind for a in told} - {"payment"}
        sums = {s for a in told for s in SUM.findall(self.text[a.start : a.item_end])}
        named: list[Span] = []
        sums_paid = [s for s in clauses.spans(doc, "promise") if paid and s.label_ == "promise.sum-paid"]
        for span in sorted([*clauses.spans(doc, "named"), *sums_paid], key=lambda s: s.start):
            kind, money = _kind_named(span), set(SUM.findall(span.text))
            if kind not in known and not money & sums and not any(s.end > span.start for s in named):
                named.append(span)
                known |= {kind} - {"payment"}
        if not named or any(clauses.is_in(t, "neg") for t in doc[: named[-1].end + 3]):
            return []
        if any(s.label_ in _NEVER for s in clauses.spans(doc, "no_action")):
            return []
        given = (s for s in named if doc[s.start].lower_ in ("a", "an"))
        if next(given, None) and any(clauses.is_in(t, "neg") or clauses.is_in(t, "modal") for t in doc):
            return []  # "an apology may be a suitable remedy"
        amounts = [pounds(found) for found in SUM.findall(text)]
        if len(amounts) > 1 and sum(a or 0 for a in amounts) in {pounds(s) for s in sums}:
            return []  # the parts of an offer told before
        starts = [start, *(start + span.start_char for span in named[1:])]
        return [
            self._whole(
                block,
                (begin, clauses.trimmed(self.text, begin, stop)),
                kind=_kind_named(span),
                audience="person",
                rule=span.label_,
                status=language.pattern_of(span)["status"],
                body=self._body(start, end),
                warnings=self._doubts(block, span.label_, True),
            )
            for span, begin, stop in zip(named, starts, [*starts[1:], end], strict=True)
        ]

    def _passive(self, block: Block, start: int, end: int, context: _Context) -> Action | None:
        """The action of "staff will be reminded" or "a payment of £200 should be made"; null where there is none."""
        text = self.text[start:end]
        if not language.may_say(text, "actions", "passive"):
            return None
        doc = language.read(text, "actions")
        told = clauses.spans(doc, "passive")
        if not told or any(s.label_ in _NEVER or s.start < 2 for s in clauses.spans(doc, "no_action")):
            return None
        pattern = language.pattern_of(told[0])
        # "staff have been reminded"; "she will have a further £150" is to come
        had = (doc[t.i - 1] for t in told[0] if t.norm_ == "have")
        done = any(t.lower_ != "to" and not clauses.is_in(t, "modal") for t in had)
        promises = clauses.spans(doc, "promise")
        first = not any(
            p.end <= told[0].start and doc[p.end - 1].norm_ not in clauses.words("telling") for p in promises
        )
        if pattern["kind"] == "records" and not first:
            return None  # "remind staff that the note should be corrected"
        if not first and self._is_told_of(doc, told[0].end):
            return None  # "explain whether she will receive £40 a week"
        plan = doc[told[0].start].lower_ == "plan" and doc[max(0, told[0].start - 1)].lower_ not in clauses.words(
            "plans_for_others"
        )
        if plan and pattern["for"] == "others":
            return None  # "her care plan is to be amended"
        if pattern["for"] == "others":
            before = [
                t.norm_ for t in doc[max(0, told[0].start - 3) : told[0].start] if t.lower_ not in ("its", "the", "a")
            ]
            agreed = before[-1:] == ["that"] and before[-2:-1] in (["agree"], ["recommend"])  # "agreed that its policy"
            if not (first or agreed) or clauses.spans(doc, "person") or (done and not self._relied_on(block)):
                return None
        elif done or any(self._told_of(a, pattern["kind"], block, text) for a in self.seen[-WAITING:]):
            return None  # "The apology should be made by a director" says more of one
        begin = start if first else start + doc[told[0].start].idx
        due = self.times.due(doc, start, end, self.last)
        should = any(t.lower_ in ("should", "must") for t in told[0])
        conditional = doc[0].lower_ in clauses.words("conditions")
        behind = next((d for d in due if d.start >= start + doc[told[0].end - 1].idx), due[-1] if due else None)
        status = "already_done" if done else self._settle(["recommended" if should else "agreed"], context.status)
        return self._whole(
            block,
            (begin, end),
            item_end=self._explained(block, end) if pattern["kind"] == "payment" else None,
            kind=pattern["kind"],
            audience=pattern["for"],
            rule=pattern.id,
            status=status,
            body=self._body(start, end) or context.body,
            # "When he next renews it he will not be charged": whenever that is
            deadline=None if done else behind or (None if conditional else context.deadline),
            warnings=self._doubts(block, pattern.id, True),
        )

    def _is_told_of(self, doc: Doc, start: int) -> bool:
        """Does doc[start:] stand in a question or in what somebody is told: "check whether", "remind staff that"?"""
        for token in reversed(doc[:start]):
            if token.text in (",", ";") or token.lower_ in ("and", "but"):
                return False
            if token.lower_ in ("whether", "if", "how", "when", "where", "why") and token.i:
                return True
            if token.lower_ == "that":
                return token.i > 0 and doc[token.i - 1].norm_ not in ("agree", "recommend", "accept", "confirm", "say")
        return False

    def _told_of(self, action: Action, kind: str, block: Block, text: str) -> bool:
        """Is an action of this kind, with the same sums, told earlier in the section?"""
        if action.kind != kind or action.block.section != block.section:
            return False
        return set(SUM.findall(text)) <= sums_of(self.text, action)

    def _settling(self) -> bool:
        """Has a decision that closes with a settlement come to what was agreed?"""
        return self.by_agreement and self.agreed

    def _whole(
        self,
        block: Block,
        place: tuple[int, int],
        *,
        deadline: Deadline | None = None,
        item_end: int | None = None,
        **values,
    ) -> Action:
        """An action that is a whole sentence, or the rest of one; `item_end`: of the sentences that explain it."""
        start, end = place
        return Action(
            start=start,
            end=end,
            item_start=start,
            item_end=item_end or end,
            block=block,
            deadline=deadline.value if deadline else None,
            working=bool(deadline and deadline.working),
            **values,
        )

    def _pay_it(self, action: Action, start: int, end: int) -> None:
        """A sentence such as "It should pay this within a month" makes an earlier offer agreed or recommended, and "It
        paid this sum in May" tells that it has been made.
        """
        told_here = "\n" not in self.text[action.end : start]
        if told_here and language.expression("context.has-paid-it").search(self.text[start:end]):
            action.was_done()
            return
        said = language.expression("context.pay-it").search(self.text, start, end)
        if not said:
            return
        if action.status == "already_offered":
            promises = clauses.spans(language.read(self.text[start:end], "actions"), "promise")
            statuses = [s for p in promises if (s := clauses.status_of(p)) != "already_offered"]
            action.status = self._settle(statuses, self._status_of_section(action.block))
        if due := self.times.due(language.read(self.text[start:end], "actions"), start, end, self.last):
            time = next((d for d in due if d.start >= said.end()), due[-1])
            if not self.text.startswith((" to ", " for ", " of "), said.end()):  # all of its list, and not one of them
                paid = takewhile(lambda a: a.lead and a.lead == action.lead, reversed(self.seen[-WAITING:]))
                give(time, [a for a in paid if a.kind == "payment"])
            action.deadline, action.working = time.value, time.working

    def _sentence(
        self, block: Block, start: int, end: int, context: _Context, sectioned: bool, before: Action | None
    ) -> tuple[list[Action], _Context]:
        """The actions of a sentence that stands by itself: somebody must be put under them in it."""
        if not language.may_say(self.text[start:end], "actions", "promise"):
            return [], context
        alone = language.expression("context.remedy-alone").search(self.text[start:end])
        if alone or self._tells_agreement(start, end):
            return [], context
        doc = language.read(self.text[start:end], "actions")
        promises = [
            s
            for s in clauses.spans(doc, "promise")
            if language.pattern_of(s).id != "promise.lead-in"
            and not (clauses.status_of(s) == "already_offered" and any(t.lower_ == "had" for t in s))
            and (clauses.waived(doc, s) is not None or not clauses.denied(doc, s))
            and (
                not language.pattern_of(s)["if_endorsed"]
                or self._endorsed(block, start)
                or (sectioned and any(self.remarks.holds(r, block) for r in ("context.welcomed", "context.is-welcome")))
                or self.remarks.next_says("context.should-do-so", end, block)
            )
            and (not language.pattern_of(s)["if_agreed"] or no_action.agreed_behind(doc, s))
            and not (clauses.past_duty(s) and self._never_due(doc, s, end, block))
            and not no_action.depends(doc, s)
            and (
                not language.pattern_of(s)["if_besides"]
                or language.expression("context.besides-paid").search(self.text, start, end) is not None
            )
        ]
        agreed = [s for s in promises if s.label_ in ("promise.agreed", "promise.said-would")]
        paid = [s for s in promises if s.label_ == "promise.sum-paid"]
        promises = [
            s
            for s in promises
            if not any(sum_paid.start < s.start and s.end <= sum_paid.end for sum_paid in paid)
            and not clauses.of_somebody_else(doc, s)
            and not clauses.is_to_agree(s)
            # nor does "the apology it gave" tell anything new
            and not (s.label_ == "promise.done" and s.start and doc[s.start - 1].lower_ in _GIVEN)
            # "has undertaken to" is no "has undertaken", nor is "told us it would" anything told
            and not (s.label_ == "promise.done" and any(a.start <= s.start and s.end < a.end for a in agreed))
        ]
        if besides := language.expression("context.besides").match(language.text_of(doc)):
            promises = [s for s in promises if s.end_char > besides.end()]
        thought = {s.start for s in clauses.spans(doc, "no_action") if s.label_ == "none.not-recommended"}
        promises = [s for s in promises if not (s.label_ == "promise.asked" and s.start in thought)]
        if not promises:
            return [], context
        if before is not None and before.audience == "others" and self._only_reports(doc, promises):
            if due := self.times.named(start, end):
                give(due[-1], [before])
            return [], context
        if not sectioned:
            promises = self._outside_sections(block, start, doc, promises)
            if not promises:
                return [], context
            if language.expression("context.accepted").search(self.text, start, near(start, block)):
                context = replace(context, status="agreed")
        stop = self._explained(block, end) if _MAY_PAY.search(language.text_of(doc)) else end
        found = list(self._actions(block, start, end, stop, context, start_verb=False, doc=doc, promises=promises))
        if language.expression("context.offer-again").search(language.text_of(doc)) and any(
            a.kind == "payment" for a in found
        ):
            found = [a for a in found if a.kind in ("payment", "apology")]
            for action in found:
                action.status = "agreed"
        pay_it = language.expression("context.pay-it").search(language.text_of(doc))
        if pay_it and not pay_it[0].startswith("to "):
            for action in found:
                if action.status == "already_offered":
                    action.status = self._settle(["recommended"], context.status)
        if (
            sectioned
            and any(p.label_ == "promise.said-would" for p in promises)
            and self.remarks.says_of("context.is-welcome", start, end, block)
        ):
            for action in found:  # "It said it would also return the £40. I had not asked for this, but it is welcome."
                if action.status == "already_offered":
                    action.status = "agreed"
        if (
            sectioned
            and any(a.status == "already_offered" for a in found)
            and (
                self.remarks.says_of("context.too-little", start, end, block)
                or not self.remarks.holds("context.settled", block)
            )
            and not language.expression("context.part-of-remedy").search(self.text, start, end)
            and not self.remarks.holds("context.still-open", block)
        ):
            found = [a for a in found if a.status != "already_offered" or a.kind != "payment"]
        if self.last is not None and self.last.block is block and self.last.kind == "payment":
            found = [a for a in found if not self._same_debt(a)]
        if self.last is not None and self.last.block is block and self.last.audience == "others":
            # "It will audit the agreements. If no choice was given, it should refund the top-up": others'
            depends = doc[0].lower_ == "if" and "£" not in language.text_of(doc) and not clauses.spans(doc, "person")
            found = [a for a in found if a.named or not depends]
        if self.last is not None and self.last.block is block and self.last.kind in _DONE_FOR_PERSON:
            # "It will have a therapist in place by May. If the NHS cannot supply one it will commission its own"
            falls_back = language.expression("context.if-none").match(language.text_of(doc)) is not None
            found = [a for a in found if a.named or not falls_back or a.kind != self.last.kind]
        explicit = sectioned and clauses.plainly_agreed(doc, promises)
        if (
            sectioned
            and any(a.rule.startswith("promise.sum-paid") for a in found)
            and not self._endorsed(block, start)
            and not language.expression("context.besides-paid").search(self.text, start, end)
        ):
            return [], context  # a sum told only to say what else was paid
        found = [
            a
            for a in found
            if (a.rule != "action.unclassified" or explicit)
            and (
                a.audience == "person"
                or a.status != "already_done"
                or self._relied_on(block)
                or (a.rule.startswith("action.") and self._endorsed(block, start, others=True))
            )
        ]
        if done_so := language.expression("context.has-done-so").search(language.text_of(doc)):
            for action in found:  # "I asked it to remind its staff: it did so on 3 October"
                if action.start - start < done_so.start():
                    action.was_done()
        if not found and (sectioned or language.expression("context.announces").search(language.text_of(doc))):
            context = self._announced(start, end, context)
        elif sectioned and (leading := self._leading(doc, start, end, promises)):
            context = replace(context, deadline=leading)
        return found, context

    def _never_due(self, doc: Doc, duty: Span, end: int, block: Block) -> bool:
        """Is what a body "should have" done only criticism, and not taken up behind that: "and it should now do so"?"""
        text = language.text_of(doc)
        if "£" in text or any(s.start >= duty.end for s in clauses.spans(doc, "promise")):
            return False
        taken_up = any(language.expression(rule).search(text) for rule in ("context.accepted", "context.taken-up"))
        return not (taken_up or self.remarks.next_says("context.taken-up", end, block))

    def _same_debt(self, action: Action) -> bool:
        """Is an action "remove the debt from her account" or "pay her within a week", of what the one before gives?"""
        again = language.expression("context.same-debt").search(self.text, action.start, action.end)
        return action.rule == "action.payment-without-figure" and again is not None

    def _only_reports(self, doc: Doc, promises: list[Span]) -> bool:
        """Is reporting back to the Ombudsman the first thing that a sentence promises?"""
        reports = clauses.spans(doc, "report_back")
        if not reports:
            return False
        verb, _ = clauses.first_verb(doc, promises, False)
        return verb is None or reports[0].start <= verb

    def _leading(self, doc: Doc, start: int, end: int, promises: list[Span]) -> Deadline | None:
        """The time that a sentence names before all it promises ("within a month it will"), for its paragraph."""
        due = self.times.named(start, end)
        if not due and language.expression("context.same-time").match(language.text_of(doc)):
            return self.times.same(doc, start, self.last)
        verb = clauses.first_verb(doc, promises, False)[0] if due else None
        return next((d for d in due if verb is not None and d.end <= start + doc[verb].idx), None)

    def _explained(self, block: Block, end: int) -> int:
        """The end of the sentences behind one that say what its sum is made up of; `end` where none does."""
        for start, stop in each_sentence(self.text, end, near(end, block)):
            begin = stop - len(self.text[start:stop].lstrip())
            if not self._explains_sum(self.text[begin:stop]):
                break
            end = stop
        return end

    def _explains_sum(self, sentence: str) -> bool:
        """Does a sentence only say what the sum before it is made up of, or how it is worked out?"""
        rules = ("context.only-explains", "context.explains-sum")
        return any(language.expression(rule).search(sentence) for rule in rules)

    def _only_tells(self, block: Block, doc: Doc, segments: list[clauses.Part]) -> bool:
        """Is a sentence nothing but "it will write to her with the outcome" of the action before it?"""
        if len(segments) != 1 or segments[0].kind != "provide_information" or self.last is None:
            return False
        if not any(s.start == segments[0].start for s in clauses.spans(doc, "result")):
            return False
        if self.last.block is block:
            return doc[0].lower_ == "it" and not any(t.lower_ == "also" for t in doc[:6])
        if self.last.block.section != block.section or self.last.kind not in ("reconsideration", "provide_services"):
            return False
        due = self.last.status in ("agreed", "recommended")
        return due and language.expression("context.the-result").search(language.text_of(doc)) is not None

    def _relied_on(self, block: Block) -> bool:
        """Does the paragraph say that the Ombudsman relies on what was done, and not only report it?"""
        if block.start not in self.relied:
            self.relied[block.start] = any(self._relies(*s) for s in sentences(self.text, block.start, block.end))
        return self.relied[block.start]

    def _relies(self, start: int, end: int) -> bool:
        if not language.says(self.text[start:end], "actions", "relied"):
            return False
        doc = language.read(self.text[start:end], "actions")
        if all(
            any(clauses.is_in(t, "neg") for t in doc[max(0, s.start - 2) : s.start])
            for s in clauses.spans(doc, "relied")
        ):
            return False  # "we do not think that is adequate"
        return not any(s.label_ == "none.not-relied-on" for s in clauses.spans(doc, "no_action"))

    def _done_in(self, block: Block, standing: list[tuple[int, int]], told: bool) -> Iterator[Action]:
        """What sentences that tell no action say has been changed already, if the Ombudsman relies on it.

        `told`: they stand behind an action of their paragraph, of which they may say more.
        """
        if told:
            if self.last is not None and self.last.status == "already_done":
                return
            theirs = (place for place in standing if not self.text.startswith(("I ", "We "), place[0]))
            standing = [place for place in theirs if self._relies(*place)]
        if done := self._told_as_done(block, standing):
            self.last = done
            yield done

    def _told_as_done(self, block: Block, standing: list[tuple[int, int]]) -> Action | None:
        """What a paragraph tells that a body has changed already, so that the Ombudsman asks for no more."""
        changed = language.expression("context.changed")
        says_more = language.expression("context.says-more-of-last").search
        said = [self.text[start:end] for start, end in standing]
        tells = [n for n, words in enumerate(said) if changed.search(words) and not says_more(words)]
        if not tells:
            return None
        # relied on in a later sentence, or in its own if that says because of what
        last = next((n for n in reversed(range(len(standing))) if self._relies(*standing[n])), -1)
        for n in tells:
            if n > last:
                return None
            start, end = standing[n]
            doc = language.read(self.text[start:end], "actions")
            because = language.expression("context.because").search(language.text_of(doc))
            if "£" in language.text_of(doc) or (doc[0].lower_ in ("i", "we") and not because):
                continue  # a payment, and what the Ombudsman did itself
            if doc[0].lower_ in ("he", "she") or clauses.is_in(doc[0], "honorific"):
                continue  # "She has now been given a place, so I make no recommendation about that"
            denied = [
                s.end for s in clauses.spans(doc, "no_action") if s.label_ == "none.not-recommended" and s.start < 2
            ]
            ours = doc[0].lower_ in ("i", "we")
            if ours and doc[1:2].text in clauses.words("accepting"):
                continue  # "We accept these as a suitable remedy"
            weighed = ours and any(t.norm_ == "consider" for t in doc[1:4])
            if denied and (weighed or not changed.search(doc[denied[0] :].text)):
                continue  # what is not recommended, for a reason that is no change
            if (n < last or because) and (
                clauses.done_list(doc) or language.expression("context.in-view").match(language.text_of(doc))
            ):
                kind, audience, rule = clauses.classify(doc, 0, len(doc), False, anywhere=True)
                named = audience == "person" and clauses.spans(doc, "person") and kind in _DONE_FOR_PERSON
                audience = "person" if named or kind == "apology" else "others"
                if audience == "others":
                    kind, _, rule = clauses.classify(doc, 0, len(doc), True, anywhere=True)
                    kind = kind if kind in clauses.FOR_OTHERS else "other_service_improvement"
                return self._whole(
                    block,
                    (start, end),
                    status="already_done",
                    kind=kind,
                    audience=audience,
                    rule=rule or "done.relied-on",
                    body=self._body(start, end),
                    warnings=self._doubts(block, rule, True),
                )
        return None

    def _announced(self, start: int, end: int, context: _Context) -> _Context:
        """What a sentence hands to those behind it that says only that something will be done, and by when."""
        due = self.times.due(language.read(self.text[start:end], "actions"), start, end, self.last)
        return replace(context, deadline=due[-1], body=self._body(start, end) or context.body) if due else context

    def _run_in(self, block: Block, standing: list[tuple[int, int]], context: _Context, sectioned: bool):
        """(actions, sentences left) of a paragraph whose list runs on behind a colon; null where it has none.

        Items have a letter or end at semicolons; on mirror pages nothing parts them but the verb that begins the next.
        """
        for n, (start, end) in enumerate(standing):
            colon = self.text.find(": ", start, end)
            if colon < 0:
                lead = _BEFORE_LABEL.search(self.text, start, end)
                if lead and language.expression("context.asks-whether").search(self.text, start, lead.start()):
                    continue  # "whether it should (a) pay her or (b) write off the debt"
                labels = run_in.labels(self.text, lead.end() + 1, near(start, block)) if lead else []
                if lead is None or not labels:
                    continue
                colon = lead.end() - 1  # "the Council will (a) apologise; and (b) pay her £100"
            else:
                if self.text.startswith("£", colon + 2) and "£" in self.text[start:colon]:
                    continue  # the parts of a sum
                labels = run_in.labels(self.text, colon + 2, near(start, block))
            if labels and not language.says(self.text[start : colon + 1], "actions", "promise"):
                first = run_in.LABEL.match(self.text, labels[0])
                labels = labels if first and clauses.starts_with_action(self.text[first.end() : end]) else []
            listed = bool(labels) or self.text.find(";", colon, block.end) > 0
            if not listed and not clauses.starts_with_action(self.text[colon + 2 : end]):
                continue
            handed = self._lead(start, colon + 1, context, sectioned)
            if not handed.active or (not listed and not (handed.deadline or sectioned or self.settled)):
                continue
            last = labels[-1] if labels else self.text.rfind(";", colon, block.end) if listed else colon
            stop = next((b for a, b in standing if b > last + 2), block.end)
            if labels:
                items = run_in.labelled(self.text, labels, stop)
            elif listed:
                items = run_in.between_semicolons(self.text, colon + 2, stop)
            else:
                items = run_in.between_verbs(self.text, colon + 2, stop)
            found: list[Action] = []
            for a, b in items:
                found.extend(self._item(block, list(sentences(self.text, a, b)), handed))
            self._agree_on_audience(found, handed)
            for due in self.times.named(last, stop):
                if language.expression("context.all-by").search(self.text, max(last, due.start - 30), due.start):
                    for action in found:
                        action.deadline, action.working = action.deadline or due.value, due.working
            return found, [s for s in standing[n + 1 :] if s[0] >= stop]
        return None

    def _outside_sections(self, block: Block, start: int, doc: Doc, promises: list[Span]) -> list[Span]:
        """The promises that count where no section sets out the remedy: agreements, and what settled the case."""
        if doc[0].lower_ == "they" and self._of_people(block, start):
            promises = [s for s in promises if s.start]
        past = [s for s in promises if self._past(doc, s)]
        now = language.expression("context.of-now").search
        in_findings = self.decision.part_of(block) == "findings"
        if past and in_findings and not self.by_agreement and not now(self.text, block.start, near(start, block)):
            promises = [s for s in promises if s not in past]
        agreed = [
            s
            for s in promises
            if language.pattern_of(s).id in ("promise.agreed", "promise.agreed-by-doing")
            or (
                language.pattern_of(s).id == "promise.recommend"
                and language.expression("context.we-recommend").search(language.text_of(doc))
            )
        ]
        if not agreed and language.expression("context.goodwill").search(language.text_of(doc)):
            return [s for s in promises if s.label_ == "promise.remedied"]
        if agreed or (
            any(clauses.status_of(s) == "agreed" for s in promises)
            and (self.remarks.holds("context.agreement", block) or self._endorsed(block, start))
        ):
            return [s for s in promises if clauses.status_of(s) in ("agreed", "recommended")]
        if will := [s for s in promises if s.label_ == "promise.will"]:
            quoted = any(s.label_ in ("none.they-say", "none.guidance") for s in clauses.spans(doc, "no_action"))
            asked = self.by_agreement and not quoted
            times = self.times.named(start, start + len(language.text_of(doc))) if asked else []
            if self._settling() or any(d.of_decision for d in times):
                return will
        if language.expression("context.accepted").search(self.text, start, near(start, block)):
            told = [s for s in promises if s.label_ in ("promise.should", "promise.asked", "promise.asked-by-doing")]
            if told:
                return told  # "It should apologise. The Council has agreed to do so."
        if self.last is not None and self.last.status == "agreed":
            ours = doc[0].lower_ in ("i", "we")
            due = [s for s in promises if clauses.status_of(s) == "agreed" or (ours and s.label_ == "promise.asked")]
            if any(t.lower_ == "also" for t in doc[:6]):
                return due
            if self.last.block is block and (will := [s for s in due if s.label_ == "promise.will" and s.start < 3]):
                return will
        if not any(language.pattern_of(s)["remedial"] or language.pattern_of(s)["perfect"] for s in promises):
            return []
        enough = language.expression("context.asks-no-more").search(self.text, start, near(start, block))
        endorsed = enough is not None or self._endorsed(block, start)
        if endorsed or (
            self.settled and (self.dated or not language.expression("context.dated").search(language.text_of(doc)))
        ):
            return [
                s
                for s in promises
                if (language.pattern_of(s)["remedial"] or (endorsed and self._relied_on_here(block, start, s)))
                and (
                    clauses.status_of(s) != "already_offered"
                    or "£" in language.text_of(doc)
                    or (self.settled and endorsed and s.end < len(doc) and doc[s.end].lower_ == "to")
                    or language.pattern_of(s)["if_endorsed"]
                )
            ]
        return []

    def _past(self, doc: Doc, promise: Span) -> bool:
        """Is it told as past: "it agreed to", not "it has agreed to"?"""
        before = doc[max(0, promise.start - 3) : promise.end]
        return any(t.lower_ == "agreed" for t in promise) and not any(
            t.norm_ in ("have", "be") or t.lower_ == "now" for t in before
        )

    def _of_people(self, block: Block, start: int) -> bool:
        """Is "they" at the start of a sentence people, who were named last before it, and no body?"""
        begin = max(block.start, start - language.MAX_SENTENCE)
        people = [m.end() for m in parties.WHO.finditer(self.text, begin, start) if not m["pronoun"]]
        body = parties.body_in(self.text, begin, start)
        return bool(people) and (body is None or people[-1] > body[1])

    def _promised(self, promises: list[Span], verb: int, start: int) -> str | None:
        """The status that a promise behind the first verb gives an action behind it; null where none makes it due."""
        due = [p for p in promises if clauses.status_of(p) in ("agreed", "recommended")]
        behind = [
            p
            for p in due
            if verb < clauses.trigger_of(p) and (verb < p.start <= start < p.end or clauses.trigger_of(p) < start)
        ]
        return clauses.status_of(max(behind, key=clauses.trigger_of)) if behind else None

    def _relied_on_here(self, block: Block, start: int, promise: Span) -> bool:
        """Is what a body has done told as the remedy, and not to explain why the Ombudsman is satisfied?"""
        return (
            bool(language.pattern_of(promise)["perfect"])
            and any(t.norm_ == "have" for t in promise)
            and not language.expression("context.satisfied").search(self.text, block.start, start)
        )

    def _endorsed(self, block: Block, start: int, *, others: bool = False) -> bool:
        """Does the Ombudsman call what a sentence tells a suitable remedy, there or in what follows?

        `others`: the sentence tells what is for others, which "the apology and payment" in a later paragraph is not.
        """
        accepts = language.expression("context.endorsed").search
        if self._counted(block, start):
            return True
        if self.remarks.holds("context.endorsed", block) and accepts(self.text, start, near(start, block)):
            return True
        following = self._after(block)
        if following is None or not self.remarks.holds("context.endorsed", following):
            return False
        opening = next(sentences(self.text, following.start, following.end), None)
        if opening is None or (others and language.expression("context.for-person").search(self.text, *opening)):
            return False
        return accepts(self.text, *opening) is not None

    def _counted(self, block: Block, start: int) -> bool:
        """Does a sentence shortly before a place of a paragraph count what follows as part of the remedy?"""
        if not self.remarks.holds("context.counts-towards", block):
            return False
        begin = max(block.start, start - language.MAX_SENTENCE)
        return language.expression("context.counts-towards").search(self.text, begin, start) is not None

    def _after(self, block: Block) -> Block | None:
        """The paragraph behind a paragraph and its items, in the same section; null where there is none."""
        blocks = self.decision.blocks
        behind = range(bisect_left(blocks, block.end, key=lambda b: b.start), len(blocks))
        following = next((blocks[i] for i in behind if blocks[i].depth <= block.depth), None)
        return following if following is not None and following.section == block.section else None

    def _actions(
        self,
        block: Block,
        start: int,
        end: int,
        item_end: int,
        context: _Context,
        start_verb: bool,
        doc: Doc | None = None,
        promises: list[Span] | None = None,
    ) -> Iterator[Action]:
        doc = doc if doc is not None else language.read(self.text[start:end], "actions")
        if promises is None:
            early = (s for s in clauses.spans(doc, "promise") if s.start < 12)
            promises = [s for s in early if not clauses.of_what(s) and not clauses.is_to_agree(s)]
        if doc[0].lower_ == "if":  # "If it has paid her too little it should …" tells nothing that was done
            promises = [p for p in promises if p.start > 3 or clauses.status_of(p) != "already_done"]
        verb, statuses = clauses.first_verb(doc, promises, start_verb)
        # "take no further action to recover the debt" is one: its "no further action" bars nothing
        waivers = clauses.waivers(doc)
        denials = [
            s
            for s in clauses.spans(doc, "no_action")
            if not any(w.start <= s.start < w.end for w in waivers)
            and not no_action.reports_to_others(doc, s)
            and not no_action.is_object(doc, s)
        ]
        barring = denials
        before = [p for p in promises if clauses.status_of(p) in ("already_done", "already_offered")]
        if any(p.end > 3 for p in before) and self._relied_on(block):
            # "I am pleased the Council has written off the debt" tells what was done, "I welcome what it has done" not
            told = any(
                clauses.status_of(p) == "already_offered" or doc[p.start].lower_ not in ("it", "they") for p in before
            ) and not language.expression("context.endorsed").search(language.text_of(doc))
            exempt = ("none.they-say", "none.comment") if told else ("none.they-say",)
            barring = [s for s in barring if s.label_ not in exempt]
        if verb is None:
            return
        bars = [s for s in barring if no_action.bars(s, doc, verb, promises, start_verb)]
        if bars:  # "will make both payments within a month and will send her an apology": only the first is told before
            behind = max(s.end for s in bars) if all(no_action.passes(s, promises) for s in bars) else len(doc)
            later = (part for part in clauses.segments(doc, verb) if part[0] >= behind)
            known = (
                a
                for a, b in later
                if clauses.classify(doc, a, b, context.others)[0] not in _TELLING and not clauses.tells_us(doc, a)
            )
            verb = next(known, None)
            if verb is None:
                return
        if clauses.tells_us(doc, verb) and doc[verb + 2 : verb + 3].text in ("of", "about"):
            return  # "has told us of its plan"
        places = clauses.segments(doc, verb) if not context.others else [(0, len(doc))]
        segments = [
            clauses.Part(a, b, *clauses.classify(doc, a, b, context.others, told=clauses.told_to(doc, behind)))
            for (a, b), behind in zip(places, [*places[1:], None], strict=True)
        ]
        segments = [p for p in segments if not any(s.start in (p.start, p.start + 1) for s in denials)]
        for_nobody = "£" not in language.text_of(doc) and not clauses.spans(doc, "person")
        if (
            "already_done" in statuses
            and (not start_verb or verb > 1)
            and for_nobody
            and not any(p.kind in ("apology", "payment") for p in segments)
            and not (segments[0].kind == "reconsideration" and not clauses.spans(doc, "others"))
        ):
            # what was changed already, with nobody named, is one improvement, whatever its verb
            kind, _, rule = clauses.classify(doc, 0, len(doc), True, anywhere=True)
            segments = [
                clauses.Part(verb, len(doc), kind or "other_service_improvement", "others", rule or "promise.done")
            ]
        nouns = clauses.nouns(doc)
        by_sum = next((p for p in promises if p.start == verb and doc[verb].text == "£"), None)
        if by_sum is not None and by_sum.label_.startswith("promise.sum-paid"):
            # whatever else the sentence says: "in addition to the £90 it has paid"
            statuses = [clauses.status_of(by_sum)]
        if by_sum is not None and not start_verb:
            segments = [clauses.Part(verb, len(doc), "payment", "person", by_sum.label_)]
        elif not any(p.start in nouns for p in segments[1:]) and (
            doc[verb].text == "£" or language.expression("context.names-a-payment").match(language.text_of(doc))
        ):
            at = verb if doc[verb].text == "£" else 0
            segments = [clauses.Part(0, len(doc), *clauses.classify(doc, at, len(doc), context.others))]
        if self._only_tells(block, doc, segments):
            return  # telling the outcome is part of the action before
        merged = clauses.merge(doc, segments, context.others)
        if start_verb and len(merged) == 1 and merged[0].rule == "action.unclassified" and "£" in language.text_of(doc):
            merged[0].kind, merged[0].audience, merged[0].rule = "payment", "person", "action.sum"
        status = self._settle(statuses, context.status)
        due = deadlines.find(self.text, start, end, self.decision.decision_date)
        if doc[0].lower_ == "if":  # "If she has not moved by May, it will …": no deadline, but a condition
            comma = self.text.find(",", start, end)
            condition = start + doc[promises[0].start].idx if promises and comma < 0 else comma
            due = [d for d in due if d.start > condition]
        body = self._body(start, start + doc[verb].idx) or context.body
        if not due and (same := self.times.same(doc, start, self.last)):
            context = replace(context, deadline=same)
        if due and self._in_brackets_at_end(due[-1], end):
            context = replace(context, deadline=due[-1])
        begin = start + doc[merged[0].start].idx if merged else start
        behind, earlier, governed = begin, context.deadline, None
        leading: Deadline | None = None  # that stands before the verb of a later action, and holds behind it too
        whole = len(merged) == 1 and not bars
        done = clauses.done_behind(doc)
        for n, part in enumerate(merged):
            first = start + doc[part.start].idx
            last = start + doc[part.end - 1].idx + len(doc[part.end - 1])
            *_, given = (part, *takewhile(lambda p: p.start in nouns, merged[n + 1 :]))
            reach = start + doc[given.end - 1].idx + len(doc[given.end - 1])  # "an apology and £200 within a month"
            # a time between two actions is the later one's: "and within two weeks to pay"
            own = clauses.own_deadline(self.text, due, behind, reach, begin, part, context.deadline is not None)
            if own is not None and behind <= own.start < first and n:
                leading = own
            elif leading is not None and (own is None or own.start < behind):
                own = leading
            if part.start not in nouns:
                governed = first, last
            behind = last
            same = language.expression("context.same-date").search(self.text, max(begin, first - 40), last)
            deadline = own if own is not None else earlier if same else context.deadline
            earlier = deadline
            sums = [clauses.status_of(p) for p in promises if p.start == part.start and doc[p.start].text == "£"]
            own_status = status
            if status in ("already_done", "already_offered") and (now := self._promised(promises, verb, part.start)):
                own_status = self._settle([now], context.status)  # "has refunded £50 and will now pay £80"
            if own_status in ("agreed", "recommended") and n and part.start in done:
                own_status = "already_done"  # "has agreed to review her plan and has paid her £100"
            if own_status == "already_done" and (
                doc[part.start].lower_ in clauses.words("offers") or "already_offered" in sums
            ):
                own_status = "already_offered"
            if own_status not in ("agreed", "recommended"):
                deadline = None
            if does_so := language.expression("context.does-so").search(self.text, first, last):
                last = does_so.start()
            yield Action(
                start=start if whole else first,
                end=end if whole else clauses.trimmed(self.text, first, last),
                item_start=start,
                item_end=min(item_end, start + language.MAX_SENTENCE),
                block=block,
                kind=part.kind,
                audience=part.audience,
                rule=part.rule,
                status=own_status,
                body=body,
                deadline=deadline.value if deadline else None,
                working=bool(deadline and deadline.working),
                named=any(part.start <= s.start < part.end for s in clauses.spans(doc, "person")),
                lead=context.lead,
                governed=governed if part.start in nouns else None,
                warnings=self._doubts(block, part.rule, bool(statuses or context.status)),
            )
