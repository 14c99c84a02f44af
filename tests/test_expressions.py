"""Expressions that are tried only where they can match find what the plain ones find; what they look for first."""

import pytest
import regex

from pipeline import language, parties, patterns
from pipeline.expressions import Expression, Places, _begins, _parsed, _read, small_letters

EVERY = {p.id: (e, regex.V0 | regex.I) for s in patterns.SUBJECTS for p, e in language.expressions(s)}
EVERY |= {name: (getattr(parties, name), 0) for name in ("WHO", "BODY")}
EXAMPLES = [e for p in patterns.every() for e in (*p.match, *p.no_match)]
# all at once too: what one ends with and the next begins with, in every case
TEXTS = [*EXAMPLES, " ".join(EXAMPLES)[:5_000], "\n".join(EXAMPLES)[:5_000].upper()]


@pytest.mark.parametrize("name", EVERY)
def test_the_same_is_found(name):
    expression, flags = EVERY[name]
    plain = regex.compile(expression.pattern, flags)
    for text in TEXTS:
        for place in ((0, len(text)), (len(text) // 7, len(text) - len(text) // 9)):
            for more in ({}, {"overlapped": True}):
                expected = [m.span() for m in plain.finditer(text, *place, **more)]
                assert [m.span() for m in expression.finditer(text, *place, **more)] == expected, text
            first = expression.search(text, *place)
            assert (first and first.span()) == next(iter(expected), None), text


@pytest.mark.parametrize(
    ("expression", "needed", "starts"),
    [
        (r"\bfault\b", [[("fault",)]], True),
        (r"\b(?:pay|refund)\s+£", [[("£",), ("pay", "refund")]], True),
        (r"(?:a|the)\s+(?:payment|refund)", [[("payment", "refund"), ("a", "the")]], True),
        (r"\w+ing\b", [[("ing",)]], False),  # begins with anything
        (r"(?:by)?\s*\d", [[]], True),
        (r"(?P<x>a)|(?P<x>b)", [[("a",)], [("b",)]], True),  # one name for two groups, as `re` has not
        (r"\b(?:pay\s+it|\d+\s+pounds)", [[("pounds",)], [("pay",), ("it",)]], True),
    ],
)
def test_what_is_looked_for_first(expression, needed, starts):
    ways, _ = _read([_parsed(expression)], True)
    assert [[*map(set, way.needed)] for way in ways] == [[*map(set, words)] for words in needed]
    assert bool(_begins(ways)) == starts


def test_only_where_those_alternatives_begin_that_the_words_allow():
    expression = Expression(r"\bpay\s+(?:her|him)", r"\brefund\s+the\s+fee", flags=regex.I)

    def places(text):
        possible = expression._possible(text, 0, len(text))
        scan = None if possible is None else expression._scan(possible)
        return [word for word in ("pay him", "refund the") if scan and scan(word)]

    assert places("it will refund the fee") == ["refund the"]
    assert places("it will refund the cost") == []
    assert places("pay him and refund the fee") == ["pay him", "refund the"]


def test_an_alternative_looks_back_only_where_it_can_begin():
    looking_back = r"(?<!\bnot\b[^.]{0,60})\bfair\s+remedy\b"
    expression = Expression(looking_back, r"\ba\s+remedy\b", flags=regex.I)
    assert "(?=" in expression._compiled.pattern and "(?=" not in expression.pattern
    found = [m[0] for m in expression.finditer("This is a Fair remedy, and this a remedy. It is not a fair remedy.")]
    assert found == ["Fair remedy", "a remedy"]


def test_letters_that_change_their_length_keep_their_places():
    text = "İ paid £100. THE COUNCIL"
    assert len(small_letters(text)) == len(text) and small_letters(text).endswith("the council")
    found = Expression(r"\bcouncil\b", flags=regex.I).search(text)
    assert found and found[0] == "COUNCIL"


def test_places():
    places = Places(("fault", "upheld"), "Not Upheld: no fault, no faults.")
    assert places.any(0, 5) and places.any(15, 17) and not places.any(5, 15) and not places.any(26, 32)
