"""Words are split for the first look at a sentence as spaCy splits them."""

from pathlib import Path

from pipeline import language
from pipeline.automaton import Word

ROOT = Path(__file__).parents[1]


def test_words_between_blanks_are_those_of_spacy():
    texts = [f.read_text("utf-8") for f in (ROOT / "tests" / "gold").rglob("*.txt")]
    words = {word for text in texts for word in text.split()} | {"cannot", "Mr.", "etc.", "a.m.", "gonna", "Id", "No."}
    plain = 0
    for word in sorted(words):
        of_spacy = [Word(t.text, t.lower_, t.norm_, t.like_num, t.shape_) for t in language.pipeline().make_doc(word)]
        as_and = [Word("and", "and", "and", False, "xxx") if w.text == "&" else w for w in of_spacy]
        assert language._words_in(word) == as_and, word
        plain += bool(language._PLAIN.fullmatch(word))
    assert plain > 10_000
