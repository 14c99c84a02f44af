"""One sentence cut into the actions it names, and what each of them is.

A sentence may name several actions ("apologise, pay Mr X £100 and review its policy"): each begins with its verb.
What is done, and whether it is for the person or for others, is decided by the patterns of `actions`: the object
nearest to the verb, the people named, the words for staff, cases and procedures.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from pipeline import language, parties, patterns
from pipeline.deadlines import Deadline
from pipeline.patterns import Pattern

is_in = language.is_in

_ASIDE = 14  # tokens between a modal and the verb behind what is said in between
_AGREES = frozenset({"agree", "undertake", "undertaken", "commit", "committed", "promise"})
_TELLING = frozenset({"provide_information", "provide_services"})  # "show her how it has done so" may be either
_OFFERED_TO_OTHERS = frozenset({"reconsideration", "provide_services", "payment"})
_DUE_BY = {"will": "agreed", "shall": "agreed", "should": "recommended", "must": "recommended"}
_TO_COME = _DUE_BY | {"’ll": "agreed", "'ll": "agreed"}
OF_DEBTS = ("action.call-off", "action.held-off")  # whoever collects the person's debt is told to stop
FOR_OTHERS = frozenset({"procedure_or_policy", "training_or_guidance", "review_of_cases", "monitoring_or_reporting"})


@functools.cache
def words(name: str) -> frozenset[str]:
    """A word list of `patterns/actions.toml` with the inflections of its words."""
    listed = patterns.settings("actions")[name]
    if name != "noun_verbs":
        return frozenset(listed)
    return frozenset(form for word in listed for form in patterns.expand(word) if not form.endswith("ing"))


def kinds_by_noun() -> dict[str, list[str]]:
    """The kinds of action that a noun names, by its stem: `kinds_by_noun` of `patterns/actions.toml`."""
    return patterns.settings("actions")["kinds_by_noun"]


@dataclass(slots=True)
class Part:
    """One action in a sentence: its tokens, and what it is."""

    start: int
    end: int
    kind: str  # with the next two "" where no pattern knows the action
    audience: str
    rule: str


def starts_with_action(text: str) -> bool:
    doc = language.read(text[:60], "actions")
    at = 1 if len(doc) > 2 and doc[0].lower_.endswith("ly") and doc[0].lower_ in words("joining_adverbs") else 0
    return len(doc) > at + 1 and is_in(doc[at], "action") and is_verb(doc[at])


def spans(doc: Doc, says: str) -> list[Span]:
    found = language.spans(doc, "actions", says)
    return [s for s in found if not _names_place(doc, s.start)] if found and says == "person" else found


def _names_place(doc: Doc, at: int) -> bool:
    """Is a letter the name of a place or a body, and of nobody: "School Q"?"""
    return at > 0 and len(doc[at]) == 1 and doc[at - 1].lower_ in words("places")


def status_of(span: Span) -> str:
    return language.pattern_of(span)["status"]


def of_somebody_else(doc: Doc, promise: Span) -> bool:
    """Is it what somebody else agreed to ("the neighbour agreed to"), or said of something ("the points they made")?"""
    if _agrees_that_person_will(doc, promise):
        return True
    before = doc[promise.start - 1] if promise.start else None
    if before is None or not before.is_alpha or is_in(before, "body"):
        return False
    subject = _subject(doc, promise.start)
    if doc[promise.start].lower_.startswith("recommend"):
        return doc[subject].lower_ in words("advisers")
    if doc[promise.start].lower_ == "agreed":
        if _is_person(doc, subject):
            return True
        adverb = is_in(before, "adverb") or before.lower_.endswith("ly")
        return before.is_lower and not adverb and not is_in(before, "aux") and before.lower_ not in words("between")
    told = status_of(promise) == "already_done" and before.lower_ in words("told_of")
    return told and doc[promise.start].lower_ in ("it", "they")


def _agrees_that_person_will(doc: Doc, promise: Span) -> bool:
    """Is it a person who is to act by what was agreed: "agreed that she would pay it off at £40 a month"?"""
    at = next((t.i for t in doc[promise.start : promise.end + 1] if t.lower_ == "agreed"), promise.start) + 1
    at += doc[at : at + 1].text == "that"
    who = doc[at : at + 2]
    if not len(who) or not (who[0].lower_ in ("he", "she") or is_in(who[0], "honorific")):
        return False
    modal = next((t.i for t in doc[at + 1 : at + 4] if t.lower_ in ("would", "will", "should")), None)
    if modal is None:
        return False
    verb = modal + 1
    while verb < len(doc) - 1 and is_in(doc[verb], "adverb") and not is_in(doc[verb], "neg"):
        verb += 1
    # "agreed that she would receive £300", or "will not have to pay", is the body's
    if verb < len(doc) - 2 and doc[verb].lower_ in words("begins_to") and doc[verb + 1].lower_ == "to":
        verb += 2
    return verb < len(doc) and doc[verb].lower_ in words("person_pays")


def _subject(doc: Doc, verb: int) -> int:
    """The last word before a verb, its auxiliaries and adverbs; the first of the sentence where there are only such."""
    at = verb - 1
    while at > 0 and (is_in(doc[at], "aux") or is_in(doc[at], "adverb")):
        at -= 1
    return at


def _is_person(doc: Doc, at: int) -> bool:
    """Does a word end the name of a person ("Ms B has agreed to"), with no body named before?"""
    named = at > 0 and doc[at].is_title and is_in(doc[at - 1], "honorific")
    return named and not any(is_in(t, "body") for t in doc[max(0, at - 6) : at])


def done_list(doc: Doc) -> bool:
    """A lead-in such as "In its reply the Council:" over what it did."""
    return any(is_in(t, "body") for t in doc)


def is_verb(token: Token) -> bool:
    """Is this word a verb here? A noun of the same form stands behind a determiner or preposition."""
    if not is_in(token, "action"):
        return False
    doc, i = token.doc, token.i
    if token.norm_ == "say":
        return doc[i : i + 2].text.lower().endswith(" sorry")  # what else is said is no action
    if token.lower_ == "have":
        following = doc[i + 1] if i + 1 < len(doc) else None
        if following is None or following.lower_ == "to":
            return False
        had_done = following.lower_ in words("objects") and i + 2 < len(doc) and is_in(doc[i + 2], "works-done")
        named = is_in(following, "determiner") or following.lower_ in ("another", "all", "someone", "£")
        return named or had_done  # "have it mended"
    if " ".join(t.lower_ for t in doc[i : i + 2]) in ("made up", "working days", "working day"):
        return False
    previous = doc[i - 1] if i else None
    named = previous is not None and previous.is_upper and i > 1 and is_in(doc[i - 2], "honorific")  # "Miss A paid"
    if previous is not None and (
        (is_in(previous, "determiner") and previous.lower_ not in words("objects") and not named)
        or previous.lower_ in words("before_nouns")
    ):
        return False
    adjective = i > 1 and doc[i - 1].text == "," and doc[i - 2].lower_ in words("adjectives")
    if adjective and token.lower_ in words("adjective_verbs"):
        return False  # "a single, correct statement"
    at = i - 1
    if previous is not None and previous.text == ",":  # "will also, within three months, draft"
        at = next((j - 1 for j in range(i - 2, max(0, i - _ASIDE), -1) if doc[j].text == ","), at)
    floor = max(0, at - 2)
    while at > floor and doc[at].lower_ in words("joining_adverbs"):
        at -= 1
    if at >= 0 and doc[at].lower_ in ("will", "should", "must", "shall"):
        return True
    agreed = i > 1 and previous is not None and previous.lower_ == "to" and doc[i - 2].norm_ in _AGREES
    object_follows = i + 1 < len(doc) and doc[i + 1].is_alpha and doc[i + 1].lower_ not in ("but", "and", "or")
    if agreed and object_follows and not token.lower_.endswith("s"):
        return True  # "has agreed to train health staff"
    if token.lower_ in words("noun_verbs"):
        following = doc[i + 1] if i + 1 < len(doc) else None
        if previous is not None and previous.lower_ == "this" and following is not None and following.text == ",":
            return False  # "within a month of this report, pay"
        either = following is not None and following.lower_ == "or" and i + 2 < len(doc) and is_in(doc[i + 2], "action")
        return following is not None and (
            previous is None
            or either
            or is_in(following, "determiner")
            or is_in(following, "title")
            or following.lower_ in words("behind_verbs")
            or following.is_title
            or following.like_num
        )
    return True


def first_verb(doc: Doc, promises: list[Span], start_verb: bool) -> tuple[int | None, list[str]]:
    """The token of the first action, and the statuses of the promises that govern it.

    A list item (`start_verb`) begins with its verb, or with its sum; in a sentence the verb follows a promise.
    """
    if start_verb:
        return _opening_verb(doc, promises)
    best: tuple[int, Span] | None = None
    told = [p.start for p in promises if doc[p.start].lower_ in ("it", "they")]
    agreed = [p for p in promises if p.label_ == "promise.agreed"]
    only_tell = [p for p in promises if doc[p.end - 1].norm_ in words("telling") and any(at >= p.end for at in told)]
    promises = [p for p in promises if p not in only_tell]  # "has told her that it had cancelled the fine"
    for promise in sorted(promises, key=lambda p: (p.start, -p.end)):
        if promise.label_ == "promise.asked" and any(
            p.start >= promise.end and not _agrees_to_it(doc, p) for p in agreed
        ):
            continue  # "I asked it to pay the fees back, and it has agreed to refund £90"
        at = (
            _done_verb(doc, promise)
            if status_of(promise) in ("already_done", "already_offered")
            else _due_verb(doc, promise)
        )
        if at is not None and (best is None or at < best[0] or (at == best[0] and status_of(promise) == "agreed")):
            best = (at, promise)
    if best is None:
        return None, []
    at, governing = best
    return at, [status_of(p) for p in promises if p.start <= at and (trigger_of(p) < at or p is governing)]


def _agrees_to_it(doc: Doc, promise: Span) -> bool:
    """Is what is agreed only "this" or "it", told before?"""
    verb = _due_verb(doc, promise)
    return verb is None or (
        verb + 1 < len(doc) and doc[verb + 1].lower_ in ("this", "it", "so", "these", "both", "that")
    )


def _opening_verb(doc: Doc, promises: list[Span]) -> tuple[int | None, list[str]]:
    if doc[0].text == "£":
        return 0, []
    if is_in(doc[0], "honorific") and (at := next((t.i for t in doc[1:6] if t.text == "£"), None)):
        return at, []  # "Ms L £500, for having to provide more care"
    condition = doc[0].lower_ in words("conditions") or (doc[0].lower_ == "as" and doc[1:2].text in words("told_above"))
    begin = next((t.i + 1 for t in doc[: min(40, len(doc) - 1)] if t.text == ","), 0) if condition else 0
    named = doc[begin].norm_ in words("opening_verbs") and any(s.start == begin for s in spans(doc, "action"))
    if named or begin in nouns(doc):
        return begin, [status_of(p) for p in promises if p.start <= begin]
    for token in doc[begin : begin + 40]:
        leading = [p for p in promises if p.start <= token.i]
        if is_in(token, "action") and (token.i == begin or is_verb(token)) and token.lower_ not in words("auxiliaries"):
            last = leading[-1] if leading else None
            if token.i and last and trigger_of(last) >= token.i and status_of(last) in ("agreed", "recommended"):
                continue  # "it will agree to": the action comes behind the promise
            barred = token.i == begin + 1 and doc[begin].lower_ == "not"
            return begin if barred else token.i, [status_of(p) for p in leading]
        if token.lower_ in ("have", "ensure"):
            return token.i, [status_of(p) for p in leading]
    return (0 if len(doc) > 2 else None), [status_of(p) for p in promises if p.start == 0]


def _done_verb(doc: Doc, promise: Span) -> int:
    """The verb of what has been done or offered: in the promise itself, or behind "is already"."""
    if doc[promise.start].text == "£":
        return promise.start  # "the £200 it has offered"
    at = promise.end - 1
    if doc[at].lower_ == "offered" and at + 2 < len(doc) and doc[at + 1].lower_ == "to" and is_verb(doc[at + 2]):
        return at + 2  # "has offered to buy": the action is what it offered to do
    if doc[at].lower_ in ("already", "also", "now", "suggested", "proposed", "would"):
        return next((t.i for t in doc[at + 1 :] if is_verb(t) and t.lower_ not in words("auxiliaries")), at)
    # "has shown us that it has paid": what it shows it did
    told = next((t.i for t in reversed(promise) if t.lower_ in ("it", "they")), promise.start)
    within = (t.i for t in doc[told + 1 : promise.end] if is_in(t, "action") or doc[t.i : t.i + 2].text == "said sorry")
    return next((i for i in within if doc[i].lower_ not in words("auxiliaries")), at)


def waivers(doc: Doc) -> list[Span]:
    """The words by which money that is owed is not asked for any more."""
    return [span for span in spans(doc, "action") if span.label_ in ("action.waiver", "action.held-off")]


def waived(doc: Doc, promise: Span) -> int | None:
    """Where a promise not to ask for money says so ("has agreed not to recover the £300"); null where it is none."""
    starts = (span.start for span in waivers(doc) if is_in(doc[span.start], "neg"))
    return next((at for at in starts if promise.start <= at <= promise.end + 2), None)


def denied_behind(doc: Doc, promise: Span) -> bool:
    """Does a negative stand directly behind a promise: "will not accept"?"""
    behind = doc[promise.end : promise.end + 2]
    return len(behind) > 1 and behind[0].lower_ in ("not", "n't", "n’t") and behind[1].lower_ not in ("only", "later")


def denied(doc: Doc, promise: Span) -> bool:
    """Does a negative stand in a promise, or before it in its clause?"""
    start = max(0, promise.start - 3)
    # "If she does not, the Council will pay her" denies nothing
    joints = ["and", "but", ";", "."]
    # nor does "To acknowledge the help that was not given, it will pay her"
    if doc[0].lower_ in words("conditions") or is_in(promise[0], "body"):
        joints.append(",")
    joint = max((t.i + 1 for t in doc[start : promise.start] if t.lower_ in joints), default=start)
    closed = promise.start if promise[0].text == "," else promise.start - 1
    if closed > 2 and doc[closed].text == ",":  # "has not, so far, agreed to pay"
        opened = next((t.i for t in reversed(doc[max(0, closed - 9) : closed]) if t.text == ","), 0)
        if any(is_in(t, "neg") for t in doc[max(0, opened - 2) : opened]):
            return True
    # "for four months without school it will pay" denies nothing, nor does "a worker who has not met her will"
    if any(t.lower_ in ("neither", "nobody") for t in doc[max(0, promise.start - 6) : promise.start]):
        return True  # "neither has said that it will pay"
    told = doc[joint : promise.end]
    of_somebody = promise.label_ in ("promise.will", "promise.should")
    negatives = (t for t in told if is_in(t, "neg") and t.lower_ != "without" and not _of_limit(t))
    return any(not (of_somebody and _of_who(t)) for t in negatives)


def of_what(promise: Span) -> bool:
    """Is it "what they paid a carer", which is given back, and nothing that a body has done?"""
    return promise.start > 0 and promise.doc[promise.start - 1].lower_ in words("what")


def is_to_agree(promise: Span) -> bool:
    """Is it "are to agree a procedure": to agree is the action, and nothing has been agreed?"""
    doc = promise.doc
    agree = next((t.i for t in promise if t.lower_ == "agree"), 0)
    return agree > 1 and doc[agree - 1].lower_ == "to" and doc[agree - 2].lower_ in ("is", "are")


def past_duty(promise: Span) -> bool:
    """Is it "should have told her", what was not done, and no "should have a policy"?"""
    if promise.label_ != "promise.should":
        return False
    doc, trigger = promise.doc, trigger_of(promise)
    if doc[trigger].lower_ not in ("should", "must"):
        return False
    rest = (t for t in doc[trigger + 1 :] if not is_in(t, "adverb") and not is_in(t, "neg"))
    have, done = next(rest, None), next(rest, None)
    return have is not None and have.lower_ == "have" and done is not None and form_of(done) == "past"


def _of_limit(token: Token) -> bool:
    """Is it "not later than", "no more than"?"""
    following = token.doc[token.i + 1 : token.i + 2].text.lower()
    return token.lower_ in ("not", "no") and following in words("limits")


def _of_who(token: Token) -> bool:
    """Does a negative stand in "who has not …", which says who somebody is?"""
    before = token.doc[max(0, token.i - 3) : token.i]
    return any(t.lower_ in ("who", "whom") for t in before)


def _only_undergone(doc: Doc, trigger: int, verb: int) -> bool:
    """Is it what something is not to undergo, told further on: "with a note that it must not be removed"?"""
    return verb > trigger + 3 and is_in(doc[verb - 1], "be") and is_in(doc[verb - 2], "neg")


def _due_verb(doc: Doc, promise: Span) -> int | None:
    """The verb of what will or should be done, behind the word that promises it; null where that is denied."""
    if (waiver := waived(doc, promise)) is not None:
        return waiver
    if language.pattern_of(promise)["verb_last"]:
        return promise.end - 1  # "agreed to put this right by paying"
    last = [p for p in spans(doc, "promise") if language.pattern_of(p)["verb_last"]]
    if any(p.start < promise.end and promise.start < p.end for p in last):
        return None  # the verb of that is "put"
    trigger = trigger_of(promise)
    agreed = {trigger_of(p) for p in spans(doc, "promise")}  # "I recommended, and it agreed, that it should"
    # "will agree a protocol" is an action
    agreed -= {s.start for s in spans(doc, "action") if doc[s.start].lower_ == "agree"}
    verbs = (
        t.i
        for t in doc[trigger + 1 :]
        if is_verb(t) and not (t.i in agreed and t.norm_ == "agree") and not _only_undergone(doc, trigger, t.i)
    )
    at = next((i for i in verbs if doc[i].lower_ not in words("auxiliaries") or doc[i].lower_ == "have"), None)
    if at is None:
        # "has agreed to an independent audit": the action is a noun
        at = next((s.start for s in spans(doc, "action") if s.start > trigger), None)
    named = next((s.start for s in spans(doc, "action") if trigger < s.start <= trigger + 1), None)
    if named is not None and (at is None or named < at) and doc[named].norm_ in words("opening_verbs"):
        return named  # "will cut the hedge and apologise"
    usual = is_in(doc[trigger - 1], "modal") or is_in(doc[trigger - 1], "usual")
    noun = named is not None and (is_in(doc[named], "determiner") or doc[named].text == "£")
    if named is not None and noun and not usual and (at is None or named < at):
        return named  # "recommended a payment of £300, and it has agreed to pay this"
    if at is None:
        return None
    denied = (t.i for t in doc[trigger + 1 : at][:2] if is_in(t, "neg"))
    # but not "will, not later than 4 May, introduce"
    return None if any(doc[i + 1 : i + 3].text.lower() != "later than" for i in denied) else at


def plainly_agreed(doc: Doc, promises: list[Span]) -> bool:
    """Does a body agree "to renew her permit": to a verb that says something, directly behind?

    Then it is an action whatever the verb.
    """
    for promise in promises:
        if language.pattern_of(promise).id != "promise.agreed":
            continue
        at = promise.end
        if doc[at - 1].lower_ == "that":
            at = next((t.i + 1 for t in doc[at : at + 10] if t.lower_ in ("will", "should")), len(doc))
        elif doc[at - 1].lower_ != "to":
            continue
        verb = doc[at] if at < len(doc) else None
        if verb is not None and is_verb(verb) and verb.norm_ not in words("vague"):
            return True
    return False


def trigger_of(promise: Span) -> int:
    """The last token of a promise that puts somebody under it."""
    for i in range(promise.end - 1, promise.start - 1, -1):
        if promise.doc[i].lower_ in words("triggers"):
            return i
    return promise.end - 1


def segments(doc: Doc, verb: int) -> list[tuple[int, int]]:
    """The stretches of a sentence that each name an action: from a verb to the coordinated next one."""
    starts = [verb]
    sums = {p.start for p in spans(doc, "promise") if doc[p.start].text == "£"}
    form = form_of(doc[verb])
    recommended = any(p.label_ == "promise.recommend" for p in spans(doc, "promise"))
    given = nouns(doc)
    gives = doc[verb].norm_ in words("giving") or verb in given
    anew = _promised_anew(doc, verb)
    opened = 0
    for i in range(verb + 1, len(doc)):
        text = doc[i].text
        if (
            i in sums
            and is_in(doc[i - 1], "determiner")
            and doc[i - 2].lower_ in words("coordinators")
            and not any(t.lower_ in words("taking_off") for t in doc[starts[-1] : i])
        ):
            starts.append(i)  # "has apologised, and the £200 it has offered is enough"
            continue
        if i in given and gives and _is_next_given(doc, i, starts[-1], given):
            starts.append(i)
            continue
        opened += text in ("(", "“")
        opened -= text in (")", "”")
        if opened > 0 or not is_verb(doc[i]) or (doc[i].lower_ in words("auxiliaries") and doc[i].lower_ != "have"):
            continue
        if doc[i - 1].lower_ == "or" and i - 2 == starts[-1]:
            continue  # "visit or telephone Mr X" is one action
        meets = doc[i].lower_ == "meet" and any(is_in(t, "someones") for t in doc[i + 1 : i + 2])
        meets = meets and not any(t.lower_ in words("costs") for t in doc[i + 1 : i + 7])
        if (
            doc[i - 2 : i + 1].text.lower() in _COVERING
            and not meets
            and any(t.text == "£" for t in doc[starts[-1] : i])
        ):
            continue  # "pay her £333, to cover the fees": what it is for
        if _within_relative(doc, starts[-1], i):
            continue  # "hold a meeting, at which it will explain this and answer her questions"
        mixed = recommended and form == "base" and form_of(doc[i]) == "s"  # "that it apologise, pays her £100 and"
        if i in anew or (coordinated(doc, i, starts[-1]) and (mixed or form_of(doc[i]) in (form, "base"))):
            starts.append(i)
            gives = doc[i].norm_ in words("giving")
    ends = [anew[b] if b in anew else before(doc, b) for b in starts[1:]]
    return list(zip(starts, [*ends, len(doc)], strict=True))


_COVERING = frozenset(
    f", to {verb}"
    for verb in ("cover", "meet", "replace", "compensate", "help", "enable", "allow", "reimburse", "refund", "repay")
)


def _within_relative(doc: Doc, start: int, verb: int) -> bool:
    """Does a verb stand in "at which they will …", which says what something is to hold?"""
    opened = any(
        doc[i].lower_ == "which" and doc[i - 1].lower_ in ("at", "during", "in") and is_in(doc[i + 2], "modal")
        for i in range(start + 1, verb - 1)
    )
    return opened and doc[verb - 1].lower_ == "and" and doc[verb - 2].text not in (",", ";")


def _promised_anew(doc: Doc, verb: int) -> dict[int, int]:
    """The verbs that somebody is put under anew behind another verb, each with where the first action ends: "has paid
    her £200, and I recommended it pay a further £300", "will review the plan and has paid her £100"."""
    due = form_of(doc[verb]) == "base"
    offered = doc[verb].lower_ in words("offers")  # "offered £100 at first, but will now pay £300": that came instead
    behind = done_behind(doc) if due else {} if offered else _to_come_behind(doc, verb)
    anew = {at: joint for at, joint in behind.items() if joint > verb}
    for promise in spans(doc, "promise"):
        joint = promise.start - 1
        joined = doc[joint].lower_ == "and" or (not due and not offered and doc[joint].lower_ in words("contrasts"))
        if promise.start > verb + 1 and joined and status_of(promise) == "recommended" and not past_duty(promise):
            at = _due_verb(doc, promise)
            if at is not None:
                anew[at] = joint
    return anew


