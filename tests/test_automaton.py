"""Token patterns matched all at once: the same as one after the other, by going through every way there is."""

import made_up
from hypothesis import given
from hypothesis import strategies as st

from pipeline import language
from pipeline.automaton import Automaton, Word
from pipeline.patterns import Pattern
from pipeline.stages import read_decision

LETTERS = "bcd"
ELEMENT = st.builds(
    "{}{}".format,
    st.sampled_from(["b", "c", "b|c", "!b", "_", "~"]),
    st.sampled_from(["", "", "?", "*", "+", "{2}", "{0,2}", "{1,3}"]),
)
SHORT = st.lists(ELEMENT, min_size=0, max_size=4).flatmap(
    lambda some: st.integers(0, len(some)).map(lambda at: " ".join([*some[:at], "d", *some[at:]]))
)
BOUNDS = {"": (1, 1), "?": (0, 1), "*": (0, 99), "+": (1, 99), "{2}": (2, 2), "{0,2}": (0, 2), "{1,3}": (1, 3)}


def ends(elements, tokens, start, room):
    """Where a pattern can end that starts at a token; a bounded repeat is bounded only by the length of the whole."""
    if not elements:
        return {start}
    base, (least, most) = elements[0]
    found = set()
    for count in range(room + 1):
        if count >= least:
            found |= ends(elements[1:], tokens, start + count, room - count)
        if count == (most if (least, most) in ((0, 1), (1, 1)) or least == most else 99) or start + count >= len(
            tokens
        ):
            break
        if not takes(base, tokens[start + count]):
            break
    return found


def takes(base, token):
    if base == "_":
        return True
    if base == "~":
        return token != ";"
    return token != base[1:] if base.startswith("!") else token in base.split("|")


def split(short):
    for element in short.split():
        base = element.rstrip("?*+") if "{" not in element else element[: element.index("{")]
        yield base, BOUNDS[element[len(base) :]]


@given(st.lists(SHORT, min_size=1, max_size=4), st.lists(st.sampled_from([*LETTERS, ";"]), max_size=9), st.booleans())
def test_all_at_once_is_one_after_the_other(shorts, tokens, narrowest):
    entries = [Pattern(f"p{n}", "findings", "A test.", (short,), (), (), (), {}) for n, short in enumerate(shorts)]
    automaton = Automaton(entries, narrowest=narrowest)
    expected = []
    for entry, short in zip(entries, shorts, strict=True):
        elements = list(split(short))
        longest = sum(most if most < 99 else 10_000 for _, (_, most) in elements)
        for start in range(len(tokens)):
            found = {e for e in ends(elements, tokens, start, len(tokens) - start) if 0 < e - start <= longest}
            if found:
                expected.append((start, min(found) if narrowest else max(found), entry.id))
    sentence = [automaton.places(Word(t, t, t, False, "x")) for t in tokens]
    assert sorted(automaton.matches(sentence)) == sorted(expected)
    assert automaton.any(sentence) or not expected


def test_a_vocabulary_made_anew_changes_nothing(monkeypatch):
    text = made_up.website()
    before = read_decision(text)
    vocabulary = language.pipeline().vocab
    monkeypatch.setattr(language, "_MAX_WORDS", 1)
    assert read_decision(text) == before and language.pipeline().vocab is not vocabulary
