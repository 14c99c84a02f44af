"""People and bodies as decisions name them: who gets a payment, who is to act."""

from __future__ import annotations

import re

import regex

from pipeline import language
from pipeline.compiled import compiled
from pipeline.patterns import fill

# The expressions are in `patterns/words.toml`: titles, surnames, relations, groups, pronouns. Names have capitals.
WHO = compiled(
    rf"(?P<kin>{fill('<kin>')})|(?P<name>{fill('<name>')})|(?P<group>(?i:{fill('<group>')}))|(?P<pronoun>\b(?i:{fill('<pronoun>')})\b)"
)
_NAME = compiled(
    fill(
        r"<title>\s+(?:and|&)\s+<title>\s+<surname>|<title>\s+<surname>(?:\s+and\s+(?:<title>\s+<surname>|(?:his|her)\s+<relation>))?"
    )
)
_AND = re.compile(r"\s+(?:and|&)\s+")
_WOMAN, _MAN = (compiled(fill(rf"\b<{who}>\b")) for who in ("woman", "man"))
_GROUP_NAME = compiled(fill("(?i:<group>)"))

BODY = compiled(
    r"(?P<both>(?:[Tt]he\s+)?(?:Council|Trust|ICB|CCG|Authority|Care\s+Provider|Provider|Company|Association|Home|School|Borough\s+Council|County\s+Council|District\s+Council)(?:\s*,\s*(?:the\s+)?(?:Council|Trust|ICB|CCG|Authority|Provider|Care\s+Provider))?\s+and\s+(?:the\s+)?(?:[A-Z]\w*\s+)?(?:Council|Trust|ICB|CCG|Authority|Care\s+Provider|Provider|Company|Association|Home|School))"
    r"|(?P<one>(?:[Tt]he\s+)?(?:(?:County|Borough|District|City|Care|Fire|Park|Academy|NHS|Housing)\s+)?(?:Council|Trust|ICB|CCG|Authority|Provider|Company|Association|Home|School|College|Board|Panel|Governors|Practice|Surgery|Agency|Corporation))\b(?![’']s)"
    r"|(?P<tfl>\bTfL\b)|(?P<lower>\bthe\s+(?:two\s+)?(?:county\s+|borough\s+|district\s+)?councils?\b)"
)


def on_one_line(printed: str) -> str:
    """A printed name on one line; "the" small, though it began a sentence."""
    line = " ".join(printed.split())
    return line[0].lower() + line[1:] if line.startswith("The ") else line


def are_several(name: str) -> bool:
    """Does a name name more than one: "Mr and Mrs X", "Mr & Mrs X"?"""
    return _AND.search(name) is not None


def people_in(text: str) -> set[str]:
    """The people whom a text names with a title or by a letter, each by himself: "Mr and Mrs Ash" are Mr Ash and Mrs
    Ash.
    """
    people: set[str] = set()
    for found in _NAME.finditer(text):
        *first, last = _AND.split(" ".join(found[0].split()))
        surname = last.partition(" ")[2]
        people.update(f"{one} {surname}" if " " not in one else one for one in (*first, last))
    for found in WHO.finditer(text):
        people.update(one for one in _AND.split(found["name"] or "") if len(one) == 1)
    return people


def body_in(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The last body named as one who acts in text[start:end], as printed with a small "the", and where it stands."""
    last = None
    for found in BODY.finditer(text, start, end):
        last = found
    if last is None:
        return None
    return on_one_line(last[0]), last.start()


def acting_body(text: str, start: int, end: int) -> str | None:
    """The body named as the one who acts in text[start:end]; null where none is."""
    named = body_in(text, start, end)
    return named[0] if named else None


def last_name_before(text: str, at: int, pronoun: str, floor: int = 0) -> str | None:
    """The name last printed before a place that fits the pronoun: one person for him or her, several for them."""
    pronoun = pronoun.lower()
    window = max(floor, at - 6_000)
    fallback = None
    for found in reversed(list(_NAME.finditer(text, window, at))):
        name = " ".join(found[0].split())
        several = are_several(name)
        fallback = fallback or name
        if pronoun.startswith(("them", "each", "both", "their", "they")):
            if several:
                return name
        elif pronoun.startswith(("him", "his")) or pronoun == "he":
            if not several and name.startswith(("Mr ", "Mr.", "Sir", "Dr", "Mx")):
                return name
        elif not several and name.startswith(("Mrs", "Ms", "Miss", "Lady", "Dr", "Mx")):
            return name
    if fallback:
        return fallback
    groups = [on_one_line(g[0]) for g in _GROUP_NAME.finditer(text, window, at)]
    fitting = _WOMAN if pronoun in ("she", "her") else _MAN if pronoun in ("he", "him", "his") else None
    fit = [g for g in groups if fitting is None or fitting.search(g)]
    named = fit or groups
    return named[-1] if named else None


def stands_behind(rule: str, text: str, who: regex.Match) -> bool:
    """Do the words of an entry of `context` stand directly before a name?"""
    return language.expression(rule).search(text[max(0, who.start() - 30) : who.start()]) is not None