def done_in_case(doc: Doc, promise: Span) -> bool:
    """Is it done only in some case that the sentence begins with: "If it paid her too little", "Once it has cleared the
    drain", and not "When it paid her"?
    """
    if promise.start > 3 or doc[0].lower_ not in words("conditions") or status_of(promise) != "already_done":
        return False
    return doc[0].lower_ == "if" or any(t.norm_ == "have" for t in promise)


def in_condition(doc: Doc, promise: Span) -> bool:
    """Is it part of the case that a sentence begins with: "If it decides that it should have paid her, it will …"?"""
    if doc[0].lower_ not in ("if", "where", "unless", "should"):
        return False
    comma = next((t.i for t in doc if t.text == ","), 0)
    return trigger_of(promise) < comma and any(trigger_of(p) > comma for p in spans(doc, "promise"))


def to_come(doc: Doc, verb: int) -> str | None:
    """The status of an action that begins with "will" or "should", or has that before its verb ("and will also pay her
    £80", "but must pay her £80"); null for others.
    """
    before = next((t for t in reversed(doc[:verb]) if not is_in(t, "adverb")), None)
    return next((_TO_COME[t.lower_] for t in (doc[verb], before) if t is not None and t.lower_ in _TO_COME), None)


def _to_come_behind(doc: Doc, verb: int) -> dict[int, int]:
    """The verbs of "and will pay her £80", "but it should now pay him", "and says that it will pay", behind what was
    done; with where "and" is.
    """
    anew: dict[int, int] = {}
    for token in doc[verb + 1 : -1]:
        if token.lower_ not in _DUE_BY:
            continue
        joint = token.i - 1
        while joint > verb and (is_in(doc[joint], "adverb") or doc[joint].norm_ in words("said_again")):
            joint -= 1
        acts = next((t for t in doc[token.i + 1 :] if not is_in(t, "adverb")), None)
        if acts is None or acts.lower_ == "have" or not is_in(acts, "action"):
            continue  # "it should have paid more"
        if doc[joint].lower_ in ("and", "but", "so") and doc[joint : joint + 2].text.lower() != "so that":
            anew[acts.i] = joint
    return anew


