"""Fault or none, where a negative stands away from what it denies, or is another's."""

import pytest

from pipeline.stages.s3_findings import said

ASIDES = (
    "",
    ", in my view,",
    ", however,",
    ", on balance,",
    ", on the evidence I have seen,",
    ", having read the file,",
)
NONE = (
    "The other two delays do not{} amount to fault.",
    "This did not{} constitute service failure.",
    "The delay was not{} fault.",
    "I do not{} find the Council at fault for that.",
    "I do not{} hold the Council at fault for that.",
    "I do not{} consider that the Council was at fault for that.",
    "That does not{} show that the Council was at fault.",
    "This does not{} mean that there was fault.",
)
GROUNDS = ("no grounds", "no reason", "no basis", "insufficient grounds", "not enough evidence", "too little evidence")
TO_FIND = ("find the Council at fault", "find fault", "conclude that there was fault", "say that it was at fault")
BEFORE = (
    "Calls were not logged",
    "The Council did not reply",
    "She was never told",
    "Nobody told her",
    "The Council could not explain this",
    "It did not consider her request",
)
VERDICTS = (
    ("and I consider that to be fault", True),
    ("and that was fault", True),
    ("which was fault", True),
    ("and I find the Council at fault for this", True),
    ("and to leave her to guess was fault", True),
    ("and leaving her to guess was fault", True),
    ("and I therefore find that it was at fault", True),
    ("but I do not consider that to be fault", False),
    ("but this was not fault", False),
    ("but that was not the result of any fault by the Council", False),
    ("but it acted without fault", False),
)
RULES = (
    "Statutory guidance says an officer should not hear an appeal against their own decision",
    "The law says it must reply in four weeks",
    "The Council's procedure says it will visit within ten days",
)


def _faults(sentence):
    return [fault for _, _, fault, _ in said(sentence, "findings", False, False)]


@pytest.mark.parametrize("aside", ASIDES)
@pytest.mark.parametrize("denial", NONE)
def test_a_negative_before_an_aside(denial, aside):
    assert _faults(denial.format(aside)) == [False]


@pytest.mark.parametrize("aside", ASIDES[:4])
def test_an_aside_alone_denies_nothing(aside):
    assert _faults(f"This was{aside} fault.") == [True]


@pytest.mark.parametrize("grounds", GROUNDS)
@pytest.mark.parametrize("verdict", TO_FIND)
def test_grounds_that_there_are_not(grounds, verdict):
    assert _faults(f"I have {grounds} to {verdict}.") == [False]
    assert _faults(f"There is {grounds} to {verdict}.") == [False]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(("verdict", "fault"), VERDICTS)
def test_a_negative_in_the_clause_before_is_another_s(before, verdict, fault):
    assert _faults(f"{before}, {verdict}.") == [fault]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    ("verdict", "fault"),
    [
        ("and it was fault not to do so", True),
        ("and its failure to do so was fault", True),
        ("and the Council was at fault for not doing so", True),
        ("but it did not, which was fault", True),
        ("and there was no fault in how it did so", False),
    ],
)
def test_what_a_rule_says_is_not_the_verdict_behind_it(rule, verdict, fault):
    assert _faults(f"{rule} {verdict}.") == [fault]


@pytest.mark.parametrize(
    ("sentence", "faults"),
    [
        ("I do not consider that it made a promise and I therefore find that it acted without fault.", [False]),
        ("I am not persuaded that it knew and so it was not at fault.", [False]),
        ("I uphold neither part of the complaint.", [False]),
        ("The evidence does not support a finding of fault.", [False]),
        (
            "Its decision that it could not take another child without harm to others was reached without fault.",
            [False],
        ),
        ("The Council fell into fault when it relied on this.", [True]),
        ("To say that there were no objections when there were 27 is plainly fault.", [True]),
        ("The adviser told her that she had no right of appeal when she had one, and that was fault.", [True]),
        ("Not telling her, when its own plan promises that it will, was a failing by the Council.", [True]),
        ("She became homeless through no fault of her own.", []),
        ("Section 21, the no-fault eviction procedure, allows a landlord to recover possession.", []),
        ("It was his own fault that he missed the meeting.", []),
        ("We do not find fault with councils because they could have been quicker.", []),
        ("I have not investigated this part because there is not enough evidence of fault to justify it.", []),
    ],
)
def test_single_forms(sentence, faults):
    assert _faults(sentence) == faults


@pytest.mark.parametrize(
    "sentence",
    [
        "The Council told Mr X and his wife that it was at fault.",
        "The Council told her, at stage two, that it was at fault.",
        "To establish whether the Council was at fault, I looked at its records.",
        "To determine whether it was at fault is my task.",
        "The panel said there was no evidence to uphold the complaint.",
        "The stage two investigator found insufficient grounds to uphold the complaint.",
        "The investigator had no grounds to find the Council at fault.",
        "The panel saw no reason to conclude there was fault.",
        "The Council’s response under the procedure said it was not at fault.",
        "The Council, citing the Care Act, said it was not at fault.",
        "The Council considers it acted without fault.",
    ],
)
def test_what_others_say_is_no_finding(sentence):
    assert _faults(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("The Council could not show that it visited and was at fault.", True),
        ("The records could not show that the Council was at fault.", False),
        ("To leave her without a bed for six weeks was fault.", True),
        ("The Council acted, as far as I can tell, without fault.", False),
        ("So far as I can see, the Council acted without fault.", False),
        ("The Council says, and I accept, that it acted without fault.", False),
        ("I regard the delay, which lasted six months, as fault.", True),
    ],
)
def test_whose_words_are_the_ombudsmans(sentence, fault):
    assert _faults(sentence) == [fault]


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("It is not possible to find fault with the time this took.", False),
        ("It was not possible for me to say that there was fault.", False),
        ("It is not open to me to find fault with the merits.", False),
        ("It would not be right to find fault with the Council for that.", False),
        ("It would be harsh to find fault with the officer.", False),
        ("I think it would be wrong of me to say this was fault.", False),
        ("It is impossible to find fault with that decision.", False),
        ("It got the reference wrong, that led to all the rest, and I have to call it fault.", True),
        ("It was wrong to leave her waiting and this was fault.", True),
        ("It was not possible to find the file and this was fault.", True),
        ("The missed visits, and not acting on them when they were reported, were fault.", True),
        ("Ignoring the letters when he complained was fault.", True),
        (
            "Nobody told Ms P or her mother that they could appeal, and it was the Council's fault that they did not.",
            True,
        ),
    ],
)
def test_what_is_and_is_not_open_to_the_ombudsman(sentence, fault):
    assert _faults(sentence) == [fault]


@pytest.mark.parametrize(
    "sentence",
    [
        "In his complaint he said that when he asked they were at fault.",
        "When he complained, the Council said it was at fault.",
    ],
)
def test_what_others_said_at_a_time_is_theirs(sentence):
    assert _faults(sentence) == []
