"""Lists that run on in a sentence: where their items stand."""

from __future__ import annotations

import re

from pipeline import clauses, language, signs

_BEHIND_VERB = ("in", "to", "that")  # "put in place", "write to her", "ensure that"
_BEHIND_ITEM = re.compile(r"[\s,;]*(?:\b(?:and|or)\s*)?\Z")
_BEFORE_ITEM = re.compile(r"\A\s*(?:and\s+|or\s+)?(?:[•·▪◦●○]\s*|\(?[a-z0-9]{1,3}\)\s*)?")


def labels(text: str, start: int, end: int) -> list[int]:
    """Where the labels of a list stand that begins in text[start:end] with its first ("a) …, b) …"); none where
    it has fewer than two, or nothing behind one, as in "agreed to (a) and (b), but not to (c)".
    """
    first = signs.PRINTED.match(text, start, end)
    if first is None:
        return []
    longest: list[int] = []
    for row in (signs.LETTERS, signs.NUMERALS, [f"{n}" for n in range(1, 100)]):
        if first[1] != row[0]:
            continue
        following, places = iter(row), []
        expected = next(following)
        for found in signs.PRINTED.finditer(text, start, end):
            stop = text[found.end(1)] == "." and text[found.start() - 2] not in ".;:,"
            if found[1] == expected and not stop:  # not "at stage 2. "
                places.append(found.start())
                expected = next(following, "")
        longest = max(longest, places, key=len)
    return longest if len(longest) > 1 and all(a < b for a, b in labelled(text, longest, end)) else []


def labelled(text: str, places: list[int], end: int) -> list[tuple[int, int]]:
    """The items of a list, without their labels and the "and" behind them."""
    starts = [found.end() for at in places if (found := signs.PRINTED.match(text, at, end))]
    return [(a, a + len(_BEHIND_ITEM.sub("", text[a:b]))) for a, b in zip(starts, [*places[1:], end], strict=True)]


def between_semicolons(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The items of a list that semicolons part, without the words that join them."""
    items = []
    while start < end:
        stop = text.find(";", start, end)
        stop = end if stop < 0 else stop + 1
        begin = stop - len(_BEFORE_ITEM.sub("", text[start:stop], count=1))
        if begin < stop:
            items.append((begin, stop))
        start = stop
    return items


def between_verbs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The items of a list that nothing parts but the verb that begins the next."""
    doc = language.read(text[start:end], "actions")
    form = clauses.form_of(doc[0])
    starts = [0] + [
        i
        for i in range(2, len(doc) - 1)
        if clauses.is_verb(doc[i])
        and clauses.form_of(doc[i]) == form
        and doc[i].lower_ not in clauses.words("auxiliaries")
        and doc[i - 1].lower_ not in clauses.words("joining") | clauses.words("coordinators")
        and doc[i - 2].lower_ not in ("let", "help", "make")  # "let him pay by instalments"
        and (clauses.object_begins(doc, i + 1) or doc[i + 1].lower_ in _BEHIND_VERB)
    ]
    places = [start + doc[i].idx for i in starts]
    return [(a, clauses.trimmed(text, a, b)) for a, b in zip(places, [*places[1:], end], strict=True)]