def done_behind(doc: Doc) -> dict[int, int]:
    """The verbs of "and has apologised to her", "and it has paid her", that are done; with where its "and" stands."""
    done: dict[int, int] = {}
    for token in doc[1:-1]:
        word = token.lower_
        if word != "has" and (word != "have" or doc[token.i - 1].lower_ != "they"):
            continue  # nor "will have put a note on it and have explained this"
        joint = token.i - 1 - (doc[token.i - 1].lower_ in ("it", "they"))
        if (officer := _officer_before(doc, token.i)) is not None:
            joint = officer - 1  # "and the head of service has rung her to say sorry"
        verb = next((t for t in doc[token.i + 1 :] if not is_in(t, "adverb")), token)
        if doc[joint].lower_ == "and" and is_in(verb, "done") and is_in(verb, "action"):
            done[verb.i] = joint
    return done


@functools.cache
def _noun_rules() -> frozenset[str]:
    """The patterns that name what is given without a verb."""
    return frozenset(p.id for p in patterns.load("actions") if p["noun"])


def nouns(doc: Doc) -> set[int]:
    """The tokens at which an action begins with what is given ("a payment of £50"), and not with a verb; with no
    article before it ("Letter of apology") only the first.
    """
    return {
        s.start
        for s in spans(doc, "action")
        if s.label_ in _noun_rules() and (not s.start or doc[s.start].lower_ in words("before_given"))
    }


