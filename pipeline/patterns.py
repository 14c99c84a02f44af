"""Load, compile and check the language data in `patterns/`.

A subject is one file, `patterns/SUBJECT.toml`, of `[[pattern]]` entries:

    [[pattern]]
    id = "finding.at-fault"            # unique in the project; the `rule` of every value it decides
    note = "Somebody is at fault."     # plain words
    tokens = ["@be @filler{0,5} at fault"]
    match = ["The Council was at fault for this."]
    no_match = ["The Council was at faulty premises."]
    says = "fault"                     # any further key is for the stage that reads the subject

`tokens` are spaCy token patterns in a short form, one token after the other:

    word        the word in any inflection that `words.toml` lists under it, else that word alone
    =word       that form alone                 a|b        either
    @class      a word of that class            !a|b       any token but these
    _           any token                       ~          any token that does not end a clause
    -           any token that does not end a phrase (no comma, no "but", "which", "that")
    &           a whole number or an amount     $macro      each wording of that macro
    #letter     a capital letter that stands for a name
    {2,5} ? * +  how often, behind any of these

`regex` are regular expressions for what is decided by characters, not words: lines, sums, dates.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, NamedTuple

import regex

from pipeline.compiled import compiled
from pipeline.expressions import Expression

SUBJECTS = (
    "sections",
    "heading",
    "outcome",
    "findings",
    "actions",
    "payments",
    "deadlines",
    "context",
)
_KEYS = {"id", "note", "tokens", "regex", "match", "no_match"}
_DOUBLING = {"plan", "stop", "refer", "transfer", "log", "cancel", "equip", "embed", "label"}
_NAMED = regex.compile(r"(?<!\(\?P?)<([a-z£]+)>")
_MACRO = regex.compile(r"\$([\w-]+)")
_ELEMENT = regex.compile(r"(?P<base>[^\s{}?*+]+)(?P<op>\{\d+(?:,\d*)?\}|[?*+])?", regex.V1)


class PatternError(ValueError):
    """A pattern file that cannot be used; the message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of a pattern file.

    `says` holds the keys that are the subject's own (polarity, kind, part…).
    """

    id: str
    subject: str
    note: str
    tokens: tuple[str, ...]
    regex: tuple[str, ...]
    match: tuple[str, ...]
    no_match: tuple[str, ...]
    says: dict = field(hash=False, compare=False)

    def __getitem__(self, key: str):
        return self.says.get(key)


def _folder():
    return resources.files("patterns")


@functools.cache
def words() -> dict[str, Any]:
    """The lemmas, word classes and macros of `patterns/words.toml`; its `regular` verbs stand among the lemmas."""
    data = tomllib.loads((_folder() / "words.toml").read_text("utf-8"))
    data["lemmas"] = {v: _inflect(v) for v in data["regular"]} | data["lemmas"]
    data["classes"]["regular"] = data["regular"]
    return data


def _inflect(verb: str) -> list[str]:
    """The -s, -ed and -ing forms of a regular English verb."""
    if regex.search(r"[^aeiou]y$", verb):
        return [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb in _DOUBLING:
        stem = verb + verb[-1]
    past = "paid" if verb.endswith("pay") else stem + "ed"
    return [verb + ("es" if regex.search(r"(?:s|sh|ch|x|z)$", verb) else "s"), past, stem + "ing"]


@functools.cache
def load(subject: str) -> tuple[Pattern, ...]:
    """The patterns of one subject, in file order. Raises PatternError for an entry that breaks the form."""
    name = f"patterns/{subject}.toml"
    entries = []
    for entry in _file(subject).get("pattern", []):
        where = f"{name}, pattern {entry.get('id', '?')!r}"
        if not entry.get("id") or not entry.get("note"):
            raise PatternError(f"{where} needs an id and a note.")
        if bool(entry.get("tokens")) == bool(entry.get("regex")):
            raise PatternError(f"{where} needs either tokens or regex.")
        if not entry.get("match") or "no_match" not in entry:
            raise PatternError(f"{where} needs examples: match and no_match.")
        entries.append(
            Pattern(
                id=entry["id"],
                subject=subject,
                note=entry["note"],
                **{k: tuple(entry.get(k, ())) for k in ("tokens", "regex", "match", "no_match")},
                says={k: v for k, v in entry.items() if k not in _KEYS},
            )
        )
    return tuple(entries)


def settings(subject: str) -> dict:
    """The tables of a subject's file beside its patterns (word lists, weights)."""
    return {k: v for k, v in _file(subject).items() if k != "pattern"}


