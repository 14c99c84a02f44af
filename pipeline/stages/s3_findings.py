"""Fault findings: the sentences in which the Ombudsman says, as its own finding, that there was fault or none.

Sentences with a word for fault are read by spaCy with the patterns of `findings`. A *statement* states fault,
or with a negative that there was none; a *scope* decides whose words they are and whether they are more than
a condition. Polarity is structure: the parity of the negatives that govern the statement, not the nearest word.
Rules of what counts: LABELLING.md, "Fault and injustice".
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from pipeline import language
from pipeline.expressions import Places
from pipeline.records import Block, Decision, FaultFinding
from pipeline.structure import sentences

PARTS = {"summary": "summary", "findings": "findings", "final_decision": "final_decision"}

_is = language.is_in

_UPHELD = ("uphold", "is-upheld")  # rules that tell a verdict on the complaint, and no fault
_PRONOUNS = ("He ", "She ", "They ")  # that may stand for the Ombudsman at the start of a sentence
_CUES = ("fault", "upheld", "uphold", "maladministration", "service failure", "failing")

# Words in quotation marks, where they run over several sentences; ’ closes ‘ where no letter follows it.
# one that a straight apostrophe opens is bounded: there are many of these, and few are quotation marks
_QUOTATION = re.compile(
    r"“[^”]*+(?:”|$)|(?<!\w)‘(?:[^’]|’(?=\w))*+’|(?<!\w)\"[^\"]*+\"|(?<=\s)'(?=[A-Z])(?:[^']|'(?=\w)){2,1500}+'"
)


@dataclass(slots=True)
class Statement:
    """A statement of fault in one sentence, in tokens of its Doc, with the polarity that its structure gives."""

    start: int
    end: int
    fault: bool
    rule: str


def add(decision: Decision) -> None:
    """Adds `fault_findings` in text order, and how the decision ends: `not_investigated`, `discontinued` and
    `by_agreement`.
    """
    unread = decision.not_investigated = _not_investigated(decision)
    decision.by_agreement = _by_agreement(decision)
    closed = unread or decision.by_agreement
    # it ends an investigation that is not complete
    undecided = decision.discontinued = _says(decision, "context.discontinued", "final_decision")
    agreed: list[tuple[Block, str, int, int]] = []  # where it is upheld, it may be because of an agreement alone
    cues, marks = Places(_CUES, decision.text), Places((*'“‘"', " '"), decision.text)
    for block in decision.blocks:
        part = PARTS.get(decision.part_of(block))
        if part is None or not cues.any(block.start, block.end) or _of_others(decision, block):
            continue
        quoted = marks.any(block.start, block.end)
        quotations = [q.span() for q in (_QUOTATION.finditer(decision.text, block.start, block.end) if quoted else ())]
        named = None  # the last sentence that names who acts, and does not say he, she or they
        for start, end in sentences(decision.text, block.start, block.end):
            pronoun = decision.text.startswith(_PRONOUNS, start)
            if not pronoun:
                named = start
            if not cues.any(start, end) or any(a < start and end <= b for a, b in quotations):
                continue
            if not (undecided and language.expression("context.no-finding").search(decision.text, start, end)):
                ours = pronoun and named is not None and _ombudsman_acts(decision.text[named : named + 80])
                findings = list(_read(decision, block, part, start, end, closed, ours))
                decision.fault_findings.extend(findings)
                if not findings and part != "findings" and not unread and decision.text.find("uph", start, end) >= 0:
                    agreed.append((block, part, start, end))
    if not decision.by_agreement and _settled_undecided(decision):
        decision.by_agreement = True
        decision.fault_findings = [f for f in decision.fault_findings if not f.evidence.rule.endswith(_UPHELD)]
    if agreed and any(f.fault and f.part == "findings" for f in decision.fault_findings):
        for block, part, start, end in agreed:  # fault was found: whatever was agreed, it is upheld for that
            decision.fault_findings.extend(_read(decision, block, part, start, end, False, False, known=True))
        decision.fault_findings.sort(key=lambda finding: finding.evidence.start)


def _settled_undecided(decision: Decision) -> bool:
    """Is a complaint labelled as upheld with no word of fault found, and no section on a remedy, but an end that tells
    what was agreed or done?
    """
    if decision.outcome_label != "Upheld" or any(decision.part_of(b) == "action" for b in decision.blocks):
        return False
    if _investigated(decision) or any(
        not f.evidence.rule.endswith(_UPHELD) or not f.fault or f.part == "findings" for f in decision.fault_findings
    ):
        return False
    return _says(decision, "context.ends-with-agreement", "final_decision")


def _ombudsman_acts(sentence: str) -> bool:
    """Is it the Ombudsman who acts in a sentence, and whom a pronoun in the next one stands for?"""
    return language.expression("context.ombudsman-acts").match(sentence) is not None


def _of_others(decision: Decision, block: Block) -> bool:
    """Does an item stand under a lead-in to what somebody else found or said?"""
    if block.parent is None or not block.depth:
        return False
    lead = decision.blocks[block.parent]
    *_, (start, end) = sentences(decision.text, lead.start, lead.end)
    return language.expression("context.others-lead-in").match(decision.text[start:end]) is not None


def _not_investigated(decision: Decision) -> bool:
    """Does the summary or the final decision say that the complaint will not be investigated?"""
    rule = "context.closes-without-investigating"
    if _says(decision, rule, "final_decision"):
        return not _investigated(decision)
    # a part of the complaint may be left out of what is found to be fault
    return _says(decision, rule, "summary") and not _investigated(decision) and not _ends_with_fault(decision)


def _by_agreement(decision: Decision) -> bool:
    """Is the complaint upheld because it was agreed to put things right, so that nothing was decided on fault?"""
    agreed = _says(decision, "context.upheld-by-agreement", "summary", "final_decision")
    return (agreed and not _investigated(decision)) or _says(decision, "context.undecided", "final_decision")


def _investigated(decision: Decision) -> bool:
    """Does the final decision end an investigation that is complete?"""
    return _says(decision, "context.investigated", "final_decision")


def _ends_with_fault(decision: Decision) -> bool:
    """Does the final decision state fault?"""
    ending = (b for b in decision.blocks if decision.part_of(b) == "final_decision")
    said_last = (decision.text[a:z] for b in ending for a, z in sentences(decision.text, b.start, b.end))
    spoken = (sentence for sentence in said_last if any(cue in sentence for cue in _CUES))
    return any(fault for sentence in spoken for _, _, fault, _ in said(sentence, "final_decision", True, False))


def _says(decision: Decision, rule: str, *parts: str) -> bool:
    """Does a paragraph of these parts say what an entry of `context` stands for?"""
    says = language.expression(rule).search
    return any(says(decision.text, b.start, b.end) for b in decision.blocks if decision.part_of(b) in parts)


def _read(
    decision: Decision, block: Block, part: str, start: int, end: int, closed: bool, ours: bool, known: bool = False
):
    sentence = decision.text[start:end]
    for first, last, fault, rule in said(sentence, part, closed, ours, known):
        place = decision.evidence(start + first, start + last, block, rule)
        yield FaultFinding(fault, part, place)


@functools.lru_cache(maxsize=2048)  # decisions say it in each other's words
def said(
    sentence: str, part: str, closed: bool, ours: bool, known: bool = False
) -> tuple[tuple[int, int, bool, str], ...]:
    """(start, end, fault, rule) of each finding in a sentence; see `read_sentence`."""
    asides = [m.span("aside") for m in language.expression("context.denied-aside").finditer(sentence)]
    doc = language.read(_without(sentence, asides), "findings")
    statements = read_sentence(doc, part, ours, known)
    if closed:
        # a reason to close is no finding; fault that is stated all the same is one
        statements = [s for s in statements if s.fault and not s.rule.endswith(_UPHELD)]
    found = _clauses(doc, statements)
    return tuple((_with(start, asides), _with(end, asides), fault, rule) for start, end, fault, rule in found)


def _without(sentence: str, asides: list[tuple[int, int]]) -> str:
    """A sentence without some of its words: "does not, in my view, amount to fault" is read as one verb."""
    for start, end in reversed(asides):
        sentence = sentence[:start] + sentence[end:]
    return sentence


def _with(place: int, asides: list[tuple[int, int]]) -> int:
    """Where a place of a sentence without these words stands in the whole of it."""
    for start, end in asides:
        if place > start:
            place += end - start
    return place


def read_sentence(doc: Doc, part: str, ours: bool = False, known: bool = False) -> list[Statement]:
    """The statements of a sentence that are the Ombudsman's own findings, in order; `doc` is read by `findings`.

    ours: the pronoun that the sentence begins with stands for the Ombudsman.
    known: fault was found elsewhere, so that a complaint upheld "because the Council has agreed" is upheld for that.
    """
    if language.text_of(doc).rstrip("”’\"') ").endswith("?"):
        return []
    found, scopes = language.spans(doc, "findings", "statement"), language.spans(doc, "findings", "scope")
    if not found:
        return []
    if known:
        scopes = [s for s in scopes if s.label_ != "scope.upheld-by-agreement"]
    if ours:
        scopes = [s for s in scopes if s.start or s.label_ != "scope.others-say"]
    found = [s for s in found if s.label_ != "finding.find-at-fault" or not _verdict_joined(doc, s)]
    scopes = [s for s in scopes if s.label_ != "scope.no-evidence-that" or not _others_look(doc, s)]
    kinds = {s.label_: language.pattern_of(s) for s in (*found, *scopes)}
    quoted = _quoted(doc)
    statements: list[Statement] = []
    for span in _outermost(found):
        pattern = kinds[span.label_]
        if pattern["parts"] and part not in pattern["parts"]:
            continue
        left = _reach_left(span)
        if any(a <= span.end - 1 < b for a, b in quoted) or (
            pattern["when"] == "verbless" and not _verbless(doc, span)
        ):
            continue
        verdict = _governed(doc, span, left, scopes, kinds)
        if verdict is None:
            continue
        if pattern.id.endswith("uphold") and _others_uphold(doc, left, span.end, scopes):
            continue
        adopted = any(s.label_ == "scope.adopted" for s in scopes) or (ours and not span.start)
        if pattern["when"] == "adopted" and not adopted:
            continue
        if pattern["when"] == "after-word" and not _answers_fault(doc, span.start):
            continue
        if pattern["when"] == "opening" and span.start and doc[span.start - 1].is_alpha:
            continue
        negatives = _negatives(doc, left, span.end) + verdict
        if not negatives and left and doc[left - 1].lower_ == "or":
            negatives = _denied_before(doc, left)  # "I do not criticise it, or find it at fault"
        if pattern["negatives"] == "clause" and pattern["polarity"] is None:
            negatives = min(1, negatives + _denied_before(doc, left))
            adopted = any(s.label_ == "scope.adopted" for s in scopes)
            if (
                not negatives
                and not adopted
                and doc[left].lower_ not in ("i", "we")
                and left
                and doc[left - 1].lower_ not in ("i", "we")
            ):
                continue
        if pattern["negatives"] == "before":  # "made its decision not to prosecute without fault"
            negatives = 1 + _negatives(doc, left, span.start) + verdict
        fault = negatives % 2 == 0 if pattern["polarity"] is None else pattern["polarity"]
        if pattern["when"] == "negated" and (fault or (verdict and not _negatives(doc, left, span.end))):
            continue  # "I cannot say it was caused by fault" says nothing of whether there was fault
        if pattern["when"] in _BEHIND and statements and span.start < statements[-1].end:
            continue  # the statement before takes in these words: "apart from" in "apart from that part"
        if pattern["when"] == "after-fault" and not any(s.fault for s in statements):
            continue
        upheld = bool(statements) and statements[-1].rule.endswith("uphold")
        if pattern.id == "finding.but-not" and not upheld and _contrasts_within(doc, statements[-1].end, span):
            continue
        if pattern["when"] == "after-none" and (not statements or any(s.fault for s in statements)):
            continue
        if _hypothetical(doc, left, span, negatives or pattern["polarity"] is False):
            continue
        statements.append(Statement(left, span.end, fault, pattern.id))
    return statements


def _answers_fault(doc: Doc, end: int) -> bool:
    """Do the words before a short verdict ("but I find that it was") end in what somebody says of fault as such:
    "it was at fault for this", "there was fault", and not "the fault was minor"?
    """
    at = next((t.i for t in reversed(doc[:end]) if _is(t, "fault") or t.lower_ == "failure"), 0)
    said = doc[max(0, at - 4) : at]
    stated = any(_is(t, "be") or t.lower_ == "at" for t in said)
    return stated and not any(_is(t, "be") or _is(t, "modal") for t in doc[at + 1 : end])


def _verdict_joined(doc: Doc, span: Span) -> bool:
    """Is it "considered the letter and was at fault", with a verdict that stands beside what was considered?"""
    at = span.end - 2  # "at fault"
    while at > span.start and _is(doc[at - 1], "adverb"):
        at -= 1
    return at - 2 > span.start and _is(doc[at - 1], "be") and doc[at - 2].lower_ in ("and", "so")


def _others_look(doc: Doc, scope: Span) -> bool:
    """Is it what a body did not do ("did not consider the evidence"), and no opinion of the Ombudsman's?"""
    acts = scope[0].lower_ == "not" and doc[scope.start + 1].lower_ in ("considering", "finding", "saying")
    if acts and not (scope.start and _is(doc[scope.start - 1], "be")):
        return True  # "Not considering the effect on her was fault"
    shows = scope[0].lower_ in ("not", "n't", "n’t") and doc[scope.start + 1].norm_ in (
        "show",
        "demonstrate",
        "prove",
        "establish",
    )
    if shows and scope.start and _is(doc[scope.start - 1], "can"):
        # "The Council could not show that it wrote and was at fault", not "the notes could not show that it was"
        at = scope.start - 2
        joined = any(t.lower_ in ("and", "so") for t in doc[scope.end :])
        return joined and at >= 0 and (_is(doc[at], "body") or doc[at].lower_ in ("it", "they"))
    if not any(_is(t, "opinion") for t in scope[:4]):
        return False
    at = scope.start - 1
    while at > 0 and (_is(doc[at], "aux") or _is(doc[at], "adverb")):
        at -= 1
    return (
        at >= 0
        and (_is(doc[at], "other") or _is(doc[at], "body"))
        and doc[at].lower_ not in ("it", "they", "he", "she")
    )


