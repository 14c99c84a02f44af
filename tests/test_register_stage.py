"""The register stage: what the heading's body is. The register itself: test_register.py."""

import made_up
import pytest


@pytest.mark.parametrize(
    ("body", "code", "kind", "region"),
    [
        ("Kent County Council", "E10000016", "county", "South East"),
        ("London Borough of Hounslow", "E09000018", "london_borough", "London"),
        ("Transport for London", None, "other_authority", None),
        ("Moor NHS Trust", None, "nhs", None),
        ("Green Care Limited", None, "care_provider", None),
        ("Hill Primary School", None, "school", None),
    ],
)
def test_body(body, code, kind, region):
    decision = made_up.small(head={**made_up.HEAD, "body": f"{body} (24 000 111)"})
    assert (decision.council_code, decision.council_type) == (code, kind)
    assert region is None or decision.region == region


def test_no_body():
    text = made_up.compact()
    decision = made_up.read_decision(text[text.index("The Ombudsman's final") :])
    assert decision.council_code is decision.council_type is decision.region is None


def test_a_body_the_register_does_not_know():
    decision = made_up.small(head={**made_up.HEAD, "body": "Zzyzx (24 000 111)"})
    assert decision.council_type == "other" and "body_not_in_register" in decision.warnings
