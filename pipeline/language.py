"""spaCy over the sentences that can matter: a blank English pipeline, one component a subject.

A component notes the spans of its subject, one a match, labelled with the pattern's id; stages ask `spans` for them.
No model is loaded. Inflections are norms, set once from `patterns/words.toml`.
"""

from __future__ import annotations

import functools
import itertools
import re

import spacy
from spacy.attrs import LIKE_NUM, NORM, ORTH, SHAPE
from spacy.language import Language
from spacy.lexeme import Lexeme
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from pipeline import patterns
from pipeline.automaton import Automaton, Word
from pipeline.expressions import Expression

# A "sentence" longer than this is a table or a hostile file: its first part is read, the rest is not.
MAX_SENTENCE = 2_000

# With more words than this (a corpus has always new ones) the vocabulary is made anew, so that memory stays flat.
_MAX_WORDS = 80_000

_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")  # no-break and narrow ones, each of one character

_AND = Word("and", "and", "and", False, "xxx")

SUBJECTS = ("findings", "actions")
"""Those with token patterns."""


@functools.cache
def _automaton(subject: str) -> Automaton:
    narrowest = patterns.settings(subject).get("keep") == "narrowest"
    return Automaton(patterns.load(subject), narrowest=narrowest)


class _Words:
    """The places of an automaton that the tokens of Docs may take, remembered for each word met."""

    def __init__(self, automaton: Automaton):
        self.automaton = automaton
        self.places: dict[tuple[int, int], int] = {}  # by text and norm

    def of(self, doc: Doc) -> list[int]:
        known = self.places
        words = zip(doc.to_array(ORTH).tolist(), doc.to_array(NORM).tolist(), strict=True)
        return [known[word] if word in known else self._meet(doc.vocab, word) for word in words]

    def _meet(self, vocab: Vocab, word: tuple[int, int]) -> int:
        lexeme, norm = vocab[word[0]], vocab.strings[word[1]]
        self.places[word] = self.automaton.places(_word(lexeme, norm))
        return self.places[word]


class SubjectMatcher:
    """The component of one subject: a match of its token patterns for each pattern and start.

    The widest is kept, or where the subject's file says `keep = "narrowest"` the narrowest.
    """

    def __init__(self, subject: str, automaton: Automaton):
        self.subject, self.words = subject, _Words(automaton)

    def __call__(self, doc: Doc) -> Doc:
        automaton = self.words.automaton
        said: dict[str, list[Span]] = {}  # not `doc.spans`: that takes as long as finding them
        for start, end, rule in automaton.matches(self.words.of(doc)):
            said.setdefault(automaton.says[rule], []).append(Span(doc, start, end, label=rule))
        doc.user_data[self.subject] = said
        return doc


@Language.factory("ombudsman_subject", default_config={"subject": "findings"})
def _subject_factory(nlp: Language, name: str, subject: str) -> SubjectMatcher:
    return SubjectMatcher(subject, _automaton(subject))


@functools.cache
def pipeline() -> Language:
    """A blank English pipeline with a component for each subject."""
    nlp = spacy.blank("en")
    lemmas = patterns.words()["lemmas"].items()
    norms = {way: lemma for lemma, forms in lemmas for form in (lemma, *forms) for way in patterns.written(form)}
    getters = nlp.vocab.lex_attr_getters  # type: ignore[attr-defined]  # spaCy's stubs leave it out
    usual = getters[NORM]
    getters[NORM] = lambda word: norms.get(word) or usual(word)  # of words not met yet
    for lexeme in nlp.vocab:
        if lexeme.text in norms:
            lexeme.norm_ = norms[lexeme.text]
    for subject in SUBJECTS:
        nlp.add_pipe("ombudsman_subject", name=subject, config={"subject": subject})
    return nlp


def read(sentence: str, subject: str) -> Doc:
    """The sentence as a Doc with the spans of the subject. Token offsets count from the sentence's start."""
    doc = _split(sentence[:MAX_SENTENCE])
    return doc if subject in doc.user_data else pipeline().get_pipe(subject)(doc)


def spans(doc: Doc, subject: str, says: str) -> list[Span]:
    """The spans of a Doc that was read by a subject, of the entries that say this."""
    return doc.user_data[subject].get(says, [])


def every_span(doc: Doc, subject: str) -> list[Span]:
    """All spans of a Doc that was read by a subject, in the order of their starts."""
    return sorted(itertools.chain.from_iterable(doc.user_data[subject].values()), key=lambda span: span.start)


def text_of(doc: Doc) -> str:
    """The sentence that was read: `Doc.text` would be put together again from its tokens."""
    return doc.user_data["text"]


def _with_plain_blanks(sentence: str) -> str:
    """A sentence with each blank a plain one: any other is a token to spaCy, which stands between a pattern's words."""
    return sentence if sentence.isascii() else sentence.translate(_BLANKS)


