"""What a decision's text as a whole says of its actions: were they agreed, does the Ombudsman rely on them?"""

from __future__ import annotations

import functools
from bisect import bisect_left

from pipeline import clauses, language
from pipeline.records import Block, Decision
from pipeline.remarks import Remarks, near
from pipeline.structure import sentences

OUTSIDE = ("findings", "final_decision", "summary")  # where actions are told in a decision without a section on them


class Standing:
    """How the actions of one decision stand: agreed or recommended, relied on or only reported."""

    def __init__(self, decision: Decision):
        self.decision = decision
        self.text = decision.text
        self.remarks = Remarks(decision.text)
        self.settled = self._settled()
        self.by_agreement = self.settled or decision.by_agreement
        self._relied: dict[int, bool] = {}  # by a block's start: is what it tells as done relied on?

    @functools.cached_property
    def accepted(self) -> bool:
        """Does the decision say, where it comes to its end, that the body has agreed to what was recommended?"""
        parts = {self.decision.part_of(b) for b in self.decision.blocks}
        closes = ("action", "final_decision", "summary") if "action" in parts else OUTSIDE
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
        if self.closed_for_other_reasons:
            return False
        if decision.not_investigated or decision.discontinued:
            told = frozenset({"summary", "findings", "final_decision"})
            parts = (b for b in decision.blocks if decision.part_of(b) in told)
            if any(self.remarks.holds("context.settled", b) for b in parts):
                return True
        elif not (decision.by_agreement or any(f.fault for f in decision.fault_findings)) or any(
            decision.part_of(b) == "action" for b in decision.blocks
        ):
            return False
        return self.ends_with("context.has-put-right")

    def ends_with(self, rule: str) -> bool:
        """Does the final decision say what an entry of `context` stands for?"""
        blocks = self.decision.blocks
        return any(self.decision.part_of(b) == "final_decision" and self.remarks.holds(rule, b) for b in blocks)

    @functools.cached_property
    def closed_for_other_reasons(self) -> bool:
        """Does the end give a reason not to investigate, and none that has to do with a remedy?"""
        if not self.decision.not_investigated:
            return False
        blocks = self.decision.blocks
        ending = [b for b in blocks if self.decision.part_of(b) == "final_decision" and b.depth == 0]
        reasons = any(self.remarks.holds("context.reason-to-close", b) for b in ending)
        remedial = ("context.ends-with-remedy", "context.settled", "context.tells-a-remedy")
        if not reasons or any(self.remarks.holds(rule, b) for b in ending for rule in remedial):
            return False
        return not any(
            self.remarks.holds("context.endorsed", b) and self.remarks.holds("context.ends-with-remedy", b)
            for b in blocks
            if self.decision.part_of(b) == "findings"
        )

    def status_of_section(self, block: Block) -> str | None:
        heading = self.decision.sections[block.section].heading
        if language.expression("context.heading-agreed").search(heading):
            return "agreed"
        if self.accepted:
            return "agreed"
        return "recommended" if language.expression("context.heading-recommended").search(heading) else None

    def doubts(self, block: Block, rule: str, told: bool) -> list[str]:
        """What a reader should check about an action: what no words of the text settled."""
        doubts = {
            "kind_not_known": rule == "action.unclassified",
            "status_not_said": not told and not self.accepted,
            "outside_action_section": self.decision.part_of(block) != "action",
        }
        return [doubt for doubt, is_so in doubts.items() if is_so]

    def settle(self, statuses: list[str], inherited: str | None) -> str:
        """One status of several: an agreement in the sentence or the section outweighs "should" and "recommend"."""
        if "agreed" in statuses or (inherited == "agreed" and "recommended" in statuses):
            return "agreed"
        for status in ("already_done", "already_offered", "recommended"):
            if status in statuses:
                return "agreed" if status == "recommended" and self.accepted else status
        return inherited or ("agreed" if self.accepted else "recommended")

    def relied_on(self, block: Block) -> bool:
        """Does the paragraph say that the Ombudsman relies on what was done, and not only report it?"""
        if block.start not in self._relied:
            self._relied[block.start] = any(self.relies(*s) for s in sentences(self.text, block.start, block.end))
        return self._relied[block.start]

    def relies(self, start: int, end: int) -> bool:
        if not language.says(self.text[start:end], "actions", "relied"):
            return False
        doc = language.read(self.text[start:end], "actions")
        if all(
            any(clauses.is_in(t, "neg") for t in doc[max(0, s.start - 2) : s.start])
            for s in clauses.spans(doc, "relied")
        ):
            return False  # "we do not think that is adequate"
        return not any(s.label_ == "none.not-relied-on" for s in clauses.spans(doc, "no_action"))

    def endorsed(self, block: Block, start: int, *, others: bool = False) -> bool:
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
        if opening is None:
            return False
        person, too = (language.expression(f"context.{name}").search for name in ("for-person", "for-others-too"))
        if others and person(self.text, *opening) and not too(self.text, *opening):
            return False
        return accepts(self.text, *opening) is not None

    def draft_stands(self, block: Block, end: int) -> bool:
        """Was what a sentence of a paragraph tells of the draft decision agreed to, wholly or but for a part, in what
        follows there or in the next paragraph, and nothing else recommended?
        """
        following = self._after(block)
        behind = [(end, near(end, block)), *([(following.start, following.end)] if following is not None else [])]
        anew = (language.expression(f"context.{name}").search for name in ("recommends-now", "pay-it"))
        if any(found(self.text, *place) for found in anew for place in behind):
            return False  # what is told there is what is due
        agrees = (language.expression(f"context.{name}").search for name in ("accepted", "agreed-except"))
        return any(agreed(self.text, *place) for agreed in agrees for place in behind)

    def goes_ahead(self, block: Block) -> bool:
        """Does a paragraph, or the one behind it and its items, say that a body will do what it offered?"""
        following = self._after(block)
        said = (b for b in (block, following) if b is not None)
        return any(self.remarks.holds("context.goes-ahead", b) for b in said)

    def goes_ahead_next(self, block: Block, end: int) -> bool:
        """Does the sentence behind one with an offer say that the body will do that, and nothing of more?"""
        return (
            self.remarks.holds("context.goes-ahead", block)
            and self.remarks.next_says("context.goes-ahead", end, block)
            and not self.remarks.next_says("context.asks-more", end, block)
        )

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
