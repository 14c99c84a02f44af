"""The actions told so far, and what sentences behind say of them: by when, that they are done, what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

import regex
from spacy.tokens import Doc

from pipeline import clauses, language
from pipeline.deadlines import Deadline
from pipeline.mentions import SUM, WAITING, stem, sums_of
from pipeline.records import Action, Block
from pipeline.standing import Standing
from pipeline.times import Times, give

_SAME_AS = ("changing_done", "sending_done", "holding_done")  # lists of verbs in which one thing is told as done


@dataclass(frozen=True, slots=True)
class Context:
    """What a lead-in hands down to its items."""

    active: bool = False
    status: str | None = None
    deadline: Deadline | None = None
    body: str | None = None
    others: bool = False
    lead: tuple[int, int] | None = None


class Told:
    """The actions of one decision as far as they have been read."""

    def __init__(self, standing: Standing):
        self.standing = standing
        self.text = standing.text
        self.last: Action | None = None
        self.seen: list[Action] = []
        self.agreed = False  # is one of them?
        self.times = Times(standing.decision, self.seen)

    def last_in(self, block: Block) -> Action | None:
        """The last of them, if it stands in a block; null else."""
        return self.last if self.last is not None and self.last.block is block else None

    def forget(self) -> None:
        """Begins anew: what was read is read in another way."""
        self.seen.clear()
        self.agreed, self.last = False, None

    def noted(self, actions: Iterable[Action]) -> Iterator[Action]:
        """The actions, each `seen` by those that are read behind it."""
        for action in actions:
            self.seen.append(action)
            self.agreed = self.agreed or action.status == "agreed"
            yield action

    def says_of_last(
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
        elif before is not None and self.done_since(start, end):
            for action in self.seen[-WAITING:]:
                if before[0] <= action.start < before[1]:
                    action.was_done()
        elif last.block is block and last.audience == "others":
            self._hold(last, start, end)
        elif last.kind == "payment" and last.status in ("agreed", "recommended", "already_offered"):
            self._pay_it(last, start, end)

    def changed_sum(self, block: Block, start: int, end: int) -> Action | None:
        """The payment before with another sum, where a sentence says that it was changed; null else."""
        found = language.expression("context.changed-sum").search(self.text, start, end)
        if found is None or language.expression("context.says-due").search(self.text, found.end(), end):
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

    def explains(self, block: Block, start: int, end: int) -> bool:
        """Does a sentence only say what the sum of the payment before it is made up of?"""
        last = self.last_in(block)
        if last is None or last.kind != "payment" or end > last.item_end:
            return False
        return language.expression("context.only-explains").search(self.text[start:end]) is not None

    def qualify(self, action: Action, doc: Doc, begin: int, stop: int) -> None:
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

    def says_what_it_holds(self, block: Block, start: int, end: int) -> bool:
        """Does a sentence only say what the document of the improvement before it is to hold? Then that goes on."""
        last = self.last_in(block)
        if last is None or last.audience != "others":
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
            self.qualify(action, doc, start, end)
            if not clauses.spans(doc, "no_action") and not clauses.spans(doc, "report_back"):
                action.end = end

    def done_since(self, start: int, end: int) -> bool:
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

    def did_before(self, start: int, end: int) -> bool:
        """Does a sentence tell what a body did on some day, of which the one before it says nothing?"""
        said = language.expression("context.done-so").match(self.text[start:end])
        return said is not None and "£" not in said.string and not self._was_due(said)

    def knows(self, kind: str, block: Block, text: str) -> bool:
        """Is an action of a kind, with the sums that a sentence names, told earlier in its section?"""
        sums = set(SUM.findall(text))
        before = (a for a in self.seen[-WAITING:] if a.kind == kind and a.block.section == block.section)
        return any(sums <= sums_of(self.text, a) for a in before)

    def settling(self) -> bool:
        """Has a decision that closes with a settlement come to what was agreed?"""
        return self.standing.by_agreement and self.agreed

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
            action.status = self.standing.settle(statuses, self.standing.status_of_section(action.block))
        if due := self.times.due(language.read(self.text[start:end], "actions"), start, end, self.last):
            time = next((d for d in due if d.start >= said.end()), due[-1])
            if not self.text.startswith((" to ", " for ", " of "), said.end()):  # all of its list, and not one of them
                paid = takewhile(lambda a: a.lead and a.lead == action.lead, reversed(self.seen[-WAITING:]))
                give(time, [a for a in paid if a.kind == "payment"])
            action.deadline, action.working = time.value, time.working

    def same_debt(self, action: Action) -> bool:
        """Is an action "remove the debt from her account" or "pay her within a week", of what the one before gives?"""
        if action.rule != "action.payment-without-figure":
            return False
        again = language.expression("context.same-debt").search(self.text, action.start, action.end)
        return again is not None or self.makes_payment(action)

    def makes_payment(self, action: Action) -> bool:
        """Is an action but "make the payment" that was told before?"""
        alone = language.expression("context.makes-payment").match(self.text, action.start, action.end)
        return action.rule == "action.payment-without-figure" and alone is not None

    def only_tells(self, block: Block, doc: Doc, segments: list[clauses.Part]) -> bool:
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