@functools.lru_cache(maxsize=1024)
def _split(sentence: str) -> Doc:
    """The sentence as a Doc. Remembered: stages ask for one more than once, and decisions repeat each other's."""
    doc = pipeline().make_doc(_with_plain_blanks(sentence))
    doc.user_data["text"] = sentence
    return doc


@functools.lru_cache(maxsize=4096)
def may_say(sentence: str, subject: str, says: str) -> bool:
    """False where no entry of the subject that says this can match: most sentences need not be made a Doc."""
    sentence = _with_plain_blanks(sentence)
    words = sentence[:MAX_SENTENCE].split(" ")
    if words != sentence[:MAX_SENTENCE].split():
        return True  # spaCy makes tokens of other white space
    gate = _gate(subject, says)
    known = gate.known
    return gate.automaton.any([p for word in words for p in (known[word] if word in known else gate.meet(word))])


def says(sentence: str, subject: str, what: str) -> bool:
    """Does an entry of the subject that says this match in the sentence?"""
    return may_say(sentence, subject, what) and bool(spans(read(sentence, subject), subject, what))


class _Gate:
    """The entries of a subject that say one thing, for words between blanks, which spaCy splits each by itself."""

    def __init__(self, automaton: Automaton):
        self.automaton = automaton
        self.known: dict[str, list[int]] = {}

    def meet(self, word: str) -> list[int]:
        self.known[word] = [self.automaton.places(w) for w in _words_in(word)]
        return self.known[word]


# spaCy makes of these the word and the stop, unless it has a rule for the word ("cannot", "Mr.")
_PLAIN = re.compile(r"([A-Za-z]{2,})([,;:]|(?<=[a-z])\.)?")


@functools.lru_cache(maxsize=16_384)
def _words_in(between_blanks: str) -> list[Word]:
    """The words that spaCy makes of what stands between two blanks."""
    rules = pipeline().tokenizer.rules  # type: ignore[union-attr]  # spaCy's stubs leave it out
    plain = _PLAIN.fullmatch(between_blanks)
    if plain and between_blanks not in rules and plain[1] not in rules:
        return [_plain_word(part) for part in plain.groups() if part]
    doc = pipeline().make_doc(between_blanks)
    return [_word(t, t.norm_) for t in doc]


def _word(of: Token | Lexeme, norm: str) -> Word:
    """A word as patterns see it: "&" is "and" to them."""
    return _AND if of.text == "&" else Word(of.text, of.lower_, norm, of.like_num, of.shape_)


def _plain_word(text: str) -> Word:
    """A word without its entry in the vocabulary, which takes spaCy many times as long; new ones never end."""
    of = pipeline().vocab.lex_attr_getters  # type: ignore[attr-defined]  # spaCy's stubs leave it out
    return Word(text, text.lower(), of[NORM](text), bool(of[LIKE_NUM](text)), of[SHAPE](text))


@functools.cache
def _gate(subject: str, says: str) -> _Gate:
    return _Gate(Automaton(p for p in patterns.load(subject) if p["says"] == says))


def forget() -> None:
    """Lets go of the sentences that are remembered."""
    _split.cache_clear()


def renew() -> None:
    """Makes the vocabulary anew where the words met have become many. No Doc may be in use."""
    if len(pipeline().vocab.strings) > _MAX_WORDS:
        for remembered in (pipeline, _gate, _split, _words_in):
            remembered.cache_clear()


def load() -> None:
    """Loads all patterns; else each is loaded when it is first asked for."""
    pipeline()
    for subject in patterns.SUBJECTS:
        expressions(subject)


def is_in(token: Token, name: str) -> bool:
    """Is a token a word of a class of `words.toml`?"""
    return token.text in patterns.printed(name)


def pattern_of(span: Span) -> patterns.Pattern:
    """The pattern that made a span."""
    return entry(span.label_)


def entry(rule: str) -> patterns.Pattern:
    """The pattern of an id."""
    return _by_id()[rule]


@functools.cache
def _by_id() -> dict[str, patterns.Pattern]:
    return {p.id: p for p in patterns.every()}


@functools.cache
def expressions(subject: str) -> tuple[tuple[patterns.Pattern, Expression], ...]:
    """The regex patterns of a subject, compiled, in file order; several expressions of one entry are alternatives."""
    return tuple((p, patterns.compile_expression(p)) for p in patterns.load(subject) if p.regex)


@functools.cache
def expression(rule: str) -> Expression:
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
    return any(s.label_ == pattern.id for s in every_span(doc, pattern.subject))


def _regex_finds(pattern: patterns.Pattern, example: str) -> bool:
    compiled = {p.id: r for p, r in expressions(pattern.subject)}[pattern.id]
    return compiled.search(example) is not None
