"""Regular expressions that are tried only where they can match.

What an expression must begin with, and the words that it cannot do without, are read off the expression itself. The
first is looked for with one scan of the text in small letters, the second with a search for plain strings; most
sentences hold neither, and the expression is never tried on them. What is found is the same.
"""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import regex

Node = tuple[Any, Any]
"""A part of a parsed expression: what it is, and of what."""

Start = tuple[str, ...]
"""The first characters of a match, each an expression."""

_GROUP_NAME, _SAME_AGAIN = re.compile(r"\(\?P<\w+>"), re.compile(r"\(\?P=\w+\)")
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_LOOKS = (op.AT, op.ASSERT, op.ASSERT_NOT)  # take no character
_CLASSES = {op.CATEGORY_DIGIT: r"\d", op.CATEGORY_SPACE: r"\s"}
_WORD = (op.CATEGORY, op.CATEGORY_WORD)
_AT_WORD = r"(?<!\w.)"
_LETTERS = re.compile(r"\[([a-zA-Z-]+)\](.*)")
_RANGE = re.compile("(.)-(.)")
_END: Node = (None, None)
_MOST_NEEDED, _MOST_SETS = 24, 3
_AS_STOP_WORD, _AS_PART = (0, 1_000, 1_000, 1_000, 100, 20), (0, 1_000, 500, 20, 3, 1)  # how common, by length up to 5
_LONG_START, _FEW_STARTS, _MANY_STARTS, _MOST_STARTS = 5, 4, 100, 1_000
_SEVERAL = -1


class _Way(NamedTuple):
    """One of the alternatives that an expression is of: each match of it holds a word of each of `needed`, given in
    small letters; `starts` are the ways it can begin, none for anyhow.
    """

    needed: tuple[tuple[str, ...], ...]
    starts: frozenset[Start]


class Expression:
    """A compiled expression of the `regex` module, with its `search`, `match` and `finditer`.

    Several expressions are alternatives, the first first.
    """

    __slots__ = ("_anchored", "_compiled", "_ignores_case", "_opens", "_scans", "_ways", "match", "pattern")

    def __init__(self, *expressions: str, flags: int = 0):
        small = bool(flags & regex.IGNORECASE)
        trees = [_parsed(e) for e in expressions]
        pattern = "|".join(f"(?:{e})" for e in expressions)
        guarded = "|".join(f"(?:{_guard(tree, small)}{e})" for e, tree in zip(expressions, trees, strict=True))
        self.__setstate__((pattern, regex.compile(guarded, flags), small, *_read(trees, small)))

    def __getstate__(self):
        return self.pattern, self._compiled, self._ignores_case, self._ways, self._anchored

    def __setstate__(self, state) -> None:
        self.pattern, self._compiled, self._ignores_case, self._ways, self._anchored = state
        self.match = self._compiled.match
        # those that have been asked for; the first by the alternative, null for what looks everywhere
        self._scans: dict[int, Callable[..., re.Match | None] | None] = {}
        self._opens: Callable[..., re.Match | None] | None = None

    def search(self, text: str, start: int = 0, end: int | None = None) -> regex.Match | None:
        end = len(text) if end is None else end
        small = small_letters(text)
        scanned = small if self._ignores_case else text
        if self._anchored:
            opens = self._opens or self._opening()
            return self.match(text, start, end) if opens(scanned, start, end) else None
        if (possible := self._possible(small, start, end)) is None:
            return None
        if (scan := self._scans[possible] if possible in self._scans else self._scan(possible)) is None:
            return self._compiled.search(text, start, end)
        while place := scan(scanned, start, end):
            start = place.start()
            if found := self.match(text, start, end):
                return found
            start += 1
        return None

    def finditer(
        self, text: str, start: int = 0, end: int | None = None, *, overlapped: bool = False
    ) -> Iterator[regex.Match]:
        end = len(text) if end is None else end
        small = small_letters(text)
        if (possible := self._possible(small, start, end)) is None:
            return iter(())
        if (scan := self._scans[possible] if possible in self._scans else self._scan(possible)) is None:
            return self._compiled.finditer(text, start, end, overlapped=overlapped)
        return self._each(scan, text, small if self._ignores_case else text, start, end, overlapped)

    def _each(self, scan: Callable, text: str, scanned: str, start: int, end: int, overlapped: bool):
        while place := scan(scanned, start, end):
            start = place.start()
            found = self.match(text, start, end)
            if found:
                yield found
            start = start + 1 if overlapped or not found else found.end()

    def _possible(self, small: str, start: int, end: int) -> int | None:
        """The only alternative that can match by the words in text[start:end], `_SEVERAL`, or null where none can."""
        only: int | None = None
        for n, (needed, _) in enumerate(self._ways):
            for words in needed:
                for word in words:
                    if small.find(word, start, end) >= 0:
                        break
                else:
                    break
            else:
                if only is not None:
                    return _SEVERAL
                only = n
        return only

    def _opening(self) -> Callable[..., re.Match | None]:
        self._opens = re.compile(_begins(self._ways)).match
        return self._opens

    def _scan(self, possible: int) -> Callable[..., re.Match | None] | None:
        """What finds the places where the possible alternatives can begin; null where that is anywhere."""
        begins = _begins(self._ways if possible == _SEVERAL else [self._ways[possible]])
        self._scans[possible] = re.compile(begins).search if begins else None
        return self._scans[possible]