def _contrasts_within(doc: Doc, after: int, span: Span) -> bool:
    """Does "but not" or "except for", behind a statement of fault that ends at `after`, stand within what was faulty:
    "at fault for telling her by telephone but not in writing", "for giving no help except for one visit"?
    """
    between = doc[after : span.start]
    if span[0].lower_ in ("except", "save", "apart"):
        whole = any(_is(t, "neg") or t.lower_ in ("any", "anything", "all") for t in between)
        return whole and not _is(span[-1], "part-of-case")
    at = next((t.i for t in span if _is(t, "join")), span.end - 1)
    if doc[at + 1 : at + 3].text.lower().startswith(("how", "the way", "respect of", "relation to")):
        return False  # "but not in how it dealt with the other"
    what = [t for t in between if _is(t, "join")]
    while len(what) > 1 and what[0].lower_ in ("by", "with"):
        what = what[1:]  # "fault by the Council in"
    again = doc[at].lower_
    if doc[at + 1 : at + 4].text.lower() == "the first time" or any(_is(t, "aim") for t in doc[at + 1 : at + 2]):
        return True  # "and not for the first time", "but not on purpose"
    if not what:
        return again == "in"
    first = what[0].lower_
    acts = doc[what[0].i + 1].lower_.endswith("ing")
    named = doc[at + 1 : at + 2].text.lower() in ("its", "the", "his", "her", "their")
    if named and (again == "for" or (not acts and first in ("for", "in", "with", "by", "on", "about", "over"))):
        return False  # "for its delay, but not in its decision"
    if first in ("because", "as", "since", "to", "that", "when"):
        return True
    return (acts and first != again) or (again == "in" and first != "in")