def names_what_is_given(doc: Doc) -> bool:
    """Does a text begin with what is to be given, and with nobody who does or says something about it?"""
    return any(
        not s.start and s.label_ in _noun_rules() and not any(is_in(t, "body") or is_in(t, "self") for t in s)
        for s in spans(doc, "action")
    )


def _is_next_given(doc: Doc, i: int, last: int, given: set[int]) -> bool:
    """Is a noun the next of several things given: "a written apology and £150", not "£250 and £100"?"""
    paid = any(t.text == "£" for t in doc[last:i])  # "a cheque for £85, with a letter of apology"
    together = doc[i - 1].lower_ == "with" and (paid or doc[i - 2].lower_ in ("together", "along"))
    if doc[i - 1].lower_ not in words("coordinators") and not together:
        return False
    two_sums = any(t.text == "£" for t in doc[last:i]) and any(t.text == "£" for t in doc[i : i + 8])
    return any(last <= at < i for at in given) and not two_sums


def form_of(token: Token) -> str:
    """ "base", "ing", "s" or "past": coordinated verbs have one form."""
    if token.norm_ == token.lower_:  # the norm of a listed verb is its base form
        return "base"
    return next((ending for ending in ("ing", "s") if token.lower_.endswith(ending)), "past")


def coordinated(doc: Doc, i: int, after: int) -> bool:
    """Does a verb stand behind a coordinator, with nothing but the likes of "also" and "it will" between?"""
    j = _before_aside(doc, i) - 1
    while (
        j > after + 1
        and (
            doc[j].lower_ in words("between")
            or is_in(doc[j], "month")
            or doc[j].is_digit
            or doc[j].text in ("(", ")")
            or (len(doc[j]) <= 2 and doc[j - 1].text == "(")
            or (doc[j].lower_ == "since" and doc[j - 1].lower_ in ("has", "have"))
        )
        and doc[j].text not in (";",)
    ):
        if doc[j].lower_ in words("coordinators") and doc[j - 1].lower_ not in words("coordinators"):
            break
        j -= 1
    if doc[j].lower_ not in words("coordinators") or j <= after:
        return False
    if is_in(doc[j + 1], "month") or doc[j + 1].is_digit:
        return False  # "closed between January and August 2024, see if"
    between = {doc[k].lower_ for k in range(j + 1, i)}
    if doc[j].text == "," and between == {"to"} and doc[i].lower_ in words("purposes"):
        return False  # "review the plan, to ensure it is right"
    return "to" not in between or bool(between & {"agreed"}) or doc[j].lower_ in ("and", ";", ",")


