"""Which of the actions told before a few words mean: "the payment of £100", "items a) and c)", "what is for Mr X"."""

from __future__ import annotations

import re
from itertools import takewhile

from pipeline import clauses, language, parties, signs
from pipeline.records import Action

SUM = re.compile(r"£\s?[\d,.]*\d")
WAITING = 200  # actions before one that it may belong to: more than any decision has
_WORD, _LONG_WORD = re.compile(r"\w+"), re.compile(r"\w{4,}")
_WHY = re.compile(r",?\s+(?:(?:for|on|to|about)\s+which|because|as\s+it|since\s+it|which|whose)\b")  # and not what
_FROM_TO = re.compile(r"\bto\b|[–-]")
_SIGN_NOUN = re.compile(r"\b(?:items?|points?|recommendations?|parts?|actions?)\s+")
_IN_SIGN = re.compile(r"(?:the\s+)?(?:sums?|payments?|actions?|steps?)\s+(?:in|at|under)\s+")
_SIGN = rf"(?:\(?{signs.BARE}\)|(?<=\s)\d{{1,2}}\b(?!\s\w))"
_SIGNS = re.compile(
    rf"(?:{_IN_SIGN.pattern}|{_SIGN_NOUN.pattern})?{_SIGN}(?:(?:,|,?\s+and|\s+or|\s+to|\s*[–-])\s*{_SIGN})*(?=\W|\Z)"
)
_SIGN_ALONE = re.compile(rf"(?<!\w){signs.BARE}(?=\)|\b(?!\w))(?<!\band)(?<!\bor)(?<!\bto)")
_PLACES = re.compile(
    r"the\s+(?:(?:first|second|third|fourth|fifth|last)(?:\s+(?:two|three|four))?(?:(?:\s*,|\s*,?\s+and)\s+(?:the\s+)?(?=\w))?)+"
    r"(?:\s+(?:of\s+(?:these|those|them)|ones?|items?|points?|recommendations?|actions?|steps?))?\W*"
)
_SIGN_BEFORE = re.compile(rf"(?<!\w)\(?({signs.BARE})[).]\s+\Z")
_SIGN_OPENS = re.compile(rf"\(?({signs.BARE})[).]\s+")
_ORDER = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}
_HOW_MANY = {"two": 2, "three": 3, "four": 4}


def sums_of(text: str, *actions: Action) -> set[str]:
    """The sums that the items of some actions name, as printed."""
    return {money for a in actions for money in SUM.findall(text[a.item_start : a.item_end])}


def own_sums(text: str, action: Action) -> set[str]:
    """The sums that the words of an action name, as printed."""
    return set(SUM.findall(text[action.start : action.end]))


def through(numbers: list[int], words: str) -> list[int]:
    """The numbers of "12 and 15", or all from one to the other of "12 to 15"."""
    if len(numbers) == 2 and _FROM_TO.search(words):
        return list(range(numbers[0], numbers[1] + 1))
    return numbers


def by_order(order: str, items: list[int]) -> set[int]:
    """The items that "first two", "first and third", "last" or "a), b) and d)" name."""
    words = _WORD.findall(order.lower())
    if places := [signs.NUMERALS.index(w) for w in words if w in signs.NUMERALS]:
        return {items[place] for place in through(places, order) if place < len(items)}
    if places := [int(w) - 1 if w.isdigit() else ord(w) - ord("a") for w in words if len(w) == 1]:
        return {items[place] for place in through(places, order) if 0 <= place < len(items)}
    chosen: set[int] = set()
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word in _ORDER:
            count = _HOW_MANY.get(following, 1)
            at = _ORDER[word] if word != "last" else -count
            chosen.update(items[at : at + count or None])
    return chosen


def item_of(action: Action) -> int:
    """Where the item stands that an action is in: a block, or a part of one where the list runs on."""
    runs_on = action.lead is not None and action.block.start <= action.lead[0]
    return action.item_start if runs_on else action.block.start


def by_sign(text: str, words: str, actions: list[Action]) -> list[Action]:
    """Those of some actions that "(c)", "item b)" or "points (i) and (iv)" name: by the sign printed before the item,
    else by its order in the last list. None for other words.
    """
    named = _SIGNS.match(words)
    if named is None:
        return []
    words = _SIGN_NOUN.sub("", _IN_SIGN.sub("", named[0]))
    return by_printed_sign(text, words, actions) or _in_last_list(words, actions)


def by_place(words: str, actions: list[Action]) -> list[Action]:
    """Those of some actions that "the fourth" or "the last two of these" name, of the last list; else none."""
    return _in_last_list(words, actions) if _PLACES.fullmatch(words) else []


