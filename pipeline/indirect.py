"""Actions that are told without a promise and its verb: named by a noun, in the passive, as done already, as a sum
that is right and then paid.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from pipeline import clauses, language, parties, passive
from pipeline.deadlines import Deadline
from pipeline.mentions import SUM, WAITING, own_sums
from pipeline.numbers import pounds
from pipeline.records import Action, Block
from pipeline.remarks import Remarks
from pipeline.standing import Standing
from pipeline.told import Context, Told

DONE_FOR_PERSON = ("provide_services", "records", "reconsideration")
_NEVER = ("none.evidence-to-us", "none.guidance", "none.not-recommended", "none.not-relied-on")


def _kind_named(span: Span) -> str:
    """The kind of what a noun names; a sum that was paid is a payment."""
    return language.pattern_of(span)["kind"] or "payment"


class Indirect:
    """Reads such actions of one decision."""

    def __init__(self, standing: Standing, told: Told):
        self.standing, self.told = standing, told
        self.text = standing.text
        self.remarks: Remarks = standing.remarks
        self._sums: dict[int, Counter[str]] = {}  # by the section's place

    def pays_sum_before(
        self, block: Block, before: tuple[int, int] | None, start: int, end: int, context: Context
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
        if thought and thought[0].startswith("The ") and self.told.last_in(block):
            return None  # "The difference is £882" behind a payment says more of that
        if not thought or (self.told.last and self.told.last.end == stop):
            return None
        several = language.expression("context.both-sums").search(self.text, start, end)
        if self.text.count("£", begin, stop) != 1 and not several:
            return None
        promises = clauses.spans(language.read(self.text[start:end], "actions"), "promise")
        due = self.told.times.named(start, end)
        return self._whole(
            block,
            (begin, stop),
            kind="payment",
            audience="person",
            rule="context.thinks-sum",
            status=self.standing.settle([clauses.status_of(p) for p in promises], context.status),
            body=parties.acting_body(self.text, start, end) or context.body,
            deadline=due[-1] if due else context.deadline,
            warnings=self.standing.doubts(block, "context.thinks-sum", True),
        )

    def undergone(self, block: Block, start: int, end: int, context: Context, sectioned: bool) -> Action | None:
        """The action of a sentence in a section on the remedy that tells in the passive what is to be done, "The oak
        will be cut back", or anywhere what was done and is called suitable: "The register was corrected"; null where
        it is none that the patterns know, or told before.
        """
        text = self.text[start:end]
        told = passive.known(text, context.others) if sectioned and " be " in text else None
        done = None if told or " been " not in text else passive.known_done(text, context.others)
        if done and not self.standing.endorsed(block, start):
            return None
        told = told or done
        if told is None or (told[0] == "payment" and not done) or self.told.knows(told[0], block, text):
            return None
        doc = language.read(text, "actions")
        if (done or told[1] == "person") and not clauses.spans(doc, "person"):
            return None  # what was changed for all is told by `done_in`
        if any(s.label_ in _NEVER or s.start < 2 for s in clauses.spans(doc, "no_action")):
            return None
        times = self.told.times.due(doc, start, end, self.told.last)
        should = language.expression("context.should").search(text) is not None
        return self._whole(
            block,
            (start, end),
            kind=told[0],
            audience=told[1],
            rule=told[2],
            status="already_done"
            if done
            else self.standing.settle(["recommended" if should else "agreed"], context.status),
            body=parties.acting_body(self.text, start, end) or context.body,
            deadline=None if done else times[-1] if times else context.deadline,
            warnings=self.standing.doubts(block, told[2], True),
        )

    def sum_due(self, block: Block, start: int, end: int, context: Context) -> Action | None:
        """The payment of a sentence in a section on the remedy in which no action was read, though it makes a sum due:
        "The Council has now agreed £80", "The first, of £800, is for …"; null where there is none, or the section
        names the sum again.
        """
        sums = SUM.findall(self.text[start:end])
        if not sums:
            return None
        listed = language.expression("context.lists-sums").match(self.text[start:end]) and (
            language.expression("context.several-payments").search(
                self.text, max(block.start, start - language.MAX_SENTENCE), start
            )
        )
        surely = language.expression("context.sum-surely-due").search(self.text, start, end)
        if not listed and not surely:
            due = language.expression("context.sum-due").search(self.text, start, end)
            if not due or language.expression("context.sum-not-due").search(self.text, start, end):
                return None
        told = self._sums_of_section(block.section)
        if any(told[money] > 1 for money in sums) or self.remarks.next_says("context.too-little", end, block):
            return None
        paid = [a for a in self.told.seen[-WAITING:] if a.kind == "payment" and a.block.section == block.section]
        whole = sum(pounds(money) or 0 for money in sums)
        before = [pounds(money) or 0 for a in paid for money in own_sums(self.text, a)]
        here = any(a.block is block for a in paid)
        if not listed and paid and (here or surely or whole in before or sum(before) in {pounds(m) for m in sums}):
            return None  # what they come to, or what one is made up of
        doc = language.read(self.text[start:end], "actions")
        if any(s.label_ in _NEVER for s in clauses.spans(doc, "no_action")):
            return None
        times = self.told.times.due(doc, start, end, self.told.last)
        agreed = language.expression("context.accepted-or-will").search(self.text, start, end)
        return self._whole(
            block,
            (start, end),
            item_end=self.remarks.explained(block, end),
            kind="payment",
            audience="person",
            rule="context.sum-due",
            status=self.standing.settle(["agreed" if agreed else "recommended"], context.status),
            body=parties.acting_body(self.text, start, end) or context.body,
            deadline=times[-1] if times else context.deadline,
            warnings=self.standing.doubts(block, "context.sum-due", True),
        )

    def _sums_of_section(self, at: int) -> Counter[str]:
        """How often a section names each sum; remembered, as each of its sentences may ask."""
        if at not in self._sums:
            section = self.standing.decision.sections[at]
            self._sums[at] = Counter(SUM.findall(self.text[section.start : section.end]))
        return self._sums[at]

    def named(self, block: Block, start: int, end: int, *, paid: bool = False) -> list[Action]:
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
        told = self.told.seen[-WAITING:]
        known = {a.kind for a in told} - {"payment"}
        sums = {s for a in told for s in SUM.findall(self.text[a.start : a.item_end])}
        named: list[Span] = []
        sums_paid = [s for s in clauses.spans(doc, "promise") if paid and s.label_ == "promise.sum-paid"]
        for span in sorted([*clauses.spans(doc, "named"), *sums_paid], key=lambda s: s.start):
            kind, money = _kind_named(span), set(SUM.findall(span.text))
            if kind == "payment" and not money and any(a.kind == kind for a in told):
                continue  # "the refund", told before
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
                body=parties.acting_body(self.text, start, end),
                warnings=self.standing.doubts(block, span.label_, True),
            )
            for span, begin, stop in zip(named, starts, [*starts[1:], end], strict=True)
        ]

    def passive(self, block: Block, start: int, end: int, context: Context) -> Action | None:
        """The action of "staff will be reminded" or "a payment of £200 should be made"; null where there is none."""
        text = self.text[start:end]
        if not language.may_say(text, "actions", "passive"):
            return None
        doc = language.read(text, "actions")
        told = clauses.spans(doc, "passive")
        if not told or any(s.label_ in _NEVER or s.start < 2 for s in clauses.spans(doc, "no_action")):
            return None
        pattern = language.pattern_of(told[0])
        # "staff have been reminded", "staff were trained in May"; "she will have a further £150" is to come
        had = (doc[t.i - 1] for t in told[0] if t.norm_ == "have")
        done = any(t.lower_ != "to" and not clauses.is_in(t, "modal") for t in had) or any(
            t.lower_ in ("was", "were") for t in told[0]
        )
        quantity = doc[max(0, told[0].start - 2) : told[0].start]
        if done and any(t.lower_ in clauses.words("hardly_any") for t in quantity):
            return None  # "few of its staff were trained"
        promises = clauses.spans(doc, "promise")
        first = not any(
            p.end <= told[0].start and doc[p.end - 1].norm_ not in clauses.words("telling") for p in promises
        )
        if pattern["kind"] == "payment" and "so that" in text[: told[0].start_char][-24:]:
            return None  # "so that they will have £750 in any event" only adds up
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
            if not (first or agreed) or clauses.spans(doc, "person") or (done and not self.standing.relied_on(block)):
                return None
        elif done or self.told.knows(pattern["kind"], block, text):
            return None  # "The apology should be made by a director" says more of one
        begin = start if first else start + doc[told[0].start].idx
        due = self.told.times.due(doc, start, end, self.told.last)
        should = any(t.lower_ in ("should", "must") for t in told[0])
        conditional = doc[0].lower_ in clauses.words("conditions")
        behind = next((d for d in due if d.start >= start + doc[told[0].end - 1].idx), due[-1] if due else None)
        told_so = ["recommended" if should else "agreed"]
        status = "already_done" if done else self.standing.settle(told_so, context.status)
        return self._whole(
            block,
            (begin, end),
            item_end=self.remarks.explained(block, end) if pattern["kind"] == "payment" else None,
            kind=pattern["kind"],
            audience=pattern["for"],
            rule=pattern.id,
            status=status,
            body=parties.acting_body(self.text, start, end) or context.body,
            # "When he next renews it he will not be charged": whenever that is
            deadline=None if done else behind or (None if conditional else context.deadline),
            warnings=self.standing.doubts(block, pattern.id, True),
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

    def done_in(self, block: Block, standing: list[tuple[int, int]], told: bool) -> Iterator[Action]:
        """What sentences that tell no action say has been changed already, if the Ombudsman relies on it.

        `told`: they stand behind an action of their paragraph, of which they may say more.
        """
        if told:
            if self.told.last is not None and self.told.last.status == "already_done":
                return
            theirs = (place for place in standing if not self.text.startswith(("I ", "We "), place[0]))
            standing = [place for place in theirs if self.standing.relies(*place)]
        if done := self._told_as_done(block, standing):
            self.told.last = done
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
        last = next((n for n in reversed(range(len(standing))) if self.standing.relies(*standing[n])), -1)
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
                named = audience == "person" and clauses.spans(doc, "person") and kind in DONE_FOR_PERSON
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
                    body=parties.acting_body(self.text, start, end),
                    warnings=self.standing.doubts(block, rule, True),
                )
        return None