def _others_uphold(doc: Doc, left: int, end: int, scopes: list[Span]) -> bool:
    """Is it somebody else who upholds: "its reply found …, and partially upheld his complaint"?"""
    says = [s for s in scopes if s.label_ == "scope.others-say" and s.end <= left]
    return bool(says) and not any(t.lower_ in ("i", "we", "my", "our", "ombudsman") for t in doc[says[-1].start : end])


_BEHIND = {"after-fault", "after-none"}


def _outermost(found: list[Span]) -> list[Span]:
    """One statement for one word of fault: the widest span that ends there, the earliest pattern of equals."""
    widest: dict[int, Span] = {}
    for span in found:
        key = span.end
        if key not in widest or len(span) > len(widest[key]):
            widest[key] = span
    kept: list[Span] = []
    for span in sorted(widest.values(), key=lambda s: (s.start, -s.end)):
        within = bool(kept) and span.start < kept[-1].end and span.end <= kept[-1].end
        # one holds behind fault and one behind none: which of the two is not known yet
        if within and {language.pattern_of(s)["when"] for s in (kept[-1], span)} != _BEHIND:
            continue
        kept.append(span)
    return sorted(kept, key=lambda s: s.end)


def _reach_left(span: Span) -> int:
    """The first token of the verb group and negatives that stand directly before the statement."""
    doc, at = span.doc, span.start
    for i in range(span.end - 1, at + 1, -1):
        if _is(doc[i], "be") and _is(doc[i - 1], "neg") and _is(doc[i - 2], "be"):
            return i  # "when there was not was fault"
    if doc[at].lower_ in ("is", "are", "was", "were"):
        return at  # a negative before it is of another verb: "That it was not is fault"
    while at > 0 and (_is(doc[at - 1], "aux") or _is(doc[at - 1], "neg") or _is(doc[at - 1], "adverb")):
        if (
            doc[at - 1].lower_ in ("neither", "nothing", "none")
            and at > 1
            and doc[at - 2].lower_ in ("do", "did", "does")
        ):
            break
        at -= 1
    while at < span.start and doc[at].text in (",", "–"):
        at += 1
    return at