class Places:
    """Where words, given in small letters, stand in a text."""

    __slots__ = ("_starts",)

    def __init__(self, words: Iterable[str], text: str):
        small = small_letters(text)
        self._starts: list[int] = []
        for word in words:
            at = small.find(word)
            while at >= 0:
                self._starts.append(at)
                at = small.find(word, at + 1)
        self._starts.sort()

    def any(self, start: int, end: int) -> bool:
        """Does one of the words begin in text[start:end]?"""
        at = bisect_left(self._starts, start)
        return at < len(self._starts) and self._starts[at] < end


def small_letters(text: str) -> str:
    """The text in small letters, each character in its place."""
    return _of_decision(text) if len(text) > 2_000 else _of_line(text)


def _lower(text: str) -> str:
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(s if len(s := c.lower()) == 1 else c for c in text)


# each stage asks for the decision's text, and several expressions for each line
_of_decision = functools.lru_cache(maxsize=1)(_lower)
_of_line = functools.lru_cache(maxsize=64)(_lower)


def _read(trees: Iterable[list[Node] | None], ignore_case: bool) -> tuple[tuple[_Way, ...], bool]:
    """The alternatives of some expressions, and whether all match at the text's beginning alone; null is of one that
    could not be read, and may match anything.
    """
    char, ways, anchored = _small if ignore_case else chr, [], True
    for tree in trees:
        ways += [_Way(_needed(way), _known_starts(way, char)) for way in _ways(tree or [])]
        anchored = anchored and tree is not None and _anchored(tree)
    # what needs no word is tried first, as nothing is to be looked for
    return tuple(sorted(ways, key=lambda way: len(way.needed))), anchored


def _parsed(expression: str) -> list[Node] | None:
    """The parts of an expression; null where the standard library's parser cannot read it."""
    try:
        # the standard library's parser does not know one name for several groups
        # nor what such a group matched once more: a word, for what is looked for first
        return list(_parser.parse(_GROUP_NAME.sub("(", _SAME_AGAIN.sub(r"\\w+", expression))))
    except re.error:
        return None


def _guard(tree: list[Node] | None, ignore_case: bool) -> str:
    """An expression to stand before one that looks back first: looking back takes long, and most places that other
    alternatives can begin at are none of its own.
    """
    if not tree or tree[0][0] is not op.ASSERT_NOT or tree[0][1][0] > 0:
        return ""
    begins = _plain_first(_known_starts(tree, _small if ignore_case else chr))
    return f"(?={begins})" if begins else ""


