"""Actions: everything a body agreed to do, was told to do, has offered or has done as the remedy.

They stand in the section on the action agreed or recommended; in a decision without one, in the assessment or the
final decision. A lead-in ("Within four weeks the Council has agreed to:") gives its status, deadline and body to the
items under it. A sentence may name several actions; each is cut out by its verb. What is a remedy and what an
improvement is decided here, once, by what is to be done and for whom (patterns of `actions`).
Rules: LABELLING.md, "Remedies for the person" and "Procedural improvements".
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex
from spacy.tokens import Doc, Span, Token

from pipeline import deadlines, language, parties
from pipeline.deadlines import Deadline
from pipeline.records import Action, Block, Decision
from pipeline.stages.s3_findings import closes_without_investigating
from pipeline.structure import sentences

_TRIGGERS = frozenset(
    [
        "will",
        "shall",
        "should",
        "must",
        "agreed",
        "agree",
        "agrees",
        "to",
        "that",
        "it",
        "recommend",
        "recommended",
        "recommends",
        "undertaken",
        "committed",
        "accepted",
        "is",
        "are",
        "need",
        "needs",
    ]
)
_COORDINATORS = frozenset({",", ";", "and", "then", ":", "&", "or"})
_BETWEEN = frozenset(
    [
        "within",
        "by",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "ten",
        "twelve",
        "month",
        "months",
        "week",
        "weeks",
        "days",
        "working",
        "of",
        "my",
        "final",
        "decision",
        "this",
        "date",
        "our",
        "report",
        "statement",
        "also",
        "then",
        "to",
        "will",
        "should",
        "it",
        "the",
        "council",
        "trust",
        "authority",
        "provider",
        "they",
        "both",
        "further",
        "in",
        "addition",
        "within",
        "must",
        "shall",
        "has",
        "have",
        "agreed",
        "now",
        "again",
        "and",
        ",",
        "finally",
        "secondly",
        "firstly",
        "once",
        "subsequently",
    ]
)


_is = language.member_of("actions")

_SUM = regex.compile(r"£\s?[\d,.]*\d")


@dataclass(frozen=True, slots=True)
class _Context:
    """What a lead-in hands down to its items."""

    active: bool = False
    status: str | None = None
    deadline: Deadline | None = None
    body: str | None = None
    others: bool = False
    lead: tuple[int, int] | None = None


@dataclass(slots=True)
class _Part:
    """One action in a sentence: its tokens, and what it is."""

    start: int
    end: int
    kind: str | None
    audience: str | None
    rule: str | None


def add(decision: Decision) -> None:
    """Adds `actions` in text order."""
    reader = _Reader(decision)
    actions = list(reader.from_action_sections())
    if not actions:
        actions = list(reader.from_assessment())
        if not any(a.status in ("agreed", "recommended") for a in actions) and reader.settled:
            reader.dated = True  # nothing but what was done before is the remedy: it may have its date
            actions = list(reader.from_assessment())
        offers = [a for a in actions if a.status == "already_offered" and a.kind == "payment"]
        actions = [a for a in actions if a not in offers[:-1]]  # a later offer takes the place of an earlier one
        if any(a.status == "agreed" and a.kind == "payment" for a in actions):
            # what was offered before is what the agreed payment replaces
            actions = [a for a in actions if a.status != "already_offered" or a.kind != "payment"]
    decision.actions = _once(actions, decision.text)
    reader.refused()


def _once(actions: list[Action], text: str) -> list[Action]:
    """Without the sentences that only say which of the recommended actions the body has agreed to; those become agreed."""
    kept: list[Action] = []
    for action in actions:
        same = [
            a
            for a in kept
            if a.status == "recommended"
            and action.status == "agreed"
            and a.kind == action.kind
            and a.block is not action.block
            and not set(_SUM.findall(text[action.start : action.end]))
            - set(_SUM.findall(text[a.item_start : a.item_end]))
        ]
        if same and not action.block.depth:
            for other in same:
                other.status = "agreed"
            continue
        kept.append(action)
    return kept


class _Reader:
    """Walks a decision's blocks with what their lead-ins hand down."""

    def __init__(self, decision: Decision):
        self.decision = decision
        self.text = decision.text
        self.children: dict[int, list[int]] = {}
        for i, block in enumerate(decision.blocks):
            if block.parent is not None:
                self.children.setdefault(block.parent, []).append(i)
        closing = [b for b in decision.blocks if decision.part_of(b) in ("action", "final_decision", "summary")]
        self.last: Action | None = None
        self.seen: list[Action] = []
        self.dated = False
        self.settled = self._settled()
        self.accepted = any(
            language.expression("context.accepted").search(self.text, *place)
            and not language.expression("context.unsure").search(self.text, *place)
            for b in closing
            for place in sentences(self.text, b.start, b.end)
        ) and not any(
            language.expression("context.refused").search(self.text, b.start, b.end)
            for b in closing
            if self.decision.part_of(b) == "action" and b.depth == 0
        )

    def _settled(self) -> bool:
        """Does the decision end without a finding because it is satisfied with what was done or offered?"""
        ends = closes_without_investigating(self.decision) or any(
            regex.search(r"\bdiscontinu|\bended\s+(?:my|our)\b", self.text[b.start : b.end], regex.I)
            for b in self.decision.blocks
            if self.decision.part_of(b) == "final_decision"
        )
        return ends and any(
            language.expression("context.satisfied").search(self.text, b.start, b.end)
            for b in self.decision.blocks
            if self.decision.part_of(b) in ("summary", "findings", "final_decision")
        )

    def refused(self) -> None:
        """An action that the next sentence of its paragraph says the body has not agreed to is only recommended."""
        for action in self.decision.actions:
            if action.status != "agreed" or action.block.depth:
                continue
            following = (
                next(iter(sentences(self.text, action.item_end, action.block.end)), None)
                if action.item_end < action.block.end
                else None
            )
            if (
                following
                and language.expression("context.refused").search(self.text, *following)
                and not regex.search(r"\bagreed\b", self.text[action.item_start : action.item_end])
            ):
                action.status = "recommended"

    # -- where actions stand ------------------------------------------------------------------------------------

    def from_action_sections(self) -> Iterator[Action]:
        """The actions of the sections on what was agreed or recommended."""
        for i, block in enumerate(self.decision.blocks):
            if self.decision.part_of(block) == "action" and block.parent is None:
                heading = self.decision.sections[block.section].heading
                context = _Context(
                    status=self._status_of_section(block),
                    others=bool(language.expression("context.heading-for-others").search(heading)),
                )
                for action in self._block(i, context, sectioned=True):
                    self.seen.append(action)
                    yield action

    def from_assessment(self) -> Iterator[Action]:
        """The actions of a decision without such a section."""
        closed = closes_without_investigating(self.decision)
        for i, block in enumerate(self.decision.blocks):
            part = self.decision.part_of(block)
            if block.parent is None and (
                part == "final_decision" or (part == "findings" and not self._narrative(block, closed))
            ):
                yield from self._block(i, _Context(), sectioned=False)

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
        carried = context
        if context.active and standing:
            item = list(self._item(block, standing, context))
            self.last = item[-1] if item else self.last
            yield from item
            if item and leads:
                return  # the list under an action only says what it is to hold
        else:
            runs = self._run_in(block, standing, context, sectioned)
            if runs is not None:
                actions, standing = runs
                self.last = actions[-1] if actions else self.last
                yield from actions
            for start, end in standing:
                if self._for_all(start, end):
                    continue
                actions, carried = self._sentence(block, start, end, carried, sectioned, self.last)
                if (
                    not actions
                    and self.last is not None
                    and self.last.block is block
                    and self.last.audience == "others"
                ):
                    self._hold(self.last, start, end)
                self.last = actions[-1] if actions else self.last
                yield from actions
        if not leads or not parts:
            return
        lead_start, lead_end = parts[-1]
        if self.text[lead_end - 1] != ":" and not context.active:
            lead_start = block.start  # a list that follows without a colon hangs on the whole paragraph
        handed = self._lead(lead_start, lead_end, context, sectioned)
        own = (
            [a for a in self._item(block, [parts[-1]], context) if a.rule != "action.unclassified"]
            if context.active
            else []
        )
        if (own and own[0].kind != "payment") or (
            own
            and not any("£" in self.text[self.decision.blocks[i].start : self.decision.blocks[i].end] for i in items)
        ):
            yield from own  # the items under an action only say what it is to hold
            return
        if handed.active:
            listed = [action for i in items for action in self._block(i, handed, sectioned)]
            self._agree_on_audience(listed, handed)
            yield from listed
        elif not context.active:
            for i in items:
                yield from self._block(i, replace(context, active=False), sectioned)

    def _agree_on_audience(self, listed: list[Action], context: _Context) -> None:
        """In a list of improvements an item that names nobody is one too, whatever its verb."""
        others = sum(a.audience == "others" for a in listed)
        personal = sum(a.audience == "person" and (a.named or a.kind in ("payment", "apology")) for a in listed)
        if not others or personal:
            return
        for action in listed:
            if action.audience == "person":
                doc = language.read(self.text[action.start : action.end], "actions")
                kind, _, rule = _classify(doc, 0, len(doc), True)
                action.audience = "others"
                action.kind = kind if rule and kind in _FOR_OTHERS_KINDS else "other_service_improvement"
                action.rule = rule or action.rule

    def _lead(self, start: int, end: int, context: _Context, sectioned: bool) -> _Context:
        """What a lead-in hands down: is it a lead-in to actions at all, and if so on which terms."""
        doc = language.read(self.text[start:end], "actions")
        promises = _spans(doc, "promise")
        due = [d for d in deadlines.find(self.text, start, end) if d.value]
        barred = any(s for s in _spans(doc, "no_action"))
        active = context.active or (bool(promises) and not (barred and not promises)) or (sectioned and bool(due))
        if not sectioned and not context.active:
            active = any(
                language.pattern_of(s).id in ("promise.agreed", "promise.will", "promise.recommend") for s in promises
            ) or (self.settled and _done_list(doc))
        elif sectioned and not active:
            active = not barred and not doc.text.rstrip().lower().endswith(("points:", "considered:", "says:", "said:"))
        status = self._settle([_status(s) for s in promises], context.status)
        if not promises and not sectioned and active and not context.active:
            status = "already_done"
        named = parties.body_in(self.text, start, end)
        return _Context(
            active=active,
            status=status,
            deadline=due[-1] if due else context.deadline,
            body=named[0] if named else context.body,
            others=context.others
            or (any(language.pattern_of(s)["weight"] for s in _spans(doc, "others")) and not _spans(doc, "person")),
            lead=(start, end),
        )

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
        found = list(self._actions(block, start, end, parts[-1][1], context, start_verb=True))
        for begin, stop in parts[1:]:
            doc = language.read(self.text[begin:stop], "actions")
            if found and _spans(doc, "done") and not any(s.label_ == "none.comment" for s in _spans(doc, "no_action")):
                for action in found:
                    action.status, action.deadline, action.working = "already_done", None, False
                continue
            further = _further(doc)
            if further:
                more = list(
                    self._actions(block, begin, stop, stop, context, start_verb=further == "imperative", doc=doc)
                )
                more = [a for a in more if further == "imperative" or not found or self._adds(a, found, further)]
                found.extend(more)
                if more:
                    continue
            if found:
                self._qualify(found[-1], doc, begin, stop)
        yield from found

    def _adds(self, action: Action, found: list[Action], further: str) -> bool:
        """Is what a later sentence names an action of its own, and not a total or an explanation of the item's?"""
        if action.kind == "payment":
            known = set(_SUM.findall(self.text[found[0].item_start : action.start]))
            return not known & set(_SUM.findall(self.text[action.start : action.end])) and not language.expression(
                "context.total"
            ).search(self.text, action.start, action.end)
        return further == "also" and (action.kind == "apology" or action.audience != found[-1].audience)

    def _qualify(self, action: Action, doc: Doc, begin: int, stop: int) -> None:
        """A later sentence of an item may give its deadline, or say more of what an improvement is to hold."""
        if action.status in ("agreed", "recommended"):
            due = [d for d in deadlines.find(self.text, begin, stop) if d.value]
            if due and (
                due[-1].of_decision
                or (action.deadline is None and regex.search(r"\breport|\bthis\s+should|\bcomplete", doc.text, regex.I))
            ):
                action.deadline, action.working = due[-1].value, due[-1].working
        if (
            action.audience == "others"
            and not _spans(doc, "report_back")
            and not _spans(doc, "no_action")
            and any(_status(s) == "recommended" for s in _spans(doc, "promise"))
        ):
            action.end = stop

    def _for_all(self, start: int, end: int) -> bool:
        """A sentence such as "It will complete these actions within two months" gives the list before it its deadline."""
        due = [d for d in deadlines.find(self.text, start, end) if d.value]
        if not due or not _spans(language.read(self.text[start:end], "actions"), "deadline_for_all"):
            return False
        for action in reversed(self.seen):
            if self.seen and action.lead != self.seen[-1].lead:
                break
            if action.deadline is None and action.status in ("agreed", "recommended"):
                action.deadline, action.working = due[-1].value, due[-1].working
        return bool(self.seen)

    def _hold(self, action: Action, start: int, end: int) -> None:
        """A sentence such as "The review should…" behind an improvement says more of what it is to hold."""
        if regex.match(r"(?:The|This|That|It|They|These)\s+(?:\w+\s+){0,3}should\b", self.text[start:end]):
            doc = language.read(self.text[start:end], "actions")
            self._qualify(action, doc, start, end)
            if not _spans(doc, "no_action") and not _spans(doc, "report_back"):
                action.end = end

    def _sentence(
        self, block: Block, start: int, end: int, context: _Context, sectioned: bool, before: Action | None
    ) -> tuple[list[Action], _Context]:
        """The actions of a sentence that stands by itself: somebody must be put under them in it."""
        doc = language.read(self.text[start:end], "actions")
        promises = [
            s
            for s in _spans(doc, "promise")
            if language.pattern_of(s).id != "promise.lead-in"
            and not (_status(s) == "already_offered" and any(t.lower_ == "had" for t in s))
            and not any(_is(t, "neg") for t in doc[max(0, s.start - 3) : s.end])
        ]
        if not promises:
            return [], context
        if _spans(doc, "report_back") and before is not None and before.audience == "others":
            due = [d for d in deadlines.find(self.text, start, end) if d.value]
            if due and before.deadline is None and before.status in ("agreed", "recommended"):
                before.deadline, before.working = due[-1].value, due[-1].working
            return [], context
        statuses = {_status(s) for s in promises}
        if not sectioned:
            promises = self._outside_sections(block, doc, promises)
            if not promises:
                return [], context
        found = list(self._actions(block, start, end, end, context, start_verb=False, doc=doc, promises=promises))
        if sectioned and not language.expression("context.satisfied").search(self.text, block.start, block.end):
            found = [a for a in found if a.status != "already_offered" or a.kind != "payment"]
        found = [
            a
            for a in found
            if a.rule != "action.unclassified"
            and (a.audience == "person" or a.status != "already_done" or self._relied_on(block))
        ]
        if sectioned and not found:
            context = self._announced(doc, start, end, promises, context)
        return found, context

    def _relied_on(self, block: Block) -> bool:
        """Does the paragraph say that the Ombudsman relies on what was done, and not only report it?"""
        return any(
            _spans(language.read(self.text[a:b], "actions"), "relied")
            for a, b in sentences(self.text, block.start, block.end)
        )

    def _announced(self, doc: Doc, start: int, end: int, promises: list[Span], context: _Context) -> _Context:
        """What a sentence hands to those behind it that says only that something will be done, and by when."""
        due = [d for d in deadlines.find(self.text, start, end) if d.value]
        named = parties.body_in(self.text, start, end)
        if not due:
            return context
        return replace(context, deadline=due[-1], body=named[0] if named else context.body)

    def _run_in(self, block: Block, standing: list[tuple[int, int]], context: _Context, sectioned: bool):
        """(actions, sentences left) of a paragraph whose list runs on behind a colon; null where it has none.

        Items end at semicolons; on mirror pages nothing parts them but the verb that begins the next.
        """
        for n, (start, end) in enumerate(standing):
            colon = self.text.find(": ", start, end)
            if colon < 0:
                continue
            listed = self.text.find(";", colon, block.end) > 0
            if not listed and not _starts_with_action(self.text[colon + 2 : end]):
                continue
            handed = self._lead(start, colon + 1, context, sectioned)
            if not handed.active or (not listed and not (handed.deadline or sectioned or self.settled)):
                continue
            last = self.text.rfind(";", colon, block.end) if listed else colon
            stop = next((b for a, b in standing if b > last + 2), block.end)
            items = self._between_semicolons(colon + 2, stop) if listed else self._between_verbs(colon + 2, stop)
            found: list[Action] = []
            for a, b in items:
                found.extend(self._item(block, list(sentences(self.text, a, b)), handed))
            shared = deadlines.find(self.text, last, stop)
            for due in shared:
                if due.value and language.expression("context.all-by").search(
                    self.text, max(last, due.start - 30), due.start
                ):
                    for action in found:
                        action.deadline, action.working = action.deadline or due.value, due.working
            return found, [s for s in standing[n + 1 :] if s[0] >= stop]
        return None

    def _between_semicolons(self, start: int, end: int) -> list[tuple[int, int]]:
        items = []
        while start < end:
            stop = self.text.find(";", start, end)
            stop = end if stop < 0 else stop + 1
            begin = start + len(
                regex.match(r"\s*(?:and\s+|or\s+)?(?:\(?[a-z0-9]{1,3}\)\s*)?", self.text[start:stop])[0]
            )
            if begin < stop:
                items.append((begin, stop))
            start = stop
        return items

    def _between_verbs(self, start: int, end: int) -> list[tuple[int, int]]:
        doc = language.read(self.text[start:end], "actions")
        form = _form(doc[0])
        starts = [0] + [
            i
            for i in range(2, len(doc) - 1)
            if _is_verb(doc[i])
            and _form(doc[i]) == form
            and doc[i].lower_ not in _AUXILIARIES
            and doc[i - 1].lower_ not in _BETWEEN | _COORDINATORS
            and (
                _is(doc[i + 1], "determiner")
                or doc[i + 1].text == "£"
                or doc[i + 1].is_title
                or doc[i + 1].lower_ in ("in", "to", "that")
            )
        ]
        places = [start + doc[i].idx for i in starts]
        return [(a, _trimmed(self.text, a, b)) for a, b in zip(places, [*places[1:], end], strict=True)]

    def _outside_sections(self, block: Block, doc: Doc, promises: list[Span]) -> list[Span]:
        """The promises that count where no section sets out the remedy: agreements, and what an unmade case was settled with."""
        agreed = [
            s
            for s in promises
            if language.pattern_of(s).id == "promise.agreed"
            or (
                language.pattern_of(s).id == "promise.recommend"
                and regex.search(r"\b(?:I|we)\b[^.]{0,40}\brecommend", doc.text)
            )
        ]
        if agreed or (
            any(_status(s) == "agreed" for s in promises)
            and regex.search(
                r"\bagreed\b|\binvited\b|\basked\b|\bpropos|\bin\s+response\b",
                self.text[block.start : block.end],
                regex.I,
            )
        ):
            return [s for s in promises if _status(s) in ("agreed", "recommended")]
        if self.settled and (self.dated or not language.expression("context.dated").search(doc.text)):
            return [
                s
                for s in promises
                if language.pattern_of(s)["remedial"] and (_status(s) != "already_offered" or "£" in doc.text)
            ]
        return []

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
        promises = promises if promises is not None else [s for s in _spans(doc, "promise") if s.start < 12]
        verb, statuses = _first_verb(doc, promises, start_verb)
        barring = _spans(doc, "no_action")
        if any(_status(p) == "already_done" and p.end > 3 for p in promises) and self._relied_on(block):
            barring = [s for s in barring if s.label_ != "none.comment"]
        if verb is None or any(
            s.start <= verb + 1 and not (s.start < verb and s.end <= verb and start_verb) for s in barring
        ):
            return
        segments = [
            _Part(a, b, *_classify(doc, a, b, context.others))
            for a, b in (_segments(doc, verb) if not context.others else [(0, len(doc))])
        ]
        segments = [p for p in segments if not any(s.start in (p.start, p.start + 1) for s in _spans(doc, "no_action"))]
        if "already_done" in statuses and not start_verb and "£" not in doc.text and not _spans(doc, "person"):
            kind, _, rule = _classify(doc, 0, len(doc), True, anywhere=True)
            audience = "person" if kind == "apology" else "others"
            segments = [_Part(verb, len(doc), kind or "other_service_improvement", audience, rule or "promise.done")]
        if doc[verb].text == "£" or regex.match(
            r"(?:an?|the)\s+(?:further\s+|symbolic\s+)*(?:payment|sum|refund)\b", doc.text, regex.I
        ):
            segments = [_Part(0, len(doc), *_classify(doc, 0, len(doc), context.others))]
        merged = _merge(doc, segments, context.others)
        if start_verb and len(merged) == 1 and merged[0].rule == "action.unclassified" and "£" in doc.text:
            merged[0].kind, merged[0].audience, merged[0].rule = "payment", "person", "action.sum"
        status = self._settle(statuses, context.status)
        due = deadlines.find(self.text, start, end)
        named = parties.body_in(self.text, start, start + doc[verb].idx)
        if (
            not due
            and self.last is not None
            and self.last.deadline
            and language.expression("context.same-time").search(self.text, start, end)
        ):
            context = replace(
                context,
                deadline=Deadline(self.last.deadline, self.last.working, True, start, start, "context.same-time"),
            )
        for part in merged:
            first = start + doc[part.start].idx
            last = start + doc[part.end - 1].idx + len(doc[part.end - 1])
            own = _own_deadline(self.text, due, first, last, start + doc[merged[0].start].idx, part, len(merged))
            deadline = own if own is not None else context.deadline
            kept = status in ("agreed", "recommended") and deadline is not None and deadline.value
            yield Action(
                start=start if len(merged) == 1 else first,
                end=end if len(merged) == 1 else _trimmed(self.text, first, last),
                item_start=start,
                item_end=item_end,
                block=block,
                kind=part.kind,
                audience=part.audience,
                rule=part.rule,
                status=status,
                body=(named[0] if named else None) or context.body,
                deadline=deadline.value if kept else None,
                working=bool(kept and deadline.working),
                named=any(part.start <= s.start < part.end for s in _spans(doc, "person")),
                lead=context.lead,
            )