def _denies(doc: Doc, i: int) -> bool:
    """Is a token a negative, and not that of "no hesitation in describing that as fault"?"""
    return _is(doc[i], "neg") and not (i + 1 < len(doc) and _is(doc[i + 1], "undenied"))


def _negatives(doc: Doc, start: int, end: int) -> int:
    """How many negatives stand in the words; "neither … nor" and "no … and no" are one, "not only" none."""
    count, neither = 0, False
    for i in range(start, end):
        token = doc[i]
        if not _denies(doc, i):
            continue
        if token.lower_ == "nor" and neither:
            continue
        if count and token.lower_ == "no" and doc[i - 1].lower_ in ("and", "or", "nor", ","):
            continue  # "no delay and no fault": each denies its own noun
        if i + 1 < len(doc) and doc[i + 1].lower_ in ("only", "just", "merely"):
            continue
        neither = neither or token.lower_ == "neither"
        count += 1
    return count


def _verbless(doc: Doc, span: Span) -> bool:
    """Is the statement a bare verdict: nothing but a letter, a number or a dash before it, nothing long behind?"""
    before = [t for t in doc[: span.start] if t.is_alpha and len(t) > 1]
    if span.end < len(doc) and doc[span.end - 1].lower_ in ("upheld", "uphold") and doc[span.end].is_alpha:
        return False
    return (
        len(doc) <= 14
        and all(
            t.lower_ in ("complaint", "part", "issue", "allegation", "point", "head", "heading", "and", "parts")
            for t in before
        )
        and not any(_is(t, "be") for t in doc[span.end : span.end + 2])
    )


_DENYING = {(word, behind) for word in ("harsh", "unfair", "wrong") for behind in ("to", "of", "for")} | {
    ("short", "of")
}


def _denied_before(doc: Doc, at: int) -> int:
    """A negative, or "too", in the clause before a place: 1, else 0."""
    for i in range(at - 1, max(-1, at - 16), -1):
        if doc[i].text in (";", ":") or (
            doc[i].lower_ in ("but", "however") and i + 1 < at and doc[i + 1].lower_ in ("i", "we")
        ):
            return 0
        if _denies(doc, i) or doc[i].lower_ in ("too", "hardly"):
            return 1
        # "wrong to call it fault", and not "it got this wrong"; "short of what I would call fault"
        if (doc[i].lower_, doc[i + 1].lower_) in _DENYING:
            return 1
    return 0


def _hypothetical(doc: Doc, left: int, span: Span, negatives: int) -> bool:
    """Would, may, might be fault: not stated. "Could not find" and "cannot find" are."""
    if span.label_.endswith("without-fault"):
        if span.end < len(doc) and doc[span.end].lower_ == "would":
            return True
        due = any(t.lower_ in ("must", "should", "will") for t in doc[max(0, span.start - 12) : span.start])
        if due and doc[span.start].lower_ in ("make", "take", "reach", "come", "decide", "act"):
            return True  # "must reconsider the application and make its decision without fault"
    last = span.end - 1
    while last > span.start + 2 and (_is(doc[last - 1], "filler") or _is(doc[last - 1], "aux")):
        if doc[last - 1].lower_ in ("and", "but"):
            break  # "it acted as it should and was not at fault"
        last -= 1
    for i in (*range(left, min(span.start + 2, span.end)), *range(last, span.end)):
        token = doc[i]
        if _is(token, "can") and not negatives and span.label_ == "finding.amounts-to-fault":
            return True  # "that can amount to fault"
        if _is(token, "modal") and token.lower_ != "to":
            if negatives and (_is(token, "can") or language.pattern_of(span)["negatives"] == "clause"):
                continue
            if negatives and token.lower_ == "would" and i and doc[i - 1].lower_ in ("i", "we"):
                continue  # "not so long that I would regard it as fault"
            if token.lower_ == "must" and not span.label_.endswith("without-fault"):
                continue
            return True
        if _is(token, "doubtful") and not (token.lower_ in ("any", "possible") and negatives):
            return True
    return False