def _ways(items: list[Node]) -> Iterator[list[Node]]:
    """The alternatives of a sequence: its own where it is but a branch, behind what takes no character."""
    looks = list(itertools.takewhile(lambda item: item[0] in _LOOKS, items))
    rest = items[len(looks) :]
    if len(rest) == 1 and rest[0][0] is op.BRANCH:
        for way in rest[0][1][1]:
            yield from _ways([*looks, *way])
    else:
        yield items


def _known_starts(way: Iterable[Node], char: Callable[[int], str]) -> frozenset[Start]:
    """The ways in which a match of a sequence can begin; none if that is not known, or too many."""
    starts = frozenset[Start]().union(*(_starts(way, char) or [{()}]))
    return frozenset() if () in starts or len(starts) > _MOST_STARTS else starts


def _begins(ways: Iterable[_Way]) -> str:
    """An expression for where a match of one of some alternatives can begin; empty if unknown."""
    starts: set[Start] = set()
    for way in ways:
        if not way.starts:
            return ""
        starts |= way.starts
    return _plain_first(starts)


def _plain_first(starts: Iterable[Start]) -> str:
    """One expression for all starts, which begins with plain letters where they do: a scan goes faster over such."""
    return _tree({(letter, *start[1:]) for start in starts for letter in _letters(start[0])})


def _anchored(items: list[Node]) -> bool:
    """Does each match of a sequence begin where the text begins?"""
    kind, of = items[0] if items else _END
    if kind is op.SUBPATTERN:
        return _anchored(list(of[-1]))
    if kind is op.BRANCH:
        return all(_anchored(list(way)) for way in of[1])
    return kind is op.AT and of is op.AT_BEGINNING


def _small(code: int) -> str:
    return small if len(small := chr(code).lower()) == 1 else chr(code)


def _needed(items: Iterable[Node]) -> tuple[tuple[str, ...], ...]:
    """The best sets of strings in small letters of which each match of a sequence holds one, the best first."""
    choices = sorted((sum(map(_commonness, words)), tuple(sorted(words))) for words in set(_choices(items)))
    return tuple(words for _, words in choices[:_MOST_SETS])


def _choices(items: Iterable[Node]) -> Iterator[frozenset[str]]:
    """All sets of strings in small letters of which each match of a sequence holds one."""
    run = ""
    for kind, of in (*items, _END):
        if kind is op.LITERAL:
            run += _small(of)
            continue
        if run:
            yield frozenset([run])
            run = ""
        if kind is op.SUBPATTERN:
            yield from _choices(of[-1])
        elif kind is op.ATOMIC_GROUP:
            yield from _choices(of)
        elif kind in _REPEATS and of[0]:
            yield from _choices(of[2])
        elif kind is op.BRANCH:
            ways = [_rarest(_choices(way)) for way in of[1]]
            words = frozenset().union(*(way for way in ways if way))
            if None not in ways and len(words) <= _MOST_NEEDED:
                yield words


def _rarest(choices: Iterable[frozenset[str]]) -> frozenset[str] | None:
    return min(choices, key=lambda words: sum(map(_commonness, words)), default=None)


def _commonness(word: str) -> int:
    """How common a string is in English text, by a rough guess: it only chooses what is looked for first."""
    # imported here: a process that only hands out work needs no spaCy
    from spacy.lang.en.stop_words import STOP_WORDS

    if not word.isalpha():
        return 5
    return (_AS_STOP_WORD if word in STOP_WORDS else _AS_PART)[min(len(word), 5)]


