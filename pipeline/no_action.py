"""Which words of a sentence take an action out of it: what somebody says, comments on, or will do only in some case."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from pipeline import clauses, language

_REPORTS = {"that", "it", "they", "there", "was", "were", "is", "had", "has", "if", "whether", "how", "why", "what"}
_PLEASED_WITH = ("promise.done", "promise.agreed", "promise.remedied", "promise.said-sorry")


def denials(doc: Doc) -> list[Span]:
    """The words of a sentence that can take an action out of it."""
    # "take no further action to recover the debt" is one: its "no further action" bars nothing
    waivers = clauses.waivers(doc)
    return [
        s
        for s in clauses.spans(doc, "no_action")
        if not any(w.start <= s.start < w.end for w in waivers)
        and not _reports_to_others(doc, s)
        and not _is_object(doc, s)
    ]


def of_draft(span: Span) -> bool:
    """Is it "in my draft decision", which may tell what was given up since?"""
    return span.label_ == "none.not-recommended" and span[-1].lower_ == "draft"


def bars(span: Span, doc: Doc, verb: int, promises: list[Span], start_verb: bool) -> bool:
    """Does a span of what is no action, before a verb, take out the verb's action?"""
    if span.label_ == "none.not-relied-on":
        return True
    in_line = span.label_ == "none.guidance-on-apology" and span[0].norm_ in clauses.words("heeding")
    if (in_line or span.label_ == "none.guidance") and any(span.end <= p.start <= verb for p in promises):
        return False  # "Our guidance suggests between £100 and £300, and it has agreed to pay her £200"
    to_be_done = any(p.start >= span.end and clauses.status_of(p) != "already_done" for p in promises)
    if span.label_ == "none.found-others" and to_be_done:
        return False  # "It found several other families and should write to them"
    if span.label_ == "none.explains" and any(p.start >= span.end for p in promises):
        return False  # "has explained that it does not usually do this, but has agreed to pay her £200"
    if span.label_ in ("none.evidence-to-us", "none.comment") and _shows_it_did(doc, span, verb, promises):
        return False
    if span.label_ == "none.they-say" and _says_it_did_or_will(doc, span, verb, promises):
        return False
    if span.label_ == "none.they-say" and _goes_on_to_act(doc, span, promises):
        return False
    if span.label_ in ("none.comment", "none.not-recommended") and _begins_anew(doc, span.end, promises):
        return False  # "I did not think that enough, and in place of it the Council will pay her £300"
    if span.label_ == "none.not-recommended" and span.start and doc[span.start - 1].lower_ == "as":
        return False  # "for its other residents, as Mrs P asked"
    if (
        span.start
        and doc[0].lower_ in clauses.words("conditions")
        and any("," in (t.text for t in doc[span.end : p.start]) for p in promises if p.start > span.end)
    ):
        return False  # "If one should be moved so that they can be together, the Council will meet the cost"
    own_words = doc[0].lower_ in ("i", "we")
    if span.start > verb + 1 or (start_verb and not own_words and span.start < verb and span.end <= verb):
        return False
    if span.label_ == "none.comment" and (
        _wants(doc, span, promises) or language.expression("context.besides-paid").search(language.text_of(doc))
    ):
        return False
    conditional = span.label_ == "none.comment" and doc[span.start].lower_ in ("if", "should", "where")
    if conditional and "not" in (t.lower_ for t in doc[span.start : span.end + 2]):
        return False  # "If it has not already done so, the Council should pay her"
    conditional = conditional and not any(t.lower_ == "already" for t in span)
    if conditional and to_be_done:
        return False  # "If Mrs X is content with this the Council will pay her £300"
    timed = span.start and doc[span.start - 1].lower_ in clauses.words("times")
    if timed and any(p.start >= span.end for p in promises):
        return False  # "Once that is done it will agree a plan with her"
    between = [p for p in promises if span.end <= p.start <= verb]
    if between and language.expression("context.begins-besides").match(language.text_of(doc)):
        return False  # "As well as taking these steps it has agreed to pay her £250"
    if span.label_ == "none.comment" and span.start < 2:
        pleased = any(
            t.lower_ in clauses.words("pleased") and doc[t.i : t.i + 2].text.lower() != "satisfied with"
            for t in doc[: span.end + 2]
        )
        if pleased and any(p.label_ in _PLEASED_WITH and span.end < p.start <= verb for p in promises):
            return False  # "I am pleased to note that it has refunded the £90"
    if span.label_ == "none.not-recommended" and any(doc[p.start - 1].lower_ in ("and", "but") for p in between):
        return False  # "I asked it to consider a payment and it has offered £400"
    if (
        span.label_ == "none.not-recommended"
        and any(t.lower_ in ("asked", "invited") for t in span)
        and agreed_behind(doc, span)
    ):
        return False  # "I asked it to consider refunding the fee and it has agreed"
    if span.label_ == "none.comment" and any(
        p.label_ in ("promise.recommend", "promise.asked") and doc[p.start - 1].lower_ in ("and", "so", ",")
        for p in between
    ):
        return False  # "I consider this is not enough and recommended it pay £400"
    if span.label_ in ("none.comment", "none.not-recommended") and any(
        clauses.status_of(p) in ("agreed", "recommended")
        and span.end <= p.start <= verb
        and any(t.lower_ in ("so", "and", "but") for t in doc[max(span.end, p.start - 2) : p.start])
        for p in promises
    ):
        return False  # "I do not consider this enough, so the Council will pay £300"
    if any(p.start <= span.start and span.end < p.end and language.pattern_of(p)["outweighs"] for p in promises):
        return False
    those = span.start and doc[span.start - 1].lower_ in ("both", "the", "two")
    return not (those and doc[span.start].lower_ == "councils")  # "both councils should", not councils in general


