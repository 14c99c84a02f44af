"""Actions: everything a body agreed to do, was told to do, has offered or has done as the remedy.

They stand in the section on the action agreed or recommended; in a decision without one, in the assessment or the
final decision. A lead-in ("Within four weeks the Council has agreed to:") gives its status, deadline and body to the
items under it. A sentence may name several actions; each is cut out by its verb. What is a remedy and what an
improvement is decided here, once, by what is to be done and for whom (patterns of `actions`).
Rules: LABELLING.md, "Remedies for the person" and "Procedural improvements".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from spacy.tokens import Doc, Span

from pipeline import clauses, deadlines, language, no_action, parties, passive, run_in, signs
from pipeline.deadlines import Deadline
from pipeline.indirect import DONE_FOR_PERSON, Indirect
from pipeline.mentions import SUM, WAITING
from pipeline.numbers import pounds
from pipeline.outside import Outside
from pipeline.records import Action, Block, Decision
from pipeline.remarks import explains_sum, near
from pipeline.standing import Standing
from pipeline.structure import part_of_heading, sentences
from pipeline.times import give
from pipeline.told import Context, Told

_SAYS_NOTHING = 16  # tokens: a sentence on what a body told us that is shorter says nothing of what it did
_ITEM_MAX = 250  # characters of an item that names what is to be given, without a verb
_TELLING = ("", "provide_information")  # a report to the Ombudsman, where no person is named


class _Named(NamedTuple):
    """What the actions of a list that runs on name: their kinds, their sums, the total, and whether the list says that
    it tells more. `to_hand_on`: the actions by sum, until a sentence before the list says who gets it.
    """

    kinds: set[str]
    sums: frozenset[Decimal | None]
    whole: Decimal
    to_hand_on: dict[Decimal | None, list[Action]]
    also: bool


def add(decision: Decision) -> None:
    """Adds `actions` in text order, some of them told twice."""
    reader = _Reader(decision)
    actions = list(reader.from_action_sections())
    if not actions:
        actions = list(reader.from_assessment())
        if not any(a.status in ("agreed", "recommended") for a in actions) and reader.standing.settled:
            actions = list(reader.from_assessment(dated=True))  # nothing but what was done before is the remedy
    decision.actions = actions


class _Reader:
    """Walks a decision's blocks with what their lead-ins hand down."""

    def __init__(self, decision: Decision):
        self.decision = decision
        self.text = decision.text
        self.standing = Standing(decision)
        self.remarks = self.standing.remarks
        self.told = Told(self.standing)
        self.times = self.told.times
        self.indirect = Indirect(self.standing, self.told)
        self.outside = Outside(self.standing, self.told)
        self.children = decision.children()
        self.announced: Deadline | None = None  # the time given for what the paragraphs behind tell
        self.promised: str | None = None  # the status of it, where a paragraph before says that it will be done
        self.listed: str | None = None  # the status of the last list of the section

    # -- where actions stand ------------------------------------------------------------------------------------

    def from_action_sections(self) -> Iterator[Action]:
        """The actions of the sections on what was agreed or recommended."""
        section: int | None = None
        status: str | None = None
        for i, block in enumerate(self.decision.blocks):
            if self.decision.part_of(block) == "action" and block.parent is None:
                heading = self.decision.sections[block.section].heading
                if section != block.section:
                    section, self.promised = block.section, None
                    if part_of_heading(heading) == "action":
                        self.announced, self.listed, status = None, None, None
                    # under a heading such as "Mr H", or "By 4 May", the same section goes on
                    status = self.standing.status_of_section(block) or status
                context = Context(
                    deadline=self.announced,
                    status=status or self.promised,
                    others=bool(language.expression("context.heading-for-others").search(heading)),
                )
                yield from self.told.noted(self._block(i, context, sectioned=True))

    def from_assessment(self, *, dated: bool = False) -> Iterator[Action]:
        """The actions of a decision without such a section. `dated`: see `Outside`."""
        self.told.forget()
        self.outside.dated = dated
        for i in self.outside.paragraphs():
            for action in self.told.noted(self._block(i, Context(), sectioned=False)):
                offered = action.status == "already_offered"
                if offered and self.remarks.next_says("context.too-little", action.end, action.block):
                    continue
                action.endorsed = offered and self.standing.endorsed(action.block, action.start)
                yield action

    # -- blocks -------------------------------------------------------------------------------------------------

    def _block(self, index: int, context: Context, sectioned: bool) -> Iterator[Action]:
        block = self.decision.blocks[index]
        parts = list(sentences(self.text, block.start, block.end))
        items = self.children.get(index, [])
        leads = bool(items) or (parts and self.text[parts[-1][1] - 1] == ":")
        standing = parts[:-1] if leads else parts
        if sectioned and not context.active and standing and self._commands(*standing[0]):
            # a list without a lead-in: "By 4 May" over what goes on from the list before
            context = replace(context, active=True, status=context.status or self.listed)
        whose = context.active and language.expression("context.for-whom").match(self.text[block.start : block.end])
        if whose and not items:
            return  # "For Mr H": a line that says for whom the paragraphs behind it are
        listed, last = context.active and bool(standing), self.told.last
        item = list(self._item(block, standing, context)) if listed else []
        if listed and not self._is_paragraph(standing, item):
            self.told.last = item[-1] if item else last
            sums = leads and item and item[-1].kind == "payment" and self._summed(items)
            yield from item[:-1] if sums else item
            if item and leads and not sums:
                return  # the list under an action only says what it is to hold
        else:
            self.told.last = last  # what was read as an item is no action
            context = yield from self._paragraph(block, standing, context, sectioned, leads=bool(items))
            last = self.told.last
            if last is not None and last.block is block and parts and self._adds_up(last, parts[-1], items):
                last.replaced = True
        if leads and parts:
            yield from self._list(block, parts[-1], items, context, sectioned)

    def _apologises_to(self, end: int, items: list[int]) -> bool:
        """Do the items under a lead-in that ends here say to whom a body will apologise?"""
        first = self.decision.blocks[items[0]]
        if clauses.starts_with_action(self.text[first.start : first.end].removeprefix("to ")):
            return False
        said = f"{self.text[max(0, end - 80) : end]} | {self.text[first.start : first.start + 10]}"
        expression = language.expression("context.apologises-to")
        return bool(expression.search(said) or expression.search(self.text[max(0, end - 80) : end]))

    def _to_each(self, apology: Action, block: Block, context: Context) -> Iterator[Action]:
        """An apology to one of those that "apologise to:" lists, and what the item names besides; or what the item
        is to do, where it begins with that.
        """
        start, end = block.start, block.end
        said = self.text[start:end].removeprefix("to ")
        if clauses.starts_with_action(said):
            yield from self._item(block, [(end - len(said), end)], context)
            return
        yield replace(apology, block=block, start=start, end=end, item_start=start, item_end=end)
        doc = language.read(self.text[start:end], "actions")
        joined = (t.i + 1 for t in doc[:-1] if t.lower_ == "and" and clauses.is_verb(doc[t.i + 1]))
        sums = (
            s.start
            for s in clauses.spans(doc, "action")
            if s.label_ in ("action.noun-payment", "action.sum")
            and (doc[s.start - 1].lower_ in clauses.words("who_gets") or any("payment" in t.lower_ for t in s))
        )
        verb = next(joined, None)
        # "and pay him £50", or "with a payment of £150"
        at = verb if verb and clauses.form_of(doc[verb]) == "base" else next(sums, None)
        if at:
            for action in self._item(block, [(start + doc[at].idx, end)], context):
                yield replace(action, governed=action.governed or (start, start + doc[at].idx))

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
        self, block: Block, standing: list[tuple[int, int]], context: Context, sectioned: bool, leads: bool
    ) -> Generator[Action, None, Context]:
        """The actions of a paragraph's sentences, without the last where that leads in a list; returns what they hand
        to that list where they tell no action: "It has agreed to do this within a month. It will:".
        """
        carried, told, behind_list = context, False, False
        silent: list[tuple[int, int]] = []  # the sentences since the last that told an action
        at = 0
        while at < len(standing):
            handed = context if told else replace(context, deadline=carried.deadline)
            leads_in, listed, following = self._run_in(block, standing, at, handed, sectioned)
            before_list, at = standing[at:leads_in], following
            named = self._named(listed, standing[leads_in]) if listed else None
            for before, (start, end) in zip([None, *before_list], before_list, strict=False):
                actions, carried = self._one_of_paragraph(block, before, start, end, carried, sectioned)
                if named:
                    actions = self._besides_list(actions, named, behind_list)
                if not actions:
                    silent += [] if self.told.done_since(start, end) else [(start, end)]
                    continue
                if sectioned:
                    yield from self.indirect.done_in(block, silent, told)
                self.told.last, told, silent = actions[-1], True, []
                yield from actions
            if listed:
                self.told.last, silent, behind_list = listed[-1], [], True
                yield from listed
        if sectioned or (not told and self.remarks.holds("context.needs-no-recommendation", block)):
            yield from self.indirect.done_in(block, silent, told)
        if not told and sectioned and not leads and self.remarks.holds("context.announces", block):
            self.announced = carried.deadline or self.announced
            if language.expression("context.will-do").search(self.text, block.start, block.end):
                self.promised = "agreed"
        return context if told else replace(context, deadline=carried.deadline)

    def _besides_list(self, actions: list[Action], named: _Named, behind_list: bool) -> list[Action]:
        """Those of a sentence's actions that the list behind it does not name again: no announcement, and no total.

        `behind_list`: another stands before them; else what was done already is what the list comes on top of.
        """
        kept = []
        for action in actions:
            if action.status not in ("agreed", "recommended") and not behind_list:
                continue
            if named.also:
                kept.append(action)
            elif action.kind == "payment":
                own = {pounds(s) for s in SUM.findall(self.text[action.start : action.end])}
                for item in (i for s in own for i in named.to_hand_on.pop(s, ())):
                    # "will pay Ms P £300. It will: (a) pay the £300": to her
                    item.governed = item.governed or (action.start, action.end)
                announced = not own and (named.sums or "payment" in named.kinds)
                if not (own & named.sums or named.whole in own or announced):
                    kept.append(action)
            elif action.kind not in named.kinds:
                kept.append(action)
        return kept

    def _named(self, listed: list[Action], lead: tuple[int, int]) -> _Named:
        """What the actions of a list name, read once for all the sentences before it."""
        by_sum: dict[Decimal | None, list[Action]] = defaultdict(list)
        whole = Decimal()
        for action in listed:
            for printed in SUM.findall(self.text[action.start : action.end]):
                by_sum[pounds(printed)].append(action)
                whole += pounds(printed) or 0
        also = language.expression("context.also").search(self.text, *lead) is not None
        return _Named({a.kind for a in listed}, frozenset(by_sum), whole, by_sum, also)

    def _one_of_paragraph(
        self, block: Block, before: tuple[int, int] | None, start: int, end: int, context: Context, sectioned: bool
    ) -> tuple[list[Action], Context]:
        """The actions of a sentence, and what it hands to those behind it; `before` is the sentence before, if any."""
        if self.told.explains(block, start, end) or self.told.says_what_it_holds(block, start, end):
            return [], context
        if changed := self.told.changed_sum(block, start, end):
            return [changed], context
        if language.expression("context.more-things").match(self.text[start:end]):
            return [], self._announced(start, end, context)
        in_draft = language.expression("context.in-draft").match(self.text[start:end])
        if in_draft and not self.remarks.holds("context.accepted", block):
            return [], context  # "My draft decision recommended £500": what it recommends now comes behind
        last = self.told.last_in(block)
        offered = last is not None and last.status == "already_offered"
        if last and offered and (so := language.expression("context.should-do-so").match(self.text[start:end])):
            last.status = self.standing.settle(["agreed" if so["agreed"] else "recommended"], context.status)
        if self.times.given_by_name(start, end, self.told.seen) or self.times.given_to_all(start, end):
            return [], context
        told = self.indirect.passive(block, start, end, context) if sectioned or self.told.settling() else None
        if told is None and self.told.did_before(start, end):
            return [], context  # "It issued the plan in May, four months late"
        if told and told.start == start:
            actions, carried = [told], context  # whoever acts later in the sentence does so in what it tells
        else:
            actions, carried = self._sentence(block, start, end, context, sectioned, self.told.last)
            if told and not any(a.end > told.start and a.kind == told.kind for a in actions):
                for action in actions:
                    action.end = min(action.end, clauses.trimmed(self.text, action.start, told.start))
                actions.append(told)
        if actions and (self.remarks.not_asked(block, end) or self.remarks.withdrawn(block, start, end)):
            return [], context
        if any(a.kind == "payment" for a in actions) and self.remarks.another_sum(block, start, end):
            actions = [a for a in actions if a.kind != "payment"]
        bare = all(a.rule == "action.payment-without-figure" for a in actions)  # none, or "to pay him both sums"
        if bare and (sum_before := self.indirect.pays_sum_before(block, before, start, end, carried)):
            actions = [sum_before]
        if all(a.rule.startswith("promise.sum-paid") for a in actions):
            named = self.indirect.named(block, start, end, paid=bool(actions))
            actions = named if len(named) > len(actions) else actions
        if not actions and (undergone := self.indirect.undergone(block, start, end, context, sectioned)):
            actions = [undergone]
        if sectioned and not actions and (due := self.indirect.sum_due(block, start, end, context)):
            actions = [due]
        last = self.told.last
        opens = not actions and last is None and sectioned and not self.text.startswith(("If ", "Unless "), start)
        if opens and self.times.of_all(start, end):
            carried = self._announced(start, end, carried)  # "All of this is to be done by 3 May": what comes behind
        told_before = before is not None and last is not None and before[0] <= last.start < before[1]
        if told_before and all(a.status == "already_done" for a in actions) and self.told.done_since(start, end):
            actions = []  # "It has told me that it already does this": what the sentence before tells
        self.told.says_of_last(block, before, start, end, actions)
        return actions, carried

    def _list(
        self, block: Block, lead: tuple[int, int], items: list[int], context: Context, sectioned: bool
    ) -> Iterator[Action]:
        """The actions of a lead-in and of the items under it."""
        lead_start, lead_end = lead
        promised = language.says(self.text[lead_start:lead_end], "actions", "promise")
        past = sectioned and not promised and self._told_as_past(items)  # "I accept what it did in July. It:"
        summed = self._summed(items) and not promised and not past
        if (self.text[lead_end - 1] != ":" and not context.active) or summed:
            lead_start = block.start  # a list without a colon, and one of sums, hangs on the whole paragraph
        handed = self._lead(block, lead_start, lead_end, context, sectioned)
        if past and handed.active:
            handed = replace(handed, status="already_done", deadline=None)
        if sectioned and handed.active:
            continued = self.listed == "agreed" and not (promised or past)
            if continued and self.times.named(lead_start, lead_end):
                handed = replace(handed, status=self.listed)  # "By 4 May": what the list before says goes on
            self.listed = handed.status
        if handed.deadline is not context.deadline:
            self.announced = None if items else handed.deadline  # another time begins
        own: list[Action] = []
        if context.active:
            own = [a for a in self._item(block, [lead], context) if a.rule != "action.unclassified"]
        elif "£" not in self.text[lead_start:lead_end]:
            own, _ = self._sentence(block, lead_start, lead_end, context, sectioned, self.told.last)
        if own and own[-1].kind == "apology" and items and self._apologises_to(lead_end, items):
            for i in items:
                yield from self._to_each(own[-1], self.decision.blocks[i], context)
            return
        pays = bool(own) and own[-1].kind == "payment" and self._summed(items)
        and_payments = language.expression("context.and-payments").search
        goes_on = None if pays or context.active else and_payments(self.text, lead_start, lead_end)
        besides = goes_on is not None and (goes_on["any"] is not None or self._summed(items))
        if besides and own and own[-1].kind == "provide_information" and goes_on is not None:
            told = language.expression("context.tells-something").search(self.text, own[-1].start, goes_on.start())
            own = own if told else own[:-1]  # "write to Mr X and:"
        if own and (context.active or pays or besides):
            # under an action the items only say what it is to hold; under a payment they are its sums
            yield from own[:-1] if pays else own
            if not (pays or besides):
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

    def _told_as_past(self, items: list[int]) -> bool:
        """Do all of several items begin with the past of a verb: "wrote to her", "repaid the £60"?"""
        docs = (language.read(self.text[b.start : b.end], "actions") for b in (self.decision.blocks[i] for i in items))
        return len(items) > 1 and all(clauses.is_verb(doc[0]) and clauses.form_of(doc[0]) == "past" for doc in docs)

    def _commands(self, start: int, end: int) -> bool:
        """Does a paragraph begin as an item does, with what is to be done: "Pay Mr X £100", "In May, review it", or
        with what is to be given and nothing of what becomes of it: "Written apology to Mrs D"?
        """
        text = self.text[self._behind_label(start, end) : end]
        if text.startswith(("To ", "to ")) and clauses.starts_with_action(text[3:]):
            # "To apologise to her", and not "To put this right the Council will"
            return not language.says(text, "actions", "promise")
        if clauses.starts_with_action(text) or language.expression("context.opens-command").match(text):
            if clauses.further(language.read(text, "actions")) == "imperative":
                return True
            time = language.expression("context.time-before-thing").match(text)
            text = text[time.end() :] if time else text  # "Within a month, an apology to Mr H"
        if len(text) > _ITEM_MAX or language.expression("context.has-verb").search(text):
            return False
        return clauses.names_what_is_given(language.read(text, "actions"))

    def _behind_label(self, start: int, end: int) -> int:
        """Where an item begins behind its label: "To Mrs A: an apology", "Step 1: a letter"."""
        label = language.expression("context.item-label").match(self.text[start:end])
        return start + label.end() if label else start

    def _summed(self, items: list[int]) -> bool:
        """Do the items under a payment name its sums?"""
        return any("£" in self.text[self.decision.blocks[i].start : self.decision.blocks[i].end] for i in items)

    def _agree_on_audience(self, listed: list[Action], context: Context) -> None:
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

    def _lead(self, block: Block, start: int, end: int, context: Context, sectioned: bool) -> Context:
        """What a lead-in hands down: is it a lead-in to actions at all, and if so on which terms."""
        doc = language.read(self.text[start:end], "actions")
        promises = clauses.spans(doc, "promise")
        said = language.text_of(doc).rstrip()
        asked = language.expression("context.leads-by").search(said) is not None
        due = self.times.due(doc, start, end, self.told.last)
        settles = language.expression("context.settles-list").search(said) is not None
        barred = not settles and any(s for s in clauses.spans(doc, "no_action"))
        active = context.active or (bool(promises) and not (barred and not promises)) or (sectioned and bool(due))
        if not sectioned and not context.active:
            active = asked or self.outside.leads(doc, promises)
        elif sectioned and not active:
            active = not barred and not said.lower().endswith(("points:", "considered:", "says:", "said:"))
        # "in addition the Council should": its first words alone agree nothing
        plain = [s for s in promises if s.label_ != "promise.lead-in"]
        # "will not accept that it was at fault. I nevertheless recommend"
        plain = [s for s in plain if not clauses.denied(doc, s) and not clauses.denied_behind(doc, s)] or plain
        if context.active and context.status in ("agreed", "recommended"):
            # "pay each for what they have put up with:" is due as the list around it is
            plain = promises = [s for s in plain if clauses.status_of(s) in ("agreed", "recommended") or not s.start]
        statuses = [clauses.status_of(s) for s in plain or promises]
        # "The Council, for the agency it commissioned, will:"
        if closing := language.expression("context.puts-under").search(said):
            statuses = [s for s in statuses if s in ("agreed", "recommended")]
            statuses.append("recommended" if closing[1] in ("should", "must") else "agreed")
        if language.expression("context.lead-accepted").search(said):
            statuses.append("agreed")
        status = self.standing.settle(statuses, context.status)
        if not sectioned and status == "already_offered" and self.standing.decision.by_agreement:
            status = "agreed"  # "It said it would:", and the decision that it has agreed to
        if sectioned and status == "already_offered" and self.standing.goes_ahead(block):
            status = "agreed"  # "offered to: …. It has confirmed it will go ahead with all three"
        if promises and all(clauses.denied(doc, s) or clauses.denied_behind(doc, s) for s in plain or promises):
            status = "recommended"  # "The Council has not agreed to the following:"
        elif asked and status != "agreed":
            status = self.standing.settle(["recommended"], context.status)
        elif not promises and not sectioned and active and not context.active:
            status = "already_offered" if said.rstrip(" :").endswith("would") else "already_done"
        if language.expression("context.lists-done").search(said):
            status, due = "already_done", []
            active = active or sectioned or self.standing.endorsed(block, block.start)
        return Context(
            active=active,
            status=status,
            deadline=due[-1] if due else context.deadline,
            body=parties.acting_body(self.text, start, end) or context.body,
            others=context.others
            or (
                any(language.pattern_of(s)["weight"] for s in clauses.spans(doc, "others"))
                and not clauses.spans(doc, "person")
            ),
            lead=(start, end),
        )

    # -- items and sentences ------------------------------------------------------------------------------------

    def _item(self, block: Block, parts: list[tuple[int, int]], context: Context) -> Iterator[Action]:
        """The actions of a list item: those of its first sentence, and of later ones that say so."""
        start, end = parts[0]
        if self._tells_agreement(start, end):
            return
        first = self._behind_label(start, end)
        found = list(self._actions(block, first, end, parts[-1][1], context, start_verb=True))
        for action in found if first > start else ():
            action.governed = action.governed or (start, first)  # "To Mrs A:"
        if first > start:
            for due in self.times.named(start, first)[-1:]:
                give(due, found, anew=True)  # "Within a month: to apologise"
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
            self.told.last = found[-1] if found else self.told.last
            if further:
                starts = further == "imperative"
                promises = None if starts else clauses.spans(doc, "promise")
                reach = self._with_explanation(block, stop, doc)
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
                self.told.qualify(found[-1], doc, begin, stop)
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
            if found[-1].kind == "payment" and explains_sum(said):
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

    def _tells_agreement(self, start: int, end: int) -> bool:
        """Does a sentence only tell what of the list before it is agreed?"""
        rules = ("context.agreed-except", "context.agreed-in-part")
        return any(language.expression(rule).search(self.text, start, end) for rule in rules)

    def _in_brackets_at_end(self, due: Deadline, end: int) -> bool:
        """Does a deadline stand in brackets behind all that a sentence tells: "(within four weeks)."?"""
        return bool(due.value) and self.text.endswith("(", 0, due.start) and not self.text[due.end : end].strip(" .;)")

    def _with_explanation(self, block: Block, end: int, doc: Doc) -> int:
        """The end of the sentences behind one that say what its sum is made up of; its own where it pays nothing."""
        pays = language.expression("context.may-pay").search(language.text_of(doc))
        return self.remarks.explained(block, end) if pays else end

    def _sentence(
        self, block: Block, start: int, end: int, context: Context, sectioned: bool, before: Action | None
    ) -> tuple[list[Action], Context]:
        """The actions of a sentence that stands by itself: somebody must be put under them in it."""
        if not language.may_say(self.text[start:end], "actions", "promise"):
            return [], context
        alone = language.expression("context.remedy-alone").search(self.text[start:end])
        if alone or self._tells_agreement(start, end):
            return [], context
        doc = language.read(self.text[start:end], "actions")
        promises = self._promises(block, start, end, doc, sectioned)
        if not promises:
            return [], context
        if before is not None and before.audience == "others" and self._only_reports(doc, promises):
            if due := self.times.named(start, end):
                give(due[-1], [before])
            return [], context
        if not sectioned:
            promises = self.outside.counting(block, start, doc, promises)
            if not promises:
                return [], context
            if language.expression("context.accepted").search(self.text, start, near(start, block)):
                context = replace(context, status="agreed")
        stop = self._with_explanation(block, end, doc)
        found = list(self._actions(block, start, end, stop, context, start_verb=False, doc=doc, promises=promises))
        found = self._settle_offers(found, block, start, end, doc, promises, context, sectioned)
        found = self._without_what_is_of_last(found, block, doc)
        explicit = sectioned and clauses.plainly_agreed(doc, promises)
        if (
            sectioned
            and any(a.rule.startswith("promise.sum-paid") for a in found)
            and not self.standing.endorsed(block, start)
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
                or self.standing.relied_on(block)
                or (a.rule.startswith("action.") and self.standing.endorsed(block, start, others=True))
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

    def _promises(self, block: Block, start: int, end: int, doc: Doc, sectioned: bool) -> list[Span]:
        """The words of a sentence that put somebody under its actions; without those that are denied, or told for
        something else.
        """
        promises = [
            s
            for s in clauses.spans(doc, "promise")
            if language.pattern_of(s).id != "promise.lead-in"
            and not (
                clauses.status_of(s) == "already_offered"
                and any(t.lower_ == "had" for t in s)
                and not (self.remarks.holds("context.still-open", block) and self.standing.endorsed(block, start))
            )
            and (clauses.waived(doc, s) is not None or not clauses.denied(doc, s))
            and (
                not language.pattern_of(s)["if_endorsed"]
                or self.standing.endorsed(block, start)
                or (sectioned and any(self.remarks.holds(r, block) for r in ("context.welcomed", "context.is-welcome")))
                or self.remarks.next_says("context.should-do-so", end, block)
            )
            and (not language.pattern_of(s)["if_agreed"] or no_action.agreed_behind(doc, s))
            and (not sectioned or s.label_ != "promise.put-right" or self.standing.endorsed(block, start))
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
            # "agrees it did not follow its policy"
            and not (
                s.label_ == "promise.agreed"
                and language.expression("context.admits").match(language.text_of(doc), s.end_char)
            )
            # nor does "the apology it gave" tell anything new
            and not (s.label_ == "promise.done" and s.start and doc[s.start - 1].lower_ in clauses.words("given"))
            # "has undertaken to" is no "has undertaken", nor is "told us it would" anything told
            and not (s.label_ == "promise.done" and any(a.start <= s.start and s.end < a.end for a in agreed))
        ]
        if besides := language.expression("context.besides").match(language.text_of(doc)):
            promises = [s for s in promises if s.end_char > besides.end()]
        thought = {
            s.start
            for s in clauses.spans(doc, "no_action")
            if s.label_ == "none.not-recommended"
            # "to consider refunding it" is another's
            and (
                any(t.norm_ == "consider" for t in s)
                or not (no_action.agreed_behind(doc, s) or self.remarks.next_says("context.accepted", end, block))
            )
        }
        return [s for s in promises if not (s.label_ == "promise.asked" and s.start in thought)]

    def _settle_offers(
        self,
        found: list[Action],
        block: Block,
        start: int,
        end: int,
        doc: Doc,
        promises: list[Span],
        context: Context,
        sectioned: bool,
    ) -> list[Action]:
        """The actions of a sentence, with what becomes of offers: agreed to, asked for, or called too little."""
        if language.expression("context.offer-again").search(language.text_of(doc)) and any(
            a.kind == "payment" for a in found
        ):
            found = [a for a in found if a.kind in ("payment", "apology")]
            for action in found:
                action.status = "agreed"
        if (
            sectioned
            and any(a.status == "already_offered" for a in found)
            and self.standing.goes_ahead_next(block, end)
        ):
            for action in found:  # "It offered to apologise and to pay £100. It has agreed to carry these out."
                if action.status == "already_offered":
                    action.status = "agreed"
        pay_it = language.expression("context.pay-it").search(language.text_of(doc))
        if pay_it and not pay_it[0].startswith("to "):
            for action in found:
                if action.status == "already_offered":
                    action.status = self.standing.settle(["recommended"], context.status)
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
                or not (self.remarks.holds("context.settled", block) or self._only_offer(block, end, doc, context))
            )
            and not language.expression("context.part-of-remedy").search(self.text, start, end)
            and not self.remarks.holds("context.still-open", block)
        ):
            found = [a for a in found if a.status != "already_offered" or a.kind != "payment"]
        return found

    def _only_offer(self, block: Block, end: int, doc: Doc, context: Context) -> bool:
        """Does a sentence under "Agreed action" tell the one payment there is: "The Council has offered her £300"?"""
        if context.status != "agreed" or not language.expression("context.has-offered").search(language.text_of(doc)):
            return False
        told = (a for a in self.told.seen[-WAITING:] if a.block.section == block.section)
        return "£" not in self.text[end : near(end, block)] and not any(a.kind == "payment" for a in told)

    def _without_what_is_of_last(self, found: list[Action], block: Block, doc: Doc) -> list[Action]:
        """The actions of a sentence without those that are part of the action before it in its paragraph."""
        last = self.told.last_in(block)
        if last is None:
            paid = self.told.last
            told = paid is not None and paid.kind == "payment" and paid.block.section == block.section
            # "The Council will make the payment, and apologise": of the paragraph before
            return [a for a in found if not (told and self.told.makes_payment(a))]
        if last.kind == "payment":
            found = [a for a in found if not self.told.same_debt(a)]
        if last.audience == "others":
            # "It will audit the agreements. If no choice was given, it should refund the top-up": others'
            depends = doc[0].lower_ == "if" and "£" not in language.text_of(doc) and not clauses.spans(doc, "person")
            found = [a for a in found if a.named or not depends]
        if last.kind in DONE_FOR_PERSON:
            # "It will have a therapist in place by May. If the NHS cannot supply one it will commission its own"
            falls_back = language.expression("context.if-none").match(language.text_of(doc)) is not None
            found = [a for a in found if a.named or not falls_back or a.kind != last.kind]
        return found

    def _never_due(self, doc: Doc, duty: Span, end: int, block: Block) -> bool:
        """Is what a body "should have" done only criticism, and not taken up behind that: "and it should now do so"?"""
        text = language.text_of(doc)
        if "£" in text or any(s.start >= duty.end for s in clauses.spans(doc, "promise")):
            return False
        taken_up = any(language.expression(rule).search(text) for rule in ("context.accepted", "context.taken-up"))
        return not (taken_up or self.remarks.next_says("context.taken-up", end, block))

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
            return self.times.same(doc, start, self.told.last)
        verb = clauses.first_verb(doc, promises, False)[0] if due else None
        return next((d for d in due if verb is not None and d.end <= start + doc[verb].idx), None)

    def _announced(self, start: int, end: int, context: Context) -> Context:
        """What a sentence hands to those behind it that says only that something will be done, and by when."""
        due = self.times.due(language.read(self.text[start:end], "actions"), start, end, self.told.last)
        but = language.expression("context.but-for").search(self.text, start, end)
        due = [d for d in due if but is None or d.end <= but.start()] or due  # "except the review", which has its own
        body = parties.acting_body(self.text, start, end) or context.body
        return replace(context, deadline=due[-1], body=body) if due else context

    def _run_in(
        self, block: Block, standing: list[tuple[int, int]], begin: int, context: Context, sectioned: bool
    ) -> tuple[int, list[Action], int]:
        """The first list that runs on behind a colon, from a sentence on: (the place of the sentence that leads it in,
        its actions, the place of the sentence behind it), which are the end and no actions where there is none.

        Items have a letter or end at semicolons; on mirror pages nothing parts them but the verb that begins the next.
        """
        for n in range(begin, len(standing)):
            start, end = standing[n]
            colon = self.text.find(": ", start, end)
            if colon < 0:
                lead = language.expression("context.list-without-colon").search(self.text, start, end)
                if lead and language.expression("context.asks-whether").search(self.text, start, lead.start()):
                    continue  # "whether it should (a) pay her or (b) write off the debt"
                labels = run_in.labels(self.text, lead.end() + 1, near(start, block)) if lead else []
                if lead is None or not labels or not self._commanded(labels[0], labels[1]):
                    continue  # "agreed to (a) but has not replied about (b) or (c)"
                colon = lead.end() - 1  # "the Council will (a) apologise; and (b) pay her £100"
            else:
                if self.text.startswith("£", colon + 2) and "£" in self.text[start:colon]:
                    continue  # the parts of a sum
                labels = run_in.labels(self.text, colon + 2, near(start, block))
            if labels and not language.says(self.text[start : colon + 1], "actions", "promise"):
                first = signs.PRINTED.match(self.text, labels[0])
                labels = labels if first and clauses.starts_with_action(self.text[first.end() : end]) else []
            listed = bool(labels) or self.text.find(";", colon, block.end) > 0
            if not listed and not clauses.starts_with_action(self.text[colon + 2 : end]):
                continue
            handed = self._lead(block, start, colon + 1, context, sectioned)
            if not handed.active or (not listed and not (handed.deadline or sectioned or self.standing.settled)):
                continue
            # another list may run on behind it
            behind = (standing[m] for m in range(n + 1, len(standing)))
            bound = next((a for a, b in behind if self._leads_in(a, b)), block.end)
            last = labels[-1] if labels else self.text.rfind(";", colon, bound) if listed else colon
            ended = next((m for m in range(n, len(standing)) if standing[m][1] > last + 2), len(standing))
            stop = standing[ended][1] if ended < len(standing) else block.end
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
            return n, found, max(ended, n) + 1
        return len(standing), [], len(standing)

    def _commanded(self, start: int, end: int) -> bool:
        """Does an item say what to do, be it behind a time: "(a) within a month, promptly pay her £100"?"""
        doc = language.read(self.text[start:end], "actions")
        due = (t for t in doc[:16] if clauses.is_verb(t) and t.lower_ not in clauses.words("auxiliaries"))
        return any(clauses.form_of(t) == "base" for t in due)

    def _leads_in(self, start: int, end: int) -> bool:
        """Does a list run on in a sentence, behind words that put somebody under it?"""
        colon = self.text.find(": ", start, end)
        return colon > 0 and language.says(self.text[start : colon + 1], "actions", "promise")

    def _promised(self, promises: list[Span], verb: int, start: int) -> str | None:
        """The status that a promise behind the first verb gives an action behind it; null where none makes it due."""
        due = [p for p in promises if clauses.status_of(p) in ("agreed", "recommended")]
        behind = [
            p
            for p in due
            if verb < clauses.trigger_of(p) and (verb < p.start <= start < p.end or clauses.trigger_of(p) < start)
        ]
        return clauses.status_of(max(behind, key=clauses.trigger_of)) if behind else None

    def _actions(
        self,
        block: Block,
        start: int,
        end: int,
        item_end: int,
        context: Context,
        start_verb: bool,
        doc: Doc | None = None,
        promises: list[Span] | None = None,
    ) -> Iterator[Action]:
        """The actions of a sentence, or of an item of a list (`start_verb`).

        `item_end`: of the sentences that explain it. `promises`: those that count, if that has been looked at.
        """
        doc = doc if doc is not None else language.read(self.text[start:end], "actions")
        if promises is None:
            early = (s for s in clauses.spans(doc, "promise") if s.start < 12)
            promises = [s for s in early if not clauses.of_what(s) and not clauses.is_to_agree(s)]
        promises = [p for p in promises if not (clauses.done_in_case(doc, p) or clauses.in_condition(doc, p))]
        verb, statuses = clauses.first_verb(doc, promises, start_verb)
        if verb is None:
            return
        denials = no_action.denials(doc)
        barring = self._barring(block, end, doc, denials, promises)
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
        of_it = doc[verb + 2 : verb + 3].text in ("of", "about")
        if clauses.tells_us(doc, verb) and (of_it or ("already_done" in statuses and len(doc) < _SAYS_NOTHING)):
            return  # "has told us of its plan", "has told me that it is content with this"
        by_sum = next((p for p in promises if p.start == verb and doc[verb].text == "£"), None)
        if by_sum is not None and by_sum.label_.startswith("promise.sum-paid"):
            # whatever else the sentence says: "in addition to the £90 it has paid"
            statuses = [clauses.status_of(by_sum)]
        if by_sum is not None and not start_verb:
            segments = [clauses.Part(verb, len(doc), "payment", "person", by_sum.label_)]
        else:
            told_done = "already_done" in statuses and (not start_verb or verb > 1)
            segments = self._parts(doc, verb, denials, told_done, context.others)
        if self.told.only_tells(block, doc, segments):
            return  # telling the outcome is part of the action before
        merged = clauses.merge(doc, segments, context.others)
        if start_verb and len(merged) == 1 and merged[0].rule == "action.unclassified" and "£" in language.text_of(doc):
            merged[0].kind, merged[0].audience, merged[0].rule = "payment", "person", "action.sum"
        unknown = start_verb and len(merged) == 1 and merged[0].rule == "action.unclassified"
        told = passive.known_item(language.text_of(doc), context.others) if unknown else None
        if told and not clauses.is_verb(doc[0]):  # "his record to be corrected"
            merged[0].kind, merged[0].audience, merged[0].rule = told
        status = self.standing.settle(statuses, context.status)
        told_so = bool(statuses or context.status)
        body = parties.acting_body(self.text, start, start + doc[verb].idx) or context.body
        whole = len(merged) == 1 and not bars
        done_here = language.expression("context.done-so-here").search(language.text_of(doc))
        for part, place, governed, due in self._timed(doc, start, end, merged, promises, context):
            own_status = self._status_of_part(doc, status, part, promises, verb, context)
            if own_status == "agreed" and language.expression("context.but-refused").search(language.text_of(doc)):
                own_status = "recommended"
            if done_here and own_status in ("agreed", "recommended"):
                own_status = "already_done"
            deadline = due if own_status in ("agreed", "recommended") else None
            first, last = place
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
                governed=governed,
                warnings=self.standing.doubts(block, part.rule, told_so),
            )

    def _barring(self, block: Block, end: int, doc: Doc, denials: list[Span], promises: list[Span]) -> list[Span]:
        """Of the words for what is no action those that hold for a sentence: not where what was done is relied on."""
        if any(no_action.of_draft(s) for s in denials) and self.standing.draft_stands(block, end):
            denials = [s for s in denials if not no_action.of_draft(s)]
        before = [p for p in promises if clauses.status_of(p) in ("already_done", "already_offered")]
        if not any(p.end > 3 for p in before) or not self.standing.relied_on(block):
            return denials
        # "I am pleased the Council has written off the debt" tells what was done, "I welcome what it has done" not
        told = any(
            clauses.status_of(p) == "already_offered" or doc[p.start].lower_ not in ("it", "they") for p in before
        ) and not language.expression("context.endorsed").search(language.text_of(doc))
        exempt = ("none.they-say", "none.comment") if told else ("none.they-say",)
        return [s for s in denials if s.label_ not in exempt]

    def _parts(self, doc: Doc, verb: int, denials: list[Span], told_done: bool, others: bool) -> list[clauses.Part]:
        """The actions that a sentence names from a verb on. `told_done`: they are told as done already."""
        if told_done and language.expression("context.put-right-only").search(language.text_of(doc)):
            return []
        places = clauses.segments(doc, verb) if not others else [(0, len(doc))]
        segments = [
            clauses.Part(a, b, *clauses.classify(doc, a, b, others, told=clauses.told_to(doc, behind)))
            for (a, b), behind in zip(places, [*places[1:], None], strict=True)
        ]
        segments = [p for p in segments if not any(s.start in (p.start, p.start + 1) for s in denials)]
        # "put a note on its records so that she is not pursued again"
        pronouns = ("that he ", "that she ")
        told_of = clauses.spans(doc, "person") or any(words in language.text_of(doc) for words in pronouns)
        for_nobody = "£" not in language.text_of(doc) and not told_of
        if told_done and for_nobody and (coming := [p for p in segments[1:] if clauses.to_come(doc, p.start)]):
            return coming  # "has cleared its backlog and will train its staff": what is told besides
        if told_done and for_nobody and doc[verb].norm_ == "explain":
            return []  # "has explained its decision" improves nothing
        if (
            told_done
            and segments
            and for_nobody
            and not any(p.kind in ("apology", "payment") for p in segments)
            and not (segments[0].rule in clauses.OF_DEBTS and not clauses.of_several(doc, 0, len(doc)))
            and not (segments[0].kind == "reconsideration" and not clauses.spans(doc, "others"))
            and not (
                segments[0].audience == "person"
                and segments[0].kind in (*DONE_FOR_PERSON, "other_personal")
                and language.expression("context.of-this-case").search(language.text_of(doc))
            )
        ):
            # what was changed already, with nobody named, is one improvement, whatever its verb
            kind, _, rule = clauses.classify(doc, 0, len(doc), True, anywhere=True)
            segments = [
                clauses.Part(verb, len(doc), kind or "other_service_improvement", "others", rule or "promise.done")
            ]
        nouns = clauses.nouns(doc)
        if not any(p.start in nouns for p in segments[1:]) and (
            doc[verb].text == "£" or language.expression("context.names-a-payment").match(language.text_of(doc))
        ):
            at = verb if doc[verb].text == "£" else 0
            segments = [clauses.Part(0, len(doc), *clauses.classify(doc, at, len(doc), others))]
        return segments

    def _timed(
        self, doc: Doc, start: int, end: int, parts: list[clauses.Part], promises: list[Span], context: Context
    ) -> Iterator[tuple[clauses.Part, tuple[int, int], tuple[int, int] | None, Deadline | None]]:
        """Each action of a sentence with its place, the place of what has its verb where it is a noun, and by when."""
        due = deadlines.find(self.text, start, end, self.decision.decision_date)
        if doc[0].lower_ == "if":  # "If she has not moved by May, it will …": no deadline, but a condition
            comma = self.text.find(",", start, end)
            condition = start + doc[promises[0].start].idx if promises and comma < 0 else comma
            due = [d for d in due if d.start > condition]
        inherited = context.deadline
        if not due and (same := self.times.same(doc, start, self.told.last)):
            inherited = same
        if due and self._in_brackets_at_end(due[-1], end):
            inherited = due[-1]
        nouns = clauses.nouns(doc)
        begin = start + doc[parts[0].start].idx if parts else start
        behind, earlier, governed = begin, inherited, None
        timed: list[tuple[clauses.Part, tuple[int, int], tuple[int, int] | None, Deadline | None]] = []
        leading: Deadline | None = None  # that stands before the verb of a later action, and holds behind it too
        for n, part in enumerate(parts):
            first = start + doc[part.start].idx
            last = start + doc[part.end - 1].idx + len(doc[part.end - 1])
            *_, given = (part, *takewhile(lambda p: p.start in nouns, parts[n + 1 :]))
            reach = start + doc[given.end - 1].idx + len(doc[given.end - 1])  # "an apology and £200 within a month"
            # a time between two actions is the later one's: "and within two weeks to pay"
            own = clauses.own_deadline(self.text, due, behind, reach, begin, part, inherited is not None)
            if own is not None and behind <= own.start < first and n:
                leading = own
            elif leading is not None and (own is None or own.start < behind):
                own = leading
            if part.start not in nouns:
                governed = first, last
            behind = last
            same_date = language.expression("context.same-date").search(self.text, max(begin, first - 40), last)
            earlier = own if own is not None else earlier if same_date else inherited
            timed.append((part, (first, last), governed if part.start in nouns else None, earlier))
            if own is None or own.value is None or own.start <= first:
                continue
            of_content = language.expression("context.time-of-content").search(self.text, first, own.start)
            if of_content and not language.expression("context.of-our-decision").search(self.text, own.start, own.end):
                continue
            # "refund the fee, say sorry and write to her within a month": the last one's time is that of all
            joints: tuple[str, ...] = (" and ", " and to ")
            for m in range(n - 1, -1, -1):
                of, place, noun, known = timed[m]
                if known is not None or self.text[place[1] : timed[m + 1][1][0]] not in joints:
                    break
                timed[m], joints = (of, place, noun, own), (", ", ", to ")
        yield from timed

    def _status_of_part(
        self,
        doc: Doc,
        status: str,
        part: clauses.Part,
        promises: list[Span],
        verb: int,
        context: Context,
    ) -> str:
        """The status of one action of a sentence, where its own words say another than that of the first."""
        done = status in ("already_done", "already_offered")
        if done and (now := self._promised(promises, verb, part.start) or clauses.to_come(doc, part.start)):
            status = self.standing.settle([now], context.status)  # "has refunded £50 and will now pay £80"
        if status in ("agreed", "recommended") and part.start in clauses.done_behind(doc):
            status = "already_done"  # "has agreed to review her plan and has paid her £100"
        sums = (clauses.status_of(p) for p in promises if p.start == part.start and doc[p.start].text == "£")
        if status == "already_done" and (
            doc[part.start].lower_ in clauses.words("offers") or "already_offered" in sums
        ):
            status = "already_offered"
        return status