def _starts_with_action(text: str) -> bool:
    doc = language.read(text[:60], "actions")
    return len(doc) > 1 and _is(doc[0], "action") and _is_verb(doc[0])


def _spans(doc: Doc, says: str) -> list[Span]:
    return [s for s in doc.spans["actions"] if language.pattern_of(s)["says"] == says]


def _status(span: Span) -> str:
    return language.pattern_of(span)["status"]


def _done_list(doc: Doc) -> bool:
    """A lead-in such as "In its reply the Council:" over what it did."""
    return any(_is(t, "body") for t in doc)


@functools.cache
def _noun_verbs() -> frozenset[str]:
    words = language.patterns.settings("actions")["noun_verbs"]
    return frozenset(form for word in words for form in language.patterns.expand(word) if not form.endswith("ing"))


def _is_verb(token: Token) -> bool:
    """Is this word of the action class a verb here? A noun of the same form stands behind a determiner or preposition."""
    if not _is(token, "action"):
        return False
    doc, i = token.doc, token.i
    if token.lower_ == "have":
        following = doc[i + 1] if i + 1 < len(doc) else None
        return (
            following is not None
            and (_is(following, "determiner") or following.lower_ in ("another", "all", "someone"))
            and following.lower_ != "to"
        )
    if token.lower_ == "made" and i + 1 < len(doc) and doc[i + 1].lower_ == "up":
        return False
    previous = doc[i - 1] if i else None
    if previous is not None and (
        (_is(previous, "determiner") and previous.lower_ not in ("it", "how", "them", "him", "her", "that", "this"))
        or previous.lower_
        in (
            "of",
            "for",
            "in",
            "by",
            "on",
            "about",
            "from",
            "our",
            "my",
            "no",
            "with",
            "without",
            "’s",
            "'s",
            "new",
            "at",
            "its",
        )
    ):
        return False
    if token.lower_ in _noun_verbs():
        following = doc[i + 1] if i + 1 < len(doc) else None
        return following is not None and (
            _is(following, "determiner")
            or _is(following, "title")
            or following.text in ("£", "’s")
            or following.lower_
            in (
                "any",
                "all",
                "each",
                "every",
                "both",
                "whether",
                "how",
                "with",
                "to",
                "our",
                "what",
                "why",
                "back",
                "again",
                "other",
                "in",
                "on",
                "for",
                "at",
                ",",
                "similar",
                "cases",
                "into",
                "staff",
                "officers",
                "and",
                "as",
                "further",
                "relevant",
                "clear",
            )
            or following.is_title
            or following.like_num
            or previous is None
        )
    return True