def _is_object(doc: Doc, span: Span) -> bool:
    """Is it what a verb acts on, and no comment: "and pay that amount to her"?"""
    joined = span.start > 1 and doc[span.start - 2].lower_ == "and" and clauses.is_verb(doc[span.start - 1])
    return joined and span[0].lower_ in ("this", "that", "these")


def passes(span: Span, promises: list[Span]) -> bool:
    """May what comes behind words that are no action be one?"""
    if span.label_ == "none.guidance":
        return any(p.start >= span.end for p in promises)
    if span.label_ == "none.evidence-to-us":  # "show us that it has trained its staff, and pay her £100"
        return any(t.text == "£" or t.lower_ in clauses.words("besides_evidence") for t in span.doc[span.end :])
    return span.label_ == "none.report-procedure"


def _reports_to_others(doc: Doc, span: Span) -> bool:
    """Is it a report to the Ombudsman "and to its own housing committee", which is one of its own?"""
    if span.label_ != "none.evidence-to-us":
        return False
    joined = any(t.lower_ == "and" for t in doc[span.start : span.end + 2])
    return joined and any(clauses.is_in(t, "committee") for t in doc[span.end : span.end + 6])


def agreed_behind(doc: Doc, promise: Span) -> bool:
    """Does a sentence go on to say that it was agreed: "I asked if it would mend it, and it has agreed"?"""
    behind = language.text_of(doc)[promise.end_char :]
    return language.expression("context.has-agreed").search(behind) is not None or any(
        p.label_ == "promise.agreed" and p.start > promise.end for p in clauses.spans(doc, "promise")
    )


def depends(doc: Doc, promise: Span) -> bool:
    """Is it only what a body does in some case, or would have to: "if it agrees with him it will have to cancel it",
    "would be liable if it changed the permission"?
    """
    if promise.label_ in ("promise.agreed", "promise.done", "promise.will") and any(
        t.lower_ == "if" for t in doc[max(0, promise.start - 2) : promise.start]
    ):
        return True
    words = " ".join(t.lower_ for t in doc[promise.end - 1 : promise.end + 2])
    return "have to" in words and any(t.lower_ == "if" for t in doc[: promise.end])


def _begins_anew(doc: Doc, start: int, promises: list[Span]) -> bool:
    """Does ", and" stand between a place and what a body agrees to or will pay?"""
    due = max((p.start for p in promises if p.label_ in ("promise.will", "promise.agreed")), default=0)
    if not any(t.text == "£" for t in doc[due:]):
        return False
    return any(doc[i].text == "," and doc[i + 1].lower_ in ("and", "but", "so") for i in range(start, due - 1))


def _says_it_did_or_will(doc: Doc, say: Span, verb: int, promises: list[Span]) -> bool:
    """Is what a body says its own act: "told her that it had cancelled the fine", "says it will pay"?"""
    for promise in promises:
        if promise.label_ == "promise.remedied" and promise.start >= say.end:
            return doc[promise.start - 1].lower_ == "that"
        if promise.label_ == "promise.will" and promise.start <= say.end + 2 and promise.end <= verb:
            return doc[verb].norm_ not in clauses.words("not_yet")
    return False


def _goes_on_to_act(doc: Doc, say: Span, promises: list[Span]) -> bool:
    """Does a body, behind what it says, agree or do something: "says it is sorry and has agreed to pay her £50", "told
    her so, apologised and offered her £250"?
    """
    behind = [p for p in promises if p.start >= say.end]
    agreed = (p for p in behind if p.label_ in ("promise.agreed", "promise.will"))
    joined = (doc[max(0, p.start - 1) : p.start + 2].text.lower() for p in agreed)
    if any(f" {words} ".find(f" and {aux} ") >= 0 for words in joined for aux in ("has", "have", "will")):
        return True
    for done in (p for p in behind if p.label_ == "promise.remedied"):
        between = [t.lower_ for t in doc[say.end : done.start]]
        # "accepted her challenge and cancelled the fine", and not "said that it was late and apologised"
        if "so" in between[:2] or not _REPORTS & {*between}:
            return True
    return False


def _shows_it_did(doc: Doc, show: Span, verb: int, promises: list[Span]) -> bool:
    """Is what a body has shown the Ombudsman its own act: "has shown us that it has paid her £100"?"""
    shown = any(t.lower_ in clauses.words("shown") for t in show)
    return shown and any(
        p.label_ == "promise.remedied"
        and show.start < p.start <= verb
        and doc[p.start - 1].lower_ in ("that", "us", "me")
        for p in promises
    )


def _wants(doc: Doc, comment: Span, promises: list[Span]) -> bool:
    """Is it the Ombudsman's comment that a body should do something: "we consider the Council should pay"?"""
    behind = [p for p in promises if clauses.status_of(p) == "recommended" and 0 <= p.start - comment.end <= 2]
    return any(p.end == len(doc) or doc[p.end].lower_ not in ("have", "be") for p in behind)
