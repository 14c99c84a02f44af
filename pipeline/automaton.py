"""All token patterns of a subject matched in one pass over a sentence.

Each place of each wording of each pattern is one bit of a number. A word stands for the bits of the places that it may
take, worked out when it is first met. Read from its end, a sentence then costs a few operations on such numbers for
each of its tokens, however many patterns there are, and shows where what starts (Shift-And, after Baeza-Yates and
Gonnet, with Navarro's optional and repeated places). Only from there is a single pattern followed to its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from pipeline import patterns
from pipeline.patterns import Pattern, Place, Test


class Word(NamedTuple):
    """What a token is to a pattern: its text, that in small letters, its norm, whether it is a number, its shape."""

    text: str
    lower: str
    norm: str
    number: bool
    shape: str


Match = tuple[int, int, str]
"""The first token, the one behind the last, and the pattern's id."""


class _Wording(NamedTuple):
    """One wording of a pattern. In its numbers its first place is 1 and its end, behind the last place, is `over`."""

    rule: str
    longest: int
    offset: int  # of its bits among those of all
    entry: int  # the places that may take the first token
    over: int
    optional: int
    repeated: int


class Automaton:
    """The token patterns of some entries: the widest match of each entry from each token, or the narrowest."""

    def __init__(self, entries: Iterable[Pattern], *, narrowest: bool = False):
        self.says: dict[str, str] = {}  # of each entry
        self._narrowest = narrowest
        self._same: dict[int, int] = {}  # one number for all words that are alike to the patterns
        self._wordings: dict[int, _Wording] = {}  # by the `int.bit_length` of the first place
        self._first = self._last = self._optional = self._repeated = 0
        self._tail = 0  # optional places with none but such behind them
        self._skips = 0  # the most optional places in a row
        # by what a test is of, the places that it opens to a word or, where it is a denial, closes
        self._words: dict[str, dict[str, int]] = {
            kind: {} for kind in ("class", "form", "lemma", "no class", "no form")
        }
        self._any = self._number = self._letter = 0
        offset = 0
        for entry in entries:
            self.says[entry.id] = entry["says"]
            for short in entry.tokens:
                for places, longest in patterns.compile_pattern(entry, short):
                    self._add(entry.id, places, longest, offset)
                    offset += len(places) + 1  # no word takes the bit between: nothing runs over into the next
        self._classes = self._words["class"].keys() | self._words["no class"].keys()

    def _add(self, rule: str, places: list[Place], longest: int, offset: int) -> None:
        solid = [i for i, place in enumerate(places) if not place.optional]
        optional = sum(1 << i for i, place in enumerate(places) if place.optional)
        repeated = sum(1 << i for i, place in enumerate(places) if place.repeated)
        over = 1 << len(places)
        self._wordings[offset + 1] = _Wording(rule, longest, offset, (2 << solid[0]) - 1, over, optional, repeated)
        self._first |= 1 << offset
        self._last |= over >> 1 << offset
        self._optional |= optional << offset
        self._repeated |= repeated << offset
        self._tail |= (over - (2 << solid[-1])) << offset
        self._skips = max(self._skips, *(b - a - 1 for a, b in pairwise([-1, *solid, len(places)])))
        for i, place in enumerate(places):
            for test in place.tests:
                self._admit(test, 1 << (offset + i))

    def _admit(self, test: Test, place: int) -> None:
        """Notes which words may take a place."""
        if test.kind == "number":
            self._number |= place
        elif test.kind == "letter":
            self._letter |= place
        elif test.kind in ("any", "no class", "no form"):
            self._any |= place
        for word in test.of:
            places = self._words[test.kind]
            places[word] = places.get(word, 0) | place

    def places(self, word: Word) -> int:
        """The places that a word may take. To be remembered: it is asked of every token."""
        words = self._words
        closed, open_ = words["no form"].get(word.lower, 0), words["form"].get(word.lower, 0)
        open_ |= words["lemma"].get(word.norm, 0)
        for name in self._classes:
            if word.text in patterns.printed(name):
                closed |= words["no class"].get(name, 0)
                open_ |= words["class"].get(name, 0)
        if word.number:
            open_ |= self._number
        # spaCy leaves the stop of a sentence that ends in a letter with it: "to work with Y."
        if word.shape in ("X", "X.") and word.lower not in ("a", "i", "i."):
            open_ |= self._letter
        places = self._any & ~closed | open_
        return self._same.setdefault(places, places)

    def any(self, sentence: list[int]) -> bool:
        """False where nothing matches; where it is true the bound of a gap may still be too near."""
        return next(self._starts(sentence), None) is not None

    def matches(self, sentence: list[int]) -> list[Match]:
        """The matches in a sentence, each token given by its `places`: by start, then the longest first, then by id."""
        ends: dict[tuple[int, str], int] = {}
        for start, first in self._starts(sentence):
            while first:
                place = first & -first
                first ^= place
                wording = self._wordings[place.bit_length()]
                end = self._end(wording, sentence, start)
                if end is not None:
                    known = ends.get((start, wording.rule))
                    if known is None or (end < known if self._narrowest else end > known):
                        ends[start, wording.rule] = end
        found = sorted((start, -end, rule) for (start, rule), end in ends.items())
        return [(start, -end, rule) for start, end, rule in found]

    def _starts(self, sentence: list[int]) -> Iterator[tuple[int, int]]:
        """The tokens from which wordings match if gaps have no bound, the last first, with their first places."""
        last, optional, repeated, tail = self._last, self._optional, self._repeated, self._tail
        skips = range(self._skips)
        ahead = tail  # the places from which the tokens behind this one match to the end
        for at in range(len(sentence) - 1, -1, -1):
            ahead = sentence[at] & (ahead >> 1 | last | ahead & repeated) | tail
            for _ in skips:
                ahead |= ahead >> 1 & optional
            if first := ahead & self._first:
                yield at, first

    def _end(self, wording: _Wording, sentence: list[int], start: int) -> int | None:
        """Where the widest, or narrowest, match of a wording from a token ends; null where its bound is too near."""
        _, longest, offset, state, over, optional, repeated = wording
        found = None
        for at in range(start, min(len(sentence), start + longest)):
            taken = state & sentence[at] >> offset
            if not taken:
                break
            state = taken << 1 | taken & repeated
            while (skipped := (state & optional) << 1) & ~state:
                state |= skipped
            if state & over:
                found = at + 1
                if self._narrowest:
                    break
                state ^= over
        return found
