"""The language data: every example of every pattern, the loader's errors, the short form of token patterns."""

import shutil
from pathlib import Path

import pytest

from pipeline import automaton, language, patterns

DATA = Path(patterns.__file__).parent.parent / "patterns"
EVERY = list(patterns.every())


# --- the one walk over all patterns ------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", EVERY, ids=lambda p: p.id)
def test_examples(pattern):
    finds = language._tokens_find if pattern.tokens else language._regex_finds
    assert [e for e in pattern.match if not finds(pattern, e)] == [], "must match"
    assert [e for e in pattern.no_match if finds(pattern, e)] == [], "must not match"


def test_every_pattern_says_what_it_is():
    for pattern in EVERY:
        assert pattern.note.endswith((".", "…")) and pattern.match and pattern.no_match, pattern.id
    assert {p.subject for p in EVERY} == set(patterns.SUBJECTS)
    assert len({p.id for p in EVERY}) == len(EVERY)


def test_check_is_quiet_where_all_hold():
    assert language.check() == []


# --- a folder of data of one's own -------------------------------------------------------------------------------

PATTERN = """
[[pattern]]
id = "finding.test"
note = "A test."
says = "statement"
tokens = ["{tokens}"]
match = ["at fault"]
no_match = ["at home"]
"""


def _forget():
    for module in (patterns, language):
        for thing in vars(module).values():
            if hasattr(thing, "cache_clear"):
                thing.cache_clear()


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of patterns/ that the program reads instead; change a file, and it is loaded anew."""
    folder = tmp_path / "patterns"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(patterns, "_folder", lambda: folder)
    _forget()
    yield folder
    _forget()


def put(data, text, subject="findings"):
    (data / f"{subject}.toml").write_text(text, "utf-8")
    _forget()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[pattern]]\nid = "finding.test\n', ["patterns/findings.toml", "not valid TOML", "line 2"]),
        (
            PATTERN.format(tokens="at fault").replace('note = "A test."\n', ""),
            ["patterns/findings.toml", "'finding.test'", "note"],
        ),
        (PATTERN.format(tokens="at fault").replace('id = "finding.test"\n', ""), ["patterns/findings.toml", "id"]),
        (
            PATTERN.format(tokens="at fault").replace('tokens = ["at fault"]\n', ""),
            ["'finding.test'", "tokens or regex"],
        ),
        (PATTERN.format(tokens="at fault") + 'regex = ["x"]\n', ["'finding.test'", "tokens or regex"]),
        (PATTERN.format(tokens="at fault").replace('match = ["at fault"]\n', "", 1), ["'finding.test'", "match"]),
        (PATTERN.format(tokens="at fault").replace('no_match = ["at home"]\n', ""), ["'finding.test'", "no_match"]),
    ],
)
def test_an_entry_that_breaks_the_form(data, text, words):
    put(data, text)
    with pytest.raises(patterns.PatternError) as error:
        list(patterns.every())
    assert [w for w in words if w not in str(error.value)] == []


def test_the_same_id_twice(data):
    put(data, PATTERN.format(tokens="at fault") * 2)
    with pytest.raises(patterns.PatternError, match=r"patterns/findings\.toml.*'finding\.test'.*twice"):
        list(patterns.every())


@pytest.mark.parametrize(
    ("tokens", "words"),
    [
        ("@nonsense fault", "nonsense"),
        ("!@nonsense fault", "nonsense"),
        ("$nonsense", "nonsense"),
        ("at {2 fault", "at {2 fault"),
        (" ", "cannot be read"),
    ],
)
def test_a_token_pattern_that_cannot_be_read(data, tokens, words):
    put(data, PATTERN.format(tokens=tokens))
    with pytest.raises(patterns.PatternError, match=words.replace("{", r"\{")):
        language.check()


@pytest.mark.parametrize(
    "tokens",
    [
        "@nonsense fault",
        "$nonsense",
        "at {2 fault",
    ],
)
def test_a_token_pattern_s_error_names_its_entry(data, tokens):
    put(data, PATTERN.format(tokens=tokens))
    with pytest.raises(patterns.PatternError, match=r"patterns/findings\.toml.*finding\.test"):
        language.check()


def test_a_regular_expression_that_cannot_be_read(data):
    put(data, PATTERN.format(tokens="x").replace('tokens = ["x"]', 'regex = ["(at fault"]'))
    with pytest.raises(patterns.PatternError, match=r"patterns/findings\.toml.*finding\.test"):
        language.check()


def found(sentence):
    doc = language.read(sentence, "findings")
    return [span.text for span in language.every_span(doc, "findings")]


def test_a_bounded_gap_is_bounded(data):
    put(data, PATTERN.format(tokens="it ~{0,2} fault"))
    assert found("It was a fault.") == ["It was a fault"] and found("It was no such fault.") == []


def test_the_widest_match_is_kept_or_the_narrowest(data):
    put(data, PATTERN.format(tokens="it ~{0,9} fault"))
    assert found("It was fault and fault.") == ["It was fault and fault"]
    put(data, 'keep = "narrowest"\n' + PATTERN.format(tokens="it ~{0,9} fault"))
    assert found("It was fault and fault.") == ["It was fault"]


def test_check_names_pattern_and_example(data):
    put(data, PATTERN.format(tokens="at home"))
    assert language.check()[:2] == [
        "finding.test must match 'at fault' and does not.",
        "finding.test must not match 'at home' and does.",
    ]


def test_fingerprint_changes_with_a_file(data):
    before = patterns.fingerprint()
    assert len(before) == 64 and before == patterns.fingerprint()
    seen = {before}
    for name in ("findings.toml", "words.toml", "councils.csv"):
        with (data / name).open("a", encoding="utf-8") as file:
            file.write("\n# changed\n")
        _forget()
        seen.add(patterns.fingerprint())
    (data / "findings.toml").rename(data / "finding.toml")
    _forget()
    assert len(seen | {patterns.fingerprint()}) == 5


# --- the short form ----------------------------------------------------------------------------------------------


def matched(short: str, sentence: str) -> list[str]:
    """What a token pattern finds in a sentence, the longest at each start."""
    entry = patterns.Pattern("test", "findings", "A test.", (short,), (), (), (), {})
    nlp = language.pipeline()
    matcher = language.SubjectMatcher("findings", automaton.Automaton([entry]))
    doc = matcher(nlp.make_doc(sentence))
    return [span.text for span in language.every_span(doc, "findings")]


@pytest.mark.parametrize(
    ("short", "sentence", "expected"),
    [
        ("find fault", "It found faults and finds fault.", ["found faults", "finds fault"]),  # in any inflection
        ("late", "It was Late, later LATE.", ["Late", "LATE"]),  # a word that words.toml does not list
        ("=found", "It found; it will find.", ["found"]),  # that form alone
        ("it =found|find", "It found, it finds.", ["It found", "it finds"]),
        ("cat|dog", "A cat and a Dog.", ["cat", "Dog"]),  # either
        ("the cat|find", "The cat; the found.", ["The cat", "the found"]),
        ("@be late", "It was late and is late, late.", ["was late", "is late"]),  # a class
        ("very|@be late", "It was late, very late.", ["was late", "very late"]),
        ("the !cat|dog", "The cat, the dogs, the bird.", ["the dogs", "the bird"]),  # any but these
        ("the !find", "The finds, the bird.", ["the bird"]),  # any but these, in any inflection
        ("the !@be", "The is, the cat.", ["the cat"]),  # any but of a class
        ("the _ sat", "The cat sat. The black cat sat.", ["The cat sat"]),  # any token
        ("a ~ b", "a x b; a ; b", ["a x b"]),  # any but the end of a clause
        ("pay & pounds", "Pay 50 pounds, pay ten pounds, pay some pounds.", ["Pay 50 pounds", "pay ten pounds"]),
        ("$fault", "maladministration, service failures, faults", ["maladministration", "service failures", "faults"]),
        ("to #letter", "to X, to Mr, to I, to A", ["to X"]),  # a name
        ("a b?", "a b, a c", ["a b", "a"]),  # how often
        ("a b* c", "a b b c, a c, a d", ["a b b c", "a c"]),
        ("a b+ c", "a b b c, a c", ["a b b c"]),
        ("a b{2} c", "a b b c, a b c, a b b b c", ["a b b c"]),
        ("a b{1,2} c", "a b c, a b b c, a b b b c, a c", ["a b c", "a b b c"]),
        ("a b{0,2} c", "a c, a b b b c", ["a c"]),
        ("a b{2,} c", "a b b b b c, a b c", ["a b b b b c"]),
        ("the @be{0,1} late", "the late, the is late, the is is late", ["the late", "the is late"]),
    ],
)
def test_short_form(short, sentence, expected):
    assert matched(short, sentence) == expected


def test_curly_and_straight_apostrophes_are_one():
    assert matched("@be @neg fault", "It isn't fault, it isn’t fault.") == ["isn't fault", "isn’t fault"]


def test_inflections():
    assert patterns.expand("pay") >= {"pay", "pays", "paid", "paying"}
    assert patterns.expand("carry") == {"carry", "carries", "carried", "carrying"}
    assert patterns.expand("plan") == {"plan", "plans", "planned", "planning"}
    assert patterns.expand("write") == {"write", "writes", "wrote", "written", "writing"}
    assert patterns.expand("banana") == {"banana"}


def test_classes_hold_classes_and_single_forms():
    assert patterns.class_forms("aux") >= patterns.class_forms("modal") | {"is", "had", "did"}
    assert "paid" in patterns.class_forms("pay") and "payment" in patterns.class_forms("pay")
    assert "makers" not in patterns.class_forms("made") and "makes" not in patterns.class_forms("made")
    with pytest.raises(patterns.PatternError, match="nonsense"):
        patterns.class_forms("nonsense")


def test_named_expressions_are_filled_in():
    assert "<£>" not in patterns.fill("pay <£> now") and patterns.fill("(?P<amount>x)") == "(?P<amount>x)"
