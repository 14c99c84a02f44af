"""spaCy over the sentences that can matter: a blank English pipeline, one component a subject.

A component writes `doc.spans[SUBJECT]`, a span a match, labelled with the pattern's id; stages read those.
No model is loaded. Word classes are lexeme flags and inflections are norms, both set once from
`patterns/words.toml`, so that the Matcher compares integers and never calls back into Python.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable

import regex
import spacy
from spacy.attrs import LOWER
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.strings import StringStore
from spacy.tokens import Doc, Span, SpanGroup, Token
from spacy.util import filter_spans

from pipeline import patterns

# Lexeme flags 0 to 18 are spaCy's own; a flag is one bit of 64.
_FIRST_FLAG, _LAST_FLAG = 19, 63

# A "sentence" longer than this is a table or a hostile file: its first part is read, the rest is not.
MAX_SENTENCE = 2_000


@functools.cache
def flags(subject: str) -> dict[str, int]:
    """The lexeme flag of each word class that a subject's patterns name, or its stage (`classes` in its file)."""
    of_patterns: set[str] = set()
    for pattern in patterns.load(subject):
        for name in regex.findall(r"@([\w-]+)", " ".join(pattern.tokens)):
            if name not in patterns.words()["classes"]:
                where = f"patterns/{subject}.toml, pattern {pattern.id!r}"
                raise patterns.PatternError(f"{where}: patterns/words.toml has no class {name!r}.")
            of_patterns.add(name)
    named = of_patterns | set(patterns.settings(subject).get("classes", ())) | {"clause-end", "phrase-end"}
    named |= {
        c for wordings in patterns.words()["macros"].values() for w in wordings for c in regex.findall(r"@([\w-]+)", w)
    }
    if len(named) > _LAST_FLAG - _FIRST_FLAG + 1:
        raise patterns.PatternError(
            f"patterns/{subject}.toml names {len(named)} word classes; 45 is the most spaCy can flag."
        )
    return {name: _FIRST_FLAG + i for i, name in enumerate(sorted(named))}


def _vocabulary(subject: str):
    vocab = spacy.blank("en").vocab
    for lemma, forms in patterns.words()["lemmas"].items():
        for form in (lemma, *forms):
            for written in _written(form):
                vocab[written].norm_ = lemma
    for name, flag in flags(subject).items():
        for form in patterns.class_forms(name):
            for written in _written(form):
                vocab[written].set_flag(flag, True)
    return vocab


def _written(form: str) -> set[str]:
    """The ways a word is printed: small, capital at the start, all capitals, curly apostrophe."""
    cased = {form, form[:1].upper() + form[1:], form.upper()}
    cased.update(patterns.words()["spellings"].get(form, ()))
    return cased | {w.replace("'", "’") for w in cased}


class SubjectMatcher:
    """The component of one subject: a match of its token patterns for each pattern and start.

    The widest is kept, or where the subject's file says `keep = "narrowest"` the narrowest.
    Patterns are kept apart by the words they cannot do without, the first and the rarest of the others; a sentence
    meets only those for which it holds both.
    """

    def __init__(self, nlp: Language, subject: str):
        self.subject = subject
        self.narrowest = patterns.settings(subject).get("keep") == "narrowest"
        self.patterns = {p.id: p for p in patterns.load(subject) if p.tokens}
        self.key: dict[int, tuple[str, int]] = {}
        strings = nlp.vocab.strings
        groups: dict[tuple[frozenset[int], frozenset[int]], Matcher] = {}
        for pattern in self.patterns.values():
            strings.add(pattern.id)
            for short in pattern.tokens:
                for compiled, longest in patterns.compile_pattern(pattern, short, flags(subject)):
                    first, *others = [_needed(spec, subject, strings) for spec in compiled]
                    rarest = min((words for words in others if words), key=len, default=frozenset())
                    if (first, rarest) not in groups:
                        groups[first, rarest] = Matcher(nlp.vocab, validate=False)  # its schema knows no flags of ours
                    name = f"{pattern.id}/{longest}"
                    self.key[strings.add(name)] = (pattern.id, longest)
                    groups[first, rarest].add(name, [compiled])
        self.always = [(rarest, matcher) for (first, rarest), matcher in groups.items() if not first]
        self.starting: dict[int, list[tuple[frozenset[int], Matcher]]] = {}
        for (first, rarest), matcher in groups.items():
            for word in first:
                self.starting.setdefault(word, []).append((rarest, matcher))

    def __call__(self, doc: Doc) -> Doc:
        words = set(doc.to_array(LOWER).tolist())
        begun = itertools.chain(self.always, *(self.starting.get(word, ()) for word in words))
        matchers = {id(m): m for rarest, m in begun if not rarest or not rarest.isdisjoint(words)}
        ends: dict[tuple[str, int], int] = {}
        for matcher in matchers.values():
            for key, start, end in matcher(doc):
                name, longest = self.key[key]
                if end - start <= longest:
                    known = ends.get((name, start))
                    if known is None or (end < known if self.narrowest else end > known):
                        ends[name, start] = end
        found = sorted(ends.items(), key=lambda w: (w[0][1], -w[1], w[0][0]))
        spans = [Span(doc, start, end, label=name) for (name, start), end in found]
        doc.spans[self.subject] = SpanGroup(doc, name=self.subject, spans=spans)
        return doc