def _first_verb(doc: Doc, promises: list[Span], start_verb: bool) -> tuple[int | None, list[str]]:
    """The token of the first action, and the statuses of the promises that govern it."""
    if start_verb:
        if doc[0].text == "£":
            return 0, []
        for i in range(min(len(doc), 40)):
            token = doc[i]
            leading = [p for p in promises if p.start <= i]
            if (
                _is(token, "action")
                and (i == 0 or _is_verb(token))
                and token.lower_
                not in ("be", "is", "are", "was", "were", "has", "have", "had", "been", "being", "do", "did", "does")
            ):
                later = [p for p in promises if p.start > 0 or p.start < i]
                if (
                    i
                    and later
                    and leading
                    and _trigger(leading[-1]) >= i
                    and _status(leading[-1]) in ("agreed", "recommended")
                ):
                    continue
                return i, [_status(p) for p in leading if p.start <= i]
            if token.lower_ in ("have", "ensure"):
                return i, [_status(p) for p in leading]
        return (0 if len(doc) > 2 else None), [_status(p) for p in promises if p.start == 0]
    best = None
    for promise in sorted(promises, key=lambda p: (p.start, -p.end)):
        trigger = _trigger(promise)
        if _status(promise) in ("already_done", "already_offered"):
            at = promise.end - 1
            candidate = next(
                (
                    i
                    for i in range(promise.start + 1, promise.end)
                    if _is(doc[i], "action") and doc[i].lower_ not in _AUXILIARIES
                ),
                at,
            )
            if doc[at].lower_ in ("already", "also", "now", "suggested", "proposed"):
                candidate = next(
                    (
                        i
                        for i in range(at + 1, len(doc))
                        if _is(doc[i], "action") and _is_verb(doc[i]) and doc[i].lower_ not in _AUXILIARIES
                    ),
                    at,
                )
        else:
            candidate = next(
                (
                    i
                    for i in range(trigger + 1, len(doc))
                    if _is_verb(doc[i]) and (doc[i].lower_ not in _AUXILIARIES or doc[i].lower_ == "have")
                ),
                None,
            )
            if candidate is None:
                # "has agreed to an independent audit": the action is a noun
                candidate = next((s.start for s in _spans(doc, "action") if s.start > trigger), None)
            if candidate is None or any(_is(t, "neg") for t in doc[trigger + 1 : candidate][:2]):
                continue
        if best is None or candidate < best[0] or (candidate == best[0] and _status(promise) == "agreed"):
            best = (candidate, promise)
    if best is None:
        return None, []
    return best[0], [_status(p) for p in promises if p.start <= best[0] and (_trigger(p) < best[0] or p is best[1])]


