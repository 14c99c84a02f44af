"""By when actions are due: the times that sentences name, and which of the actions told before they are given to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

import regex
from spacy.tokens import Doc

from pipeline import clauses, deadlines, language, mentions, parties
from pipeline.deadlines import Deadline
from pipeline.mentions import SUM, WAITING, stem, sums_of
from pipeline.records import Action, Block, Decision
from pipeline.structure import sentences

_WORD = re.compile(r"\w+")


def give(due: Deadline, actions: Iterable[Action], *, anew: bool = False) -> None:
    """Gives a deadline to the actions that are due and have none; `anew`: whatever they have."""
    for action in actions:
        if (anew or action.deadline is None) and action.status in ("agreed", "recommended"):
            action.deadline, action.working = due.value, due.working


class Times:
    """The times that a decision's sentences name. `told`: its actions, as far as they have been read."""

    def __init__(self, decision: Decision, told: list[Action]):
        self.text, self.decided, self.told = decision.text, decision.decision_date, told
        self._named: dict[tuple[int, int], list[Deadline]] = {}  # by place

    def named(self, start: int, end: int) -> list[Deadline]:
        """The deadlines that text[start:end] names, without those that run from another event."""
        if (start, end) not in self._named:
            due = deadlines.find(self.text, start, end, self.decided)
            self._named[start, end] = [d for d in due if d.value]
        return self._named[start, end]

    def due(self, doc: Doc, start: int, end: int, last: Action | None) -> list[Deadline]:
        """The deadlines that a sentence names, else that of the action before where it says that it is the same."""
        same = None if (due := self.named(start, end)) else self.same(doc, start, last)
        return [same] if same else due

    def same(self, doc: Doc, start: int, last: Action | None) -> Deadline | None:
        """The deadline given last before, where a sentence says that it is this one's too; null else.

        `last`: the action told last.
        """
        rule = "context.same-time"
        if last is None or not language.expression(rule).search(language.text_of(doc)):
            return None
        timed = next((a for a in (last, *reversed(self.told[-3:])) if a.deadline), None)
        return Deadline(timed.deadline, timed.working, True, start, start, rule) if timed else None

    def of_list(self, item: Block) -> Deadline | None:
        """The deadline of a list where a copy that lost its levels has the sentence that gives it among the items."""
        start, end = next(sentences(self.text, item.start, item.end))
        due = self.of_all(start, end)
        return None if due is None or clauses.starts_with_action(self.text[start:end]) else due

    def given_by_name(self, start: int, end: int, actions: list[Action]) -> bool:
        """Does a sentence only say by when actions told before are due ("The apology and payment should be made within
        a month, and the review completed within three")? Then they have these times.
        """
        due = self.named(start, end) if actions else []
        names = list(language.expression("context.named-before").finditer(self.text, start, end)) if due else []
        conditional = self.text.startswith("If ", start)
        if not names or self._names_new_sum(start, end) or (conditional and "£" in self.text[start:end]):
            return False
        if evidence := language.expression("context.and-evidence").search(self.text, start, end):
            end = evidence.start()  # "send the apology within four weeks and provide us with evidence"
            due, names = [d for d in due if d.end <= end], [name for name in names if name.end() <= end]
        if not due or not names or not self._says_no_more(start, end, names, due):
            return False
        behind = due[0].start < names[0].start()  # "within a month the payment": each time stands before its names
        by_name = {name: self._by_name(name, actions) for name in names if not name["rest"]}
        told = {id(action) for named in by_name.values() for action in named}
        rest = [a for a in actions if id(a) not in told]
        given: list[tuple[Deadline, list[Action]]] = []
        for before, time, after in zip([None, *due], due, [*due[1:], None], strict=False):
            first = time.end if behind else before.end if before else start
            last = (after.start if after else end) if behind else time.start
            here = [name for name in names if first <= name.start() < last]
            given += [(time, by_name[name] if name in by_name else self._by_name(name, rest)) for name in here]
            if not here:
                return False
        if not all(any(named for due, named in given if due is time) for time, _ in given):
            return False
        if any(name["apologise"] and not by_name[name] for name in by_name):
            return False  # "make the payment within a month, and apologise": that is to be done besides
        for time, named in given:
            give(time, named, anew=True)
        return True

    def given_to_all(self, start: int, end: int) -> bool:
        """Does a sentence give the list before it a deadline? Then they have it."""
        due = self.of_all(start, end) if self.told else None
        if due is None or self._names_new_sum(start, end):
            return False
        but = language.expression("context.but-for").search(self.text, start, end)
        if but and (usual := self.named(start, but.start())):
            due = usual[-1]  # "within a month, except that the review should be completed within eight weeks"
        if some := self._of_some(start, end):
            give(due, some)
            return True
        here = [a for a in self.told if a.block.start <= start < a.block.end]  # "it will do this" of its own paragraph
        if language.expression("context.those-above").search(self.text, start, end):
            here = []
        last = self.told[-1]
        if not here and last.lead is None and language.expression("context.all-these").search(self.text, start, end):
            give(due, (a for a in self.told[-WAITING:] if a.block.section == last.block.section))
        else:
            give(due, takewhile(lambda a: a.lead == last.lead, reversed(here or self.told)))
            if here and last.lead is None and language.expression("context.time-of-this").search(self.text, start, end):
                give(due, here[-1:], anew=True)  # "It will also write a procedure. It will do this within two months"
        if but and usual and self.given_by_name(but.end(), end, self.told):
            return True
        doc = language.read(self.text[start:end], "actions")
        told = clauses.spans(doc, "deadline_for_all")[0].end
        agreed = [p for p in clauses.spans(doc, "promise") if clauses.status_of(p) == "agreed"]
        # "complete it by May and will let him know the result" tells no more
        results = [s.start for s in clauses.spans(doc, "result")]
        agreed = [p for p in agreed if not any(p.start < s <= p.end for s in results)]
        further = any(p.start > told for p in agreed) or (
            bool(agreed) and any(a >= told for a, _ in clauses.segments(doc, told - 1)[1:])
        )
        return not further  # "It will do all this, and write to her, within a month" tells an action too

    def of_all(self, start: int, end: int) -> Deadline | None:
        """The deadline that a sentence such as "It will complete these actions within two months" gives a list."""
        due = self.named(start, end)
        if not due or not language.says(self.text[start:end], "actions", "deadline_for_all"):
            return None
        doc = language.read(self.text[start:end], "actions")
        if any(language.pattern_of(p)["verb_last"] for p in clauses.spans(doc, "promise")):
            return None  # "I asked it to go further by training its staff, and it will do this by May"
        told = clauses.spans(doc, "deadline_for_all")[0].start
        if told and doc[told - 1].lower_ in ("this", "these", "all") and doc[told].lower_ in ("should", "will", "must"):
            return due[-1]
        named = (s for s in clauses.spans(doc, "action") if s.end <= told and clauses.is_verb(doc[s.start]))
        return None if next(named, None) else due[-1]  # "repair the roof, this to be completed within a month"

    def _of_some(self, start: int, end: int) -> list[Action]:
        """The actions of the list before that "Actions 1 and 2 should be completed" names; none where it names none."""
        if people := language.expression("context.agreed-for").search(self.text, start, end):
            return mentions.for_people(self.text, people["who"], self.told[-WAITING:])
        found = language.expression("context.some-of-list").search(self.text, start, end)
        if not found:
            return []
        return mentions.in_order(found["order"], self.told[-WAITING:])

    def _names_new_sum(self, start: int, end: int) -> bool:
        """Does a sentence name a sum that was not told before: "The refund of £60 should be made within two weeks"?"""
        if not language.expression("context.own-sum").match(self.text[start:end]):
            return False
        return not set(SUM.findall(self.text[start:end])) <= sums_of(self.text, *self.told[-WAITING:])

    def _by_name(self, name: regex.Match, actions: list[Action]) -> list[Action]:
        """Those of some actions that a match of `context.named-before` names: in its own paragraph, else before it."""
        due = [a for a in actions[-WAITING:] if a.status in ("agreed", "recommended")]
        if name["rest"]:
            named = [a for a in due if a.deadline is None]
        elif name["last"]:
            named = due[-1:]
        elif name["order"]:
            named = mentions.in_order(name["order"], due)
        elif name["others"] or name["person"]:
            named = [a for a in due if a.audience == ("others" if name["others"] else "person")]
        elif noun := name["noun"]:
            stems = [stem(word) for word in (noun, name["of"]) if word]
            named = [a for a in due if all(s in mentions.what(self.text, a) for s in stems)]
            # "It should reach its decision within a month"
            if not named and (kinds := clauses.kinds_by_noun().get(stem(noun))):
                named = [a for a in due if a.kind in kinds][-1:]
        else:
            named = [a for a in due if a.kind == ("payment" if name["payment"] else "apology")]
        return [a for a in named if a.block.start <= name.start() < a.block.end] or named

    def _says_no_more(self, start: int, end: int, names: list[regex.Match], due: list[Deadline]) -> bool:
        """Are there in a sentence, but for names and times, only words that say that something is to be done?"""
        known = [*(m.span() for m in names), *((d.start, d.end) for d in due)]
        known += [m.span() for m in parties.WHO.finditer(self.text, start, end)]
        known += [m.span() for m in language.expression("context.come-to").finditer(self.text, start, end)]
        rest, at = "", start
        for first, last in sorted(known):
            rest, at = rest + self.text[at : max(at, first)] + " ", max(at, last)
        return all(w in clauses.words("only_timed") for w in _WORD.findall((rest + self.text[at:end]).lower()))
