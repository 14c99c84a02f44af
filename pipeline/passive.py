"""What is to be done to something, told as its doer would tell it: "The oak will be cut back" as "cut back the oak".

The patterns of `actions` know actions by their verb and what it acts on. In the passive, and in items of lists that
leave the verb's helper out ("his record to be corrected", "appeal form reworded"), both stand in another order.
"""

from __future__ import annotations

from pipeline import clauses, language

Known = tuple[str, str, str]
"""The kind of an action, for whom it is, and the rule that knew it."""

_MAX = 300  # characters: what is longer is no plain passive


def known(sentence: str, others: bool) -> Known | None:
    """The action of "The oak will be cut back"; null where it is none that the patterns know."""
    return _known("context.undergoes", sentence, others)


def known_done(sentence: str, others: bool) -> Known | None:
    """The action of "The register has been corrected"; null as above."""
    return _known("context.has-undergone", sentence, others)


def known_item(item: str, others: bool) -> Known | None:
    """The action of an item such as "his record to be corrected", or "an officer to ring her"; null as above."""
    return _known("context.item-undergoes", item, others) or _known("context.item-by-whom", item, others)


def _known(rule: str, text: str, others: bool) -> Known | None:
    found = language.expression(rule).match(text) if len(text) <= _MAX else None
    if found is None:
        return None
    verb = next(iter(language.read(found["verb"], "actions")), None)
    if verb is None or not clauses.is_in(verb, "action") or verb.norm_ in clauses.words("vague_passives"):
        return None
    groups = found.groupdict()
    what = groups.get("what") or ""
    first, _, rest = what.partition(" ")
    if first.lower() in clauses.words("articles"):  # else "The" would begin a name
        what = f"{first.lower()} {rest}"
    active = " ".join(part for part in (verb.norm_, groups.get("particle"), what, found["rest"].strip(" ,")) if part)
    doc = language.read(active, "actions")
    kind, audience, known_by = clauses.classify(doc, 0, len(doc), others)
    return (kind, audience, known_by) if kind else None