def _before_aside(doc: Doc, i: int) -> int:
    """Where what stands between a coordinator and its verb begins: a comma ("and, with her consent, offer"), a case, or
    somebody else who is to act ("and a senior officer will visit her"); `i` where nothing does.
    """
    if doc[i - 1].lower_ in ("will", "should", "must"):  # "and if he is eligible will backdate it"
        conditions = (k for k in range(i - 2, max(1, i - 14), -1) if doc[k].lower_ == "if")
        at = next((k for k in conditions if doc[k - 1].lower_ in words("coordinators")), None)
        if at is not None:
            return at
    modal = i - 1 - is_in(doc[i - 1], "adverb")
    if (
        doc[modal].lower_ in ("will", "should", "must", "has", "have")
        and (officer := _officer_before(doc, modal)) is not None
    ):
        return officer
    behind = i - 1 if doc[i - 1].lower_ == "to" else i
    if doc[behind - 1].text != ",":
        return i
    commas = (k for k in range(behind - 3, max(1, behind - 12), -1) if doc[k].text == ",")
    return next((k for k in commas if doc[k - 1].lower_ in ("and", "then")), i)


def _officer_before(doc: Doc, modal: int) -> int | None:
    """Where "a senior officer" or "its head of service" begins behind a coordinator, directly before "will" or "has";
    null where nobody is named there.
    """
    last = modal - 1 - is_in(doc[modal - 1], "adverb")
    for k in range(last, max(1, last - 7), -1):
        if doc[k - 1].lower_ in words("coordinators"):
            named = is_in(doc[k], "determiner") or doc[k].lower_ == "one"
            return k if named and any(t.lower_ in words("officers") for t in doc[k + 1 : last + 1]) else None
        if doc[k].lower_ in ("who", "that", "which") or not (doc[k].is_alpha or doc[k].text in ("’s", "'s")):
            return None
    return None


def before(doc: Doc, start: int) -> int:
    """The end of the action before the one that begins at `start`, without the coordinator and what follows it."""
    j = _before_aside(doc, start)
    while j > 1 and doc[j - 1].lower_ not in words("coordinators") and doc[j - 1].lower_ in words("between"):
        j -= 1
    while j > 1 and (
        doc[j - 1].lower_ in words("coordinators") or doc[j - 1].text in ("(", ")") or _is_letter(doc, j - 1)
    ):
        j -= 1
    return max(j, 1)


def _is_letter(doc: Doc, i: int) -> bool:
    """The letter or number of an item that runs on in its sentence: "(b)"."""
    return len(doc[i]) == 1 and i > 0 and doc[i - 1].text == "("


def classify(
    doc: Doc, start: int, end: int, others_hint: bool, anywhere: bool = False, told: int | None = None
) -> tuple[str, str, str]:
    """What is done from one token to another: (kind, audience, rule), all "" where no pattern knows it.

    `told`: the end of what tells its result, which may name whom it is for.
    """
    reach, own_rules = told or end, False
    if _for_others_by_object(doc, start, end):
        # "revise its policy so that families are told": who gains from it is not whom it is for
        reach = next((t.i for t in doc[start + 1 : end] if t.lower_ in words("purposes_follow")), reach)
        own_rules = any(t.lower_ in words("own_rules") for t in doc[start + 1 : start + 5])
    personal = any(start <= s.start < reach for s in spans(doc, "person"))
    others = [s for s in spans(doc, "others") if start <= s.start < end]
    for_others = own_rules or any(not _does_it(doc, s) for s in others)
    stop = min(end, reach) if own_rules else end  # nor what its purpose tells what is done
    span = _likeliest(doc, start, stop, anywhere, others_hint, personal, for_others)
    if span is None:
        return "", "", ""
    choice = language.pattern_of(span)
    if choice["for"] == "others" and personal and not others_hint:
        if not for_others and span.start > start + 3:
            return "", "", ""  # what no pattern knows, for a person, with something for others named late in it
        if not for_others and choice["kind"] == "review_of_cases" and not of_several(doc, start, end):
            # of nobody else's case
            if doc[start].norm_ == "search":
                return "", "", ""  # "search the file for Mrs X's letter", which it will send her
            return "reconsideration", "person", choice.id
        if not for_others and doc[start].norm_ in ("ensure", "make"):
            return "provide_services", "person", choice.id
        if any(s.start == start for s in spans(doc, "result")):
            return "provide_information", "person", "result.told"
    if choice["for"] == "person" and not personal:
        if choice.id in OF_DEBTS and of_cases(doc):
            return "procedure_or_policy", "others", choice.id  # "put recovery on hold in every case that is open"
        return _as_for_others(choice, others, others_hint)
    return choice["kind"], choice["for"], choice.id