_FOR_OTHERS_KINDS = frozenset(
    {"procedure_or_policy", "training_or_guidance", "review_of_cases", "monitoring_or_reporting"}
)
_AUXILIARIES = frozenset(["be", "is", "are", "was", "were", "has", "have", "had", "been", "being", "do", "did", "does"])


def _trigger(promise: Span) -> int:
    """The last token of a promise that puts somebody under it."""
    for i in range(promise.end - 1, promise.start - 1, -1):
        if promise.doc[i].lower_ in _TRIGGERS:
            return i
    return promise.end - 1


def _segments(doc: Doc, verb: int) -> list[tuple[int, int]]:
    """The stretches of a sentence that each name an action: from a verb to the coordinated next one."""
    starts = [verb]
    form = _form(doc[verb])
    opened = 0
    for i in range(verb + 1, len(doc)):
        text = doc[i].text
        opened += text in ("(", "“")
        opened -= text in (")", "”")
        if opened > 0 or not _is_verb(doc[i]) or (doc[i].lower_ in _AUXILIARIES and doc[i].lower_ != "have"):
            continue
        if _coordinated(doc, i, starts[-1]) and _form(doc[i]) in (form, "base"):
            starts.append(i)
    return [
        (a, _before(doc, b) if b is not None else len(doc)) for a, b in zip(starts, [*starts[1:], None], strict=True)
    ]