def _governed(doc: Doc, span: Span, left: int, scopes: list[Span], kinds: dict) -> int | None:
    """None where a scope takes the statement out, else how many negatives govern it from outside."""
    negatives, stated = 0, kinds[span.label_]
    dropped: set[str] = set()
    denials: list[Span] = []
    adopted = False
    for scope in scopes:
        pattern = kinds[scope.label_]
        if pattern["kills"] and not stated.id.endswith(pattern["kills"]):
            continue
        if (
            scope.label_ == "scope.upheld-by-agreement"
            and scope[-1].lower_ != "investigate"
            and _negatives(doc, left, span.end)
        ):
            continue  # what is not upheld is so for no agreement
        if stated["when"] == "after-word" and scope.start < span.start:
            continue  # "It says that it was not at fault, but I find that it was"
        if scope.label_ == "scope.others-say" and stated["when"] in _BEHIND:
            continue  # "I uphold the complaint that it did not reply, but not the complaint about fees"
        if scope.label_ == "scope.technical-fault" and not scope.start < span.end <= scope.end:
            continue  # "the lift had a technical fault, and the delay was fault"
        reach = pattern["reach"]
        if reach == "sentence":
            inside = True
        elif scope.start >= span.end or scope.end > span.end:
            inside = False
        elif (
            scope.label_ == "scope.others-say"
            and scope.end > 1
            and _is(doc[scope.end - 2], "article")
            and not (scope.end > 2 and _is(doc[scope.end - 3], "title"))  # "Mr A believes"
            and doc[scope.end - 1].lower_ not in ("view", "opinion")
        ):
            inside = False  # "the agreed place": no verb
        elif (
            scope.label_ == "scope.no-subject"
            and (
                not _is_denied_subject(doc, scope, left)
                or any(s.start == scope.start for s in scopes if s is not scope)
            )
        ) or (scope.label_ == "scope.others-find" and not _others_find(doc, scope, span)):
            inside = False
        elif (
            scope.label_ in ("scope.aim", "scope.others-say")
            and doc[0].lower_ in ("i", "we")
            and _found_then(doc, span, left)
            and (scope.label_ == "scope.aim" or scope.end > span.start)
            and not any(t.lower_ in ("who", "which") for t in doc[:left])
        ):
            inside = False  # the same: what was looked at ends there
        elif scope.label_ == "scope.condition" and _in_subject(doc, scope):
            inside = False  # "the failure to consider whether … was fault": the question is part of the subject
        elif scope.label_ == "scope.condition" and _relative(doc, scope, left):
            # not "apart from the gate, where there was no fault", nor "we cannot question a decision, where there was"
            told = doc[0].lower_ not in ("apart", "except", "save") and not _negatives(doc, 0, scope.start)
            inside = not (told and _negatives(doc, left, span.end))
        elif scope.label_ == "scope.others-say" and _is(doc[left], "be") and _starts_with_failure(doc, scope):
            inside = False  # "The failure to explain it before he agreed was fault": said within the subject
        elif scope.label_ == "scope.others-say" and scope[0].norm_ == "tell" and _judges_anew(doc, left, span.end):
            inside = False  # "it told her something that was wrong, and it was fault to do so"
        elif (
            scope.label_ == "scope.others-say"
            and scope[0].norm_ == "tell"
            and left > scope.end
            and any(t.lower_ == "and" or t.text == "," for t in scope)
        ):
            inside = False  # "told Mr and Mrs Y that there was no appeal, and that was fault"
        elif scope.label_ == "scope.others-say" and any(t.lower_ in ("should", "ought") for t in scope):
            inside = False  # "the Council should have identified that": it did not
        elif scope.label_ == "scope.others-say" and _ends_before(doc, scope, left):
            inside = False  # "While Mr P does not agree, there was no fault"
        elif scope.label_ == "scope.others-say" and _of_document(doc, scope, span.end):
            inside = False  # "The guidance says it must do so, and it was fault not to"
        elif scope.label_ == "scope.others-say" and doc[scope.end - 1 : scope.end + 1].text.lower() in _OBJECTS:
            inside = False  # "could not explain this, and that was fault"
        elif scope.label_ == "scope.others-say" and _is_object(doc, scope):
            inside = False  # "I take a different view of it and do not consider that"
        elif scope.label_ == "scope.others-say" and _only_says_when(doc, scope, left):
            inside = False  # "the missed collections, and not acting when they were reported, were fault"
        elif scope.label_ == "scope.others-say" and doc[scope.end : scope.end + 1].text in ("nothing", "sorry"):
            inside = False  # "It said nothing until May and was at fault"
        elif scope.label_ == "scope.others-say" and _acknowledges_receipt(doc, scope):
            inside = False  # "It did not acknowledge the form, and was at fault"
        elif scope.label_ == "scope.others-say" and _is_fault_by(doc, left, span.end):
            inside = False  # "He agreed that he had to, and it was fault by the Council to let him think so"
        elif scope.label_ == "scope.others-say" and _thinks_about(doc, scope):
            inside = False  # "nothing shows it thought about the stairs": it said nothing
        elif scope.start >= left and pattern["effect"] == "negate":
            inside = False  # its negatives are counted in the statement already
        elif pattern["effect"] == "negate" and scope.end <= left and _begins_anew(doc, left, span.end):
            inside = False  # "I saw nothing to show that it asked her, and it was at fault for this"
        elif (
            pattern["effect"] == "negate"
            and span.label_ == "finding.acted-without-fault"
            and any(t.lower_ in ("as", "because", "since") for t in doc[scope.end : left])
        ):
            inside = False  # "I cannot say it was wrong, as it was made without fault"
        elif pattern["effect"] == "negate" and _denies_anew(doc, scope, scopes, kinds, left):
            inside = False  # "no evidence that it ignored him, and nothing to suggest it was at fault"
        elif reach == "reported" and _is(doc[left], "be") and _resumes(doc, scope, left):
            inside = False  # ", was fault": the verb of a subject that stands before what was said
        else:
            before = [t.lower_ for t in doc[max(0, scope.start - 4) : scope.start]]
            if "what" in before and "," not in before:
                reach = "clause"  # "by not acting on what she had told it, it was at fault"
            inside = not _barred(doc, scope.end, max(left, scope.end), reach)
        if not inside:
            continue
        if pattern["effect"] == "negate":
            # "too little evidence to say" and "little evidence to say" are the same words
            negatives += not any(s.start < scope.end and scope.start < s.end for s in denials)
            denials.append(scope)
        elif pattern["effect"] == "adopt":
            adopted = True
        elif not (scope.label_ == "scope.others-say" and _own_words(doc, scope)):
            dropped.add(scope.label_)
    if dropped and not (adopted and dropped <= {"scope.others-say", "scope.others-find"}):
        return None
    return negatives


