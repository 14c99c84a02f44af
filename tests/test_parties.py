"""People and bodies as decisions name them."""

import pytest

from pipeline.parties import WHO, body_in, last_name_before


@pytest.mark.parametrize(
    "who",
    [
        "Mr X", "Mrs Y", "Ms O’Neill", "Dr. Smith", "Miss A-B", "Mr and Mrs X", "Mr X and Mrs Y", "Mr X, Ms Y and Z", "Child A",
        "X and Y", "each of the four families", "both children", "the complainant", "the two families", "her son",
        "Mr X’s late mother", "Mrs Y’s daughter", "the family", "him", "both of them", "the tenants",
    ],
)  # fmt: skip
def test_who(who):
    found = WHO.search(f"The Council will pay {who} £100 in May.")
    assert found and found[0] == who


@pytest.mark.parametrize("text", ["The Council will pay £100.", "It will review policy in May.", "I will write."])
def test_nobody(text):
    assert WHO.search(text) is None


def test_a_possessive_is_not_part_of_the_name():
    assert WHO.search("write off Mr X’s arrears")[0] == "Mr X"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("the Council will pay.", "the Council"),
        ("Within a month the Care Provider should pay.", "the Care Provider"),
        ("By May the Trust and the Council will apologise.", "the Trust and the Council"),
        ("TfL will refund him.", "TfL"),
        ("The Council asked the Trust to pay.", "the Trust"),
        ("and the ICB must apologise.", "the ICB"),
        ("the two councils will each pay", "the two councils"),
        ("I will pay.", None),
        ("The Council’s staff will write.", None),
    ],
)
def test_body(text, body):
    found = body_in(text, 0, len(text))
    assert (found and found[0]) == body


@pytest.mark.parametrize(
    "body", ["The Council", "The Care Provider", "The Trust and the Council", "The District Council"]
)
def test_body_at_the_start_of_a_sentence(body):
    assert body_in(f"{body} will pay.", 0, len(body))[0] == "the" + body[3:]


@pytest.mark.parametrize(
    ("pronoun", "name"), [("him", "Mr X"), ("her", "Mrs Y"), ("them", "Mr and Mrs Z"), ("both of them", "Mr and Mrs Z")]
)
def test_last_name(pronoun, name):
    text = "Mr A wrote. Mr X and his wife met Mr and Mrs Z. Mrs Y replied. Mr X rang. Pay"
    assert last_name_before(text, len(text), pronoun) == name


def test_nobody_named_before():
    assert last_name_before("The Council will pay", 20, "him") is None