@functools.cache
def _file(subject: str) -> dict[str, Any]:
    try:
        return tomllib.loads((_folder() / f"{subject}.toml").read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PatternError(f"patterns/{subject}.toml is not valid TOML ({error}); mend that line.") from None


def every() -> Iterator[Pattern]:
    """All patterns of all subjects. Raises PatternError where two share an id."""
    seen: set[str] = set()
    for pattern in itertools.chain.from_iterable(load(s) for s in SUBJECTS):
        if pattern.id in seen:
            raise PatternError(f"patterns/{pattern.subject}.toml: the id {pattern.id!r} stands twice.")
        seen.add(pattern.id)
        yield pattern


@functools.cache
def fingerprint() -> str:
    """SHA-256 over all pattern data, file names included: 64 hex digits."""
    digest = hashlib.sha256()
    for path in sorted(_folder().iterdir(), key=lambda p: p.name):
        if path.name.endswith((".toml", ".csv")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def fill(expression: str) -> str:
    """A regular expression with the `<name>`s of `words.toml` put in."""
    expressions = words()["expressions"]
    while True:
        filled = _NAMED.sub(lambda name: str(expressions.get(name[1], name[0])), expression)
        if filled == expression:
            return filled.replace("[^.;]", _IN_SENTENCE).replace("[^.;£]", _IN_SENTENCE_NO_SUM)
        expression = filled


# The stop of "£312.40" ends no sentence; the end of a line does, as items of lists need no stop.
_IN_SENTENCE, _IN_SENTENCE_NO_SUM = r"(?:[^.;\n]|\.(?=\d\d\b))", r"[^.;£\n]"


@functools.cache
def expand(word: str) -> frozenset[str]:
    """The lower-case forms of a word: the inflections listed for it, or itself."""
    return frozenset([word, *words()["lemmas"].get(word, ())])


@functools.cache
def class_forms(name: str) -> frozenset[str]:
    """All forms of a word class, inflections included, small unless listed with a capital ("Miss").

    Raises PatternError for an unknown class.
    """
    try:
        members = words()["classes"][name]
    except KeyError:
        raise PatternError(f"patterns/words.toml has no class {name!r}.") from None
    forms: set[str] = set()
    for member in members:
        if member.startswith("@"):
            forms |= class_forms(member[1:])
        elif member.startswith("="):
            forms.add(member[1:])
        else:
            forms |= expand(member)
    return frozenset(forms)


def written(form: str) -> set[str]:
    """The ways a word is printed: small, capital at the start, all capitals, curly apostrophe."""
    cased = {form, form[:1].upper() + form[1:], form.upper()}
    cased.update(words()["spellings"].get(form, ()))
    return cased | {w.replace("'", "’") for w in cased}


@functools.cache
def printed(name: str) -> frozenset[str]:
    """The words of a class in every way they are printed."""
    return frozenset(way for form in class_forms(name) for way in written(form))


class Test(NamedTuple):
    """What a token may be: of a `class` or of `no class`, a `form` or `no form` of some, of a `lemma`, `any`, a
    `number` or a `letter` that stands for a name. `of` holds the class, the lower-case forms or the lemma.
    """

    kind: str
    of: frozenset[str] = frozenset()


class Place(NamedTuple):
    """One place of a token pattern: a token that passes one of the tests; none if `optional`, more if `repeated`."""

    tests: tuple[Test, ...]
    optional: bool = False
    repeated: bool = False


def compile_pattern(pattern: Pattern, short: str) -> list[tuple[list[Place], int]]:
    """`compile_tokens` for an entry. Raises PatternError that names its file and id."""
    try:
        return compile_tokens(short)
    except PatternError as error:
        raise PatternError(f"patterns/{pattern.subject}.toml, pattern {pattern.id!r}: {error}") from None


def compile_expression(pattern: Pattern) -> Expression:
    """The regular expressions of an entry as one, with its `<name>`s. Raises PatternError that names file and id."""
    try:
        return compiled(*map(fill, pattern.regex), flags=regex.V0 | regex.IGNORECASE)
    except regex.error as error:
        where = f"patterns/{pattern.subject}.toml, pattern {pattern.id!r}"
        raise PatternError(f"{where}: the expression cannot be read ({error}).") from None


def compile_tokens(short: str) -> list[tuple[list[Place], int]]:
    """The places of one short form, for each wording of its macros, each with the most tokens it may span.

    A bounded repeat is compiled to an unbounded one and the bound is kept as the length of the whole, so that a gap
    costs one place however wide it is.
    """
    macro = _MACRO.search(short)
    if macro:
        if macro[1] not in words()["macros"]:
            raise PatternError(f"patterns/words.toml has no macro {macro[1]!r}.")
        wordings = (short[: macro.start()] + w + short[macro.end() :] for w in words()["macros"][macro[1]])
        return [compiled for wording in wordings for compiled in compile_tokens(wording)]
    places: list[Place] = []
    longest = position = 0
    for found in _ELEMENT.finditer(short):
        if short[position : found.start()].strip():
            break
        position = found.end()
        least, most = _bounds(found["op"])
        longest += most
        tests = tuple(_tests(found["base"], not places))
        if (least, most) == (0, 1):
            places.append(Place(tests, optional=True))
        else:
            places += [Place(tests)] * least
            if most > least:
                places.append(Place(tests, optional=True, repeated=True))
    if short[position:].strip() or all(place.optional for place in places):
        raise PatternError(f"the token pattern {short!r} cannot be read from {short[position:]!r} on.")
    return [(places, longest)]


_UNBOUNDED = 10_000


def _bounds(op: str | None) -> tuple[int, int]:
    if op is None:
        return 1, 1
    if op in "?*+":
        return {"?": (0, 1), "*": (0, _UNBOUNDED), "+": (1, _UNBOUNDED)}[op]
    least, _, most = op[1:-1].partition(",")
    return int(least), int(most or least) if "," not in op or most else _UNBOUNDED


_SIGNS = {
    "_": Test("any"),
    "~": Test("no class", frozenset(["clause-end"])),
    "-": Test("no class", frozenset(["phrase-end"])),
    "#letter": Test("letter"),
    "&": Test("number"),
}


def _tests(base: str, first: bool) -> list[Test]:
    if base in _SIGNS:
        return [_SIGNS[base]]
    if base.startswith("!@"):
        return [Test("no class", _class(base[2:]))]
    if base.startswith("@") and "|" not in base:
        return [Test("class", _class(base[1:]))]
    if base.startswith("!"):
        return [Test("no form", frozenset().union(*(expand(w) for w in base[1:].split("|"))))]
    choices = base.split("|")
    if any(c.startswith("@") for c in choices):
        return [test for c in choices for test in _tests(c, True)]
    if len(choices) == 1 or first:
        return [_word(w) for w in choices]
    return [Test("form", frozenset().union(*({w[1:]} if w.startswith("=") else expand(w) for w in choices)))]


def _class(name: str) -> frozenset[str]:
    if name not in words()["classes"]:
        raise PatternError(f"patterns/words.toml has no class {name!r}.")
    return frozenset([name])


def _word(word: str) -> Test:
    if word.startswith("="):
        return Test("form", frozenset([word[1:]]))
    return Test("lemma" if word in words()["lemmas"] else "form", frozenset([word]))