def _starts(items: Iterable[Node], char: Callable[[int], str]) -> tuple[set[Start], set[Start]] | None:
    """How a match of a sequence may begin: the starts behind which something unknown follows, and those that are all
    of it, so that what follows the sequence goes on from them. Null where it can begin with anything.
    """
    closed: set[Start] = set()
    whole: set[Start] = {()}
    word = False
    for kind, of in items:
        if kind in _LOOKS:
            if _is_edge(kind, of):
                word = word or whole == {()}
                whole = {(*start[:-1], start[-1] + r"\b") if start else start for start in whole}
            continue
        following = _starts_of(kind, of, char)
        if following is None:
            if () in whole:
                return None
            closed, whole = closed | whole, set()
            break
        closed |= {a + b for a in whole for b in following[0]}
        whole = {a + b for a in whole for b in following[1]}
        enough = {start for start in whole if len(start) >= _LONG_START} if len(whole) < _MANY_STARTS else whole - {()}
        closed |= enough
        whole -= enough
        if not whole:
            break
    if word:  # looked at behind the first character, so that the scan still begins with a plain one
        closed, whole = ({(s[0] + _AT_WORD, *s[1:]) if s else s for s in starts} for starts in (closed, whole))
    return closed, whole


def _tree(starts: Iterable[Start]) -> str:
    """One expression for all starts, in which each tries but once what it has in common with others."""
    following: dict[str, set[Start]] = {}
    for first, *rest in starts:
        following.setdefault(first, set()).add(tuple(rest))
    ways = [first + ("" if () in rest else _tree(rest)) for first, rest in sorted(following.items())]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def _letters(first: str) -> list[str]:
    """A bracket of letters as one expression for each."""
    found = _LETTERS.fullmatch(first)
    if not found:
        return [first]
    spelled = _RANGE.sub(lambda r: "".join(map(chr, range(ord(r[1]), ord(r[2]) + 1))), found[1])
    return [letter + found[2] for letter in spelled]


def _is_edge(kind: Any, of: Any) -> bool:
    """Is it the edge of a word: a boundary, or no letter before?"""
    if kind is op.AT:
        return of is op.AT_BOUNDARY
    return kind is op.ASSERT_NOT and of[0] < 0 and len(of[1]) == 1 and of[1][0][0] is op.IN and _WORD in of[1][0][1]


def _starts_of(kind: Any, of: Any, char: Callable[[int], str]) -> tuple[set[Start], set[Start]] | None:
    if kind is op.LITERAL:
        return set(), {(_one_of(char(of)),)}
    if kind is op.SUBPATTERN:
        return _starts(of[-1], _either_case if of[1] & re.IGNORECASE and char is chr else char)
    if kind is op.ATOMIC_GROUP:
        return _starts(of, char)
    if kind is op.IN:
        classes = [_class(inside, what, char) for inside, what in of]
        return None if None in classes else (set(), {(f"[{''.join(c for c in classes if c)}]",)})
    if kind in _REPEATS:
        least, most, repeated = of
        if (starts := _starts(repeated, char)) is None or () in starts[0]:
            return None
        closed, whole = starts
        if most > 1 and len(whole) <= _FEW_STARTS:
            closed = closed | {a + b for a in whole for b in closed | whole}  # once, and what is behind, or twice
        elif most > 1:
            closed, whole = closed | whole, set()
        return closed - {()}, whole | ({()} if not least or () in closed else set())
    if kind is op.BRANCH:
        ways = [_starts(way, char) for way in of[1]]
        known = [way for way in ways if way is not None]
        if len(known) < len(ways):
            return None
        return set().union(*(way[0] for way in known)), set().union(*(way[1] for way in known))
    return None


def _either_case(code: int) -> str:
    return _small(code) + chr(code).upper()


def _one_of(characters: str) -> str:
    return re.escape(characters) if len(characters) == 1 else f"[{re.escape(characters)}]"


def _class(kind: Any, of: Any, char: Callable[[int], str]) -> str | None:
    """A part of a bracket, for a bracket; null for what is too wide to help."""
    if kind is op.LITERAL:
        return re.escape(char(of))
    if kind is op.RANGE:
        return "".join(f"{re.escape(a)}-{re.escape(b)}" for a, b in zip(char(of[0]), char(of[1]), strict=True))
    return _CLASSES.get(of) if kind is op.CATEGORY else None