def _likeliest(
    doc: Doc, start: int, end: int, anywhere: bool, others_hint: bool, personal: bool, for_others: bool
) -> Span | None:
    """The span that says best what is done from one token to another; null where none does."""
    best, likeliest = None, None
    for span in spans(doc, "action"):
        pattern = language.pattern_of(span)
        if not start <= span.start < end or span.end > end + 1 or (pattern["at_start"] and span.start != start):
            continue
        if (pattern["personal"] and not personal) or (pattern["impersonal"] and personal):
            continue
        if pattern["kind"] == "review_of_cases" and _of_one(doc, start, end):
            continue
        weight = pattern["weight"]
        if pattern["for"] == "others":
            weight += 3 * others_hint - (6 if personal else 0)
        elif pattern["kind"] not in ("apology", "payment") or (others_hint and not personal):
            weight -= 4 * others_hint + (4 if for_others and not personal else 0)
        if pattern["kind"] not in ("payment", "apology"):
            # the object nearest to the verb says what is done
            weight -= (0.8 if pattern["for"] == "others" else 0.3) * max(0, len(span) - 3)
        rank = (0 if anywhere else -min(span.start - start, 12), weight)
        if best is None or rank > best:
            best, likeliest = rank, span
    return likeliest


def _as_for_others(choice: Pattern, others: list[Span], others_hint: bool) -> tuple[str, str, str]:
    """What an action that is usually for a person is where it names none: for others, if a list or words say so."""
    told = [language.pattern_of(s) for s in others]
    if others_hint or (choice["kind"] == "reconsideration" and any(p["group"] for p in told)):
        return "procedure_or_policy", "others", choice.id
    if choice["kind"] in _OFFERED_TO_OTHERS and any(p["others"] for p in told):
        return "review_of_cases", "others", choice.id  # "offer the other four families a new appeal"
    return choice["kind"], choice["for"], choice.id


def _does_it(doc: Doc, others: Span) -> bool:
    """Is it somebody who does it, for the person: "by an officer who has not been involved"?"""
    return any(t.lower_ in words("doers") for t in doc[max(0, others.start - 3) : others.start])


def _for_others_by_object(doc: Doc, start: int, end: int) -> bool:
    """Is what is changed, by its verb, one of the body's own procedures: "revise its policy"?"""
    return any(
        s.start == start and s.end < end and language.pattern_of(s)["kind"] == "procedure_or_policy"
        for s in spans(doc, "action")
    ) and any(is_in(t, "procedure") and t.lower_ not in ("plan", "statement") for t in doc[start + 1 : start + 8])


def tells_us(doc: Doc, verb: int) -> bool:
    """Is it the Ombudsman who is told: "tell us"?"""
    told = doc[verb + 1 : verb + 3].text.split()
    return doc[verb].norm_ in ("tell", "inform") and (told[:1] in (["us"], ["me"]) or told == ["the", "Ombudsman"])


def told_to(doc: Doc, place: tuple[int, int] | None) -> int | None:
    """The end of "and write to Ms K with the outcome": what is done before it is for her; null where it is none."""
    if place is None or not any(s.start == place[0] for s in spans(doc, "result")):
        return None
    return place[1] if any(place[0] <= s.start < place[1] for s in spans(doc, "person")) else None


def _names_sum(doc: Doc, part: Part) -> bool:
    return any(t.text == "£" for t in doc[part.start : part.end])


def _of_it(doc: Doc, part: Part) -> bool:
    """Is a payment "refund it": of what the action before named?"""
    return (
        part.start + 1 < len(doc) and doc[part.start + 1].lower_ in ("it", "them", "this") and not _names_sum(doc, part)
    )


def _copies_another(doc: Doc, part: Part) -> bool:
    """Is it "give her a copy of the report": of a thing other than the letter or decision just told?"""
    copy = next((t.i for t in doc[part.start : part.end] if t.lower_ in ("copy", "copies")), None)
    if copy is None or doc[copy + 1 : copy + 2].text != "of":
        return False
    return not any(t.lower_ in ("apology", "letter", "decision", "it", "this") for t in doc[copy + 2 : copy + 6])


def _tells(doc: Doc, part: Part) -> bool:
    """Is something told in an action, "write to her to explain this"?"""
    return any(t.norm_ in words("telling") for t in doc[part.start : part.end])


def _of_the_same(doc: Doc, part: Part) -> bool:
    """Is an action "ensure it reflects his needs" or "keep it there": only how the one before is to be done?"""
    return (
        doc[part.start].norm_ in ("ensure", "have", "keep")
        and part.start + 1 < part.end
        and doc[part.start + 1].lower_ in ("it", "this", "they", "these")
    )


def of_several(doc: Doc, start: int, end: int) -> bool:
    """Is there a word in doc[start:end] for more than one case: "each", "residents"?"""
    return any(t.lower_ in words("cases_of") or t.lower_ in words("quantifiers") for t in doc[start:end])


def of_cases(doc: Doc) -> bool:
    """Is there a word for the cases of others: "anyone with a claim", "all cases", "every case"?"""
    return any(
        t.lower_ in words("cases_of") or (t.lower_ == "case" and doc[t.i - 1].lower_ in words("quantifiers"))
        for t in doc[1:]
    )


def _of_one(doc: Doc, start: int, end: int) -> bool:
    """Is somebody named in doc[start:end], and no others: "check each invoice sent to Mr X"?"""
    told = doc[start:end]
    if not any(is_in(t, "honorific") for t in told):
        return False
    return not any(t.lower_ in words("cases_of") or t.lower_ in words("cases") for t in told)


def _to_several(doc: Doc, part: Part) -> bool:
    """Is a payment to more than one, or to people who are not named: "pay each of those people £100"?"""
    unnamed = any(t.lower_ in ("those", "them") for t in doc[part.start : part.end])
    return unnamed or of_several(doc, part.start, part.end)