def _ends_before(doc: Doc, scope: Span, left: int) -> bool:
    """Does what others say end with its clause, a concession or an aside, at a comma before the statement?"""
    concedes = doc[0].lower_ in ("while", "whilst", "although", "though")
    denies = any(_is(t, "neg") or t.norm_ in ("dispute", "deny", "disagree", "disagrees") for t in scope)
    aside = any(t.lower_ == "which" for t in doc[max(0, scope.start - 3) : scope.start + 1])
    denies = denies or any(_is(t, "neg") for t in doc[left : left + 4])
    own = any(_is(t, "be") or _is(t, "aux") for t in doc[scope.end : left])  # "says the officer was rude there is no"
    if (
        concedes
        and (denies or own)
        and doc[left].lower_ == "there"
        and left - scope.end > 1
        and doc[left - 1].lower_ != "that"
    ):
        return True  # "Although Mr P does not agree with this there was no fault"
    return (concedes or aside) and any(t.text == "," for t in doc[scope.end : left])


_OBJECTS = frozenset(["this,", "it,", "them,", "these,"])


def _of_document(doc: Doc, scope: Span, end: int) -> bool:
    """Is it a law, a code or a policy that says it, which says nothing of what was done, with a clause behind that?"""
    anew = any(t.lower_ in ("and", "but", "so") for t in doc[scope.end : end])
    book = next((t.i for t in doc[max(0, scope.start - 2) : scope.end] if _is(t, "rule-book")), None)
    # it is the subject, and not "its reply under the procedure said"
    if not anew or book is None:
        return False
    if not any(_is(t, "governs-book") for t in doc[max(0, book - 3) : book]):
        return True
    joint = max(t.i for t in doc[scope.end : end] if t.lower_ in ("and", "but", "so"))
    return doc[joint + 1 : joint + 2].text in ("that", "this", "its", "it", "the")


def _denies_anew(doc: Doc, scope: Span, scopes: list[Span], kinds: dict, left: int) -> bool:
    """Does another denial behind this one, joined with "and", govern the statement instead?"""
    later = (s for s in scopes if kinds[s.label_]["effect"] == "negate" and scope.start < s.start < left)
    return any(doc[s.start - 1].lower_ == "and" for s in later)


def _resumes(doc: Doc, scope: Span, left: int) -> bool:
    """Does the sentence's verb come behind an aside that a scope stands in: ", when told that it was full, was"?"""
    opened = any(t.text == "," for t in doc[max(0, scope.start - 8) : scope.start])
    commas = [i for i in range(scope.end, left) if doc[i].text == ","]
    return opened and len(commas) % 2 == 1 and any(_is(doc[i + 1], "be") for i in commas)


def _relative(doc: Doc, scope: Span, left: int) -> bool:
    """Is it ", where there was …", said of something, with the statement in it?"""
    behind_comma = scope.start > 0 and doc[scope.start - 1].text == "," and doc[scope.start].lower_ == "where"
    return behind_comma and not any(t.text == "," for t in doc[scope.end : left])


def _is_object(doc: Doc, scope: Span) -> bool:
    """Is what a scope begins with no subject of what it says, but an object behind "I … of", and an "and" behind it?"""
    if len(scope) < 3 or scope[0].lower_ not in ("it", "this", "that", "them") or scope[1].lower_ != "and":
        return False
    before = doc[: scope.start]
    return any(t.lower_ in ("i", "we") for t in before) and before[-1:].text.lower() in ("of", "on", "about", "with")


def _only_says_when(doc: Doc, scope: Span, left: int) -> bool:
    """Does what others said only give the time of what the statement, which has its subject before that, is about?"""
    timed = scope.start > 1 and doc[scope.start - 1].lower_ in ("when", "after", "before", "once", "until")
    verdict = _is(doc[left], "be") and not any(_is(t, "complement") for t in doc[scope.end : left])
    return timed and verdict and doc[left - 1].lower_ not in ("it", "this", "that", "there")


def _acknowledges_receipt(doc: Doc, scope: Span) -> bool:
    """Is what is acknowledged a letter, and nothing that is said?"""
    behind = doc[scope.end : scope.end + 4]
    return scope[-1].norm_ == "acknowledge" and any(_is(t, "letter") for t in behind)


def _is_fault_by(doc: Doc, left: int, end: int) -> bool:
    """Is it ", and it was fault by …" or ", and it was fault to …": words that nobody but the Ombudsman has?"""
    left += doc[left].lower_ == "it"
    joined = left > 2 and [t.lower_ for t in doc[left - 3 : left]] == [",", "and", "it"]
    return joined and doc[end - 2].lower_ != "at" and doc[end : end + 1].text in ("by", "to", "not")


def _thinks_about(doc: Doc, scope: Span) -> bool:
    """Does a scope end with "it thought", and go on with what about?"""
    behind = doc[scope.end : scope.end + 1]
    return doc[scope.end - 1].norm_ == "think" and any(t.lower_ in ("about", "of", "through") for t in behind)


def _begins_anew(doc: Doc, left: int, end: int) -> bool:
    """Does a clause of its own begin before a verb: ", and it was at fault", ", and billing him was fault", "and there
    is not enough for fault"?
    """
    acts = _is(doc[left], "be") and doc[left + 1].lower_ != "at" and doc[left - 1].text != ","
    if acts and any(
        doc[i].text == "," and doc[i + 1].lower_ == "and" and (_is_gerund(doc[i + 2]) or doc[i + 2].lower_ == "to")
        for i in range(max(0, left - 12), left - 2)
    ):
        return True
    before = [t.lower_ for t in doc[max(0, left - 3) : left]]
    if _is(doc[left], "be") and before[-2:] in (["and", "that"], ["and", "this"]):
        return True  # "no evidence that it told her and that was fault"
    if _is(doc[left], "be") and before[-2:] in (["and", "it"], ["so", "it"]) and _negatives(doc, left, end):
        return True  # "I am not persuaded that it knew, and it was not fault to wait"
    failed = doc[max(0, left - 8) : left]
    if _is(doc[left], "be") and any(_is(t, "shortcoming") and t.i > 1 and doc[t.i - 2].lower_ == "and" for t in failed):
        return True  # "and the failure to do so was fault"
    if doc[left].lower_ in ("do", "did") and before[-1:] == ["and"]:
        return True  # "I have seen no evidence of that and do not find fault"
    if doc[left].lower_ == "there" and before[-1:] == ["and"]:
        return _negatives(doc, left, end) > 0
    return _is(doc[left], "be") and before[:2] == [",", "and"] and before[2:] in (["it"], ["they"])