# spaCy splits "isn't" and "they've" and gives the parts norms that no form of ours shows
_SPLIT_FORMS = {"be": ("'s", "'re", "'m", "ai"), "have": ("'s", "'ve")}


def _needed(spec: dict, subject: str, strings: StringStore) -> frozenset[int]:
    """The small-letter words of which a token specification needs one; empty where it needs none in particular."""
    if spec.get("OP") in ("*", "?"):
        return frozenset()
    forms: Iterable[str] = ()
    if isinstance(spec.get("LOWER"), str):
        forms = (spec["LOWER"],)
    elif isinstance(spec.get("LOWER"), dict):
        forms = spec["LOWER"].get("IN", ())
    elif "NORM" in spec:
        forms = patterns.expand(spec["NORM"]) | set(_SPLIT_FORMS.get(spec["NORM"], ()))
    else:
        named = next((name for name, flag in flags(subject).items() if spec.get(flag) is True), None)
        forms = patterns.class_forms(named) if named else ()
    return frozenset(strings.add(written) for form in forms for written in {form, form.replace("'", "’")})


@Language.factory("ombudsman_subject", default_config={"subject": "findings"})
def _subject_factory(nlp: Language, name: str, subject: str) -> SubjectMatcher:
    return SubjectMatcher(nlp, subject)


@functools.cache
def pipeline(subject: str) -> Language:
    """A blank English pipeline with the component of the subject; its vocabulary carries that subject's flags."""
    nlp = spacy.blank("en", vocab=_vocabulary(subject))
    nlp.add_pipe("ombudsman_subject", name=subject, config={"subject": subject})
    return nlp


def read(sentence: str, subject: str) -> Doc:
    """The sentence as a Doc with the spans of the subject. Token offsets count from the sentence's start."""
    return pipeline(subject)(sentence[:MAX_SENTENCE])


def member_of(subject: str) -> Callable[[Token, str], bool]:
    """A test whether a token of the subject's Docs is a word of a class of `words.toml`."""

    def is_member(token: Token, name: str) -> bool:
        return token.check_flag(flags(subject)[name])  # type: ignore[attr-defined]  # spaCy's stubs leave it out

    return is_member


def pattern_of(span: Span) -> patterns.Pattern:
    """The pattern that made a span."""
    return _by_id()[span.label_]


@functools.cache
def _by_id() -> dict[str, patterns.Pattern]:
    return {p.id: p for p in patterns.every()}


def longest(spans) -> list[Span]:
    """The spans without overlaps, longest first kept, in text order."""
    return filter_spans(list(spans))


@functools.cache
def expressions(subject: str) -> tuple[tuple[patterns.Pattern, regex.Pattern], ...]:
    """The regex patterns of a subject, compiled, in file order; several expressions of one entry are alternatives."""
    return tuple((p, patterns.compile_expression(p)) for p in patterns.load(subject) if p.regex)


@functools.cache
def expression(rule: str) -> regex.Pattern:
    """The compiled expression of one entry of `context`."""
    return {p.id: e for p, e in expressions("context")}[rule]


def check() -> list[str]:
    """Every example of every pattern tried: one sentence for each that fails."""
    faults = []
    for pattern in patterns.every():
        finds = _tokens_find if pattern.tokens else _regex_finds
        for example in pattern.match:
            if not finds(pattern, example):
                faults.append(f"{pattern.id} must match {example!r} and does not.")
        for example in pattern.no_match:
            if finds(pattern, example):
                faults.append(f"{pattern.id} must not match {example!r} and does.")
    return faults


def _tokens_find(pattern: patterns.Pattern, example: str) -> bool:
    doc = read(example, pattern.subject)
    return any(s.label_ == pattern.id for s in doc.spans[pattern.subject])


def _regex_finds(pattern: patterns.Pattern, example: str) -> bool:
    compiled = {p.id: r for p, r in expressions(pattern.subject)}[pattern.id]
    return compiled.search(example) is not None