def _for_another(doc: Doc, before: Part, part: Part) -> bool:
    """Is a part for a person named there with a title, and the one before for another: "review Mr C's plan and assess
    Ms C"?
    """
    one = parties.people_in(doc[before.start : before.end].text)
    other = parties.people_in(doc[part.start : part.end].text)
    return part.kind == "reconsideration" and bool(one and other) and not one & other


def _separate(doc: Doc, part: Part) -> bool:
    """Is it an apology of its own: "and offer a separate apology to Mr K"?"""
    alone = any(t.lower_ in ("separate", "separately") for t in doc[part.start : part.end])
    return part.kind == "apology" and alone and any(part.start <= s.start < part.end for s in spans(doc, "person"))


_ONLY_MEETS = 5  # tokens of "visit Mrs D", with no other purpose


def _comes_to(doc: Doc, before: Part, part: Part) -> bool:
    """Is it "visit Mr D, by 4 May, to apologise", "meet Ms D and apologise in person": what somebody comes for?"""
    if " in person" in doc[part.start : part.end].text.lower() and doc[part.start - 1].lower_ == "and":
        met = any(s.end == part.start - 1 or s.end == part.start for s in spans(doc, "person"))
        met = met or is_in(doc[part.start - 2], "pronoun")
        return met and any(t.norm_ in words("meets") for t in doc[max(before.start, part.start - 6) : part.start])
    meets = doc[before.start].norm_ in words("meets")
    if meets and before.end - before.start <= _ONLY_MEETS and doc[part.start - 1].lower_ == "and":
        return True  # "visit Mrs D and apologise to her": only for that
    return meets and doc[part.start - 1].lower_ == "to" and doc[part.start - 2].lower_ != "and"


def _reopens(doc: Doc, before: Part) -> bool:
    """Is it "reopen the case" or "withdraw the decision", of which is told next what comes of it?"""
    named = doc[before.start + 1 : min(before.start + 8, before.end)]
    verb = doc[before.start].norm_
    return (verb == "reopen" and any(t.lower_ in words("reopened") for t in named)) or (
        verb in words("set_aside")
        and any(t.lower_ in words("decisions") for t in named)
        and (verb != "set" or doc[before.start + 1].lower_ == "aside")
    )


def _looks_first(doc: Doc, before: Part, part: Part) -> bool:
    """Is it "inspect the flat and decide whether it is suitable": a look at something in order to decide?"""
    looks = before.kind == "provide_services" and (
        doc[before.start].norm_ in words("looks")
        or any(t.lower_ in ("inspection", "survey", "visit", "visits") for t in doc[before.start : before.end])
    )
    alone = not any(is_verb(t) and t.norm_ not in words("looking") for t in doc[before.start + 1 : before.end])
    return looks and alone and part.kind == "reconsideration"


def _closes(doc: Doc, before: Part, part: Part) -> bool:
    """Is it "waive the charges of £900 and cancel the invoice": what is owed let go, and the paper for it undone?"""
    paper = doc[part.start].lower_ in words("undone") and not _names_sum(doc, part)
    return paper and not _of_difference(doc, part) and doc[before.start].norm_ in words("let_go")


def _paid_out(doc: Doc, before: Part, part: Part) -> bool:
    """Is it "recalculate her allowance and pay her the difference", "go through the invoices and repay him anything
    charged twice": one payment, and what it comes to?
    """
    looked_for = before.kind == "review_of_cases" and part.kind == "payment" and not _names_sum(doc, part)
    if looked_for and any(part.start <= s.start < part.end for s in spans(doc, "person")):
        theirs = any(before.start <= s.start < before.end for s in spans(doc, "person"))
        anything = any(t.lower_ in ("any", "anything", "whatever") for t in doc[part.start : part.end])
        return (theirs or anything) and not of_several(doc, before.start, part.end)
    counts = doc[before.start].lower_ in words("counts") and not _names_sum(doc, before)
    return counts and part.kind == "payment" and before.kind == "reconsideration" and not _names_sum(doc, part)


def _changed_due(doc: Doc, before: Part, part: Part) -> bool:
    """Is it "reduce the charge by half and pay the difference of £90": one payment, told with what it comes to?"""
    return (
        before.kind == part.kind == "payment"
        and not _names_sum(doc, before)
        and doc[before.start].norm_ in words("changes_due")
        and _of_difference(doc, part)
    )


def _of_difference(doc: Doc, part: Part) -> bool:
    """Does an action begin with what is left over: "pay the difference", "refund the balance"?"""
    return any(t.lower_ in words("differences") for t in doc[part.start : part.start + 5])


def _undone(doc: Doc, before: Part, part: Part) -> bool:
    """Is it "cancelled the ticket and refunded the £35", "reduce the bill and refund what she overpaid": the charge
    undone, and what was paid of it given back?
    """
    overpaid = any(t.lower_ in ("overpaid", "overpayment", "anything", "what") for t in doc[part.start : part.end])
    reduced = doc[before.start].norm_ in words("changes_due") and overpaid and not _names_sum(doc, part)
    if doc[before.start].lower_ not in words("undone") and not reduced:
        return False
    given_back = doc[part.start].norm_ in words("give_back")
    # out of goodwill each is told for itself
    return given_back and language.expression("context.goodwill").search(language.text_of(doc)) is None


def _names_person(doc: Doc, part: Part) -> bool:
    """Does a part name somebody, and not only behind others: "pay arrears to those who were treated as Mrs G was"?"""
    person = next((s.start for s in spans(doc, "person") if part.start <= s.start < part.end), None)
    if person is None:
        return False
    groups = [
        s.start for s in spans(doc, "others") if language.pattern_of(s)["group"] and part.start < s.start < person
    ]
    return not groups or any(t.lower_ in ("and", "including") for t in doc[groups[0] : person])


def _bears_cost(doc: Doc, part: Part) -> bool:
    """Does a body say that it pays for the works itself: "have a new rail fitted and bear the cost"?"""
    said = language.text_of(doc)[doc[part.start].idx :]
    return not _names_sum(doc, part) and language.expression("context.bears-cost").match(said) is not None


def _comes_behind(doc: Doc, before: Part, part: Part) -> bool:
    """Is a part to come, and the one before it done: "has cleaned the flat and will repaint it"?"""
    return form_of(doc[before.start]) != "base" and to_come(doc, part.start) is not None