def _form(token: Token) -> str:
    if token.lower_.endswith("ing"):
        return "ing"
    return (
        "base"
        if not token.lower_.endswith(("s", "ed", "d"))
        or token.lower_
        in (
            "address",
            "process",
            "discuss",
            "send",
            "add",
            "amend",
            "need",
            "assess",
            "reassess",
            "remind",
            "refund",
            "record",
            "extend",
            "hold",
            "fund",
            "include",
            "provide",
            "decide",
            "consider",
        )
        else token.lower_[-1]
    )


def _coordinated(doc: Doc, i: int, after: int) -> bool:
    """Does a verb stand behind a coordinator, with nothing but the likes of "also" and "it will" between?"""
    j = i - 1
    while (
        j > after + 1
        and (doc[j].lower_ in _BETWEEN or doc[j].text in ("(", ")") or (len(doc[j]) <= 2 and doc[j - 1].text == "("))
        and doc[j].text not in (";",)
    ):
        if doc[j].lower_ in _COORDINATORS and doc[j - 1].lower_ not in _COORDINATORS:
            break
        j -= 1
    if doc[j].lower_ not in _COORDINATORS or j <= after:
        return False
    between = {doc[k].lower_ for k in range(j + 1, i)}
    return "to" not in between or bool(between & {"agreed"}) or doc[j].lower_ in ("and", ";", ",")


