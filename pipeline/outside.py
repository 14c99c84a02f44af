"""What tells an action where no section sets out the remedy, in the assessment or the final decision."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from pipeline import clauses, language, parties
from pipeline.indirect import DONE_FOR_PERSON
from pipeline.records import Block
from pipeline.remarks import near
from pipeline.standing import Standing
from pipeline.told import Told

# "It should apologise. The Council has agreed to do so."
_ASKED = ("promise.should", "promise.asked", "promise.asked-by-doing", "promise.recommend")
_PUT_RIGHT = ("promise.put-right", "promise.staff-told")
# what a decision may say at its end that a body has done
_DONE = ("context.has-paid-back", "context.has-apologised")


class Outside:
    """Tells which paragraphs, lead-ins and promises of one decision count there.

    `dated`: what was done before counts though its date is told, as nothing else is the remedy.
    """

    def __init__(self, standing: Standing, told: Told):
        self.standing, self.told = standing, told
        self.decision, self.text, self.remarks = standing.decision, standing.text, standing.remarks
        self.dated = False

    def paragraphs(self) -> Iterator[int]:
        """The places among the blocks of the paragraphs that may tell what is agreed."""
        narrative = language.expression("context.heading-narrative").match
        for i, block in enumerate(self.decision.blocks):
            part = self.decision.part_of(block)
            if block.parent is None and (
                part == "final_decision"
                or (
                    part == "findings"
                    and (self.decision.not_investigated or not narrative(self.decision.sections[block.section].heading))
                )
            ):
                yield i

    def leads(self, doc: Doc, promises: list[Span]) -> bool:
        """Is a lead-in outside the sections on the remedy one to actions, and not to a law or to what a body says?"""
        told = {s.label_ for s in promises}
        if told & {"promise.agreed", "promise.recommend"}:
            return True
        if self.standing.decision.by_agreement and told & {"promise.said-would", "promise.agreed-when-asked"}:
            return True  # "We asked what it would do. It said it would:"
        if self.standing.settled or not any(s.label_ == "none.they-say" for s in clauses.spans(doc, "no_action")):
            wills = (doc[s.start : s.end + 1] for s in promises if s.label_ == "promise.will")
            if any(not any(clauses.is_in(t, "neg") for t in words) for words in wills):
                return True
        return self.standing.settled and clauses.done_list(doc) and "promise.should" not in told

    def counting(self, block: Block, start: int, doc: Doc, promises: list[Span]) -> list[Span]:
        """The promises that count where no section sets out the remedy: agreements, and what settled the case."""
        if doc[0].lower_ == "they" and (doc[1].lower_ == "had" or self._of_people(block, start)):
            promises = [s for s in promises if s.start]
        promises = [s for s in promises if s.label_ not in _PUT_RIGHT or self._is_remedy(block, start, doc, s)]
        past = [s for s in promises if _is_past(doc, s)]
        now = language.expression("context.of-now").search
        before = self.decision.part_of(block) == "findings" and not self.standing.by_agreement
        if past and before and not now(self.text, block.start, near(start, block)):
            promises = [s for s in promises if s not in past]
        if self._of_earlier_complaint(block, start) and not any(
            clauses.status_of(s) == "agreed" and not _is_past(doc, s) for s in promises
        ):
            return []  # "In that decision we recommended that it pay her £600"
        goodwill = language.expression("context.goodwill").search
        if self.standing.closed_for_other_reasons and doc[0].lower_ in ("if", "unless"):
            return []  # "If terms cannot be agreed the Council will go to the tribunal"
        if self.standing.closed_for_other_reasons and not (
            self.standing.endorsed(block, start) or goodwill(language.text_of(doc))
        ):
            # what counts all the same is agreed now, and no history
            asked = language.expression("context.after-we-asked").search(self.text, block.start, near(start, block))
            promises = [
                s
                for s in promises
                if s.label_ == "promise.will" or asked is not None or any(t.norm_ == "have" for t in s)
            ]
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
            and (self.remarks.holds("context.agreement", block) or self.standing.endorsed(block, start))
        ):
            return [s for s in promises if clauses.status_of(s) in ("agreed", "recommended")]
        is_to = [
            s
            for s in promises
            if s.label_ == "promise.should"
            and language.expression("context.is-to").match(s.text)
            and not _reported(doc, s)
        ]
        if will := [s for s in promises if s.label_ == "promise.will"] or (self.standing.by_agreement and is_to):
            # one upheld because it was agreed to put things right tells of nothing else that will be done
            upheld = self.standing.decision.by_agreement
            assured = upheld and language.expression("context.assures-us").search(language.text_of(doc)) is not None
            barring = ("none.guidance",) if assured else ("none.they-say", "none.guidance")
            quoted = any(s.label_ in barring for s in clauses.spans(doc, "no_action"))
            if self.told.settling() or (not quoted and (upheld or self._runs_from_decision(start, doc))):
                return will
        if language.expression("context.accepted").search(self.text, start, near(start, block)):
            told = [s for s in promises if s.label_ in _ASKED]
            if told:
                return told
        if self.told.last is not None and self.told.last.status == "agreed":
            ours = doc[0].lower_ in ("i", "we")
            due = [s for s in promises if clauses.status_of(s) == "agreed" or (ours and s.label_ == "promise.asked")]
            if due and any(t.lower_ == "also" for t in doc[:6]):
                return due
            if besides := [s for s in promises if self._done_besides(doc, s)]:
                return besides
            opens = [s for s in due if s.label_ == "promise.will" and s.start < 3]
            if opens and self.told.last_in(block):
                return opens
        if self.standing.decision.by_agreement and (offers := [s for s in promises if _offers_to(doc, s)]):
            return offers
        if not any(language.pattern_of(s)["remedial"] or language.pattern_of(s)["perfect"] for s in promises):
            return []
        if self._of_earlier_complaint(block, start):
            return []
        enough = language.expression("context.asks-no-more").search(self.text, start, near(start, block))
        endorsed, settled = enough is not None or self.standing.endorsed(block, start), self.standing.settled
        if endorsed or (settled and (self.dated or not self._is_history(doc))):
            return [
                s
                for s in promises
                if (language.pattern_of(s)["remedial"] or (endorsed and self._relied_on_here(block, start, s)))
                and (
                    clauses.status_of(s) != "already_offered"
                    or "£" in language.text_of(doc)
                    or "apolog" in doc[s.end : s.end + 6].text
                    or (settled and endorsed and s.end < len(doc) and doc[s.end].lower_ == "to")
                    or (endorsed and _offers_done_for_person(doc, s))
                    or language.pattern_of(s)["if_endorsed"]
                )
            ]
        return []

    def _done_besides(self, doc: Doc, promise: Span) -> bool:
        """Is it "it has also corrected her address", told beside what was agreed to settle the complaint?"""
        perfect = language.pattern_of(promise)["perfect"] and any(t.norm_ == "have" for t in promise)
        also = any(t.lower_ in ("also", "now", "since") for t in doc[promise.start : promise.end])
        opens = promise.start < 3 and not self._is_history(doc)
        return bool(perfect) and also and opens and self.standing.decision.by_agreement

    def _is_remedy(self, block: Block, start: int, doc: Doc, promise: Span) -> bool:
        """Is what a body repaired, withdrew or told its staff of its own told as put right, and not as history or as
        what went wrong?
        """
        said = language.text_of(doc)
        acts = doc[0].lower_ in ("it", "they") or parties.acting_body(said, 0, promise.end_char) is not None
        if not acts or language.expression("context.of-others-or-wrong").search(said):
            return False
        behind = self.text[start + len(said) : near(start + len(said), block)]
        return language.expression("context.was-wrong").match(behind) is None

    def _runs_from_decision(self, start: int, doc: Doc) -> bool:
        """Does a sentence set a time that runs from the decision? Where none says that the matter was settled, from
        this very one, as the letters and policies that it tells of name other decisions.
        """
        if not self.standing.by_agreement:
            conditional = doc[0].lower_ in ("if", "unless", "where")
            ours = language.expression("context.of-our-decision").search(language.text_of(doc)) is not None
            return ours and not conditional
        return any(d.of_decision for d in self.told.times.named(start, start + len(language.text_of(doc))))

    def _of_earlier_complaint(self, block: Block, start: int) -> bool:
        """Is an earlier complaint told of shortly before a sentence in its paragraph?"""
        earlier = language.expression("context.earlier-complaint").search
        begin = max(block.start, start - 2 * language.MAX_SENTENCE)
        return self.remarks.holds("context.earlier-complaint", block) and earlier(self.text, begin, start) is not None

    def _is_history(self, doc: Doc) -> bool:
        """Is what a sentence tells dated, and not what was done when the Ombudsman asked, nor named at the end?"""
        said = language.text_of(doc)
        if not language.expression("context.dated").search(said):
            return False
        if language.expression("context.after-we-asked").search(said) or self.standing.ends_with(
            "context.has-put-right"
        ):
            return False
        return not any(
            any(word in said for word in language.entry(rule)["told_with"]) and self.standing.ends_with(rule)
            for rule in _DONE
        )

    def _of_people(self, block: Block, start: int) -> bool:
        """Is "they" at the start of a sentence people, who were named last before it, and no body?"""
        begin = max(block.start, start - language.MAX_SENTENCE)
        people = [m.end() for m in parties.WHO.finditer(self.text, begin, start) if not m["pronoun"]]
        body = parties.body_in(self.text, begin, start)
        return bool(people) and (body is None or people[-1] > body[1])

    def _relied_on_here(self, block: Block, start: int, promise: Span) -> bool:
        """Is what a body has done told as the remedy, and not to explain why the Ombudsman is satisfied?"""
        return (
            bool(language.pattern_of(promise)["perfect"])
            and any(t.norm_ == "have" for t in promise)
            and not language.expression("context.satisfied").search(self.text, block.start, start)
        )


def _offers_to(doc: Doc, promise: Span) -> bool:
    """Is it "has offered to do" something?"""
    has = promise.label_ == "promise.offered" and any(t.norm_ == "have" for t in promise)
    return has and doc[promise.end : promise.end + 1].text == "to"


def _offers_done_for_person(doc: Doc, promise: Span) -> bool:
    """Is it "has offered her a new appeal": something done for the person, which a noun names?"""
    named = (s for s in clauses.spans(doc, "action") if promise.end - 1 <= s.start <= promise.end)
    return any(language.pattern_of(s)["kind"] in DONE_FOR_PERSON for s in named)


def _reported(doc: Doc, promise: Span) -> bool:
    """Is it what somebody else said or planned: "the tribunal said the Council is to issue the plan"?"""
    return any(t.lower_ in ("said", "says", "that", "ordered") for t in doc[max(0, promise.start - 2) : promise.start])


def _is_past(doc: Doc, promise: Span) -> bool:
    """Is it told as past: "it agreed to", not "it has agreed to"?"""
    before = doc[max(0, promise.start - 3) : promise.end]
    return any(t.lower_ == "agreed" for t in promise) and not any(
        t.norm_ in ("have", "be") or t.lower_ == "now" for t in before
    )