def merge(doc: Doc, parts: list[Part], others_hint: bool) -> list[Part]:
    """Parts that are one entry put together: improvements of one sentence, results told, what no pattern knows."""
    told = {s.start for s in spans(doc, "result")}
    corrected = {s.start for s in spans(doc, "result") if s.label_ == "result.corrected"}
    rights = {s.start for s in spans(doc, "rights")}
    merged: list[Part] = []
    if len(parts) > 1 and not parts[0].kind:
        if _bears_cost(doc, parts[1]):
            parts[1].kind, parts[1].rule = "provide_services", "action.provide-service"
        due = (p for p in spans(doc, "promise") if parts[0].start < p.start and trigger_of(p) < parts[1].start)
        if (
            not _comes_behind(doc, parts[0], parts[1])
            and not _names_sum(doc, parts[0])
            and not any(status_of(p) == "agreed" for p in due)
        ):
            parts[1].start = parts[0].start  # "work out and pay": the verb that says nothing goes with the next
        parts = parts[1:]
    for part in parts:
        before = merged[-1] if merged else None
        if before is not None and part.kind and _comes_behind(doc, before, part):
            merged.append(part)
            continue
        paid_out = before is not None and _paid_out(doc, before, part)
        reopens = before is not None and part.kind == "reconsideration" and _reopens(doc, before)
        looks_first = before is not None and _looks_first(doc, before, part)
        # "review its procedure and pay £100"
        own_sum = part.kind == "payment" and _names_sum(doc, part) and not _to_several(doc, part)
        if before is not None and (
            not part.kind
            or part.audience == before.audience == "others"
            or (before.audience == "others" and not _names_person(doc, part) and not own_sum)
            or (before.kind in ("records", "payment") and part.start in corrected)
            or (
                part.kind in _TELLING
                and part.start in told
                and not (before.kind == "apology" and doc[part.start].norm_ in words("explaining"))
                and not (before.kind == "apology" and _copies_another(doc, part))
                and doc[before.end].text != ";"
            )
            or (part.kind == "provide_information" and before.kind == "reconsideration" and part.start in rights)
            or (before.audience == part.audience == "person" and _of_the_same(doc, part))
            or (
                part.kind == "apology"
                and before.kind == "provide_information"
                and doc[before.start].norm_ == "write"
                # but not "write to explain this, and will apologise"
                and not (doc[part.start - 1].lower_ in ("will", "should") and _tells(doc, before))
            )
            or (part.kind == "apology" and _comes_to(doc, before, part))
            or (
                part.kind == before.kind
                and (part.kind != "payment" or _of_it(doc, part) or _closes(doc, before, part))
                and not _separate(doc, part)
                and not _for_another(doc, before, part)
            )
            or (
                part.kind == before.kind
                and (doc[before.start].lower_ in words("counts") or _undone(doc, before, part))
                and not _names_sum(doc, before)
            )
            or (part.kind == "payment" and before.kind == "provide_services" and _bears_cost(doc, part))
            or paid_out
            or reopens
            or looks_first
            or _changed_due(doc, before, part)
        ):
            before.end = part.end
            # "write to her to acknowledge this and apologise"
            if paid_out or reopens or looks_first or (part.kind == "apology" and before.audience == "person"):
                before.kind, before.audience, before.rule = part.kind, part.audience, part.rule
            continue
        merged.append(part)
    for part in merged:
        if not part.kind:  # "go through all its files and correct any other": one action, known by all of its words
            part.kind, part.audience, part.rule = classify(doc, part.start, part.end, others_hint)
        if not part.kind:
            says = {s for s in ("others", "person") if any(part.start <= p.start < part.end for p in spans(doc, s))}
            others = others_hint or says == {"others"}
            part.kind, part.audience = ("procedure_or_policy", "others") if others else ("other_personal", "person")
            part.rule = "action.unclassified"
    return merged


def further(doc: Doc) -> str | None:
    """Does a sentence name an action of its own: as an imperative, perhaps behind a case or a time, or with "also"?"""
    if (
        len(doc) > 2
        and is_in(doc[0], "action")
        and doc[0].is_title
        and is_verb(doc[0])
        and doc[0].lower_ not in words("auxiliaries")
    ):
        return "imperative"
    promises = spans(doc, "promise")
    if doc[0].lower_ in words("before_commands"):
        comma = next((t.i for t in doc if t.text == ","), None)
        if comma is not None and comma + 1 < len(doc) and is_verb(doc[comma + 1]):
            told = doc[0].lower_ != "if" and any(p.start < comma for p in promises)
            acted_on = comma + 2 < len(doc) and object_begins(doc, comma + 2)
            plain = doc[0].lower_ == "if" or doc[comma + 1].lower_ not in words("command_nouns")
            if form_of(doc[comma + 1]) == "base" and not told and (acted_on or plain):
                return "imperative"
    if not promises:
        return None
    early = {t.lower_ for t in doc[: promises[0].end + 2]}
    return "also" if "also" in early or "addition" in early else "promise"


def object_begins(doc: Doc, at: int) -> bool:
    """Does what a verb acts on begin at a token, or behind the particle there: "review its policy", "write off the
    charge", "pay Mr X"?
    """
    if doc[at].lower_ in words("particles") and at + 1 < len(doc):
        at += 1
    token = doc[at]
    return (
        is_in(token, "determiner")
        or is_in(token, "staff")
        or token.is_title
        or token.text == "£"
        or token.lower_ in words("object_words")
    )


def own_deadline(
    text: str, due: list[Deadline], first: int, last: int, first_verb: int, part: Part, listed: bool
) -> Deadline | None:
    """The deadline that a sentence gives one of its actions; a null-valued one where it runs from another event.

    `listed`: the list has a deadline too, so that the time of "any that are missed" is none.
    """
    before = [d for d in due if d.end <= first_verb + 1 and d.value]
    inside = [d for d in due if first <= d.start < last + 1]
    to_us = language.expression("context.to-us").search
    for d in inside:
        if part.audience == "others" and d.value is None:
            continue  # a time inside the new procedure
        if d.value and text.endswith(", ", 0, d.start) and not text[d.end : last + 1].strip(" .;"):
            return d  # ", within three months."
        if d.value and to_us(text, max(first, d.start - 30), d.start):
            return d
        if listed and not d.of_decision and language.expression("context.recurring").search(text[first : d.start]):
            continue
        if (
            part.audience == "others"
            and not d.of_decision
            and text[d.start - 1] != "("
            and language.expression("context.nested").search(text, _clause_start(text, first, d.start), d.start)
        ):
            continue
        if d.value or not before:
            return d
    for d in due:
        if d.value and d.start >= first:
            at = max(first, d.start - 30)
            if language.expression("context.all-by").search(text, at, d.start) or (
                part.audience == "others" and not before and to_us(text, at, d.start)
            ):
                return d
    return before[-1] if before else None


def _clause_start(text: str, first: int, end: int) -> int:
    """Where the clause of a time begins: behind the last ", and will" before it."""
    return max(first, *(text.rfind(joint, first, end) for joint in (", and will ", ", and it will ", "; and ")))


def trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " ,;:":
        end -= 1
    return end