def _before(doc: Doc, start: int) -> int:
    """The end of the action before the one that begins at `start`, without the coordinator."""
    j = start
    while j > 0 and (
        doc[j - 1].lower_ in _BETWEEN
        or doc[j - 1].lower_ in _COORDINATORS
        or doc[j - 1].text in ("(", ")")
        or (len(doc[j - 1]) == 1 and j > 1 and doc[j - 2].text == "(")
    ):
        j -= 1
    return max(j, 1)


def _classify(
    doc: Doc, start: int, end: int, others_hint: bool, anywhere: bool = False
) -> tuple[str | None, str | None, str | None]:
    """What is done from one token to another: (kind, audience, rule), all null where no pattern knows it."""
    spans = [s for s in doc.spans["actions"] if start <= s.start < end]
    says = {s: language.pattern_of(s) for s in spans}
    personal = any(says[s]["says"] == "person" for s in spans)
    others = sum(says[s]["says"] == "others" for s in spans)
    best, choice = None, None
    for span in spans:
        pattern = says[span]
        if pattern["says"] != "action" or span.end > end + 1 or (pattern["at_start"] and span.start != start):
            continue
        weight = pattern["weight"]
        if pattern["for"] == "others":
            weight += 3 * others_hint - (6 if personal else 0)
        elif pattern["kind"] not in ("apology", "payment") or (others_hint and not personal):
            weight -= 4 * others_hint + (4 if others and not personal else 0)
        if pattern["kind"] not in ("payment", "apology"):
            # the object nearest to the verb says what is done
            weight -= (0.8 if pattern["for"] == "others" else 0.3) * max(0, len(span) - 3)
        rank = (0 if anywhere else -min(span.start - start, 12), weight)
        if best is None or rank > best:
            best, choice = rank, pattern
    if choice is None:
        return None, None, None
    if (
        choice["for"] == "others"
        and personal
        and not others
        and not others_hint
        and doc[start].lower_ in ("ensure", "ensures", "make", "makes")
    ):
        return "provide_services", "person", choice.id
    if others_hint and choice["for"] == "person" and not personal:
        return (
            "other_service_improvement" if choice["kind"] == "provide_services" else "procedure_or_policy",
            "others",
            choice.id,
        )
    return choice["kind"], choice["for"], choice.id