def _is_gerund(token: Token) -> bool:
    """Is a word an -ing of a verb, and not "nothing" or "during"?"""
    return token.lower_.endswith("ing") and not _is(token, "no-gerund")


def _judges_anew(doc: Doc, left: int, end: int) -> bool:
    """Is it "and it was fault to do so", or "and it was the Council's fault": a verdict of its own, and not what
    somebody said?
    """
    left += doc[left].lower_ == "it"
    joined = left > 1 and doc[left - 1].lower_ in ("it", "that", "this") and doc[left - 2].lower_ in ("and", "but")
    if joined and doc[left - 1].lower_ != "it" and doc[left - 3].text == ",":
        return _is(doc[left], "be")  # "told her that she had no appeal, and that was fault"
    whose = doc[end - 1].lower_ == "that" or any(t.lower_ in ("’s", "'s") for t in doc[left:end])
    return joined and _is(doc[left], "be") and (whose or doc[end : end + 1].text in ("to", "not"))


def _others_find(doc: Doc, scope: Span, span: Span) -> bool:
    """Is the verdict what somebody else "looked at and found"? Not "it considered this and decided to refuse, and was
    at fault", nor "I looked at how it did this and found no fault".
    """
    verdict = span.start == scope.end - 1 and span.label_.startswith("finding.find")
    told = doc[scope.end : scope.end + 1]
    ours = any(t.lower_ in ("i", "we", "my", "our", "having") for t in doc[: scope.end])
    return verdict and not ours and not (len(told) and _is(told[0], "be"))


def _found_then(doc: Doc, span: Span, left: int) -> bool:
    """Does a statement begin with "and found": what came of what the sentence tells before?"""
    told = doc[span.start].lower_ in ("found", "concluded", "decided")
    return told and left > 0 and doc[left - 1].lower_ in ("and", "but", "then")


def _is_denied_subject(doc: Doc, scope: Span, left: int) -> bool:
    """Is "nothing in this" the subject of the statement: does it open the sentence, or what the Ombudsman finds, and is
    the next verb that of the statement?
    """
    opens = scope.start == 0 or (scope.start > 2 and doc[scope.start - 1].lower_ == "that")
    between = doc[scope.end : left]
    joined = ("and", "so", "but", "which", "or", "because", "as", "to")
    verb = any(_is(t, "be") or _is(t, "modal") or _is(t, "can") or t.lower_ in joined for t in between)
    return opens and _is(doc[left], "be") and not verb


def _in_subject(doc: Doc, scope: Span) -> bool:
    """Does a question stand inside a subject such as "the failure to decide whether" or "starting this when a complaint
    was open", and not behind "I considered"?
    """
    acts = _is_gerund(doc[0]) or (doc[0].lower_ == "not" and _is_gerund(doc[1]))
    ours = any(t.lower_ in ("i", "we", "my", "our") for t in doc[2:])  # "To establish whether …, I asked"
    acts = acts or (doc[0].lower_ == "to" and not (ours and _is(doc[1], "inquire")))
    if acts and not any(t.text == "," for t in doc[: scope.start]):
        return True
    for token in reversed(doc[: scope.start]):
        if _is(token, "shortcoming"):
            return True
        if token.lower_ in ("i", "we", "ombudsman", "if"):
            return False
    return False


def _starts_with_failure(doc: Doc, scope: Span) -> bool:
    """Does the sentence begin with a failure or an -ing, before a scope that is a part of it and not its verb?"""
    subject = any(_is(t, "shortcoming") for t in doc[: min(5, scope.start)]) or doc[0].lower_.endswith("ing")
    subject = subject or doc[:2].text.lower() == "not to"
    # "It remained responsible and its failure to check what she told it was fault"
    subject = subject or any(
        _is(t, "shortcoming") and t.i > 1 and doc[t.i - 1].lower_ in ("its", "the") and doc[t.i - 2].lower_ == "and"
        for t in doc[: scope.start]
    )
    return subject and not (scope.start and doc[scope.start - 1].lower_ in ("and", "but", ",", ";"))


def _own_words(doc: Doc, scope: Span) -> bool:
    """`the Ombudsman's investigator`, `my report`: the Ombudsman speaking of its own work."""
    return scope.start > 0 and doc[scope.start - 1].lower_ in ("my", "our", "ombudsman", "ombudsman's")


_NEW_SUBJECTS = frozenset(
    [
        "the ombudsman",
        *(f"{so} {who}" for so in ("so", "therefore", "thus") for who in ("there", "it", "i", "we", "this")),
    ]
)