def _in_last_list(order: str, actions: list[Action]) -> list[Action]:
    """Those of some actions that are in the items of the last list that `by_order` finds."""
    lead = next((a.lead for a in reversed(actions) if a.lead is not None), None)
    listed = [a for a in actions if lead is not None and a.lead == lead]
    chosen = by_order(order, sorted({item_of(a) for a in listed}))
    return [a for a in listed if item_of(a) in chosen]


def by_printed_sign(text: str, words: str, actions: list[Action]) -> list[Action]:
    """Those of some actions whose items have the signs that a few words hold, each the last that has it; none where
    one of the signs is before none of them.
    """
    printed = {sign: item_of(a) for a in actions if a.lead is not None and (sign := _sign_of(text, a))}
    named = _SIGN_ALONE.findall(words)
    if not named or not all(sign in printed for sign in named):
        return []
    places = [printed[sign] for sign in named]
    if len(places) == 2 and _FROM_TO.search(words):
        return [a for a in actions if places[0] <= item_of(a) <= places[1]]
    return [a for a in actions if item_of(a) in places]


def _sign_of(text: str, action: Action) -> str:
    """The sign printed before the item that an action is in, or behind its bullet, without brackets: "iv" of "(iv)"; ""
    where it has none.
    """
    at = item_of(action)
    found = _SIGN_BEFORE.search(text, max(0, at - 8), at) or _SIGN_OPENS.match(text, at)
    return found[1] if found else ""


def stem(word: str) -> str:
    """What a noun has in common with the verb of it: "training", "trained"."""
    return word.lower().removesuffix("s")[:5]


def for_people(text: str, names: str, actions: list[Action]) -> list[Action]:
    """Those of some actions that are for people named: an action that names nobody is for those named before it."""
    asked, chosen, ours = parties.people_in(names), [], False
    for action in actions:
        if named := parties.people_in(text[action.start : action.end]):
            ours = bool(named & asked)
        if ours:
            chosen.append(action)
    return chosen


def meant(text: str, actions: list[Action], words: str) -> list[Action]:
    """The actions that a few words mean: by the sum, by what a payment is for, by their kind, else the likest."""
    words = _WHY.split(words, maxsplit=1)[0]
    if "£" in words:
        return by_sum(text, actions, words)
    if signed := by_sign(text, words, actions) or by_place(words, actions):
        return signed
    doc = language.read(words, "actions")
    kind, _, _ = clauses.classify(doc, 0, len(doc), False, anywhere=True)
    paid = "payment" in words
    named = [a for a in actions if a.kind == kind or (paid and a.kind == "payment")]
    if paid:
        if theirs := for_people(text, words, [a for a in named if a.kind == "payment"]):
            return theirs
        return likest(text, [a for a in named if a.kind == "payment"], words, least=1) or named
    return named or likest(text, actions, words) or _only(likest(text, actions, words, least=1))


def _only(actions: list[Action]) -> list[Action]:
    """The action, where it is one."""
    return actions if len(actions) == 1 else []


def by_sum(text: str, actions: list[Action], words: str) -> list[Action]:
    """The actions that name one of the sums that a few words name, in their own words or else in their items."""
    sums = set(SUM.findall(words))
    if own := [a for a in actions if sums & own_sums(text, a)]:
        return own
    return [a for a in actions if sums & set(SUM.findall(text[a.start : a.item_end]))]


def likest(text: str, actions: list[Action], words: str, least: int = 2) -> list[Action]:
    """The actions that share most words with a few words; none where none shares so many at least."""
    told = set(_LONG_WORD.findall(words.lower())) - {"payment", "payments", "further"}
    shared = [len(told & set(_LONG_WORD.findall(text[a.start : a.end].lower()))) for a in actions]
    most = max(shared, default=0)
    return [a for a, n in zip(actions, shared, strict=True) if n == most] if most >= least else []


def what(text: str, action: Action) -> str:
    """What an action is, in small letters; a payment or an apology without what it is for."""
    words = text[action.start : action.end].lower()
    return words.partition(" for ")[0] if action.kind in ("payment", "apology") else words


def in_order(order: str, actions: list[Action]) -> list[Action]:
    """Those of the last list among some actions whose items "first two" or "a), b) and d)" name."""
    listed = list(takewhile(lambda a: a.lead == actions[-1].lead, reversed(actions)))
    chosen = by_order(order, sorted({a.block.start for a in listed}))
    return [a for a in listed if a.block.start in chosen]