def _merge(doc: Doc, parts: list[_Part], others_hint: bool) -> list[_Part]:
    """Parts that are one entry put together: improvements of one sentence, results told, what no pattern knows."""
    told = {s.start for s in _spans(doc, "result")}
    named = [s.start for s in _spans(doc, "person")]
    merged: list[_Part] = []
    if len(parts) > 1 and parts[0].kind is None:
        parts[1].start = parts[0].start  # "work out and pay": the verb that says nothing goes with the next
        parts = parts[1:]
    for part in parts:
        before = merged[-1] if merged else None
        if before is not None and (
            part.kind is None
            or part.audience == before.audience == "others"
            or (before.audience == "others" and not any(part.start <= at < part.end for at in named))
            or (part.kind == "provide_information" and part.start in told and doc[before.end].text != ";")
            or (part.kind == before.kind and part.kind != "payment")
        ):
            before.end = part.end
            continue
        merged.append(part)
    for part in merged:
        if part.kind is None:
            others = others_hint or any(part.start <= s.start < part.end for s in _spans(doc, "others"))
            part.kind, part.audience = (
                ("other_service_improvement", "others") if others else ("other_personal", "person")
            )
            part.rule = "action.unclassified"
    return merged


def _further(doc: Doc) -> str | None:
    """Does a later sentence of an item name an action of its own: as an imperative, or with "also"?"""
    if (
        len(doc) > 2
        and _is(doc[0], "action")
        and doc[0].is_title
        and _is_verb(doc[0])
        and doc[0].lower_ not in _AUXILIARIES
    ):
        return "imperative"
    promises = _spans(doc, "promise")
    if doc[0].lower_ == "if":
        comma = next((t.i for t in doc if t.text == ","), None)
        if comma is not None and comma + 1 < len(doc) and _is_verb(doc[comma + 1]) and _form(doc[comma + 1]) == "base":
            return "imperative"
    if not promises:
        return None
    early = {t.lower_ for t in doc[: promises[0].end + 2]}
    return "also" if "also" in early or "addition" in early else "promise"


def _own_deadline(
    text: str, due: list[Deadline], first: int, last: int, first_verb: int, part: _Part, parts: int
) -> Deadline | None:
    """The deadline that a sentence gives one of its actions; a null-valued one where it runs from another event."""
    before = [d for d in due if d.end <= first_verb + 1 and d.value]
    inside = [d for d in due if first <= d.start < last + 1]
    for d in inside:
        if (
            part.audience == "others"
            and not d.of_decision
            and d.value
            and language.expression("context.nested").search(text, first, d.start)
        ):
            continue
        if d.value or not before:
            return d
    for d in due:
        if (
            d.value
            and d.start >= first
            and language.expression("context.all-by").search(text, max(first, d.start - 30), d.start)
        ):
            return d
    return before[-1] if before else None


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " ,;:":
        end -= 1
    return end