def _barred(doc: Doc, start: int, end: int, reach: str) -> bool:
    """Does a clause boundary stand between a scope and the statement it would govern?"""
    aside = _aside_before(doc, start, end)
    for i in range(start, end):
        if aside <= i:
            return False
        token = doc[i]
        following = doc[i + 1] if i + 1 < len(doc) else None
        # "but no fault" goes on with what was said; "but I found" does not
        goes_on = (
            token.lower_ == "but"
            and following is not None
            and following.lower_ in ("no", "not", "that", "did", "does", "do")
            and not (following.lower_ == "that" and _is(doc[i + 2], "be"))
        )
        if (_is(token, "clause-end") or _is(token, "barrier")) and not goes_on:
            return True
        if following is None:
            return False
        if token.text == ",":
            if reach == "clause":
                return True
            if _in_own_view(doc, i + 1):
                return True
            if following.lower_ in ("which", "i", "we") or doc[i + 1 : i + 3].text == "where there":
                return True
            at = i + 1
            while at < len(doc) - 1 and doc[at].lower_ in ("and", "so", "therefore"):
                at += 1
            if at > i + 1 and doc[at].lower_ in ("i", "we", "this", "there", "these", "which", "its", "the"):
                return True
            if at > i + 1 and (doc[at].lower_ == "to" or _is_gerund(doc[at])) and _is(doc[end], "be"):
                return True  # ", and to leave her to guess was fault"
            ours = next((t.i for t in doc[at : min(end, at + 6)] if t.lower_ in ("i", "we")), None)
            if at > i + 1 and ours and "that" not in (t.lower_ for t in doc[at:ours]):
                return True  # ", and having read the notes I …"
            if following.lower_ == "there" and doc[0].lower_ in ("in", "on", "as", "for", "regarding", "concerning"):
                return True  # "In relation to the complaint that it did not reply, there was fault"
            that_was = at > i + 1 and doc[at].lower_ == "that" and at + 1 < len(doc) and _is(doc[at + 1], "be")
            if that_was and any(_is(t, "acceptance") for t in doc[max(0, start - 3) : start]):
                return True  # "The School accepts it was late, and that was fault"
        elif token.lower_ == "and" and (
            following.lower_ in ("i", "we", "this", "these")
            or _in_own_view(doc, i)
            or (reach == "clause" and _is(following, "pronoun"))
            or doc[i + 1 : i + 3].text.lower() in _NEW_SUBJECTS
        ):
            return True
        elif token.lower_ == "and" and following.lower_ == "not" and i + 2 < end and doc[i + 2].lower_.endswith("ing"):
            return True  # "and not doing so was fault": a subject of its own
    return False


def _in_own_view(doc: Doc, at: int) -> bool:
    """Do the words from a token on say whose view comes next: "and in my view", "to our mind"?"""
    at += doc[at].lower_ in ("and", "but", "so")
    words = doc[at : at + 3]
    ours = words[:2].text.lower() in ("in my", "in our", "to my", "to our")
    return len(words) == 3 and ours and _is(words[2], "view-noun")


def _aside_before(doc: Doc, start: int, end: int) -> int:
    """Where an aside begins that is closed by a comma directly before `end` (", which was short, was"); else `end`."""
    if end - 1 <= start or doc[end - 1].text != "," or not (_is(doc[end], "be") or doc[end].lower_ in ("at", "fault")):
        return end
    return next((i for i in range(end - 2, start - 1, -1) if doc[i].text == ","), end)


_MARKS = frozenset("“”‘’\"'")


def _quoted(doc: Doc) -> list[tuple[int, int]]:
    """Token ranges that stand in quotation marks."""
    ranges: list[tuple[int, int]] = []
    opened = None
    if not _MARKS & set(language.text_of(doc)):
        return ranges
    marks = [t for t in doc if t.text in ("“", "”")]
    if marks and marks[0].text == "”":
        ranges.append((0, marks[0].i))  # a quotation that began in an earlier sentence
    for i, token in enumerate(doc):
        if token.text in ("“", "‘") or (token.text == "'" and opened is None and _opens(doc, i)):
            opened = i
        elif token.text == '"':
            if opened is None:
                opened = i
            else:
                ranges.append((opened, i))
                opened = None
        elif token.text in ("”", "’", "'") and opened is not None and (token.text == "'") == (doc[opened].text == "'"):
            ranges.append((opened, i))
            opened = None
    if opened is not None and (doc[opened].text not in ("‘", "'") or (opened and doc[opened - 1].text == ":")):
        ranges.append((opened, len(doc)))
    return ranges


def _opens(doc: Doc, at: int) -> bool:
    """Does a straight quotation mark stand before its words, and not behind them as that of a possessive does?"""
    return not doc[at].whitespace_ and (not at or bool(doc[at - 1].whitespace_))


def _clauses(doc: Doc, statements: list[Statement]):
    """(start, end, fault, rule) in characters: the sentence, or its clauses where it finds both ways."""
    if not statements:
        return
    groups: list[list[Statement]] = []
    for statement in statements:
        if groups and groups[-1][-1].fault == statement.fault:
            groups[-1].append(statement)
        else:
            groups.append([statement])
    begin = 0
    for group, following in zip(groups, [*groups[1:], None], strict=True):
        cut = len(doc) if following is None else _cut(doc, group[-1].end, following[0].start)
        if group[0].rule == "finding.but-not":
            cut = next(
                (
                    i
                    for i in range(group[0].end, cut - 1)
                    if doc[i].text == "," and doc[i + 1].lower_ in ("and", "but", "so")
                ),
                cut,
            )
        stop = doc[cut - 1].idx + len(doc[cut - 1])
        first = doc[begin].idx
        text = language.text_of(doc)[first:stop]
        stripped = text.rstrip(" ,;") if following is not None else text
        yield first, first + len(stripped), group[0].fault, group[0].rule
        begin = cut
        while begin < len(doc) - 1 and doc[begin].text in (",", ";"):
            begin += 1


def _cut(doc: Doc, after: int, before: int) -> int:
    """The token at which the second of two clauses begins."""
    for i in range(after, before):
        if doc[i].lower_ in ("apart", "except", "save") and doc[i + 1].lower_ in ("from", "for"):
            return i
    for i in range(before, after - 1, -1):
        if (
            i < len(doc)
            and i >= after
            and (
                doc[i].lower_
                in ("but", "although", "though", "however", "while", "whereas", "apart", "except", "nor", "and", "or")
                or _is(doc[i], "clause-end")
            )
        ):
            return i
    for i in range(after, before):
        if doc[i].text == ",":
            return i
    return max(after, before)
